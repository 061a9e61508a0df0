"""What walls show, by its verbs: the same again changes nothing, and of what is not there nothing is taken away."""

from datetime import timedelta

import pytest

from queue_server.commands import showing
from queue_server.commands.showing import Film
from queue_server.domain.errors import Code
from queue_server.domain.media import Turn
from queue_server.store import media
from tests.world.hall import WATI, Hall

POSTER = b"a picture"


@pytest.fixture
def poster(hall: Hall) -> str:
    """A picture that is there."""
    return hall.do(WATI, showing.add, "Poster", POSTER, (400, 225))


def entries(hall: Hall) -> list:
    with hall.reader.connect() as conn, conn.begin():
        return media.playlist_of(conn, hall.id).get("entries", [])


def test_a_playlist_that_is_the_same_again_is_none(hall, poster):
    turns = [Turn(poster, 10, hall.now, hall.now + timedelta(hours=2), ("A",)), Turn(poster, 20, hall.now)]
    hall.do(WATI, showing.set_playlist, turns)
    first, second = entries(hall)
    assert first["begins"] < first["ends"] and first["zones"] == ["A"]
    assert "ends" not in second and "zones" not in second
    with hall.changes_nothing():
        hall.do(WATI, showing.set_playlist, turns)
    with hall.refuses(Code.MEDIA_CHANGED):
        hall.do(WATI, showing.set_playlist, [], 0)


def test_the_very_same_picture_or_film_is_there_once(hall, poster):
    film = Film("f1", 5000, "digest", 8_400, True, (1280, 720), b"its poster")
    assert hall.do(WATI, showing.add_video, "Film", film, 10_000) == "f1"
    with hall.changes_nothing():
        assert hall.do(WATI, showing.add, "Dua", POSTER, (400, 225)) == poster
        assert hall.do(WATI, showing.add_video, "Dua", Film("f2", *film_rest(film)), 10_000) == "f1"
    with hall.refuses(Code.MEDIA_FULL):
        hall.do(WATI, showing.add_video, "Tiga", Film("f3", 5001, "other", *film_rest(film)[2:]), 10_000)
    hall.do(WATI, showing.set_playlist, [Turn("f1", 1, sound=True), Turn(poster, 10, sound=True)])
    assert [(one["seconds"], one.get("sound")) for one in entries(hall)] == [(9, True), (10, None)]


def film_rest(film: Film) -> tuple:
    """All but its id."""
    return (film.length, film.digest, film.ms, film.sound, film.size, film.poster)


def test_what_is_not_there_is_not_taken_away(hall, poster):
    with hall.refuses(Code.NOT_FOUND):
        hall.do(WATI, showing.remove, "made-up")
    hall.do(WATI, showing.remove, poster)
    with hall.refuses(Code.NOT_FOUND):
        hall.do(WATI, showing.remove, poster)
