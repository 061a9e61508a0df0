"""The laws of the house, kept by walking the source: who may import whom, who may write, who may read the clock."""

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping

import pytest

from queue_server import places
from queue_server.domain.errors import Code
from queue_server.domain.events import Kind
from queue_server.domain.ticket import State
from queue_server.domain.verbs import Verb

ROOT = places.PACKAGE
SOURCES = {path.relative_to(ROOT).as_posix(): path.read_text() for path in sorted(ROOT.rglob("*.py"))}

ALL = ("all",)


def rooms_of(readme: str) -> dict[str, tuple[str, ...]]:
    """The table of rooms in ``queue_server/README.md``: which of our own modules each may import.

    A name stands for itself and everything below it. ``ALL``: one that puts the house together.
    """
    rows = re.findall(r"^\| `([\w/]+?)(?:/|\.py)` \|.*\| ([^|]+) \|$", readme, re.MULTILINE)
    return {
        room.replace("/", "."): () if named == "nothing" else tuple(name.strip("` ") for name in named.split(","))
        for room, named in rows
    }


README = (ROOT / "README.md").read_text()
ROOMS = rooms_of(README)
KNOW_EVERYONE = tuple(room for room, allowed in ROOMS.items() if allowed == ALL)

# SQLAlchemy is imported here alone: by what reads and writes, and by those that hold an engine for them.
DATABASE = ("store", "queries", "reports.export", "perform", "data_folder", "followers", *KNOW_EVERYONE)

CLOCKS = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns")
CLOCK_READERS = ("clock.py", "store/ids.py")  # the second: a UUIDv7 begins with its time


def parts(path: str) -> tuple[str, ...]:
    """``web/screens/pages.py`` as ``("web", "screens", "pages")``; a package's ``__init__`` is the package."""
    found = tuple(path.removesuffix(".py").split("/"))
    return found[:-1] if found[-1] == "__init__" else found


