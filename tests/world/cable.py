"""A network cable between a screen and the server (or a server and its database) that a test can pull and plug."""

import contextlib
import ctypes
import socket
import struct
import threading

# A filter of one instruction, "keep 0 bytes": the kernel drops what comes for a socket before TCP sees it, so nothing
# is acknowledged, refused or closed, just as where the other machine has lost its power. Any user may attach it.
_SO_ATTACH_FILTER, _SO_DETACH_FILTER = 26, 27
_DROP = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))
_PROGRAM = struct.pack("HxxxxxxQ", 1, ctypes.addressof(_DROP))


class Cable:
    """Listens on a port of its own and carries bytes to the server's, while it is plugged.

    ``pull`` cuts it so that both sides notice; ``vanish`` lets every packet be dropped, and nobody is told.
    """

    def __init__(self, server_port: int) -> None:
        self.server_port = server_port
        self.plugged, self.vanished = True, False
        self._ends: list[socket.socket] = []
        self._near: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def pull(self) -> None:
        """Everything under way is cut, and nothing new gets through."""
        self.plugged = False
        ends, self._ends, self._near = self._ends, [], []
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def plug(self) -> None:
        """From now on it carries again."""
        self.plugged = True

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._listener.getsockname()[1]

    def vanish(self) -> None:
        """From now on every packet is dropped, also those that would begin a connection."""
        self.vanished = True
        for end in (self._listener, *self._near):
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, _PROGRAM)

    def come_back(self) -> None:
        """Packets get through again; what was under way is cut, as the other machine knows nothing of it any more."""
        for end in (self._listener, *self._near):
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, _SO_DETACH_FILTER, 0)
        self.vanished = False
        self.pull()
        self.plug()

    def remove(self) -> None:
        """Pull, and stop listening."""
        self.pull()
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if not self.plugged:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.server_port))
                self._ends += [near, far]
                self._near.append(near)
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                if not self.vanished:
                    other.sendall(data)
        with contextlib.suppress(OSError):
            if not self.vanished:
                other.shutdown(socket.SHUT_WR)
