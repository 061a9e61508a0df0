"""The Indonesian voice is complete, small, and short enough for every number and counter of both malls."""

import json
import tomllib
from itertools import product

import pytest

from queue_server.places import CONFIG
from queue_server.voice.packs import VOICE, Pack, installed, lengths
from queue_server.voice.phrases import GAP, PAUSE, clips, vocabulary
from tests.voice.mp3 import described

LARGEST = 2 * 1024 * 1024
FULL_S, SHORT_S = 8.0, 3.5
SITES = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((CONFIG / "sites").glob("*.toml"))]
NUMBERS = [f"{n:03}" for n in range(1, 1000)]


@pytest.fixture(scope="module")
def voice() -> Pack:
    return installed()["id"]


def test_every_word_of_the_vocabulary_is_recorded_and_nothing_else(voice):
    assert voice.missing([*vocabulary(), GAP, PAUSE]) == []
    assert {path.stem for path in voice.folder.glob("*.mp3")} == set(voice.seconds) == {*vocabulary(), GAP, PAUSE}


def test_a_missing_clip_is_named(voice, tmp_path):
    (tmp_path / "satu.mp3").write_bytes(b"")
    assert Pack("xx", tmp_path, {"satu": 1.0, "dua": 1.0}).missing(["tiga", "dua", "satu", "dua"]) == ["dua", "tiga"]


def test_a_folder_without_lengths_is_no_voice(tmp_path):
    (tmp_path / "su").mkdir()
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "pack.json").write_text(json.dumps({"one": 0.5, "two": 0.25}))
    voices = installed(tmp_path)
    assert list(voices) == ["en"]
    assert voices["en"].duration(["one", "two", "two"]) == 1.0


def calls(site: dict):
    """Every pair of a counter of the site and a number that it may call."""
    prefixes = {service["id"]: service["prefix"] for service in site["services"]}
    for counter in site["counters"]:
        for service, digits in product(counter["services"], NUMBERS):
            yield f"{prefixes[service]}{digits}", counter["name"]


@pytest.mark.slow
@pytest.mark.parametrize("site", SITES, ids=lambda site: site["id"])
def test_every_call_of_a_site_is_said_whole_and_in_time(voice, site):
    made = list(calls(site))
    assert made
    for number, counter in made:
        said = clips(number, counter)
        assert voice.missing(said["id"] + said["id_short"]) == []
        assert "silakan-menuju-loket" in said["id"], f"{counter} has a name no clip says"
        assert voice.duration(said["id"]) <= FULL_S, (number, counter)
        assert voice.duration(said["id_short"]) <= SHORT_S, (number, counter)


def test_the_voice_is_small():
    assert sum(path.stat().st_size for path in VOICE.rglob("*") if path.is_file()) <= LARGEST


@pytest.mark.parametrize("folder", [VOICE, VOICE / "id"], ids=["chime", "id"])
def test_each_clip_lasts_as_long_as_listed(folder):
    listed = lengths(folder)
    assert listed
    for name, seconds in listed.items():
        measured, hertz, channels = described(folder / f"{name}.mp3")
        assert (hertz, channels) == (24_000, 1)
        assert measured == pytest.approx(seconds, abs=0.002), name
