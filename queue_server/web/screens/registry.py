"""One row per screen: its name, its address, who may see it, its texts, its data, and what it hears live.

The routes of pages, the words and rooms of live connections and their metrics, the page of choices and what the
browser's ``live.js`` listens to come from these rows. A new screen is a row here and files of its own: the module with
its ``show``, a template, a script, a sheet, texts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response

from ...domain.rights import Act
from . import (
    accounts,
    audit,
    book,
    bookings,
    compare,
    complaints,
    counter_display,
    demand,
    desk,
    devices,
    front_desk,
    guide,
    health,
    home,
    how,
    ikm,
    kiosk,
    login,
    media,
    notices,
    officers,
    outage,
    overview,
    pair,
    performance,
    period,
    phone,
    privacy,
    replay,
    report,
    roster,
    setup,
    slip,
    structure,
    supervisor,
    survey,
    survey_results,
    targets,
    travel,
    wall,
)
from .offer import Offer
from .visit import Visit


@dataclass(frozen=True, slots=True)
class Live:
    """The live connection of a screen."""

    word: str  # by which it connects (``contract.md``)
    hears: tuple[str, ...]  # documents, each in the room of its own name
    source: str  # where the first of them is fetched when the connection is silent
    act: Act = Act.PUBLIC  # what it is to connect so (``domain/rights.py``)
    display: bool = False  # nobody touches it: it answers beats, and is missed when it falls silent


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen."""

    name: str
    path: str
    act: Act  # what it is to see it (``domain/rights.py``)
    template: str
    texts: tuple[str, ...]  # files of ``config/text``, beside ``common``
    show: Callable[[Visit], dict[str, Any]]  # what its template draws; ``data`` is for its script
    live: Live | None = None
    offer: Offer | None = None
    beside: Mapping[str, Callable[[Visit], Response]] = field(default_factory=dict)  # other files of it, by address


_BOARD = "/api/v1/sites/{site}/board"
_WALL = Live("wall", ("board",), _BOARD, display=True)
_KIOSK = Live("device", ("board",), _BOARD, display=True)
_DISPLAY = Live("counter", ("board",), _BOARD, display=True)
_DESK = Live("desk", ("desk",), "/api/v1/sites/{site}/counters/{counter}/desk", Act.SEE_DESK)
_SUPERVISOR = Live("supervisor", ("board",), _BOARD, Act.FOLLOW_HALL)
_OVERVIEW = Live("overview", ("board",), _BOARD, Act.SEE_OVERVIEW)
_PHONE = Live("phone", ("ticket", "queue"), "/api/v1/tickets/{token}", Act.HOLD)

