"""I-8 for copies: a backup beside a hall at full work is whole, and after a bad day it is the hall again."""

import threading
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from queue_server.domain.replay import replay
from queue_server.operations import backup
from queue_server.store import engine, state
from tests.world.figures import Tally
from tests.world.ledger import check_replay, history
from tests.world.people import SITE, Cast
from tests.world.server import PATIENCE_S, Client, taken

DESKS, PER_SECOND = 2, 25
COUNTERS = {str(n): ["talk"] for n in range(1, DESKS + 1)}


@dataclass
class Work:
    """Kiosks and officers who together ask for some twenty things a second; revisions and numbers as answered."""

    people: Cast
    stop: threading.Event = field(default_factory=threading.Event)
    answered: list[int] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __enter__(self) -> "Work":
        desks = list(zip(COUNTERS, self.people.officers(), strict=True))
        for counter, officer in desks:
            assert officer.verb(SITE, counter, "open").status_code == 200
        self._threads = [threading.Thread(target=self._kiosk, args=(k,)) for k in self.people.kiosks()]
        self._threads += [threading.Thread(target=self._officer, args=(o, c)) for c, o in desks]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self._threads:
            thread.join()

    def go_on_until(self, more: int) -> None:
        """As many things more were done: of a hall where nobody works any copy is whole."""
        enough, until = len(self.answered) + more, time.monotonic() + 2 * PATIENCE_S
        while len(self.answered) < enough:
            assert time.monotonic() < until, "hardly anybody worked"
            time.sleep(0.02)

    def _kiosk(self, client: Client) -> None:
        while not self._rest():
            key = uuid.uuid4().hex
            answer = taken(lambda k=key: client.issue(SITE, "talk", key=k))
            self._note(answer)
            self.numbers.append(answer.json().get("number", ""))

    def _officer(self, client: Client, counter: str) -> None:
        while not self.stop.is_set():
            for verb in ("call-next", "no-show"):
                self._rest()
                key = uuid.uuid4().hex
                answer = taken(lambda v=verb, k=key: client.verb(SITE, counter, v, key=k))
                if answer.status_code != 409:  # nobody was waiting, so nobody can be missing
                    self._note(answer)

    def _rest(self) -> bool:
        return self.stop.wait((DESKS + 1) / PER_SECOND)

    def _note(self, answer) -> None:
        if answer.status_code in (200, 201):
            self.answered.append(answer.json()["revision"])
        else:
            self.faults.append(f"{answer.status_code} {answer.text}")


def back_up(people: Cast, folder: Path) -> backup.Backup:
    """What the nightly command does, from a process of its own."""
    data = people.server.data
    return backup.make(engine.database_url(data), data, folder, datetime.now(UTC))


COPIES = "backups of a hall at full work, over HTTP"


def whole_copies(people: Cast, place: Path, row, count: int) -> float:
    """Make backups of a hall at work and hold each to the record; operations a second meanwhile."""
    with Work(people) as work:
        began = time.monotonic()
        work.go_on_until(5)
        for n in row.each(range(count)):
            known = max(work.answered)
            made = back_up(people, place / f"b{n}")
            at = made.sites[SITE]
            told = [e for e in history(people.server, SITE) if e.revision <= at["revision"]]
            same = state.fingerprint(replay(told)) == at["state"]
            row.count(1, lost=not (same and at["revision"] >= known))
            assert same, "the copy is not what the record says"
            assert at["revision"] >= known, "something answered before it began is not in it"
            work.go_on_until(5)
        rate = len(work.answered) / (time.monotonic() - began)
    assert not work.faults, work.faults[:3]
    return rate


def test_a_backup_of_a_hall_at_work_is_whole_and_holds_all_that_was_answered(open_hall, tmp_path, figure):
    people, row = open_hall(COUNTERS, officers=DESKS), figure("F18", COPIES)
    rate = whole_copies(people, tmp_path, row, row.size(ci=4, night=100))
    row.note(f"{rate:.0f} operations a second meanwhile")
    check_replay(people.server, SITE)


def test_control_a_plain_copy_of_the_file_is_not_a_backup(open_hall, tmp_path, figure, monkeypatch):
    """Without its log a copied file lacks what was answered last, or is no whole database at all."""
    people, row = open_hall(COUNTERS, officers=DESKS), figure("F18", COPIES)
    monkeypatch.setattr(backup.backup, "copy", lambda source, target: target.write_bytes(source.read_bytes()))
    with pytest.raises((AssertionError, backup.backup.Damaged)) as noticed:
        whole_copies(people, tmp_path, Tally("", ""), 3)
    row.caught("a plain copy of the file", str(noticed.value).splitlines()[0].rpartition(":")[2].strip()[:60])


def bad_day(people: Cast, place: Path, given: set[str]) -> float:
    """Back up, work on, lose the disk's content, restore by the command, start: seconds until everybody is served."""
    kiosk, server = people.kiosks()[0], people.server
    given |= {kiosk.issue(SITE, "talk").json()["number"] for _ in range(3)}
    kept = kiosk.issue(SITE, "talk").json()
    given.add(kept["number"])
    epoch = kiosk.get(f"/sites/{SITE}/board").json()["epoch"]
    server.cli("backup", str(place))
    given |= {kiosk.issue(SITE, "talk").json()["number"] for _ in range(3)}
    server.kill()
    (server.data / "queue.db").write_bytes(b"the disk ate it" * 1000)
    began = time.monotonic()
    server.cli("restore", str(place))
    server.start()
    fresh = kiosk.issue(SITE, "talk")
    took = time.monotonic() - began
    assert fresh.status_code == 201
    assert fresh.json()["number"] not in given, "a number was given a second time"
    given.add(fresh.json()["number"])
    assert kiosk.get(f"/tickets/{kept['token']}").json()["number"] == kept["number"]
    assert kiosk.get(f"/sites/{SITE}/board").json()["epoch"] != epoch
    return took


@pytest.mark.night
def test_after_a_bad_day_the_hall_is_back_and_nobodys_number_comes_again(open_hall, tmp_path, figure):
    people, row, given, took = open_hall(COUNTERS), figure("F18", "restore drills, over HTTP"), set(), []
    for n in row.each(range(row.size(ci=1, night=20))):
        took.append(bad_day(people, tmp_path / f"b{n}", given))
        row.count(1, lost=took[-1] > 120)
    assert max(took) < 120, "longer than two minutes"
    row.note(f"served again {max(took):.0f} s after the restore began")
