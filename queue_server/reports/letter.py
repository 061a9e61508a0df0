"""Official papers as PDF: words and figures that others put together, set on A4 by a template.

The typesetter and the letters come with the server: it works without the internet, and reads no font of the machine.
It is loaded when somebody asks for the first report, works without the interpreter's lock, and is called beside the
green hub, so that nobody at a counter waits for it.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from .. import places

Template = Literal["letter", "one_page"]  # a file of this folder: what it draws is put together by its namesake
_FOLDER = Path(__file__).parent
_LONG = 24  # letters without a place to break a line at
_HERE = "\u200b"
PRINT = 220  # points an inch: sharp on paper, and small


def written(letter: Mapping[str, Any], template: Template = "letter") -> bytes:
    """The file: PDF with tags for screen readers (PDF/UA-1)."""
    return _set(template, letter, format="pdf", pdf_standards="ua-1")


def one_page(page: Mapping[str, Any]) -> bytes:
    """The file of a period on one page."""
    return written(page, "one_page")


def pictures(letter: Mapping[str, Any], ppi: float = 96, template: Template = "letter") -> list[bytes]:
    """The same pages as pictures (PNG), to be looked at."""
    found = _set(template, letter, format="png", ppi=ppi)
    return [found] if isinstance(found, bytes) else list(found)


def picture(kind: Literal["bars", "course"], of: Mapping[str, Any], lang: str) -> bytes:
    """One picture of figures (PNG), as it stands in a letter, for documents that are finished elsewhere."""
    found = _set("picture", {"kind": kind, "of": of, "lang": lang}, format="png", ppi=PRINT)
    return found if isinstance(found, bytes) else next(iter(found))


def _set(template: str, letter: Mapping[str, Any], **how: Any) -> Any:
    import typst

    return typst.compile(
        *(_FOLDER / f"{template}.typ", None, _FOLDER, [places.FONTS]),
        ignore_system_fonts=True,
        sys_inputs={"letter": json.dumps(_breakable(letter), ensure_ascii=False)},
        **how,
    )


def _breakable(value: Any) -> Any:
    """Every text with places at which a line may break: a name of ninety letters stays on the paper."""
    if isinstance(value, str):
        return " ".join(map(_broken, value.split(" ")))
    if isinstance(value, Mapping):
        return {key: _breakable(one) for key, one in value.items()}
    return [_breakable(one) for one in value] if isinstance(value, list | tuple) else value


def _broken(word: str) -> str:
    return word if len(word) <= _LONG else _HERE.join(word[n : n + _LONG] for n in range(0, len(word), _LONG))
