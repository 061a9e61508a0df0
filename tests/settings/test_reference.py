"""The technician's reference of a hall's file names every key there is, and none that there is not."""

import re
from itertools import chain

import pytest
from pydantic import BaseModel

from queue_server.settings import site_schema as schema
from tests.lint.tree import ROOT

REFERENCE = (ROOT / "config/sites/PANDUAN.md").read_text()
PARTS = {
    "## Aula": schema.SiteTable,
    "### `[hours]`": schema.SiteHours,
    "### `[missed_call]`": schema.MissedCallTable,
    "### `[wall]`": schema.WallTable,
    "## `[[agencies]]`": schema.AgencyTable,
    "## `[[services]]`": schema.ServiceTable,
    "### `quota`": schema.QuotaTable,
    "## `[[counters]]`": schema.CounterTable,
    "## Hari libur": (schema.HolidayTable, schema.DayTable),
}
# Keys of the whole file that open a part of their own, and the weekdays, of which the table shows first and last.
ELSEWHERE = {"hours", "order", "missed_call", "wall", "agencies", "services", "counters", "day"}
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


def test_required_keys_are_called_so():
    for heading, model in (("## `[[services]]`", schema.ServiceTable), ("## `[[counters]]`", schema.CounterTable)):
        part = REFERENCE[REFERENCE.index(f"\n{heading}") :].partition("\n\n## ")[0]
        told = {
            key for row in part.splitlines() if "**wajib**" in row for key in re.findall(r"`(\w+)`", row.split("|")[1])
        }
        assert told == {name for name, field in model.model_fields.items() if field.is_required()}
