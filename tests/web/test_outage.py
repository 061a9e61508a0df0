"""An outage's paper is entered over the API, once whatever was lost; its sheet is printed by the command line."""

from queue_server.domain.roles import Role
from tests.web.office import Office, code
from tests.world.command_line import as_process

SITE = "lebak"
PAPER = f"/sites/{SITE}/outage"
SERVED = {"issued_at": "08:10", "called_at": "08.20", "served_at": "08:21", "finished_at": "08:30", "counter": "5"}


def line(n: int, **more) -> dict:
    """One line of the paper."""
    return {"number": f"pj {n}", "service": "ktp-cetak", "issued_at": "08:05"} | more


def test_a_paper_is_entered_once_and_a_faulty_one_says_where(office: Office):
    office.add("tuti", {Role.FRONT_DESK}, (SITE,))
    entries = {"entries": [line(1), line(2, people=3), line(3, **SERVED)]}
    assert code(office.ask("tuti", "POST", PAPER, entries))[1] == "idempotency_key_missing"
    for status in (201, 200):
        made = office.ask("tuti", "POST", PAPER, entries, **{"Idempotency-Key": "paper"})
        assert made.status_code == status
        assert [one["number"] for one in made.json["tickets"]] == ["PJ001", "PJ002", "PJ003"]
    assert [one["state"] for one in made.json["tickets"]] == ["waiting", "waiting", "completed"]
    assert [kind for kind, *_ in office.events(SITE)][-3:] == ["issued", "issued", "outage_entered"]
    again = {"entries": [line(4), line(2), line(5, finished_at="08:50")]}
    refused = office.ask("tuti", "POST", PAPER, again, **{"Idempotency-Key": "again"})
    assert refused.status_code == 422
    told = {one["key"]: one["reason"] for one in refused.json["error"]["details"]["problems"]}
    assert told["entries.1.number"] == "Nomor ini sudah dimasukkan." and "entries.2.finished_at" in told
    assert office.ask("sari", "POST", PAPER, entries, **{"Idempotency-Key": "x"}).status_code == 403


def test_a_paper_s_times_may_be_instants(office: Office):
    office.add("tuti", {Role.FRONT_DESK}, (SITE,))
    day = office.now.date()
    entries = {"entries": [line(1, issued_at=f"{day}T08:05:00+07:00")]}
    made = office.ask("tuti", "POST", PAPER, entries, **{"Idempotency-Key": "instants"})
    assert made.status_code == 201
    for other in (f"{day}T08:05:00", "0001-01-01T00:00:00+14:00"):
        entries = {"entries": [line(2, issued_at=other)]}
        assert code(office.ask("tuti", "POST", PAPER, entries, **{"Idempotency-Key": other}))[0] == 422


def test_a_sheet_has_as_many_numbers_as_were_asked_for():
    done = as_process("outage-sheet", "--site", "pandeglang", "--service", "ktp-cetak", "--count", "3", "--first", "9")
    numbers = [row.split()[0] for row in done.stdout.splitlines()[2:]]
    assert numbers == ["VJ009", "VJ010", "VJ011"]


def test_the_form_says_that_who_still_waits_is_not_called_on_a_closed_day(office: Office):
    office.add("tuti", {Role.FRONT_DESK}, (SITE,))
    office.add("wati", {Role.SUPERVISOR}, (SITE,))
    assert 'id="day-closed"' not in office.open("GET", f"/{SITE}/outage", who="tuti").text
    assert office.ask("wati", "POST", f"/sites/{SITE}/close-day").status_code == 200
    told = office.open("GET", f"/{SITE}/outage", who="tuti").text
    assert "bila pengawas membuka hari ini lagi" in told and 'id="outage"' in told
