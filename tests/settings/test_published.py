"""What an office publishes of a service: what a hall's file may say, what is refused, what the office still owes."""

from datetime import date

import pytest

from queue_server import settings
from queue_server.domain.published import Case, Channel, Fee, Online
from tests.world.folders import MINIMAL, folder, load, problems

FACTS = {
    "requirements": 'requirements = ["KTP"]',
    "procedure": 'procedure = "Ambil nomor, lalu ke loket"',
    "completion (or target_minutes)": 'completion = { id = "3 hari kerja", en = "3 working days" }',
    "fees (or cost)": 'fees = [{ name = "SKCK", amount = 30000 }]',
    "product": 'product = "SKCK"',
    "complaints (or complaint of its agency or the hall)": 'complaints = "Meja informasi"',
    "checked": "checked = 2026-11-01",
}
TODAY = date(2026, 11, 29)


def hall(tmp_path, *lines, before='prefix = "A"'):
    """A small hall whose service says so."""
    return folder(tmp_path, MINIMAL.replace(before, "\n".join([before, *lines])))


def service(tmp_path, *lines):
    """What is read of it."""
    return load(hall(tmp_path, *lines)).sites["kecil"].services["surat"]


def owed(config, today=TODAY):
    """What ``check`` says the offices still owe."""
    return [p.reason for p in settings.warnings(load(config), today) if "publish" in p.reason]


def test_everything_that_an_office_publishes_is_read(tmp_path):
    facts = service(
        tmp_path,
        'requirements = [{ items = ["KK"] }, { when = { id = "Hilang", en = "Lost" }, items = ["Surat polisi"] }]',
        'fees = [{ name = "Merek", amount = 1_800_000, per = "kelas", note = { id = "UMK lebih murah" } }]',
        'online = { text = "M-Paspor", url = "https://www.imigrasi.go.id" }',
        *list(FACTS.values())[1:3],
        'pay = "Kode billing"\nbring = "KTP dan KK"\nbasis = "PP 45/2024"',
        'segment = "business"\nwait_target_minutes = 30',
        'papers = [{ id = "KTP", name = "KTP-el" }]',
    )
    told = facts.published
    assert told.cases == (Case(None, {"id": ("KK",)}), Case({"id": "Hilang", "en": "Lost"}, {"id": ("Surat polisi",)}))
    assert told.fees == (Fee({"id": "Merek"}, 1_800_000, {"id": "kelas"}, {"id": "UMK lebih murah"}),)
    assert told.online == Online({"id": "M-Paspor"}, "https://www.imigrasi.go.id")
    assert (told.pay, told.bring, told.basis) == ({"id": "Kode billing"}, {"id": "KTP dan KK"}, {"id": "PP 45/2024"})
    assert told.completion == {"id": "3 hari kerja", "en": "3 working days"}
    assert (facts.segment, facts.wait_target_minutes, facts.papers) == ("business", 30, {"KTP": {"id": "KTP-el"}})


@pytest.mark.parametrize("empty", ["[]", "{ id = [] }"])
def test_an_old_file_s_papers_are_one_case_and_none_is_none(tmp_path, empty):
    (tmp_path / "old").mkdir(), (tmp_path / "none").mkdir()
    old = service(tmp_path / "old", 'requirements = { id = ["KTP"], su = ["KTP-él"] }')
    assert old.published.cases == (Case(None, {"id": ("KTP",), "su": ("KTP-él",)}),)
    assert service(tmp_path / "none", f"requirements = {empty}").published.cases == ()


