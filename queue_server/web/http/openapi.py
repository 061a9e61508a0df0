"""The OpenAPI 3.1 document, made from the same declarations that serve the requests."""

import re
from functools import cache
from typing import Any

from flask import Blueprint, jsonify

from ... import __version__
from ...documents import DOCUMENTS
from ...documents.schemas import schemas
from ...domain.errors import Code
from ...domain.rights import RIGHTS, Act
from ...domain.roles import STAFF, Role
from ...reports.by import BY
from ...reports.sheet import OUTCOMES
from .endpoint import ENDPOINTS, PREFIX, UNASKED, Endpoint
from .errors import STATUS
from .period_query import SEGMENTS

bp = Blueprint("openapi", __name__, url_prefix=PREFIX)

_ANY = (Code.NOT_FOUND, Code.METHOD_NOT_ALLOWED, Code.TOO_MANY_REQUESTS, Code.BUSY, Code.STORAGE_CORRUPT)
_UNSAFE = (
    Code.BROKEN_JSON,
    Code.BAD_ORIGIN,
    Code.PAYLOAD_TOO_LARGE,
    Code.UNSUPPORTED_MEDIA_TYPE,
    Code.INVALID,
    Code.STORAGE_FULL,
    Code.KEYS_UNWRITABLE,
)
_SCHEMES = {
    "deviceToken": {"type": "http", "scheme": "bearer"},
    "deviceCookie": {"type": "apiKey", "in": "cookie", "name": "device"},
    "session": {"type": "apiKey", "in": "cookie", "name": "session"},
}
_SUCCESS = {200: "OK", 201: "Made", 202: "Asked for"}
_AUDIT = {
    **{name: {"type": "string", "format": "date"} for name in ("from", "to")},
    **{name: {"type": "string", "maxLength": 64} for name in ("who", "kind", "counter", "number")},
}
_PERIOD = {
    **{name: {"type": "string", "format": "date"} for name in ("from", "to")},
    **{name: {"type": "string", "maxLength": 64} for name in ("agency", "service", "counter", "class")},
    "weekday": {"type": "integer", "minimum": 0, "maximum": 6},
    "hour": {"type": "integer", "minimum": 0, "maximum": 23},
    "segment": {"type": "string", "enum": sorted(SEGMENTS)},
    "outcome": {"type": "string", "enum": [*OUTCOMES]},
}
_FAIRNESS = {name: _PERIOD[name] for name in ("from", "to", "agency", "service")}
_MONTHS = {
    **{name: {"type": "string", "format": "date"} for name in ("from", "to")},
    "agency": {"type": "string", "maxLength": 64},
}
_BY = {"by": {"type": "string", "enum": [*BY]}}
_QUERIES = {
    "get_report": {**_PERIOD, **_BY},
    "get_report_csv": {**_PERIOD, **_BY, "lang": {"type": "string"}, "excel": {"type": "string", "enum": ["id"]}},
    "get_report_xlsx": {**_PERIOD, **_BY, "lang": {"type": "string"}},
    "get_report_pdf": {**_PERIOD, **_BY, "lang": {"type": "string"}},
    "get_summary_pdf": {**_PERIOD, "lang": {"type": "string"}},
    "get_summary_docx": {**_PERIOD, "lang": {"type": "string"}},
    "get_evidence": {**{name: _PERIOD[name] for name in ("from", "to")}, "lang": {"type": "string"}},
    "get_waits_report": _PERIOD,
    "get_fairness": _FAIRNESS,
    "get_fairness_csv": {**_FAIRNESS, "lang": {"type": "string"}, "excel": {"type": "string", "enum": ["id"]}},
    "get_fairness_xlsx": {**_FAIRNESS, "lang": {"type": "string"}},
    "get_numbers_behind": {
        **_PERIOD,
        "measure": {"type": "string", "maxLength": 64},
        "page": {"type": "integer", "minimum": 1},
    },
    "get_hall": {"at": {"type": "string", "format": "date-time"}},
    "get_steps": {"day": {"type": "string", "format": "date"}},
    "get_audit": {**_AUDIT, "before": {"type": "string", "maxLength": 64}},
    "get_audit_xlsx": _AUDIT,
    "get_audit_csv": {**_AUDIT, "excel": {"type": "string", "enum": ["id"]}},
    "get_structure": {"at": {"type": "string", "format": "date"}},
    "get_answers_xlsx": {name: _MONTHS[name] for name in ("from", "to")},
    "get_report_docx": {name: _MONTHS[name] for name in ("from", "to")},
    "get_ikm": {**_MONTHS, "service": {"type": "string", "maxLength": 64}},
    "get_ikm_of_halls": {**_MONTHS, "sites": {"type": "string", "maxLength": 400}},
    "get_calls": {"after": {"type": "integer", "minimum": 0}},
    "find_tickets": {
        "day": {"type": "string", "format": "date"},
        **{name: {"type": "string", "maxLength": 32} for name in ("q", "service", "state")},
        "page": {"type": "integer", "minimum": 1},
    },
    "look_at_number": {"day": {"type": "string", "format": "date"}},
    "get_roster": {"day": {"type": "string", "format": "date"}},
    "put_roster": {"day": {"type": "string", "format": "date"}, "based_on": {"type": "string"}},
    "get_bookings": {"date": {"type": "string", "format": "date"}, "service": {"type": "string", "maxLength": 64}},
    "get_slots": {"date": {"type": "string", "format": "date"}, "service": {"type": "string", "maxLength": 64}},
    "import_bookings": {"service": {"type": "string", "maxLength": 64}},
    "get_desk": {"key": {"type": "string", "minLength": 1, "maxLength": 255}},
}


