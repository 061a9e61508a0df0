"""``user`` and ``device``: who may speak."""

import sys
from datetime import datetime
from pathlib import Path

import click

from ..commands import admin
from ..domain import passwords
from ..domain.accounts import USERNAME
from ..domain.errors import QueueError
from ..domain.plain_text import is_blank
from ..domain.roles import STAFF, Role, in_order
from ..operations import screens
from ..store import accounts
from ..store.accounts import Account
from ..store.ids import new_id, new_token
from .common import cli, config_option, data_option, folder_of, known, load_settings, on_reader, on_server

_ROLE = click.Choice(sorted(r.value for r in STAFF))


@cli.group()
def user() -> None:
    """Accounts of people who sign in."""


@user.command("add")
@click.argument("username")
@click.option("--role", "roles", multiple=True, type=_ROLE, required=True, help="What the account is for (repeatable).")
@click.option(
    "--site", "sites", multiple=True, help="A site the account acts at (repeatable; default: all, tomorrow's too)."
)
@click.option("--agency", "agencies", multiple=True, help="An agency it acts for (repeatable; default: all).")
@click.option("--name", help="The name that screens show (default: the username).")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@data_option
@config_option
def user_add(
    username: str,
    roles: tuple[str, ...],
    sites: tuple[str, ...],
    agencies: tuple[str, ...],
    name: str | None,
    password_stdin: bool,
    data: Path | None,
    config: Path | None,
) -> None:
    """Add an account; without --password-stdin a password is made and printed."""
    settings = load_settings(config, data)
    known("site", sites, settings.sites)
    known("agency", agencies, {a for s in settings.sites.values() for a in s.agencies})
    if not USERNAME.fullmatch(username):
        raise click.ClickException("a username has 1 to 64 of the letters a to z, digits, and . _ - @")
    _printable(name or username)
    password, hashed = _password(
        password_stdin, username, name or "", *passwords.places(settings.sites.values(), sites)
    )
    account = Account(
        id=new_id(),
        username=username,
        name=name or username,
        roles=frozenset(map(Role, roles)),
        password_hash=hashed,
        sites=sites,
        agencies=agencies,
    )
    taken = f"the username {username!r} is taken; `user password` gives its account a new password"
    on_server(settings, data, lambda tx: admin.add_account(tx, account), taken=taken)
    if not password_stdin:
        click.echo(f"password: {password}")


def _password(from_stdin: bool, *about: str) -> tuple[str, str]:
    """A password, read or made, and its hash. ``about``: what is known of the account, by which it shall not be."""
    from ..store.passwords import HASHER, common, made

    password = sys.stdin.readline().rstrip("\r\n") if from_stdin else made()
    if not passwords.LEAST <= len(password) <= passwords.MOST:
        limits = f"at least {passwords.LEAST} and at most {passwords.MOST} characters"
        raise click.ClickException(f"a password has {limits}")
    try:
        passwords.refuse_weak(password, common(), about)
    except QueueError:
        said = "one of those that are guessed first: several words that have nothing to do with each other are better"
        raise click.ClickException(f"this password is {said}") from None
    return password, HASHER.hash(password)


def _printable(name: str) -> None:
    """Refuse a name that would be blank, or two lines, where it is shown."""
    if is_blank(name) or not name.isprintable():
        raise click.ClickException("a name has letters, and no line breaks")


