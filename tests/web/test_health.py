"""The health of server and machine: what ``doctor --json`` says, asked in a process of its own."""

import json
import subprocess
import sys
import threading
import types
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from queue_server.domain.roles import Role
from queue_server.operations import examination, remedies
from queue_server.store.ids import new_token
from tests.world.in_process import InProcess


class Hall(InProcess):
    """Both malls, and somebody new before them each time."""

    def read(self, path="/api/v1/health", role=Role.ADMIN, sites=(), agencies=()):
        who = new_token()
        self.add(who, role, sites, agencies)
        return self.open("GET", path, who=who)


@pytest.fixture
def hall(tmp_path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.close()


def test_it_is_the_list_of_doctor_json(hall):
    asked = [sys.executable, "-m", "queue_server", "doctor", "--json", "--data", str(hall.folder)]
    said = json.loads(subprocess.run(asked, capture_output=True, check=False).stdout)
    served = hall.read().json
    assert [one["id"] for one in served] == [one["id"] for one in said]
    assert {one["id"]: one["todo"] for one in served} == {one["id"]: one["todo"] for one in said}
    page = hall.read("/health?lang=en").get_data(as_text=True)
    for one in served:
        assert (f'data-finding="{one["id"]}"' in page) is (one["level"] != "ok"), one
        assert one["level"] == "ok" or one["todo"] in page.replace("&#39;", "'")
        assert one["level"] == "ok" or one["what"] in page.replace("&#39;", "'"), (
            "the English text is the doctor's line"
        )
    page = hall.read("/health").get_data(as_text=True).partition('id="page-data"')[0]
    assert "Belum pernah ada cadangan dari sini" in page and "no backup was ever" not in page


def entry(text, level="warn", **about):
    """A line of ``doctor --json``."""
    plain = {"id": "overseers", "level": level, "what": text, "since": None, "todo": "", "command": None}
    return {**plain, "text": text, "about": about}


def doctor_says(monkeypatch, *found):
    """What the next look finds."""
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: types.SimpleNamespace(stdout=json.dumps(found)))


def test_a_finding_tells_since_when_it_is_there_until_it_is_put_right(hall, monkeypatch):
    examine, old = hall.house.examine, entry("backup_old", days=1, hours=3, folder="/b")
    older = entry("backup_old", days=9, hours=0, folder="/b")
    began, seen = datetime(2026, 11, 23, 2, tzinfo=UTC), []
    for hours, found in ((0, [old]), (5, [older]), (6, []), (7, [old])):
        examine.clock, examine.asked_at = (lambda hours=hours: began + timedelta(hours=hours)), float("-inf")
        doctor_says(monkeypatch, *found, entry("fine", "ok"))
        seen.append([one["since"] for one in examine()])
    first, again = "2026-11-23T02:00:00+00:00", "2026-11-23T09:00:00+00:00"
    assert seen == [[first, None], [first, None], [None], [again, None]]
    assert "Sejak Senin, 23 November 2026 pukul 16.00" in " ".join(hall.read("/health").get_data(as_text=True).split())
    assert list(remedies.known_since(hall.folder).values()) == [again], "for doctor --json too"


def test_whoever_keeps_one_mall_of_two_reads_of_it_and_of_the_server_and_nothing_of_the_other(hall, monkeypatch):
    of = [entry("overseers", site=site) for site in ("lebak", "pandeglang", "gone")]
    doctor_says(monkeypatch, *of, entry("backup_never"))
    assert [one["about"] for one in hall.read(sites=("lebak",)).json] == [{"site": "lebak"}, {}]
    page = hall.read("/health", sites=("lebak",)).get_data(as_text=True)
    assert "lebak: belum ada pengawas" in page and "pandeglang:" not in page
    assert len(hall.read().json) == 4
    assert 'href="/health' in hall.read("/", sites=("lebak",)).get_data(as_text=True)


@pytest.mark.parametrize(
    "who",
    [
        {"role": Role.SUPERVISOR},
        {"role": Role.AUDITOR},
        {"sites": ("elsewhere",)},
        {"sites": ("lebak", "pandeglang"), "agencies": ("dukcapil",)},
    ],
    ids=str,
)
def test_whoever_keeps_no_hall_of_the_server_reads_none_of_it(hall, who, monkeypatch):
    monkeypatch.setattr(examination.Examination, "_ask", lambda self: pytest.fail("the doctor was asked"))
    assert hall.read(**who).status_code == 403
    assert hall.read("/health", **who).status_code == 403
    assert 'href="/health' not in hall.read("/", **who).get_data(as_text=True)


def test_whoever_does_is_led_there_from_the_page_of_choices(hall):
    assert 'href="/health' in hall.read("/").get_data(as_text=True)


def test_however_many_ask_the_doctor_is_asked_once_a_minute(hall, monkeypatch):
    asked = []
    monkeypatch.setattr(examination.Examination, "_ask", lambda self: asked.append(1) or [])
    together = [threading.Thread(target=hall.house.examine) for _ in range(20)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    assert len(asked) == 1
    hall.house.examine.asked_at -= examination.GOOD_FOR_S + 1
    hall.house.examine()
    assert len(asked) == 2


def test_a_doctor_that_cannot_be_asked_is_told_and_breaks_nothing(hall, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert hall.read().status_code == 503
    page = hall.read("/health?lang=en")
    assert page.status_code == 200 and "The checks could not be run" in page.get_data(as_text=True)
