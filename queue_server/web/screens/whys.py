"""Why something was done, on pages: by the word of the list in the reader's language, and in words of one's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...domain.reasons import own_words
from ...texts import Texts
from .page_data import page_language


@dataclass(frozen=True, slots=True)
class Why:
    """A reason's word, and what its text says beyond that; None: no such thing was said, or it was purged."""

    word: str | None
    own: str | None


def whys(texts: Texts) -> Callable[[Mapping[str, Any]], Why]:
    """For what has a ``reason`` and its ``reason_code``: how the page tells it. A word that this release does not
    know stands as it is."""
    rows = texts.sections["reasons"]

    def why(one: Mapping[str, Any]) -> Why:
        code = one["reason_code"]
        words = rows.get(f"why_{code}", {})
        return Why(words.get(page_language(), code), own_words(code, one["reason"], words))

    return why
