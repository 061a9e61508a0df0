"""The guides for staff say what the screens say: their keys, their words, their pictures, their pages."""

import json
import re
import tomllib

import pytest

from queue_server import guides
from queue_server.domain.rights import Act
from queue_server.web.screens.guide import guide_of
from queue_server.web.screens.registry import SCREENS
from tests.world.tree import ROOT, files, text

SAID = {
    row["id"].rstrip(":")
    for path in files(".toml", under=("config/text/",))
    for row in tomllib.loads(text(path)).values()
}
KEYS = {"Spasi", "?", *"123456789", *"BCDEFHKLMNPRSTUVW"}
TYPED = re.compile(
    r"[A-Z]\d{3}|/(setup|pair)|(sh )?config/\S+|antrean-backup\.timer|systemctl status antrean|queue-server \w+"
)
# A screen that shows no link to a guide, and why.
WITHOUT = {"outage_sheet": "a sheet of paper", "period_numbers": "numbers alone"}


def faults(written: str) -> list[str]:
    """What a guide says that the product does not."""
    found = []
    for part in guides.every(guides.parse(written).parts):
        if part.tag == "strong" and (words := "".join(one.text for one in part.parts)) not in SAID:
            found.append(f"no screen says {words}")
        if part.tag == "kbd" and part.text not in KEYS and not TYPED.fullmatch(part.text):
            found.append(f"no key {part.text}")
        if part.tag == "a" and part.to not in guides.NAMES:
            found.append(f"no page {part.to}")
        if part.tag == "img" and not part.text:
            found.append(f"{part.to}: not described")
    return found


@pytest.mark.parametrize("name", guides.NAMES)
def test_a_guide_says_what_the_screens_say(name):
    assert faults((ROOT / "config" / "help" / f"{name}.md").read_text()) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Tekan **Panggil segera**.", "no screen says Panggil segera"),
        ("Tekan `Q`.", "no key Q"),
        ("[di sini](https://example.id)", "no page https://example.id"),
        ("![](desk.png)", "desk.png: not described"),
    ],
)
def test_what_no_screen_has_is_found(line, fault):
    assert faults(f"# Panduan\n\n{line}\n") == [fault]


@pytest.mark.parametrize("written", ["Tanpa judul", "# Judul\n\n---\n", "# Judul\n\n> kutipan\n"])
def test_what_a_guide_may_not_hold_is_refused(written):
    with pytest.raises(ValueError, match=r"title|has no"):
        guides.parse(written)


def test_markup_in_a_guide_is_text():
    (paragraph,) = guides.parse("# Judul\n\n<script>alert(1)</script>\n").parts
    assert (paragraph.tag, paragraph.parts[0].text) == ("p", "<script>alert(1)</script>")


def test_every_picture_is_in_a_guide_and_has_its_words():
    shown = {part.to for name in guides.NAMES for part in guides.every(guides.guide(name).parts) if part.tag == "img"}
    kept = {path.name for path in guides.PICTURES.glob("*.png")}
    assert shown == kept
    assert {f"{name}.png" for name in json.loads((guides.PICTURES / "words.json").read_text())} == kept


@pytest.mark.parametrize("reader", ["leader", "auditor"])
def test_who_only_reads_has_a_guide_of_their_own_also_on_the_supervisors_screens(reader):
    account = {"roles": [reader]}
    assert {guide_of(screen, account) for screen in ("home", "overview", "period", "audit", "replay")} == {reader}
    assert guide_of("audit", {"roles": ["supervisor"]}) == "supervisor" and guide_of("travel", None) is None


def test_every_page_of_the_staff_leads_to_a_guide():
    anybody = {"roles": ["officer"]}
    for screen in SCREENS:
        if screen.act not in (Act.PUBLIC, Act.HOLD, Act.HOLD_BOOKING):
            assert guide_of(screen.name, anybody) in guides.NAMES, screen.name
            template = (ROOT / "queue_server" / "web" / "pages" / screen.template).read_text()
            own = "/help/" in template or screen.name == "desk"
            assert own or "staff_head.html" in template or screen.name in WITHOUT, screen.name
    assert "/help/" in (ROOT / "queue_server/web/pages/desk/help.js").read_text()
