"""Papers and pictures beside a period's own: the study of need as a draft, leaders' page and course with targets."""

import io
import json
from unittest import mock

import pytest
import typst
from docx import Document

from tests.reports.shown import DASH, count, tenths
from tests.reports.shown_beside import (
    BETTER_MORE,
    FEW,
    MINUTES,
    ON_FRONT,
    PERIODS,
    goal,
    is_met,
    requests,
    targets_held,
)
from tests.reports.test_period import DAYS

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
CASES = {"wait_p50_s": "waits", "wait_p90_s": "waits", "walk_p50_s": "begun", "no_show_share": "called"}
CASES |= {"service_in_promise": "served"}
HIGH, WIDE = 220, 640  # a picture of the course, in units of its own


def study_as_a_draft(product, facts, who, limits):
    """Its tables tell requests by service, weekday and hour, in Indonesian; its bars are as long as those."""
    asked = [{**one, **one["series"], "cause": None} for one in facts.numbers]
    asked = [one for one in (*asked, *facts.refusals) if facts.fits(one, limits)]
    drawn, real = [], typst.compile
    with mock.patch.object(typst, "compile", lambda *a, **k: (drawn.append(k["sys_inputs"]["bars"]), real(*a, **k))[1]):
        content = product.report("demand.docx", who).get_data()
    paper = Document(io.BytesIO(content))
    told = [[[cell.text for cell in row.cells] for row in one.rows][1:] for one in paper.tables]
    own = {key: _by(asked, key) for key in ("service", "weekday", "hour")}
    names = {one["id"]: one["name"]["id"] for one in product.report("demand.json", who).json["services"]}
    services = sorted(own["service"].items(), key=lambda one: (-one[1][0], one[0]))
    days = {n: len({one["day"] for one in asked if one["weekday"] == n}) for n in own["weekday"]}
    assert told[:4] == [
        [[names[id], *map(_id, of[:3]), f"{_id(tenths(100 * of[2], of[0]))} %"] for id, of in services],
        [[WEEKDAYS[n], _id(days[n]), *map(_id, of[:3])] for n, of in sorted(own["weekday"].items())],
        [[f"{n:02}.00–{n + 1:02}.00", *map(_id, of[:3])] for n, of in sorted(own["hour"].items())],
        [[names[id], *map(_id, (*of[3:], of[2]))] for id, of in services if of[2]] or [[DASH] * 5],
    ]
    refused = _id(requests(asked)[2])
    assert any(f"Berapa dari {refused} permintaan" in one.text for one in paper.paragraphs)
    expected = [
        [(WEEKDAYS[n], of[1], of[2]) for n, of in sorted(own["weekday"].items())],
        [(f"{n:02}.00–{n + 1:02}.00", of[1], of[2]) for n, of in sorted(own["hour"].items())],
    ]
    pictures = [[(row["label"], row["dark"], row["light"]) for row in json.loads(one)["rows"]] for one in drawn]
    assert pictures[:2] == expected
    written = [row["told"] for one in drawn[:2] for row in json.loads(one)["rows"]]
    assert written == [f"{_id(given)} + {_id(lost)}" for one in expected for _, given, lost in one]


def _by(asked, key):
    return {place: requests([one for one in asked if one[key] == place]) for place in {one[key] for one in asked}}


def _id(figure):
    """As it is written in Indonesian."""
    return (count(figure) if isinstance(figure, int) else figure).translate(str.maketrans(",.", ".,"))


def leaders_page_with_targets(product, facts, who, limits, listed):
    """Each target beside its figure, reached or not, on paper and in the draft; and what stands out against them."""
    held, total = targets_held(listed, PERIODS[0][1]), facts.figures(**limits)
    told = product.letter("summary", who)
    aims = [row for row in told["table"]["rows"] if row[3] != DASH]
    expected = [
        [goal(name, held[name]), "met" if is_met(name, total[name], held[name]) else "not met yet"]
        for name in ON_FRONT
        if total[name] is not None
    ]
    assert [row[3:] for row in aims] == expected
    content = product.report("summary.docx", who, "&lang=en").get_data()
    drawn = [[cell.text for cell in row.cells] for one in Document(io.BytesIO(content)).tables for row in one.rows]
    for row in told["table"]["rows"]:
        assert row in drawn
    said, missed = told["next"]["said"], _missed(facts, limits, held)
    assert missed, "or nothing would be held here"
    measure = max(missed, key=lambda name: abs(total[name] - held[name]) / held[name])
    assert f"{_figure(measure, total[measure])}" in said and goal(measure, held[measure]) in said, said
    rows = product.report("services.json", who).json["rows"]
    where = {row["key"]: row["name"].get("en", row["name"]["id"]) for row in rows}
    worst, there = _worst(measure, facts, limits, "service", where)
    if worst:
        [service] = [one for one in worst if f"{where[one]}" in said][:1]
        hours = {row["hour"] for row in facts.numbers} | {row["hour"] for row in facts.spells}
        at, then = _worst(measure, facts, limits | {"service": service}, "hour", hours)
        assert not at or any(f"{hour:02}" in said for hour in at)
        assert _figure(measure, then if at else there) in said


def _missed(facts, limits, held):
    total = facts.figures(**limits)
    enough = [name for name in held if name in CASES and (total[CASES[name]] or 0) >= FEW]
    return [name for name in enough if is_met(name, total[name], held[name]) is False]


def _worst(measure, facts, limits, by, places):
    """Where a figure is worst, of places with ten cases, and what it is there."""
    of = {one: facts.figures(**limits | {by: one}) for one in places}
    told = {one: row[measure] for one, row in of.items() if (row[CASES[measure]] or 0) >= FEW}
    if not any(value is not None for value in told.values()):
        return [], None
    value = (min if measure in BETTER_MORE else max)(v for v in told.values() if v is not None)
    return [one for one, v in told.items() if v == value], value


def _figure(measure, value):
    """As papers write it."""
    if measure in MINUTES:
        return f"< {count(int(value) // 60 + 1)} minutes"
    return f"{int(value * 100 + 1e-9)} %" if not measure.endswith("_s") else f"{tenths(value, 60)} minutes"


def course_with_targets(product, who, listed):
    """The dotted line of each day stands as high as that day's target, and breaks where there is none."""
    _, course = product.page("report/period", who).find_class("chart")
    top = max(int(one.text) for one in course.iter("text") if one.get("x") == "-8")
    days = [targets_held(listed, day) for day in DAYS]
    slot = WIDE / len(DAYS)
    for name in MINUTES:
        [line] = course.find_class(f"aim-{name[5:8]}") or [None]
        aims = [day.get(name) for day in days]
        assert (line is None) == (aims == [None] * len(aims))
        steps = [n for n, aim in enumerate(aims) if aim is not None]
        ends = [(n + edge, aims[n] / 60) for n in steps for edge in (0, 1)]
        drawn = [tuple(map(float, one.split())) for one in line.get("d").replace("M", "L").split("L")[1:]]
        expected = [(slot * at, HIGH - HIGH * min(aim, top) / top) for at, aim in ends]
        assert drawn == [pytest.approx(one, abs=0.06) for one in expected]
        lifted = sum(n - 1 not in steps for n in steps)
        assert line.get("d").count("M") == lifted
