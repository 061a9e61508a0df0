"""The officer's verbs over HTTP: each answers with the desk as it is afterwards, or with the one right refusal."""

import uuid

import pytest


def code(answer):
    """Status and code of an error."""
    return answer.status_code, answer.json()["error"]["code"]


@pytest.fixture
def at5(sari):
    """A verb at Sari's counter."""
    return lambda verb, body=None, key=None: sari.verb("lebak", "5", verb, body, key)


@pytest.fixture
def number(kiosk):
    """A visitor waits for a printed identity card."""
    return kiosk.issue("lebak", "ktp-cetak").json()["number"]


def test_a_visitor_s_way_through_the_counter(mall, kiosk, at5, number):
    called = at5("call-next").json()
    assert (called["ticket"]["number"], called["ticket"]["state"]) == (number, "called")
    assert (called["officer"], called["open"], called["counter"]) == ("Sari", True, "5")
    assert called["revision"] == mall.revision()
    assert at5("recall").json()["recalls"] == 1
    served = at5("serve").json()
    assert (served["ticket"]["state"], served["undo_until"]) == ("serving", None)
    finished = at5("finish", {"quantity": 2, "note": "lengkap"}).json()
    assert finished["ticket"] is None
    assert finished["mine"]["last"][0]["number"] == number


def test_whose_reply_was_lost_may_ask_whether_the_request_was_recorded(mall, at5, sari, number):
    key = uuid.uuid4().hex
    ask = lambda who, key: who.get(f"/sites/lebak/counters/5/desk?key={key}").json()["recorded"]  # noqa: E731
    assert not ask(sari, key)
    assert at5("serve", key=key).status_code == 409  # a refusal records nothing
    assert not ask(sari, key)
    assert at5("call-next", key=key).status_code == 200
    assert ask(sari, key)
    assert not ask(mall.wati, key)  # a key is its caller's
    assert "recorded" not in sari.get("/sites/lebak/counters/5/desk").json()
    for wrong in ("", "x" * 256, "a%00b"):
        assert code(sari.get(f"/sites/lebak/counters/5/desk?key={wrong}")) == (422, "invalid")


@pytest.mark.parametrize("verb", ["no-show", "hold", "transfer"])
def test_after_these_the_desk_s_ticket_is_null(at5, number, verb):
    at5("call-next")
    answer = at5(verb, {"service": "kk-akta", "confirm": True} if verb == "transfer" else {})
    assert (answer.status_code, answer.json()["ticket"]) == (200, None)


def test_held_and_missed_tickets_lie_on_the_desk_until_they_come_back(kiosk, at5, number):
    at5("call-next")
    held = at5("hold").json()["held"]
    assert [t["number"] for t in held] == [number]
    assert at5("return", {"number": number}).json()["held"] == []
    at5("call-next")
    missed = {t["number"]: t for t in at5("no-show").json()["no_shows"]}
    assert missed[number]["return_until"] == "2026-11-23T02:30:00+00:00"
    called = at5("call", {"number": number.lower(), "reason": "kembali"}).json()
    assert called["ticket"]["number"] == number
    assert number not in [t["number"] for t in called["no_shows"]]


def test_the_desk_foretells_the_next_five_and_counts_who_waits(kiosk, at5, sari):
    for class_ in ("regular", "regular", "priority", "regular", "regular", "regular"):
        kiosk.issue("lebak", "ktp-cetak", class_)
    desk = sari.get("/sites/lebak/counters/5/desk").json()
    assert [w["count"] for w in desk["waiting"] if w["service"] == "ktp-cetak"] == [6]
    assert len(desk["upcoming"]) == 5
    assert at5("call-next").json()["ticket"]["number"] == desk["upcoming"][0]["number"]


def test_a_desk_has_no_token_and_no_link(at5, kiosk):
    ticket = kiosk.issue("lebak", "ktp-cetak").json()
    for answer in (at5("call-next"), at5("hold")):
        assert ticket["token"] not in answer.text
        assert "url" not in answer.text


