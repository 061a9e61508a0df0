"""From a raw recording of a word to a clip: cut to the word, clear in a noisy hall, as loud as every other."""

import numpy as np
import pyloudnorm
import soundfile
import soxr
from scipy import ndimage, signal

RATE = 24_000  # Hz
LOUDNESS = -16.0  # LUFS
PEAK = 10 ** (-2 / 20)  # of full scale: the limiter's ceiling; decoding an MP3 adds up to a decibel
MARGIN_S, CLOSE_S = 0.025, 0.005  # silence kept around a word; around one said in the same breath as the next
SILENT = -38.0  # dB below the word's loudest moment
STEP = RATE // 200  # 5 ms


def clip(sound: np.ndarray, brisk: bool) -> np.ndarray:
    """The finished word; ``brisk`` if more comes in the same breath."""
    return loud(trimmed(clear(sound), CLOSE_S if brisk else MARGIN_S))


def read(path) -> np.ndarray:
    """A recording of any rate and channels, as one channel at `RATE`."""
    sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return soxr.resample(sound.mean(axis=1), rate, RATE)


def write(path, sound: np.ndarray) -> float:
    """Writes an MP3; returns its length in seconds as a player will have it."""
    soundfile.write(path, sound, RATE, format="MP3", subtype="MPEG_LAYER_III")
    decoded, rate = soundfile.read(path)
    return round(len(decoded) / rate, 3)


def clear(sound: np.ndarray) -> np.ndarray:
    """No rumble below the voice, and a little more of the consonants (3 kHz), which carry in a hall."""
    rumble = signal.butter(2, 90, "highpass", fs=RATE, output="sos")
    return _lifted(signal.sosfilt(rumble, sound), 3000, decibels=3.0, width=0.9)


def trimmed(sound: np.ndarray, margin_s: float) -> np.ndarray:
    """The word with a margin of silence at both ends and no click where it was cut."""
    steps = sound[: len(sound) // STEP * STEP].reshape(-1, STEP)
    loudness = 20 * np.log10(np.sqrt((steps**2).mean(axis=1)) + 1e-7)
    heard = np.flatnonzero(loudness > loudness.max() + SILENT)
    word = sound[heard[0] * STEP : (heard[-1] + 1) * STEP].copy()
    fade = np.linspace(0, 1, RATE // 200)
    word[: len(fade)] *= fade
    word[-len(fade) :] *= fade[::-1]
    return np.pad(word, int(margin_s * RATE))


def loud(sound: np.ndarray, target: float = LOUDNESS) -> np.ndarray:
    """At the target loudness (LUFS), no peak over `PEAK`."""
    for _ in range(4):  # the limiter takes a little loudness away: make up for it
        sound = limited(sound * 10 ** ((target - loudness(sound)) / 20))
    return sound


def loudness(sound: np.ndarray) -> float:
    """Integrated loudness in LUFS; a word is repeated, because the measure wants seconds of sound."""
    repeats = int(np.ceil(3 * RATE / len(sound)))
    return pyloudnorm.Meter(RATE).integrated_loudness(np.tile(sound, repeats))


def limited(sound: np.ndarray) -> np.ndarray:
    """Peaks pressed to `PEAK` by a gain that moves smoothly and begins before the peak comes."""
    reach = RATE // 200
    wanted = np.minimum(1, PEAK / np.maximum(np.abs(sound), 1e-9))
    held = ndimage.minimum_filter1d(wanted, 2 * reach + 1)
    return sound * ndimage.uniform_filter1d(held, reach)


def chime() -> np.ndarray:
    """Two soft falling tones (E5, C5), 0.9 s: asks for attention, startles nobody."""
    sound = np.zeros(int(0.9 * RATE))
    for begin_s, pitch_hz in ((0.0, 659.26), (0.28, 523.25)):
        time = np.arange(len(sound) - int(begin_s * RATE)) / RATE
        tone = sum(part * np.sin(2 * np.pi * pitch_hz * n * time) for n, part in ((1, 1.0), (2, 0.25), (3, 0.08)))
        sound[-len(time) :] += tone * np.minimum(1, time / 0.012) * np.exp(-time / 0.22)
    fade = np.linspace(1, 0, RATE // 20)
    sound[-len(fade) :] *= fade
    return loud(sound, LOUDNESS - 3)


def silence(seconds: float) -> np.ndarray:
    """Nothing, for so long."""
    return np.zeros(int(seconds * RATE))


def _lifted(sound: np.ndarray, pitch_hz: float, decibels: float, width: float) -> np.ndarray:
    """One band of an equaliser (Bristow-Johnson's peaking filter)."""
    gain, turn = 10 ** (decibels / 40), 2 * np.pi * pitch_hz / RATE
    alpha = np.sin(turn) / (2 * width)
    over = [1 + alpha * gain, -2 * np.cos(turn), 1 - alpha * gain]
    under = [1 + alpha / gain, -2 * np.cos(turn), 1 - alpha / gain]
    return signal.lfilter(np.array(over) / under[0], np.array(under) / under[0], sound)
