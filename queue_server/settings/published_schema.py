"""What an office publishes of its services, as a hall's file writes it: papers by case, prices, where one complains."""

from typing import Annotated, Any

from pydantic import BeforeValidator, WrapSerializer

from queue_server.settings.site_values import Id, Line, Link, Lists, Phone, Rupiah, Texts
from queue_server.settings.toml_file import Strict, Written


def _as_cases(value: Any) -> Any:
    """A list of texts, or one for each language, is one case: whatever brings the visitor."""
    if isinstance(value, dict):
        return [{"items": value}] if any(value.values()) else []
    return [{"items": value}] if isinstance(value, list) and value and isinstance(value[0], str) else value


def _as_written(cases: Any, as_tables: Any) -> Any:
    """A single case without a name is written as its list."""
    tables = as_tables(cases)
    return tables[0]["items"] if len(cases) == 1 and cases[0].when is None else tables


class CaseTable(Strict):
    """What to bring in one case."""

    when: Texts | None = None
    """The case: "Lost", "Child"; without it, always."""
    items: Lists
    """One text for each thing."""


class FeeTable(Strict):
    """What one thing costs."""

    name: Texts
    """What is paid for."""
    amount: Rupiah
    """In rupiah, without points: ``650000``. 0 is free of charge."""
    per: Texts | None = None
    """For each of what: "class", "document"."""
    note: Texts | None = None
    """What else to know of it."""


class OnlineTable(Strict):
    """What can be done without a visit."""

    text: Texts
    """What, and by which application."""
    url: Link
    """Its address."""


class PaperTable(Strict):
    """A paper that may be missing."""

    id: Id
    """Stays for ever: counts go by it."""
    name: Texts
    """Its name."""


class ComplaintTable(Strict):
    """Where one complains; at least one of them."""

    phone: Phone | None = None
    """Telephone or WhatsApp."""
    address: Line | None = None
    """Where to go or write to."""
    link: Link | None = None
    """Address of a page."""


Cases = Annotated[
    list[CaseTable],
    BeforeValidator(_as_cases),
    WrapSerializer(_as_written),
    Written('list of texts, or one for each language, or cases: [{ when = "…", items = ["…"] }]'),
]
