"""Rights: the table of role × act × scope, held against one that is written here independently of the code."""

from dataclasses import replace

import pytest

from queue_server.domain.errors import Code, QueueError
from queue_server.domain.rights import RIGHTS, Act, Scope, may, require, require_health, sees_health
from queue_server.domain.roles import STAFF, SYSTEM, Actor, Role

# Contract, part 2, "Who may what". a: within its agencies, s: at its sites, w: without agency limit, -: refused.
WRITTEN = """
                 officer front_desk supervisor leader auditor content admin
    issue           a        a          a        -       -       -      -
    work            a        -          a        -       -       -      -
    oversee         -        -          a        -       -       -      -
    by_number       s        s          s        -       -       -      -
    help            -        a          a        -       -       -      -
    check_in        -        a          a        -       -       -      -
    import_bookings -        a          a        -       -       -      -
    see_bookings    s        s          s        -       s       -      -
    enter_outage    -        a          a        -       -       -      -
    escort          a        a          a        -       -       -      -
    find            s        s          s        -       s       -      -
    lower_class     -        -          a        -       -       -      -
    run_day         -        -          w        -       -       -      -
    interrupt       a        a          a        -       -       -      -
    interrupt_all   -        -          w        -       -       -      -
    confirm_interruption -   -          a        -       -       -      -
    carry_over      -        -          a        -       -       -      -
    see_interruptions s      s          s        -       s       -      s
    notify          -        -          a        -       -       a      -
    notify_all      -        -          w        -       -       w      -
    keep_media      -        -          w        -       -       w      -
    see_notices     -        -          s        -       s       s      -
    steer           -        -          a        -       -       -      -
    own             e        e          e        e       e       e      e
    manage_accounts -        -          -        -       -       -      e
    see_accounts    -        -          -        -       e       -      e
    assign          -        -          a        -       -       -      a
    see_roster      -        -          s        -       s       -      s
    change_structure -      -          -        -       -       -      w
    keep_devices    -        -          w        -       -       -      w
    see_health      -        -          -        -       -       -      e
    see_structure s         s          s        -       s       s      s
    see_desk        a        a          a        -       a       a      a
    see_hall        -        -          s        -       s       -      -
    take_alarm      -        -          s        -       -       -      -
    see_overview    -       -          s        s       s       -      s
    follow_hall     -        -          s        s       s       s      s
    see_audit       -       -          s        -       s       -      s
    see_report      s        s          s        s       s       s      s
    set_targets     -        -          w        -       -       -      w
    set_districts   -        -          w        -       -       -      w
    count_complaints -       a          a        -       -       -      a
    see_complaints  -        s          s        s       s       -      s
    answer          -        s          -        -       -       -      -
    see_survey      -       -          s        s       s       s      s
    keep_registers  -       -          a        -       -       a      -
    close_survey    -       -          w        -       -       -      -
    see_evidence    -        -          w        -       w       -      w
    see_period      -        -          s        s       s       -      s
    see_own_work    s        -          s        -       -       -      -
    see_officers    -        -          s        -       -       -      -
"""
LETTERS = {"a": Scope.AGENCY, "s": Scope.SITE, "w": Scope.WHOLE, "e": Scope.ANYWHERE, "-": None}
HEAD, *LINES = [line.split() for line in WRITTEN.strip().splitlines()]
CELLS = [(act, role, cell) for act, *cells in LINES for role, cell in zip(HEAD, cells, strict=True)]


@pytest.mark.parametrize(("act", "role", "cell"), CELLS)
def test_each_role_of_the_staff_may_what_the_contract_says_and_no_more(act, role, cell):
    assert RIGHTS[Act[act.upper()]].get(Role(role)) == LETTERS[cell]


def test_the_table_has_every_act_and_every_role_of_the_staff():
    by_link = {Act.PUBLIC, Act.HOLD, Act.GIVE_UP, Act.BOOK, Act.HOLD_BOOKING}
    assert {Act[act.upper()] for act, *_ in LINES} == set(Act) - by_link
    assert {Role(role) for role in HEAD} == STAFF


