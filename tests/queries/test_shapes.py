"""A real day with everything in it: each document has exactly its declared shape, and no field goes unseen."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from pydantic import ValidationError

from queue_server.booking_lists import read_list
from queue_server.commands import (
    admin,
    asking_help,
    carrying,
    checking_in,
    day,
    importing,
    interrupting,
    noticing,
    officer,
    resting,
    rostering,
    showing,
    steering,
    taking,
)
from queue_server.documents.board import Beat, Board, Calls, Queue
from queue_server.documents.desk import Desk
from queue_server.documents.figures import Report, Today
from queue_server.documents.hall import Hall
from queue_server.documents.schemas import hold, schemas
from queue_server.documents.site import Site
from queue_server.documents.ticket import DeskTicket, TicketWithoutToken
from queue_server.domain.absence import Place
from queue_server.domain.booking_rule import BookingRule
from queue_server.domain.media import Turn
from queue_server.domain.notice import Said
from queue_server.domain.published import Case, Channel, Fee, Online, Published
from queue_server.domain.roles import Role
from queue_server.domain.roster import Shift
from queue_server.domain.ticket import State
from queue_server.live import beat
from queue_server.perform import for_reason
from queue_server.queries import calls
from queue_server.queries.board import board
from queue_server.queries.desk import desk, desk_ticket
from queue_server.queries.hall import hall as hall_document
from queue_server.queries.site import site_info
from queue_server.queries.ticket import ticket
from queue_server.queries.waits import queue
from queue_server.reports.measures import today
from queue_server.reports.todays_figures import TodaysFigures
from tests.queries.test_dropped import drop
from tests.world.hall import DEDI, SARI, SITE, TUTI, WATI
from tests.world.values import at, span

SHAPES = (Beat, Board, Calls, Queue, Desk, Report, Today, Hall, Site, DeskTicket, TicketWithoutToken)
REFERENCES, NAMED = schemas(SHAPES)


def of_the_list(command, code):
    """The command, done for a reason that is one of the published list."""
    return lambda tx, *args, **more: for_reason(code, lambda tx: command(tx, *args, **more))(tx)


def everything(hall, heard):
    """Every document that there is now, with its shape."""
    yield Board, hall.read(board)
    yield Site, hall.read(site_info)
    yield Calls, hall.read(lambda view: calls.after(view, 0))
    yield Beat, hall.read(lambda view: beat.document(view, "build"))
    yield Hall, hall.read(lambda view: hall_document(view, heard=heard))
    yield Report, hall.read(today)
    yield Today, TodaysFigures().of(SITE, lambda _site, query: hall.read(query), lambda make, *args: make(*args))
    for id in hall.site.services:
        yield Queue, hall.read(lambda view, id=id: queue(view, id))
    for id in hall.site.counters:
        yield Desk, hall.read(lambda view, id=id: desk(view, id, SARI))
    for one in hall.tickets():
        yield TicketWithoutToken, hall.read(lambda view, one=one: ticket(view, one))
        yield DeskTicket, hall.read(lambda view, one=one: desk_ticket(view, one))


class Coverage:
    """Which fields of which shapes were seen with a value, and which were seen null."""

    def __init__(self):
        self.seen = defaultdict(set)

    def look(self, schema, value):
        """Walk a document along its schema."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            for field, inner in NAMED[name].get("properties", {}).items():
                if field in value:
                    self.seen[f"{name}.{field}"].add(value[field] is not None)
                    self.look(inner, value[field])
        elif value is not None and "anyOf" in schema:
            self.look(next(one for one in schema["anyOf"] if one.get("type") != "null"), value)
        elif isinstance(value, list):
            for one in value:
                self.look(schema.get("items", {}), one)

    def never_seen(self):
        """The fields that had no value all day."""
        declared = {f"{name}.{field}" for name, schema in NAMED.items() for field in schema.get("properties", ())}
        return {field for field in declared if True not in self.seen[field]}


