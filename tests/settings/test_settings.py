"""The configuration is read strictly: what is wrong is named by file, key and reason, all at once."""

import shutil
from datetime import date, time

import pytest

from queue_server import places
from tests.world.folders import MINIMAL, folder, load, problems

# --- what is in order ---


def test_the_packaged_malls_load():
    loaded = load(None)
    assert list(loaded.sites) == ["lebak", "pandeglang"]
    lebak, pandeglang = loaded.sites.values()
    assert (len(lebak.counters), len(pandeglang.counters)) == (12, 23)
    assert lebak.timezone.key == "Asia/Jakarta"
    assert lebak.hours["fri"] == ((time(8), time(15)),)
    assert "sat" not in lebak.hours
    assert lebak.cutoff_minutes == 30
    assert pandeglang.services["paspor-wawancara"].quota == {"regular": 30, "priority": 10, "booked": 20}
    assert not pandeglang.services["paspor-wawancara"].kiosk
    assert pandeglang.services["paspor-informasi"].next == ("paspor-wawancara",)
    assert pandeglang.services["npwp"].prefix == "PJ"
    assert not lebak.always_open


def test_wherever_a_packaged_mall_caps_its_numbers_it_keeps_places_for_priority():
    """UU 25/2009, article 29: reserved of the total, or numbers of their own."""
    capped = [s for site in load(None).sites.values() for s in site.services.values() if s.limited]
    assert len(capped) >= 5
    assert [s.id for s in capped if not (s.quota_reserved.get("priority") or s.quota.get("priority"))] == []


def test_every_service_of_the_packaged_malls_says_everything_that_the_law_wants_published():
    for site in load(None).sites.values():
        assert {one.fact for one in site.owed(date(2026, 11, 29))} == {"checked"}, "no office has looked at it yet"
        assert site.maklumat and site.complaint
        assert [s.id for s in site.services.values() if not s.published.bring] == []


def test_a_counter_and_a_service_without_zone_stand_in_the_first():
    lebak = load(None).sites["lebak"]
    assert {each.zone for each in (*lebak.counters.values(), *lebak.services.values())} == {"A"}


def test_the_defaults_of_the_contract(tmp_path):
    site = load(folder(tmp_path, MINIMAL)).sites["kecil"]
    assert site.order == {"priority": 2, "booked": 1, "regular": 1}
    assert site.services["surat"].classes == ("regular", "priority")
    assert site.services["surat"].kiosk
    assert site.services["surat"].quota == {}
    assert site.services["surat"].name == {"id": "Surat"}
    assert (site.cutoff_minutes, site.finish_on_next, len(site.holidays)) == (0, False, 0)
    assert site.agencies["desa"].short_name == "Kantor Desa"
    assert site.counters["1"].zone == site.wall.zones[0]


def test_always_is_around_the_clock(tmp_path):
    always = MINIMAL.replace('hours = { mon = "08:00-12:00" }', 'hours = "always"')
    site = load(folder(tmp_path, always)).sites["kecil"]
    assert site.hours is None
    assert site.cutoff_minutes == 0


def test_a_day_may_end_at_24(tmp_path):
    late = MINIMAL.replace("08:00-12:00", "08:00-24:00")
    assert load(folder(tmp_path, late)).sites["kecil"].hours["mon"] == ((time(8), time(0)),)


def test_the_demo_marks_every_site_always_open():
    assert all(site.always_open for site in load(None, always_open=True).sites.values())


def test_what_is_loaded_cannot_be_changed(tmp_path):
    loaded = load(folder(tmp_path, MINIMAL))
    with pytest.raises(TypeError):
        loaded.sites["kecil"] = None
    with pytest.raises(AttributeError):
        loaded.sites["kecil"].name = "x"
    with pytest.raises(TypeError):
        loaded.sites["kecil"].order["regular"] = 9


# --- what is wrong ---


def wrong_quota(key, written, reason, id):
    """A service whose limits contradict one another."""
    return pytest.param(
        'name = "Surat"', f'name = "x"\nquota = {{ {written} }}', f"services[0].quota.{key}", reason, id=id
    )


