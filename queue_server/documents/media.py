"""Pictures and videos that walls show while nobody is called, and their playlist."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from .shared import Count, Document, Instant

# "from" is a word of Python's
_Begins = TypedDict("_Begins", {"from": Instant | None})


class MediaTurn(_Begins, Document):
    """One turn of the playlist. A wall shows it between its two times by the server's clock."""

    picture: str
    url: Annotated[str, Field(description="of the picture, at this server; of a video the one that stands for it")]
    video: Annotated[str | None, Field(description="its film, at this server; null: a picture that does not move")]
    sound: Annotated[bool, Field(description="the film is heard where a wall speaks")]
    seconds: Count
    until: Instant | None
    zones: Annotated[list[str], Field(description="on whose walls; empty: on all")]


class MediaPicture(Document):
    """A picture or video, as it was encoded anew."""

    id: str
    url: str
    video: Annotated[str | None, Field(description="its film; null: a picture that does not move")]
    seconds: Annotated[Count, Field(description="that the film lasts; 0: none")]
    sound: Annotated[bool, Field(description="whether anything is heard in it")]
    name: str
    bytes: Count
    width: Count
    height: Count
    by: Annotated[str | None, Field(description="who added it, by name")]
    at: Instant


class Media(Document):
    """A site's pictures and playlist, for those who see to them."""

    site: str
    version: Annotated[Count, Field(description="of the playlist: a change says which it is based on; 0: none was set")]
    playlist: list[MediaTurn]
    pictures: Annotated[list[MediaPicture], Field(description="the oldest first")]
    bytes: Annotated[Count, Field(description="that all but the videos take")]
    most_bytes: Count
    video_bytes: Annotated[Count, Field(description="that all videos take")]
    most_video_bytes: Count
    most: Annotated[Count, Field(description="pictures that there may be")]
