"""Beside a real server, with green threads: whatever becomes of the process, the hall works on and pages come back."""

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.world.people import SITE, WORKDAY, run_from, write_hall

PATIENCE_S = 60.0


class Boss:
    """A supervisor who reads a period's figures, and the process that reckons them."""

    def __init__(self, server) -> None:
        self.server, self.http = server, server.officer("bos", site=SITE, role="supervisor").http

    def page(self) -> int:
        """The status of the page of a period."""
        return self.http.get(f"{self.server.url}/{SITE}/report/period", timeout=PATIENCE_S).status_code

    def process(self) -> int:
        """The one beside the server."""
        found = ["pgrep", "-P", str(self.server.process.pid), "-f", "queue_server.reckoning.worker"]
        return int(subprocess.run(found, capture_output=True, check=True).stdout)


def kill(process: int) -> None:
    """``kill -9``, and wait until it is dead (its parent may not have looked yet)."""
    os.kill(process, signal.SIGKILL)
    until = time.monotonic() + PATIENCE_S
    while Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.fixture
def boss(start_server, tmp_path):
    server = start_server(config=write_hall(tmp_path / "config", {"1": ["a"]}))
    run_from(server, WORKDAY)
    return Boss(server)


def test_one_that_was_killed_at_rest_is_missed_by_nobody_and_over_a_question_by_its_asker_alone(boss):
    assert boss.page() == 200
    kill(boss.process())
    assert boss.page() == 200
    hangs, got = boss.process(), []
    os.kill(hangs, signal.SIGSTOP)
    asker = threading.Thread(target=lambda: got.append(boss.page()))
    asker.start()
    time.sleep(0.5)
    assert boss.server.kiosk(SITE).issue(SITE, "a").status_code == 201, "the hall works on"
    assert got == []
    os.kill(hangs, signal.SIGKILL)
    asker.join(PATIENCE_S)
    assert got == [503]
    assert boss.page() == 200


def test_todays_report_has_ready_what_reckons_the_periods_it_leads_to(boss):
    assert boss.http.get(f"{boss.server.url}/{SITE}/report", timeout=PATIENCE_S).status_code == 200
    ready = boss.process()
    assert boss.page() == 200
    assert boss.process() == ready