@pytest.mark.parametrize(
    ("line", "key", "reason"),
    [
        ("requirements = [{ items = [] }]", "services[0].requirements[0].items", "names nothing to bring"),
        ('requirements = [{ wenn = "x", items = ["KK"] }]', "services[0].requirements[0].wenn", "did you mean 'when'"),
        ('requirements = [{ when = "Hilang" }]', "services[0].requirements[0].items", "is required"),
        ("fees = [{ name = 'x', amount = -1 }]", "services[0].fees[0].amount", "greater than or equal to 0"),
        ("fees = [{ name = 'x', amount = '30000' }]", "services[0].fees[0].amount", "without quotes: 30000"),
        ("fees = [{ name = 'x', amount = 30.5 }]", "services[0].fees[0].amount", "valid integer"),
        ('checked = "kemarin"', "services[0].checked", "a date like 2026-12-24"),
        ("online = { text = 'x', url = 'imigrasi' }", "services[0].online.url", "an address like"),
        ("online = { text = 'x', url = 'javascript:alert(1)' }", "services[0].online.url", "an address like"),
        ('segment = "umum"', "services[0].segment", "'citizen' or 'business'"),
        ("papers = [{ id = 'KTP', name = 'x' }, { id = 'ktp', name = 'y' }]", "services[0].papers[1].id", "already"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(tmp_path, line, key, reason):
    found = problems(hall(tmp_path, line))
    assert found[0][1] == key and reason in found[0][2]


@pytest.mark.parametrize(
    ("line", "key", "reason"),
    [
        ("complaint = {}", "complaint", "give phone, address or link"),
        ('complaint = { phone = "nol dua" }', "complaint.phone", "a telephone number"),
        ('complaint = { link = "lapor" }', "complaint.link", "an address like"),
    ],
)
def test_a_channel_that_leads_nowhere_is_refused(tmp_path, line, key, reason):
    found = problems(hall(tmp_path, line, before='name = "Balai Kecil"'))
    assert found[0][1] == key and reason in found[0][2]


def test_complaints_go_to_the_agency_before_the_hall(tmp_path):
    text = MINIMAL.replace('name = "Balai Kecil"', 'name = "Balai Kecil"\ncomplaint = { phone = "0252-201234" }')
    (tmp_path / "hall").mkdir(), (tmp_path / "agency").mkdir()
    assert load(folder(tmp_path / "hall", text)).sites["kecil"].complaint_of("surat") == Channel(phone="0252-201234")
    own = text.replace('name = "Kantor Desa"', 'name = "Kantor Desa"\ncomplaint = { address = "Balai desa" }')
    assert load(folder(tmp_path / "agency", own)).sites["kecil"].complaint_of("surat") == Channel(address="Balai desa")


def test_an_office_that_has_said_everything_owes_nothing(tmp_path):
    assert owed(hall(tmp_path, *FACTS.values())) == []


@pytest.mark.parametrize("fact", [name for name in FACTS if name != "procedure"])
def test_each_fact_that_is_not_published_is_a_task(tmp_path, fact):
    [line] = owed(hall(tmp_path, *(line for name, line in FACTS.items() if name != fact)))
    assert fact in line and "any service" in line


@pytest.mark.parametrize(
    ("line", "instead_of"),
    [("target_minutes = 10", "completion (or target_minutes)"), ('cost = "Gratis"', "fees (or cost)")],
)
def test_either_of_two_keys_is_enough(tmp_path, line, instead_of):
    assert owed(hall(tmp_path, line, *(told for name, told in FACTS.items() if name != instead_of))) == []


def test_facts_are_looked_at_once_a_year(tmp_path):
    config = hall(tmp_path, *FACTS.values())
    assert owed(config, date(2027, 11, 1)) == []
    assert "checked" in owed(config, date(2027, 11, 2))[0]


def test_one_line_tells_of_all_services_that_owe_the_same(tmp_path):
    second = '[[services]]\nid = "lain"\nagency = "desa"\nprefix = "B"\nname = "Lain"\n'
    more = "\n".join(line for name, line in FACTS.items() if name != "product")
    lines = owed(
        folder(tmp_path, MINIMAL.replace('prefix = "A"', f'prefix = "A"\n{FACTS["product"]}\n{more}') + second + more)
    )
    assert lines == ["not published (UU 25/2009): product of lain"]
