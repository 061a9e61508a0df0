"""The waiting room as a hall's file describes it: its screen, and what happens when nobody comes."""

from typing import Annotated

from pydantic import Field

from queue_server.settings.site_values import Ids
from queue_server.settings.toml_file import Strict


class MissedCallTable(Strict):
    """What happens when nobody comes."""

    recalls: Annotated[int, Field(ge=0)] = 2
    """After how many repeated calls the officer's page suggests a no-show."""
    return_within_minutes: Annotated[int, Field(ge=0)] = 30
    """For how many minutes a visitor who missed the call may come back to the old place."""


class WallTable(Strict):
    """The large screen of the waiting room; the size of its letters follows from these."""

    farthest_viewer_m: Annotated[float, Field(gt=0, le=100)] = 10
    """Distance of the farthest chair, in metres."""
    screen_inches: Annotated[float, Field(gt=0, le=500)] = 43
    """Size of the screen, in inches."""
    zones: Annotated[Ids, Field(min_length=1)] = ["A"]
    """Parts of the waiting room, where it has several walls."""
