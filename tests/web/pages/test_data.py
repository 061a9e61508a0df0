"""What each page is told before its script runs has its declared shape, for everybody who may open it."""

import json
import re

import pytest

from queue_server.documents import pages
from queue_server.documents.schemas import hold


def told(mall, who, path):
    """A page's data block, as somebody's browser gets it."""
    caller = mall.person(who) if who else mall.caller()
    answer = caller.http.get(mall.server.url + path, headers={"Accept": "text/html"}, timeout=60)
    assert answer.status_code < 500, path
    return data_of(answer.text)


def booked(mall):
    """The page of a place that somebody booked."""
    caller, hall = mall.caller(), "/sites/pandeglang"
    day = caller.get(f"{hall}/slots?service=paspor-wawancara").json()
    slot = next(one["time"] for one in day["slots"] if one["left"])
    body = {"service": "paspor-wawancara", "date": day["date"], "time": slot}
    return "/b/" + caller.post(f"{hall}/bookings", body, "a key that nobody guesses").json()["url"].rpartition("/")[2]


def data_of(page):
    """The data block of a page."""
    return json.loads(re.search(r'id="page-data">(.+?)</script>', page, re.DOTALL)[1])


SEEN = [
    ("/", None, pages.HomePage),
    ("/", "sari", pages.HomePage),
    ("/login", None, pages.LoginPage),
    ("/login?next=/lebak/report", "wati", pages.LoginPage),
    ("/lebak", None, pages.TravelPage),
    ("/lebak/board", None, pages.PageData),
    ("/lebak/kiosk", None, pages.KioskPage),
    ("/lebak/wall", None, pages.WallPage),
    ("/lebak/wall?zone=A&voice=1", None, pages.WallPage),
    ("/lebak/counters/5/display", None, pages.CounterDisplayPage),
    ("/lebak/counters/5", "sari", pages.DeskPage),
    ("/lebak/supervisor", "wati", pages.SupervisorPage),
    ("/lebak/live", "ina", pages.OverviewPage),
    ("/lebak/report", "lina", pages.ReportPage),
    ("/lebak/audit", "fitri", pages.AuditPage),
    ("/lebak/report/period", "ina", pages.ReportPage),
    ("/lebak/report/officers", "sari", pages.ReportPage),
    ("/lebak/report/numbers?measure=waits", "fitri", pages.ReportPage),
    ("/lebak/report/targets", "wati", pages.ReportPage),
    ("/lebak/report/demand", "ina", pages.ReportPage),
    ("/reports/compare", "wati", pages.ComparePage),
    ("/lebak/complaints", "wati", pages.ReportPage),
    ("/lebak/replay", "wati", pages.ReplayPage),
    ("/lebak/devices", "lilis", pages.DevicesPage),
    ("/lebak/roster", "wati", pages.RosterPage),
    ("/lebak/notices", "wati", pages.NoticesPage),
    ("/lebak/media", "wati", pages.MediaPage),
    ("/lebak/front-desk", "wati", pages.FrontDeskPage),
    ("/lebak/outage", "wati", pages.OutagePage),
    ("/lebak/bookings", "wati", pages.BookingsPage),
    ("/pandeglang/book", None, pages.BookPage),
    ("/lebak/book", None, pages.BookPage),
    ("/lebak/outage-sheet", "wati", pages.OutagePage),
    ("/lebak/structure?part=services&id=ktp-cetak", "lilis", pages.StructurePage),
    ("/lebak/structure?part=counters&new=1", "lilis", pages.StructurePage),
    ("/lebak/structure?part=versions", "lilis", pages.StructurePage),
    ("/lebak/survey", None, pages.SurveyPage),
    ("/lebak/ikm", None, pages.PageData),
    ("/lebak/survey/results", "wati", pages.ReportPage),
    ("/pair", None, pages.PairPage),
    ("/help/officer", None, pages.GuidePage),
    ("/lebak/help/front-desk", None, pages.GuidePage),
    ("/nowhere/kiosk", None, pages.PageData),  # the page of an error
]


def test_every_page_is_told_exactly_what_is_declared(mall):
    mall.begin_anew()
    ticket = mall.kiosk.post("/sites/lebak/tickets", {"service": "ktp-cetak"}, "page").json()
    for verb in ("open", "call-next"):
        assert mall.sari.post(f"/sites/lebak/counters/5/{verb}", {}).status_code == 200
    own = [(f"/t/{ticket['token']}", None, pages.PhonePage), (booked(mall), None, pages.OwnBookingPage)]
    for path, who, shape in SEEN + own:
        hold(shape, told(mall, who, path))
    keeper = re.search(r"password: (\S+)", mall.server.cli_here("user", "add", "mira", "--role", "admin"))[1]
    page = mall.caller().sign_in("mira", keeper).http.get(f"{mall.server.url}/health", timeout=60).text
    hold(pages.HealthPage, data_of(page))
    seen = {shape for *_, shape in SEEN + own} | {pages.HealthPage}
    assert seen | {pages.SetupPage} >= set(pages.PAGES), "an empty server's is held in tests/web/test_setup.py"


def test_control_a_page_that_is_told_more_or_less_is_caught(mall):
    kiosk = told(mall, None, "/lebak/kiosk")
    for broken in (kiosk | {"officer": "Sari"}, {k: v for k, v in kiosk.items() if k != "enrolled"}):
        with pytest.raises(ValueError, match="KioskPage"):
            hold(pages.KioskPage, broken)
