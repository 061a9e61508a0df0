"""The configuration is read strictly: what is wrong is named by file, key and reason, all at once."""

import shutil
from datetime import date, time
from ipaddress import ip_network
from pathlib import Path

import pytest

from queue_server import places, settings
from queue_server.settings import SettingsError
from queue_server.site_checks import contrast_with_white, sound_alike

MINIMAL = """
id = "kecil"
name = "Balai Kecil"
timezone = "Asia/Makassar"
hours = { mon = "08:00-12:00" }
[[agencies]]
id = "desa"
name = "Kantor Desa"
[[services]]
id = "surat"
agency = "desa"
prefix = "A"
name = "Surat"
[[counters]]
id = "1"
name = "Loket 1"
agency = "desa"
services = ["surat"]
"""


def folder(tmp_path: Path, *sites: str, server: str = "", holidays: str = "") -> Path:
    """A --config folder with these files in it."""
    for name in ("sites", "holidays"):
        (tmp_path / name).mkdir()
    for n, text in enumerate(sites):
        (tmp_path / "sites" / f"{n}.toml").write_text(text)
    if server:
        (tmp_path / "server.toml").write_text(server)
    if holidays:
        (tmp_path / "holidays" / "own.toml").write_text(holidays)
    return tmp_path


def load(*args, **kwargs):
    """Load without this machine's environment."""
    return settings.load(*args, environ=kwargs.pop("environ", {}), **kwargs)


def problems(config: Path, **kwargs) -> list[tuple[str, str, str]]:
    """What is wrong with it, file names without their folder."""
    with pytest.raises(SettingsError) as caught:
        load(config, **kwargs)
    return [(Path(p.file).name, p.key, p.reason) for p in caught.value.problems]


def keys(config: Path, **kwargs) -> list[str]:
    """The keys that are wrong."""
    return [key for _, key, _ in problems(config, **kwargs)]


# --- what is in order ---


def test_the_packaged_malls_load():
    loaded = load(None)
    assert list(loaded.sites) == ["lebak", "pandeglang"]
    lebak, pandeglang = loaded.sites.values()
    assert (len(lebak.counters), len(pandeglang.counters)) == (12, 23)
    assert lebak.timezone.key == "Asia/Jakarta"
    assert lebak.hours["fri"] == (time(8), time(15))
    assert "sat" not in lebak.hours
    assert lebak.cutoff_minutes == 30
    assert pandeglang.services["paspor-wawancara"].quota == {"regular": 30, "priority": 10, "booked": 20}
    assert not pandeglang.services["paspor-wawancara"].kiosk
    assert pandeglang.services["paspor-informasi"].next == ("paspor-wawancara",)
    assert pandeglang.services["npwp"].prefix == "PJ"
    assert not lebak.always_open


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
    assert load(folder(tmp_path, late)).sites["kecil"].hours["mon"] == (time(8), time(0))


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
    pytest.param('id = "kecil"', 'id = "kecil"\nholidays = "XX"', "holidays", "no calendar", id="no such calendar"),
    pytest.param(
        'name = "Surat"', 'name = { en = "Letter" }', "services[0].name", "Indonesian", id="a name without id"
    ),
    pytest.param('name = "Surat"', 'name = "Surat"\nkiosk = "yes"', "services[0].kiosk", "boolean", id="not a boolean"),
    pytest.param(
        'name = "Surat"', 'name = "x"\nquota = { vip = 1 }', "services[0].quota.vip", "'priority'", id="no such class"
    ),
    pytest.param(
        'name = "Surat"',
        'name = "x"\nquota = { booked = 1 }',
        "services[0].quota.booked",
        "not offer",
        id="foreign quota",
    ),
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
        ("0.toml", "timezone", "there is no time zone 'Mars/Base'; Indonesia has Asia/Jakarta, _Makassar, _Jayapura"),
        (
            "0.toml",
            "services[0].prefix",
            "'I' should be one or two capital letters, without I and O (they look like 1 and 0)",
        ),
        ("1.toml", "", "not valid TOML: Invalid value (at end of document)"),
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


# --- warnings ---


def warned(config: Path) -> dict[str, str]:
    """Key -> reason of what works but will trouble somebody."""
    return {problem.key: problem.reason for problem in settings.warnings(load(config))}


def test_a_plain_site_warns_of_nothing(tmp_path):
    assert warned(folder(tmp_path, MINIMAL)) == {}


TWO_AGENCIES = '[[agencies]]\nid = "kota"\nname = "Kota"\ncolor = "#767676"\n'
UNSERVED = '[[services]]\nid = "lain"\nagency = "desa"\nprefix = "K"\nname = "Lain"\ndays = ["mon", "sun"]\n'
GUEST = '[[services]]\nid = "lain"\nagency = "kota"\nprefix = "K"\nname = "Lain"\n'


