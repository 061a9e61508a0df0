"""What is wrong with a picture of a screen, measured in the browser."""

from pathlib import Path

from playwright.sync_api import Page

MEASURE = (Path(__file__).parent / "layout.js").read_text()
SPARE = 0.2  # of a line's height, above and below its letters


def faults(page: Page, *, scrolls: bool = False, touch_px: float = 0) -> list[list]:
    """Texts and keys that are cut off, leave the glass or cover one another: what is wrong, then whose words."""
    page.evaluate("document.fonts.ready.then(() => null)")
    return page.evaluate(MEASURE, [SPARE, scrolls, touch_px])
