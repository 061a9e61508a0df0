"""Every figure on every page, in every file and print of a period is what the rows of events say, whoever reads.

The product opens a mall that lived by chance (``seeded.py``). Each check is a plain function: a short life is in every
run, many long ones of both malls by night.
"""

import csv
import io
import re
import shutil
import zipfile
from datetime import date
from types import SimpleNamespace

import pytest
from docx import Document

from queue_server.reports.measure_table import measures_of
from queue_server.reports.period_report import REPORTS
from tests.reports import shown_beside, shown_on_paper, shown_public, shown_today
from tests.reports.reckoned import Facts
from tests.reports.shown import DASH, cells, count, lines, minutes, per_cent, same, showing, table, tenths
from tests.reports.test_period import DAYS, found, lived_by, read

WHOSE = {"boss": {}, "head": {"agency": "dukcapil"}}  # who reads -> what they are limited to
QUERY = "from=2026-11-01&to=2026-11-30"
BY = ("day", "week", "month", "weekday", "hour", "agency", "service", "counter", "class", "segment", "outcome", "paper")
STAFF = ("sari", "dedi", "ratna", "asep", "yani")
SHORT = 30  # steps of a day


def shown_by(lives, tmp_path_factory):
    """The product on a copy of the hall that lived, and what a plain reckoning finds there."""
    hall, _ = next(lives)
    folder = tmp_path_factory.mktemp("shown") / "data"
    shutil.copytree(hall.folder, folder)
    with showing(hall, folder, QUERY) as product:
        looked = SimpleNamespace(reader=product.house.reader, perform=product.house.perform, site=hall.site, read=None)
        days = found(looked)
        yield product, Facts(looked, {one: days.site(date.fromisoformat(one)) for one in DAYS})
    assert len(read(hall)) == len(DAYS)
    next(lives, None)


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    yield from shown_by(lived_by(20261201, tmp_path_factory, SHORT, "pandeglang"), tmp_path_factory)


@pytest.fixture(params=range(6))
def by_night(request, tmp_path_factory):
    mall = ("lebak", "pandeglang")[request.param % 2]
    yield from shown_by(lived_by(1000 + request.param, tmp_path_factory, 150, mall), tmp_path_factory)


@pytest.mark.night
def test_every_page_file_and_print_of_any_days_says_what_the_rows_of_events_say(by_night):
    for who in WHOSE:
        documents_and_files(*by_night, who, BY)
        for check in (page_of_a_period, letters_and_the_page_for_leaders, comparison_and_numbers_behind, the_order):
            check(*by_night, who)
        shown_today.todays_report(*by_night, who, WHOSE[who], DAYS[-1])
    the_evidence(*by_night)
    officers_figures(*by_night, ("officer", "day", "hour", "counter", "service", "outcome"))
    what_stands_beside(*by_night, WHOSE)
    shown_public.last_thirty_days(*by_night)
    shown_public.answers_and_a_closed_month(*by_night)


def test_documents_and_files(shown):
    documents_and_files(*shown, "head", ("outcome", "paper"), ("services", "counters"))


def test_the_page_of_a_period(shown):
    page_of_a_period(*shown, "head")


def test_letters_and_the_page_for_leaders(shown):
    letters_and_the_page_for_leaders(*shown, "head")


def test_the_evidence_and_the_order(shown):
    the_evidence(*shown)
    the_order(*shown, "boss")


def test_the_figures_by_officer(shown):
    officers_figures(*shown, ("counter",), ("sari", "yani"))


def test_todays_report(shown):
    shown_today.todays_report(*shown, "boss", {}, DAYS[-1])


def test_targets_halls_beside_one_another_need_and_numbers(shown):
    what_stands_beside(*shown, ("boss",))


def test_what_everybody_reads(shown):
    shown_public.last_thirty_days(*shown)
    shown_public.answers_and_a_closed_month(*shown)  # last: time passes


