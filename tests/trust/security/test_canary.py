"""I-17: what is personal (notes, reasons, usernames) is in no public byte and no line of the log."""

import json

from tests.world.mall import PASSWORD, open_mall
from tests.world.socket import Screen

CANARIES = {name: f"kenari-{name}-7f3a" for name in ("note", "reason", "address")}
PERSONAL = [*CANARIES.values(), "sari", "Sari", PASSWORD]
DESK = "/sites/lebak/counters/5"


BYTES = "bytes of public traffic and log lines of a small day, over HTTP and WebSocket"


def test_a_small_day_leaves_nothing_personal_in_public(tmp_path, figure):
    mall = open_mall(tmp_path)
    try:
        heard = [Screen(mall, {"site": "lebak", "screen": "wall"})]
        said, tokens = "", []
        for n in range(3):
            body = {"service": "ktp-cetak"}
            tokens.append(mall.kiosk.post("/sites/lebak/tickets", body, f"k{n}").json()["token"])
            heard.append(Screen(mall, {"screen": "phone", "token": tokens[-1]}))
        sari = mall.sari
        assert sari.post(f"{DESK}/open").status_code == 200
        second = mall.caller().get(f"/tickets/{tokens[1]}").json()["number"]
        for verb, body in (
            ("call-next", {}),
            ("serve", {}),
            ("finish", {"note": CANARIES["note"]}),
            (
                "call",
                {"number": second, "reason": CANARIES["reason"]},
            ),
            ("cancel", {"reason": CANARIES["reason"]}),
        ):
            assert sari.post(f"{DESK}/{verb}", body).status_code == 200, verb
        sari.get(f"{DESK}/desk", **{"X-Forwarded-For": "36.68.77.99", "User-Agent": CANARIES["address"]})
        nobody = mall.caller().http
        paths = ["/", "/login", "/lebak/kiosk", "/lebak/wall", "/lebak/counters/5/display", "/metrics"]
        paths += [f"/api/v1/sites{p}" for p in ("", "/lebak", "/lebak/board", "/lebak/calls?after=0")]
        paths += [f"/t/{t}{p}" for t in tokens for p in ("", "/slip")] + [f"/api/v1/tickets/{t}" for t in tokens]
        said += "".join(nobody.get(mall.server.url + path, timeout=60).text for path in paths)
        heard[0].hear("call")
        said += "".join(json.dumps(list(screen.heard)) for screen in heard)
        log = (mall.server.data.parent / f"{mall.server.data.name}.log").read_text()
        for screen in heard:
            screen.close()
        assert len(said) > 20_000 and "request" in log
        said = said.replace("Banjarsari", "")  # a kecamatan, which is nobody's name
        shown = [c for c in PERSONAL if c in said]
        logged = [c for c in (*PERSONAL, "36.68.77.99", *tokens) if c in log]
        figure("F23", BYTES).count(len(said) + len(log), lost=len(shown) + len(logged))
        assert shown == [] and logged == []
        desk = sari.get(f"{DESK}/desk").text
        assert "Sari" in desk, "the canaries are real: where they belong they are found"
        figure("F23", BYTES).caught("the same look at the staff's own document", "the officer's name found")
    finally:
        mall.server.kill()
