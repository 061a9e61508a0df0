"""Targets and complaints over the API: who writes, who reads, what the record keeps, and what reports make of it."""

import csv
import hashlib
import io
import re
import zipfile

import pytest

from queue_server.domain.roles import Role
from tests.web.office import Office, code

SITE = "lebak"
WAIT = {"measure": "wait_p50_s", "from": "2026-11-01", "value": 900}
KEPT = {"measure": "service_in_promise", "from": "2026-11-20", "value": 0.9}
LATER = {"measure": "wait_p50_s", "from": "2026-12-01", "value": 600}
LINE = {"month": "2026-11", "channel": "lapor", "received": 5, "in_work": 2, "done": 3}


@pytest.fixture(autouse=True)
def people(office: Office) -> None:
    """A supervisor of one agency, a leader, an auditor, a front desk, beside the usual cast."""
    office.add("tuti", {Role.FRONT_DESK}, (SITE,))
    office.add("lina", {Role.SUPERVISOR}, (SITE,), ("imigrasi",))
    office.add("ina", {Role.LEADER}, (SITE,))


def put(office: Office, listed: list, who: str = "ida", **more: str):
    """Set targets."""
    return office.ask(who, "PUT", f"/sites/{SITE}/targets", {"targets": listed, **more})


def post(office: Office, line: dict, who: str = "ida"):
    """Write a line of the register."""
    return office.ask(who, "POST", f"/sites/{SITE}/complaints", line)


def recorded(office: Office, kind: str) -> list:
    """What the record keeps of them."""
    return [detail for found, detail, _ in office.events(SITE) if found == kind]


def test_targets_are_set_together_and_the_same_again_changes_nothing(office):
    first = put(office, [LATER, WAIT]).json
    assert [{key: one[key] for key in WAIT} for one in first["targets"]] == [WAIT, LATER]
    assert put(office, [WAIT, LATER]).json == first
    assert recorded(office, "targets_set") == [
        {"targets": [["wait_p50_s", "2026-11-01", 900], ["wait_p50_s", "2026-12-01", 600]]}
    ]
    assert code(put(office, [], based_on="0"))[:2] == (409, "targets_changed")
    then = put(office, [WAIT], based_on=first["version"]).json
    assert then["targets"] == [first["targets"][0]], "what stays keeps the time at which it was written"
    assert office.ask("ina", "GET", f"/sites/{SITE}/targets").json == then


@pytest.mark.parametrize(
    ("body", "who", "expected"),
    [
        ([WAIT], "lina", (403, "forbidden", None)),
        ([WAIT], "ina", (403, "forbidden", None)),
        ([{**WAIT, "measure": "issued"}], "ida", (422, "invalid", "targets.0.measure")),
        ([{**WAIT, "value": -1}], "ida", (422, "invalid", "targets.0.value")),
        ([{**WAIT, "from": "2026-02-30"}], "ida", (422, "invalid", "targets.0.from")),
        ([WAIT, WAIT], "ida", (422, "invalid", "targets.1.from")),
        ([{**WAIT, "value": "900"}], "ida", (422, "invalid", "targets.0.value.float")),
    ],
)
def test_what_is_no_target_and_who_sets_none_is_refused(office, body, who, expected):
    found = code(put(office, body, who))
    assert found[:2] == expected[:2] and (expected[2] is None or found[2].startswith(expected[2][:15]))
    assert recorded(office, "targets_set") == []


def work(office: Office) -> None:
    """One is served."""
    office.ask("tuti", "POST", f"/sites/{SITE}/tickets", {"service": "ktp-cetak"}, **{"Idempotency-Key": "k"})
    office.ask("sari", "POST", f"/sites/{SITE}/counters/5/open", {})
    for verb in ("call-next", "serve", "finish"):
        body = {"outcome": "selesai"} if verb == "finish" else {}
        assert office.ask("sari", "POST", f"/sites/{SITE}/counters/5/{verb}", body).status_code == 200