def documents_and_files(product, facts, who, ways, reports=tuple(REPORTS)):
    limits = WHOSE[who]
    for name in reports:
        usual = REPORTS[name]
        names = [m.name for m in measures_of(name)]
        for by in ways if name == "services" else [usual]:
            more = f"&by={by}" if by else ""
            told = product.report(f"{name}.json", who, more).json
            reckoned = [facts.figures(**limits | {by: row["key"]}) for row in told["rows"]]
            reckoned.append(facts.figures(**limits))
            for row, of in zip([*told["rows"], told["totals"]], reckoned, strict=True):
                same(row, of)
            for form in (None, "id"):
                text = product.report(f"{name}.csv", who, f"{more}&excel={form}" if form else more).text
                total, *rows = lines(text, form)
                for row, of in zip([*rows, total], reckoned, strict=True):
                    same(row, of, names)
            head, *rows = cells(product.report(f"{name}.xlsx", who, f"{more}&lang=en").get_data())
            places = [at for at in head if at not in ("A", "B")]
            for row, of in zip(rows, reckoned, strict=False):
                same({n: row.get(at) for n, at in zip(names, places, strict=True)}, of, names)


def page_of_a_period(product, facts, who):
    page, limits = product.page("report/period", who), WHOSE[who]
    total = facts.figures(**limits)
    tiles = {one.get("id")[5:]: " ".join(one.text_content().split()) for one in page.find_class("figure")}
    assert tiles["people"] == count(total["people"]) and tiles["refused"] == count(total["refused"])
    for name in ("wait_p50_s", "wait_p90_s"):
        assert tiles[name].removeprefix("< ").split()[0] == minutes(total[name])
    for name in ("service_in_promise", "no_show_share"):
        assert tiles[name] == per_cent(total[name])
    known = product.report("services.json", who).json["rows"]
    names = {"Total": {}} | {row["name"].get("en", row["name"]["id"]): {"service": row["key"]} for row in known}
    _, *rows = table(page, "by-service")
    assert {row[0] for row in rows} == {*names}
    for name, *told in rows:
        assert told == _line(facts.figures(**limits, **names[name]))
    for name, *told in table(page, "counters")[1:]:
        row = facts.figures(**limits, counter=re.sub(r"\D", "", name))
        assert told == [
            *(count(row["served"]), tenths(row["walk_p50_s"], 60)),
            *(tenths(row[n], 60) for n in ("service_p50_s", "service_p90_s")),
            *(tenths(row[n], 3600) for n in ("open_s", "break_s", "idle_s")),
            per_cent(row["utilisation"]),
        ], name
    course = [facts.figures(**limits, day=day) for day in DAYS]
    assert [row[1:4] for row in table(page, "course")[1:]] == [
        [count(one["served"]), minutes(one["wait_p50_s"]), minutes(one["wait_p90_s"])] for one in course
    ]
    stages = [total["issued"] + total["refused"], *(total[n] for n in ("issued", "called", "begun", "served"))]
    assert [row[2] for row in table(page, "funnel")] == [count(n) for n in stages]
    _heat(table(page, "heat") if page.find_class("heat") else [[""]], facts, limits)
    _pictures(page, facts, limits, total)


def _line(row):
    promise = per_cent(row["service_in_promise"])
    if row["left_out_s"]:
        promise += f" ({per_cent(row['service_in_promise_without'])})"
    return [
        *(count(row["served"]), minutes(row["wait_p50_s"]), DASH, minutes(row["wait_p90_s"])),
        *(tenths(row["service_p50_s"], 60), "", promise, count(row["no_show"]), count(row["given_up"])),
        *(count(row["missing"]), count(row["refused"]), count(row["overtaken"])),
    ]


def _heat(told, facts, limits):
    """The median wait of each weekday and hour in which three waits or more began."""
    [_, *hours], *rows = told
    days = {one: n for n, one in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))}
    shown_in = {}
    for weekday, *row in rows:
        shown_in |= {(days[weekday], int(hour[:2])): cell for hour, cell in zip(hours, row, strict=True) if cell}
    slots = {(s["weekday"], s["hour"]) for s in facts.spells}
    reckoned = {(day, hour): facts.figures(**limits, weekday=day, hour=hour) for day, hour in slots}
    assert shown_in == {slot: minutes(one["wait_p50_s"]) for slot, one in reckoned.items() if one["waits"] >= 3}


