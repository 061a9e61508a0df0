"""A closed month for everybody: its figures can be made again by anybody, and nobody can be found in it."""

import csv
import io
import json
import re
from collections import Counter as Tally
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import open_rows
from queue_server.domain.open_beside import Beside, refusals
from queue_server.domain.open_rows import LEAST, POOLED, Row, anonymous, by_service, figures, under_for
from queue_server.domain.roles import Role
from tests.web.published_month import OFFICER, REFUSED, Lived
from tests.world.command_line import queue_server

MONTH = "2026-11"
LONE_HOUR, RARE = 13, "bpjs-kepesertaan"
KINDS, FIGURES = ("days", "refused", "interruption", "corrected"), ("figures", "beside_figures")


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    made = Lived(tmp_path_factory.mktemp("hall"))
    made.live()
    made.at("2026-11-26T13:10")
    made.take("ktp-cetak")  # alone in her hour
    made.take(RARE)
    made.take(RARE)
    made.add("wati", Role.SUPERVISOR)
    assert made.api("POST", "/sites/lebak/close-day", {}, who="wati").status_code == 200
    made.refused(RARE)
    assert made.api("POST", "/sites/lebak/reopen-day", {}, who="wati").status_code == 200
    made.have_trouble()
    made.at("2026-12-01T09:00")
    made.take("ktp-cetak")  # December has begun
    yield made
    made.close()


def got(hall, path):
    answer = hall.open("GET", path)
    assert answer.status_code == 200, answer.text
    return answer.text


def rows_of(text, *kinds):
    """The rows of a file: of the numbers, or of other kinds."""
    return [row for row in csv.DictReader(io.StringIO(text)) if row.get("kind", "number") in (kinds or ("number",))]


@pytest.fixture(scope="module")
def file(hall):
    return got(hall, f"/api/v1/sites/lebak/open-data/{MONTH}.csv")


# -- what it says


def test_every_number_of_the_month_is_a_row(hall, file):
    rows = rows_of(file)
    assert len(rows) == len(hall.tickets) - 1
    assert {row["month"] for row in rows} == {MONTH} and {row["site"] for row in rows} == {"lebak"}
    assert Tally(row["outcome"] for row in rows) == {"served": 17, "no_show": 3, "given_up": 12}
    assert {row["wait_min"] for row in rows if row["outcome"] == "served"} == {"5", "15", "18", "73", "74", "77"}


def test_the_published_figures_are_made_again_by_anybody(hall, file, tmp_path):
    (tmp_path / "a.csv").write_text(file)
    again = {line["service"]: line for line in rows_of(queue_server("figures", tmp_path / "a.csv").stdout)}
    page = got(hall, f"/lebak/performance?of={MONTH}")
    published = re.findall(r'<tr data-published="([^"]+)">.*?</th>(.*?)</tr>', page, re.DOTALL)
    names = ("numbers", "served", "half_under_min", "nine_under_min", "kept_percent", "no_show", "given_up")
    assert len(published) == len(again) > 1
    for id, cells in published:
        shown = [cell.replace(" %", "").replace("–", "") for cell in re.findall(r"<td>(.*?)</td>", cells)]
        assert shown == [again["(all)" if id == "all" else id][name] for name in names], id
    document = json.loads(got(hall, f"/api/v1/sites/lebak/open-data/{MONTH}.json"))
    told = {n: "" if one is None else str(one) for of in FIGURES for n, one in document[of].items()}
    assert told == {name: again["(all)"][name] for name in told}
    for of, rows in (("rows", rows_of(file)), ("beside", rows_of(file, *KINDS))):
        written = [{k: "" if v is None else str(v) for k, v in row.items()} for row in document[of]]
        assert written == [{k: row[k] for k in written[0]} for row in rows] != []
    assert set(document["columns"]) == set(rows_of(file)[0])
    assert "datanya belum cukup" in page.partition('id="ikm"')[2][:80], "nobody answered: no index, and no D"
    year = got(hall, "/lebak/performance?of=2026")
    assert re.findall(r"<td>(.*?)</td>", year.partition('data-published="all"')[2].partition("</tr>")[0]) == re.findall(
        r"<td>(.*?)</td>", page.partition('data-published="all"')[2].partition("</tr>")[0]
    )


