"""The course of the wait on paper: two bars a day, week or month, told apart in greyscale."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..documents.reports import JudgedTarget, PeriodRow
from .letter_words import NONE, Words

MOST = 40  # bars that two periods may have together; of longer ones only the present is drawn
_STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 1440)


def chart(
    before: Sequence[PeriodRow], now: Sequence[PeriodRow], step: str, words: Words, targets: Sequence[JudgedTarget]
) -> dict[str, Any] | None:
    """Bars, lines of the axis, and the same numbers in words for who does not see them; None: nobody waited."""
    both = [*before, *now] if len(before) + len(now) <= MOST else [*now]
    bars = [_bar(row, step, words) for row in both]
    most = max((one["p90"] or 0 for one in bars), default=0)
    if not most:
        return None
    aims = [(one["value"] or 0) / 60 for one in targets if one["measure"] in ("wait_p50_s", "wait_p90_s")]
    most = max(most, *aims) if aims else most
    title = words.say(f"chart_{step}")
    return {
        "title": title,
        "told": f"{title}. " + "; ".join(_said(one) for one in bars),
        "ticks": list(_ticks(most)),
        "bars": bars,
        "targets": [{"minutes": aim, "label": words.say("target_line", n=words.count(round(aim)))} for aim in aims],
        "split": len(both) - len(now),
        "before": words.say("chart_before"),
        "now": words.say("chart_now"),
    }


def _bar(row: PeriodRow, step: str, words: Words) -> dict[str, Any]:
    p50, p90 = (None if row[name] is None else row[name] / 60 for name in ("wait_p50_s", "wait_p90_s"))
    return {"label": words.step(step, str(row["key"])), "p50": p50, "p90": p90}


def _said(bar: dict[str, Any]) -> str:
    values = (NONE if bar[name] is None else str(round(bar[name])) for name in ("p50", "p90"))
    return f"{bar['label']}: {', '.join(values)}"


def _ticks(most: float) -> Iterator[int]:
    step = next((one for one in _STEPS if one * 4 >= most), _STEPS[-1])
    yield from range(0, int(-(-most // step) + 1) * step, step)