@bp.get("/openapi.json")
def openapi() -> Any:
    """The document."""
    return jsonify(document())


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1, complete: routes, bodies, answers, codes."""
    refs, named = schemas(DOCUMENTS.values(), {e.body for e in ENDPOINTS if e.body})
    paths: dict[str, Any] = {}
    for e in ENDPOINTS:
        paths.setdefault(_full_path(e), {})[e.method.lower()] = _operation(e, refs)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Antrean", "version": __version__},
        "paths": paths,
        "components": {"schemas": named, "securitySchemes": _SCHEMES},
    }


def _full_path(e: Endpoint) -> str:
    return re.sub(r"<(\w+)>", r"{\1}", e.prefix + e.path)


def _operation(e: Endpoint, refs: Any) -> dict[str, Any]:
    names = re.findall(r"<(\w+)>", e.prefix + e.path)
    parameters = [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in names]
    parameters += [{"name": n, "in": "query", "schema": schema} for n, schema in _QUERIES.get(e.name, {}).items()]
    if _takes_key(e):
        key = {
            "name": "Idempotency-Key",
            "in": "header",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255},
        }
        parameters.append(key | {"required": Code.IDEMPOTENCY_KEY_MISSING in e.codes})
    out: dict[str, Any] = {
        "operationId": e.name,
        "summary": e.summary,
        "parameters": parameters,
        "security": _security(e.act),
        "responses": _responses(e, refs),
    }
    if e.body:
        schema = refs[e.body]
        out["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if e.raw:
        out["requestBody"] = {"required": True, "content": {kind: {} for kind in e.raw}}
    return out


def _security(act: Act) -> list[dict[str, list[str]]]:
    """The credentials by which one who may do it makes themselves known; none: nobody is asked."""
    if act in UNASKED:
        return []
    of_devices = ["deviceToken", "deviceCookie"] if Role.KIOSK in RIGHTS[act] else []
    of_people = ["session"] if STAFF & RIGHTS[act].keys() else []
    return [{name: []} for name in (*of_devices, *of_people)]


def _takes_key(e: Endpoint) -> bool:
    """A replay is told apart from a second request by its caller's key; nobody in particular has none."""
    return e.method == "POST" and e.act not in UNASKED and not e.keyless


def _responses(e: Endpoint, refs: Any) -> dict[str, Any]:
    error = {"application/json": {"schema": refs[DOCUMENTS["error"]]}}
    codes = {*_ANY, *e.codes, *(_UNSAFE if e.method != "GET" else ())}
    if e.act not in UNASKED:
        codes |= {Code.UNAUTHORIZED, Code.FORBIDDEN}
    if _takes_key(e):
        codes |= {Code.IDEMPOTENCY_KEY_REUSED, Code.REPLY_FORGOTTEN}
    out: dict[str, Any] = {}
    for code in sorted(codes, key=lambda c: (STATUS[c], c.value)):
        said = out.setdefault(str(STATUS[code]), {"description": "", "content": error})
        said["description"] = ", ".join(filter(None, (said["description"], code.value)))
    if e.file:
        out["200"] = {"description": "OK", "content": {e.file: {"schema": {"type": "string"}}}}
    elif e.reply:
        content = {"application/json": {"schema": refs[DOCUMENTS[e.reply]]}}
        out[str(e.status)] = {"description": _SUCCESS[e.status], "content": content}
        if e.status == 201 and _takes_key(e):
            out["200"] = {"description": "Made before: the same key again", "content": content}
        if Code.IDEMPOTENCY_KEY_MISSING in e.codes:
            out["201"] = {"description": "Issued", "content": content}
        if e.name == "get_pairing":
            waits = {"application/json": {"schema": refs[DOCUMENTS["pairing_waits"]]}}
            out["202"] = {"description": "Waits", "content": waits}
        if e.name == "get_ticket":
            out["304"] = {"description": "Not changed"}
    else:
        out["204"] = {"description": "Done"}
    return out
