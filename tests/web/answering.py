"""Visitors who answer surveys, and the months that pass, as tests of surveys tell them."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import text
from werkzeug.test import TestResponse

from queue_server.domain.survey import ELEMENTS
from queue_server.domain.survey_period import month_of, next_month
from queue_server.operations import urn_keeping
from queue_server.store import schema
from queue_server.store.ids import token
from tests.web.office import Office

SITE = "lebak"
HERE = f"/sites/{SITE}"
PASSPORT, CARD = "paspor-wawancara", "ktp-cetak"


def served(office: Office, many: int, service: str = PASSPORT, first: int = 1) -> list[str]:
    """So many were served today; their tickets' ids."""
    now = office.now
    prefix = "PK" if service == PASSPORT else "PJ"
    at = {"issued_at": "08:00", "called_at": "08:01", "served_at": "08:02", "finished_at": "08:05", "counter": "1"}
    at["counter"] = "2" if service == PASSPORT else "5"
    sheet = [{"number": f"{prefix}{n:03}", "service": service, **at} for n in range(first, first + many)]
    entered = office.ask(
        "ida", "POST", f"{HERE}/outage", {"entries": sheet}, **{"Idempotency-Key": f"{now}{service}{first}"}
    )
    assert entered.status_code == 201, entered.text
    return [one["id"] for one in entered.json["tickets"]]


def link(office: Office, id: str) -> str:
    """A ticket's token."""
    return token(office.house.secret, id)


def says(office: Office, id: str, digits: str = "4" * 9, **more: Any) -> TestResponse:
    """Its holder answers; a dot was skipped."""
    values = {key: None if d == "." else int(d) for key, d in zip(ELEMENTS, digits, strict=True)}
    return office.ask(None, "POST", f"/tickets/{link(office, id)}/survey", {"answers": values, **more})


def month_passes(office: Office, days: int = 0) -> None:
    """So many days pass, or another month begins; its day is opened."""
    today = office.now.date()
    first = date.fromisoformat(f"{next_month(month_of(today))}-01")
    office.now += timedelta(days=days) if days else first - today
    for who in ("ida", "tuti", "lilis"):
        office.begin_session(who)
    for site in (SITE, "pandeglang"):
        office.house.perform(site, lambda tx: None)


def keep(office: Office) -> None:
    """What the server does of itself every ten minutes."""
    urn_keeping.keep(office.house.perform, office.house.reader, office.house.urn_keys)


def forget_all(office: Office) -> None:
    """Nobody has ever answered."""
    with office.house.perform.aside() as conn:
        for table in (schema.survey_mark, schema.survey_urn, schema.survey_answer, schema.rating):
            conn.execute(table.delete())
    for month in office.house.urn_keys.months():
        office.house.urn_keys.destroy(month)


def before(office: Office) -> str:
    """The month that ended last."""
    return month_of(office.now.date().replace(day=1) - timedelta(days=1))


def rows(office: Office, sql: str) -> list[tuple[Any, ...]]:
    """What an attacker reads in the database."""
    with office.house.reader.connect() as conn:
        return [tuple(row) for row in conn.execute(text(sql))]