def _pictures(page, facts, limits, total):
    """What is drawn: bars as high as their counts, dots as high as their minutes, a funnel as wide as its stages."""
    waits, course = page.find_class("chart")
    spells = [s["seconds"] for s in facts.spells if s["kind"] == "wait" and facts.fits(s, limits)]
    bars = [float(one.get("height")) for one in waits.iter("rect")]
    assert len(bars) == 13
    counts = [sum(n * 300 <= s and (s < n * 300 + 300 or n == 12) for s in spells) for n in range(13)]
    told = [row[1] for row in table(waits.getnext(), None)[1:]]
    assert told == [count(n) for n in counts]
    highest = max(int(one.text.replace(",", "")) for one in waits.iter("text") if one.get("x") == "-8")
    assert bars == pytest.approx([220 * n / highest for n in counts], abs=0.06)
    top = max(int(one.text) for one in course.iter("text") if one.get("x") == "-8")
    for name in ("p50", "p90"):
        dots = [220 - float(one.get("cy")) for one in course.find_class(f"dot-{name}")]
        of = [facts.figures(**limits, day=day)[f"wait_{name}_s"] for day in DAYS]
        assert dots == pytest.approx([220 * (s // 60 + 1) / top for s in of if s is not None], abs=0.06)
    most = total["issued"] + total["refused"]
    widths = [float(one.get("width")) for one in page.get_element_by_id("funnel").find_class("bar-dark")]
    reached = [most, *(total[n] for n in ("issued", "called", "begun", "served"))]
    assert widths == pytest.approx([100 * n / most for n in reached], abs=0.06)


def letters_and_the_page_for_leaders(product, facts, who):
    limits = WHOSE[who]
    total = facts.figures(**limits)
    for name in ("services", "refusals", "interruptions", "counters"):
        told = product.letter(name, who)
        by_line, by_measure = told["annex"]
        for measure, (_, now, _) in zip(measures_of(name), by_measure["rows"], strict=True):
            value = total[measure.name]
            if value is not None:
                value = pytest.approx(value * 100 if measure.unit == "share" else value, abs=0.051)
            assert (None if now == DASH else float(re.sub(r"[^0-9.]", "", now))) == value, measure.name
        rows = product.report(f"{name}.json", who).json["rows"]
        by = "counter" if name == "counters" else "service"
        of = [*(facts.figures(**limits, **{by: row["key"]}) for row in rows), total]
        first = {"services": "served", "counters": "served", "refusals": "issued"}
        if name in first:
            assert [row[1] for row in by_line["rows"]] == [count(one[first[name]]) for one in of]
    on_paper = product.letter("summary", who)
    in_words = {row[0]: row[1] for row in on_paper["table"]["rows"]}
    shown_as = [
        *(count(total["people"]), f"< {minutes(total['wait_p50_s'])} minutes"),
        *(f"< {minutes(total['wait_p90_s'])} minutes", per_cent(total["wait_in_promise"])),
        *(per_cent(total["service_in_promise"]), per_cent(total["no_show_share"]), count(total["refused"])),
    ]
    assert [*in_words.values()][:7] == shown_as
    assert [*in_words.values()][-1].split()[0] == (tenths(total["left_out_s"], 3600) if total["left_out_s"] else "0")
    written = Document(io.BytesIO(product.report("summary.docx", who, "&lang=en").get_data()))
    figures = [[cell.text for cell in row.cells] for one in written.tables for row in one.rows]
    for name, now in in_words.items():
        assert any(row[:2] == [name, now] for row in figures), name


def comparison_and_numbers_behind(product, facts, who):
    limits = WHOSE[who]
    total = facts.figures(**limits)
    for of in (
        product.asked("/api/v1/reports/compare.json", who, f"&sites={product.site}").json["sites"][0]["totals"],
    ):
        same(of, total)
    same(lines(product.asked("/api/v1/reports/compare.csv", who, f"&sites={product.site}").text)[0], total)
    for measure in ("issued", "called", "served", "no_show", "given_up", "waits", "missing"):
        behind = product.report("tickets.json", who, f"&measure={measure}").json
        assert behind["total"] == total[measure]
    bins = product.report("waits.json", who).json
    spells = [s for s in facts.spells if s["kind"] == "wait" and facts.fits(s, limits)]
    assert (bins["waits"], bins["wait_p50_s"]) == (len(spells), total["wait_p50_s"])
    ends = [(one["from_s"], one["to_s"] or float("inf")) for one in bins["bins"]]
    assert [one["n"] for one in bins["bins"]] == [sum(a <= s["seconds"] < b for s in spells) for a, b in ends]


def what_stands_beside(product, facts, readers):
    """Once targets are set, which is late in the last day."""
    listed = shown_beside.targets_are_set(product, facts)
    for who in readers:
        limits = WHOSE[who]
        shown_beside.targets_and_halls_beside_one_another(product, facts, who, limits, listed)
        shown_beside.pages_of_targets(product, facts, who, limits, listed)
        shown_beside.letter_and_spreadsheet_with_targets(product, facts, who, limits, listed)
        shown_on_paper.leaders_page_with_targets(product, facts, who, limits, listed)
        shown_on_paper.course_with_targets(product, who, listed)
        shown_on_paper.study_as_a_draft(product, facts, who, limits)
        shown_beside.need(product, facts, who, limits)
        shown_beside.numbers_behind(product, facts, who, limits)
    shown_beside.a_week_in_words(product, facts)


def the_evidence(product, facts):
    with zipfile.ZipFile(io.BytesIO(product.report("evidence.zip", "boss").get_data())) as pack:
        files = {name: pack.read(name) for name in pack.namelist()}
    for file, by in (("figures-by-service.csv", "service"), ("figures-by-month.csv", "month")):
        total, *rows = lines(files[file].decode())
        same(total, facts.figures())
        for row in rows:
            same(row, facts.figures(**{by: row["key"]}))
    order = [one for one in csv.DictReader(io.StringIO(files["fairness.csv"].decode())) if one["period"] == "this"]
    assert {one["service"]: int(one["overtaken"]) for one in order}["total"] == facts.figures()["overtaken"]
    told = csv.DictReader(io.StringIO(files["out-of-order.csv"].decode()))
    turns = [(one["day"], one["service"], one["counter"], one["how"], int(one["passed"])) for one in told]
    assert sorted(turns) == sorted(facts.odd)
    assert not any("mendesak" in content.decode(errors="ignore") for content in files.values()), "nobody's own words"


def the_order(product, facts, who):
    """How many were passed, by day and service, and each turn that the wheels did not give."""
    limits = WHOSE[who]
    told = product.report("fairness.json", who).json
    sums = facts.figures(**limits)
    assert told["overtakes"] == {"suffered": sums["overtaken"], "made": sums["overtook"]}
    for row in told["rows"]:
        of = facts.figures(**limits, day=row["day"], service=row["service"])
        assert row["overtakes"] == {"suffered": of["overtaken"], "made": of["overtook"]}
    if not limits:
        of = [(one["day"], one["service"], one["counter"], one["how"], len(one["passed"])) for one in told["calls"]]
        assert sorted(of) == sorted(facts.odd)


def officers_figures(product, facts, ways, staff=STAFF):
    """An officer's own, whatever stands behind it; those of a head's officers where ten visitors do."""
    for who in staff:
        for by in ways:
            told = product.report("officers.json", who, f"&by={by}").json
            assert (told["own"], told["few"]) == (True, 0)
            for row in told["rows"]:
                same(row, facts.figures(**{"officer": who, by: row["key"]}))
        page = table(product.page("report/officers", who), "officers")
        _officers_row(page[1], facts.figures(officer=who))
    for who, limits in WHOSE.items():
        told = {row["key"]: row for row in product.report("officers.json", who).json["rows"]}
        reckoned = {one: facts.figures(**limits, officer=one) for one in STAFF}
        assert {*told} == {one for one, of in reckoned.items() if of["served"] >= 10}
        for one, row in told.items():
            same(row, reckoned[one], [m.name for m in measures_of("officers") if row[m.name] is not None])


def _officers_row(row, reckoned):
    assert row[1:3] == [count(reckoned["served"]), tenths(reckoned["service_p50_s"], 60)]
    assert row[4] == tenths(reckoned["service_p90_s"], 60)
    assert row[-6:] == [
        *(tenths(reckoned["walk_p50_s"], 60), count(reckoned["no_show"])),
        *(tenths(reckoned[n], 3600) for n in ("open_s", "break_s", "idle_s")),
        per_cent(reckoned["utilisation"]),
    ]
