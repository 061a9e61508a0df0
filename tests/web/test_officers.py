"""Figures by officer: one's own, or those of one's agency's officers with ten visitors behind them; nobody else's."""

import re
from datetime import timedelta

import pytest

from queue_server.domain.roles import Role
from queue_server.reports.measure_table import OF_OFFICERS
from queue_server.reports.officers import FEW
from tests.web.office import PASSWORD, Office, code, opened
from tests.web.test_reports import SITE, get, page, read_csv, read_xlsx

MANY, SOME = FEW + 1, 3  # visitors of Sari and of Budi


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Sari has served eleven at counter 5, Budi three at 7; Lina sees to Imigrasi alone. Everybody only reads."""
    with opened(tmp_path_factory.mktemp("officers")) as made:
        work(made)
        yield made


def work(office: Office) -> None:
    """The cast, and the morning."""
    office.add("tuti", {Role.FRONT_DESK}, (SITE,))
    office.add("lina", {Role.SUPERVISOR}, (SITE,), ("imigrasi",))
    office.add("dini", {Role.SUPERVISOR}, (SITE,), ("dukcapil",))
    office.add("budi", {Role.OFFICER}, (SITE,), ("dukcapil",))
    office.add("ina", {Role.LEADER}, (SITE,))
    office.add("fitri", {Role.AUDITOR}, (SITE,))
    for who, counter, service, many in (("sari", "5", "ktp-cetak", MANY), ("budi", "7", "kk-akta", SOME)):
        assert office.ask(who, "POST", f"/sites/{SITE}/counters/{counter}/open", {}).status_code == 200
        for n in range(many):
            office.ask(
                "tuti", "POST", f"/sites/{SITE}/tickets", {"service": service}, **{"Idempotency-Key": f"{who}{n}"}
            )
            for verb in ("call-next", "serve", "finish"):
                office.now += timedelta(seconds=20)
                body = {"outcome": "selesai"} if verb == "finish" else {}
                assert office.ask(who, "POST", f"/sites/{SITE}/counters/{counter}/{verb}", body).status_code == 200


def told(office: Office, who: str, query: str = "") -> list[tuple]:
    """(whom, how many served, median of service) as the document has it; both files say the same, and no more."""
    found = get(office, f"officers.json?{query}", who).json
    rows = found["rows"]
    for path, delimiter in ((f"officers.csv?{query}", ","), (f"officers.csv?excel=id&{query}", ";")):
        lines = [one for one in read_csv(get(office, path, who), delimiter) if one["period"] == "this"]
        assert [list(one)[5:] for one in lines] == [[m.name for m in OF_OFFICERS]] * len(rows)
        assert [(one["key"], one["served"]) for one in lines] == [(str(r["key"]), str(r["served"])) for r in rows]
    sheet, *_ = read_xlsx(get(office, f"officers.xlsx?{query}", who))
    assert [line[0][1] for line in sheet[1:]] == [str(row["key"]) for row in rows]
    return [((row["name"] or {"id": row["key"]})["id"], row["served"], row["service_p50_s"]) for row in rows]


def test_an_officer_reads_their_own_figures_however_few_and_nobody_elses(office):
    assert told(office, "sari") == [("Sari", MANY, 20)]
    assert told(office, "budi") == [("Budi", SOME, 20)]
    assert told(office, "budi", "by=hour")[0][1] == SOME
    assert get(office, "officers.json", "budi").json["own"]
    for form in ("json", "csv", "xlsx"):
        answer = office.ask("budi", "GET", f"/sites/{SITE}/reports/officers.{form}?officer=sari")
        assert answer.status_code == 403
    assert office.open("GET", f"/{SITE}/report/officers?officer=sari", who="budi").status_code == 403


def test_a_supervisor_reads_those_of_their_agencies_with_ten_visitors_behind_them(office):
    for who in ("ida", "dini"):
        assert told(office, who) == [("Sari", MANY, 20)]
        assert get(office, "officers.json", who).json["few"] == 1, "Budi's are held back, and it is said"
        assert told(office, who, "officer=sari&by=service") == [("Cetak KTP-el", MANY, 20)]
        assert told(office, who, "officer=budi&by=service") == []
    assert told(office, "lina") == told(office, "lina", "officer=sari") == [], "another agency's"
    assert told(office, "ida", "hour=3") == []


@pytest.mark.parametrize("who", ["tuti", "ina", "fitri", "lilis"])
def test_nobody_else_reads_any(office, who):
    for form in ("json", "csv", "xlsx"):
        assert office.ask(who, "GET", f"/sites/{SITE}/reports/officers.{form}").status_code == 403
    assert office.open("GET", f"/{SITE}/report/officers", who=who).status_code == 403
    assert office.ask(who, "GET", f"/sites/{SITE}/reports/officers.pdf").status_code in (403, 404)


def test_a_share_that_fewer_than_ten_stand_behind_is_held_back_too(office):
    [row] = get(office, "officers.json", "ida").json["rows"]
    assert row["walk_p50_s"] == 20 and row["no_show_share"] == 0
    assert {name for name in row if row[name] is not None} <= {"key", "name", *(m.name for m in OF_OFFICERS)}


@pytest.mark.parametrize(
    ("path", "field"),
    [("officers.json?by=day", "officer"), ("officers.json?by=nothing", "by"), ("summary.json?officer=sari", "officer")],
)
def test_what_cannot_be_asked_of_officers_is_refused(office, path, field):
    assert code(office.ask("ida", "GET", f"/sites/{SITE}/reports/{path}")) == (422, "invalid", field)


def test_the_page_shows_what_the_document_says_and_who_may_see_it(office):
    for who, names in (("ida", {"Sari"}), ("budi", {"Budi"}), ("lina", set())):
        html = page(office, "officers?lang=en", who).partition('id="page-data"')[0]
        shown = re.findall(r'<th scope="row" class="text">(.*?)</th><td>(\d+)</td>', html)
        assert {name for name, _ in shown} == names
        assert ('name="officer"' in html) is (who != "budi") and ('id="few"' in html) is (who == "ida")
    assert 'id="wrong"' in page(office, "officers?by=day")
    assert "/report/officers?" in office.open("GET", f"/{SITE}/report", who="budi").text
    assert "report/officers" not in office.open("GET", f"/{SITE}/report", who="ina").text


def test_ones_own_figures_stay_when_the_service_is_another_agencys_by_now(office):
    """Budi serves Dukcapil's visitors, and is of another agency from today."""
    assert told(office, "budi") == [("Budi", SOME, 20)]
    moved = {"agencies": ["imigrasi"], "based_on": office.of("budi")["version"]}
    assert office.ask("lilis", "PATCH", "/accounts/budi", moved).status_code == 200
    office.sign_in("budi", PASSWORD, "budi")
    assert told(office, "budi") == [("Budi", SOME, 20)]
