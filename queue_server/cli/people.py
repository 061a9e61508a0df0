"""``user`` and ``device``: who may speak."""

import secrets
import sys
from datetime import datetime
from pathlib import Path

import click

from ..commands import admin
from ..domain.roles import STAFF, Role
from ..store import accounts
from ..store.accounts import Account
from ..store.ids import new_id, new_token
from .common import cli, config_option, data_option, known, on_reader, on_server, told_by

_PASSWORD_LENGTH = 12  # at least (contract.md)


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
    told = told_by(config)
    known("site", sites, told.sites)
    known("agency", agencies, {a for s in told.sites.values() for a in s.agencies})
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else secrets.token_urlsafe(12)
    if not _PASSWORD_LENGTH <= len(password) <= 256:
        raise click.ClickException(f"a password has at least {_PASSWORD_LENGTH} and at most 256 characters")
    if not 1 <= len(username) <= 64:
        raise click.ClickException("a username has 1 to 64 characters")
    from ..web.access import HASHER

    account = Account(
        id=new_id(),
        username=username,
        name=name or username,
        role=Role(role),
        password_hash=HASHER.hash(password),
        sites=sites or tuple(told.sites),
        agencies=agencies,
    )
    on_server(told, data, lambda tx: admin.add_account(tx, account))
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
    told = told_by(config)
    known("site", (site,), told.sites)
    token = new_token()
    on_server(told, data, lambda tx: admin.add_device(tx, name, Role(kind), site, token))
    click.echo(f"token: {token}")


@user.command("disable")
@click.argument("username")
@data_option
@config_option
def user_disable(username: str, data: Path | None, config: Path | None) -> None:
    """Disable an account: its sessions and open pages end at once."""
    on_server(
        told_by(config), data, lambda tx: admin.disable_account(tx, username), missing=f"no active account {username!r}"
    )
    click.echo(f"disabled: {username}")


@device.command("revoke")
@click.argument("name")
@click.option("--site", required=True)
@data_option
@config_option
def device_revoke(name: str, site: str, data: Path | None, config: Path | None) -> None:
    """Revoke a site's devices of that name."""
    told = told_by(config)
    known("site", (site,), told.sites)
    on_server(
        told, data, lambda tx: admin.revoke_device(tx, site, name), missing=f"no active device {name!r} at {site}"
    )
    click.echo(f"revoked: {name} at {site}")


@user.command("list")
@data_option
@config_option
def user_list(data: Path | None, config: Path | None) -> None:
    """Show the accounts: name, role, sites and agencies, since when disabled."""
    for one in on_reader(told_by(config), data, accounts.all_accounts):
        agencies = f" agencies: {', '.join(one.agencies)}" if one.agencies else ""
        ended = f" (disabled {_day(one.disabled_at)})" if one.disabled_at else ""
        click.echo(f"{one.username} {one.role} sites: {', '.join(one.sites)}{agencies}{ended}")


@device.command("list")
@data_option
@config_option
def device_list(data: Path | None, config: Path | None) -> None:
    """Show the devices: kind, site, name, since when revoked. A token is never shown again."""
    for one in on_reader(told_by(config), data, accounts.all_devices):
        ended = f" (revoked {_day(one.revoked_at)})" if one.revoked_at else ""
        click.echo(f"{one.kind} {one.site} {one.name}{ended}")


def _day(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d}"
