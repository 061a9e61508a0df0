"""What stands on a slip: pure, from the documents of a ticket and its site to lines; the paper is somebody else's work.

The same lines serve the page that the kiosk's browser prints and any printer that is spoken to directly.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ..formats import clock, long_date
from ..texts import FALLBACK, fill

_LOCAL_NAMES = (".local", ".lan", ".internal", ".home.arpa")
_LACKS = ("held", "completed")  # the states in which a slip lists what was missing, instead of a place in the queue
_PRINTED_AGAIN = timedelta(minutes=1)  # after the issue: the first slip is printed at once
_HOUR = 60
FEW_COUNTERS = 4  # more than these are not named one by one
ORDER = ("priority", "booked", "regular")  # as the published rule names the classes

Document = Mapping[str, Any]
Words = Mapping[str, str]  # key -> text, in one language


@dataclass(frozen=True, slots=True)
class Slip:
    """The lines of a slip, in reading order; an absent one is None or empty."""

    lang: str
    site: str
    issued: str  # day, time and zone
    service: str
    agency: str
    priority: str | None  # the word for it, on its holder's own paper only
    group: str | None  # for how many, if for more than one
    prefix: str
    digits: str
    facts: tuple[tuple[str, str], ...]  # label and value: people ahead, minutes, clock
    counter_word: str | None  # before the tiles; None if a counter is not called by it
    counters: tuple[str, ...]  # what stands on the tiles of the counters that may call
    zone: str | None
    notes: tuple[tuple[str, str], ...]  # bold beginning and rest: papers, missed call, order
    follow: str
    follow_how: str | None
    link: str  # without its scheme, to be typed by hand
    footer: str
    demo: str | None
    word: str | None = None  # by which a tablet knows its holder, to answer a survey
    missing: tuple[str, ...] = ()  # the papers to bring; none: it is a queue slip
    missing_title: str = ""
    missing_rule: tuple[str, ...] = ()  # until when one may come back with them
    report: str | None = None  # to whom, beside the counters

    @property
    def number(self) -> str:
        """The number as one word."""
        return self.prefix + self.digits


def make_slip(ticket: Document, site: Document, words: Words, lang: str) -> Slip:
    """Write the slip of a ticket (with its url), in one language, from the documents the API gives."""
    service = _service(ticket, site)
    kept = ticket.get("carried")
    lacks = bool(ticket.get("missing")) and ticket["state"] in _LACKS
    agencies = {a["id"]: a["short_name"] for a in site["agencies"]}
    issued = datetime.fromisoformat(ticket["issued_at"]).astimezone(ZoneInfo(site["timezone"]))
    at = datetime.fromisoformat(ticket["since"]).astimezone(issued.tzinfo) if lacks else issued
    counters = _counters(site, service)
    tiles, names = tuple(c["tile"] for c in counters), tuple(c["name"] for c in counters)
    alike = all(c["tile"] != c["name"] for c in counters)
    prefix, digits = re.fullmatch(r"(\D*)(\d*)", (kept or ticket)["number"]).groups()
    return Slip(
        lang=lang,
        site=site["short_name"],
        issued=f"{long_date(at, lang)}, {clock(at)} {at.tzname()}",
        service=_in(service["name"], lang),
        agency=agencies.get(service["agency"]) or service.get("agency_name") or "",
        priority=words["class_priority"] if ticket["class"] == "priority" else None,
        group=fill(words["for_people"], {"people": _people(people, words)})
        if (people := ticket["people"]) > 1
        else None,
        prefix=prefix,
        digits=digits,
        facts=()
        if lacks
        else _kept(ticket, issued.tzinfo, words, lang)
        if kept
        else _facts(ticket, issued, datetime.fromisoformat(site["now"]).astimezone(issued.tzinfo), words),
        counter_word=words["counter"] if alike else None,
        counters=tiles if alike else names,
        zone=fill(words["zone_n"], {"zone": service["zone"]})
        if service["zone"] and len(site["wall"]["zones"]) > 1
        else None,
        notes=() if lacks else _notes(site, service, words, lang),
        follow=words["missing_follow"] if lacks else words["follow"],
        follow_how=_follow_how(ticket["url"], words),
        link=ticket["url"].split("://", 1)[-1],
        footer=words["missing_footer"] if lacks else words["kept_footer"] if kept else words["valid_today"],
        demo=words["demo"] if site["demo"] else None,
        word=fill(words["survey_word"], {"word": ticket["word"]}) if ticket.get("word") and not kept else None,
        **(_missing(ticket, issued.tzinfo, words, lang) if lacks else {}),
    )


def _kept(ticket: Document, zone: tzinfo | None, words: Words, lang: str) -> tuple[tuple[str, str], ...]:
    """On which day the number is called, from when, and which it replaces."""
    place = ticket["carried"]
    found = [(words["kept_day"], long_date(date.fromisoformat(place["day"]), lang))]
    opens_at = datetime.fromisoformat(place["callable_from"]).astimezone(zone) if place["callable_from"] else None
    if opens_at is not None and opens_at.time() != time(0):  # around the clock the day alone says it
        found.append((words["kept_from"], clock(opens_at)))
    return (*found, (words["kept_instead"], ticket["number"]))


def _missing(ticket: Document, zone: tzinfo | None, words: Words, lang: str) -> dict[str, Any]:
    """What is still to be brought, to be ticked; and until when that may be done today, where the visit goes on."""
    papers = tuple(_in(paper["name"], lang) for paper in ticket["missing"])
    count = fill(words["missing_some"], {"n": len(papers)}) if len(papers) > 1 else words["missing_one"]
    if ticket["state"] != "held":
        return {"missing": papers, "missing_title": count}
    when = words["missing_today"]
    if ticket["return_until"]:
        until = datetime.fromisoformat(ticket["return_until"]).astimezone(zone)
        when = fill(words["missing_before"], {"clock": clock(until)})
    rule = (words["missing_back"], when, words["missing_place"])
    return {"missing": papers, "missing_title": count, "missing_rule": rule, "report": words["missing_report"]}


def _service(ticket: Document, site: Document) -> Document:
    """The ticket's service; one that was dropped by the name of the record, since a slip is printed for ever."""
    id = ticket["service"]
    if found := next((s for s in site["services"] if s["id"] == id), None):
        return found
    unknown = {"id": id, "name": {FALLBACK: id}, "agency": None, "zone": None, "requirements": None, "classes": []}
    return next((f for f in site.get("former", ()) if f["id"] == id), unknown)


