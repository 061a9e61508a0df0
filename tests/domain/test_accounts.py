"""Which account is managed by whom, what may be given on, and that somebody who manages all is always left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.accounts import (
    manages,
    refuse_beyond,
    refuse_last_admin,
    refuse_name,
    refuse_no_role,
    refuse_stale,
    refuse_unknown,
    refuse_username,
)
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.roles import Actor, Role


def admin(id="rini", sites=(), agencies=(), role=Role.ADMIN):
    """Somebody who manages accounts at these sites and for these agencies; none named: all."""
    return Actor(id, role.only, frozenset(sites), frozenset(agencies))


def told(rule, *said):
    """The code and details of a refusal; None if there is none."""
    try:
        rule(*said)
    except QueueError as refused:
        return refused.code, refused.details
    return None


@pytest.mark.parametrize("username", ["sari", "Sari.D_2@lebak-1", "a", "x" * 64])
def test_a_username_of_plain_signs_is_taken(username):
    assert told(refuse_username, username) is None


@pytest.mark.parametrize("username", ["", "sari dewi", "x" * 65, "śari", "sari\n", "sari/1", "ſari"])
def test_a_username_that_not_every_database_reads_alike_is_refused(username):
    assert told(refuse_username, username) == (Code.INVALID, {"field": "username", "reason": "username"})


@pytest.mark.parametrize(
    ("name", "good"), [("Dewi Lestari", True), ("Ñ", True), (" ", False), ("", False), ("a\nb", False)]
)
def test_a_name_is_something_to_read_on_one_line(name, good):
    assert told(refuse_name, name) == (None if good else (Code.INVALID, {"field": "name", "reason": "name"}))


def test_an_account_has_a_role_at_least():
    assert told(refuse_no_role, ["officer"]) is None
    assert told(refuse_no_role, []) == (Code.INVALID, {"field": "roles", "reason": "no_role"})


@pytest.mark.parametrize(
    ("wanted", "good"), [([], True), (["lebak"], True), (["lebak", "bulan"], False), (["bulan"], False)]
)
def test_what_the_configuration_does_not_name_is_given_to_nobody(wanted, good):
    said = told(refuse_unknown, "sites", wanted, {"lebak", "pandeglang"})
    assert said == (None if good else (Code.INVALID, {"field": "sites", "reason": "unknown"}))


WHOLE, OF_SITE, OF_AGENCY = admin(), admin(sites=["lebak"]), admin(agencies=["dukcapil", "polres"])


@pytest.mark.parametrize(
    ("manager", "account", "sees_to_it"),
    [
        pytest.param(WHOLE, WHOLE, True, id="one without limits manages another"),
        pytest.param(WHOLE, OF_SITE, True, id="and one of a site"),
        pytest.param(OF_SITE, OF_SITE, True, id="one of a site manages its own site's"),
        pytest.param(OF_SITE, WHOLE, False, id="but none that acts at all"),
        pytest.param(OF_SITE, admin(sites=["pandeglang"]), False, id="nor another site's"),
        pytest.param(OF_SITE, admin(sites=["lebak", "pandeglang"]), False, id="nor one of both"),
        pytest.param(OF_SITE, admin(sites=["lebak"], agencies=["dukcapil"]), True, id="an agency of its site"),
        pytest.param(OF_AGENCY, admin(sites=["lebak"], agencies=["dukcapil"]), True, id="one of its agencies"),
        pytest.param(OF_AGENCY, admin(sites=["lebak"], agencies=["imigrasi"]), False, id="another agency"),
        pytest.param(OF_AGENCY, OF_SITE, False, id="or one of all agencies"),
    ],
)
def test_an_account_is_managed_by_whoever_has_all_its_limits(manager, account, sees_to_it):
    assert manages(manager, account) is sees_to_it


@pytest.mark.parametrize(
    ("manager", "sites", "agencies", "field"),
    [
        (WHOLE, [], [], None),
        (WHOLE, ["lebak"], ["dukcapil"], None),
        (OF_SITE, ["lebak"], [], None),
        (OF_SITE, [], [], "sites"),
        (OF_SITE, ["lebak", "pandeglang"], [], "sites"),
        (OF_AGENCY, [], ["polres"], None),
        (OF_AGENCY, [], [], "agencies"),
        (OF_AGENCY, ["lebak"], ["polres", "imigrasi"], "agencies"),
    ],
)
def test_nobody_gives_more_than_they_have(manager, sites, agencies, field):
    said = told(refuse_beyond, manager, sites, agencies)
    assert said == (None if field is None else (Code.FORBIDDEN, {"field": field, "reason": "beyond_own"}))


OFFICER = admin("sari", role=Role.OFFICER)


@pytest.mark.parametrize(
    ("before", "after", "good"),
    [
        pytest.param([WHOLE], [WHOLE], True, id="nothing changed"),
        pytest.param([WHOLE, WHOLE], [WHOLE], True, id="one of two goes"),
        pytest.param([WHOLE], [], False, id="the only one goes"),
        pytest.param([WHOLE, OFFICER], [OFFICER], False, id="an officer is no admin"),
        pytest.param([WHOLE, OF_SITE], [OF_SITE], False, id="one with limits does not manage all"),
        pytest.param([WHOLE, OF_AGENCY], [OF_AGENCY], False, id="nor one of some agencies"),
        pytest.param([OF_SITE], [OF_AGENCY], True, id="where nobody ever managed all, nothing is lost"),
        pytest.param([OF_SITE], [], False, id="but the last with limits stays too"),
        pytest.param([OFFICER], [], True, id="without any admin there is nothing to keep"),
    ],
)
def test_somebody_who_manages_all_is_always_left(before, after, good):
    assert told(refuse_last_admin, before, after) == (None if good else (Code.LAST_ADMIN, {}))


@pytest.mark.parametrize(("seen", "good"), [(None, True), (3, True), (2, False), (0, False)])
def test_whoever_looked_at_an_older_account_is_told(seen, good):
    assert told(refuse_stale, seen, 3) == (None if good else (Code.ACCOUNT_CHANGED, {}))


SOME = st.frozensets(st.sampled_from(["a", "b", "c"]))


@given(SOME, SOME, SOME, SOME, SOME, SOME)
def test_what_a_manager_may_give_it_also_manages_and_the_rule_reaches_over_several_steps(s1, a1, s2, a2, s3, a3):
    one, two, three = (admin(sites=s, agencies=a) for s, a in ((s1, a1), (s2, a2), (s3, a3)))
    assert manages(one, one)
    assert manages(one, two) is (told(refuse_beyond, one, s2, a2) is None)
    if manages(one, two) and manages(two, three):
        assert manages(one, three)
