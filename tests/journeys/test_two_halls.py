"""A supervisor of both malls chooses which one to look at."""

import re


def test_whoever_supervises_two_malls_chooses_one(open_malls, stage):
    malls = open_malls()
    sites = ("--site", "lebak", "--site", "pandeglang")
    password = re.search(r"password: (\S+)", malls.server.cli("user", "add", "wati", "--role", "supervisor", *sites))[1]
    page = stage.page("desk")
    page.goto(f"{malls.server.url}/login")
    page.fill("#username", "wati")
    page.fill("#password", password)
    page.click("#go")
    page.wait_for_selector(".pick")
    assert page.locator(".pick b").all_inner_texts() == ["MPP Lebak", "MPP Pandeglang"]
    page.click('.pick[href^="/pandeglang/supervisor"]')
    page.wait_for_selector(".post")
    assert page.inner_text("h1") == "MPP Pandeglang"
    assert page.locator(".post").count() == 23
