"""Makes the voice's clips in display_ui/voice/. Run by a developer when the voice changes; no build or server needs it.

python -m venv voice && voice/bin/pip install --require-hashes -r config/build/requirements-voice.txt
npm pack kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz
voice/bin/python config/build/make_voice.py --style package/voices/pf_dora.bin
voice/bin/python config/build/make_voice.py --from-recordings DIR      a person's voice instead: DIR/<clip>.wav
voice/bin/python config/build/make_voice.py --list                     what to record: clip and words
With --add only the words that have no clip yet are made; the others stay as they are.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from queue_server.voice.packs import lengths  # noqa: E402
from queue_server.voice.phrases import GAP, PAUSE, vocabulary  # noqa: E402

VOICE = ROOT / "display_ui" / "voice"
LANG = "id"
Sounds = Callable[[str, str], object]  # clip's name and words -> samples
SILENCES = {PAUSE: 0.35, GAP: 0.06}  # s
SECONDS_LISTED = "pack.json"


def main() -> int:
    """Command line."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = words.add_mutually_exclusive_group(required=True)
    source.add_argument("--style", type=Path, help="Kokoro voice file to speak with")
    source.add_argument("--from-recordings", type=Path, metavar="DIR", help="folder of <clip>.wav")
    source.add_argument("--list", action="store_true", help="print each clip's name and its words")
    words.add_argument("--to", type=Path, default=VOICE, help="voice folder to write")
    words.add_argument("--add", action="store_true", help="make only the words that have no clip yet")
    asked = words.parse_args()
    there = lengths(asked.to / LANG) if asked.add else {}
    wanted = {name: text for name, text in vocabulary().items() if name not in there}
    if asked.list:
        print("\n".join(f"{name:24} {text}" for name, text in wanted.items()))
        return 0
    if asked.from_recordings:
        missing = [name for name in wanted if not (asked.from_recordings / f"{name}.wav").is_file()]
        if missing:
            print(f"not recorded: {', '.join(missing)}", file=sys.stderr)
            return 1
    sound_of = _recorded(asked.from_recordings) if asked.from_recordings else _synthesised(asked.style)
    make(asked.to, wanted, there, sound_of)
    return 0


def make(
    folder: Path, wanted: Mapping[str, str], kept: dict[str, float], sound_of: Callable[[str, str], object]
) -> None:
    """Writes the chime, every clip wanted and the list of all lengths; clips of an earlier voice disappear."""
    import voice_mastering as mastering

    clips = {name: mastering.silence(seconds) for name, seconds in SILENCES.items() if name not in kept}
    for name, text in wanted.items():
        clips[name] = mastering.clip(sound_of(name, text), brisk=text.endswith(","))
        print(f"{name:24} {len(clips[name]) / mastering.RATE:.2f} s", flush=True)
    pack = folder / LANG
    pack.mkdir(parents=True, exist_ok=True)
    for old in pack.glob("*.mp3"):
        if old.stem not in kept:
            old.unlink()
    _list(pack, kept | {name: mastering.write(pack / f"{name}.mp3", sound) for name, sound in clips.items()})
    _list(folder, {"chime": mastering.write(folder / "chime.mp3", mastering.chime())})


def _list(folder: Path, seconds: dict[str, float]) -> None:
    text = json.dumps(dict(sorted(seconds.items())), indent=1)
    (folder / SECONDS_LISTED).write_text(f"{text}\n", encoding="utf-8")


def _synthesised(style: Path) -> Sounds:
    from voice_synthesis import Speaker

    speaker = Speaker(style)
    return lambda _name, text: speaker.say(text)


def _recorded(folder: Path) -> Sounds:
    import voice_mastering as mastering

    return lambda name, _text: mastering.read(folder / f"{name}.wav")


if __name__ == "__main__":
    sys.exit(main())
