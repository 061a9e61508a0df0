"""One line that can be seen, and what leaves nothing to be seen."""

import pytest

from queue_server.domain.accounts import refuse_name
from queue_server.domain.errors import QueueError
from queue_server.domain.first_run import refuse_hall
from queue_server.domain.plain_text import is_blank, one_line
from queue_server.settings.site_values import _not_blank

NOTHING = {
    "nothing": "",
    "spaces": " \t\u00a0\u2003\u3000",
    "a Hangul filler": "\u3164",
    "an empty Braille cell": "\u2800",
    "both fillers of a syllable": "\u115f\u1160",
    "half a filler": "\uffa0",
    "a joiner of graphemes": "\u034f",
    "a selector": "\ufe0f",
    "a selector of ideographs": "\U000e0100",
    "tags": "\U000e0041\U000e007f",
    "no width": "\u200b\u2060\ufeff",
    "a turn": "\u202e",
    "a mark on nothing": " \u0301",
    "all of them": "\u3164 \u2800\ufe0f\u034f",
}
SEEN = ("a", "1", ".", "?", "\u2764\ufe0f", "\U0001f54c", "\u0644", "\u1b83\u1ba5", "\uac00", "\u2801", "e\u0301")


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
def test_what_leaves_nothing_to_be_seen_is_blank_wherever_somebody_must_write(text):
    assert is_blank(text)
    with pytest.raises(QueueError) as caught:
        one_line("text.id", text, 80)
    assert caught.value.details == {"field": "text.id", "reason": "empty"}
    for refuse in (refuse_name, refuse_hall):
        with pytest.raises(QueueError):
            refuse(text)
    with pytest.raises(ValueError, match="empty"):
        _not_blank(text)


@pytest.mark.parametrize("text", SEEN, ids=ascii)
def test_whatever_can_be_seen_is_not(text):
    assert not is_blank(text)


@pytest.mark.parametrize("text", SEEN, ids=ascii)
def test_a_line_of_it_is_taken(text):
    assert not is_blank(one_line("name", text, 80))


@pytest.mark.parametrize("hidden", ["\u3164", "\u2800", "\u115f", "\u034f", "\U000e0100", "\U000e0041"], ids=ascii)
def test_what_is_drawn_as_nothing_does_not_hide_in_a_line(hidden):
    with pytest.raises(QueueError) as caught:
        one_line("name", f"Loket{hidden} 5", 80)
    assert caught.value.details["reason"] == "unseen_letters"
