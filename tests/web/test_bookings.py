"""Lists of booked places over the API and from the shell, and whoever comes with a code."""

import hashlib
import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest

from queue_server.booking_lists import CSV, XLSX
from queue_server.domain.roles import Role
from tests.web.office import Office, code

SITE, SERVICE = "lebak", "paspor-wawancara"
LIST, DOOR = f"/sites/{SITE}/bookings/import", f"/sites/{SITE}/check-in"


@pytest.fixture
def hall(office: Office) -> Office:
    """With a front desk, and two kiosks."""
    office.add("tuti", {Role.FRONT_DESK}, (SITE,))
    office.enrol("kiosk 1", Role.KIOSK, SITE)
    office.enrol("kiosk 2", Role.KIOSK, SITE)
    return office


def slot(office: Office, minutes: int = 0) -> str:
    at = (office.now + timedelta(minutes=minutes)).astimezone(office.house.site(SITE).timezone)
    return at.strftime("%Y-%m-%d,%H:%M")


def send(office: Office, data: bytes, kind: str = CSV, who: str = "tuti", key: str = "list"):
    return office.api("POST", LIST, who=who, raw=(kind, data), **{"Idempotency-Key": key})


def lines(office: Office, *codes: str) -> bytes:
    return "\n".join(["date,time,service,code", *(f"{slot(office)},{SERVICE},{each}" for each in codes)]).encode()


def come(office: Office, typed: str, who: str = "kiosk 1", key: str = "k", **more):
    return office.ask(who, "POST", DOOR, {"code": typed} | more, **{"Idempotency-Key": key})


def test_a_list_is_read_in_once_and_again_changes_nothing(hall):
    for status, key in ((201, "a"), (200, "a"), (201, "b")):
        made = send(hall, lines(hall, "48217306", "11112222"), key=key)
        assert made.status_code == status
        assert made.json["lists"][0]["added"] + made.json["lists"][0]["unchanged"] == 2
    assert [kind for kind, *_ in hall.events(SITE)].count("bookings_imported") == 1
    found = hall.ask("tuti", "GET", f"/sites/{SITE}/bookings").json
    assert [(one["state"], one["number"]) for one in found["bookings"]] == [("booked", None)] * 2
    assert found["services"][0]["to_come"] == 2


def test_a_workbook_is_a_list_and_every_fault_is_told_by_its_line_and_in_words(hall):
    book = openpyxl.Workbook()
    book.active.append(["Tanggal", "Jam", "Layanan", "Kode"])
    book.active.append([*slot(hall).split(","), SERVICE, 48217306])
    book.active.append([*slot(hall).split(","), SERVICE, 1.5])
    file = io.BytesIO()
    book.save(file)
    refused = send(hall, file.getvalue(), XLSX)
    (problem,) = refused.json["error"]["details"]["problems"]
    assert (refused.status_code, problem["line"], problem["sheet"]) == (422, 3, "Sheet")
    assert problem["reason"] == "Kode terdiri dari 4 sampai 64 huruf dan angka."
    assert "bookings_imported" not in [kind for kind, *_ in hall.events(SITE)]


@pytest.mark.parametrize(
    ("data", "kind", "who", "answer"),
    [
        (b"{}", "application/json", "tuti", (415, "unsupported_media_type")),
        (b"date,time,service,code", CSV, "sari", (403, "forbidden")),
        (b"x" * 1_000_001, CSV, "tuti", (413, "payload_too_large")),
        (b"\x00\x01", CSV, "tuti", (422, "invalid")),
    ],
)
def test_what_is_no_list_is_refused(hall, data, kind, who, answer):
    assert code(send(hall, data, kind, who))[:2] == answer


def test_a_file_that_is_no_list_is_told_which_are(hall):
    message = send(hall, b"{}", "application/json").json["error"]["message"]
    assert "CSV, XLSX" in message and "JSON" not in message


def test_two_kiosks_at_once_give_one_number(hall):
    send(hall, lines(hall, "48217306"))
    with ThreadPoolExecutor(2) as both:
        answers = [*both.map(lambda n: come(hall, "48217306", f"kiosk {n}", f"key-{n}"), (1, 2))]
    assert sorted(one.status_code for one in answers) == [200, 201]
    assert len({one.json["number"] for one in answers}) == 1 and answers[0].json["token"] == answers[1].json["token"]
    assert [kind for kind, *_ in hall.events(SITE)].count("issued") == 1


def test_a_lost_reply_is_the_same_number_and_the_code_is_kept_nowhere(hall):
    send(hall, lines(hall, "48217306"))
    first, again = come(hall, "48217306"), come(hall, "48217306")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["url"] == again.json["url"]
    assert code(come(hall, "48217307"))[:2] == (422, "idempotency_key_reused")
    kept = b"".join(file.read_bytes() for file in hall.folder.rglob("*") if file.is_file())
    assert b"48217306" not in kept
    with hall.house.reader.connect() as conn:
        hashes = [row[0] for row in conn.exec_driver_sql("SELECT body_hash FROM request")]
    plain = json.dumps([f"/api/v1{DOOR}", {"code": "48217306"}], sort_keys=True)
    assert hashlib.sha256(plain.encode()).hexdigest() not in hashes, "else all of eight digits could be tried"


