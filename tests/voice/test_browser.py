"""A real browser decodes every clip: as long as listed, neither silent nor clipped, one as loud as the other."""

import base64

import pytest

from queue_server.voice.packs import VOICE, lengths
from queue_server.voice.phrases import GAP, PAUSE

# Length in seconds, highest peak, and the power of the parts that are not silent.
MEASURE = """
async (clips) => {
  const audio = new OfflineAudioContext(1, 1, 24000);
  const measured = {};
  for (const [name, text] of Object.entries(clips)) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const buffer = await audio.decodeAudioData(bytes.buffer);
    const sound = buffer.getChannelData(0);
    let peak = 0, power = 0, heard = 0;
    for (const sample of sound) {
      peak = Math.max(peak, Math.abs(sample));
      if (Math.abs(sample) > 0.005) { power += sample * sample; heard += 1; }
    }
    const channels = buffer.numberOfChannels;
    measured[name] = { seconds: buffer.duration, channels, peak, power: power / Math.max(1, heard) };
  }
  return measured;
}
"""
DECODERS_OWN_S = 0.06  # a decoder may keep the silence that the encoder put around the sound
PEAK = 10 ** (-1 / 20)  # -1 dB of full scale


@pytest.fixture(scope="module")
def measured(chromium) -> dict[str, dict[str, float]]:
    """What the browser finds in every clip of the voice and in the chime."""
    files = {path.stem: base64.b64encode(path.read_bytes()).decode() for path in VOICE.rglob("*.mp3")}
    page = chromium.new_page()
    page.goto("about:blank")
    found = page.evaluate(MEASURE, files)
    page.close()
    return found


def test_every_clip_is_decoded_at_its_listed_length(measured):
    listed = lengths(VOICE) | lengths(VOICE / "id")
    assert set(measured) == set(listed)
    for name, seconds in listed.items():
        assert measured[name]["channels"] == 1
        assert seconds - 0.002 <= measured[name]["seconds"] <= seconds + DECODERS_OWN_S, name


def test_no_clip_is_clipped_and_only_the_pauses_are_silent(measured):
    for name, one in measured.items():
        if name in (GAP, PAUSE):
            assert one["peak"] < 0.001
        else:
            assert 0.2 < one["peak"] <= PEAK, (name, one["peak"])


def test_no_word_is_much_louder_than_another(measured):
    """Within a factor of four in power (6 dB) of the middle: the ear hears them as one voice at one distance."""
    words = {name: one["power"] for name, one in measured.items() if name not in (GAP, PAUSE, "chime")}
    middle = sorted(words.values())[len(words) // 2]
    far = {name: power / middle for name, power in words.items() if not 1 / 4 < power / middle < 4}
    assert not far
