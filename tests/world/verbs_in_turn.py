"""Every verb that a working day gained, in one story: who asks what, and the events of which it leaves one.

Told to the product in the process and to a real server that dies in each of them; each is asked twice with one key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Hall:
    """Where the story happens, and what was answered so far. ``paper``: the prefix of its numbers on paper."""

    service: str
    other: str
    counter: str
    paper: str
    told: dict[str, Any] = field(default_factory=dict)  # name -> a number, or an id

    def number(self, name: str, rest: str) -> str:
        """What is done to a number of the story, away from any counter."""
        return f"/tickets/by-number/{self.told[name]}/{rest}"

    def at(self, verb: str) -> str:
        """What is done at the counter."""
        return f"/counters/{self.counter}/{verb}"


Ask = Callable[[Hall], tuple[str, dict[str, Any]]]  # the path below the site's, and the body
Learn = Callable[[Any], Mapping[str, Any]]  # what the story needs of an answer


@dataclass(frozen=True, slots=True)
class Step:
    """``who``: front, boss, one or two (officers); ``daily``: it stands alone, and is tried at every change."""

    name: str
    who: str
    ask: Ask
    left: Mapping[str, int] = field(default_factory=dict)  # kind -> how many events
    learn: Learn = lambda _: {}
    daily: bool = False


def _paper(hall: Hall) -> tuple[str, dict[str, Any]]:
    came = {"service": hall.service, "issued_at": "00:00"}
    over = dict.fromkeys(("called_at", "served_at", "finished_at"), "00:00") | {"counter": hall.counter}
    lines = [{"number": f"{hall.paper}001", **came, "people": 3}, {"number": f"{hall.paper}002", **came, **over}]
    return "/outage", {"entries": lines}


_NOTICE = {"text": {"id": "Besok kami tutup"}, "where": ["wall"]}
_DARK = {"scope": {}, "reason": "power"}
_WHY = {"reason": "listrik padam"}

STORY: tuple[Step, ...] = (
    Step("outage", "front", _paper, {"issued": 1, "outage_entered": 1}, daily=True),
    Step("notice", "boss", lambda _: ("/notices", _NOTICE), {"notice_made": 1}, daily=True),
    Step(
        *("a group", "front", lambda h: ("/tickets", {"service": h.service, "people": 3}), {"issued": 1}),
        lambda told: {"family": told["number"]},
    ),
    Step(
        *("another", "front", lambda h: ("/tickets", {"service": h.service}), {"issued": 1}),
        lambda told: {"alone": told["number"]},
    ),
    Step("people", "front", lambda h: (h.number("family", "people"), {"people": 2}), {"regrouped": 1}),
    Step("escort", "front", lambda h: (h.number("family", "escort"), {"escort": True}), {"confided": 1}),
    Step(
        *("reclass", "front"),
        lambda h: (h.number("alone", "reclass"), {"class": "priority", "reason": "entitled"}),
        {"reclassed": 1},
    ),
    Step("reprint", "front", lambda h: (h.number("alone", "reprint"), {}), {"reprinted": 1}),
    Step("open", "one", lambda h: (h.at("open"), {}), {"counter_opened": 1}),
    Step("break", "one", lambda h: (h.at("break"), {"reason": "rest", "confirm": True}), {"break_begun": 1}),
    Step("resume", "one", lambda h: (h.at("resume"), {}), {"break_ended": 1}),
    Step(
        *("walk-in", "one", lambda h: (h.at("walk-in"), {"service": h.service, "reason": "sakit"})),
        {"issued": 1, "served": 1},
    ),
    Step(
        *("help", "one", lambda h: (h.at("help"), {}), {"help_asked": 1}),
        lambda told: {"help": told["help"]["id"]},
    ),
    Step("somebody comes", "front", lambda h: (f"/help/{h.told['help']}/acknowledge", {}), {"help_comes": 1}),
    Step("take-over", "two", lambda h: (h.at("take-over"), {"reason": "ganti giliran"}), {"taken_over": 1}),
    Step("finish", "two", lambda h: (h.at("finish"), {"transactions": [{"quantity": 2}, {}]}), {"finished": 1}),
    Step("call-next", "two", lambda h: (h.at("call-next"), {}), {"called": 1}),
    Step("serve", "two", lambda h: (h.at("serve"), {}), {"served": 1}),
    Step("hold with a note", "two", lambda h: (h.at("hold"), {"note": "menunggu berkas"}), {"held": 1}),
    Step("notes", "front", lambda h: (h.number("alone", "notes/open"), {}), {"note_read": 1}),
    Step("return", "front", lambda h: (h.number("alone", "return"), {}), {"returned": 1}),
    Step(
        "move",
        "front",
        lambda h: (h.number("alone", "transfer"), {"service": h.other, "confirm": True}),
        {"transferred": 1},
    ),
    Step("call", "two", lambda h: (h.at("call"), {"number": h.told["family"], "reason": "mendesak"}), {"called": 1}),
    Step("hold at a counter", "front", lambda h: (h.number("family", "hold"), {"reason": "keluar"}), {"held": 1}),
    Step(
        *("an officer's interruption", "one"),
        lambda h: ("/interruptions", {"scope": {"counter": h.counter}, "reason": "equipment"}),
        *({"interruption_begun": 1}, lambda told: {"own": told["id"]}),
    ),
    Step("reject", "boss", lambda h: (f"/interruptions/{h.told['own']}/reject", {}), {"interruption_rejected": 1}),
    Step("confirm", "boss", lambda h: (f"/interruptions/{h.told['own']}/confirm", {}), {"interruption_confirmed": 1}),
    Step("end", "boss", lambda h: (f"/interruptions/{h.told['own']}/end", {}), {"interruption_ended": 1}),
    Step(
        "interrupt", "boss", lambda _: ("/interruptions", {"scope": {}, "reason": "power"}), {"interruption_begun": 1}
    ),
    Step(
        *("carry-over", "boss", lambda h: ("/carry-over", {"services": [h.service, h.other], **_WHY})),
        {"carried_over": 1, "expired": 3},
    ),
    Step("give a place up", "front", lambda h: (h.number("family", "cancel"), _WHY), {"place_given_up": 1}),
    Step("close-day", "boss", lambda _: ("/close-day", {}), {"day_closed": 1, "interruption_ended": 1}),
    Step("reopen-day", "boss", lambda _: ("/reopen-day", {}), {"day_reopened": 1}),
)
