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
