"""Rights: every route of the URL map and every kind of live screen, every caller, both malls, against ``matrix.txt``.

I-14 (isolation) and "deny by default": what is not in the table fails, and so does every cell that differs.
"""

from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from queue_server.domain import rights
from queue_server.domain.rights import RIGHTS, Act, Scope
from queue_server.domain.roles import Role
from queue_server.web.http.endpoint import ENDPOINTS
from queue_server.web.screens.registry import LIVE, SCREENS
from tests.trust.security.office import KINDS, SITES, Office, code, is_api

TABLE = Path(__file__).with_name("matrix.txt")
OWN, OTHER = ("own", "other")
CELLS = "cells of who may do what where (routes and rooms × callers × malls), in-process"
ROOM = "LIVE"  # the method of a row that is a live screen
COLUMNS = ["nobody", *(f"{kind}@{where}" for kind in KINDS for where in (OWN, OTHER))]
SHORT = {
    "unauthorized": "401",
    "forbidden": "403",
    "not_your_counter": "his",
    "login_failed": "401",
    "wrong_password": "yes",
}
# A rule of the queue said no, not the door: the caller was let in.
LET_IN = {
    "illegal_transition",
    "counter_busy",
    "officer_busy",
    "class_not_offered",
    "invalid",
    "unknown_booking",
    "unknown_service",
    "structure_changed",
    "counter_taken",
    "reason_missing",
    "not_interrupted",
    "not_finished",
}


def cell(answer: TestResponse) -> str:
    """What became of a request, in a word: yes, 401, 403, his (another's counter), log (sent to the login page)."""
    said = code(answer)
    if said in SHORT:
        return SHORT[said]
    if answer.status_code == 302:
        return "log"
    if answer.status_code < 300 or said in LET_IN:
        return "yes"
    return str(answer.status_code)


