"""Pictures that somebody hands in, decoded and encoded anew: what leaves is what is seen, and nothing else of the file.

Whatever was hidden behind, between or in front of the pixels (script, archives, places and names of a camera) stays
behind. Only pixels are looked at, and no more of them than a wall needs.
"""

from io import BytesIO

from PIL import Image, ImageOps

from .domain.errors import Code, QueueError

TYPES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
MOST_BYTES = 12 * 1024 * 1024  # of one file, as a camera makes it
KEPT_AS = "image/jpeg"
_MOST_PIXELS = 24_000_000  # 6000 × 4000: a good camera's; decoded, 72 MB
_LEAST = 200  # px of either side; less is no picture on a wall
_ROOM = (1600, 900)  # the place for it on a wall of 3840 × 2160
_QUALITY = 85


def encoded_anew(data: bytes, type: str) -> tuple[bytes, tuple[int, int]]:
    """The picture as a JPEG that fits a wall, and its size.

    Raises ``unsupported_media_type`` for a type that is not taken, ``invalid`` with a reason: ``no_picture`` for what
    is none, or none of the type that it says, ``too_many_pixels``, ``too_few_pixels``.
    """
    if type not in TYPES:
        raise QueueError(Code.UNSUPPORTED_MEDIA_TYPE, reason="other_file", types=list(TYPES))
    try:
        plain = _decoded(data, TYPES[type])
    except (QueueError, MemoryError):  # want of memory is ours: by its head, the picture is small enough
        raise
    except Exception:  # whatever a broken or hostile file makes of a decoder: it is no picture
        raise QueueError(Code.INVALID, field="file", reason="no_picture") from None
    plain.thumbnail(_ROOM)
    out = BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue(), plain.size


def _decoded(data: bytes, format: str) -> Image.Image:
    with Image.open(BytesIO(data), formats=[format]) as image:
        width, height = image.size
        if width * height > _MOST_PIXELS:  # told by the head of the file: nothing is decoded yet
            raise QueueError(Code.INVALID, field="file", reason="too_many_pixels")
        if min(width, height) < _LEAST:
            raise QueueError(Code.INVALID, field="file", reason="too_few_pixels")
        image.draft("RGB", _ROOM)
        return _on_white(ImageOps.exif_transpose(image))


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency, palettes and whatever the file said beside the pixels."""
    seen = image.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground
