"""How a hall's file says from which kecamatan visitors may come, and how many of them are asked."""

from typing import Annotated

from pydantic import Field

from queue_server.settings.site_values import Id, Line
from queue_server.settings.toml_file import Strict


class DistrictTable(Strict):
    """A kecamatan that visitors may name, the likeliest first."""

    id: Id
    """Stays for ever: answers are counted by it. The code of Kemendagri without dots (``360214``) is never double."""
    name: Line
    """As visitors say it; two of one name are told apart: "Sobang (Lebak)", "Sobang (Pandeglang)"."""


class OriginsTable(Strict):
    """Asks visitors from which kecamatan they come, once they have their number. Nobody has to say it, and no answer is
    tied to a number. Only services with ``origin = true`` ask."""

    one_in: Annotated[int, Field(ge=1, le=100)] = 5
    """One visitor in so many is asked; 1: everybody."""
    districts: Annotated[list[DistrictTable], Field(max_length=100)] = []
    """What may be answered. Without it nobody is asked."""
