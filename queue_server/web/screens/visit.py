"""Somebody opens a screen: who it is, what the address names, and what every page is handed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...documents.roster import Sitting
from ...domain.bookings import Booking
from ...domain.fold import Ticket
from ...domain.rights import Act, may
from ...domain.roles import SITS, Actor, Role, in_order
from ...house import House
from ...queries.accounts import lent_to
from ...queries.roster import sittings
from ...queries.ticket import current, ticket
from ...store.accounts import Account
from .offer import Offer
from .page_data import page_data


@dataclass(frozen=True, slots=True)
class Visit:
    """One opening of a screen by somebody who may see it."""

    house: House
    texts: tuple[str, ...]  # the screen's files of ``config/text``, beside ``common``
    offers: tuple[tuple[str, Offer], ...]  # (address, how it is offered) of all screens that may be chosen
    where: Mapping[str, str]  # what the address names: site, counter, token
    account: Account | None  # who is signed in, if the screen is the staff's
    ticket: Ticket | None  # whose link it is
    booking: Booking | None = None  # whose link it is, of a booked place

    @property
    def site(self) -> str:
        """The site that the address names."""
        return self.where["site"]

    def data(self, **more: Any) -> dict[str, Any]:
        """The page's data block; a ticket's page is at its site and in the language in which it was taken."""
        if self.ticket is not None:
            more = {"site": self.ticket.site, "own": self.ticket.language, "token": self.where["token"]} | more
        return page_data(*self.texts, **dict(self.where) | more)

    def ticket_document(self) -> dict[str, Any]:
        """The ticket as its holder may see it."""
        found, house = self.ticket, self.house
        return house.with_token(house.read(found.site, lambda view: ticket(view, current(view, found))))

    def sits(self, account: Account) -> list[Sitting]:
        """Where the account sits today, by the rosters."""
        house = self.house
        return sittings(house.reader, account.id, house.settings.sites.values(), house.clock())

    def of_account(self, account: Account | None) -> dict[str, Any] | None:
        """What a page is told of who is signed in."""
        if account is None:
            return None
        # Those of the configuration: a site whose file is gone must not keep its people out of the others.
        sites = [site for site in self.house.settings.sites if account.actor.at(site)]
        who = {"id": account.id, "username": account.username, "name": account.name}
        runs_day = any(may(account.actor, Act.RUN_DAY, site) for site in sites)
        return {
            **who,
            **_rights(account.actor),
            "runs_day": runs_day,
            "sites": sites,
            "agencies": list(account.agencies),
            "lent": lent_to(account.lent),
        }


def _rights(actor: Actor) -> dict[str, Any]:
    """What an account is, and what its pages may offer: its roles are weighed here, never in a browser."""
    oversees = may(actor, Act.OVERSEE)
    offered = (("halls", oversees), ("counters", actor.has(SITS)), ("front_desks", actor.has(Role.FRONT_DESK.only)))
    picks = [name for name, has in offered if has]
    rights = {"works": may(actor, Act.WORK), "oversees": oversees, "manages": may(actor, Act.MANAGE_ACCOUNTS)}
    return {
        "roles": in_order(actor.roles),
        **rights,
        "sees_accounts": may(actor, Act.SEE_ACCOUNTS),
        "picks": picks,
    }
