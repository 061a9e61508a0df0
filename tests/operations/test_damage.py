"""The nightly look through the database: when it is due, what damage it finds, what it then does and says."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from queue_server.domain.errors import Code, QueueError
from queue_server.operations import backup, damage
from queue_server.store import engine
from tests.world.hall import Hall

JAKARTA = ZoneInfo("Asia/Jakarta")
MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("hours", "at", "due"),
    [
        pytest.param(None, 9, True, id="never looked"),
        pytest.param(2, 2, False, id="twice in one night"),
        pytest.param(25, 2, True, id="the next night"),
        pytest.param(25, 9, False, id="by day it waits for the night"),
        pytest.param(35, 17, False, id="still"),
        pytest.param(37, 19, True, id="no night came: a PC that is off at night"),
        pytest.param(-5, 9, True, id="noted by a wrong clock"),
    ],
)
def test_when_a_look_is_due(hours, at, due):
    now = MORNING.replace(hour=at)
    last = None if hours is None else now - timedelta(hours=hours)
    assert damage.is_due(last, now, JAKARTA) is due


def test_a_hall_that_is_on_day_and_night_is_looked_through_once_each_night():
    last, looks = MORNING, []
    for minute in range(5 * 24 * 60):
        now = MORNING + timedelta(minutes=minute)
        if damage.is_due(last, now, JAKARTA):
            last = now
            looks.append(now)
    assert [look.hour for look in looks] == [1] * 5 and len({look.date() for look in looks}) == 5


@dataclass
class House:
    """As much of a house as the watch looks at."""

    hall: Hall

    def __post_init__(self) -> None:
        self.perform, self.settings = self.hall.perform, self.hall.settings

    def clock(self) -> datetime:
        """The hall's time."""
        return self.hall.now

    def off_hub(self, function, *args):
        """Here nobody else waits."""
        return function(*args)


def watch(hall: Hall, unclean: bool = False) -> damage.Watch:
    """The watch of a server that has just started."""
    return damage.Watch(House(hall), hall.folder, unclean)


def mix_up_an_index(hall: Hall) -> None:
    """An index whose entries name something else: each page is whole, and only the full look finds it."""
    with hall.writer.begin() as conn:
        conn.exec_driver_sql("PRAGMA writable_schema = ON")
        kept = conn.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'event_by_ticket'").scalar()
        wrong = kept.replace("ticket)", "kind)").replace("(ticket", "(kind")
        assert wrong != kept
        conn.exec_driver_sql("UPDATE sqlite_master SET sql = ? WHERE name = 'event_by_ticket'", (wrong,))
    hall.stop()
    with engine.open_writer(f"sqlite:///{hall.folder / 'queue.db'}").begin() as conn:
        conn.exec_driver_sql("REINDEX event_by_ticket")
        conn.exec_driver_sql("PRAGMA writable_schema = ON")
        conn.exec_driver_sql("UPDATE sqlite_master SET sql = ? WHERE name = 'event_by_ticket'", (kept,))
    hall.start()


def mend(hall: Hall) -> None:
    """What a restore would do, for the index alone."""
    with hall.writer.begin() as conn:
        conn.exec_driver_sql("REINDEX event_by_ticket")


def test_the_nightly_look_finds_what_the_quick_one_does_not_and_stops_all_writing(hall, working, tmp_path):
    working(6)
    backup.make(engine.database_url(hall.folder), hall.folder, tmp_path / "b", hall.now)
    first = watch(hall, unclean=True)
    first.step()  # the first look of all
    mix_up_an_index(hall)
    own = watch(hall, unclean=True)
    own._begin()
    assert hall.perform.halted is None, "the quick look found it: then this tests nothing"
    hall.later(hours=17)  # two o'clock of the next night
    with capture_logs() as said:
        own.step()
    (alarm,) = [line for line in said if line["event"] == "database_damaged"]
    assert alarm["log_level"] == "error" and "index" in alarm["faults"][0]
    assert f"queue-server restore {tmp_path / 'b'} --data {hall.folder}" in alarm["what_to_do"]
    with pytest.raises(QueueError) as refused:
        hall.issue("ktp-cetak")
    assert refused.value.code is Code.STORAGE_CORRUPT
    mend(hall)


def test_a_restart_does_not_write_on_in_a_damaged_file_and_a_restored_one_is_written_again(hall, working):
    working(6)
    mix_up_an_index(hall)
    watch(hall).step()
    assert hall.perform.halted
    hall.stop()
    hall.start()
    again = watch(hall)
    assert hall.perform.halted is Code.STORAGE_CORRUPT, "served before the look"
    again._begin()
    assert hall.perform.halted is Code.STORAGE_CORRUPT
    mend(hall)
    watch(hall)._begin()
    assert hall.perform.halted is None
    assert hall.issue("ktp-cetak")


def test_damage_that_a_statement_met_is_said_once_and_remembered(hall):
    own = watch(hall)
    hall.perform.halted = Code.STORAGE_CORRUPT
    with capture_logs() as said:
        own.step()
        own.step()
    assert [line["event"] for line in said] == ["database_damaged"]
    assert "no backup is known" in said[0]["what_to_do"]
    assert json.loads((hall.folder / damage.LAST_LOOK).read_text())["faults"]
    hall.perform.halted = None


def test_a_full_disk_does_not_make_it_look_every_minute(hall, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(damage, "write", full)
    own, looks = watch(hall), []
    monkeypatch.setattr(own.house, "off_hub", lambda *args: looks.append(args) or [], raising=False)
    for _ in range(3):
        own._carefully(own.step)
    assert len(looks) == 1


def test_postgresql_is_left_to_itself(hall, monkeypatch):
    url = "postgresql://nobody@127.0.0.1:1/none"
    own = watch(hall)
    own.house.perform = replace(hall.perform, engine=engine.open_writer(url))
    monkeypatch.setattr(own, "sleep", lambda s: pytest.fail("it watches a file that is not there"))
    own.run()
