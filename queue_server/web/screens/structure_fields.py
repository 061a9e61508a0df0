"""What can be changed of a hall on its page: a form for each part, one row here for each value.

A field's label and hint are texts of ``structure.toml``: ``field_<name>``, and ``hint_<name>`` where ``hint`` is set.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "text", "texts", "lines", "number", "switch", "choices", "select", "ids", "week", "color", "date", "window"
]


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a row; ``key``: its path below the row. ``choices``: of what it may be one or some."""

    key: str
    kind: Kind
    choices: str = ""  # the name of a list in ``Choices``
    unset: Any = None  # what stands where the file says nothing
    hint: bool = False
    wide: bool = False

    @property
    def name(self) -> str:
        """By which its texts are found."""
        return self.key.replace(".", "_")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the hall: the rows of a list, or the hall itself."""

    name: str
    fields: tuple[Field, ...]
    rows: str = ""  # the structure's list; "": the hall itself


SERVICE = Part(
    "services",
    (
        Field("name", "texts", wide=True),
        Field("agency", "select", "agencies"),
        Field("prefix", "text", hint=True),
        Field("target_minutes", "number", hint=True),
        Field("zone", "select", "zones"),
        Field("kiosk", "switch", unset=True),
        Field("classes", "choices", "classes", unset=["regular", "priority"]),
        Field("quota.total", "number", hint=True),
        Field("quota.reserved.priority", "number"),
        Field("quota.regular", "number"),
        Field("quota.priority", "number"),
        Field("hours", "week", hint=True, wide=True),
        Field("requirements", "lines", hint=True, wide=True),
        Field("cost", "texts", wide=True),
        Field("outcomes", "ids", hint=True),
        Field("next", "choices", "services", hint=True, wide=True),
    ),
    "services",
)
AGENCY = Part(
    "agencies",
    (
        Field("name", "text", wide=True),
        Field("short_name", "text"),
        Field("color", "color", hint=True),
        Field("icon", "select", "icons"),
        Field("task", "texts", hint=True, wide=True),
    ),
    "agencies",
)
COUNTER = Part(
    "counters",
    (
        Field("name", "text", hint=True),
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
        Field("hours", "week", wide=True),
        Field("hours.cutoff_minutes", "number", unset=0, hint=True),
        Field("order.priority", "number", hint=True),
        Field("order.booked", "number"),
        Field("order.regular", "number"),
        Field("missed_call.recalls", "number", unset=2, hint=True),
        Field("missed_call.return_within_minutes", "number", unset=30),
        Field("finish_on_next", "switch", unset=False, hint=True),
        Field("languages", "choices", "languages", unset=["id", "en", "su"]),
        Field("wall.farthest_viewer_m", "number", unset=10, hint=True),
        Field("wall.screen_inches", "number", unset=43),
    ),
)
PARTS: Mapping[str, Part] = {part.name: part for part in (SERVICE, AGENCY, COUNTER, HALL)}
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
