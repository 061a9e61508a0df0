"""Rights: one table of role × act × scope, the law of every route, page, socket room and command.

An act that the table does not have cannot be declared, and a role without a cell of an act is refused it.
``tests/trust/security/matrix.txt`` says the same once more, route by route, and is compared with what the server does.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from .errors import Code, QueueError
from .roles import STAFF, Actor, Role


class Scope(StrEnum):
    """Where a role may do an act."""

    ANYWHERE = "no site is asked about"
    SITE = "at the account's or device's sites; what it is shown there stays within its agencies"
    AGENCY = "at its sites, and for its agencies alone"
    WHOLE = "at its sites, by an account without agencies: it concerns the whole site"


class Act(StrEnum):
    """All that is done or seen; every route, page and room names one."""

    PUBLIC = "what anybody may ask for"
    HOLD = "what a ticket's link opens"
    GIVE_UP = "give one's own number up"
    ESCORT = "ask for somebody who guides a visitor to the counter"
    ISSUE = "give a number"
    WORK = "have a counter open, and call there"
    OVERSEE = "close, hold, return and no-show at somebody else's counter"
    BY_NUMBER = "act on a number away from any counter; an officer on those that their own counter sent or would call"
    HELP = "act so on every number, without a counter"
    CHECK_IN = "let in who comes with the code of a booked place"
    BOOK = "book a place on the hall's own page"
    HOLD_BOOKING = "what the link of such a place opens: look at it, say that one will come, give it back"
    IMPORT_BOOKINGS = "read a list of booked places in"
    SEE_BOOKINGS = "look at who has booked for when, and who came; no name and no code is known"
    ENTER_OUTAGE = "enter what was written on paper while nothing worked, and print the sheet for it"
    FIND = "find a number of a day, and see what happened to it"
    LOWER_CLASS = "take priority from a visitor"
    RUN_DAY = "close, reopen, open and confirm a service day"
    INTERRUPT = "say that a service, an agency or a counter cannot work, and that it can again"
    INTERRUPT_ALL = "say so of the whole site"
    CONFIRM_INTERRUPTION = "stand for what an officer has said so, or not, and say since when it was"
    CARRY_OVER = "give up for the day: whoever waits has a place on the next one"
    SEE_INTERRUPTIONS = "look at the interruptions of past days"
    NOTIFY = "tell visitors something on the screens"
    NOTIFY_ALL = "tell it for the whole hall, or as urgent"
    SEE_NOTICES = "look at the notices that are over or to come, and by whom they are"
    KEEP_MEDIA = "say which pictures walls show while nobody is called"
    STEER = "set for today what a counter serves, and how many numbers a service gives"
    OWN = "look at one's own account, and change its password"
    MANAGE_ACCOUNTS = "add, change and disable accounts within one's own limits"
    SEE_ACCOUNTS = "look at the accounts within one's own limits"
    ASSIGN = "say who sits where: a day's roster, and who helps out at another agency's counters"
    SEE_ROSTER = "look at who sits where"
    CHANGE_STRUCTURE = "say what a hall is made of"
    SEE_STRUCTURE = "look at what a hall is made of, and was"
    KEEP_DEVICES = "see to a hall's kiosks and displays: how each is, and what is wanted of it"
    SEE_HEALTH = "read what the doctor says of server and machine"
    SEE_DESK = "look at a counter's desk, its officer's name with it"
    SEE_HALL = "look at a hall's counters, officers, waits and alarms"
    TAKE_ALARM = "take an alarm upon oneself"
    SEE_OVERVIEW = "look at a hall's figures, which name nobody"
    FOLLOW_HALL = "hear a hall's board live"
    SEE_AUDIT = "read who did what, when, where and why"
    SEE_REPORT = "read a day's figures, which name no officer"
    SET_TARGETS = "say what a hall sets itself, from which day on"
    SET_DISTRICTS = "write down how far the kecamatan are that visitors come from, and how many live there"
    COUNT_COMPLAINTS = "write down how many complaints came, and how far they are"
    SEE_COMPLAINTS = "read these counts"
    ANSWER = "take the answers of a visitor who stands there, by number and word"
    SEE_SURVEY = "read what visitors said of the service, which names nobody"
    KEEP_REGISTERS = "write down what is done about a survey, and where it was published"
    CLOSE_SURVEY = "freeze a quarter's figures"
    SEE_EVIDENCE = "take the evidence of how a hall is run away, in which nobody is named"
    SEE_PERIOD = "read a period's figures, which name no officer, and the numbers behind them"
    SEE_OWN_WORK = "read the figures of one's own work at the counters"
    SEE_OFFICERS = "read those of the officers of one's agencies, where there are enough visitors behind them"


def _each(scope: Scope, *roles: Role) -> Mapping[Role, Scope]:
    return dict.fromkeys(roles, scope)


_R, _AT_WORK = Role, (Role.OFFICER, Role.SUPERVISOR)
_OFFICE = (Role.ADMIN, Role.AUDITOR, Role.CONTENT)

RIGHTS: Mapping[Act, Mapping[Role, Scope]] = {
    Act.PUBLIC: _each(Scope.ANYWHERE, *Role),
    Act.HOLD: _each(Scope.SITE, _R.VISITOR),
    Act.GIVE_UP: _each(Scope.SITE, _R.VISITOR),
    Act.ESCORT: _each(Scope.AGENCY, *_AT_WORK, _R.FRONT_DESK),
    Act.ISSUE: {**_each(Scope.AGENCY, *_AT_WORK, _R.FRONT_DESK), **_each(Scope.SITE, _R.KIOSK)},
    Act.WORK: _each(Scope.AGENCY, *_AT_WORK),
    Act.OVERSEE: _each(Scope.AGENCY, _R.SUPERVISOR),
    Act.BY_NUMBER: _each(Scope.SITE, *_AT_WORK, _R.FRONT_DESK),
    Act.HELP: _each(Scope.AGENCY, _R.FRONT_DESK, _R.SUPERVISOR),
    Act.CHECK_IN: {**_each(Scope.AGENCY, _R.FRONT_DESK, _R.SUPERVISOR), **_each(Scope.SITE, _R.KIOSK)},
    **dict.fromkeys((Act.BOOK, Act.HOLD_BOOKING), _each(Scope.SITE, _R.VISITOR)),
    Act.IMPORT_BOOKINGS: _each(Scope.AGENCY, _R.FRONT_DESK, _R.SUPERVISOR, _R.SYSTEM),
    Act.SEE_BOOKINGS: _each(Scope.SITE, *_AT_WORK, _R.FRONT_DESK, _R.AUDITOR),
    Act.ENTER_OUTAGE: _each(Scope.AGENCY, _R.FRONT_DESK, _R.SUPERVISOR),
    Act.FIND: _each(Scope.SITE, *_AT_WORK, _R.FRONT_DESK, _R.AUDITOR),
    Act.LOWER_CLASS: _each(Scope.AGENCY, _R.SUPERVISOR),
    Act.RUN_DAY: _each(Scope.WHOLE, _R.SUPERVISOR, _R.SYSTEM),
    Act.INTERRUPT: _each(Scope.AGENCY, *_AT_WORK, _R.FRONT_DESK),
    Act.INTERRUPT_ALL: _each(Scope.WHOLE, _R.SUPERVISOR),
    Act.CONFIRM_INTERRUPTION: _each(Scope.AGENCY, _R.SUPERVISOR),
    Act.CARRY_OVER: _each(Scope.AGENCY, _R.SUPERVISOR),
    Act.SEE_INTERRUPTIONS: _each(Scope.SITE, *_AT_WORK, _R.FRONT_DESK, _R.ADMIN, _R.AUDITOR),
    Act.NOTIFY: _each(Scope.AGENCY, _R.SUPERVISOR, _R.CONTENT),
    Act.NOTIFY_ALL: _each(Scope.WHOLE, _R.SUPERVISOR, _R.CONTENT),
    Act.SEE_NOTICES: _each(Scope.SITE, _R.SUPERVISOR, _R.CONTENT, _R.AUDITOR),
    Act.KEEP_MEDIA: _each(Scope.WHOLE, _R.SUPERVISOR, _R.CONTENT),
    Act.STEER: _each(Scope.AGENCY, _R.SUPERVISOR),
    Act.OWN: _each(Scope.ANYWHERE, *STAFF),
    Act.MANAGE_ACCOUNTS: _each(Scope.ANYWHERE, _R.ADMIN, _R.SYSTEM),
    Act.SEE_ACCOUNTS: _each(Scope.ANYWHERE, _R.ADMIN, _R.AUDITOR),
    Act.ASSIGN: _each(Scope.AGENCY, _R.SUPERVISOR, _R.ADMIN),
    Act.SEE_ROSTER: _each(Scope.SITE, _R.SUPERVISOR, _R.ADMIN, _R.AUDITOR),
    Act.CHANGE_STRUCTURE: _each(Scope.WHOLE, _R.ADMIN, _R.SYSTEM),
    # Not leaders: a version says by whom it was saved, and why in their own words.
    Act.SEE_STRUCTURE: _each(Scope.SITE, *sorted(STAFF - {_R.LEADER})),
    Act.KEEP_DEVICES: _each(Scope.WHOLE, _R.SUPERVISOR, _R.ADMIN),
    Act.SEE_HEALTH: _each(Scope.ANYWHERE, _R.ADMIN),
    Act.SEE_DESK: _each(Scope.AGENCY, *_AT_WORK, _R.FRONT_DESK, *_OFFICE),
    Act.SEE_HALL: _each(Scope.SITE, _R.SUPERVISOR, _R.AUDITOR),
    Act.TAKE_ALARM: _each(Scope.SITE, _R.SUPERVISOR),
    # A display too: it names nobody, and a lobby's screen shall not sign in anew each morning.
    Act.SEE_OVERVIEW: _each(Scope.SITE, _R.SUPERVISOR, _R.LEADER, _R.ADMIN, _R.AUDITOR, _R.DISPLAY),
    Act.FOLLOW_HALL: _each(Scope.SITE, _R.SUPERVISOR, _R.LEADER, *_OFFICE),
    Act.SEE_AUDIT: _each(Scope.SITE, _R.SUPERVISOR, _R.ADMIN, _R.AUDITOR),
    Act.SEE_REPORT: _each(Scope.SITE, *STAFF),
    Act.SET_TARGETS: _each(Scope.WHOLE, _R.SUPERVISOR, _R.ADMIN),
    Act.SET_DISTRICTS: _each(Scope.WHOLE, _R.SUPERVISOR, _R.ADMIN),
    Act.COUNT_COMPLAINTS: _each(Scope.AGENCY, _R.SUPERVISOR, _R.FRONT_DESK, _R.ADMIN),
    Act.SEE_COMPLAINTS: _each(Scope.SITE, _R.SUPERVISOR, _R.FRONT_DESK, _R.LEADER, _R.ADMIN, _R.AUDITOR),
    Act.SEE_EVIDENCE: _each(Scope.WHOLE, _R.SUPERVISOR, _R.ADMIN, _R.AUDITOR),
    Act.SEE_PERIOD: _each(Scope.SITE, _R.SUPERVISOR, _R.LEADER, _R.ADMIN, _R.AUDITOR),
    Act.SEE_OWN_WORK: _each(Scope.SITE, *_AT_WORK),
    Act.SEE_OFFICERS: _each(Scope.SITE, _R.SUPERVISOR),
    Act.ANSWER: _each(Scope.SITE, _R.KIOSK, _R.DISPLAY, _R.FRONT_DESK),
    Act.SEE_SURVEY: _each(Scope.SITE, _R.SUPERVISOR, _R.LEADER, _R.ADMIN, _R.AUDITOR, _R.CONTENT),
    Act.KEEP_REGISTERS: _each(Scope.AGENCY, _R.SUPERVISOR, _R.CONTENT),
    Act.CLOSE_SURVEY: _each(Scope.WHOLE, _R.SUPERVISOR),
}

# What somebody may at the counters of an agency that they are lent to: no more than work there.
LENT = frozenset({Act.WORK, Act.ISSUE, Act.SEE_DESK})


def may(actor: Actor, act: Act, site: str | None = None, agency: str | None = None) -> bool:
    """Whether one of the actor's roles may do it there; without a site: anywhere at all."""
    row = RIGHTS[act]
    return any(_within(actor, act, row[role], site, agency) for role in actor.roles if role in row)


