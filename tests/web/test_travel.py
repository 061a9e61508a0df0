"""Before travelling: the page says what is published, and how the hall stands now, also to whoever asks at night."""

import gzip
import json
import re
import subprocess
from datetime import date, datetime
from html import unescape

import pytest
from playwright.sync_api import expect

from queue_server.domain.days_ahead import next_day_of, open_days, own_week, rests_ahead
from queue_server.domain.roles import Role
from queue_server.web.screens.search_words import vocabulary, words_of
from tests.world.in_process import InProcess
from tests.world.node import node
from tests.world.screens import AT_REST, LOST_LINE, Watch
from tests.world.tree import ROOT

AXE = ROOT / "tests/vendor/axe.min.js"
SEARCH = ROOT / "queue_server/web/pages/travel/search.js"


@pytest.fixture(scope="module")
def halls(tmp_path_factory):
    made = InProcess(tmp_path_factory.mktemp("halls"))
    made.enrol("kiosk", Role.KIOSK)
    made.add("wati", Role.SUPERVISOR)
    yield made
    made.close()


def at(halls, instant, path="/lebak"):
    """The page as somebody without an account reads it at that time."""
    halls.now = datetime.fromisoformat(instant)
    answer = halls.open("GET", path)
    assert answer.status_code == 200
    return answer.text


