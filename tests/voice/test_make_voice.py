"""The script that makes the voice tells a speaker what to record, and does nothing with half of a voice."""

import subprocess
import sys
from pathlib import Path

from queue_server.voice.phrases import vocabulary

SCRIPT = Path(__file__).resolve().parents[2] / "config" / "build" / "make_voice.py"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def test_the_list_says_every_clip_and_its_words():
    listed = [line.split(maxsplit=1) for line in run("--list").stdout.splitlines()]
    assert dict(listed) == vocabulary()
    assert ["k", "ka."] in listed
    assert ["dua-puluh-cepat", "dua puluh,"] in listed


def test_recordings_with_a_word_missing_change_nothing(tmp_path):
    recordings, voice = tmp_path / "recorded", tmp_path / "voice"
    recordings.mkdir()
    for name in vocabulary():
        if name not in ("satu", "k-cepat"):
            (recordings / f"{name}.wav").write_bytes(b"")
    ended = run("--from-recordings", recordings, "--to", voice)
    assert ended.returncode == 1
    assert ended.stderr.strip() == "not recorded: satu, k-cepat"
    assert not voice.exists()
