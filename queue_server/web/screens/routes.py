"""The routes of all screens: who may see one is asked here, in one place, before anything of it is made."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ...domain.rights import Act, may, require
from ...domain.roles import Actor
from ...house import House, current_house
from ..http.auth import device, signed_in
from .guide import guide_of
from .page_data import page_language
from .registry import OFFERS, SCREENS, Screen
from .visit import Visit

bp = Blueprint("screens", __name__)


def _page(screen: Screen) -> Callable[[Visit], str]:
    def page(visit: Visit) -> str:
        drawn = screen.show(visit)
        return render_template(screen.template, guide=guide_of(screen.name, drawn["data"].get("account")), **drawn)

    return page


def _route(screen: Screen, show: Callable[[Visit], Any]) -> Callable[..., ResponseReturnValue]:
    def view(**where: str) -> ResponseReturnValue:
        house = current_house()
        if screen.name != "setup" and house.begins:
            return redirect(f"/setup?lang={page_language()}")
        if screen.act is Act.HOLD:
            found = house.ticket_of(where["token"])
            if found is None:
                house.refuse_unknown()
            return show(Visit(house, screen.texts, OFFERS, where, None, found))
        if screen.act is Act.HOLD_BOOKING:
            booked = house.booking_of(where["token"])
            if booked is None:
                house.refuse_unknown()
            return show(Visit(house, screen.texts, OFFERS, where, None, None, booked))
        agency = _agency(house, **where) if "site" in where else None
        account = signed_in(house) if screen.act is not Act.PUBLIC else None
        if screen.act is not Act.PUBLIC:
            actor = account.actor if account is not None else _screen_of(house, screen, where.get("site"))
            if actor is None:
                return redirect(f"/login?next={request.path}")
            require(actor, screen.act, where.get("site"), agency)
        return show(Visit(house, screen.texts, OFFERS, where, account, None))

    return view


def _screen_of(house: House, screen: Screen, site: str | None) -> Actor | None:
    """The enrolled display that opens a page which such a one may see without anybody signed in."""
    found = device(house)
    return found if found is not None and may(found, screen.act, site) else None


def _agency(house: House, site: str, counter: str | None = None, **_: str) -> str | None:
    """The counter that the address names, if any. Raises ``not_found`` for what there is not."""
    known = house.site(site)
    if counter is None:
        return None
    found = known.counters.get(counter)
    return found.agency if found is not None else house.refuse_unknown()


for _screen in SCREENS:
    bp.add_url_rule(_screen.path, _screen.name, _route(_screen, _page(_screen)))
    for _path, _file in _screen.beside.items():
        bp.add_url_rule(_path, f"{_screen.name}:{_path.rpartition('/')[2]}".replace(".", "_"), _route(_screen, _file))
