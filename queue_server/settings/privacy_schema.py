"""The part of a site file that shortens how long what is personal is kept."""

from typing import Annotated

from pydantic import Field

from queue_server.settings.toml_file import Strict


class PrivacyTable(Strict):
    """For how many days what is personal is kept; shorter than the usual, never longer (UU 27/2022)."""

    texts_days: Annotated[int, Field(ge=1, le=90)] = 90
    """Notes about visitors, and the words in which staff gave a reason."""
    addresses_days: Annotated[int, Field(ge=1, le=30)] = 30
    """From which address somebody signed in or could not; of several halls of a server the fewest count for all."""
    bookings_days: Annotated[int, Field(ge=0, le=7)] = 7
    """Codes of bookings, after the booked day."""
