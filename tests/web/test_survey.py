"""What visitors say of the service, over the API: once each, by nine answers, and nobody can tell whose they are."""

import random
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from sqlalchemy import text

from queue_server.domain.roles import Role
from queue_server.domain.survey import ELEMENTS
from queue_server.domain.survey_period import month_of, quarter, quarter_of
from queue_server.store import backup, urn
from queue_server.store.ids import word
from queue_server.web.http.slowness import Slowness
from tests.web.answering import (
    CARD,
    HERE,
    PASSPORT,
    SITE,
    before,
    forget_all,
    keep,
    link,
    month_passes,
    rows,
    says,
    served,
)
from tests.web.office import Office, code, opened

BY_HAND = ("433444433", "332433433", "443434343", "333433432", "432434433")  # IKM 83.33


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Iterator[Office]:
    """Tuti is at the front desk and serves now and then; a tablet stands in the hall."""
    with opened(tmp_path_factory.mktemp("survey")) as made:
        made.add("tuti", {Role.FRONT_DESK, Role.OFFICER}, (SITE,))
        made.enrol("tablet", Role.KIOSK)
        yield made


@pytest.fixture(autouse=True)
def fresh(office: Office) -> None:
    """Each test has a month of its own, in which nobody has answered yet."""
    forget_all(office)
    office.whole.app.extensions["door"].slowness = Slowness()
    if office.events(SITE)[-1][0] != "configured":
        month_passes(office)


def ikm(office: Office, more: str = "", month: str = "") -> dict[str, Any]:
    """The public index of the month that ended last."""
    of = month or before(office)
    found = office.ask(None, "GET", f"{HERE}/ikm?from={of}&to={of}{more}")
    assert found.status_code == 200, found.text
    return found.json


def test_the_front_desk_helps_but_never_whom_it_served(office):
    (one,) = served(office, 1)
    at = {"number": "PK001", "word": word(link(office, one)), "answers": {"time": 4}}
    assert office.ask("tuti", "POST", f"{HERE}/survey", at).status_code == 403, "staff answer for nobody"
    assert office.ask("tuti", "POST", f"{HERE}/survey", at | {"assisted": True}).status_code == 201
    office.ask("tuti", "POST", f"{HERE}/counters/5/open")
    here = office.ask("tuti", "POST", f"{HERE}/counters/5/walk-in", {"service": CARD}, **{"Idempotency-Key": "w"})
    office.ask("tuti", "POST", f"{HERE}/counters/5/finish")
    found = here.json["ticket"]
    own = {"number": found["number"], "word": word(link(office, found["id"])), "answers": {"time": 4}, "assisted": True}
    refused = office.ask("tuti", "POST", f"{HERE}/survey", own)
    assert (refused.status_code, refused.json["error"]["details"]["reason"]) == (403, "helper_served")


def test_the_index_of_a_month_is_told_once_it_is_over(office):
    ids = served(office, 12)
    for id, digits in zip(ids, (*BY_HAND, *BY_HAND, "4444444.4", "........."), strict=True):
        assert says(office, id, digits).status_code == 201
    now = month_of(office.now.date())
    assert code(office.ask(None, "GET", f"{HERE}/ikm?from={now}&to={now}")) == (422, "invalid", "to")
    month_passes(office)
    found = ikm(office)
    assert (found["ikm"], found["letter"], found["n"], found["n_incomplete"]) == (83.33, "B", 10, 2)
    assert (found["pooled"], found["mean_of_units"], found["version"], found["withheld"]) == (83.33, 83.33, 0, False)
    assert [one["nrr"] for one in found["elements"]] == [3.6, 3.2, 2.6, 4.0, 3.2, 3.6, 3.8, 3.2, 2.8]
    assert [one["letter"] for one in found["elements"]] == list("ABCABAABC")
    assert [one["skipped"] for one in found["elements"]] == [1, 1, 1, 1, 1, 1, 1, 2, 1]
    assert found["period"]["from"] == f"{now}-01"
    keep(office)
    assert ikm(office) == found, "the same, whether they lie in the urn or have left it"
    whole = office.ask(None, "GET", f"/ikm?sites={SITE},pandeglang&from={now}&to={now}").json
    assert (whole["site"], whole["ikm"], whole["n"]) == (None, 83.33, 10)
    assert [(one["id"], one["n"], one["ikm"]) for one in whole["units"]] == [(SITE, 10, 83.33), ("pandeglang", 0, None)]


