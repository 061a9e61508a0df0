"""Every module of the screens type-checks, imports across the served roots included; documents have made types."""

import re
from pathlib import Path

import pytest

from tests.world.node import run
from tests.world.tree import ROOT, SCREENS, files, text


def test_the_screens_modules_type_check():
    check = run("tsc", "--project", str(ROOT / "config" / "build" / "tsconfig.json"))
    assert check.returncode == 0, check.stdout + check.stderr


def test_a_wrong_type_would_be_noticed(tmp_path):
    bad = tmp_path / "bad.js"
    bad.write_text('/** @type {number} */\nexport const n = "three";\n')
    check = run("tsc", "--checkJs", "--strict", "--noEmit", "--ignoreConfig", str(bad))
    assert "TS2322" in check.stdout


JS = ROOT / "queue_server/web/static/js"


@pytest.mark.parametrize(
    "script",
    [
        f'/** @param {{import("{JS}/documents.js").Board}} board */\nexport const n = (board) => board.moon;\n',
        f'import {{ get }} from "{JS}/api.js";\nexport const n = (await get("/api/v1/sites/lebak/board")).body.moon;\n',
        f'import {{ openLive }} from "{JS}/live.js";\nopenLive({{ on: {{ board: (board) => board.moon }} }});\n',
    ],
    ids=["declared", "fetched", "heard"],
)
def test_a_field_that_no_document_has_would_be_noticed(tmp_path, script):
    bad = tmp_path / "bad.js"
    bad.write_text(script)
    check = run("tsc", "--checkJs", "--strict", "--noEmit", "--target", "es2022", "--ignoreConfig", str(bad))
    assert "'moon' does not exist on type 'Board'" in check.stdout


MADE = {
    name: set(re.findall(r"^  (\w+)\??:", body, re.MULTILINE))
    for name, body in re.findall(
        r"^export (?:interface|type) (\w+)(.*?)(?=^export |\Z)",
        text(Path("queue_server/web/static/js/documents.d.ts")),
        re.MULTILINE | re.DOTALL,
    )
}


def kept_by_hand(source: str) -> list[str]:
    """The types of a script that say what a document says: of its name, or with four or more of its fields alone."""
    found = []
    for block in re.findall(r"/\*\*.*?\*/", source, re.DOTALL):
        for typed in re.split(r"@typedef\s+", block)[1:]:
            if typed.startswith("{import("):
                continue
            name = re.match(r"\{.*?\}+>?\s+(\w+)|\{\{.*?\}\}\s+(\w+)", typed, re.DOTALL)
            name = name and (name[1] or name[2])
            fields = set(re.findall(r"@property \{.*\} \[?(\w+)", typed)) or set(re.findall(r"[{,]\s*(\w+)\??:", typed))
            alike = [made for made, own in MADE.items() if len(fields) >= ALIKE and fields <= own]
            if name in MADE or alike:
                found.append(f"{name}, as {alike[0] if alike else name}")
    return found


ALIKE = 4
# Types of our own scripts that are called as a document's, and are something else.
OTHERS = {
    "queue_server/web/static/js/reduce.js": ["State, as State"],
    "kiosk_ui/kiosk/enrolment.js": ["State, as State"],
}


def test_no_script_keeps_a_document_s_type_by_hand():
    found = {str(path): kept for path in files(".js", under=SCREENS) if (kept := kept_by_hand(text(path)))}
    assert found == OTHERS


@pytest.mark.parametrize(
    "typedef",
    [
        "@typedef {object} Board\n * @property {string} site",
        "@typedef {object} Shown\n * @property {string} id\n * @property {string} name\n"
        " * @property {boolean} open\n * @property {string|null} number",
        "@typedef {{id: string, name: string, open: boolean, number: string|null}} Shown",
        "@typedef {{epoch: string, revision: number}} Desk",
    ],
)
def test_a_type_that_is_kept_by_hand_would_be_noticed(typedef):
    assert kept_by_hand(f"/**\n * {typedef}\n */\n")


def untyped(source: str) -> int:
    """How many casts say that anything fits."""
    return len(re.findall(r"@type \{any\}", source))


def test_no_script_says_that_anything_fits():
    assert {str(path): n for path in files(".js", under=SCREENS) if (n := untyped(text(path)))} == {}
    assert untyped("take(/** @type {any} */ (doc))") == 1
