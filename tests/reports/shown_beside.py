"""Pages and files beside a period's own: targets, halls beside one another, need, numbers behind a figure, a week."""

from collections import Counter
from datetime import date, timedelta

from lxml import html

from queue_server.reports.measure_table import measures_of
from tests.reports.shown import DASH, cells, count, minutes, per_cent, same, table, tenths

FEW = 10  # fewer tell nothing to everybody
BETTER_MORE = {"wait_in_promise", "wait_in_promise_without", "service_in_promise", "service_in_promise_without"}
COUNTS = ("asked", "issued", "refused", "refused_quota", "refused_closed", "refused_interruption")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OUTCOMES = {"open": "not over", "completed": "served", "no_show": "no-show", "cancelled": "cancelled"}
OUTCOMES |= {"expired": "day closed", "papers": "not back with papers", "carried": "carried to another day"}
CLASSES = {"regular": "Regular", "priority": "Priority", "booked": "Booked"}
MINUTES = ("wait_p50_s", "wait_p90_s")  # less than so many
ON_FRONT = (*MINUTES, "service_in_promise", "no_show_share")  # the targets that the first table of a paper has
PERIODS = (  # first, last, and the period before
    ("2026-11-01", "2026-11-30", "2026-10-01", "2026-10-31"),
    ("2026-11-24", "2026-11-26", "2026-11-21", "2026-11-23"),
)


def _days(first, last):
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    return frozenset(str(first + timedelta(days=n)) for n in range((last - first).days + 1))


def _page(product, path, who, query=""):
    answer = product.open("GET", f"{path}?{query}&lang=en", who=who)
    assert answer.status_code == 200, (path, answer.text)
    return html.fromstring(answer.get_data())


def _words(one):
    return " ".join(one.text_content().split())


def targets_are_set(product, facts):
    """Some that the figures reach by nothing, some that they miss by a second, later ones, and one given up."""
    half, most = (facts.figures()[n] for n in MINUTES)
    third = facts.figures(day=_days(*PERIODS[1][:2]))["walk_p50_s"]
    listed = [
        *(("wait_p50_s", "2026-10-01", 1800), ("wait_p50_s", "2026-11-26", half), ("wait_p50_s", "2026-12-01", 60)),
        *(("wait_p90_s", "2026-11-20", 60 * 45), ("wait_p90_s", "2026-11-25", None)),
        ("wait_p90_s", "2026-11-30", max(1, most - 1)),
        *(("walk_p50_s", "2026-11-23", third), ("walk_p50_s", "2026-11-30", None)),
        *(("service_in_promise", "2026-11-24", 0.955), ("no_show_share", "2026-11-26", 0.5)),
    ]
    body = [dict(zip(("measure", "from", "value"), one, strict=True)) for one in listed]
    known = product.api("GET", f"/sites/{product.site}/targets", who="boss").json["version"]
    sent = {"based_on": known, "targets": body}
    answer = product.api("PUT", f"/sites/{product.site}/targets", sent, who="boss")
    assert answer.status_code == 200, answer.text
    return listed


def targets_held(listed, last):
    """measure -> what it is to be on a day: the latest that had begun."""
    held = {}
    for measure, begins, value in sorted(listed, key=lambda one: one[1]):
        if begins <= last:
            held[measure] = value
    return {measure: value for measure, value in held.items() if value is not None}


def is_met(measure, value, aim):
    if value is None:
        return None
    return value >= aim if measure in BETTER_MORE else value <= aim


def _aim(measure, aim):
    n = aim / 60 if measure.endswith("_s") else aim * 100
    return count(round(n)) if n == round(n) else tenths(str(n), 1)


def targets_and_halls_beside_one_another(product, facts, who, limits, listed):
    """What is held against targets, in documents and on pages, at the end of a period; and halls, a line a measure."""
    for first, last, *before in PERIODS:
        now, was = (limits | {"day": _days(*days)} for days in ((first, last), before))
        total, earlier = facts.figures(**now), facts.figures(**was)
        query = f"from={first}&to={last}"
        report = product.open("GET", f"/api/v1/sites/{product.site}/reports/services.json?{query}", who=who).json
        _judged(report, listed, last, total)
        _judged(report["previous"], listed, before[1], earlier)
        page = _page(product, "/reports/compare", who, query)
        found = product.open("GET", f"/api/v1/reports/compare.json?{query}", who=who).json
        for told, day, of in ((found, last, total), (found["previous"], before[1], earlier)):
            [hall] = told["sites"]
            same(hall["totals"], of)
            _judged(hall, listed, day, of)
        names = [*hall["totals"]]
        rows = table(page, "compare")[1:]
        assert len(rows) == len(names)
        held = targets_held(listed, last)
        for name, (_, *told) in zip(names, rows, strict=True):
            assert (name, told) == (name, two_columns(name, total, earlier, held))
        answer = product.open("GET", f"/api/v1/reports/compare.xlsx?{query}&lang=en", who=who)
        for sheet, of in ((1, total), (2, earlier)):
            head, row = cells(answer.get_data(), sheet)
            places = [at for at in head if at not in ("A", "B")]
            same({n: row.get(at) for n, at in zip(names, places, strict=True)}, of, names)


