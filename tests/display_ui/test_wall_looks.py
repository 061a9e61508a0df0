"""What can be measured of the wall's looks: sizes that the farthest viewer can read, nothing cut off, calm motion."""

from datetime import timedelta

import pytest

from tests.world.layout import faults

PASSPORT, HEALTH = "paspor-wawancara", "bpjs-kepesertaan"
SIZES = [(1280, 720), (1920, 1080), (3840, 2160), (1080, 1920), (1024, 768)]
LONG_HALL = "Mal Pelayanan Publik Kabupaten Kepulauan Siau Tagulandang Biaro"
CAP = 0.668  # capital height of the typeface, in em

# Visible texts that stick out of the screen or of the part of it that holds them, or are smaller than a wall allows.
CUT_OFF = """
(least) => {
  const faults = [];
  const parts = ".head-site, .head-date, .head-time, .mark, .band-label, .band-number, .place-head, .place-number,"
    + " .list-head, .row-number, .row-agency, .row-place, .strip-part, .notice-title, .notice-text, .notice-small";
  for (const one of document.querySelectorAll(parts)) {
    if (!one.textContent.trim() || !one.getClientRects().length) continue;
    if (getComputedStyle(one).visibility === "hidden") continue;
    const range = document.createRange();
    range.selectNodeContents(one);
    const text = range.getBoundingClientRect();
    const holder = one.parentElement.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(one).fontSize);
    const out = text.left < 0 || text.right > innerWidth + 1 || text.right > holder.right + size * 0.2;
    if (out || size < least - 0.1) faults.push([one.className, one.textContent.trim(), text.right, holder.right, size]);
  }
  return faults;
}
"""


def fill(hall) -> None:
    """A busy hour, with the longest words and numbers there are."""
    early = hall.now - timedelta(minutes=5)
    for n, service in enumerate(hall.site["services"][:14]):
        number = f"{service['prefix']}{1000 + n if n % 5 == 0 else f'{n:03}'}"
        hall.call(number, str(n % 11 + 1), service["id"], at=early)
        hall.waiting[service["id"]] = 100 + n
    last = [counter["id"] for counter in hall.site["counters"]][-3:]  # of those it has: no other can call at it
    for n in range(4):
        hall.call(f"N10{n}", last[n % 3], HEALTH, at=early)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("site", ["pandeglang", "lebak"])
def test_nothing_is_cut_off_or_too_small_in_any_state(new_hall, site, size):
    hall = new_hall(site, size, demo=True)
    fill(hall)
    hall.wall()
    least = 0.037 * (size[1] if size[0] > size[1] else size[0])
    least = min(least, 0.75 * 0.037 * size[0] if size[0] > size[1] else least)
    assert hall.page.evaluate(CUT_OFF, least) == []
    hall.announce("HN1234", "10", hall.site["services"][3]["id"])
    hall.pass_time(1)
    assert hall.page.evaluate(CUT_OFF, least) == []
    for _ in range(6):
        hall.pass_time(10)
        assert hall.page.evaluate(CUT_OFF, least) == []
    hall.cut()
    for seconds in (15, 100):
        hall.pass_time(seconds)
        assert hall.page.evaluate(CUT_OFF, least) == []