@pytest.mark.parametrize(
    ("site", "key", "reason"),
    [
        pytest.param(MINIMAL + UNSERVED, "services[1]", "no counter serves 'lain'", id="nobody would ever call"),
        pytest.param(MINIMAL + TWO_AGENCIES, "agencies[1].color", "7 is wanted", id="legible, but not across a hall"),
        pytest.param(
            MINIMAL.replace("id =", 'wall = { zones = ["A", "B"] }\nid =', 1),
            "wall.zones[1]",
            "'B'",
            id="an empty zone",
        ),
        pytest.param(
            (MINIMAL + TWO_AGENCIES + GUEST).replace('["surat"]', '["surat", "lain"]'),
            "counters[0].services",
            "belongs to agency 'kota'",
            id="a counter shared by agencies",
        ),
        pytest.param(
            MINIMAL.replace("id =", "order = { booked = 1 }\nid =", 1),
            "services[0].classes",
            "[order]",
            id="no class left",
        ),
        pytest.param(
            MINIMAL.replace('hours = { mon = "08:00-12:00" }', ""), "services[0]", "no opening hours", id="never open"
        ),
        pytest.param(
            MINIMAL.replace('prefix = "A"', 'prefix = "A"\ndays = ["sun"]'),
            "services[0]",
            "on sun",
            id="a day without hours",
        ),
    ],
)
def test_a_doubt_is_told(tmp_path, site, key, reason):
    found = warned(folder(tmp_path, site))
    assert key in found
    assert reason in found[key]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("B", "D", True),
        ("M", "N", True),
        ("F", "S", True),
        ("A", "K", False),
        ("B", "N", False),
        ("PJ", "TJ", True),
        ("PJ", "TK", False),
        ("P", "PJ", False),
    ],
)
def test_prefixes_that_sound_alike(one, other, alike):
    assert sound_alike(one, other) is sound_alike(other, one) is alike


def test_the_packaged_malls_warn_of_what_is_known():
    found = [(problem.key, problem.reason) for problem in settings.warnings(load(None))]
    assert ("services[4].prefix", "'S' sounds like 'F' of services[0] when called") in found
    assert not [key for key, _ in found if key.startswith(("counters", "wall", "services")) and "prefix" not in key]


@pytest.mark.parametrize(
    ("color", "ratio"), [("#ffffff", 1), ("#000000", 21), ("#767676", 4.54), ("#00664f", 6.97), ("#123a6b", 11.4)]
)
def test_contrast_as_wcag_computes_it(color, ratio):
    assert contrast_with_white(color) == pytest.approx(ratio, abs=0.05)


# --- holidays ---

FOLLOWS = MINIMAL.replace('id = "kecil"', 'id = "kecil"\nholidays = "ID"', 1)

# Decree of the three ministers for 2026: 17 national holidays and 8 days of joint leave.
NATIONAL_2026 = "0101 0116 0217 0319 0321 0322 0403 0405 0501 0514 0527 0531 0601 0616 0817 0825 1225"
JOINT_LEAVE_2026 = "0216 0318 0320 0323 0324 0515 0528 1224"


def test_2026_is_exactly_as_decreed():
    days = load(None).sites["lebak"].holidays
    closed = {f"{d:%m%d}" for d in days if d.year == 2026}
    assert closed == set(f"{NATIONAL_2026} {JOINT_LEAVE_2026}".split())
    joint = {f"{d:%m%d}" for d in days if d.year == 2026 and days[d].name.startswith("Cuti Bersama")}
    assert joint == set(JOINT_LEAVE_2026.split())


@pytest.mark.parametrize("year", [1970, 2025, 2027, 2040, 2099])
def test_any_year_can_be_asked(year):
    days = load(None).sites["lebak"].holidays
    assert days[date(year, 8, 17)].name == "Hari Kemerdekaan Republik Indonesia"
    assert date(year, 8, 18) not in days or days[date(year, 8, 18)].closed


@pytest.mark.parametrize("year", [1, 1900, 9999])
def test_a_year_no_calendar_knows_has_no_holidays(year):
    assert date(year, 12, 25) not in load(None).sites["lebak"].holidays


def test_walking_the_calendar_covers_the_years_around_now():
    days = list(load(None).sites["lebak"].holidays)
    this_year = date.today().year  # noqa: DTZ011  (a year's difference around New Year is covered)
    assert days == sorted(set(days))
    assert {this_year - 1, this_year, this_year + 1} <= {day.year for day in days}


def test_a_site_that_keeps_no_holidays_has_none(tmp_path):
    assert date(2026, 3, 19) not in load(folder(tmp_path, MINIMAL)).sites["kecil"].holidays


OPEN_ON_LEAVE = """
[[day]]
date = 2026-12-24
name = "Layanan terbatas"
closed = false
hours = "08:00-10:00"
sites = ["kecil"]
[[day]]
date = 2027-06-01
name = "Hari jadi"
"""


