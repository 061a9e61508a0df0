"""What everybody reads: the last thirty days, a closed month with its open data, and how content visitors were."""

import csv
import io
from collections import Counter
from datetime import datetime
from fractions import Fraction
from random import Random

from lxml import html

from queue_server.store.ids import token
from tests.reports.raw import ZONE
from tests.reports.shown import DASH, count, minutes, per_cent

FEW = 10  # fewer tell nothing to everybody
ASKED = ("requirements", "procedure", "time", "cost", "product", "competence", "conduct", "complaints", "facilities")


def _read(product, path):
    answer = product.open("GET", path)
    assert answer.status_code == 200, (path, answer.text)
    return answer


def last_thirty_days(product, facts):
    """The page and its file: in all, by day, by hour, by service; few of a service stand with others."""
    page = html.fromstring(_read(product, f"/{product.site}/performance?period=month&lang=en").get_data())
    file = csv.DictReader(io.StringIO(_read(product, f"/{product.site}/performance.csv?period=month").text))
    lines = {kind: [] for kind in ("total", "day", "hour", "service")}
    for line in file:
        lines[line["what"]].append(line)
    [total] = lines["total"]
    _counted(total, facts, {})
    issued = {id: facts.figures(service=id)["issued"] for id in product.house.site(product.site).services}
    named = {line["service"] for line in lines["service"]} - {"(other)"}
    others = frozenset(issued) - named
    assert all(issued[id] >= FEW or not issued[id] for id in named)
    for line in lines["service"]:
        _counted(line, facts, {"service": others if line["service"] == "(other)" else line["service"]})
    with_service = [line for line in lines["day"] if line["issued"]]
    assert [line["from"] for line in with_service] == facts.days
    for line in with_service:
        _counted(line, facts, {"day": line["from"]})
    _hours(lines["hour"], facts)
    for row in page.get_element_by_id("services").iter("tr"):
        if (id := row.get("data-service")) is not None:
            told = [" ".join(one.text_content().split()) for one in row][1:]
            of = facts.figures(service=others if id == "*" else id)
            assert told[0] == count(of["people"])
            assert told[1:3] == _waits(of)
            _, promised = _kept(facts, {"service": others if id == "*" else id})
            assert told[-1].split("(")[0].strip() == (per_cent(of["service_in_promise"]) if promised >= FEW else DASH)


def _waits(of):
    return [minutes(of[f"wait_{n}_s"]) if of["waits"] >= FEW else DASH for n in ("p50", "p90")]


def _kept(facts, limits):
    judged = [s["kept"] for s in facts.spells if s["kind"] == "visit" and facts.fits(s, limits)]
    return sum(one is True for one in judged), sum(one is not None for one in judged)


def _counted(line, facts, limits):
    of = facts.figures(**limits)
    counts = ("issued", "served", "people", "waits")
    assert [int(line[n]) for n in counts] == [of[n] for n in counts]
    few = "service" in limits and (of["refused"] < FEW or not line["refused"])  # or the rest of a sum would tell one
    assert line["refused"] == ("" if few else str(of["refused"]))
    assert [line[n] or DASH for n in ("half_under_min", "nine_of_ten_under_min")] == _waits(of)
    kept, promised = _kept(facts, limits)
    assert (int(line["promised"]), int(line["within_promise"])) == ((promised, kept) if promised >= FEW else (0, 0))
    assert (int(line["told"]), int(line["left_out_s"])) == (of["foretold"], of["left_out_s"])


def _hours(lines, facts):
    """Of an hour of a day in which somebody waits yet, nothing: else its short waits alone would be told."""
    waiting = {(one.day, one.stays[-1]["start"]) for one in facts.known.values() if one.state == "waiting"}
    open_yet = {(day, since.astimezone(ZONE).hour) for day, since in waiting}
    slots: dict = {}
    for s in facts.spells:
        if s["kind"] == "wait" and (s["day"], s["hour"]) not in open_yet:
            slots.setdefault((s["weekday"], s["hour"]), []).append(s["seconds"])
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    told = {(days.index(line["weekday"]), int(line["hour"])): int(line["waits"]) for line in lines}
    assert told == {slot: len(waits) for slot, waits in slots.items() if len(waits) >= FEW}


def answers_and_a_closed_month(product, facts):
    """Visitors of the last day answer, the month ends, and is told."""
    given = _answers(product, facts)
    product.at = datetime.fromisoformat("2026-12-02T09:00:00+07:00")
    product.house.perform(product.site, lambda tx: None)  # its day is opened
    facts = facts.again()
    _open_data(product, facts)
    _satisfaction(product, given)


def _answers(product, facts):
    chance, given = Random(len(facts.known)), []
    for n, (id, one) in enumerate(facts.known.items()):
        if one.day == facts.days[-1] and one.state == "completed":
            said = {name: chance.choice((2, 3, 3, 4, 4, 4)) for name in ASKED}
            if not n % 7:
                said["cost"] = None
            link = token(product.house.secret, id)
            answer = product.api("POST", f"/tickets/{link}/survey", {"answers": said}, address=f"10.0.0.{n % 200 + 1}")
            assert answer.status_code == 201, answer.text
            given.append(said)
    assert given
    return given


