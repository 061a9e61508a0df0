"""The health of server and machine: what ``doctor --json`` says, asked in a process of its own."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from queue_server.domain.roles import Role
from queue_server.operations import examination
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


@pytest.mark.parametrize(
    "who",
    [
        {"role": Role.SUPERVISOR},
        {"role": Role.AUDITOR},
        {"sites": ("lebak",)},
        {"sites": ("lebak", "pandeglang"), "agencies": ("dukcapil",)},
    ],
    ids=str,
)
def test_whoever_does_not_keep_the_whole_server_reads_none_of_it(hall, who, monkeypatch):
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