WRONG = [
    pytest.param('name = "Balai Kecil"', "", "name", "is required", id="a required key left out"),
    pytest.param('id = "surat"', "", "services[0].id", "is required", id="a required key of a service"),
    pytest.param(
        'name = "Surat"',
        'name = "x"\ntarget_minuts = 3',
        "services[0].target_minuts",
        "unknown key; did you mean 'target_minutes'?",
        id="a typo",
    ),
    pytest.param('id = "kecil"', 'id = "kecil"\nlogo = 1', "logo", "unknown key", id="unknown key"),
    pytest.param("08:00-12:00", "12:00-08:00", "hours.mon", "closes before it opens", id="hours backwards"),
    pytest.param("08:00-12:00", "08:00-08:00", "hours.mon", "closes before it opens", id="hours of no length"),
    pytest.param("08:00-12:00", "8-12", "hours.mon", "HH:MM-HH:MM", id="hours written otherwise"),
    pytest.param("08:00-12:00", "08:00-25:00", "hours.mon", "no time 25:00", id="no such time"),
    pytest.param("mon =", "monday =", "hours.monday", "unknown key", id="no such weekday"),
    pytest.param('{ mon = "08:00-12:00" }', '"never"', "hours", '"always"', id="a word that is not always"),
    pytest.param("Asia/Makassar", "Asia/Makasar", "timezone", "no time zone", id="no such zone"),
    pytest.param("Asia/Makassar", "../etc/passwd", "timezone", "no time zone", id="a path for a zone"),
    pytest.param('prefix = "A"', 'prefix = "a"', "services[0].prefix", "capital", id="small prefix"),
    pytest.param('prefix = "A"', 'prefix = "O"', "services[0].prefix", "without I and O", id="a prefix like a zero"),
    pytest.param('prefix = "A"', 'prefix = "ABC"', "services[0].prefix", "one or two", id="a long prefix"),
    pytest.param('id = "kecil"', 'id = "a b"', "id", "letters and digits", id="an id with a space"),
    pytest.param('id = "kecil"', 'id = "login"', "id", "path of the server", id="an id that is a page"),
    pytest.param('id = "kecil"', 'id = "kecil"\nlanguages = ["en"]', "languages", '"id"', id="no Indonesian"),
    pytest.param('id = "kecil"', 'id = "kecil"\nlanguages = ["id", "jv"]', "languages", "id, en, su", id="not spoken"),
    pytest.param('id = "kecil"', 'id = "kecil"\nholidays = "XX"', "holidays", "no calendar", id="no such calendar"),
    pytest.param(
        'name = "Surat"', 'name = { en = "Letter" }', "services[0].name", "Indonesian", id="a name without id"
    ),
    pytest.param('name = "Surat"', 'name = "Surat"\nkiosk = "yes"', "services[0].kiosk", "boolean", id="not a boolean"),
    pytest.param(
        'name = "Surat"', 'name = "x"\nquota = { vip = 1 }', "services[0].quota.vip", "unknown key", id="no such class"
    ),
    pytest.param(
        'name = "Surat"',
        'name = "x"\nquota = { booked = 1 }',
        "services[0].quota.booked",
        "not offer",
        id="foreign quota",
    ),
    wrong_quota("reserved", "reserved = { priority = 1 }", "needs quota.total", "kept of no total"),
    wrong_quota(
        "reserved", "total = 5, reserved = { priority = 3, regular = 3 }", "6 places of a total of 5", "too many"
    ),
    wrong_quota("reserved.booked", "total = 5, reserved = { booked = 1 }", "not offer", "kept for nobody"),
    wrong_quota("reserved.priority", "total = 5, priority = 1, reserved = { priority = 2 }", "only 1", "more than may"),
    wrong_quota("total", "total = -1", "0", "a total below nothing"),
    pytest.param(
        'name = "Surat"', 'name = "x"\nquota = { regular = -1 }', "services[0].quota.regular", "0", id="below nothing"
    ),
    pytest.param(
        'name = "Surat"', 'name = "x"\nquota = { regular = "9" }', "services[0].quota.regular", "integer", id="text"
    ),
    pytest.param('name = "Surat"', 'name = "x"\nzone = "Z"', "services[0].zone", "no zone 'Z'", id="no such zone"),
    pytest.param('name = "Surat"', 'name = "x"\nnext = ["y"]', "services[0].next", "no service 'y'", id="unknown next"),
    pytest.param('["surat"]', '["sura"]', "counters[0].services", "no service 'sura'", id="unknown service"),
    pytest.param('["surat"]', "[]", "counters[0].services", "at least 1", id="a counter of nothing"),
    pytest.param('prefix = "A"', 'prefix = "A"\nclasses = []', "services[0].classes", "at least 1", id="no class"),
    pytest.param('agency = "desa"', 'agency = "kota"', "services[0].agency", "no agency 'kota'", id="unknown agency"),
    pytest.param(
        'name = "Kantor Desa"', 'name = "x"\ncolor = "#ffcc00"', "agencies[0].color", "4.5 is wanted", id="pale colour"
    ),
    pytest.param(
        'name = "Kantor Desa"', 'name = "x"\ncolor = "red"', "agencies[0].color", "#12467b", id="a colour's name"
    ),
    pytest.param('id = "kecil"', 'id = "kecil"\norder = { regular = 0 }', "order", "above 0", id="a wheel of nothing"),
]