@user.command("change")
@click.argument("username")
@click.option("--role", "roles", multiple=True, type=_ROLE, help="What it is for from now on (repeatable).")
@click.option("--site", "sites", multiple=True, help="A site it acts at from now on (repeatable; in place of its own).")
@click.option("--all-sites", is_flag=True, help="At all sites, tomorrow's too.")
@click.option("--agency", "agencies", multiple=True, help="An agency it acts for from now on (repeatable).")
@click.option("--all-agencies", is_flag=True, help="For all agencies.")
@click.option("--name", help="The name that screens show.")
@data_option
@config_option
def user_change(
    username: str,
    roles: tuple[str, ...],
    sites: tuple[str, ...],
    all_sites: bool,
    agencies: tuple[str, ...],
    all_agencies: bool,
    name: str | None,
    data: Path | None,
    config: Path | None,
) -> None:
    """Change what an account may do; it signs in again, and a counter that is no longer its own closes."""
    settings = load_settings(config, data)
    known("site", sites, settings.sites)
    known("agency", agencies, {a for s in settings.sites.values() for a in s.agencies})
    if (sites and all_sites) or (agencies and all_agencies):
        raise click.UsageError("name some, or say all: not both")
    if name is not None:
        _printable(name)
    changes = {
        "roles": frozenset(map(Role, roles)) or None,
        "sites": sites or (() if all_sites else None),
        "agencies": agencies or (() if all_agencies else None),
        "name": name,
    }
    if all(value is None for value in changes.values()):
        raise click.UsageError("say what is to change: --role, --site, --all-sites, --agency, --all-agencies or --name")
    missing = f"there is no account {username!r}"
    on_server(settings, data, lambda tx: admin.change_account(tx, username, **changes), missing=missing)
    click.echo(f"changed: {username}")


@user.command("password")
@click.argument("username")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@data_option
@config_option
def user_password(username: str, password_stdin: bool, data: Path | None, config: Path | None) -> None:
    """Give an account another password: its sessions end; if it was disabled it may sign in again."""
    settings = load_settings(config, data)
    password, hashed = _password(password_stdin, username, *passwords.places(settings.sites.values(), ()))
    missing = f"there is no account {username!r}"
    on_server(settings, data, lambda tx: admin.set_password(tx, username, hashed), missing=missing)
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
    settings = load_settings(config, data)
    known("site", (site,), settings.sites)
    _printable(name)
    token, taken = new_token(), f"{site} has a device {name!r} already: revoke it first, or choose another name"
    on_server(settings, data, lambda tx: admin.add_device(tx, name, Role(kind), site, token), taken=taken)
    click.echo(f"token: {token}")  # one line on standard output, for scripts; the rest is for people
    reach = screens.reach_of(settings.server, folder_of(data))
    click.echo(screens.enrolment(settings.sites[site], kind, token, reach), err=True)


@user.command("disable")
@click.argument("username")
@data_option
@config_option
def user_disable(username: str, data: Path | None, config: Path | None) -> None:
    """Disable an account: its sessions and open pages end at once."""
    on_server(
        load_settings(config, data),
        data,
        lambda tx: admin.disable_account(tx, username),
        missing=f"there is no active account {username!r}",
    )
    click.echo(f"disabled: {username}")


@device.command("revoke")
@click.argument("name")
@click.option("--site", required=True)
@data_option
@config_option
def device_revoke(name: str, site: str, data: Path | None, config: Path | None) -> None:
    """Revoke a site's devices of that name."""
    on_server(  # also at a site that has left the configuration: its kiosks are still out there
        load_settings(config, data),
        data,
        lambda tx: admin.revoke_device(tx, site, name),
        missing=f"there is no active device {name!r} at {site}",
    )
    click.echo(f"revoked: {name} at {site}")


@user.command("list")
@data_option
@config_option
def user_list(data: Path | None, config: Path | None) -> None:
    """Show the accounts: name, roles, sites and agencies, and when each was disabled."""
    for one in on_reader(load_settings(config, data), data, accounts.all_accounts):
        agencies = f" agencies: {', '.join(one.agencies)}" if one.agencies else ""
        ended = f" (disabled {_day(one.disabled_at)})" if one.disabled_at else ""
        roles = ",".join(in_order(accounts.roles_of(one.role, one.roles)))
        click.echo(f"{one.username} {roles} sites: {', '.join(one.sites) or 'all'}{agencies}{ended}")


@device.command("list")
@data_option
@config_option
def device_list(data: Path | None, config: Path | None) -> None:
    """Show the devices: kind, site, name, and when each was revoked. A token is never shown again."""
    for one in on_reader(load_settings(config, data), data, accounts.all_devices):
        ended = f" (revoked {_day(one.revoked_at)})" if one.revoked_at else ""
        click.echo(f"{one.kind} {one.site} {one.name}{ended}")


def _day(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d}"
