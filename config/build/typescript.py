"""JSON Schemas as TypeScript: as much of the language as documents need."""

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

_WIDTH = 120
_LINES = {"subsequent_indent": "  ", "break_on_hyphens": False}
_WORDS = {"integer": "number"}  # the others are the same in both


def interfaces(schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Each named schema as an exported type, with what its descriptions say."""
    for name, schema in schemas.items():
        if "properties" in schema:
            needed = schema.get("required", ())
            fields = {field if field in needed else f"{field}?": value for field, value in schema["properties"].items()}
            yield from interface(name, schema.get("description", ""), fields)
        else:
            yield from comment(schema.get("description", ""))
            yield "\n".join(textwrap.wrap(f"export type {name} = {of(schema)};", _WIDTH, **_LINES)) + "\n"


def interface(name: str, about: str, fields: Mapping[str, Any]) -> Iterator[str]:
    """An exported type with these fields; each is a schema, or the name of a type."""
    yield from comment(about)
    yield f"export interface {name} {{"
    for field, value in fields.items():
        if isinstance(value, str):
            yield f"  {field}: {value};"
            continue
        yield from comment(value.get("description", ""), "  ")
        yield f"  {field}: {of(value)};"
    yield "}\n"


def comment(said: str, indent: str = "") -> Iterator[str]:
    """What is said of a type or a field, in as many lines as it needs."""
    words = " ".join(said.split())
    if len(indent) + len(words) + len("/**  */") <= _WIDTH:
        yield from ([f"{indent}/** {words} */"] if words else [])
        return
    lines = textwrap.wrap(words, _WIDTH - len(indent) - len(" * "))
    yield from (f"{indent}{line}" for line in ("/**", *(f" * {line}" for line in lines), " */"))


def of(schema: Mapping[str, Any]) -> str:
    """What a value of the schema is. Raises KeyError for what no document has yet."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(map(of, schema["anyOf"]))
    if "const" in schema or "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema.get("enum", [schema.get("const")]))
    if schema["type"] == "array":
        return _list(schema)
    if schema["type"] == "object":
        return _mapping(schema)
    return _WORDS.get(schema["type"], schema["type"])


def _list(schema: Mapping[str, Any]) -> str:
    item = of(schema["items"])
    if "minItems" in schema:  # so many, neither more nor fewer
        return f"[{', '.join([item] * schema['minItems'])}]"
    return f"({item})[]" if " | " in item else f"{item}[]"


def _mapping(schema: Mapping[str, Any]) -> str:
    if schema["additionalProperties"] is True:
        return "Record<string, any>"  # a site file's keys, which no screen's types repeat
    value, names = of(schema["additionalProperties"]), schema.get("propertyNames")
    return f"Partial<Record<{of(names)}, {value}>>" if names else f"Record<string, {value}>"
