"""The reference of the configuration is made from the schema, is up to date, and has a word on every key."""

import importlib.util
from collections.abc import Iterator

from pydantic import BaseModel

from queue_server.settings.holiday_schema import HolidayTable
from queue_server.settings.server_schema import ServerFile
from queue_server.settings.site_schema import SiteTable
from queue_server.settings.toml_file import Strict
from tests.world.tree import ROOT

spec = importlib.util.spec_from_file_location("reference", ROOT / "config/build/reference.py")
reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reference)


def keys(path: str, model: type[BaseModel]) -> Iterator[tuple[str, str | None, type[BaseModel]]]:
    """Every key of a table and of the tables in it, with its help."""
    for name, field in model.model_fields.items():
        yield f"{path}.{name}", field.description, model
        if inner := reference.model_in(field.annotation):
            yield from keys(f"{path}.{name}", inner)


def without_help(*models: type[BaseModel]) -> list[str]:
    """The keys that nobody explains."""
    return [key for model in models for key, help, _ in keys(model.__name__, model) if not help]


def test_the_page_is_what_would_be_made_now():
    assert reference.PAGE.read_text() == reference.page(), "run make reference"


def test_every_key_has_its_help():
    assert without_help(SiteTable, HolidayTable, ServerFile) == []


def test_a_key_without_help_is_found():
    class Inner(Strict):
        told: int
        """How many."""
        silent: int

    class Outer(Strict):
        rows: list[Inner]
        """The rows."""

    assert without_help(Outer) == ["Outer.rows.silent"]


def test_every_key_stands_on_the_page_with_its_help_and_its_limits():
    page = reference.page()
    for _, help, model in [*keys("", SiteTable), *keys("", HolidayTable), *keys("", ServerFile)]:
        assert reference.code(help) in page or model is ServerFile
    assert "| whole number, at least 0, at most 20 |" not in page  # a weight is written inside its table
    assert '`"priority"` `"regular"` `"booked"`: whole number, at least 0, at most 20 | ' in page
    assert "| number, above 0, at most 100 | `10` |" in page
    assert (
        "| `port` | Port to listen on; 0 takes any free one. | whole number, at least 0, at most 65535 | `8000` |"
        in page
    )
