"""The line between a hall's screens and the server, as bad as a test wants it: late, stuck halfway, refused, dead."""

import asyncio
import contextlib
import threading
from collections.abc import Callable


class BadLine:
    """Carries every byte between a port of its own and the server's, when it does."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._carries, self._refuses = asyncio.Event(), False
        self._stuck_after: int | None = None  # bytes from the server, on each connection
        self._buried: set[int] = set()  # generations of connections that will never carry again
        self._generation = 0
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._listener = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()

    @property
    def url(self) -> str:
        """What screens take for the server."""
        return f"http://127.0.0.1:{self._listener.sockets[0].getsockname()[1]}"

    # -- what a test does to it; each returns at once

    def stall(self) -> None:
        """Nothing arrives, nothing is lost: it comes later."""
        self._soon(self._carries.clear)

    def stick(self, after: int) -> None:
        """On each new connection the server's answer stops after so many bytes."""
        self._soon(lambda: self.__setattr__("_stuck_after", after))

    def refuse(self) -> None:
        """Nobody gets through."""
        self._soon(lambda: self.__setattr__("_refuses", True))

    def bury(self) -> None:
        """What is connected now is dead without a word, as behind a router that forgot it; new lines are well."""

        def forget() -> None:
            self._buried.add(self._generation)
            self._generation += 1

        self._soon(forget)

    def mend(self) -> None:
        """As good as a line can be."""

        def well() -> None:
            self._refuses, self._stuck_after = False, None
            self._carries.set()

        self._soon(well)

    def remove(self) -> None:
        """Stop listening and carrying."""

        def end() -> None:
            self._listener.close()
            for task in asyncio.all_tasks():
                task.cancel()
            self._loop.call_later(0.1, self._loop.stop)

        self._soon(end)

    def _soon(self, what: Callable[[], object]) -> None:
        self._loop.call_soon_threadsafe(what)

    # -- in its own thread

    async def _listen(self) -> asyncio.Server:
        self._carries.set()
        return await asyncio.start_server(self._connect, "127.0.0.1", 0)

    async def _connect(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.CancelledError):
            if self._refuses:
                back.transport.abort()
                return
            there, forth = await asyncio.open_connection("127.0.0.1", self._server_port)
            born = self._generation
            await asyncio.gather(self._carry(here, forth, born), self._carry(there, back, born, answers=True))
        back.close()

    async def _carry(
        self, one: asyncio.StreamReader, other: asyncio.StreamWriter, born: int, *, answers: bool = False
    ) -> None:
        carried = 0
        with contextlib.suppress(OSError):
            while data := await one.read(65536):
                await self._carries.wait()
                if born in self._buried:
                    continue  # swallowed
                if answers and self._stuck_after is not None and carried + len(data) > self._stuck_after:
                    now, data = data[: max(self._stuck_after - carried, 0)], data[max(self._stuck_after - carried, 0) :]
                    other.write(now)
                    carried += len(now)
                    while self._stuck_after is not None:
                        await asyncio.sleep(0.05)
                other.write(data)
                await other.drain()
                carried += len(data)
        other.close()
