"""The main job at each mall: a tap at the kiosk becomes a call on the wall, and the times are right afterwards."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.journeys.conftest import Malls, Stage
from tests.world.ledger import check_replay, state_of
from tests.world.people import PASSWORD
from tests.world.screens import Desk, Display, Kiosk, Phone, Wall

BEGIN = datetime.fromisoformat("2026-11-23T09:00:00+07:00")
DAY = "2026-11-23"
AT_ONCE_S = 9.0  # for a busy machine; the beats that heal what a screen was not told come every 10 s


@dataclass
class Day:
    """A day whose clock stands still between steps, so that every time is known to the second."""

    malls: Malls
    now: datetime = BEGIN

    def __post_init__(self) -> None:
        self.malls.server.set_clock(self.now.isoformat())

    def pass_time(self, **span: int) -> None:
        """Turn the clock forward."""
        self.now += timedelta(**span)
        self.malls.server.set_clock(self.now.isoformat())


def exported(malls: Malls, site: str) -> list[dict[str, str]]:
    """``queue-server export tickets`` of the day, beside the running server."""
    printed = malls.server.cli("export", "tickets", "--site", site, "--from", DAY, "--to", DAY)
    return list(csv.DictReader(io.StringIO(printed)))


def clock(row: dict[str, str], *columns: str) -> list[str]:
    """The local times of a row's columns."""
    return [f"{datetime.fromisoformat(row[c]).astimezone(BEGIN.tzinfo):%H:%M:%S}" for c in columns]


def spent_s(row: dict[str, str]) -> tuple[float, ...]:
    """A row's sums of waiting, walking and service, in seconds."""
    return tuple(float(row[c]) for c in ("wait_s", "walk_s", "service_s"))


def report_row(desk: Desk, site: str, table: str, name: str) -> list[str]:
    """A row of the report page, as the signed-in officer reads it."""
    page = desk.page.context.new_page()
    page.goto(f"{desk.server.url}/{site}/report")
    row = page.locator(f"#{table} tbody tr", has=page.locator("th", has_text=name)).first
    cells = row.locator("td").all_inner_texts()
    page.close()
    return cells


def test_lebak_from_the_tap_to_the_report(open_malls, stage: Stage):
    malls = open_malls(BEGIN.isoformat())
    server, day = malls.server, Day(malls)
    other_wall = Wall.open(stage.page("wall"), server, "pandeglang")
    other_board, other_words = malls.board("pandeglang"), other_wall.text("#band")
    wall = Wall.open(stage.page("wall"), server, "lebak")
    display = Display.open(stage.page("display"), server, "lebak", "5")
    kiosk = Kiosk.open(stage.page("kiosk"), server, "lebak", malls.kiosk_token("lebak"))
    assert wall.shows() == (None, None)

    ticket = kiosk.take("dukcapil", "ktp-perekaman")
    kiosk.until("number", "R001", seconds=AT_ONCE_S)
    assert ticket["number"] == "R001"
    phone = Phone.open(stage.page("phone"), server, ticket["token"])
    phone.until("waiting", "R001", "")

    desk = Desk.sign_in(stage.page("desk"), server, "lebak", "5", "lebak-dukcapil", PASSWORD)
    desk.press(" ", "open")
    desk.until("idle", None)
    display.until("idle", None)

    day.pass_time(minutes=6, seconds=30)
    desk.press(" ", "call-next")
    for screen, shown in (
        (desk, ("called", "R001")),
        (wall, ("R001", "5")),
        (display, ("called", "R001")),
        (phone, ("called", "R001", "5")),
    ):
        screen.until(*shown, seconds=AT_ONCE_S)
    wall.has_said("Silakan menuju loket")

    day.pass_time(seconds=40)
    desk.press("r", "recall")
    wall.has_said("Panggilan kedua")
    day.pass_time(seconds=20)
    desk.press("s", "serve")
    desk.until("serving", "R001")
    display.until("serving", "R001")
    phone.until("serving", "R001", "")
    day.pass_time(minutes=9)
    desk.press("f", "finish")
    desk.until("idle", None)
    display.until("idle", None)
    phone.until("completed", "R001", "")
    wall.until("R001", "5")  # the last call stays, at rest

    (row,) = exported(malls, "lebak")
    assert (row["number"], row["service"], row["class"], row["counter"]) == ("R001", "ktp-perekaman", "regular", "5")
    assert row["state"] == "completed"
    assert clock(row, "issued_at", "first_called_at", "served_at", "finished_at") == [
        "09:00:00",
        "09:06:30",
        "09:07:30",
        "09:16:30",
    ]
    assert spent_s(row) == (390, 60, 540)
    cells = report_row(desk, "lebak", "by-service", "Perekaman KTP-el")
    assert cells[:3] == ["1", "Umum 1", "1"]  # issued, of which class, served
    # A wait is told in whole minutes, rounded up to what it was less than; walk and service keep one decimal.
    assert (cells[12], cells[14], cells[16], cells[17]) == ("7", "1,0", "9,0", "9,0")
    by_counter = report_row(desk, "lebak", "by-counter", "Loket 5")
    assert (by_counter[0], by_counter[2], by_counter[5]) == ("1", "1,0", "9,0")

    assert malls.board("pandeglang") == other_board  # the other mall has not moved
    assert other_wall.text("#band") == other_words
    assert exported(malls, "pandeglang") == []
    check_replay(server, "lebak")


