"""JSON Schemas of the documents, and the check of a real one."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

TEMPLATE = "#/components/schemas/{model}"  # where OpenAPI and AsyncAPI keep them


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def schemas(shapes: Iterable[Any], bodies: Iterable[Any] = ()) -> tuple[dict[Any, Any], dict[str, Any]]:
    """(shape -> its reference, name -> its schema): of documents, of what they hold, and of request bodies."""
    inputs: list[tuple[Any, Literal["serialization", "validation"], TypeAdapter[Any]]]
    inputs = [(shape, "serialization", _adapter(shape)) for shape in shapes]
    inputs += [(body, "validation", _adapter(body)) for body in bodies]
    found, named = TypeAdapter.json_schemas(inputs, by_alias=True, ref_template=TEMPLATE)
    return {shape: schema for (shape, _), schema in found.items()}, named["$defs"]


def hold(shape: Any, document: Any) -> None:
    """Raise pydantic's ValidationError unless a document has its declared shape: nothing missing, nothing more."""
    _adapter(shape).validate_json(json.dumps(document))
