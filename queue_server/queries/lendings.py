"""The accounts that help out at another agency's counters, for those who see to that."""

from collections.abc import Mapping

from ..documents.accounts import Lending, Lendings
from ..store import accounts
from ..store import lendings as kept
from ..store.rows import AnyRow
from .snapshot import Snapshot


def lendings(view: Snapshot, agencies: frozenset[str] = frozenset()) -> Lendings:
    """Those of a site; ``agencies`` limits it to accounts that come from them or go to them, empty means all."""
    found = kept.of_site(view.conn, view.site.id)
    people = {row.id: row for row in accounts.all_accounts(view.conn)} if found else {}
    return {
        "lendings": [
            _lending(one, people)
            for one in found
            if not agencies or one.agency in agencies or agencies & set(people[one.account].agencies)
        ]
    }


def _lending(one: kept.Lending, people: Mapping[str, AnyRow]) -> Lending:
    by = people.get(one.by)
    return {
        "account": one.account,
        "name": people[one.account].name,
        "agency": one.agency,
        "by": by.name if by else None,
        "by_id": one.by,
        "at": one.at.isoformat(),
    }
