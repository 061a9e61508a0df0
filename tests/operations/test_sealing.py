"""Closed days are sealed; whoever alters one afterwards is found out, and which day it was."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from queue_server import settings
from queue_server.commands import day, officer
from queue_server.operations import backup, restore, sealed, sealing
from queue_server.operations.checks import Patient
from queue_server.store import backup as copies
from queue_server.store import engine, seals
from tests.world.command_line import queue_server
from tests.world.hall import SARI, SITE, WATI
from tests.world.values import at

NINE = at("2026-11-27 09:00")
DAYS = ["11-23", "11-24", "11-25"]


@pytest.fixture
def three_days(hall):
    """Three days are over, the first two were closed by Wati; on the first Sari called somebody after that."""
    for n in range(3):
        hall.do(SARI, officer.open_counter, "5")
        for _ in range(3):
            hall.issue("ktp-cetak")
        hall.do(SARI, officer.call_next, "5")
        if n < 2:
            hall.do(WATI, day.close_day)
        if n == 0:
            hall.later(hours=9)
            hall.do(WATI, day.reopen_day)
            hall.do(SARI, officer.open_counter, "5")  # late, and of its day
            hall.later(hours=-9)
        hall.later(days=1)
    hall.do(WATI, day.reopen_day)
    hall.issue("ktp-cetak")
    assert seal(hall) == 3
    return hall


def seal(hall):
    """Seal what is over; how many days that were."""
    made = 0
    while sealing.seal_next(hall.perform, hall.reader, SITE, lambda _: None):
        made += 1
    return made


def verdicts(folder):
    """day -> what is wrong with it."""
    reader = engine.open_reader(engine.database_url(folder))
    with reader.connect() as conn, conn.begin():
        found = [(one.seal.day.isoformat()[5:], one.why) for one in sealing.verify(conn, SITE)]
    reader.dispose()
    return found


@pytest.fixture
def copy(three_days, tmp_path):
    """The hall's data folder once more, for whoever means to alter it."""
    (tmp_path / "copy").mkdir()
    copies.copy(engine.database_file(engine.database_url(three_days.folder)), tmp_path / "copy" / engine.FILE)
    return tmp_path / "copy"


def tamper(folder, *statements):
    """Somebody who has the file can take the guards away first."""
    writer = engine.open_writer(engine.database_url(folder))
    with writer.begin() as conn:
        for table in ("event", "seal"):
            for verb in ("update", "delete", "replace"):
                conn.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))
        for statement in statements:
            assert conn.execute(text(statement)).rowcount == 1, statement
        if not statements:
            while (made := sealing.next_seal(conn, SITE, NINE)) is not None:
                seals.add(conn, made)
    writer.dispose()


def test_each_day_that_is_over_is_sealed_once_and_the_open_one_is_not(three_days):
    hall = three_days
    assert verdicts(hall.folder) == [(one, None) for one in DAYS]
    assert seal(hall) == 0
    said = queue_server("verify", "--data", hall.folder, "--site", SITE)
    assert said.returncode == 0 and said.stdout.count("whole") == 3
    assert "2026-11-26  not sealed" in said.stdout
    only = queue_server("verify", "--data", hall.folder, "--site", SITE, "--from", "2026-11-24", "--to", "2026-11-24")
    assert only.stdout.count("whole") == 1


_SECOND_DAY = "site = 'lebak' AND day = '2026-11-24' AND kind = 'called'"


@pytest.mark.parametrize(
    "altered",
    [
        pytest.param([f"UPDATE event SET at = at + 1 WHERE {_SECOND_DAY}"], id="one changed"),
        pytest.param([f"UPDATE event SET officer = 'dedi' WHERE {_SECOND_DAY}"], id="another officer"),
        pytest.param([f"UPDATE event SET detail = '{{}}' WHERE {_SECOND_DAY}"], id="what it told"),
        pytest.param([f"DELETE FROM event WHERE {_SECOND_DAY}"], id="one dropped"),
        pytest.param(
            [
                "INSERT INTO event SELECT site, epoch, revision, n + 50, at, day, kind, ticket, counter, service,"
                f' officer, detail, clock_suspect, "by" FROM event WHERE {_SECOND_DAY}'
            ],
            id="one added",
        ),
        pytest.param(
            [
                f"UPDATE event SET n = 77 WHERE {_SECOND_DAY}",
                "UPDATE event SET revision = revision + 1, n = 78 WHERE n = 0 AND site = 'lebak' AND revision ="
                " (SELECT revision - 1 FROM event WHERE n = 77)",
                "UPDATE event SET revision = revision - 1, n = 0 WHERE n = 77",
                "UPDATE event SET n = 0 WHERE n = 78",
            ],
            id="two in another order",
        ),
        pytest.param(["UPDATE seal SET digest = previous WHERE number = 2"], id="its seal"),
        pytest.param([f"UPDATE event SET day = '2026-11-20' WHERE {_SECOND_DAY}"], id="its day"),
    ],
)
def test_control_one_row_altered_names_its_day(copy, altered):
    tamper(copy, *altered)
    wrong = [one for one in verdicts(copy) if one[1] is not None]
    assert wrong[0][0] == "11-24" and {one for one, _ in wrong} <= {"11-24", "11-25"}
    said = queue_server("verify", "--data", copy, "--site", SITE)
    assert said.returncode == 1 and "2026-11-24  ALTERED" in said.stdout


