"""The record, for those who check it: a page of it, or a file."""

from collections.abc import Callable, Iterable, Iterator
from tempfile import TemporaryFile
from typing import Any

from flask import Blueprint, Response, request

from ...documents.audit import AuditEntry
from ...domain.errors import Code, QueueError
from ...domain.rights import Act
from ...house import House
from ...queries.audit_walk import Read, page, whole
from ...reports import audit_csv, audit_xlsx
from ...reports.export import FORMS
from ..http import audit_query
from ..http.endpoint import PREFIX, Asked, endpoint, give_way

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AT_ONCE = 65536  # bytes

bp = Blueprint("audit", __name__, url_prefix=f"{PREFIX}/sites/<site>")


@endpoint(bp, "GET", "/audit", act=Act.SEE_AUDIT, reply="audit", codes=(Code.INVALID,))
def get_audit(asked: Asked, site: str) -> Any:
    """What was done at a site, by whom, when, where and why, the latest first, within the caller's agencies."""
    return page(_read(asked, site), give_way, asked.actor, audit_query.asked(), audit_query.before())


@endpoint(bp, "GET", "/audit.csv", act=Act.SEE_AUDIT, file="text/csv", codes=(Code.INVALID,))
def get_audit_csv(asked: Asked, site: str) -> Any:
    """The same as a file, all of it; ``excel``: as a country's spreadsheets read it."""
    form = request.args.get("excel") or None
    if form not in FORMS:
        raise QueueError(Code.INVALID, field="excel")
    found = whole(_read(asked, site), give_way, asked.actor, audit_query.asked())
    lines = audit_csv.lines(found, asked.house.site(site).timezone, FORMS[form])
    return Response(lines, mimetype="text/csv", headers=_named(f"{site}-audit.csv"))


@endpoint(bp, "GET", "/audit.xlsx", act=Act.SEE_AUDIT, file=XLSX, codes=(Code.INVALID,))
def get_audit_xlsx(asked: Asked, site: str) -> Any:
    """The same as a spreadsheet, written to the disk beside the hub, some entries at a time."""
    found = whole(_read(asked, site), give_way, asked.actor, audit_query.asked())
    return Response(_book(asked.house, site, found), mimetype=XLSX, headers=_named(f"{site}-audit.xlsx"))


def _book(house: House, site: str, found: Iterable[list[AuditEntry]]) -> Iterator[bytes]:
    with TemporaryFile() as file:
        book = audit_xlsx.Book(file, house.site(site).timezone)
        for entries in found:
            house.off_hub(book.add, entries)
        house.off_hub(book.close)
        file.seek(0)
        while some := file.read(_AT_ONCE):
            yield some


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _read(asked: Asked, site: str) -> Read:
    house = asked.house

    def read(query: Callable[[Any], Any]) -> Any:
        return house.read(site, query)

    return read
