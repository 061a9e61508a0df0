"""Tickets from the rows of the event table, one after another: nothing is shared with the product's fold."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

ZONE = ZoneInfo("Asia/Jakarta")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Number:
    """A ticket as the rows leave it."""

    id: str
    day: str
    series: str
    service: str
    class_: str
    issued: datetime
    arrival: int
    people: int
    outcome: str = "open"
    why: str | None = None  # it ended without having been served
    state: str = "waiting"
    counter: str | None = None
    before: tuple = (None, None)
    officer: str | None = None
    stays: list[dict] = field(default_factory=list)
    missing: set = field(default_factory=set)
    told: tuple | None = None


def rows(hall) -> list[dict]:
    """Every event of the site, in order, as the table has it."""
    with hall.reader.connect() as conn, conn.begin():
        asked = text("SELECT * FROM event WHERE site = :site ORDER BY epoch, revision, n")
        found = conn.execute(asked, {"site": hall.site.id}).mappings()
        return [
            {
                **row,
                "at": EPOCH + timedelta(microseconds=row["at"]),
                "day": str(row["day"]),
                "detail": json.loads(row["detail"]) if isinstance(row["detail"], str) else row["detail"],
            }
            for row in found
        ]


def _ends(one, event, called_to=None):
    if one.stays and one.stays[-1]["end"] is None:
        one.stays[-1] |= {"end": event["at"], "called_to": called_to}


def _begins(one, kind, at, service, counter=None, officer=None):
    where = {"service": service, "counter": counter, "officer": officer}
    one.stays.append({"kind": kind, "start": at, "end": None, **where})


def numbers(events) -> dict[str, Number]:
    """Every ticket, with the stretches of its time."""
    known: dict[str, Number] = {}
    for e in events:
        id, kind, d = e["ticket"], e["kind"], e["detail"]
        if id is None:
            continue
        if kind in ("issued", "outage_entered"):
            came = datetime.fromisoformat(d["came_at"]) if "came_at" in d else e["at"]
            one = Number(id, e["day"], e["service"], e["service"], d["class"], came, e["revision"], d.get("people", 1))
            one.told = tuple(d["told"]) if d.get("told") else None
            known[id] = one
            if kind == "issued":
                _begins(one, "wait", came, one.service)
                continue
            times = [came, *(datetime.fromisoformat(d[f"{name}_at"]) for name in ("called", "served", "finished"))]
            for stay, since, until in zip(("wait", "walk", "service"), times, times[1:], strict=False):
                _begins(one, stay, since, one.service, None if stay == "wait" else e["counter"])
                one.stays[-1] |= {"end": until, "called_to": e["counter"] if stay == "wait" else None}
            one.outcome, one.state, one.counter = "completed", "completed", e["counter"]
            continue
        _go_on(known[id], e)
    return known


@dataclass
class Place:
    """A booked place as the rows leave it."""

    day: str
    service: str
    slot: datetime
    went: str = "booked"
    late: bool = False


def places(events) -> dict[str, Place]:
    """Every booked place."""
    known: dict[str, Place] = {}
    for e in events:
        kind, d = e["kind"], e["detail"]
        if kind == "bookings_imported":
            for one in d["lists"]:
                for id, slot, _ in (*one["added"], *one["changed"]):
                    known[id] = Place(one["date"], one["service"], datetime.fromisoformat(slot))
                for id in one["gone"]:
                    known[id].went = "given back"
        elif kind == "bookings_missed":
            for id in d["bookings"]:
                known[id].went = "missed"
        elif kind == "issued" and "booking" in d:
            known[d["booking"]["id"]].went = "came"
            known[d["booking"]["id"]].late = d["booking"].get("late", False)
    return known


def _go_on(one, e):
    kind, d = e["kind"], e["detail"]
    if d.get("missing"):
        one.missing |= {(one.service, paper) for paper in d["missing"]}
    here = (e["counter"] or (one.stays[-1]["counter"] if one.stays else None), e["officer"])
    if kind == "called":
        one.before = one.counter, one.officer
        _ends(one, e, called_to=e["counter"] if one.stays[-1]["kind"] == "wait" else None)
        _begins(one, "walk", e["at"], one.service, *here)
        one.counter, one.officer, one.state = e["counter"], e["officer"], "called"
    elif kind == "served":
        _ends(one, e)
        _begins(one, "service", e["at"], one.service, *here)
        one.counter, one.officer, one.state = e["counter"], e["officer"], "serving"
    elif kind == "taken_over":
        one.officer = e["officer"]
        if one.stays[-1]["kind"] == "service" and one.stays[-1]["end"] is None:
            _ends(one, e)
            _begins(one, "service", e["at"], one.service, *here)
    elif kind in ("undone", "transfer_undone"):
        one.stays.pop()
        one.stays[-1] |= {"end": None, "called_to": None}
        one.state = d["before"]["state"]
        if kind == "undone":
            one.counter, one.officer = one.before
        else:
            one.service = d["before"]["service"]
    elif kind == "transferred":
        _ends(one, e)
        one.service, one.state = d["to"], "waiting"
        _begins(one, "wait", e["at"], one.service)
    elif kind == "returned":
        _ends(one, e)
        one.state = "waiting"
        _begins(one, "wait", e["at"], one.service)
    elif kind in ("held", "no_show"):
        _ends(one, e)
        one.state = kind
        officer = e["officer"] or (one.stays[-1]["officer"] if one.stays else None)
        _begins(one, "hold" if kind == "held" else "away", e["at"], one.service, here[0], officer)
    elif kind in ("finished", "cancelled", "expired"):
        _ends(one, e)
        one.state = {"finished": "completed"}.get(kind, kind)
        one.why = d.get("outcome")
    elif kind == "reclassed":
        one.class_ = d["class"]
    elif kind == "regrouped":
        one.people = d["people"]
    one.outcome = one.state if one.state in ("completed", "no_show", "cancelled", "expired") else "open"
    if one.state == "expired" and one.why in ("papers", "carried"):
        one.outcome = one.why
