"""Whatever staff write of an interruption, every screen of the kiosk has room for it."""

import itertools
import re

import pytest

from tests.kiosk_ui.test_layout import LANGUAGES, LOOK, SIZES, TOOLS, wrong
from tests.world.server import Client

WORDS = ("Teknisi dari kantor pusat sedang dalam perjalanan dari Serang dan sampai sebelum Zuhur. " * 3)[:200].strip()
SITE = "pandeglang"
WAYS = {
    "stop": {"agencies": [], "refusal": ["agency-dukcapil", "service-ktp-cetak"]},
    "warn": {"agencies": [], "details": ["agency-dukcapil", "service-ktp-cetak"], "services": ["agency-imigrasi"]},
}


@pytest.fixture(scope="module")
def boss(hall) -> Client:
    """A supervisor of the whole hall."""
    printed = hall.cli_here("user", "add", "pengawas-gangguan", "--role", "supervisor")
    return Client(hall).sign_in("pengawas-gangguan", re.search(r"password: (\S+)", printed)[1])


@pytest.mark.parametrize("issuing", WAYS)
@pytest.mark.parametrize("size", SIZES)
def test_an_interruption_is_told_whole_in_any_display_and_language(new_kiosk, boss, issuing, size):
    said = {"scope": {}, "reason": "central_system", "issuing": issuing, "notice": WORDS}
    begun = boss.post(f"/sites/{SITE}/interruptions", said)
    assert begun.status_code == 201, begun.text
    found = {}
    try:
        for screen, way in WAYS[issuing].items():
            kiosk = new_kiosk(site=SITE, size=SIZES[size])
            kiosk.forgive("status of 409")
            for key in way:
                kiosk.touch(key)
                kiosk.page.wait_for_timeout(350)  # a touch sooner is half a double tap
            kiosk.wait(screen)
            for tools, lang in itertools.product((TOOLS[0], TOOLS[-1]), LANGUAGES):
                kiosk.page.evaluate(LOOK, [list(tools), lang])
                if seen := wrong(kiosk):
                    found[screen, "+".join(tools), lang] = seen[:3]
            kiosk.page.context.close()
    finally:
        assert boss.post(f"/sites/{SITE}/interruptions/{begun.json()['id']}/end", {}).status_code == 200
    assert not found
