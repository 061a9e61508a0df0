"""Prose stands in plain order, subject first: no comment, docstring or page holds a sentence of the worst kinds."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from tests.world.tree import files, text

# The contract's words are agreed with tools outside; the old client is kept as it was.
AS_AGREED = ("queue_server/contract.md", "tests/display_ui/old_client/")
JS_COMMENT = re.compile(r"/\*+(.*?)\*/|(?<![:'\"`/])//([^\n]*)", re.DOTALL)
CODE = re.compile(r"```.*?```|``.*?``|`[^`]*`", re.DOTALL)
SENTENCE = re.compile(r"(?:(?<=[.!?])\s+|\A|\n\s*\n\s*)(?=\S)")
STILTED = {
    "begins with who, and asks nothing": re.compile(r"\W*(Who|Whoever|Whose)\b(?!\*\*)[^?]*\Z"),
    "puts a condition as a question": re.compile(r"(Is|Are|Was|Were|Has|Have|Had) (it|there|he|she|they|one) [^?]*\Z"),
}
# The first words of a docstring may name their thing ("What a wall shows."); a later sentence has a subject.
LATER = {"begins with what, and asks nothing": re.compile(r"\W*What\b(?!\*\*)[^?]*\Z")}


def of_python(source: str) -> Iterator[str]:
    """Docstrings, those under an attribute too, and comments; lines of comments that follow one another are one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value
    comments = [t for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type == tokenize.COMMENT]
    for _, run in groupby(enumerate(comments), key=lambda pair: pair[1].start[0] - pair[0]):
        yield "\n".join(comment.string.lstrip("#: ") for _, comment in run)


def of_script(source: str) -> Iterator[str]:
    """Comments, without the stars of their lines and what they tell of types."""
    for found in JS_COMMENT.finditer(source):
        yield re.sub(r"\n\s*\* ?|@\w+.*", "\n", found[1] or found[2] or "")


def of_page(source: str) -> Iterator[str]:
    """Paragraphs, points and cells."""
    for part in re.split(r"\n\s*\n|\n(?=[-#|] ?|\d+\. )|\|", source):
        yield re.sub(r"\A\s*(?:[-#>]+|\d+\.)?\s*", "", part)


PROSE = {".py": of_python, ".js": of_script, ".md": of_page}


def stilted(words: str) -> Iterator[str]:
    """The sentences that a reader reads twice, each with what is wrong with it."""
    whole = CODE.sub("x", words).strip()
    for nth, sentence in enumerate(filter(str.strip, SENTENCE.split(whole))):
        for kind, pattern in (STILTED | LATER if nth else STILTED).items():
            if pattern.match(flat := " ".join(sentence.split())):
                yield f"{kind}: {flat[:90]}"


def found_in(path: Path) -> list[str]:
    """What is stilted in a file."""
    parts = PROSE[path.suffix](text(path))
    return [fault for part in parts for fault in stilted(part)]


@pytest.mark.parametrize("suffix", PROSE)
def test_no_sentence_is_stilted(suffix: str):
    pages = [path for path in files(suffix) if not str(path).startswith(AS_AGREED)]
    assert {str(path): faults for path in pages if (faults := found_in(path))} == {}


@pytest.mark.parametrize(
    ("prose", "words"),
    [
        (of_python, 'def f():\n    """Who waits longest is called."""\n'),
        (of_python, 'class A:\n    x: int\n    """Whoever holds it."""\n'),
        (of_python, "# A line.\n# Is it not the next, another\n# comes first.\n"),
        (of_python, 'def f():\n    """Read it. What is left is lost."""\n'),
        (of_script, "/** Reads.\n * What is over stays.\n * @param {string} x */"),
        (of_page, "Text.\n\n- **Whose turn it is**, sees it.\n"),
        (of_page, "| a | Who comes first is first. |\n"),
        (of_page, "It is read. Were there none, all\nwould wait.\n"),
    ],
)
def test_a_stilted_sentence_is_found(prose, words: str):
    assert [fault for part in prose(words) for fault in stilted(part)]


@pytest.mark.parametrize("words", ["What a wall shows. Who asks?", "Says who asks. `What` is code.", "**Who**: staff."])
def test_a_question_a_name_and_code_are_none(words: str):
    assert not list(stilted(words))
