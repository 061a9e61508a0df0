"""The survey: by a ticket's link, at a tablet of the hall, read out at the front desk: one page for all three."""

from collections.abc import Mapping
from typing import Any

from ...domain.rights import Act, may
from ...domain.roles import Role
from ...domain.site import Site
from ...domain.survey import ELEMENTS, PROFILE
from ...queries.survey import asked_of
from ..http.auth import device, signed_in
from .visit import Visit

Words = Mapping[str, Mapping[str, str]]  # language -> key -> text
_SCALES = ("paid", "free")
_QUESTIONS = ("ask_", "official_")  # keys of texts that the page is given as questions


def show_own(visit: Visit) -> dict[str, Any]:
    """By the ticket's link."""
    ticket = visit.ticket
    if ticket is None:
        raise LookupError("the page of a ticket has one")
    return _page(visit, ticket.site, "phone", ticket=asked_of(visit.house.site(ticket.site), ticket.service))


def show(visit: Visit) -> dict[str, Any]:
    """At an enrolled screen of the hall, or by the front desk; anybody else is told what to do."""
    account = signed_in(visit.house)
    helper = account.actor if account else None
    if helper is not None and helper.has({Role.FRONT_DESK}) and may(helper, Act.ANSWER, visit.site):
        return _page(visit, visit.site, "assisted")
    actor = device(visit.house)
    is_ours = actor is not None and may(actor, Act.ANSWER, visit.site)
    return _page(visit, visit.site, "tablet" if is_ours else None)


def _page(visit: Visit, id: str, way: str | None, ticket: Mapping[str, Any] | None = None) -> dict[str, Any]:
    site = visit.house.site(id)
    data = visit.data(site=None, langs=list(site.languages), hall={"id": site.id, "name": site.short_name})
    texts: Words = data["texts"]
    scales = (ticket["cost_scale"],) if ticket else _SCALES
    questions = {lang: questions_of(site, texts[lang], lang, scales) for lang in site.languages}
    kept = {
        lang: {key: said for key, said in texts[lang].items() if not key.startswith((*_QUESTIONS, "reason_"))}
        for lang in site.languages
    }
    return {
        "data": data
        | {"texts": kept, "questions": questions, "way": way, "ticket": ticket, "strict": site.survey.strict}
        | {"profile": {name: list(values) for name, values in PROFILE.items()}}
    }


def questions_of(site: Site, texts: Mapping[str, str], lang: str, scales: tuple[str, ...]) -> list[dict[str, Any]]:
    """The nine in one language, in their order; that of the cost once for each scale."""
    own = {one.element: one for one in site.survey.questions}
    found = []
    for element in ELEMENTS:
        if element in own:
            said = own[element]
            answers = [answer.get(lang) or answer["id"] for answer in said.answers]
            found.append({"key": element, "scale": None, "ask": said.question.get(lang) or said.question["id"]})
            found[-1]["answers"] = answers
            continue
        for scale in scales if element == "cost" else (None,):
            name = f"{element}_{scale}" if scale else element
            found.append({"key": element, "scale": scale, **_asked(site, texts, name)})
    return found


def _asked(site: Site, texts: Mapping[str, str], name: str) -> dict[str, Any]:
    """In the hall's words; where the form's own have no other answers, those are the plain ones."""
    official = site.survey.wording == "official"
    ask = texts[f"official_{name}"] if official else texts[f"ask_{name}"]
    answers = [(official and texts.get(f"official_{name}_{n}")) or texts[f"ask_{name}_{n}"] for n in range(1, 5)]
    return {"ask": ask, "answers": answers}
