"""The AsyncAPI document is valid and true: what it says is what is said over sockets."""

import copy
import importlib
import json
from typing import get_args

import pytest
import requests
from jsonschema import Draft7Validator, Draft202012Validator, ValidationError

from queue_server.documents.messages import MESSAGES, Greeting
from queue_server.web.http.asyncapi import document
from queue_server.web.screens.registry import LIVE
from tests.world.socket import Refused, Screen
from tests.world.tree import ROOT

importlib.import_module("queue_server.app")

SPECIFICATION = json.loads(
    (ROOT / "config/build/node_modules/@asyncapi/specs/schemas/3.0.0.json").read_text(encoding="utf-8")
)
TOLD = {name for name, message in MESSAGES.items() if message.tells}


def faults(of):
    """What the specification's own schema finds wrong with a document."""
    return [error.json_path for error in Draft7Validator(SPECIFICATION).iter_errors(of)]


def test_it_is_asyncapi_3_as_the_specification_s_own_schema_has_it():
    assert document()["asyncapi"] == "3.0.0"
    assert faults(document()) == []


@pytest.mark.parametrize(
    ("breaking", "where"),
    [
        pytest.param(lambda d: d["operations"]["tell_board"].update(action="shout"), "$.operations", id="an action"),
        pytest.param(lambda d: d["info"].pop("version"), "$.info", id="no version"),
        pytest.param(lambda d: d["channels"]["live"].update(rooms=[]), "$.channels", id="a key of ours"),
    ],
)
def test_a_document_that_is_none_would_be_found(breaking, where):
    broken = copy.deepcopy(document())
    breaking(broken)
    assert all(path.startswith(where) for path in faults(broken)) and faults(broken)


def test_every_reference_leads_somewhere_and_every_schema_is_one():
    said = document()
    for name in MESSAGES:
        assert said["channels"]["live"]["messages"][name] == {"$ref": f"#/components/messages/{name}"}
        assert (
            said["components"]["messages"][name]["payload"]["$ref"].rpartition("/")[2] in said["components"]["schemas"]
        )
    for schema in said["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
        rest = schema.get("additionalProperties", False)
        of_words = "properties" not in schema and rest == {"type": "string"}  # a map from language to text
        assert rest is False or of_words


def test_whatever_a_screen_hears_is_named():
    assert {message for screen in LIVE.values() for message in screen.live.hears} <= TOLD
    assert set(LIVE) == set(get_args(Greeting.__annotations__["screen"]))


def test_the_document_is_what_the_server_serves(mall):
    assert requests.get(f"{mall.server.api}/asyncapi.json", timeout=60).json() == document()


def test_what_screens_of_every_kind_hear_is_what_it_says(mall):
    """A whole way of one visitor, with a screen of every kind that looks on; a beat comes every ten seconds."""
    mall.begin_anew()
    ticket = mall.kiosk.post("/sites/lebak/tickets", {"service": "ktp-cetak"}, "told").json()
    with pytest.raises(Refused) as refused:
        Screen(mall, {"screen": "wall", "site": "nowhere"})
    mall.sockets.check_message("connect_error", refused.value.args[0])
    greetings = [
        ({"screen": "wall", "site": "lebak"}, None),
        ({"screen": "counter", "site": "lebak", "counter": "5"}, None),
        ({"screen": "desk", "site": "lebak", "counter": "5"}, mall.sari),
        ({"screen": "supervisor", "site": "lebak"}, mall.wati),
        ({"screen": "overview", "site": "lebak"}, mall.ina),
        ({"screen": "phone", "token": ticket["token"]}, None),
    ]
    kiosk = {"screen": "device", "site": "lebak"}
    for greeting in (kiosk, *(greeting for greeting, _ in greetings)):
        mall.sockets.check_message("connect", greeting)
    screens = [Screen(mall, greeting, who) for greeting, who in greetings]
    screens.append(Screen(mall, kiosk, Authorization=mall.kiosk.http.headers["Authorization"]))
    try:
        device = screens[-1].hear("device")["id"]
        assert mall.wati.post(f"/sites/lebak/devices/{device}/identify", {}).status_code == 202
        screens[-1].hear("ask")
        for verb in ("open", "call-next", "recall", "serve", "finish"):
            assert mall.sari.post(f"/sites/lebak/counters/5/{verb}", {}).status_code == 200
        screens[5].hear("ticket", lambda heard: heard["state"] == "completed")
        screens[0].hear("beat")
        heard = {message for screen in screens for message in {name for name, *_ in screen.heard}}
        assert heard == TOLD - {"connect_error"}
        for screen in screens:
            for message in heard:
                screen.documents(message)
    finally:
        for screen in screens:
            screen.close()


def test_control_a_message_that_it_does_not_name_or_of_another_shape_is_caught(mall):
    beat = {"epoch": 1, "revision": 7, "structure": 1, "levers": 0, "last_call": 3, "build": "b"}
    beat["now"] = "2026-11-23T02:00:00+00:00"
    mall.sockets.check_message("beat", beat)
    for broken in (beat | {"officer": "Sari"}, {k: v for k, v in beat.items() if k != "build"}, beat | {"epoch": "1"}):
        with pytest.raises(ValidationError):
            mall.sockets.check_message("beat", broken)
    with pytest.raises(AssertionError, match="no message is called moon"):
        mall.sockets.check_message("moon", beat)
