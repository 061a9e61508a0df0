"""An event is sealed alike by whichever database keeps it; and its line stays as it was for ever."""

import hashlib

from queue_server.commands import day, officer
from queue_server.domain.fold import Event
from queue_server.domain.seal import BEGINNING, Sealing, line
from queue_server.operations import sealing
from queue_server.queries.seals import last_seal, seals
from tests.world.hall import SARI, SITE, WATI
from tests.world.values import at

NINE = at("2026-11-23 09:00")
KNOWN = Event(
    "lebak", 1, 7, 0, NINE, NINE.date(), "called", "t", "5", "ktp", "sari", {"by": "é", "a": [1]}, False, "ida"
)


def test_a_line_and_a_digest_stay_as_they_are():
    """Changed, every seal of every hall would be wrong."""
    assert line(KNOWN) == (
        b'["lebak",1,7,0,1795399200000000,"2026-11-23",false,"called","t","5","ktp","sari","ida",'
        b'{"a":[1],"by":"\\u00e9"}]\n'
    )
    one = Sealing(BEGINNING)
    one.add(KNOWN)
    assert one.digest == hashlib.sha256(b"\n" + line(KNOWN)).hexdigest()
    assert (one.count, one.digest[:16]) == (1, "e2f9cd5d7db17155")


def test_what_is_read_back_is_sealed_as_it_was_written(hall):
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak", "priority")
    hall.do(SARI, officer.call_next, "5")
    hall.do(SARI, officer.serve, "5")
    hall.do(SARI, officer.finish, "5", outcome="selesai")
    hall.do(WATI, day.close_day)
    written = {(e.epoch, e.revision, e.n): line(e) for done in hall.told for e in done.events if e.site == SITE}
    kept = {(e.epoch, e.revision, e.n): line(e) for e in hall.events()}
    assert written and written == {place: kept[place] for place in written}
    hall.later(days=1)
    hall.issue("ktp-cetak")
    assert hall.read(last_seal) is None
    while sealing.seal_next(hall.perform, hall.reader, SITE, lambda _: None):
        pass
    (sealed,) = hall.read(lambda view: seals(view, [NINE.date()]))
    assert sealed == hall.read(last_seal)
    with hall.reader.connect() as conn, conn.begin():
        assert [one.why for one in sealing.verify(conn, SITE)] == [None]
