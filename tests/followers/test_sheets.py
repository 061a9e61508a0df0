"""The sheets of days that are over: made at rest, and taken away by whatever happens to such a day."""

from datetime import date
from types import SimpleNamespace

from sqlalchemy import delete, select, update

from queue_server.apart import here
from queue_server.commands import day, officer
from queue_server.followers import batches
from queue_server.followers.stays import FOLLOWER
from queue_server.reports import sheets
from queue_server.reports.sheet import VERSION, packed
from queue_server.store import schema
from tests.followers.following import expire, follow, runner
from tests.world.hall import MONDAY, SARI, SITE, WATI
from tests.world.values import at

TUESDAY = at("2026-11-24 09:00")
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def two_days(hall):
    """Somebody was served on Monday; Tuesday is open."""
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak")
    for verb in (officer.call_next, officer.serve, officer.finish):
        hall.later(minutes=2)
        hall.do(SARI, verb, "5")
    hall.now = TUESDAY
    hall.issue("ktp-cetak")


def keeping(hall):
    """A server's runner that keeps sheets whenever there is nothing to read, and its clock."""
    clock = SimpleNamespace(now=0.0)
    keeper = sheets.Keeper(hall.reader, hall.perform.sites, here, lambda f, *a: f(*a), lambda: clock.now)
    return runner(hall, FOLLOWER, at_rest=keeper), clock


def kept(hall):
    """The days that have a sheet."""
    with hall.reader.connect() as conn, conn.begin():
        return sorted(conn.execute(select(schema.day_sheet.c.day)).scalars())


def read(hall):
    """Every day's sheet as a report reads it, as bytes."""
    made = hall.read(lambda view: sheets.of_period(view.conn, view.declared, hall.perform.sites, *YEAR))
    return {one.days[0]: packed(one) for one in made}


def anew(hall):
    """The same, with no sheet to be read."""
    with hall.reader.connect() as conn, conn.begin():
        days = [MONDAY.date(), TUESDAY.date()]
        return {day: sheets.make(conn, hall.site, hall.perform.sites, day)[1] for day in days}


def test_a_day_that_is_over_has_its_sheet_made_at_rest_and_no_other_day_has(hall):
    two_days(hall)
    one, _ = keeping(hall)
    follow(one)
    assert kept(hall) == [MONDAY.date()]
    assert read(hall) == anew(hall)


def test_one_sheet_at_a_time_and_none_while_nothing_is_missing(hall):
    two_days(hall)
    hall.do(WATI, day.close_day)
    one, clock = keeping(hall)
    follow(one)
    assert kept(hall) == [TUESDAY.date()], "the latest first"
    clock.now += sheets.EVERY_S
    follow(one)
    assert kept(hall) == [MONDAY.date(), TUESDAY.date()]
    with hall.writer.begin() as conn:
        conn.execute(delete(schema.day_sheet))
    clock.now += sheets.EVERY_S - 1
    follow(one)
    assert kept(hall) == [], "it looks again in a while"


def test_a_report_reads_the_sheet_and_none_that_is_of_another_version(hall):
    """Seen by whom it serves: a sheet of nothing makes a report of nothing, until its version is not ours."""
    two_days(hall)
    one, _ = keeping(hall)
    follow(one)
    whole = read(hall)
    other = read(hall)[TUESDAY.date()]
    with hall.writer.begin() as conn:
        conn.execute(update(schema.day_sheet).values(sheet=other))
    assert read(hall) != whole
    with hall.writer.begin() as conn:
        conn.execute(update(schema.day_sheet).values(version=VERSION + 1))
    assert read(hall) == whole


def test_whatever_happens_to_a_day_that_was_over_takes_its_sheet_away(hall):
    two_days(hall)
    hall.do(WATI, day.close_day)
    one, clock = keeping(hall)
    follow(one)
    hall.do(WATI, day.reopen_day)
    hall.issue("ktp-cetak")
    assert kept(hall) == [TUESDAY.date()], "nobody has followed yet"
    assert read(hall) == anew(hall), "and yet it is not believed"
    follow(one)
    assert kept(hall) == []
    clock.now += sheets.LOOK_EVERY_S
    follow(one)
    assert kept(hall) == [MONDAY.date()], "Tuesday is open again"
    assert read(hall) == anew(hall)


def test_a_sheet_of_a_moment_that_is_past_is_not_kept(hall):
    """Between the reading and the writing somebody went on."""
    two_days(hall)
    hall.do(WATI, day.close_day)
    follow(runner(hall, FOLLOWER))
    with hall.reader.connect() as conn, conn.begin():
        position, sheet = sheets.make(conn, hall.site, hall.perform.sites, TUESDAY.date())
    hall.do(WATI, day.reopen_day)
    with hall.perform.aside() as conn:
        assert not sheets.sheets.keep(conn, SITE, TUESDAY.date(), VERSION, position, sheet)
        assert sheets.sheets.keep(conn, SITE, MONDAY.date(), VERSION, position, sheet), "nothing happened to that day"


def test_a_run_that_is_broken_off_goes_on_with_what_is_missing(hall):
    two_days(hall)
    hall.do(WATI, day.close_day)
    follow(runner(hall, FOLLOWER))
    making = lambda: sheets.make_all(hall.reader, hall.site, hall.perform.sites, hall.perform.aside)  # noqa: E731
    assert next(making()) == (TUESDAY.date(), 1)
    assert list(making()) == [(MONDAY.date(), 0)]
    assert read(hall) == anew(hall)


def test_rebuilding_the_stays_takes_every_sheet_away(hall):
    """Its cursor jumps: whatever it had not read yet would never be noticed."""
    two_days(hall)
    one, _ = keeping(hall)
    follow(one)
    batches.rebuild(FOLLOWER, SITE, "the shell", hall.reader, hall.perform.aside, lambda s: None)
    assert kept(hall) == []
    expire(hall)
    follow(one)
    assert read(hall) == anew(hall)