@pytest.mark.parametrize("month", ["2026-12", "2027-01", "2026-10", "2026-13", "2026", "november"])
def test_a_month_that_is_not_over_or_of_which_nothing_is_known_has_no_file(hall, month):
    assert hall.api("GET", f"/sites/lebak/open-data/{month}.csv").status_code == 404
    assert hall.open("GET", f"/lebak/performance?of={month}", Accept="text/html").status_code == (
        200 if month == "2026" else 422
    )


def sentences(hall, of):
    """What the page says beside its table, as words."""
    page = got(hall, f"/lebak/performance?of={of}").partition('id="published"')[2].partition("<table")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def told_of(file, folder):
    """What the page has to say, made of nothing but a published file."""
    (folder / "c.csv").write_text(file)
    n = rows_of(queue_server("figures", folder / "c.csv").stdout)[0]
    return [
        f"{n['numbers']} nomor dalam {n['days']} hari layanan; {n['no_show']} tidak hadir saat dipanggil, "
        f"{n['given_up']} batal.",
        f"Perkiraan tunggu tepat untuk {n['as_told_percent']} dari 100 orang ({n['foretold']} orang diberi perkiraan).",
        f"Gangguan: {n['interruptions']} kali, {n['interrupted_min']} menit; {n['interruptions_confirmed']} dibenarkan "
        f"pengawas, {n['interruptions_rejected']} tidak dibenarkan.",
        f"Permintaan nomor ditolak: {n['refused']}.",
        f"nomor dari lembar darurat ({n['corrected_paper']}), hari yang dibuka lagi ({n['corrected_reopening']}), "
        f"gangguan yang dibenarkan kemudian ({n['corrected_interruption']}).",
    ]


def test_what_was_refused_interrupted_and_put_right_is_made_again_too_and_is_what_staff_are_told(hall, file, tmp_path):
    hall.begin_session("wati")
    report = hall.api("GET", "/sites/lebak/reports/summary.json?from=2026-11-01&to=2026-11-30", who="wati").json
    told = told_of(file, tmp_path)
    assert f"ditolak: {report['totals']['refused']}." in told[3] and report["totals"]["refused"] == len(REFUSED) + 1
    assert told[2] == "Gangguan: 4 kali, 162 menit; 2 dibenarkan pengawas, 1 tidak dibenarkan."
    assert {one["why"]: one["n"] for one in report["corrected"]} == {"reopening": 1, "paper": 2, "interruption": 1}
    for of in (MONTH, "2026"):
        assert not [one for one in told if one not in sentences(hall, of)], of
    for kind in ("days", "refused", "interruption", "corrected"):  # the control: each sentence hangs on its rows
        less = "".join(line for line in file.splitlines(keepends=True) if f",{kind}," not in line)
        assert [one for one in told_of(less, tmp_path) if one not in sentences(hall, MONTH)], kind


def test_a_file_of_before_these_rows_is_read_as_ever(file, tmp_path):
    cut = [line.split(",")[:9] for line in file.splitlines() if line.endswith((",number,,,,1", ",count"))]
    (tmp_path / "d.csv").write_text("".join(",".join(cells) + "\n" for cells in cut))
    (tmp_path / "e.csv").write_text(file)
    old, new = (rows_of(queue_server("figures", tmp_path / name).stdout)[0] for name in ("d.csv", "e.csv"))
    assert old["nine_under_min"] == new["nine_under_min"] != "" and old["refused"] == "" != new["refused"]


def test_staff_see_what_is_published_beside_their_own_figures(hall):
    hall.begin_session("wati")
    page = hall.open("GET", "/lebak/report/period?from=2026-11-01&to=2026-11-30", who="wati").text
    beside = page.partition('id="everybody"')[2].partition("</p>")[0]
    assert (
        "separuh kurang dari 20 menit, 9 dari 10 kurang dari 78 menit" in beside and "performance?of=2026-11" in beside
    )
    running = hall.open("GET", "/lebak/report/period?from=2026-12-01&to=2026-12-31", who="wati").text
    assert 'id="everybody"' not in running


