"""The words on the screens: three languages, Indonesian where one is missing, no braces ever shown."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from queue_server import texts
from queue_server.domain import hours, quota
from queue_server.domain.errors import Code
from queue_server.settings import SettingsError

ROWS = """
hello = { id = "Halo {name}", en = "Hello {name}" }
bye = { id = "Dah", en = "Bye", su = "Mangga" }
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "wall.toml").write_text(ROWS)
    (tmp_path / "shared.toml").write_text('yes = { id = "Ya" }\n')
    return tmp_path


def test_say_in_a_language(folder):
    words = texts.load(folder)
    assert words.say("en", "wall.hello", name="Sari") == "Hello Sari"
    assert words.say("su", "wall.bye") == "Mangga"


@pytest.mark.parametrize("lang", ["su", "id", "fr"])
def test_what_a_language_lacks_is_said_in_indonesian(folder, lang):
    assert texts.load(folder).say(lang, "wall.hello", name="Sari") == "Halo Sari"


def test_a_value_that_is_missing_never_shows_braces(folder):
    words = texts.load(folder)
    assert words.say("id", "wall.hello") == words.say("id", "wall.hello", name=None) == "Halo –"


def test_a_value_with_braces_is_not_filled_again(folder):
    assert texts.load(folder).say("id", "wall.hello", name="{name}") == "Halo {name}"


def test_a_time_is_written_as_people_do(folder):
    eight = datetime(2026, 1, 19, 8, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert texts.load(folder).say("id", "wall.hello", name=eight) == "Halo 08.00"


def test_an_unknown_key_is_an_error_of_ours(folder):
    words = texts.load(folder)
    assert words.has("wall.hello") and not words.has("wall.x") and not words.has("x.hello") and not words.has("x")
    with pytest.raises(KeyError):
        words.say("id", "wall.x")


def test_a_page_gets_its_sections_flat_and_complete(folder):
    page = texts.load(folder).section("shared", "wall")
    assert page == {
        "id": {"bye": "Dah", "yes": "Ya", "hello": "Halo {name}"},
        "en": {"bye": "Bye", "yes": "Ya", "hello": "Hello {name}"},
        "su": {"bye": "Mangga", "yes": "Ya", "hello": "Halo {name}"},
    }


def test_a_key_that_two_sections_have_is_an_error(folder):
    (folder / "kiosk.toml").write_text('bye = { id = "Sampai jumpa" }\nyes = { id = "Betul" }\nno = { id = "Tidak" }\n')
    words = texts.load(folder)
    with pytest.raises(ValueError, match=r"kiosk\.toml: bye, yes: also in shared, wall"):
        words.section("shared", "wall", "kiosk")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param('x = "Halo"', "table of languages", id="one language only"),
        pytest.param('x = { en = "Hello" }', "Indonesian", id="no Indonesian"),
        pytest.param('x = { id = "" }', "Indonesian", id="empty Indonesian"),
        pytest.param('x = { id = "a", jv = "b" }', "unknown language jv", id="unknown language"),
        pytest.param('x = { id = "a", en = "{n} b" }', "placeholders ['n']", id="a placeholder of its own"),
        pytest.param("x = { id = 1 }", "table of languages", id="not a text"),
    ],
)
def test_a_wrong_row_is_named(folder, row, reason):
    (folder / "slip.toml").write_text(row)
    with pytest.raises(SettingsError) as caught:
        texts.load(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.key) == (str(folder / "slip.toml"), "x")
    assert reason in problem.reason


# --- the texts that ship ---

REASONS = (
    hours.HOLIDAY,
    hours.NOT_TODAY,
    hours.NOT_YET,
    hours.AFTER_CUTOFF,
    hours.CLOSED,
    quota.DAY_CLOSED,
    quota.QUOTA_FULL,
)


@pytest.mark.parametrize("key", [code.value for code in Code] + [f"reason_{reason}" for reason in REASONS])
def test_every_refusal_has_words_in_every_language(key):
    page = texts.load().section("errors")
    spoken = [page[lang][key] for lang in texts.LANGUAGES]
    assert len(set(spoken)) == len(spoken)


GIVEN = {
    "reason_holiday": {"holiday"},
    "reason_not_yet": {"opens_at"},
    "reason_after_cutoff": {"since"},
    "reason_closed": {"since"},
}


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_asks_only_for_what_the_rule_tells(reason):
    """``since`` is only known after cutoff and closing, ``holiday`` only on one: else a visitor would read a dash."""
    text = texts.load().section("errors")["id"][f"reason_{reason}"]
    assert texts.placeholders(text) == GIVEN.get(f"reason_{reason}", set())
