"""The OpenAPI document is valid, complete and true: what it says is what is served."""

import contextlib
import importlib
import re
from urllib.parse import urlsplit

import pydantic
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument, Unsatisfiable
from jsonschema import Draft202012Validator, ValidationError
from schemathesis import GenerationMode

from queue_server.documents import DOCUMENTS
from queue_server.domain.errors import Code
from queue_server.web.http.endpoint import ENDPOINTS
from queue_server.web.http.errors import STATUS
from queue_server.web.http.openapi import document

importlib.import_module("queue_server.app")  # declares every route
schemathesis.serializer.alias(["video/mp4", "video/webm"], "application/octet-stream")  # types of which it knows none


def operations():
    """(method, path, operation) of the document."""
    return [(m, path, op) for path, item in document()["paths"].items() for m, op in item.items()]


def test_the_document_is_what_the_server_serves(mall):
    assert requests.get(f"{mall.server.api}/openapi.json", timeout=60).json() == document()


def test_it_is_openapi_3_1_with_schemas_of_2020_12():
    assert document()["openapi"] == "3.1.0"
    assert set(document()) == {"openapi", "info", "paths", "components"}
    for schema in document()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_schemathesis_reads_it_without_complaint():
    schema = schemathesis.openapi.from_dict(document())
    schema.validate()
    assert {(o.ok().method, o.ok().path) for o in schema.get_all_operations()} == {
        (m, path) for m, path, _ in operations()
    }


def test_whoever_must_give_a_reason_gives_no_blank():
    bodies = document()["components"]["schemas"].items()
    reasons = {name: body["properties"]["reason"] for name, body in bodies if "reason" in body.get("properties", {})}
    texts = {name: one for name, one in reasons.items() if "minLength" in str(one)}
    assert {name for name, one in texts.items() if "'pattern': '\\\\S'" not in str(one)} == set()
    assert len(texts) > 5


@pytest.mark.parametrize("blank", ["\u3164", "\u2800", "\u034f", "\ufe0f", "\U000e0100"], ids=ascii)
def test_a_reason_of_which_nothing_can_be_seen_is_a_blank_in_every_body(blank):
    bodies = {one.body for one in ENDPOINTS if one.body is not None and "reason" in one.body.model_fields}
    texts = [one for one in bodies if "minLength" in str(one.model_json_schema()["properties"]["reason"])]
    assert len(texts) > 5
    for body in texts:
        with pytest.raises(pydantic.ValidationError) as caught:
            body.model_validate({"reason": blank})
        assert ("reason",) in {one["loc"] for one in caught.value.errors()}, body


# The contract's table, written independently of the code.
CONTRACT = """
    GET /sites
    GET /sites/{site}
    POST /sites/{site}/tickets
    GET /tickets/{token}
    POST /tickets/{token}/cancel
    POST /sites/{site}/counters/{counter}/open
    POST /sites/{site}/counters/{counter}/close
    POST /sites/{site}/counters/{counter}/call-next
    POST /sites/{site}/counters/{counter}/call
    POST /sites/{site}/counters/{counter}/recall
    POST /sites/{site}/counters/{counter}/serve
    POST /sites/{site}/counters/{counter}/finish
    POST /sites/{site}/counters/{counter}/no-show
    POST /sites/{site}/counters/{counter}/hold
    POST /sites/{site}/counters/{counter}/return
    POST /sites/{site}/counters/{counter}/transfer
    POST /sites/{site}/counters/{counter}/undo
    POST /sites/{site}/counters/{counter}/break
    POST /sites/{site}/counters/{counter}/resume
    POST /sites/{site}/counters/{counter}/cancel
    GET /sites/{site}/board
    GET /sites/{site}/calls
    POST /sites/{site}/close-day
    GET /sites/{site}/counters/{counter}/desk
    POST /enrol
    POST /login
    POST /logout
"""


@pytest.mark.parametrize("line", [line.strip() for line in CONTRACT.strip().splitlines()])
def test_every_call_of_the_contract_is_in_it(line):
    method, path = line.split()
    assert method.lower() in document()["paths"]["/api/v1" + path]


def test_every_operation_names_its_answers_its_parameters_and_its_security():
    for method, path, operation in operations():
        assert operation["summary"], path
        assert {p["name"] for p in operation["parameters"] if p["in"] == "path"} == set(re.findall(r"\{(\w+)\}", path))
        assert any(status in operation["responses"] for status in ("200", "201", "202", "204")), path
        assert ("requestBody" in operation) == (method not in ("get", "delete")), path
        for status, answer in operation["responses"].items():
            assert answer["description"], (path, status)
            assert ("content" in answer) == (status not in ("204", "304")), (path, status)


