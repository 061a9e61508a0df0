"""What can be changed of a hall on its page: a form for each part, one row here for each value.

A field's label and hint are texts of ``structure.toml``: ``field_<name>``, and ``hint_<hint>`` where it has one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "text", "texts", "cases", "number", "switch", "choices", "select", "ids", "week", "color", "date", "periods", "rows"
]


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a row; ``key``: its path below the row. ``choices``: of what it may be one or some."""

    key: str
    kind: Kind
    choices: str = ""  # the name of a list in ``Choices``
    unset: Any = None  # what stands where the file says nothing
    hint: str = ""  # the name of its hint
    wide: bool = False
    label: str = ""  # the name of its label, where that is not its own
    columns: tuple["Field", ...] = ()  # of each row, where it is a list of rows

    @property
    def name(self) -> str:
        """By which the page knows it."""
        return self.key.replace(".", "_")

    @property
    def title(self) -> str:
        """The name of its label."""
        return self.label or self.name


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the hall: the rows of a list, or the hall itself."""

    name: str
    fields: tuple[Field, ...]
    rows: str = ""  # the structure's list; "": the hall itself
    key: str = "id"  # by which a row is known; "": by its place in the list

    @property
    def ordered(self) -> bool:
        """Whether the order of its rows is seen: on the kiosk, in lists."""
        return bool(self.rows) and self.key == "id"


_FEE = (
    Field("name", "texts", label="fee_name", wide=True),
    Field("amount", "number", hint="amount"),
    Field("per", "texts", hint="per", wide=True),
    Field("note", "texts", wide=True),
)
_PAPER = (Field("id", "text", label="paper_id"), Field("name", "texts", label="paper_name", wide=True))
_DISTRICT = (Field("id", "text", label="district_id"), Field("name", "text", label="district_name"))
SERVICE = Part(
    "services",
    (
        Field("name", "texts", wide=True),
        Field("agency", "select", "agencies"),
        Field("prefix", "text", hint="prefix"),
        Field("target_minutes", "number", hint="target_minutes"),
        Field("zone", "select", "zones"),
        Field("kiosk", "switch", unset=True),
        Field("classes", "choices", "classes", unset=["regular", "priority"]),
        Field("quota.total", "number", hint="quota_total"),
        Field("quota.reserved.priority", "number"),
        Field("quota.regular", "number"),
        Field("quota.priority", "number"),
        Field("hours", "week", hint="hours", wide=True),
        Field("requirements", "cases", hint="requirements", wide=True),
        Field("bring", "texts", hint="bring", wide=True),
        Field("cost", "texts", hint="cost", wide=True),
        Field("fees", "rows", hint="fees", wide=True, columns=_FEE),
        Field("pay", "texts", wide=True),
        Field("procedure", "texts", wide=True),
        Field("completion", "texts", wide=True),
        Field("product", "texts", wide=True),
        Field("complaints", "texts", wide=True),
        Field("basis", "texts", wide=True),
        Field("online.text", "texts", hint="online_text", wide=True),
        Field("online.url", "text", wide=True),
        Field("search", "ids", hint="search", wide=True),
        Field("papers", "rows", hint="papers", wide=True, columns=_PAPER),
        Field("checked", "date", hint="checked"),
        Field("wait_target_minutes", "number", hint="wait_target_minutes"),
        Field("outage_prefix", "text", hint="outage_prefix"),
        Field("booking.early_minutes", "number", hint="booking_early_minutes"),
        Field("booking.late_minutes", "number", hint="booking_late_minutes"),
        Field("booking.slots.minutes", "number", hint="booking_slots_minutes"),
        Field("booking.slots.hours", "periods", hint="booking_slots_hours"),
        Field("booking.capacity", "number", hint="booking_capacity"),
        Field("booking.lead_minutes", "number", hint="booking_lead_minutes"),
        Field("booking.days_ahead", "number", hint="booking_days_ahead"),
        Field("booking.online_share", "number", hint="booking_online_share"),
        Field("cost_scale", "select", "cost_scales", hint="cost_scale"),
        Field("origin", "switch", unset=False, hint="origin"),
        Field("outcomes", "ids", hint="outcomes"),
        Field("next", "choices", "services", hint="next", wide=True),
    ),
    "services",
)
AGENCY = Part(
    "agencies",
    (
        Field("name", "text", wide=True),
        Field("short_name", "text"),
        Field("color", "color", hint="color"),
        Field("icon", "select", "icons"),
        Field("task", "texts", hint="task", wide=True),
        Field("complaint.phone", "text"),
        Field("complaint.address", "text", wide=True),
        Field("complaint.link", "text", wide=True),
    ),
    "agencies",
)
COUNTER = Part(
    "counters",
    (
        Field("name", "text", hint="spoken"),
        Field("agency", "select", "agencies"),
        Field("zone", "select", "zones"),
        Field("services", "choices", "services", wide=True),
    ),
    "counters",
)
HALL = Part(
    "hall",
    (
        Field("name", "text", wide=True),
        Field("short_name", "text"),
        Field("owner", "text"),
        Field("address", "text", wide=True),
        Field("getting_here", "texts", hint="getting_here", wide=True),
        Field("map", "text", hint="map", wide=True),
        Field("maklumat", "texts", wide=True),
        Field("complaint.phone", "text"),
        Field("complaint.address", "text", wide=True),
        Field("complaint.link", "text", wide=True),
        Field("letterhead.government", "text", hint="letterhead_government", wide=True),
        Field("letterhead.office", "text", wide=True),
        Field("letterhead.contact", "text", wide=True),
        Field("letterhead.number", "text", hint="letterhead_number", wide=True),
        Field("letterhead.addressee", "text"),
        Field("letterhead.place", "text"),
        Field("letterhead.signatory", "text", hint="letterhead_signatory"),
        Field("hours", "week", wide=True),
        Field("hours.cutoff_minutes", "number", unset=0, hint="hours_cutoff_minutes"),
        Field("order.priority", "number", hint="order_priority"),
        Field("order.booked", "number"),
        Field("order.regular", "number"),
        Field("missed_call.recalls", "number", unset=2, hint="missed_call_recalls"),
        Field("missed_call.return_within_minutes", "number", unset=30),
        Field("finish_on_next", "switch", unset=False, hint="finish_on_next"),
        Field("group_max", "number", unset=1, hint="group_max"),
        Field("languages", "choices", "languages", unset=["id", "en", "su"]),
        Field("survey_strict", "switch", unset=False, hint="survey_strict"),
        Field("survey_wording", "select", "survey_wordings", unset="plain", hint="survey_wording"),
        Field("origins.one_in", "number", unset=5, hint="origins_one_in"),
        Field("origins.districts", "rows", hint="origins_districts", wide=True, columns=_DISTRICT),
        Field("wall.farthest_viewer_m", "number", unset=10, hint="wall_farthest_viewer_m"),
        Field("wall.screen_inches", "number", unset=43),
        Field("wall.zones", "ids", unset=["A"], hint="wall_zones"),
    ),
)
DATE = Part(
    "dates",
    (
        Field("date", "date"),
        Field("name", "text", hint="date_name"),
        Field("closed", "switch", unset=True),
        Field("hours", "periods", hint="date_hours"),
        Field("source", "text", hint="source"),
    ),
    "dates",
    "date",
)
SPAN = Part(
    "spans",
    (
        Field("name", "texts", wide=True),
        Field("first_day", "date"),
        Field("last_day", "date"),
        Field("hours", "week", hint="span_hours", wide=True),
        Field("cutoff_minutes", "number"),
        Field("offered", "choices", "services", hint="offered", wide=True),
    ),
    "spans",
    "",
)
PARTS: Mapping[str, Part] = {part.name: part for part in (SERVICE, AGENCY, COUNTER, HALL, DATE, SPAN)}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Choices:
    """What fields may be chosen from: (value, words) each."""

    lists: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)

    def of(self, name: str) -> Sequence[tuple[str, str]]:
        """The choices of that list; none where it is unknown."""
        return self.lists.get(name, ())


def value(row: Mapping[str, Any], key: str) -> Any:
    """What stands at a path below a row; None where nothing does."""
    found: Any = row
    for part in key.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found