def two_columns(name, total, earlier, held):
    """What the page says of a measure of one hall, in this period and in the one before."""
    aim = f" {_against(name, total[name], held[name])}" if name in held else ""
    return [_figure(name, total[name]) + aim, _figure(name, earlier[name])]


def _judged(told, listed, last, of):
    assert {one["measure"]: (one["value"], one["met"]) for one in told["targets"]} == {
        measure: (aim, is_met(measure, of[measure], aim)) for measure, aim in targets_held(listed, last).items()
    }


def _against(measure, value, aim):
    met, unit = is_met(measure, value, aim), "minutes" if measure.endswith("_s") else "%"
    return f"{'Target' if met is None else 'met, target' if met else 'not yet, target'} {_aim(measure, aim)} {unit}"


def _figure(name, value):
    if value is None:
        return DASH
    if name in MINUTES:
        return f"{minutes(value)} minutes"
    if name.endswith(("_p50_s", "_p90_s")):
        return f"{tenths(value, 60)} minutes"
    if name.endswith("_s"):
        return f"{tenths(value, 3600)} hours"
    if name in ("utilisation", "as_told", "no_show_share") or "in_promise" in name:
        return per_cent(value)
    return count(value)


def pages_of_targets(product, facts, who, limits, listed):
    """Every target in its own words, those of today marked; and what the page of a period holds against them."""
    order = ("wait_p50_s", "wait_p90_s", "walk_p50_s", "service_in_promise", "no_show_share")
    rows = table(_page(product, f"/{product.site}/report/targets", who), "targets")[1:]
    last = PERIODS[0][1]
    now = {(m, max(b for n, b, _ in listed if n == m and b <= last)) for m in targets_held(listed, last)}
    of = sorted(listed, key=lambda one: (order.index(one[0]), one[1]))
    for (name, value, begins, _), (measure, day, aim) in zip(rows, of, strict=True):
        unit = "minutes" if measure.endswith("_s") else "%"
        shown = None if aim is None else f"{round(aim / 60 if unit == 'minutes' else aim * 100, 2):g}"
        best = "at least" if measure in BETTER_MORE else "at most"
        assert value == ("no target" if aim is None else f"{best} {shown} {unit}")
        assert (name.endswith("in force"), begins) == ((measure, day) in now, f"{date.fromisoformat(day):%-d %B %Y}")
    page, total = product.page("report/period", who), facts.figures(**limits)
    for measure, aim in targets_held(listed, last).items():
        [told] = page.xpath(f"//*[@id='aim-{measure}']")
        unit = (
            " minutes at most" if measure.endswith("_s") else " % at least" if measure in BETTER_MORE else " % at most"
        )
        met = is_met(measure, total[measure], aim)
        assert _words(told) == f"target {'met' if met else 'not met'}: {_aim(measure, aim)}{unit}"
    for row in table(page, "course")[1:]:
        day = f"2026-11-{int(row[0].split()[0]):02}"
        aims = [targets_held(listed, day).get(name) for name in MINUTES]
        assert row[4:] == [DASH if aim is None else tenths(aim, 60) for aim in aims], day


def goal(measure, aim):
    """A target as papers write it."""
    n = round(aim / 60 if measure.endswith("_s") else aim * 100, 1)
    words = count(int(n)) if n == int(n) else tenths(str(n), 1)
    return f"{'≥' if measure in BETTER_MORE else '≤'} {words} {'minutes' if measure.endswith('_s') else '%'}"


def letter_and_spreadsheet_with_targets(product, facts, who, limits, listed):
    """A letter's first table tells a target and whether it is reached, its annex and the file tell it exactly."""
    held, total, told = targets_held(listed, PERIODS[0][1]), facts.figures(**limits), product.letter("services", who)
    expected = []
    for name in ON_FRONT:
        met = is_met(name, total[name], held[name])
        expected.append([goal(name, held[name]), DASH if met is None else "met" if met else "not met yet"])
    assert [row[-2:] for row in told["table"]["rows"] if row[-2] != DASH] == expected
    exact = {
        measure.name: row[3] for measure, row in zip(measures_of("services"), told["annex"][1]["rows"], strict=True)
    }
    assert {name: one for name, one in exact.items() if one != DASH} == {
        name: f"{count(aim)} seconds" if name in MINUTES else f"{tenths(str(aim * 100), 1)} %"
        for name, aim in held.items()
    }
    head, *_, aims = cells(product.report("services.xlsx", who, "&lang=en").get_data())
    places = [at for at in head if at not in ("A", "B")]
    assert aims.pop("A") == "Target"
    assert {m.name: aims[at] for m, at in zip(measures_of("services"), places, strict=True) if at in aims} == held


