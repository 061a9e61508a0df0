"""A structure written as a site file, as people edit it: what is read back says the same."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import tomlkit

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATED = {"date", "checked", "first_day", "last_day"}  # keys whose values a site file writes as dates, without quotes


def site_file(document: Mapping[str, Any]) -> str:
    """The text of a site file: plain values first, then tables, then a block for each agency, service and counter."""
    return tomlkit.dumps(_table(document, outermost=True))


def _table(values: Mapping[str, Any], *, outermost: bool = False) -> Any:
    table = tomlkit.document() if outermost else tomlkit.table()
    for key, value in sorted(values.items(), key=lambda item: _is_table(item[1])):
        table.add(key, _block(value) if outermost and _is_rows(value) else _value(key, value, outermost))
    return table


def _block(rows: list[Mapping[str, Any]]) -> Any:
    blocks = tomlkit.aot()
    for row in rows:
        blocks.append(_table(row))
    return blocks


def _value(key: str, value: Any, outermost: bool = False) -> Any:
    if isinstance(value, Mapping):
        if outermost:
            return _table(value)
        inline = tomlkit.inline_table()
        for name, each in value.items():
            inline.append(name, _value(name, each))
        return inline
    if isinstance(value, list):
        array = tomlkit.array()
        for each in value:
            array.append(_value("", each))
        return array.multiline(len(value) > 1 and sum(map(len, map(str, value))) > 80)
    if key in _DATED and isinstance(value, str) and _DATE.fullmatch(value):
        return date.fromisoformat(value)
    return value


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _is_table(value: Any) -> int:
    return 2 if _is_rows(value) else 1 if isinstance(value, Mapping) else 0
