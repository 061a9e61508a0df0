"""The drill of a breach: which data of how many may be out, what can still be read, letters to send in 72 hours."""

import pytest
from click.testing import CliRunner

from queue_server.cli import cli
from queue_server.commands import officer
from queue_server.domain.privacy import Lifetime
from queue_server.serving.process import Runtime
from queue_server.store import urn
from queue_server.store.survey_schema import survey_urn
from queue_server.store.urn_keys import UrnKeys
from tests.world.hall import SARI, Hall
from tests.world.sealed import ring_of

NOTE = "kartu keluarga menyusul"


def drill(hall: Hall, first: str, last: str, language: str = "en") -> str:
    """What the command says."""
    asked = ["privacy", "breach", "--from", first, "--to", last, "--language", language, "--data", str(hall.folder)]
    said = CliRunner().invoke(cli, asked, obj=Runtime(lambda *_: None, clock=lambda: hall.now))
    assert said.exit_code == 0, said.output
    return said.output


@pytest.fixture
def told(hall: Hall) -> Hall:
    """A note was written about somebody."""
    hall.do(SARI, officer.open_counter, "5")
    hall.issue("ktp-cetak")
    for verb, said in ((officer.call_next, {}), (officer.serve, {}), (officer.finish, {"note": NOTE})):
        hall.do(SARI, verb, "5", **said)
    return hall


def test_a_breach_is_rehearsed_what_is_out_is_counted_and_both_letters_are_drafted(told):
    today = f"{told.now:%Y-%m-%d}"
    said = drill(told, today, today)
    assert "- Notes by staff: 1 entries, the keys of 1 are still there" in said
    assert "- Link of the slip (hashed): 1 entries" in said and NOTE not in said
    letters = drill(told, today, today, "id").split("-" * 72)
    assert [letter.strip()[:7] for letter in letters if letter.strip()] == ["KONSEP:", "KONSEP:"]
    assert all("Catatan petugas: 1 catatan" in letter for letter in letters[:2])
    ring_of(told).destroy(lambda key: key.lifetime is Lifetime.TEXTS)
    assert "- Notes by staff: 1 entries, the keys of 0 are still there" in drill(told, today, today)
    assert "Notes by staff" not in drill(told, "2026-01-01", "2026-01-02")


def test_answers_that_wait_to_be_mixed_are_counted_by_their_month_and_readable_while_its_key_is_there(told):
    month, keys, today = f"{told.now:%Y-%m}", UrnKeys(told.folder), f"{told.now:%Y-%m-%d}"
    with told.writer.begin() as conn:
        urn.mark(conn, told.id, month, urn.mark_of(keys.make(month), "survey", "one"))
        conn.execute(survey_urn.insert().values(site=told.id, month=month, id="0" * 32, sealed=b"sealed"))
    waiting = "- Answers to the survey not yet mixed with others (sealed, without the number): 1 entries, the keys of"
    assert f"{waiting} 1 are" in drill(told, today, today)
    keys.destroy(month)
    said = drill(told, today, today)
    assert f"{waiting} 0 are" in said and "answered the survey or told its origin (hashed): 1 entries" in said
    assert waiting not in drill(told, "2026-01-01", "2026-01-31")
