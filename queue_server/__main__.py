"""The entry: green threads first (the only file that names eventlet), then the command line.

Eventlet must patch the standard library before anything else is imported, so what decides it is read here, from
the environment and the command line, before the settings can be.
"""

import gc
import os
import sys
import tomllib
import warnings
from itertools import pairwise
from pathlib import Path
from typing import Any


def main() -> None:
    """``queue-server``."""
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    gc.disable()  # nothing that an import makes is garbage: looking for some would take a sixth of the start
    green = _green() if _wants_green(sys.argv[1:]) else None
    import click

    from .cli import cli
    from .reckoning.workshop import Workshop
    from .serving.process import Runtime, collect_seldom, serve_threads

    for name in sys.argv[1:2]:
        cli.get_command(click.Context(cli), name)  # its imports are made now, while nobody looks for garbage
    collect_seldom()  # to look for garbage among a day's events took a quarter of what makes them figures
    gc.enable()
    cli(obj=Runtime(**(green or {"serve": serve_threads}), apart=Workshop()))


def _wants_green(args: list[str]) -> bool:
    if not args or args[0] not in ("run", "demo"):
        return False
    return (os.environ.get("QUEUE_ASYNC_MODE", "").strip() or _configured(args)) != "threading"


def _configured(args: list[str]) -> str | None:
    """``async_mode`` of the configuration's server.toml; a broken file is reported later, by the settings."""
    folders = [os.environ["QUEUE_CONFIG"]] if os.environ.get("QUEUE_CONFIG") else []
    folders += [b for a, b in pairwise(args) if a == "--config"]
    folders += [a.partition("=")[2] for a in args if a.startswith("--config=")]
    try:
        return tomllib.loads(Path(folders[-1], "server.toml").read_text())["server"]["async_mode"]
    except (IndexError, OSError, KeyError, TypeError, ValueError):
        return None


def _green() -> dict[str, Any]:
    import eventlet

    eventlet.monkey_patch()  # all of it: PostgreSQL's driver too
    _check_driver()
    import eventlet.tpool
    import eventlet.wsgi

    from .serving import connections, patience

    def within(seconds: float) -> Any:
        return eventlet.Timeout(seconds, TimeoutError("too slow"))

    def serve(app, listener, stopping, given: patience.Patience, room: connections.Connections) -> None:
        """Serve until ``stopping`` is set. Eventlet's own limit would count WebSockets too, and keep everybody out."""
        protocol = patience.patient(eventlet.wsgi.HttpProtocol, within, given, room)
        options = {"max_size": 2 * room.most, "log_output": False, "debug": False, "keepalive": 75}
        options |= {"socket_timeout": 90, "protocol": protocol}
        guarded = connections.Listener(listener, room, eventlet.sleep)
        server = eventlet.spawn(eventlet.wsgi.server, guarded, app, **options)
        stopping.wait()
        server.kill()

    return {"serve": serve, "off_hub": eventlet.tpool.execute}


def _check_driver() -> None:
    """A PostgreSQL driver that waits in C would stop every screen with it: rather not start at all."""
    try:
        from psycopg2.extensions import get_wait_callback
    except ImportError:
        return  # not installed: SQLite serves
    if get_wait_callback() is None:
        raise SystemExit("psycopg2 does not wait cooperatively here; set QUEUE_ASYNC_MODE=threading")


if __name__ == "__main__":
    main()
