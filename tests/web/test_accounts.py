"""Accounts are managed over the API: within one's own limits, nothing lost, somebody always left who manages all."""

import pytest

from queue_server.commands import admin, officer
from queue_server.domain.roles import SYSTEM, Role
from queue_server.store import accounts as kept
from queue_server.store.transaction import ALL_SITES
from tests.web.office import PASSWORD, code

NEW = {"username": "dewi", "name": "Dewi Lestari", "roles": ["officer", "front_desk"], "sites": ["lebak"]}


def test_an_account_is_added_and_signs_in_with_the_password_that_is_shown_once(office):
    made = office.ask("lilis", "POST", "/accounts", NEW | {"agencies": ["dukcapil"], "organisation": "pemda"})
    assert made.status_code == 201 and made.json.keys() == {"id", "password"}
    assert office.sign_in("dewi", made.json["password"], as_="dewi").status_code == 204
    assert office.ask("dewi", "GET", "/me").json == {
        "id": made.json["id"],
        "username": "dewi",
        "name": "Dewi Lestari",
        "roles": ["officer", "front_desk"],
        "sites": ["lebak"],
        "agencies": ["dukcapil"],
        "organisation": "pemda",
        "lent": [],
        "sits": [],
    }
    assert made.json["password"] not in office.ask("lilis", "GET", "/accounts").text
    assert "Dewi" not in str(office.events()), "a name is personal: no event holds it"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"username": "SARI"}, (409, "username_taken", "username")),
        ({"username": "dewi lestari"}, (422, "invalid", "username")),
        ({"name": " "}, (422, "invalid", "name")),
        ({"roles": []}, (422, "invalid", "roles")),
        ({"roles": ["king"]}, (422, "invalid", "roles.0")),
        ({"sites": ["nowhere"]}, (422, "invalid", "sites")),
        ({"agencies": ["nobody"]}, (422, "invalid", "agencies")),
        ({"organisation": "nobody"}, (422, "invalid", "organisation")),
    ],
)
def test_what_cannot_be_is_told_of_its_field(office, wrong, told):
    before = office.events()
    assert code(office.ask("lilis", "POST", "/accounts", NEW | wrong)) == told
    assert office.events() == before


def test_the_name_of_a_disabled_account_is_never_given_again(office):
    assert office.ask("lilis", "POST", "/accounts/sari/disable").json["disabled_at"]
    assert code(office.ask("lilis", "POST", "/accounts", NEW | {"username": "sari"}))[1] == "username_taken"


# -- two at once


def test_of_two_admins_who_change_an_account_at_once_one_is_told_and_nothing_is_lost(office):
    seen = office.of("sari")["version"]
    first = office.ask("lilis", "PATCH", "/accounts/sari", {"roles": ["officer", "auditor"], "based_on": seen})
    late = office.ask("rini", "PATCH", "/accounts/sari", {"name": "Sari D.", "based_on": seen})
    assert (first.status_code, code(late)[:2]) == (200, (409, "account_changed"))
    assert (office.of("sari")["roles"], office.of("sari")["name"]) == (["officer", "auditor"], "Sari")
    again = {"name": "Sari D.", "based_on": first.json["version"]}
    assert office.ask("rini", "PATCH", "/accounts/sari", again).json["name"] == "Sari D."
    assert office.of("sari")["roles"] == ["officer", "auditor"]


def test_what_is_left_as_it_is_makes_no_event_and_no_version(office):
    before, events = office.of("sari"), office.events()
    same = {key: before[key] for key in ("name", "roles", "sites", "agencies", "organisation")}
    assert office.ask("lilis", "PATCH", "/accounts/sari", same).json == before
    assert office.events() == events


# -- limits


def test_an_admin_of_one_site_sees_and_touches_the_accounts_of_that_site_alone(office):
    shown = {one["username"] for one in office.ask("rini", "GET", "/accounts").json["accounts"]}
    assert shown == {"rini", "sari"}
    for id in ("yudi", "ida", "lilis"):
        for method, path in (("PATCH", ""), ("POST", "/disable"), ("POST", "/enable"), ("POST", "/password")):
            assert code(office.ask("rini", method, f"/accounts/{id}{path}", {}))[:2] == (403, "forbidden")
        assert office.ask("rini", "GET", f"/accounts/{id}/sessions").status_code == 403
    assert office.ask("rini", "PATCH", "/accounts/nobody", {}).status_code == 404