def test_of_all_that_is_no_staff_a_kiosk_gives_numbers_a_display_shows_figures_a_holder_has_a_link_the_clock_the_day():
    others = {(act, role) for act, row in RIGHTS.items() for role in row.keys() - STAFF if act is not Act.PUBLIC}
    assert others == {
        (Act.ISSUE, Role.KIOSK),
        (Act.CHECK_IN, Role.KIOSK),
        (Act.ANSWER, Role.KIOSK),
        (Act.ANSWER, Role.DISPLAY),
        (Act.IMPORT_BOOKINGS, Role.SYSTEM),
        (Act.HOLD, Role.VISITOR),
        (Act.GIVE_UP, Role.VISITOR),
        (Act.BOOK, Role.VISITOR),
        (Act.HOLD_BOOKING, Role.VISITOR),
        (Act.RUN_DAY, Role.SYSTEM),
        (Act.SEE_OVERVIEW, Role.DISPLAY),
        (Act.CHANGE_STRUCTURE, Role.SYSTEM),
        (Act.MANAGE_ACCOUNTS, Role.SYSTEM),
    }


def test_what_concerns_the_whole_site_needs_an_account_without_agencies():
    limited = Actor("lina", Role.SUPERVISOR.only, frozenset({"lebak"}), frozenset({"dukcapil"}))
    whole = Actor("wati", Role.SUPERVISOR.only, frozenset({"lebak"}))
    assert may(whole, Act.RUN_DAY, "lebak") and not may(whole, Act.RUN_DAY, "pandeglang")
    assert may(limited, Act.SEE_HALL, "lebak") and not may(limited, Act.RUN_DAY, "lebak")


def test_several_roles_may_what_any_of_them_may():
    both = Actor("x", frozenset({Role.CONTENT, Role.FRONT_DESK}))
    assert may(both, Act.FOLLOW_HALL, "lebak") and may(both, Act.ISSUE, "lebak", "imigrasi")
    assert not may(both, Act.WORK, "lebak")


def test_whoever_is_lent_may_work_there_and_no_more():
    lina = Actor("lina", Role.SUPERVISOR.only, frozenset({"lebak"}), frozenset({"dukcapil"}))
    lent = replace(lina, lent=frozenset({("lebak", "imigrasi")}))
    carried = {act for act in Act if may(lent, act, "lebak", "imigrasi") > may(lina, act, "lebak", "imigrasi")}
    assert carried == {Act.WORK, Act.ISSUE, Act.SEE_DESK}
    assert not may(lent, Act.WORK, "lebak", "polres") and not may(lent, Act.WORK, "pandeglang", "imigrasi")


EVERYWHERE = Actor("lilis", Role.ADMIN.only)


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        pytest.param(EVERYWHERE, True, id="an administrator of all sites"),
        pytest.param(Actor("rini", Role.ADMIN.only, frozenset({"lebak", "pandeglang"})), True, id="of each by name"),
        pytest.param(Actor("rini", Role.ADMIN.only, frozenset({"lebak"})), True, id="of one alone"),
        pytest.param(Actor("rini", Role.ADMIN.only, frozenset({"serang"})), False, id="of none of them"),
        pytest.param(Actor("x", Role.ADMIN.only, frozenset(), frozenset({"dukcapil"})), False, id="of one agency"),
        pytest.param(Actor("ida", Role.SUPERVISOR.only), False, id="a supervisor of all"),
        pytest.param(Actor("f", Role.AUDITOR.only), False, id="an auditor of all"),
    ],
)
def test_the_server_s_health_is_for_administrators_of_any_site_of_it(actor, sees):
    assert sees_health(actor, ["lebak", "pandeglang"]) is sees
    if sees:
        require_health(actor, ["lebak", "pandeglang"])
        return
    with pytest.raises(QueueError) as refused:
        require_health(actor, ["lebak", "pandeglang"])
    assert refused.value.code is Code.FORBIDDEN


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
    act = {Role.SYSTEM: Act.RUN_DAY, Role.ADMIN: Act.SEE_DESK}.get(actor.role, Act.ISSUE)
    if allowed:
        require(actor, act, site, agency)
        return
    with pytest.raises(QueueError) as refused:
        require(actor, act, site, agency)
    assert refused.value.code is Code.FORBIDDEN
