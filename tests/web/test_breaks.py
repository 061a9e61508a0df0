"""A break over HTTP: a reason of the list, a time of the clock, and the right refusals."""

import uuid

import pytest


def code(answer):
    """Status and code of an error."""
    return answer.status_code, answer.json()["error"]["code"]


@pytest.fixture
def at5(sari):
    """A verb at Sari's counter."""
    return lambda verb, body=None, key=None: sari.verb("lebak", "5", verb, body, key)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"reason": "tired"},
        {"reason": "meal", "until": "25:00"},
        {"reason": "meal", "until": "9:30"},
        {"reason": "meal", "until": "09:30:00"},
        {"reason": "meal", "until": "10:01"},
        {"reason": "meal", "until": "09:00"},
        {"reason": "meal", "until": 930},
        {"reason": "meal", "confirm": "yes"},
        {"reason": "meal", "note": "x"},
    ],
    ids=str,
)
def test_a_break_has_a_reason_of_the_list_and_ends_within_the_hour(mall, at5, wrong):
    before = mall.revision()
    assert code(at5("break", wrong | ({"confirm": True} if wrong and "confirm" not in wrong else {}))) == (
        422,
        "invalid",
    )
    assert mall.revision() == before


def test_a_break_is_asked_once_more_told_to_the_public_without_its_reason_and_ends_by_resume(mall, at5):
    asked = at5("break", {"reason": "prayer", "until": "09:30"})
    assert code(asked) == (409, "last_counter")
    assert asked.json()["error"]["details"] == {"services": ["ktp-perekaman", "ktp-cetak"]}
    key = uuid.uuid4().hex
    first, again = (at5("break", {"reason": "prayer", "until": "09:30", "confirm": True}, key) for _ in range(2))
    assert (first.status_code, again.json()) == (200, first.json()), "whose reply was lost rests once"
    rests = first.json()["break"]
    assert rests["reason"] == "prayer" and first.json()["can"] == ["close", "help", "break", "resume"]
    board = mall.caller().get("/sites/lebak/board")
    five = next(one for one in board.json()["counters"] if one["id"] == "5")
    assert (five["state"], five["until"], five["open"]) == ("break", rests["until"], True)
    assert "prayer" not in board.text and "prayer" not in mall.wati.get("/sites/lebak/hall").text
    assert code(at5("call-next")) == (409, "counter_on_break")
    assert at5("resume").json()["break"] is None
    assert code(at5("resume")) == (409, "illegal_transition")
