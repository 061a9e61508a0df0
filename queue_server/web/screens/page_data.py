"""What every page is handed: language, texts, site, build."""

from typing import Any

from flask import g, request

from ...domain.rights import Act, may
from ...house import current_house
from ...queries.site import site_info
from ...texts import FALLBACK, LANGUAGES, language_of
from ..http.auth import signed_in


def page_language(own: str | None = None) -> str:
    """``?lang=``, or the language in which a ticket was taken (``own``), or Indonesian.

    A machine in the hall never keeps the last visitor's language.
    """
    return language_of(request.args.get("lang")) or language_of(own) or FALLBACK


def page_data(*sections: str, site: str | None = None, own: str | None = None, **extra: Any) -> dict[str, Any]:
    """The page's data block; its texts in the page's language (``page_language``) are what ``t()`` says."""
    house = current_house()
    langs = list(house.site(site).languages) if site else list(LANGUAGES)
    texts = house.texts.section("common", *sections)
    lang = page_language(own if own in langs else None)
    g.page_texts = texts[lang]
    return {
        "build": house.build,
        "lang": lang,
        "langs": langs,
        "texts": texts,
        "site": house.read(site, site_info) if site else None,
        "now": house.clock().isoformat(),
        **extra,
    }


def own_counters() -> dict[str, Any] | None:
    """Where the person who asks may work: her name, her counters by site, whether she sees to the whole hall.

    None for whoever works at none.
    """
    house = current_house()
    account = signed_in(house)
    if account is None or not may(account.actor, Act.WORK):
        return None
    sites = [site for site in house.settings.sites.values() if account.actor.at(site.id)]
    own = [(s, [c for c in s.counters.values() if may(account.actor, Act.WORK, s.id, c.agency)]) for s in sites]
    oversees = may(account.actor, Act.OVERSEE)
    shown = [{"site": s, "counters": counters} for s, counters in own if counters or oversees]
    return {"name": account.name, "oversees": oversees, "sites": shown}
