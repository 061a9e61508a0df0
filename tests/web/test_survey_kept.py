"""What is kept of an answer to the survey, sealed for how long, and what an old copy of it brings back: nothing."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from queue_server.domain.privacy import Lifetime
from queue_server.domain.roles import Role
from queue_server.domain.survey_period import month_of
from queue_server.store import first_sealing, keyring, purging, schema, survey, urn
from tests.web.answering import SITE, before, forget_all, keep, month_passes, rows, says, served
from tests.web.office import Office, code, opened


@pytest.fixture(scope="module")
def hall(tmp_path_factory) -> Iterator[Office]:
    """Its people, once for all tests of this file."""
    with opened(tmp_path_factory.mktemp("kept")) as made:
        made.add("tuti", {Role.FRONT_DESK}, (SITE,))
        yield made


@pytest.fixture
def office(hall: Office) -> Office:
    """A month in which nobody has answered yet."""
    forget_all(hall)
    month_passes(hall)
    return hall


def test_a_comment_names_nobody_and_goes_after_ninety_days(office):
    ids = served(office, 10)
    assert code(says(office, ids[0], comment="NIK 3602 0101 0190 0001"))[2] == "comment"
    for id in ids:
        assert says(office, id, comment="Kursi kurang “banyak” 🙂" * 10, profile={"sex": "female"}).status_code == 201
    month_passes(office)
    keep(office)
    kept = rows(office, "SELECT comment FROM survey_answer WHERE sex = 'female'")
    assert len(kept) == 10 and not [one for one in kept if one[0] is None or "Kursi" in one[0]], "they lie sealed"
    assert told_comments(office) == ["Kursi kurang “banyak” 🙂" * 10] * 10
    for _ in range(3):
        month_passes(office, 30)
    keep(office)
    assert rows(office, "SELECT count(comment), count(*) FROM survey_answer") == [(0, 10)]


def told_comments(office: Office) -> list[str | None]:
    """What staff's own table says."""
    month = before(office)
    with office.house.reader.connect() as conn:
        return [one.comment for one in survey.answers(conn, SITE, month, month)]


def test_a_comment_is_gone_with_its_key_and_one_written_in_plain_is_sealed(office):
    for id in served(office, 10):
        says(office, id, comment="Kursi kurang")
    month_passes(office)
    keep(office)
    writer, ring = office.house.perform.engine, keyring.of(office.house.perform.engine.url)
    with office.house.perform.aside() as conn:
        conn.execute(text("UPDATE survey_answer SET comment = 'Kursi kurang'"))
    assert first_sealing.seal_plain(writer, ring) == 10 and told_comments(office) == ["Kursi kurang"] * 10
    ring.destroy(lambda key: key.lifetime is Lifetime.TEXTS)
    assert told_comments(office) == [None] * 10, "in an old copy, too"
    with office.house.perform.aside() as conn:
        assert purging.unreadable(conn, ring) == 0
        purging.take_out(conn, ring.destroyed)
    assert rows(office, "SELECT count(comment), count(*) FROM survey_answer") == [(0, 10)]


def test_what_an_old_copy_holds_of_a_month_whose_key_is_destroyed_goes_and_is_told(office):
    ids = served(office, 5)
    for id in ids:
        says(office, id)
    month = month_of(office.now.date())
    old = rows(office, "SELECT site, month, id, sealed FROM survey_urn")
    marks = rows(office, "SELECT site, month, mark FROM survey_mark")
    month_passes(office)
    month_passes(office, 5)
    keep(office)
    assert old and marks and office.house.urn_keys.get(month) is None
    with office.house.perform.aside() as conn:  # a copy of that month is put back
        conn.execute(
            schema.survey_urn.insert(), [dict(zip(("site", "month", "id", "sealed"), one, strict=True)) for one in old]
        )
        conn.execute(
            schema.survey_mark.insert(), [dict(zip(("site", "month", "mark"), one, strict=True)) for one in marks]
        )
        assert urn.lost(conn, office.house.urn_keys, SITE) == len(old), "the doctor tells it"
    with capture_logs() as log:
        keep(office)
    assert [one["many"] for one in log if one["event"] == "answers_lost"] == [len(old)]
    assert rows(office, "SELECT * FROM survey_urn") == rows(office, "SELECT * FROM survey_mark") == []
