"""The study of need: visitors who say from where they come, and what leaders are told of it."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from docx import Document

from queue_server.domain.events import ISSUES
from queue_server.domain.roles import Role
from queue_server.store import events
from tests.web.answering import keep, link, month_passes, rows
from tests.web.office import Office, code, opened

SITE, SERVICE, HERE = "lebak", "paspor-informasi", "/sites/lebak"
TABLES = ("survey_mark", "survey_urn", "origin_answer")


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Iterator[Office]:
    """Beside the usual people a leader, and a supervisor of another agency than the passports'."""
    with opened(tmp_path_factory.mktemp("demand")) as made:
        made.add("lia", {Role.LEADER}, (SITE,))
        made.add("tuti", {Role.SUPERVISOR}, (SITE,), ("dukcapil",))
        made.enrol("tablet", Role.KIOSK)
        yield made


def takes(office: Office, many: int, service: str = SERVICE, site: str = SITE) -> list[dict[str, Any]]:
    """So many take a number now."""
    found = []
    for n in range(many):
        key = f"{office.now}{service}{n}"
        answer = office.ask("ida", "POST", f"/sites/{site}/tickets", {"service": service}, **{"Idempotency-Key": key})
        assert answer.status_code in (201, 409), answer.text
        found += [answer.json] if answer.status_code == 201 else []
    return found


def tells(office: Office, ticket: dict[str, Any], origin: str = "360214") -> Any:
    return office.ask(None, "POST", f"/tickets/{link(office, ticket['id'])}/origin", {"origin": origin})


