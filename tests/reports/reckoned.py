"""A period's figures reckoned from tickets as the rows of events leave them: nothing is shared with the product.

Slow and plain on purpose. The contract's meaning of each measure is written down here a second time.
"""

from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median, quantiles

from tests.reports.raw import ZONE, numbers, places, rows


def seconds(since, until) -> float:
    """How long, never below nothing."""
    return max(0.0, (until - since) / timedelta(seconds=1))


def interruptions(events, day) -> list[dict]:
    """Those of a day that a supervisor stood for."""
    own = [e for e in events if e["day"] == day and e["kind"].startswith("interruption_")]
    found = {}
    for e in own:
        d = e["detail"]
        if e["kind"] == "interruption_begun":
            found[d["interruption"]] = {**d, "end": None, "stood": d["confirmed"]}
        elif e["kind"] == "interruption_ended":
            found[d["interruption"]]["end"] = datetime.fromisoformat(d["at"])
        elif e["kind"] == "interruption_confirmed":
            found[d["interruption"]]["stood"] = True
    return [one for one in found.values() if one["stood"]]


def excused(stay, site, broken) -> float:
    """Seconds of a stretch in which nothing could be done there: each moment once."""
    moments = set()
    spans = []
    for one in broken:
        scope = one["scope"]
        counter = site.counters.get(stay["counter"] or "")
        if "counter" in scope:
            concerned = counter is not None and scope["counter"] == counter.id
        else:
            said = lambda s, scope=scope: (  # noqa: E731
                scope["service"] == s
                if "service" in scope
                else "agency" not in scope or (s in site.services and site.services[s].agency == scope["agency"])
            )
            concerned = said(stay["service"]) or (counter is not None and all(map(said, counter.services)))
        if concerned:
            since = max(datetime.fromisoformat(one["since"]), stay["start"])
            until = min(one["end"] or stay["end"], stay["end"])
            if since < until:
                spans.append((since, until))
                moments |= {since, until}
    ordered = sorted(moments)
    pieces = pairwise(ordered)
    return sum(seconds(a, b) for a, b in pieces if any(s <= a and b <= u for s, u in spans))


def overtakings(events, site, day, known) -> tuple[list[tuple], list[tuple]]:
    """(who, where they stood, whom, where they stood) on a day, each pair once; and each turn out of order.

    Such a turn is (day, service, counter, how, how many it passed); of nobody it is none.
    """
    turns, waiting, serves = {}, {}, {id: set(c.services) for id, c in site.counters.items()}
    stood: dict[str, str] = {}
    for e in (e for e in events if e["day"] == day):
        id, kind = e["ticket"], e["kind"]
        if kind == "services_set":
            serves[e["counter"]] = set(e["detail"]["services"])
        if id is None or kind == "outage_entered" or (id not in stood and kind != "issued"):
            continue
        if kind == "issued":
            stood[id] = e["service"]
        elif kind == "called" or (kind == "served" and id in waiting):
            earlier = [w for w in waiting if known[w].arrival < known[id].arrival]
            passed = [(w, stood[w]) for w in earlier if stood[w] in serves.get(e["counter"], ())]
            how = "walk_in" if kind == "served" else None if e["detail"]["by"] == "next" else "number"
            turns[e["epoch"], e["revision"]] = (id, stood[id], passed, how, e["counter"])
        if kind == "undone":
            turns.pop((e["epoch"], e["detail"]["call"]), None)
        if kind == "transferred":
            stood[id] = e["detail"]["to"]
        if kind == "transfer_undone":
            stood[id] = e["detail"]["before"]["service"]
        if kind in ("issued", "returned", "transferred"):
            waiting[id] = True
        elif kind == "undone":
            if e["detail"]["before"]["state"] == "waiting":
                waiting[id] = True
        elif kind in ("called", "served", "cancelled", "expired", "transfer_undone"):
            waiting.pop(id, None)
    pairs = {}
    for who, at, passed, *_ in turns.values():
        for whom, where in passed:
            pairs.setdefault((who, whom), (who, at, whom, where))
    odd = [(day, at, counter, how, len(passed)) for _, at, passed, how, counter in turns.values() if how and passed]
    return list(pairs.values()), odd