def need(product, facts, who, limits):
    """Requests: numbers where they were issued, and refusals; in the document, on the page, in the spreadsheet."""
    asked = [{**one, **one["series"], "cause": None} for one in facts.numbers]
    asked = [one for one in (*asked, *facts.refusals) if facts.fits(one, limits)]
    told = product.report("demand.json", who).json
    page = product.page("report/demand", who)
    file = product.report("demand.xlsx", who, "&lang=en").get_data()
    total = requests(asked)
    assert {n: told["totals"][n] for n in COUNTS} == dict(zip(COUNTS, total, strict=True))
    assert told["days"] == len({one["day"] for one in asked if one["cause"] is None})
    days = {n: len({one["day"] for one in asked if one["weekday"] == n}) for n in range(7)}
    names = {one["id"]: one["name"].get("en", one["name"]["id"]) for one in told["services"]}
    for what, key, sheet, name in (
        *(("hours", "hour", 3, lambda n: f"{n:02}.00–{n + 1:02}.00"), ("weekdays", "weekday", 4, WEEKDAYS.__getitem__)),
        ("services", "service", 2, names.__getitem__),
    ):
        places = {one[key] for one in asked}
        own = {place: requests([one for one in asked if one[key] == place]) for place in places}
        ordered = sorted(own, key=lambda one: (-own[one][0], one)) if what == "services" else sorted(own)
        more = lambda n, what=what: [days[n]] if what == "weekdays" else []  # noqa: E731
        id = "id" if what == "services" else key
        assert [(one[id], *(one[n] for n in COUNTS)) for one in told[what]] == [(n, *own[n]) for n in ordered]
        expected = [[name(n), *own[n], *more(n)] for n in ordered]
        if what == "weekdays":
            assert [one["days"] for one in told[what]] == [days[n] for n in ordered]
        written = [[row[at] for at in sorted(row)] for row in cells(file, sheet)[1:]]
        assert written == expected
        shown = [[first, *map(count, rest)] for first, *rest in expected]
        shown += [["All", *map(count, total)]] if what == "services" else []
        assert table(page, what)[1:] == shown
    _slots(asked, told, page, cells(file, 5)[1:])
    _said(asked, total, page, names)


def requests(asked):
    refused = [one["cause"] for one in asked if one["cause"] is not None]
    given, causes = len(asked) - len(refused), ("quota", "closed", "interruption")
    return [len(asked), given, len(refused), *(refused.count(cause) for cause in causes)]


def _slots(asked, told, page, written):
    """Each weekday and hour: how many asked, and how many of them were refused."""
    slots = {(one["weekday"], one["hour"]) for one in asked}
    own = {slot: requests([o for o in asked if (o["weekday"], o["hour"]) == slot])[1:3] for slot in sorted(slots)}
    assert {(one["weekday"], one["hour"]): [one["issued"], one["refused"]] for one in told["cells"]} == own
    assert [[row[at] for at in sorted(row)] for row in written] == [
        [WEEKDAYS[day], f"{hour:02}.00–{hour + 1:02}.00", *both] for (day, hour), both in own.items()
    ]
    [_, *hours], *rows = table(page, "cells")
    shown = {}
    for weekday, *row in rows:
        day = next(n for n, one in enumerate(WEEKDAYS) if one.startswith(weekday))
        shown |= {(day, int(hour[:2])): cell for hour, cell in zip(hours, row, strict=True) if cell}
    assert shown == {
        slot: count(given + refused) + (f" ({count(refused)})" if refused else "")
        for slot, (given, refused) in own.items()
    }


def _said(asked, total, page, names):
    """The sentences' own figures: of all, of the most wanted service, of those who came back."""
    said = _words(page.get_element_by_id("summary"))
    share = lambda part: tenths(100 * part, len(asked))  # noqa: E731
    given, refused = total[1:3]
    assert f"{count(total[0])} requests" in said
    most, n = Counter(one["service"] for one in asked).most_common(1)[0]
    best = sorted(id for id, many in Counter(one["service"] for one in asked).items() if many == n)[0]
    assert f"Most asked for: {names[best]}, {count(n)} times ({share(n)} %)." in said, most
    if refused:
        assert f"{count(given)} got one, {count(refused)} were refused ({share(refused)} %)" in said
        assert f"between 0 and {count(refused)}." in said


