"""What the product shows and hands out of a hall's period, as whoever may see it gets it: pages, files, prints.

Nothing is shared with the product's rounding: how a figure is written for people stands here once more.
"""

import csv
import io
import zipfile
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree

from lxml import html

from queue_server.domain.roles import Role
from queue_server.reports import letter
from queue_server.store.accounts import Account
from tests.world.hall import ASEP, DEDI, RATNA, SARI
from tests.world.in_process import InProcess

SITE, DASH = "lebak", "–"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Shown(InProcess):
    """A process on the folder of a hall that has lived, and its readers."""

    def __init__(self, folder: Path, now: datetime, query: str) -> None:
        super().__init__(folder, lambda: now)
        self.query = query
        for one in (SARI, DEDI, RATNA, ASEP):  # they have accounts already
            self.accounts[one.id] = Account(one.id, one.id, one.name, one.roles, "-", (SITE,), tuple(one.agencies))
            self.begin_session(one.id)
        self.add("boss", {Role.SUPERVISOR}, ())
        self.add("head", {Role.SUPERVISOR}, (SITE,), ("dukcapil",))

    def asked(self, path: str, who: str, more: str = ""):
        """A path of the period, as it is answered."""
        answer = self.open("GET", f"{path}?{self.query}{more}", who=who)
        assert answer.status_code == 200, (path, answer.text)
        return answer

    def report(self, file: str, who: str, more: str = ""):
        """A report."""
        return self.asked(f"/api/v1/sites/{SITE}/reports/{file}", who, more)

    def page(self, path: str, who: str, more: str = ""):
        """A page in English."""
        return html.fromstring(self.asked(path, who, f"{more}&lang=en").get_data())

    def letter(self, name: str, who: str, more: str = "") -> dict:
        """The words that a letter is set of."""
        told: dict = {}
        with mock.patch.object(letter, "written", lambda words: told.update(words) or b"%PDF"):
            self.report(f"{name}.pdf", who, f"{more}&lang=en")
        return told

    def evidence(self, who: str) -> dict[str, bytes]:
        """The files of the pack."""
        with zipfile.ZipFile(io.BytesIO(self.report("evidence.zip", who).get_data())) as pack:
            return {name: pack.read(name) for name in pack.namelist()}


@contextmanager
def showing(folder: Path, now: datetime, query: str):
    """The product on a folder, for as long as somebody looks."""
    made = Shown(folder, now, query)
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


def cells(content: bytes) -> list[list]:
    """The rows of a spreadsheet's first page; numbers are numbers."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        shared = [
            "".join(one.itertext())
            for one in ElementTree.fromstring(file.read("xl/sharedStrings.xml")).iter(f"{MAIN}si")
        ]
        page = ElementTree.fromstring(file.read("xl/worksheets/sheet1.xml"))
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


def table(page, id: str) -> list[list[str]]:
    """The rows of a table of a page, cell by cell as they read."""
    rows = page.get_element_by_id(id).iter("tr")
    return [[" ".join(cell.text_content().split()) for cell in row if cell.tag in ("th", "td")] for row in rows]


def count(n) -> str:
    """A whole number in English."""
    return DASH if n is None else f"{n:,}"


def minutes(seconds) -> str:
    """Less than how many whole minutes."""
    return DASH if seconds is None else f"{int(seconds) // 60 + 1:,}"


def tenths(value, of: int) -> str:
    """With one decimal, half to even, as the pages write it."""
    return DASH if value is None else f"{round(value / of, 9):,.1f}"


def per_cent(share) -> str:
    """Rounded down."""
    return DASH if share is None else f"{int(share * 100 + 1e-9)} %"
