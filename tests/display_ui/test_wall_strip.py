"""The strip at the wall's foot: who waits how long, what just stopped, and the rules, in turn."""

from typing import Any

PASSPORT, ID_CARD, HEALTH = "paspor-wawancara", "ktp-cetak", "bpjs-kepesertaan"


def test_the_strip_shows_every_service_with_people_waiting(hall):
    hall.waiting = {ID_CARD: 11, PASSPORT: 1, HEALTH: 4}
    hall.wall()
    seen = set()
    for _ in range(14):
        seen.add(hall.page.inner_text("#strip").replace("\n", " "))
        hall.pass_time(5)
    said = " | ".join(seen)
    assert "11 orang, 25–35 menit" in said and "1 orang" in said and "4 orang" in said
    assert "Lapor dalam 30 menit" in said


def test_the_strip_tells_at_once_what_just_stopped_whatever_else_it_was_telling(hall):
    hall.waiting = {ID_CARD: 11, PASSPORT: 1}
    hall.wall()
    for id, cause, said in (("1", "power", "Listrik padam"), ("2", "network", "Jaringan terputus")):
        hall.pass_time(25)
        hall.interruptions = [*hall.interruptions, interruption(id, cause)]
        hall.revision += 1
        hall.tell("board", hall.board())
        assert f"{said} sejak 10.40" in hall.page.inner_text("#strip-notice")
    hall.pass_time(10.5)  # and then it goes on to what else there is to tell
    assert "Jaringan terputus" not in hall.page.inner_text("#strip")


def interruption(id: str, cause: str) -> dict[str, Any]:
    """Of everything, as the board tells it."""
    since = "2026-01-19T10:40:00+07:00"
    lasting = {"id": id, "scope": {}, "reason": cause, "notice": None, "since": since, "until": None}
    return {**lasting, "issuing": "stop", "confirmed": True}
