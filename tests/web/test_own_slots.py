"""The public's own slots by HTTP: seen, booked, said once more, confirmed, given back; and whoever books everything."""

import re
from urllib.parse import urlencode

import pytest

from queue_server.domain.roles import Role
from tests.world.in_process import InProcess

SITE, SERVICE, NEXT = "pandeglang", "paspor-wawancara", "2026-11-24"
KEY = "a key that nobody guesses"
BROWSER = {"Cookie": "booker=" + "b" * 43}


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    whole = InProcess(tmp_path_factory.mktemp("slots"))
    whole.enrol("kiosk", Role.KIOSK, SITE)
    yield whole
    whole.close()


def book(hall, time="09:00", date=NEXT, key=KEY, **how):
    body = {"service": SERVICE, "date": date, "time": time}
    return hall.api("POST", f"/sites/{SITE}/bookings", body | how.pop("body", {}), **{"Idempotency-Key": key}, **how)


def code(answer):
    return answer.json["error"]["code"]


def test_slots_are_seen_by_anybody(hall):
    found = hall.api("GET", f"/sites/{SITE}/slots?service={SERVICE}&date={NEXT}").json
    assert [one["time"] for one in found["slots"]][:2] == ["08:30", "09:00"]
    assert found["days"][1] == {"date": NEXT, "left": 27}
    assert hall.api("GET", f"/sites/{SITE}/slots?service={SERVICE}").json["date"] == "2026-11-23"
    assert [
        code(hall.api("GET", f"/sites/{SITE}/slots{ask}")) for ask in ("", "?service=skck", "?service=a&date=x")
    ] == [*("invalid", "unknown_service", "invalid")]


def test_who_looks_before_travelling_and_who_looks_for_a_screen_is_led_to_the_booking(hall):
    for page in (f"/{SITE}", "/"):
        assert f"/{SITE}/book?" in hall.open("GET", page).text, page
        assert "/lebak/book?" not in hall.open("GET", page.replace(SITE, "lebak")).text


def test_a_booking_is_answered_with_code_and_link_and_said_once_more_with_both(hall):
    first = book(hall, **BROWSER)
    assert first.status_code == 201
    made = first.json
    assert (len(made["code"]), made["date"], made["time"], made["service"]) == (8, NEXT, "09:00", SERVICE)
    again = book(hall, **BROWSER)
    assert (again.status_code, again.json) == (200, made)
    other = book(hall, Cookie="booker=" + "c" * 43)  # the same key in another browser is another's
    assert (other.status_code, other.json["code"] != made["code"]) == (201, True)
    assert code(book(hall, "09:30", **BROWSER)) == "idempotency_key_reused"
    stored = hall.house.reader.connect()
    with stored as conn:
        assert made["code"] not in str(conn.exec_driver_sql("SELECT reply FROM request").fetchall())
    token = made["url"].rpartition("/")[2]
    assert hall.api("POST", f"/bookings/{token}/confirm").json["confirmed"]
    given = hall.api("POST", f"/bookings/{token}/cancel")
    assert (given.status_code, given.json["state"], given.json["code"]) == (200, "cancelled", made["code"])
    assert code(hall.api("POST", f"/bookings/{token}/confirm")) == "illegal_transition"


def test_no_code_opens_anything_but_the_door_of_the_hall(hall):
    made = book(hall, "10:00", key=KEY + "2", Cookie="booker=" + "d" * 43).json
    for path in (f"/bookings/{made['code']}/cancel", "/bookings/aaaaaaaaaaaaaaaaaaaaaaaaaa/confirm"):
        assert hall.api("POST", path).status_code == 404
    hall.now = hall.now.replace(day=24)
    came = hall.api(
        "POST", f"/sites/{SITE}/check-in", {"code": made["url"].upper()}, who="kiosk", **{"Idempotency-Key": "k"}
    )
    assert (came.status_code, came.json["class"]) == (201, "booked")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"date": "2026-02-30"}, "invalid"),
        ({"date": "24-11-2026"}, "invalid"),
        ({"time": "24:00"}, "invalid"),
        ({"time": "9:00"}, "invalid"),
        ({"people": 0}, "invalid"),
        ({"people": 21}, "invalid"),
        ({"people": True}, "invalid"),
        ({"people": 2}, "group_too_large"),
        ({"name": "x"}, "invalid"),
        ({"service": "skck-baru"}, "unknown_service"),
        ({"service": "a\0b"}, "invalid"),
        ({"date": "2099-01-01"}, "slot_gone"),
        ({"date": "0001-01-01"}, "slot_gone"),
        ({"date": "9999-12-31"}, "slot_gone"),
        ({"time": "09:01"}, "slot_gone"),
    ],
)
def test_what_is_no_slot_is_refused_in_one_shape(hall, body, said):
    before = hall.api("GET", f"/sites/{SITE}/board").json["revision"]
    assert code(book(hall, key=KEY + "wrong", body=body)) == said
    assert hall.api("GET", f"/sites/{SITE}/board").json["revision"] == before


