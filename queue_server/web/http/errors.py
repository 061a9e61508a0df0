"""One shape for every error: ``{"error": {"code", "message", "details"?}}``, in the language of the request."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

import structlog
from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from ...domain.errors import Code, QueueError
from ...house import current_house
from ...texts import FALLBACK, from_when, language_of

log = structlog.get_logger()

_SAYS_WHY = (  # a reason may have words of its own
    *(Code.SERVICE_CLOSED, Code.INVALID, Code.BAD_ORIGIN, Code.FORBIDDEN),
    *(Code.NOTICES_FULL, Code.UNSUPPORTED_MEDIA_TYPE),
)

STATUS: dict[Code, int] = {
    Code.IDEMPOTENCY_KEY_MISSING: 400,
    Code.BROKEN_JSON: 400,
    Code.UNAUTHORIZED: 401,
    Code.LOGIN_FAILED: 401,
    Code.WRONG_PASSWORD: 401,
    Code.WRONG_CODE: 401,
    Code.FORBIDDEN: 403,
    Code.BAD_ORIGIN: 403,
    Code.NOT_YOUR_COUNTER: 403,
    Code.NOT_FOUND: 404,
    Code.METHOD_NOT_ALLOWED: 405,
    Code.SERVICE_CLOSED: 409,
    Code.QUOTA_FULL: 409,
    Code.SERVICE_INTERRUPTED: 409,
    Code.ALREADY_INTERRUPTED: 409,
    Code.DAY_CLOSED: 409,
    Code.NOT_INTERRUPTED: 409,
    Code.NOBODY_WAITING: 409,
    Code.NO_NEXT_DAY: 409,
    Code.NOT_AT_KIOSK: 409,
    Code.COUNTER_TAKEN: 409,
    Code.COUNTER_BUSY: 409,
    Code.COUNTER_CLOSED: 409,
    Code.COUNTER_ON_BREAK: 409,
    Code.LAST_COUNTER: 409,
    Code.OFFICER_BUSY: 409,
    Code.NO_COUNTER: 409,
    Code.ILLEGAL_TRANSITION: 409,
    Code.OTHER_OFFICER: 409,
    Code.OTHER_NUMBER: 409,
    Code.STRUCTURE_CHANGED: 409,
    Code.ROSTER_CHANGED: 409,
    Code.TARGETS_CHANGED: 409,
    Code.DISTRICTS_CHANGED: 409,
    Code.NOTICE_CHANGED: 409,
    Code.NOTICES_FULL: 409,
    Code.MEDIA_CHANGED: 409,
    Code.MEDIA_FULL: 409,
    Code.USERNAME_TAKEN: 409,
    Code.LAST_ADMIN: 409,
    Code.ACCOUNT_CHANGED: 409,
    Code.PAYLOAD_TOO_LARGE: 413,
    Code.UNSUPPORTED_MEDIA_TYPE: 415,
    Code.IDEMPOTENCY_KEY_REUSED: 422,
    Code.REPLY_FORGOTTEN: 409,
    Code.UNKNOWN_BOOKING: 404,
    Code.SLOT_FULL: 409,
    Code.SLOT_GONE: 409,
    Code.BOOKINGS_HELD: 409,
    Code.TOO_EARLY: 409,
    Code.TOO_LATE: 409,
    Code.BOOKING_CANCELLED: 409,
    Code.ALREADY_ANSWERED: 409,
    Code.NOT_FINISHED: 409,
    Code.CLASS_NOT_OFFERED: 422,
    Code.GROUP_TOO_LARGE: 422,
    Code.UNKNOWN_NUMBER: 422,
    Code.UNKNOWN_SERVICE: 422,
    Code.UNKNOWN_OUTCOME: 422,
    Code.UNKNOWN_PAPER: 422,
    Code.REASON_MISSING: 422,
    Code.UNKNOWN_COUNTER: 422,
    Code.PASSWORD_SHORT: 422,
    Code.PASSWORD_COMMON: 422,
    Code.INVALID: 422,
    Code.TOO_MANY_REQUESTS: 429,
    Code.INTERNAL: 500,
    Code.BUSY: 503,
    Code.STORAGE_FULL: 503,
    Code.KEYS_UNWRITABLE: 503,
    Code.STORAGE_CORRUPT: 503,
}

_OF_HTTP = {
    400: Code.BROKEN_JSON,
    404: Code.NOT_FOUND,
    405: Code.METHOD_NOT_ALLOWED,
    413: Code.PAYLOAD_TOO_LARGE,
    415: Code.UNSUPPORTED_MEDIA_TYPE,
}

FILES = {  # media types of files that are taken, as people call them
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "video/mp4": "MP4",
    "video/webm": "WebM",
    "text/csv": "CSV",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
}


def language() -> str:
    """The language of the request: ``?lang=``, else what the browser prefers, else Indonesian."""
    preferred = (language_of(tag) for tag, quality in request.accept_languages if quality > 0)
    return language_of(request.args.get("lang")) or next(filter(None, preferred), FALLBACK)


def answer(code: Code, details: dict[str, object]) -> Response:
    """The error as JSON."""
    error: dict[str, object] = {"code": code.value, "message": message(code, details, language())}
    if "problems" in details:
        details = {**details, "problems": [_in_words(one) for one in cast(list[dict[str, str]], details["problems"])]}
    if details:
        error["details"] = details
    response = jsonify({"error": error})
    response.status_code = STATUS[code]
    if response.status_code in (429, 503):
        response.headers["Retry-After"] = str(details.get("retry_after_s", 1))
    return response


def message(code: Code, details: dict[str, object], lang: str) -> str:
    """The error in words."""
    texts = current_house().texts
    reason = f"errors.reason_{details.get('reason')}"
    exact = code in _SAYS_WHY and texts.has(reason)
    key = reason if exact else f"errors.{code.value}"
    values = {name: _instant(value) for name, value in details.items()}
    begins = values.get("from")
    if code is Code.TOO_EARLY and isinstance(begins, datetime):
        values["from"] = from_when(begins, current_house().clock(), lang)
    if code is Code.QUOTA_FULL and "class" in details:  # while another class still has numbers
        key = "errors.quota_full_class"
        values["class"] = texts.say(lang, f"common.class_{details['class']}")
    elif code is Code.QUOTA_FULL and "left" in details:
        key = "errors.quota_full_group"
    elif "types" in details:
        values["types"] = ", ".join(FILES.get(one, one) for one in cast(list[str], details["types"]))
    return texts.say(lang, key, **values)


def _in_words(problem: dict[str, str]) -> dict[str, str]:
    """A problem whose reason has words of its own says them; a reason of ``queue-server check`` is words already."""
    texts, reason = current_house().texts, problem["reason"]
    known = [key for key in (f"errors.reason_{reason}", f"bookings.fault_{reason}") if texts.has(key)]
    return {**problem, "reason": texts.say(language(), known["line" in problem and -1])} if known else problem


def _instant(value: object) -> object:
    """Details carry instants in ISO 8601; a text says them as a time of day, by the clocks of the hall."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        return at or value
    site = current_house().perform.sites.get((request.view_args or {}).get("site", ""))
    return at.astimezone(site.timezone) if site is not None else at


def register(app: Flask, page: Callable[[Code, dict[str, object]], str]) -> None:
    """Map every exception to the one shape; who asked for a page gets one."""

    def answered(code: Code, details: dict[str, object]) -> Response:
        if request.path.startswith("/api/") or "text/html" not in request.headers.get("Accept", ""):
            return answer(code, details)
        return Response(page(code, details), STATUS[code])

    @app.errorhandler(QueueError)
    def refused(error: QueueError) -> Response:
        return answered(error.code, error.details)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        if error.code is not None and error.code < 400:
            return error.get_response()
        status = error.code or 500
        response = answered(_OF_HTTP.get(status, Code.INVALID if status < 500 else Code.INTERNAL), {})
        response.status_code = status  # 416 of an odd Range is no fault of ours
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        if (code := current_house().met(error)) is not None:
            log.warning("database_trouble", code=code.value, said=type(error.__cause__ or error).__name__)
            return answered(code, {})
        log.exception("request_failed", path=request.url_rule.rule if request.url_rule else None)
        return answered(Code.INTERNAL, {})