def imports(path: str, source: str) -> Iterator[str]:
    """The absolute names a module imports, ours without ``queue_server.``: ``store.transaction.record``, ``flask``."""
    own = tuple(path.removesuffix(".py").split("/"))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (("our:" + n.name[13:]) if n.name.startswith("queue_server.") else n.name for n in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                base = ["our:" + ".".join((*own[: len(own) - node.level], *(node.module or "").split("."))).strip(".")]
            elif (node.module or "").split(".")[0] == "queue_server":
                base = ["our:" + (node.module or "")[13:]]
            else:
                base = [node.module or ""]
            for name in node.names:
                yield (base[0] + "." + name.name).replace("our:.", "our:")


def within(name: str, allowed: tuple[str, ...]) -> bool:
    """Whether a dotted name is, or lies below, one of those."""
    return any(name == a or name.startswith(a + ".") for a in allowed)


def ours(path: str, source: str) -> Iterator[str]:
    """What a module imports of our own."""
    return (name[4:] for name in imports(path, source) if name.startswith("our:"))


def room_of(path: str, rooms: Iterable[str] = ROOMS) -> str | None:
    """The room in which a source file lies."""
    return max((room for room in rooms if within(".".join(parts(path)), (room,))), key=len, default=None)


# -- the rules: (path, source) -> what is wrong


def wrong_arrows(path: str, source: str) -> Iterator[str]:
    """Imports of our own that the room's row does not name."""
    room = room_of(path)
    if room is None or ROOMS[room] == ALL:
        return
    for name in ours(path, source):
        if not within(name, (room, *ROOMS[room])):
            yield f"{path} imports {name}"


def impure_domain(path: str, source: str) -> Iterator[str]:
    """Anything but the standard library in the rules, and of that nothing that reads, writes or waits."""
    if parts(path)[:1] != ("domain",):
        return
    banned = {"os", "io", "sys", "socket", "threading", "time", "random", "secrets", "subprocess", "pathlib", "logging"}
    for name in imports(path, source):
        first = name.split(".")[0]
        if not name.startswith("our:") and (first not in sys.stdlib_module_names or first in banned):
            yield f"{path} imports {name}"


def strangers_at_the_database(path: str, source: str) -> Iterator[str]:
    """SQLAlchemy outside the rooms that keep the tables."""
    if within(".".join(parts(path)), DATABASE):
        return
    yield from (f"{path} imports {n}" for n in imports(path, source) if n.split(".")[0] in ("sqlalchemy", "alembic"))


def _is_write_of(node: ast.Call, table: str) -> bool:
    """``update(ticket)``, ``update(schema.ticket)``, ``ticket.insert()``, ``upsert(conn, ticket)`` and their like."""
    verbs = {"insert", "update", "delete", "upsert"}
    function = node.func
    if isinstance(function, ast.Attribute) and function.attr in verbs:
        return _names(function.value) == table
    if isinstance(function, ast.Name) and function.id in verbs:
        return any(_names(argument) == table for argument in node.args)
    return False


def _names(node: ast.expr) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


WRITERS = {"ticket": "store/transaction.py", "event": "store/transaction.py"}


def second_writers(path: str, source: str) -> Iterator[str]:
    """Law 2: one function writes tickets and appends events."""
    tree = ast.parse(source)
    meant = {}  # t = schema.ticket
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _names(node.value) in WRITERS:
            meant[node.targets[0].id] = _names(node.value)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        for table, writer in WRITERS.items():
            aliases = {table, *(alias for alias, real in meant.items() if real == table)}
            if path != writer and any(_is_write_of(node, alias) for alias in aliases):
                yield f"{path}:{node.lineno} writes {table}"


def second_clocks(path: str, source: str) -> Iterator[str]:
    """The time is read in one place and handed on."""
    if path in CLOCK_READERS:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and ast.unparse(node).endswith(CLOCKS):
            yield f"{path}:{node.lineno} reads the clock"
        if (
            isinstance(node, ast.ImportFrom)
            and node.module == "time"
            and {"time", "time_ns"} & {a.name for a in node.names}
        ):
            yield f"{path}:{node.lineno} imports the clock"


def eventlet_elsewhere(path: str, source: str) -> Iterator[str]:
    """One file knows which green threads these are."""
    if path == "__main__.py":
        return
    yield from (f"{path} imports {n}" for n in imports(path, source) if n.split(".")[0] == "eventlet")


def prints(path: str, source: str) -> Iterator[str]:
    """What is said is logged, or said by the command line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _names(node.func) == "print":
            yield f"{path}:{node.lineno} prints"


KINDS_OWN = frozenset(Kind)
# Words that also mean something else: a ticket's state, a figure's name, a reason, a document's field. Such a word is a
# kind only where it is recorded or compared with one.
OTHERS_TOO = frozenset(
    {
        *State,
        *(v.replace("-", "_") for v in Verb),
        Code.ACCOUNT_CHANGED,
        Code.NOTICE_CHANGED,
        "issued",
        "served",
        "refused",
        "overseen",
        "day_closed",
        "counter_closed",
    }
)


def loose_kinds(path: str, source: str) -> Iterator[str]:
    """A kind of event as a loose word: it is written in ``domain/events.py`` alone, and read from there."""
    if path == "domain/events.py" or path.startswith("store/migrations/"):
        return
    for node in ast.walk(ast.parse(source)):
        meant = OTHERS_TOO
        if isinstance(node, ast.Call) and _names(node.func) == "record":
            meant = frozenset()
            words = list(node.args)
        elif isinstance(node, ast.Compare) and any(_names(n) == "kind" for n in ast.walk(node)):
            meant = frozenset()
            words = [n for n in ast.walk(node) if isinstance(n, ast.Constant)]
        else:
            words = [node]
        for word in words:
            said = word.value.strip("'") if isinstance(word, ast.Constant) and isinstance(word.value, str) else None
            if said in KINDS_OWN - meant:
                yield f"{path}:{word.lineno} says {said}"


# Where roles are named at all: the rules, and who makes accounts.
NAME_ROLES = ("domain", "cli", "demo", "rehearsal")
OF_STAFF = ("Role.OFFICER", "Role.SUPERVISOR", "Role.ADMIN", "Role.AUDITOR", "Role.CONTENT")


def rules_elsewhere(path: str, source: str) -> Iterator[str]:
    """A row of ``domain/verbs.py`` (or a set of roles) says who may do what in which state: commands ask it."""
    if within(".".join(parts(path)), NAME_ROLES):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in OF_STAFF:
            yield f"{path}:{node.lineno} names {ast.unparse(node)}"
        if isinstance(node, ast.Compare):
            asked = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
            if asked & {"role", "roles"} or ("state" in asked and parts(path)[:1] == ("commands",)):
                yield f"{path}:{node.lineno} decides by {ast.unparse(node)}"
        if parts(path)[:1] == ("commands",) and isinstance(node, ast.Attribute) and _names(node.value) == "State":
            yield f"{path}:{node.lineno} names a state"


Rule = Callable[[str, str], Iterator[str]]
LAWS: dict[str, Rule] = {
    "imports point at the domain": wrong_arrows,
    "the domain is values in, values out": impure_domain,
    "SQLAlchemy stays where the tables are": strangers_at_the_database,
    "tickets and events have one writer": second_writers,
    "the clock has one reader": second_clocks,
    "eventlet is named in one file": eventlet_elsewhere,
    "nobody prints": prints,
    "a kind of event is written once": loose_kinds,
    "a verb's rules are one row": rules_elsewhere,
}


@pytest.mark.parametrize("law", LAWS)
def test_the_source_keeps_the_law(law):
    assert [fault for path, source in SOURCES.items() for fault in LAWS[law](path, source)] == []


@pytest.mark.parametrize(
    ("rule", "path", "bad"),
    [
        pytest.param(wrong_arrows, "domain/order.py", "from ..store import tickets", id="domain to store"),
        pytest.param(wrong_arrows, "store/tickets.py", "from queue_server.commands import day", id="store to commands"),
        pytest.param(wrong_arrows, "queries/board.py", "from ..commands import officer", id="queries to commands"),
        pytest.param(wrong_arrows, "live/socket.py", "from ..commands.officer import call", id="live to commands"),
        pytest.param(wrong_arrows, "live/socket.py", "import queue_server.perform", id="live performs"),
        pytest.param(wrong_arrows, "web/api/public.py", "from ...store import schema", id="web to tables"),
        pytest.param(wrong_arrows, "web/screens/pages.py", "from ...store import tickets", id="web reads by itself"),
        pytest.param(wrong_arrows, "web/api/ops.py", "from ... import app", id="web knows everyone"),
        pytest.param(impure_domain, "domain/day.py", "import sqlalchemy", id="a library in the domain"),
        pytest.param(impure_domain, "domain/day.py", "from time import monotonic", id="a clock in the domain"),
        pytest.param(strangers_at_the_database, "web/api/ops.py", "from sqlalchemy import text", id="SQL in web"),
        pytest.param(second_writers, "commands/day.py", "update(schema.ticket).values(a=1)", id="a ticket's update"),
        pytest.param(second_writers, "store/tickets.py", "t = schema.ticket\nt.insert()", id="by another name"),
        pytest.param(second_writers, "store/numbers.py", "upsert(conn, ticket)", id="an upsert"),
        pytest.param(second_writers, "commands/day.py", "conn.execute(delete(event))", id="an event's end"),
        pytest.param(second_clocks, "web/api/public.py", "datetime.datetime.now()", id="now()"),
        pytest.param(second_clocks, "live/beat.py", "started = time.time()", id="time.time()"),
        pytest.param(second_clocks, "live/beat.py", "from time import time", id="time() by its own name"),
        pytest.param(eventlet_elsewhere, "serving.py", "import eventlet.wsgi", id="eventlet"),
        pytest.param(loose_kinds, "commands/day.py", "record(tx, 'issued')", id="a kind recorded"),
        pytest.param(loose_kinds, "reports/tickets.py", "event.kind == 'called'", id="a kind compared"),
        pytest.param(loose_kinds, "live/publish.py", "e.kind in ('held', 'no_show')", id="kinds compared"),
        pytest.param(loose_kinds, "store/events.py", "literal_column(\"'transferred'\")", id="a kind in SQL"),
        pytest.param(loose_kinds, "queries/calls.py", "{'recalled': 'recall'}", id="a kind as a key"),
        pytest.param(rules_elsewhere, "commands/day.py", "tx.actor.role in allowed", id="who may, in a command"),
        pytest.param(rules_elsewhere, "web/api/ops.py", "actor.has({Role.SUPERVISOR})", id="who may, in a handler"),
        pytest.param(rules_elsewhere, "commands/officer.py", "ticket.state == 'called'", id="a state in a command"),
        pytest.param(rules_elsewhere, "commands/officer.py", "FROM = {State.HELD}", id="a table of its own"),
        pytest.param(prints, "commands/day.py", "print('closed')", id="print"),
    ],
)
def test_and_a_source_that_breaks_it_is_caught(rule, path, bad):
    assert rule in LAWS.values()
    assert list(rule(path, bad))


# -- the table of rooms: complete, and true


def untrue_rows(rooms: Mapping[str, tuple[str, ...]], sources: Mapping[str, str]) -> Iterator[str]:
    """A room without a row, a row without a room, and a name in a row that no import of that room needs."""
    used: dict[str, set[str]] = {room: set() for room in rooms}
    there = set()
    for path, source in sources.items():
        room = room_of(path, rooms)
        if room is None and not _only_holds_rooms(path, source, rooms):
            yield f"no row for {path}"
        elif room is not None:
            there.add(room)
            used[room].update(ours(path, source))
    yield from (f"no room {room}" for room in rooms if room not in there)
    for room, allowed in rooms.items():
        if room in there and allowed != ALL:
            yield from (f"{room} does not import {a}" for a in allowed if not any(within(n, (a,)) for n in used[room]))


def _only_holds_rooms(path: str, source: str, rooms: Iterable[str]) -> bool:
    """``web/__init__.py``, and that of our own whole package."""
    folder = "".join(f"{part}." for part in parts(path))
    return path.endswith("__init__.py") and any(r.startswith(folder) for r in rooms) and not list(ours(path, source))


def test_the_table_of_rooms_in_the_readme_is_complete_and_true():
    assert list(untrue_rows(ROOMS, SOURCES)) == []


SERVING = "| `serving/` |"


@pytest.mark.parametrize(
    ("was", "shall", "said"),
    [
        pytest.param(SERVING, "| serving |", "no row for serving/gate.py", id="a row is missing"),
        pytest.param(SERVING, f"| `hub/` | no such room | nothing |\n{SERVING}", "no room hub", id="a row of no room"),
        pytest.param("documents, perform,", "documents, live, perform,", "house does not import live", id="not needed"),
    ],
)
def test_and_a_table_that_says_otherwise_is_caught(was, shall, said):
    assert was in README
    assert said in list(untrue_rows(rooms_of(README.replace(was, shall, 1)), SOURCES))


def test_and_an_import_that_its_row_does_not_name_is_caught(monkeypatch):
    monkeypatch.setitem(ROOMS, "seen", ())
    assert next(wrong_arrows("seen.py", SOURCES["seen.py"])) == "seen.py imports domain.absence.Place"


def test_the_one_writer_really_writes():
    """The control of the writers' rule: the place it looks away from is the place where it happens."""
    elsewhere = list(second_writers("somewhere.py", SOURCES["store/transaction.py"]))
    assert {fault.split()[-1] for fault in elsewhere} == {"ticket", "event"}
