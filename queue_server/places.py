"""Where the project's files lie, in a checkout and in an installed wheel alike."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_BESIDE = PACKAGE.parent

PAGES = PACKAGE / "web" / "pages"
STATIC = PACKAGE / "web" / "static"
FONTS = STATIC / "vendor" / "fonts"
KIOSK_UI = _BESIDE / "kiosk_ui"
DISPLAY_UI = _BESIDE / "display_ui"

# The wheel carries config/ inside the package; a checkout keeps it at the top, where people look for it.
CONFIG = PACKAGE / "_config" if (PACKAGE / "_config").is_dir() else _BESIDE / "config"
TEXT = CONFIG / "text"
HELP = CONFIG / "help"
SMALL_HALL = CONFIG / "first_run" / "small.toml"


def icons() -> list[Path]:
    """The pictures that a site file may name; none before the assets were built."""
    return [file for part in ("icons", "vendor/icons") for file in sorted((STATIC / part).glob("*.svg"))]