def kept(office: Office) -> list[int]:
    """How many rows each table has that could hold an answer, and the events of the hall."""
    return [rows(office, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES] + [len(office.events(SITE))]


def month(office: Office) -> str:
    return office.now.date().isoformat()[:7]


def passes(office: Office, days: int = 0) -> None:
    """So many days, or a month, after which everybody signs in anew."""
    month_passes(office, days)
    office.begin_session("lia")


def a_tuesday(office: Office) -> None:
    """The next one: a month may begin on a day of rest."""
    passes(office, days=(1 - office.now.weekday()) % 7 or 7)


def test_one_visitor_in_two_is_asked_and_where_it_is_off_nobody(office):
    a_tuesday(office)
    assert [one["asks_origin"] for one in takes(office, 8)].count(True) == 4
    assert office.ask(None, "GET", HERE).json["origins"][0] == {"id": "360214", "name": "Rangkasbitung"}
    assert office.ask(None, "GET", "/sites/pandeglang").json["origins"] == []
    (elsewhere, *_) = takes(office, 1, "ktp-cetak")
    assert not elsewhere["asks_origin"]
    assert code(tells(office, elsewhere)) == (422, "invalid", "origin")


def test_an_answer_leaves_a_mark_and_a_sealed_row_and_whoever_skips_nothing(office):
    a_tuesday(office)
    asked = [one for one in takes(office, 6) if one["asks_origin"]]
    before = kept(office)
    office.ask(None, "GET", f"/tickets/{link(office, asked[0]['id'])}")  # looks at it, and says nothing
    assert kept(office) == before
    assert tells(office, asked[1]).status_code == 201
    assert [now - was for now, was in zip(kept(office), before, strict=True)] == [1, 1, 0, 0]
    assert code(tells(office, asked[1]))[:2] == (409, "already_answered")
    assert code(tells(office, asked[2], "320101"))[:2] == (422, "invalid")
    every = json.dumps(office.events(SITE)[before[-1] :], default=str)
    assert "360214" not in every and rows(office, "SELECT count(*) FROM ticket WHERE origin IS NOT NULL") == [(0,)]
    sealed = b"".join(row[0] for row in rows(office, "SELECT sealed FROM survey_urn"))
    assert b"360214" not in sealed and b"Rangkasbitung" not in sealed


def answered(office: Office, chance: random.Random) -> Counter[str]:
    """A month of visitors, some of whom are refused and some of whom say from where they come."""
    named, said = ["360214", "360214", "360201", "360203", "other"], Counter[str]()
    for _ in range(8):
        passes(office, days=1)
        for one in takes(office, 14):
            if one["asks_origin"] and chance.random() < 0.8:
                origin = chance.choice(named)
                said[origin] += tells(office, one, origin).status_code == 201
        takes(office, 3, "ktp-cetak")
    return said


def test_every_figure_equals_its_recomputation(office):
    passes(office)
    of, said = month(office), answered(office, random.Random("need"))
    passes(office)
    path = f"{HERE}/reports/demand.json?from={of}-01&to={of}-28"
    assert office.ask("lia", "GET", path).json["origins"]["months"] is None, "no whole month"
    whole = f"{HERE}/reports/demand.json?from={of}-01&to={office.now.date()}"
    found = office.ask("lia", "GET", whole)
    assert found.status_code == 200, found.text
    found = found.json
    asked, refused = _recomputed(office, of)
    assert (found["totals"]["issued"], found["totals"]["refused"]) == (sum(asked.values()), sum(refused.values()))
    for by, rows_of in (("weekday", "weekdays"), ("hour", "hours"), ("service", "services")):
        place = {"weekday": 0, "hour": 1, "service": 2}[by]
        told = {one.get(by, one.get("id")): (one["issued"], one["refused"]) for one in found[rows_of]}
        assert told == _by(place, asked, refused)
    cells = {(one["weekday"], one["hour"]): (one["issued"], one["refused"]) for one in found["cells"]}
    assert cells == _cells(asked, refused)
    keys = {one["id"]: one["answers"] for one in found["origins"]["rows"]} | {"other": found["origins"]["unlisted"]}
    for id, many in keys.items():
        assert many == _rounded(said[id]), (id, said[id])
    assert found["origins"]["answers"] == _rounded(sum(said.values()))
    keep(office)
    assert office.ask("lia", "GET", whole).json["origins"] == found["origins"], "in the urn or out of it"
    (first,) = [one for one in found["summary"]["id"] if "permintaan nomor" in one]
    assert str(found["totals"]["asked"]) in first
    assert office.ask("lia", "GET", f"{HERE}").json["origins"][0]["id"] == "360214"


def _rounded(n: int) -> int | None:
    return None if n < 5 else 5 * ((2 * n + 5) // 10)


def _recomputed(office: Office, of: str) -> tuple[Counter[Any], Counter[Any]]:
    """(weekday, hour, service) -> numbers and refusals, from the events alone."""
    zone, given, turned = office.house.site(SITE).timezone, Counter[Any](), Counter[Any]()
    with office.house.reader.connect() as conn, conn.begin():
        for one in events.of_site(conn, SITE):
            if one.day.isoformat()[:7] == of and (one.kind in ISSUES or one.kind == "refused"):
                (turned if one.kind == "refused" else given)[
                    one.day.weekday(), one.at.astimezone(zone).hour, one.service
                ] += 1
    return given, turned


def _by(place: int, given: Counter[Any], turned: Counter[Any]) -> dict[Any, tuple[int, int]]:
    keys = {key[place] for key in (*given, *turned)}
    count = lambda of, key: sum(n for one, n in of.items() if one[place] == key)  # noqa: E731
    return {key: (count(given, key), count(turned, key)) for key in keys}


def _cells(given: Counter[Any], turned: Counter[Any]) -> dict[Any, tuple[int, int]]:
    keys = {key[:2] for key in (*given, *turned)}
    count = lambda of, key: sum(n for one, n in of.items() if one[:2] == key)  # noqa: E731
    return {key: (count(given, key), count(turned, key)) for key in keys}


def test_no_public_file_or_page_tells_what_was_answered(office):
    passes(office)
    of = month(office)
    a_tuesday(office)
    said = [tells(office, one, "360201").status_code for one in takes(office, 20) if one["asks_origin"]]
    assert said == [201] * 10
    passes(office)
    keep(office)
    year = f"from=2026-01-01&to={office.now.date()}"
    assert "Malingping" in office.open("GET", f"/{SITE}/report/demand?{year}", who="lia").text, "staff are told"
    public = [f"/{SITE}/{one}" for one in ("performance", f"performance?of={of}", "performance.csv", "ikm", "board")]
    public += [f"/{SITE}/weekly.txt", f"/{SITE}", *(f"/api/v1{HERE}/open-data/{of}.{end}" for end in ("csv", "json"))]
    for path in public:
        answer = office.open("GET", path)
        assert answer.status_code == 200, path
        told = answer.text.split('id="page-data"')[0]  # after it the site document, with the names that may be said
        assert "Malingping" not in told and "360201" not in told, path
    assert office.open("GET", f"/{SITE}/report/demand").status_code in (302, 303)


def test_an_agency_s_supervisor_is_told_of_that_agency_alone_in_every_form(office):
    year = f"from=2026-01-01&to={office.now.date()}"
    found = office.ask("tuti", "GET", f"{HERE}/reports/demand.json?{year}").json
    assert {one["agency"] for one in found["services"]} == {"dukcapil"}
    assert found["origins"]["answers"] is None, "passports are another's"
    page = office.open("GET", f"/{SITE}/report/demand?{year}", who="tuti").text
    assert "Berkas Paspor" not in page.split('id="page-data"')[0], "what stands after it is the public site document"
    file = office.ask("tuti", "GET", f"{HERE}/reports/demand.xlsx?{year}").data
    cells = [cell.value for sheet in openpyxl.load_workbook(BytesIO(file)) for row in sheet for cell in row]
    assert not any("Paspor" in str(one) for one in cells)
    paper = Document(BytesIO(office.ask("tuti", "GET", f"{HERE}/reports/demand.docx?{year}").data))
    assert not any("Berkas Paspor" in cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert code(office.ask("tuti", "PUT", f"{HERE}/districts", {"districts": []}))[0] == 403


def test_the_office_writes_down_distance_and_population_and_the_files_have_them(office):
    said = {"districts": [{"id": "360201", "distance_km": 100, "population": 60000}], "source": "=1+1", "year": 2025}
    assert office.ask("lia", "PUT", f"{HERE}/districts", said).status_code == 403
    written = office.ask("ida", "PUT", f"{HERE}/districts", said)
    assert written.status_code == 200, written.text
    assert code(office.ask("ida", "PUT", f"{HERE}/districts", said | {"based_on": "0"}))[:2] == (
        409,
        "districts_changed",
    )
    row = next(one for one in written.json["districts"] if one["id"] == "360201")
    assert (row["distance_km"], row["population"], written.json["year"]) == (100, 60000, 2025) and written.json["at"]
    assert office.events(SITE)[-1][0] == "districts_set" and office.events(SITE)[-1][2] == "ida"
    year = f"from=2026-01-01&to={office.now.date()}"
    book = openpyxl.load_workbook(BytesIO(office.ask("ida", "GET", f"{HERE}/reports/demand.xlsx?{year}&lang=id").data))
    assert book.sheetnames[-1] == "Arti" and not [
        cell for sheet in book for line in sheet for cell in line if cell.data_type == "f"
    ]
    far = next(line for line in book["Asal"].iter_rows(values_only=True) if line[0] == "Malingping")
    assert far[4:6] == (100, 60000)
    file = office.ask("ida", "GET", f"{HERE}/reports/demand.docx?{year}")
    paper = Document(BytesIO(file.data))
    heads = [one.text for one in paper.paragraphs if one.style.name == "Heading 1"]
    assert [head[0] for head in heads] == list("123456789")
    page = office.open("GET", f"/{SITE}/report/demand?{year}", who="ida").text
    assert 'id="form"' in page and "100" in page
    assert 'id="form"' not in office.open("GET", f"/{SITE}/report/demand?{year}", who="lia").text
