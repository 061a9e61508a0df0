"""A survey's quarter is frozen; what is done about it, and where it was published, is written down."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from ..domain.errors import Code, QueueError
from ..domain.events import Kind
from ..domain.followup_events import SurveyClosed
from ..domain.followups import MOST_OF_PERIOD, Followup, Published, followup, publication
from ..domain.rights import Act, require
from ..domain.survey import Answered
from ..domain.survey_period import quarter
from ..store import survey
from ..store.ids import new_id
from ..store.transaction import Transaction, record


def standing(tx: Transaction, kind: Kind) -> dict[str, Mapping[str, Any]]:
    """id -> how each of a register stands."""
    return {one.detail["id"]: one.detail for one in survey.register(tx.conn, tx.site_id, (kind,))}


def set_followup(tx: Transaction, said: Followup, today: date, id: str | None = None) -> str:
    """Write one down, or anew; its id. The same again changes nothing.

    Raises ``forbidden`` for another agency's, and for the hall's from an account with agencies; ``not_found``,
    ``invalid``.
    """
    _require(tx, said.agency)
    known = standing(tx, Kind.FOLLOWUP_SET)
    _refuse_unknown(id, known)
    if id is not None:
        _require(tx, known[id].get("agency"))
    detail = followup(tx.config, id or new_id(), said, today)
    return _keep(tx, Kind.FOLLOWUP_SET, detail, known)


def set_publication(tx: Transaction, said: Published, today: date, id: str | None = None) -> str:
    """As ``set_followup``; a publication is the hall's."""
    _require(tx, None)
    known = standing(tx, Kind.PUBLICATION_SET)
    _refuse_unknown(id, known)
    return _keep(tx, Kind.PUBLICATION_SET, publication(id or new_id(), said, today), known)


def close_quarter(tx: Transaction, name: str, today: date, result: Mapping[str, Any], of: Iterable[Answered]) -> int:
    """Freeze a quarter's figures; the version that this is.

    ``result``: as they were worked out from the answers ``of``, just before. Raises ``invalid`` for a quarter that is
    not over, that nobody answered in, or that is closed with the same result.
    """
    if not quarter(name).is_over(today):
        raise QueueError(Code.INVALID, field="quarter", reason="not_over")
    if not result["n"]:
        raise QueueError(Code.INVALID, field="quarter", reason="nobody_answered")
    before = [
        one for one in survey.register(tx.conn, tx.site_id, (Kind.SURVEY_CLOSED,)) if one.detail["quarter"] == name
    ]
    digest = digest_of(of)
    if before and before[-1].detail["digest"] == digest:
        raise QueueError(Code.INVALID, field="quarter", reason="same_as_before")
    version = len(before) + 1
    frozen = {**result, "version": version}
    record(tx, Kind.SURVEY_CLOSED, detail=SurveyClosed(quarter=name, version=version, result=frozen, digest=digest))
    return version


def digest_of(answers: Iterable[Answered]) -> str:
    """SHA-256 of the answers without their comments, which are deleted in time; their order says nothing."""
    rows = sorted(json.dumps({**asdict(one), "comment": None}, sort_keys=True) for one in answers)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _require(tx: Transaction, agency: str | None) -> None:
    """``agency``: whose it is, none: the hall's, which accounts with agencies leave alone. Raises ``forbidden``."""
    require(tx.actor, Act.KEEP_REGISTERS, tx.site_id, agency)
    if agency is None and tx.actor.agencies:
        raise QueueError(Code.FORBIDDEN)


def _refuse_unknown(id: str | None, known: Mapping[str, Any]) -> None:
    if id is not None and id not in known:
        raise QueueError(Code.NOT_FOUND)


def _keep(tx: Transaction, kind: Kind, detail: Any, known: Mapping[str, Mapping[str, Any]]) -> str:
    id: str = detail["id"]
    if known.get(id) == detail:
        return id
    of_period = [one for one in known.values() if one["period"] == detail["period"]]
    if id not in known and len(of_period) >= MOST_OF_PERIOD:
        raise QueueError(Code.INVALID, field="period", reason="register_full")
    record(tx, kind, detail=detail)
    return id
