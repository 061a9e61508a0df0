"""However many connections are opened, who has just come finds room, and who is known keeps it."""

import errno
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.serving.connections import OF_ONE, Connection, Connections, Listener

MOST = 80  # so 10 of strangers, 2 of one public address, 60 sockets of strangers
NEAR, PUBLIC, PROXY = "192.168.1.20", "203.0.113.7", "10.9.8.7"


class Hall:
    """Connections, and who was hung up on."""

    def __init__(self) -> None:
        self.all = Connections(MOST, (ip_network("10.9.8.7/32"),))
        self.ended: list[int] = []
        self.came: list[Connection] = []

    def come(self, address: str = NEAR) -> Connection:
        number = len(self.came)
        self.came.append(self.all.enter(address, lambda: self.ended.append(number)))
        return self.came[-1]


def test_of_strangers_that_are_silent_the_first_gives_way():
    hall = Hall()
    for _ in range(13):
        hall.come()
    assert hall.ended == [0, 1, 2]


def test_who_asked_something_since_is_no_longer_the_one_silent_for_longest():
    hall = Hall()
    first = hall.come()
    for _ in range(9):
        hall.come()
    hall.all.work(first, busy=True)
    hall.all.work(first, busy=False)
    hall.come()
    assert hall.ended == [1]


def test_whose_answer_is_being_made_gives_way_last():
    hall = Hall()
    for _ in range(10):
        hall.all.work(hall.come(), busy=True)
    hall.come(), hall.come()
    assert hall.ended == [0, 10], "a busy one only where no other was silent, and the newest stays"


def test_who_is_known_never_gives_way_nor_does_a_proxy_of_ours():
    hall = Hall()
    hall.all.know(hall.come(), "sari")
    hall.come(PROXY)
    for _ in range(500):
        hall.come()
    assert not {0, 1} & set(hall.ended)


def test_a_public_address_has_a_part_of_the_strangers_places_and_a_hall_which_is_one_address_has_all():
    hall = Hall()
    for _ in range(3):
        hall.come(PUBLIC)
    assert hall.ended == [0]
    for n in range(2, 5):
        hall.come(f"2001:db8:7::{n}")
    assert hall.ended == [0, 3], "neighbours in one piece of IPv6 are one"


def test_strangers_sockets_stay_but_leave_room_for_those_who_are_known():
    hall = Hall()
    sat = [hall.all.sit(hall.come()) for _ in range(70)]
    assert sat == [True] * 60 + [False] * 10
    assert hall.ended == [], "a socket is no silent connection"
    known = hall.come()
    hall.all.know(known, "sari")
    assert hall.all.sit(known)
    hall.all.leave(hall.came[0])
    assert hall.all.sit(hall.come())


@given(
    st.lists(st.tuples(st.sampled_from(["come", "near", "busy", "done", "know", "sit", "leave"]), st.integers(0, 50)))
)
def test_whatever_happens_the_places_are_kept_and_nobody_known_is_hung_up_on(doings):
    hall = Hall()
    gone, known, seated = set(), set(), set()
    for what, n in doings:
        if what in ("come", "near"):
            hall.come(PUBLIC if what == "come" else NEAR)
            assert len(hall.came) - 1 not in hall.ended, "who has just come stays"
            continue
        if not hall.came or (n := n % len(hall.came)) in gone | set(hall.ended):
            continue
        one = hall.came[n]
        if what in ("busy", "done"):
            hall.all.work(one, busy=what == "busy")
        elif what == "know":
            hall.all.know(one, f"ticket {n % 2}")
            known |= {n} if not one.stranger else set()
        elif what == "sit":
            seated |= {n} if hall.all.sit(one) else set()
        else:
            hall.all.leave(one)
            gone.add(n)
        assert len(hall.all._quiet) + len(hall.all._busy) <= MOST / 8
        assert not (known | seated) & set(hall.ended)
    for n, one in enumerate(hall.came):
        if n not in gone:
            hall.all.leave(one)
    assert (hall.all._quiet, hall.all._busy, hall.all._of, hall.all._known) == ({}, {}, {}, {})
    assert (hall.all._sockets, hall.all._open) == (0, 0)


def test_when_every_place_is_taken_by_who_is_known_only_who_comes_is_hung_up_on():
    hall = Hall()
    for n in range(MOST):
        hall.all.know(hall.come(), f"ticket {n}")
    hall.come(), hall.come(PROXY)
    assert hall.ended == [MOST, MOST + 1]


def test_one_ticket_s_link_keeps_no_more_places_than_a_family_s_phones_need():
    """Otherwise the holder of one number could take every place of the server with its link, 75 s at a time."""
    hall = Hall()
    for _ in range(MOST):
        hall.all.know(hall.come(), "ticket 1")
    kept = [n for n, one in enumerate(hall.came) if not one.stranger]
    assert len(kept) == OF_ONE and not set(kept) & set(hall.ended)
    assert hall.all._open - len(hall.ended) <= OF_ONE + MOST / 8
    wall = hall.come()
    assert len(hall.came) - 1 not in hall.ended
    hall.all.know(wall, "wall")
    assert not wall.stranger
    hall.all.leave(hall.came[kept[0]])
    again = hall.come()
    hall.all.know(again, "ticket 1")
    assert not again.stranger, "who left makes room for the next"


class Failing:
    """A listening socket that fails first."""

    def __init__(self, *errors: int) -> None:
        self.errors = list(errors)

    def accept(self) -> str:
        if self.errors:
            raise OSError(self.errors.pop(0), "as asked")
        return "a connection"


def test_accepting_goes_on_after_every_passing_error():
    hall, waited = Hall(), []
    hall.come()
    listener = Listener(Failing(errno.EMFILE, errno.ECONNABORTED, errno.ECONNRESET), hall.all, waited.append)
    assert listener.accept() == "a connection"
    assert hall.ended == [0], "without a free file, somebody silent gave way"
    assert waited.count(0.05) == 3


def test_and_ends_when_the_listener_itself_has_gone():
    with pytest.raises(OSError):
        Listener(Failing(errno.EBADF), Hall().all, lambda s: None).accept()