def test_nobody_is_no_d_and_nine_are_not_told(office):
    month_passes(office)
    assert (ikm(office)["ikm"], ikm(office)["letter"], ikm(office)["withheld"]) == (None, None, False)
    for id in served(office, 9):
        says(office, id)
    month_passes(office)
    found = ikm(office)
    assert (found["ikm"], found["letter"], found["n"], found["withheld"]) == (None, None, 9, True)
    assert all(one["nrr"] is None for one in found["elements"])


def test_no_complement_shows_what_is_not_told(office):
    for id in served(office, 30):
        says(office, id, "4" * 9)
    for id in served(office, 6, CARD):
        says(office, id, "1" * 9)
    month_passes(office)
    found = ikm(office)
    assert (found["n"], found["ikm"] is None) == (36, False)
    told = {one["id"]: one["ikm"] for one in found["units"] if one["n"]}
    assert told == {"imigrasi": None, "dukcapil": None}, "the hall less Imigrasi would be the six"
    assert ikm(office, "&agency=imigrasi")["withheld"]
    assert ikm(office, f"&service={PASSPORT}")["ikm"] is None


def test_of_two_answers_that_come_at_once_one_counts(office, monkeypatch):
    month_passes(office, days=(1 - office.now.weekday()) % 7 or 7)
    (one,) = served(office, 1)
    monkeypatch.setattr(urn, "is_marked", lambda *of: False)  # both looked before either was kept
    assert says(office, one).status_code == 201
    assert code(says(office, one))[:2] == (409, "already_answered")


def test_stuffing_the_ballot_is_refused(office):
    month_passes(office, days=(1 - office.now.weekday()) % 7 or 7)  # a Tuesday: a month may begin on a day of rest
    (one, two), waits = (
        served(office, 2),
        office.ask("ida", "POST", f"{HERE}/tickets", {"service": CARD}, **{"Idempotency-Key": "w"}),
    )
    assert says(office, one, "1" * 9).status_code == 201
    assert code(says(office, one))[:2] == (409, "already_answered")
    assert code(says(office, one, "9" * 9)) == (422, "invalid", "answers.requirements")
    assert code(says(office, waits.json["id"]))[:2] == (409, "not_finished")
    assert office.ask(None, "POST", "/tickets/made-up/survey", {"answers": {}}).status_code == 404
    own = word(link(office, one))
    at = {"number": "PK001", "word": own, "answers": {"time": 4}}
    assert code(office.ask("tablet", "POST", f"{HERE}/survey", at))[:2] == (409, "already_answered"), "by another way"
    office.now += timedelta(days=3)
    assert says(office, two).status_code == 404, "the link has ended"
    assert len(rows(office, "SELECT * FROM survey_mark")) == 1
    quick = office.ask(None, "POST", f"/tickets/{link(office, one)}/rating", {"score": 4})
    assert quick.status_code == 404, "a touch is another thing, and ends with the link, too"


def test_a_touch_is_in_no_index(office):
    ids = served(office, 10)
    path = f"/tickets/{link(office, ids[0])}/rating"
    assert [office.ask(None, "POST", path, {"score": 1}).status_code for _ in range(2)] == [201, 409]
    for id in ids:
        says(office, id)
    month_passes(office)
    assert (ikm(office)["n"], ikm(office)["ikm"]) == (10, 100.0)


def test_a_tablet_knows_by_number_and_word_and_grows_slower(office):
    one, two = served(office, 2)
    own = word(link(office, one))
    assert len(own) == 4 and own.isalpha()
    asked = office.ask("tablet", "POST", f"{HERE}/survey/ticket", {"number": "pk 1", "word": own.lower()})
    assert asked.status_code == 200 and asked.json["service"] == PASSPORT and asked.json["cost_scale"] == "paid"
    at = {"number": "PK001", "word": own, "answers": dict.fromkeys(ELEMENTS, 3)}
    assert code(office.ask("tablet", "POST", f"{HERE}/survey", at | {"assisted": True}))[0] == 403
    assert office.ask("tablet", "POST", f"{HERE}/survey", at).status_code == 201
    missed = [office.ask("tablet", "POST", f"{HERE}/survey", at | {"number": "PK002"}).status_code for _ in range(4)]
    assert missed == [404, 404, 404, 429]
    right = {"number": "PK002", "word": word(link(office, two))}
    assert office.ask("tablet", "POST", f"{HERE}/survey/ticket", right).status_code == 429, "a right one waits as well"


def test_a_strict_hall_takes_nine_answers_or_none(office):
    document = office.ask("lilis", "GET", f"{HERE}/structure").json
    changed = {"structure": {**document["structure"], "survey_strict": True}, "based_on": document["version"]}
    assert office.ask("lilis", "PUT", f"{HERE}/structure", changed).status_code == 200
    (one,) = served(office, 1)
    refused = says(office, one, "44.444444")
    assert (
        code(refused) == (422, "invalid", "answers.time") and refused.json["error"]["details"]["reason"] == "incomplete"
    )
    assert says(office, one).status_code == 201