def test_pandeglang_passes_the_visitor_on_to_the_interview_with_the_same_number(open_malls, stage: Stage):
    malls = open_malls(BEGIN.isoformat())
    server, day = malls.server, Day(malls)
    other = state_of(server, "lebak")
    wall = Wall.open(stage.page("wall"), server, "pandeglang")
    displays = {c: Display.open(stage.page("display"), server, "pandeglang", c) for c in ("1", "2")}
    kiosk = Kiosk.open(stage.page("kiosk"), server, "pandeglang", malls.kiosk_token("pandeglang"))
    ticket = kiosk.take("imigrasi", "paspor-informasi")
    kiosk.until("number", "F001", seconds=AT_ONCE_S)
    phone = Phone.open(stage.page("phone"), server, ticket["token"])

    check = Desk.sign_in(stage.page("desk"), server, "pandeglang", "1", "pandeglang-1", PASSWORD)
    check.press(" ", "open")
    interview = Desk.sign_in(stage.page("desk"), server, "pandeglang", "2", "pandeglang-2", PASSWORD)
    interview.press(" ", "open")

    day.pass_time(minutes=7, seconds=30)
    check.press(" ", "call-next")
    wall.until("F001", "1", seconds=AT_ONCE_S)
    displays["1"].until("called", "F001", seconds=AT_ONCE_S)
    phone.until("called", "F001", "1", seconds=AT_ONCE_S)
    day.pass_time(seconds=90)
    check.press("s", "serve")
    day.pass_time(minutes=7)
    check.transfer_to_first_suggestion()
    check.until("idle", None)
    displays["1"].until("idle", None)
    phone.until("waiting", "F001", "")
    assert "Wawancara" in phone.text("#stage")

    day.pass_time(minutes=4)
    interview.press(" ", "call-next")
    interview.until("called", "F001")
    displays["2"].until("called", "F001", seconds=AT_ONCE_S)
    phone.until("called", "F001", "2", seconds=AT_ONCE_S)
    wall.until("F001", "2")  # its first call may still be on
    day.pass_time(minutes=1)
    interview.press("s", "serve")
    interview.until("serving", "F001")
    interview.page.keyboard.press("2")  # the second outcome
    day.pass_time(minutes=12)
    interview.press("f", "finish")
    interview.until("idle", None)
    phone.until("completed", "F001", "")

    (row,) = exported(malls, "pandeglang")
    assert (row["number"], row["service"], row["counter"], row["state"]) == (
        "F001",
        "paspor-wawancara",
        "2",
        "completed",
    )
    assert clock(row, "issued_at", "first_called_at", "served_at", "finished_at") == [
        "09:00:00",
        "09:07:30",
        "09:09:00",
        "09:33:00",
    ]
    assert spent_s(row) == (690, 150, 1140)
    # each interval is credited where it was spent: wait, walk, service
    for service, spent in (("Informasi", ("8", "1,5", "7,0")), ("Wawancara", ("5", "1,0", "12,0"))):
        cells = report_row(check, "pandeglang", "by-service", service)
        assert (cells[12], cells[14], cells[16]) == spent
    for counter, spent in (("Loket 1", ("1,5", "7,0")), ("Loket 2", ("1,0", "12,0"))):
        cells = report_row(check, "pandeglang", "by-counter", counter)
        assert (cells[2], cells[5]) == spent
    assert state_of(server, "lebak") == other
    events = check_replay(server, "pandeglang")
    assert [e.detail.get("outcome") for e in events if e.kind == "finished"] == ["berkas-kurang"]


def test_who_goes_on_to_another_service_of_the_same_counter_is_finished_by_its_rules(open_malls, stage: Stage):
    malls = open_malls()
    desk = Desk.sign_in(stage.page("desk"), malls.server, "lebak", "2", "lebak-imigrasi", PASSWORD)
    officer = malls.people["lebak"].officers()[1]
    number = officer.issue("lebak", "paspor-wawancara").json()["number"]
    for key, verb in ((" ", "open"), (" ", "call-next"), ("s", "serve")):
        desk.press(key, verb)
    desk.page.keyboard.press("+")
    desk.page.keyboard.press("c")
    desk.page.keyboard.type("foto diulang")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("t")
    desk.page.check('dialog[open] input[value="paspor-pengambilan"]')  # it has no outcomes
    with desk.page.expect_response(lambda r: r.url.endswith("/transfer")):
        desk.page.click("dialog[open] .panel-submit")
    for key, verb in ((" ", "call-next"), ("s", "serve")):
        assert desk.press(key, verb)["ticket"]["number"] == number
    desk.press("f", "finish")
    [finished] = [e for e in check_replay(malls.server, "lebak") if e.kind == "finished"]
    assert "outcome" not in finished.detail and "quantity" not in finished.detail
