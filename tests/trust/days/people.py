"""The people of a simulated hall: officers, a supervisor, visitors with their phones."""

from typing import TYPE_CHECKING, Any

from queue_server.commands import carrying, day, interrupting, officer, resting, steering, visitor, walking_in
from queue_server.commands.transferring import bring_back
from queue_server.domain.roles import Actor, Role
from queue_server.domain.site import Counter
from queue_server.perform import Key
from queue_server.queries.ticket import ticket as ticket_document
from queue_server.queries.waits import queue
from queue_server.store import tickets
from tests.trust.days.mall import VERBS

if TYPE_CHECKING:
    from tests.trust.days.day import Day

MISTAKES = 0.04  # of an officer's turns: a key pressed that makes no sense
# What may let more be called before one who waits: somebody joins a line, a counter comes or goes, a wheel is put back.
MOVES = ("issued", "returned", "transferred", "undone", "counter_opened", "counter_closed")


class Desk:
    """An officer and the counter they keep."""

    def __init__(self, hall: "Day", place: Counter) -> None:
        self.hall, self.place = hall, place
        self.who = Actor(f"officer-{place.id}", Role.OFFICER.only, frozenset({hall.mall.id}), frozenset({place.agency}))
        self.here: dict[str, str] | None = None
        self.open = False
        self.rests = False
        self.regrets = False  # who was just sent on should have stayed

    def turn(self) -> None:
        """What the officer does now, and when they do the next thing."""
        chance = self.hall.chance
        if self.hall.over():
            return
        if not self.open:
            self.open = self._do(officer.open_counter)
            self.hall.after(chance.uniform(0.2, 2) if self.open else 10, self.turn)
            return
        if self.rests:
            self.rests = not self._do(resting.resume)
            self.hall.after(0.2, self.turn)
            return
        if chance.random() < MISTAKES:
            self._do(VERBS[chance.choice(sorted(VERBS))], counter=chance.choice(self.hall.desks).place.id)
        if self.regrets:
            self.regrets = False
            self._do(officer.undo)
            minutes = 0.3
        elif self.here is None:
            minutes = self._idle(chance.random())
        elif self.here["state"] == "called":
            minutes = self._called(chance.random())
        else:
            minutes = self._serving(chance.random())
        self.hall.after(minutes, self.turn)

    def _idle(self, dice: float) -> float:
        """Nobody is at the counter; minutes until the next thing."""
        chance = self.hall.chance
        if dice < 0.86:
            self._do(officer.call_next)
            return chance.uniform(0.1, 1.2) if self.here else chance.uniform(3, 15)
        if dice < 0.88:
            key = self.hall.new_key(self.who)
            if self._do(self._walk_in, key=key) and self.here:  # not, where hours or quota gave no number
                self.hall.wishes.setdefault(key.key, set()).add(f"{self.hall.mall.row().day} {self.here['number']}")
            return chance.uniform(1, 5)
        number = self._somebody()
        if dice < 0.96 and number:
            verb = chance.choice(("call", "return", "cancel", "move"))
            verbs = {"call": officer.call, "cancel": self._cancel, "move": self._move}
            self._do(verbs.get(verb, officer.return_ticket), number, "datang")
            return 0.5
        if dice < 0.98:
            self.rests = self._do(self._rest)
        else:
            self.open = not self._do(officer.close_counter, chance.choice((None, "rapat dinas")))
        return chance.uniform(5, 40)

    def _called(self, dice: float) -> float:
        """Somebody was called."""
        if dice < 0.70:
            self._do(officer.serve)
            return self.hall.chance.lognormvariate(1.2, 0.6)
        if dice < 0.80:
            self._do(officer.recall)
            return 0.7
        verbs = (officer.no_show, officer.no_show, officer.undo, officer.hold, officer.return_ticket, self._cancel_here)
        verb = self.hall.chance.choice((*verbs, self._transfer))
        self._do(verb)
        return 0.15

    def _serving(self, dice: float) -> float:
        """Somebody is being served."""
        if dice < 0.84:
            self._do(officer.finish)
        elif dice < 0.90:
            self.regrets = self._do(self._transfer) and self.hall.chance.random() < 0.3
            if self.regrets:
                return 0.1  # within the 15 s in which it can be taken back
        elif dice < 0.95:
            self._do(officer.hold)
        else:
            self._do(officer.call_next)  # refused, or finishes first, as the site says
        return self.hall.chance.uniform(0.05, 0.5)

    def _do(self, command: Any, *args: Any, counter: str | None = None, key: Key | None = None) -> bool:
        at = counter or self.place.id
        said = self.hall.ask(self.who, at, command, at, *args, key=key)
        if said.code == "counter_closed" and at == self.place.id:
            self.open, self.here, self.rests = False, None, False  # the day was closed, or a supervisor closed it
        elif said.code == "counter_on_break" and at == self.place.id:
            self.rests = True  # the reply to the break was lost
        elif said.code == "illegal_transition" and command is resting.resume:
            self.rests = False
        elif at == self.place.id and said.ok:
            self.here = said.body
        return said.ok

    @staticmethod
    def _rest(tx: Any, counter: str) -> None:
        resting.begin(tx, counter, "rest", confirm=True)

    def _walk_in(self, tx: Any, counter: str) -> None:
        services = sorted(self.place.services)
        walking_in.walk_in(tx, counter, services[tx.revision % len(services)], reason="sudah berdiri di sini")

    def _transfer(self, tx: Any, counter: str) -> None:
        services = sorted(self.hall.mall.site.services)
        officer.transfer(tx, counter, services[tx.revision % len(services)], confirm=True)

    def _move(self, tx: Any, counter: str, number: str, reason: str) -> None:
        services = sorted(self.place.services)
        bring_back(tx, number, services[tx.revision % len(services)], confirm=True)

    @staticmethod
    def _cancel(tx: Any, counter: str, number: str, reason: str) -> None:
        officer.cancel(tx, counter, reason, number)

    @staticmethod
    def _cancel_here(tx: Any, counter: str) -> None:
        officer.cancel(tx, counter, "salah ambil")

    def _somebody(self) -> str | None:
        """A number that was set aside or missed, or waits."""
        mall, services = self.hall.mall, self.place.services
        with mall.reader.connect() as conn, conn.begin():
            found = tickets.set_aside(conn, mall.id, mall.row().day, services)
            found += tickets.waiting(conn, mall.id, services, "regular", mall.now, 2)
        return self.hall.chance.choice([t.number for t in found]) if found else None