def test_a_report_is_judged_by_the_targets_of_its_last_day_in_every_form(office):
    work(office)
    put(office, [WAIT, KEPT, LATER, {"measure": "no_show_share", "from": "2026-11-01", "value": 0.05}])
    reports = f"/sites/{SITE}/reports"
    told = office.ask("ida", "GET", f"{reports}/services.json").json
    assert [(one["measure"], one["value"], one["met"]) for one in told["targets"]] == [
        *(("wait_p50_s", 900, True), ("service_in_promise", 0.9, True), ("no_show_share", 0.05, True)),
    ]
    assert told["previous"]["targets"] == []
    december = office.ask("ida", "GET", f"{reports}/summary.json?from=2026-11-23&to=2026-12-31").json
    assert december["targets"][0]["value"] == 900, "a target to come judges nothing yet"
    sheet = office.ask("ida", "GET", f"{reports}/services.csv").get_data(as_text=True)
    lines = list(csv.DictReader(io.StringIO(sheet)))
    [line] = [line for line in lines if line["key"] == "target"]
    assert (line["wait_p50_s"], line["service_in_promise"], line["issued"]) == ("900", "0.900000", "")
    for lang, said in (("id", "sasaran tercapai: paling lama 15 menit"), ("en", "target met: 15 minutes at most")):
        page = office.open("GET", f"/{SITE}/report/period?lang={lang}", who="ina").text
        shown = re.search(r'id="aim-wait_p50_s">(.*?)</dd>', page, re.DOTALL)[1]
        assert " ".join(shown.split()) == said
        assert 'class="aim-line aim-p50"' in page and 'class="share-aim"' in page
    assert office.ask("ida", "GET", f"{reports}/services.pdf").get_data().startswith(b"%PDF")


def test_where_nobody_was_called_yet_no_target_is_called_missed(office):
    office.ask("tuti", "POST", f"/sites/{SITE}/tickets", {"service": "ktp-cetak"}, **{"Idempotency-Key": "k"})
    put(office, [WAIT])
    told = (f"/{SITE}/report/period", "Sasaran: paling lama 15 menit"), ("/reports/compare", "Sasaran 15 menit")
    for path, shown in told:
        page = " ".join(office.open("GET", path, who="ida").text.partition('type="application/json"')[0].split())
        assert shown in page and "belum tercapai" not in page and "belum, sasaran" not in page


def test_the_pages_show_what_stands_and_a_form_to_those_who_write(office):
    put(office, [WAIT, LATER])
    post(office, LINE)
    for who, form in (("ida", True), ("ina", False)):
        targets = office.open("GET", f"/{SITE}/report/targets", who=who).text
        assert ('id="form"' in targets) is form
        assert targets.count("paling banyak 15 menit") == 1 and targets.count("berlaku</span>") == 1
        assert "<td>1 Desember 2026</td>" in targets and "<td>2026-12-01</td>" not in targets
        complaints = office.open("GET", f"/{SITE}/complaints", who=who).text
        assert ('id="form"' in complaints) is form and "November 2026" in complaints and "SP4N-LAPOR!" in complaints


def test_the_register_of_complaints_is_counts_that_are_written_anew(office):
    assert post(office, LINE).json["totals"] == {"received": 5, "in_work": 2, "done": 3}
    assert post(office, {**LINE, "in_work": 0, "done": 5}).json["totals"] == {"received": 5, "in_work": 0, "done": 5}
    assert post(office, {**LINE, "in_work": 0, "done": 5}).status_code == 200
    assert len(recorded(office, "complaints_counted")) == 2, "the same again changes nothing"
    own = {**LINE, "agency": "imigrasi", "month": "2026-10"}
    assert post(office, own, "lina").status_code == 200
    for wrong in (LINE, {**own, "agency": "dukcapil"}):
        assert post(office, wrong, "lina").status_code == 403
    seen = {who: office.ask(who, "GET", f"/sites/{SITE}/complaints").json for who in ("ida", "lina", "ina")}
    assert [len(seen[who]["complaints"]) for who in seen] == [2, 1, 2]
    october = office.ask("ida", "GET", f"/sites/{SITE}/complaints?from=2026-10&to=2026-10").json
    assert [one["agency"] for one in october["complaints"]] == ["imigrasi"]
    for wrong, field in (({"done": 4}, "done"), ({"month": "2026-12"}, "month"), ({"channel": "x"}, "channel")):
        assert code(post(office, {**LINE, **wrong})) == (422, "invalid", field)
    assert code(office.ask("ida", "GET", f"/sites/{SITE}/complaints?from=x")) == (422, "invalid", "from")
    assert post(office, LINE, "ina").status_code == 403


