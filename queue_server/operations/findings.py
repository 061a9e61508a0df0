"""What ``doctor`` finds: a level, a text by its name with its values, and a command that puts it right.

The line of the command line is the English text; the page of health says the same in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from .. import texts


class Level(StrEnum):
    """How much a finding matters: nothing to do, see to it soon, do not serve like this."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's; ``id``: the question that found it.

    ``text``: the name of its text among those of the page of health (``said_…``), ``about``: its values.
    """

    level: Level
    what: str
    id: str = ""
    text: str = ""
    about: Mapping[str, str | int] = field(default_factory=dict)
    command: str | None = None

    @property
    def said(self) -> str:
        """The line of the command line."""
        return f"{self.what}: {self.command}" if self.command else self.what


def ok(said: str, *, site: str | None = None) -> Finding:
    """Nothing to do; ``site``: the hall that it is about, if it is about one."""
    return Finding(Level.OK, said, about={"site": site} if site else {})


def warn(text: str, /, *, command: str | None = None, **about: object) -> Finding:
    """See to it soon."""
    return _found(Level.WARN, text, command, about)


def bad(text: str, /, *, command: str | None = None, **about: object) -> Finding:
    """Do not serve like this."""
    return _found(Level.BAD, text, command, about)


def _found(level: Level, text: str, command: str | None, about: Mapping[str, object]) -> Finding:
    values = {name: value if isinstance(value, int) else str(value) for name, value in about.items()}
    return Finding(level, _words().say("en", f"health.said_{text}", **values), "", text, values, command)


@cache
def _words() -> texts.Texts:
    return texts.load()
