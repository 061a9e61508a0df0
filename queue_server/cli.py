"""``queue-server``: serve, check, add accounts and devices, export."""

import gc
import os
import secrets
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from . import app, logs, serving, settings
from .commands import admin
from .domain.errors import QueueError
from .domain.roles import STAFF, Role
from .serving import Runtime
from .settings import Settings, SettingsError
from .store.accounts import Account
from .store.engine import StoreUnusable
from .store.ids import new_id, new_token
from .store.transaction import ALL_SITES

_PASSWORD_LENGTH = 12  # at least (contract.md)

data_option = click.option("--data", type=click.Path(path_type=Path), help="Folder of everything that changes.")
config_option = click.option("--config", "config", type=click.Path(path_type=Path, exists=True, file_okay=False))


@click.group()
@click.version_option(package_name="antrean")
def cli() -> None:
    """Queue management and counter displays for public-service malls."""


def _settings(config: Path | None, **options: Any) -> Settings:
    try:
        return settings.load(config, **options)
    except SettingsError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        raise click.exceptions.Exit(1) from None


def _data(data: Path | None) -> Path:
    return data or Path("data")


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
    """Serve the sites of the configuration."""
    _serve(runtime, _settings(config), _data(data), host, port, lambda base: "")


@cli.command()
@_serving_options
@click.pass_obj
def demo(runtime: Runtime, host: str | None, port: int | None, data: Path | None, config: Path | None) -> None:
    """Serve both malls, always open, with accounts, devices and a half-day of visitors. Begins anew each time."""
    from . import demo as demonstration

    told = _settings(config, always_open=True)
    folder = data or Path("data") / "demo"
    try:
        demonstration.prepare_folder(folder)
    except demonstration.NotADemo as error:
        raise click.ClickException(str(error)) from None
    click.echo("Antrean: making up half a day of visitors at each mall …")
    made = demonstration.fill(told, folder)
    _serve(runtime, told, folder, host, port, lambda base: demonstration.sheet(told, made, base), made.accounts)


def _serve(
    runtime: Runtime,
    told: Settings,
    data: Path,
    host: str | None,
    port: int | None,
    greeting: Any,
    demo_accounts: tuple[dict[str, str], ...] = (),
) -> None:
    logs.configure()
    serving.raise_file_limit()
    stopping = serving.stop_on_signals()
    host, port = host or told.server.host, told.server.port if port is None else port
    try:
        listener = serving.listen(host, port)
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {error.strerror}") from None
    port = listener.getsockname()[1]
    reached = serving.lan_address() if host in ("0.0.0.0", "::") else host
    base = told.server.public_url or f"http://{f'[{reached}]' if ':' in reached else reached}:{port}"
    try:
        whole = app.create(
            told, data, base_url=base, clock=runtime.clock, off_hub=runtime.off_hub, demo_accounts=demo_accounts
        )
    except StoreUnusable as error:
        raise click.ClickException(str(error)) from None
    whole.start()
    gate = serving.Gate(whole.app, serving.Turnstile(told.server.limits.handshakes_per_second))
    gc.freeze()  # what exists now lives for ever: no collection need look at it again
    gc.set_threshold(50_000, 50, 100)
    click.echo(greeting(base) or f"Antrean serves {', '.join(told.sites)} at {base}")
    sys.stdout.flush()
    runtime.serve(gate, listener, stopping)
    listener.close()
    gate.drain()
    whole.writer.dispose()
    sys.stdout.flush()
    os._exit(0)  # open WebSockets would keep their green threads, and the process, alive


@cli.command()
@data_option
@config_option
def check(config: Path | None, data: Path | None) -> None:
    """Validate the configuration: file, key and reason of everything that is wrong."""
    told = _settings(config)
    for problem in settings.warnings(told):
        click.echo(f"warning: {problem}")
    click.echo(f"ok: {', '.join(told.sites)}")


@cli.group()
def user() -> None:
    """Accounts of people who sign in."""


