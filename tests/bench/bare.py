"""The floor: what the same libraries do on the same machine with nothing of ours in between.

``python -m tests.bench.bare [REPLAY.json DATABASE]``: bare Flask and Flask-SocketIO on eventlet, a durable raw
transaction of a real command's statements, and emits of a real hall's documents.
"""

import gc
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
import eventlet  # noqa: E402

eventlet.monkey_patch()
import eventlet.wsgi  # noqa: E402
from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO, emit, join_room  # noqa: E402

from queue_server.serving.process import listen, raise_file_limit  # noqa: E402
from tests.bench.statements import Replay  # noqa: E402

NAMESPACE = "/live"


def main() -> None:
    """Serve on a free loopback port until killed."""
    raise_file_limit()
    app = Flask("bare")
    sio = SocketIO(app, async_mode="eventlet", ping_interval=25, ping_timeout=20, manage_session=False)
    replay = Replay(*(Path(a) for a in sys.argv[1:3])) if len(sys.argv) > 2 else None
    documents = {"board": {"revision": 0}, "call": {"revision": 0}}

    @app.get("/hello")
    def hello() -> str:
        return "hello"

    @app.post("/transaction/<names>")
    def transaction(names: str) -> str:
        for name in names.split("+"):
            replay.run(name)
        return "hello"

    @app.post("/three")
    def three() -> str:
        replay.three()
        return "hello"

    @app.post("/empty")
    def empty() -> str:
        replay.empty()
        return "hello"

    @app.post("/documents")
    def told() -> str:
        documents.update(request.get_json())
        return "hello"

    @app.post("/emit/<int:revision>")
    def tell(revision: int) -> str:
        for kind in ("call", "board"):
            sio.emit(kind, documents[kind] | {"revision": revision}, to="all", namespace=NAMESPACE)
        return "hello"

    @sio.on("connect", namespace=NAMESPACE)
    def connected(_auth: object = None) -> None:
        join_room("all")
        emit("board", documents["board"])

    listener = listen("127.0.0.1", 0)
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    eventlet.wsgi.server(listener, app, max_size=20_000, log_output=False, keepalive=75, socket_timeout=90)


if __name__ == "__main__":
    main()
