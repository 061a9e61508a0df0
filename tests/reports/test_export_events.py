"""The CSV of events: what happened, whose work it counts as, and who did it."""

import csv
import io
from datetime import date

from queue_server.commands import admin, day, officer
from queue_server.domain.fold import Event
from queue_server.domain.roles import Actor, Role
from queue_server.reports import export
from queue_server.store import events
from queue_server.store.transaction import ALL_SITES
from tests.world.hall import SARI, WATI

MONDAY = date(2026, 11, 23)


def exported(hall):
    """The file's rows."""
    file = io.StringIO()
    count = export.whole_record(hall.reader, "lebak", hall.site.timezone, MONDAY, MONDAY, file)
    assert file.getvalue().splitlines()[0] == "at,day,epoch,revision,n,kind,number,service,counter,officer,by,by_what"
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert len(rows) == count
    return rows


def test_each_event_says_which_account_or_device_did_it(hall):
    id = hall.perform(ALL_SITES, lambda tx: admin.add_device(tx, "Kios pintu", Role.KIOSK, "lebak", "t")).body
    kiosk = Actor(id, Role.KIOSK.only, frozenset({"lebak"}))
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak", by=kiosk)
    hall.do(SARI, officer.call_next, "5")
    hall.do(WATI, officer.hold, "5", "petugas dipanggil kepala")
    hall.do(WATI, day.close_day)
    told = [(row["kind"], row["number"], row["by"], row["by_what"]) for row in exported(hall)]
    assert told[-8:] == [
        ("counter_opened", "", "Sari", "account"),
        ("issued", "J001", "Kios pintu", "kiosk"),
        ("called", "J001", "Sari", "account"),
        ("held", "J001", "Wati", "account"),
        ("overseen", "", "Wati", "account"),
        ("expired", "J001", "Wati", "account"),
        ("counter_closed", "", "Wati", "account"),
        ("day_closed", "", "Wati", "account"),
    ]
    assert {row["by_what"] for row in exported(hall) if row["kind"] == "day_opened"} == {"system"}
    assert "kepala" not in str(exported(hall))


def test_where_it_was_not_recorded_nobody_is_named(hall, monkeypatch):
    hall.do(SARI, officer.open_counter, "5")
    (opened,) = hall.events("counter_opened")
    before = Event(**{name: getattr(opened, name) for name in opened.__slots__ if name != "by"})
    monkeypatch.setattr(events, "of_days", lambda *_: [before])
    (row,) = exported(hall)
    assert (row["officer"], row["by"], row["by_what"]) == ("Sari", "", "")
