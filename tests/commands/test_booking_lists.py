"""Lists of booked places that say little: of a service that takes none, or without any line."""

from dataclasses import replace
from datetime import date

from queue_server.booking_lists import read_list
from queue_server.commands import importing
from queue_server.domain.errors import Code
from tests.commands.test_bookings import AHEAD, SERVICE, book, line, used
from tests.world.hall import TUTI


def test_a_list_is_refused_for_a_service_that_takes_nobody_who_has_booked(make_hall, hall):
    service = replace(hall.site.services[SERVICE], classes=("regular", "priority"))
    other = make_hall(services={**hall.site.services, SERVICE: service})
    with other.refuses(Code.INVALID, problems=[{"key": "lines.2", "line": 2, "reason": "class_not_offered"}]):
        book(other, line("09:00", "11112222"))


def test_a_list_without_lines_cancels_all_of_its_day_and_service_and_nothing_else(hall):
    book(hall, line("09:00", "11112222"), line("10:00", "22223333", on=AHEAD))
    empty = read_list(b"date,time,service,code", service=SERVICE, day=date.fromisoformat(AHEAD))
    hall.do(TUTI, importing.import_bookings, empty)
    assert (used(hall), used(hall, AHEAD)) == (1, 0)
    with hall.changes_nothing():
        hall.do(TUTI, importing.import_bookings, empty)
    nobodys = replace(empty, empty=(empty.empty[0], "tidak-ada"))
    with hall.refuses(Code.INVALID, problems=[{"key": "lines.0", "line": 0, "reason": "unknown_service"}]):
        hall.do(TUTI, importing.import_bookings, nobodys)
