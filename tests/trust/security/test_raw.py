"""F13: requests that no client of ours would send. Nothing is answered 5xx, and who may not changes nothing (I-14)."""

import itertools
import json
from collections.abc import Iterator, Sequence
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from queue_server.domain.errors import Code, QueueError
from queue_server.web.http import endpoint, errors
from tests.trust.security.office import BODIES, OVER, RAW, Office, code, is_api
from tests.trust.security.test_matrix import ROOM, only, written
from tests.world.in_process import HOST

MADE = "raw requests made by Hypothesis, in-process"
FORBIDDEN = "forbidden keys in bodies, in-process"
AT_ONCE = 1000  # examples of one run of Hypothesis: it keeps what it has seen

MAY_NOT = [None, "display", "content", "auditor", "stranger"]  # with these nothing but reads, sign-in and sign-out
MAY = ["kiosk", "holder", "supervisor"]
SIGNING = ("access.login", "access.enrol")  # whoever is let in there is somebody
# And what the table of rights lets everybody change: whoever has a ticket's link may give it up, or ask for a guide.
OPEN = {route for route, row in written().items() if row["nobody"] == "yes" and not route.startswith(("GET", ROOM))}

TEXTS = st.text(max_size=40) | st.sampled_from(["ktp-cetak", "J001", "5", "", "\0", "\ud800", "\u202e", "x" * 70_000])
NUMBERS = st.integers() | st.floats() | st.sampled_from([10**400, -0.0, 2**63, -(2**63) - 1])
LEAVES = st.none() | st.booleans() | NUMBERS | TEXTS
KEYS = st.sampled_from(
    ["service", "class", "number", "reason", "note", "outcome", "quantity", "counter", "day", "token"]
)
VALUES = st.recursive(LEAVES, lambda one: st.lists(one, max_size=4) | st.dictionaries(KEYS | TEXTS, one, max_size=6))
DEEP = st.integers(1, 9000).map(lambda n: b"[" * n + b"]" * n) | st.integers(1, 9000).map(lambda n: b'{"a":' * n)
BROKEN = st.sampled_from([b"", b"{", b"nul", b"\xff\xfe", b'{"a":1,}', b"'{}'", b'{"a":NaN}', b"1" * 5000, b"\xfe{}"])
MEANT = st.none()  # the body that the route wants: then only the rest is odd


def as_json(value: Any) -> bytes:
    """As a client would write it, be it text or not."""
    return json.dumps(value).encode("utf-8", "surrogatepass")


SOMEWHAT = st.dictionaries(KEYS, LEAVES, max_size=5).map(as_json)
SENT = MEANT | st.binary(max_size=200) | BROKEN | DEEP | VALUES.map(as_json) | SOMEWHAT
HEADER = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=60)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Content-Type": st.sampled_from(["application/json", "application/json; charset=utf-7", "text/plain"]) | HEADER,
        "Idempotency-Key": HEADER,
        "Accept-Language": HEADER,
        "Accept": st.sampled_from(["text/html", "*/*"]) | HEADER,
        "If-None-Match": HEADER,
        "Content-Encoding": st.sampled_from(["gzip", "br"]),
        "Range": HEADER,
    },
)
METHODS = st.sampled_from(["GET", "POST", "POST", "POST", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "BREW"])
QUERY = st.dictionaries(st.sampled_from(["after", "lang", "zone", "next", "width"]) | TEXTS, TEXTS, max_size=3)


def requests_of(office: Office) -> st.SearchStrategy[dict[str, Any]]:
    """A request as keywords: who asks, which route, how, with what."""
    rules = st.sampled_from([rule for _, rule in office.rules()])
    return st.fixed_dictionaries(
        {"who": st.sampled_from(MAY_NOT + MAY), "rule": rules, "method": METHODS, "headers": HEADERS}
        | {"body": SENT, "query": QUERY}
    )


def ask(office: Office, who: str | None, rule: Any, method: str, headers: dict, body: bytes | None, query: dict) -> Any:
    """Send it from our own page, as somebody of MPP Lebak."""
    office.whole.app.extensions["door"]._window.reset()
    said = {"Origin": HOST, "Content-Type": "application/json"} | headers
    if who:
        said["Cookie"] = office.cookies["lebak", who]
    body = as_json(BODIES.get(rule.endpoint, {})) if body is None else body
    said = {name: value.strip() for name, value in said.items()}
    query = {k.encode("utf-8", "replace").decode(): v.encode("utf-8", "replace").decode() for k, v in query.items()}
    path = office.path(rule, "lebak")
    return office.client.open(path, method=method, headers=said, data=body, query_string=query, base_url=HOST)


def broken(office: Office, examples: int, from_seed: int) -> Iterator[str]:
    """What went wrong with so many requests: each once."""
    caught: dict[str, None] = {}

    @seed(from_seed)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(request=requests_of(office))
    def one(request: dict[str, Any]) -> None:
        before = office.commits()
        answer = ask(office, **request)
        route = f"{request['method']} {request['rule'].rule} by {request['who']}"
        if answer.status_code >= 500:
            caught[f"{route}: {answer.status_code} for {(request['body'] or b'')[:60]!r} {request['headers']}"] = None
        changed = office.commits() != before
        known = request["rule"].endpoint in SIGNING or f"{request['method']} {request['rule'].rule}" in OPEN
        if changed and request["who"] in MAY_NOT and not known:
            caught[f"{route} changed something"] = None
        on_record = answer.status_code == 401 and request["rule"].endpoint == "access.login"  # a refused sign-in is
        if changed and answer.status_code in (400, 401, 403, 404, 405, 413, 415, 422) and not on_record:
            caught[f"{route}: {answer.status_code} and changed something"] = None
        if changed:
            office.put_back()

    one()
    yield from caught