def words(page):
    """What can be read of it."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.partition("<body")[2])))


def part(page, id):
    """One part of it, by its id."""
    return words("<body" + page.partition(f'id="{id}"')[2].partition("</section>")[0])


@pytest.mark.parametrize(
    ("instant", "told"),
    [
        ("2026-11-23T09:00:00+07:00", "Buka sampai 15.30 Nomor terakhir 15.00. Plaza Lebak"),
        ("2026-11-23T06:00:00+07:00", "Tutup. Buka lagi 08.00"),
        ("2026-11-23T21:00:00+07:00", "Tutup. Buka lagi Sel 24 Nov 08.00"),
        ("2026-11-28T10:00:00+07:00", "Tutup. Buka lagi Sen 30 Nov 08.00"),
    ],
)
def test_it_says_whether_the_hall_is_open_and_when_it_opens_again(halls, instant, told):
    assert told in part(at(halls, instant), "status")


def test_a_closed_hall_still_says_everything_that_does_not_change(halls):
    page = words(at(halls, "2026-11-28T22:00:00+07:00"))
    for said in (
        "Paspor lama",
        "Rp650.000",
        "Janji kami: 10 menit di loket",
        "Senin–Kamis 08.00–15.30",
        "sedang tutup",
    ):
        assert said in page, said


@pytest.mark.parametrize(("lang", "said"), [("id", "Yang perlu dibawa"), ("en", "What to bring"), ("su", "Nu kedah")])
def test_it_speaks_three_languages(halls, lang, said):
    page = at(halls, "2026-11-23T09:00:00+07:00", f"/lebak?lang={lang}")
    assert f'lang="{lang}"' in page and said in page
    assert "–</b>" not in page  # a text without its value


def test_numbers_taken_are_no_longer_left(halls):
    before = at(halls, "2026-11-23T09:00:00+07:00")
    taken = halls.api(
        *("POST", "/sites/lebak/tickets", {"service": "paspor-wawancara"}),
        **{"who": "wati", "Idempotency-Key": "one-more"},
    )
    assert taken.status_code == 201
    after = at(halls, "2026-11-23T09:00:00+07:00")
    left = [
        int(re.search(r"sisa (\d+)", page.partition('id="now-paspor-wawancara"')[2])[1]) for page in (before, after)
    ]
    assert left[0] - left[1] == 1
    assert taken.json["number"] not in after and taken.json["token"] not in after


def test_what_is_stopped_is_said_first(halls):
    body = {"scope": {"service": "ktp-cetak"}, "reason": "central_system", "issuing": "stop"}
    begun = halls.api("POST", "/sites/lebak/interruptions", body, who="wati", **{"Idempotency-Key": "stop"})
    assert begun.status_code == 201
    page = at(halls, "2026-11-23T09:05:00+07:00")
    alert = part(page, "alerts")
    assert "jangan berangkat dulu" in alert and "Sistem pusat tidak dapat dipakai sejak 09.00" in alert
    ended = halls.api("POST", f"/sites/lebak/interruptions/{begun.json['id']}/end", {}, who="wati")
    assert ended.status_code == 200


def test_a_link_shows_its_service_first_and_names_it_to_whoever_is_sent_it(halls):
    page = at(halls, "2026-11-23T09:00:00+07:00", "/lebak?service=skck-baru")
    assert re.search(r'<meta property="og:title" content="[^"]+ · MPP Lebak">', page)
    assert '<meta property="og:url" content="http://antrean.test/lebak?service=skck-baru">' in page
    assert re.search(r'<li id="s-([\w-]+)".*?<details class="service"( open)?', page, re.DOTALL).groups() == (
        "skck-baru",
        " open",
    )
    assert page.count('class="service" open') == 1
    gone = at(halls, "2026-11-23T09:00:00+07:00", "/lebak?service=balai-kota")
    assert "tidak ada lagi di sini" in gone and 'class="service" open' not in gone


def test_a_hall_that_there_is_not_is_unknown(halls):
    assert halls.open("GET", "/serang").status_code == 404


def test_the_page_is_reached_from_where_people_look_for_it(halls):
    assert 'href="/lebak?lang=id"' in at(halls, "2026-11-23T09:00:00+07:00", "/")
    assert 'href="/lebak?lang=id"' in at(halls, "2026-11-23T09:00:00+07:00", "/lebak/performance")
    page = at(halls, "2026-11-23T09:00:00+07:00")
    for path in ("how", "performance", "ikm", "privacy"):
        assert f'href="/lebak/{path}?lang=id"' in page
    assert 'href="/lebak/book?' not in page  # nothing can be booked there, and that page leads back
    assert 'href="/lebak?lang=id"' in at(halls, "2026-11-23T09:00:00+07:00", "/lebak/book")
    assert 'href="/pandeglang/book?lang=id"' in at(halls, "2026-11-23T09:00:00+07:00", "/pandeglang")


# -- the days to come


def test_the_days_ahead_leave_out_what_is_closed(halls):
    site = halls.house.settings.sites["lebak"]
    days = [day for day, _ in open_days(site, date(2026, 12, 23), 3)]
    rests = {one.day for one in rests_ahead(site, date(2026, 12, 23))}
    assert date(2026, 12, 25) in rests and not rests & set(days)
    assert all(day.weekday() < 5 for day in days) and days[0] == date(2026, 12, 23)
    ham = next_day_of(site, "pelayanan-ham", date(2026, 11, 23))
    assert ham and ham > date(2026, 11, 23) and own_week(site, "pelayanan-ham", ham)
    assert own_week(site, "ktp-cetak", ham) is None


# -- the search: the words of the server, the rule of the browser


ASKED = [  # what somebody types -> what must be among the services that are shown
    ("bikin KTP", "ktp-cetak"),
    ("mau bikin ktp", "ktp-perekaman"),
    ("KTP-el", "ktp-cetak"),
    ("e-ktp", "ktp-cetak"),
    ("akte kelahiran", "kk-akta"),
    ("pasport", "paspor-wawancara"),
    ("bikn paspr", "paspor-wawancara"),
    ("paspro", "paspor-wawancara"),
    ("surat kelakuan baik", "skck-baru"),
    ("pajak motor", "pajak-kendaraan"),
    ("kartu kuning", "ak1"),
    ("identity card", "ktp-cetak"),
]


def shown(halls, asked):
    """Which services of Lebak the browser's own rule shows for some words."""
    site = halls.house.settings.sites["lebak"]
    ids = list(site.services)
    lists = [words_of(site, service) for service in site.services.values()]
    said = json.dumps([asked, lists, sorted(vocabulary().ignored)])
    script = (
        f"import {{ meant }} from {json.dumps(SEARCH.as_uri())}; const [asked, lists, ignored] = {said};"
        "console.log(JSON.stringify(asked.map((one) => meant(one, lists, ignored))));"
    )
    done = subprocess.run([node(), "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    return [{id for id, is_shown in zip(ids, row, strict=True) if is_shown} for row in json.loads(done.stdout)]


def test_plain_words_and_slips_of_the_finger_find_a_service(halls):
    known = list(halls.house.settings.sites["lebak"].services)
    found = shown(halls, [asked for asked, _ in ASKED] + ["", "zzzzqq", "ktp"])
    for (asked, service), services in zip(ASKED, found, strict=False):
        near = [one for one in services if one.startswith(service)]
        assert near, (asked, service, services)
        assert len(services) < len(known) / 2, (asked, services)
    assert found[-3] == set(known) and found[-2] == set()
    assert "skck-baru" not in found[-1]  # three letters are taken at their word


def test_the_service_whose_name_was_typed_stands_first():
    names = ["Surat pindah KTP", "Aktivasi KTP digital", "Cetak KTP-el", "Ktpx", "Kartu keluarga"]
    said = json.dumps([["", "cetak ktp-el", "ktp", "keluarga"], names, sorted(vocabulary().ignored)])
    script = (
        f"import {{ ordered }} from {json.dumps(SEARCH.as_uri())}; const [asked, names, ignored] = {said};"
        "console.log(JSON.stringify(asked.map((one) => ordered(one, names, ignored))));"
    )
    done = subprocess.run([node(), "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    nothing, named, word, last = json.loads(done.stdout)
    assert nothing == [0, 1, 2, 3, 4]
    assert (named[0], word, last[0]) == (2, [0, 1, 2, 3, 4], 4)


# -- on a telephone


SMALL, MOST_REQUESTS = 60_000, 12  # bytes before fonts; page, icon, sheet, scripts, fonts


@pytest.fixture
def phone(chromium):
    """A visitor's, with no account; at the end no page may have erred, kept a cookie or asked another host."""
    context = chromium.new_context(viewport={"width": 360, "height": 640}, is_mobile=True, has_touch=True)
    watch, page = Watch(context), context.new_page()
    yield page
    assert context.cookies() == []
    context.close()
    assert not [one for one in watch.faults if not LOST_LINE.search(one)] + watch.outside


def cut(route):
    """The line is cut."""
    route.abort()


def weight(answer):
    """Bytes on the line."""
    body = answer.body()
    return len(gzip.compress(body)) if answer.headers.get("content-encoding") == "gzip" else len(body)


def test_a_visitor_finds_a_service_and_sees_it_change(phone, mall):
    answers = []
    phone.on("response", lambda answer: answers.append(answer))
    phone.goto(f"{mall.server.url}/lebak", wait_until="networkidle")
    assert len(answers) <= MOST_REQUESTS
    assert sum(weight(one) for one in answers if ".woff2" not in one.url) <= SMALL
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    many = phone.locator("#services > li:visible").count()
    phone.fill("#asked", "mau bikn paspr")
    assert phone.locator("#services > li:visible").count() < many
    phone.locator("#services > li:visible summary").first.click()
    assert phone.locator("#services > li:visible .facts").first.is_visible()
    # the server tells nobody: the page asks again when it is looked at
    phone.fill("#asked", "")
    phone.evaluate("document.querySelector('#fresh').textContent = 'lama'")
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.locator("#fresh")).not_to_have_text("lama")
    phone.route("**/*", cut)
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(phone.locator("#stale")).to_contain_text("belum diperbarui")
    phone.unroute("**/*", cut)
    for lang in ("id", "en", "su"):
        phone.goto(f"{mall.server.url}/lebak?service=ktp-cetak&lang={lang}")
        phone.evaluate(AT_REST)
        phone.evaluate(AXE.read_text())
        found = phone.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [one["id"] for one in found] == []
