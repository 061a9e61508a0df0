"""Reading changes nothing (I-15), unsafe requests come from our own pages only, and every answer wears its headers."""

import re

import pytest

from queue_server.web.http import security
from tests.trust.security.office import OVER, Office, code
from tests.world.in_process import HOST

READS = "reads of every page and document, each by everybody twice, in-process"
UNSAFE = "unsafe requests that are not one of our own pages', in-process"
WHO = [None, "kiosk", "holder", "supervisor"]
EVIL = "https://evil.example"
REFUSED = {  # what the browser says -> what a request with a cookie is told
    "a foreign page": ({"Origin": EVIL}, 403),
    "a foreign page that looks like us": ({"Origin": f"{HOST}.evil.example"}, 403),
    "another port": ({"Origin": f"{HOST}:8080"}, 403),
    "another scheme": ({"Origin": HOST.replace("http:", "https:")}, 403),
    "a sandboxed frame": ({"Origin": "null"}, 403),
    "no page at all": ({"Origin": ""}, 403),
    "a neighbour": ({"Origin": "", "Sec_Fetch_Site": "same-site"}, 403),
    "another site, as the browser says": ({"Origin": "", "Sec_Fetch_Site": "cross-site"}, 403),
    "typed by hand": ({"Origin": "", "Sec_Fetch_Site": "none"}, 403),
    "another site, beside a password of its own": ({"Origin": EVIL, "Authorization": "Basic eDp5"}, 403),
    "no page, beside a token": ({"Origin": "", "Authorization": "Bearer x"}, 403),
    "a form of our own page": ({"Content_Type": "text/plain"}, 415),
    "a form of a foreign page": ({"Origin": EVIL, "Content_Type": "text/plain"}, 403),
    "a form field": ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
}
ACCEPTED = {"by Origin": {}, "by Sec-Fetch-Site": {"Origin": "", "Sec_Fetch_Site": "same-origin"}}


def changing_reads(office: Office) -> list[str]:
    """The GET and HEAD routes that changed a row, each asked twice by everybody."""
    caught = []
    before = office.state()
    for method, rule in office.rules():
        for verb in ("GET", "HEAD") if method == "GET" else ():
            for who in WHO:
                for _ in range(2):
                    answer = office.ask(verb, rule, "lebak", office.cookies.get(("lebak", who)))
                    assert answer.status_code < 500
            if office.state() != before:
                caught.append(f"{verb} {rule.rule}")
                before = office.state()
    return caught


def test_no_get_and_no_head_changes_a_row(office, figure):
    row, caught = figure("F14", READS), changing_reads(office)
    row.count(sum(m == "GET" for m, _ in office.rules()) * 2 * len(WHO) * 2, lost=len(caught))
    assert caught == []


@pytest.mark.night
def test_control_a_get_that_writes_is_caught(office, monkeypatch, figure):
    """A page that begins a day, as a convenience."""
    from queue_server.commands import day

    really = office.whole.app.view_functions["screens.report"]

    def report(site: str):
        office.whole.house.perform(site, day.close_day, actor=_supervisor())
        return really(site=site)

    monkeypatch.setitem(office.whole.app.view_functions, "screens.report", report)
    assert changing_reads(office) == ["GET /<site>/report"]
    figure("F14", READS).caught("a page that closes the day", "that page")


def _supervisor():
    from queue_server.domain.roles import Actor, Role

    return Actor("x", Role.SUPERVISOR.only, frozenset({"lebak"}))


OF_ADMINS = ("accounts", "structure", "devices", "pairing")
OF_FRONT_DESK = ("survey.find_for_survey", "survey.answer_at_tablet")  # no supervisor may: no body of theirs is read


def asker(endpoint: str) -> str:
    """The kind of caller whose body the route reads."""
    if endpoint in OF_FRONT_DESK:
        return "front_desk"
    return "admin" if endpoint.partition(".")[0] in OF_ADMINS else "supervisor"


def let_through(office: Office) -> list[str]:
    """The unsafe routes that took a request which is not one of our own pages'."""
    before, caught = office.commits(), []
    for method, rule in office.rules():
        if method == "GET":
            continue
        who = office.cookies["lebak", asker(rule.endpoint)]
        for name, (headers, status) in REFUSED.items():
            if status == 415 and (method == "DELETE" or rule.rule == OVER):
                continue  # has no body, or nobody looks at it
            answer = office.ask(method, rule, "lebak", who, **headers)
            expected = {403: "bad_origin", 415: "unsupported_media_type"}[status]
            if (answer.status_code, code(answer)) != (status, expected):
                caught.append(f"{rule.rule}: {name}")
    if office.commits() != before:
        caught.append("something was written")
    return caught


