"""A visitor says what they think of the service: once for each ticket, and untraceable from then on.

The second exception to the record (``contract.md``, Survey): no event, no revision, no idempotency key. The ticket's
mark and the sealed answer are written together, and nothing readable stands between them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..domain.errors import Code, QueueError
from ..domain.fold import Ticket
from ..domain.plain_text import one_line
from ..domain.privacy import refuse_identity_number
from ..domain.site import Site
from ..domain.survey import ELEMENTS, PROFILE, Answered, Channel, Wording
from ..domain.survey_period import month_of
from ..domain.survey_right import LASTS, refuse_unfinished, served_by
from ..store import events, tickets, urn
from ..store.urn import Urn

MOST_LETTERS = 500  # of a comment


@dataclass(frozen=True, slots=True)
class Said:
    """What a visitor said, before it is checked. An element that is missing was skipped."""

    answers: Mapping[str, int | None]
    profile: Mapping[str, str | None]
    comment: str | None = None


def rate(into: Urn, ticket_id: str, score: int) -> None:
    """One touch. Raises ``not_finished``, ``already_answered``, ``not_found`` once the ticket's link has ended."""
    found = may_answer(into, ticket_id, "rating")
    said = _answered(into, found, "phone", (score,))
    _keep(into, found, "rating", said)


def answer(into: Urn, ticket_id: str, said: Said, channel: Channel) -> None:
    """The nine questions.

    Raises as ``rate``; ``invalid`` for a comment with an identity number, or, where the site is strict, for fewer than
    nine answers.
    """
    found = may_answer(into, ticket_id, "survey")
    values = tuple(said.answers.get(element) for element in ELEMENTS)
    if into.site.survey.strict and None in values:
        missing = ELEMENTS[values.index(None)]
        raise QueueError(Code.INVALID, field=f"answers.{missing}", reason="incomplete")
    _keep(into, found, "survey", _answered(into, found, channel, values, said))


def may_answer(into: Urn, ticket_id: str, kind: str) -> Ticket:
    """The ticket, if its holder may still say something. Raises as ``rate``."""
    found = tickets.by_id(into.conn, ticket_id)
    if found is None or into.today - found.day > LASTS:
        raise QueueError(Code.NOT_FOUND)
    refuse_unfinished(found.state)
    month = month_of(found.day)
    key = into.keys.get(month)
    if key is not None and urn.is_marked(into.conn, into.site.id, month, urn.mark_of(key, kind, found.id)):
        raise QueueError(Code.ALREADY_ANSWERED)
    return found


def refuse_server(into: Urn, ticket: Ticket, account: str) -> None:
    """Raises ``forbidden`` for an account that served this visitor: nobody judges before whom they are judged."""
    if account in served_by(events.of_ticket(into.conn, ticket.id)):
        raise QueueError(Code.FORBIDDEN, reason="helper_served")


def _answered(
    into: Urn, ticket: Ticket, channel: Channel, values: Sequence[int | None], said: Said | None = None
) -> Answered:
    service = into.site.services.get(ticket.service)
    named = into.site.named(ticket.service)
    profile = said.profile if said else {}
    return Answered(
        month_of(into.today),
        ticket.service,
        named.agency if named else None,
        channel,
        service.cost_scale if service else "free",
        _wording(into.site),
        tuple(values),
        tuple(profile.get(name) for name in PROFILE),
        _comment(said.comment) if said and said.comment else None,
    )


def _wording(site: Site) -> Wording:
    return "own" if site.survey.questions else site.survey.wording


def _comment(said: str) -> str:
    text = one_line("comment", said, MOST_LETTERS)
    refuse_identity_number("comment", text)
    return text


def _keep(into: Urn, ticket: Ticket, kind: str, said: Answered) -> None:
    """Raises ``already_answered`` if another request was quicker."""
    of_ticket = month_of(ticket.day)
    mark = urn.mark_of(into.keys.make(of_ticket), kind, ticket.id)
    if not urn.mark(into.conn, into.site.id, of_ticket, mark):
        raise QueueError(Code.ALREADY_ANSWERED)
    urn.put(into.conn, into.keys.make(said.month), into.site.id, kind, said)
    urn.let_out(into.conn, into.keys, into.site.id, said.month, into.today, over=False)
