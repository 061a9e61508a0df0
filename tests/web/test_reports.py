"""The figures of a period over the API: JSON, CSV and a spreadsheet say the same, within the asker's agencies."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from queue_server.domain.roles import Role
from queue_server.reports import letter
from queue_server.reports.measure_table import MEASURES, measures_of
from tests.web.office import Office, code

SITE = "lebak"
REPORTS = f"/sites/{SITE}/reports"


@pytest.fixture(autouse=True)
def morning(office: Office) -> None:
    """Sari has served two of three; one waits for a passport; a leader, an auditor and a limited supervisor look on."""
    office.add("tuti", {Role.FRONT_DESK}, (SITE,))
    office.add("lina", {Role.SUPERVISOR}, (SITE,), ("imigrasi",))
    office.add("ina", {Role.LEADER}, (SITE,))
    office.add("fitri", {Role.AUDITOR}, (SITE,))
    for n, service in enumerate(["ktp-cetak", "ktp-cetak", "ktp-cetak", "paspor-wawancara"]):
        office.ask("tuti", "POST", f"/sites/{SITE}/tickets", {"service": service}, **{"Idempotency-Key": f"k{n}"})
    office.ask("sari", "POST", f"/sites/{SITE}/counters/5/open", {})
    for verb in ("call-next", "serve", "finish") * 2:
        body = {"outcome": "selesai"} if verb == "finish" else {}
        assert office.ask("sari", "POST", f"/sites/{SITE}/counters/5/{verb}", body).status_code == 200


def get(office: Office, path: str, who: str = "ida"):
    """A report as somebody gets it."""
    answer = office.ask(who, "GET", f"{REPORTS}/{path}")
    assert answer.status_code == 200, answer.text
    return answer


def read_csv(answer, delimiter: str = ",") -> list[dict[str, str]]:
    """The lines of a file."""
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")), delimiter=delimiter))


def read_xlsx(answer) -> list[list[list[tuple[str, str]]]]:
    """The cells of each sheet: (type, value), by row; texts are looked up."""
    names = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as file:
        shared = ElementTree.fromstring(file.read("xl/sharedStrings.xml"))
        texts = ["".join(one.itertext()) for one in shared.findall("m:si", names)]
        listed = sorted(name for name in file.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
        pages = [ElementTree.fromstring(file.read(name)) for name in listed]
    assert not [cell for page in pages for cell in page.iter(f"{{{names['m']}}}f")], "a formula"
    found = []
    for page in pages:
        rows = []
        for row in page.findall("m:sheetData/m:row", names):
            cells = [(cell.get("t", "n"), cell.findtext("m:v", "", names)) for cell in row.findall("m:c", names)]
            rows.append([(kind, texts[int(value)] if kind == "s" else value) for kind, value in cells])
        found.append(rows)
    return found


@pytest.mark.parametrize("name", ["services", "refusals", "interruptions"])
def test_the_three_forms_say_the_same(office, name):
    measures = measures_of(name)
    assert (measures == MEASURES) is (name == "services")
    told = get(office, f"{name}.json").json
    assert (told["by"], told["days"], told["totals"]["issued"], told["totals"]["served"]) == ("service", 1, 4, 2)
    rows = [told["totals"], *told["rows"]]
    for path, delimiter, decimal in ((f"{name}.csv", ",", "."), (f"{name}.csv?excel=id", ";", ",")):
        lines = [line for line in read_csv(get(office, path), delimiter) if line["period"] == "this"]
        for line, row in zip(lines, rows, strict=True):
            assert list(line)[5:] == [m.name for m in measures]
            for measure in measures:
                value = line[measure.name].replace(decimal, ".")
                assert value == "" if row[measure.name] is None else float(value) == pytest.approx(row[measure.name])
    figures, _, definitions, about = read_xlsx(get(office, f"{name}.xlsx"))
    numbers = [[float(value) for kind, value in line if kind == "n" and value] for line in figures[1:]]
    expected = [[row[m.name] for m in measures if row[m.name] is not None] for row in (*told["rows"], told["totals"])]
    assert numbers == [pytest.approx(row) for row in expected]
    assert [line[1][1] for line in definitions[1:]] == [m.name for m in measures]
    assert ("s", SITE) in [cell for line in about for cell in line]


def test_refusals_and_disruptions_have_reports_of_their_own(office):
    body = {"service": "pelayanan-ham"}
    office.now += timedelta(hours=9)
    for who in ("tuti", "ida"):
        office.begin_session(who)
    key = {"Idempotency-Key": "too late"}
    assert office.ask("tuti", "POST", f"/sites/{SITE}/tickets", body, **key).status_code == 409
    told = get(office, "refusals.json").json
    assert (told["totals"]["refused"], told["totals"]["refused_closed"]) == (1, 1)
    assert [row["refused"] for row in told["rows"] if row["key"] == "pelayanan-ham"] == [1]
    html = page(office, "period")
    for name in ("refusals.pdf", "refusals.xlsx", "refusals.csv", "interruptions.pdf", "interruptions.csv"):
        assert f"/reports/{name}?" in html


def test_every_form_stays_within_the_agencies_of_who_asks(office):
    """Lina sees to Imigrasi: nothing of another agency, in whatever form, and whatever she asks for."""
    for who, there in (("ida", True), ("ina", True), ("fitri", True), ("lina", False)):
        told = get(office, "services.json", who).json
        assert ("ktp-cetak" in [row["key"] for row in told["rows"]]) is there
        assert told["totals"]["issued"] == (4 if there else 1)
        assert ("Cetak KTP-el" in get(office, "services.csv", who).text) is there
        assert ("Cetak KTP-el" in str(read_xlsx(get(office, "services.xlsx", who)))) is there
        numbers = get(office, "tickets.json?measure=issued", who).json
        assert ([one["number"] for one in numbers["tickets"]] == ["K001"]) is not there
        assert get(office, "waits.json", who).json["waits"] == (2 if there else 0)
    for path in (
        "services.json?agency=dukcapil",
        "counters.json?by=counter&counter=5",
        "summary.json?service=ktp-cetak",
    ):
        told = get(office, path, "lina").json
        assert told["rows"] == [] and not told["totals"]["served"] and not told["totals"]["waits"]
    office.now += timedelta(days=1)
    for who in ("tuti", "ida", "lina"):
        office.begin_session(who)
    office.ask("tuti", "POST", f"/sites/{SITE}/tickets", {"service": "ktp-cetak"}, **{"Idempotency-Key": "later"})
    both = "services.json?from=2026-11-23&to=2026-11-24"
    assert [get(office, both, who).json["days"] for who in ("ida", "lina")] == [2, 1]


def test_the_period_before_stands_beside_it(office):
    told = get(office, "summary.json?from=2026-11-23&to=2026-11-23").json
    assert (told["previous"]["from"], told["previous"]["to"]) == ("2026-11-22", "2026-11-22")
    assert (told["totals"]["issued"], told["previous"]["totals"]["issued"]) == (4, 0)
    later = get(office, "activity.json?from=2026-11-24&to=2026-11-24").json
    assert (later["totals"]["issued"], later["previous"]["totals"]["issued"], later["rows"]) == (0, 4, [])
    assert [row["key"] for row in later["previous"]["rows"]] == ["2026-11-23"]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("summary.json?from=yesterday", "from"),
        ("summary.json?from=2026-11-24&to=2026-11-23", "to"),
        ("summary.json?from=2000-01-01&to=2026-11-23", "to"),
        ("summary.json?to=9999-12-31", "to"),
        ("summary.json?by=officer", "by"),
        ("summary.json?class=vip", "class"),
        ("summary.json?weekday=7", "weekday"),
        ("summary.json?hour=-1", "hour"),
        ("summary.csv?excel=fr", "excel"),
        ("tickets.json?measure=refused", "measure"),
        ("tickets.json?page=0", "page"),
        *((f"{name}?by=day", "by") for name in ("waits.json", "tickets.json", "summary.pdf", "summary.docx")),
        ("demand.json?by=day", "by"),
        ("demand.xlsx?class=priority", "class"),
    ],
)
def test_what_cannot_be_asked_is_refused(office, path, field):
    assert code(office.ask("ida", "GET", f"{REPORTS}/{path}")) == (422, "invalid", field)


def test_a_comparison_has_the_halls_as_its_lines_and_no_others(office):
    refused = office.ask("ida", "GET", f"/reports/compare.json?sites={SITE}&by=day")
    assert code(refused) == (422, "invalid", "by")


def test_there_is_no_other_report_and_no_other_reader(office):
    for path in ("nothing.json", "nothing.csv", "nothing.xlsx", "officers.pdf"):
        assert office.ask("ida", "GET", f"{REPORTS}/{path}").status_code == 404
    for who in ("sari", "tuti"):
        assert office.ask(who, "GET", f"{REPORTS}/summary.json").status_code == 403


def test_every_measure_is_defined_in_every_language(office):
    told = office.ask(None, "GET", "/definitions").json
    assert list(told) == [m.name for m in MEASURES] or set(told) == {m.name for m in MEASURES}
    for one in told.values():
        assert all({"id", "en", "su"} <= set(one[part]) for part in ("title", "formula", "source"))


def test_no_officer_is_named_anywhere(office):
    for path in ("counters.json", "counters.csv", "tickets.json?measure=served"):
        assert "sari" not in get(office, path, "ina").text.lower()
    assert "sari" not in str(read_xlsx(get(office, "counters.xlsx", "ina"))).lower()


def page(office: Office, path: str, who: str = "ida") -> str:
    """A page as somebody sees it."""
    answer = office.open("GET", f"/{SITE}/report/{path}", who=who)
    assert answer.status_code == 200, answer.text
    return answer.text


def words_of(html: str, id: str) -> str:
    """The text of an element that has no other of its kind within."""
    return " ".join(re.sub(r"<[^>]+>", " ", re.search(rf'id="{id}"[^>]*>(.*?)</dd>', html, re.S)[1]).split())


def test_the_page_shows_the_figures_of_the_document_and_their_meaning(office):
    told = get(office, "services.json").json
    for lang in ("id", "en", "su"):
        html = page(office, f"period?lang={lang}")
        assert words_of(html, "tile-people") == str(told["totals"]["people"]) == "2"
        assert words_of(html, "tile-service_in_promise") == f"{int(told['totals']['service_in_promise'] * 100)} %"
        assert "{" not in re.sub(r"<script.*?</script>", "", html, flags=re.S)
        links = set(re.findall(r'href="#(def-\w+)"', html))
        assert len(links) > 15 and {f'id="{one}"' in html for one in links} == {True}
    rows = re.findall(r'<th scope="row" class="text">(.*?)</th>\s*<td>(\d+)</td>', page(office, "period"))
    assert ("Cetak KTP-el", "2") in rows and ("Loket 5", "2") in rows


def test_the_page_stays_within_the_agencies_too_and_so_do_the_numbers_behind_it(office):
    assert "Cetak KTP-el" in page(office, "period", "ina")
    for path in ("period", "period?service=ktp-cetak", "numbers?measure=issued", "numbers?measure=waits"):
        html = page(office, path, "lina").partition('id="page-data"')[0]
        assert "Cetak KTP-el" not in html and "J001" not in html
    assert ">K001<" in page(office, "numbers?measure=issued", "lina")


def test_the_numbers_behind_a_figure_are_a_link_away(office):
    html = page(office, "period")
    for link in re.findall(r'href="/lebak/report/(numbers[^"]+)"', html):
        behind = page(office, link.replace("&amp;", "&"))
        assert 'id="numbers"' in behind
    assert "J001" in page(office, "numbers?measure=people")
    assert office.open("GET", f"/{SITE}/report/numbers?measure=open_s", who="ida").status_code == 422


def test_a_counter_gives_no_numbers_so_its_page_begins_with_the_call(office):
    drawn = page(office, "period?counter=5").partition('class="funnel"')[2].partition("</table>")[0]
    assert re.findall(r'<th scope="row">(.*?)</th>', drawn) == ["Dipanggil", "Mulai dilayani", "Selesai dilayani"]


@pytest.mark.parametrize("path", ["period", "numbers"])
@pytest.mark.parametrize(
    ("asked", "what"), [("from=2026-12-05&to=2026-11-01", "lebih awal"), ("hour=x", "tidak dikenal")]
)
def test_a_page_says_what_is_wrong_with_what_was_asked(office, path, asked, what):
    said = re.search(r'id="wrong"[^>]*>(.*?)</p>', page(office, f"{path}?{asked}"))
    assert what in said[1]
    assert 'id="wrong"' not in page(office, path)


def test_a_period_without_numbers_says_so(office):
    assert 'id="nothing"' in page(office, "period?from=2026-01-01&to=2026-01-31")


def test_todays_report_leads_there_whoever_may_see_it(office):
    link = f"/{SITE}/report/period?"
    assert link in office.open("GET", f"/{SITE}/report", who="ina").text
    assert link not in office.open("GET", f"/{SITE}/report", who="sari").text


def test_the_letter_says_what_the_document_says_within_the_agencies_of_who_asks(office, monkeypatch):
    """The PDF is set of these very words; it is a tagged PDF, and needs no font of the machine."""
    told = {}
    really = letter.written
    monkeypatch.setattr(letter, "written", lambda words: told.update(words) or really(words))
    for who, there in (("ida", True), ("lina", False)):
        answer = get(office, "services.pdf?lang=en", who)
        assert answer.mimetype == "application/pdf" and answer.get_data().startswith(b"%PDF-1.")
        assert b"/MarkInfo" in answer.get_data() and b"AtkinsonHyperlegible" in answer.get_data()
        report = get(office, "services.json", who).json
        lines, measures = told["annex"]
        assert ("ID card printing" in str(told)) is there
        assert [row[1] for row in lines["rows"]] == [str(row["served"]) for row in (*report["rows"], report["totals"])]
        for measure, (name, now, before) in zip(MEASURES, measures["rows"], strict=True):
            value = report["totals"][measure.name]
            assert name and before
            if value is None:
                assert now == "–"
            else:
                shown = value * 100 if measure.unit == "share" else value
                assert float(re.sub("[^0-9.]", "", now)) == pytest.approx(shown, abs=0.051)
        assert {one["name"] for one in told["definitions"]} == {row[0] for row in measures["rows"]}
    assert told["lead"][1].endswith("Agency Imigrasi.")
    head, facts = told["head"], dict(map(tuple, [fact[:2] for fact in told["facts"]]))
    assert head["government"] == "PEMERINTAH KABUPATEN LEBAK" and told["signatory"] == "Kepala Dinas"
    assert facts["Number"] == "500.16/......./DPMPTSP/XI/2026"


LETTERS = (
    *("refusals.pdf?", "interruptions.pdf?by=day&"),
    *("summary.pdf?", "counters.pdf?by=weekday&", "activity.pdf?from=2026-01-01&to=2026-01-31&"),
    "agencies.pdf?class=regular&hour=9&",
)


@pytest.mark.parametrize("lang", ["id", "en", "su"])
def test_a_letter_of_any_report_is_set_in_every_language(office, lang):
    for path in LETTERS:
        assert get(office, f"{path}lang={lang}").get_data().startswith(b"%PDF")


def test_the_order_is_told_with_its_reasons_to_those_who_answer_for_the_hall(office):
    office.ask("tuti", "POST", f"/sites/{SITE}/tickets", {"service": "ktp-cetak"}, **{"Idempotency-Key": "last"})
    called = {"number": "J004", "reason": "=sakit"}
    assert office.ask("sari", "POST", f"/sites/{SITE}/counters/5/call", called).status_code == 200
    told = get(office, "fairness.json").json
    assert (told["overtakes"], told["out_of_order"], told["visitors"]) == ({"suffered": 1, "made": 1}, 1, 1)
    assert [(row["service"], row["overtakes"]) for row in told["rows"]] == [("ktp-cetak", told["overtakes"])]
    [call] = told["calls"]
    assert (call["number"], call["passed"], call["how"]) == ("J004", ["J003"], "number")
    assert (call["by"], call["reason"]) == ("Sari", "=sakit")
    [service, turn] = read_csv(get(office, "fairness.csv"))
    assert (service["what"], service["suffered"]) == ("service", "1")
    assert (turn["number"], turn["passed"], turn["reason"]) == ("J004", "J003", "'=sakit")
    [head, _, line] = read_xlsx(get(office, "fairness.xlsx"))[0]
    assert ("s", "reason") in head and ("s", "=sakit") in line
    leader = get(office, "fairness.json", "ina").json
    assert leader["overtakes"] == told["overtakes"] and "sakit" not in str(leader) and "Sari" not in str(leader)
    assert get(office, "fairness.json", "lina").json["rows"] == get(office, "fairness.json", "lina").json["calls"] == []
    assert get(office, "fairness.json?service=kk-akta").json["calls"] == []
    refused = office.ask("ida", "GET", f"{REPORTS}/fairness.json?from=2026-01-01&to=2026-11-30")
    assert code(refused) == (422, "invalid", "to")


def test_a_paper_with_few_filters_refuses_every_other_and_is_not_offered_beside_it(office):
    for path in ("fairness.json?counter=5", "fairness.csv?class=priority", "evidence.zip?service=ktp-cetak"):
        assert code(office.ask("ida", "GET", f"{REPORTS}/{path}")) == (422, "invalid", path.split("?")[1].split("=")[0])
    assert code(office.ask("ida", "GET", f"{REPORTS}/evidence.zip?by=day")) == (422, "invalid", "by")
    for limit, offered in (("", [1, 1]), ("?service=ktp-cetak", [1, 0]), ("?outcome=no_show", [0, 0])):
        page = office.open("GET", f"/{SITE}/report/period{limit}", who="ida").text
        assert [f"reports/{name}?" in page for name in ("fairness.xlsx", "evidence.zip")] == offered
