"""Small videos, made by the library that reads them: a bright field that wanders over a dark one, and a tone."""

import io
from typing import Any

import av
import numpy as np

RATE = 10  # pictures a second
_HZ = 48_000


def clip(
    type: str = "webm",
    seconds: float = 3.2,
    size: tuple[int, int] = (320, 200),
    codec: str = "libvpx",
    sound: str | None = "libopus",
    *,
    flashing: bool = False,
    more: str | None = None,
    **said: str,
) -> bytes:
    """One of that kind; ``more``: a codec of a second stream of sound. ``said``: remarks in its head."""
    out = io.BytesIO()
    with av.open(out, "w", format=type) as file:
        file.metadata.update(said)
        video: Any = file.add_stream(codec, rate=RATE, options={"deadline": "realtime", "cpu-used": "8"})
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        voices: list[Any] = [file.add_stream(one, rate=_HZ, layout="stereo") for one in (sound, more) if one]
        for n in range(round(seconds * RATE)):
            file.mux(video.encode(_picture(n, size, flashing)))
        file.mux(video.encode(None))
        for voice in voices:
            for n in range(round(seconds * 50)):  # pieces of 20 ms
                file.mux(voice.encode(_tone(n, voice.codec_context.format.name)))
            file.mux(voice.encode(None))
    return out.getvalue()


def _picture(n: int, size: tuple[int, int], flashing: bool) -> av.VideoFrame:
    light = np.full((size[1], size[0], 3), (40, 60, 110), dtype=np.uint8)
    if flashing:
        light[:] = 255 * (n % 2)
    else:
        light[40:90, (at := n * 4 % size[0]) : at + 60] = (250, 220, 60)
    frame = av.VideoFrame.from_ndarray(light, format="rgb24")
    frame.pts = n
    return frame


def _tone(n: int, format: str) -> av.AudioFrame:
    wave = np.sin(2 * np.pi * 440 * (np.arange(960) + n * 960) / _HZ) * 0.3
    both = (np.stack([wave, wave], axis=1) * 32767).astype(np.int16).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(both, format="s16", layout="stereo")
    frame.sample_rate, frame.pts = _HZ, n * 960
    return frame if format == "s16" else av.AudioResampler(format=format, layout="stereo").resample(frame)[0]
