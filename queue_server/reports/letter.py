"""An official report as PDF: words and figures of ``period_letter.py``, set on A4 by ``letter.typ``.

The typesetter and the letters come with the server: it works without the internet, and reads no font of the machine.
It is loaded when somebody asks for the first report, works without the interpreter's lock, and is called beside the
green hub, so that nobody at a counter waits for it.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import places

_TEMPLATE = Path(__file__).with_name("letter.typ")
_LONG = 24  # letters without a place to break a line at
_HERE = "\u200b"


def written(letter: Mapping[str, Any]) -> bytes:
    """The file: PDF with tags for screen readers (PDF/UA-1)."""
    return _set(letter, format="pdf", pdf_standards="ua-1")


def pictures(letter: Mapping[str, Any], ppi: float = 96) -> list[bytes]:
    """The same pages as pictures (PNG), to be looked at."""
    found = _set(letter, format="png", ppi=ppi)
    return [found] if isinstance(found, bytes) else list(found)


def _set(letter: Mapping[str, Any], **how: Any) -> Any:
    import typst

    return typst.compile(
        *(_TEMPLATE, None, _TEMPLATE.parent, [places.FONTS]),
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
