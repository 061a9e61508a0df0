"""Pictures for walls over the API: handed in, served, put in order, taken away."""

import io
from typing import Any

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from queue_server.domain import media as rules
from queue_server.domain.roles import Role
from queue_server.store import state
from queue_server.web.http.endpoint import ENDPOINTS
from queue_server.web.http.errors import FILES
from tests.web.office import Office, code
from tests.world.in_process import HOST

SITE = "lebak"
MEDIA = f"/sites/{SITE}/media"


@pytest.fixture(autouse=True)
def people(office: Office) -> None:
    """Rina sees to the pictures; Dadan is limited to an agency."""
    office.add("rina", {Role.CONTENT}, (SITE,))
    office.add("dadan", {Role.CONTENT}, (SITE,), ("dukcapil",))


def picture(shade: int = 90) -> bytes:
    """A small one of that shade."""
    out = io.BytesIO()
    Image.new("RGB", (400, 225), (shade, 40, 40)).save(out, "PNG")
    return out.getvalue()


def send(office: Office, data: bytes, who: str = "rina", type: str = "image/png", name: str = "Poster") -> TestResponse:
    """Somebody hands a file in."""
    client = office.whole.app.test_client(use_cookies=False)
    headers = {"Origin": HOST, "Cookie": office.cookies[who], "Content-Type": type}
    path = f"/api/v1{MEDIA}?name={name}"
    return client.post(path, data=data, base_url=HOST, headers=headers)


def agrees(office: Office) -> None:
    """The rows are what the record amounts to."""
    with office.house.reader.connect() as conn, conn.begin():
        assert state.differences(conn, SITE) == []


def on_wall(office: Office) -> list[dict[str, Any]]:
    """What walls are given."""
    return office.ask(None, "GET", f"/sites/{SITE}").json["media"]


def test_a_picture_is_handed_in_shown_and_taken_away_and_each_is_an_event(office):
    made = send(office, picture())
    assert made.status_code == 201, made.data
    (one,) = made.json["pictures"]
    assert (one["name"], one["width"], one["height"], one["by"]) == ("Poster", 400, 225, "Rina")
    again = send(office, picture(), name="Dua").json
    assert len(again["pictures"]) == 1, "the very same one"
    entry = {"picture": one["id"], "seconds": 10, "until": "24:00"}
    shown = office.ask("rina", "PUT", MEDIA, {"entries": [entry, entry | {"zones": ["A"]}], "based_on": 0})
    assert shown.status_code == 200 and len(shown.json["playlist"]) == 2
    assert [turn["url"] for turn in on_wall(office)] == [one["url"]] * 2
    agrees(office)
    told = office.ask("ida", "GET", f"/sites/{SITE}/audit").json["entries"][0]["after"]["entries"]
    assert [turn["picture"] for turn in told] == ["Poster", "Poster"], "the record's readers know no ids"
    late = office.ask("ida", "PUT", MEDIA, {"entries": [], "based_on": 0})
    assert code(late)[:2] == (409, "media_changed")
    office.close()
    office.start()
    served = office.open("GET", one["url"])
    assert served.status_code == 200 and Image.open(io.BytesIO(served.data)).format == "JPEG", "after a restart, too"
    assert served.headers["Content-Type"] == "image/jpeg"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in served.headers["Content-Security-Policy"]
    office.now = office.now.replace(hour=23, minute=59)
    assert len(on_wall(office)) == 2
    office.begin_session("rina")
    gone = office.ask("rina", "DELETE", f"{MEDIA}/{one['id']}")
    assert gone.status_code == 200 and gone.json["pictures"] == gone.json["playlist"] == on_wall(office) == []
    assert office.open("GET", one["url"]).status_code == 404
    agrees(office)
    kinds = [kind for kind, _, by in office.events(SITE) if by == "rina"]
    assert kinds == ["picture_added", "playlist_set", "picture_removed"]


