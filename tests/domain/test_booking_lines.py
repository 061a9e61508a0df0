"""Lists of booked places as people and systems write them: read as meant, or refused by their line; never guessed."""

import io
import math
import random
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from queue_server.booking_lists import CSV, XLSX, read_list
from queue_server.domain.booking_lines import MOST, SHORTEST_CODE, Listed, Row, read
from queue_server.domain.bookings import code_hash, normalise_code

DAY, AT = date(2026, 1, 20), time(9, 30)


def text(*lines: str, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A CSV file."""
    head = separator.join(["Tanggal", "Jam", "Layanan", "Kode", "Orang"])
    return "\n".join([head, *(line.replace(",", separator) for line in lines)]).encode(encoding)


def book(*sheets: list[list]) -> bytes:
    """A workbook, a sheet after the other."""
    made, file = openpyxl.Workbook(), io.BytesIO()
    made.remove(made.active)
    for n, rows in enumerate(sheets):
        sheet = made.create_sheet(f"Lembar {n + 1}")
        for row in rows:
            sheet.append(row)
    made.save(file)
    return file.getvalue()


def one(found: Listed) -> tuple:
    assert found.problems == (), found.problems
    (line,) = found.lines
    return line.day, line.at, line.service, normalise_code(line.code), line.people


@pytest.mark.parametrize(
    "line",
    [
        "2026-01-20,09:30,paspor,48217306,2",
        "20/01/2026,09.30,paspor,4821 7306,2",
        "20-01-2026,9.30 WIB,paspor,4821-7306,2.0",
        "20.1.2026,09:30:00,paspor,48217306,2",
        "20 Januari 2026,09.30-10.00,paspor,48217306,2",
        "Selasa\u00a020 Jan 2026,9:30 AM,paspor,48217306,2",
        "46042,09.30,paspor,48217306,2",
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_line_is_read_as_it_was_meant(line, separator, encoding):
    assert one(read_list(text(line, separator=separator, encoding=encoding), CSV)) == (DAY, AT, "paspor", "48217306", 2)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (",09:30,paspor,48217306,1", "date_missing"),
        ("13/20/2026,09:30,paspor,48217306,1", "date_unknown"),
        ("20/01/26,09:30,paspor,48217306,1", "date_unknown"),
        ("20/01/2026,,paspor,48217306,1", "time_missing"),
        ("20/01/2026,9,paspor,48217306,1", "time_unknown"),
        ("20/01/2026,25:00,paspor,48217306,1", "time_unknown"),
        ("20/01/2026,13:30 PM,paspor,48217306,1", "time_unknown"),
        ("20/01/2026,0:30 am,paspor,48217306,1", "time_unknown"),
        ("20/01/2026,09:30,,48217306,1", "service_missing"),
        ("20/01/2026,09:30,paspor,,1", "code_missing"),
        ("20/01/2026,09:30,paspor,123,1", "code_unknown"),
        ("20/01/2026,09:30,paspor,4.82E+07,1", "code_rounded"),
        ("20/01/2026,09:30,paspor,48217306,0", "people_unknown"),
        ("20/01/2026,09:30,paspor,48217306,21", "people_unknown"),
        ("20/01/2026,09:30,paspor,48217306,dua", "people_unknown"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_line_and_never_guessed(line, fault):
    found = read_list(text("2026-01-20,08:00,paspor,11112222,1", line), CSV)
    assert [(each.line, each.reason) for each in found.problems] == [(3, fault)]


def test_a_spreadsheet_s_own_dates_times_and_numbers_are_read():
    rows = [["Daftar antrean"], ["date", "time", "service", "code", "people"]]
    rows += [[datetime(2026, 1, 20), AT, "paspor", 48217306, 2], [46042, 0.395833333, "paspor", "A 1", 1]]  # noqa: DTZ001
    found = read_list(book([*rows[:2], rows[2]]), XLSX)
    assert one(found) == (DAY, AT, "paspor", "48217306", 2)
    assert read_list(book(rows[:3]), XLSX).lines[0].line == 3
    assert [p.reason for p in read_list(book(rows), XLSX).problems] == ["code_unknown"]


def test_a_time_that_a_spreadsheet_took_for_a_number_is_refused():
    assert [
        p.reason for p in read_list(book([["date", "time", "service", "code"], [46042, 9.3, "p", "12345"]])).problems
    ] == ["time_unknown"]


HEAD = Row(1, ["date", "time", "service", "code", "people"])


@pytest.mark.parametrize(
    ("place", "cell", "fault"),
    [
        (0, True, "date_unknown"),
        (1, True, "time_unknown"),
        (3, True, "code_unknown"),
        (3, DAY, "code_unknown"),
        (3, timedelta(hours=4), "code_unknown"),
        (4, True, "people_unknown"),
    ],
)
def test_a_cell_that_holds_another_kind_of_thing_is_a_fault_of_its_line(place, cell, fault):
    cells = [DAY, AT, "paspor", 48217306, 1]
    cells[place] = cell
    assert [(one.line, one.reason) for one in read([[HEAD, Row(2, cells)]]).problems] == [(2, fault)]


@pytest.mark.parametrize("cell", [AT, datetime(2026, 1, 19, 9, 30), timedelta(hours=9, minutes=30)])  # noqa: DTZ001
def test_a_time_is_read_however_the_spreadsheet_holds_it(cell):
    assert one(read([[HEAD, Row(2, [DAY, cell, "paspor", 48217306, 2])]])) == (DAY, AT, "paspor", "48217306", 2)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (datetime(2026, 1, 20, 9, 30), None),  # noqa: DTZ001
        ("2026-01-20T09:30", None),
        ("20/01/2026 09.30 WIB", None),
        ("Selasa 20 Jan 2026 9:30 AM", None),
        (DAY, "time_missing"),
        (46042, "time_missing"),
        (46042.395833333, None),
        ("46042,395833333", None),
        ("20/01/2026", "time_missing"),
    ],
)
def test_without_a_column_of_times_the_time_stands_with_the_date_or_is_missing(cell, fault):
    found = read([[Row(1, ["date", "service", "code"]), Row(2, [cell, "paspor", 48217306])]])
    assert [problem.reason for problem in found.problems] == ([fault] if fault else [])
    assert [(line.day, line.at) for line in found.lines] == ([] if fault else [(DAY, AT)])


def test_a_heading_alone_is_a_list_without_bookings_only_where_its_day_and_service_are_said():
    assert read([[HEAD]], "paspor", DAY).empty == (DAY, "paspor")
    for said in ((None, None), ("paspor", None), (None, DAY)):
        assert [problem.reason for problem in read([[HEAD]], *said).problems] == ["no_lines"]


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan, 10**400, -1], ids=lambda n: str(n)[:5])
@pytest.mark.parametrize(
    ("place", "faults"),
    [
        (0, {"date_unknown"}),
        (1, {"time_unknown"}),
        (3, {"code_unknown", "code_rounded"}),
        (4, {"people_unknown"}),
    ],
)
def test_a_number_without_end_or_below_nothing_is_a_fault_of_its_line(place, faults, number):
    cells = [DAY, AT, "paspor", 48217306, 1]
    cells[place] = number
    (problem,) = read([[Row(1, ["date", "time", "service", "code", "people"]), Row(2, cells)]]).problems
    assert problem.line == 2 and problem.reason in faults


@pytest.mark.parametrize(
    ("place", "number", "fault"),
    [
        (0, "1e999", "date_unknown"),
        (0, "-1", "date_unknown"),
        (1, "1e999", "time_unknown"),
        (1, "-1", "time_unknown"),
        (1, "-0.5", "time_unknown"),
        (3, "1e999", "code_rounded"),
        (3, "-1e999", "code_unknown"),
        (3, "0", "code_unknown"),
        (3, "123", "code_unknown"),
        (3, "48217306.5", "code_unknown"),
        (4, "1e999", "people_unknown"),
        (4, "-1e999", "people_unknown"),
        (4, "1e300", "people_unknown"),
    ],
)
def test_a_number_of_a_spreadsheet_that_is_none_of_ours_is_a_fault_by_its_line(place, number, fault):
    row = [46042, 0.395833333, "paspor", 48217306, 2]
    row[place] = 98989898
    file, changed = io.BytesIO(book([["date", "time", "service", "code", "people"], row])), io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.infolist():
            new.writestr(part, old.read(part).replace(b"<v>98989898</v>", f"<v>{number}</v>".encode()))
    assert [(each.line, each.reason) for each in read_list(changed.getvalue(), XLSX).problems] == [(2, fault)]


def test_two_sheets_are_two_lists_and_one_that_is_none_is_left_out():
    head = ["date", "time", "service", "code"]
    first, second = [[DAY, AT, "a", "11112222"]], [[DAY, AT, "b", "33334444"]]
    found = read_list(book([head, *first], [["Rekap", 2]], [head, *second]), XLSX)
    assert ([line.service for line in found.lines], found.ignored) == (["a", "b"], ("Lembar 2",))


def test_a_doubled_line_counts_once_and_two_lines_of_one_code_are_a_fault():
    same = "2026-01-20,09:30,paspor,48217306,1"
    found = read_list(text(same, same.replace("48217306", "4821 7306")), CSV)
    assert (len(found.lines), found.doubled) == (1, 1)
    found = read_list(text(same, same.replace("09:30", "10:00")), CSV)
    assert [(each.line, each.reason) for each in found.problems] == [(3, "code_twice")]


def test_a_list_has_an_end():
    found = read_list(text(*(f"2026-01-20,09:30,paspor,7{n:07d},1" for n in range(MOST + 1))), CSV)
    assert [each.reason for each in found.problems] == ["too_many_lines"]


def test_a_workbook_that_unpacks_to_more_than_a_list_is_none():
    file = io.BytesIO(book([["date", "time", "service", "code"], [DAY, AT, "paspor", "48217306"]]))
    assert read_list(file.getvalue(), XLSX).problems == ()
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/picture.bin", b"0" * 60_000_000)
    assert len(file.getvalue()) < 1_000_000
    assert [each.reason for each in read_list(file.getvalue(), XLSX).problems] == ["unreadable"]


def test_of_a_code_only_letters_and_digits_count_and_its_hash_is_the_secret_s_own():
    assert {normalise_code(each) for each in ("ab-12 34", "AB1234", "https://mpp.example/b/ab1234?x=1")} == {"AB1234"}
    assert code_hash(b"one", "lebak", "AB1234") == code_hash(b"one", "lebak", "ab 12-34")
    assert len({code_hash(b"one", "lebak", "AB1234"), code_hash(b"two", "lebak", "AB1234")}) == 2
    assert code_hash(b"one", "lebak", "AB1234") != code_hash(b"one", "pandeglang", "AB1234")


GOOD = (
    text(*(f"2026-01-20,09:{n:02d},paspor,7{n:07d},1" for n in range(20))),
    text("20/01/2026,09.30,paspor,4821 7306,2", '20/01/2026,"09.30",paspor,"7777,8888",2', separator=";"),
    book([["date", "time", "service", "code"], [DAY, AT, "paspor", "48217306"], [46042, 0.5, "paspor", 12345678]]),
)


def mangled(seed: int) -> bytes:
    """A good file after an accident."""
    chance = random.Random(seed)
    data = bytearray(chance.choice(GOOD))
    for _ in range(chance.choice([0, 1, 3, 30, 300])):
        at = chance.randrange(len(data) + 1)
        how = chance.randrange(4)
        if how == 0 and at < len(data):
            data[at] = chance.randrange(256)
        elif how == 1:
            data[at:at] = chance.choice([b";", b"\x00", b"\n", b'"', b"\xff\xfe", b"1e9", b"9" * 40, b"\xef\xbb\xbf"])
        elif how == 2:
            del data[at : at + chance.randrange(1, 40)]
        else:
            data[at:at] = data[: chance.randrange(60)]
    return bytes(data)


def look_at(seed: int) -> None:
    """It is read or refused by its lines; nothing else ever comes of it."""
    data = mangled(seed)
    for kind in (CSV, XLSX, None):
        found = read_list(data, kind)
        assert found.lines or found.problems, seed
        for line in found.lines:
            assert len(normalise_code(line.code)) >= SHORTEST_CODE and 1 <= line.people <= 20, seed
        assert all(each.line >= 0 for each in found.problems), seed


def test_a_few_dozen_mangled_files_are_read_or_refused_by_their_lines():
    for seed in range(40):
        look_at(seed)


@pytest.mark.night
def test_two_thousand_mangled_files_are_read_or_refused_by_their_lines():
    for seed in range(2000):
        look_at(seed)
