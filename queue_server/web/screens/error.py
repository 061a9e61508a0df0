"""What a person sees in the place of a page that is refused, missing or broken."""

from flask import render_template, request

from ...domain.errors import Code
from ...house import current_house
from ...texts import LANGUAGES
from ..http.errors import STATUS, message
from .page_data import own_counters, page_data, page_language

_AGAIN_S, _MISSING_S = 15, 60  # after which it looks whether the trouble is over


def error_page(code: Code, details: dict[str, object]) -> str:
    """The error in the page's own language, as its buttons; with a way to what is one's own."""
    said = message(code, details, page_language())
    visitors = request.path.startswith("/t/")  # who has no business on the staff's choice of screens
    own = own_counters() if code is Code.FORBIDDEN else None  # who took a wrong turn is shown the way
    more = {"message": said, "status": STATUS[code], "visitors": visitors, "own": own}
    passing = STATUS[code] == 429 or STATUS[code] >= 500
    if passing or code is Code.NOT_FOUND:  # nobody may be there to load it again: a wall, or a hall described anew
        more |= {"passing": passing, "again": details.get("retry_after_s", 0) or (_AGAIN_S if passing else _MISSING_S)}
    if visitors and code is Code.NOT_FOUND:
        more["gone"] = _number_gone()
    return render_template("error.html", data=page_data("staff"), **more)


def _number_gone() -> list[dict[str, str]]:
    """What to do with a number not known here, after a restore say; its owner's language is not known either."""
    say = current_house().texts.say
    return [
        {key: say(lang, f"errors.number_gone_{key}") for key in ("title", "text")} | {"lang": lang}
        for lang in LANGUAGES
    ]