def test_call_next_with_nobody_waiting_is_no_revision_and_no_key(mall, kiosk, at5):
    key, before = uuid.uuid4().hex, mall.revision()
    answer = at5("call-next", key=key)
    assert (answer.status_code, answer.json()["ticket"], answer.json()["revision"]) == (200, None, before)
    assert mall.revision() == before
    number = kiosk.issue("lebak", "ktp-cetak").json()["number"]
    assert at5("call-next", key=key).json()["ticket"]["number"] == number


def test_a_doubled_press_with_one_key_calls_one_visitor(mall, kiosk, at5, number):
    kiosk.issue("lebak", "ktp-cetak")
    key = uuid.uuid4().hex
    first, again = at5("call-next", key=key), at5("call-next", key=key)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content
    assert code(at5("call-next")) == (409, "counter_busy")
    assert code(at5("recall", key=key)) == (422, "idempotency_key_reused")


def test_a_refused_verb_stores_no_key(at5, number):
    key = uuid.uuid4().hex
    assert code(at5("serve", key=key)) == (409, "illegal_transition")
    at5("call-next")
    assert at5("serve", key=key).json()["ticket"]["state"] == "serving"


NOT_LEGAL_WITHOUT_A_TICKET = {
    "recall": {}, "serve": {}, "finish": {}, "no-show": {}, "hold": {}, "return": {}, "undo": {},
    "transfer": {"service": "kk-akta"}, "cancel": {"reason": "salah"},
}  # fmt: skip
EVERY_VERB = NOT_LEGAL_WITHOUT_A_TICKET | {"close": {}, "call-next": {}, "call": {"number": "J001", "reason": "tua"}}


@pytest.mark.parametrize("verb", NOT_LEGAL_WITHOUT_A_TICKET)
def test_without_a_ticket_there_is_nothing_to_do(mall, at5, verb):
    before = mall.revision()
    assert code(at5(verb, NOT_LEGAL_WITHOUT_A_TICKET[verb])) == (409, "illegal_transition")
    assert mall.revision() == before


@pytest.mark.parametrize("verb", EVERY_VERB)
def test_whose_counter_it_is_is_asked_in_the_order_of_the_contract(mall, verb):
    """Closed first, then whose; a foreign agency or site before either; an unknown counter is not found."""
    body = EVERY_VERB[verb]
    assert code(mall.sari.verb("lebak", "6", verb, body)) == (409, "counter_closed")
    mall.dedi.verb("lebak", "6", "open")
    assert code(mall.sari.verb("lebak", "6", verb, body)) == (403, "not_your_counter")
    assert code(mall.ratna.verb("lebak", "6", verb, body)) == (403, "forbidden")
    assert code(mall.yudi.verb("lebak", "6", verb, body)) == (403, "forbidden")
    assert code(mall.sari.verb("lebak", "99", verb, body)) == (404, "not_found")
    assert code(mall.sari.verb("nowhere", "6", verb, body)) == (404, "not_found")


def test_opening_and_closing(mall, kiosk):
    opened = mall.sari.verb("lebak", "5", "open")
    before = mall.revision()
    again = mall.sari.verb("lebak", "5", "open")
    assert (opened.status_code, again.status_code, again.json()["revision"]) == (200, 200, before)
    assert code(mall.dedi.verb("lebak", "5", "open")) == (409, "counter_taken")
    assert code(mall.sari.verb("lebak", "6", "open")) == (409, "officer_busy")
    kiosk.issue("lebak", "ktp-cetak")
    mall.sari.verb("lebak", "5", "call-next")
    assert code(mall.sari.verb("lebak", "5", "close")) == (409, "counter_busy")
    mall.sari.verb("lebak", "5", "no-show")
    closed = mall.sari.verb("lebak", "5", "close").json()
    assert (closed["open"], closed["officer"]) == (False, None)


def test_a_busy_counter_calls_nobody_else(kiosk, at5, number):
    kiosk.issue("lebak", "ktp-cetak")
    at5("call-next")
    for verb, body in (("call-next", {}), ("call", {"number": "J002", "reason": "tua"})):
        assert code(at5(verb, body)) == (409, "counter_busy")
    at5("serve")
    assert code(at5("call-next")) == (409, "counter_busy")


