"""What a page can reach: its templates, sheets and modules, and the class names that these speak of."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import tinycss2

from tests.world.tree import ROOT

# As the server puts them together: a template's name, an asset's root, a module beside another root's.
_TEMPLATES = ("queue_server/web/pages", "kiosk_ui", ".")
_ROOTS = {"static": "queue_server/web/static", "pages": "queue_server/web/pages"}
_TEMPLATE = re.compile(r"""\{%-?\s*(?:extends|include|from|import)\s+["']([^"']+)["']""")
_ASSET = re.compile(r"""asset\(["']([\w./-]+\.(?:js|css))["']\)""")
_IMPORT = re.compile(r"""(?:\bfrom\s+|\bimport\s+|\bimport\()["'](\.[^"']+\.js)["']""")
_CSS_IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"']+)["']""")
_WORD = re.compile(r"[A-Za-z][\w-]*")
_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*|\{#.*?#\}", re.DOTALL)
_STRING = re.compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`""")
_COMPOSED = re.compile(r"([A-Za-z][\w-]*-)(?:\$\{|\{\{|[\"'] ?[~+])")


def page(template: Path) -> set[Path]:
    """Every file of a page, from its template on: templates, sheets, modules."""
    known: set[Path] = set()
    ahead = {template}
    while ahead:
        path = ahead.pop()
        if path not in known and (ROOT / path).is_file() and "vendor" not in path.parts:
            known.add(path)
            ahead |= set(_next(path))
    return known


def _next(path: Path) -> Iterator[Path]:
    source = (ROOT / path).read_text(encoding="utf-8")
    if path.suffix == ".html":
        for name in _TEMPLATE.findall(source):
            yield from (found for root in _TEMPLATES if (ROOT / (found := Path(root, name))).is_file())
        yield from map(_asset, _ASSET.findall(source))
    elif path.suffix == ".js":
        yield from (_beside(path, name) for name in _IMPORT.findall(source))
    elif path.suffix == ".css":
        yield from (_beside(path, name) for name in _CSS_IMPORT.findall(source))


def loaded(template: str) -> set[Path]:
    """The scripts and sheets that a template names itself."""
    return set(map(_asset, _ASSET.findall(template)))


def without_prose(source: str) -> str:
    """A module without comments and strings: what remains are its names and signs."""
    return _STRING.sub('""', _COMMENT.sub("", source))


def _asset(name: str) -> Path:
    root, _, rest = name.partition("/")
    return Path(_ROOTS.get(root, root), rest)


def _beside(path: Path, name: str) -> Path:
    """A module's import: the roots lie side by side for a browser, wherever they lie here."""
    root = next((Path(place) for place in _ROOTS.values() if path.is_relative_to(place)), Path(path.parts[0]))
    served = Path(next((key for key, place in _ROOTS.items() if str(root) == place), path.parts[0]))
    target = Path("/", served, path.relative_to(root).parent, name)
    parts: list[str] = []
    for part in target.parts[1:]:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return _asset("/".join(parts))


def classes(css: str) -> set[str]:
    """The class names of a sheet's selectors."""
    return set(_of_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def _of_rules(rules: Iterable) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            yield from _of_selector(rule.prelude)
        elif rule.type == "at-rule" and rule.content is not None:
            yield from _of_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


def _of_selector(tokens: list) -> Iterator[str]:
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "literal" and token.value == "." and after is not None and after.type == "ident":
            yield after.value
        elif token.type == "function":
            yield from _of_selector(token.arguments)


def spoken(source: str) -> str:
    """What a template or module may write into a page: a module only what stands in its strings."""
    bare = _COMMENT.sub("", source)
    return bare if re.match(r"\s*[<{]", bare) else "\n".join(_STRING.findall(bare))


def unspoken(names: Iterable[str], sources: Iterable[str]) -> set[str]:
    """The class names that no source has as a word in a string, nor begins (``state-${name}``)."""
    words: set[str] = set()
    begun: set[str] = set()
    for source in map(spoken, sources):
        words |= set(_WORD.findall(source))
        begun |= set(_COMPOSED.findall(source))
    return {name for name in names if name not in words and not name.startswith(tuple(begun))}
