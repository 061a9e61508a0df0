"""No sheet styles what no page has, and no file of the screens is one that no page loads."""

import pytest

from tests.lint import reach
from tests.world.tree import SCREENS, files, text

PAGES = {path: reach.page(path) for path in files(".html", under=SCREENS)}


def test_every_class_of_a_sheet_is_on_a_page_that_loads_it():
    unseen = {}
    for sheet in files(".css", under=SCREENS):
        sources = {path for page in PAGES.values() if sheet in page for path in page if path.suffix != ".css"}
        if found := reach.unspoken(reach.classes(text(sheet)), map(text, sources)):
            unseen[str(sheet)] = sorted(found)
    assert unseen == {}


def test_every_module_and_sheet_is_loaded_by_a_page():
    loaded = set().union(*PAGES.values())
    assert set(files(".js", ".css", under=SCREENS)) - loaded == set()


@pytest.mark.parametrize(
    "source",
    ['<p class="card">', 'h("p", { class: "card" })', "element.classList.add('big card')", "h(`p.${a} card`)"],
)
def test_a_class_that_is_spoken_of_is_reachable(source):
    assert reach.unspoken(reach.classes(".card:not(.card) b { top: 0 }"), [source]) == set()


@pytest.mark.parametrize(
    "source", ['<p class="cards">', "// a card", "/** card */", "card.hidden = true", "{# card #}"]
)
def test_a_class_that_nothing_has_would_be_noticed(source):
    assert reach.unspoken(reach.classes("@media print { p > .card { top: 0 } }"), [source]) == {"card"}


def test_a_composed_class_is_known_by_how_it_begins():
    assert reach.unspoken({"state-held", "stage-held"}, ["h(`state state-${name}`)"]) == {"stage-held"}
