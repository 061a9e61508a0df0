"""What can be done, once: every verb and one row of rules about each, which commands read and the desk document tells.

A ticket's life is the table of ``contract.md``: in which states a verb may take a ticket, and which kind of event that
records (``events.py`` says where it leads). ``RULES[verb].leads`` is that table; whatever is not in it is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from .errors import Code, QueueError
from .events import Kind
from .fold import CounterState, Ticket
from .rights import RIGHTS, Act, may, require
from .roles import Actor, Role
from .ticket import AT_COUNTER, State, may_come_back


class Verb(StrEnum):
    """The word in the API's paths and in a document's ``can``."""

    ISSUE = "issue"
    ENTER_OUTAGE = "enter-outage"
    IMPORT_BOOKINGS = "import-bookings"
    CHECK_IN = "check-in"
    GIVE_UP = "give-up"  # the visitor's own cancel
    OPEN = "open"
    CLOSE = "close"
    TAKE_OVER = "take-over"
    HELP = "help"
    BREAK = "break"
    RESUME = "resume"
    CALL_NEXT = "call-next"
    CALL = "call"
    WALK_IN = "walk-in"  # who stands at the counter without a number is given one, and served
    RECALL = "recall"
    SERVE = "serve"
    FINISH = "finish"
    NO_SHOW = "no-show"
    HOLD = "hold"
    RETURN = "return"
    TRANSFER = "transfer"
    MOVE = "move"  # a transfer by number: who waits for the wrong service
    RECLASS = "reclass"
    REGROUP = "people"  # say how many came with the number
    ESCORT = "escort"  # ask for somebody who guides to the counter, or need nobody after all
    REPRINT = "reprint"
    UNDO = "undo"
    CANCEL = "cancel"
    CLOSE_DAY = "close-day"
    CARRY_OVER = "carry-over"  # give up for the day
    GIVE_PLACE_UP = "give-place-up"  # a kept one, before its day
    REOPEN_DAY = "reopen-day"
    OPEN_DAY = "open-day"
    CONFIRM_DAY = "confirm-day"
    INTERRUPT = "interrupt"
    END_INTERRUPTION = "end-interruption"
    CONFIRM_INTERRUPTION = "confirm-interruption"
    REJECT_INTERRUPTION = "reject-interruption"
    SAVE_STRUCTURE = "save-structure"
    WITHDRAW_STRUCTURE = "withdraw-structure"


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for a verb.

    ``act``: the row of ``rights.RIGHTS`` that says who may, and where. ``kind``: what is recorded where no ticket
    is meant. ``leads``: the ticket's state -> what is recorded. ``seated``: done by whoever has the counter open;
    ``overseen``: also by whoever oversees, with a reason. ``reason``: never without one. ``needs_free``: not while
    somebody is called or served there. ``at_rest``: also while the counter is on a break. ``by_number``: a ticket that
    is not at the counter is named by its number.
    """

    act: Act
    kind: Kind | None = None
    leads: Mapping[State, Kind] = field(default_factory=dict)
    seated: bool = False
    overseen: bool = False
    reason: bool = False
    needs_free: bool = False
    at_rest: bool = False
    by_number: bool = False

    @property
    def who(self) -> frozenset[Role]:
        """The roles that may at all."""
        return frozenset(RIGHTS[self.act])


_S = State


def _from(*states: State, kind: Kind) -> Mapping[State, Kind]:
    return dict.fromkeys(states, kind)


def _seated(leads: Mapping[State, Kind], **more: Any) -> Rule:
    return Rule(Act.WORK, leads=leads, seated=True, **more)