def hours_of(spans) -> dict:
    """(counter, officer, hour) -> seconds of some spans: by whole hours of the hall's day."""
    found: dict = {}
    for counter, officer, since, until in spans:
        hour = since.astimezone(ZONE).replace(minute=0, second=0, microsecond=0)
        while hour < until:
            part = seconds(max(hour, since), min(hour + timedelta(hours=1), until))
            key = (counter, officer, hour.astimezone(ZONE).hour)
            found[key] = found.get(key, 0.0) + part
            hour += timedelta(hours=1)
    return found


class Facts:
    """All that happened, as plain lists of what each thing was, where and when."""

    def __init__(self, hall, sites) -> None:
        """``sites``: day -> the structure that held as it ended."""
        self._hall, self.sites = hall, sites
        events = rows(hall)
        self._told: dict = {}
        self.odd: list[tuple] = []
        self.known = {id: one for id, one in numbers(events).items() if one.day in sites}
        self.numbers, self.spells, self.refusals, self.missing, self.passings, self.counters = [], [], [], [], [], []
        events = self.events = [e for e in events if e["day"] in sites]
        self.days = sorted({e["day"] for e in events})
        for one in self.known.values():
            self._number(one, sites[one.day], interruptions(events, one.day))
        self.booked = [
            {**self._where(one.day, one.service, sites[one.day]), "hour": _hour(one.slot), "class": "booked", "of": one}
            for one in places(events).values()
            if one.day in sites
        ]
        for e in events:
            if e["kind"] == "refused":
                cause = {"quota_full": "quota", "service_interrupted": "interruption"}.get(
                    e["detail"]["code"], "closed"
                )
                where = self._where(e["day"], e["service"], sites[e["day"]])
                self.refusals.append({**where, "class": e["detail"]["class"], "hour": _hour(e["at"]), "cause": cause})
        for day in self.days:
            pairs, odd = overtakings(events, sites[day], day, self.known)
            self.odd += odd
            for who, at, whom, where in pairs:
                for side, id, service in (("overtook", who, at), ("overtaken", whom, where)):
                    about = {"class": self.known[id].class_, "hour": _hour(self.known[id].issued), side: 1}
                    about["outcome"] = self.known[id].outcome
                    self.passings.append({**self._where(day, service, sites[day]), **about})
            self._counters(day, [e for e in events if e["day"] == day], sites[day])

    def again(self) -> "Facts":
        """The same days after something else happened."""
        return Facts(self._hall, self.sites)

    def _where(self, day, service, site) -> dict:
        found = site.services.get(service)
        agency, segment = (found.agency, found.segment) if found else ("", None)
        return {**_calendar(day), "service": service, "agency": agency, "segment": segment}

    def _number(self, one, site, broken) -> None:
        kinds = {stay["kind"] for stay in one.stays}
        about = {"class": one.class_, "hour": _hour(one.issued)}
        number = {**self._where(one.day, one.service, site), **about, "counter": one.counter, "people": one.people}
        number |= {"officer": one.officer}
        number |= {"foretold": _foretold(one)}
        number |= {"outcome": one.outcome, "called": "walk" in kinds, "begun": "service" in kinds}
        number |= {"state": one.state, "number": one.id}
        self.numbers.append({**number, "series": self._where(one.day, one.series, site)})
        about["outcome"] = one.outcome
        self.missing += [
            {**self._where(one.day, s, site), **about, "paper": f"{s}/{paper}"} for s, paper in one.missing
        ]
        stays = []
        for stay in one.stays:  # an officer who went on at the same counter went on with the same service
            last = stays[-1] if stays else None
            if last and last["kind"] == stay["kind"] == "service" and last["counter"] == stay["counter"]:
                last["end"] = stay["end"]
            else:
                stays.append(dict(stay))
        for stay in stays:
            if stay["end"] is None or stay["kind"] == "away" or (stay["kind"] == "wait" and not stay["called_to"]):
                continue
            self._spell(one, site, stay["kind"], stay, [stay], broken)
        for stay in one.stays:
            if stay["kind"] == "service" and stay["end"]:
                self._spell(one, site, "officer's", stay, [stay], broken)
        over = one.stays[-1]["service"] if one.stays[-1]["end"] is None and one.stays[-1]["kind"] != "away" else None
        for service in {s["service"] for s in one.stays if s["kind"] == "service" and s["end"]} - {over}:
            parts = [s for s in one.stays if s["kind"] == "service" and s["end"] and s["service"] == service]
            self._spell(one, site, "visit", parts[-1], parts, broken)

    def _spell(self, one, site, kind, where, parts, broken) -> None:
        service = site.services.get(where["service"])
        spent = sum(seconds(s["start"], s["end"]) for s in parts)
        out = sum(excused(s, site, broken) for s in parts) if kind in ("wait", "visit") else 0.0
        promise = None
        if service and kind in ("wait", "visit"):
            promise = service.wait_target_minutes if kind == "wait" else service.target_minutes
        self.spells.append(
            {
                **self._where(one.day, where["service"], site),
                **{"class": one.class_, "hour": _hour(where["start"]), "kind": kind, "seconds": spent, "out": out},
                "counter": where["called_to"] if kind == "wait" else where["counter"],
                **{"officer": where["officer"], "outcome": one.outcome, "number": one.id},
                "kept": None if not promise else spent <= promise * 60,
                "kept_without": None if not promise else spent - out <= promise * 60,
            }
        )

    def _counters(self, day, events, site) -> None:
        there, rests, spans = {}, {}, {"open": [], "rest": [], "busy": []}
        for e in events:
            counter, kind = e["counter"], e["kind"]
            if kind in ("break_ended", "taken_over", "counter_closed") and counter in rests:
                spans["rest"].append((counter, there[counter][0], rests.pop(counter), e["at"]))
            if kind in ("counter_closed", "taken_over") and counter in there:
                spans["open"].append((counter, *there.pop(counter), e["at"]))
            if kind in ("counter_opened", "taken_over"):
                there[counter] = e["officer"], e["at"]
            if kind == "break_begun":
                rests.setdefault(counter, e["at"])
        last = max(e["at"] for e in events)
        spans["open"] += [(counter, *sat, last) for counter, sat in there.items()]
        spans["rest"] += [(counter, there[counter][0], since, last) for counter, since in rests.items()]
        for one in (n for n in self.known.values() if n.day == day):
            for stay in one.stays:
                if stay["kind"] in ("walk", "service") and stay["end"] and stay["officer"]:
                    spans["busy"].append((stay["counter"], stay["officer"], stay["start"], stay["end"]))
        hours = {name: hours_of(found) for name, found in spans.items()}
        for key in {key for found in hours.values() for key in found}:
            counter, officer, hour = key
            agency = site.counters[counter].agency
            times = {name: found.get(key, 0.0) for name, found in hours.items()}
            where = {**_calendar(day), "agency": agency, "counter": counter, "hour": hour}
            self.counters.append({**where, "officer": officer, **times})

    @staticmethod
    def fits(one, limits) -> bool:
        """Whether something has these values; of several, one of them."""
        several = {name: value for name, value in limits.items() if isinstance(value, frozenset)}
        return all(one.get(name, _LACKS) in value for name, value in several.items()) and all(
            one.get(name, _LACKS) == value for name, value in limits.items() if name not in several
        )

    def figures(self, **limits) -> dict:
        """Every measure of what has these values; one that such things cannot have is None."""
        key = tuple(sorted(limits.items(), key=lambda one: one[0]))
        if key not in self._told:
            self._told[key] = self._figures(limits)
        return dict(self._told[key])

    def _figures(self, limits) -> dict:
        fits = lambda one: self.fits(one, limits)  # noqa: E731
        numbers = [one for one in self.numbers if fits(one)]
        issued = [one for one in self.numbers if fits({**one, **one["series"]})]
        ended = lambda *names: [one for one in numbers if one["outcome"] in names]  # noqa: E731
        kinds = {kind: "officer's" if kind == "service" and "officer" in limits else kind for kind in KINDS}
        spells = {kind: [s for s in self.spells if s["kind"] == told and fits(s)] for kind, told in kinds.items()}
        told = [one["foretold"] for one in issued if one["foretold"] is not None]
        places = [one["of"] for one in self.booked if fits(one)]
        refused = [one for one in self.refusals if fits(one)]
        called = sum(one["called"] for one in numbers)
        out = {
            "issued": len(issued),
            "called": called,
            "begun": sum(one["begun"] for one in numbers),
            "served": len(ended("completed")),
            "people": sum(one["people"] for one in ended("completed")),
            "no_show": len(ended("no_show")),
            "no_show_share": len(ended("no_show")) / called if called else None,
            "given_up": len(ended("cancelled", "expired")),
            "papers": len(ended("papers")),
            "carried": len(ended("carried")),
            "refused": len(refused),
            **{f"refused_{c}": sum(r["cause"] == c for r in refused) for c in ("quota", "closed", "interruption")},
            "missing": sum(map(fits, self.missing)),
            "foretold": len(told),
            "as_told": sum(told) / len(told) if told else None,
            "booked": sum(one.went != "given back" for one in places),
            "came": sum(one.went == "came" for one in places),
            "came_late": sum(one.went == "came" and one.late for one in places),
            "missed": sum(one.went == "missed" for one in places),
            "given_back": sum(one.went == "given back" for one in places),
            "waits": len(spells["wait"]),
            "service_s": round(sum(s["seconds"] for s in spells["service"])),
            "hold_s": round(sum(s["seconds"] for s in spells["hold"])),
            "wait_left_out_s": round(sum(s["out"] for s in spells["wait"])),
            "left_out_s": round(sum(s["out"] for s in spells["visit"])),
            "overtaken": sum(one.get("overtaken", 0) for one in self.passings if fits(one)),
            "overtook": sum(one.get("overtook", 0) for one in self.passings if fits(one)),
        }
        for name in ("wait", "walk", "service"):
            values = sorted(s["seconds"] for s in spells[name])
            out[f"{name}_p50_s"] = round(median(values)) if values else None
            tenth = quantiles(values, n=10, method="inclusive")[-1] if len(values) > 1 else (values or [None])[0]
            out[f"{name}_p90_s"] = None if tenth is None else round(tenth)
        for name, kind in (("wait", "wait"), ("service", "visit")):
            for what in ("kept", "kept_without"):
                judged = [s[what] for s in spells[kind] if s[what] is not None]
                word = f"{name}_in_promise{what.removeprefix('kept')}"
                out[word] = sum(judged) / len(judged) if judged else None
        return self._with_counters(out, fits, limits)

    def _with_counters(self, out, fits, limits) -> dict:
        there = {"open_s": None, "break_s": None, "idle_s": None, "utilisation": None}
        if "outcome" in limits:
            out |= dict.fromkeys(name for name in out if name.startswith("refused") or name in OF_BOOKINGS)
        if not limits.keys() & {"service", "class", "segment", "outcome"}:
            found = [one for one in self.counters if fits(one)]
            open_s, rest, busy = (sum(one[name] for one in found) for name in ("open", "rest", "busy"))
            there = {"open_s": round(open_s), "break_s": round(rest), "idle_s": round(max(0, open_s - rest - busy))}
            at_work = max(0, open_s - rest)
            there["utilisation"] = min(busy, at_work) / at_work if at_work else None
        if "counter" in limits:
            out |= dict.fromkeys(name for name in out if name not in AT_COUNTERS)
        if "paper" in limits:
            out |= dict.fromkeys(name for name in out if name != "missing")
            there = dict.fromkeys(there)
        if "officer" in limits:
            out |= dict.fromkeys(name for name in out if name not in AT_COUNTERS or name.startswith("wait"))
        return out | there


