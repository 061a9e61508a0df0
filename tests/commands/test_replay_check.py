"""The control of the check that every test here ends with: rows that are not what the events say are noticed."""

import pytest
from sqlalchemy import text

from queue_server.commands import officer
from tests.world.hall import SARI

CORRUPTIONS = {
    "a ticket's state": "UPDATE ticket SET state = 'completed' WHERE number = 'J001'",
    "a ticket's first call": "UPDATE ticket SET called_at = called_at + 1 WHERE number = 'J001'",
    "a lost ticket": "DELETE FROM ticket WHERE number = 'J002'",
    "a counter's wheel": "UPDATE counter SET wheel = wheel + 1 WHERE id = '5'",
    "a counter's officer": "UPDATE counter SET officer = NULL WHERE id = '5'",
    "a series": "UPDATE series SET next = 9",
    "a quota": "UPDATE quota SET used = used + 1",
}


@pytest.mark.parametrize("what", CORRUPTIONS)
def test_a_corrupted_row_is_noticed(hall, what):
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak"), hall.issue("ktp-cetak")
    hall.do(SARI, officer.call_next, "5")
    hall.check_replay()
    with hall.writer.connect() as conn, conn.begin():
        conn.execute(text(CORRUPTIONS[what]))
        conn.commit()
    with pytest.raises(AssertionError):
        hall.check_replay()
    hall.check_replay = lambda: None  # noticed: the end of this test need not notice it again
