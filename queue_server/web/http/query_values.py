"""Single values of an address: short texts, and nothing that no form of ours sends."""

from flask import request

from ...domain.errors import Code, QueueError

_LONGEST = 64  # characters of one value


def text(name: str) -> str | None:
    """A text that is said; None where nothing is. Raises ``invalid``."""
    said = request.args.get(name)
    if said is not None and (len(said) > _LONGEST or "\0" in said):
        raise QueueError(Code.INVALID, field=name)
    return said or None
