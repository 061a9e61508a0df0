"""A reply was lost, and the same is asked again under its key: nothing is done twice, and the answer is the same."""

import uuid
from collections import Counter

import pytest

from queue_server.domain.roles import Role
from tests.web.office import Office
from tests.world.verbs_in_turn import STORY, Hall

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


def test_every_verb_of_a_working_day_asked_twice_with_one_key_is_done_once(office: Office):
    for name, role in (("tuti", Role.FRONT_DESK), ("dedi", Role.OFFICER)):
        office.add(name, {role}, ("lebak",), ("dukcapil",))
    people = {"front": "tuti", "boss": "ida", "one": "sari", "two": "dedi"}
    hall = Hall("ktp-cetak", "kk-akta", "5", "PJ")
    for step in STORY:
        path, body = step.ask(hall)
        before, key = Counter(kind for kind, *_ in office.events("lebak")), uuid.uuid4().hex
        said = [
            office.ask(people[step.who], "POST", f"/sites/lebak{path}", body, **{"Idempotency-Key": key})
            for _ in range(2)
        ]
        assert [one.status_code for one in said] in ([200, 200], [201, 200]), (step.name, said[0].text, said[1].text)
        assert said[0].json == said[1].json, step.name
        left = Counter(kind for kind, *_ in office.events("lebak")) - before
        assert all(left[kind] == n for kind, n in step.left.items()), (step.name, left)
        hall.told |= step.learn(said[0].json)
