"""A closed month for everybody: its figures can be made again by anybody, and nobody can be found in it."""

import csv
import io
import json
import re
from collections import Counter as Tally
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import open_rows
from queue_server.domain.open_rows import LEAST, POOLED, Row, anonymous, by_service, figures, under_for
from queue_server.domain.roles import Role
from tests.world.command_line import queue_server
from tests.world.in_process import InProcess

MONTH, OFFICER = "2026-11", "zulaekha"
DAYS = ("2026-11-23", "2026-11-24", "2026-11-25")
LONE_HOUR, RARE = 13, "bpjs-kepesertaan"


class Lived(InProcess):
    """Lebak in November: many at counter 5, one of them alone in her hour, and two with a rare service."""

    def live(self):
        self.enrol("kiosk", Role.KIOSK)
        self.add(OFFICER, Role.OFFICER, agencies=("dukcapil",))
        self.tickets = []
        for day in DAYS:
            self.at(f"{day}T08:30")
            self.begin_session(OFFICER)
            self.verb("open")
            for n in range(9):
                self.at(f"{day}T{8 + n // 3:02d}:{35 + n % 3:02d}")
                self.take("ktp-cetak")
                if n % 3 < 2:
                    self.at(f"{day}T{8 + n // 3:02d}:{50 + n % 3 * 4:02d}")
                    self.verb("call-next")
                    self.verb("no-show" if n == 4 else "serve")
                    if n != 4:
                        self.at(f"{day}T{8 + n // 3:02d}:{52 + n % 3 * 4:02d}")
                        self.verb("finish", {"outcome": "selesai"})
            self.at(f"{day}T15:00")
            self.verb("close", {"reason": "selesai"})
        self.at(f"{DAYS[0]}T23:00")
        return self

    def at(self, instant):
        self.now = datetime.fromisoformat(f"{instant}:00+07:00")

    def take(self, service):
        key = {"Idempotency-Key": f"n{len(self.tickets)}"}
        answer = self.api("POST", "/sites/lebak/tickets", {"service": service}, who="kiosk", **key)
        assert answer.status_code == 201, answer.text
        self.tickets.append(answer.json)

    def verb(self, verb, body=None):
        answer = self.api("POST", f"/sites/lebak/counters/5/{verb}", body, who=OFFICER)
        assert answer.status_code == 200, answer.text


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
    late = made.api("POST", "/sites/lebak/tickets", {"service": RARE}, who="kiosk", **{"Idempotency-Key": "late"})
    assert late.status_code == 409
    assert made.api("POST", "/sites/lebak/reopen-day", {}, who="wati").status_code == 200
    made.at("2026-12-01T09:00")
    made.take("ktp-cetak")  # December has begun
    yield made
    made.close()


def got(hall, path):
    answer = hall.open("GET", path)
    assert answer.status_code == 200, answer.text
    return answer.text


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def file(hall):
    return got(hall, f"/api/v1/sites/lebak/open-data/{MONTH}.csv")


# -- what it says


def test_every_number_of_the_month_is_a_row(hall, file):
    rows = rows_of(file)
    assert len(rows) == len(hall.tickets) - 1
    assert {row["month"] for row in rows} == {MONTH} and {row["site"] for row in rows} == {"lebak"}
    assert Tally(row["outcome"] for row in rows) == {"served": 15, "no_show": 3, "given_up": 12}
    assert {row["wait_min"] for row in rows if row["outcome"] == "served"} == {"15", "18", "73", "74", "77"}


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
    told = {name: "" if one is None else str(one) for name, one in document["figures"].items()}
    assert told == {name: again["(all)"][name] for name in told}
    assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in document["rows"]] == [
        {k: v for k, v in row.items() if k not in ("site", "month")} for row in rows_of(file)
    ]
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


def test_what_was_refused_and_what_was_put_right_stand_beside_them_as_staff_are_told(hall):
    hall.begin_session("wati")
    report = hall.api("GET", "/sites/lebak/reports/summary.json?from=2026-11-01&to=2026-11-30", who="wati").json
    assert report["totals"]["refused"] == 1 and [one["why"] for one in report["corrected"]] == ["reopening"]
    for of in (MONTH, "2026"):
        page = " ".join(got(hall, f"/lebak/performance?of={of}").split())
        assert "Permintaan nomor ditolak: 1." in page
        assert "Dikoreksi sesudahnya: hari yang dibuka lagi (1)." in page


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


def attack(rows, raw):
    """The fewest rows among which an attacker must look for any visitor whose service and hour are known."""
    return min(len(found(rows, one.service, one.hour_from)) for one in raw)


def read(file):
    return [
        Row(
            *(row["service"], int(row["hour_from"]), int(row["hour_to"]), row["outcome"]),
            *(int(row[name]) if row[name] else None for name in ("wait_min", "service_min")),
            row["promise"],
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
    monkeypatch.setattr(open_rows, "_banded", lambda rows: list(rows))
    assert attack(anonymous(raw), raw) == 1
    monkeypatch.undo()
    monkeypatch.setattr(open_rows, "_pooled", lambda counts: set())
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
