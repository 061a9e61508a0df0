"""The AsyncAPI 3 document: what is said over sockets, from the same shapes as the OpenAPI."""

from functools import cache
from typing import Any

from flask import Blueprint, jsonify

from ... import __version__
from ...documents.messages import MESSAGES
from ...documents.schemas import schemas
from .endpoint import PREFIX

bp = Blueprint("asyncapi", __name__, url_prefix=PREFIX)

_ABOUT = """\
One Socket.IO 5 connection per screen, in the namespace `/live`, by WebSocket alone. Sockets tell, they take no orders:
whatever changes anything is asked of the HTTP API (`openapi.json`). The server chooses what a screen hears by who it
is. State (board, queue, ticket, desk) may be replaced by a newer revision of the same epoch; a call is an occurrence,
shown and spoken once. `previous` and `last_call` chain every call to the one before: whoever misses one fetches it
from `/api/v1/sites/{site}/calls`."""


@bp.get("/asyncapi.json")
def asyncapi() -> Any:
    """The document."""
    return jsonify(document())


@cache
def document() -> dict[str, Any]:
    """AsyncAPI 3.0, complete: the one channel and every message both ways."""
    refs, named = schemas(message.shape for message in MESSAGES.values())
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Antrean", "version": __version__, "description": _ABOUT},
        "defaultContentType": "application/json",
        "channels": {
            "live": {
                "address": "/live",
                "title": "The namespace of all screens",
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in MESSAGES},
            }
        },
        "operations": {_operation(name): _said(name) for name in MESSAGES},
        "components": {
            "messages": {
                name: {"name": name, "summary": message.summary, "payload": refs[message.shape]}
                for name, message in MESSAGES.items()
            },
            "schemas": named,
        },
    }


def _operation(name: str) -> str:
    return f"{'tell' if MESSAGES[name].tells else 'hear'}_{name}"


def _said(name: str) -> dict[str, Any]:
    """What this server does with a message: ``send`` or ``receive``."""
    return {
        "action": "send" if MESSAGES[name].tells else "receive",
        "channel": {"$ref": "#/channels/live"},
        "summary": MESSAGES[name].summary,
        "messages": [{"$ref": f"#/channels/live/messages/{name}"}],
    }
