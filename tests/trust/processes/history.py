"""What callers wished and were told, and whether that can be true of what is on record.

A wish is one press of a key by one caller, under one idempotency key, however often it was sent. Its outcome is known
(done at a revision, or refused) or unknown: no answer came. An unknown one may have been done once or not at all.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from queue_server.domain.fold import Event

KINDS = {  # verb -> the kind of event that it leaves
    "issue": "issued",
    "call-next": "called",
    "recall": "recalled",
    "serve": "served",
    "finish": "finished",
    "no-show": "no_show",
    "hold": "held",
    "return": "returned",
    "transfer": "transferred",
    "undo": "undone",
    "cancel": "cancelled",
}
Sign = tuple[str, str]  # what tells a wish's event: its kind, and where (a counter, a service, a ticket)


@dataclass
class Wish:
    """One wish and all that came of it. Instants are monotonic seconds of one clock."""

    verb: str
    place: str  # the counter; of an issue the service; of a visitor's cancel the ticket
    key: str
    began: float
    service: str = ""  # of a walk-in, which is issued and served at one revision
    ended: float = 0.0
    told: list[dict[str, Any]] = field(default_factory=list)  # each answer that said "done"
    refused: str = ""  # the code of a refusal
    unanswered: int = 0  # attempts that nothing came back from

    @property
    def signs(self) -> list[Sign]:
        """What the events of this wish look like."""
        if self.verb == "walk-in":
            return [(KINDS["issue"], self.service), (KINDS["serve"], self.place)]
        return [(KINDS[self.verb], self.place)]

    @property
    def done(self) -> list[dict[str, Any]]:
        """The answers that tell of an effect. Where nobody waits to be called nothing is done, and nothing kept."""
        return [t for t in self.told if self.verb != "call-next" or t["ticket"] is not None]

    @property
    def revision(self) -> int | None:
        """The revision it was done at; None if it was not, or nobody knows."""
        return self.done[0]["revision"] if self.done else None

    @property
    def unknown(self) -> bool:
        """Whether nobody can know from the answers."""
        return not self.told and not self.refused and self.unanswered > 0


def faults(wishes: list[Wish], looks: list[tuple[float, float, int]], events: list[Event]) -> list[str]:
    """What cannot be true, in words; nothing if all can. ``looks``: (began, ended, revision) of each board read."""
    done = [w for w in wishes if w.revision is not None]
    return [
        *_answered_differently(wishes),
        *_not_on_record(done, events),
        *_unexplained(wishes, done, events),
        *_out_of_order(done, looks),
    ]


def _answered_differently(wishes: Iterable[Wish]) -> Iterable[str]:
    """I-4: however often a wish is sent, it is answered as it was at first."""
    for wish in wishes:
        seen = {(t["revision"], _number(t)) for t in wish.done}
        if len(seen) > 1:
            yield f"one {wish.verb} under one key was answered {sorted(seen, key=str)}"


def _number(told: dict[str, Any]) -> str | None:
    """The number that an answer is about: a ticket's, or that of the desk's visitor."""
    return told["number"] if "number" in told else (told["ticket"] or {}).get("number")


def _not_on_record(done: list[Wish], events: list[Event]) -> Iterable[str]:
    """What was acknowledged is on record, at the revision that was told, with the number that was told."""
    by_sign = {(e.revision, _kind(e), _place(e)): e for e in events}
    for wish in done:
        found = [by_sign.get((wish.revision, *sign)) for sign in wish.signs]
        if None in found:
            yield f"{wish.verb} at {wish.place} was acknowledged at {wish.revision} and is not on record"
        elif wish.verb in ("issue", "walk-in", "call-next") and found[0].detail["number"] != _number(wish.done[0]):
            yield f"{wish.verb}: {_number(wish.done[0])} was told, {found[0].detail['number']} is on record"


def _kind(event: Event) -> str:
    """Its kind; what the undo key takes back is the counter's last call, or its last transfer."""
    return KINDS["undo"] if event.kind == "transfer_undone" else event.kind


def _place(event: Event) -> str:
    if event.kind == "issued":
        return event.service or ""
    return event.counter or event.ticket or ""


def _unexplained(wishes: list[Wish], done: list[Wish], events: list[Event]) -> Iterable[str]:
    """Everything on record was somebody's wish, and no wish is there twice."""
    revisions = Counter(w.revision for w in done)
    for revision, count in revisions.items():
        if count > 1:
            yield f"{count} wishes were told that they are revision {revision}"
    left = Counter((_kind(e), _place(e)) for e in events if _kind(e) in KINDS.values() and e.revision not in revisions)
    possible = Counter(sign for w in wishes if w.unknown for sign in w.signs)
    for sign, count in left.items():
        if count > possible[sign]:
            yield f"{count} {sign} are on record for which {possible[sign]} wishes without an answer can account"


def _out_of_order(done: list[Wish], looks: list[tuple[float, float, int]]) -> Iterable[str]:
    """I-11: what began after an answer was there has a higher revision than it; a read knows it."""
    finished = sorted((w.ended, w.revision or 0) for w in done)
    asked = [(w.began, w.revision or 0, 1) for w in done] + [(began, revision, 0) for began, _, revision in looks]
    newest, at = 0, 0
    for began, revision, step in sorted(asked):
        while at < len(finished) and finished[at][0] < began:
            newest, at = max(newest, finished[at][1]), at + 1
        if revision < newest + step:
            yield f"revision {revision} was told to who asked after {newest} had been answered"
