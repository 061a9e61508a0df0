"""A control: on a small machine everybody keeps the place they have, however many come."""

from tests.world.sabotage import few_files


def nobody_gives_way() -> None:
    """A connection stays for as long as it likes."""
    from queue_server.serving.connections import Connections

    few_files()
    Connections._end = lambda *_: None
    Connections.make_room = lambda self: bool(self._quiet or self._busy)
