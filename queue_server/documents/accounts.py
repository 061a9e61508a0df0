"""Accounts as those who manage them see them, and one's own."""

from typing import Annotated

from pydantic import Field

from ..domain.roles import Role
from .roster import Sitting
from .shared import Document, Instant


class LentTo(Document):
    """An agency at whose counters an account helps out until the day closes."""

    site: str
    agency: str


class Managed(Document):
    """An account, without a secret."""

    id: str
    username: str
    name: str
    roles: list[Role]
    sites: Annotated[list[str], Field(description="none: all, tomorrow's too")]
    agencies: Annotated[list[str], Field(description="none: all")]
    organisation: Annotated[str | None, Field(description="an agency's id, or pemda; null: not said")]
    disabled_at: Instant | None
    sessions: Annotated[int, Field(description="how many it has now")]
    version: Annotated[int, Field(description="what a change is based on")]
    lent: Annotated[list[LentTo], Field(description="where it helps out until the day closes")]


class Accounts(Document):
    """All that the caller may see to, by name."""

    accounts: list[Managed]


class NewPassword(Document):
    """A password that is shown once."""

    id: str
    password: str


class Session(Document):
    """One place where an account is signed in."""

    id: str
    began_at: Instant
    browser: Annotated[str | None, Field(description="what it is called, and its system")]
    current: Annotated[bool, Field(description="the one that asks")]


class Sessions(Document):
    """The newest first."""

    sessions: list[Session]


class Me(Document):
    """One's own account."""

    id: str
    username: str
    name: str
    roles: list[Role]
    sites: Annotated[list[str], Field(description="none: all, tomorrow's too")]
    agencies: Annotated[list[str], Field(description="none: all")]
    organisation: str | None
    lent: Annotated[list[LentTo], Field(description="where it helps out until the day closes")]
    sits: Annotated[list[Sitting], Field(description="where it sits today, by the rosters")]


class Lending(Document):
    """An account that helps out at an agency's counters until the day closes; ``by`` whom it was lent."""

    account: str
    name: str
    agency: str
    by: str | None
    by_id: str
    at: Instant


class Lendings(Document):
    """Those of a site that the reader may see, the oldest first."""

    lendings: list[Lending]


class Setup(Document):
    """What a hall may begin with at the first run: a word for each; the time zones it may be in."""

    start_from: list[str]
    timezones: list[str]


class HallMade(Document):
    """The first run is over: the hall's id, and where its administrator goes on once the server serves it."""

    site: str
    path: str