@pytest.mark.parametrize("typed", ["J999", "A001", "apa", "J"])
def test_a_number_that_is_not_this_counter_s_today(at5, typed):
    assert code(at5("call", {"number": typed, "reason": "tua"})) == (422, "unknown_number")
    assert code(at5("return", {"number": typed})) == (422, "unknown_number")
    assert code(at5("cancel", {"number": typed, "reason": "tua"})) == (422, "unknown_number")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param({"service": "kk-akta", "counter": "6", "note": "cek"}, 200, id="with a wish"),
        pytest.param({"service": "pelayanan-ham"}, 200, id="another agency's, closed today"),
        pytest.param({"service": "paspor-wawancara"}, 200, id="one no kiosk gives"),
        pytest.param({"service": "sulap"}, (422, "unknown_service"), id="no such service"),
        pytest.param({"service": "kk-akta", "counter": "99"}, (422, "unknown_counter"), id="no such counter"),
        pytest.param({"service": "kk-akta", "counter": "1"}, (422, "unknown_counter"), id="a counter without it"),
        pytest.param({}, (422, "invalid"), id="nowhere"),
    ],
)
def test_a_transfer(at5, number, body, expected):
    at5("call-next")
    answer = at5("transfer", body | {"confirm": True})
    if expected == 200:
        assert (answer.status_code, answer.json()["ticket"]) == (200, None)
    else:
        assert code(answer) == expected


def test_a_transfer_to_a_full_service_changes_nothing(mall, at5, number):
    at5("call-next")
    while (issued := mall.wati.issue("lebak", "paspor-wawancara")).status_code == 201:
        pass
    assert code(issued) == (409, "quota_full")
    before = mall.revision()
    refused = at5("transfer", {"service": "paspor-wawancara"})
    assert code(refused) == (409, "quota_full")
    assert refused.json()["error"]["message"].startswith("Nomor Umum untuk layanan ini"), "priority has numbers still"
    assert mall.revision() == before


def test_a_booked_visitor_cannot_be_passed_to_a_service_without_that_class(mall):
    mall.ratna.verb("lebak", "2", "open")
    mall.ratna.issue("lebak", "paspor-wawancara", "booked")
    mall.ratna.verb("lebak", "2", "call-next")
    answer = mall.ratna.verb("lebak", "2", "transfer", {"service": "kk-akta"})
    assert code(answer) == (422, "class_not_offered")


def test_outcomes_are_the_service_s(mall):
    mall.ratna.verb("lebak", "2", "open")
    mall.ratna.issue("lebak", "paspor-wawancara", "booked")
    mall.ratna.verb("lebak", "2", "call-next")
    mall.ratna.verb("lebak", "2", "serve")
    assert code(mall.ratna.verb("lebak", "2", "finish", {"outcome": "entah"})) == (422, "invalid")
    assert mall.ratna.verb("lebak", "2", "finish", {"outcome": "selesai"}).status_code == 200


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("call", {"number": "J001"}),
        ("call", {"reason": "tua"}),
        ("cancel", {}),
        ("cancel", {"reason": ""}),
        ("cancel", {"reason": " \t"}),
        ("close", {"reason": " "}),
        ("take-over", {"reason": "\u00a0"}),
        ("finish", {"quantity": 0}),
        ("finish", {"quantity": "2"}),
        ("finish", {"quantity": True}),
        ("hold", {"reason": "x" * 501}),
        ("recall", {"counter": "6"}),
        ("open", []),
        ("open", "ya"),
    ],
)
def test_a_body_of_another_shape_is_invalid(mall, at5, verb, body):
    before = mall.revision()
    assert code(at5(verb, body)) == (422, "invalid")
    assert mall.revision() == before


NIK = "NIK 3602 0415 0790 0001"


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("finish", {"note": NIK}),
        ("transfer", {"service": "kk-akta", "note": NIK, "confirm": True}),
        ("hold", {"reason": NIK}),
        ("cancel", {"reason": NIK}),
    ],
)
def test_no_note_and_no_reason_holds_an_identity_number(mall, at5, number, verb, body):
    at5("call-next")
    if verb == "finish":
        at5("serve")
    before = mall.revision()
    answer = at5(verb, body)
    assert code(answer) == (422, "invalid")
    assert "NIK" in answer.json()["error"]["message"]
    assert "3602" not in answer.text, "what was written is not repeated"
    assert mall.revision() == before


