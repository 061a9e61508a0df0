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
    officer.verb("lengkap", "a1", "close", {"reason": "somebody waits"})
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


def test_what_the_office_publishes_stands_there_and_the_cost_before_the_way(kiosk):
    kiosk.details("dukcapil", "ktp-cetak")
    kiosk.wait("details")
    expect(kiosk.page.locator(".figures")).to_contain_text("tersisa hari ini")
    expect(kiosk.page.locator(".take-who")).to_contain_text(
        "Urutan: dari 3 panggilan setiap loket, 2 prioritas dan 1 umum."
    )
    said = [" ".join(row.split()) for _ in pages(kiosk) for row in kiosk.page.locator(".component").all_inner_texts()]
    assert said[:5] == [
        "Yang perlu dibawa Fotokopi KK",
        "Rusak KTP-el lama",
        "Hilang Surat kehilangan dari polisi",
        "Berubah data KTP-el lama dan bukti perubahannya",
        "Biaya Gratis",
    ]
    assert "lalu ke loket 5, 6 atau 8." in said[5]
    assert said[6].startswith("Waktu layanan Janji kami: 5 menit di loket")
    assert said[-3:-1] == ["Hasilnya KTP-el", "Dasar UU 24/2013 pasal 79A"]
    assert said[-1].startswith("Pengaduan Meja informasi MPP Pandeglang") and said[-1].endswith("lapor.go.id")


def test_what_an_office_does_not_tell_is_asked_for_and_never_made_up(new_kiosk):
    kiosk = new_kiosk(site="kecil")
    kiosk.wait("details")
    rows = [" ".join(row.split()) for _ in pages(kiosk) for row in kiosk.page.locator(".component").all_inner_texts()]
    assert rows == [
        "Urutannya Ambil nomor, tunggu dipanggil, lalu ke loket 1.",
        "Waktu layanan Janji kami: 10 menit di loket",
        "Pengaduan Di meja informasi atau lewat lapor.go.id",
        "Tidak tercantum Yang perlu dibawa, biaya: silakan tanya di meja informasi",
    ]


def test_a_card_without_a_number_tells_the_price_too(kiosk):
    kiosk.touch("agency-imigrasi")
    card = kiosk.page.locator('[data-key="service-paspor-wawancara"]')
    expect(card).to_contain_text("E-paspor Rp650.000 (5 tahun) atau Rp950.000 (10 tahun).")
    kiosk.tool("en")
    expect(card).to_contain_text("E-passport Rp650,000 (5 years)")


def test_in_a_pause_the_kiosk_says_when_numbers_are_given_again(new_kiosk):
    """The hall is in another zone: at 10.42 in Banten it is 11.42 there."""
    kiosk = new_kiosk(site="jeda")
    kiosk.forgive("status of 409")
    card = kiosk.page.locator('[data-key="service-izin"]')
    expect(card).to_contain_text("Buka lagi pukul 13.00")
    kiosk.touch("service-izin")
    kiosk.wait("refusal")
    why = kiosk.page.locator(".why")
    expect(why).to_contain_text("Sedang istirahat. Nomor diberikan lagi pukul 13.00.")
    expect(why).to_contain_text("Ramadan: jam layanan lain dari biasa, sampai 1 Februari.")
    expect(why).to_contain_text("Dibuka lagi")
    expect(why).to_contain_text("Hari ini, pukul 13.00 WITA")
