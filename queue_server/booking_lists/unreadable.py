"""What is raised of a file that cannot be read."""

from ..domain.booking_lines import Fault


class Unreadable(Exception):
    """The file is no list; ``line``: where that was found (0: it is all of it)."""

    def __init__(self, reason: Fault = "unreadable", line: int = 0) -> None:
        super().__init__(reason)
        self.reason: Fault = reason
        self.line = line
