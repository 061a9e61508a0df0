"""The QR code prints sharp, keeps its quiet zone and the page's policy."""

import re
from xml.etree import ElementTree

from queue_server.printing.qr import QUIET_ZONE, qr_svg

LINK = "http://192.168.1.10:8000/t/AbCdEfGhIjKlMnOpQrStUw"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(text: str) -> tuple[int, set[tuple[int, int]]]:
    """The size in modules, quiet zone included, and the dark ones."""
    root = ElementTree.fromstring(qr_svg(text))
    size = int(root.get("viewBox").split()[2])
    path = root.find(f"{SVG}path").get("d")
    return size, {(int(x), int(y)) for x, y in re.findall(r"M(\d+),(\d+)H", path)}


def test_the_quiet_zone_is_four_modules_on_every_side():
    size, dark = drawn(LINK)
    assert QUIET_ZONE == 4
    assert {min(x for x, _ in dark), min(y for _, y in dark)} == {4}
    assert {max(x for x, _ in dark), max(y for _, y in dark)} == {size - 5}


def test_the_three_corners_are_there_and_error_correction_is_m():
    size, dark = drawn(LINK)
    modules = size - 8
    for left, top in ((4, 4), (4 + modules - 7, 4), (4, 4 + modules - 7)):
        assert all((left + n, top) in dark for n in range(7))
        assert (left + 1, top + 1) not in dark
    # The first two format modules right of the corner, unmasked, are 00 for level M.
    format_bits = [int((4 + n, 4 + 8) in dark) for n in (0, 1)]
    assert [bit ^ mask for bit, mask in zip(format_bits, (1, 0), strict=True)] == [0, 0]


def test_another_link_is_another_code():
    assert drawn(LINK) != drawn(LINK + "x")


def test_no_style_and_no_script_stand_in_it():
    root = ElementTree.fromstring(qr_svg(LINK))
    assert {element.tag for element in root.iter()} == {f"{SVG}svg", f"{SVG}rect", f"{SVG}path"}
    assert not [element for element in root.iter() if "style" in element.attrib]
