"""A hall's own slots after a restore."""

from queue_server.domain.errors import Code
from queue_server.domain.own_codes import own_token, own_token_hash
from queue_server.store import bookings
from tests.operations.test_restore import back_up, put_back
from tests.world.own_slots import AHEAD, begin, code, come, open_slots, take, used


def test_after_a_restore_what_the_backup_knew_is_booked_and_the_rest_is_nobody_s(hall, tmp_path):
    open_slots(hall)
    kept = take(hall, "09:00")
    back_up(hall, tmp_path / "copy")
    lost = take(hall, "09:30", browser="two")
    put_back(hall, tmp_path / "copy")
    with hall.reader.connect() as conn, conn.begin():
        found = [
            bookings.by_token(conn, own_token_hash(hall.perform.secret, own_token(hall.perform.secret, one.id)))
            for one in (kept, lost)
        ]
    assert [one and one.id for one in found] == [kept.id, None]
    assert used(hall) == 1
    begin(hall, f"{AHEAD} 09:00")
    assert come(hall, code(hall, kept)).class_ == "booked"
    with hall.refuses(Code.UNKNOWN_BOOKING):
        come(hall, code(hall, lost))
