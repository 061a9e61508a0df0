"""A person who opens a page that is not theirs is refused, and shown the way to their own."""

import json
import re

import pytest

HTML = {"Accept": "text/html"}


def page(mall, who, path):
    """A page as somebody's browser gets it: status, text, and the links in it."""
    answer = (mall.person(who) if who else mall.caller()).http.get(mall.server.url + path, headers=HTML, timeout=60)
    shown = answer.text.partition('<script type="application/json"')[0]
    return answer.status_code, shown, re.findall(r'<a class="button"\s+href="([^"]+)"', answer.text)


def test_an_officer_at_another_agency_s_counter_is_shown_her_own(mall):
    status, text, links = page(mall, "ratna", "/lebak/counters/5")
    assert status == 403 and "Ratna" in text and "Ini loket Anda" in text
    assert links == ["/lebak/counters/1?lang=id", "/lebak/counters/2?lang=id", "/?lang=id"]
    assert page(mall, "ratna", links[0])[0] == 200


@pytest.mark.parametrize(("lang", "said"), [("en", "These are your counters"), ("su", "Ieu lokét Anjeun")])
def test_in_her_language(mall, lang, said):
    status, text, links = page(mall, "ratna", f"/lebak/counters/5?lang={lang}")
    assert status == 403 and said in text and links[0] == f"/lebak/counters/1?lang={lang}"


def test_at_another_mall_too(mall):
    assert page(mall, "ratna", "/pandeglang/report")[2][0] == "/lebak/counters/1?lang=id"
    _, text, links = page(mall, "hendra", "/lebak/counters/5")
    assert len(links) > 10, "a supervisor's are all of her mall"
    assert "tidak termasuk tugas akun Anda" in text and "loket yang Anda awasi" in text


@pytest.mark.parametrize("who", ["lilis", "fitri"])
def test_who_works_at_no_counter_is_shown_none(mall, who):
    status, text, links = page(mall, who, "/pandeglang/report")
    assert (status, links) == (403, ["/?lang=id"]) and "Ini loket Anda" not in text


def test_a_program_is_told_in_json_as_ever(mall):
    answer = mall.ratna.get("/sites/lebak/counters/5/desk")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")
    assert "counters" not in answer.text


def test_the_desk_says_whose_it_is_and_the_page_who_looks(mall, sari):
    """By id: two officers may bear one name."""
    desk = sari.get("/sites/lebak/counters/5/desk").json()
    assert (desk["officer"], desk["officer_id"]) == ("Sari", "sari")
    for who in ("sari", "dedi"):
        text = mall.person(who).http.get(f"{mall.server.url}/lebak/counters/5", timeout=60).text
        data = json.loads(re.search(r'id="page-data">(.+?)</script>', text, re.DOTALL)[1])
        assert (data["officer"]["id"], data["desk"]["officer_id"]) == (who, "sari")
    assert sari.verb("lebak", "5", "close").json()["officer_id"] is None
