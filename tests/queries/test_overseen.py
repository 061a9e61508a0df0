"""What a supervisor did at somebody's counter, as the desk tells it."""

from queue_server.commands import officer
from queue_server.queries.desk import desk
from tests.world.hall import DEDI, SARI, WATI


def test_what_a_supervisor_did_is_told_until_the_officer_acts_there_again(hall):
    """In a new browser too, and of whose counter it was, whoever came after her."""
    hall.do(SARI, officer.open_counter, "5")
    hall.do(DEDI, officer.open_counter, "6")

    def told():
        return hall.read(lambda view: desk(view, "5"))["overseen"]

    for _ in range(2):
        hall.issue("ktp-perekaman")
    hall.do(SARI, officer.call_next, "5")
    hall.do(WATI, officer.hold, "5", "petugas tidak di tempat")
    hall.issue("kk-akta")
    hall.do(DEDI, officer.call_next, "6")
    assert (told()["verb"], told()["officer_id"]) == ("hold", SARI.id), "what others do elsewhere ends nothing"
    hall.do(SARI, officer.call_next, "5")
    assert told() is None
    hall.do(SARI, officer.no_show, "5")
    hall.do(WATI, officer.close_counter, "5", "petugas pulang")
    for act in (officer.no_show, officer.close_counter):
        hall.do(DEDI, act, "6")
    hall.do(DEDI, officer.open_counter, "5")
    assert (told()["verb"], told()["officer_id"]) == ("close", SARI.id), "he came after her"
    hall.do(DEDI, officer.close_counter, "5")
    hall.do(SARI, officer.open_counter, "5")
    assert told() is None
