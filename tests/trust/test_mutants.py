"""How much of the rules the tests of the rules hold fast: changed in one place, do they fail?"""

import random
from collections.abc import Iterator

import pytest

from tests.trust.mutants import RULES, Workshop, places_to_change, workshop

WHAT = "mutants of the rules (`queue_server/domain`) against their own tests, in-process"
AIM = 0.9  # of the mutants are noticed
ENOUGH = 100  # tried, before a share says anything


@pytest.fixture(scope="module")
def shop() -> Iterator[Workshop]:
    """Where mutants are tried."""
    with workshop() as opened:
        yield opened


@pytest.mark.night
def test_a_rule_changed_in_one_place_is_noticed(shop, figure):
    row = figure("F22", WHAT)
    everywhere = places_to_change()
    quick = [p for p in everywhere if p.path.stem == "numbering"]  # whose tests take a moment
    chosen = random.Random(row.seed).sample(everywhere, min(len(everywhere), row.size(ci=0, night=1200)))
    unseen = []
    for place in row.each(chosen or quick[:3]):
        noticed = shop.notices(place.module, place.mutant(), all_tests=bool(chosen))
        row.count(1, lost=not noticed)
        unseen += [] if noticed else [str(place)]
    row.note(f"{1 - row.lost / row.tried:.0%} noticed; {len(everywhere):,} places in all")
    if row.tried >= ENOUGH:
        assert row.lost <= (1 - AIM) * row.tried, unseen
    print(*unseen, sep="\n")  # to be looked at: a test is missing, or the change changes nothing


@pytest.mark.night
def test_control_the_rules_as_they_are_pass_and_a_gap_that_is_lost_does_not(shop, figure):
    whole = (RULES / "numbering.py").read_text()
    lost = whole.replace("(last // _GAP + 1)", "(last // _GAP)")
    assert lost != whole
    assert not shop.notices("queue_server.domain.numbering", whole, all_tests=False)
    assert shop.notices("queue_server.domain.numbering", lost, all_tests=False)
    figure("F22", WHAT).caught("a gap that is lost", "noticed, and the rules as they are pass")
