"""A caller of the public API, over plain HTTP, that retries a lost reply with its key and never does a thing twice."""

import http.client
import json
import secrets
import time
from typing import Any
from urllib.parse import urlsplit

_TRIES = 40
_PAUSE_S = 0.5


class Refused(Exception):
    """The server said no: ``code`` is its error code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code = status, code


class Caller:
    """One identity: a kiosk by its token, an officer by the session, or anybody."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url
        parts = urlsplit(url)
        self._where = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._headers = {"Content-Type": "application/json", "Origin": url}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        self._line: http.client.HTTPConnection | None = None
        self.retries = 0

    def sign_in(self, username: str, password: str) -> None:
        """Begin a session."""
        _, cookie = self._exchange("POST", "/login", {"username": username, "password": password}, {})
        self._headers["Cookie"] = cookie.split(";")[0]

    def get(self, path: str, tries: int = _TRIES) -> Any:
        """A document. Raises ConnectionError if the server does not answer, Refused if it says no."""
        return self._exchange("GET", path, None, {}, tries)[0]

    def post(self, path: str, body: Any = None) -> Any:
        """A command, once: every try carries the same key. Raises Refused."""
        return self._exchange("POST", path, body or {}, {"Idempotency-Key": secrets.token_hex(16)})[0]

    def send(self, path: str, text: str, kind: str) -> Any:
        """A file of that type, once. Raises Refused."""
        return self._exchange("POST", path, text, {"Idempotency-Key": secrets.token_hex(16), "Content-Type": kind})[0]

    def _exchange(
        self, method: str, path: str, body: Any, extra: dict[str, str], tries: int = _TRIES
    ) -> tuple[Any, str]:
        payload = body if body is None or isinstance(body, str) else json.dumps(body)
        for attempt in range(tries):
            if attempt:
                self.retries += 1
                time.sleep(_PAUSE_S)
            try:
                status, cookie, text = self._once(method, f"/api/v1{path}", payload, extra)
            except (OSError, http.client.HTTPException):
                self._line = None
                continue
            if status == 503:
                continue
            if status >= 400:
                raise Refused(status, json.loads(text)["error"]["code"])
            return (json.loads(text) if text else None), cookie
        raise ConnectionError(f"the server did not answer {method} {path}")

    def _once(self, method: str, path: str, payload: str | None, extra: dict[str, str]) -> tuple[int, str, bytes]:
        if self._line is None:
            self._line = http.client.HTTPConnection(*self._where, timeout=20)
        self._line.request(method, path, payload, self._headers | extra)
        answer = self._line.getresponse()
        return answer.status, answer.getheader("Set-Cookie") or "", answer.read()