def test_wrong_codes_slow_a_device_and_never_lock_it(hall, monkeypatch):
    send(hall, lines(hall, "48217306"))
    slow = hall.whole.app.extensions["door"].slowness
    now = [1000.0]
    monkeypatch.setattr(slow, "_clock", lambda: now[0])
    for n in range(3):
        assert code(come(hall, f"9999000{n}", key=f"wrong {n}"))[:2] == (404, "unknown_booking")
    hasty = come(hall, "48217306", key="right")
    assert (hasty.status_code, hasty.headers["Retry-After"]) == (429, "1")
    assert come(hall, "48217306", "kiosk 2", "other").status_code == 201, "nobody else waits"
    for n in range(20):
        now[0] += 10
        assert code(come(hall, f"8888{n:04d}", key=f"still {n}"))[0] == 404
    now[0] += 10
    assert come(hall, "48217306", key="right").status_code == 200


def test_the_front_desk_lets_in_who_comes_late(hall):
    send(hall, "\n".join(["date,time,service,code", f"{slot(hall, -45)},{SERVICE},48217306"]).encode())
    late = come(hall, "48217306", "tuti", "late")
    assert code(late)[:2] == (409, "too_late")
    details = late.json["error"]["details"]
    assert "front_desk" in details["alternatives"] and details["rule"]["until"] < hall.now.isoformat()
    assert come(hall, "48217306", "tuti", "let in", reason="ban bocor").status_code == 201
    (row,) = hall.ask("tuti", "GET", f"/sites/{SITE}/bookings").json["services"]
    assert (row["came"], row["came_late"]) == (1, 1)


@pytest.mark.parametrize(
    ("lang", "days", "said"),
    [
        ("id", 1, "Belum waktunya. Pesanan ini berlaku mulai Sel 24 Nov 08.00."),
        ("en", 1, "It is too early. This booking holds from Tue 24 Nov 08.00."),
        ("su", 1, "Teu acan waktosna. Pesenan ieu lumaku ti Sal 24 Nop 08.00."),
        ("id", 0, "Belum waktunya. Pesanan ini berlaku mulai 08.00."),
    ],
)
def test_who_comes_too_early_is_told_the_day_and_the_time_of_the_hall_s_own_clock(hall, lang, days, said):
    zone = hall.house.site(SITE).timezone
    hall.now = datetime(2026, 11, 23, 7, 30, tzinfo=zone).astimezone(UTC)
    slot = (datetime(2026, 11, 23, 9, tzinfo=zone) + timedelta(days=days)).strftime("%Y-%m-%d,%H:%M")
    assert send(hall, f"date,time,service,code\n{slot},{SERVICE},48217306".encode()).status_code == 201
    refused = hall.ask("kiosk 1", "POST", f"{DOOR}?lang={lang}", {"code": "48217306"}, **{"Idempotency-Key": "k"})
    assert (code(refused)[:2], refused.json["error"]["message"]) == ((409, "too_early"), said)


def test_a_heading_alone_cancels_what_is_booked_of_the_day_and_service_that_are_said(hall):
    send(hall, lines(hall, "48217306", "11112222"))
    come(hall, "11112222")
    day, head = slot(hall)[:10], (CSV, b"date,time,service,code\n")

    def empty(key: str, query: str):
        return hall.api("POST", f"{LIST}?{query}", who="tuti", raw=head, **{"Idempotency-Key": key})

    for n, query in enumerate(
        ("", f"service={SERVICE}", f"date={day}", f"service=nobody&date={day}", f"service={SERVICE}&date=2026-01-05")
    ):
        assert code(empty(f"refused {n}", query))[:2] == (422, "invalid"), query
    (done,) = empty("empty", f"service={SERVICE}&date={day}").json["lists"]
    assert (done["gone"], done["booked"]) == (1, 1)
    found = hall.ask("tuti", "GET", f"/sites/{SITE}/bookings").json["bookings"]
    assert sorted(one["state"] for one in found) == ["cancelled", "checked_in"]
    assert code(come(hall, "48217306", key="gone"))[:2] == (409, "booking_cancelled")


def test_staff_read_on_which_days_somebody_has_booked_hours_that_a_later_structure_takes_away(hall):
    day = slot(hall, 24 * 60)[:10]
    send(hall, f"date,time,service,code\n{day},09:30,{SERVICE},48217306\n{day},13:30,{SERVICE},11112222".encode())
    assert 'data-part="lost"' not in hall.open("GET", f"/{SITE}/bookings", who="tuti").text
    now = hall.api("GET", f"/sites/{SITE}/structure", who="lilis").json
    hours = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "13:00-15:00")
    services = [one | ({"hours": hours} if one["id"] == SERVICE else {}) for one in now["structure"]["services"]]
    new = {"structure": now["structure"] | {"services": services}, "based_on": now["version"], "from": day}
    assert hall.api("PUT", f"/sites/{SITE}/structure", new, who="lilis").status_code == 200
    said = hall.open("GET", f"/{SITE}/bookings", who="tuti").text.split('data-part="lost"')[1].split("</p>")[0]
    assert (f"day={day}" in said, said.count("(1)")) == (True, 1)