TEXT = {"id": "Teks"}
EVERYTHING = Published(
    cases=(Case(None, {"id": ("KK",)}), Case({"id": "Hilang"}, {"id": ("Surat polisi",)})),
    fees=(Fee({"id": "Kartu"}, 0, per=TEXT, note=TEXT),),
    checked=date(2026, 11, 1),
    online=Online(TEXT, "https://example.go.id"),
    **dict.fromkeys(("procedure", "product", "completion", "cost", "pay", "bring", "complaints", "basis"), TEXT),
)
CHANNEL = Channel("0252-201234", "Rangkasbitung", "https://www.lapor.go.id")


def everything_declared(hall):
    """The site file at its fullest: quotas of both kinds, a service with a price, papers and outcomes."""
    services = dict(hall.site.services)
    services["skck-baru"] = replace(services["skck-baru"], quota={"priority": 1}, quota_total=2)
    more = {"papers": {"kk": {"id": "KK"}}, "segment": "citizen", "wait_target_minutes": 30, "outcomes": ("selesai",)}
    more["booking"] = BookingRule()
    more["classes"] = ("regular", "priority", "booked")
    services["ktp-cetak"] = replace(services["ktp-cetak"], published=EVERYTHING, **more)
    return services


def a_day(hall):
    """Some moments of a day in which everything happens that a document may tell of."""
    do, later, issue = hall.do, hall.later, hall.issue
    services = everything_declared(hall)
    meanwhile = span(services.values(), "2026-11-23", "2026-11-24")
    agencies = {id: replace(agency, complaint=CHANNEL) for id, agency in hall.site.agencies.items()}
    said = {"complaint": CHANNEL, "maklumat": TEXT}
    hall.start(services=services, agencies=agencies, spans=(meanwhile,), **said)
    do(WATI, rostering.write, date(2026, 11, 23), [Shift("7", "dedi", "08:00", "24:00")])
    do(WATI, taking.take, "unstaffed:7:::", at("2026-11-23 08:00"), 9)
    yield "nobody has come"
    do(SARI, officer.open_counter, "5")
    do(DEDI, officer.open_counter, "6")
    issue("ktp-cetak"), issue("ktp-cetak", "priority"), issue("kk-akta"), issue("skck-baru", "priority")
    left = issue("kk-akta")
    for _ in range(6):
        issue("ktp-cetak")
    booked = "2026-11-23,14:00,ktp-cetak,48217306\n2026-11-23,09:10,ktp-cetak,11112222"
    do(TUTI, importing.import_bookings, read_list(f"date,time,service,code\n{booked}".encode()))
    do(TUTI, checking_in.check_in, "48217306")
    later(minutes=1)
    news = hall.now + timedelta(hours=1)
    told = Said({"id": "Blangko habis"}, ("wall", "phone"), hall.now, ends=news, agency="dukcapil", zones=("A",))
    do(WATI, noticing.make, told)
    poster = do(WATI, showing.add, "Poster", b"a picture", (1600, 900))
    do(WATI, showing.set_playlist, [Turn(poster, 10, hall.now, news, ("A",))])
    for scope in ({"agency": "dukcapil"}, {"service": "ktp-cetak"}, {"counter": "5"}):
        do(WATI, interrupting.begin, scope, "network", notice="Teknisi sudah di tempat", until=news)
    yield "many wait, some where nobody serves; the network is down"
    for lasting in hall.read(lambda view: view.interruptions):
        do(WATI, interrupting.end, lasting.id)
    do(SARI, officer.call_next, "5")
    do(SARI, officer.recall, "5")
    do(DEDI, officer.call_next, "6")
    yield "two are called, one of them twice"
    do(SARI, officer.serve, "5")
    do(DEDI, officer.no_show, "6")
    do(DEDI, officer.cancel, "6", "pulang", left.number)
    later(minutes=30)
    do(SARI, asking_help.ask, "5")
    do(WATI, asking_help.come, hall.counter("5").help)
    yield "one is served for too long, and help comes; one did not come, one has left"
    do(SARI, officer.finish, "5", "selesai", missing=["kk"])
    do(SARI, officer.call_next, "5")
    do(SARI, officer.serve, "5")
    sent = hall.at_hand("5")
    do(SARI, officer.hold, "5", note="menunggu ibunya")
    do(SARI, officer.call, "5", sent, "kembali")
    yield "one is back of whom something was written"
    do(SARI, officer.serve, "5")
    do(SARI, officer.transfer, "5", "kk-akta", "6", "akta dilihat", confirm=True)
    yield "one is sent on, with a wish, and may be fetched back"
    do(DEDI, officer.call, "6", sent, "kembali")
    do(DEDI, officer.serve, "6")
    do(DEDI, officer.hold, "6", missing=["buku-nikah"])
    do(SARI, officer.call_next, "5")
    do(WATI, officer.no_show, "5", "petugas sakit")
    yield "one is held; a supervisor stepped in"
    do(DEDI, officer.call, "6", sent, "lengkap")
    do(DEDI, officer.no_show, "6")
    yield "one is missed who was served before"
    for who, counter in ((SARI, "5"), (DEDI, "6")):
        do(who, resting.begin, counter, "meal", time(10, 15), confirm=True)
    yield "both rest while people wait"
    do(SARI, of_the_list(officer.close_counter, "called_away"), "5", "rapat dinas")
    yield "one leaves while people wait"
    longer = of_the_list(steering.set_services, "long_queue")
    do(WATI, longer, "6", ["kk-akta"], "antrean panjang", confirm=True)
    do(WATI, steering.set_quota, "skck-baru", {"total": 9}, "blangko datang")
    yield "something is set for today"
    do(WATI, carrying.carry_over, "jaringan belum pulih", ["kk-akta"])
    yield "the hall gives up, and whoever waits for one service has a place on the next day"
    do(WATI, day.close_day)
    yield "the day is closed"
    do(WATI, day.open_numbers, "lanjut")
    drop(hall, "skck-perpanjangan")
    yield "numbers are given all the same; a service is no more"
    hall.now = at("2026-11-24 09:00")
    do(WATI, lambda tx: None)
    yield "the next day"


