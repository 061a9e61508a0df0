"""A visitor says from which kecamatan they come: once for each number that is asked, and untraceable from then on.

As surveys do (``surveying.py``): no event, no revision, no key. The number's mark and the sealed answer are written
together. Nothing is sent, and so nothing kept, of a visitor who skips the question.
"""

from ..domain.errors import Code, QueueError
from ..domain.origins import KIND, OTHER
from ..domain.survey import Answered
from ..domain.survey_period import month_of
from ..domain.survey_right import LASTS
from ..store import tickets, urn
from ..store.urn import Urn


def tell(into: Urn, ticket_id: str, origin: str) -> None:
    """``origin``: the id of one of the site's districts, or ``other``.

    Raises ``not_found`` once the ticket's link has ended, ``already_answered``, and ``invalid`` of a number that is
    not asked or a district that there is not.
    """
    found, site = tickets.by_id(into.conn, ticket_id), into.site
    if found is None or into.today - found.day > LASTS:
        raise QueueError(Code.NOT_FOUND)
    if not site.asks_origin(found.series, found.day, found.seq):
        raise QueueError(Code.INVALID, field="origin", reason="not_asked")
    if origin != OTHER and origin not in site.origins.districts:
        raise QueueError(Code.INVALID, field="origin", reason="unknown_district")
    of_ticket, now = month_of(found.day), month_of(into.today)
    mark = urn.mark_of(into.keys.make(of_ticket), KIND, found.id)
    if not urn.mark(into.conn, site.id, of_ticket, mark):
        raise QueueError(Code.ALREADY_ANSWERED)
    named = site.named(found.series)
    said = Answered(now, found.series, named.agency if named else None, "phone", "free", "plain", (), (origin,))
    urn.put(into.conn, into.keys.make(now), site.id, KIND, said)
    urn.let_out(into.conn, into.keys, site.id, now, into.today, over=False)