def _facts(ticket: Document, issued: datetime, now: datetime, words: Words) -> tuple[tuple[str, str], ...]:
    """Place and estimate as they are now, or from when one can be called; printed again, since when that is so."""
    if early := ticket.get("callable_from"):
        return ((words["early_from"], clock(datetime.fromisoformat(early).astimezone(issued.tzinfo))),)
    found = []
    if ticket["ahead"] is not None:
        found.append((words["ahead"], _people(ticket["people_ahead"], words)))
    if ticket["estimate"]:
        low, high = ticket["estimate"]["boxes"]
        found += [(words["estimate"], foretold)] if (foretold := wait_words(low, high, words)) else []
        if high is not None:
            clocks = (clock(now + timedelta(minutes=m)) for m in (low, high))
            found.append((words["around"], _span(*clocks)))
    if before := ticket.get("carried_from"):
        found.append((words["kept_instead"], before["number"]))
    if found and now - issued >= _PRINTED_AGAIN:
        found.append((words["as_of"], clock(now)))
    return tuple(found)


def wait_words(low: int, high: int | None, words: Words) -> str:
    """A run of boxes as people read it: "10–20 menit", "kurang dari 10 menit"; "" for all, which say nothing."""
    if low >= _HOUR:
        return words["wait_hour"]
    if not low and high is None:
        return ""
    if high is None:
        return fill(words["wait_over"], {"n": low})
    if not low:
        return fill(words["wait_under"], {"n": high})
    return fill(words["minutes_range"], {"range": _span(str(low), str(high))})


def _counters(site: Document, service: Document) -> list[Document]:
    found = [c for c in site["counters"] if service["id"] in c["services"]]
    return found if len(found) <= FEW_COUNTERS else []


def _notes(site: Document, service: Document, words: Words, lang: str) -> tuple[tuple[str, str], ...]:
    within = site["missed_call"]["return_within_minutes"]
    return (
        (words["prepare"], _prepare(service, lang) or words["ask_officer"]),
        (words["missed"], fill(words["missed_rule"], {"n": within})),
        (words["order"], order_rule(site["order"], service["classes"], words)),
    )


def _prepare(service: Document, lang: str) -> str:
    """What to bring: the office's short line, else everything; "" where it has said neither."""
    if short := service.get("bring"):
        line = _in(short, lang)
        return line if line.endswith(".") else f"{line}."
    papers = service["requirements"] or {}
    found = papers.get(lang) or papers.get(FALLBACK) or []
    return f"{', '.join(found)}." if found else ""


def order_rule(weights: Mapping[str, int], classes: list[str], words: Words) -> str:
    """The published rule, such as "dari 3 panggilan setiap loket, 2 prioritas dan 1 umum."."""
    called = [c for c in ORDER if c in classes and weights.get(c)]
    if len(called) < 2:
        return words["order_only"]
    *first, last = (fill(words[f"order_{c}"], {"n": weights[c]}) for c in called)
    shares = fill(words["order_and"], {"first": ", ".join(first), "last": last})
    return fill(words["order_rule"], {"total": sum(weights[c] for c in called), "shares": shares})


def _people(n: int, words: Words) -> str:
    if n == 0:
        return words["people_none"]
    return words["people_one"] if n == 1 else fill(words["people"], {"n": n})


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low}–{high}"


def _follow_how(url: str, words: Words) -> str | None:
    """What a phone must do to open the link; None where any will do.

    A private address, or a name without a domain, works only on this building's own network; the loopback, which is
    on a slip only where the server listens on nothing else, only on the machine itself.
    """
    host = urlsplit(url).hostname or ""
    try:
        ip = ip_address(host)
    except ValueError:
        if host == "localhost":
            return words["follow_here"]
        return words["follow_wifi"] if "." not in host or host.endswith(_LOCAL_NAMES) else None
    if ip.is_loopback:
        return words["follow_here"]
    return words["follow_wifi"] if ip.is_private else None


def _in(name: Mapping[str, str], lang: str) -> str:
    return name.get(lang) or name[FALLBACK]
