"""Review sheets: out, checked by somebody, in again; and what must not come in."""

import tracemalloc

import openpyxl
import pytest

from queue_server import texts
from queue_server.operations import wording
from queue_server.operations.checks import Patient
from queue_server.words import kept, po_file, review, xlsx_file
from queue_server.words.review import Reviewed
from tests.world.command_line import queue_server
from tests.world.in_process import NINE, InProcess, lay_database

SHIPPED = texts.load()
KEY = "kiosk.take_number"
SOURCE = SHIPPED.sections["kiosk"]["take_number"]["id"]
BLANKS = "kiosk.missed_rule"
NAME = "Ibu Euis, guru basa Sunda"


@pytest.fixture
def data(tmp_path):
    """A server's folder."""
    folder = tmp_path / "data"
    lay_database(folder)
    return folder


def exported(data, name):
    out = data.parent / name
    done = queue_server("words", "export", "--language", "su", "--out", out, "--data", data)
    assert done.returncode == 0, done.stderr
    return out


def read_in(data, file):
    return queue_server("words", "import", file, "--data", data)


def filled(sheet, **rows):
    """A workbook that came back: of some keys another text, signed."""
    book = openpyxl.load_workbook(sheet)
    for cells in book["su"].iter_rows(min_row=2):
        said = rows.get(cells[0].value.replace(".", "__"))
        if said is not None:
            cells[3].value, cells[4].value = said
    book.save(sheet)
    return sheet


def test_a_workbook_goes_out_is_signed_and_what_it_says_is_shown_after_the_next_start(data):
    sheet = filled(exported(data, "su.xlsx"), kiosk__take_number=("Nyandak nomer", NAME))
    done = read_in(data, sheet)
    assert (done.returncode, "1 texts checked" in done.stdout) == (0, True), done.stderr
    hall = InProcess(data)
    try:
        assert "Nyandak nomer" in hall.open("GET", "/lebak/kiosk?lang=su").get_data(as_text=True)
        assert hall.house.texts.say("id", KEY) == SOURCE
    finally:
        hall.close()
    again = openpyxl.load_workbook(exported(data, "again.xlsx"))["su"]
    (row,) = [[cell.value for cell in cells] for cells in again.iter_rows(min_row=2) if cells[0].value == KEY]
    assert row[1:] == [SOURCE, SHIPPED.say("en", KEY), "Nyandak nomer", NAME, ""]


def test_a_po_file_goes_out_and_in(data):
    sheet = exported(data, "su.po")
    said = sheet.read_text()
    assert said.count("msgctxt") == len(review.sources(SHIPPED))
    old = f'msgctxt "{KEY}"\nmsgid "{SOURCE}"\nmsgstr "{SHIPPED.say("su", KEY)}"'
    assert old in said
    signed = f"# Diperiksa oleh: {NAME}\n"
    head, _, tail = said.partition(old)
    at = head.rindex("\n\n") + 2
    sheet.write_text(head[:at] + signed + head[at:] + old.replace(SHIPPED.say("su", KEY), "Nyandak nomer") + tail)
    assert read_in(data, sheet).returncode == 0
    assert [(one.key, one.said, one.checked_by) for one in kept.kept(data, "su")] == [(KEY, "Nyandak nomer", NAME)]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (Reviewed("kiosk.nothing", "x", "y", NAME, 7), "no text has this key"),
        (Reviewed(BLANKS, "Lapor dalam {n} menit.", "Laporkeun dina {m} menit.", NAME, 7), "its blanks are {m}"),
        (Reviewed(BLANKS, "Lapor dalam {n} menit.", "Laporkeun dina { n menit.", NAME, 7), "its blanks are none"),
        (Reviewed(KEY, SOURCE, "<b>Nomer</b>", NAME, 7), "markup"),
        (Reviewed(KEY, SOURCE, "Nomer &lt;", NAME, 7), "markup"),
        (Reviewed(KEY, SOURCE, "Nomer\u202e remon", NAME, 7), "unseen_letters"),
        (Reviewed(KEY, SOURCE, "n" * 1001, NAME, 7), "too_long"),
        (Reviewed(KEY, SOURCE, "Nyandak nomer", "", 7), "without the name"),
    ],
)
def test_a_row_that_may_not_come_in_is_named_by_its_line(row, why):
    taken, (fault,) = review.judged([row], SHIPPED, "su", [])
    assert (taken, fault.line, fault.key) == ([], 7, row.key)
    assert why in fault.why


def test_a_key_that_stands_twice_is_taken_once_and_named():
    rows = [Reviewed(KEY, SOURCE, said, NAME, line) for said, line in (("Nyandak nomer", 7), ("Candak nomer", 9))]
    (taken,), (fault,) = review.judged(rows, SHIPPED, "su", [])
    assert (taken.said, fault.line, fault.why) == ("Nyandak nomer", 9, "this key stands in the sheet twice")