# What only a counter's own ticket has not: its place in a queue that it has left.
OWN = ("DeskTicket", "AsideTicket", "HeldTicket")
NEVER = {f"{ticket}.{field}" for ticket in OWN for field in ("ahead", "estimate")}
NEVER |= {f"{ticket}.callable_from" for ticket in OWN[1:]}  # one who was set aside was called
NEVER |= {"AsideTicket.carried", "HeldTicket.carried"}  # whose number has not ended
NEVER |= {"PastInterruption.by"}  # the report names nobody
NEVER |= {"ForecastHour.expected"}  # there was no such weekday before; ``test_hall.py`` has two
NEVER |= {"SiteFormer.zone", "SiteFormer.requirements"}  # declared null: nobody can ask for it any more
NEVER |= {"MediaTurn.video"}  # nothing encodes one here; ``tests/web/test_videos.py`` does
NEVER |= {"Desk.recorded"}  # of one's own request, asked by its key


def test_all_day_every_document_has_exactly_its_shape_and_every_field_is_seen(hall):
    wall = Place(hall.on_server(admin.add_device, "Dinding", Role.DISPLAY, SITE, "token"), SITE, "wall")
    coverage, states = Coverage(), set()
    for moment in a_day(hall):
        for shape, document in everything(hall, {wall: hall.now - timedelta(minutes=2)}):
            try:
                hold(shape, document)
            except ValidationError as error:
                pytest.fail(f"{moment}: {error}")
            coverage.look(REFERENCES[shape], document)
        states |= {one.state for one in hall.tickets()}
    assert states == set(State)
    assert coverage.never_seen() == NEVER


@pytest.mark.parametrize(
    ("change", "where"),
    [
        pytest.param(lambda board: board | {"officer": "Sari"}, ("officer",), id="a field more"),
        pytest.param(lambda board: {k: v for k, v in board.items() if k != "now"}, ("now",), id="a field less"),
        pytest.param(lambda board: board | {"epoch": "1"}, ("epoch",), id="a number as text"),
        pytest.param(lambda board: board | {"now": "2026-11-23T09:00:00"}, ("now",), id="an instant of no zone"),
        pytest.param(
            lambda board: board | {"counters": [board["counters"][0] | {"state": "asleep"}]},
            ("counters", 0, "state"),
            id="a word that is none, deep inside",
        ),
    ],
)
def test_a_document_of_another_shape_is_caught(hall, change, where):
    good = hall.read(board)
    hold(Board, good)
    with pytest.raises(ValidationError) as caught:
        hold(Board, change(good))
    assert [error["loc"] for error in caught.value.errors()] == [where]
