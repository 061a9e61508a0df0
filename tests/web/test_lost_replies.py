"""A reply was lost, and the same is asked again under its key: nothing is done twice, and the answer is the same."""

import uuid

import pytest

NEW = {  # what was added to a counter's verbs: how it is begun, and what is asked
    "take-over": (lambda mall: None, {"reason": "ganti giliran"}),
    "walk-in": (lambda mall: mall.sari.verb("lebak", "5", "open"), {"service": "ktp-cetak"}),
    "help": (lambda mall: mall.sari.verb("lebak", "5", "open"), {}),
    "hold": (None, {"missing": ["surat-polisi"], "note": "menunggu"}),
    "finish": (None, {"transactions": [{"outcome": "selesai", "quantity": 2}, {"outcome": "berkas-kurang"}]}),
}


@pytest.mark.parametrize("verb", NEW)
def test_a_reply_that_was_lost_is_given_again_and_nothing_is_done_twice(mall, sari, kiosk, verb):
    begin, body = NEW[verb]
    who = sari
    if verb == "take-over":
        who = mall.wati
    elif begin:
        begin(mall)
    else:
        kiosk.issue("lebak", "ktp-cetak")
        for step in ("call-next", "serve"):
            assert sari.verb("lebak", "5", step).status_code == 200
    key = uuid.uuid4().hex
    first = who.verb("lebak", "5", verb, body, key)
    assert first.status_code in (200, 201), first.text
    revision = mall.revision()
    again = who.verb("lebak", "5", verb, body, key)
    assert (again.status_code, again.json()) == (200, first.json())
    assert mall.revision() == revision