def numbers_behind(product, facts, who, limits, shown=("issued", "waits")):
    """Each listed number is one that made the figure, with its own values: in the document, and some on the page."""
    printed = {e["ticket"]: e["detail"]["number"] for e in facts.events if e["kind"] in ("issued", "outage_entered")}
    known = {one["number"]: one for one in facts.numbers}
    names = {}
    for day in facts.days:
        names |= {id: one.name.get("en", one.name["id"]) for id, one in facts.sites[day].services.items()}
    for measure, of in _behind(facts, limits).items():
        rows = []
        for id, spent in of:
            one = known[id]
            rows.append((one["day"], printed[id], one["service"], one["class"], one["counter"], one["hour"]))
            rows[-1] += (one["people"], one["outcome"], None if spent is None else round(spent))
        told, pages = [], max(1, -(-len(rows) // 100))
        for n in range(1, pages + 1):
            found = product.report("tickets.json", who, f"&measure={measure}&page={n}").json
            assert found["total"] == len(rows), measure
            columns = ("day", "number", "service", "class", "counter", "hour", "people", "outcome", "seconds")
            told += [tuple(one[name] for name in columns) for one in found["tickets"]]
        assert Counter(told) == Counter(rows), measure
        if measure not in shown:
            continue
        lines = []
        for n in range(1, pages + 1):
            page = product.page("report/numbers", who, f"&measure={measure}&page={n}")
            assert f"{count(len(rows))} " in _words(page.find_class("staff-lead")[0])
            lines += map(tuple, table(page, "numbers")[1:])
        expected = Counter(
            (
                *(f"{date.fromisoformat(day):%a %-d %b}", number, names[service], CLASSES[class_]),
                *(f"Loket {counter}" if counter else DASH, f"{hour:02}.00", OUTCOMES[outcome], tenths(spent, 60)),
            )
            for day, number, service, class_, counter, hour, _, outcome, spent in rows
        )
        assert (Counter(lines) - expected, expected - Counter(lines)) == (Counter(), Counter()), measure


def _behind(facts, limits):
    """measure -> (number, its seconds) that are behind it."""
    numbers = [one for one in facts.numbers if facts.fits(one, limits)]
    ended = lambda *names: [(one["number"], None) for one in numbers if one["outcome"] in names]  # noqa: E731
    spells = [s for s in facts.spells if facts.fits(s, limits)]
    of = lambda kind: [(s["number"], s["seconds"]) for s in spells if s["kind"] == kind]  # noqa: E731
    broke = [(s["number"], s["seconds"]) for s in spells if s["kind"] == "visit" and s["kept"] is False]
    issued = [one for one in facts.numbers if facts.fits({**one, **one["series"]}, limits)]
    return {
        "issued": [(one["number"], None) for one in issued],
        "as_told": [(one["number"], None) for one in issued if one["foretold"] is False],
        "no_show": ended("no_show"),
        "given_up": ended("cancelled", "expired"),
        **{"waits": of("wait"), "hold_s": of("hold"), "service_p50_s": of("service")},
        "service_in_promise": broke,
    }


def a_week_in_words(product, facts):
    """The text to paste, and the board on a wall: the last seven days of service, for everybody."""
    total = facts.figures()
    judged = [s["kept"] for s in facts.spells if s["kind"] == "visit" and s["kept"] is not None]
    share = per_cent(sum(judged) / len(judged)) if len(judged) >= FEW else None
    text = product.open("GET", f"/{product.site}/weekly.txt?lang=en").text.splitlines()
    half, nine = (minutes(total[name]) for name in MINUTES)
    enough = total["waits"] >= FEW
    assert f": {len(facts.days)} service days" in text[0]
    assert text[1:-2] == [
        f"Served: {count(total['people'])} people.",
        f"Half waited less than {half} minutes, 9 out of 10 less than {nine} minutes."
        if enough
        else "Too few visitors yet to tell how long they waited.",
        *([f"{share} of the services were done within the time promised."] if share else []),
        f"Requests for a number that were refused: {count(total['refused'])}.",
    ]
    board = _page(product, f"/{product.site}/board", None)
    assert [_words(one) for one in board.iter("dd")] == [
        *(count(total["people"]), f"{half} min" if enough else DASH, share or DASH, count(total["refused"]))
    ]
    if enough:
        assert _words(board.find(".//h1")) == f"9 out of 10 people waited less than {nine} minutes."
