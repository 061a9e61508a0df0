"""The guides for staff: ``config/help/*.md``, one for each kind of work, in Indonesian.

They are Markdown, so that whoever finds a sentence that people misread can mend it. A page draws the parts that they
consist of; no markup of theirs reaches it. Code (`` `R` ``) is a key to press, or something to type.
"""

import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from . import places

NAMES = ("officer", "front-desk", "supervisor", "leader", "auditor", "admin", "content", "technician")
PICTURES = places.STATIC / "help"
_PLAIN = ("strong", "em", "table", "thead", "tbody", "tr", "th", "td")
_TAGS = {
    **{name: name for name in _PLAIN},
    **{"paragraph": "p", "bullet_list": "ul", "ordered_list": "ol", "list_item": "li"},
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a guide: an element with what stands in it, or plain text (``tag`` empty)."""

    tag: str
    text: str = ""
    parts: tuple["Part", ...] = ()
    to: str = ""  # of a link: another guide; of a picture: its file
    size: tuple[int, int] = (0, 0)  # of a picture, in its own pixels


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide: its title, and the rest."""

    title: str
    parts: tuple[Part, ...]


@cache
def guide(name: str) -> Guide:
    """Read a guide. Raises KeyError for one that there is not, ValueError for what a guide may not hold."""
    if name not in NAMES:
        raise KeyError(name)
    return parse((places.HELP / f"{name}.md").read_text(encoding="utf-8"))


def parse(written: str) -> Guide:
    """Read a guide's Markdown. Raises ValueError for what a guide may not hold."""
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(written)
    first, *rest = SyntaxTreeNode(tokens).children or [None]
    if first is None or first.tag != "h1":
        raise ValueError("begins without a title (# …)")
    return Guide(first.children[0].content, tuple(part for node in rest for part in _parts(node)))


def every(parts: tuple[Part, ...]) -> list[Part]:
    """All parts, however deep, in reading order."""
    return [each for part in parts for each in (part, *every(part.parts))]


def _parts(node: SyntaxTreeNode) -> tuple[Part, ...]:
    inner = tuple(part for child in node.children for part in _parts(child))
    match node.type:
        case "text":
            return (Part("", node.content),)
        case "softbreak":
            return (Part("", " "),)
        case "inline":
            return inner
        case "paragraph" if node.hidden:  # of a list without empty lines
            return inner
        case "heading":
            return (Part("h2" if node.tag == "h2" else "h3", parts=inner),)
        case "link":
            return (Part("a", parts=inner, to=str(node.attrs["href"]).removesuffix(".md")),)
        case "image":
            file = PICTURES / Path(str(node.attrs["src"])).name  # the folder is for whoever reads it in the source
            return (Part("img", node.content, to=file.name, size=size(file)),)
        case "fence" | "code_block":
            return (Part("pre", node.content),)
        case "code_inline":
            return (Part("kbd", node.content),)
    if node.type not in _TAGS:
        raise ValueError(f"a guide has no {node.type}")
    return (Part(_TAGS[node.type], parts=inner),)


def size(file: Path) -> tuple[int, int]:
    """Width and height of a PNG."""
    with file.open("rb") as read:
        return struct.unpack(">II", read.read(24)[16:])
