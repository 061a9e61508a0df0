"""Past days are worked out once, the running one at most once a minute, and memory stays small."""

from dataclasses import replace
from datetime import timedelta

import pytest
import requests

from queue_server.commands import day, officer
from queue_server.reports.performance import Day, looked_at
from queue_server.reports.performance_cache import PerformanceCache, Standing, read_days, standing
from tests.world.hall import MONDAY, SARI, WATI
from tests.world.values import at
from tests.world.values import hall as small_hall

SITE = small_hall()


class Reader:
    """Counts what is read; every day has as many numbers as ``numbers`` says."""

    def __init__(self):
        self.performance_cache, self.asked, self.numbers = PerformanceCache(), [], 1
        self.at = Standing(MONDAY, MONDAY.date(), True, (1, 0))

    def read(self, days):
        self.asked += days
        return [Day(day, {"ktp": self.numbers}, {"ktp": self.numbers}) for day in days]

    def look(self, period="week", **changes):
        """Ask; how many dates had to be read for it."""
        before = len(self.asked)
        known = {name: getattr(self.at, name) for name in ("now", "today", "running", "life")}
        self.at = Standing(**(known | changes))
        self.shown, self.counted_at = self.performance_cache.performance(SITE, period, self.at, self.read)
        return len(self.asked) - before


@pytest.fixture
def reader():
    made = Reader()
    assert made.look() == 30
    return made


def test_nothing_is_read_twice(reader):
    assert (reader.look(), reader.look("month"), reader.look("quarter"), reader.look("quarter")) == (0, 0, 60, 0)


@pytest.mark.parametrize(("later", "read"), [(0, 0), (59, 0), (60, 1), (3600, 1), (-5, 1)])
def test_the_running_day_is_at_most_a_minute_old(reader, later, read):
    now = MONDAY + timedelta(seconds=later)
    assert reader.look(now=now) == read
    assert reader.counted_at == (now if read else MONDAY)


def test_at_midnight_yesterday_is_read_once_more(reader):
    tomorrow = MONDAY + timedelta(days=1)
    reader.numbers = 5
    assert reader.look(now=tomorrow, today=tomorrow.date()) == 2
    assert reader.look("month", now=tomorrow + timedelta(seconds=30)) == 0
    assert reader.shown.spans[-2].figures.issued == 5


@pytest.mark.parametrize("life", [(2, 0), (1, 1)])
def test_after_a_restore_or_a_corrected_date_all_is_read_anew(reader, life):
    reader.numbers = 7
    assert reader.look(life=life) == 30
    assert reader.shown.total.issued == 7 * 7


def test_memory_stays_bounded(reader):
    for n in range(1, 400):
        now = MONDAY + timedelta(days=n)
        reader.look("quarter", now=now, today=now.date())
    assert len(reader.performance_cache._kept) == 1
    assert len(reader.performance_cache._kept[SITE.id].over) == len(looked_at("quarter", MONDAY.date())) - 1


def test_nothing_slow_is_done_on_the_hub(reader):
    beside = []

    def off_hub(function, *given):
        beside.append(function.__name__)
        return function(*given)

    for _ in range(2):
        reader.performance_cache.performance(SITE, "quarter", reader.at, reader.read, off_hub)
    assert beside == ["performance"], "and days are read where whoever asks has them read (`test_reports_apart.py`)"


def test_sites_are_apart(reader):
    other = small_hall(id="pandeglang")
    reader.performance_cache.performance(other, "week", reader.at, reader.read)
    assert len(reader.asked) == 60


def test_a_false_future_day_that_is_taken_back_is_not_believed(hall):
    """The clock stood three weeks ahead; somebody looked; the date is put right, and the true day goes on."""
    performance_cache = PerformanceCache()
    url = hall.reader.url.render_as_string(hide_password=False)

    def shown():
        read = lambda days: read_days(url, hall.site, days, hall.perform.sites)  # noqa: E731
        return performance_cache.performance(hall.site, "month", hall.read(standing), read)[0].total.issued

    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak")
    assert shown() == 1
    hall.now = at("2026-12-14 09:00")
    hall.issue("ktp-cetak")
    assert shown() == 2
    hall.now = at("2026-11-23 10:00")
    hall.do(WATI, day.confirm_day, hall.now.date())
    hall.issue("ktp-cetak")
    hall.now = at("2026-11-24 09:00")
    hall.issue("ktp-cetak")
    assert shown() == 3, "two on Monday, one on Tuesday; what was given for December is no part of it"


def test_a_day_that_is_over_is_judged_by_what_it_promised(hall):
    """Three minutes kept Monday's promise; on Tuesday two are promised."""
    url = hall.reader.url.render_as_string(hide_password=False)
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")
    hall.later(minutes=3)
    hall.do(SARI, officer.finish, "5")
    hall.now = at("2026-11-24 07:00")
    hall.stop()
    card = replace(hall.site.services["ktp-cetak"], target_minutes=2)
    hall.start(services={**hall.site.services, "ktp-cetak": card})
    [monday] = read_days(url, hall.site, [MONDAY.date()], hall.perform.sites)
    assert monday.promises == {"ktp-cetak": (1, 1)}


def test_a_green_server_reads_postgresql_beside_its_hub(start_server, postgres):
    """The driver waits cooperatively, in whichever thread it is asked."""
    server = start_server(environ={"QUEUE_DATABASE_URL": postgres.url(postgres.create())})
    server.cli("user", "add", "wati", "--role", "supervisor")  # till somebody is known, pages lead to the first run
    for period in ("week", "quarter"):
        answer = requests.get(f"{server.url}/lebak/performance.csv?period={period}", timeout=60)
        assert (answer.status_code, answer.text.splitlines()[1].split(",")[3]) == (200, "total")
    server.kill()
