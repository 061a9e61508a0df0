"""The screens: thin shells with their data; everything after that comes by API and socket."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from ...domain.roles import OVERSEES, SITS, WORKS, Actor, Role, in_order, require
from ...house import house
from ...printing.qr import qr_svg
from ...printing.slip import make_slip
from ...queries.board import at_counter
from ...queries.calls import clips_of, recent
from ...queries.desk import desk, mine
from ...queries.hall import hall
from ...queries.ticket import current, ticket
from ...reports.measures import today
from ...store.accounts import Account
from ..http.auth import device, signed_in
from ..http.page_data import page_data
from .performance import performance_file, performance_page

bp = Blueprint("pages", __name__)

_PLAIN_CALLS = 7  # that stand in a wall's page before its scripts run


def _page(template: str, *sections: str, **data: Any) -> str:
    return render_template(template, data=page_data(*sections, **data))


@bp.get("/")
def home() -> str:
    """Choose a screen."""
    at, account = house(), signed_in(house())
    sites = [
        {
            "id": s.id,
            "name": s.name,
            "short_name": s.short_name,
            "zones": list(s.wall.zones),
            "counters": [
                {"id": c.id, "name": c.name, "agency": c.agency, "agency_name": s.agencies[c.agency].short_name}
                for c in s.counters.values()
            ],
        }
        for s in at.settings.sites.values()
    ]
    return _page("home.html", "staff", sites=sites, account=_public(account), demo_accounts=list(at.demo_accounts))


def _public(account: Account | None) -> dict[str, Any] | None:
    if account is None:
        return None
    # Those of the configuration: a site whose file is gone must not keep its people out of the others.
    sites = [site for site in house().settings.sites if account.actor.at(site)]
    lists = {"sites": sites, "agencies": list(account.agencies)}
    return {"id": account.id, "username": account.username, "name": account.name, **_rights(account.actor), **lists}


def _rights(actor: Actor) -> dict[str, Any]:
    """What an account is, and what its pages may offer: its roles are weighed here, never in a browser."""
    picks = [name for name, roles in (("halls", OVERSEES), ("counters", SITS)) if actor.has(roles)]
    return {"roles": in_order(actor.roles), "works": actor.has(WORKS), "oversees": actor.has(OVERSEES), "picks": picks}


@bp.get("/login")
def login() -> str:
    """Sign in."""
    wanted = request.args.get("next", "")
    local = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return _page("login.html", "staff", next=wanted if local else None, account=_public(signed_in(house())))


@bp.get("/<site>/kiosk")
def kiosk(site: str) -> str:
    """Where visitors take a number."""
    at = house()
    at.site(site)
    actor = device(at)
    enrolled = actor is not None and actor.has({Role.KIOSK}) and actor.at(site)
    return _page("kiosk.html", "errors", "kiosk", site=site, enrolled=enrolled)


@bp.get("/<site>/wall")
def wall(site: str) -> str:
    """The wall display, of all zones or one."""
    zone, told = request.args.get("zone"), house().site(site)
    if zone is not None and zone not in told.wall.zones:
        house().refuse_unknown()
    device(house())  # which renews its cookie
    clips = clips_of(told) if request.args.get("voice") == "1" else None
    calls = house().read(site, recent)
    shown = [_shown(one) for one in calls if zone is None or told.counters[one["counter"]].zone == zone][:_PLAIN_CALLS]
    return _page("wall.html", "wall", site=site, zone=zone, voice=clips is not None, clips=clips, shown=shown)


def _shown(call: dict[str, Any]) -> dict[str, str]:
    """A call in the page itself, for browsers whose scripts have not begun or never will."""
    return {"number": call["number"], **_tile(call["counter_name"])}


def _tile(name: str) -> dict[str, str]:
    """``Loket 2`` as word and place; a counter called otherwise is all place (``placeName`` of the displays)."""
    word, _, place = name.partition(" ")
    return {"word": word, "place": place} if place and word.lower() == "loket" else {"word": "", "place": name}


@bp.get("/<site>/counters/<counter>/display")
def counter_display(site: str, counter: str) -> str:
    """The small screen above a counter."""
    place = house().site(site).counters.get(counter)
    if place is None:
        house().refuse_unknown()
    device(house())  # as above
    number, state = house().read(site, lambda view: at_counter(view, counter))
    here = {"number": number, "state": state, **_tile(place.name)}
    return render_template("display_ui/counter.html", data=page_data("display", site=site, counter=counter, here=here))


@bp.get("/<site>/counters/<counter>")
def counter(site: str, counter: str) -> AnyResponse | str:
    """The officer's page."""
    at = house()
    place = at.site(site).counters.get(counter)
    if place is None:
        at.refuse_unknown()
    account = signed_in(at)
    if account is None:
        return _to_login()
    require(account.actor, site, place.agency)
    here, my_day = at.read(site, lambda view: (desk(view, counter, account.id), mine(view, account.id)))
    own = {"officer": _public(account), "mine": my_day}  # the desk's figures are those of whoever has it open
    return render_template(
        "counter.html", data=page_data("errors", "desk", "moving", site=site, counter=counter, desk=here, **own)
    )


