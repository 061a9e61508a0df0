"""Every figure on every page, in every file and print of a period is what the rows of events say, whoever reads."""

import csv
import io
import re
import shutil
from datetime import date
from types import SimpleNamespace

import pytest

from queue_server.reports.measure_table import MEASURES, measures_of
from queue_server.reports.period_report import REPORTS
from tests.reports.reckoned import Facts
from tests.reports.shown import DASH, SITE, cells, count, lines, minutes, per_cent, showing, table, tenths
from tests.reports.test_period import DAYS, found, lived_by, read

WHOSE = {"boss": {}, "head": {"agency": "dukcapil"}}  # who reads -> what they are limited to
QUERY = "from=2026-11-01&to=2026-11-30"
BY = ("day", "week", "month", "weekday", "hour", "agency", "service", "counter", "class", "segment", "outcome")


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """Shorter days than those that the figures themselves are proven on."""
    yield from lived_by(20261201, tmp_path_factory, 50)


@pytest.fixture(scope="module")
def shown(lived, tmp_path_factory):
    """The product on a copy of the hall that lived, what a plain reckoning finds there, and both readers."""
    hall, _ = lived
    folder = tmp_path_factory.mktemp("shown") / "data"
    shutil.copytree(hall.folder, folder)
    with showing(folder, hall.now, QUERY) as product:
        looked = SimpleNamespace(reader=product.house.reader, perform=product.house.perform, site=hall.site, read=None)
        days = found(looked)
        yield product, Facts(looked, {one: days.site(date.fromisoformat(one)) for one in DAYS})


def same(told, facts, names=None):
    """Whether what is told of each measure is what was reckoned."""
    names = names or [m.name for m in MEASURES]
    differs = {n: (told[n], facts[n]) for n in names if told[n] != pytest.approx(facts[n], abs=1e-6)}
    assert differs == {}


@pytest.mark.parametrize("who", WHOSE)
def test_documents_and_files_of_every_report(shown, who):
    product, facts = shown
    for name, usual in REPORTS.items():
        asked = [usual] if name != "services" else [*BY]
        for by in asked:
            more, names = f"&by={by}" if by else "", [m.name for m in measures_of(name)]
            told = product.report(f"{name}.json", who, more).json
            same(told["totals"], facts.figures(**WHOSE[who]))
            reckoned = {row["key"]: facts.figures(**WHOSE[who], **{by: row["key"]}) for row in told["rows"]}
            for row in told["rows"]:
                same(row, reckoned[row["key"]])
            for form in (None, "id"):
                text = product.report(f"{name}.csv", who, f"{more}&excel={form}" if form else more).get_data(
                    as_text=True
                )
                total, *rows = lines(text, form)
                same(total, facts.figures(**WHOSE[who]), names)
                assert len(rows) == len(told["rows"])
                for row, key in zip(rows, reckoned, strict=True):
                    same(row, reckoned[key], names)
        head, *rows = cells(product.report(f"{name}.xlsx", who, "&lang=en").get_data())
        places = [at for at in head if at not in ("A", "B")]
        for row, of in zip(rows, [*reckoned.values(), facts.figures(**WHOSE[who])], strict=False):
            same({n: row.get(at) for n, at in zip(names, places, strict=True)}, of, names)


@pytest.mark.parametrize("who", WHOSE)
def test_the_page_of_a_period(shown, who):
    product, facts = shown
    page, limits = product.page(f"/{SITE}/report/period", who), WHOSE[who]
    total = facts.figures(**limits)
    tiles = {one.get("id")[5:]: " ".join(one.text_content().split()) for one in page.find_class("figure")}
    assert tiles["people"] == count(total["people"]) and tiles["refused"] == count(total["refused"])
    for name in ("wait_p50_s", "wait_p90_s"):
        assert tiles[name].removeprefix("< ").split()[0] == minutes(total[name])
    for name in ("service_in_promise", "no_show_share"):
        assert tiles[name] == per_cent(total[name])
    names = {"Total": {}} | {
        row["name"]["en" if "en" in row["name"] else "id"]: {"service": row["key"]}
        for row in product.report("services.json", who).json["rows"]
    }
    _, *rows = table(page, "by-service")
    assert {row[0] for row in rows} == {*names}
    for name, *told in rows:
        row = facts.figures(**limits, **names[name])
        promise = per_cent(row["service_in_promise"])
        if row["left_out_s"]:
            promise += f" ({per_cent(row['service_in_promise_without'])})"
        assert told == [
            *(count(row["served"]), minutes(row["wait_p50_s"]), DASH, minutes(row["wait_p90_s"])),
            *(tenths(row["service_p50_s"], 60), "", promise, count(row["no_show"]), count(row["given_up"])),
            *(count(row["missing"]), count(row["refused"]), count(row["overtaken"])),
        ]
    for name, *told in table(page, "counters")[1:]:
        row = facts.figures(**limits, counter=re.sub(r"\D", "", name))
        assert told == [
            *(count(row["served"]), tenths(row["walk_p50_s"], 60)),
            *(tenths(row[n], 60) for n in ("service_p50_s", "service_p90_s")),
            *(tenths(row[n], 3600) for n in ("open_s", "break_s", "idle_s")),
            per_cent(row["utilisation"]),
        ]
    course = [facts.figures(**limits, day=day) for day in DAYS]
    assert [row[1:4] for row in table(page, "course")[1:]] == [
        [count(one["served"]), minutes(one["wait_p50_s"]), minutes(one["wait_p90_s"])] for one in course
    ]
    stages = [total["issued"] + total["refused"], *(total[n] for n in ("issued", "called", "begun", "served"))]
    assert [row[2] for row in table(page, "funnel")] == [count(n) for n in stages]
    _heat(table(page, "heat"), facts, limits)


