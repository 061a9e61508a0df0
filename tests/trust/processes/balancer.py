"""A load balancer that remembers nobody: each connection goes to the next process, whoever opens it."""

from collections.abc import Iterator
from itertools import cycle

from tests.world.cable import Cable


class Balancer(Cable):
    """Listens on a port of its own; what connects to it is carried to the servers in turn."""

    def __init__(self, ports: list[int]) -> None:
        self._turn: Iterator[int] = cycle(ports)
        super().__init__(ports[0])

    @property
    def server_port(self) -> int:
        """Where the next connection goes."""
        return next(self._turn)

    @server_port.setter
    def server_port(self, _first: int) -> None:
        """The turn decides."""
