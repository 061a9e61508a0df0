"""The audit trail in the reader's words: nothing of the record stands raw on the page, or is left out by oversight."""

from typing import get_type_hints

import pytest

from queue_server import texts
from queue_server.domain.audit import change
from queue_server.domain.events import FACTS, Kind
from queue_server.domain.fold import Event
from queue_server.web.screens.audit_words import FIELDS, LEFT_OUT, Words
from tests.web.office import Office
from tests.world.values import at

MONDAY = at("2026-11-23 09:00")


@pytest.mark.parametrize("kind", FACTS)
def test_every_detail_of_every_event_has_a_word_or_is_left_out_on_purpose(kind):
    detail = {key: key for key in get_type_hints(FACTS[kind].detail)}
    shown = change(Event("lebak", 1, 1, 0, MONDAY, MONDAY.date(), kind, detail=detail)).after
    if kind == Kind.STRUCTURE_SAVED:
        shown = {key: detail[key] for key in ("version", "from_day")}  # the rest are paths of the site's own file
    assert not shown.keys() - {*FIELDS} - LEFT_OUT
    assert not LEFT_OUT & {*FIELDS}


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("by", "officer", "Petugas"),
        ("by", "number", "nomor dipilih, di luar urutan"),
        ("told", [128, 858], "kurang dari 20 menit"),
        ("booking", {"id": "x", "slot": "2026-11-23T02:00:00+00:00", "held": True}, "09.00"),
        ("booking", {"id": "x", "slot": "2026-11-23T02:00:00+00:00", "late": True}, "09.00, datang terlambat"),
        ("until", "2026-11-24T01:30:00+00:00", "Selasa, 24 November 2026 08.30"),
        ("at", "sari", "sari"),
        ("outcome", "kurang-ijazah", "Kurang ijazah"),
        ("outcome", "data-berbeda", "Data berbeda"),
        ("to", "ktp-cetak", "Cetak KTP-el"),
        ("to", "a service of old", "a service of old"),
        ("scope", {}, ["Semua layanan"]),
        ("scope", {"counter": "5"}, ["Loket 5"]),
        ("issuing", "stop", "tidak memberi nomor"),
        ("language", "en", "English"),
        ("transactions", [{"outcome": "selesai", "quantity": 2}], ["2 × Selesai"]),
        ("quota", {"regular": 20}, {"regular": 20}),
        ("done", "2026-11-23", "Senin, 23 November 2026"),
        ("done", 3, 3),
        ("result", {"ikm": 82.5, "letter": "B", "n": 1200}, "82,50 B, n 1.200"),
        ("districts", [["360201", 99.5, None]], ["Malingping: 99,5 km, –"]),
        ("bytes", 1_200_000, "1,1 MB"),
        ("ms", 31_200, "31,2"),
        (
            "entries",
            [
                {"picture": "Antre dulu", "seconds": 32, "sound": True, "begins": "2026-11-23T02:00:00+00:00"},
                {"picture": "01a22d23-f1b1-7182-a40d-715a9811ea1c", "seconds": 10, "zones": ["A", "B"]},
            ],
            ["Antre dulu (32 detik, dengan suara, Mulai 09.00)", "sudah dihapus (10 detik, Zona A, B)"],
        ),
        ("result", {"ikm": None, "letter": None, "n": 3}, "–, n 3"),
    ],
)
def test_a_value_is_told_in_words_and_in_the_hall_s_time(office: Office, key, value, said):
    words = Words(office.house.site("lebak"), "id", texts.load().section("common", "staff", "audit")["id"])
    entry = {"kind": "issued", "day": "2026-11-23", "service": "ktp-cetak", "before": None, "after": {key: value}}
    assert words.changes(entry) == [(key, None, said)]


def test_what_means_nothing_to_a_reader_is_left_out(office: Office):
    words = Words(office.house.site("lebak"), "id", texts.load().section("common", "staff", "audit")["id"])
    entry = {"kind": "issued", "day": "2026-11-23", "service": None, "before": None, "after": {"expected_s": 386}}
    assert words.changes(entry) == []
