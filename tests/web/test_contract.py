"""The contract's page lists what is served, and marks what is not."""

import importlib
import re

from queue_server.web.http.openapi import document
from tests.world.tree import ROOT

importlib.import_module("queue_server.app")  # declares every route

PAGE = (ROOT / "queue_server/contract.md").read_text()
SERVED = {f"{method.upper()} {path}" for path, item in document()["paths"].items() for method in item}


def _part(heading: str) -> str:
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_the_last_section_lists_every_route_and_no_other():
    assert set(re.findall(r"^- `(.+)`$", _part("Every route of the API served today"), re.MULTILINE)) == SERVED


def test_what_part_1_promises_is_served():
    """Its table's routes, with the shorthands that stand there: `…` for the counter's path, `·` for more verbs."""
    table = _part("Part 1: in force").partition("| call | body | answers |")[2].partition("\n\n")[0]
    calls = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    promised = set()
    for call in calls:
        method, before = "", ""
        for word in re.findall(r"`([^`]+)`", call):
            if found := re.match(r"(GET|POST) (\S+)", word):
                method, path = found[1], found[2].split("?")[0].replace("{c}", "{counter}")
                if path.startswith("…"):
                    path = "/sites/{site}/counters/{counter}" + path[1:]
                before = path.rpartition("/")[0]
            elif word.startswith("/"):
                path = before + word
            else:
                continue
            promised.add(f"{method} /api/v1{path}")
    assert len(promised) > 20
    assert promised - {"GET /api/v1/openapi.json"} <= SERVED


def test_every_section_of_part_2_says_whether_it_is_built():
    part = _part("Part 2: what is being built")
    assert "In force of it today" in part
    assert {heading[-1] for heading in re.findall(r"^### (.+)$", part, re.MULTILINE)} == {"◇"}


GAP = re.compile(r"{\w+}")
MENTION = re.compile(r"`(GET|POST|PUT|PATCH|DELETE) ((?:/|…/)[^\s`?]+)")


def mentions(part: str) -> set[str]:
    """The routes that a text names: "POST /sites/{}/open-day", "POST …/{}/finish" where it leaves out the beginning."""
    return {f"{method} {GAP.sub('{}', path)}" for method, path in MENTION.findall(part)}


def served_as(mention: str) -> set[str]:
    """The served routes that a mention may mean."""
    method, _, path = mention.partition(" ")
    plain = {route: GAP.sub("{}", route.partition(" ")[2].removeprefix("/api/v1")) for route in SERVED}
    tail = path.removeprefix("…")
    fits = (lambda whole: whole.endswith(tail)) if path.startswith("…") else (lambda whole: whole == path)
    return {route for route, whole in plain.items() if route.startswith(f"{method} ") and fits(whole)}


def untold(page: str) -> set[str]:
    """What part 2 names, is served, and stands neither in part 1 nor among what is in force of part 2 today."""
    part_2 = page.partition("\n## Part 2: what is being built\n")[2].partition("\n## ")[0]
    today, _, sections = part_2.partition("\n### ")
    part_1 = page.partition("\n## Part 1: in force\n")[2].partition("\n## Part 2")[0]
    told, named = set(re.findall(r"[\w-]+", today + part_1)), mentions(today)
    return {m for m in mentions(sections) - named if served_as(m) and m.rpartition("/")[2] not in told | {"{}"}}


def test_what_is_built_of_part_2_is_told_to_be_in_force():
    assert untold(PAGE) == set()


def test_what_is_told_to_be_in_force_is_served():
    today = _part("Part 2: what is being built").partition("\n### ")[0]
    assert {m for m in mentions(today) if not served_as(m)} == set()


def test_a_route_that_was_built_without_a_word_is_found():
    assert "POST …/open-day" in untold(PAGE.replace("`POST …/open-day`", "", 1))
    silent = PAGE.replace("In force of it today", "In force of it today: `POST …/nowhere`", 1)
    assert silent != PAGE and not served_as("POST …/nowhere")
