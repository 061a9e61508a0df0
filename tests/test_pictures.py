"""Pictures that somebody hands in: what leaves is a picture, encoded by us, whatever came."""

import io
import random
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageOps, PngImagePlugin

from queue_server.domain.errors import Code, QueueError
from queue_server.pictures import encoded_anew

SCRIPT = b"<script>alert(1)</script><?php system($_GET[0]); ?>"
CUT = b"Exif\0\0MM\0*"  # EXIF that ends within its head
# A width of letters beside an orientation: what turns the picture trips over it.
WIDE = b"Exif\0\0MM\0*\0\0\0\x08\0\x02" + struct.pack(">HHI4sHHIHHI", 0x100, 2, 2, b"3\0\0\0", 0x112, 3, 1, 6, 0, 0)


def picture(format: str = "JPEG", size: tuple[int, int] = (800, 450), mode: str = "RGB", **how) -> bytes:
    """One with something on it."""
    image = Image.new(mode, size, 1)
    ImageDraw.Draw(image).rectangle((20, 20, size[0] // 2, size[1] // 2), fill=0)
    out = io.BytesIO()
    image.save(out, format, **how)
    return out.getvalue()


def refused(data: bytes, type: str = "image/png") -> tuple[Code, object]:
    """Code and reason."""
    with pytest.raises(QueueError) as caught:
        encoded_anew(data, type)
    return caught.value.code, caught.value.details.get("reason")


@pytest.mark.parametrize(
    ("format", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")]
)
def test_a_picture_of_each_kind_leaves_as_a_jpeg_that_fits_a_wall(format, mode):
    data, size = encoded_anew(picture(format, (3200, 1800), mode), f"image/{format.lower()}")
    with Image.open(io.BytesIO(data)) as left:
        assert (left.format, left.mode, left.size, size) == ("JPEG", "RGB", (1600, 900), (1600, 900))


def test_nothing_of_a_file_is_kept_but_what_is_seen():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SCRIPT.decode())
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("run.sh", SCRIPT)
    exif = Image.Exif()
    exif[0x010E] = SCRIPT.decode()  # description
    exif[0x8825] = {1: "S", 2: (6.0, 33.0, 0.0)}  # where it was taken
    polyglots = {
        "image/png": picture("PNG", pnginfo=info) + SCRIPT + archive.getvalue(),
        "image/jpeg": picture(exif=exif, comment=SCRIPT) + archive.getvalue(),
    }
    for type, data in polyglots.items():
        left, _ = encoded_anew(data, type)
        assert b"script" in data and b"PK" in data
        assert not any(found in left for found in (b"script", b"php", b"PK\x03\x04", b"Exif"))
        with Image.open(io.BytesIO(left)) as seen:
            assert not seen.getexif() and "comment" not in seen.info


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that is that large once it is decoded."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "type", "code", "reason"),
    [
        pytest.param(b"<svg onload='alert(1)'/>", "image/svg+xml", Code.UNSUPPORTED_MEDIA_TYPE, "other_file", id="SVG"),
        pytest.param(SCRIPT, "text/html", Code.UNSUPPORTED_MEDIA_TYPE, "other_file", id="a page"),
        pytest.param(
            picture("GIF", mode="P"), "image/gif", Code.UNSUPPORTED_MEDIA_TYPE, "other_file", id="a type not taken"
        ),
        pytest.param(b"<svg xmlns='x'><script/></svg>", "image/png", Code.INVALID, "no_picture", id="SVG that lies"),
        pytest.param(picture("JPEG"), "image/png", Code.INVALID, "no_picture", id="another type than it says"),
        pytest.param(picture("GIF", mode="P"), "image/png", Code.INVALID, "no_picture", id="a GIF that lies"),
        pytest.param(b"", "image/png", Code.INVALID, "no_picture", id="nothing"),
        pytest.param(picture("PNG")[:400], "image/png", Code.INVALID, "no_picture", id="half of one"),
        pytest.param(bomb(60_000, 60_000), "image/png", Code.INVALID, None, id="a bomb"),
        pytest.param(bomb(5_000, 5_000), "image/png", Code.INVALID, "too_many_pixels", id="a small bomb"),
        pytest.param(bomb(1_000, 1_000), "image/png", Code.INVALID, "no_picture", id="fewer pixels than it says"),
        pytest.param(picture("PNG", exif=CUT), "image/png", Code.INVALID, "no_picture", id="EXIF without its head"),
        pytest.param(picture("WEBP", exif=CUT), "image/webp", Code.INVALID, "no_picture", id="the same in a WebP"),
        pytest.param(picture(exif=WIDE), "image/jpeg", Code.INVALID, "no_picture", id="EXIF whose width is a word"),
        pytest.param(picture("PNG", (199, 900)), "image/png", Code.INVALID, "too_few_pixels", id="a strip"),
    ],
)
def test_what_is_no_picture_for_a_wall_is_refused(data, type, code, reason):
    found = refused(data, type)
    assert found[0] is code and (reason is None or found[1] == reason)


@pytest.mark.parametrize("said", [SystemError, RecursionError, struct.error, AssertionError])
def test_whatever_a_decoder_says_of_a_file_is_that_it_is_no_picture(monkeypatch, said):
    monkeypatch.setattr(ImageOps, "exif_transpose", lambda _: (_ for _ in ()).throw(said("of the file")))
    assert refused(picture("PNG")) == (Code.INVALID, "no_picture")


@pytest.mark.parametrize("trouble", [MemoryError, KeyboardInterrupt])
def test_a_trouble_of_ours_is_no_fault_of_a_picture(monkeypatch, trouble):
    monkeypatch.setattr(ImageOps, "exif_transpose", lambda _: (_ for _ in ()).throw(trouble))
    with pytest.raises(trouble):
        encoded_anew(picture("PNG"), "image/png")


@given(st.integers(0, 2**32), st.sampled_from(["JPEG", "PNG", "WEBP"]), st.integers(1, 40))
def test_a_file_that_was_tampered_with_is_a_picture_or_refused(seed, format, changes):
    chance, data = random.Random(seed), bytearray(picture(format, (240, 220)))
    for _ in range(changes):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        left, _ = encoded_anew(bytes(data), f"image/{format.lower()}")
    except QueueError:
        return
    with Image.open(io.BytesIO(left)) as seen:
        seen.load()
        assert seen.format == "JPEG"
