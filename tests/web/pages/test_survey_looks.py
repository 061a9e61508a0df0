"""The pages of satisfaction, read by everybody: the checker finds nothing in three languages."""

import pytest

from tests.web.pages.office import SITE
from tests.web.pages.test_for_everybody import faults

PAGES = (f"/{SITE}/survey/results", f"/{SITE}/ikm", f"/{SITE}/survey")


@pytest.mark.parametrize("lang", ["id", "en", "su"])
def test_the_checker_finds_nothing(watch, office, lang):
    page = watch()
    for path in PAGES:
        page.goto(f"{office.server.url}{path}?lang={lang}")
        assert faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
