"""The small display above one counter, in each of its states."""

import pytest

PASSPORT = "paspor-wawancara"
BESIDE_THE_DEMO_S_MARK = """() => {
  const mark = document.createElement("p");
  mark.className = "foot-demo";
  mark.textContent = "Demo: selalu buka";
  document.querySelector(".foot").append(mark);
}"""


@pytest.fixture
def hall(new_hall):
    return new_hall(size=(1024, 600))


def open_display(hall, counter="2") -> None:
    path = f"/pandeglang/counters/{counter}/display"
    hall.open(path, "display_ui/counter_display.html", ("common", "counter_display"), counter=counter)
    hall.tell("board", hall.board())


def shown(hall) -> str:
    return " ".join(hall.page.inner_text("#middle").split())


def foot(hall) -> str:
    return " ".join(hall.page.inner_text("#foot").split())


def test_it_belongs_to_one_counter_and_says_whose(hall):
    open_display(hall)
    assert hall.page.inner_text("#agency") == "Kantor Imigrasi Kelas I Non TPI Serang"
    assert hall.page.evaluate("window.hall.auth") == {"site": "pandeglang", "screen": "counter", "counter": "2"}
    assert hall.page.inner_text("#time") == "10.42"


def test_called_then_served_then_waiting_then_closed(hall):
    open_display(hall)
    hall.announce("K014", "2", PASSPORT)
    assert shown(hall) == "Silakan ke loket ini K014 Loket 2"
    assert hall.page.inner_text("#foot") == "Paspor: Foto, Sidik Jari & Wawancara"
    hall.change("2", "serving", "K014")
    hall.tell("board", hall.board())
    assert shown(hall) == "Sedang dilayani K014 Loket 2"
    hall.change("2", "idle")
    hall.tell("board", hall.board())
    assert shown(hall) == "Silakan menunggu Loket 2"
    hall.change("2", "closed")
    hall.tell("board", hall.board())
    assert shown(hall) == "Tutup Sementara itu, silakan ke Loket 3 Loket 2"


def test_an_open_counter_of_a_closed_hall_asks_nobody_to_wait(hall):
    open_display(hall)
    hall.change("2", "idle")
    now = hall.board()
    nobody = [service | {"open": False, "waiting": 0} for service in now["services"]]
    hall.tell("board", now | {"services": nobody, "revision": now["revision"] + 1})
    assert shown(hall).startswith("Tutup")


@pytest.mark.parametrize("letters", [40, 110, 200])
def test_an_urgent_notice_is_read_to_its_end(hall, letters):
    open_display(hall)
    hall.page.evaluate(BESIDE_THE_DEMO_S_MARK)
    text = ("TINGGALKAN GEDUNG LEWAT PINTU SELATAN, jangan memakai lift. " * 4)[: letters - 4] + " OK!"
    where = {"where": ["wall"], "zones": [], "agency": None, "urgent": True, "from": "2026-01-19T10:40:00+07:00"}
    now = hall.board()
    told = {"id": "1", "text": {"id": text}, **where, "until": None}
    hall.tell("board", now | {"notices": [told], "revision": now["revision"] + 1})
    assert foot(hall).endswith("OK!")
    assert hall.page.evaluate("(foot => foot.scrollHeight <= foot.clientHeight + 1)(document.getElementById('foot'))")


def test_it_says_when_it_no_longer_knows(hall):
    open_display(hall)
    hall.announce("K014", "2", PASSPORT)
    hall.cut()
    hall.pass_time(30)
    assert hall.page.is_visible("#mark-contact")
    hall.pass_time(40)
    assert shown(hall) == "Layar terputus sejak 10.42 K014 Loket 2"
    hall.mend()
    hall.pass_time(16)
    hall.tell("board", hall.board())
    assert shown(hall) == "Silakan ke loket ini K014 Loket 2"


def test_a_silent_counter_says_so_without_a_number(hall):
    open_display(hall)
    hall.cut()
    hall.pass_time(70)
    assert "Layar terputus sejak 10.42" in shown(hall)


def test_a_break_says_until_when_and_where_to_go_meanwhile_and_no_time_that_has_passed(hall):
    open_display(hall)
    hall.change("2", "break")
    hall.until["2"] = "2026-01-19T10:45:00+07:00"
    hall.tell("board", hall.board())
    assert shown(hall) == "Istirahat Dibuka lagi pukul 10.45 Loket 2"
    assert foot(hall) == "Sementara itu, silakan ke Loket 3"
    hall.change("3", "break")
    hall.tell("board", hall.board())
    assert foot(hall).startswith("Paspor"), "the other one rests too"
    hall.change("3", "idle")
    hall.tell("board", hall.board())
    hall.pass_time(200)
    assert (shown(hall), foot(hall)[-7:]) == ("Istirahat Loket 2", "Loket 3")
