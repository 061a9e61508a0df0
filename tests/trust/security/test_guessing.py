"""F23: a ticket's address cannot be guessed, and no page, document or socket gives another visitor's away."""

import random
import string

import pytest

from queue_server.queries import identity
from queue_server.store.ids import new_token, token
from tests.trust.security.office import Office
from tests.world.in_process import HOST
from tests.world.mall import Mall, open_mall
from tests.world.socket import Refused, Screen

GUESSED = "guesses at a ticket's address, in-process"
OTHERS = "public answers looked through for tokens that are not the asker's, over HTTP and WebSocket"
QR = "forged codes instead of a ticket, at every address that takes one, in-process"
ALPHABET = string.ascii_letters + string.digits + "-_"
FORGED = [
    *("javascript:alert(1)", "https://evil.example/t/x", "//evil.example", "../../api/v1/sites", "%2e%2e%2fadmin"),
    *("' OR 1=1 --", "\u202e\u2066", "A" * 4096, "0", "null", "[object Object]", "J001", "\x00", "%00", "{{7*7}}"),
]


def guess(dice: random.Random, real: str) -> str:
    """A token as ours look; sometimes a near miss of a real one."""
    if dice.random() < 0.1:
        at = dice.randrange(len(real))
        near = real[:at] + dice.choice(ALPHABET) + real[at + 1 :]
        return near if near != real else real.swapcase()
    return "".join(dice.choices(ALPHABET, k=len(real)))


def test_no_guess_at_a_ticket_finds_one(office: Office, figure):
    row = figure("F23", GUESSED)
    dice, real, hits = random.Random(row.seed), office.tokens["lebak"], 0
    reader, now, size = office.whole.house.reader, office.whole.house.clock(), row.size(ci=500, night=1_000_000)
    assert identity.ticket_of(reader, real, now) is not None, "the right one is found"
    with row.bar(size) as step:
        for n in range(size):
            hits += identity.ticket_of(reader, guess(dice, real), now) is not None
            if n % 1000 == 0:
                step(1000)
    row.count(size, lost=hits)
    row.note("of 2^128 that a token may be")
    assert hits == 0 and len(real) == 22


def test_tokens_of_other_secrets_open_nothing(office):
    """A ticket's token follows from its id and the server's secret: knowing ids is not enough."""
    house = office.whole.house
    found = house.ticket_of(office.tokens["lebak"])
    for secret in (b"", b"0" * 32, house.secret[::-1]):
        assert house.ticket_of(token(secret, found.id)) is None
    for known in (found.id, found.number, f"{found.site}-{found.number}", str(found.arrival)):
        assert office.client.get(f"/t/{known}", base_url=HOST).status_code == 404
        assert office.client.get(f"/api/v1/tickets/{known}", base_url=HOST).status_code == 404


def test_control_numbers_for_tokens_are_guessed(office, monkeypatch, figure):
    """As where a ticket is asked for by its number."""
    found = office.whole.house.ticket_of(office.tokens["lebak"])
    monkeypatch.setattr(identity, "ticket_of", lambda reader, sent: found if sent == found.number else None)
    hits = sum(identity.ticket_of(None, f"{letter}{n:03d}") is not None for letter in "AJK" for n in range(1, 100))
    assert hits
    figure("F23", GUESSED).caught("a ticket found by its number", f"{hits} hit in 297 guesses")