def _satisfaction(product, given):
    told = _read(product, f"/api/v1/sites/{product.site}/ikm?from=2026-11&to=2026-11").json
    whole = [one for one in given if None not in one.values()]
    assert (told["n"], told["n_incomplete"]) == (len(whole), len(given) - len(whole))
    if len(whole) < FEW:
        assert (told["ikm"], told["withheld"]) == (None, True)
        return
    means = {name: Fraction(sum(one[name] for one in whole), len(whole)) for name in ASKED}
    half_up = lambda value: int(value * 100 + Fraction(1, 2)) / 100  # noqa: E731
    assert {one["key"]: one["nrr"] for one in told["elements"]} == {n: half_up(mean) for n, mean in means.items()}
    assert told["pooled"] == half_up(sum(means.values()) / 9 * 25)
    page = html.fromstring(_read(product, f"/{product.site}/performance?of=2026-11&lang=en").get_data())
    assert f"{told['pooled']:.2f}" in page.get_element_by_id("ikm").text_content()


def _open_data(product, facts):
    """Each row is somebody's, services and hours of the few joined; every published figure follows from the rows."""
    path = f"/api/v1/sites/{product.site}/open-data/2026-11"
    every = [*csv.DictReader(io.StringIO(_read(product, f"{path}.csv").text))]
    rows = [row for row in every if row["kind"] == "number"]
    _beside([row for row in every if row["kind"] != "number"], facts)
    named = {row["service"] for row in rows} - {"(other)"}
    bands = {(row["service"], int(row["hour_from"]), int(row["hour_to"])) for row in rows}
    reckoned = [*_numbers(facts)]

    def as_published(one):
        service = one["service"] if one["service"] in named else "(other)"
        [band] = [(a, b) for id, a, b in bands if id == service and a <= one["hour"] <= b]
        times = ("" if one[n] is None else str(min(one[n], 180)) for n in ("wait", "spent"))
        return (service, *map(str, band), one["outcome"], *times, one["promise"], one["told"])

    columns = ("service", "hour_from", "hour_to", "outcome", "wait_min", "service_min", "promise", "foretold")
    told, expected = Counter(tuple(row[n] for n in columns) for row in rows), Counter(map(as_published, reckoned))
    assert (told - expected, expected - told) == (Counter(), Counter())
    page = html.fromstring(_read(product, f"/{product.site}/performance?of=2026-11&lang=en").get_data())
    lines = {row.get("data-published"): row for row in page.iter("tr") if row.get("data-published")}
    assert lines.keys() == {"all", *(row["service"] for row in rows)}
    for id, row in lines.items():
        told = [" ".join(one.text_content().split()) for one in row][1:]
        own = [o for o in reckoned if id == "all" or (o["service"] if o["service"] in named else "(other)") == id]
        assert told == _published(own), id
    assert _read(product, f"{path}.json").json["figures"]["numbers"] == len(facts.numbers)


def _beside(rows, facts):
    """What is of no number: days, refusals in all, and each interruption with what a supervisor said of it."""
    sums = Counter()
    for row in rows:
        sums[row["kind"], row["verdict"]] += int(row["count"])
    said: dict = {}
    for e in facts.events:
        if e["kind"].startswith("interruption_"):
            word = {"interruption_confirmed": "confirmed", "interruption_rejected": "rejected"}.get(e["kind"])
            word = word or ("confirmed" if e["detail"].get("confirmed") else None)
            said[e["detail"]["interruption"]] = word or said.get(e["detail"]["interruption"], "open")
    told = {verdict: n for (kind, verdict), n in sums.items() if kind == "interruption"}
    assert told == Counter(said.values())
    assert sums["refused", ""] == len(facts.refusals)
    assert sums["days", ""] == len({one["day"] for one in facts.numbers})


def _published(own):
    outcomes = Counter(one["outcome"] for one in own)
    waits = sorted(min(one["wait"], 180) for one in own if one["wait"] is not None)
    promises = Counter(one["promise"] for one in own)
    promised = promises["kept"] + promises["broken"]
    enough = len(waits) >= FEW
    return [
        *(count(len(own)), count(outcomes["served"])),
        *(str(waits[-(-len(waits) * n // 10) - 1] + 1) if enough else DASH for n in (5, 9)),
        per_cent(promises["kept"] / promised) if promised >= FEW else DASH,
        *(count(outcomes["no_show"]), count(outcomes["given_up"])),
    ]


def _numbers(facts):
    """Each number as everybody may know it, before the few are joined."""
    own: dict = {}
    for s in facts.spells:
        own.setdefault(s["number"], []).append(s)
    names = {"completed": "served", "cancelled": "given_up", "expired": "given_up"}
    for one in facts.numbers:
        spells = own.get(one["number"], [])
        waits = [s["seconds"] for s in spells if s["kind"] == "wait"]
        visits = [s for s in spells if s["kind"] == "visit"]
        judged = [s["kept"] for s in visits if s["kept"] is not None]
        yield {
            **{"service": one["series"]["service"], "hour": one["hour"]},
            "outcome": names.get(one["outcome"], one["outcome"]),
            "wait": int(waits[0] // 60) if waits else None,
            "spent": int(sum(s["seconds"] for s in visits) // 60) if visits else None,
            "told": {None: "", True: "within", False: "outside"}[one["foretold"]],
            "promise": "" if not judged else "kept" if all(judged) else "broken",
        }
