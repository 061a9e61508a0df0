"""What an official letter says of made-up figures: the change since before, targets, limits, and the course."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from queue_server import texts
from queue_server.reports.letter_chart import MOST, chart
from queue_server.reports.letter_words import Words
from queue_server.reports.lettering import _limits
from queue_server.reports.measure_table import MEASURES
from queue_server.reports.period_letter import Beside, letter
from queue_server.reports.span import Wanted, joined_sheets
from tests.world.values import hall

SAID = texts.load().section("common", "period", "measures", "letter")["id"]
WORDS = Words("id", lambda key, **values: texts.fill(SAID[key], values))
NOTHING: dict[str, Any] = dict.fromkeys(one.name for one in MEASURES)
JANUARY, FEBRUARY = {"from": "2026-01-01", "to": "2026-01-31"}, {"from": "2026-02-01", "to": "2026-02-28"}


def aim(measure: str, value: float, met: bool | None) -> dict[str, Any]:
    """A target as a report tells it."""
    return {"measure": measure, "from": "2026-01-01", "value": value, "at": "2026-01-01T00:00:00+00:00", "met": met}


def lettered(now: dict[str, Any], was: dict[str, Any], *targets: dict[str, Any]) -> dict[str, Any]:
    """The letter of February."""
    before = {**JANUARY, "days": 20, "totals": NOTHING | was, "rows": [], "targets": []}
    report: Any = {
        **FEBRUARY,
        **{"site": "lebak", "name": "summary", "by": None, "days": 20, "made_at": "2026-03-02T09:00:00+07:00"},
        **{"totals": NOTHING | {"issued": 9, "people": 9} | now, "rows": [], "targets": [*targets]},
        **{"previous": before, "corrected": []},
    }
    return letter(hall(), report, Beside("week", [], [], [], []), WORDS)


@pytest.mark.parametrize(
    ("now", "was", "said"),
    [
        (590, 1190, "10 menit, 10 menit lebih singkat daripada Januari 2026."),
        (1190, 590, "20 menit, 10 menit lebih lama daripada Januari 2026."),
        (590, 591, "10 menit, sama dengan Januari 2026."),
        (590, None, "10 menit."),
    ],
)
def test_a_letter_tells_the_way_a_wait_has_gone(now, was, said):
    told = lettered({"wait_p50_s": now, "wait_p90_s": now}, {"wait_p50_s": was, "wait_p90_s": was})
    people = "Selama Februari 2026 (20 hari pelayanan) MPP Lebak melayani 9 orang."
    assert told["lead"] == [f"{people} Separuh menunggu kurang dari {said}"]


def test_a_line_with_a_target_tells_whether_it_is_reached_and_any_other_how_it_changed():
    targets = (aim("wait_p50_s", 900, True), aim("no_show_share", 0.05, False), aim("service_in_promise", 0.9, None))
    figures = {"wait_p50_s": 590, "no_show_share": 0.06, "service_in_promise": 0.8, "given_up": 3}
    told = lettered(figures, figures | {"given_up": 1}, *targets)["table"]
    assert [row[-2:] for row in told["rows"]] == [
        *(["–", "–"], ["≤ 15 menit", "tercapai"], ["≥ 90 %", "–"], ["≤ 5 %", "belum tercapai"], ["–", "naik 2"]),
    ]


def test_a_letter_says_to_what_it_is_limited():
    said = partial(_limits, hall(), joined_sheets([]), words=WORDS)
    assert said(Wanted()) == []
    assert said(Wanted(frozenset({"dukcapil"}), service="ktp", class_="priority", weekday=0, hour=9)) == [
        *("Instansi Dukcapil", "Layanan ktp", "Jenis antrean Prioritas", "Hari Senin", "Jam 09.00"),
    ]


def test_the_chart_has_both_periods_where_there_is_room_and_else_the_present_one():
    def rows(n: int, wait: int) -> list[Any]:
        days = (date(2026, 2, 1) + timedelta(days=day) for day in range(n))
        return [NOTHING | {"key": day.isoformat(), "wait_p50_s": wait, "wait_p90_s": wait} for day in days]

    both = chart(rows(4, 600), rows(4, 1200), "day", WORDS, [aim("wait_p90_s", 2400, False)])
    assert ([bar["p50"] for bar in both["bars"]], both["split"]) == ([10] * 4 + [20] * 4, 4)
    assert both["targets"] == [{"minutes": 40, "label": "sasaran 40"}] and both["ticks"][-1] == 40
    long = chart(rows(MOST, 600), rows(3, 1200), "day", WORDS, [])
    assert ([bar["p50"] for bar in long["bars"]], long["split"]) == ([20] * 3, 0)
    assert chart([], rows(3, 0), "day", WORDS, []) is None