CANARY = "Kenari Rahasia"


def held(office: Office, path: str, who: str = "ida") -> dict[str, str]:
    """name -> what each file of the evidence holds, spreadsheets opened."""
    answer = office.ask(who, "GET", f"/sites/{SITE}/reports/evidence.zip?{path}")
    assert answer.status_code == 200, answer.text
    found = {}
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as pack:
        for name in pack.namelist():
            content = pack.read(name)
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(io.BytesIO(content)) as book:
                    content = b"".join(book.read(one) for one in book.namelist())
            found[name] = content.decode(errors="replace")
        index = list(csv.DictReader(io.StringIO(pack.read("00-index.csv").decode())))
        digests = {one["file"]: one["sha256"] for one in index}
        assert digests == {n: hashlib.sha256(pack.read(n)).hexdigest() for n in pack.namelist() if n[:2] != "00"}
    return found


def test_the_evidence_names_nobody_whatever_was_written(office):
    """A canary stands wherever a person could: names of accounts, reasons, notices, interruptions, notes."""
    work(office)
    put(office, [WAIT])
    post(office, LINE)
    office.ask("lilis", "PATCH", "/accounts/sari", {"name": f"Officer {CANARY}"})
    office.ask("ida", "POST", f"/sites/{SITE}/interruptions", {"scope": {}, "reason": "power", "notice": CANARY})
    notice = {"text": {"id": CANARY}, "where": ["wall"]}
    assert office.ask("ida", "POST", f"/sites/{SITE}/notices", notice, **{"Idempotency-Key": "n"}).status_code == 201
    office.ask("tuti", "POST", f"/sites/{SITE}/tickets", {"service": "ktp-cetak"}, **{"Idempotency-Key": "k2"})
    gone = {"number": "J002", "reason": CANARY}
    assert office.ask("sari", "POST", f"/sites/{SITE}/counters/5/cancel", gone).status_code == 200
    audit = office.ask("ida", "GET", f"/sites/{SITE}/audit.csv").get_data(as_text=True)
    assert CANARY in audit, "the audit tells it, so the canary sings"
    files = held(office, "from=2026-11-01&to=2026-11-30&lang=en")
    assert {"acts.csv", "fairness.csv", "interruptions.csv", "complaints.csv", "seals.csv", "figures.pdf"} <= set(files)
    singing = [name for name, content in files.items() if re.search("kenari|rahasia|sari|ida\b", content, re.I)]
    assert [name for name in singing if not name.endswith((".pdf", ".xlsx"))] == []
    assert all(CANARY not in content for content in files.values())
    acts = list(csv.DictReader(io.StringIO(files["acts.csv"])))
    assert ("targets_set", "Targets set", "supervisor") in [(a["kind"], a["what"], a["by_role"]) for a in acts]
    assert not {"called", "issued", "counter_opened", "finished"} & {one["kind"] for one in acts}
    assert "lapor,,5,2,3" in files["complaints.csv"] and ",power," in files["interruptions.csv"]


