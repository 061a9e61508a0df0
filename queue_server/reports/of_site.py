"""What is asked about a site in another process: it has the address of the database and the structure."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from ..domain.site import Site
from ..store.engine import reading_apart
from ..store.structures import Build, Structures


@dataclass(frozen=True, slots=True)
class OfSite:
    """The beginning of every such question, which is handed over as a value.

    ``url``: of the database, password and all. ``build`` makes a site of a recorded structure.
    """

    url: str
    site: Site
    build: Build | None

    def reading(self) -> AbstractContextManager[Any]:
        """A snapshot on a connection of its own."""
        return reading_apart(self.url)

    @property
    def structures(self) -> Structures:
        """The site as it is, and whatever it was."""
        return Structures({self.site.id: self.site}, self.build)