def _heat(told, facts, limits):
    """The median wait of each weekday and hour in which three waits or more began."""
    [_, *hours], *rows = told
    days = {one: n for n, one in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))}
    for weekday, *row in rows:
        for hour, cell in zip(hours, row, strict=True):
            one = facts.figures(**limits, weekday=days[weekday], hour=int(hour[:2]))
            assert cell == (minutes(one["wait_p50_s"]) if one["waits"] >= 3 else ""), (weekday, hour)


@pytest.mark.parametrize("who", WHOSE)
def test_letters_comparison_and_the_numbers_behind(shown, who):
    product, facts = shown
    limits = WHOSE[who]
    total = facts.figures(**limits)
    for name in ("services", "refusals", "interruptions"):
        told = product.letter(name, who)
        by_line, by_measure = told["annex"]
        for measure, (_, now, _) in zip(measures_of(name), by_measure["rows"], strict=True):
            value = total[measure.name]
            shown_as = None if now == DASH else float(re.sub(r"[^0-9.]", "", now))
            assert shown_as == (
                None if value is None else pytest.approx(value * 100 if measure.unit == "share" else value, abs=0.051)
            ), measure.name
        if name == "services":
            sums = [row[1] for row in by_line["rows"]]
            rows = product.report("services.json", who).json["rows"]
            served = [facts.figures(**limits, service=row["key"])["served"] for row in rows]
            assert sums == [count(n) for n in (*served, total["served"])]
    compared = product.asked("/api/v1/reports/compare.json", who, f"&sites={SITE}").json
    same(compared["sites"][0]["totals"], total)
    same(lines(product.asked("/api/v1/reports/compare.csv", who, f"&sites={SITE}").text)[0], total)
    for measure in ("issued", "called", "served", "no_show", "given_up", "waits", "missing"):
        behind = product.report("tickets.json", who, f"&measure={measure}").json
        assert behind["total"] == total[measure]
    bins = product.report("waits.json", who).json
    spells = [s for s in facts.spells if s["kind"] == "wait" and all(s[n] == v for n, v in limits.items())]
    assert (bins["waits"], bins["wait_p50_s"]) == (len(spells), total["wait_p50_s"])
    ends = [(one["from_s"], one["to_s"] or float("inf")) for one in bins["bins"]]
    assert [one["n"] for one in bins["bins"]] == [sum(a <= s["seconds"] < b for s in spells) for a, b in ends]


def test_the_evidence(shown):
    product, facts = shown
    files = product.evidence("boss")
    for file, by in (("figures-by-service.csv", "service"), ("figures-by-month.csv", "month")):
        total, *rows = lines(files[file].decode())
        same(total, facts.figures())
        for row in rows:
            same(row, facts.figures(**{by: row["key"]}))
    order = [one for one in csv.DictReader(io.StringIO(files["fairness.csv"].decode())) if one["period"] == "this"]
    assert {one["service"]: int(one["overtaken"]) for one in order}["total"] == facts.figures()["overtaken"]
    turns = files["out-of-order.csv"].decode().splitlines()[1:]
    assert turns and {turn.split(",")[4] for turn in turns} <= {"number", "walk_in"}


def test_an_officers_own_figures(shown):
    product, facts = shown
    for who in ("sari", "dedi", "ratna", "asep"):
        for by in ("officer", "day", "hour", "counter", "outcome"):
            told = product.report("officers.json", who, f"&by={by}").json
            assert told["rows"] and (told["own"], told["few"]) == (True, 0)
            for row in told["rows"]:
                same(row, facts.figures(**{"officer": who, by: row["key"]}))
        page = table(product.page(f"/{SITE}/report/officers", who), "officers")
        reckoned = facts.figures(officer=who)
        assert page[1][1:3] == [count(reckoned["served"]), tenths(reckoned["service_p50_s"], 60)]
        assert page[1][-1] == per_cent(reckoned["utilisation"])


def test_the_lived_days_are_those_that_the_page_tells(shown, lived):
    product, _ = shown
    assert [row["key"] for row in product.report("activity.json", "boss").json["rows"]] == [*DAYS]
    assert len(read(lived[0])) == len(DAYS)
