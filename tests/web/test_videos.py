"""Videos for walls over the API: handed in, served by ranges, put in order, taken away."""

import hashlib
import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from queue_server.commands import showing
from queue_server.domain.roles import Role
from queue_server.store import media, state
from queue_server.store.ids import new_id
from queue_server.videos import studio
from queue_server.videos.bounds import FILM, SOURCE
from tests.web.office import Office, code
from tests.world.in_process import HOST

SITE = "lebak"
MEDIA = f"/sites/{SITE}/media"
FILM_BYTES = b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 2100  # over half a megabyte: three parts
CAME = b"\0\0\0\x18ftypisom" + bytes(12) + b"\0\0\0\x48free" + bytes(64)


@pytest.fixture(autouse=True)
def people(office: Office) -> None:
    """Rina sees to the pictures; Dadan is limited to an agency."""
    office.add("rina", {Role.CONTENT}, (SITE,))
    office.add("dadan", {Role.CONTENT}, (SITE,), ("dukcapil",))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, poster: bytes) -> None:
    """The worker's part, which ``tests/videos`` tries: here a film is there at once."""

    def made(folder: Any, type: str, most_s: int) -> studio.Made:
        (folder / FILM).write_bytes(FILM_BYTES + (folder / SOURCE).read_bytes()[-1:])
        return studio.Made(folder / FILM, poster, 31_200, True, 1280, 720)

    monkeypatch.setattr(studio, "encoded_anew", made)


@pytest.fixture(scope="module")
def poster() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1280, 720), (20, 90, 60)).save(out, "JPEG")
    return out.getvalue()


def send(office: Office, data: bytes = CAME, who: str = "rina", type: str = "video/mp4", **more: Any) -> TestResponse:
    """Somebody hands a file in."""
    client = office.whole.app.test_client(use_cookies=False)
    headers = {"Origin": HOST, "Cookie": office.cookies[who], "Content-Type": type}
    path = f"/api/v1{MEDIA}/videos?name={more.pop('name', 'Layanan')}"
    return client.post(path, data=data, base_url=HOST, headers=headers, **more)


def parts(office: Office) -> int:
    """How many parts of films the database holds."""
    with office.house.reader.connect() as conn, conn.begin():
        assert state.differences(conn, SITE) == []
        return int(conn.exec_driver_sql("SELECT count(*) FROM picture_content WHERE id NOT LIKE '%-%'").scalar())


def test_a_video_is_handed_in_put_in_order_and_taken_away_and_each_is_an_event(office):
    made = send(office)
    assert made.status_code == 201, made.data
    (one,) = made.json["pictures"]
    assert (one["seconds"], one["sound"], one["width"], one["by"]) == (32, True, 1280, "Rina")
    assert made.json["video_bytes"] == one["bytes"] == len(FILM_BYTES) + 1 and made.json["bytes"] == 0
    assert len(send(office, name="Lagi").json["pictures"]) == 1 and parts(office) == 3, "the very same one"
    entry = {"picture": one["id"], "sound": True}
    shown = office.ask("rina", "PUT", MEDIA, {"entries": [entry, {"picture": one["id"], "seconds": 1}]})
    assert [(turn["seconds"], turn["sound"]) for turn in shown.json["playlist"]] == [(32, True), (32, False)]
    (turn, _) = office.ask(None, "GET", f"/sites/{SITE}").json["media"]
    assert turn["video"] == one["video"] and office.open("GET", turn["url"]).headers["Content-Type"] == "image/jpeg"
    office.close()
    office.start()
    assert office.open("GET", one["video"]).status_code == 200, "after a restart, too"
    office.begin_session("rina")
    gone = office.ask("rina", "DELETE", f"{MEDIA}/{one['id']}")
    assert gone.json["pictures"] == gone.json["playlist"] == [] and parts(office) == 0
    assert office.open("GET", one["video"]).status_code == 404
    kinds = [kind for kind, _, by in office.events(SITE) if by == "rina"]
    assert kinds == ["video_added", "playlist_set", "picture_removed"]


