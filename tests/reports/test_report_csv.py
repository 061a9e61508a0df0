"""Today's report as a file: the page's figures in the page's language, and no cell that a spreadsheet would run."""

import csv
import io

import pytest

from queue_server import texts
from queue_server.reports import report_csv

TIMES = {"median_s": 264, "p90_s": 600, "sum_s": 1234.5}
ROW = {
    **dict.fromkeys(("issued", "completed", "waiting", "called", "serving", "held", "no_show"), 2),
    **dict.fromkeys(("cancelled", "expired", "papers", "carried", "refused", "served", "people"), 1),
    "missing": [],
    "outcomes": [],
    "issued_by_class": {"regular": 3, "priority": 2},
    "wait": {"median_min": 4, "p90_min": None},
    "walk": {"median_s": None, "p90_s": None, "sum_s": None},
    "service": TIMES,
    "within_target_percent": 66,
    "within_target_without_percent": 75,
    "left_out_s": 90,
}


def rows(name="Layanan", lang="id", missing=()):
    """The file's rows for a report of one service and one counter."""
    service = ROW | {"name": {"id": name}, "missing": [*missing]}
    report = {"services": [service], "totals": ROW, "counters": [ROW | {"name": "Loket 1"}]}
    file = io.StringIO()
    report_csv.write(report, texts.load().section("common", "staff", "report")[lang], lang, file)
    return list(csv.reader(io.StringIO(file.getvalue())))


def test_every_row_has_a_cell_for_every_heading():
    head, service, total, gap, head_of_counters, counter = rows()
    assert len(head) == len(service) == len(total) == 23
    assert gap == []
    assert len(head_of_counters) == len(counter) == 12
    assert service[2] == "Umum 3, Prioritas 2"
    assert head[13:15] == ["Tunggu tengah", "Tunggu 9 dari 10"]


def test_papers_that_were_missing_stand_between_the_two_tables():
    papers = [{"id": "KK", "name": {"id": "Kartu Keluarga", "en": "Family card"}, "count": 3}]
    _, _, _, gap, head, paper, again, *_ = rows(lang="en", missing=papers)
    assert (gap, again) == ([], [])
    assert (head, paper) == (["Service", "Missing paper", "Numbers"], ["Layanan", "Family card", "3"])


@pytest.mark.parametrize(("lang", "minutes"), [("id", "20,6"), ("en", "20.6"), ("su", "20,6")])
def test_figures_are_written_as_the_page_writes_them(lang, minutes):
    service = dict(zip(*rows(lang=lang)[:2], strict=True))
    assert list(service.values())[-4:] == [minutes, "66 %", "75 %", "90"]
    assert list(service.values())[13:16] == ["4", "", ""]  # what there is not is empty


@pytest.mark.parametrize("name", ["=1+1", "@cmd", "\t=1+1", "+62"])
def test_a_name_that_looks_like_a_formula_is_only_text(name):
    assert rows(name)[1][0] == f"'{name}"
