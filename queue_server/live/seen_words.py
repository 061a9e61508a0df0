"""What a screen may say: ``seen``, and of that nothing but what is declared."""

from typing import Any

from ..domain.devices import DeviceTest, Said

_LONGEST_WORD = 32  # of what is kept for each socket
_NO_REVISION = 2**63  # what no database counts up to
_NO_INTEGER = 2**31
_WORDS = {"printer": ("ok", "trouble"), "paper": ("ok", "low", "out"), "video": ("ok", "no", "slow")}
_ALWAYS = {"revision", "sound"}
_PERHAPS = {"build", "screen", "clock_s", "printer", "paper", "video", "test"}


def read_seen(said: Any) -> tuple[Said, DeviceTest | None] | None:
    """What it says of itself, and came of a test; None for what no screen of ours says."""
    if not isinstance(said, dict) or not _ALWAYS <= said.keys() <= _ALWAYS | _PERHAPS:
        return None
    if not (_is_revision(said["revision"]) and _is_sound(said["sound"]) and _are_facts(said)):
        return None
    tested = _tested(said["test"]) if "test" in said else None
    if "test" in said and tested is None:
        return None
    own = {name: said.get(name) for name in ("build", "screen", "clock_s", "printer", "paper", "video")}
    return Said(sound=said["sound"] if isinstance(said["sound"], bool) else None, **own), tested


def _is_revision(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value < _NO_REVISION


def _is_sound(value: Any) -> bool:
    return isinstance(value, bool | None) or _is_word(value)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_WORD and "\0" not in value


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -_NO_INTEGER <= value < _NO_INTEGER


def _are_facts(said: dict[str, Any]) -> bool:
    words = all(_is_word(said[name]) for name in ("build", "screen") if name in said)
    known = all(said[name] in may for name, may in _WORDS.items() if name in said)
    return words and known and ("clock_s" not in said or _is_integer(said["clock_s"]))


def _tested(said: Any) -> DeviceTest | None:
    if not isinstance(said, dict) or not {"id", "ok"} <= said.keys() <= {"id", "ok", "value"}:
        return None
    id, ok, value = said["id"], said["ok"], said.get("value")
    if not (_is_integer(id) and id >= 0 and isinstance(ok, bool) and (value is None or _is_integer(value))):
        return None
    return DeviceTest(id, ok, value)
