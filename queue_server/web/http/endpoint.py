"""How an API route is declared: who may ask, what the body is, what the answer is. The declaration is the OpenAPI."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from ...domain.errors import Code, QueueError
from ...domain.plain_text import is_blank
from ...domain.reasons import ReasonCode
from ...domain.rights import Act, require
from ...domain.roles import Actor
from ...house import House, current_house
from ...perform import Answer, Command, Key, Reply, for_reason
from .auth import identify

PREFIX = "/api/v1"


#: nobody is asked who they are: anybody may, or whoever has a link
UNASKED = frozenset({Act.PUBLIC, Act.HOLD, Act.GIVE_UP, Act.BOOK, Act.HOLD_BOOKING})


HH_MM = r"^([01]\d|2[0-3]):[0-5]\d$"  # a time of day
REASON = 500  # characters of one
SAID = r"\S"  # a text that says something: whoever must give a reason gives no blank


class Body(BaseModel):
    """A request body: unknown keys are refused, nothing is coerced."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @field_validator("*")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        """No text holds a NUL: PostgreSQL cannot keep one."""
        if isinstance(value, str) and "\0" in value:
            raise ValueError("text may not hold a NUL")
        return value

    @field_validator("*")
    @classmethod
    def _seen(cls, value: Any, info: ValidationInfo) -> Any:
        """What must say something (``SAID``) leaves something to be seen: more than a pattern can tell."""
        field = cls.model_fields[info.field_name or ""]
        must = any(SAID in (getattr(one, "pattern", None) or "") for one in field.metadata)
        if must and isinstance(value, str) and is_blank(value):
            raise ValueError("text leaves nothing to be seen")
        return value


class Because(Body):
    """Done for a reason: its text, purged by its lifetime, and the word of the list for it, kept with the event."""

    reason: str | None = Field(None, min_length=1, max_length=REASON, pattern=SAID)
    reason_code: ReasonCode | None = Field(
        None, description="the reason, where it is one of the published list; never without the text beside it"
    )


class BecauseNeeded(Because):
    """As it, always with the text."""

    reason: str = Field(min_length=1, max_length=REASON, pattern=SAID)  # type: ignore[assignment]


class Empty(Body):
    """``{}``"""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One declared route."""

    method: str
    prefix: str
    path: str
    act: Act
    body: type[BaseModel] | None
    reply: str  # the document's name in the OpenAPI components; "" for no content
    codes: tuple[Code, ...]
    summary: str
    name: str
    status: int
    keyless: bool = False  # takes no ``Idempotency-Key``
    file: str = ""  # the type of the file that it answers with, where it is no document
    raw: tuple[str, ...] = ()  # the media types of a body that is no JSON


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, checked: the house, who asks, the body."""

    house: House
    actor: Actor | None
    body: Any

    def key(self, *, required: bool = False) -> Key | None:
        """The ``Idempotency-Key`` with what it stands for. Raises ``idempotency_key_missing`` if it must be there."""
        sent = request.headers.get("Idempotency-Key")
        if not sent:
            if required:
                raise QueueError(Code.IDEMPOTENCY_KEY_MISSING)
            return None
        if len(sent) > 255:
            raise QueueError(Code.INVALID, field="Idempotency-Key")
        return Key(self.actor.id, sent, self._hash())

    def _hash(self) -> str:
        """What tells this request from others under the same key; kept only under a key (``store/requests.py``)."""
        if isinstance(self.body, bytes):
            return hashlib.sha256(request.full_path.encode() + b"\0" + self.body).hexdigest()
        body = self.body and self.body.model_dump(mode="json", exclude_unset=True, by_alias=True)  # a DELETE has none
        return hashlib.sha256(json.dumps([request.path, body], sort_keys=True).encode()).hexdigest()

    def perform(self, site: str, command: Command, reply: Reply, *, key_required: bool = False) -> Answer:
        """Have a command carried out at a site in the name of who asks, once for each ``Idempotency-Key``.

        Raises ``not_found`` for a site that there is not, and whatever the command refuses.
        """
        self.house.site(site)
        key = self.key(required=key_required)
        if isinstance(self.body, Because):
            command = for_reason(_word(self.body), command)
        return self.house.perform(site, command, actor=self.actor, key=key, reply=reply)


def _word(why: Because) -> ReasonCode | None:
    """The word of the list that goes with the text; without it there is none to go with."""
    if why.reason_code is not None and why.reason is None:
        raise QueueError(Code.INVALID, field="reason")
    return why.reason_code


ENDPOINTS: list[Endpoint] = []


def give_way() -> None:
    """Let whoever waits for this process have their turn, in the midst of a long answer."""
    time.sleep(0)


def endpoint(
    bp: Blueprint,
    method: str,
    path: str,
    *,
    act: Act,
    body: type[BaseModel] | None = None,
    reply: str = "",
    codes: tuple[Code, ...] = (),
    body_bytes: int | Callable[[Any], int] | None = None,
    status: int = 200,
    keyless: bool = False,
    file: str = "",
    raw: tuple[str, ...] = (),
    streamed: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a route of the API; its handler gets an ``Asked`` and the path's values.

    A caller who may not do the ``act`` at the site that the path names is refused here, before anything is read of
    the request; what belongs to an agency, the command or query asks of ``rights``.
    ``body_bytes``: how large its body may be, or what of the settings says so, where that is more than any other's.
    ``status``: of a success that is no 200, which the handler answers by itself. ``file``: the type of a file that is
    no document.
    ``raw``: the media types of a body that is no JSON; the handler gets its bytes, or, ``streamed``, what reads them.
    """

    def declare(handler: Callable[..., Any]) -> Callable[..., Any]:
        summary = (handler.__doc__ or "").split("\n")[0]
        ENDPOINTS.append(
            Endpoint(
                *(method, bp.url_prefix or "", path, act, body, reply, codes, summary, handler.__name__, status),
                keyless=keyless,
                file=file,
                raw=raw,
            )
        )

        def view(**values: str) -> Response:
            house = current_house()
            actor = identify(house) if act not in UNASKED else None
            _admit(house, act, actor, values.get("site"))
            sent = _raw(raw, streamed=streamed) if raw else _body(body)
            return _respond(handler(Asked(house, actor, sent), **values))

        view.body_bytes = body_bytes  # type: ignore[attr-defined]  # read before the body is (``security.py``)
        bp.add_url_rule(path, handler.__name__, view, methods=[method])
        return handler

    return declare


