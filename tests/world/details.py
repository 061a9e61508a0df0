"""Whether the detail of an event is what its kind's row declares: every key that must be there, none that may not."""

from collections.abc import Iterable, Mapping, Sequence
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from queue_server.domain.events import facts
from queue_server.domain.fold import Event


def detail_faults(events: Iterable[Event]) -> list[str]:
    """What is wrong with the details; nothing if they are as declared."""
    return [f"{event.kind} {said}" for event in events for said in _faults(event.detail, facts(event.kind).detail)]


def _faults(detail: Mapping[str, Any], shape: Any) -> Iterable[str]:
    hints = get_type_hints(shape)
    yield from (f"lacks {key}" for key in sorted(shape.__required_keys__ - detail.keys()))
    yield from (f"has {key}" for key in sorted(detail.keys() - hints.keys()))
    for key in detail.keys() & hints.keys():
        if not _fits(detail[key], hints[key]):
            yield f"{key}: {detail[key]!r}"


def _fits(value: Any, hint: Any) -> bool:
    """Whether a value of JSON is of a declared type."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Any:
        return True
    if origin in (Union, UnionType):
        return any(_fits(value, one) for one in inner)
    if origin is Literal:
        return value in inner
    if origin is not None and issubclass(origin, Mapping):
        return isinstance(value, dict) and all(_fits(k, inner[0]) and _fits(v, inner[1]) for k, v in value.items())
    if origin is not None and issubclass(origin, Sequence):
        return isinstance(value, list) and all(_fits(one, inner[0]) for one in value)
    if is_typeddict(hint):
        return isinstance(value, dict) and not list(_faults(value, hint))
    return type(value) is hint or (hint is type(None) and value is None)
