"""Who may act where: one rule for sites and agencies."""

import pytest

from queue_server.domain.errors import Code, QueueError
from queue_server.domain.roles import STAFF, SYSTEM, Actor, Role, require

LEBAK, ELSEWHERE = "lebak", "pandeglang"
OFFICER = Actor("sari", Role.OFFICER, frozenset({LEBAK}), frozenset({"dukcapil"}))
ALL_ROUND = Actor("dedi", Role.OFFICER, frozenset({LEBAK}))
KIOSK = Actor("kiosk", Role.KIOSK, frozenset({LEBAK}))


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
        pytest.param(Actor("x", Role.ADMIN), LEBAK, None, True, id="an account that names no site acts at all of them"),
        pytest.param(Actor("x", Role.KIOSK), LEBAK, None, False, id="a device without a site nowhere"),
        pytest.param(Actor("x", Role.VISITOR), LEBAK, None, False, id="nor a visitor"),
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
