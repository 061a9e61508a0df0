"""The pictures of a study of need for a document (PNG): bars with their figures, set by the letters' typesetter."""

import json
from pathlib import Path
from typing import Any

from .. import formats, places
from ..documents.demand import Demand
from .demand_words import Say, hour_in_words

_TEMPLATE = Path(__file__).with_name("bars.typ")
_PPI = 160.0
_LANG = "id"
_MOST = 15  # kecamatan in a picture


def pictures(of: Demand, say: Say) -> dict[str, bytes]:
    """By name; what has no figure has no picture."""
    key = f"{say('col_issued')} ■  {say('col_refused')} □"
    days = [_asked(formats.weekday(one["weekday"], _LANG), one) for one in of["weekdays"]]
    hours = [_asked(hour_in_words(one["hour"]), one) for one in of["hours"]]
    answered = [one for one in of["origins"]["rows"] if one["answers"]][:_MOST]
    origins = [
        {"label": one["name"], "dark": one["answers"], "light": 0, "told": formats.count(one["answers"] or 0, _LANG)}
        for one in answered
    ]
    rows = {"weekdays": (days, key), "hours": (hours, key), "origins": (origins, None)}
    return {name: _drawn(listed, words) for name, (listed, words) in rows.items() if listed}


def _asked(label: str, one: Any) -> dict[str, Any]:
    figures = f"{formats.count(one['issued'], _LANG)} + {formats.count(one['refused'], _LANG)}"
    return {"label": label, "dark": one["issued"], "light": one["refused"], "told": figures}


def _drawn(rows: list[dict[str, Any]], key: str | None) -> bytes:
    import typst

    said = json.dumps({"rows": rows, "key": key}, ensure_ascii=False)
    found = typst.compile(
        *(_TEMPLATE, None, _TEMPLATE.parent, [places.FONTS]),
        ignore_system_fonts=True,
        sys_inputs={"bars": said},
        format="png",
        ppi=_PPI,
    )
    return bytes(found if isinstance(found, bytes) else found[0])