@pytest.mark.parametrize(
    ("data", "type", "status"),
    [
        pytest.param(b"<svg onload='alert(1)'/>", "image/svg+xml", 415, id="SVG with script"),
        pytest.param(b"<svg onload='alert(1)'/>", "image/png", 422, id="that says it is a PNG"),
        pytest.param(b"{}", "application/json", 415, id="no picture"),
        pytest.param(b"\0" * (12 * 1024 * 1024 + 1), "image/png", 413, id="larger than a camera's"),
        pytest.param(picture()[:90], "image/png", 422, id="broken"),
    ],
)
def test_what_is_refused_says_why_and_leaves_nothing(office, data, type, status):
    answer = send(office, data, type=type)
    assert answer.status_code == status and answer.json["error"]["message"]
    assert office.ask("rina", "GET", MEDIA).json["pictures"] == []


def test_of_a_file_that_is_two_things_only_the_picture_is_passed_on(office):
    """A JPEG that is also a page, an archive, and has a remark and a place in it."""
    out = io.BytesIO()
    told = Image.Exif()
    told[0x010E] = "<script>alert(1)</script>"
    Image.new("RGB", (400, 225), (9, 99, 9)).save(out, "JPEG", exif=told, comment=b"<script>alert(2)</script>")
    sent = out.getvalue() + b"<html><script>alert(3)</script></html>PK\x03\x04archive"
    (one,) = send(office, sent, type="image/jpeg").json["pictures"]
    served = office.open("GET", one["url"]).data
    assert b"script" in sent and b"PK\x03\x04" in sent
    assert b"script" not in served and b"PK\x03\x04" not in served and not Image.open(io.BytesIO(served)).getexif()


def test_a_name_is_one_line_and_the_room_is_limited(office, monkeypatch):
    assert code(send(office, picture(), name=""))[2] == "name"
    assert code(send(office, picture(), name="a%E2%80%AEb"))[2] == "name"
    monkeypatch.setattr(rules, "MOST", 1)
    assert send(office, picture(1)).status_code == 201
    assert code(send(office, picture(200)))[:2] == (409, "media_full")


def test_what_a_wall_shows_is_for_accounts_without_agencies(office):
    assert send(office, picture(), "dadan").status_code == 403
    for who in ("dadan", "sari", "lilis"):
        assert office.ask(who, "GET", MEDIA).status_code == 403
        assert office.ask(who, "PUT", MEDIA, {"entries": []}).status_code == 403


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"picture": "made-up"}, "entries.0.picture", id="no such picture"),
        pytest.param({"seconds": 4}, "entries.0.seconds", id="too short"),
        pytest.param({"seconds": 121}, "entries.0.seconds", id="too long"),
        pytest.param({"from": "10:00", "until": "09:00"}, "entries.0.until", id="over before it begins"),
        pytest.param({"zones": ["Z"]}, "entries.0.zones", id="no such zone"),
    ],
)
def test_a_playlist_that_cannot_be_is_refused_at_its_entry(office, change, field):
    one = send(office, picture()).json["pictures"][0]["id"]
    answer = office.ask("rina", "PUT", MEDIA, {"entries": [{"picture": one, "seconds": 10} | change]})
    assert code(answer) == (422, "invalid", field)


def test_a_file_of_another_kind_is_told_which_are_taken(office):
    said = {
        lang: send(office, b"%PDF-1.7", type="application/pdf", name=f"Poster&lang={lang}")
        for lang in ("id", "en", "su")
    }
    assert {answer.status_code for answer in said.values()} == {415}
    words = {lang: answer.json["error"]["message"] for lang, answer in said.items()}
    assert (
        all("JPEG, PNG, WebP" in one and "JSON" not in one for one in words.values()) and len(set(words.values())) == 3
    )
    assert said["id"].json["error"]["details"]["types"] == ["image/jpeg", "image/png", "image/webp"]


def test_each_kind_of_file_that_some_route_takes_has_a_name():
    taken = {kind for one in ENDPOINTS for kind in one.raw}
    assert taken and taken <= FILES.keys()


def test_a_picture_with_broken_exif_is_refused_in_words(office):
    out = io.BytesIO()
    Image.new("RGB", (400, 225)).save(out, "PNG", exif=b"Exif\0\0MM\0*")
    answer = send(office, out.getvalue())
    assert code(answer) == (422, "invalid", "file") and answer.json["error"]["details"]["reason"] == "no_picture"
    assert "JPEG, PNG" in answer.json["error"]["message"]