def test_a_dated_file_reopens_and_closes_days(tmp_path):
    config = folder(tmp_path, FOLLOWS, MINIMAL.replace('"kecil"', '"lain"'), holidays=OPEN_ON_LEAVE)
    sites = load(config).sites
    leave = sites["kecil"].holidays[date(2026, 12, 24)]
    assert (leave.closed, leave.hours) == (False, (time(8), time(10)))
    assert sites["kecil"].holidays[date(2026, 12, 25)].closed
    assert sites["kecil"].holidays[date(2027, 6, 1)].name == "Hari jadi"
    assert len(sites["lain"].holidays) == 0


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param(
            "[[day]]\ndate = 2026-01-02\nname = 'x'\nhours = '08:00-09:00'", "day[0].hours", id="closed hours"
        ),
        pytest.param("[[day]]\ndate = '2026-01-02'\nname = 'x'", "day[0].date", id="a date in quotes"),
        pytest.param("country = 'XX'", "country", id="no such country"),
        pytest.param("[[day]]\ndate = 2026-01-02\nname = 'x'\n" * 2, "day[1].date", id="a day given twice"),
    ],
)
def test_a_wrong_holiday_file_is_named(tmp_path, text, key):
    assert keys(folder(tmp_path, MINIMAL, holidays=text)) == [key]


# --- the server ---


def test_the_packaged_defaults():
    server = load(None).server
    assert (server.host, server.port, server.async_mode) == ("127.0.0.1", 8000, "eventlet")
    assert (server.public_url, server.database_url, server.message_queue_url) == (None, None, None)
    assert ip_network("127.0.0.0/8") in server.trusted_proxies
    assert server.limits.body_bytes == 65536


def test_own_keys_lie_over_the_packaged_ones(tmp_path):
    own = "[server]\nport = 80\n[limits]\nbody_bytes = 2048\n"
    server = load(folder(tmp_path, MINIMAL, server=own)).server
    assert (server.port, server.limits.body_bytes) == (80, 2048)
    assert (server.host, server.limits.login_window_s) == ("127.0.0.1", 900)


def test_the_environment_wins(tmp_path):
    own = "[server]\nasync_mode = 'eventlet'\n"
    environ = {
        "QUEUE_ASYNC_MODE": "threading",
        "QUEUE_DATABASE_URL": "postgresql://antrean:rahasia@localhost/antrean",
        "QUEUE_MESSAGE_QUEUE_URL": "redis://localhost:6379/0",
        "QUEUE_PUBLIC_URL": "https://antrean.example/",
    }
    server = load(folder(tmp_path, MINIMAL, server=own), environ=environ).server
    assert server.async_mode == "threading"
    assert server.database_url == environ["QUEUE_DATABASE_URL"]
    assert server.message_queue_url == environ["QUEUE_MESSAGE_QUEUE_URL"]
    assert server.public_url == "https://antrean.example"
    assert "rahasia" not in repr(server)


@pytest.mark.parametrize(
    ("environ", "reason"),
    [
        ({"QUEUE_ASYNC_MODE": "gevent"}, "'eventlet' or 'threading'"),
        ({"QUEUE_DATABASE_URL": "mysql://u:rahasia@h/d"}, "sqlite:// or postgresql://"),
        ({"QUEUE_MESSAGE_QUEUE_URL": "amqp://u:rahasia@h"}, "redis://"),
        ({"QUEUE_PUBLIC_URL": "antrean.example"}, "an origin"),
        ({"QUEUE_PUBLIC_URL": "https://antrean.example/path"}, "an origin"),
    ],
    ids=["async mode", "database", "message queue", "no scheme", "a path"],
)
def test_a_wrong_variable_is_named_by_its_own_name_and_never_repeated(environ, reason):
    ((file, key, why),) = problems(None, environ=environ)
    assert (file, key) == ("environment", next(iter(environ)))
    assert reason in why
    assert "rahasia" not in why


@pytest.mark.parametrize(
    ("own", "key"),
    [
        ("[limit]\nbody_bytes = 1\n", "limit"),
        ("[limits]\nbody_byte = 2048\n", "limits.body_byte"),
        ("[limits]\nbody_bytes = 0\n", "limits.body_bytes"),
        ("[server]\ntrusted_proxies = ['10.0.0.0/8', 'proxy']\n", "server.trusted_proxies[1]"),
        ("[server]\nmetrics_token = 'kurang'\n", "server.metrics_token"),
        ("server = 1\n", "server"),
    ],
)
def test_a_wrong_server_key_is_named_in_the_file_that_wrote_it(tmp_path, own, key):
    found = problems(folder(tmp_path, MINIMAL, server=own))
    assert [(file, at) for file, at, _ in found] == [("server.toml", key)]


def test_the_packaged_folder_may_be_copied_and_used(tmp_path):
    shutil.copytree(places.CONFIG, tmp_path / "config", ignore=shutil.ignore_patterns("build", "node_modules"))
    copied, packaged = load(tmp_path / "config"), load(None)
    assert copied.server == packaged.server
    assert list(copied.sites) == list(packaged.sites)
    assert set(copied.sites["lebak"].holidays) == set(packaged.sites["lebak"].holidays)
