"""The one word for an enrolled screen, by what it last said of itself and when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from queue_server.domain.devices import Said, state_of
from tests.world.values import at

NOW = at("2026-01-19 10:00")
SAID = Said(sound=True, build="b1", screen="1920x1080", clock_s=0, printer="ok", paper="ok")


@pytest.mark.parametrize(
    ("said", "silent_s", "state"),
    [
        pytest.param({}, 0, "well", id="all is as it should be"),
        pytest.param({}, 19, "well", id="one word may be late"),
        pytest.param({}, 20, "late", id="two words are missed"),
        pytest.param({}, 59, "late", id="not yet a minute"),
        pytest.param({}, 60, "dead", id="a minute"),
        pytest.param({}, None, "unknown", id="never heard"),
        pytest.param({"sound": False}, 0, "mute", id="it should speak and cannot"),
        pytest.param({"sound": None}, 0, "well", id="it is not meant to speak"),
        pytest.param({"build": "b0"}, 0, "old", id="a page of before"),
        pytest.param({"build": None}, 0, "well", id="a release that says nothing of itself"),
        pytest.param({"printer": "trouble"}, 0, "trouble", id="the printer does not print"),
        pytest.param({"paper": "out"}, 0, "paper_out", id="no paper"),
        pytest.param({"paper": "low"}, 0, "paper_low", id="little paper"),
        pytest.param({"sound": False, "paper": "low"}, 0, "mute", id="of two the graver"),
        pytest.param({"sound": False}, 30, "mute", id="late, and mute before that"),
        pytest.param({"sound": False}, 60, "dead", id="gone is graver than mute"),
    ],
)
def test_the_word_for_a_screen(said, silent_s, state):
    heard_at = None if silent_s is None else NOW - timedelta(seconds=silent_s)
    assert state_of(replace(SAID, **said), heard_at, NOW, "b1") == state


@pytest.mark.parametrize(
    ("now", "same"),
    [
        ({}, True),
        ({"clock_s": 9}, True),  # read a moment later
        ({"clock_s": 10}, False),
        ({"clock_s": None}, False),
        ({"sound": False}, False),
        ({"zone": "B"}, False),
        ({"build": "b2"}, False),
        ({"paper": "low"}, False),
    ],
)
def test_what_is_new_in_a_word(now, same):
    assert SAID.is_as(replace(SAID, **now)) is same
