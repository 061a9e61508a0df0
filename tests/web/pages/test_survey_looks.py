"""The pages of satisfaction: the checker finds nothing; a survey is answered by keys alone, and by what is read out."""

import gzip
import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.pages.office import SITE
from tests.web.pages.test_for_everybody import faults
from tests.world.screens import Watch

PAGES = (f"/{SITE}/survey/results", f"/{SITE}/ikm", f"/{SITE}/survey")
MOST_REQUESTS, SMALL = 12, 60_000  # bytes, before fonts
NINE = 9
# a device with a voice of its own: what it would say is kept
VOICE = """
window.spoken = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "id-ID", localService: false, name: "far" }, { lang: "id_ID", localService: true }],
  cancel: () => { window.spoken = []; }, speak: (words) => window.spoken.push(words.text), addEventListener: () => {},
} });
"""


@pytest.mark.parametrize("lang", ["id", "en", "su"])
def test_the_checker_finds_nothing(watch, office, lang):
    page = watch()
    for path in PAGES:
        page.goto(f"{office.server.url}{path}?lang={lang}")
        assert faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.fixture
def phone(chromium):
    """A visitor's, with no account; at the end no page may have erred, kept a cookie or asked another host."""
    context = chromium.new_context(viewport={"width": 360, "height": 720}, is_mobile=True, has_touch=True)
    watch = Watch(context)
    yield context.new_page()
    assert context.cookies() == []
    context.close()
    assert not watch.faults + watch.outside


@pytest.fixture
def survey(office):
    """The address of the survey of somebody who was served just now."""
    n = str(next(office.free))
    (number,) = office.take(int(n))
    officer = office.client(f"petugas-{n}")
    for verb in ("open", "call-next", "serve", "finish"):
        assert officer.verb(SITE, n, verb, {"outcome": "selesai"} if verb == "finish" else {}).status_code == 200
    return f"{office.server.url}/t/{office.tokens[number]}/survey?lang=id"


def focused(page: Page) -> str:
    """What a screen reader says of the place where the keys are."""
    return page.evaluate(
        "((e) => (e.labels && e.labels[0] ? e.labels[0].innerText : e.innerText).trim())(document.activeElement)"
    )


def tab_to(page: Page, name: str) -> None:
    """By the Tab key alone, to whatever is called so."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if focused(page) == name:
            return
    raise AssertionError(f"no key leads to {name}")


def test_a_survey_is_answered_by_keys_alone(phone, survey):
    phone.goto(survey)
    tab_to(phone, "Mulai")
    phone.keyboard.press("Enter")
    for n in range(1, NINE + 1):
        expect(phone.get_by_text(f"Pertanyaan {n} dari {NINE}")).to_be_visible()
        assert focused(phone) == phone.locator("h1").inner_text(), "each question is where the keys are"
        for _ in range(3):
            phone.keyboard.press("Tab")
        assert phone.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        phone.keyboard.press("Enter" if n % 2 else "Space")
    tab_to(phone, "Perempuan")
    phone.keyboard.press("Space")
    expect(phone.get_by_role("button", name="Perempuan")).to_have_attribute("aria-pressed", "true")
    tab_to(phone, "Umur")
    phone.keyboard.press("ArrowDown")
    tab_to(phone, "Saran Anda (tanpa nama, tanpa NIK)")
    phone.keyboard.type("Kursi kurang")
    tab_to(phone, "Kirim jawaban")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="Terima kasih")).to_be_focused()
    again = phone.context.request.post(
        re.sub(r"/t/(.+?)/survey.*", r"/api/v1/tickets/\1/survey", survey), data={"answers": {"time": 4}}
    )
    assert again.json()["error"]["code"] == "already_answered"


def test_a_survey_is_answered_by_what_a_screen_reader_reads(phone, survey):
    """Nothing is looked at but the tree of names and roles; nor is anything of the faces' drawing in it."""
    phone.goto(survey)
    phone.get_by_role("button", name="Mulai").click()
    for n in range(1, NINE + 1):
        expect(phone.get_by_role("heading", level=1)).to_be_focused()
        tree = phone.get_by_role("main").aria_snapshot()
        heading = re.search(r'- heading "(.+)" \[level=1\]', tree)[1]
        told = tree.partition(f'- group "{heading}":')[2].partition('- button "Kembali"')[0]
        answers = re.findall(r'- button "(.+?)"', told)
        assert f"Pertanyaan {n} dari {NINE}" in tree and len(answers) == len(set(answers)) == 4
        assert "img" not in tree and re.search(r'- button "(Lewati|Belum pernah mencoba)"', tree)
        phone.get_by_role("group", name=heading).get_by_role("button", name=answers[n % 4], exact=True).click()
    expect(phone.get_by_role("heading", name="Sedikit tentang Anda")).to_be_focused()
    tree = phone.get_by_role("main").aria_snapshot()
    for control in (
        'group "Jenis kelamin"',
        'combobox "Umur"',
        'combobox "Pendidikan terakhir"',
        'textbox "Saran Anda',
    ):
        assert f"- {control}" in tree
    phone.get_by_role("button", name="Kirim tanpa ini").click()
    expect(phone.get_by_role("heading", name="Terima kasih")).to_be_focused()


def test_a_device_with_a_voice_of_its_own_reads_the_question_out_and_stops_when_it_is_answered(phone, survey):
    phone.add_init_script(VOICE)
    phone.goto(survey)
    phone.get_by_role("button", name="Mulai").click()
    phone.get_by_role("button", name="Dengarkan pertanyaan").click()
    said = phone.evaluate("spoken")
    assert said == [phone.locator("h1").inner_text(), *phone.locator(".answer").all_inner_texts()]
    assert faults(phone) == []
    phone.get_by_role("group").get_by_role("button").first.click()
    assert phone.evaluate("spoken") == []
    phone.get_by_label("Bahasa").select_option("en")
    expect(phone.get_by_role("button", name="Hear the question")).to_have_count(0)


def test_a_phone_needs_little_for_what_is_published_and_asked(phone, office, survey):
    answers = []
    phone.on("response", lambda answer: answers.append(answer))
    for address in (survey, *(f"{office.server.url}/{SITE}/{page}" for page in ("ikm", "performance"))):
        answers.clear()
        phone.goto(address, wait_until="networkidle")
        assert 1 < len(answers) <= MOST_REQUESTS, address
        assert sum(weight(one) for one in answers if ".woff2" not in one.url) <= SMALL, address


def weight(answer) -> int:
    """Bytes on the line."""
    body = answer.body()
    return len(gzip.compress(body)) if answer.headers.get("content-encoding") == "gzip" else len(body)