def test_whoever_is_not_known_again_needs_a_key_that_nobody_guesses(hall):
    assert code(book(hall, key="1")) == "invalid"
    assert code(hall.api("POST", f"/sites/{SITE}/bookings", {"service": SERVICE, "date": NEXT, "time": "09:00"})) == (
        "idempotency_key_missing"
    )


@pytest.mark.parametrize(("lang", "first"), [("id", "Tautan pesanan"), ("en", "The link of"), ("su", "Tautan pesenan")])
def test_a_link_that_opens_no_booking_says_what_to_do_in_the_visitor_s_language_first(hall, lang, first):
    answer = hall.open("GET", f"/b/{'x' * 26}?lang={lang}", Accept="text/html")
    assert answer.status_code == 404
    headings = re.findall(r"<h[12]>([^<]+)</h[12]>", answer.text)
    assert (len(headings), headings[0].startswith(first)) == (3, True)
    assert 'href="/?' not in answer.text, "no way to the staff's choice of screens"


@pytest.mark.parametrize("address", ["203.0.113.5", "192.168.1.77"])
def test_a_script_that_books_everything_gets_the_online_share_from_its_address(hall, address):
    """Every slot of every day, each by a new browser: 60 per cent of 20 places, and then no more that day.

    On the hall's own Wi-Fi as anywhere; the front desk and the hall's own devices book for others.
    """
    got, said = 0, set()
    for day in range(25, 31):
        for slot in ("08:30", "10:30", "11:00", "13:00", "13:30"):
            answer = book(hall, slot, f"2026-11-{day}", f"{KEY} {day} {slot} {address}", address=address)
            got += answer.status_code == 201
            said |= {code(answer)} if answer.status_code != 201 else set()
    assert (got, said - {"slot_full"}) == (12, {"too_many_requests", "slot_gone"})
    elsewhere = book(hall, "14:00", "2026-11-30", f"{KEY} other {address}", address="198.51.100.7")
    of_the_hall = book(hall, "14:00", "2026-11-27", f"{KEY} kiosk {address}", address=address, who="kiosk")
    assert (elsewhere.status_code, of_the_hall.status_code) == (201, 201)


STRANGE = (
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    "",
    " ",
    "x" * 5000,
    "\u0000",
    "٠٩:٠٠",
    "2026-13-01",
    [],
    {},
    "../..",
    "\ud83d",
    "' OR 1=1",
)


def test_no_body_and_no_question_breaks_anything(hall):
    """Every odd value in every place: a refusal in the one shape, and nothing is booked."""
    before = hall.api("GET", f"/sites/{SITE}/board").json["revision"]
    for name in ("service", "date", "time", "people", "constructor"):
        for value in STRANGE:
            answer = book(hall, "11:00", key=KEY + "fuzz", body={name: value})
            assert 400 <= answer.status_code < 500, (name, value, answer.status_code)
            assert answer.json["error"]["code"] and answer.json["error"]["message"]
    for value in STRANGE:
        query = urlencode({"service": str(value), "date": str(value)}, errors="replace")
        asked = hall.api("GET", f"/sites/{SITE}/slots?{query}")
        assert asked.status_code == 422, value
    assert hall.api("GET", f"/sites/{SITE}/board").json["revision"] == before


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_either_end_of_the_calendar_is_a_wrong_one_and_no_fault_of_the_server(hall, day):
    if "boss" not in hall.accounts:
        hall.add("boss", Role.SUPERVISOR, sites=(SITE,))
    assert code(book(hall, "00:30", day, key=KEY + "far")) == "slot_gone"
    assert code(hall.api("GET", f"/sites/{SITE}/ikm?from={day[:7]}&to=9999-12")) == "invalid"
    for page in ("bookings", "roster", "book"):
        assert hall.open("GET", f"/{SITE}/{page}?day={day}", who="boss").status_code == 200, page