def test_a_file_that_is_none_of_ours_is_refused_in_a_line(tmp_path):
    (tmp_path / "b.csv").write_text("service,wait\nktp,5\n")
    assert "the first line should be site,month" in queue_server("figures", tmp_path / "b.csv").stderr


# -- what it does not say


def test_no_public_file_names_a_number_a_person_or_a_counter(hall, file):
    public = [file, got(hall, f"/api/v1/sites/lebak/open-data/{MONTH}.json"), got(hall, "/lebak/performance.csv")]
    public += [got(hall, "/lebak/performance"), got(hall, f"/lebak/performance?of={MONTH}"), got(hall, "/lebak")]
    for lang, said in (("id", "Dilayani: "), ("en", "Served: "), ("su", "Dilayanan: ")):
        text = got(hall, f"/lebak/weekly.txt?lang={lang}")
        assert said in text and "{" not in text and text.endswith("http://antrean.test/lebak/performance\n")
        public += [text, got(hall, f"/lebak/board?lang={lang}")]
    secrets = {OFFICER, *(one[name] for one in hall.tickets for name in ("token", "number", "id"))}
    for text in public:
        assert not [one for one in secrets if re.search(rf"\b{re.escape(str(one))}\b", text)]
    assert "priority" not in file and "regular" not in file


def found(rows, service, hour):
    """The attack: rows that may be somebody's, of whom service and hour of arrival are known."""
    named = {row.service for row in rows}
    return [
        row
        for row in rows
        if row.service == (service if service in named else POOLED) and row.hour_from <= hour <= row.hour_to
    ]


def found_refused(rows, service, hour, cause):
    """The same of somebody who got no number, and of whom the cause is known, too: how many it may be."""
    own = [row for row in rows if row.cause == (cause if cause in {row.cause for row in rows} else POOLED)]
    named = service if service in {row.service for row in own} else POOLED
    return sum(r.count for r in own if r.service == named and (r.hour_from or 0) <= hour <= (r.hour_to or 23))


def attack(rows, raw):
    """The fewest rows among which an attacker must look for any visitor whose service and hour are known."""
    return min(len(found(rows, one.service, one.hour_from)) for one in raw)


def read(file):
    return [
        Row(
            *(row["service"], int(row["hour_from"]), int(row["hour_to"]), row["outcome"]),
            *(int(row[name]) if row[name] else None for name in ("wait_min", "service_min")),
            *(row["promise"], row["foretold"]),
        )
        for row in rows_of(file)
    ]


def test_a_rare_service_a_lone_visitor_and_a_known_arrival_are_not_found(file):
    rows = read(file)
    assert RARE not in file
    assert len(found(rows, RARE, LONE_HOUR)) >= LEAST
    assert len(found(rows, "ktp-cetak", LONE_HOUR)) >= LEAST
    assert all(len(found(rows, "ktp-cetak", hour)) >= LEAST for hour in (8, 9, 10))


def test_the_attack_finds_people_in_rows_that_were_not_made_safe(monkeypatch, file):
    """The control: without what makes them safe, the lone visitor and the rare service stand alone."""
    raw = [Row("ktp-cetak", 8, 8, "served", 5, 3, "")] * 20 + [Row("ktp-cetak", 13, 13, "served", 41, 3, "")]
    raw += [Row(RARE, 9, 9, "served", 7, 3, "")]
    assert attack(raw, raw) == 1
    assert attack(anonymous(raw), raw) >= LEAST
    monkeypatch.setattr(open_rows, "_banded", lambda rows: rows)
    assert attack(anonymous(raw), raw) == 1
    monkeypatch.undo()
    monkeypatch.setattr(open_rows, "pooled", lambda counts: set())
    assert attack(anonymous(raw), raw) < LEAST


VISITORS = st.builds(
    Row,
    service=st.sampled_from("abcdefg"),
    hour_from=st.integers(8, 15),
    hour_to=st.just(0),
    outcome=st.sampled_from(("served", "no_show", "given_up")),
    wait_min=st.one_of(st.none(), st.integers(0, 300)),
    service_min=st.one_of(st.none(), st.integers(0, 300)),
    promise=st.sampled_from(("kept", "broken", "")),
)