def test_every_unsafe_route_refuses_what_is_not_our_own_page(office, figure):
    row, caught = figure("F14", UNSAFE), let_through(office)
    forms = [name for name, (_, status) in REFUSED.items() if status == 415]  # of bodies, which a DELETE has not got
    unread = [m == "DELETE" or r.rule == OVER for m, r in office.rules() if m != "GET"]
    tried = [len(REFUSED) - one * len(forms) for one in unread]
    row.count(sum(tried), lost=len(caught))
    assert caught == []


@pytest.mark.parametrize("how", ACCEPTED)
def test_every_unsafe_route_takes_our_own_page(office, how):
    for method, rule in office.rules():
        if method != "GET":
            cookie = office.cookies["lebak", "supervisor"]
            assert code(office.ask(method, rule, "lebak", cookie, **ACCEPTED[how])) != "bad_origin", rule.rule
            office.put_back()


def test_a_stranger_s_page_cannot_sign_somebody_in(office):
    rule = next(r for _, r in office.rules() if r.rule.endswith("/login"))
    assert code(office.ask("POST", rule, "lebak", None, Origin=EVIL)) == "bad_origin"


@pytest.mark.night
def test_control_without_the_origin_rule_it_is_noticed(office, monkeypatch, figure):
    monkeypatch.setattr(security, "_same_origin", lambda url: None)
    caught = let_through(office)
    assert len(caught) > 100 and caught[-1] == "something was written"
    figure("F14", UNSAFE).caught("no origin rule", f"{len(caught)} let through")


# -- headers

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'self'",
    "object-src": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NEVER = ("Access-Control-Allow-Origin", "X-Powered-By")


def undressed(office: Office) -> list[str]:
    """Answers (good ones and refusals, pages and JSON) that lack a header or say too much."""
    caught = []
    for method, rule in office.rules():
        for who in WHO:
            for accept in ("text/html", "application/json"):
                cookie = office.cookies.get(("lebak", who))
                answer = office.ask(method, rule, "lebak", cookie, Accept=accept, Origin=HOST)
                caught += [f"{method} {rule.rule} ({who}): {wrong}" for wrong in wrong_headers(answer, rule.rule)]
        if method != "GET":
            office.put_back()
    for path in ("/nowhere/at/all", "/assets/x/static/../../../secret", "/api/v1/nowhere", "/lebak/wall?zone=Q"):
        answer = office.client.get(path, headers={"Accept": "text/html"}, base_url=HOST)
        assert answer.status_code == 404
        caught += [f"{path}: {wrong}" for wrong in wrong_headers(answer, path)]
    return caught


def wrong_headers(answer, rule: str) -> list[str]:
    """What an answer's headers lack."""
    wrong = [name for name, value in ALWAYS.items() if answer.headers.get(name) != value]
    wrong += [name for name in NEVER if name in answer.headers]
    wrong += ["Permissions-Policy"] if "camera=()" not in answer.headers.get("Permissions-Policy", "") else []
    wrong += ["Cache-Control"] if not _cached_well(answer, rule) else []
    policy = _policy(answer)
    if answer.mimetype in ("text/html", "image/svg+xml") or policy:
        wrong += [f"policy: {name}" for name, value in STRICT.items() if policy.get(name) != value]
        wrong += [f"policy: {word}" for word in ("unsafe", "*", "blob:") if word in str(policy)]
    return wrong


def _cached_well(answer, rule: str) -> bool:
    said = answer.headers.get("Cache-Control", "")
    if rule.startswith("/assets"):
        return "immutable" in said or answer.status_code != 200
    return said == ("no-cache" if rule == "/api/v1/tickets/<token>" and answer.status_code == 200 else "no-store")


def _policy(answer) -> dict[str, str]:
    said = answer.headers.get("Content-Security-Policy", "")
    return {name: value for name, _, value in (part.strip().partition(" ") for part in said.split(";")) if name}


def test_every_answer_of_every_route_wears_its_headers(office):
    assert undressed(office) == []


@pytest.mark.night
def test_control_a_laxer_policy_is_caught(office, monkeypatch):
    monkeypatch.setattr(
        security, "_POLICY", security._POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    )
    assert any("policy: script-src" in line for line in undressed(office))


def test_no_template_speaks_past_the_policy():
    """No inline script, handler, style, and no word that switches escaping off."""
    from queue_server import places

    escaping_off = r"\|\s*safe|autoescape false|Markup\("
    inline = r"\son\w+=|\sstyle=|javascript:|<script(?![^>]*(src=|application/json))"
    bad = re.compile(f"{escaping_off}|{inline}", re.IGNORECASE)
    roots = (places.PAGES, places.KIOSK_UI, places.DISPLAY_UI)
    for path in (p for root in roots for p in root.rglob("*.html")):
        assert not bad.search(path.read_text()), path.name
    dangerous = re.compile(r"\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc")
    for path in (p for root in (*roots, places.STATIC / "js") for p in root.rglob("*.js")):
        assert not dangerous.search(path.read_text()), path.name
