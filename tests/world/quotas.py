"""A service's places of a day, on the back of an envelope: what the model of a hall counts with."""

from collections import Counter

LIMITS = {  # places a day in all, those kept for a class, and a class's own limit
    "ktp-cetak": (6, {"priority": 2}, {}),
    "kk-akta": (7, {"priority": 1}, {"regular": 4}),
}


class Places:
    """A service's places of a day: each lies in the open or is kept for a class, and is taken from there."""

    def __init__(self, service: str) -> None:
        self.total, self.kept, self.own = LIMITS.get(service, (10**6, {}, {}))
        self.free = Counter({**self.kept, "": self.total - sum(self.kept.values())})
        self.taken: Counter[str] = Counter()

    def limit(self, total: int | None, own: dict[str, int | None]) -> None:
        """From now on so many, in all and of a class; None: as many as come. A place that is taken stays taken."""
        fresh = 10**6 if total is None else total
        self.free[""] += fresh - self.total
        self.total = fresh
        self.own = {class_: n for class_, n in {**self.own, **own}.items() if n is not None}

    def left(self, class_: str) -> int:
        """How many more the class could take."""
        at_most = self.own.get(class_, 10**6) - self.taken[class_]
        return min(at_most, self.free[""] + (self.free[class_] if class_ in self.kept else 0))

    def take(self, class_: str, people: int) -> bool:
        """A place for each, of those kept for the class first; a group is refused whole."""
        if self.left(class_) < people:
            return False
        self.put(class_, people)
        return True

    def put(self, class_: str, people: int) -> None:
        """The places of those who come from another class, also where none is left: they were there before."""
        for _ in range(people):
            self.free[class_ if class_ in self.kept and self.free[class_] > 0 else ""] -= 1
            self.taken[class_] += 1

    def give_back(self, class_: str, people: int) -> None:
        """The class's last places, which lie where they were taken from."""
        for _ in range(people):
            kept = class_ in self.kept and self.taken[class_] <= self.kept[class_]
            self.free[class_ if kept else ""] += 1
            self.taken[class_] -= 1
