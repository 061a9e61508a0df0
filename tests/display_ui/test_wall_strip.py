"""The strip at the wall's foot: who waits how long, what just stopped, and the rules, in turn."""

from datetime import timedelta
from typing import Any

from tests.display_ui.hall import START

PASSPORT, ID_CARD, HEALTH = "paspor-wawancara", "ktp-cetak", "bpjs-kepesertaan"


def test_the_strip_shows_every_service_with_people_waiting(hall):
    hall.waiting = {ID_CARD: 11, PASSPORT: 1, HEALTH: 4}
    hall.wall()
    seen = set()
    for _ in range(14):
        seen.add(hall.page.inner_text("#strip").replace("\n", " "))
        hall.pass_time(5)
    said = " | ".join(seen)
    assert "11 orang, 20–40 menit" in said and "1 orang" in said and "4 orang" in said
    assert "Lapor dalam 30 menit" in said
    place = "document.getElementById('strip-notice').getBoundingClientRect().left"
    hall.pass_time(1)  # no text is changing
    stood = hall.page.evaluate(place)
    hall.waiting = dict.fromkeys(hall.waiting, 12)
    tell(hall)
    assert "12 orang" in hall.page.inner_text("#strip-waiting") and hall.page.evaluate(place) == stood


def test_a_box_is_not_raised_again_and_again_unless_the_truth_forces_it(hall):
    """What is shown, the boxes that are told from then on, and after how many seconds."""
    hall.waiting = {ID_CARD: 11}
    hall.wall()
    shown: list[str] = []
    for low, high, seconds in (
        (20, 40, 15),
        (20, 60, 15),  # raised too soon: it stays
        (10, 40, 15),  # lower: at once
        (10, 60, 15),  # a rise within three minutes of the last one
        (10, 60, 180),  # three minutes are over
        (60, None, 15),  # all that is expected lies beyond what is shown
        (40, 60, 15),
    ):
        hall.estimate = {**hall.estimate, "boxes": [low, high]}
        hall.revision += 1
        hall.tell("board", hall.board())
        for _ in range(seconds // 5):
            hall.pass_time(5)
            if "11 orang" in (said := hall.page.inner_text("#strip")):
                found = said.split("11 orang, ")[1].split("\n")[0]
        shown.append(found)
    minutes = ["20–40", "20–40", "10–40", "10–40", "10–60"]
    assert shown == [*(f"{span} menit" for span in minutes), "lebih dari satu jam", "40–60 menit"]


def test_the_strip_tells_at_once_what_just_stopped_whatever_else_it_was_telling(hall):
    hall.waiting = {ID_CARD: 11, PASSPORT: 1}
    hall.wall()
    for id, cause, said in (("1", "power", "Listrik padam"), ("2", "network", "Jaringan terputus")):
        hall.pass_time(25)
        hall.interruptions = [*hall.interruptions, interruption(id, cause)]
        hall.revision += 1
        hall.tell("board", hall.board())
        assert f"{said} sejak 10.40" in hall.page.inner_text("#strip-notice")
    tomorrow = {"day": "2026-01-20", "opens_at": "2026-01-20T08:00:00+07:00", "since": "2026-01-19"}
    hall.carried = [{"service": id, **tomorrow, "numbers": 2, "people": 3} for id in (PASSPORT, ID_CARD)]
    hall.revision += 1
    hall.tell("board", hall.board())
    kept = "Tempat Anda disimpan: Selasa, 20 Januari, mulai 08.00."
    assert kept in hall.page.inner_text("#strip-notice")
    hall.pass_time(10.5)  # and then it goes on to what else there is to tell
    assert "Jaringan terputus" not in hall.page.inner_text("#strip")


def test_a_notice_appears_and_goes_by_the_server_s_clock_without_a_word(hall):
    """The browser's own clock is a minute behind, as it always is here; the server's counts."""
    hall.notices = [
        notice("1", "Salat Jumat pukul 11.30", begins=30, ends=90),
        notice("2", "Besok tutup", begins=86400),
    ]
    hall.wall()
    seen = said_for(hall, 28)
    assert "Salat Jumat" not in seen
    hall.pass_time(4)
    assert "Salat Jumat pukul 11.30" in said_for(hall, 40)
    hall.pass_time(20)
    assert "Salat Jumat" not in said_for(hall, 40) and "Besok" not in seen


def test_what_is_urgent_stands_in_front_of_all_else_until_it_is_over(hall):
    hall.waiting = {ID_CARD: 11}
    hall.interruptions = [interruption("1", "power")]
    hall.notices = [notice("1", "Blangko tersedia lagi")]
    hall.wall()
    hall.pass_time(15)
    fire = notice("2", "Tinggalkan gedung " + "lewat pintu selatan, jangan memakai lift, " * 4, urgent=True)
    hall.notices = [fire, *hall.notices]
    tell(hall)
    assert "Penting" in hall.page.inner_text("#strip") and "11 orang" not in hall.page.inner_text("#strip")
    assert hall.page.evaluate("(strip => strip.scrollHeight <= strip.clientHeight)(document.getElementById('strip'))")
    turns = [(hall.pass_time(10), "Tinggalkan gedung" in hall.page.inner_text("#strip"))[1] for _ in range(6)]
    assert turns.count(True) == 4, "it has two turns of three; the trouble is told between, the others wait"
    assert "Blangko" not in said_for(hall, 40)
    hall.interruptions = []
    tell(hall)
    assert all("Tinggalkan gedung" in said_for(hall, 3) for _ in range(5)), "alone it stands still"
    hall.notices = hall.notices[1:]
    tell(hall)
    hall.pass_time(1)
    assert "Tinggalkan" not in hall.page.inner_text("#strip") and "Blangko tersedia lagi" in said_for(hall, 40)
    assert not hall.page.locator("body.has-urgent").count()


def test_a_wall_of_one_zone_tells_what_is_for_it_and_every_text_is_only_letters(hall):
    hall.notices = [
        notice("1", "<img src=x onerror=alert(1)> السلام", agency="dukcapil"),
        notice("2", "Hanya B", zones=["B"]),
        notice("3", "Hanya kios", where=["kiosk"]),
    ]
    hall.wall("?zone=A")
    said = said_for(hall, 40)
    assert "Dukcapil: <img src=x onerror=alert(1)> السلام" in said
    assert "Hanya" not in said and hall.page.locator("#strip img").count() == 0
    assert hall.page.locator("#strip-notice > bdi").count() == 1, "written to the left, it turns nothing else"


def said_for(hall, seconds: int) -> str:
    """All that the strip says for a while."""
    seen = set()
    for _ in range(0, seconds, 2):
        seen.add(hall.page.inner_text("#strip").replace("\n", " "))
        hall.pass_time(2)
    return " | ".join(seen)


def tell(hall) -> None:
    """The board is told anew."""
    hall.revision += 1
    hall.tell("board", hall.board())


def notice(id: str, text: str, begins: int = -60, ends: int | None = None, **more: Any) -> dict[str, Any]:
    """One as the board tells it, so many seconds from now."""
    moment = lambda s: None if s is None else (START + timedelta(seconds=s)).isoformat()  # noqa: E731
    where = {"where": ["wall"], "zones": [], "agency": None, "urgent": False}
    return {"id": id, "text": {"id": text}, **where, "from": moment(begins), "until": moment(ends), **more}


def interruption(id: str, cause: str) -> dict[str, Any]:
    """Of everything, as the board tells it."""
    since = "2026-01-19T10:40:00+07:00"
    lasting = {"id": id, "scope": {}, "reason": cause, "notice": None, "since": since, "until": None}
    return {**lasting, "issuing": "stop", "confirmed": True, "rejected": False}