def test_a_film_is_served_whole_and_by_ranges_and_as_nothing_else(office):
    (one,) = send(office).json["pictures"]
    film = FILM_BYTES + CAME[-1:]

    def ask(span: str | None, **more: str) -> TestResponse:
        headers = ({"Range": span} if span else {}) | more
        return office.whole.app.test_client().get(one["video"], base_url=HOST, headers=headers)

    whole = ask(None)
    assert whole.data == film and whole.headers["Content-Type"] == "video/webm"
    assert whole.headers["X-Content-Type-Options"] == "nosniff" and whole.headers["Accept-Ranges"] == "bytes"
    assert "sandbox" in whole.headers["Content-Security-Policy"] and "immutable" in whole.headers["Cache-Control"]
    assert whole.headers["ETag"] == f'"{hashlib.sha256(film).hexdigest()}"'
    for span, begin, end in (
        ("bytes=0-", 0, len(film)),
        ("bytes=262100-262200", 262100, 262201),
        ("bytes=524288-", 524288, len(film)),
        ("bytes=-10", len(film) - 10, len(film)),
        ("bytes=5-99999999", 5, len(film)),
    ):
        found = ask(span)
        assert (found.status_code, found.data) == (206, film[begin:end]), span
        assert found.headers["Content-Range"] == f"bytes {begin}-{end - 1}/{len(film)}"
        assert found.headers["Content-Length"] == str(end - begin)
    none = ask(f"bytes={len(film)}-")
    assert (none.status_code, none.headers["Content-Range"]) == (416, f"bytes */{len(film)}")
    assert ask("bytes=0-1,5-6").data == ask("pages=1-2").data == ask("bytes=0-1", If_Range='"other"').data == film


@pytest.mark.parametrize(
    ("data", "type", "status", "reason"),
    [
        (b"<svg onload='alert(1)'/>" * 9, "image/svg+xml", 415, "other_file"),
        (b"\x89PNG" + bytes(90), "image/png", 415, "other_file"),
        (b"hello " * 50, "video/mp4", 422, "no_video"),
        (CAME + b"PK\x05\x06" + bytes(18), "video/mp4", 422, "other_things"),
    ],
)
def test_what_is_refused_says_why_and_leaves_nothing(office, data, type, status, reason):
    answer = send(office, data, type=type)
    assert (answer.status_code, answer.json["error"]["details"]["reason"]) == (status, reason)
    assert answer.json["error"]["message"] and office.ask("rina", "GET", MEDIA).json["pictures"] == []
    assert parts(office) == 0


def test_a_file_of_a_hundred_megabytes_is_refused_before_it_is_read(office):
    read: list[int] = []

    class Endless:  # as a server's own input: no file, so nothing but this reads it
        def read(self, size: int | None = -1) -> bytes:
            read.append(size or 0)
            return bytes(1024)

    environ = {"CONTENT_LENGTH": str(100 * 1024 * 1024), "wsgi.input": Endless()}
    answer = send(office, b"", environ_overrides=environ)
    assert code(answer)[:2] == (413, "payload_too_large") and read == []
    chunked = {"wsgi.input": Endless(), "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    object.__setattr__(office.house.settings.server.videos, "file_bytes", 1024 * 1024)
    assert code(send(office, b"", environ_overrides=chunked))[:2] == (413, "payload_too_large")
    assert len(read) < 2000, "no further than the limit"


def test_the_room_for_videos_is_limited_and_one_is_worked_on_at_a_time(office):
    rules = office.house.settings.server.videos
    object.__setattr__(rules, "site_bytes", len(FILM_BYTES) + 10)
    assert send(office).status_code == 201
    assert code(send(office, CAME + b"\0\0\0\x09free\1"))[:2] == (409, "media_full") and parts(office) == 3
    object.__setattr__(rules, "site_bytes", 10**8)
    with office.house.studio.folder():
        assert code(send(office))[:2] == (503, "busy")
    assert send(office).status_code == 201


def test_videos_are_for_accounts_without_agencies_and_a_name_is_one_line(office):
    for who in ("dadan", "sari", "lilis"):
        assert send(office, who=who).status_code == 403
    assert code(send(office, name="a%E2%80%AEb"))[2] == "name" and parts(office) == 0


def test_what_a_server_that_stopped_left_behind_is_swept_away(office):
    left = new_id()
    with office.house.perform.aside() as conn:
        media.keep_part(conn, SITE, left, 0, b"part of a film")
        now, later = (office.house.clock() + timedelta(hours=h) for h in (0, 3))
        assert media.left_behind(conn, SITE, now - timedelta(days=9999)) == [], "it may still be on its way"
        assert media.left_behind(conn, SITE, later + timedelta(days=9999)) == [left.replace("-", "")]
    showing.sweep(office.house.perform.aside, SITE, later + timedelta(days=9999))
    assert parts(office) == 0
