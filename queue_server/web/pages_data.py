"""What every page is handed: language, texts, site, build."""

from typing import Any

from flask import g, request

from ..queries.site import site_info
from ..texts import LANGUAGES
from .house import house


def page_language() -> str:
    """``?lang=`` or Indonesian: a machine in the hall never keeps the last visitor's language."""
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def page_data(*sections: str, site: str | None = None, **extra: Any) -> dict[str, Any]:
    """The page's data block; its texts in the page's language are what ``t()`` says in the template."""
    at = house()
    langs = list(at.site(site).languages) if site else list(LANGUAGES)
    texts = at.texts.section("common", *sections)
    g.page_texts = texts[page_language()]
    return {
        "build": at.build,
        "lang": page_language(),
        "langs": langs,
        "texts": texts,
        "site": at.read(site, site_info) if site else None,
        "now": at.clock().isoformat(),
        **extra,
    }
