"""Levers for today, on the supervisor's page: set in one panel, seen by whom they concern, taken back with one key."""

import re

from tests.web.pages.test_for_everybody import faults
from tests.world.screens import eventually

SOON_S = 12.0


def serves(page, counter):
    """What the site document says that a counter serves."""
    site = page.evaluate("fetch('/api/v1/sites/kantor').then((reply) => reply.json())")
    return next(one["services"] for one in site["counters"] if one["id"] == counter)


def test_a_counter_s_work_and_a_quota_are_set_for_today_and_taken_back(watch, office, new_desk):
    """The counter's own officer, and whoever comes, see it without a reload."""
    n = str(next(office.free))
    (number,) = office.take(n)
    desk = new_desk(int(n)).open()
    page = watch()
    page.click("#assign")
    page.select_option("select[name=counter]", n)
    ticked = page.locator("input[name=service]:checked")
    assert ticked.count() == 1 and ticked.get_attribute("value") == f"s{n}"
    page.check("input[name=service]:not(:checked) >> nth=0")
    page.uncheck(f"input[name=service][value=s{n}]")
    assert faults(page) == []
    page.click(".panel-submit")
    page.wait_for_selector(".panel-fault:visible")
    assert "Masih ada yang menunggu" in page.inner_text(".panel-fault"), "nobody else calls for it"
    page.check(f"input[name=service][value=s{n}]")
    page.fill("input[name=own]", "rekan sakit")
    page.click(".panel-submit")
    bar = page.locator(f'.set-today[data-counter="{n}"]')
    eventually(bar.count, 1, seconds=SOON_S, page=page)
    said = bar.inner_text()
    assert re.search(rf"Loket {n} hari ini melayani .*Layanan {n}.*Wati, \d\d\.\d\d: rekan sakit", said, re.DOTALL)
    assert len(serves(page, n)) == 2
    page.desk.watch.faults.clear()  # the first answer was a refusal

    page.click("#quota")
    page.select_option("select[name=service]", f"s{n}")
    page.fill("input[name=n-total]", "satu")
    page.click(".panel-submit")
    eventually(lambda: page.inner_text(".panel-fault"), "Tulis angka, atau kosongkan bila tanpa batas.", page=page)
    page.fill("input[name=n-total]", "1")
    page.click(".panel-submit")
    limit = page.locator(f'.set-today[data-service="s{n}"]')
    eventually(limit.count, 1, seconds=SOON_S, page=page)
    assert "hari ini: Semua 1" in limit.inner_text()
    assert faults(page) == []
    desk.until("idle", number)

    for one in (bar, limit):
        one.locator("button").click()
        page.click(".panel-submit")
        eventually(one.count, 0, seconds=SOON_S, page=page)
    assert serves(page, n) == [f"s{n}"]