def test_a_quarter_is_closed_and_frozen_and_what_is_done_is_published(office):
    for id in served(office, 10):
        says(office, id, "3" * 9)
    name = quarter_of(office.now.date())
    close, months = {"quarter": name}, quarter(name)
    assert code(office.ask("ida", "POST", f"{HERE}/survey/close", close))[2] == "quarter"
    while not months.is_over(office.now.date()):
        month_passes(office)
    frozen = office.ask("ida", "POST", f"{HERE}/survey/close", close)
    assert (frozen.status_code, frozen.json["version"], frozen.json["ikm"], frozen.json["letter"]) == (
        200,
        1,
        75.0,
        "C",
    )
    assert office.ask(None, "GET", f"{HERE}/ikm?from={months.first}&to={months.last}").json == frozen.json
    again = office.ask("ida", "POST", f"{HERE}/survey/close", close)
    assert again.json["error"]["details"]["reason"] == "same_as_before"
    today = office.now.date()
    due = (today - timedelta(days=1)).isoformat()
    act = {"period": name, "element": "time", "act": "Loket kedua", "who": "DPMPTSP", "due": due}
    path = f"{HERE}/followups"
    made = office.ask("ida", "POST", path, act).json["followups"][0]
    assert (made["state"], made["done"]) == ("late", None)
    done = office.ask(
        "ida", "POST", path, act | {"id": made["id"], "done": today.isoformat(), "proof": "Foto di papan"}
    )
    assert (
        [one["state"] for one in done.json["followups"]]
        == ["done"]
        == [one["state"] for one in office.ask(None, "GET", path).json["followups"]]
    )
    assert code(office.ask("ida", "POST", path, act | {"done": (today + timedelta(days=1)).isoformat()}))[2] == "done"
    assert office.ask("ida", "POST", path, act | {"id": "made-up"}).status_code == 404
    told = {"period": name, "kind": "website", "medium": "lebakkab.go.id", "day": today.isoformat()}
    office.add("lina", {Role.SUPERVISOR}, (SITE,), ("imigrasi",))
    own = office.ask("lina", "POST", path, act | {"agency": "imigrasi", "due": today.isoformat()})
    for other in (act, act | {"id": made["id"], "agency": "imigrasi"}, act | {"agency": "dukcapil"}):
        assert office.ask("lina", "POST", path, other).status_code == 403, "the hall's, or another agency's"
    assert office.ask("lina", "POST", f"{HERE}/publications", told).status_code == 403
    theirs = next(one for one in own.json["followups"] if one["agency"] == "imigrasi")
    assert office.ask("lina", "POST", path, act | {"id": theirs["id"], "agency": "imigrasi"}).status_code == 200
    assert office.ask("ida", "POST", f"{HERE}/publications", told).status_code == 200
    assert office.ask(None, "GET", f"{HERE}/publications").json["publications"][0]["medium"] == "lebakkab.go.id"
    kinds = [kind for kind, _, _ in office.events(SITE) if kind != "account_added"][-6:]
    assert kinds == ["survey_closed", *["followup_set"] * 4, "publication_set"]
    evidence = f"{HERE}/reports/evidence.zip?from={months.first}-01&to="
    with zipfile.ZipFile(BytesIO(office.ask("ida", "GET", f"{evidence}{months.ends}").data)) as pack:
        held = {one: pack.read(one) for one in pack.namelist()}
    assert f"\n{name},1," in held["survey.csv"].decode() and ",10,0,75.0,C,0,3.0," in held["survey.csv"].decode()
    assert f"{name},time,Loket kedua,DPMPTSP," in held["survey-followups.csv"].decode()
    assert f"{name},website,lebakkab.go.id," in held["survey-publications.csv"].decode()
    said = "\n".join(one.text for one in Document(BytesIO(held[f"survey-{name}.docx"])).paragraphs)
    assert "75,00, mutu pelayanan C" in said and f"survey-{name}.docx," in held["00-index.csv"].decode()
    with zipfile.ZipFile(
        BytesIO(office.ask("ida", "GET", f"{evidence}{months.ends - timedelta(days=1)}").data)
    ) as pack:
        assert f"survey-{name}.docx" not in pack.namelist(), "a quarter that ended later is no evidence of this period"


# -- the attacker, with every state of the database that there ever was