@pytest.mark.parametrize(
    ("viewer_m", "inches", "rows"), [(10, 43, 4), (12, 55, 4), (16, 43, 2), (14, 43, 3), (40, 43, 1)]
)
def test_a_farther_viewer_gets_fewer_and_larger_rows(new_hall, viewer_m, inches, rows):
    hall = new_hall(wall={"zones": ["A", "B"], "farthest_viewer_m": viewer_m, "screen_inches": inches})
    fill(hall)
    hall.wall()
    size = hall.page.evaluate("parseFloat(getComputedStyle(document.querySelector('.row-number')).fontSize)")
    mm = inches * 25.4 / (1920**2 + 1080**2) ** 0.5
    assert size * CAP * mm >= viewer_m / 0.4
    first = hall.page.eval_on_selector_all(".rows", "lists => Math.max(...lists.map((list) => list.children.length))")
    assert first == rows


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_counter_s_own_name_is_large_and_whole_in_the_band_and_in_its_row(new_hall, size):
    hall = new_hall(size=size, short_name=LONG_HALL)
    for one in hall.site["counters"]:
        one["name"] = one["tile"] = f"Ruang Konsultasi dan Pengaduan Masyarakat {one['id']}"
    fill(hall)
    hall.wall()
    for made in hall.calls:
        made["counter_name"] = f"Ruang Konsultasi dan Pengaduan Masyarakat {made['counter']}"
    hall.tell("board", hall.board())
    made = hall.call("K014", "2", PASSPORT)
    made["counter_name"] = "Ruang Konsultasi dan Pengaduan Masyarakat 2"
    hall.tell("call", made)
    hall.pass_time(2)
    assert faults(hall.page) == []
    named = "['#place-number', '.row-place'].map((one) => document.querySelector(one))"
    sizes = hall.page.evaluate(f"{named}.map((one) => parseFloat(getComputedStyle(one).fontSize))")
    unit = min(size[1] / 100, 0.75 * size[0] / 100) if size[0] > size[1] else size[0] / 100
    assert sizes[0] >= 5 * unit
    assert sizes[1] >= 1.8 * unit


def test_the_number_is_at_least_a_fifth_of_the_screen(hall):
    hall.wall()
    for number in ("K014", "KA023"):
        hall.announce(number, "8", PASSPORT)
        hall.pass_time(8)
        size = hall.page.evaluate("parseFloat(getComputedStyle(document.querySelector('#band-number')).fontSize)")
        assert size * CAP >= 0.2 * 1080


def test_a_call_is_seen_in_the_first_frame_whatever_moves_after_it(hall):
    fill(hall)
    hall.wall()
    hall.announce("K998", "1", PASSPORT)
    hall.announce("K999", "2", PASSPORT)  # stands in its row while the other has the band
    faintest = hall.page.evaluate(
        """() => {
          for (const one of document.getAnimations()) { one.pause(); one.currentTime = 0; }
          const row = document.querySelector('.row [data-number="K999"]').closest(".row");
          const parts = [".band-ink", "#band-number", "#place"].map((one) => document.querySelector(one));
          return Math.min(...[...parts, row].map((one) => Number(getComputedStyle(one).opacity)));
        }"""
    )
    assert faintest >= 0.6


def test_the_first_call_after_a_notice_fits_its_tile(hall):
    hall.wall()  # nobody was called yet: band and tile are hidden behind the notice
    made = hall.call("K014", "2", PASSPORT)
    made["counter_name"] = "Layanan Prioritas"
    hall.tell("call", made)
    tile, name = (hall.page.locator(one).bounding_box() for one in ("#place", "#place-number"))
    over = "() => { const name = document.querySelector('#place-number'); return name.scrollWidth - name.clientWidth; }"
    assert hall.page.evaluate(over) <= 0
    assert tile["x"] <= name["x"] and name["x"] + name["width"] <= tile["x"] + tile["width"]


def test_only_transform_and_opacity_move(hall):
    fill(hall)
    hall.wall()
    moving = hall.page.evaluate(  # in one go: nothing moves for long
        """(made) => {
          window.hall.tell("call", made);
          return document.getAnimations().flatMap((one) => one.transitionProperty ? [one.transitionProperty]
           : one.effect.getKeyframes().flatMap((frame) => Object.keys(frame)));
        }""",
        hall.call("K999", "2", PASSPORT),
    )
    assert moving
    assert set(moving) <= {"transform", "opacity", "offset", "computedOffset", "easing", "composite"}


def test_with_reduced_motion_nothing_moves(new_hall):
    hall = new_hall(reduced_motion="reduce")
    fill(hall)
    hall.wall()
    hall.announce("K999", "2", PASSPORT)
    assert hall.page.evaluate("document.getAnimations().length") == 0


def test_the_arrows_are_those_of_the_wall_s_own_address(hall):
    hall.wall("?arrows=A:left,B:right")
    hall.announce("K999", "2", PASSPORT)
    assert hall.page.locator("#place-zone .arrow").count() == 1
    hall.wall()
    hall.announce("K998", "2", PASSPORT)
    assert hall.page.locator("#place-zone .arrow").count() == 0
