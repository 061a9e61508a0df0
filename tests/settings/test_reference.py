"""The technician's guide to a hall's file names every key there is, none that there is not, and what holds without."""

import json
import re
from itertools import chain

import pytest
from pydantic import BaseModel

from queue_server.settings import published_schema
from queue_server.settings import site_schema as schema
from queue_server.settings.holiday_schema import DayTable, HolidayTable
from queue_server.settings.letterhead import LetterheadTable
from queue_server.settings.origins_schema import OriginsTable
from queue_server.settings.privacy_schema import PrivacyTable
from tests.world.tree import ROOT

REFERENCE = (ROOT / "config/sites/PANDUAN.md").read_text()
PARTS = {
    "## Aula": schema.SiteTable,
    "### `[letterhead]`": LetterheadTable,
    "### `[hours]`": schema.SiteHours,
    "### `[missed_call]`": schema.MissedCallTable,
    "### `[origins]`": OriginsTable,
    "### `[privacy]`": PrivacyTable,
    "### `[wall]`": schema.WallTable,
    "## `[[agencies]]`": schema.AgencyTable,
    "## `[[services]]`": schema.ServiceTable,
    "### `requirements` menurut keadaan": published_schema.CaseTable,
    "### `fees`": published_schema.FeeTable,
    "### `complaint`": published_schema.ComplaintTable,
    "### `quota`": schema.QuotaTable,
    "## `[[counters]]`": schema.CounterTable,
    "## `[[spans]]`": schema.SpanTable,
    "### `services` dalam `[[spans]]`": schema.SpanServiceTable,
    "## `[[dates]]`": schema.DateTable,
    "## Hari libur": (HolidayTable, DayTable),
}
# Keys of the whole file that open a part of their own, and the weekdays, of which the table shows first and last.
ELSEWHERE = {
    "dates",
    "spans",
    "letterhead",
    "hours",
    "order",
    "missed_call",
    "origins",
    "privacy",
    "wall",
    "agencies",
    "services",
    "counters",
    "day",
}
WEEKDAYS = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}


def _keys_told(heading: str) -> set[str]:
    """The words in the first column of the part's table."""
    part = REFERENCE[REFERENCE.index(f"\n{heading}") :].partition("\n| --- |")[2].partition("\n\n")[0]
    first = [row.split("|")[1] for row in part.splitlines() if row.startswith("| ")]
    told = set(re.findall(r"`(\w+)`", " ".join(first)))
    return told | WEEKDAYS if told & WEEKDAYS else told


@pytest.mark.parametrize("heading", PARTS)
def test_every_key_stands_in_its_part_and_no_other(heading: str):
    models: tuple[type[BaseModel], ...] = PARTS[heading] if isinstance(PARTS[heading], tuple) else (PARTS[heading],)
    keys = set(chain.from_iterable(model.model_fields for model in models))
    if heading in ("## Aula", "## Hari libur"):
        keys -= ELSEWHERE - ({"hours"} if heading == "## Hari libur" else set())
    assert _keys_told(heading) == keys


def _rows(heading: str) -> list[tuple[set[str], str, str]]:
    """The part's table: keys, meaning, what holds where they are left out."""
    part = REFERENCE[REFERENCE.index(f"\n{heading}") :].partition("\n| --- |")[2].partition("\n\n")[0]
    cells = [row.split("|") for row in part.splitlines() if row.startswith("| ")]
    return [(set(re.findall(r"`(\w+)`", key)), meaning, otherwise) for _, key, meaning, otherwise, _ in cells]


def _fields(heading: str) -> dict:
    models = PARTS[heading] if isinstance(PARTS[heading], tuple) else (PARTS[heading],)
    return {name: field for model in models for name, field in model.model_fields.items()}


@pytest.mark.parametrize("heading", PARTS)
def test_required_keys_are_called_so(heading: str):
    told = {key for keys, meaning, _ in _rows(heading) if "**wajib**" in meaning for key in keys if key != "day"}
    assert told == {name for name, field in _fields(heading).items() if field.is_required()}


@pytest.mark.parametrize("heading", PARTS)
def test_what_holds_without_a_key_is_told_as_the_file_would_write_it(heading: str):
    for keys, _, otherwise in _rows(heading):
        for name in keys & set(_fields(heading)):
            default = _fields(heading)[name].default
            if isinstance(default, bool | int | float | str) or (isinstance(default, list) and default):
                assert otherwise.strip() == f"`{json.dumps(default)}`", name