def test_no_request_however_odd_is_answered_5xx_or_changes_what_it_may_not(office, figure):
    row, caught = figure("F13", MADE), []
    size = row.size(ci=1000, night=200_000)
    parts = [min(AT_ONCE, size - begun) for begun in range(0, size, AT_ONCE)]
    for n, examples in enumerate(row.each(parts)):
        found = list(broken(office, examples, row.seed + n))
        row.count(examples, lost=len(found))
        caught += found
    assert caught == []


def test_control_a_handler_that_trusts_its_body_is_caught(office, monkeypatch, figure):
    """The body as it comes, for whoever asks: as if neither schema nor role stood before the handler."""

    def trusting(model: Any) -> Any:
        from flask import request

        return model and model.model_construct(**json.loads(request.get_data()))

    monkeypatch.setattr(endpoint, "_body", trusting)
    monkeypatch.setattr(errors, "log", Mock())  # a traceback for each would take longer than the test
    only(office, monkeypatch, "/tickets", "/enrol")
    caught = list(broken(office, 20, 1))
    assert any(": 500 for" in line for line in caught)
    figure("F13", MADE).caught("no schema before the handlers", f"{len(caught)} kinds of 5xx")


@pytest.mark.night
def test_control_a_role_that_nobody_checks_is_caught(office, monkeypatch, figure):
    monkeypatch.setattr(endpoint, "_admit", lambda house, act, actor, site: None if actor else refuse())
    for module in ("desk", "officer", "visitor"):
        monkeypatch.setattr(f"queue_server.commands.{module}.require", lambda *_: None, raising=False)
    only(office, monkeypatch, "/tickets")
    caught: list[str] = []
    for chance in range(2, 7):  # what Hypothesis tries changes with the sources that it reads constants from
        caught += [line for line in broken(office, 600, chance) if "changed something" in line]
        if caught:
            break
    assert caught
    figure("F13", MADE).caught("roles unchecked", f"{len(caught)} changes by who may not")


def refuse() -> None:
    """Nobody in particular."""
    raise QueueError(Code.UNAUTHORIZED)


# -- mass assignment

UNWANTED = [
    *("id", "token", "url", "number", "seq", "site", "state", "arrival", "issued_at", "called_at", "counter_id"),
    *("officer", "officer_id", "role", "is_admin", "revision", "epoch", "password_hash", "__proto__", "__class__"),
]


@pytest.fixture(scope="module")
def models() -> dict[str, Any]:
    """Route -> the model of its body."""
    return {f"{e.prefix}{e.path}": e.body for e in endpoint.ENDPOINTS if e.body}


def taken(office: Office, models: dict[str, Any], names: Sequence[str] = UNWANTED) -> tuple[int, list[str]]:
    """How many (route, key) were tried, and which were answered with anything but a refusal."""
    wrong, tried, before = [], 0, office.commits()
    overseen = ("supervising", "interruptions", "outage", "bookings", "carrying", "notices", "steering", "registers")
    overseen += ("followups",)
    who = {"issuing": "kiosk", "survey": "kiosk", **dict.fromkeys(overseen, "supervisor")}
    who |= dict.fromkeys(("accounts", "devices", "pairing", "structure"), "admin")
    for (method, rule), name in itertools.product(office.rules(), names):
        if (
            method != "POST"
            or not is_api(rule)
            or rule.rule == OVER
            or rule.endpoint in RAW
            or name in _names(models[rule.rule])
        ):
            continue
        tried += 1
        body = as_json(BODIES.get(rule.endpoint, {}) | {name: "x"})
        caller = who.get(rule.endpoint.partition(".")[0], "holder")
        answer = ask(office, caller, rule, "POST", {"Idempotency-Key": name}, body, {})
        if (answer.status_code, code(answer)) != (422, "invalid") or office.commits() != before:
            wrong.append(f"{rule.rule} {name}: {answer.status_code}")
    return tried, wrong


def _names(model: Any) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def test_no_body_takes_a_key_that_it_does_not_name(office, models, figure):
    row, (tried, wrong) = figure("F13", FORBIDDEN), taken(office, models)
    row.count(tried, lost=len(wrong))
    assert len(set(UNWANTED)) == 20 and tried > 400
    assert wrong == []


@pytest.mark.night
def test_control_a_body_that_overlooks_what_it_does_not_know_is_caught(office, models, monkeypatch, figure):
    def lenient(model: Any) -> Any:
        from flask import request

        sent = json.loads(request.get_data())
        return model and model.model_validate({k: v for k, v in sent.items() if k in _names(model)})

    monkeypatch.setattr(endpoint, "_body", lenient)
    tried, wrong = taken(office, models, UNWANTED[:2])
    assert len(wrong) > tried / 2
    figure("F13", FORBIDDEN).caught("unknown keys overlooked", f"{len(wrong)} of {tried} taken")
