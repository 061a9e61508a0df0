"""What a person sees in the place of a page that is refused, missing or broken."""

from flask import render_template, request

from ...domain.errors import Code
from ...house import current_house
from ...texts import LANGUAGES
from ..http.errors import STATUS, message
from .page_data import own_counters, page_data, page_language

_OWN = {"/t/": "number", "/b/": "place"}  # pages that whoever has their link has
_AGAIN_S, _MISSING_S = 15, 60  # after which it looks whether the trouble is over


def error_page(code: Code, details: dict[str, object]) -> str:
    """The error in the page's own language, as its buttons; with a way to what is one's own."""
    said = message(code, details, page_language())
    whose = _OWN.get(request.path[:3])
    visitors = whose is not None  # who has no business on the staff's choice of screens
    own = own_counters() if code is Code.FORBIDDEN else None  # who took a wrong turn is shown the way
    more = {"message": said, "status": STATUS[code], "visitors": visitors, "own": own}
    passing = STATUS[code] == 429 or STATUS[code] >= 500
    if passing or code is Code.NOT_FOUND:  # nobody may be there to load it again: a wall, or a hall described anew
        more |= {"passing": passing, "again": details.get("retry_after_s", 0) or (_AGAIN_S if passing else _MISSING_S)}
    if whose and code is Code.NOT_FOUND:
        more["gone"] = _gone(whose)
    return render_template("error.html", data=page_data("staff"), **more)


def _gone(whose: str) -> list[dict[str, str]]:
    """What to do with a number or a place not known here, after a restore say; its owner's language is not known
    either, unless the link says it: that one stands first."""
    say, asked, parts = current_house().texts.say, page_language(), ("title", "text")
    keys = {
        "number": {key: f"errors.number_gone_{key}" for key in parts},
        "place": {key: f"errors.place_gone_{key}" for key in parts},
    }[whose]
    return [
        {part: say(lang, key) for part, key in keys.items()} | {"lang": lang}
        for lang in sorted(LANGUAGES, key=lambda lang: lang != asked)
    ]
