"""What the offices publish of a service, as the site document tells it."""

from typing import TypedDict

from ..documents.shared import Words
from ..documents.site import SiteCase, SiteChannel, SiteFee, SiteOnline
from ..domain.published import Case, Channel, Published, Texts
from ..domain.site import LANGUAGES


class _Facts(TypedDict):
    """The fields of a service of the site document that the office fills in."""

    requirements: dict[str, list[str]] | None
    cases: list[SiteCase]
    bring: Words | None
    cost: Words | None
    fees: list[SiteFee]
    pay: Words | None
    procedure: Words | None
    completion: Words | None
    product: Words | None
    complaints: Words | None
    basis: Words | None
    checked: str | None
    online: SiteOnline | None


def published(facts: Published) -> _Facts:
    """All that is told of a service; null or empty where the office has not said."""
    return {
        "requirements": _in_one_list(facts.cases),
        "cases": [{"when": words(case.when), "items": _items(case)} for case in facts.cases],
        "bring": words(facts.bring),
        "cost": words(facts.cost),
        "fees": [
            {"name": dict(fee.name), "amount": fee.amount, "per": words(fee.per), "note": words(fee.note)}
            for fee in facts.fees
        ],
        "pay": words(facts.pay),
        "procedure": words(facts.procedure),
        "completion": words(facts.completion),
        "product": words(facts.product),
        "complaints": words(facts.complaints),
        "basis": words(facts.basis),
        "checked": facts.checked.isoformat() if facts.checked else None,
        "online": {"text": dict(facts.online.text), "url": facts.online.url} if facts.online else None,
    }


def channel(found: Channel | None) -> SiteChannel | None:
    """Where one complains."""
    return {"phone": found.phone, "address": found.address, "link": found.link} if found else None


def words(texts: Texts | None) -> Words | None:
    """A text of a site file, by language."""
    return dict(texts) if texts else None


def _items(case: Case) -> dict[str, list[str]]:
    return {lang: list(lines) for lang, lines in case.items.items()}


def _in_one_list(cases: tuple[Case, ...]) -> dict[str, list[str]] | None:
    """All cases one after another, each thing with its case before it: for screens that know no cases."""
    spoken = [lang for lang in LANGUAGES if any(lang in case.items for case in cases)]
    lists = {lang: [line for case in cases for line in _lines(case, lang)] for lang in spoken}
    return lists or None


def _lines(case: Case, lang: str) -> list[str]:
    lines = case.items.get(lang) or case.items["id"]
    when = case.when and (case.when.get(lang) or case.when["id"])
    return [f"{when}: {line}" if when else line for line in lines]