def written() -> dict[str, dict[str, str]]:
    """The table: (method and route) -> column -> cell."""
    lines = [line for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    kinds, places = lines[0].split(), lines[1].split()
    assert [k if k == "nobody" else f"{k}@{p}" for k, p in zip(kinds, places, strict=True)] == COLUMNS
    rows = [line.split() for line in lines[2:]]
    return {f"{method} {rule}": dict(zip(COLUMNS, cells, strict=True)) for method, rule, *cells in rows}


def found(office: Office, site: str) -> dict[str, dict[str, str]]:
    """The same, as the product answers at one mall; a refusal leaves every row of both malls as it was."""
    elsewhere = next(s for s in SITES if s != site)
    out: dict[str, dict[str, str]] = {}
    before = office.commits()
    for method, rule in office.rules():
        row = out.setdefault(f"{method} {rule.rule}", {})
        for column in COLUMNS:
            kind, _, where = column.partition("@")
            cookie = office.cookies.get((site if where == OWN else elsewhere, kind))
            row[column] = cell(office.ask(method, rule, site, cookie))
            if office.commits() != before:
                counted = rule.rule.endswith("/login")  # a refused sign-in, which is no row of a mall
                assert row[column] == "yes" or counted, (
                    f"{column} was refused {method} {rule.rule} and changed something"
                )
                office.put_back()
                before = office.commits()
    for word in office.words():
        row = out.setdefault(f"{ROOM} {word}", {})
        for column in COLUMNS:
            kind, _, where = column.partition("@")
            cookie = office.cookies.get((site if where == OWN else elsewhere, kind))
            row[column] = "yes" if office.hears(word, site, cookie) else "no"
    return out


def differences(office: Office, site: str, table: dict[str, dict[str, str]]) -> list[str]:
    """Each cell that is not as written, each route that is not in the table, each row that is no route."""
    real = found(office, site)
    wrong = [f"{route} is no route any more" for route in table.keys() - real.keys()]
    for route, row in real.items():
        if route not in table:
            wrong.append(f"{route} is not declared in the table: {' '.join(row.values())}")
            continue
        wrong += [f"{route}: {c} got {row[c]}, not {table[route][c]}" for c in COLUMNS if row[c] != table[route][c]]
    return wrong


@pytest.mark.parametrize("site", [SITES[0], *(pytest.param(other, marks=pytest.mark.night) for other in SITES[1:])])
def test_every_route_and_room_answers_everybody_as_the_table_says(office, site, figure):
    row, wrong = figure("F14", CELLS), differences(office, site, written())
    asked = len(office.rules()) + len(office.words())
    row.count(asked * len(COLUMNS), lost=len(wrong))
    print(f"{site}: {asked} routes and rooms × {len(COLUMNS)} callers = {asked * len(COLUMNS)} cells")
    assert wrong == []


def test_every_row_of_the_rights_is_asked_for_by_something_and_every_role_has_a_column():
    asked = {e.act for e in ENDPOINTS} | {s.act for s in SCREENS} | {s.live.act for s in LIVE.values()}
    within = {Act.OVERSEE, Act.HELP, Act.ESCORT, Act.LOWER_CLASS, Act.INTERRUPT_ALL, Act.NOTIFY_ALL, Act.SEE_OFFICERS}
    assert asked | within == set(Act), "the last are asked within a command, or of what a report tells"


def test_every_route_of_the_api_is_declared(office):
    declared = {(e.method, e.prefix + e.path) for e in ENDPOINTS}
    served = {(m, r.rule) for m, r in office.rules() if is_api(r)}
    assert served - declared == {("GET", "/api/v1/openapi.json"), ("GET", "/api/v1/asyncapi.json")}
    assert declared <= served


def only(office: Office, monkeypatch: pytest.MonkeyPatch, *endings: str) -> None:
    """Let a control look at a few routes."""
    chosen = [(m, r) for m, r in office.rules() if r.rule.endswith(endings)]
    words = [word for word in office.words() if word in endings]
    monkeypatch.setattr(type(office), "rules", lambda self: chosen)
    monkeypatch.setattr(type(office), "words", lambda self: words)


def wrong_cells(office: Office, table: dict[str, dict[str, str]] | None = None) -> list[str]:
    """The differences, but for the rows that were not looked at."""
    return [line for line in differences(office, "lebak", table or written()) if not line.endswith("no route any more")]


def test_control_one_opened_cell_is_caught(office, monkeypatch, figure):
    only(office, monkeypatch, "-day", "/desk", "desk", "supervisor")
    opened = {**RIGHTS, Act.SEE_DESK: {**RIGHTS[Act.SEE_DESK], Role.KIOSK: Scope.AGENCY}}
    monkeypatch.setattr(rights, "RIGHTS", opened)
    caught = wrong_cells(office)
    assert caught == ["GET /api/v1/sites/<site>/counters/<counter>/desk: kiosk@own got yes, not 403"]
    figure("F14", CELLS).caught("one role more on one route", "that cell and no other")


def test_control_one_opened_room_is_caught(office, monkeypatch, figure):
    only(office, monkeypatch, "supervisor")
    opened = {**RIGHTS, Act.FOLLOW_HALL: {**RIGHTS[Act.FOLLOW_HALL], Role.OFFICER: Scope.SITE}}
    monkeypatch.setattr(rights, "RIGHTS", opened)
    officers = ("holder", "colleague", "stranger")
    assert wrong_cells(office) == [f"LIVE supervisor: {kind}@own got yes, not no" for kind in officers]
    figure("F14", CELLS).caught("one role more in one room", "its three cells and no other")


def test_control_malls_and_agencies_that_nobody_checks_are_caught(office, monkeypatch, figure):
    only(office, monkeypatch, "/open", "/close", "desk")
    monkeypatch.setattr(rights, "_within", lambda *_: True)
    caught = " ".join(wrong_cells(office))
    assert "supervisor@other" in caught and "stranger@own" in caught and "LIVE desk: supervisor@other" in caught
    figure("F14", CELLS).caught("malls and agencies unchecked", f"{len(caught.split(': '))} cells")


def test_control_a_route_that_nobody_wrote_down_is_caught(office, monkeypatch):
    only(office, monkeypatch, "/healthz", "/readyz")
    caught = wrong_cells(office, {route: row for route, row in written().items() if route != "GET /healthz"})
    assert len(caught) == 1 and caught[0].startswith("GET /healthz is not declared")