def test_nor_does_a_supervisor_s_or_that_of_a_call_out_of_turn(mall, at5, number):
    assert code(at5("call", {"number": number, "reason": NIK})) == (422, "invalid")
    assert code(mall.wati.verb("lebak", "5", "close", {"reason": NIK})) == (422, "invalid")


@pytest.mark.parametrize("verb", ["hold", "return", "no-show", "close"])
def test_a_supervisor_steps_in_with_a_reason(mall, kiosk, sari, verb):
    kiosk.issue("lebak", "ktp-cetak")
    if verb != "close":
        sari.verb("lebak", "5", "call-next")
    assert code(mall.wati.verb("lebak", "5", verb)) == (422, "invalid")
    answer = mall.wati.verb("lebak", "5", verb, {"reason": "petugas sakit"})
    assert (answer.status_code, answer.json()["ticket"]) == (200, None)


@pytest.mark.parametrize("verb", ["call-next", "call", "recall", "serve", "finish", "transfer", "undo", "cancel"])
def test_and_does_nothing_else_at_somebody_s_counter(mall, sari, verb):
    assert code(mall.wati.verb("lebak", "5", verb, EVERY_VERB[verb])) == (403, "not_your_counter")


def test_undo_takes_the_last_call_back(mall, at5, number):
    called = at5("call-next").json()
    assert called["undo_until"] == "2026-11-23T02:00:15+00:00"
    undone = at5("undo").json()
    assert (undone["ticket"], undone["upcoming"][0]["number"]) == (None, number)
    assert code(at5("undo")) == (409, "illegal_transition")


# -- the whole site


def test_a_supervisor_closes_and_reopens_the_day(mall, kiosk, sari):
    ticket = kiosk.issue("lebak", "ktp-cetak").json()
    board = mall.wati.post("/sites/lebak/close-day").json()
    assert not any(c["open"] for c in board["counters"])
    assert not any(s["open"] for s in board["services"])
    assert mall.caller().get(f"/tickets/{ticket['token']}").json()["state"] == "expired"
    refused = kiosk.issue("lebak", "ktp-cetak")
    assert (code(refused), refused.json()["error"]["details"]["reason"]) == ((409, "service_closed"), "day_closed")
    assert mall.wati.post("/sites/lebak/reopen-day").status_code == 200
    assert kiosk.issue("lebak", "ktp-cetak").status_code == 201


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-23", 200),
        ("2026-11-24", (422, "invalid")),
        ("2026-02-30", (422, "invalid")),
        ("besok", (422, "invalid")),
        (20261123, (422, "invalid")),
    ],
)
def test_a_supervisor_confirms_the_date_that_the_clock_shows(mall, day, expected):
    answer = mall.wati.post("/sites/lebak/confirm-day", {"day": day})
    assert (answer.status_code if expected == 200 else code(answer)) == expected


@pytest.mark.parametrize("verb", ["close-day", "reopen-day", "confirm-day"])
def test_nobody_else_decides_about_the_day(mall, verb):
    body = {"day": "2026-11-23"} if verb == "confirm-day" else {}
    for who in (mall.sari, mall.hendra, mall.lilis, mall.fitri, mall.kiosk, mall.device("display")):
        assert code(who.post(f"/sites/lebak/{verb}", body)) == (403, "forbidden")
    assert code(mall.caller().post(f"/sites/lebak/{verb}", body)) == (401, "unauthorized")


AT_HAND = {verb: body for verb, body in NOT_LEGAL_WITHOUT_A_TICKET.items() if verb != "serve"}


@pytest.mark.parametrize("verb", AT_HAND)
def test_a_verb_for_one_number_is_refused_when_another_is_at_the_counter(mall, kiosk, at5, number, verb):
    other = kiosk.issue("lebak", "ktp-cetak").json()["number"]
    at5("call-next")
    before = mall.revision()
    refused = at5(verb, AT_HAND[verb] | {"at_hand": other})
    assert code(refused) == (409, "other_number")
    assert refused.json()["error"]["details"] == {"number": number}
    assert mall.revision() == before
    assert at5("serve", {"at_hand": number}).json()["ticket"]["state"] == "serving"
