"""Taking a number over HTTP, once, however often it is asked for."""

import uuid

import pytest

ISSUE = "/sites/lebak/tickets"


def code(answer):
    """Status and code of an error."""
    return answer.status_code, answer.json()["error"]["code"]


def test_a_ticket_is_made(mall, kiosk):
    answer = kiosk.issue("lebak", "ktp-cetak", "priority")
    ticket = answer.json()
    assert answer.status_code == 201
    assert (ticket["state"], ticket["class"], ticket["site"]) == ("waiting", "priority", "lebak")
    assert ticket["issued_at"] == "2026-11-23T02:00:00+00:00"
    assert (ticket["called_at"], ticket["counter"]) == (None, None)
    assert ticket["revision"] == mall.revision()
    assert len(ticket["token"]) == 22


def test_numbers_have_no_gap_whatever_is_refused_between(mall, kiosk):
    first = int(kiosk.issue("lebak", "kk-akta").json()["number"][1:])
    kiosk.issue("lebak", "kk-akta", "booked")
    kiosk.post(ISSUE, {"service": "kk-akta"})
    kiosk.issue("lebak", "pelayanan-ham")
    assert int(kiosk.issue("lebak", "kk-akta").json()["number"][1:]) == first + 1


def test_the_same_key_and_body_again_is_the_same_ticket_byte_for_byte(mall, kiosk):
    key = uuid.uuid4().hex
    first = kiosk.issue("lebak", "ktp-cetak", key=key)
    kiosk.issue("lebak", "ktp-cetak")
    before = mall.revision()
    again = kiosk.issue("lebak", "ktp-cetak", key=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.content == first.content
    assert mall.revision() == before


def test_an_equal_body_written_differently_is_the_same_request(kiosk):
    key = uuid.uuid4().hex
    first = kiosk.raw("POST", ISSUE, '{"service":"ktp-cetak","class":"regular"}', Idempotency_Key=key,
                      Content_Type="application/json")  # fmt: skip
    again = kiosk.raw("POST", ISSUE, '{ "class": "regular", "service": "ktp-cetak" }', Idempotency_Key=key,
                      Content_Type="application/json; charset=utf-8")  # fmt: skip
    assert (first.status_code, again.status_code) == (201, 200)


def test_the_same_key_with_another_body_is_refused(kiosk):
    key = uuid.uuid4().hex
    kiosk.issue("lebak", "ktp-cetak", key=key)
    assert code(kiosk.issue("lebak", "kk-akta", key=key)) == (422, "idempotency_key_reused")
    assert code(kiosk.issue("lebak", "ktp-cetak", "priority", key=key)) == (422, "idempotency_key_reused")


def test_the_same_key_of_another_caller_is_another_request(mall, kiosk):
    key = uuid.uuid4().hex
    first, second = kiosk.issue("lebak", "ktp-cetak", key=key), mall.sari.issue("lebak", "ktp-cetak", key=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] != second.json()["id"]


def test_a_refusal_is_stored_and_replayed_without_a_second_event(mall, kiosk):
    key, before = uuid.uuid4().hex, mall.revision()
    first = kiosk.issue("lebak", "pelayanan-ham", key=key)
    assert code(first) == (409, "service_closed")
    assert first.json()["error"]["details"]["reason"] == "not_today"
    assert mall.revision() == before + 1, "unmet demand is an event"
    again = kiosk.issue("lebak", "pelayanan-ham", key=key)
    assert (again.status_code, again.json()) == (409, first.json())
    assert mall.revision() == before + 1


@pytest.mark.parametrize(
    ("body", "key", "expected"),
    [
        pytest.param({"service": "ktp-cetak"}, None, (400, "idempotency_key_missing"), id="no key"),
        pytest.param({"service": "ktp-cetak"}, "k" * 256, (422, "invalid"), id="a key too long"),
        pytest.param({"service": "sulap"}, "new", (422, "unknown_service"), id="no such service"),
        pytest.param({"service": "ktp-cetak", "class": "vip"}, "new", (422, "invalid"), id="no such class"),
        pytest.param({"service": "ktp-cetak", "class": "booked"}, "new", (422, "class_not_offered"), id="not offered"),
        pytest.param({"service": "paspor-wawancara"}, "new", (409, "not_at_kiosk"), id="for staff only"),
        pytest.param({}, "new", (422, "invalid"), id="no service"),
        pytest.param({"service": 7}, "new", (422, "invalid"), id="a number for a service"),
        pytest.param({"service": "ktp-cetak", "state": "called"}, "new", (422, "invalid"), id="a key too many"),
        pytest.param([], "new", (422, "invalid"), id="a list"),
        pytest.param(None, "new", (422, "invalid"), id="nothing in it"),
    ],
)
def test_what_is_refused_moves_no_revision_and_stores_no_key(mall, kiosk, body, key, expected):
    key = uuid.uuid4().hex if key == "new" else key
    before = mall.revision()
    assert code(kiosk.post(ISSUE, body, key)) == expected
    assert mall.revision() == before
    if key and len(key) <= 255:
        assert kiosk.issue("lebak", "ktp-cetak", key=key).status_code == 201


def test_staff_issue_what_a_kiosk_may_not_but_only_of_their_agency(mall):
    assert mall.ratna.issue("lebak", "paspor-wawancara", "booked").status_code == 201
    assert code(mall.ratna.issue("lebak", "ktp-cetak")) == (403, "forbidden")
    assert mall.wati.issue("lebak", "ktp-cetak").status_code == 201


def test_a_full_quota_is_refused_and_counted(mall):
    for _ in range(30):
        answer = mall.ratna.issue("lebak", "paspor-wawancara", "priority")
        if answer.status_code != 201:
            break
    assert code(answer) == (409, "quota_full")
    assert answer.json()["error"]["message"].startswith("Nomor Prioritas untuk layanan ini sudah habis hari ini")
    before = mall.revision()
    assert code(mall.ratna.issue("lebak", "paspor-wawancara", "priority")) == (409, "quota_full")
    assert mall.revision() == before + 1


def test_everything_optional_may_be_said(kiosk):
    body = {"service": "ktp-cetak", "class": "regular", "language": "su"}
    assert kiosk.post(ISSUE, body, uuid.uuid4().hex).status_code == 201


@pytest.mark.parametrize(("field", "value"), [("booking", "A-1"), ("origin", "Rangkasbitung")])
def test_what_nothing_is_done_with_is_refused_and_not_taken_in_silence(kiosk, mall, field, value):
    before = mall.revision()
    answer = kiosk.post(ISSUE, {"service": "ktp-cetak", field: value}, uuid.uuid4().hex)
    assert (*code(answer), answer.json()["error"]["details"]["field"]) == (422, "invalid", field)
    assert mall.revision() == before
