"""Structured logs: one JSON object a line on standard error. No personal datum, no token, no body."""

import contextlib
import logging
import sys
import time

import structlog
from flask import Flask, Response, g, request

from .metrics import REQUESTS

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_QUIET = ("/assets/", "/healthz", "/readyz", "/metrics")


class Unfailing:
    """Standard error that may fail: a log on a full disk must not turn a ticket that was given into an error."""

    def write(self, text: str) -> None:
        """Write it, or let it be."""
        with contextlib.suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        """Hand it to the system, or let it be."""
        with contextlib.suppress(OSError):
            sys.stderr.flush()


def configure() -> None:
    """Send structlog and the standard library's warnings to standard error as JSON."""
    shared = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        logger_factory=structlog.WriteLoggerFactory(Unfailing()),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    handler = logging.StreamHandler(Unfailing())
    formatter = structlog.stdlib.ProcessorFormatter(
        processor=structlog.processors.JSONRenderer(), foreign_pre_chain=shared
    )
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def register(app: Flask) -> None:
    """Log and time each request by its route, never by its address: a ticket's token stands there."""
    log = structlog.get_logger().bind()  # once, not at every line

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "unknown"
        spent = time.perf_counter() - g.get("began", time.perf_counter())
        method = request.method if request.method in _METHODS else "other"  # a client may invent one, of any length
        REQUESTS.labels(method, route, response.status_code).observe(spent)
        if not request.path.startswith(_QUIET):
            log.info("request", method=method, route=route, status=response.status_code, ms=round(spent * 1000, 1))
        return response
