"""What events tell of enrolled screens."""

from typing import NotRequired, TypedDict


class DeviceAdded(TypedDict):
    """A device's name is no person's; the rest is where whoever approved it wanted it."""

    device: str
    kind: str
    site: str
    name: str
    zone: NotRequired[str]
    counter: NotRequired[str]
    voice: NotRequired[bool]


class DeviceAsked(TypedDict):
    """An enrolled screen is to do something where it stands; ``test``: which of its tests."""

    device: str
    site: str
    act: str
    test: NotRequired[str]


class DeviceRevoked(TypedDict):
    """All of one name."""

    devices: list[str]
    site: str