def test_a_forged_code_is_refused_and_nothing_of_it_comes_back(office, figure):
    row, wrong = figure("F23", QR), []
    dice = random.Random(row.seed)
    tried = FORGED + [guess(dice, office.tokens["lebak"]) for _ in range(row.size(ci=85, night=485))]
    before = office.commits()
    for sent in tried:
        for path in (f"/t/{sent}", f"/t/{sent}/slip", f"/t/{sent}/qr.svg", f"/api/v1/tickets/{sent}"):
            answer = office.client.get(path=path, headers={"Accept": "text/html"}, base_url=HOST)
            echoed = len(sent) > 8 and sent in answer.text
            wrong += [path[:60]] if answer.status_code not in (302, 308, 404) or echoed else []
        office.whole.app.extensions["door"]._window.reset()
        body = {"number": sent[:600], "reason": "scanned"}
        headers = {"Cookie": office.cookies["lebak", "holder"], "Origin": HOST}
        address = "/api/v1/sites/lebak/counters/5/call"
        if sent != "J001":
            wrong += (
                [sent]
                if office.client.post(address, json=body, headers=headers, base_url=HOST).status_code != 422
                else []
            )
    row.count(len(tried), lost=len(wrong))
    assert wrong == [] and office.commits() == before


def answers(mall: Mall, own: str) -> list[str]:
    """What the holder of one ticket, who is nobody else, can get: pages, documents, sockets."""
    nobody, site = mall.caller().http, "lebak"
    paths = ["/", "/login", f"/{site}/kiosk", f"/{site}/wall", f"/{site}/counters/5/display", f"/{site}/counters/5"]
    paths += [
        f"/{site}/report",
        "/metrics",
        "/healthz",
        "/readyz",
        "/api/v1/openapi.json",
        "/api/v1/asyncapi.json",
        f"/t/{own}",
        f"/t/{own}/slip",
    ]
    paths += [f"/t/{own}/qr.svg", f"/api/v1/tickets/{own}", "/api/v1/sites", f"/api/v1/sites/{site}/board"]
    paths += [f"/api/v1/sites/{site}", f"/api/v1/sites/{site}/calls?after=0", f"/api/v1/sites/{site}/counters/5/desk"]
    told = [nobody.get(mall.server.url + path, timeout=60).text for path in paths]
    for auth in ({"screen": "phone", "token": own}, {"site": site, "screen": "wall"}):
        screen = Screen(mall, auth)
        screen.hear("ticket" if "token" in auth else "board")
        told += [repr(heard) for heard in screen.heard]
        screen.close()
    return told


def leaks(mall: Mall, visitors: int) -> tuple[int, list[str]]:
    """How many answers were looked through, and which held somebody else's token, link or id."""
    tickets = [mall.kiosk.issue("lebak", "ktp-cetak").json() for _ in range(visitors)]
    for verb in ("call-next", "serve"):
        assert mall.sari.verb("lebak", "5", verb).status_code == 200
    looked, found = 0, []
    for own in (tickets[0], tickets[-1]):
        others = [secret for t in tickets if t is not own for secret in (t["token"], t["id"])]
        for said in answers(mall, own["token"]):
            looked += 1
            found += [said[:80] for secret in others if secret in said]
    return looked, found


def test_no_public_answer_holds_another_visitor_s_token(tmp_path, figure):
    mall = open_mall(tmp_path)
    try:
        assert mall.sari.verb("lebak", "5", "open").status_code == 200
        looked, found = leaks(mall, 12)
        figure("F23", OTHERS).count(looked, lost=len(found))
        assert found == [] and looked > 40
        try:
            Screen(mall, {"screen": "phone", "token": new_token()})
        except Refused as refused:
            assert "not_found" in str(refused)
    finally:
        mall.server.kill()


@pytest.mark.night
def test_control_a_board_with_ids_is_noticed(monkeypatch, tmp_path, figure):
    """As where the screen of the hall is handed whole tickets."""
    mall = open_mall(tmp_path)
    try:
        assert mall.sari.verb("lebak", "5", "open").status_code == 200
        monkeypatch.setattr("tests.trust.security.test_guessing.answers", lambda mall, own: [whole(mall)])
        _, found = leaks(mall, 3)
        assert found
        figure("F23", OTHERS).caught("the staff's document shown to everybody", f"{len(found)} found")
    finally:
        mall.server.kill()


def whole(mall: Mall) -> str:
    """The desk as an officer sees it, ids and all."""
    return mall.sari.get("/sites/lebak/counters/5/desk").text