def test_operation_ids_are_unique():
    ids = [operation["operationId"] for _, _, operation in operations()]
    assert len(set(ids)) == len(ids) == len(ENDPOINTS)


def test_every_code_has_one_status():
    assert set(STATUS) == set(Code)


def test_every_code_that_a_caller_may_meet_is_said_somewhere():
    said = {
        code for _, _, op in operations() for a in op["responses"].values() for code in a["description"].split(", ")
    }
    assert {code.value for code in Code} - {"internal"} <= said


def test_no_document_that_leaves_the_house_may_hold_anything_unnamed():
    """I-17"""
    schemas, may_be_missing = document()["components"]["schemas"], {"details", "recorded", "doubts"}
    for name, shape in DOCUMENTS.items():
        schema = schemas[shape.__name__]
        if schema.get("type") == "array":  # of what is a document itself
            schema = schemas[schema["items"]["$ref"].rpartition("/")[2]]
        assert schema["additionalProperties"] is False, name
        assert set(schema["required"]) >= set(schema["properties"]) - may_be_missing, name


MEANT = {"site": "lebak", "counter": "5"}  # real values for half of the generated paths
FITTING = "requests made from the OpenAPI by Schemathesis, over HTTP"
COMBINATIONS = 6 * 24  # kinds of caller and of request × operations


# To think up requests that do not fit takes most of this time: in every run, of whoever gets furthest into the house.
IN_EVERY_RUN = {
    ("nobody", GenerationMode.POSITIVE),
    ("sari", GenerationMode.POSITIVE),
    ("sari", GenerationMode.NEGATIVE),
}
EACH = [
    pytest.param(who, mode, id=f"{who}-{mode.value}", marks=() if (who, mode) in IN_EVERY_RUN else pytest.mark.night)
    for who in ("nobody", "kiosk", "sari")
    for mode in GenerationMode
]


@pytest.mark.parametrize(("who", "mode"), EACH)
def test_generated_requests_that_fit_or_do_not_are_answered_as_the_document_says(mall, sari, who, mode, figure):
    caller = {"nobody": mall.caller(), "kiosk": mall.kiosk, "sari": sari}[who]
    asked, row, before = [], figure("F13", FITTING), [mall.revision(site) for site in ("lebak", "pandeglang")]
    few = settings(
        max_examples=row.size(ci=4, night=200_000 // COMBINATIONS),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for found in row.each(schemathesis.openapi.from_dict(document()).get_all_operations()):
        operation = found.ok()
        if operation.path.endswith(("/login", "/logout")):
            continue  # failures are limited, and who is signed out can ask no more

        @seed(row.seed)
        @few
        @given(case=operation.as_strategy(generation_mode=mode), real=st.booleans())
        def ask(case, real):
            if real:
                case.path_parameters.update({k: v for k, v in MEANT.items() if k in case.path_parameters})
            answer = case.call(base_url=mall.server.url, session=caller.http, timeout=60)
            row.count(1, lost=answer.status_code >= 500)
            assert answer.status_code < 500, answer.text
            path = urlsplit(answer.request.url).path
            mall.contract.check(case.method, path, answer)
            asked.append(answer.status_code)

        with contextlib.suppress(Unsatisfiable, InvalidArgument):  # nothing about this operation can be wrong
            ask()
    assert len(asked) > 100
    assert any(status < 400 for status in asked)
    if who == "nobody":
        assert [mall.revision(site) for site in ("lebak", "pandeglang")] == before, "nobody in particular did something"


def test_control_an_answer_that_the_document_does_not_name_is_caught(mall, figure):
    answer = mall.caller().http.get(f"{mall.server.api}/sites/lebak/board", timeout=60)
    mall.contract.check("GET", "/api/v1/sites/lebak/board", answer)
    for broken in (answer.json() | {"officer": "Sari"}, {k: v for k, v in answer.json().items() if k != "now"}):
        with pytest.raises(ValidationError):
            mall.contract.check_document("Board", broken)
    answer.status_code = 418
    with pytest.raises(AssertionError, match="answered 418"):
        mall.contract.check("GET", "/api/v1/sites/lebak/board", answer)
    figure("F13", FITTING).caught("a key more, a key less, another status", "3 of 3")
