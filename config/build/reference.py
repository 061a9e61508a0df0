"""Write the reference of every key of a hall's files and of ``server.toml``, from the schema that reads them.

``make reference`` writes ``config/reference.md``; a lint fails while the page is not what would be written.
"""

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from queue_server.settings.holiday_schema import HolidayTable
from queue_server.settings.server_file import ENVIRONMENT
from queue_server.settings.server_schema import ServerFile
from queue_server.settings.site_schema import SiteTable
from queue_server.settings.toml_file import Written

CONFIG = Path(__file__).resolve().parents[1]
PAGE = CONFIG / "reference.md"
SIMPLE = {str: "text", bool: "`true` or `false`", int: "whole number", float: "number", date: "date"}
BOUNDS = {"ge": "at least {}", "gt": "above {}", "le": "at most {}"}

HEAD = """# Reference of the configuration

Every key of the files in a `--config` folder. `queue-server check` names each mistake by file, key and reason.
[`sites/PANDUAN.md`](sites/PANDUAN.md) explains the keys of a hall's file to technicians, in Indonesian, with examples.

This page is made from `queue_server/settings/` by `make reference`; write a key's help there.
"""
SERVER = """## `server.toml`

The shipped [`server.toml`](server.toml) holds every default; a file of your own names only what it changes. These
variables of the environment win over any file: """


def page() -> str:
    """The whole page."""
    shipped = tomllib.loads((CONFIG / "server.toml").read_text())
    variables = ", ".join(f"`{name}` (`{key}`)" for name, (_, key) in ENVIRONMENT.items())
    sites = ["## `sites/*.toml`", *section("", SiteTable, {})]
    holidays = ["## `holidays/*.toml`", *section("", HolidayTable, {})]
    server = [SERVER + variables + ".", *tables("", ServerFile, shipped)]
    return "\n\n".join([HEAD.rstrip(), *sites, *holidays, *server]) + "\n"


def section(path: str, model: type[BaseModel], shipped: dict[str, Any]) -> Iterator[str]:
    """One table of the file: what it is, its keys, and then the tables in it."""
    if path:
        yield f"### {path}"
    yield code(model.__doc__ or "")
    rows = [row(name, field, shipped.get(name)) for name, field in model.model_fields.items()]
    yield "\n".join(["| key | meaning | value | if left out |", "| --- | --- | --- | --- |", *rows])
    yield from tables(path, model, shipped)


def tables(path: str, model: type[BaseModel], shipped: dict[str, Any]) -> Iterator[str]:
    """The tables in a table, each with its heading as the file writes it."""
    for name, field in model.model_fields.items():
        inner, many = model_in(field.annotation), get_origin(field.annotation) is list
        if inner is not None and not path:
            yield from section(f"`[[{name}]]`" if many else f"`[{name}]`", inner, shipped.get(name, {}))
        elif inner is not None:
            yield from section(f"`{name}` of {path}", inner, {})


def row(name: str, field: FieldInfo, shipped: Any) -> str:
    """One key."""
    value = written(field.annotation, field.metadata)
    return f"| `{name}` | {code(field.description or '')} | {value} | {default(field, shipped)} |"


def default(field: FieldInfo, shipped: Any) -> str:
    """What holds where the key is left out, as the file would write it; nothing where the help has said it."""
    if shipped is not None:
        return f"`{toml(shipped)}`"
    if field.is_required():
        return "**required**"
    return f"`{toml(field.default)}`" if field.default not in (None, [], {}) and not is_table(field.default) else ""


def written(annotation: Any, metadata: list[Any] | tuple[Any, ...] = ()) -> str:
    """How a value is written, in words."""
    if marks := [mark.words for mark in metadata if isinstance(mark, Written)]:
        return quoted(marks[-1])
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return written(next(one for one in inside if one is not type(None)), metadata)
    if hasattr(annotation, "__metadata__"):  # Annotated[…]
        return written(annotation.__origin__, [*annotation.__metadata__, *metadata])
    if origin is Literal:
        return " ".join(f"`{json.dumps(word)}`" for word in inside)
    if origin is list:
        return "table for each" if model_in(annotation) else f"list, each: {written(inside[0])}"
    if origin is dict:
        return f"table; {written(inside[0])}: {written(inside[1])}"
    if model_in(annotation):
        return "table"
    return ", ".join([SIMPLE[annotation], *bounds(metadata)])


def bounds(metadata: list[Any] | tuple[Any, ...]) -> Iterator[str]:
    """The limits of a number, in words."""
    for mark in metadata:
        for one in getattr(mark, "metadata", [mark]):
            yield from (said.format(getattr(one, name)) for name, said in BOUNDS.items() if hasattr(one, name))


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The table inside ``Table``, ``list[Table]`` or ``Table | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := model_in(inner))), None)


def is_table(value: Any) -> bool:
    """Whether a default is a table, whose own keys say theirs."""
    return isinstance(value, BaseModel)


def toml(value: Any) -> str:
    """A value as the file writes it."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(one)}" for key, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def code(text: str) -> str:
    """Docstrings mark code by two ticks, pages by one."""
    return " ".join(text.replace("``", "`").split())


def quoted(words: str) -> str:
    """Words in a cell: a bar would end it."""
    return words.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page())