RULES: dict[Verb, Rule] = {
    Verb.ISSUE: Rule(Act.ISSUE, Kind.ISSUED),
    Verb.ENTER_OUTAGE: Rule(Act.ENTER_OUTAGE, Kind.OUTAGE_ENTERED),
    Verb.IMPORT_BOOKINGS: Rule(Act.IMPORT_BOOKINGS, Kind.BOOKINGS_IMPORTED),
    Verb.CHECK_IN: Rule(Act.CHECK_IN, Kind.ISSUED),
    Verb.GIVE_UP: Rule(Act.GIVE_UP, leads=_from(_S.WAITING, _S.HELD, kind=Kind.CANCELLED)),
    Verb.OPEN: Rule(Act.WORK, Kind.COUNTER_OPENED),
    Verb.CLOSE: _seated({}, kind=Kind.COUNTER_CLOSED, overseen=True, needs_free=True, at_rest=True),
    # Of what another officer has open, with whoever is there (``require_take_over``).
    Verb.TAKE_OVER: Rule(Act.WORK, Kind.TAKEN_OVER, leads=_from(_S.CALLED, _S.SERVING, kind=Kind.TAKEN_OVER)),
    Verb.HELP: _seated({}, kind=Kind.HELP_ASKED, at_rest=True),
    Verb.BREAK: _seated({}, kind=Kind.BREAK_BEGUN, needs_free=True, at_rest=True),
    Verb.RESUME: _seated({}, kind=Kind.BREAK_ENDED, needs_free=True, at_rest=True),
    Verb.CALL_NEXT: _seated(_from(_S.WAITING, kind=Kind.CALLED), needs_free=True),
    Verb.CALL: _seated(
        _from(_S.WAITING, _S.HELD, _S.NO_SHOW, kind=Kind.CALLED), reason=True, needs_free=True, by_number=True
    ),
    Verb.WALK_IN: _seated({}, kind=Kind.ISSUED, needs_free=True),
    Verb.RECALL: _seated(_from(_S.CALLED, kind=Kind.RECALLED)),
    Verb.SERVE: _seated(_from(_S.CALLED, kind=Kind.SERVED)),
    Verb.FINISH: _seated(_from(_S.SERVING, kind=Kind.FINISHED)),
    Verb.NO_SHOW: _seated(_from(_S.CALLED, kind=Kind.NO_SHOW), overseen=True),
    Verb.HOLD: _seated(_from(_S.CALLED, _S.SERVING, kind=Kind.HELD), overseen=True),
    Verb.RETURN: _seated(_from(_S.CALLED, _S.HELD, _S.NO_SHOW, kind=Kind.RETURNED), overseen=True, by_number=True),
    Verb.TRANSFER: _seated(_from(_S.CALLED, _S.SERVING, kind=Kind.TRANSFERRED)),
    Verb.MOVE: _seated(_from(_S.WAITING, kind=Kind.TRANSFERRED)),
    Verb.RECLASS: _seated(
        _from(_S.CALLED, _S.SERVING, _S.WAITING, _S.HELD, kind=Kind.RECLASSED), reason=True, by_number=True
    ),
    Verb.REGROUP: Rule(Act.HELP, leads=_from(_S.WAITING, _S.CALLED, _S.SERVING, _S.HELD, kind=Kind.REGROUPED)),
    Verb.ESCORT: Rule(Act.ESCORT, leads=_from(_S.WAITING, _S.CALLED, _S.HELD, kind=Kind.CONFIDED)),
    # Of a visit that is over only the list of the papers that it ended for, and of one that ended only the place that
    # its holder has on another day (``require_slip``).
    Verb.REPRINT: Rule(
        Act.HELP,
        leads=_from(_S.WAITING, _S.CALLED, _S.SERVING, _S.HELD, _S.COMPLETED, _S.EXPIRED, kind=Kind.REPRINTED),
    ),
    # The last call is taken back; of a visitor whom the counter has just sent on, the transfer is.
    Verb.UNDO: _seated({_S.CALLED: Kind.UNDONE, _S.WAITING: Kind.TRANSFER_UNDONE}),
    Verb.CANCEL: _seated(_from(_S.WAITING, _S.HELD, _S.CALLED, kind=Kind.CANCELLED), reason=True, by_number=True),
    Verb.CLOSE_DAY: Rule(
        Act.RUN_DAY,
        Kind.DAY_CLOSED,
        leads={
            **_from(_S.WAITING, _S.HELD, kind=Kind.EXPIRED),
            _S.CALLED: Kind.NO_SHOW,
            _S.SERVING: Kind.FINISHED,
        },
    ),
    Verb.CARRY_OVER: Rule(
        Act.CARRY_OVER, Kind.CARRIED_OVER, leads=_from(_S.WAITING, _S.HELD, kind=Kind.EXPIRED), reason=True
    ),
    Verb.GIVE_PLACE_UP: Rule(Act.HELP, leads=_from(_S.EXPIRED, kind=Kind.PLACE_GIVEN_UP), reason=True),
    Verb.REOPEN_DAY: Rule(Act.RUN_DAY, Kind.DAY_REOPENED),
    Verb.OPEN_DAY: Rule(Act.RUN_DAY, Kind.NUMBERS_OPENED, reason=True),
    Verb.CONFIRM_DAY: Rule(Act.RUN_DAY, Kind.DAY_CONFIRMED),
    Verb.INTERRUPT: Rule(Act.INTERRUPT, Kind.INTERRUPTION_BEGUN),
    Verb.END_INTERRUPTION: Rule(Act.INTERRUPT, Kind.INTERRUPTION_ENDED),
    Verb.CONFIRM_INTERRUPTION: Rule(Act.CONFIRM_INTERRUPTION, Kind.INTERRUPTION_CONFIRMED),
    Verb.REJECT_INTERRUPTION: Rule(Act.CONFIRM_INTERRUPTION, Kind.INTERRUPTION_REJECTED),
    Verb.SAVE_STRUCTURE: Rule(Act.CHANGE_STRUCTURE, Kind.STRUCTURE_SAVED),
    Verb.WITHDRAW_STRUCTURE: Rule(Act.CHANGE_STRUCTURE, Kind.STRUCTURE_WITHDRAWN),
}

