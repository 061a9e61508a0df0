"""Which tests a run takes: all but the long ones, those behind figures, the drills, the quick ones, the core's."""

from zlib import crc32

import pytest

# Where rules, commands, documents and texts are tried in the test's own process, and the source is looked at.
QUICK = (
    "tests/test_architecture.py",
    "tests/test_texts.py",
    *(f"tests/{room}/" for room in ("ci", "commands", "domain", "lint", "printing", "queries")),
    *(f"tests/{room}/" for room in ("reports", "settings", "store", "voice")),
)
# Where the rules and verbs are tried in the test's own process, whichever room says so: what shows which of their
# branches are taken (F22). Sources, texts and recordings have nothing to do with it.
CORE = tuple(
    f"tests/{room}/"
    for room in ("domain", "commands", "queries", "reports", "printing", "settings", "store", "estimates", "web")
)
_SLOW_FIXTURES = {"chromium", "start_server", "postgres"}
_SLOW = {"slow", "night", "deep"}
_LONG = {"night", "deep"}
# Rules that are tried on both stores. All of them ask the same of a store, so of their tests on
# PostgreSQL every run takes a third, always the same, and the night all.
_ON_BOTH = tuple(f"tests/{room}/" for room in ("commands", "queries", "followers", "reports"))
_WHOLE = ("tests/commands/test_machine.py", "tests/commands/test_idempotency.py")


def chosen(items: list[pytest.Item], *, effort: float, deep: bool, quick: bool, core: bool) -> list[pytest.Item]:
    """What this run takes of all that was collected.

    ``effort`` above 0: what stands behind a figure, as large as that says; ``deep``: the drills too long for every
    change; ``quick``: what needs neither browser nor server; ``core``: of that, what tries the rules and verbs.
    Else all but what is kept for the night and the drills.
    """
    if effort:
        return [i for i in items if "figure" in getattr(i, "fixturenames", ()) or _for_the_night(i)]
    if deep:
        return [item for item in items if item.get_closest_marker("deep")]
    if quick or core:
        return [item for item in items if _is_quick(item, CORE if core else QUICK)]
    return [item for item in items if not (_LONG & _marks(item) or _for_the_night(item))]


def _for_the_night(item: pytest.Item) -> bool:
    if item.get_closest_marker("night"):
        return True
    on_both = item.nodeid.startswith(_ON_BOTH) and not item.nodeid.startswith(_WHOLE) and _asks_postgresql(item)
    return on_both and crc32(item.nodeid.partition("[")[0].encode()) % 3 != 0


def _is_quick(item: pytest.Item, rooms: tuple[str, ...]) -> bool:
    slow = _SLOW & _marks(item) or _SLOW_FIXTURES & set(getattr(item, "fixturenames", ()))
    return item.nodeid.startswith(rooms) and not slow and not _asks_postgresql(item)


def _asks_postgresql(item: pytest.Item) -> bool:
    """One of the two stores that a test is tried on; the other is a file."""
    call = getattr(item, "callspec", None)
    return call is not None and any(str(one).lower() == "postgresql" for one in call.params.values())


def _marks(item: pytest.Item) -> set[str]:
    return {mark.name for mark in item.iter_markers()}
