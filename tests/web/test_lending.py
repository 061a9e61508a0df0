"""An account helps out at another agency's counters until the day closes, and nobody needs a technician for it."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from queue_server.commands import admin
from queue_server.domain.roles import Role
from queue_server.store.transaction import ALL_SITES
from tests.web.office import PASSWORD, Office, code

SITE, DESK, OWN_DESK = "lebak", "/sites/lebak/counters/2", "/sites/lebak/counters/5"  # of Imigrasi, and of Dukcapil
TO = {"site": SITE, "agency": "imigrasi"}


@pytest.fixture(autouse=True)
def people(office: Office) -> None:
    """Sari is Dukcapil's; these see to Imigrasi, and to the police."""
    office.add("lina", {Role.SUPERVISOR}, (SITE,), ("imigrasi",))
    office.add("joko", {Role.SUPERVISOR}, (SITE,), ("polres",))


def lend(office: Office, who: str = "lina", account: str = "sari", to: Any = TO) -> TestResponse:
    """Somebody lends an account."""
    return office.ask(who, "POST", f"/accounts/{account}/lend", to)


def take_back(office: Office, who: str = "lina") -> TestResponse:
    """Somebody takes Sari back."""
    return office.ask(who, "POST", "/accounts/sari/lend/end", TO)


def opens(office: Office, counter: str = DESK) -> int:
    """The status with which Sari opens a counter."""
    return office.ask("sari", "POST", f"{counter}/open").status_code


def recorded(office: Office) -> list[tuple[str, Any, str | None]]:
    """What the record has of lendings."""
    return [e for e in office.events(SITE) if e[0] in ("account_lent", "lending_ended")]


def test_a_lent_officer_calls_at_the_other_agency_s_counter_and_everybody_concerned_sees_it(office):
    assert opens(office) == 403
    answer = lend(office)
    assert answer.status_code == 200
    [one] = answer.json["lendings"]
    assert one | {"at": ""} == {
        **{"account": "sari", "name": "Sari", "agency": "imigrasi", "by": "Lina", "by_id": "lina"},
        "at": "",
    }
    assert [opens(office), office.ask("sari", "POST", f"{DESK}/call-next").status_code] == [200, 200]
    assert office.ask("sari", "GET", f"{DESK}/desk").json["officer"] == "Sari"
    assert office.ask("sari", "GET", "/me").json["lent"] == [TO] == office.of("sari")["lent"]
    assert office.ask("ida", "GET", f"/sites/{SITE}/lendings").json["lendings"] == [one]
    assert office.ask("joko", "GET", f"/sites/{SITE}/lendings").json["lendings"] == [], "it is not the police's"
    assert recorded(office) == [("account_lent", {"account": "sari", "agency": "imigrasi"}, "lina")]
    assert "Sari" not in str(recorded(office))


def test_who_is_lent_already_is_lent_once(office):
    assert [lend(office).status_code, lend(office, "ida").status_code] == [200, 200]
    assert len(recorded(office)) == 1


def test_it_ends_with_the_day_and_the_officer_signs_in_again(office):
    lend(office)
    assert opens(office) == 200
    assert office.ask("ida", "POST", f"/sites/{SITE}/close-day").status_code == 200
    assert office.ask("sari", "GET", "/me").status_code == 401, "no open page shows what it may not"
    office.sign_in("sari", PASSWORD, as_="sari")
    assert office.ask("ida", "POST", f"/sites/{SITE}/reopen-day").status_code == 200
    assert [opens(office), opens(office, OWN_DESK)] == [403, 200]
    assert office.ask("ida", "GET", f"/sites/{SITE}/lendings").json["lendings"] == []
    assert recorded(office)[1:] == [
        ("lending_ended", {"account": "sari", "agency": "imigrasi", "by": "day_closed"}, "ida")
    ]


def test_taking_back_closes_the_counter_but_not_before_a_visitor_is_done_with(office):
    lend(office)
    assert opens(office) == 200
    issued = office.ask(
        "lina", "POST", f"/sites/{SITE}/tickets", {"service": "paspor-wawancara"}, **{"Idempotency-Key": "a"}
    )
    assert issued.status_code == 201
    office.ask("sari", "POST", f"{DESK}/call-next")
    assert code(take_back(office))[:2] == (409, "counter_busy")
    assert office.ask("sari", "POST", f"{DESK}/serve").status_code == 200, "she is not put out in mid-service"
    office.ask("sari", "POST", f"{DESK}/finish")
    assert take_back(office).json == {"lendings": []}
    board = office.ask(None, "GET", f"/sites/{SITE}/board").json
    assert next(one for one in board["counters"] if one["id"] == "2")["open"] is False
    assert office.ask("sari", "GET", "/me").status_code == 401
    office.sign_in("sari", PASSWORD, as_="sari")
    assert opens(office) == 403
    assert recorded(office)[1:] == [("lending_ended", {"account": "sari", "agency": "imigrasi"}, "lina")]
    assert code(take_back(office))[:2] == (404, "not_found")


def test_whoever_sits_at_their_own_counter_stays_there_when_taken_back(office):
    lend(office)
    assert opens(office, OWN_DESK) == 200
    assert take_back(office).status_code == 200
    assert office.ask("sari", "POST", f"{OWN_DESK}/call-next").status_code == 200


@pytest.mark.parametrize(
    ("who", "status"), [("lina", 200), ("ida", 200), ("lilis", 200), ("rini", 200), ("joko", 403), ("sari", 403)]
)
def test_a_supervisor_or_admin_of_that_agency_lends_and_nobody_else(office, who, status):
    assert lend(office, who).status_code == status
    if status != 200:
        lend(office)
        assert take_back(office, who).status_code == status
        assert len(recorded(office)) == 1


def test_an_admin_of_another_place_lends_nobody_here(office):
    office.add("tono", {Role.ADMIN}, ("pandeglang",))
    assert code(lend(office, "tono"))[:2] == (403, "forbidden")
    assert recorded(office) == []


@pytest.mark.parametrize(
    ("account", "to", "told"),
    [
        ("sari", {"site": SITE, "agency": "nobody"}, (422, "invalid", "agency")),
        ("sari", {"site": SITE, "agency": "dukcapil"}, (422, "invalid", "agency")),
        ("sari", {"site": "nowhere", "agency": "imigrasi"}, (422, "invalid", "site")),
        ("yudi", TO, (422, "invalid", "account")),
        ("rini", TO, (422, "invalid", "account")),
        ("nobody", TO, (404, "not_found", None)),
    ],
)
def test_what_cannot_be_lent_is_told(office, account, to, told):
    assert code(lend(office, "lilis", account, to)) == told
    assert recorded(office) == []


def test_a_disabled_account_is_lent_to_nobody(office):
    office.whole.house.perform(ALL_SITES, lambda tx: admin.disable_account(tx, "sari"))
    assert code(lend(office))[:2] == (404, "not_found")
