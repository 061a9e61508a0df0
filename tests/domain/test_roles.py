"""Roles: one rule of sites and agencies says who may act where."""

import pytest

from queue_server.domain.errors import Code, QueueError
from queue_server.domain.roles import STAFF, SYSTEM, Actor, Role, in_order, mightiest, require

LEBAK, ELSEWHERE = "lebak", "pandeglang"
OFFICER = Actor("sari", Role.OFFICER.only, frozenset({LEBAK}), frozenset({"dukcapil"}))
ALL_ROUND = Actor("dedi", Role.OFFICER.only, frozenset({LEBAK}))
KIOSK = Actor("kiosk", Role.KIOSK.only, frozenset({LEBAK}))


@pytest.mark.parametrize(
    ("actor", "site", "agency", "allowed"),
    [
        pytest.param(OFFICER, LEBAK, "dukcapil", True, id="own site, own agency"),
        pytest.param(OFFICER, LEBAK, "imigrasi", False, id="own site, foreign agency"),
        pytest.param(OFFICER, ELSEWHERE, "dukcapil", False, id="foreign site, own agency"),
        pytest.param(OFFICER, LEBAK, None, True, id="own site, no agency asked for"),
        pytest.param(ALL_ROUND, LEBAK, "imigrasi", True, id="an account without agencies acts for all of its site"),
        pytest.param(ALL_ROUND, ELSEWHERE, None, False, id="but only of its site"),
        pytest.param(KIOSK, LEBAK, None, True, id="a kiosk at its site"),
        pytest.param(KIOSK, ELSEWHERE, None, False, id="a kiosk elsewhere"),
        pytest.param(SYSTEM, ELSEWHERE, "imigrasi", True, id="the clock acts everywhere"),
        pytest.param(Actor("x", Role.ADMIN.only), LEBAK, None, True, id="an account that names no site acts at all"),
        pytest.param(Actor("x", Role.KIOSK.only), LEBAK, None, False, id="a device without a site nowhere"),
        pytest.param(Actor("x", Role.VISITOR.only), LEBAK, None, False, id="nor a visitor"),
    ],
)
def test_sites_and_agencies_limit_who_acts(actor, site, agency, allowed):
    if allowed:
        require(actor, site, agency)
        return
    with pytest.raises(QueueError) as refused:
        require(actor, site, agency)
    assert refused.value.code is Code.FORBIDDEN


def test_no_device_and_no_visitor_is_staff():
    assert set(Role) - STAFF == {Role.KIOSK, Role.DISPLAY, Role.VISITOR, Role.SYSTEM}


def test_an_account_may_do_what_any_of_its_roles_may():
    both = Actor("wati", frozenset({Role.OFFICER, Role.AUDITOR}), frozenset({LEBAK}))
    assert both.has({Role.AUDITOR}) and both.has({Role.OFFICER, Role.ADMIN}) and not both.has({Role.SUPERVISOR})


def test_roles_are_listed_the_mightiest_first_and_that_one_stands_for_them_all():
    given = [Role.CONTENT, Role.OFFICER, Role.ADMIN, Role.OFFICER]
    assert in_order(given) == [Role.ADMIN, Role.OFFICER, Role.CONTENT]
    assert mightiest(given) is Role.ADMIN
    assert set(in_order(Role)) == set(Role)