class Supervisor:
    """Looks after the day."""

    def __init__(self, hall: "Day") -> None:
        self.hall = hall
        self.who = Actor("supervisor", Role.SUPERVISOR.only, frozenset({hall.mall.id}))

    def round(self) -> None:
        """Now and then at somebody's counter, seldom the end of the day before its time."""
        chance = self.hall.chance
        if self.hall.over():
            return
        at = chance.choice(self.hall.desks).place.id
        for command in (officer.hold, officer.close_counter)[: chance.choice((0, 1, 2))]:
            self.hall.ask(self.who, at, command, at, "dipanggil")
        if chance.random() < 0.3:
            service, total = chance.choice(sorted(self.hall.mall.site.services)), chance.choice((None, 10, 60))
            self.hall.ask(self.who, None, steering.set_quota, service, {"total": total}, "persediaan berubah")
        if chance.random() < 0.15:
            self._interrupt(chance.choice(sorted(self.hall.mall.site.services)))
        if chance.random() < 0.1:
            self.hall.ask(self.who, None, day.close_day)
            self.hall.after(6, lambda: self.hall.ask(self.who, None, day.reopen_day))
        self.hall.after(chance.uniform(30, 90), self.round)

    def _interrupt(self, service: str) -> None:
        """Something stops; most often those who wait for it have a place at the front of its next day."""
        chance = self.hall.chance
        said = self.hall.ask(self.who, None, interrupting.begin, {"service": service}, "central_system")
        if said.ok and chance.random() < 0.7:
            why = "sistem pusat mati"
            self.hall.after(chance.uniform(1, 20), lambda: self.hall.ask(self.who, None, carrying.carry_over, why))

    def settle(self) -> None:
        """The clock is right again: say so, if the server does not believe it or stands at another day."""
        today = self.hall.true.astimezone(self.hall.zone).date()
        row = self.hall.mall.row()
        if row.day != today or (row.last_at and row.last_at > self.hall.mall.now):
            self.hall.ask(self.who, None, day.confirm_day, today)


class Phone:
    """Visitors who look at their place now and then; some give up (I-16)."""

    def __init__(self, hall: "Day") -> None:
        self.hall = hall
        self.looks = 0

    def follow(self, id: str) -> None:
        """Some look, some leave."""
        chance = self.hall.chance
        if chance.random() < 0.08:
            self.hall.after(chance.uniform(0.5, 10), lambda: self.look(id, None))
        if chance.random() < 0.05:
            who = Actor("visitor", Role.VISITOR.only, frozenset({self.hall.mall.id}))
            self.hall.after(chance.uniform(5, 60), lambda: self.hall.ask(who, None, visitor.cancel_own, id))

    def look(self, id: str, before: tuple[int, int] | None) -> None:
        """Ticket and queue tell the same place, and it rises only where an event explains it."""
        mall = self.hall.mall
        found = next(t for t in mall.tickets() if t.id == id)
        if found.state.value != "waiting" or self.hall.true > self.hall.end:
            return
        shown, line = mall.read(lambda view: (ticket_document(view, found), queue(view, found.service)))
        self.looks += 1
        earlier = [t for t in mall.tickets() if t.state.value == "waiting" and t.service == found.service]
        at = line["order"].index(found.number)
        assert at == sum(t.arrival < found.arrival for t in earlier)
        assert shown["ahead"] == line["places"][at]
        estimate = shown["estimate"]
        assert estimate is None or 0 <= estimate["low_s"] <= estimate["high_s"]
        if before is not None and shown["ahead"] > before[0]:
            since = [e for e in mall.events(*MOVES) if e.revision > before[1]]
            assert since, "a place was lost without a reason"
        mark = (shown["ahead"], shown["revision"])
        self.hall.after(self.hall.chance.uniform(3, 15), lambda: self.look(id, mark))
