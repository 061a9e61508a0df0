"""Groups and guides on the back of an envelope: a part of the model of a hall."""

from typing import Any

THERE = ("waiting", "called", "serving", "held")
ON_THE_WAY = ("waiting", "called", "held")


class Company:
    """What the model says of groups and guides; ``quotas`` and ``called_before`` are the model's."""

    quotas: dict[str, Any]
    places: dict[str, Any]

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

    def works(self, counter: str) -> bool:
        """Whether an officer is there, and on no break."""
        return self.places[counter].officer is not None and self.places[counter].rests is None
