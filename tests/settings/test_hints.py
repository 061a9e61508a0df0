"""Slips of a technician's pen are answered by what to write instead."""

import pytest

from tests.world.folders import MINIMAL, folder, problems

HOURS = 'hours = { mon = "08:00-12:00" }'


@pytest.mark.parametrize(
    ("before", "after", "cure"),
    [
        pytest.param('name = "Surat"', "name = “Surat”", "straight ones", id="smart quotes"),
        pytest.param('name = "Surat"', "name = ‘Surat’", "straight ones", id="smart single quotes"),
        pytest.param('name = "Surat"', 'name = "Surat', "a quotation mark", id="an unclosed quote"),
        pytest.param(
            'services = ["surat"]', 'services = ["surat]', "a quotation mark", id="an unclosed quote in a list"
        ),
        pytest.param('services = ["surat"]', 'services = ["surat" "lain"]', "a comma is missing", id="no comma"),
        pytest.param(HOURS, f"{HOURS}\nwall = 7,5", "with a point: 7.5", id="a decimal comma"),
        pytest.param(HOURS, f"{HOURS}\nday = 24-12-2026", "2026-12-24", id="a date as people write it"),
        pytest.param(HOURS, f"{HOURS}\nday = 24/12/2026", "2026-12-24", id="a date with slashes"),
        pytest.param(HOURS, "hours = senin", 'in quotes: "senin"', id="a word without quotes"),
        pytest.param(
            'name = "Surat"', "name = Surat keterangan # baru", '"Surat keterangan"', id="words without quotes"
        ),
        pytest.param(HOURS, "hours = 08:00-12:00", 'hours stand in quotes: "08:00', id="hours without quotes"),
        pytest.param(HOURS, f"{HOURS}\nfinish_on_next = Ya", "write true", id="ya"),
        pytest.param(HOURS, f"{HOURS}\nfinish_on_next = False", "write false", id="a capital False"),
        pytest.param(HOURS, "hours: 3", "followed by =", id="a colon"),
        pytest.param(HOURS, "hours =", "no value after =", id="no value"),
        pytest.param(HOURS, f"{HOURS}\nwall = 07", "does not begin with 0: 7", id="a leading zero"),
        pytest.param("[[services]]", "[[services]", "as many ] as [", id="half a heading"),
        pytest.param('name = "Surat"', 'name = "C:\\surat"', "written twice", id="a backslash"),
    ],
)
def test_a_broken_line_is_named_with_its_cure(tmp_path, before: str, after: str, cure: str):
    text = MINIMAL.replace(before, after, 1)
    number = text[: text.index(after) + len(after)].count("\n") + 1
    [(_, key, reason)] = problems(folder(tmp_path, text))
    assert key == ""
    assert f"line {number}: " in reason
    assert cure in reason


@pytest.mark.parametrize(
    ("before", "after", "key", "cure"),
    [
        pytest.param('prefix = "A"', 'prefix = "A"\nquota = 5', "services[0].quota", "regular = 5", id="quota = 5"),
        pytest.param(
            'prefix = "A"', 'prefix = "A"\ndays = ["senin"]', "services[0].days[0]", '"mon"', id="senin in a list"
        ),
        pytest.param("mon =", "senin =", "hours.senin", "did you mean 'mon'", id="senin as a key"),
        pytest.param('"Asia/Makassar"', '"WITA"', "timezone", "Asia/Makassar (WITA)", id="WITA"),
        pytest.param('"08:00-12:00"', '"00:00-00:00"', "hours.mon", "00:00-24:00", id="no hours at all"),
        pytest.param('id = "1"', "id = 1", "counters[0].id", 'in quotes: "1"', id="a counter's number"),
        pytest.param(
            HOURS, f'finish_on_next = "ya"\n{HOURS}', "finish_on_next", "without quotes: true", id="ya in quotes"
        ),
        pytest.param(
            HOURS,
            f'wall = {{ farthest_viewer_m = "7,5" }}\n{HOURS}',
            "wall.farthest_viewer_m",
            "without quotes: 7.5",
            id="a number in quotes",
        ),
        pytest.param(
            HOURS,
            'hours = { mon = "08:00-12:00", cutoff_minutes = 900 }',
            "hours.mon",
            "open 240 minutes",
            id="a cutoff longer than the day",
        ),
        pytest.param(
            'prefix = "A"',
            'prefix = "A"\nhours = { mon = "08:00-08:20" }',
            "services[0].hours.mon",
            "leaves no time",
            id="a cutoff longer than a service's day",
        ),
    ],
)
def test_a_wrong_value_is_named_with_its_cure(tmp_path, before: str, after: str, key: str, cure: str):
    text = MINIMAL.replace(before, after, 1)
    if "services[0].hours" in key:
        text = text.replace('"08:00-12:00" }', '"08:00-12:00", cutoff_minutes = 20 }')
    [(_, found, reason)] = problems(folder(tmp_path, text))
    assert found == key
    assert cure in reason


@pytest.mark.parametrize("written", ['"24-12-2026"', '"2026-12-24"', '"24/12/2026"'])
def test_a_date_in_quotes_is_answered_by_the_date(tmp_path, written: str):
    own = f'[[day]]\ndate = {written}\nname = "Cuti bersama"\n'
    [(_, key, reason)] = problems(folder(tmp_path, MINIMAL, holidays=own))
    assert key == "day[0].date"
    assert "without quotes: 2026-12-24" in reason


@pytest.mark.parametrize("rows", ["agencies", "services", "counters"])
def test_a_hall_without_any_is_refused(tmp_path, rows: str):
    head, *tables = MINIMAL.split("[[")
    text = head + "".join(f"[[{table}" for table in tables if not table.startswith(rows))
    assert (rows, f"a hall needs at least one: [[{rows}]]") in [found[1:] for found in problems(folder(tmp_path, text))]