def test_the_evidence_tells_each_turn_out_of_order_by_its_code_and_in_nobodys_words(office):
    for n in range(3):
        office.ask("tuti", "POST", f"/sites/{SITE}/tickets", {"service": "ktp-cetak"}, **{"Idempotency-Key": f"o{n}"})
    counter = f"/sites/{SITE}/counters/5"
    office.ask("sari", "POST", f"{counter}/open", {})
    by_number = {"number": "J003", "reason": CANARY, "reason_code": "helped"}
    unknown = office.ask("sari", "POST", f"{counter}/call", {**by_number, "reason_code": CANARY})
    assert code(unknown)[:2] == (422, "invalid")
    assert office.ask("sari", "POST", f"{counter}/call", by_number).status_code == 200
    for verb in ("serve", "finish"):
        office.ask("sari", "POST", f"{counter}/{verb}", {"outcome": "selesai"} if verb == "finish" else {})
    walked_in = {"service": "ktp-cetak", "reason": CANARY, "reason_code": "short_question"}
    assert office.ask("sari", "POST", f"{counter}/walk-in", walked_in, **{"Idempotency-Key": "w"}).status_code == 201
    files = held(office, "from=2026-11-01&to=2026-11-30")
    turns = list(csv.DictReader(io.StringIO(files["out-of-order.csv"])))
    told = ("counter", "service", "how", "passed", "reason_code")
    assert [tuple(one[name] for name in told) for one in turns] == [
        ("5", "ktp-cetak", "number", "2", "helped"),
        ("5", "ktp-cetak", "walk_in", "2", "short_question"),
    ]
    assert all(CANARY not in content for content in files.values())


def test_the_evidence_is_the_whole_hall_s_and_of_a_year_at_most(office):
    for who in ("lina", "ina", "sari", "tuti"):
        assert office.ask(who, "GET", f"/sites/{SITE}/reports/evidence.zip").status_code == 403
    long = office.ask("ida", "GET", f"/sites/{SITE}/reports/evidence.zip?from=2025-01-01&to=2026-11-30")
    assert code(long) == (422, "invalid", "to")


def test_halls_stand_beside_one_another_within_the_agencies_of_who_asks(office):
    work(office)
    put(office, [WAIT])
    compare = "/reports/compare"
    told = office.ask("ida", "GET", f"{compare}.json").json
    assert [(one["site"], one["totals"]["served"]) for one in told["sites"]] == [("lebak", 1), ("pandeglang", 0)]
    assert [len(one["targets"]) for one in told["sites"]] == [1, 0]
    own = office.ask("ida", "GET", f"/sites/{SITE}/reports/summary.json").json
    assert told["sites"][0]["totals"] == own["totals"]
    for who, agency, served in (("lina", "", 0), ("ida", "&agency=imigrasi", 0), ("ida", "&agency=dukcapil", 1)):
        found = office.ask(who, "GET", f"{compare}.json?sites=lebak{agency}").json
        assert found["sites"][0]["totals"]["served"] == served
    assert office.ask("lina", "GET", f"{compare}.json?sites=lebak,pandeglang").status_code == 403
    assert office.ask("ida", "GET", f"{compare}.json?sites=lebak,nowhere").status_code == 404
    lines = list(csv.DictReader(io.StringIO(office.ask("ida", "GET", f"{compare}.csv").get_data(as_text=True))))
    assert [(one["period"], one["key"], one["served"]) for one in lines] == [
        *(("this", "lebak", "1"), ("this", "pandeglang", "0")),
        *(("previous", "lebak", "0"), ("previous", "pandeglang", "0")),
    ]
    assert office.ask("ida", "GET", f"{compare}.xlsx").get_data()[:2] == b"PK"
    page = office.open("GET", "/reports/compare?lang=en", who="ida").text
    assert "MPP Lebak" in page and "MPP Pandeglang" in page and "met, target 15 min" in " ".join(page.split())
    assert 'id="wrong"' in office.open("GET", "/reports/compare?from=x", who="ida").text
    office.add("gita", {Role.SUPERVISOR}, ("gone",))
    assert 'id="wrong"' in office.open("GET", "/reports/compare", who="gita").text, "a hall of whom there is none now"
