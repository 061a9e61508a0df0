"""What the product shows and hands out of a hall's period, as whoever may see it gets it: pages, files, prints.

Nothing is shared with the product's rounding: how a figure is written for people stands here once more.
"""

import csv
import io
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree

import pytest
from lxml import html

from queue_server import app
from queue_server.domain.roles import Role
from queue_server.reach import Reach
from queue_server.reports import letter
from queue_server.reports.measure_table import MEASURES
from queue_server.store.accounts import Account
from tests.reports.seeded import YANI
from tests.world.hall import ASEP, DEDI, RATNA, SARI, Hall
from tests.world.in_process import HOST, InProcess

DASH = "–"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Shown(InProcess):
    """A process on the folder of a hall that has lived, and its readers."""

    def __init__(self, hall: Hall, folder: Path, query: str) -> None:
        server = replace(hall.settings.server, async_mode="threading")
        self.told, self.query, self.site = replace(hall.settings, server=server), query, hall.id
        self.at = hall.now
        super().__init__(folder, lambda: self.at)
        for one in (SARI, DEDI, RATNA, ASEP):  # they have accounts already
            self.accounts[one.id] = Account(one.id, one.id, one.name, one.roles, "-", (hall.id,), tuple(one.agencies))
            self.begin_session(one.id)
        self.add("yani", YANI.roles, (hall.id,), YANI.agencies)
        self.add("boss", {Role.SUPERVISOR}, ())
        self.add("head", {Role.SUPERVISOR}, (hall.id,), ("dukcapil",))

    def start(self) -> None:
        """A process begins on the folder, with the halls as they were declared last."""
        self.whole = app.create(self.told, self.folder, reach=Reach(public_url=HOST), clock=self._clock)

    def asked(self, path: str, who: str | None, more: str = ""):
        """A path of the period, as it is answered."""
        answer = self.open("GET", f"{path}?{self.query}{more}", who=who)
        assert answer.status_code == 200, (path, answer.text)
        return answer

    def report(self, file: str, who: str, more: str = ""):
        """A report."""
        return self.asked(f"/api/v1/sites/{self.site}/reports/{file}", who, more)

    def page(self, path: str, who: str | None, more: str = ""):
        """A page of the hall in English."""
        return html.fromstring(self.asked(f"/{self.site}/{path}", who, f"{more}&lang=en").get_data())

    def letter(self, name: str, who: str, more: str = "") -> dict:
        """The words that a letter is set of."""
        told: dict = {}
        with mock.patch.object(letter, "written", lambda words, _="": told.update(words) or b"%PDF"):
            self.report(f"{name}.pdf", who, f"{more}&lang=en")
        return told


@contextmanager
def showing(hall: Hall, folder: Path, query: str):
    """The product on a copy of a hall's folder, for as long as somebody looks."""
    made = Shown(hall, folder, query)
    yield made
    made.close()


def lines(text: str, form: str | None = None) -> list[dict]:
    """A CSV of this period, its numbers as numbers."""
    text, decimal = text.removeprefix("\ufeff"), "," if form else "."
    found = csv.DictReader(io.StringIO(text), delimiter=";" if form else ",")
    told = ("period", "from", "to", "key", "name")
    return [
        {n: v if n in told else float(v.replace(decimal, ".")) if v else None for n, v in one.items()}
        for one in found
        if one["period"] == "this"
    ]


def cells(content: bytes, sheet: int = 1) -> list[list]:
    """The rows of a spreadsheet's page; numbers are numbers."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        shared = [
            "".join(one.itertext())
            for one in ElementTree.fromstring(file.read("xl/sharedStrings.xml")).iter(f"{MAIN}si")
        ]
        page = ElementTree.fromstring(file.read(f"xl/worksheets/sheet{sheet}.xml"))
    found = []
    for row in page.iter(f"{MAIN}row"):
        filled = {}
        for cell in row.iter(f"{MAIN}c"):
            value = cell.findtext(f"{MAIN}v")
            if value is not None:
                at = "".join(filter(str.isalpha, cell.get("r")))
                filled[at] = shared[int(value)] if cell.get("t") == "s" else float(value)
        found.append(filled)
    return found


def table(page, id: str | None) -> list[list[str]]:
    """The rows of a table of a page, or of the only one of a part, cell by cell as they read."""
    rows = (page.get_element_by_id(id) if id else page).iter("tr")
    return [[" ".join(cell.text_content().split()) for cell in row if cell.tag in ("th", "td")] for row in rows]


def same(told, reckoned, names=None) -> None:
    """What is told of each measure is what was reckoned."""
    names = names or [m.name for m in MEASURES]
    assert {n: (told[n], reckoned[n]) for n in names if told[n] != pytest.approx(reckoned[n], abs=1e-6)} == {}


def count(n) -> str:
    """A whole number in English."""
    return DASH if n is None else f"{n:,}"


def minutes(seconds) -> str:
    """Less than how many whole minutes."""
    return DASH if seconds is None else f"{int(seconds) // 60 + 1:,}"


def tenths(value, of: int) -> str:
    """With one decimal, half to even, as the pages write it."""
    if value is None:
        return DASH
    return f"{(Decimal(value) / of).quantize(Decimal('0.1'), ROUND_HALF_EVEN):,}"


def per_cent(share) -> str:
    """Rounded down."""
    return DASH if share is None else f"{int(share * 100 + 1e-9)} %"
