"""What events tell of numbers that were given, or were not, beside their own columns."""

from typing import NotRequired, TypedDict

OfClass = TypedDict("OfClass", {"class": str})  # a key that is a word of Python's


class Issued(OfClass):
    """A number was given; ``by``: the role of who gave it; ``people``: for how many, if for more than one.

    ``walk_in``: to one who is served without a call.
    """

    seq: int
    number: str
    by: str
    people: NotRequired[int]
    origin: NotRequired[str]
    language: NotRequired[str]
    walk_in: NotRequired[bool]


class Refused(OfClass):
    """No number was given: unmet demand; ``people``: of how many, if of more than one."""

    code: str
    reason: str | None
    people: NotRequired[int]
