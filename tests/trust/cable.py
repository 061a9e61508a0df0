"""A network cable between a screen and the server that a test can pull and plug."""

import contextlib
import socket
import threading


class Cable:
    """Listens on a port of its own and carries bytes to the server's, while it is plugged."""

    def __init__(self, server_port: int) -> None:
        self.server_port = server_port
        self.plugged = True
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def pull(self) -> None:
        """Everything under way is cut, and nothing new gets through."""
        self.plugged = False
        ends, self._ends = self._ends, []
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def plug(self) -> None:
        """From now on it carries again."""
        self.plugged = True

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
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_WR)
