"""What works but will trouble somebody: the warnings of ``queue-server check``."""

from pathlib import Path

import pytest

from queue_server import settings
from queue_server.settings.site_checks import contrast_with_white, sound_alike
from tests.world.folders import MINIMAL, folder, load


def warned(config: Path) -> dict[str, str]:
    """Key -> reason of what works but will trouble somebody; what offices owe is looked at in ``test_published``."""
    found = {problem.key: problem.reason for problem in settings.warnings(load(config))}
    return {key: reason for key, reason in found.items() if "publish" not in reason}


def test_a_plain_site_warns_of_nothing(tmp_path):
    assert warned(folder(tmp_path, MINIMAL)) == {}


TWO_AGENCIES = '[[agencies]]\nid = "kota"\nname = "Kota"\ncolor = "#767676"\n'
UNSERVED = '[[services]]\nid = "lain"\nagency = "desa"\nprefix = "K"\nname = "Lain"\ndays = ["mon", "sun"]\n'
GUEST = '[[services]]\nid = "lain"\nagency = "kota"\nprefix = "K"\nname = "Lain"\n'


@pytest.mark.parametrize(
    ("site", "key", "reason"),
    [
        pytest.param(MINIMAL + UNSERVED, "services[1]", "no counter serves 'lain'", id="nobody would ever call"),
        pytest.param(MINIMAL + TWO_AGENCIES, "agencies[1].color", "7 is wanted", id="legible, but not across a hall"),
        pytest.param(
            MINIMAL.replace("id =", 'wall = { zones = ["A", "B"] }\nid =', 1),
            "wall.zones[1]",
            "'B'",
            id="an empty zone",
        ),
        pytest.param(
            (MINIMAL + TWO_AGENCIES + GUEST).replace('["surat"]', '["surat", "lain"]'),
            "counters[0].services",
            "belongs to agency 'kota'",
            id="a counter shared by agencies",
        ),
        pytest.param(
            MINIMAL.replace('name = "Kantor Desa"', 'name = "Kantor Desa"\nicon = "pasport"'),
            "agencies[0].icon",
            "like it: passport",
            id="no such icon",
        ),
        pytest.param(
            MINIMAL.replace("id =", "order = { booked = 1 }\nid =", 1),
            "services[0].classes",
            "[order]",
            id="no class left",
        ),
        pytest.param(
            MINIMAL.replace('hours = { mon = "08:00-12:00" }', ""), "services[0]", "no opening hours", id="never open"
        ),
        pytest.param(
            MINIMAL.replace('prefix = "A"', 'prefix = "A"\ndays = ["sun"]'),
            "services[0]",
            "on sun",
            id="a day without hours",
        ),
        pytest.param(
            MINIMAL.replace('prefix = "A"', 'prefix = "A"\nquota = { regular = 0, priority = 3 }'),
            "services[0].quota.regular",
            "0 gives nobody a number; left out means no limit",
            id="a 0 that was meant as no limit",
        ),
        pytest.param(
            MINIMAL.replace('prefix = "A"', 'prefix = "A"\nquota = { total = 0 }'),
            "services[0].quota.total",
            "0 gives nobody a number",
            id="none at all",
        ),
        pytest.param(
            MINIMAL.replace('prefix = "A"', 'prefix = "A"\nquota = { regular = 5 }'),
            "services[0].quota",
            "priority has no limit beside it: numbers go on when regular is full",
            id="a limit that another key passes",
        ),
    ],
)
def test_a_doubt_is_told(tmp_path, site, key, reason):
    found = warned(folder(tmp_path, site))
    assert key in found
    assert reason in found[key]


def test_a_dated_exception_of_no_known_site_is_told(tmp_path):
    day = '[[day]]\ndate = 2026-11-24\nname = "x"\nclosed = true\nsites = ["kecl", "kecil"]\n'
    assert warned(folder(tmp_path, MINIMAL, holidays=day)) == {
        "day 2026-11-24": "there is no site 'kecl'; there is kecil"
    }


def test_a_mark_before_the_first_line_is_no_mistake(tmp_path):
    assert warned(folder(tmp_path, "\ufeff" + MINIMAL)) == {}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("B", "D", True),
        ("M", "N", True),
        ("F", "S", True),
        ("A", "K", False),
        ("B", "N", False),
        ("PJ", "TJ", True),
        ("PJ", "TK", False),
        ("P", "PJ", False),
    ],
)
def test_prefixes_that_sound_alike(one, other, alike):
    assert sound_alike(one, other) is sound_alike(other, one) is alike


def test_the_packaged_malls_warn_of_prefixes_that_sound_alike_and_of_facts_that_no_office_has_looked_at():
    found = [(problem.key, problem.reason) for problem in settings.warnings(load(None))]
    told = "prefixes that sound alike when called: F and S, L and N, D and W; give a new service another letter"
    unchecked = "nobody has looked at the published facts for a year: any service; the office sets checked"
    assert found == [("services", told), ("services", unchecked)] * 2


@pytest.mark.parametrize(
    ("color", "ratio"), [("#ffffff", 1), ("#000000", 21), ("#767676", 4.54), ("#00664f", 6.97), ("#123a6b", 11.4)]
)
def test_contrast_as_wcag_computes_it(color, ratio):
    assert contrast_with_white(color) == pytest.approx(ratio, abs=0.05)
