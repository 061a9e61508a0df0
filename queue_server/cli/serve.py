"""``run`` and ``demo``: serve until told to stop."""

import contextlib
import os
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from .. import app
from ..domain.errors import QueueError
from ..domain.first_run import spaced
from ..first_run import tidy
from ..operations import damage, presence, screens, timekeeping
from ..reach import Reach
from ..serving import logs, metrics, process
from ..serving.connections import Connections
from ..serving.gate import Gate, TrustedProxies
from ..serving.patience import Patience
from ..serving.process import Runtime
from ..serving.turnstile import Turnstile
from ..settings import Settings
from ..store import engine as store
from ..store.engine import StoreUnusable
from .common import cli, config_option, data_option, folder_of, in_a_line, load_settings, may_begin

_ANSWER_FIRST_S = 0.3  # before the process begins anew, so that its last answer arrives


def _serving_options(command: Any) -> Any:
    for option in (
        click.option("--host", help="Address to listen on (default: server.toml's, 127.0.0.1)."),
        click.option("--port", type=int, help="Port to listen on (default: server.toml's, 8000)."),
        data_option,
        config_option,
    ):
        command = option(command)
    return command


@cli.command()
@_serving_options
@click.pass_obj
def run(runtime: Runtime, host: str | None, port: int | None, data: Path | None, config: Path | None) -> None:
    """Serve the sites of the configuration; with an empty data folder and none, the page of the first run."""
    anew = may_begin(config, data)
    settings = load_settings(config, data, anew=anew)
    at = folder_of(data), *_listen(settings, host, port)
    _serve(runtime, settings, *at, lambda reach: _addresses(settings, reach), anew=anew)


def _first_run(reach: Reach, code: str) -> str:
    """What whoever started a server with nothing in it does next."""
    lines = ["Antrean is empty. Set up the hall, in a browser:", "", f"  {reach.base()}/setup", f"  code: {code}"]
    return "\n".join([*lines, "", *screens.remarks(reach), ""])


def _addresses(settings: Settings, reach: Reach) -> str:
    """Where each site's screens are; who may speak there is another matter (``user add``, ``device add``)."""
    base = reach.base()
    lines = [f"Antrean serves {', '.join(settings.sites)} at {base}"]
    for site in settings.sites.values():
        lines += ["", f"  {site.short_name}", *screens.addresses(site, base)]
    kiosk = "  A kiosk is enrolled once, by the link that `queue-server device add` prints."
    return "\n".join([*lines, "", *screens.remarks(reach), kiosk, ""])


@cli.command()
@_serving_options
@click.pass_obj
def demo(runtime: Runtime, host: str | None, port: int | None, data: Path | None, config: Path | None) -> None:
    """Serve both malls, always open, with accounts, devices and a half-day of visitors. Begins anew each time."""
    from .. import demo as demonstration

    folder = data or Path("data") / "demo"
    settings = load_settings(config, folder, always_open=True)
    listening = _listen(settings, host, port)  # before anything is wiped: a demo that runs already keeps port and data
    try:
        demonstration.prepare_folder(folder)
    except demonstration.NotADemo as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Antrean: making up half a day of visitors at each mall, in {folder.resolve()} …")
    made = demonstration.fill(settings, folder, runtime.clock())
    _serve(
        runtime,
        settings,
        folder,
        *listening,
        lambda reach: demonstration.sheet(settings, made, reach.base()),
        made.accounts,
    )


def _listen(settings: Settings, host: str | None, port: int | None) -> tuple[socket.socket, Reach]:
    """Listen where the options say, else server.toml; why that cannot be had is said in a line."""
    host, port = host or settings.server.host, settings.server.port if port is None else port
    try:
        listener = process.listen(host, port)
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {error.strerror}") from None
    return listener, Reach(*listener.getsockname()[:2], settings.server.public_url)


def _serve(
    runtime: Runtime,
    settings: Settings,
    data: Path,
    listener: socket.socket,
    reach: Reach,
    greeting: Any,
    demo_accounts: tuple[dict[str, Any], ...] = (),
    anew: bool = False,
) -> None:
    logs.configure()
    room = Connections(process.raise_file_limit(), settings.server.trusted_proxies)
    stopping, asked = process.stop_on_signals()

    def begin_anew() -> None:
        threading.Timer(_ANSWER_FIRST_S, stopping.set).start()

    how = {"begin_anew": begin_anew if anew else None}
    here, whole = _put_together(runtime, settings, data, reach, demo_accounts, **how)
    first = whole.house.first_run if whole.house.begins else None
    tidy(data)
    timekeeping.note_start(data, runtime.clock())
    watch = damage.Watch(whole.house, data, here.unclean)
    whole.start()
    whole.sio.start_background_task(watch.run)
    limits = settings.server.limits
    turnstile = Turnstile(limits.handshakes_per_second)
    metrics.HANDSHAKES.set_function(lambda: turnstile.waiting)
    gate = Gate(whole.app, turnstile, whole.app.extensions["door"], room)
    patience = Patience(limits.request_head_within_s, limits.request_body_within_s, limits.socket_bytes_per_minute)
    process.collect_seldom()
    with contextlib.suppress(OSError):  # where standard output is a file on a full disk
        click.echo(_first_run(reach, spaced(first.code)) if first else greeting(reach))
        sys.stdout.flush()
    runtime.serve(TrustedProxies(gate, settings.server.trusted_proxies), listener, stopping, patience, room)
    listener.close()
    gate.drain()
    whole.close()
    here.leave()
    if not asked.is_set():
        runtime.begin_anew(reach.port)
    os._exit(0)  # open WebSockets would keep their green threads, and the process, alive


def _put_together(
    runtime: Runtime,
    settings: Settings,
    data: Path,
    reach: Reach,
    demo_accounts: tuple[dict[str, Any], ...],
    **options: Any,
) -> tuple[presence.Presence, app.Antrean]:
    """The hold on the data folder and the product on it; why it cannot be had is said in a line."""
    url = settings.server.database_url or store.database_url(data)
    alone = store.database_file(url) if store.is_sqlite(url) else None
    try:
        here = presence.enter(data, presence.Listening(reach.host, reach.port, reach.base(), reach.public_url), alone)
        how = {
            "reach": reach,
            "clock": runtime.clock,
            "off_hub": runtime.off_hub,
            "apart": runtime.apart,
            "demo_accounts": demo_accounts,
        }
        whole = app.create(settings, data, **how, **options)
    except StoreUnusable as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"cannot use {error.filename or data}: {error.strerror}") from None
    except (QueueError, DBAPIError) as error:
        said = error.code.value if isinstance(error, QueueError) else in_a_line(error)
        raise click.ClickException(f"cannot serve from {data}: {said}") from None
    return here, whole
