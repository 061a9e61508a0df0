"""How the page of choices offers a screen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ...domain.site import Site


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to a screen from the page of choices; ``title`` and ``note`` are texts of ``home.toml``."""

    as_: Literal["line", "card", "counter"]  # the last: once at each counter
    title: str
    note: str = ""
    icon: str = ""
    in_language: bool = True  # opens in the language of the choice; what nobody touches has the hall's
    ways: Callable[[Site], Iterable[list[tuple[str, dict[str, str], str]]]] | None = None  # text, its values, query
    where: Callable[[Site], bool] = lambda site: True  # at which halls
