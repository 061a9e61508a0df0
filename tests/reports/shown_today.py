"""Today's report, page and file, against what was reckoned of the last day."""

import csv
import io
import re
from collections import Counter

from tests.reports.shown import count, minutes, per_cent, table, tenths


def todays_report(product, facts, who, limits, day):
    """Its tiles, each service and counter, the missing papers, and the same figures in the file."""
    page = product.page("report", who)
    limits = {**limits, "day": day}
    total = facts.figures(**limits)
    tiles = [one.findtext("dd") for one in page.find_class("report-figures")[0]]
    standing = _standing(facts, limits)
    assert tiles[:4] == [
        *(str(total["issued"]), str(total["served"]), str(standing["waiting"]), minutes(total["wait_p50_s"]))
    ]
    [_, _, *rows] = table(page, "by-service")
    known = {one.name.get("en", one.name["id"]): id for id, one in product.house.site(product.site).services.items()}
    file = list(csv.reader(io.StringIO(product.asked(f"/{product.site}/report.csv", who, "&lang=en").text)))
    in_file = {row[0]: row[1:] for row in file[1 : file.index([])]}
    assert {row[0] for row in rows} == {*in_file}
    for name, *told in rows:
        own = limits if name == "Total" else limits | {"service": known[name]}
        expected = _row(facts, own)
        assert (name, _plain(told)) == (name, expected)
        assert [cell for n, cell in enumerate(in_file[name][:12]) if n != 1] == [
            cell for n, cell in enumerate(expected[:12]) if n != 1
        ]
        assert in_file[name][12:19] == [cell.replace("–", "") for cell in expected[12:19]]
    [_, _, *rows] = table(page, "by-counter")
    for name, *told in rows:
        assert (name, _plain(told)) == (name, _counter(facts, {**limits, "counter": re.sub(r"\D", "", name)}))
    missing = sum(int(row[-1]) for row in table(page, "by-paper")[1:]) if total["missing"] else 0
    assert missing == total["missing"]


def _plain(cells):
    """A count by class as sorted counts, a share without what is left out."""
    return [
        sorted(re.findall(r"\d+", cell)) if re.match(r"[A-Z]\w+ \d", cell) else re.sub(r"( %).*", r"\1", cell)
        for cell in cells
    ]


def _standing(facts, limits):
    return Counter(one["state"] for one in facts.numbers if facts.fits(one, limits))


def _row(facts, limits):
    told, standing = facts.figures(**limits), _standing(facts, limits)
    classes = Counter(one["class"] for one in facts.numbers if facts.fits({**one, **one["series"]}, limits))
    return [
        *(count(told["issued"]), sorted(map(str, classes.values())) or "–", count(told["served"])),
        *(count(told["people"]), str(standing["waiting"]), str(standing["called"] + standing["serving"])),
        *(str(standing["held"]), count(told["no_show"]), count(told["given_up"]), count(told["papers"])),
        *(count(told["carried"]), count(told["refused"])),
        *(minutes(told[f"wait_{n}_s"]) for n in ("p50", "p90")),
        *(tenths(told[f"walk_{n}_s"], 60) for n in ("p50", "p90")),
        *(tenths(told[f"service_{n}_s"], 60) for n in ("p50", "p90")),
        tenths(told["service_s"], 60),
        per_cent(told["service_in_promise"]),
    ]


def _counter(facts, limits):
    told = facts.figures(**limits)
    walks = [s["seconds"] for s in facts.spells if s["kind"] == "walk" and facts.fits(s, limits)]
    return [
        *(count(told["served"]), count(told["no_show"])),
        *(*(tenths(told[f"walk_{n}_s"], 60) for n in ("p50", "p90")), tenths(round(sum(walks)), 60)),
        *(*(tenths(told[f"service_{n}_s"], 60) for n in ("p50", "p90")), tenths(told["service_s"], 60)),
        per_cent(told["service_in_promise"]),
    ]