@pytest.mark.parametrize(("old", "new", "key", "reason"), WRONG)
def test_a_mistake_is_named(tmp_path, old, new, key, reason):
    assert old in MINIMAL
    found = problems(folder(tmp_path, MINIMAL.replace(old, new, 1)))
    assert [(file, at) for file, at, _ in found] == [("0.toml", key)]
    assert reason in found[0][2]


def test_all_mistakes_of_all_files_are_reported_at_once(tmp_path):
    one = MINIMAL.replace("Asia/Makassar", "Mars/Base").replace('prefix = "A"', 'prefix = "I"')
    config = folder(tmp_path, one, "id = ", server="[server]\nport = 'x'\n", holidays="[[day]]\nname = 'Libur'\n")
    assert problems(config) == [
        (
            "0.toml",
            "timezone",
            "there is no time zone 'Mars/Base'; "
            "Indonesia has Asia/Jakarta (WIB), Asia/Makassar (WITA), Asia/Jayapura (WIT)",
        ),
        (
            "0.toml",
            "services[0].prefix",
            "'I' should be one or two capital letters, without I and O (they look like 1 and 0)",
        ),
        ("1.toml", "", "not valid TOML: line 1: there is no value after ="),
        ("own.toml", "day[0].date", "is required"),
        ("server.toml", "server.port", "input should be a valid integer"),
    ]


def test_two_of_a_kind_are_refused(tmp_path):
    second = '[[services]]\nid = "SURAT"\nagency = "desa"\nprefix = "A"\nname = "Lain"\n'
    found = problems(folder(tmp_path, MINIMAL + second))
    assert [(key, "already" in reason) for _, key, reason in found] == [
        ("services[1].id", True),
        ("services[1].prefix", True),
    ]


def test_two_files_of_one_site_are_refused(tmp_path):
    config = folder(tmp_path, MINIMAL, MINIMAL.replace('"kecil"', '"Kecil"'))
    assert [(file, key) for file, key, _ in problems(config)] == [("1.toml", "id")]


@pytest.mark.parametrize("there", [True, False], ids=["an empty folder", "no folder"])
def test_a_folder_without_sites_is_refused(tmp_path, there):
    config = folder(tmp_path) if there else tmp_path / "nowhere"
    assert [reason for *_, reason in problems(config)] == ["there is no site file (*.toml) here"]


def test_a_file_that_is_no_text_is_named(tmp_path):
    config = folder(tmp_path, MINIMAL)
    (config / "sites" / "x.toml").write_bytes(b"\xff\xfe")
    assert problems(config) == [("x.toml", "", "not UTF-8 text")]


def test_the_packaged_folder_may_be_copied_and_used(tmp_path):
    shutil.copytree(places.CONFIG, tmp_path / "config", ignore=shutil.ignore_patterns("build", "node_modules"))
    copied, packaged = load(tmp_path / "config"), load(None)
    assert copied.server == packaged.server
    assert list(copied.sites) == list(packaged.sites)
    assert set(copied.sites["lebak"].holidays) == set(packaged.sites["lebak"].holidays)
