"""The page for who leads: what it tells to do next is a rule's, its lines are the report's, and it is one page."""

from datetime import date
from typing import Any

import pytest

from queue_server.domain.letterhead import Letterhead
from queue_server.domain.survey_period import Months
from queue_server.queries.leaders import Dates, Kept, before, months_of
from queue_server.reports import letter
from queue_server.reports.next_step import Step, step
from queue_server.reports.one_page import Registers, document
from queue_server.reports.period_letter import Beside
from tests.reports.test_letter_words import FEBRUARY, JANUARY, NOTHING, WORDS, aim
from tests.world.values import hall

BUSY = {"issued": 200, "called": 190, "served": 180, "people": 185, "waits": 190, "refused": 0, "left_out_s": 5400}
STEADY = {"wait_p50_s": 600, "wait_p90_s": 1800, "service_in_promise": 0.9, "no_show_share": 0.05}


def reported(now: dict[str, Any], was: dict[str, Any] | None = None, *targets: dict[str, Any]) -> Any:
    """The summary of February."""
    earlier = {**JANUARY, "days": 20, "totals": NOTHING | BUSY | STEADY | (was or {}), "rows": [], "targets": []}
    return {
        **FEBRUARY,
        **{"site": "lebak", "name": "summary", "by": None, "days": 20, "made_at": "2026-03-02T09:00:00+07:00"},
        **{"totals": NOTHING | BUSY | STEADY | now, "rows": [], "targets": [*targets]},
        **{"previous": earlier, "corrected": []},
    }


def line(key: Any, **figures: Any) -> Any:
    """A service, or an hour."""
    return NOTHING | {"key": key, "name": {"id": str(key)}, "waits": 20, "served": 20, "called": 20} | figures


def said(found: Step | None, report: Any) -> str:
    """The sentence."""
    page = document(hall(), report, Beside("week", [], [], [], []), Registers(*[Kept(None, None, 0)] * 2), found, WORDS)
    return page["next"]["said"]


SERVICES = [
    line("A", wait_p90_s=1500, no_show_share=0.2),
    line("B", wait_p90_s=3000),
    line("C", waits=9, wait_p90_s=9000),
]
HOURS = [line(8, wait_p90_s=2400), line(10, wait_p90_s=4140), line(11, waits=3, wait_p90_s=9999)]


def found_in(report: Any) -> Step | None:
    """What the rule finds among these services and hours."""
    return step(report, SERVICES, lambda id: HOURS if id == "B" else [])


def test_the_target_missed_by_most_comes_first_and_is_looked_for_where_it_is_worst():
    targets = aim("wait_p90_s", 1200, False), aim("no_show_share", 0.04, False), aim("service_in_promise", 0.8, True)
    report = reported({"no_show_share": 0.05}, {"service_in_promise": 1.0, "refused": 1}, *targets)
    assert said(found_in(report), report) == (
        "Periksa jumlah loket yang buka untuk B pukul 10.00–11.00. "
        "Waktu tunggu, 9 dari 10 orang: < 31 menit, sasaran ≤ 20 menit. Di sana: < 70 menit."
    )


def test_without_a_missed_target_it_is_the_figure_that_became_worse_by_most():
    report = reported({"no_show_share": 0.2, "wait_p90_s": 2000}, None, aim("wait_p90_s", 3000, True))
    assert said(found_in(report), report) == (
        "Periksa apakah panggilan terdengar dan terlihat untuk A. "
        "Tidak hadir saat dipanggil: 20 %; Januari 2026: 5 %. Di sana: 20 %."
    )
    report = reported({"refused": 40}, {"refused": 10, "issued": 190})
    found = found_in(report)
    assert (found.measure, found.service, found.before) == ("refused", None, 10)
    assert said(found, report).startswith("Periksa kuota dan jam pelayanan di seluruh aula. ")


@pytest.mark.parametrize(
    ("now", "was"),
    [
        ({}, {}),
        ({"wait_p90_s": 1970}, {}),  # worse by less than a tenth
        ({"wait_p90_s": 900, "service_in_promise": 1.0}, {}),  # better
        ({"waits": 9, "wait_p90_s": 9000}, {}),  # of nine waits
        ({"wait_p90_s": 9000}, {"waits": 9}),  # beside nine waits
        ({"refused": 20, "issued": 400}, {"refused": 10}),  # twice as many asked
        ({"wait_p90_s": 9000, "refused": 90}, dict.fromkeys(NOTHING)),  # nothing stands before it
    ],
)
def test_where_nothing_stands_out_nothing_is_made_up(now, was):
    report = reported(now, was)
    assert found_in(report) is None
    assert said(None, report).startswith("Tidak ada: ")