@given(st.lists(VISITORS, max_size=120))
def test_in_no_month_is_anybody_found_by_service_and_hour(visitors):
    raw = [replace(one, hour_to=one.hour_from) for one in visitors]
    rows = anonymous(raw)
    assert len(rows) == (len(raw) if len(raw) >= LEAST else 0)
    if rows:
        assert attack(rows, raw) >= LEAST
        assert rows == anonymous(reversed(raw))  # their order says nothing
        total, parts = figures(rows), [one for _, one in by_service([rows])]
        assert all(one.numbers >= LEAST for one in parts)  # so no complement is small either
        assert sum(one.numbers for one in parts) == total.numbers
        assert max(row.wait_min or 0 for row in rows) <= open_rows.LONGEST_MIN


def test_a_rare_refusal_and_one_alone_in_its_hour_are_not_found(file):
    rows = [
        Beside(
            "refused",
            r["cause"],
            int(r["count"]),
            service=r["service"],
            hour_from=int(r["hour_from"]),
            hour_to=int(r["hour_to"]),
        )
        for r in rows_of(file, "refused")
    ]
    assert {row.cause for row in rows} == {"quota", POOLED} and sum(row.count for row in rows) == len(REFUSED) + 1
    for of in [*REFUSED, (RARE, LONE_HOUR, "closed")]:
        assert found_refused(rows, *of) >= LEAST, of
    raw = Tally([*REFUSED, (RARE, LONE_HOUR, "closed")])
    bare = [Beside("refused", c, n, service=s, hour_from=h, hour_to=h) for (s, h, c), n in raw.items()]
    assert found_refused(bare, "skck-baru", 14, "quota") == 1, "the control"


REFUSALS = st.tuples(st.sampled_from("abcd"), st.integers(8, 15), st.sampled_from(("quota", "closed", "interruption")))


@given(st.lists(REFUSALS, max_size=80))
def test_in_no_month_is_anybody_found_by_what_was_refused(asked):
    rows = refusals(asked)
    assert sum(row.count for row in rows) == len(asked)
    if len(asked) < LEAST:
        assert {(row.service, row.cause, row.hour_from) for row in rows} <= {(POOLED, POOLED, None)}
    else:
        assert all(found_refused(rows, *of) >= LEAST for of in asked) and min(row.count for row in rows) >= 1


@pytest.mark.parametrize(
    ("waits", "tenths", "under"),
    [
        ([0] * 10, 9, 1),
        ([0] * 9 + [40], 9, 1),
        ([0] * 8 + [40] * 2, 9, 41),
        (list(range(10)), 5, 5),
        (list(range(9)), 5, None),
    ],
)
def test_so_many_tenths_waited_less(waits, tenths, under):
    assert under_for(waits, tenths) == under
    if under is not None:
        assert sum(one < under for one in waits) * 10 >= len(waits) * tenths


def test_a_service_that_one_month_pools_is_named_in_no_figure_of_the_year():
    many = [Row("a", 8, 8, "served", 5, 3, "kept")] * 12 + [Row("b", 8, 8, "served", 5, 3, "kept")] * 12
    few = [*many[:12] * 2, *many[12:15], *[Row("c", 9, 9, "served", 1, 1, "")] * 12]
    months = [anonymous(many), anonymous(few)]
    assert [id for id, _ in by_service(months)] == ["a", POOLED]
    assert sum(one.numbers for _, one in by_service(months)) == 24 + 39


def test_a_month_in_which_officers_were_there_and_nobody_came_is_no_month_of_the_page(tmp_path):
    """It has a record, and no figure that could be published; the page and the other months are there all the same."""
    hall = Lived(tmp_path)
    try:
        hall.add(OFFICER, Role.OFFICER, agencies=("dukcapil",))
        hall.at("2026-11-23T09:00")
        for verb in ("open", "close"):
            hall.verb(verb)
        hall.at("2026-12-04T09:00")
        hall.begin_session(OFFICER)
        hall.verb("open")  # December has begun
        page = hall.open("GET", "/lebak/performance")
        assert page.status_code == 200 and "of=2026" not in page.get_data(as_text=True)
    finally:
        hall.close()
