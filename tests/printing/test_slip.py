"""What stands on a slip, as tables: documents in, lines out."""

import pytest

from queue_server.printing.slip import make_slip
from queue_server.texts import LANGUAGES
from tests.world.slip import WORDS, counter, site, ticket


def slip(lang: str = "id", ticket_: dict | None = None, **changes):
    return make_slip(ticket_ or ticket(), site(**changes), WORDS[lang], lang)


def test_the_slip_of_the_reference_picture():
    made = slip()
    assert (made.site, made.issued) == ("MPP Pandeglang", "Senin, 19 Januari 2026, 10.42 WIB")
    assert (made.service, made.agency, made.number) == ("Cetak KTP-el", "Dukcapil", "J058")
    assert made.facts == (
        ("Di depan Anda", "11 orang"),
        ("Perkiraan", "20–40 menit"),
        ("Sekitar pukul", "11.02–11.22"),
    )
    assert (made.counters, made.zone) == (("5", "6", "8"), "Zona A")
    assert made.notes == (
        ("Siapkan:", "KTP lama, Kartu Keluarga."),
        ("Terlewat?", "Lapor ke loket dalam 30 menit, urutan Anda tetap."),
        ("Urutan:", "dari 3 panggilan setiap loket, 2 prioritas dan 1 umum."),
    )
    assert made.link == "192.168.1.10:8000/t/abc"
    assert made.footer == "Berlaku hari ini. Gratis."
    assert made.demo is None


@pytest.mark.parametrize(
    ("number", "parts"),
    [("K001", ("K", "001")), ("PJ017", ("PJ", "017")), ("K1000", ("K", "1000"))],
)
def test_a_number_has_its_prefix_and_its_digits(number, parts):
    made = slip(ticket_=ticket(number=number))
    assert (made.prefix, made.digits) == parts


@pytest.mark.parametrize(
    ("ahead", "lang", "said"),
    [
        (0, "id", "Tidak ada"),
        (1, "id", "1 orang"),
        (1, "en", "1 person"),
        (2, "en", "2 people"),
        (12, "su", "12 urang"),
    ],
)
def test_people_ahead(ahead, lang, said):
    assert slip(lang, ticket(ahead=min(ahead, 1), people_ahead=ahead)).facts[0][1] == said


@pytest.mark.parametrize(
    ("lang", "class_", "said"),
    [
        ("id", "priority", "Prioritas"),
        ("en", "priority", "Priority"),
        ("id", "regular", None),
        ("id", "booked", None),
    ],
)
def test_priority_stands_on_its_holder_s_own_slip(lang, class_, said):
    assert slip(lang, ticket(**{"class": class_})).priority == said


def test_a_group_s_slip_says_for_how_many():
    assert slip().group is None
    assert slip(ticket_=ticket(people=4)).group == "untuk 4 orang"
    assert slip("en", ticket(people=2)).group == "for 2 people"


def test_what_is_not_known_is_not_printed():
    called = slip(ticket_=ticket(ahead=None, estimate=None))
    assert called.facts == ()
    assert [label for label, _ in slip(ticket_=ticket(estimate=None)).facts] == ["Di depan Anda"]


def test_the_office_s_short_line_stands_on_the_slip_instead_of_every_paper():
    short = {"bring": {"id": "KTP dan KK", "en": "ID card and KK"}}
    assert slip(service=short).notes[0] == ("Siapkan:", "KTP dan KK.")
    assert slip(service={"bring": None}).notes[0] == ("Siapkan:", "KTP lama, Kartu Keluarga.")


@pytest.mark.parametrize("requirements", [None, {}, {"id": []}])
def test_papers_nobody_knows_of_are_asked_for_not_made_up(requirements):
    assert slip(service={"requirements": requirements}).notes[0] == ("Siapkan:", "tanyakan syaratnya kepada petugas.")


@pytest.mark.parametrize(
    ("classes", "order", "rule"),
    [
        (
            ["regular", "priority"],
            {"priority": 2, "regular": 1},
            "dari 3 panggilan setiap loket, 2 prioritas dan 1 umum.",
        ),
        (
            ["regular", "priority", "booked"],
            {"priority": 2, "booked": 1, "regular": 1},
            "dari 4 panggilan setiap loket, 2 prioritas, 1 terjadwal dan 1 umum.",
        ),
        (["regular", "booked"], {"priority": 2, "regular": 1}, "yang datang lebih dulu."),
        (["regular"], {"priority": 2, "booked": 1, "regular": 1}, "yang datang lebih dulu."),
    ],
)
def test_the_published_order_names_the_classes_of_this_service(classes, order, rule):
    assert slip(service={"classes": classes}, order=order).notes[2] == ("Urutan:", rule)


@pytest.mark.parametrize(
    ("url", "in_house"),
    [
        ("http://192.168.1.10:8000/t/abc", True),
        ("http://10.0.0.2/t/abc", True),
        ("http://antrean/t/abc", True),
        ("http://server.lan:8000/t/abc", True),
        ("http://antrean.local/t/abc", True),
        ("https://mpp.example/t/abc", False),
        ("http://8.8.8.8/t/abc", False),
    ],
)
def test_a_link_that_needs_the_building_s_wi_fi_says_so(url, in_house):
    made = slip(ticket_=ticket(url=url))
    assert made.follow_how == ("lewat Wi-Fi gedung ini" if in_house else None)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_a_link_that_no_phone_can_open_does_not_claim_to_work_over_the_wi_fi(host):
    assert slip(ticket_=ticket(url=f"http://{host}/t/abc")).follow_how == "hanya di komputer ini"


def test_many_counters_are_not_named_and_one_zone_needs_no_name():
    many = slip(counters=[counter(n, "ktp-cetak") for n in range(1, 7)], wall={"zones": ["A"]})
    assert (many.counters, many.zone) == ((), None)


def test_a_counter_with_a_name_of_its_own_is_not_called_a_counter():
    assert slip().counter_word == "Loket"
    named = slip(
        counters=[
            counter(5, "ktp-cetak"),
            counter(9, "ktp-cetak") | {"name": "Ruang Wawancara", "tile": "Ruang Wawancara"},
        ]
    )
    assert (named.counter_word, named.counters) == (None, ("Loket 5", "Ruang Wawancara"))


def test_a_slip_printed_again_tells_the_time_from_now_on():
    again = slip(now="2026-01-19T04:00:00+00:00")
    assert again.issued.endswith("10.42 WIB")
    assert ("Sekitar pukul", "11.20–11.40") in again.facts
    assert again.facts[-1] == ("Keadaan pukul", "11.00")
    assert "Keadaan pukul" not in dict(slip().facts), "the first slip is of its own time"
    assert slip(ticket_=ticket(ahead=None, estimate=None), now="2026-01-19T04:00:00+00:00").facts == ()


def test_a_slip_of_the_demo_says_so():
    assert slip(demo=True).demo == "CONTOH, bukan nomor sungguhan"


@pytest.mark.parametrize(("zone", "time"), [("Asia/Makassar", "11.42 WITA"), ("Asia/Jayapura", "12.42 WIT")])
def test_the_time_is_the_site_s_own(zone, time):
    assert slip(timezone=zone).issued.endswith(time)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_fills_every_line(lang):
    made = slip(lang)
    lines = [made.issued, made.service, made.footer, made.follow, *sum(made.facts + made.notes, ())]
    assert all(lines)
    assert not [line for line in lines if "{" in line or "}" in line]
