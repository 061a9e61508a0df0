"""A report and its file in one go: where the figures are reckoned the file is made too, and only its bytes travel.

A workbook of a year by days keeps Python busy for a third of a second, its CSV for thirty milliseconds: a thread of the
server would hold up whoever calls a number meanwhile.
"""

from collections.abc import Callable, Mapping
from typing import Any

NAMED_BY = ("site", "name", "from", "to")

Write = Callable[[Any], str | bytes]
Filed = tuple[Mapping[str, Any], bytes]  # what the file is named by, and what it holds


def filed(make: Callable[..., Any], write: Write, *given: Any) -> Filed:
    """The file of what is made of ``given``. ``make``, ``write``: functions of a module, with their arguments."""
    made = make(*given)
    content = write(made)
    named = {name: made[name] for name in NAMED_BY if name in made}
    return named, content.encode() if isinstance(content, str) else content
