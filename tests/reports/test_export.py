"""The CSV of tickets: its columns, its sums, and cells that no spreadsheet takes for a formula."""

import csv
import io
from datetime import date, datetime

import pytest

from queue_server.commands import carrying, day, helping, interrupting, officer, structuring
from queue_server.commands.structuring import New
from queue_server.domain.roles import Actor, Role
from queue_server.domain.structure import digest_of
from queue_server.queries import structure as documents
from queue_server.reports import export
from tests.world.hall import ASEP, DEDI, SARI, WATI
from tests.world.values import at

COLUMNS = (
    "number,service,class,counter,officer,issued_at,first_called_at,served_at,finished_at,state,wait_s,walk_s,service_s"
    ",people,entered_later,told_low_s,told_high_s,outcome,carried_day,carried_number"
)
MONDAY = date(2026, 11, 23)


def exported(hall, first=MONDAY, last=MONDAY):
    """The file's rows by number."""
    file = io.StringIO()
    count = export.tickets(hall.reader, "lebak", hall.site.timezone, first, last, file)
    assert file.getvalue().splitlines()[0] == COLUMNS
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert len(rows) == count
    return {row["number"]: row for row in rows}


@pytest.fixture
def told(hall):
    """Four visitors: the straight way; recalled, held, called again elsewhere; missed and back; never called."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")
    hall.issue("ktp-cetak")  # J001, 9.00
    hall.later(minutes=5)
    hall.do(SARI, officer.call_next, "5")
    hall.issue("ktp-cetak", "priority")  # J002, 9.05
    hall.later(seconds=30)
    hall.do(SARI, officer.serve, "5")
    hall.later(minutes=10)
    hall.do(SARI, officer.finish, "5")  # 9.15.30
    hall.do(SARI, officer.call_next, "5")
    hall.later(seconds=20)
    hall.do(SARI, officer.recall, "5")
    hall.later(seconds=20)
    hall.do(SARI, officer.serve, "5")  # 9.16.10
    hall.later(minutes=2)
    hall.do(SARI, officer.hold, "5")  # 9.18.10
    hall.issue("kk-akta")  # D001
    hall.later(minutes=7)
    hall.do(DEDI, officer.call, "6", "J002", "fotokopi sudah ada")  # 9.25.10
    hall.later(seconds=15)
    hall.do(DEDI, officer.serve, "6")
    hall.later(minutes=3)
    hall.do(DEDI, officer.transfer, "6", "kk-akta")  # 9.28.25, waits again
    hall.later(minutes=1)
    hall.do(DEDI, officer.call, "6", "J002", "langsung")  # 9.29.25
    hall.later(seconds=5)
    hall.do(DEDI, officer.serve, "6")
    hall.later(minutes=4)
    hall.do(DEDI, officer.finish, "6")  # 9.33.30
    return hall


def test_the_straight_way_through(told):
    assert exported(told)["J001"] == {
        "number": "J001",
        "service": "ktp-cetak",
        "class": "regular",
        "counter": "5",
        "officer": "Sari",
        "issued_at": "2026-11-23T09:00:00+07:00",
        "first_called_at": "2026-11-23T09:05:00+07:00",
        "served_at": "2026-11-23T09:05:30+07:00",
        "finished_at": "2026-11-23T09:15:30+07:00",
        "state": "completed",
        "wait_s": "300",
        "walk_s": "30",
        "service_s": "600",
        "people": "1",
        "entered_later": "",
        "told_low_s": "0",
        "told_high_s": "300",
        **dict.fromkeys(("outcome", "carried_day", "carried_number"), ""),
    }


def test_a_place_on_another_day_is_told_with_its_number(told):
    for _ in range(2):
        told.issue("ktp-cetak")
    told.do(WATI, interrupting.begin, {}, "power")
    told.do(WATI, carrying.carry_over, "Listrik padam")
    told.do(WATI, helping.cancel_number, "J004", "Tidak jadi datang")
    rows, kept = exported(told), ("state", "outcome", "carried_day", "carried_number")
    assert [rows["J003"][name] for name in kept] == ["expired", "carried", "2026-11-24", "J001"]
    assert [rows["J004"][name] for name in kept] == ["expired", "carried", "", ""]


def in_excel(hall):
    """The rows as Indonesian Excel takes them apart: a mark for UTF-8, semicolons, a comma for the decimal sign."""
    file = io.StringIO()
    export.tickets(hall.reader, "lebak", hall.site.timezone, MONDAY, MONDAY, file, export.FORMS["id"])
    mark, text = file.getvalue()[0], file.getvalue()[1:]
    assert mark == "\ufeff" and text.count("\r\n") == text.count("\n")
    return {row["number"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}


def test_a_file_for_indonesian_excel_holds_the_same_rows_and_no_number_it_misreads(told):
    plain, excel = exported(told), in_excel(told)
    assert plain.keys() == excel.keys()
    for number, row in excel.items():
        assert {k: v for k, v in row.items() if not k.endswith("_at")} == {
            k: v for k, v in plain[number].items() if not k.endswith("_at")
        }
        for name, cell in row.items():
            if name.endswith("_at") and cell:
                assert datetime.fromisoformat(cell) == datetime.fromisoformat(plain[number][name]).replace(tzinfo=None)
            if name.endswith("_s"):
                assert cell == "" or cell.isdecimal(), "249.506 would be read as a quarter of a million"


def test_a_moment_has_whole_seconds_and_a_time_that_never_was_is_empty(told):
    told.do(ASEP, officer.open_counter, "10")
    number = told.issue("skck-baru").number
    told.later(seconds=249.506)
    told.do(ASEP, officer.call_next, "10")
    row = exported(told)[number]
    assert (row["wait_s"], row["walk_s"], row["service_s"]) == ("250", "", "")
    assert "." not in row["first_called_at"]


def test_a_winding_way_sums_every_interval_and_names_the_last_place(told):
    row = exported(told)["J002"]
    assert (row["service"], row["counter"], row["officer"]) == ("kk-akta", "6", "Dedi")
    assert (row["issued_at"], row["first_called_at"]) == ("2026-11-23T09:05:00+07:00", "2026-11-23T09:15:30+07:00")
    assert (row["served_at"], row["finished_at"]) == ("2026-11-23T09:16:10+07:00", "2026-11-23T09:33:30+07:00")
    assert float(row["wait_s"]) == 630 + 60, "before the first call, and after the transfer"
    assert float(row["walk_s"]) == 40 + 15 + 5
    assert float(row["service_s"]) == 120 + 180 + 240
    held = 7 * 60
    life = datetime.fromisoformat(row["finished_at"]) - datetime.fromisoformat(row["issued_at"])
    assert sum(float(row[k]) for k in ("wait_s", "walk_s", "service_s")) + held == life.total_seconds(), "I-10"


def test_who_was_never_called_has_no_place(told):
    row = exported(told)["D001"]
    assert (row["counter"], row["officer"], row["first_called_at"], row["finished_at"]) == ("", "", "", "")
    assert (row["state"], row["wait_s"]) == ("waiting", "")
    told.later(minutes=1)
    told.do(WATI, day.close_day)
    row = exported(told)["D001"]
    assert (row["state"], row["finished_at"]) == ("expired", "2026-11-23T09:34:30+07:00")
    assert float(row["wait_s"]) == 16 * 60 + 20


def test_an_undone_call_never_happened(told):
    told.do(ASEP, officer.open_counter, "10")
    told.issue("skck-baru")
    told.later(minutes=1)
    told.do(ASEP, officer.call_next, "10")
    told.later(seconds=10)
    told.do(ASEP, officer.undo, "10")
    told.later(minutes=1)
    told.do(ASEP, officer.call_next, "10")
    row = exported(told)["A001"]
    assert (row["wait_s"], row["walk_s"]) == ("130", "")
    assert row["first_called_at"] == "2026-11-23T09:35:40+07:00"


@pytest.mark.parametrize("before", [False, True], ids=["never called otherwise", "called elsewhere before"])
def test_an_undone_call_leaves_no_counter_and_no_officer_behind(told, before):
    told.do(WATI, day.close_day)
    told.do(WATI, day.reopen_day)
    told.do(SARI, officer.open_counter, "5")
    told.do(DEDI, officer.open_counter, "6")
    number = told.issue("ktp-cetak").number
    if before:
        told.do(DEDI, officer.call_next, "6")
        told.do(DEDI, officer.return_ticket, "6")
    told.do(SARI, officer.call_next, "5")
    told.do(SARI, officer.undo, "5")
    row = exported(told)[number]
    assert (row["counter"], row["officer"]) == (("6", "Dedi") if before else ("", ""))


def test_only_the_days_that_were_asked_for(told):
    told.now = at("2026-11-24 09:00")
    told.issue("skck-baru")
    tuesday = date(2026, 11, 24)
    assert set(exported(told, tuesday, tuesday)) == {"A001"}
    assert set(exported(told)) == {"J001", "J002", "D001"}
    assert set(exported(told, MONDAY, tuesday)) == {"J001", "J002", "D001", "A001"}
    assert exported(told, date(2026, 1, 1), date(2026, 1, 31)) == {}


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "  =1+1", "\u00a0=1", "Sari\n=1+1", "=cmd|' /C calc'!A0"],
)
def test_a_text_that_looks_like_a_formula_is_only_text(cell):
    assert export.safe(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["Sari", "J001", "2026-11-23T09:00:00+07:00", "a=b", "", "O'Brien"])
def test_any_other_text_stays_as_it_is(cell):
    assert export.safe(cell) == cell


@pytest.mark.parametrize(("cell", "written"), [(None, ""), (-3.5, -3.5), (0, 0)])
def test_numbers_stay_numbers(cell, written):
    assert export.safe(cell) == written


def test_every_ticket_stands_under_the_names_of_its_day(hall):
    """A counter and a service are renamed from Tuesday on: Monday's rows keep what Monday's visitors read."""
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")
    hall.do(SARI, officer.finish, "5")
    hall.now = at("2026-11-24 09:00")
    seen = hall.read(documents.version)["structure"]
    new = {
        **seen,
        "services": [s | ({"name": {"id": "Cetak baru"}} if s["id"] == "ktp-cetak" else {}) for s in seen["services"]],
        "counters": [c | ({"name": "Loket 55"} if c["id"] == "5" else {}) for c in seen["counters"]],
    }
    made = New(new, digest_of(new), hall.settings.site_of(new), "screen")
    hall.do(Actor("admin", Role.ADMIN.only), structuring.save, made, hall.row().structure, None)
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    file = io.StringIO()
    export.tickets(hall.reader, "lebak", hall.site.timezone, MONDAY, date(2026, 11, 24), file, named=True)
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert list(rows[0])[-2:] == ["service_name", "counter_name"]
    assert [(row["service_name"], row["counter_name"]) for row in rows] == [
        ("Cetak KTP-el", "Loket 5"),
        ("Cetak baru", "Loket 55"),
    ]
