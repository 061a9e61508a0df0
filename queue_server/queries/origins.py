"""From where visitors come, as their answers tell it, and what an office knows of the kecamatan."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..documents.demand import District, Districts
from ..documents.site import SiteDistrict
from ..domain import districts as rules
from ..domain.fold import Ticket
from ..domain.origins import KIND, rounded
from ..domain.survey_period import Months, month_of
from ..store import origins, registers, urn
from ..store.origins import Cell
from ..store.urn_keys import UrnKeys
from .snapshot import Snapshot
from .survey import leaving, survey_day
from .ticket import iso


def likeliest(view: Snapshot) -> list[SiteDistrict]:
    """What screens offer, the most frequent of the months before first; among equals as the site file has them.

    By the rounded counts: this order is public.
    """
    named = view.site.origins.districts
    if not named or not any(one.origin for one in view.site.services.values()):
        return []
    many = origins.by_origin(view.conn, view.site.id, month_of(survey_day(view)))
    return [{"id": id, "name": named[id]} for id in sorted(named, key=lambda id: -(rounded(many.get(id, 0)) or 0))]


def has_told(view: Snapshot, keys: UrnKeys, ticket: Ticket) -> bool:
    """Whether its holder has said from where they come; what they said nobody knows."""
    month = month_of(ticket.day)
    key = keys.get(month)
    return key is not None and urn.is_marked(view.conn, view.site.id, month, urn.mark_of(key, KIND, ticket.id))


def districts(view: Snapshot) -> Districts:
    """How far each is, and how many live there, as it was written down last."""
    last = registers.last_districts(view.conn, view.site.id)
    known = rules.read(last.detail["districts"]) if last else {}
    rows: list[District] = []
    for id, name in view.site.origins.districts.items():
        one = known.get(id, rules.District(id))
        rows.append({"id": id, "name": name, "distance_km": one.distance_km, "population": one.population})
    return {
        "site": view.site.id,
        "version": registers.version_of(last),
        "at": iso(last.at) if last else None,
        "source": last.detail["source"] if last else None,
        "year": last.detail["year"] if last else None,
        "districts": rows,
    }


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of whole months that are over: exact, and for no page (``domain/origins.rounded`` rounds them)."""

    months: Months
    cells: Mapping[Cell, int]

    def by_origin(self, agencies: Iterable[str], agency: str | None, service: str | None) -> Counter[str]:
        """origin -> answers within what is asked about; those whose service is struck out count for the hall alone."""
        mine, found = frozenset(agencies), Counter[str]()
        for (_, of, at, origin), many in self.cells.items():
            if (not mine or of in mine) and agency in (None, of) and service in (None, at):
                found[origin] += many
        return found


def answers(view: Snapshot, keys: UrnKeys, months: Months) -> Answers:
    """Those that have left the urn, and those that still lie in it though their month is over, as they will leave."""
    cells = Counter(origins.counted(view.conn, view.site.id, months.first, months.last))
    for said in leaving(view.conn, keys, view.site.id, survey_day(view), KIND):
        if months.first <= said.month <= months.last:
            cells[said.month, said.agency, said.service, str(said.profile[0])] += 1
    return Answers(months, cells)
