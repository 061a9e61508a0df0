"""The order of a period, from the record: overtakes by day and service, and every turn out of order with its reason."""

import csv
import io
from collections import Counter as Tally
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from ..documents.fairness import FairnessDay, FairnessReport, TurnOutOfOrder
from ..domain.fold import Event
from ..domain.overtakes import Ledger
from ..domain.site import Site
from ..queries.overtaking import serves
from ..store import accounts, audit, events
from ..store.engine import reading_apart
from ..store.structures import Build, Structures
from .calendar import Period
from .days_recorded import DaysRecorded
from .export import FORMS, Form, safe
from .fairness import out_of_order

MOST_DAYS = 92  # each is read whole


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which services; ``explained``: who reads is told who did it, and why."""

    agencies: frozenset[str] = frozenset()
    agency: str | None = None
    service: str | None = None
    explained: bool = False

    def services(self, site: Site) -> Collection[str]:
        """Those of a day's that are asked about, within the reader's agencies."""
        return [
            one.id
            for one in site.services.values()
            if (not self.agencies or one.agency in self.agencies)
            and self.agency in (None, one.agency)
            and self.service in (None, one.id)
        ]


def read(url: str, site: Site, build: Build | None, period: Period, wanted: Wanted, now: datetime) -> FairnessReport:
    """The report, by a connection of its own: it is made where it holds nobody up."""
    with reading_apart(url) as conn:
        return made(conn, site, Structures({site.id: site}, build), period, wanted, now)


def made(
    conn: Any, site: Site, structures: Structures, period: Period, wanted: Wanted, now: datetime
) -> FairnessReport:
    """The report of what a snapshot tells."""
    recorded, names = DaysRecorded(conn, structures, site), accounts.names(conn)
    report: FairnessReport = {
        "site": site.id,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "agency": wanted.agency,
        "service": wanted.service,
        "made_at": now.isoformat(timespec="seconds"),
        "days": 0,
        "overtakes": {"suffered": 0, "made": 0},
        "out_of_order": 0,
        "visitors": 0,
        "most": 0,
        "rows": [],
        "calls": [],
    }
    for day in events.days(conn, site.id, period.first, period.last):
        _add(report, conn, recorded.site(day), day, wanted, names)
    return report


def _add(report: FairnessReport, conn: Any, site: Site, day: date, wanted: Wanted, names: Mapping[str, str]) -> None:
    happened = [*events.of_days(conn, site.id, day, day)]
    ledger, mine = Ledger(serves(site)).after(happened), wanted.services(site)
    suffered = Tally(one.whom.service for one in ledger.overtakings)
    made_by = Tally(one.who.service for one in ledger.overtakings)
    odd = Tally(one.whom.service for one in ledger.overtakings if one.how != "next")
    visitors = Tally(one.whom.id for one in ledger.overtakings if one.whom.service in mine)
    rows: list[FairnessDay] = [
        {
            "day": day.isoformat(),
            "service": id,
            "name": dict(site.services[id].name),
            "overtakes": {"suffered": suffered[id], "made": made_by[id]},
            "out_of_order": odd[id],
        }
        for id in mine
        if suffered[id] or made_by[id]
    ]
    report["days"] += 1
    report["rows"] += rows
    for side in ("suffered", "made"):
        report["overtakes"][side] += sum(one["overtakes"][side] for one in rows)  # type: ignore[literal-required]
    report["out_of_order"] += sum(one["out_of_order"] for one in rows)
    report["visitors"] += len(visitors)
    report["most"] = max(report["most"], *visitors.values(), 0)
    report["calls"] += _calls(conn, ledger, happened, day, mine, names if wanted.explained else None)


def _calls(
    conn: Any, ledger: Ledger, happened: list[Event], day: date, mine: Collection[str], names: Mapping[str, str] | None
) -> list[TurnOutOfOrder]:
    """``names``: of the accounts; None: nobody is named, and no reason told."""
    turns = {at: out for at, turn in ledger.passings.items() if (out := out_of_order(turn, mine)) is not None}
    of = {at: ledger.passings[at].ticket.id for at in turns}
    theirs = [e for e in happened if e.ticket is not None and of.get((e.epoch, e.revision)) == e.ticket]
    by = {(e.epoch, e.revision): e.by or e.officer or "" for e in theirs}
    codes = {(e.epoch, e.revision): code for e in theirs if (code := e.detail.get("reason_code"))}
    why = audit.kept_apart(conn, theirs) if names is not None else {}
    reasons = {(at[1], at[2]): found["reason"] for at, found in why.items() if found.get("reason")}
    return [
        {
            **turn,
            "day": day.isoformat(),
            "by": names.get(by.get(at, "")) if names is not None else None,
            "reason": reasons.get(at),
            "reason_code": codes.get(at) if names is not None else None,
        }
        for at, turn in turns.items()
    ]


COLUMNS = ("what", "day", "at", "service", "name", "suffered", "made", "out_of_order", "number", "counter", "how",
           "passed", "by", "reason", "reason_code")  # fmt: skip


def _rows(report: FairnessReport, lang: str, form: Form) -> list[dict[str, object]]:
    """Of each day and service one row, then of each turn out of order one."""
    found: list[dict[str, object]] = []
    for one in report["rows"]:
        name = one["name"].get(lang) or one["name"]["id"]
        sums = {**one["overtakes"], "out_of_order": one["out_of_order"]}
        found.append({"what": "service", "day": one["day"], "service": one["service"], "name": name, **sums})
    for call in report["calls"]:
        at = datetime.fromisoformat(call["at"])
        shown = at.strftime(form.time) if form.time else call["at"]
        found.append({**call, "what": "turn", "at": shown, "passed": " ".join(call["passed"])})
    return found


def as_csv(report: FairnessReport, lang: str, excel: str | None = None) -> str:
    """The file for programs, or for a spreadsheet that reads as a country writes."""
    form, file = FORMS[excel], io.StringIO()
    file.write(form.begins)
    out = csv.writer(file, lineterminator=form.line_end, delimiter=form.delimiter)
    out.writerow(COLUMNS)
    out.writerows([safe(row.get(name)) for name in COLUMNS] for row in _rows(report, lang, form))
    return file.getvalue()


def as_xlsx(report: FairnessReport, lang: str) -> bytes:
    """The same as a spreadsheet: numbers are numbers, no text is a formula."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        page, bold = book.add_worksheet(), book.add_format({"bold": True, "bottom": 1})
        page.write_row(0, 0, COLUMNS, bold)
        page.set_column(0, len(COLUMNS) - 1, 16)
        page.freeze_panes(1, 0)
        for n, row in enumerate(_rows(report, lang, FORMS["id"]), 1):
            for column, name in enumerate(COLUMNS):
                value = row.get(name)
                if value is not None:
                    (page.write_number if isinstance(value, int) else page.write_string)(n, column, value)
    return file.getvalue()
