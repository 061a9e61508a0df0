"""Videos that somebody hands in: what leaves is a film, encoded by us, of pictures and sound alone."""

import io
import json
import os
import resource
import struct
import zipfile
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from queue_server.domain.errors import Code, QueueError
from queue_server.videos import envelope, studio, worker
from queue_server.videos.bounds import FILM, LEAST, OUTCOME, POSTER, REASONS, SOURCE, Refused
from queue_server.videos.flashes import COLUMNS, ROWS, Flashes
from tests.world.clips import clip

MP4, WEBM = "video/mp4", "video/webm"
SCRIPT = b"<script>alert(1)</script>"


@pytest.fixture(scope="module")
def webm() -> bytes:
    return clip(title=SCRIPT.decode())


@pytest.fixture(scope="module")
def mp4() -> bytes:
    return clip("mp4", codec="libx264", sound="aac")


def made(folder: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, type: str, most_s: int = 20) -> dict[str, Any]:
    """What the worker makes of a file, here in this process; a reason in its place."""
    monkeypatch.chdir(folder)
    (folder / SOURCE).write_bytes(data)
    try:
        envelope.check(folder / SOURCE, type)
        return worker.made({"type": type, "most_s": most_s})
    except Refused as refused:
        return {"refused": str(refused)}


def archive() -> bytes:
    """A small ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("run.sh", SCRIPT)
    return out.getvalue()


def test_what_leaves_is_a_film_of_ours_whatever_came(tmp_path, monkeypatch, mp4):
    told = made(tmp_path, monkeypatch, mp4, MP4)
    assert told == {"ms": 3200, "sound": True, "width": 320, "height": 200}
    with av.open(str(tmp_path / FILM)) as film:
        kinds = [(one.type, one.codec.canonical_name) for one in film.streams]
        assert kinds == [("video", "vp8"), ("audio", "opus")] and film.format.name == "matroska,webm"
        assert sum(1 for _ in film.decode(video=0)) == 80
    assert (tmp_path / POSTER).read_bytes()[:2] == b"\xff\xd8"
    first = (tmp_path / FILM).read_bytes()
    assert made(tmp_path, monkeypatch, mp4, MP4) == told and (tmp_path / FILM).read_bytes() == first, (
        "and the same again"
    )


def test_remarks_and_a_silent_sound_stay_behind(tmp_path, monkeypatch):
    said = clip(sound=None, title="Rumah Ibu Siti", location="-6.36,106.25")
    told = made(tmp_path, monkeypatch, said, WEBM)
    assert told["sound"] is False and b"Siti" in said and b"106.25" in said
    film = (tmp_path / FILM).read_bytes()
    assert b"Siti" not in film and b"106.25" not in film


@pytest.mark.parametrize(
    ("data", "type", "reason"),
    [
        pytest.param(lambda webm, mp4: b"hello " * 50, MP4, "no_video", id="a text renamed"),
        pytest.param(lambda webm, mp4: b"hello " * 50, WEBM, "no_video", id="a text renamed to WebM"),
        pytest.param(lambda webm, mp4: b"", MP4, "no_video", id="nothing"),
        pytest.param(lambda webm, mp4: mp4, WEBM, "no_video", id="another type than it says"),
        pytest.param(lambda webm, mp4: mp4 + archive(), MP4, "other_things", id="an MP4 that is a ZIP"),
        pytest.param(lambda webm, mp4: webm + archive(), WEBM, "other_things", id="a WebM that is a ZIP"),
        pytest.param(lambda webm, mp4: mp4 + box(b"free", archive()), MP4, "other_things", id="a ZIP in a box"),
        pytest.param(lambda webm, mp4: mp4 + box(b"free", SCRIPT), MP4, "other_things", id="a page in a box"),
        pytest.param(lambda webm, mp4: mp4 + box(b"evil", b"x"), MP4, "other_things", id="a box of no video"),
        pytest.param(lambda webm, mp4: webm, WEBM, "other_things", id="script in its title"),
        pytest.param(lambda webm, mp4: archive() + mp4, MP4, "no_video", id="a ZIP in front"),
        pytest.param(lambda webm, mp4: mp4[: len(mp4) // 2], MP4, "no_video", id="half of one"),
        pytest.param(lambda webm, mp4: broken(mp4), MP4, "no_video", id="one whose index is broken"),
        pytest.param(lambda webm, mp4: clip(seconds=1, more="libopus"), WEBM, "other_streams", id="two sounds"),
        pytest.param(
            lambda webm, mp4: clip("mp4", 1, codec="mpeg4", sound=None), MP4, "other_codecs", id="another codec"
        ),
        pytest.param(lambda webm, mp4: clip(seconds=1, size=(LEAST - 8, 240)), WEBM, "video_too_small", id="too small"),
        pytest.param(lambda webm, mp4: absurd(clip(seconds=1)), WEBM, "video_too_large", id="absurd sides"),
        pytest.param(lambda webm, mp4: clip(seconds=1), WEBM, "video_too_short", id="a blink"),
        pytest.param(lambda webm, mp4: clip(seconds=2, flashing=True), WEBM, "video_flashes", id="it flashes"),
    ],
)
def test_what_is_no_video_for_a_wall_is_refused(tmp_path, monkeypatch, webm, mp4, data, type, reason):
    assert made(tmp_path, monkeypatch, data(webm, mp4), type) == {"refused": reason} and reason in REASONS


def test_one_that_lasts_longer_than_it_says_is_refused_all_the_same(tmp_path, monkeypatch, mp4):
    assert made(tmp_path, monkeypatch, mp4, MP4, most_s=3) == {"refused": "video_too_long"}
    monkeypatch.setattr(worker, "_says_too_long", lambda came, most_s: False)
    assert made(tmp_path, monkeypatch, mp4, MP4, most_s=3) == {"refused": "video_too_long"}


def box(name: bytes, data: bytes) -> bytes:
    """A box at the top of an MP4."""
    return struct.pack(">I4s", len(data) + 8, name) + data


def broken(mp4: bytes) -> bytes:
    """With zeros where its index was."""
    at = mp4.index(b"moov") + 4
    return mp4[:at] + bytes(len(mp4) - at)


def absurd(webm: bytes) -> bytes:
    """One that says it is 65,535 wide, in its head (RFC 9559, 5.1.4.1.28.6) and in its pictures (RFC 6386, 9.1)."""
    wide = webm.replace(b"\xb0\x82\x01\x40", b"\xb0\x82\xff\xff", 1)
    assert wide != webm
    return wide.replace(b"\x9d\x01\x2a\x40\x01", b"\x9d\x01\x2a\xff\x3f", 1)


def test_a_flash_is_told_from_a_change_of_scene():
    dark, light = (np.full((ROWS, COLUMNS), one, dtype=np.uint8) for one in (0, 255))
    slow, quick, small = Flashes(25), Flashes(25), Flashes(25)
    corner = dark.copy()
    corner[:4, :8] = 255
    assert not any(slow.add(light if n // 12 % 2 else dark) for n in range(100)), "one change in half a second"
    assert any(quick.add(light if n // 3 % 2 else dark) for n in range(100)), "four flashes a second"
    assert not any(small.add(corner if n // 3 % 2 else dark) for n in range(100)), "a small corner"


def test_the_worker_works_apart_within_bounds_and_without_secrets(tmp_path, monkeypatch, webm):
    monkeypatch.setenv("QUEUE_DATABASE_URL", "postgresql://somebody:secret@hall")
    seen: dict[str, Any] = {}
    real = studio.subprocess.Popen
    monkeypatch.setattr(studio.subprocess, "Popen", lambda *a, **k: (seen.update(k), real(*a, **k))[1])
    (tmp_path / SOURCE).write_bytes(clip(sound=None))
    film = studio.encoded_anew(tmp_path, WEBM, 20)
    assert (film.ms, film.width, film.height, film.sound) == (3200, 320, 200, False)
    assert b"".join(film.parts(1000)) == (tmp_path / FILM).read_bytes()
    assert not any("secret" in value for value in seen["env"].values())
    (tmp_path / OUTCOME).unlink()
    with pytest.raises(QueueError) as caught:  # whatever ends it, it is no video
        monkeypatch.setattr(studio, "_let_work", lambda folder: None)
        studio.encoded_anew(tmp_path, WEBM, 20)
    assert caught.value.code is Code.INVALID and caught.value.details["reason"] == "video_too_heavy"


def test_the_bounds_are_set_before_anything_is_read(tmp_path, monkeypatch):
    set_, niced = {}, []
    monkeypatch.setattr(resource, "setrlimit", lambda what, most: set_.update({what: most}))
    monkeypatch.setattr(os, "nice", niced.append)
    monkeypatch.setattr(worker.os, "_exit", lambda code: None)
    monkeypatch.setattr(worker, "end_first", lambda: None)
    monkeypatch.setattr(worker, "made", lambda wanted: {"refused": "no_video"} if set_ and niced else {})
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wanted.json").write_text(json.dumps({"type": WEBM, "most_s": 10, "cpu_s": 5}))
    worker.main()
    assert json.loads((tmp_path / OUTCOME).read_text()) == {"refused": "no_video"}
    assert set_[resource.RLIMIT_CPU] == (5, 5) and set_[resource.RLIMIT_AS][1] <= 2 * 1024**3