# What a refusal calls a verb (``illegal_transition``); to a caller a move is a transfer, and giving up is a cancel.
_ACTION = {Verb.MOVE: "transfer", Verb.GIVE_UP: "cancel", Verb.GIVE_PLACE_UP: "cancel"}


def illegal(verb: Verb, state: State | None) -> QueueError:
    """The refusal of a verb for a ticket in this state; None: there is no ticket."""
    action = _ACTION.get(verb, verb.value.replace("-", "_"))
    return QueueError(Code.ILLEGAL_TRANSITION, action=action, state=state.value if state else None)


def kind_of(verb: Verb, state: State) -> Kind:
    """What a verb records of a ticket in this state. Raises ``illegal_transition`` for every pair outside the table."""
    kind = RULES[verb].leads.get(state)
    if kind is None:
        raise illegal(verb, state)
    return kind


def require_verb(actor: Actor, verb: Verb, site: str | None = None, agency: str | None = None) -> None:
    """Raises ``forbidden`` for whoever may not do it at all, or not there."""
    require(actor, RULES[verb].act, site, agency)


def require_seat(actor: Actor, verb: Verb, counter: CounterState, reason: str | None) -> None:
    """Whether the actor may do it at a counter as it stands.

    Raises ``counter_closed`` (tested first), ``not_your_counter``; ``invalid`` for who oversees and gives no reason;
    ``counter_on_break`` for its officer, who comes back first, and ``illegal_transition`` for who comes back from none.
    """
    if counter.officer is None:
        raise QueueError(Code.COUNTER_CLOSED)
    if counter.officer == actor.id:
        require_there(verb, counter)
        return
    if not (RULES[verb].overseen and may(actor, Act.OVERSEE)):
        raise QueueError(Code.NOT_YOUR_COUNTER)
    if not reason:
        raise QueueError(Code.INVALID, field="reason")


def require_there(verb: Verb, counter: CounterState) -> None:
    """Whether the counter's officer may do it now. Raises ``counter_on_break``; ``illegal_transition``."""
    if counter.on_break and not RULES[verb].at_rest:
        raise QueueError(Code.COUNTER_ON_BREAK)
    if verb is Verb.RESUME and not counter.on_break:
        raise illegal(verb, None)


def require_take_over(counter: CounterState, reason: str | None) -> None:
    """Whether a colleague may sit down where somebody sits: raises ``counter_closed``; ``reason_missing`` without one,
    but for a counter whose officer is on a break."""
    if counter.officer is None:
        raise QueueError(Code.COUNTER_CLOSED)
    if not (reason or counter.on_break):
        raise QueueError(Code.REASON_MISSING)


def require_class_change(actor: Actor, was: str, to: str, serves: bool = True) -> None:
    """Whether the actor may change a class so: raises ``forbidden``.

    Down from priority is for who oversees: nobody shall talk a visitor out of a right at the counter. ``serves``:
    whether the actor sits where the visitor would be called, or helps without a counter.
    """
    lowered = was == "priority" and to != was
    if not serves or (lowered and not may(actor, Act.LOWER_CLASS)):
        raise QueueError(Code.FORBIDDEN)


def finished_first(here: State, finish_on_next: bool) -> bool:
    """Whether calling the next one finishes the one who is at the counter, by the site's ``finish_on_next``."""
    return finish_on_next and here in RULES[Verb.FINISH].leads


def is_held_at(ticket: Ticket, counter: str) -> bool:
    """Whether that counter set the ticket aside; it may serve other services by now."""
    return ticket.state is State.HELD and ticket.counter == counter


def require_in_reach(verb: Verb, ticket: Ticket, counter: str, now: datetime, return_within_minutes: int) -> None:
    """Raises ``illegal_transition`` if the table, the missed-call rule or another counter stands against it."""
    require_in_time(verb, ticket, now, return_within_minutes)
    if ticket.state in AT_COUNTER and ticket.counter != counter:
        raise illegal(verb, ticket.state)


