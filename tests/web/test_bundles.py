"""A page's modules come in one file, which is never older than they are."""

import re
import shutil
from pathlib import Path

import pytest

from queue_server.web.http.assets import ROOTS
from queue_server.web.http.bundles import bundled
from tests.world.tree import SCREENS, files, text

NAMED = re.compile(r"asset\(\s*[\"']([^\"']+\.(?:js|css))[\"']\s*\)")


@pytest.fixture
def roots(tmp_path) -> dict[str, Path]:
    """A copy of the screens' files."""
    for name, root in ROOTS.items():
        shutil.copytree(root, tmp_path / name, ignore=shutil.ignore_patterns("*.mp3", "*.woff2"))
    return {name: tmp_path / name for name in ROOTS}


def test_every_script_and_sheet_that_a_page_names_is_bundled():
    named = {name for path in files(".html", under=SCREENS) for name in NAMED.findall(text(path))}
    assert len(named) > 20
    made = bundled(ROOTS)
    assert named - made.keys() == set()
    assert all((ROOTS["static"].parent / made[name]).is_file() for name in named)


def test_a_changed_source_is_served_as_it_is_and_what_is_not_made_of_it_stays_bundled(roots):
    (roots["kiosk_ui"] / "phone" / "place.js").write_text("export const changed = 1;\n")
    now = bundled(roots)
    assert "kiosk_ui/phone.js" not in now
    assert {"kiosk_ui/phone.css", "kiosk_ui/kiosk.js", "display_ui/wall.js"} <= now.keys()


def test_so_is_everything_when_a_shared_module_has_gone_or_nothing_was_bundled(roots):
    (roots["static"] / "js" / "api.js").unlink()
    assert not {"kiosk_ui/phone.js", "kiosk_ui/kiosk.js", "display_ui/wall.js"} & bundled(roots).keys()
    (roots["static"] / "bundle" / "bundle.json").write_text("{")
    assert bundled(roots) == {}
    shutil.rmtree(roots["static"] / "bundle")
    assert bundled(roots) == {}


def test_only_modules_as_deep_as_the_bundle_ask_where_they_lie():
    asking = {str(path.parent) for path in files(".js", under=SCREENS) if "import.meta" in text(path)}
    assert asking <= {"queue_server/web/static/js"}
