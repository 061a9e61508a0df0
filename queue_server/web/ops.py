"""For those who watch the server: alive, ready, figures."""

from ipaddress import ip_address
from typing import Any

from flask import Blueprint, Response, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from ..domain.errors import Code, QueueError
from ..store import migrate
from .house import house

bp = Blueprint("ops", __name__)


@bp.get("/healthz")
def healthz() -> Any:
    """The process lives."""
    return jsonify({"status": "ok"})


@bp.get("/readyz")
def readyz() -> Any:
    """The database can be written and its schema is this version's."""
    writer = house().perform.engine
    try:
        with writer.connect() as conn, conn.begin():  # BEGIN IMMEDIATE: asks for the right to write
            conn.execute(text("UPDATE site SET revision = revision WHERE id = '*'"))
            version = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
            conn.rollback()
    except Exception as error:
        return jsonify({"status": "not ready", "reason": type(error).__name__}), 503
    if version != migrate.HEAD:
        return jsonify({"status": "not ready", "reason": f"schema {version}"}), 503
    return jsonify({"status": "ready"})


@bp.get("/metrics")
def metrics() -> Response:
    """Prometheus figures, for the loopback or whoever knows the token."""
    token = house().settings.server.metrics_token
    sent = request.headers.get("Authorization", "")
    if not (token and sent == f"Bearer {token}") and not ip_address(request.remote_addr or "0.0.0.0").is_loopback:
        raise QueueError(Code.FORBIDDEN)
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
