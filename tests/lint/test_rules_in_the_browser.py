"""The browser keeps no copy of a rule: what can be done, who may, within how many seconds, the documents say.

A copy drifts in silence: the server would refuse what a key offers, or a key stay dim that could act.
"""

import re
from collections.abc import Iterator

import pytest

from queue_server import places
from queue_server.domain.roles import STAFF
from queue_server.domain.ticket import State
from queue_server.domain.verbs import Verb
from queue_server.queries.calls import PER_ZONE

FOLDERS = (places.PAGES, places.STATIC / "js", places.KIOSK_UI, places.DISPLAY_UI)
SCRIPTS = {path.relative_to(folder.parent).as_posix(): path for folder in FOLDERS for path in folder.rglob("*.js")}

WORDS = "|".join(sorted({*Verb, *State}))
ROLES = "|".join(STAFF)
#: what is shown in another way once it is over; it says nothing of what may be done
SHOWN = {"kiosk_ui/phone.js": 'a list of states or verbs: ["completed", "cancelled", "expired"]'}
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
FAULTS = {
    "a list of states or verbs": re.compile(rf'\[\s*"(?:{WORDS})"(?:\s*,\s*"(?:{WORDS})")*\s*,?\s*\]'),
    "a role": re.compile(rf'\.roles?\b|[=!]==?\s*"(?:{ROLES})"'),
    "a limit of the server's": re.compile(rf"\.length\s*[<>]=?\s*{PER_ZONE}\b|UNDO\w*\s*=\s*\d"),
}


def faults(source: str) -> Iterator[str]:
    """What looks like a rule of its own."""
    code = COMMENT.sub(" ", source)
    for name, pattern in FAULTS.items():
        yield from (f"{name}: {found[0].strip()}" for found in pattern.finditer(code))


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_keeps_no_rule(script):
    assert [fault for fault in faults(SCRIPTS[script].read_text()) if fault != SHOWN.get(script)] == []


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('const FROM = { recall: ["called"], hold: ["called", "serving"] };', id="from which states"),
        pytest.param('const OVERSEEN = ["close", "hold", "return", "no-show"];', id="what a supervisor may"),
        pytest.param('const AT_HAND = new Set(["recall", "serve"]);', id="which verbs mean the number at hand"),
        pytest.param('return account.role === "officer" || account.role === "supervisor";', id="who may"),
        pytest.param('if (account.roles.includes("x") === true) go();', id="who may, by the set"),
        pytest.param('const boss = who === "supervisor";', id="a role by another name"),
        pytest.param("const UNDO_S = 15;", id="how long an act may be undone"),
        pytest.param("const UNDO_MS = 15000;", id="in milliseconds"),
        pytest.param("const full = there.length >= 10 && old;", id="how many calls a zone has"),
    ],
)
def test_and_what_the_browser_kept_before_would_be_found(line):
    assert list(faults(line))
