"""The study of need in sentences: which there are, and what stands in them, follows from its figures by fixed rules."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from .. import formats
from ..documents.demand import Demand, OriginRow, Requested
from .calendar import Period
from .sheet import CAUSES

Say = Callable[..., str]  # key, values -> the text
FAR_KM = 50.0  # from here on a journey takes half a day on the roads of Banten's south
_NAMED = 3  # kecamatan in a sentence


def sentences(of: Demand, lang: str, say: Say) -> list[str]:
    """All of them, the weightiest first."""
    if not of["totals"]["asked"]:
        return [say("sum_nothing", period=period_in_words(of, lang))]
    parts = (_requests, _refusals, _when, _origins)
    return [*(one for part in parts for one in part(of, lang, say)), say("sum_limits")]


def period_in_words(of: Demand, lang: str) -> str:
    """A month by its name, else from a date to a date."""
    first, last = date.fromisoformat(of["from"]), date.fromisoformat(of["to"])
    if Period(first, last).months == 1:
        return formats.full_month(first, lang)
    if first == last:
        return formats.full_date(first, lang)
    return f"{formats.full_date(first, lang)} – {formats.full_date(last, lang)}"


def months_in_words(months: Sequence[str], lang: str) -> str:
    """From a month to a month."""
    first, last = (formats.full_month(date.fromisoformat(f"{one}-01"), lang) for one in months)
    return first if first == last else f"{first} – {last}"


def hour_in_words(hour: int) -> str:
    """``08.00–09.00``."""
    return f"{hour:02}.00–{hour + 1:02}.00"


def share_in_words(part: float, whole: float, lang: str) -> str:
    """Per cent with a decimal."""
    return formats.decimal(100 * part / whole, lang) if whole else "0"


def cause_of(row: Requested) -> str:
    """Why most were refused; of equals the first of the list."""
    return max(CAUSES, key=lambda cause: int(row[f"refused_{cause}"]))  # type: ignore[literal-required]


def _requests(of: Demand, lang: str, say: Say) -> Iterator[str]:
    total, count = of["totals"], lambda n: formats.count(n, lang)
    yield say(
        "sum_asked" if total["refused"] else "sum_asked_all",
        period=period_in_words(of, lang),
        days=count(of["days"]),
        asked=count(total["asked"]),
        issued=count(total["issued"]),
        refused=count(total["refused"]),
        share=share_in_words(total["refused"], total["asked"], lang),
    )
    if len(of["services"]) > 1:
        most = of["services"][0]
        share = share_in_words(most["asked"], total["asked"], lang)
        yield say("sum_service", service=_name(most["name"], lang), n=count(most["asked"]), share=share)


def _refusals(of: Demand, lang: str, say: Say) -> Iterator[str]:
    if not of["totals"]["refused"]:
        return
    most = max(of["services"], key=lambda one: one["refused"])
    cause = say(f"cause_{cause_of(most)}")
    yield say("sum_refused", service=_name(most["name"], lang), n=formats.count(most["refused"], lang), cause=cause)
    day = max(of["weekdays"], key=lambda one: one["refused"])
    hour = max(of["hours"], key=lambda one: one["refused"])
    weekday = formats.weekday(day["weekday"], lang)
    yield say("sum_refused_when", weekday=weekday, hour=hour_in_words(hour["hour"]))
    yield say("sum_came_back", n=formats.count(of["totals"]["refused"], lang))


def _when(of: Demand, lang: str, say: Say) -> Iterator[str]:
    day = max(of["weekdays"], key=lambda one: one["asked"] / max(one["days"], 1))
    hour = max(of["hours"], key=lambda one: one["asked"])
    yield say(
        "sum_busy",
        weekday=formats.weekday(day["weekday"], lang),
        n=formats.decimal(day["asked"] / max(day["days"], 1), lang),
        hour=hour_in_words(hour["hour"]),
    )


def _origins(of: Demand, lang: str, say: Say) -> Iterator[str]:
    found = of["origins"]
    if not found["on"] and not found["answers"]:
        yield say("sum_origin_off")
        return
    if found["months"] is None or found["answers"] is None:
        yield say("sum_origin_few")
        return
    answered = [one for one in found["rows"] if one["answers"]]
    named = [f"{one['name']} ({share_in_words(one['share'] or 0, 1, lang)} %)" for one in answered[:_NAMED]]
    months = months_in_words(found["months"], lang)
    many = formats.count(found["answers"], lang)
    if not named:
        yield say("sum_origin_few")
        return
    yield say("sum_origin", n=many, months=months, names=", ".join(named))
    yield from _far(answered, found["answers"], lang, say)


def _far(answered: list[OriginRow], answers: int, lang: str, say: Say) -> Iterator[str]:
    known = [one for one in answered if one["distance_km"] is not None]
    far = sum(one["answers"] or 0 for one in known if (one["distance_km"] or 0) >= FAR_KM)
    if far:
        yield say("sum_far", share=share_in_words(far, answers, lang), km=formats.count(int(FAR_KM), lang))
    dense = [one for one in answered if one["visits_per_10000"] is not None]
    if len(dense) > 1:
        most = max(dense, key=lambda one: one["visits_per_10000"] or 0)
        least = min(dense, key=lambda one: one["visits_per_10000"] or 0)
        yield say(
            "sum_dense",
            most=most["name"],
            n=formats.decimal(most["visits_per_10000"] or 0, lang),
            least=least["name"],
            m=formats.decimal(least["visits_per_10000"] or 0, lang),
        )


def _name(words: dict[str, str], lang: str) -> Any:
    return words.get(lang) or words["id"]
