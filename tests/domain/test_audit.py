"""What the record tells those who check it: nothing is left out, and each thing has its place."""

import pytest

from queue_server.domain.audit import (
    GROUPS,
    KINDS,
    Accounts,
    Place,
    Position,
    change,
    kinds_of,
    read_position,
    reason_code,
)
from queue_server.domain.events import Kind
from queue_server.domain.fold import Event
from queue_server.domain.roles import Role
from tests.world.values import at

MONDAY = at("2026-11-23 09:00")


def event(kind, revision=1, **more):
    """One of a Monday."""
    return Event("lebak", 1, revision, 0, MONDAY, MONDAY.date(), kind, **more)


def test_every_kind_is_in_one_group_and_can_be_asked_for():
    grouped = [kind for kinds in GROUPS.values() for kind in kinds]
    assert sorted(grouped) == sorted(KINDS), "each once"
    assert not GROUPS.keys() & set(KINDS), "a word asks for one thing"
    assert kinds_of("calls") == GROUPS["calls"] and kinds_of("called") == ("called",) and kinds_of("anything") is None


@pytest.mark.parametrize(
    ("happened", "before", "after"),
    [
        (event(Kind.RECLASSED, detail={"class": "priority", "was": "regular"}), "regular", "priority"),
        (event(Kind.REGROUPED, detail={"people": 3, "was": 1, "places": ["a"]}), 1, 3),
        (event(Kind.TRANSFERRED, service="a", detail={"to": "b", "wish": None}), "a", "b"),
        (event(Kind.TAKEN_OVER, officer="dedi", detail={"was": "sari"}), "sari", "dedi"),
        (event(Kind.SERVICES_SET, detail={"services": ["b"], "was": ["a", "b"]}), ["a", "b"], ["b"]),
    ],
)
def test_a_change_is_told_as_before_and_after(happened, before, after):
    found = change(happened)
    assert list(found.before.values()) == [before] and list(found.after.values()) == [after]


def test_a_structure_is_told_key_by_key():
    changes = [{"path": ["services", "a", "name"], "before": "A", "after": "B"}, {"path": ["zones"], "after": ["C"]}]
    found = change(event(Kind.STRUCTURE_SAVED, detail={"version": 2, "changes": changes, "source": "screen"}))
    assert found.before == {"services.a.name": "A"}
    assert found.after == {"services.a.name": "B", "zones": ["C"], "version": 2}


def test_whatever_a_kind_of_tomorrow_tells_is_shown():
    assert change(event("brought_tomorrow", detail={"colour": "blue"})).after == {"colour": "blue"}
    assert reason_code(event(Kind.BREAK_BEGUN, detail={"reason": "meal"})) == "meal"
    assert reason_code(event(Kind.REFUSED, detail={"code": "quota_full", "reason": None})) == "quota_full"


def test_an_account_has_the_roles_that_it_had_then():
    added = event(Kind.ACCOUNT_ADDED, 1, detail={"account": "a", "role": "officer", "sites": [], "agencies": []})
    more = event(Kind.ACCOUNT_CHANGED, 2, detail={"account": "a", "roles": ["supervisor", "officer"]})
    was = Accounts([added, event(Kind.SIGNED_IN, 1), more])  # of which the second is nobody's change
    assert was.change(more).before == {"roles": ["officer"]}
    assert was.change(added).before == {}
    assert was.roles("a", MONDAY) == [Role.SUPERVISOR, Role.OFFICER] and was.roles("b", MONDAY) == []


@pytest.mark.parametrize(
    "position", [Position("2026-11-23"), Position("2026-11-23", Place(2, 45, 0)), Position("2026-11-23", None, 7)]
)
def test_a_position_is_read_back_as_it_was_written(position):
    assert read_position(str(position)) == position


@pytest.mark.parametrize("written", ["", "2026-11-23", "a~b", "a~1.2~", "a~1.2.x~", "a~~x", f"a~~{'9' * 11}"])
def test_what_is_no_position_is_none(written):
    assert read_position(written) is None
