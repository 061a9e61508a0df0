"""Accounts are managed within one's own limits; each change is one event by somebody, and a refused one is none."""

from contextlib import contextmanager

import pytest

from queue_server.commands import accounting, admin
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.roles import SYSTEM, Actor, Role
from queue_server.store import accounts, events
from queue_server.store.accounts import SESSION_ID, Account
from queue_server.store.ids import token_hash
from queue_server.store.transaction import ALL_SITES
from tests.world.details import detail_faults
from tests.world.hall import SARI, SITE, WATI, Hall

LILIS = Actor("lilis", Role.ADMIN.only)  # manages all
RINI = Actor("rini", Role.ADMIN.only, frozenset({SITE}))  # the accounts of MPP Lebak
YUDI = Actor("yudi", Role.OFFICER.only, frozenset({"pandeglang"}))


def account(who: Actor, **changes) -> Account:
    """An account for somebody, with what the test cares about changed."""
    values = {"id": who.id, "username": who.id, "name": who.id.title(), "password_hash": "-"}
    limits = {"roles": who.roles, "sites": tuple(sorted(who.sites)), "agencies": tuple(sorted(who.agencies))}
    return Account(**(values | limits | changes))


class Office:
    """The accounts of a server: what is done to them, and what was recorded of it."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        for who in (LILIS, RINI, YUDI):
            hall.on_server(accounting.add, account(who))

    def do(self, who: Actor, command, *said, **options):
        """Somebody does something to accounts."""
        return self.hall.perform(ALL_SITES, lambda tx: command(tx, *said, **options), actor=who).body

    def signed_in(self, who: Actor, *tokens: str) -> None:
        """Somebody signs in, once for each."""
        for token in tokens:
            self.do(SYSTEM, admin.sign_in, account(who), token)

    def sessions(self, *tokens: str) -> list[str]:
        """Those of the sessions that still count."""
        return [t for t in tokens if self.looked(accounts.by_session, token_hash(t), self.hall.now.replace(year=2000))]

    def looked(self, query, *said):
        """A query of the store."""
        with self.hall.reader.connect() as conn, conn.begin():
            return query(conn, *said)

    def of(self, id: str) -> Account:
        """An account as it is now."""
        return self.looked(accounts.by_id, id)

    def record(self) -> list:
        """What was recorded of the server itself."""
        return self.looked(lambda conn: list(events.of_site(conn, ALL_SITES)))

    @contextmanager
    def records(self, kind: str | None, by: Actor = LILIS, **detail):
        """What happens inside is one event of this kind, by this one, with exactly this detail; None: it is none."""
        before = len(self.record())
        yield
        new = self.record()[before:]
        assert detail_faults(new) == []
        assert [(e.kind, e.by, e.detail) for e in new] == ([(kind, by.id, detail)] if kind else [])

    @contextmanager
    def refuses(self, code: Code, **details):
        """What happens inside is refused, and changes no account and no record."""
        before = self.looked(accounts.all_accounts), len(self.record())
        with pytest.raises(QueueError) as caught:
            yield
        assert (caught.value.code, caught.value.details) == (code, details)
        assert (self.looked(accounts.all_accounts), len(self.record())) == before


@pytest.fixture
def office(hall) -> Office:
    """Two admins, one of MPP Lebak alone, an officer of another mall, and the cast of the hall."""
    return Office(hall)


DEWI = Actor("dewi", frozenset({Role.FRONT_DESK, Role.OFFICER}), frozenset({SITE}), frozenset({"dukcapil"}))


def test_an_account_is_added_with_its_limits_and_no_name_of_a_person_in_the_record(office):
    detail = {"account": "dewi", "role": "officer", "roles": ["officer", "front_desk"]}
    with office.records("account_added", **detail, sites=[SITE], agencies=["dukcapil"], organisation="pemda"):
        assert office.do(LILIS, accounting.add, account(DEWI, organisation="pemda")) == "dewi"
    assert office.of("dewi").actor == Actor("dewi", DEWI.roles, DEWI.sites, DEWI.agencies, "Dewi")
    plain = account(DEWI, id="d2", username="d2")
    with office.records("account_added", **(detail | {"account": "d2"}), sites=[SITE], agencies=["dukcapil"]):
        office.do(LILIS, accounting.add, plain)


def test_an_account_is_not_added_by_who_may_not_beyond_own_limits_or_under_a_name_that_was_ever_given(office):
    beyond = {"field": "sites", "reason": "beyond_own"}
    with office.refuses(Code.FORBIDDEN):
        office.do(WATI, accounting.add, account(DEWI))
    with office.refuses(Code.FORBIDDEN, **beyond):
        office.do(RINI, accounting.add, account(DEWI, sites=()))
    office.do(LILIS, accounting.disable, "sari")
    with office.refuses(Code.USERNAME_TAKEN, field="username"):
        office.do(LILIS, accounting.add, account(DEWI, username="SARI"))


CHANGES = [  # what is changed, how it is told, whether it signs the account out
    ({"name": "Sari Dewi"}, {}, False),
    ({"organisation": "pemda"}, {"organisation": "pemda"}, False),
    ({"sites": (SITE, "pandeglang")}, {"sites": [SITE, "pandeglang"]}, True),
    ({"agencies": ()}, {"agencies": []}, True),
    (
        {"roles": frozenset({Role.AUDITOR, Role.SUPERVISOR}), "name": "S"},
        {"role": "supervisor", "roles": ["supervisor", "auditor"]},
        True,
    ),
]


def test_a_change_is_told_in_full_and_signs_the_account_out_if_its_rights_are_others(office):
    for changes, told, out in CHANGES:
        office.signed_in(SARI, "phone")
        before = office.of("sari")
        with office.records("account_changed", account="sari", **told):
            office.do(LILIS, accounting.change, "sari", changes, before.version)
        after = office.of("sari")
        assert {name: getattr(after, name) for name in changes} == changes
        assert (after.version, office.sessions("phone")) == (before.version + 1, [] if out else ["phone"])
        with office.records(None):
            office.do(LILIS, accounting.change, "sari", changes, after.version)
        office.do(SYSTEM, admin.sign_out, "phone")


def test_a_change_of_an_account_that_is_not_there_not_one_s_own_to_manage_or_not_as_it_was_seen_is_refused(office):
    for who, id, code in (
        (LILIS, "nobody", Code.NOT_FOUND),
        (RINI, "yudi", Code.FORBIDDEN),
        (RINI, "lilis", Code.FORBIDDEN),
        (SARI, "sari", Code.FORBIDDEN),
    ):
        for command, said in (
            (accounting.change, ({"name": "X"},)),
            (accounting.disable, ()),
            (accounting.enable, ()),
            (accounting.reset_password, ("hash",)),
        ):
            with office.refuses(code):
                office.do(who, command, id, *said)
    with office.refuses(Code.FORBIDDEN, field="sites", reason="beyond_own"):
        office.do(RINI, accounting.change, "sari", {"sites": ()})
    office.do(LILIS, accounting.change, "sari", {"name": "Sari D."}, 0)
    with office.refuses(Code.ACCOUNT_CHANGED):
        office.do(RINI, accounting.change, "sari", {"name": "Sari"}, 0)


def test_a_disabled_account_may_nothing_until_it_is_enabled_and_doing_so_twice_is_no_event(office):
    office.signed_in(SARI, "phone")
    with office.records("account_disabled", account="sari"):
        office.do(LILIS, accounting.disable, "sari")
    assert office.of("sari").disabled and office.sessions("phone") == []
    with office.records(None):
        office.do(LILIS, accounting.disable, "sari")
    with office.records("account_enabled", account="sari"):
        office.do(LILIS, accounting.enable, "sari")
    assert not office.of("sari").disabled
    with office.records(None):
        office.do(LILIS, accounting.enable, "sari")


def test_the_last_who_manages_all_is_taken_away_by_the_shell_alone(office):
    gone = [
        (accounting.disable, ()),
        (accounting.change, ({"roles": Role.OFFICER.only},)),
        (accounting.change, ({"sites": (SITE,)},)),
        (accounting.change, ({"agencies": ("dukcapil",)},)),
    ]
    for command, said in gone:
        with office.refuses(Code.LAST_ADMIN):
            office.do(LILIS, command, "lilis", *said)
    with office.records("account_disabled", by=RINI, account="rini"):
        office.do(RINI, accounting.disable, "rini")
    with office.records("account_disabled", by=SYSTEM, account="lilis"):
        office.do(SYSTEM, accounting.disable, "lilis")


def test_an_admin_who_is_disabled_already_is_nobody_s_last(office):
    other = Actor("ani", Role.ADMIN.only)
    office.do(LILIS, accounting.add, account(other))
    office.do(LILIS, accounting.disable, "ani")
    with office.records("account_changed", account="ani", role="officer", roles=["officer"]):
        office.do(LILIS, accounting.change, "ani", {"roles": Role.OFFICER.only})


def test_another_password_signs_the_account_out_and_lets_a_disabled_one_in_only_if_told(office):
    office.signed_in(SARI, "phone")
    with office.records("password_set", account="sari"):
        office.do(LILIS, accounting.reset_password, "sari", "another")
    assert (office.of("sari").password_hash, office.sessions("phone")) == ("another", [])
    office.do(LILIS, accounting.disable, "sari")
    office.do(LILIS, accounting.reset_password, "sari", "third")
    assert office.of("sari").disabled
    office.do(SYSTEM, accounting.reset_password, "sari", "fourth", enabling=True)
    assert not office.of("sari").disabled and office.of("sari").password_hash == "fourth"


def test_one_s_own_new_password_ends_every_session_but_the_one_at_hand(office):
    office.signed_in(SARI, "phone", "desk")
    with office.records("password_set", by=SARI, account="sari"):
        office.do(SARI, accounting.change_own_password, "mine", token_hash("desk"))
    assert office.sessions("phone", "desk") == ["desk"]


def test_a_session_is_ended_by_its_own_account_or_by_who_manages_it_and_only_under_its_own_name(office):
    office.signed_in(SARI, "phone", "desk")
    office.signed_in(YUDI, "yudi's")
    phone, desk, of_yudi = (token_hash(token)[:SESSION_ID] for token in ("phone", "desk", "yudi's"))
    with office.refuses(Code.FORBIDDEN):
        office.do(SARI, accounting.end_session, "yudi", of_yudi)
    with office.refuses(Code.NOT_FOUND):
        office.do(RINI, accounting.end_session, "sari", of_yudi)
    with office.records("session_ended", by=SARI, account="sari"):
        office.do(SARI, accounting.end_session, "sari", phone)
    with office.refuses(Code.NOT_FOUND):
        office.do(SARI, accounting.end_session, "sari", phone)
    with office.records("session_ended", by=RINI, account="sari"):
        office.do(RINI, accounting.end_session, "sari", desk)
    assert office.sessions("phone", "desk", "yudi's") == ["yudi's"]
