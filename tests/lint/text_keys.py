"""Which texts the sources ask for: keys written out, and keys composed of a fixed part and a value."""

import re
from collections.abc import Iterable, Mapping

# What a program may compose a key of, and every value that may stand in the gap (``*``). A composed key that is not
# here is one nobody can look up; one that is here and has no text shows a visitor the key.
Families = Mapping[str, Iterable[object]]

HOW = ("take", "wait", "called", "papers", "guide", "ask")  # the parts of the page on how the queue works

_NAME = re.compile(r"""["']([\w.-]+)["']|\b([a-z]\w*):""")  # a literal, or a name in an object of JavaScript
_COMPOSED = {
    ".js": re.compile(r"`([a-z_]*\$\{(?:[^{}`]|\{[^{}]*\})*\}[a-z_]*)`"),
    ".html": re.compile(r"\bt\(([^,()]*~(?:[^,()]|\([^()]*\))*)"),
    ".py": re.compile(r'f"(?:[a-z]+\.(?=[a-z_{]))?([a-z_]*\{[^"]*\}[a-z_]*)"'),
}
_GAP = {
    ".js": re.compile(r"\$\{(?:[^{}]|\{[^{}]*\})*\}"),
    ".html": re.compile(r"(?<=~)[^'~]+(?=~|$)|^[^'~]+(?=~)"),
    ".py": re.compile(r"\{[^{}]*\}"),
}


def named(source: str) -> set[str]:
    """Every name that stands in a source as a literal: more than its texts, never less."""
    return {one or other for one, other in _NAME.findall(source)}


def composed(source: str, suffix: str) -> set[str]:
    """The composed keys of a source, ``*`` for the gap: ``weekday_*``. Only what ends or begins with a ``_``."""
    found = (_GAP[suffix].sub("*", text) for text in _COMPOSED[suffix].findall(source))
    bare = (re.sub(r"[\s'~]", "", text) for text in found)
    return {key for key in bare if re.fullmatch(r"[a-z][a-z_]*_\*(_[a-z_]+)?|\*_[a-z_]+", key)}


def expanded(families: Families) -> set[str]:
    """Every key that the families may become."""
    return {family.replace("*", str(value)) for family, values in families.items() for value in values}


def unread(keys: Iterable[str], literals: set[str], families: Families) -> set[str]:
    """The keys that nothing asks for. ``_one`` is the form of a count for one (``sayCount``)."""
    asked = literals | expanded(families)
    return {key for key in keys if key not in asked and key.removesuffix("_one") not in asked}
