"""What an office publishes of a service, and what it still owes: the components of UU 25/2009, articles 15 and 21.

Every text is the office's own; a rule here only says whether it is there, and whether anybody looked at it lately.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Texts = Mapping[str, str]  # language code -> text; "id" is always there

STALE_AFTER = timedelta(days=365)  # prices and papers change with the year's decrees

Fact = Literal["requirements", "procedure", "completion", "fees", "product", "complaints", "checked"]


@dataclass(frozen=True, slots=True)
class Fee:
    """What one thing costs."""

    name: Texts
    amount: int  # rupiah; 0: free of charge
    per: Texts | None = None  # "class", "document"
    note: Texts | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What to bring in one case; ``when`` None: whatever the case."""

    when: Texts | None
    items: Mapping[str, tuple[str, ...]]  # language code -> one text for each thing


@dataclass(frozen=True, slots=True)
class Channel:
    """Where one complains."""

    phone: str | None = None
    address: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Online:
    """What can be done without a visit."""

    text: Texts
    url: str


@dataclass(frozen=True, slots=True)
class Published:
    """The published facts of a service; None or empty where the office has not said."""

    cases: tuple[Case, ...] = ()
    procedure: Texts | None = None
    product: Texts | None = None
    completion: Texts | None = None  # when the result is in the hand, beside the minutes at the counter
    cost: Texts | None = None  # the short line
    fees: tuple[Fee, ...] = ()
    pay: Texts | None = None
    bring: Texts | None = None  # the short line of ``cases``
    complaints: Texts | None = None
    basis: Texts | None = None
    checked: date | None = None  # when the office last looked at all this
    online: Online | None = None
    search: tuple[str, ...] = ()  # other words that people have for it


@dataclass(frozen=True, slots=True)
class Owed:
    """A fact that a service does not publish, or that nobody has looked at since ``since`` (None: ever)."""

    service: str
    fact: Fact
    since: date | None = None


def owed(
    id: str, facts: Published, today: date, *, promised: bool, led: bool, channel: Channel | None
) -> Iterator[Owed]:
    """What the office that gives service ``id`` still has to do: for ``queue-server check`` and the administrator.

    ``promised``: its time at the counter is published. ``led``: the hall itself tells the way to it, step by step.
    ``channel``: where its agency or the hall takes complaints.
    """
    there: dict[Fact, bool] = {
        "requirements": bool(facts.cases),
        "procedure": led or facts.procedure is not None,
        "completion": promised or facts.completion is not None,
        "fees": bool(facts.fees) or facts.cost is not None,
        "product": facts.product is not None,
        "complaints": facts.complaints is not None or channel is not None,
    }
    yield from (Owed(id, fact) for fact, known in there.items() if not known)
    if facts.checked is None or today - facts.checked > STALE_AFTER:
        yield Owed(id, "checked", facts.checked)
