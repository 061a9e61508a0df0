"""Two halls that both lived, beside one another: each column of the comparison is what that hall's events say."""

import contextlib
import csv
import io
import sqlite3
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from lxml import html

from queue_server.commands import day
from tests.reports.reckoned import Facts
from tests.reports.seeded import LivedIn, live
from tests.reports.shown import cells, same, showing, table
from tests.reports.shown_beside import two_columns
from tests.reports.test_period import DAYS, found
from tests.world.hall import WATI
from tests.world.halls import copied, prepare

QUERY = "from=2026-11-24&to=2026-11-26"
NOW, BEFORE = (frozenset(f"2026-11-{n}" for n in days) for days in ((24, 25, 26), (21, 22, 23)))
HALLS = ("lebak", "pandeglang")


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The product on a folder with the record of both malls, and what a plain reckoning finds of each."""
    halls = []
    for n, site in enumerate(HALLS):
        folder = tmp_path_factory.mktemp(site) / "data"
        hall = LivedIn(folder, copied(prepare(tmp_path_factory, site=site), folder), id=site)
        live(hall, 20261205 + n, DAYS, 25)
        if n == 0:
            hall.do(WATI, day.close_day)  # nobody sits at counters of two halls
        hall.check_replay()
        hall.stop()
        halls.append(hall)
    other, hall = halls
    _written_together(hall.folder / "queue.db", other.folder / "queue.db", other.id)
    told, more = hall.settings, other.settings
    both = {name: {**getattr(more, name), **getattr(told, name)} for name in ("sites", "documents", "files")}
    hall.settings = replace(told, **both | {"sites": {one.id: one.site for one in halls}})
    with showing(hall, hall.folder, QUERY) as product:
        yield product, {id: _facts(product, id) for id in HALLS}


def _written_together(database, other, site):
    """All that one database has of a hall, written into another, which has nothing of it."""
    with contextlib.closing(sqlite3.connect(database)) as conn:
        conn.execute("ATTACH ? AS other", (str(other),))
        for (table,) in conn.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            columns = [name for _, name, *_ in conn.execute(f"PRAGMA table_info({table})")]
            of = "site" if "site" in columns else "id" if table == "site" else None
            if of:
                conn.execute(f"INSERT INTO main.{table} SELECT * FROM other.{table} WHERE {of} = ?", (site,))
        conn.commit()


def _facts(product, id):
    site = product.house.perform.sites[id]
    looked = SimpleNamespace(reader=product.house.reader, perform=product.house.perform, site=site)
    days = found(looked)
    return Facts(looked, {one: days.site(date.fromisoformat(one)) for one in DAYS})


def test_each_hall_has_its_own_figures_in_the_document_the_files_and_on_the_page(both):
    product, facts = both
    assert facts["lebak"].figures(day=BEFORE) != facts["pandeglang"].figures(day=BEFORE)
    for agency in (None, "dukcapil"):
        limits = {"agency": agency} if agency else {}
        now = {id: one.figures(**limits, day=NOW) for id, one in facts.items()}
        before = {id: one.figures(**limits, day=BEFORE) for id, one in facts.items()}
        more = f"&agency={agency}" if agency else ""
        told = product.asked("/api/v1/reports/compare.json", "boss", more).json
        for part, of in ((told, now), (told["previous"], before)):
            assert [one["site"] for one in part["sites"]] == [*HALLS]
            for one in part["sites"]:
                same(one["totals"], of[one["site"]])
        names = [*told["sites"][0]["totals"]]
        page = html.fromstring(product.asked("/reports/compare", "boss", f"{more}&lang=en").get_data())
        for name, (_, *row) in zip(names, table(page, "compare")[1:], strict=True):
            assert row == [cell for id in HALLS for cell in two_columns(name, now[id], before[id], {})], name
        text = product.asked("/api/v1/reports/compare.csv", "boss", more).text.removeprefix("\ufeff")
        for row in csv.DictReader(io.StringIO(text)):
            of = (now if row["period"] == "this" else before)[row["key"]]
            same({name: float(row[name]) if row[name] else None for name in names}, of, names)
        content = product.asked("/api/v1/reports/compare.xlsx", "boss", f"{more}&lang=en").get_data()
        for sheet, of in ((1, now), (2, before)):
            head, *rows = cells(content, sheet)
            places = [at for at in head if at not in ("A", "B")]
            for id, row in zip(HALLS, rows, strict=False):
                same({n: row.get(at) for n, at in zip(names, places, strict=True)}, of[id], names)


def test_whoever_answers_for_one_agency_at_one_hall_sees_no_other(both):
    product, facts = both
    told = product.asked("/api/v1/reports/compare.json", "head").json["sites"]
    assert [one["site"] for one in told] == ["pandeglang"]
    same(told[0]["totals"], facts["pandeglang"].figures(agency="dukcapil", day=NOW))
    assert (
        product.open("GET", f"/api/v1/reports/compare.json?{QUERY}&sites=lebak,pandeglang", who="head").status_code
        == 403
    )
