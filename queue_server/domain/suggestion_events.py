"""What events tell of suggestions that a supervisor took or declined, beside their own columns."""

from typing import NotRequired, TypedDict


class Suggested(TypedDict):
    """``suggestion``: its id; ``suggested``: the act; ``expected``: minutes within which nine of ten who waited would
    be called, without it and with it.

    ``among``: the arrivals of those who waited then, of one that was taken: what came of them stands in the record.
    ``services``: what the counter would serve.
    """

    suggestion: str
    suggested: str
    expected: list[int]
    services: NotRequired[list[str]]
    among: NotRequired[list[int]]
