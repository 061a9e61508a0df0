"""Each column, and each name in what is kept beside an event, is in the one table of what is personal, or is not."""

import ast

import pytest

from queue_server.domain.privacy import FIELDS, lifetime_of
from queue_server.store import schema
from tests.world.tree import files, text

# Columns of what no person can be told by: the hall, its structure, its counts, its machines.
IMPERSONAL = {
    **dict.fromkeys(
        ("agency", "service", "site", "series", "quota", "seal", "day_sheet", "follower", "site_lease"), "*"
    ),
    **dict.fromkeys(("structure", "device", "device_test", "presence", "picture", "picture_content", "playlist"), "*"),
    **dict.fromkeys(("notice", "site_lease", "taken_alarm"), "*"),
    "account": "agencies created_at disabled_at organisation role roles sites version",
    "booking": "confirmed day ended id late own people service site slot state ticket",
    "counter": "agency break_reason break_since break_until call_revision help help_since helped_at id name opened_at"
    " retired_at site ticket wheel",
    "escort": "site",
    "event": "at clock_suspect counter day detail epoch kind n revision service site ticket",
    "lending": "agency at site",
    "pairing": "at code kind poll_hash",
    "private": "at epoch key n name revision site value",
    "refused_sign_in": "count hour key",
    "request": "at body_hash day key site status ticket",
    "roster": "begins counter day ends n site",
    "session": "created_at",
    "stay": "called_to class_ counter day end kind n outcome people service site start suspect ticket",
    "origin_answer": "agency id month service site",
    "rating": "agency id month score service site",
    "survey_answer": "agency channel comment_until cost_scale id month service site wording"
    " on_competence on_complaints on_conduct on_cost on_facilities on_procedure on_product on_requirements on_time",
    "survey_mark": "month site",
    "survey_urn": "id month site",
    "ticket": "arrival call_revision callable_from called_at carried_as carried_from carried_to class_ counter day"
    " early expected_s finished_at id issued_at missing noted number officer_since outcome people recalls seq series"
    " served_at service since site state told_high_s told_low_s wish",
}
PERSONAL = {place for one in FIELDS for place in one.where}


def unknown(columns: dict[str, set[str]]) -> set[str]:
    """The columns that nobody has thought about."""
    found = set()
    for table, names in columns.items():
        known = IMPERSONAL.get(table, "")
        impersonal = names if known == "*" else set(known.split())
        found |= {f"{table}.{name}" for name in names - impersonal if f"{table}.{name}" not in PERSONAL}
    return found


def kept_apart(source: str) -> set[str]:
    """The names in what commands keep beside events."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.keyword) and node.arg == "private"]
    dicts = [call.value for call in calls if isinstance(call.value, ast.Dict)]
    return {key.value for one in dicts for key in one.keys if isinstance(key, ast.Constant)}


def test_every_column_is_in_the_table_of_what_is_personal_or_is_known_not_to_be():
    columns = {table.name: {column.name for column in table.columns} for table in schema.metadata.sorted_tables}
    assert unknown(columns) == set(), "say in domain/privacy.py what it is for and how long it is kept, or list it here"
    there = {f"{table}.{name}" for table, names in columns.items() for name in names}
    assert not {place for place in PERSONAL if not place.startswith("private.")} - there, "what there is not"


def test_every_name_kept_beside_an_event_is_in_the_table():
    names = {name for path in files(".py", under=("queue_server/commands/",)) for name in kept_apart(text(path))}
    assert {"note", "reason", "booking"} <= names
    assert not {name for name in names if f"private.{name}" not in PERSONAL}


def test_what_nobody_has_thought_about_is_found():
    assert unknown({"ticket": {"id", "phone"}, "visitor": {"name"}}) == {"ticket.phone", "visitor.name"}
    assert kept_apart('record(tx, kind, private={"nik": n, "note": x})') == {"nik", "note"}
    with pytest.raises(LookupError):
        lifetime_of("nik")
