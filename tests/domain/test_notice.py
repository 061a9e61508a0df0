"""What a notice may say and where: the rule, on values."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from queue_server.domain.errors import Code, QueueError
from queue_server.domain.notice import (
    MOST_LETTERS,
    PLACES,
    Notice,
    Said,
    checked,
    detail_of,
    in_order,
    made,
    require_room,
)
from queue_server.domain.plain_text import one_line
from queue_server.domain.site import Site
from tests.world.values import hall

LEBAK = hall(languages=("id", "en", "su"))
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


def said(**how) -> Said:
    """A notice for every place, from now on."""
    return Said(**{"text": {"id": "Hari ini tutup pukul 15.00"}, "where": PLACES, "begins": NOW, **how})


def refused(site: Site, **how) -> tuple[object, object]:
    """Field and reason."""
    with pytest.raises(QueueError) as caught:
        checked(site, "n1", said(**how), NOW)
    assert caught.value.code is Code.INVALID
    return caught.value.details["field"], caught.value.details.get("reason")


@pytest.mark.parametrize(
    ("how", "field", "reason"),
    [
        pytest.param({"text": {"en": "Closed"}}, "text.id", "empty", id="not in Indonesian"),
        pytest.param({"text": {"id": " \n "}}, "text.id", "empty", id="nothing"),
        pytest.param({"text": {"id": "a" * 201}}, "text.id", "too_long", id="a letter too many"),
        pytest.param({"text": {"id": "a" * 10_000}}, "text.id", "too_long", id="ten thousand letters"),
        pytest.param(
            {"text": {"id": "Loket 5", "en": "Go to \u202e5 retnuoc"}}, "text.en", "unseen_letters", id="turned"
        ),
        pytest.param({"text": {"id": "Loket\u2066 5"}}, "text.id", "unseen_letters", id="an isolate"),
        pytest.param({"text": {"id": "Lo\u200bket"}}, "text.id", "unseen_letters", id="no width"),
        pytest.param({"text": {"id": "Loket\x07"}}, "text.id", "unseen_letters", id="a bell"),
        pytest.param({"text": {"id": "Loket\x1b[31m"}}, "text.id", "unseen_letters", id="an escape"),
        pytest.param({"text": {"id": "Loke" + "t\u0336\u0337\u0338"}}, "text.id", "unseen_letters", id="struck over"),
        pytest.param({"text": {"id": "\ue000"}}, "text.id", "unseen_letters", id="a letter of nobody's"),
        pytest.param({"text": {"id": "NIK 3602 0112 3456 7890"}}, "text.id", "identity_number", id="who somebody is"),
        pytest.param({"text": {"id": "Tutup", "xx": "?"}}, "text.xx", None, id="no language of the hall"),
        pytest.param({"where": ()}, "where", "no_place", id="nowhere"),
        pytest.param({"where": ("wall", "wall")}, "where", "no_place", id="twice in one place"),
        pytest.param({"ends": NOW}, "until", "until_over", id="over at once"),
        pytest.param({"begins": NOW + HOUR, "ends": NOW + HOUR}, "until", "until_over", id="over as it begins"),
        pytest.param({"begins": NOW - HOUR, "ends": NOW - timedelta(minutes=1)}, "until", "until_over", id="past"),
        pytest.param({"agency": "nobody"}, "agency", None, id="an agency that there is not"),
        pytest.param({"zones": ("Z",)}, "zones", None, id="a zone that there is not"),
        pytest.param({"urgent": True, "where": ("wall",)}, "urgent", "urgent_everywhere", id="urgent in one place"),
        pytest.param({"urgent": True, "agency": "dukcapil"}, "urgent", "urgent_everywhere", id="urgent for one agency"),
    ],
)
def test_what_is_refused_says_where_and_why(how, field, reason):
    assert refused(LEBAK, **how) == (field, reason)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> & <b>tebal</b>",
        "Ka\u2019bah, café, 08.00–15.00, 50 %",
        "Assalamu\u2018alaikum السلام عليكم",
        "Sundanese: énggal, lokét",
        "🕌 Salat Jumat",
    ],
)
def test_what_is_only_letters_is_taken_as_it_is(text):
    assert checked(LEBAK, "n1", said(text={"id": f"  {text}\n"}), NOW)["text"] == {"id": text}


def test_a_notice_says_again_what_it_was_told():
    how = said(where=("phone", "wall"), agency="dukcapil", ends=NOW + HOUR, text={"su": "Tutup", "id": "Tutup"})
    detail = checked(LEBAK, "n1", how, NOW)
    assert detail["where"] == ["wall", "phone"] and list(detail["text"]) == ["id", "su"], "in one order, whatever came"
    assert detail_of(made(detail, 7, "rina", NOW)) == detail


@given(st.text(max_size=900))
@example("a" + "\u0301" * 3)
@example("\u1e0a\u0323" * 3)
def test_a_line_holds_nothing_that_cannot_be_seen_and_stays_itself(text):
    try:
        line = one_line("text.id", text, MOST_LETTERS)
    except QueueError:
        return
    assert 0 < len(line) <= MOST_LETTERS and "  " not in line and line == line.strip()
    assert not {unicodedata.category(letter) for letter in line} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert one_line("text.id", line, MOST_LETTERS) == line


def standing(urgent: int = 0, hall: int = 0, **agencies: int) -> list[Notice]:
    """So many of each that are not over."""
    asked = [*[(None, True)] * urgent, *[(None, False)] * hall]
    asked += [(agency, False) for agency, n in agencies.items() for _ in range(n)]
    return [Notice("n", {"id": "n"}, PLACES, (), a, NOW, None, u, 1, "rina", NOW) for a, u in asked]


@pytest.mark.parametrize(
    ("there", "how", "reason"),
    [
        pytest.param({"hall": 29}, {}, None, id="the hall's last"),
        pytest.param({"hall": 30}, {}, "hall_full", id="one too many of the hall's"),
        pytest.param({"hall": 30, "urgent": 9}, {"urgent": True}, None, id="the last urgent one"),
        pytest.param({"urgent": 10}, {"urgent": True}, "urgent_full", id="an urgent one too many"),
        pytest.param({"urgent": 10, "hall": 29}, {}, None, id="urgent ones take nobody's room"),
        pytest.param({"dukcapil": 5}, {"agency": "dukcapil"}, None, id="an agency's last"),
        pytest.param({"dukcapil": 6}, {"agency": "dukcapil"}, "agency_full", id="one too many of an agency"),
        pytest.param({"dukcapil": 6}, {"agency": "imigrasi"}, None, id="another agency's"),
        pytest.param({"imigrasi": 20}, {"agency": "dukcapil"}, "agencies_full", id="all agencies together"),
        pytest.param({"imigrasi": 20, "hall": 9}, {}, None, id="what agencies leave to the hall"),
        pytest.param({"hall": 30}, {"agency": "dukcapil"}, "hall_full", id="an agency's where all is full"),
    ],
)
def test_urgent_ones_have_their_own_room_and_each_agency_a_part(there, how, reason):
    try:
        require_room(standing(**there), said(**how))
        found = None
    except QueueError as error:
        assert error.code is Code.NOTICES_FULL
        found = error.details["reason"]
    assert found == reason


def test_urgent_ones_are_told_first_then_the_hall_s_and_the_latest_before_the_earlier():
    def one(id: str, begins: datetime = NOW, agency: str | None = None, urgent: bool = False) -> Notice:
        return Notice(id, {"id": id}, ("wall",), (), agency, begins, None, urgent, 1, "rina", NOW)

    all = [one("old", NOW - HOUR), one("agency", agency="polres"), one("new"), one("fire", NOW - HOUR, urgent=True)]
    assert [n.id for n in in_order(all)] == ["fire", "new", "old", "agency"]


@pytest.mark.parametrize(
    ("minutes", "shows", "over"), [(-1, False, False), (0, True, False), (59, True, False), (60, False, True)]
)
def test_its_times_alone_say_when_it_shows(minutes, shows, over):
    one = made(checked(LEBAK, "n1", said(ends=NOW + HOUR), NOW), 1, "rina", NOW)
    at = NOW + timedelta(minutes=minutes)
    assert (one.shows(at), one.is_over(at)) == (shows, over)


def test_one_that_is_for_some_zones_keeps_them_and_one_for_all_says_none():
    assert checked(LEBAK, "n1", said(zones=("A",)), NOW)["zones"] == ["A"]
    assert "zones" not in checked(LEBAK, "n1", said(), NOW)
