"""The page before the number: whose counters, whether one is open, and more than one page can hold."""

from playwright.sync_api import expect

SOON_MS = 12_000  # a busy machine's moment; a kiosk that nobody tells anything looks every 15 s


def pages(kiosk):
    """Turn from one page to the next, until the last."""
    yield
    while kiosk.page.locator('[data-key="next"]').count():
        kiosk.touch("next")
        yield


def test_a_counter_is_called_by_its_own_name_before_and_after_taking(new_kiosk):
    kiosk = new_kiosk(site="lengkap")
    kiosk.details("imigrasi", "paspor")
    kiosk.wait("details")
    while kiosk.page.locator('dd:has-text("tunggu dipanggil")').count() == 0:
        kiosk.touch("next")
    expect(kiosk.page.locator(".components")).to_contain_text("lalu ke Ruang Wawancara atau Loket A1.")
    kiosk.touch("take-priority")
    kiosk.number()
    expect(kiosk.page.locator(".where-text")).to_have_text(
        "Nanti ke Ruang Wawancara atau Loket A1", use_inner_text=True
    )


def test_a_service_whose_counters_are_all_closed_says_so_and_still_gives_numbers(new_kiosk, hall):
    kiosk = new_kiosk(site="lengkap")
    kiosk.details("imigrasi", "paspor")
    note = kiosk.page.locator(".no-counter")
    expect(note).to_contain_text("Saat ini belum ada loket yang buka")
    expect(kiosk.page.locator('[data-key="take-regular"]')).to_be_enabled()
    officer = hall.officer("rusdi", site="lengkap", agency="imigrasi")
    officer.verb("lengkap", "a1", "open")
    expect(note).to_have_count(0, timeout=SOON_MS)  # at once, without a touch
    officer.verb("lengkap", "a1", "close")
    expect(note).to_have_count(1, timeout=SOON_MS)


def test_long_details_stand_on_pages_and_back_leads_to_the_page_before(new_kiosk):
    kiosk = new_kiosk(site="lengkap")
    kiosk.tool("large")
    kiosk.details("imigrasi", "paspor")
    kiosk.wait("details")
    told = []
    for _ in pages(kiosk):
        told += kiosk.page.locator("#stage dt").all_inner_texts()
        expect(kiosk.page.locator('[data-key="take-regular"]')).to_be_visible()
    assert list(dict.fromkeys(told)) == ["Yang perlu dibawa", "Biaya", "Urutannya", "Waktu layanan", "Pengaduan"]
    kiosk.touch("back")
    kiosk.wait("details")
    while kiosk.name == "details":
        kiosk.touch("back")
        kiosk.page.wait_for_timeout(350)
    assert kiosk.name == "services"


def test_papers_of_any_number_go_on_over_pages_and_none_is_lost(new_kiosk):
    kiosk = new_kiosk(site="lengkap")
    kiosk.tool("large")
    kiosk.tool("wheelchair")
    kiosk.details("imigrasi", "panjang")
    kiosk.wait("details")
    told = [paper for _ in pages(kiosk) for paper in kiosk.page.locator(".papers li").all_inner_texts()]
    assert len(told) == len(set(told)) == 14


def test_wheelchair_mode_moves_the_details_down_to_the_keys(new_kiosk):
    kiosk = new_kiosk(site="kecil")
    kiosk.wait("details")
    title = kiosk.page.locator("#stage h1")
    before = title.bounding_box()["y"]
    kiosk.tool("wheelchair")
    assert title.bounding_box()["y"] > before + 80