def require(actor: Actor, act: Act, site: str | None = None, agency: str | None = None) -> None:
    """Raises ``QueueError(forbidden)`` unless the actor ``may``."""
    if not may(actor, act, site, agency):
        raise QueueError(Code.FORBIDDEN)


def sees_health(actor: Actor, sites: Iterable[str]) -> bool:
    """Whether the actor may read the server's health, of which each reads what ``concerns`` them."""
    return may(actor, Act.SEE_HEALTH) and not actor.agencies and any(actor.at(site) for site in sites)


def concerns(actor: Actor, site: object) -> bool:
    """Whether a finding is for them: of their own sites, or (None) of the server and the machine under all of them."""
    return site is None or (isinstance(site, str) and actor.at(site))


def require_health(actor: Actor, sites: Iterable[str]) -> None:
    """Raises ``QueueError(forbidden)`` unless the actor ``sees_health``."""
    if not sees_health(actor, sites):
        raise QueueError(Code.FORBIDDEN)


def _within(actor: Actor, act: Act, scope: Scope, site: str | None, agency: str | None) -> bool:
    if site is None or scope is Scope.ANYWHERE:
        return True
    if not actor.at(site):
        return False
    if scope is Scope.WHOLE:
        return not actor.agencies
    if scope is Scope.SITE or agency is None or actor.for_agency(agency):
        return True
    return act in LENT and actor.is_lent(site, agency)


def only_lent(actor: Actor, site: str, agency: str) -> bool:
    """Whether what the actor may at the agency's counters hangs on a lending, which may have ended meanwhile."""
    return not actor.for_agency(agency) and actor.is_lent(site, agency)
