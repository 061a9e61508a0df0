"""Every page and file of figures is asked for in another process: the one that serves the hall reads no sheet."""

import csv
import gzip
import io

import pytest
import xlsxwriter

from queue_server.apart import Here
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.open_beside import Beside
from queue_server.domain.open_rows import Row
from queue_server.domain.roles import Role
from queue_server.reckoning.workshop import Workshop
from queue_server.reports import fairness_report, office_paper, period_csv, sheets, span
from queue_server.reports.performance_cache import PastDays, read_days
from queue_server.reports.period_reader import PeriodReader
from tests.world.in_process import NINE

OF_LEBAK = (
    *("waits.json", "tickets.json", "services.json", "services.csv", "services.xlsx", "services.pdf"),
    *("summary.pdf", "summary.docx", "fairness.json", "officers.json", "demand.json", "evidence.zip"),
)
FILES = (
    *(f"{name}.{form}" for name in ("services", "officers", "fairness") for form in ("csv", "xlsx")),
    *("activity.xlsx?by=day", "compare.xlsx", "demand.xlsx", "demand.docx", "summary.docx"),
    *(f"skm.{form}?from=2026-10&to=2026-10" for form in ("xlsx", "docx")),
)
PAGES = ("report/period", "report/numbers", "report/officers", "report/demand")
OPEN = (
    *(f"/api/v1/sites/lebak/open-data/2026-11.{form}" for form in ("csv", "json")),
    *(f"/lebak/performance{of}" for of in ("?of=2026-11", "?of=2026", "")),
)


class There(Here):
    """Work goes where a test says."""

    def __init__(self, answer):
        self.answer = answer

    def __call__(self, job):
        return self.answer(job)


@pytest.fixture(scope="module")
def workshop():
    """Where they are reckoned."""
    made = Workshop()
    yield made
    made.close()


def test_no_figure_of_a_period_is_read_or_reckoned_by_the_process_that_serves_the_hall(office, workshop, monkeypatch):
    office.add("tuti", {Role.FRONT_DESK}, ("lebak",))
    office.ask("tuti", "POST", "/sites/lebak/tickets", {"service": "ktp-cetak"}, **{"Idempotency-Key": "k"})
    office.house.periods = PeriodReader(workshop)
    for module, name in ((sheets, "of_period"), (span, "_joined"), (fairness_report, "made")):
        monkeypatch.setattr(module, name, lambda *_, name=name: pytest.fail(f"{name} by the process that serves"))
    for path in (*(f"/sites/lebak/reports/{name}" for name in OF_LEBAK), "/reports/compare.json?sites=lebak"):
        assert office.ask("ida", "GET", path).status_code == 200, path
    for page in PAGES:
        assert office.open("GET", f"/lebak/{page}", who="ida").status_code == 200, page


def test_no_file_of_figures_is_made_by_the_process_that_serves_the_hall(office, workshop, monkeypatch):
    office.add("tuti", {Role.FRONT_DESK}, ("lebak",))
    office.ask("tuti", "POST", "/sites/lebak/tickets", {"service": "ktp-cetak"}, **{"Idempotency-Key": "k"})
    office.house.periods = PeriodReader(workshop)
    for module, name in (
        (xlsxwriter, "Workbook"),
        (period_csv, "_cell"),
        (fairness_report, "_rows"),
        (office_paper, "blank"),
    ):
        monkeypatch.setattr(module, name, lambda *_, name=name: pytest.fail(f"{name} by the process that serves"))
    for name in FILES:
        folder = "" if name.startswith("compare") else "/sites/lebak"
        answer = office.ask("ida", "GET", f"{folder}/reports/{name}")
        assert answer.status_code == 200 and (".csv" in name) != answer.data.startswith(b"PK"), name


def test_what_everybody_may_have_of_closed_months_is_made_once_and_never_by_the_process_that_serves(
    office, workshop, monkeypatch
):
    office.enrol("kiosk", Role.KIOSK)
    for at, numbers in ((NINE, 10), (NINE.replace(month=12, day=15), 10), (NINE.replace(2027, 1, 4), 1)):
        office.now = at
        for n in range(numbers):
            key = {"Idempotency-Key": f"{at} {n}"}
            body = {"service": "ktp-cetak"}
            assert office.ask("kiosk", "POST", "/sites/lebak/tickets", body, **key).status_code == 201
    asked = []
    office.house.periods = PeriodReader(There(lambda job: (asked.append(job), workshop(job))[1]))
    for kind in (Row, Beside):  # made here, or handed over from there
        for name in ("__init__", "__setstate__"):
            monkeypatch.setattr(kind, name, lambda *_, **__: pytest.fail("a row in the process that serves"))
    beside, off_hub = [], office.house.off_hub
    office.house.off_hub = lambda function, *given: (beside.append(function), off_hub(function, *given))[1]
    told = [office.open("GET", path) for path in OPEN]
    assert read_days in beside, "the running day"
    assert [one.status_code for one in told] == [200] * len(OPEN)
    [past] = [job for job in asked if isinstance(job, PastDays)]
    assert len(past.days) == 29, "all of a week's but the running one's"
    asked.remove(past)
    assert [len(job.periods) for job in asked] == [1, 2, 1], "November, the year, and December, the last month"
    again = [office.open("GET", path) for path in OPEN]
    assert [one.get_data() for one in again] == [one.get_data() for one in told] and len(asked) == 3
    office.begin_session("ida")
    page = office.open("GET", "/lebak/report/period?from=2026-11-01&to=2026-11-30", who="ida")
    assert 'id="everybody"' in page.text and len(asked) == 4, "only the page's own question"
    for plain, path in zip(told, OPEN[:2], strict=False):
        packed = office.open("GET", path, **{"Accept-Encoding": "gzip"})
        assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", plain.headers["Vary"])
        assert gzip.decompress(packed.get_data()) == plain.get_data()
    rows = [*csv.DictReader(io.StringIO(told[0].text))]
    assert sum(row["kind"] == "number" for row in rows) == len(told[1].json["rows"]) == 10
    assert ["<td>20</td>" in one.text.partition('data-published="all"')[2].split("</tr>")[0] for one in told[2:]] == [
        *(False, True, False),
    ]


def test_the_page_that_visitors_read_before_they_travel_needs_no_process_beside(office):
    def busy(job):
        raise QueueError(Code.BUSY, retry_after_s=5)

    office.house.periods = PeriodReader(There(busy))
    for page in ("", "/performance", "/weekly.txt"):
        assert office.open("GET", f"/lebak{page}").status_code == 200, page
