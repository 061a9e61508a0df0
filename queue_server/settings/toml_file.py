"""Reading a TOML file strictly: every problem found is named by file, key and reason."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from queue_server.settings import toml_hints

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in the configuration, exact enough to go and repair it."""

    file: str
    key: str  # as written in the file, e.g. "services[3].quota.regular"
    reason: str
    about: str = ""  # the id of the row that the key points into, where it has one: nobody counts to services[13]

    def __str__(self) -> str:
        """Write the problem on one line, as ``queue-server check`` prints it."""
        place = f"{self.key} ({self.about})" if self.about else self.key
        return f"{self.file}: {place}: {self.reason}" if place else f"{self.file}: {self.reason}"


class SettingsError(Exception):
    """The configuration cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Written:
    """How a value is written, in the words of the reference; a mark on a type, without effect on what is accepted."""

    words: str


class Strict(BaseModel):
    """A table that refuses unknown keys and other types (no "10" for 10). The text under a key is its help."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


def read(path: Path) -> dict[str, Any]:
    """Read a TOML file; a broken or unreadable one raises :class:`SettingsError`."""
    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors put a mark first
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        cure = toml_hints.syntax(text, str(error))
        reason = f"not valid TOML: {cure or error}"
    except UnicodeDecodeError:
        reason = "not UTF-8 text"
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
    raise SettingsError([Problem(str(path), "", reason)])


def parse(model: type[M], data: dict[str, Any], file: str) -> M:
    """Fit ``data`` to ``model``; raise :class:`SettingsError` with all problems at once."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise SettingsError(replace(p, about=id_at(p.key, data)) for p in problems_of(error, model, file)) from None


def id_at(key: str, data: Mapping[str, Any]) -> str:
    """The id of the row that a key points into: ``services[3].prefix`` is of ``ktp-cetak``; "" where there is none."""
    row = re.match(r"(\w+)\[(\d+)\]", key)
    rows = data.get(row[1]) if row else None
    found = rows[int(row[2])] if row and isinstance(rows, list) and int(row[2]) < len(rows) else None
    return str(found.get("id", "")) if isinstance(found, dict) else ""


def problems_of(error: ValidationError, model: type[BaseModel], file: str) -> list[Problem]:
    """Turn pydantic's errors into ours: the key as it stands in the file, a reason in plain words."""
    return [Problem(file, key_of(e["loc"]), _reason(e, model)) for e in error.errors(include_url=False)]


def key_of(location: Iterable[str | int]) -> str:
    """Write a path into the file as people do: ``("services", 3, "prefix")`` is ``services[3].prefix``."""
    key = ""
    for part in location:
        if isinstance(part, int):
            key += f"[{part}]"
        elif part != "[key]":  # pydantic's mark for "the key itself is wrong"
            key += f".{part}" if key else part
    return key


def _reason(error: Any, model: type[BaseModel]) -> str:
    """Say what is wrong without pydantic's vocabulary."""
    if error["type"] == "missing":
        return "is required"
    if error["type"] == "extra_forbidden":
        return "unknown key" + _did_you_mean(error["loc"], model)
    message = str(error["msg"]).removeprefix("Value error, ")
    key = next((part for part in reversed(error["loc"]) if isinstance(part, str)), "")
    cure = toml_hints.value(key, error["type"], error["input"])
    return message[:1].lower() + message[1:] + (f"; {cure}" if cure else "")


def _did_you_mean(location: tuple[str | int, ...], model: type[BaseModel]) -> str:
    """Suggest the known key that is spelled most like the unknown one."""
    table = _table_at(location[:-1], model)
    meant = toml_hints.unknown_key(str(location[-1]))
    if meant is not None and table is not None and meant in table.model_fields:
        return f"; did you mean {meant!r}?"
    close = difflib.get_close_matches(str(location[-1]), table.model_fields if table else (), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _table_at(location: tuple[str | int, ...], model: type[BaseModel]) -> type[BaseModel] | None:
    """Find the model that describes the table at ``location``."""
    table: type[BaseModel] | None = model
    for part in location:
        if isinstance(part, str) and table is not None:
            field = table.model_fields.get(part)
            table = _model_in(field.annotation) if field else None
    return table


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Find the model inside ``Model``, ``list[Model]`` or ``Model | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = getattr(annotation, "__args__", ())
    return next((m for m in map(_model_in, inner) if m is not None), None)