def _admit(house: House, act: Act, actor: Actor | None, site: str | None) -> None:
    if act in UNASKED:
        return
    if actor is None:
        raise QueueError(Code.UNAUTHORIZED)
    require(actor, act)
    if site is not None:
        require(actor, act, house.site(site).id)


def _raw(kinds: tuple[str, ...], *, streamed: bool) -> Any:
    if request.mimetype not in kinds:
        raise QueueError(Code.UNSUPPORTED_MEDIA_TYPE, reason="other_file", types=list(kinds))
    return request.stream.read if streamed else _data()


def _data() -> bytes:
    data = request.get_data()
    if request.content_length is None and len(data) >= (request.max_content_length or 0) > 0:
        raise QueueError(Code.PAYLOAD_TOO_LARGE)  # a chunked body is cut at the limit, not refused
    return data


def _body(model: type[BaseModel] | None) -> BaseModel | None:
    if model is None:
        return None
    if request.mimetype != "application/json":
        raise QueueError(Code.UNSUPPORTED_MEDIA_TYPE)
    try:
        sent = json.loads(_data())
    except (ValueError, RecursionError):
        raise QueueError(Code.BROKEN_JSON) from None
    try:
        return model.model_validate(sent)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise QueueError(Code.INVALID, field=field, problem=first["msg"]) from None


def _respond(result: Any) -> Response:
    if isinstance(result, Response):
        return result
    body, status = result if isinstance(result, tuple) else (result, 200)
    response = jsonify(body) if body is not None else Response(status=204)
    response.status_code = status
    return response
