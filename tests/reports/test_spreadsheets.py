"""The files of a period in an Indonesian office's spreadsheet: numbers are numbers, their sums the same totals."""

from datetime import date
from types import SimpleNamespace

import pytest

from queue_server.reports import period_csv, period_report, period_xlsx, sheets
from queue_server.reports.calendar import month_of
from queue_server.reports.measure_table import MEASURES
from queue_server.reports.span import Wanted, joined_sheets
from queue_server.texts import fill, load
from tests.reports.seeded import live
from tests.world.calc import AS_IT_IS, ENGLISH, Calc, rows_of
from tests.world.hall import SITE, Hall
from tests.world.halls import copied, leave, prepare
from tests.world.values import at

pytestmark = pytest.mark.deep

LINES = (("services", "service"), ("activity", "day"))
#: measures of which the lines by service, or by day, add up to what stands in all
SUMS = [m for m in MEASURES if m.unit == "count" or m.name in ("service_s", "hold_s", "wait_left_out_s", "left_out_s")]
FORMS = ("xlsx", "csv", "csv for Indonesia")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Of each report its document, and its three files; and a spreadsheet program."""
    folder = tmp_path_factory.mktemp("files")
    hall = Hall(folder / "data", copied(prepare(tmp_path_factory), folder / "data"))
    live(hall, 20261130, ("2026-11-23", "2026-11-24"), 90)
    period = month_of(date(2026, 11, 1))
    whole = joined_sheets(
        hall.read(
            lambda view: sheets.of_period(view.conn, view.declared, hall.perform.sites, period.first, period.last)
        )
    )
    words = load().section("common", "period", "measures", "letter")["id"]
    made = {}
    for name, by in LINES:
        now = (period, whole)
        told = period_report.report(SITE, name, by, Wanted(), now, now, at("2026-11-24 16:00"))
        (folder / f"{name}.xlsx").write_bytes(period_xlsx.written(told, "id", lambda key, **v: fill(words[key], v)))
        (folder / f"{name}.csv").write_text(period_csv.written(told, "id"))
        (folder / f"{name}-id.csv").write_text(period_csv.written(told, "id", "id"))
        made[name] = told
    yield SimpleNamespace(folder=folder, told=made, calc=Calc(folder), total=words["total"], words=words)
    leave(hall, None)


def opened(files, name, form):
    """A file in the program: as it has it, the heads of its columns, and its first row of lines and last."""
    if form == "xlsx":
        found = files.calc.opened(files.folder / f"{name}.xlsx")
        rows = rows_of(found)
        titles = {files.words[f"measure_{m.name}"]: m.name for m in MEASURES}
        heads = [titles.get(cell.shown, cell.shown) for cell in rows[0]]
        keys = [row[0].shown for row in rows]
        return found, rows, heads, 1, keys.index(files.total) - 1, keys.index(files.total)
    indonesian = form != "csv"
    file = files.folder / (f"{name}-id.csv" if indonesian else f"{name}.csv")
    found = files.calc.opened(file, delimiter=";" if indonesian else ",", language=AS_IT_IS if indonesian else ENGLISH)
    rows = rows_of(found)
    mine = [n for n, row in enumerate(rows) if row[0].shown == "this"]
    return found, rows, [cell.shown for cell in rows[0]], mine[1], mine[-1], mine[0]


def column(n):
    """The letters of a column."""
    return chr(65 + n) if n < 26 else chr(64 + n // 26) + chr(65 + n % 26)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", [name for name, _ in LINES])
def test_every_figure_is_a_number_and_the_lines_add_up_to_the_same_totals(files, name, form):
    told = files.told[name]
    found, rows, heads, first, last, total = opened(files, name, form)
    assert last - first + 1 == len(told["rows"]) > 1
    for n, line in ((total, told["totals"]), *zip(range(first, last + 1), told["rows"], strict=True)):
        for measure in MEASURES:
            place = heads.index(measure.name)
            cell = rows[n][place] if place < len(rows[n]) else None
            if line[measure.name] is None:
                assert cell is None or (cell.kind, cell.shown) == (None, "")
            else:
                assert cell.kind in ("float", "percentage"), (measure.name, cell)
                assert cell.value == pytest.approx(line[measure.name], abs=1e-6)
    if name == "activity":
        dates = [rows[n][heads.index("key") if "key" in heads else 0] for n in range(first, last + 1)]
        assert [(cell.kind, cell.value[:10]) for cell in dates] == [("date", row["key"]) for row in told["rows"]]
    sum_of = lambda name: "SUM([.{0}{1}:.{0}{2}])".format(column(heads.index(name)), first + 1, last + 1)  # noqa: E731
    asked = [*(sum_of(m.name) for m in SUMS), f"{sum_of('no_show')}/{sum_of('called')}"]
    *sums, share = files.calc.reckoned(found, asked)
    for measure, summed in zip(SUMS, sums, strict=True):
        about = 0 if measure.unit == "count" else len(told["rows"]) / 2
        assert summed == pytest.approx(told["totals"][measure.name] or 0, abs=about), measure.name
    assert share == pytest.approx(told["totals"]["no_show_share"])


def test_the_programs_file_misleads_nobody_who_opens_it_without_choosing_a_language(files):
    """Whatever Indonesian rules do not read as a number stays a text; none becomes another number."""
    found = files.calc.opened(files.folder / "services.csv", delimiter=",")
    rows = rows_of(found)
    heads, told = [cell.shown for cell in rows[0]], files.told["services"]["totals"]
    total = next(row for row in rows if row[0].shown == "this")
    for name, value in told.items():
        cell = total[heads.index(name)]
        assert value is None or cell.kind == "string" or cell.value == pytest.approx(value, abs=1e-6), (name, cell)
    assert total[heads.index("issued")].value == told["issued"]


def test_control_a_decimal_point_is_no_indonesian_number(files):
    """The program is Indonesian indeed: what the file for programs writes as a share, it does not take for one."""
    found = files.calc.opened(files.folder / "services.csv", delimiter=",")
    rows = rows_of(found)
    place = [cell.shown for cell in rows[0]].index("no_show_share")
    assert rows[1][place].kind == "string" or rows[1][place].value != files.told["services"]["totals"]["no_show_share"]
