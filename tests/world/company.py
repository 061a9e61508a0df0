"""Groups and guides on the back of an envelope: a part of the model of a hall."""

from typing import Any

THERE = ("waiting", "called", "serving", "held")
ON_THE_WAY = ("waiting", "called", "held")


class Company:
    """What the model says of groups and guides; ``quotas`` and ``called_before`` are the model's."""

    quotas: dict[str, Any]
    places: dict[str, Any]
    visitors: list[Any]
    day_closed: bool

    def regroup(self, visitor: Any, people: int) -> bool:
        """So many came: wherever the visitor holds a place there must be room for all who are more."""
        more, held = people - visitor.people, [s for s, places in visitor.places.items() if places]
        fits = all(self.quotas[s].left(visitor.class_) >= more for s in held if more > 0)
        if visitor.state not in THERE or not fits:
            return False
        for service in held:
            if more > 0:
                self.quotas[service].put(visitor.class_, more)
            self.quotas[service].give_back(visitor.class_, -more)
        visitor.people = people
        if more:
            visitor.state = visitor.state  # an act on the visitor: a transfer of before is not taken back any more
        return True

    def guide(self, visitor: Any, wanted: bool) -> bool:
        """Somebody shall guide the visitor to the counter, or need not."""
        if visitor.state not in ON_THE_WAY:
            return False
        if visitor.escort != wanted:
            visitor.escort, visitor.state = wanted, visitor.state
        return True

    def people_before(self, visitor: Any) -> int:
        """As ``place_of``, but of people."""
        return sum(one.people for one in self.called_before(visitor))

    def check_in(self, service: str, prefix: str, people: int, callable_from: Any, now: Any) -> Any:
        """A visitor who has booked comes; None on a closed day. Nobody is refused for a quota."""
        if self.day_closed:
            return None
        self.quotas[service].put("booked", people)
        visitor = self.add(service, "booked", prefix, people)
        visitor.early = callable_from if now < callable_from else None
        return visitor

    def book(self, service: str) -> bool:
        """A slot of today is booked; its place is taken from then on. A full day has none."""
        return not self.day_closed and self.quotas[service].take("booked", 1)

    def give_slot_back(self, service: str, held: bool) -> None:
        """It is given back, if it was held."""
        if held:
            self.quotas[service].give_back("booked", 1)

    def come_with_slot(self, service: str, prefix: str, callable_from: Any, now: Any) -> Any:
        """Its holder comes: the place is theirs already."""
        if self.day_closed:
            return None
        self.give_slot_back(service, True)
        return self.check_in(service, prefix, 1, callable_from, now)

    def ripen(self, now: Any) -> None:
        """Time has passed: whoever sat beside the line can be called."""
        for visitor in self.visitors:
            if visitor.early is not None and visitor.early <= now and visitor.state == "waiting":
                visitor.early, visitor.state = None, visitor.state

    def reclass(self, visitor: Any, class_: str) -> bool:
        """Another class: every place that the visitor holds moves; where they are now there must be room."""
        moves = [s for s, places in visitor.places.items() for _ in range(places)]
        for service in moves:
            self.quotas[service].give_back(visitor.class_, visitor.people)
        fits = self.quotas[visitor.service].left(class_) >= visitor.places[visitor.service] * visitor.people
        for service in moves:
            self.quotas[service].put(class_ if fits else visitor.class_, visitor.people)
        if fits:
            visitor.class_, visitor.state = class_, visitor.state
        return fits

    def works(self, counter: str) -> bool:
        """Whether an officer is there, and on no break."""
        return self.places[counter].officer is not None and self.places[counter].rests is None