SCREENS: tuple[Screen, ...] = (
    Screen("home", "/", Act.PUBLIC, "home.html", ("staff", "home"), home.show),
    Screen("setup", "/setup", Act.PUBLIC, "setup.html", ("staff", "setup"), setup.show),
    Screen("health", "/health", Act.SEE_HEALTH, "health.html", ("staff", "health"), health.show),
    Screen("pair", "/pair", Act.PUBLIC, "pair.html", ("pair",), pair.show),
    Screen("guide", "/help/<guide>", Act.PUBLIC, "guide.html", ("staff", "guide"), guide.show),
    Screen("guide_of_hall", "/<site>/help/<guide>", Act.PUBLIC, "guide.html", ("staff", "guide"), guide.show),
    Screen("login", "/login", Act.PUBLIC, "login.html", ("staff", "login"), login.show, _WALL),
    Screen(
        *("travel", "/<site>", Act.PUBLIC, "travel.html", ("errors", "published", "interruption", "notice", "travel")),
        *(travel.show,),
        offer=Offer("line", "travel_link"),
    ),
    Screen(
        *(
            "performance",
            "/<site>/performance",
            Act.PUBLIC,
            "performance.html",
            ("order", "notice", "performance"),
            performance.show,
        ),
        offer=Offer("line", "performance_link"),
        beside={"/<site>/performance.csv": performance.csv, "/<site>/weekly.txt": performance.weekly},
    ),
    Screen(
        *(
            "performance_board",
            "/<site>/board",
            Act.PUBLIC,
            "performance_board.html",
            ("performance", "performance_board"),
        ),
        *(performance.board,),
        offer=Offer("line", "board_link"),
    ),
    Screen(
        *("how", "/<site>/how", Act.PUBLIC, "how.html", ("order", "how"), how.show),
        offer=Offer("line", "how_link"),
    ),
    Screen(
        *("privacy", "/<site>/privacy", Act.PUBLIC, "privacy.html", ("privacy",), privacy.show),
        offer=Offer("line", "privacy_public"),
    ),
    Screen(
        *(
            "kiosk",
            "/<site>/kiosk",
            Act.PUBLIC,
            "kiosk.html",
            ("errors", "device", "order", "how", "published", "interruption", "notice", "origin", "kiosk"),
        ),
        *(kiosk.show, _KIOSK),
        offer=Offer("card", "kiosk", "kiosk_note", "ticket"),
    ),
    Screen(
        *(
            "wall",
            "/<site>/wall",
            Act.PUBLIC,
            "wall.html",
            ("wall", "device", "interruption", "notice"),
            wall.show,
            _WALL,
        ),
        offer=Offer("card", "wall", "wall_note", "tv", in_language=False, ways=wall.ways),
        beside={
            "/<site>/wall/pictures/<picture>.jpg": wall.picture,
            "/<site>/wall/videos/<picture>.webm": wall.video,
        },
    ),
    Screen(
        *(
            "supervisor",
            "/<site>/supervisor",
            Act.SEE_HALL,
            "supervisor.html",
            ("staff", "moving", "interruption", "interrupting", "reasons", "supervisor"),
        ),
        *(supervisor.show, _SUPERVISOR),
        offer=Offer("card", "supervisor_page", "supervisor_note", "users"),
    ),
    Screen(
        *("overview", "/<site>/live", Act.SEE_OVERVIEW, "overview.html", ("staff", "overview")),
        *(overview.show, _OVERVIEW),
        offer=Offer("card", "overview_page", "overview_note", "monitor"),
    ),
    Screen(
        *(
            "report",
            "/<site>/report",
            Act.SEE_REPORT,
            "report.html",
            ("staff", "interruption", "interrupting", "reasons", "report"),
            report.show,
        ),
        offer=Offer("card", "report_today", "report_note", "file-text"),
        beside={"/<site>/report.csv": report.csv},
    ),
    Screen(
        *("audit", "/<site>/audit", Act.SEE_AUDIT, "audit.html", ("staff", "reasons", "audit"), audit.show),
        offer=Offer("card", "audit_page", "audit_note", "scroll"),
    ),
    Screen(
        *("period", "/<site>/report/period", Act.SEE_PERIOD, "period.html", ("staff", "measures", "period")),
        *(period.show, None),
        offer=Offer("card", "period_page", "period_note", "file-text"),
    ),
    Screen(
        *("officers", "/<site>/report/officers", Act.SEE_OWN_WORK, "officers.html", ("staff", "measures", "period")),
        *(officers.show, None),
        offer=Offer("card", "officers_page", "officers_note", "users"),
    ),
    Screen(
        *("period_numbers", "/<site>/report/numbers", Act.SEE_PERIOD, "period_numbers.html"),
        *(("staff", "measures", "period"), period.show_numbers),
    ),
    Screen(
        *("demand", "/<site>/report/demand", Act.SEE_PERIOD, "demand.html", ("staff", "demand"), demand.show, None),
        offer=Offer("card", "demand_page", "demand_note", "map-pin"),
    ),
    Screen(
        *("compare", "/reports/compare", Act.SEE_PERIOD, "compare.html", ("staff", "measures", "period", "compare")),
        *(compare.show,),
    ),
    Screen(
        *("targets", "/<site>/report/targets", Act.SEE_PERIOD, "targets.html", ("staff", "measures", "targets")),
        *(targets.show,),
    ),
    Screen(
        *("complaints", "/<site>/complaints", Act.SEE_COMPLAINTS, "complaints.html", ("staff", "complaints")),
        *(complaints.show, None),
        offer=Offer("card", "complaints_page", "complaints_note", "clipboard-list"),
    ),
    Screen(
        *(
            "replay",
            "/<site>/replay",
            Act.SEE_HALL,
            "replay.html",
            ("staff", "reasons", "audit", "replay"),
            replay.show,
        ),
        offer=Offer("card", "replay_page", "replay_note", "clock"),
    ),
    Screen(
        *(
            "front_desk",
            "/<site>/front-desk",
            Act.HELP,
            "front_desk.html",
            ("staff", "order", "interruption", "interrupting", "reasons", "front_desk"),
        ),
        *(front_desk.show,),
        offer=Offer("card", "front_desk_page", "front_desk_note", "ticket"),
    ),
    Screen(
        *("bookings", "/<site>/bookings", Act.SEE_BOOKINGS, "bookings.html", ("staff", "bookings"), bookings.show),
        offer=Offer("card", "bookings_page", "bookings_note", "calendar"),
    ),
    Screen(
        *("book", "/<site>/book", Act.PUBLIC, "book.html", ("book",), book.show),
        offer=Offer("line", "book_link", where=book.offers),
    ),
    Screen(
        *("own_booking", "/b/<token>", Act.HOLD_BOOKING, "own_booking.html", ("own_booking",), book.show_own),
        beside={"/b/<token>/qr.svg": book.qr},
    ),
    Screen(
        *("outage", "/<site>/outage", Act.ENTER_OUTAGE, "outage.html", ("staff", "outage"), outage.show),
        offer=Offer("card", "outage_page", "outage_note", "file-text"),
    ),
    Screen(
        *("outage_sheet", "/<site>/outage-sheet", Act.ENTER_OUTAGE, "outage_sheet.html", ("outage",)),
        *(outage.show_sheet,),
    ),
    Screen(
        *("roster", "/<site>/roster", Act.SEE_ROSTER, "roster.html", ("staff", "roster"), roster.show),
        offer=Offer("card", "roster_page", "roster_note", "users"),
    ),
    Screen(
        *("notices", "/<site>/notices", Act.SEE_NOTICES, "notices.html", ("staff", "notice", "notices"), notices.show),
        offer=Offer("card", "notices_page", "notices_note", "info"),
    ),
    Screen(
        *("media", "/<site>/media", Act.KEEP_MEDIA, "media.html", ("staff", "media"), media.show),
        offer=Offer("card", "media_page", "media_note", "tv"),
    ),
    Screen(
        *("devices", "/<site>/devices", Act.KEEP_DEVICES, "devices.html", ("staff", "devices"), devices.show),
        offer=Offer("card", "devices_page", "devices_note", "monitor"),
    ),
    Screen(
        *("structure", "/<site>/structure", Act.CHANGE_STRUCTURE, "structure.html", ("staff", "structure")),
        *(structure.show, None),
        offer=Offer("card", "structure_page", "structure_note", "clipboard-list"),
    ),
    Screen(
        *(
            "desk",
            "/<site>/counters/<counter>",
            Act.SEE_DESK,
            "desk.html",
            ("errors", "desk", "moving", "interruption", "interrupting", "reasons"),
        ),
        *(desk.show, _DESK),
        offer=Offer("counter", "officer_page"),
    ),
    Screen(
        *("counter_display", "/<site>/counters/<counter>/display", Act.PUBLIC, "counter_display.html"),
        *(("counter_display", "device", "interruption", "notice"), counter_display.show, _DISPLAY),
        offer=Offer("counter", "counter_display", in_language=False),
    ),
    Screen(
        *(
            "phone",
            "/t/<token>",
            Act.HOLD,
            "phone.html",
            ("errors", "order", "published", "interruption", "notice", "origin", "phone"),
        ),
        *(phone.show, _PHONE),
        beside={"/t/<token>/qr.svg": phone.qr},
    ),
    Screen(
        *("survey_own", "/t/<token>/survey", Act.HOLD, "survey.html", ("errors", "survey"), survey.show_own),
    ),
    Screen(
        *("survey", "/<site>/survey", Act.PUBLIC, "survey.html", ("errors", "survey"), survey.show),
        offer=Offer("card", "survey_page", "survey_note", "clipboard-list"),
    ),
    Screen(
        *("survey_results", "/<site>/survey/results", Act.SEE_SURVEY, "survey_results.html"),
        *(("staff", "ikm", "survey_results"), survey_results.show, None),
        offer=Offer("card", "results_page", "results_note", "file-text"),
    ),
    Screen(
        *("ikm", "/<site>/ikm", Act.PUBLIC, "ikm.html", ("survey", "ikm"), ikm.show),
        offer=Offer("line", "ikm_link"),
        beside={"/<site>/ikm.csv": ikm.table},
    ),
    Screen("me", "/me", Act.OWN, "me.html", ("staff", "accounts"), accounts.show_me),
    Screen("accounts", "/accounts", Act.SEE_ACCOUNTS, "accounts.html", ("staff", "accounts"), accounts.show),
    Screen(
        *("account", "/accounts/<id>", Act.MANAGE_ACCOUNTS, "account.html", ("staff", "accounts"), accounts.show_one),
    ),
    Screen("own_data", "/t/<token>/data", Act.HOLD, "own_data.html", ("privacy", "own_data"), privacy.show_own),
    Screen("slip", "/t/<token>/slip", Act.HOLD, "slip.html", ("order", "slip"), slip.show),
)

# By the word of the connection. Pages that look at a hall as a wall does connect as one; the wall itself comes last.
LIVE: dict[str, Screen] = {screen.live.word: screen for screen in SCREENS if screen.live}

# Each with its address, as the page of choices offers them.
OFFERS: tuple[tuple[str, Offer], ...] = tuple((screen.path, screen.offer) for screen in SCREENS if screen.offer)
