"""For those who watch the server: alive, ready, figures."""

from ipaddress import ip_address
from typing import Any

from flask import Blueprint, Response, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from ...domain.errors import Code, QueueError
from ...house import current_house
from ...store.health import why_not_ready

bp = Blueprint("ops", __name__)


@bp.get("/healthz")
def healthz() -> Any:
    """The process lives."""
    return jsonify({"status": "ok"})


@bp.get("/readyz")
def readyz() -> Any:
    """The database can be written and its schema is this version's."""
    perform = current_house().perform
    reason = perform.halted or why_not_ready(perform.engine, to_the_disk=perform.failing is not None)
    if reason is not None:
        return jsonify({"status": "not ready", "reason": reason}), 503
    return jsonify({"status": "ready"})


@bp.get("/metrics")
def metrics() -> Response:
    """Prometheus figures, for the loopback or whoever knows the token."""
    token = current_house().settings.server.metrics_token
    sent = request.headers.get("Authorization", "")
    if not (token and sent == f"Bearer {token}") and not _is_here(request.remote_addr or ""):
        raise QueueError(Code.FORBIDDEN)
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _is_here(address: str) -> bool:
    """Whether a request comes from this machine; a proxy may pass on what is no address at all."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
