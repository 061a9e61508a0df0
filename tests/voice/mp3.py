"""How long an MP3 lasts, read from its frames, so that the tests need no decoder."""

from pathlib import Path

# Layer III: kbit/s by index, for MPEG 1 and for MPEG 2 (halved rates); Hz by index.
KBITS = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000)}
SAMPLES = {3: 1152, 2: 576}
MONO = 3
TAG_AT = {(3, True): 17, (3, False): 32, (2, True): 9, (2, False): 17}  # bytes from the header to the Xing/Info tag
DELAY_AT = 141  # bytes from that tag to the 12 + 12 bits of silence that the encoder put at both ends


def described(path: Path) -> tuple[float, int, int]:
    """Seconds without the encoder's own silence, Hz, channels."""
    data, at, frames, silence = path.read_bytes(), 0, 0, 0
    while at + 4 <= len(data):
        version, hertz, channels, size = _header(data[at : at + 4])
        tag = at + 4 + TAG_AT[version, channels == 1]
        if frames == 0 and data[tag : tag + 4] in (b"Xing", b"Info"):
            packed = int.from_bytes(data[tag + DELAY_AT : tag + DELAY_AT + 3], "big")
            silence = (packed >> 12) + (packed & 0xFFF)
        else:
            frames += 1
        at += size
    return (frames * SAMPLES[version] - silence) / hertz, hertz, channels


def _header(four: bytes) -> tuple[int, int, int, int]:
    """Version, Hz, channels and bytes of the frame that begins with these four bytes."""
    assert four[0] == 0xFF and four[1] & 0xE6 == 0xE2, "not a Layer III frame"
    version = four[1] >> 3 & 3
    hertz = HERTZ[version][four[2] >> 2 & 3]
    kbits, padding = KBITS[version][four[2] >> 4], four[2] >> 1 & 1
    return version, hertz, 1 if four[3] >> 6 == MONO else 2, SAMPLES[version] // 8 * kbits * 1000 // hertz + padding
