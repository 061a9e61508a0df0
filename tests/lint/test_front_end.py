"""How the screens' sources are written: lines that can be read, parts that do not know their page, words that mean one
thing."""

import re

import pytest

from queue_server.settings import load
from tests.lint import reach
from tests.world.tree import SCREENS, files, text

WIDEST = 120
ENTRIES = {
    path.name for page in files(".html", under=SCREENS) for path in reach.loaded(text(page)) if path.suffix == ".js"
}

# Words that a screen's source had for something that has another name by now, and that name.
FORBIDDEN = {
    "CounterPage": "DeskPage",
    "counterInWords": "counterName",
    "lately": "todays_figures",
    "minutesRange": "waitWords, of the boxes that the server chose",
    "placeName": "Directory.counterOf",
    "remembered": "performance_cache",
    "sight": "hall_now",
    "tileOf": "counter.tile",
    "windows": "rate_limits",
    "zoneName": "site.timezone_name",
}


def too_wide(source: str) -> list[int]:
    """The numbers of the lines that are wider than a reader's window."""
    return [n for n, line in enumerate(source.splitlines(), 1) if len(line) > WIDEST]


def pages_named(source: str) -> list[str]:
    """The pages' own scripts that a module imports, be it only for a type: a part is given (model, act)."""
    return [
        found for found in re.findall(r'(?:from |import |import\()"[./\w]*?([\w-]+\.js)"', source) if found in ENTRIES
    ]


def forbidden(source: str) -> set[str]:
    """The names of a module that are no longer the thing's; what stands in a comment or a string is prose."""
    return set(re.findall(r"(?<![\w$])[A-Za-z_$][\w$]*", reach.without_prose(source))) & FORBIDDEN.keys()


def test_no_line_is_wider_than_a_window():
    sources = files(".js", ".html", ".css", under=SCREENS)
    assert {str(path): found for path in sources if (found := too_wide(text(path)))} == {}


def test_no_part_knows_its_page():
    knowing = {str(path): found for path in files(".js", under=SCREENS) if (found := pages_named(text(path)))}
    assert knowing == {}


def test_every_thing_goes_by_its_name():
    found = {str(path): sorted(names) for path in files(".js", under=SCREENS) if (names := forbidden(text(path)))}
    assert found == {}


def test_no_agency_has_the_sign_of_a_class():
    """Two keys with one sign, and who cannot read takes a number of the wrong one."""
    sources = files(".js", under=("kiosk_ui/",))
    signs = {sign for path in sources for sign in signs_of_classes(text(path))}
    assert len(signs) == 3
    taken = {agency.icon for site in load(None, environ={}).sites.values() for agency in site.agencies.values()}
    assert taken and not signs & taken


def signs_of_classes(source: str) -> list[str]:
    """The pictures on the keys by which a number of a class is taken."""
    return re.findall(r'^  (?:regular|priority|booked): \[.*"([\w-]+)"\],$', source, re.MULTILINE)


# --- controls ---


def test_a_wide_line_would_be_noticed():
    assert too_wide("a\n" + "b" * 121 + "\n" + "c" * 120) == [2]


@pytest.mark.parametrize(
    "source", ['import { Kiosk } from "../kiosk.js";', '/** @param {import("../desk.js").DeskPage} page */']
)
def test_a_part_that_knows_its_page_would_be_noticed(source):
    assert pages_named(source)


def test_another_module_of_a_page_is_no_page():
    assert not pages_named('import { Model } from "./model.js";\nimport { say } from "../../static/js/texts.js";')


@pytest.mark.parametrize("source", ["const tileOf = 1;", "call.zoneName(tz)", "{ sight: 1 }"])
def test_a_forbidden_name_would_be_noticed(source):
    assert forbidden(source)


@pytest.mark.parametrize("source", ["// in sight", '"sight"', "const insight = 1;", "/* a sight */ const a = 1;"])
def test_a_forbidden_name_in_prose_is_none(source):
    assert not forbidden(source)