def _to_login() -> AnyResponse:
    return redirect(f"/login?next={request.path}")


def _staff_of(site: str) -> Account | None:
    """Who is signed in; None: nobody. Raises ``not_found`` for an unknown site, ``forbidden`` for somebody else's."""
    house().site(site)
    account = signed_in(house())
    if account is not None:
        require(account.actor, site)
    return account


@bp.get("/<site>/supervisor")
def supervisor(site: str) -> AnyResponse | str:
    """The whole hall, live."""
    at, account = house(), _staff_of(site)
    if account is None:
        return _to_login()
    if not account.actor.has(OVERSEES):
        at.refuse_forbidden()
    now = at.read(site, lambda view: hall(view, account.actor.agencies, at.seen.of(site)))
    return _page("supervisor.html", "staff", "moving", "supervisor", site=site, hall=now, account=_public(account))


@bp.get("/<site>/report")
def report(site: str) -> AnyResponse | str:
    """Today's figures, per service and counter."""
    at, account = house(), _staff_of(site)
    if account is None:
        return _to_login()
    figures = at.read(site, lambda view: today(view, account.actor.agencies))
    return _page("report.html", "staff", site=site, report=figures, account=_public(account))


@bp.get("/<site>/performance")
def performance(site: str) -> str:
    """How the hall performs, for everybody."""
    return performance_page(site)


@bp.get("/<site>/performance.csv")
def performance_csv(site: str) -> Response:
    """The same figures as open data."""
    return performance_file(site)


@bp.get("/t/<token>")
def phone(token: str) -> str:
    """The visitor's own ticket."""
    document, own = _ticket(token)
    counter = house().site(document["site"]).counters.get(document["counter"])
    told = {"token": token, "ticket": document, "place": counter.name if counter else document["counter"]}
    data = page_data("errors", "order", "ticket", site=document["site"], own=own, **told)
    return render_template("ticket.html", data=data)


@bp.get("/t/<token>/slip")
def slip(token: str) -> str:
    """The ticket on paper, 58 or 80 mm wide."""
    document, own = _ticket(token)
    width = 58 if request.args.get("width") == "58" else 80
    data = page_data("order", "slip", site=document["site"], own=own, token=token, ticket=document, width=width)
    lines = make_slip(document, data["site"], data["texts"][data["lang"]], data["lang"])
    return render_template("slip.html", data=data, slip=lines)


@bp.get("/t/<token>/qr.svg")
def qr(token: str) -> Response:
    """The ticket's link as a QR code."""
    return Response(qr_svg(_ticket(token)[0]["url"]), mimetype="image/svg+xml")


def _ticket(token: str) -> tuple[dict[str, Any], str | None]:
    """The ticket as its holder may see it, and the language in which it was taken."""
    at = house()
    found = at.ticket_of(token)
    if found is None:
        at.refuse_unknown()
    return at.with_token(at.read(found.site, lambda view: ticket(view, current(view, found)))), found.language
