"""A hall on the back of an envelope: what the contract says should happen, to compare the real one with.

Nothing is shared with the product but the words: the wheel is written out, the table is copied from the contract.
"""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from tests.world.carrying import Carrying
from tests.world.company import Company
from tests.world.quotas import Places

WHEEL = ("priority", "regular", "priority", "booked")  # 2:1:1, as published
SERVES = {"5": ("ktp-perekaman", "ktp-cetak"), "6": ("ktp-cetak", "kk-akta"), "7": ("kk-akta", "ktp-perekaman")}
PAPERS = {"ktp-perekaman": ("KK",), "ktp-cetak": ("surat-polisi",), "kk-akta": ("buku-nikah", "surat-lahir")}
PROMISED_S = {"ktp-perekaman": 600, "ktp-cetak": 300, "kk-akta": 720}
ENDED = ("completed", "no_show", "cancelled", "expired")
VERBS = {  # verb at a counter -> states it starts from, and where it leads
    "recall": (("called",), "called"),
    "serve": (("called",), "serving"),
    "finish": (("serving",), "completed"),
    "no_show": (("called",), "no_show"),
    "hold": (("called", "serving"), "held"),
    "return": (("called",), "waiting"),
    "transfer": (("called", "serving"), "waiting"),
    "cancel": (("called",), "cancelled"),
}
HELP = {  # by number, away from any counter; another slip leads nowhere
    "return": (("called", "held", "no_show"), "waiting"),
    "hold": (("called", "serving"), "held"),
    "cancel": (("waiting", "held", "called"), "cancelled"),
    # completed: only a list of papers; expired: only a place on another day
    "reprint": (("waiting", "called", "serving", "held", "completed", "expired"), ""),
}


@dataclass
class Visitor:
    """A ticket as the model knows it; ``arrival`` is its place in the list."""

    number: str
    service: str
    class_: str
    people: int = 1
    escort: bool = False
    guided: bool = False  # they asked so on the day before, and have a place
    state: str = "waiting"
    counter: str | None = None
    since: datetime | None = None
    before: tuple = ()  # state, counter and since before the last call
    calls: int = 0  # that were not taken back
    came: bool = False  # without a number, and was served at once
    places: Counter[str] = field(default_factory=Counter)  # that they hold, by service
    sent: tuple = ()  # from which services, by which counters (None: by number), oldest first
    papers: tuple = ()  # that were found missing last
    noted: bool = False  # somebody wrote a note about them
    kept: str = ""  # the number that they have on the next day
    released: bool = False  # they gave that place up
    lapsed: bool = False  # away for papers when the day ended: they have not given up
    changes: int = 0  # how often something was done to them
    early: datetime | None = None  # booked, and here before that time: in no line until then

    @property
    def in_line(self) -> bool:
        """Whether they wait to be called."""
        return self.state == "waiting" and self.early is None

    def __setattr__(self, name: str, value: object) -> None:
        """A state that is set, even to the same one, counts as an act on the visitor."""
        object.__setattr__(self, name, value)
        if name == "state":
            object.__setattr__(self, "changes", getattr(self, "changes", 0) + 1)


@dataclass
class Place:
    """A counter as the model knows it."""

    officer: str | None = None
    rests: datetime | None = None  # since when its officer is on a break
    asks: bool = False  # for help, and nobody comes yet
    helped: str | None = None  # who comes
    pointer: int = 0
    undo: tuple = ()  # visitor, pointer before, instant of the call
    undo_sent: tuple = ()  # visitor, what they were before the transfer, its instant, their changes then


