"""A spreadsheet program as an office in Banten has it: Indonesian numbers, nobody at the keyboard."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
#: what a user of Indonesia has set: how numbers and dates are read where a file does not say it
_INDONESIAN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>id-ID</value></prop></item>
</oor:items>
"""
AS_IT_IS, ENGLISH = 0, 1033  # in which language a file of text is read: the user's, or one that is chosen
_MOST = 500  # a row or cell that stands for more of its kind is the empty rest of the page


@dataclass(frozen=True)
class Cell:
    """What the program took a cell for, its value, and what it shows."""

    kind: str | None
    value: Any
    shown: str


class Calc:
    """One user's program, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_INDONESIAN)

    def opened(self, file: Path, *, delimiter: str | None = None, language: int = AS_IT_IS) -> Path:
        """A file as the program reads it, written down in its own form. ``delimiter``: of a file of text."""
        text = ["--infilter=CSV:" + f"{ord(delimiter)},34,76,1,,{language},false,true"] if delimiter else []
        return self._converted(file, *text)

    def _converted(self, file: Path, *more: str) -> Path:
        to = self._folder / f"of-{file.stem}"
        profile = f"-env:UserInstallation=file://{self._folder / 'profile'}"
        command = ["soffice", profile, "--headless", *more, "--convert-to", "fods", "--outdir", str(to), str(file)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        made = to / f"{file.stem}.fods"
        assert done.returncode == 0 and made.exists(), done.stdout + done.stderr
        return made

    def reckoned(self, opened: Path, formulas: list[str]) -> list[float | None]:
        """What the program reckons of the first page by these formulas."""
        tree = etree.parse(opened)
        page = tree.find(f".//{{{_TABLE}}}table")
        rows = page.findall(f".//{{{_TABLE}}}table-row")
        last = etree.Element(f"{{{_TABLE}}}table-row")
        rows[-1].addnext(last)
        for row in rows:
            if int(row.get(f"{{{_TABLE}}}number-rows-repeated", 1)) > _MOST:
                row.getparent().remove(row)
        for formula in formulas:
            plain = {f"{{{_TABLE}}}style-name": "Default"}  # or a sum has its column's style, and is told as a date
            etree.SubElement(last, f"{{{_TABLE}}}table-cell", {f"{{{_TABLE}}}formula": f"of:={formula}", **plain})
        asked = opened.with_name(f"asked-{opened.name}")
        tree.write(asked, xml_declaration=True, encoding="UTF-8")
        *_, answers = rows_of(self._converted(asked))
        return [cell.value for cell in answers[: len(formulas)]]


def rows_of(opened: Path, page: int = 0) -> list[list[Cell]]:
    """The cells of a page, the first unless told otherwise, row by row, up to the last that is filled."""
    tables = etree.parse(opened).findall(f".//{{{_OFFICE}}}spreadsheet/{{{_TABLE}}}table")
    found = []
    for row in tables[page].iter(f"{{{_TABLE}}}table-row"):
        if next(row.iterancestors(f"{{{_TABLE}}}table")) is not tables[page]:
            continue  # a chart keeps a table of its own
        if int(row.get(f"{{{_TABLE}}}number-rows-repeated", 1)) > _MOST:
            continue
        cells = []
        for cell in row.findall(f"{{{_TABLE}}}table-cell"):
            many = int(cell.get(f"{{{_TABLE}}}number-columns-repeated", 1))
            cells += [_cell(cell)] * (many if many <= _MOST else 0)
        found.append(cells)
    while found and not any(cell.shown for cell in found[-1]):
        found.pop()
    return found


def _cell(cell: Any) -> Cell:
    kind = cell.get(f"{{{_OFFICE}}}value-type")
    shown = "\n".join("".join(part.itertext()) for part in cell.findall(f"{{{_TEXT}}}p"))
    said = cell.get(f"{{{_OFFICE}}}value")
    value = float(said) if said is not None else cell.get(f"{{{_OFFICE}}}date-value")
    return Cell(kind, value, shown)
