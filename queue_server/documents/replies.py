"""Short replies that are no state of the hall."""

from typing import Literal, NotRequired

from .shared import Document


class Device(Document):
    """What a device's token or cookie stands for now."""

    kind: Literal["kiosk", "display"] | None
    site: str | None


class ErrorBody(Document):
    """What went wrong."""

    code: str
    message: str
    details: NotRequired[dict[str, object]]


class Error(Document):
    """The one shape of an error."""

    error: ErrorBody