def index(ikm: float | None, n: int, first: str, last: str, withheld: bool = False) -> Any:
    """A unit's index."""
    letter_of = None if ikm is None else "B"
    return {"ikm": ikm, "letter": letter_of, "n": n, "withheld": withheld, "period": {"from": first, "to": last}}


def test_the_registers_stand_beside_the_figures_and_say_of_when_they_are():
    now = Kept(index(83.33, 12, "2026-02-01", "2026-02-28"), (5, 3), 2)
    was = Kept(index(None, 9, "2026-01-01", "2026-01-31", withheld=True), None, 0)
    asked = hall(), reported({}), Beside("week", [], [], [], [])
    rows = document(*asked, Registers(now, was), None, WORDS)["table"]["rows"]
    assert rows[-4:] == [
        ["Kepuasan masyarakat (IKM)", "83,33 (B), 12 jawaban", "kurang dari sepuluh", "–"],
        ["Pengaduan diterima", "5, selesai 3", "–", "–"],
        ["Gangguan tercatat", "2", "0", "naik 2"],
        ["Waktu pelayanan terpotong gangguan", "1,5 jam", "1,5 jam", "–"],
    ]
    quarter = Kept(index(80.0, 40, "2025-10-01", "2025-12-31"), None, None)
    rows = document(*asked, Registers(quarter, quarter), None, WORDS)["table"]["rows"]
    assert rows[-2][0] == "Kepuasan masyarakat (IKM), 1 Oktober 2025 – 31 Desember 2025" and rows[-2][-1] == "tetap"


def test_satisfaction_is_of_the_period_s_own_months_once_they_are_over_else_of_the_last_quarter():
    def of(first: date, last: date, whole: bool, today: date) -> tuple[Months, Months]:
        asked = [Dates(first, last, whole), Dates(date(2026, 7, 1), date(2026, 7, 31), True)]
        found = months_of(asked[0], today)
        return found, before(asked, found)

    august = date(2026, 8, 1), date(2026, 8, 31)
    own, last_quarter = Months("2026-08", "2026-08"), Months("2026-04", "2026-06")
    assert of(*august, True, date(2026, 9, 1)) == (own, Months("2026-07", "2026-07"))
    assert of(*august, True, date(2026, 8, 31)) == (last_quarter, Months("2026-01", "2026-03"))
    assert of(date(2026, 8, 3), date(2026, 8, 9), False, date(2027, 1, 1))[0] == last_quarter
    assert of(date(2026, 9, 28), date(2026, 10, 2), False, date(2027, 1, 1))[0] == Months("2026-07", "2026-09")
    assert of(date(2026, 1, 1), date(2030, 12, 31), True, date(2026, 9, 30))[0] == last_quarter


def full(name: str) -> dict[str, Any]:
    """A page with all that it can hold, of whatever a hall and its services are called."""
    head = Letterhead(
        "PEMERINTAH KABUPATEN LEBAK", name, "Jalan Siliwangi 1, Rangkasbitung", "5/{month}", name, name, name
    )
    now = Kept(index(83.33, 1200, "2025-10-01", "2025-12-31"), (5, 3), 2)
    report = reported({}, None, *(aim(one, 300, False) for one in ("wait_p90_s", "wait_p50_s")))
    days = [line(f"2026-02-{day:02d}", wait_p50_s=day * 60, wait_p90_s=day * 100) for day in range(1, 16)]
    found = Step("wait_p90_s", "wait", 1800, report["targets"][0], 1800, line(name), line(9, wait_p90_s=3000))
    return document(
        hall(letterhead=head),
        report,
        Beside("day", days, days, [], [f"Layanan {name}"]),
        Registers(now, now),
        found,
        WORDS,
    )


@pytest.mark.parametrize(
    "name", ["Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kabupaten Lebak", "*A* #x $x$ " * 7]
)
def test_it_is_one_page_whatever_stands_on_it(name):
    assert len(letter.pictures(full(name), 30, "one_page")) == 1
