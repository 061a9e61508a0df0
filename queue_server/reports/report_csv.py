"""Today's report as a file: its two tables one below the other, figures written as the page writes them."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from .. import formats
from .export import safe

#: The counts, in the order of their columns: heading and definition of each, and the fields that make it up.
COUNTS = (
    ("issued", ("issued",)),
    ("class", ("issued_by_class",)),
    ("served", ("completed",)),
    ("people", ("people",)),
    ("waiting", ("waiting",)),
    ("at_counter", ("called", "serving")),
    ("held", ("held",)),
    ("no_show", ("no_show",)),
    ("given_up", ("cancelled", "expired")),
    ("papers", ("papers",)),
    ("carried", ("carried",)),
    ("refused", ("refused",)),
)

#: What is counted of booked places, in the order of its columns.
BOOKED = ("booked", "came", "came_late", "missed", "given_back", "to_come")

Words = Mapping[str, str]  # key -> text, in one language


def write(report: Any, words: Words, lang: str, file: IO[str]) -> None:
    """The services with their total, papers that were missing and outcomes, if any, then the counters."""
    out = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (
        *_services(report, words, lang),
        (),
        *_papers(report, words, lang),
        *_outcomes(report, words, lang),
        *_bookings(report, words, lang),
        *_counters(report, words, lang),
    ):
        out.writerow([safe(cell) for cell in row])


def _services(report: Any, words: Words, lang: str) -> Iterator[Sequence[object]]:
    spread = (*_spread("wait", words, 2), *_spread("walk", words, 2), *_spread("spent", words, 3))
    yield (words["col_service"], *(words[f"col_{key}"] for key, _ in COUNTS), *spread, *_promise(words))
    for row in report["services"]:
        yield (_in(row["name"], lang), *_figures(row, words, lang))
    yield (words["total"], *_figures(report["totals"], words, lang))


def _bookings(report: Any, words: Words, lang: str) -> Iterator[Sequence[object]]:
    rows = [row for row in report.get("bookings", ()) if row["booked"] or row["given_back"]]
    if rows:
        yield (words["col_service"], *(words[f"col_booking_{key}"] for key in BOOKED))
        names = {row["id"]: _in(row["name"], lang) for row in report["services"]}
        for row in rows:
            yield (names.get(row["service"], row["service"]), *(row[key] for key in BOOKED))
        yield ()


def _papers(report: Any, words: Words, lang: str) -> Iterator[Sequence[object]]:
    lines = [
        (_in(row["name"], lang), _in(paper["name"], lang), paper["count"])
        for row in report["services"]
        for paper in row["missing"]
    ]
    if lines:
        yield (words["col_service"], words["col_paper"], words["col_times"])
        yield from lines
        yield ()


def _outcomes(report: Any, words: Words, lang: str) -> Iterator[Sequence[object]]:
    lines = [
        (_in(row["name"], lang), one["outcome"] or words["outcome_unsaid"], one["count"])
        for row in report["services"]
        for one in row["outcomes"]
    ]
    if lines:
        yield (words["col_service"], words["col_outcome"], words["col_transactions"])
        yield from lines
        yield ()


def _in(name: Words, lang: str) -> str:
    return name.get(lang) or name["id"]


def _figures(row: Any, words: Words, lang: str) -> Iterator[object]:
    yield from (_count([row[field] for field in fields], words) for _, fields in COUNTS)
    yield from (row["wait"]["median_min"], row["wait"]["p90_min"])
    yield from (_minutes(row["walk"][key], lang) for key in ("median_s", "p90_s"))
    yield from (_minutes(row["service"][key], lang) for key in ("median_s", "p90_s", "sum_s"))
    yield from _shares(row)


def _counters(report: Any, words: Words, lang: str) -> Iterator[Sequence[object]]:
    spread = (*_spread("walk", words, 3), *_spread("spent", words, 3))
    yield (words["col_counter"], words["col_served"], words["col_no_show"], *spread, *_promise(words))
    for row in report["counters"]:
        times = [
            _minutes(row[part][key], lang) for part in ("walk", "service") for key in ("median_s", "p90_s", "sum_s")
        ]
        yield (row["name"], row["served"], row["no_show"], *times, *_shares(row))


def _spread(part: str, words: Words, columns: int) -> list[str]:
    return [f"{words[f'col_{part}']} {words[f'col_{key}']}" for key in ("median", "p90", "sum")[:columns]]


def _count(counts: list[Any], words: Words) -> object:
    """A sum; of a count by class, each class with its own."""
    if isinstance(counts[0], dict):
        return ", ".join(f"{words[f'class_{kind}']} {number}" for kind, number in counts[0].items())
    return sum(counts)


def _minutes(seconds: float | None, lang: str) -> str:
    return "" if seconds is None else formats.decimal(seconds / 60, lang, apart=False)


def _promise(words: Words) -> tuple[str, str, str]:
    return words["col_promise"], words["col_promise_without"], words["col_left_out"]


def _shares(row: Any) -> Iterator[object]:
    """With all that happened, without what interruptions took, and how many seconds that was."""
    for key in ("within_target_percent", "within_target_without_percent"):
        yield "" if row[key] is None else f"{row[key]} %"
    yield row["left_out_s"]
