"""Words of SQL, of paths and of spreadsheets in every place a stranger may write: they are text, or refused."""

import csv
import io
import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from sqlalchemy import func, select, text
from websocket import create_connection

from queue_server.queries import identity
from queue_server.reports import export
from queue_server.store import schema
from tests.trust.security.corpora import FORMULAS, SQL, TRAVERSAL
from tests.trust.security.grammar import payloads
from tests.trust.security.office import BODIES, SITES, Office
from tests.world.in_process import HOST
from tests.world.mall import Mall, open_mall

WORDS = "words of SQL in paths, queries, headers, bodies and sockets, in-process"
PATHS = "paths that lead out, in every part of an address, in-process"
CELLS = "formulas in a cell of the export, in-process"

ASKED = ["after", "zone", "lang", "voice", "next", "width"]
WHO = {"issuing": "kiosk", "counters": "holder", "supervising": "supervisor"}


def counts(office: Office) -> dict[str, int]:
    """How many rows each table has."""
    with office.whole.house.reader.connect() as conn, conn.begin():
        return {
            t.name: conn.execute(select(func.count()).select_from(t)).scalar_one()
            for t in schema.metadata.sorted_tables
        }


def texts_of(office: Office):
    """(rule, field) of every text in a body."""
    from queue_server.web.http.endpoint import ENDPOINTS

    models = {f"{e.prefix}{e.path}": e.body for e in ENDPOINTS if e.body and e.method == "POST"}
    for method, rule in office.rules():
        if method == "POST" and rule.rule in models:  # a file or nothing at all is no text in a body
            for name, field in models[rule.rule].model_fields.items():
                yield rule, field.alias or name


def sent_to_parameters(office: Office, payload: str) -> list[int]:
    """The statuses of a payload in each part of each path, each query and some headers."""
    statuses = []
    for method, rule in office.rules():
        path = office.path(rule, "lebak")
        values = {"site": "lebak", "counter": "5", "token": office.tokens["lebak"], "path": "css/base.css"}
        cookie = office.cookies["lebak", "supervisor"]
        for name in rule.arguments & values.keys():
            odd = path.replace(values[name], quote(payload, safe=""), 1)
            body = {"json": BODIES.get(rule.endpoint, {})} if method == "POST" else {}
            headers = {"Cookie": cookie, "Origin": HOST, "Idempotency-Key": "k"}
            statuses.append(office.client.open(odd, method=method, headers=headers, base_url=HOST, **body).status_code)
    for path in ("/", "/login", "/lebak/wall", "/lebak/report", "/api/v1/sites/lebak/calls"):
        query = dict.fromkeys(ASKED, payload)
        statuses.append(office.client.get(path, query_string=query, base_url=HOST).status_code)
    plain = payload.encode("ascii", "ignore").decode().replace("\n", "").replace("\r", "")
    for name in ("Authorization", "Cookie", "Accept-Language", "If-None-Match"):
        value = {"Authorization": f"Bearer {plain}", "Cookie": f"session={plain}; device={plain}"}.get(name, plain)
        answer = office.client.get("/api/v1/sites/lebak/counters/5/desk", headers={name: value}, base_url=HOST)
        statuses.append(answer.status_code)
        assert name not in ("Authorization", "Cookie") or answer.status_code == 401
    return statuses


@pytest.mark.night
def test_words_of_sql_in_parameters_change_nothing_and_open_nothing(office, figure):
    row = figure("F15", WORDS)
    before, sent, lost = counts(office), 0, []
    for payload in row.each(payloads("sql", row.size(ci=len(SQL), night=1500), row.seed)):
        statuses = sent_to_parameters(office, payload)
        sent += len(statuses)
        lost += [payload] if max(statuses) >= 500 else []
        row.count(1, lost=max(statuses) >= 500)
    row.note(f"{sent} requests")
    assert lost == [] and counts(office) == before


@pytest.mark.night
def test_words_of_sql_in_bodies_are_text_or_refused(office, record_property):
    sent = 0
    for rule, name in texts_of(office):
        who = WHO.get(rule.endpoint.partition(".")[0], "holder")
        before = counts(office)
        for payload in SQL[::3]:
            office.whole.app.extensions["door"]._window.reset()
            body = BODIES.get(rule.endpoint, {}) | {name: payload}
            headers = {
                "Cookie": office.cookies["lebak", who],
                "Origin": HOST,
                "Idempotency-Key": payload.strip() or "k",
            }
            headers["Idempotency-Key"] = headers["Idempotency-Key"].encode("ascii", "ignore").decode() or "k"
            answer = office.client.post(office.path(rule, "lebak"), json=body, headers=headers, base_url=HOST)
            assert answer.status_code < 500, (rule.rule, name, payload)
            sent += 1
        after = counts(office)
        assert all(after[table] >= n for table, n in before.items() if table != "session"), (rule.rule, name)
        office.put_back()
    record_property("requests", sent)


@pytest.mark.night
def test_control_a_query_that_is_glued_together_is_caught(office, monkeypatch, figure):
    """As it was done once everywhere: the token between quotes."""

    def glued(reader, sent):
        with reader.connect() as conn, conn.begin():
            return conn.execute(text(f"SELECT id FROM device WHERE token_hash = '{sent}'")).first()

    monkeypatch.setattr(identity, "device_of", glued)
    with pytest.raises(Exception):  # noqa: B017 - a syntax error or somebody let in
        for payload in SQL:
            assert max(sent_to_parameters(office, payload)) < 500
    figure("F15", WORDS).caught("a token glued into a query", "an error or a way in")