def require_in_time(verb: Verb, ticket: Ticket, now: datetime, return_within_minutes: int) -> None:
    """Raises ``illegal_transition`` if the table or the missed-call rule stands against it."""
    kind_of(verb, ticket.state)
    if ticket.state is State.NO_SHOW and not may_come_back(ticket.since, now, return_within_minutes):
        raise illegal(verb, ticket.state)


def require_slip(ticket: Ticket) -> None:
    """Raises ``illegal_transition`` if there is nothing to print: of a visit that is over only missing papers are, and
    a place on another day."""
    kind_of(Verb.REPRINT, ticket.state)
    if not has_slip(ticket):
        raise illegal(Verb.REPRINT, ticket.state)


def has_slip(ticket: Ticket) -> bool:
    """Whether a slip would say something that still holds."""
    over = {State.COMPLETED: bool(ticket.missing), State.EXPIRED: ticket.carried_to is not None}
    return over.get(ticket.state, True)


def may_be_carried(state: State) -> bool:
    """Whether a number ends with a place on another day when a hall gives up: not one at a counter."""
    return state in RULES[Verb.CARRY_OVER].leads


def whose_counter(ticket: Ticket) -> str | None:
    """The counter where the ticket is called or served: its officer has a say. None: it is at none."""
    return ticket.counter if ticket.state in AT_COUNTER else None


# -- what can be done now, for whoever looks at a desk


def at_counter(
    here: State | None, *, is_open: bool, finish_on_next: bool, may_undo: bool, on_break: bool = False
) -> list[Verb]:
    """What can be done at a counter: by the officer who has it open; at a closed one, by whoever may open it.

    ``here``: the state of the ticket that is called or served there.
    """
    if not is_open:
        return [Verb.OPEN]
    if on_break:
        return [v for v, rule in RULES.items() if rule.at_rest]
    seated = (v for v, rule in RULES.items() if rule.seated and v is not Verb.RESUME)
    return [v for v in seated if _fits(v, here, finish_on_next, may_undo)]


def overseeing(here: State | None, *, is_open: bool) -> list[Verb]:
    """What can be done at a counter that somebody else has open, by whoever oversees, with a reason."""
    return [v for v, rule in RULES.items() if is_open and rule.overseen and _fits(v, here, False, False)]


def by_colleague(*, is_open: bool) -> list[Verb]:
    """What can be done at a counter that somebody else has open, by any officer of its agency."""
    return [Verb.TAKE_OVER] if is_open else []


def by_number(state: State, *, is_free: bool, on_break: bool = False) -> list[Verb]:
    """What can be done at a counter with a ticket in its lists. ``is_free``: nobody is called or served there."""
    if on_break:
        return []
    fitting = ((v, rule) for v, rule in RULES.items() if rule.by_number and state in rule.leads)
    return [v for v, rule in fitting if is_free or not rule.needs_free]


_HELPING = (Verb.RETURN, Verb.HOLD, Verb.MOVE, Verb.RECLASS, Verb.REGROUP, Verb.ESCORT, Verb.REPRINT, Verb.CANCEL)


def by_helper(state: State, *, in_time: bool, slip: bool = True, kept: bool = False) -> list[Verb]:
    """What can be done with a number away from any counter.

    ``in_time``: whoever was missed may still return. ``slip``: there is something to print. ``kept``: a place on
    another day is, which can be given up by a cancel.
    """
    able = [v for v in _HELPING if state in RULES[v].leads and (in_time or v is not Verb.RETURN)]
    able += [Verb.CANCEL] if kept and state in RULES[Verb.GIVE_PLACE_UP].leads else []
    return [v for v in able if slip or v is not Verb.REPRINT]


def by_holder(state: State) -> list[Verb]:
    """What the visitor can do with the ticket, by its link."""
    found = {Verb.CANCEL: Verb.GIVE_UP, Verb.ESCORT: Verb.ESCORT}
    return [said for said, verb in found.items() if state in RULES[verb].leads]


def _fits(verb: Verb, here: State | None, finish_on_next: bool, may_undo: bool) -> bool:
    rule = RULES[verb]
    if verb is Verb.UNDO:
        return may_undo
    if verb in (Verb.MOVE, Verb.HELP):
        return True
    if verb is Verb.CALL_NEXT and here is not None:
        return finished_first(here, finish_on_next)
    if rule.needs_free:
        return here is None
    return here is not None and here in rule.leads
