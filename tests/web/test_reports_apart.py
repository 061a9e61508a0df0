"""Every page and file of figures is asked for in another process: the one that serves the hall reads no sheet."""

import pytest

from queue_server.domain.roles import Role
from queue_server.reckoning.workshop import Workshop
from queue_server.reports import fairness_report, sheets, span
from queue_server.reports.period_reader import PeriodReader

OF_LEBAK = (
    *("waits.json", "tickets.json", "services.json", "services.csv", "services.xlsx", "services.pdf"),
    *("summary.pdf", "summary.docx", "fairness.json", "officers.json", "demand.json", "evidence.zip"),
)
PAGES = ("report/period", "report/numbers", "report/officers", "report/demand")


@pytest.fixture
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
