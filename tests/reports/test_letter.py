"""The official letter: set beside those who work, of whatever a hall is called, with its own head and number."""

import ctypes
import threading
import time
from datetime import date

import pytest

from queue_server.domain.letterhead import Letterhead, unknown_gaps
from queue_server.reports import letter

PLAIN = {
    **{"lang": "id", "title": "t", "site": "s", "foot": "f", "place_date": "p", "signatory": "s", "closing": "c"},
    "head": {"government": None, "office": "o", "contact": None},
    **{"facts": [["a", "b", True]], "to": [], "lead": ["l"], "table": None, "chart": None, "points": []},
    **{"points_title": "p", "annex_title": "a", "annex": [], "corrected": [], "definitions": []},
    **{"corrected_title": "c", "definitions_title": "d"},
}


def goes_on_beside(work) -> bool:
    """Whether this thread has turns while another does the work: none, if that keeps the interpreter's lock."""
    began, spent = time.perf_counter(), []

    def timed():
        work()
        spent.append(time.perf_counter() - began)

    thread = threading.Thread(target=timed)
    thread.start()
    longest, last = 0.0, began
    while thread.is_alive():
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest < spent[0] / 2


def test_nobody_is_held_up_while_a_letter_is_set():
    lines = [["Layanan", *map(str, range(8))]] * 400
    long = {**PLAIN, "annex": [{"title": "t", "head": list("abcdefghi"), "rows": lines}]}
    assert goes_on_beside(lambda: letter.written(long))


def test_holding_everybody_up_is_noticed():
    assert not goes_on_beside(lambda: ctypes.PyDLL(None).usleep(100_000))


@pytest.mark.parametrize("name", ["*Aula* #sys.inputs $x$ @a <b> ```", "A" * 90, "مركز", "\\ \" 'x'"])
def test_a_hall_is_called_whatever_it_is_called(name):
    words = {**PLAIN, "site": name, "title": name, "lead": [name], "head": {**PLAIN["head"], "office": name}}
    assert letter.written(words).startswith(b"%PDF")
    assert len(letter.pictures(words, ppi=20)) == 2


def test_a_number_has_its_month_in_roman_numerals_and_its_dots():
    head = Letterhead(number="500/....../DPMPTSP/{month}/{year}")
    assert head.number_on(date(2026, 2, 1)) == "500/....../DPMPTSP/II/2026"
    assert head.number_on(date(2027, 12, 31)) == "500/....../DPMPTSP/XII/2027"
    assert Letterhead().number_on(date(2026, 2, 1)) is None
    assert unknown_gaps("{month} {year}") == [] and unknown_gaps("{n}/{year}") == ["n"]
