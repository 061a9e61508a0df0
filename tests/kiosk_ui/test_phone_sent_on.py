"""A phone whose number is sent on to another service."""

import requests
from playwright.sync_api import expect


def test_a_phone_whose_number_is_sent_on_learns_what_the_other_service_needs(hall, new_phone, counter, ticket):
    """The page came with what its own service needs, no more."""
    services = requests.get(f"{hall.url}/api/v1/sites/pandeglang", timeout=30).json()["services"]
    paper = next(s for s in services if s["id"] == "bpjs-klaim-jht")["cases"][0]["items"]["id"][0]
    act, mine = counter("wulan"), ticket()
    phone = new_phone(hall, mine["token"])
    act("call", {"number": mine["number"], "reason": "uji"})
    phone.state("called")
    assert act("transfer", {"service": "bpjs-klaim-jht", "confirm": True}).status_code == 200
    phone.state("waiting")
    expect(phone.page.locator("#stage")).to_contain_text(paper)
