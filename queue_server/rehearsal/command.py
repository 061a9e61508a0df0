"""``queue-server simulate``: hires its people on the server's data, rehearses, and lets them go."""

import secrets
from collections.abc import Callable
from typing import Any

import click
from argon2 import PasswordHasher

from ..commands import admin
from ..domain.roles import Role
from ..settings import Settings
from ..store.accounts import Account
from ..store.ids import new_id, new_token
from ..store.structure import site_row
from .caller import Caller, Refused
from .run import Staff, new_password, rehearse

Act = Callable[[Callable[[Any], Any]], None]  # carries a server-wide command out on the server's data


def simulate(
    settings: Settings, site: str, url: str, act: Act, *, count: int, speed: float, seed: int, allowed: bool
) -> None:
    """Rehearse a day and print the report. Raises ClickException if it may not, cannot, or does not reconcile."""
    there = _site_of(url, site)
    if there["epoch"] != _epoch_of(site, act):
        raise click.ClickException(f"the server at {url} works on another data folder: --data names its own")
    if not (there["demo"] or allowed):
        raise click.ClickException(
            "this server is not a demo: the rehearsal's tickets would stand in its real figures. "
            "--into-real-figures allows it."
        )
    name = f"rehearsal-{secrets.token_hex(3)}"
    staff = _hire(settings, site, act, name)
    try:
        with click.progressbar(length=count, label=f"{count} visitors, seed {seed}") as bar:
            report, lines = rehearse(
                url, site, staff, count=count, speed=speed, seed=seed, arrived=lambda: bar.update(1)
            )
    finally:
        _let_go(site, staff, act, name)
    click.echo("\n".join(lines))
    if report.faults:
        raise click.exceptions.Exit(1)


def _site_of(url: str, site: str) -> dict[str, Any]:
    """The site as the running server tells it. Raises ClickException if there is no such server or site."""
    try:
        return Caller(url).get(f"/sites/{site}", tries=2)
    except ConnectionError:
        raise click.ClickException(f"no server answers at {url}; --url names the running one") from None
    except Refused as no:
        raise click.ClickException(f"the server at {url} does not know the site {site!r} ({no.code})") from None


def _epoch_of(site: str, act: Act) -> int | None:
    """Which history the data folder holds: its people would be unknown at a server with another one."""
    found: list[Any] = []
    act(lambda tx: found.append(site_row(tx.conn, site)))
    return found[0].epoch if found[0] else None


def _hire(settings: Settings, site: str, act: Act, name: str) -> Staff:
    hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)  # random, and gone in an hour
    kiosk = new_token()
    act(lambda tx: admin.add_device(tx, name, Role.KIOSK, site, kiosk))

    def hire(post: str, role: Role) -> tuple[str, str]:
        username, password = f"{name}-{post}", new_password()
        account = Account(new_id(), username, "Rehearsal", role.only, hasher.hash(password), (site,), ())
        act(lambda tx: admin.add_account(tx, account))
        return username, password

    officers = {counter: hire(counter, Role.OFFICER) for counter in settings.sites[site].counters}
    supervisor, front_desk = hire("supervisor", Role.SUPERVISOR), hire("front-desk", Role.FRONT_DESK)
    return Staff(kiosk, supervisor, front_desk, officers, hire("relief", Role.OFFICER))


def _let_go(site: str, staff: Staff, act: Act, name: str) -> None:
    for username, _ in (staff.supervisor, staff.front_desk, staff.relief, *staff.officers.values()):
        act(lambda tx, username=username: admin.disable_account(tx, username))
    act(lambda tx: admin.revoke_device(tx, site, name))