def watched(office: Office, many: int) -> tuple[list[str], dict[str, int], list[set[str]]]:
    """So many answer, in a known order, each by a pattern of their own; the database is looked at after every commit.

    (the tickets in their order, pattern -> whose it is, after each commit the ids of the answers that were there).
    """
    ids, chance = served(office, many), random.Random(7)
    patterns = chance.sample(range(4**9), many)
    seen = []
    for id, pattern in zip(ids, patterns, strict=True):
        says(office, id, "".join(str(pattern // 4**n % 4 + 1) for n in range(9)))
        seen.append({row[0] for row in rows(office, "SELECT id FROM survey_answer")})
    month_passes(office)
    keep(office)
    seen.append({row[0] for row in rows(office, "SELECT id FROM survey_answer")})
    return ids, {_digits(pattern): n for n, pattern in enumerate(patterns)}, seen


def _digits(pattern: int) -> str:
    return "".join(str(pattern // 4**n % 4 + 1) for n in range(9))


def hits(found: list[int]) -> int:
    """How many of a list stand at their own place."""
    return sum(n == place for place, n in enumerate(found))


def test_the_whole_database_tells_nobody_whose_answer_is_whose(office):
    many = 60
    _, whose, seen = watched(office, many)
    columns = ", ".join(f"on_{one}" for one in ELEMENTS)
    by_id = [whose["".join(map(str, row))] for row in rows(office, f"SELECT {columns} FROM survey_answer ORDER BY id")]
    stored = [whose["".join(map(str, row))] for row in rows(office, f"SELECT {columns} FROM survey_answer")]
    assert len(by_id) == many == len(set(by_id))
    # By order, forth and back: an expected hit is one of sixty; eight would be chance once in 100,000 times.
    assert max(hits(by_id), hits(stored), hits(by_id[::-1]), hits(stored[::-1])) < 8
    # By when each row first appeared: nothing leaves alone, and at no commit does only the newest one leave.
    leaving = [len(after - before) for before, after in zip([set(), *seen], seen, strict=False)]
    assert all(new == 0 or new >= 5 for new in leaving)
    # Nothing in the database names a ticket, a time or an event beside an answer.
    tables = rows(office, "SELECT sql FROM sqlite_master WHERE name LIKE 'survey%' OR name = 'rating'")
    for (sql,) in tables:
        assert not {"ticket", "time TEXT", "at INTEGER", "revision", "number"} & set(sql.lower().split()), sql
        assert "CREATE INDEX" in sql or "WITHOUT ROWID" in sql
    dump = b"".join(file.read_bytes() for file in office.folder.glob("queue.db*"))
    assert rows(office, "SELECT count(*) FROM request WHERE reply LIKE '%said%'") == [(0,)]
    assert b'"values"' not in dump, "an answer lay readable in the file"


def test_control_a_table_with_times_is_matched(office):
    """The same attacker, where rows are kept in the order in which they came."""
    ids, whose, _ = watched(office, 20)
    with office.house.perform.aside() as conn:
        conn.execute(text("CREATE TEMP TABLE with_times (at INTEGER, answer TEXT)"))
        for answer, n in whose.items():
            conn.execute(text("INSERT INTO with_times VALUES (:at, :answer)"), {"at": n, "answer": answer})
        stored = [whose[row[0]] for row in conn.execute(text("SELECT answer FROM with_times ORDER BY at"))]
    assert hits(stored) == len(ids)


def test_the_keys_go_with_their_month_and_no_old_copy_can_be_read(office, tmp_path):
    for id in served(office, 7):
        says(office, id)
    keys, copy = office.house.urn_keys, tmp_path / "copy.db"
    backup.copy(office.folder / "queue.db", copy)
    now = month_of(office.now.date())
    assert keys.months() == [now]
    month_passes(office)
    keep(office)
    assert keys.months() == [now], "a ticket of its last day may still ask whether it has answered"
    month_passes(office, 3)
    keep(office)
    assert keys.months() == [] and rows(office, "SELECT * FROM survey_mark") == []
    assert ikm(office)["n"] == 7
    with backup.reading(copy) as kept:
        sealed = [row[0] for row in kept.execute(text("SELECT sealed FROM survey_urn"))]
        assert urn.waiting(kept, keys, SITE, now) == []
    assert len(sealed) == 7 and len({len(one) for one in sealed}) == 1 and b"values" not in b"".join(sealed)


def test_answers_whose_key_was_lost_with_the_disk_are_counted_as_lost(office, capsys):
    for id in served(office, 7):
        says(office, id)
    now = month_of(office.now.date())
    office.house.urn_keys.destroy(now)
    month_passes(office)
    assert ikm(office)["n"] == 0
    office.house.urn_keys.make(now)
    month_passes(office, 3)
    keep(office)
    assert rows(office, "SELECT * FROM survey_urn") == []
