"""The evidence pack of a zone of integrity (WBBM): one ZIP of files that anybody may check, and an index of them.

Nobody is named in it: no officer's figures, no name, no address, no text in somebody's own words but those of the two
registers that are public anyway. An act is told by its role, its kind and its coded reason; the seals of the days let
the record be held against it.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ..domain.survey import ELEMENTS
from .export import safe

#: the groups of acts that the extract tells: how a hall is run, not what single officers and visitors did
GROUPS = ("days", "steering", "structure", "accounts", "devices")
_AUDIT = ("at", "day", "kind", "what", "by_role", "counter", "service", "reason_code")
_INTERRUPTION = ("day", "since", "ended_at", "concerns", "id", "reason", "issuing", "confirmed")
_TURN = ("day", "at", "counter", "service", "how", "passed", "reason_code")
_FAIR = ("period", "from", "to", "service", "name", "issued", "called", "overtaken", "overtook")
_SURVEY = ("quarter", "version", "closed_at", "agency", "name", "n", "n_incomplete", "ikm", "letter", "withheld")
_FOLLOWUP = ("period", "element", "act", "who", "due", "agency", "state", "done", "proof")
_PUBLICATION = ("period", "kind", "medium", "day", "proof")
MOST_DAYS = 366
Say = Callable[..., str]
File = tuple[str, str, bytes]  # its name, what it is in words, what it holds


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file that no spreadsheet takes for formulas."""
    file = io.StringIO()
    out = csv.writer(file, lineterminator="\r\n")
    out.writerow(head)
    for row in rows:
        out.writerow([safe(cell) for cell in row])
    return file.getvalue().encode()


def audit(entries: Iterable[Mapping[str, Any]], words: Mapping[str, str], zone: ZoneInfo) -> bytes:
    """The extract of the record: what was done, in which role, where, for which coded reason."""
    rows = [
        (
            *(_local(one["at"], zone), one["day"], one["kind"], words.get(f"happened_{one['kind']}", one["kind"])),
            *(" ".join(one["roles"]) or one["what"], one["counter"], one["service"], one["reason_code"]),
        )
        for one in sorted(entries, key=lambda one: one["at"])
    ]
    return table(_AUDIT, rows)


def interruptions(listed: Iterable[Mapping[str, Any]], zone: ZoneInfo) -> bytes:
    """The hall's interruptions without their announcements, which are somebody's own words."""
    rows = []
    for one in sorted(listed, key=lambda one: one["since"]):
        [(concerns, id)] = list(one["scope"].items()) or [("site", "")]
        times = (_local(one["since"], zone), _local(one["ended_at"], zone) if one["ended_at"] else "")
        rows.append((one["day"], *times, concerns, id, one["reason"], one["issuing"], one["confirmed"]))
    return table(_INTERRUPTION, rows)


def fairness(report: Mapping[str, Any], lang: str) -> bytes:
    """How often visitors were overtaken, by service, in this period and in the one before."""
    rows = [
        (
            *(
                period,
                figures["from"],
                figures["to"],
                row["key"],
                _name(row, lang),
            ),
            *(row["issued"], row["called"], row["overtaken"], row["overtook"]),
        )
        for period, figures in (("this", report), ("previous", report["previous"]))
        for row in (*figures["rows"], {"key": "total", "name": None, **figures["totals"]})
    ]
    return table(_FAIR, rows)


def out_of_order(listed: Iterable[Mapping[str, Any]], zone: ZoneInfo) -> bytes:
    """The turns that the published order did not give: by number, or without one (``how``); whom they passed, counted.

    A reason stands there if it was chosen from a list; what somebody wrote in their own words does not.
    """
    rows = [{**one, "at": _local(one["at"], zone)} for one in sorted(listed, key=lambda one: one["at"])]
    return table(_TURN, [[one[name] for name in _TURN] for one in rows])


def seals(listed: Iterable[Mapping[str, Any]]) -> bytes:
    """The digest of each day that is over: ``queue-server verify`` reckons it again."""
    return table(("day", "digest", "events"), [(one["day"], one["digest"], one["events"]) for one in listed])


def complaints(listed: Iterable[Mapping[str, Any]]) -> bytes:
    """The register of complaints."""
    columns = ("month", "channel", "agency", "received", "in_work", "done")
    return table(columns, [[one[name] for name in columns] for one in listed])


def survey_figures(closed: Iterable[Mapping[str, Any]]) -> bytes:
    """The closed quarters as they were frozen, the latest version of each: the hall, then its agencies."""
    rows: list[Sequence[object]] = []
    for one in closed:
        whole = one["result"]
        first = (one["quarter"], one["version"], one["closed_at"])
        nine = [element["nrr"] for element in whole["elements"]]
        rows.append((*first, "", "", *_index(whole), *nine))
        rows += [(*first, unit["id"], unit["name"], *_index(unit), *[None] * len(nine)) for unit in whole["units"]]
    return table((*_SURVEY, *(f"nrr_{key}" for key in ELEMENTS)), rows)


def _index(one: Mapping[str, Any]) -> Sequence[object]:
    return one["n"], one["n_incomplete"], one["ikm"], one["letter"], int(one["withheld"])


def followups(listed: Iterable[Mapping[str, Any]]) -> bytes:
    """The public register of what is done about the weakest elements."""
    return table(_FOLLOWUP, [[one[name] for name in _FOLLOWUP] for one in listed])


def publications(listed: Iterable[Mapping[str, Any]]) -> bytes:
    """The public register of where results were made known."""
    return table(_PUBLICATION, [[one[name] for name in _PUBLICATION] for one in listed])


def pack(files: Sequence[File], about: str) -> bytes:
    """The ZIP; its index names each file, what it is, its size and its SHA-256. ``about``: the text that goes first."""
    index = table(
        ("file", "content", "bytes", "sha256"),
        [(name, what, len(held), hashlib.sha256(held).hexdigest()) for name, what, held in files],
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        for name, held in (("00-README.txt", about.encode()), ("00-index.csv", index), *((f[0], f[2]) for f in files)):
            into.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), held, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _local(at: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(at).astimezone(zone).isoformat(timespec="seconds")


def _name(row: Mapping[str, Any], lang: str) -> str:
    return (row["name"].get(lang) or row["name"]["id"]) if row["name"] else ""