def doctors(folder):
    """What the doctor says of seals: of the last two days alone, and of all."""
    reader = engine.open_reader(engine.database_url(folder))
    told = replace(settings.load(None), sites={SITE: None})
    found = []
    for full in (False, True):
        some = list(sealed.seals(Patient(told, folder, "", reader, lambda: NINE, full)))
        found.append([(one.text, one.about["day"]) if one.text else one.what for one in some])
    reader.dispose()
    return found


def test_the_doctor_looks_at_the_last_days_and_with_full_at_all(copy):
    assert doctors(copy) == [["2 closed days are as they were sealed"], ["3 closed days are as they were sealed"]]
    tamper(copy, "UPDATE event SET at = at + 1 WHERE site = 'lebak' AND day = '2026-11-23' AND kind = 'called'")
    assert doctors(copy) == [["2 closed days are as they were sealed"], [("seals_altered", "2026-11-23")]]
    tamper(copy, f"UPDATE event SET at = at + 1 WHERE {_SECOND_DAY}")
    assert doctors(copy)[0] == [("seals_altered", "2026-11-24")]


def test_control_a_seal_with_another_day_is_found_by_either(copy):
    tamper(copy, "UPDATE seal SET day = '2026-11-29' WHERE number = 2")
    for asked in ("2026-11-24", "2026-11-29"):
        said = queue_server("verify", "--data", copy, "--site", SITE, "--from", asked, "--to", asked)
        assert said.returncode == 1 and "2026-11-29  ALTERED: its events are of 2026-11-24" in said.stdout


def missing(folder):
    """What is told of days without a seal, and how the command ends."""
    said = queue_server("verify", "--data", folder, "--site", SITE)
    told = [line.split("  ")[1:] for line in said.stdout.splitlines() if "seal" in line.lower()]
    return said.returncode, [(day[5:], why.split(":")[0]) for day, why in told]


@pytest.mark.parametrize(("dropped", "left"), [((3,), DAYS[2:]), ((3, 2, 1), DAYS)])
def test_control_a_seal_that_was_taken_away_is_missed_once_it_should_be_there_again(three_days, dropped, left):
    hall = three_days
    while sealing.seal_next(hall.perform, hall.reader, "*", lambda _: None):
        pass
    hall.later(hours=2)
    hall.issue("ktp-cetak")
    assert missing(hall.folder) == (0, [("11-26", "not sealed")])
    hall.stop()
    tamper(hall.folder, *(f"DELETE FROM seal WHERE site = 'lebak' AND number = {n}" for n in dropped))
    assert missing(hall.folder) == (1, [*((day, "SEAL MISSING") for day in left), ("11-26", "not sealed")])


def test_a_hall_whose_older_days_are_still_being_sealed_misses_none(three_days):
    """As after an upgrade: the newest seal is of now, and the server goes on to the next day."""
    hall = three_days
    for wait in ({"days": 1}, {"days": 3}, {"hours": 2}):
        hall.later(**wait)
        hall.issue("ktp-cetak")
    assert sealing.seal_next(hall.perform, hall.reader, SITE, lambda _: None)
    assert missing(hall.folder) == (0, [("11-27", "not yet sealed"), ("11-30", "not sealed")])


def test_control_a_day_sealed_anew_by_whoever_altered_it_no_longer_fits_the_next(copy):
    tamper(copy, f"DELETE FROM event WHERE {_SECOND_DAY}", "UPDATE seal SET number = 9 WHERE number = 3")
    tamper(copy, "DELETE FROM seal WHERE number = 2", "UPDATE seal SET site = 'kept' WHERE number = 9")
    tamper(copy)  # whoever has the file can seal it all anew
    assert verdicts(copy) == [(one, None) for one in DAYS], "then only a digest that was noted before tells"
    tamper(copy, "DELETE FROM seal WHERE site = 'lebak' AND number = 3")
    tamper(copy, "UPDATE seal SET site = 'lebak', number = 3 WHERE site = 'kept'")
    assert verdicts(copy)[1:] == [("11-24", None), ("11-25", "its seal does not follow from the one before")]


@pytest.mark.parametrize("attempt", ["UPDATE seal SET digest = 'x'", "DELETE FROM seal"])
def test_a_seal_refuses_to_be_changed(three_days, attempt):
    with pytest.raises(Exception, match="append-only"), three_days.writer.begin() as conn:
        conn.execute(text(attempt))


def test_a_restore_keeps_the_seals_and_the_chain_goes_on(three_days, tmp_path):
    hall = three_days
    backup.make(engine.database_url(hall.folder), hall.folder, tmp_path / "b", hall.now)
    hall.issue("ktp-cetak")
    hall.later(days=1)
    hall.issue("ktp-cetak")
    assert seal(hall) == 1
    hall.stop()
    restore.restore(hall.settings, hall.folder, tmp_path / "b", lambda: hall.now)
    hall.start()
    hall.issue("ktp-cetak")
    assert seal(hall) >= 1
    assert {why for _, why in verdicts(hall.folder)} == {None}
    assert verdicts(hall.folder)[:3] == [(one, None) for one in DAYS]
