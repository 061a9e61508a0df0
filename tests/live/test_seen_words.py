"""``seen``: what is declared is read, and whatever else is said is no screen's word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from queue_server.documents.messages import Seen
from queue_server.domain.devices import DeviceTest, Said
from queue_server.live.seen_words import read_seen

OLD = {"revision": 7, "sound": None}
FULL = {"build": "b1", "screen": "1920x1080", "clock_s": -4, "printer": "ok", "paper": "low"}
SEEN = TypeAdapter(Seen)


def test_a_screen_of_an_older_release_says_two_things():
    assert read_seen(OLD) == (Said(), None)
    assert read_seen(OLD | {"sound": False}) == (Said(sound=False), None)


def test_a_screen_says_what_it_is_and_what_came_of_a_test():
    said, tested = read_seen(OLD | FULL | {"sound": True, "test": {"id": 12, "ok": True, "value": 40}})
    assert said == Said(sound=True, build="b1", screen="1920x1080", clock_s=-4, printer="ok", paper="low")
    assert tested == DeviceTest(12, True, 40)


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        {},
        {"revision": 7},
        OLD | {"more": 1},
        OLD | {"revision": -1},
        OLD | {"revision": 2**63},
        OLD | {"sound": "x" * 33},
        OLD | {"build": 7},
        OLD | {"build": "x" * 33},
        OLD | {"screen": "a\0b"},
        OLD | {"clock_s": 1.5},
        OLD | {"clock_s": True},
        OLD | {"clock_s": 2**31},
        OLD | {"printer": "on fire"},
        OLD | {"paper": []},
        OLD | {"test": {}},
        OLD | {"test": {"id": 1, "ok": 1}},
        OLD | {"test": {"id": -1, "ok": True}},
        OLD | {"test": {"id": 1, "ok": True, "value": "9"}},
        OLD | {"test": {"id": 1, "ok": True, "more": 1}},
    ],
)
def test_whatever_else_is_said_is_no_word(said):
    assert read_seen(said) is None


_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=40), st.sampled_from(["ok", "low", "out", "trouble"])
)
_TEST = st.dictionaries(st.sampled_from(["id", "ok", "value"]), _VALUES)
_SAID = st.fixed_dictionaries(
    {"revision": st.integers(-1, 9), "sound": _VALUES},
    optional=dict.fromkeys(FULL, _VALUES) | {"test": _TEST},
)


@given(_SAID)
def test_what_is_read_has_the_declared_shape(said):
    if read_seen(said) is not None:
        SEEN.validate_python(said, strict=True)


@given(_SAID)
def test_what_has_the_declared_shape_is_read_unless_it_cannot_be_stored(said):
    try:
        SEEN.validate_python(said, strict=True)
    except ValidationError:
        return
    storable = "\0" not in str(said.values()) and len(str(said["sound"])) <= 32
    assert (read_seen(said) is not None) or not storable or "\\x00" in repr(said)
