"""What to write instead: the slips that people make who write TOML twice a year, each answered by its cure.

A technician of a hall does not know that ``7,5`` is two values and ``senin`` a word without quotes; "Invalid value"
sends them to somebody who does. Pure functions on text and values; ``toml_file`` asks them.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

WEEKDAYS = {
    "senin": "mon",
    "selasa": "tue",
    "rabu": "wed",
    "kamis": "thu",
    "jumat": "fri",
    "jum'at": "fri",
    "sabtu": "sat",
    "minggu": "sun",
    "ahad": "sun",
}
ZONES = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}

_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_TRUTH = {"true": "true", "ya": "true", "yes": "true", "false": "false", "tidak": "false", "no": "false"}


def syntax(text: str, error: str) -> str | None:
    """Say which line of a broken file is wrong and what it needs; None where no known slip is seen.

    ``error`` is what the reader of TOML said. It names a line, or the end of the file, which is where a string that was
    never closed makes it stop: then every line is looked at.
    """
    lines = text.splitlines()
    found = _LINE.search(error)
    # What is missing at a line's end shows in the next one.
    numbers = (int(found[1]), int(found[1]) - 1) if found else range(1, len(lines) + 1)
    for number in numbers:
        cure = _cure(lines[number - 1]) if 0 < number <= len(lines) else None
        if cure:
            return f"line {number}: {cure}"
    return None


def _cure(line: str) -> str | None:
    """What a line needs, by the first slip that is seen in it."""
    bare = _STRING.sub('""', line)  # what stands in quotes is text, whatever it looks like
    return next(_slips(line, bare), None)


def _slips(line: str, bare: str) -> Iterator[str]:
    code = bare.partition("#")[0]
    value = code.partition("=")[2].strip()
    if re.search("[“”„‘’«»]", code):
        yield 'typographic quotation marks; write straight ones: "text"'
    if code.count('"') % 2:
        yield 'a quotation mark (") is missing'
    if date := re.search(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b", value):
        yield f"a date is written year-month-day: {date[3]}-{int(date[2]):02}-{int(date[1]):02}"
    if number := re.fullmatch(r"(\d+),(\d+)", value):
        yield f"a decimal is written with a point: {number[1]}.{number[2]}"
    if re.match(r"\d{1,2}[:.]\d{2}\s*-", value):
        yield 'hours stand in quotes: "08:00-15:30"'
    if value.lower() in _TRUTH:
        yield f"write {_TRUTH[value.lower()]}, small and without quotes"
    if word := re.match(r"[^\W\d_][\w /-]*", value):
        yield f'text stands in quotes: "{word[0].strip()}"'
    if re.fullmatch(r"0\d+", value):
        yield f"a number does not begin with 0: {int(value)}"
    if re.match(r"\s*[\w.-]+\s*:", code):
        yield "a key is followed by =, not by :"
    if "=" in code and not value:
        yield "there is no value after ="
    if re.match(r"\s*\[", code) and "=" not in code and code.count("[") != code.count("]"):
        yield "a heading is written [name], of a list [[name]]: as many ] as ["
    if '""""' in code.replace(" ", "") or re.search(r'"" +""', code):
        yield "a comma is missing between two texts"
    if "\\" in line:
        yield r"a backslash (\) in a text is written twice"


def unknown_key(key: str) -> str | None:
    """The key that was meant by an Indonesian weekday."""
    return WEEKDAYS.get(key.lower())


def value(key: str, wanted: str, given: Any) -> str | None:
    """What to write instead of ``given`` at the key named ``key``; None where no known slip is seen.

    ``wanted`` is the type of pydantic's error: what the value should have been.
    """
    if isinstance(given, str) and given.lower() in WEEKDAYS:
        return f'"{given}" is "{WEEKDAYS[given.lower()]}"'
    if key == "quota" and isinstance(given, int):
        return f"say of which class: quota = {{ regular = {given} }}"
    if wanted.startswith("date") and isinstance(given, str):
        return f"without quotes: {_iso(given)}"
    if isinstance(given, str):
        return _unquoted(wanted, given)
    if wanted == "string_type" and isinstance(given, int | float) and not isinstance(given, bool):
        return f'in quotes: "{given}"'
    return None


def _iso(given: str) -> str:
    turned = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", given.strip())
    return f"{turned[3]}-{int(turned[2]):02}-{int(turned[1]):02}" if turned else f"{date(2026, 12, 24)}"


def _unquoted(wanted: str, given: str) -> str | None:
    """A number or a truth that was put in quotes."""
    if wanted in ("int_type", "float_type") and re.fullmatch(r"\d+([.,]\d+)?", given):
        return f"without quotes: {given.replace(',', '.')}"
    if wanted == "bool_type" and given.lower() in _TRUTH:
        return f"without quotes: {_TRUTH[given.lower()]}"
    return None