@user.command("add")
@click.argument("username")
@click.option("--role", type=click.Choice(sorted(r.value for r in STAFF)), required=True)
@click.option("--site", "sites", multiple=True, help="A site the account acts at (repeatable; default: all).")
@click.option("--agency", "agencies", multiple=True, help="An agency it acts for (repeatable; default: all).")
@click.option("--name", help="The name that screens show (default: the username).")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@data_option
@config_option
def user_add(
    username: str,
    role: str,
    sites: tuple[str, ...],
    agencies: tuple[str, ...],
    name: str | None,
    password_stdin: bool,
    data: Path | None,
    config: Path | None,
) -> None:
    """Add an account; without --password-stdin a password is made and printed."""
    told = _settings(config)
    _known("site", sites, told.sites)
    _known("agency", agencies, {a for s in told.sites.values() for a in s.agencies})
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else secrets.token_urlsafe(12)
    if not _PASSWORD_LENGTH <= len(password) <= 256:
        raise click.ClickException(f"a password has at least {_PASSWORD_LENGTH} and at most 256 characters")
    if not 1 <= len(username) <= 64:
        raise click.ClickException("a username has 1 to 64 characters")
    from .web.access import HASHER

    account = Account(
        id=new_id(),
        username=username,
        name=name or username,
        role=Role(role),
        password_hash=HASHER.hash(password),
        sites=sites or tuple(told.sites),
        agencies=agencies,
    )
    _on_server(told, data, lambda tx: admin.add_account(tx, account))
    if not password_stdin:
        click.echo(f"password: {password}")


@cli.group()
def device() -> None:
    """Kiosks and displays."""


@device.command("add")
@click.argument("name")
@click.option("--kind", type=click.Choice(["kiosk", "display"]), required=True)
@click.option("--site", required=True)
@data_option
@config_option
def device_add(name: str, kind: str, site: str, data: Path | None, config: Path | None) -> None:
    """Add a device; its token is printed once."""
    told = _settings(config)
    _known("site", (site,), told.sites)
    token = new_token()
    _on_server(told, data, lambda tx: admin.add_device(tx, name, Role(kind), site, token))
    click.echo(f"token: {token}")


@user.command("disable")
@click.argument("username")
@data_option
@config_option
def user_disable(username: str, data: Path | None, config: Path | None) -> None:
    """Disable an account: its sessions and open pages end at once."""
    _on_server(_settings(config), data, lambda tx: admin.disable_account(tx, username))


@device.command("revoke")
@click.argument("name")
@click.option("--site", required=True)
@data_option
@config_option
def device_revoke(name: str, site: str, data: Path | None, config: Path | None) -> None:
    """Revoke a site's devices of that name."""
    told = _settings(config)
    _known("site", (site,), told.sites)
    _on_server(told, data, lambda tx: admin.revoke_device(tx, site, name))


@cli.command()
@click.option("--site", required=True)
@click.option("--visitors", default=300, show_default=True, type=click.IntRange(1, 100_000))
@click.option(
    "--speed", default=60.0, show_default=True, type=click.FloatRange(1, 3600), help="Times faster than life."
)
@click.option("--seed", default=1, show_default=True, help="The same seed plans the same day.")
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="The running server.")
@click.option("--into-real-figures", is_flag=True, help="Allow it on a server that is not a demo.")
@data_option
@config_option
def simulate(
    site: str,
    visitors: int,
    speed: float,
    seed: int,
    url: str,
    into_real_figures: bool,
    data: Path | None,
    config: Path | None,
) -> None:
    """Rehearse a day on a running server: believable visitors and officers, live on every screen."""
    from .rehearsal.command import simulate as rehearse

    told = _settings(config)
    _known("site", (site,), told.sites)
    folder = data or Path("data") / "demo"
    options = {"count": visitors, "speed": speed, "seed": seed, "allowed": into_real_figures}
    rehearse(told, site, url, lambda command: _on_server(told, folder, command), **options)


@cli.group()
def export() -> None:
    """Figures for the outside."""


@export.command("tickets")
@click.option("--site", required=True)
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False))
@data_option
@config_option
def export_tickets(site: str, first: Any, last: Any, out: Path | None, data: Path | None, config: Path | None) -> None:
    """One CSV row per ticket of the service days FROM to TO."""
    from .reports import export as csv

    told = _settings(config)
    _known("site", (site,), told.sites)
    _, reader = app.open_store(told, _data(data))
    days: tuple[date, date] = (first.date(), last.date())
    if days[0] > days[1]:
        raise click.ClickException("--from is after --to")
    with out.open("w", newline="", encoding="utf-8") if out else click.get_text_stream("stdout") as file:
        csv.tickets(reader, site, told.sites[site].timezone, *days, file)


def _known(kind: str, asked: tuple[str, ...], there: Any) -> None:
    for id in asked:
        if id not in there:
            raise click.ClickException(f"there is no {kind} {id!r}; there is: {', '.join(sorted(there))}")


def _on_server(told: Settings, data: Path | None, command: Any) -> None:
    folder = _data(data)
    try:
        writer, _ = app.open_store(told, folder)
        perform = app.make_performer(told, folder, writer)
        app.ensure_rows(writer, told.sites)
        perform(ALL_SITES, command)
    except QueueError as error:
        raise click.ClickException(f"{error.code.value}: {error.details}") from None
    except StoreUnusable as error:
        raise click.ClickException(str(error)) from None