def escaped(office: Office, tried: list[str]) -> list[str]:
    """Addresses that were answered with anything but a refusal."""
    caught = []
    for root in ("static", "pages", "kiosk_ui", "display_ui", "..", "%2e%2e", "etc", ""):
        for payload in tried:
            path = f"/assets/x/{root}/{payload}"
            answer = office.client.open(path=path, base_url=HOST)
            if answer.status_code >= 500 or (answer.status_code == 200 and not _is_asset(answer)):
                caught.append(f"{path[:80]}: {answer.status_code}")
    for payload in tried:
        for path in (
            f"/{payload}/kiosk",
            f"/t/{payload}",
            f"/api/v1/sites/{payload}/board",
            f"/lebak/counters/{payload}",
        ):
            if office.client.open(path=path, base_url=HOST).status_code not in (301, 302, 308, 404, 405):
                caught.append(path[:80])
    return caught


def _is_asset(answer) -> bool:
    """A style or script, and none of the machine's files."""
    return answer.mimetype in ("text/css", "text/javascript") and b"root:" not in answer.data


def test_no_path_leads_out_of_the_folders_of_the_screens(office, figure):
    row, caught = figure("F15", PATHS), []
    for payload in row.each(payloads("traversal", row.size(ci=len(TRAVERSAL), night=1500), row.seed)):
        out = escaped(office, [payload])
        row.count(1, lost=bool(out))
        caught += out
    assert caught == []


@pytest.mark.night
def test_control_a_path_that_is_joined_as_it_comes_is_caught(office, monkeypatch, figure):
    from queue_server import places

    def asset(build: str, root: str, path: str):
        file = places.STATIC / path
        return file.read_bytes() if file.is_file() else ("", 404)

    monkeypatch.setitem(office.whole.app.view_functions, "assets.asset", asset)
    caught = escaped(office, TRAVERSAL)
    assert caught
    figure("F15", PATHS).caught("a path joined as it comes", f"{len(caught)} addresses let out")


def formulas_left(tried: list[str]) -> list[str]:
    """Those that a spreadsheet would still take for one, written to a file and read back."""
    out = io.StringIO()
    csv.writer(out).writerows([export.safe(formula)] for formula in tried)
    cells = [row[0] for row in csv.reader(io.StringIO(out.getvalue(), newline=""))]
    return [formula for formula, cell in zip(tried, cells, strict=True) if cell != "'" + formula]


def test_a_cell_of_the_export_is_never_a_formula(figure):
    row = figure("F15", CELLS)
    tried = payloads("formulas", row.size(ci=len(set(FORMULAS)), night=1500), row.seed)
    left = formulas_left(tried)
    row.count(len(tried), lost=len(left))
    assert left == []


@pytest.mark.parametrize("text", ["Sari", "0", "12.5", "J001", "a=b", "nol-satu", "'", "", " x", "a\nb", "e@example"])
def test_a_plain_cell_stays_as_it_is(text):
    assert export.safe(text) == text
    assert export.safe("-" + "1") == "'-1" and export.safe(-1) == -1 and export.safe(None) == ""


def test_control_a_guard_of_the_first_sign_only_is_caught(monkeypatch, figure):
    monkeypatch.setattr(export, "safe", lambda cell: "'" + cell if cell[0] in "=+-@" else cell)
    left = formulas_left(FORMULAS)
    assert left
    figure("F15", CELLS).caught("only the first sign guarded", f"{len(left)} of {len(FORMULAS)} left")


def test_an_officer_s_name_in_the_export_is_no_formula(office, monkeypatch):
    from queue_server.store import accounts

    evil = '=HYPERLINK("http://evil.example")'
    monkeypatch.setattr(accounts, "names", lambda conn: {f"{s}-holder": evil for s in SITES})
    rule = next(r for _, r in office.rules() if r.endpoint == "counters.call_next")
    assert office.ask("POST", rule, "lebak", office.cookies["lebak", "holder"]).status_code == 200
    site, out = office.whole.house.settings.sites["lebak"], io.StringIO()
    day = datetime(2026, 11, 23, tzinfo=UTC).date()
    assert export.tickets(office.whole.house.reader, "lebak", site.timezone, day, day, out) == 1
    cells = [cell for row in csv.reader(io.StringIO(out.getvalue())) for cell in row]
    assert "'" + evil in cells and evil not in cells


def test_words_of_sql_in_a_socket_s_first_word_open_nothing(tmp_path, figure):
    """``auth`` of the handshake: site, screen, counter, token, zone; and things that are no text at all."""
    mall = open_mall(tmp_path)
    row = figure("F15", "words of SQL in a socket's first word, over WebSocket")
    odd = [None, 7, True, [], {}, ["lebak"], {"id": "lebak"}, "x" * 9000]
    tried = [*payloads("sql", row.size(ci=len(SQL), night=1500), row.seed), *odd]
    try:
        before, lost = mall.revision(), 0
        for payload in row.each(tried):
            for auth in ({"site": payload, "screen": "wall"}, {"screen": "phone", "token": payload}, payload):
                lost += told(mall, auth) != "refused"
            lost += told(mall, {"site": "lebak", "screen": "counter", "counter": payload}) != "refused"
        row.count(len(tried), lost=lost)
        assert lost == 0 and mall.revision() == before
        assert "Traceback" not in (mall.server.data.parent / f"{mall.server.data.name}.log").read_text()
    finally:
        mall.server.kill()


def told(mall: Mall, auth: object) -> str:
    """What a socket hears that says this first: "refused" or the name of a document."""
    line = create_connection(f"ws://127.0.0.1:{mall.server.port}/socket.io/?EIO=4&transport=websocket", timeout=60)
    try:
        line.recv()
        line.send("40/live," + json.dumps(auth))
        while (said := line.recv()) in ("2",):
            pass
        return "refused" if said.startswith("44/live,") else said[:30]
    finally:
        line.close()
