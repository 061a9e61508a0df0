"""The facts of each kind of event: complete, and in accord with the table of a ticket's life."""

from datetime import UTC, datetime

import pytest

from queue_server.domain.events import ANNOUNCED, FACTS, IDLE_SINCE, Facts, Kind, facts
from queue_server.domain.fold import Event
from queue_server.domain.ticket import ENDED, State
from queue_server.domain.verbs import RULES
from tests.world.details import detail_faults


def test_every_kind_has_one_row_and_every_row_a_kind():
    assert set(FACTS) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_fits_the_column_and_its_name_is_its_word(kind):
    assert len(kind) <= 24
    assert kind.name.lower() == kind.value


def test_every_state_is_entered_by_some_kind_and_each_such_kind_is_recorded_by_some_verb():
    entering = {kind for kind, row in FACTS.items() if row.enters}
    assert {FACTS[kind].enters for kind in entering} == set(State)
    recorded = {kind for rule in RULES.values() for kind in (rule.kind, *rule.leads.values())}
    assert entering <= recorded


@pytest.mark.parametrize("kind", [k for k in Kind if FACTS[k].enters])
def test_a_visit_goes_on_in_a_stay_unless_it_has_ended(kind):
    row = FACTS[kind]
    over = row.enters in ENDED - {State.NO_SHOW}  # who was missed may come back
    assert (row.begins is None) == over


NOW = datetime(2026, 1, 19, 3, tzinfo=UTC)
ISSUED = {"seq": 1, "number": "K001", "class": "regular", "by": "kiosk"}


@pytest.mark.parametrize(
    ("kind", "detail", "said"),
    [
        pytest.param("issued", ISSUED, [], id="as declared"),
        pytest.param("issued", ISSUED | {"language": "su"}, [], id="with what need not be there"),
        pytest.param("issued", ISSUED | {"name": "Sari"}, ["issued has name"], id="with what may not be there"),
        pytest.param("served", {"note": "x"}, ["served has note"], id="where nothing is told"),
        pytest.param("transferred", {"to": "kk"}, ["transferred lacks wish"], id="without what must be there"),
        pytest.param("day_closed", {"by": 3}, ["day_closed by: 3"], id="of another type"),
        pytest.param("called", {"wheel": ["1"]}, None, id="in a list"),
    ],
)
def test_a_detail_that_is_not_as_its_kind_declares_is_noticed(kind, detail, said):
    """The control of ``detail_faults``, to which every event of every test of commands is held."""
    found = detail_faults([Event("lebak", 1, 1, 0, NOW, NOW.date(), kind, detail=detail)])
    assert "called wheel: ['1']" in found if said is None else found == said


def test_a_kind_of_a_later_release_does_nothing_to_anybody():
    assert facts("reborn") == Facts()


def test_the_words_in_the_indexes_stay_as_they_are():
    """A partial index is found by these very words, in this order."""
    assert ANNOUNCED == ("called", "recalled")
    leaving = {"undone", "finished", "no_show", "held", "returned", "transferred", "cancelled"}
    assert set(IDLE_SINCE) == leaving | {"counter_opened", "taken_over", "break_ended"}
