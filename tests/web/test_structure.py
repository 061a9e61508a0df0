"""The structure by the API: looked at, changed with everybody told, refused in the words of ``check``."""

import copy

import pytest

SITE = "/sites/lebak/structure"


@pytest.fixture(autouse=True)
def as_it_was(mall):
    """The mall is everybody's: each test leaves it as it came."""
    before = look(mall.lilis)["structure"]
    yield
    now = look(mall.lilis)
    assert put(mall.lilis, before, now["version"]).status_code in (200, 409)
    assert look(mall.lilis)["structure"] == before


def look(who):
    """The version in force."""
    answer = who.get(SITE)
    assert answer.status_code == 200, answer.text
    return answer.json()


def put(who, structure, based_on, **more):
    """Somebody saves a structure."""
    return who.put(SITE, {"structure": structure, "based_on": based_on, **more})


def edited(structure, service, **values):
    """The structure with some values of one service replaced."""
    new = copy.deepcopy(structure)
    next(one for one in new["services"] if one["id"] == service).update(values)
    return new


def test_an_admin_changes_a_service_and_every_reader_sees_it_in_the_next_answer(mall):
    before = look(mall.lilis)
    new = edited(before["structure"], "ktp-cetak", name="Cetak KTP-el hari ini")
    answer = put(mall.lilis, new, before["version"], reason="Nama yang dipahami orang")
    assert answer.status_code == 200, answer.text
    saved = answer.json()
    assert saved["version"] == before["version"] + 1 and saved["structure"] == new
    site = mall.caller().get("/sites/lebak").json()
    assert site["structure"] == saved["version"]
    assert {s["id"]: s["name"]["id"] for s in site["services"]}["ktp-cetak"] == "Cetak KTP-el hari ini"
    line = mall.lilis.get(f"{SITE}/versions").json()["versions"][0]
    assert (line["why"], line["in_force"]) == ("Nama yang dipahami orang", True)
    assert line["changes"] == ["services.ktp-cetak.name"]


def test_the_second_of_two_admins_is_told_and_nothing_is_lost(mall):
    seen = look(mall.lilis)
    first = edited(seen["structure"], "ktp-cetak", kiosk=False)
    assert put(mall.lilis, first, seen["version"]).status_code == 200
    second = put(mall.lilis, edited(seen["structure"], "ktp-cetak", prefix="XY", kiosk=False), seen["version"])
    assert second.status_code == 409
    error = second.json()["error"]
    assert (error["code"], error["details"]["paths"]) == ("structure_changed", ["services.ktp-cetak.kiosk"])
    assert look(mall.lilis)["structure"] == first


def test_all_that_is_wrong_is_told_at_once_in_the_words_of_check(mall):
    seen = look(mall.lilis)
    wrong = edited(seen["structure"], "ktp-cetak", prefix="I", agency="nowhere")
    wrong["hours"]["mon"] = "15:00-08:00"
    answer = put(mall.lilis, wrong, seen["version"])
    assert answer.status_code == 422
    problems = {p["key"]: p["reason"] for p in answer.json()["error"]["details"]["problems"]}
    n = [s["id"] for s in wrong["services"]].index("ktp-cetak")
    assert {f"services[{n}].prefix", "hours.mon"} <= problems.keys()
    assert look(mall.lilis)["version"] == seen["version"]


def test_another_hall_s_structure_is_refused(mall):
    seen = look(mall.lilis)
    answer = put(mall.lilis, {**seen["structure"], "id": "pandeglang"}, seen["version"])
    assert answer.status_code == 422
    assert answer.json()["error"]["details"]["problems"] == [{"key": "id", "reason": "should stay 'lebak'"}]


def test_a_change_for_a_later_day_is_shown_for_that_day_and_not_before(mall):
    seen = look(mall.lilis)
    new = edited(seen["structure"], "kk-akta", kiosk=False)
    answer = put(mall.lilis, new, seen["version"], **{"from": "2026-12-01"})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["from"], look(mall.lilis)["version"]) == ("2026-12-01", seen["version"])
    assert mall.lilis.get(f"{SITE}?at=2026-12-02").json()["version"] == answer.json()["version"]
    assert put(mall.lilis, new, seen["version"], **{"from": "2026-02-30"}).status_code == 422

    path = f"{SITE}/versions/{answer.json()['version']}/withdraw"
    assert mall.wati.post(path).status_code == 403
    withdrawn = mall.lilis.post(path, {"reason": "belum diputuskan"})
    assert withdrawn.status_code == 200 and withdrawn.json()["versions"][0]["replaced_by"] == seen["version"]
    assert mall.lilis.get(f"{SITE}?at=2026-12-02").json()["version"] == seen["version"]
    assert [mall.lilis.post(f"{SITE}/versions/{v}/withdraw").status_code for v in (1, 999, "x")] == [409, 404, 404]


def test_a_hall_of_many_services_fits_and_what_is_larger_is_refused(mall):
    seen = look(mall.lilis)
    large = edited(seen["structure"], "ktp-cetak", requirements=["x" * 200] * 500)
    assert put(mall.lilis, large, seen["version"]).status_code == 200
    assert put(mall.lilis, {"id": "x" * 5_000_000}, 1).status_code == 413
    mall.lilis.http.close()  # the server ends the line of whom it has not heard out


def test_whoever_may_not_change_it_may_not(mall):
    seen = look(mall.wati)
    for who, status in ((mall.wati, 403), (mall.sari, 403), (mall.fitri, 403), (mall.caller(), 401)):
        assert put(who, seen["structure"], seen["version"]).status_code == status