@pytest.mark.parametrize("wider", [{"sites": []}, {"sites": ["lebak", "pandeglang"]}, {"sites": ["pandeglang"]}])
def test_and_gives_nobody_more_than_it_has_itself(office, wider):
    assert code(office.ask("rini", "POST", "/accounts", NEW | wider)) == (403, "forbidden", "sites")
    for id in ("sari", "rini"):
        assert code(office.ask("rini", "PATCH", f"/accounts/{id}", wider)) == (403, "forbidden", "sites")


def test_an_auditor_reads_the_accounts_of_its_places_and_changes_none(office):
    office.add("tuti", {Role.AUDITOR}, ("lebak",))
    assert {one["username"] for one in office.ask("tuti", "GET", "/accounts").json["accounts"]} == {
        "rini",
        "sari",
        "tuti",
    }
    for method, path in (("POST", ""), ("PATCH", "/sari"), ("POST", "/sari/disable"), ("POST", "/sari/password")):
        assert office.ask("tuti", method, f"/accounts{path}", {}).status_code == 403
    page = office.whole.app.test_client(use_cookies=False).get("/accounts", headers={"Cookie": office.cookies["tuti"]})
    assert page.status_code == 200 and "Sari" in page.text and "/accounts/" not in page.text, "nothing to press"


@pytest.mark.parametrize("who", ["sari", "ida", None])
def test_whoever_is_no_admin_manages_nobody(office, who):
    status = 403 if who else 401
    for method, path in (("GET", ""), ("POST", ""), ("PATCH", "/yudi"), ("POST", "/yudi/disable")):
        assert office.ask(who, method, f"/accounts{path}", {}).status_code == status


# -- the last admin


def test_the_last_who_manages_all_can_be_taken_away_by_nobody_but_the_shell(office):
    for path, body in (("", {"roles": ["officer"]}), ("", {"sites": ["lebak"]}), ("/disable", {})):
        method = "POST" if path else "PATCH"
        assert code(office.ask("lilis", method, f"/accounts/lilis{path}", body))[:2] == (409, "last_admin")
    other = office.ask("lilis", "POST", "/accounts", NEW | {"roles": ["admin"], "sites": []}).json
    assert office.ask("lilis", "POST", "/accounts/lilis/disable").status_code == 200
    assert office.sign_in("dewi", other["password"], as_="dewi").status_code == 204
    office.whole.house.perform(ALL_SITES, lambda tx: admin.disable_account(tx, "dewi"), actor=SYSTEM)
    assert office.ask("dewi", "GET", "/accounts").status_code == 401


# -- passwords


def test_a_reset_shows_a_password_once_and_signs_the_account_out(office):
    shown = office.ask("lilis", "POST", "/accounts/sari/password").json["password"]
    assert office.ask("sari", "GET", "/me").status_code == 401
    assert office.sign_in("sari", PASSWORD).status_code == 401
    assert office.sign_in("sari", shown).status_code == 204


def test_a_reset_does_not_let_a_disabled_account_in(office):
    office.ask("lilis", "POST", "/accounts/sari/disable")
    shown = office.ask("lilis", "POST", "/accounts/sari/password").json["password"]
    assert office.sign_in("sari", shown).status_code == 401
    assert office.ask("lilis", "POST", "/accounts/sari/enable").json["disabled_at"] is None
    assert office.sign_in("sari", shown).status_code == 204


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("salah-salah-salah", "kuda hijau melompat", (401, "wrong_password", "old")),
        (PASSWORD, "pendek", (422, "password_short", "new")),
        (PASSWORD, "password1234", (422, "password_common", "new")),
        (PASSWORD, "sari-lebak-2026", (422, "password_common", "new")),
    ],
)
def test_one_s_own_password_is_changed_for_a_good_one_only(office, old, new, told):
    assert code(office.ask("sari", "POST", "/me/password", {"old": old, "new": new})) == told
    assert office.sign_in("sari", PASSWORD).status_code == 204


