"""A hall's structure goes through JSON and comes back the same: the record keeps it so, and pages edit it so."""

import json
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server import places
from queue_server.domain.plain_text import is_blank
from queue_server.settings.site_checks import mistakes
from queue_server.settings.site_file import site_from
from queue_server.settings.site_schema import SiteTable
from queue_server.settings.toml_file import SettingsError, parse
from tests.settings.halls import halls

MALLS = sorted((places.CONFIG / "sites").glob("*.toml"))


def back(table: SiteTable, **how: bool) -> SiteTable:
    """Written as JSON text, and read again."""
    return SiteTable.model_validate(json.loads(json.dumps(table.model_dump(mode="json", **how))))


def same(table: SiteTable) -> None:
    """Nothing is lost: not the table, not what the rules read of it."""
    for how in ({}, {"exclude_none": True}, {"exclude_unset": True}, {"exclude_defaults": True}):
        again = back(table, **how)
        assert again == table and type(again.hours) is type(table.hours)
        assert site_from(again, {}, always_open=False) == site_from(table, {}, always_open=False)
    assert back(table).model_dump(mode="json") == table.model_dump(mode="json")


@pytest.mark.parametrize("mall", MALLS, ids=lambda file: file.stem)
def test_the_packaged_malls_go_through_json(mall):
    written = tomllib.loads(mall.read_text(encoding="utf-8"))
    table = parse(SiteTable, written, mall.name)
    same(table)
    assert table.model_dump(mode="json", exclude_unset=True)["hours"] == written["hours"], "as the file writes it"


met = {True: 0, False: 0}


@settings(max_examples=200)
@given(hall=halls())
def test_every_hall_that_is_accepted_goes_through_json(hall):
    try:
        table = parse(SiteTable, json.loads(json.dumps(hall)), "kecil.toml")
    except SettingsError:
        met[False] += 1
        return
    met[True] += 1
    if not mistakes(table):
        same(table)


def test_halls_of_both_kinds_were_met():
    assert min(met.values()) >= 20, met


@given(text=st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: not is_blank(text)))
def test_a_name_of_any_letters_comes_back(text):
    hall = {"id": "kecil", "name": text, "timezone": "Asia/Jakarta"}
    assert back(parse(SiteTable, hall, "kecil.toml")).name == text


def test_a_window_is_written_as_the_file_has_it_and_several_as_a_list():
    hours = {"mon": "08:00-24:00", "fri": ["08:00-11:30", "13:00-16:00"], "cutoff_minutes": 30}
    hall = {"id": "kecil", "name": "x", "timezone": "Asia/Jakarta"}
    always, week = ({**hall, "hours": one} for one in ("always", hours))
    assert parse(SiteTable, week, "").model_dump(mode="json", exclude_none=True)["hours"] == hours
    assert parse(SiteTable, always, "").model_dump(mode="json")["hours"] == "always"
    assert parse(SiteTable, always, "").model_dump(mode="json")["timezone"] == "Asia/Jakarta"


@pytest.mark.parametrize("papers", [["KTP"], {"id": ["KTP"], "en": ["ID card"]}, [{"when": "Hilang", "items": ["x"]}]])
def test_papers_are_written_as_the_file_has_them(papers):
    service = {"id": "surat", "agency": "desa", "prefix": "A", "name": "Surat", "requirements": papers}
    hall = {"id": "kecil", "name": "x", "timezone": "Asia/Jakarta", "services": [service]}
    [written] = parse(SiteTable, hall, "").model_dump(mode="json", exclude_unset=True)["services"]
    as_table = {"id": papers} if papers == ["KTP"] else papers
    expected = [{"when": {"id": "Hilang"}, "items": {"id": ["x"]}}] if "when" in str(papers) else as_table
    assert written["requirements"] == expected