def test_a_kept_text_without_the_blanks_of_its_indonesian_is_not_shown(data):
    kept.keep(data, "su", [Reviewed(BLANKS, SHIPPED.say("id", BLANKS, n="{n}"), "Laporkeun!", NAME)])
    assert kept.laid_over(SHIPPED, data) is SHIPPED


def test_one_fault_keeps_the_whole_sheet_out(data):
    rows = {"kiosk__take_number": ("Nyandak nomer", NAME), "kiosk__missed_rule": ("Lapor", NAME)}
    done = read_in(data, filled(exported(data, "su.xlsx"), **rows))
    assert (done.returncode, kept.kept(data, "su")) == (1, [])
    assert "kiosk.missed_rule: its blanks are none" in done.stderr
    assert "nothing was read in" in done.stderr


@pytest.mark.parametrize("name", ["su.xlsx", "su.po", "su.txt"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b'msgid "a"\nmsgstr "b\n', b"\xff\xfe\x00"])
def test_a_file_that_is_no_sheet_is_refused_in_a_line(data, name, content):
    file = data.parent / name
    file.write_bytes(content)
    done = read_in(data, file)
    assert (done.returncode, kept.kept(data, "su")) == (1, [])
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_text_whose_indonesian_has_changed_is_marked_not_shown_and_told_by_the_doctor(data):
    old = Reviewed(KEY, "Ambil karcis", "Candak karcis", NAME)
    kept.keep(data, "su", [old, Reviewed(BLANKS, SHIPPED.say("id", BLANKS, n="{n}"), "Laporkeun dina {n}!", NAME)])
    shown = kept.laid_over(SHIPPED, data)
    assert (shown.say("su", KEY), shown.say("su", BLANKS, n=5)) == (SHIPPED.say("su", KEY), "Laporkeun dina 5!")
    (row,) = [one for one in review.sheet(SHIPPED, "su", kept.kept(data, "su")) if one.was is not None]
    assert (row.key, row.was) == (KEY, "Ambil karcis")
    for file in (xlsx_file, po_file):  # a marked row is signed anew, or not taken
        language, rows = file.read(file.write([row], "su"))
        assert (language, [(one.key, one.checked_by) for one in rows]) == ("su", [(KEY, "")])
    (found,) = wording.words(Patient(None, data, "", None, lambda: NINE, False))
    assert (found.level, found.text, found.about["n"]) == ("warn", "words_old", 1)


def test_a_header_that_says_ten_million_plurals_builds_none_of_them():
    head = 'msgid ""\nmsgstr ""\n"Language: su\\n"\n"Plural-Forms: nplu"\n"rals=10000000; plural=0;\\n"\n\n'
    tracemalloc.start()
    try:
        language, (row,) = po_file.read(f'{head}msgid "Nomor"\nmsgid_plural "Nomor"\nmsgstr[0] "Nomer"\n'.encode())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (language, row.said, most < 5_000_000) == ("su", "Nomer", True)


@pytest.mark.parametrize("file", [xlsx_file, po_file], ids=["xlsx", "po"])
@pytest.mark.parametrize("language", ["su", "en"])
def test_a_sheet_that_comes_back_as_it_went_out_is_no_fault_and_checks_nothing(file, language):
    _, rows = file.read(file.write(review.sheet(SHIPPED, language, []), language))
    assert review.judged(rows, SHIPPED, language, []) == ([], [])


def test_a_broken_file_keeps_no_hall_from_opening(data):
    kept.file_of(data, "su").parent.mkdir()
    kept.file_of(data, "su").write_bytes(b"\xff\xfe\x00")
    assert kept.laid_over(SHIPPED, data) is SHIPPED
    (found,) = wording.words(Patient(None, data, "", None, lambda: NINE, False))
    assert (found.level, found.text) == ("warn", "words_unread")


def test_checked_texts_go_with_every_backup(data, tmp_path):
    kept.keep(data, "su", [Reviewed(KEY, SOURCE, "Nyandak nomer", NAME)])
    copy, fresh = tmp_path / "copy", tmp_path / "fresh"
    assert queue_server("backup", copy, "--data", data).returncode == 0
    assert queue_server("restore", copy, "--data", fresh).returncode == 0
    assert kept.laid_over(SHIPPED, fresh).say("su", KEY) == "Nyandak nomer"


def test_a_text_of_several_lines_keeps_its_lines():
    several = texts.Texts({"letter": {"about": {"id": "Satu\n\nDua\n"}}})
    back = [Reviewed("letter.about", "Satu\n\nDua\n", "Hiji\n\n Dua ", NAME, 2)]
    (checked,), faults = review.judged(back, several, "su", ())
    assert (checked.said, faults) == ("Hiji\n\nDua", [])