def test_another_password_of_one_s_own_ends_every_other_session_and_not_the_one_at_hand(office):
    office.sign_in("sari", PASSWORD, as_="elsewhere")
    new = {"old": PASSWORD, "new": "kuda hijau melompat"}
    assert office.ask("sari", "POST", "/me/password", new).status_code == 204
    assert (office.ask("sari", "GET", "/me").status_code, office.ask("elsewhere", "GET", "/me").status_code) == (
        200,
        401,
    )
    assert office.sign_in("sari", "kuda hijau melompat").status_code == 204


def test_whoever_guesses_at_a_page_left_open_waits_as_at_the_sign_in(office):
    wrong = {"old": "salah-salah-salah", "new": "kuda hijau melompat"}
    answers = [office.ask("sari", "POST", "/me/password", wrong).status_code for _ in range(60)]
    assert answers[0] == 401 and answers[-1] == 429


# -- sessions


def test_sessions_are_told_apart_and_ended_one_by_one(office):
    office.sign_in(
        "sari", PASSWORD, as_="phone", agent="Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36"
    )
    office.sign_in("sari", PASSWORD, as_="desk")
    listed = office.ask("phone", "GET", "/accounts/sari/sessions").json["sessions"]
    assert sorted(filter(None, (one["browser"] for one in listed))) == ["Chrome, Android", "Chrome, Windows"]
    assert [one["browser"] for one in listed if one["current"]] == ["Chrome, Android"]
    desk = next(one["id"] for one in listed if one["browser"] == "Chrome, Windows")
    assert office.ask("rini", "DELETE", f"/accounts/sari/sessions/{desk}").status_code == 204
    assert [office.ask(who, "GET", "/me").status_code for who in ("phone", "desk", "sari")] == [200, 401, 200]
    assert office.ask("rini", "DELETE", f"/accounts/sari/sessions/{desk}").status_code == 404
    own = next(one["id"] for one in listed if one["current"])
    assert office.ask("yudi", "DELETE", f"/accounts/sari/sessions/{own}").status_code == 403
    assert office.ask("sari", "DELETE", f"/accounts/sari/sessions/{own}").status_code == 204, "one's own elsewhere"


def test_nobody_s_session_is_ended_under_another_s_name(office):
    of_yudi = office.ask("yudi", "GET", "/accounts/yudi/sessions").json["sessions"][0]["id"]
    assert office.ask("rini", "DELETE", f"/accounts/sari/sessions/{of_yudi}").status_code == 404
    assert office.ask("yudi", "GET", "/me").status_code == 200


# -- at once


def test_a_counter_that_is_no_longer_the_account_s_own_closes_at_once(office):
    house = office.whole.house
    with house.reader.connect() as conn, conn.begin():
        sari = kept.by_username(conn, "sari").actor
    house.perform("lebak", lambda tx: officer.open_counter(tx, "5"), actor=sari)
    assert office.ask("lilis", "PATCH", "/accounts/sari", {"agencies": ["imigrasi"]}).status_code == 200
    board = office.ask(None, "GET", "/sites/lebak/board").json
    assert next(one for one in board["counters"] if one["id"] == "5")["open"] is False
    assert office.ask("sari", "GET", "/me").status_code == 401, "with other rights it signs in again"


def test_another_name_alone_signs_nobody_out(office):
    office.ask("lilis", "PATCH", "/accounts/sari", {"name": "Sari D.", "organisation": "dukcapil"})
    assert office.ask("sari", "GET", "/me").json["name"] == "Sari D."


def test_every_change_is_an_event_by_whoever_made_it(office):
    before = len(office.events())
    office.ask("lilis", "PATCH", "/accounts/sari", {"roles": ["auditor"], "organisation": "dukcapil"})
    office.ask("lilis", "POST", "/accounts/sari/disable")
    office.ask("lilis", "POST", "/accounts/sari/enable")
    office.ask("lilis", "POST", "/accounts/sari/password")
    kinds = [kind for kind, *_ in office.events()[before:]]
    assert kinds == ["account_changed", "account_disabled", "account_enabled", "password_set"]