CAUSES = {"quota_full": "quota", "service_interrupted": "interruption"}
KINDS = ("wait", "walk", "service", "visit", "hold")
AT_COUNTERS = {"called", "begun", "served", "people", "no_show", "no_show_share", "waits", "service_s", "hold_s"}
AT_COUNTERS |= {"wait_left_out_s", "left_out_s"}
AT_COUNTERS |= {f"{n}_{p}_s" for n in ("wait", "walk", "service") for p in ("p50", "p90")}
AT_COUNTERS |= {f"{n}_in_promise{w}" for n in ("wait", "service") for w in ("", "_without")}
OF_BOOKINGS = {"booked", "came", "came_late", "missed", "given_back"}
_LACKS = object()


def _foretold(one):
    """Whether the first call that stands came within what was told at the issue; None: nothing was told, no call."""
    called = next((stay["start"] for stay in one.stays if stay["kind"] == "walk"), None)
    if one.told is None or called is None:
        return None
    return one.told[0] <= (called - one.issued) / timedelta(seconds=1) <= one.told[1]


def _calendar(day) -> dict:
    on = datetime.fromisoformat(day)
    monday = on - timedelta(days=on.weekday())
    return {"day": day, "weekday": on.weekday(), "week": str(monday.date()), "month": f"{day[:7]}-01"}


def _hour(at) -> int:
    return at.astimezone(ZONE).hour