@dataclass
class Model(Company, Carrying):
    """The whole hall. Each verb answers whether it is allowed, and if so has done it."""

    visitors: list[Visitor] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=lambda: {id: Place() for id in SERVES})
    issued: dict[str, int] = field(default_factory=dict)
    day_closed: bool = False
    dark: bool = False  # the power failed today
    quotas: dict[str, Places] = field(default_factory=lambda: {s: Places(s) for s in chain(*SERVES.values())})
    serves: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict(SERVES))  # today

    def here(self, counter: str) -> Visitor | None:
        """The visitor called or served at the counter."""
        found = [v for v in self.visitors if v.counter == counter and v.state in ("called", "serving")]
        assert len(found) <= 1
        return found[0] if found else None

    def issue(self, service: str, class_: str, prefix: str, people: int = 1) -> str | None:
        """The number that is given; None on a closed day, or where not all have a place."""
        if self.day_closed or not self.quotas[service].take(class_, people):
            return None
        return self.add(service, class_, prefix, people).number

    def add(self, service: str, class_: str, prefix: str, people: int) -> Visitor:
        """One more visitor, with the next number, and as many places as people."""
        self.issued[service] = self.issued.get(service, 0) + 1
        self.visitors.append(Visitor(f"{prefix}{self.issued[service]:03d}", service, class_, people))
        self.visitors[-1].places[service] += 1
        return self.visitors[-1]

    def walk_in(self, counter: str, service: str, class_: str, prefix: str, reason: str | None, now: datetime) -> str:
        """What becomes of one who has no number: "no" (not here, not now), "full" (on record), or the number."""
        overtakes = any(v.in_line and v.service in self.serves[counter] for v in self.visitors)
        if (
            not self.works(counter)
            or self.here(counter)
            or service not in self.serves[counter]
            or (overtakes and not reason)
        ):
            return "no"
        number = self.issue(service, class_, prefix)
        if number is None:
            return "full"
        visitor = self.visitors[-1]
        visitor.state, visitor.counter, visitor.since, visitor.came = "serving", counter, now, True
        self.places[counter].undo, self.places[counter].undo_sent = (), ()
        return number

    def next_of(self, counter: str) -> tuple[Visitor, int] | None:
        """I-5, I-6: whom the counter's wheel says, and where it stands afterwards."""
        for step in range(len(WHEEL)):
            at = (self.places[counter].pointer + step) % len(WHEEL)
            for v in self.visitors:
                if v.in_line and v.service in self.serves[counter] and v.class_ == WHEEL[at]:
                    return v, (at + 1) % len(WHEEL)
        return None

    def place_of(self, visitor: Visitor) -> int:
        """How many are called before a waiting visitor if nobody else comes."""
        return len(self.called_before(visitor))

    def called_before(self, visitor: Visitor) -> list[Visitor]:
        """Those who are, by the counters that serve the visitor: every call is made, on a copy of the hall.

        The counter that is free first calls first; one with a visitor is free in half a turn. Where nobody serves the
        visitor, all that could do.
        """
        mine = [c for c in self.serves if visitor.service in self.serves[c]]
        if not mine:  # then the order is that of arrival
            return [v for v in self._before(visitor) if v.state == "waiting" and v.service == visitor.service]
        able = [c for c in self.serves if self.works(c)]
        if not set(able) & set(mine):
            able = [c for c in self.serves if c in able or c in mine]
        hall = deepcopy(Model(self.visitors, self.places, serves=self.serves))
        wanted = hall.visitors[self.visitors.index(visitor)]
        turns = {c: sum(PROMISED_S[s] for s in self.serves[c]) // len(self.serves[c]) for c in able}
        free, calls = {c: turns[c] // 2 if hall.here(c) else 0 for c in able}, list[Visitor]()
        while True:
            counter = min((c for c in able if hall.next_of(c)), key=lambda c: free[c])
            one, hall.places[counter].pointer = hall.next_of(counter)
            if one is wanted:
                return calls
            one.state, free[counter] = "completed", free[counter] + turns[counter]
            calls += [one] if counter in mine else []

    def _before(self, visitor: Visitor) -> list[Visitor]:
        return self.visitors[: self.visitors.index(visitor)]

    def call(self, counter: str, visitor: Visitor, pointer: int, now: datetime) -> None:
        """A call, by the wheel or by number."""
        place = self.places[counter]
        visitor.before = (visitor.state, visitor.counter, visitor.since)
        place.undo, place.undo_sent = (visitor, place.pointer, now), ()
        place.pointer = pointer
        visitor.state, visitor.counter, visitor.since = "called", counter, now
        visitor.calls += 1

    def give_up(self, visitor: Visitor, now: datetime) -> bool:
        """By phone; the place of one who was never called is another's."""
        if visitor.state not in ("waiting", "held"):
            return False
        if not visitor.calls and not visitor.came:
            for service in +visitor.places:
                self.quotas[service].give_back(visitor.class_, visitor.people)
            visitor.places.clear()
        visitor.state, visitor.since = "cancelled", now
        return True

    def help(self, verb: str, visitor: Visitor, now: datetime, papers: tuple = ()) -> bool:
        """By the front desk, by number; who is called or served goes away from the counter."""
        late = visitor.state == "no_show" and now - visitor.since > timedelta(minutes=30)
        origins, to = HELP[verb]
        if verb == "cancel" and visitor.kept:
            return self.release(visitor)
        nothing_listed = (visitor.state == "completed" and not visitor.papers) or (
            visitor.state == "expired" and (not visitor.kept or visitor.released)
        )
        if visitor.state not in origins or (late and verb == "return") or nothing_listed:
            return False
        if verb == "hold":
            visitor.papers = papers
        if verb == "cancel" and visitor.state != "called":
            return self.give_up(visitor, now)
        if to and visitor.state in ("called", "serving"):
            self.places[visitor.counter].undo, self.places[visitor.counter].undo_sent = (), ()
        visitor.state, visitor.since = to or visitor.state, now if to else visitor.since
        if to == "waiting":
            visitor.counter = None
        return True

    def may_call(self, counter: str, visitor: Visitor, now: datetime) -> bool:
        """Whether a number may be called there."""
        if visitor.service not in self.serves[counter] or visitor.state not in ("waiting", "held", "no_show"):
            return False
        if visitor.early is not None:
            return False
        return visitor.state != "no_show" or now - visitor.since <= timedelta(minutes=30)

    def verb(
        self, name: str, counter: str, now: datetime, service: str | None = None, missing: tuple | None = None
    ) -> bool:
        """A verb on the counter's ticket; ``missing``: which papers, of a verb that may say so."""
        visitor, (origins, to) = self.here(counter), VERBS[name]
        if visitor is None or visitor.state not in origins:
            return False
        took = service not in (None, visitor.service) and not visitor.places[service]
        if took and not self._take(visitor, service):
            return False
        if missing is not None:
            visitor.papers = missing
        before = (visitor.state, visitor.counter, visitor.since, visitor.service)
        visitor.state, visitor.since = to, visitor.since if name == "recall" else now
        if to == "waiting":
            visitor.counter = None
        if service is not None:
            visitor.service = service
        if name != "recall":
            self.places[counter].undo, self.places[counter].undo_sent = (), ()
        if name == "transfer":
            visitor.sent += ((before[3], counter),)
            self.places[counter].undo_sent = (visitor, before, now, visitor.changes, took)
        return True

    def undo(self, counter: str, now: datetime) -> bool:
        """The counter's last call, at most 15 s old and still called; or its last transfer, still waiting there."""
        place = self.places[counter]
        if place.undo_sent:
            return self._undo_transfer(place, now)
        if not place.undo or now - place.undo[2] > timedelta(seconds=15):
            return False
        visitor, place.pointer, _ = place.undo
        visitor.state, visitor.counter, visitor.since = visitor.before
        visitor.calls -= 1
        place.undo = ()
        return True

    def _undo_transfer(self, place: Place, now: datetime) -> bool:
        visitor, before, at, changes, took = place.undo_sent
        if now - at > timedelta(seconds=15) or visitor.changes != changes:
            return False
        if took:
            self._give_back(visitor)
        visitor.state, visitor.counter, visitor.since, visitor.service = before
        visitor.sent, place.undo_sent = visitor.sent[:-1], ()
        return True

    def _take(self, visitor: Visitor, service: str) -> bool:
        done = self.quotas[service].take(visitor.class_, visitor.people)
        visitor.places[service] += done
        return done

    def _give_back(self, visitor: Visitor) -> None:
        """The place at the service where they are."""
        self.quotas[visitor.service].give_back(visitor.class_, visitor.people)
        visitor.places[visitor.service] -= 1

    def rest(self, counter: str, until: datetime | None, confirm: bool, now: datetime) -> bool:
        """A break of an hour at most, or one that lasts longer than was said; asked once more if it leaves a service
        without a counter."""
        place = self.places[counter]
        others = {s for c in self.serves for s in self.serves[c] if c != counter and self.works(c)}
        alone = place.rests is None and not set(self.serves[counter]) <= others
        begun = place.rests or now
        if self.here(counter) or (alone and not confirm) or (until and until > begun + timedelta(hours=1)):
            return False
        place.rests = begun
        return True

    def leave(self, counter: str, with_reason: bool) -> bool:
        """An officer goes: nobody is at the counter, and nobody waits for its services, or there is a reason."""
        waiting = any(v.in_line and v.service in self.serves[counter] for v in self.visitors)
        if self.here(counter) or (waiting and not with_reason):
            return False
        place = self.places[counter]
        place.officer, place.rests, place.undo, place.undo_sent = None, None, (), ()
        place.asks, place.helped = False, None
        return True

    def take_over(self, counter: str, who: str, reason: str | None) -> bool:
        """A colleague sits down where another sits, and has no other counter; without a reason only on a break."""
        place = self.places[counter]
        if place.officer == who:
            return True
        elsewhere = any(p.officer == who for p in self.places.values())
        if place.officer is None or elsewhere or not (reason or place.rests):
            return False
        place.officer, place.rests, place.undo, place.undo_sent = who, None, (), ()
        place.asks, place.helped = False, None
        return True

    def assign(self, counter: str, services: tuple[str, ...], confirm: bool) -> bool:
        """Another counter's work for today; asked once more where people wait whom no open counter would call."""
        gone = set(self.serves[counter]) - set(services)
        others = {s for c in self.serves for s in self.serves[c] if c != counter and self.works(c)}
        waited_for = {v.service for v in self.visitors if v.in_line}
        if gone & waited_for - others and not confirm:
            return False
        self.serves[counter] = services
        return True

    def reaches(self, service: str) -> bool:
        """Whether some counter that serves it has an officer."""
        return any(place.officer and service in self.serves[id] for id, place in self.places.items())

    def bring_back(self, visitor: Visitor, service: str, sits_at: str | None, overseer: bool, now: datetime) -> bool:
        """A waiting visitor is moved by number: by a supervisor, or where they are or were, or who sent them."""
        was_at, sent_from = visitor.sent[-1] if visitor.sent else (visitor.service, None)
        near = sits_at is not None and (sits_at == sent_from or {was_at, visitor.service} & set(self.serves[sits_at]))
        if visitor.state != "waiting" or not (overseer or near):
            return False
        if service != visitor.service and visitor.places[service] > 0:
            self._give_back(visitor)  # the other one is still theirs
        elif service != visitor.service and not self._take(visitor, service):
            return False
        visitor.sent += ((visitor.service, None),)
        visitor.state, visitor.since, visitor.service = "waiting", now, service
        return True
