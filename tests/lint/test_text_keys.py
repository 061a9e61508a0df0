"""Every text is asked for, every text asked for is there, and none is hidden by another of its name."""

import re
from dataclasses import replace
from typing import get_args

import pytest

from queue_server import texts
from queue_server.documents.board import Standing
from queue_server.documents.hall import AlarmKind
from queue_server.documents.notices import NoticeState
from queue_server.documents.overview import TopicKind
from queue_server.documents.reports import Why
from queue_server.domain import audit, booking_lines, suggesting
from queue_server.domain.bookings import BookingState, Ended
from queue_server.domain.devices import State, Test
from queue_server.domain.errors import Code
from queue_server.domain.events import REASONED
from queue_server.domain.interruption import ISSUING, REASONS
from queue_server.domain.notice import PLACES
from queue_server.domain.outage import Fault
from queue_server.domain.published import Fact
from queue_server.domain.reasons import REASON_CODES
from queue_server.domain.roles import STAFF
from queue_server.domain.site import CLASSES, LANGUAGES, WEEKDAYS
from queue_server.domain.staffing_events import BreakReason
from queue_server.domain.ticket import State as TicketState
from queue_server.operations import doctor, proxy
from queue_server.queries import tasks
from queue_server.reports.open_data import COLUMNS
from queue_server.reports.performance import PERIODS
from queue_server.reports.report_csv import BOOKED
from queue_server.videos.bounds import REASONS as VIDEO_REASONS
from queue_server.web.screens import audit as audit_screen
from queue_server.web.screens import audit_words
from queue_server.web.screens.registry import SCREENS, Screen
from queue_server.web.screens.structure_fields import PARTS
from tests.lint import reach, survey_texts, text_keys
from tests.lint.report_texts import OF_REGISTERS, REPORTS, TABS
from tests.world.tree import SCREENS as SCREENS_FOLDERS
from tests.world.tree import files, text

SOURCES = [*files(".js", ".html", under=SCREENS_FOLDERS), *files(".py", under=("queue_server/",))]
ROWS = texts.load().sections

_DOCTORS = (doctor._OF_THE_DATABASE, doctor._OF_THE_HALL, doctor._OF_THE_MACHINE, doctor._OF_THE_NETWORK)
_FOUND = re.compile(r'\b(?:warn|bad)\(\s*"(\w+)"')
SAID = {
    *(name for path in files(".py", under=("queue_server/operations/",)) for name in _FOUND.findall(text(path))),
    *("time_unset", "time_unset_dead", *proxy._TEXTS.values()),
    *(f"address_{where}{how}" for where in ("loopback", "foreign") for how in ("", "_plain")),
    *(f"damaged_{known}" for known in ("backed_up", "no_backup", "unread")),
}
QUESTIONS = (*(q.__name__ for of in _DOCTORS for q in of), "sqlite_version", "configuration", "database", "postgresql")

_VERBS = (
    "open",
    "close",
    "take_over",
    "walk_in",
    "call_next",
    "call",
    "recall",
    "serve",
    "finish",
    "no_show",
    "hold",
    "return",
    "transfer",
    "reclass",
    "break",
    "resume",
)
_MORE_VERBS = ("undo", "cancel", "issue", "help", "escort", "escort_off")
_HELPED = ("reprint", "return", "hold", "move", "reclass", "people", "escort", "cancel", "give_up")
_STATES = get_args(Standing.__value__)
_ALARMS = get_args(AlarmKind)
_DAYS = {"*_ask": ("close_day", "reopen_day"), "*_do": ("close_day", "reopen_day")}
_REFUSALS = (
    *("holiday", "not_today", "not_yet", "pause", "after_cutoff", "closed", "day_closed", "quota_full", "interrupted"),
)
_PROXY = ("proxy_proto", "proxy_untrusted", "proxy_host")
_OF_REPORT = (
    *("issued", "class", "served", "people", "waiting", "at_counter", "held", "no_show", "given_up", "papers"),
    *("carried", "refused"),
)
_FULL = ("urgent_full", "agency_full", "agencies_full")
_OF_NOTICES = ("empty", "too_long", "unseen_letters", "no_place", "until_over", "urgent_everywhere", *_FULL)
_OF_MEDIA = ("other_file", "no_picture", "too_many_pixels", "too_few_pixels", "seconds", *VIDEO_REASONS)
_FIELDS = [each for part in PARTS.values() for one in part.fields for each in (one, *one.columns)]

OUTCOMES = (
    *("selesai", "berkas-kurang", "diarahkan-bayar", "ditolak", "day_closed"),
    *(
        "kurang-KTP",
        "kurang-KK",
        "kurang-akta",
        "kurang-surat-UMK",
        "kurang-dokumen-asli",
        "kurang-bukti",
        "kurang-kronologi",
        "kurang-surat-polisi",
        "kurang-buku-nikah",
        "kurang-surat-lahir",
        "kurang-email",
        "kurang-NPWP",
        "kurang-KTP-asli",
        "kurang-foto",
        "kurang-BPJS",
        "kurang-SKCK-lama",
        "kurang-buku-rekening",
        "kurang-surat-kerja",
        "kurang-setoran",
        "kurang-surat-desa",
        "kurang-ijazah",
        "data-berbeda",
        "belum-rekam",
        "masih-aktif",
        "ke-samsat-induk",
        "belum-SIAPkerja",
    ),
)

# file of texts -> composed key -> what may stand in its gap
_OF_ACCOUNTS = ("beyond_own", "username", "name", "no_role", "unknown", "no_counter_work", "own_agency")
_OF_ROSTERS = ("day_not_ahead", "not_of_agency", "ends_before", "counter_overlap", "account_overlap")
_OF_FORMS = (*_OF_ACCOUNTS, *_OF_ROSTERS, *_OF_NOTICES, *_OF_MEDIA, *survey_texts.REASONS)
FAMILIES: dict[str, text_keys.Families] = {
    "common": {
        "language_*": LANGUAGES,
        "weekday_*": WEEKDAYS,
        "month_*": range(1, 13),
        "class_*": (*CLASSES, "all"),
    },
    "desk": {
        "verb_*": (*_VERBS, *_MORE_VERBS),
        "did_*": (*(verb for verb in _VERBS if verb != "call_next"), "undo", "undo_transfer", "cancel"),
        "break_for_*": get_args(BreakReason),
        "overseen_*": (
            "close",
            "take_over",
            "hold",
            "return",
            "no_show",
            "cancel",
        ),  # what others may do at one's counter
        "not_now_*": _STATES,
        "shut_*": ("day_closed", "holiday", "not_today", "closed"),
        "outcome_*": OUTCOMES,  # a hall may have others
    },
    "moving": {"reclass_*": ("wrong_button", "asked", "entitled", "not_entitled")},
    "errors": {
        "*": Code,
        "reason_*": (*_REFUSALS, *_PROXY, *get_args(Fault), "identity_number", "hall", *_OF_FORMS, *OF_REGISTERS),
        "number_gone_*": ("title", "text"),
        "place_gone_*": ("title", "text"),
    },
    "home": {f"task_*{end}": get_args(tasks.Kind) for end in ("", "_note", "_do")},
    "setup": {"setup_zone_*": range(1, 4)},
    "notices": {
        "where_*": PLACES,
        "state_*": get_args(NoticeState),
        "notice_text_*": LANGUAGES,
    },
    "interruption": {"interruption_cause_*": REASONS},
    "interrupting": {
        "interruption_issuing_*": ISSUING,
        "interruption_of_*": ("agency", "service", "counter"),
        **{"interruption_wrong_*": ("since", "until"), "interruption_*": ("end", "confirm", "reject")},
    },
    "bookings": {
        "bookings_*": ("booked", "came", "came_late", "to_come", "missed", "given_back"),
        **{"booking_*": BookingState, "ended_*": Ended},
        "fault_*": get_args(booking_lines.Fault),
    },
    "outage": {"outage_*": ("number", "came", "called", "served", "finished", "counter", "people", "class")},
    "front_desk": {
        "state_*": TicketState,
        "act_*": _HELPED,
        "done_*": (*_HELPED, "issue"),
        "stay_*": ("early", "wait", "walk", "service", "hold", "away"),
        "reclass_*": ("wrong_button", "asked", "entitled", "not_entitled"),
    },
    "kiosk": {f"*_{when}": ("open", "again") for when in ("at", "tomorrow", "on", "tomorrow_day", "on_day")},
    "order": {"order_*": CLASSES},
    "overview": {
        "figure_*": ("waiting", "served", "longest", "promise", "counters"),
        "agency_*": ("waiting", "longest", "counters"),
        "topic_*": (topics := get_args(TopicKind)),
        "topic_*_detail": topics,
    },
    "performance": {
        **{"period_*": PERIODS, "shade_*": range(4), "column_*": COLUMNS},
        "published_corrected_*": get_args(Why),
        "def_*": (definitions := ("days", "served", "wait", "half", "told", "promise", "refused", "hours")),
        "def_*_name": definitions,
    },
    "staff": {"role_*": STAFF, "tab_*": TABS},
    "how": {"how_*": (*CLASSES, *text_keys.HOW), "how_*_text": text_keys.HOW},
    "structure": {
        "part_*": (*PARTS, "versions"),
        "add_*": (listed := [part.name for part in PARTS.values() if part.rows]),
        "retire_*": listed,
        "field_*": {one.title for one in _FIELDS},
        "hint_*": {one.hint for one in _FIELDS if one.hint},
        "owed_*": get_args(Fact),
        "origin_*": ("calculated", "file", "hall"),
        "window_*": (0, 1),
        "version_*": ("in_force", "over", "pending", "replaced", "withdrawn"),
        **{"source_*": ("file", "screen", "shell"), **survey_texts.STRUCTURE},
    },
    "replay": {"replay_*": ("closed", "idle", "break", "called", "serving")},
    "audit": {
        **{"group_*": audit.GROUPS, "happened_*": audit.KINDS, "audit_issuing_*": ISSUING, "audit_on_*": PLACES},
        "audit_suggested_*": get_args(suggesting.Act),
        **{"what_*": audit_words.FIELDS, "why_*": set(audit_screen.WHYS) - set(REASON_CODES), "by_*": audit_words.BYS},
    },
    "reasons": {"why_*": REASON_CODES},
    "accounts": {"may_*": STAFF, **{f"*_{what}": ("enable", "disable") for what in ("title", "note", "do")}},
    "login": {"counter_*": _STATES},
    "report": {
        "col_*": (*_OF_REPORT, "promise"),
        "def_*": (*_OF_REPORT, "wait", "walk", "service", "median", "promise", "overtakes"),
        "col_booking_*": BOOKED,
        "reasoned_*": REASONED,
    },
    **{**REPORTS, **survey_texts.OF_SURVEYS},
    "health": {"level_*": ("bad", "warn"), "todo_*": QUESTIONS, "said_*": SAID},
    "devices": {
        "kind_*": ("kiosk", "display"),
        "shows_*": ("kiosk", "wall"),
        "state_*": get_args(State),
        "test_*": get_args(Test),
        "ask_*": get_args(Test),
        "value_*": ("picture", "clock", "network"),
        "video_*": ("no", "slow"),
        "approve_*": ("wall", "counter", "kiosk"),
        "said_*": ("identify", "test", "reload", "revoke"),
    },
    "supervisor": {
        "post_*": ("closed", "idle", "break"),  # called and serving show the number
        "strip_*": ("waiting", "serving", "completed", "wait", "promise"),
        "line_*": ("waiting", "longest", "median", "p90", "estimate", "promise"),
        "screen_*": ("kiosk", "wall", "counter"),
        **dict.fromkeys(("alarm_*", "alarm_*_detail", "alarm_*_many"), _ALARMS),
        **dict.fromkeys(("suggest_*", "suggest_take_*"), get_args(suggesting.Act)),
        **_DAYS,
    },
}
ALL_FAMILIES = {family: values for own in FAMILIES.values() for family, values in own.items()}


# Composed alike, and no texts: names of columns in the database and of measures, and the form of a count for one
# (``sayCount``); and what stands behind ``said_``.
NOT_TEXTS = {"service_*", "wait_*_s", "*_one", "damaged_*", "on_*", "nrr_*", "refused_*"}


def test_every_composed_key_is_a_declared_family():
    used = {key for path in SOURCES for key in text_keys.composed(text(path), path.suffix)}
    assert used - NOT_TEXTS - ALL_FAMILIES.keys() == set()
    assert ALL_FAMILIES.keys() - used - {"*"} == set(), "declared, but composed nowhere"


@pytest.mark.parametrize("name", FAMILIES)
def test_every_member_of_a_family_has_its_text(name):
    assert text_keys.expanded(FAMILIES[name]) - ROWS[name].keys() == set()


def test_every_text_is_asked_for():
    literals = {one for path in SOURCES for one in text_keys.named(text(path))}
    found = {name: text_keys.unread(rows, literals, FAMILIES.get(name, {})) for name, rows in ROWS.items()}
    assert {name: keys for name, keys in found.items() if keys} == {}


# What several screens have texts of, beside what all have in common; any other file is a screen's own.
SHARED = {
    *("performance", "guide", "how", "accounts", "audit"),
    "common",
    "device",
    "errors",
    "ikm",
    "interrupting",
    "interruption",
    "letter",
    "measures",
    "moving",
    "notice",
    *("order", "origin"),
    "outage",
    "period",
    *("privacy", "published", "reasons", "staff", "survey"),
}


def test_a_file_of_texts_is_a_screen_s_own_or_shared():
    screens = {screen.name for screen in SCREENS}
    assert ROWS.keys() - SHARED - screens == set()
    assert [s.name for s in SCREENS if set(s.texts) - SHARED - {s.name}] == []


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_no_text_of_a_screen_hides_another(screen):
    assert texts.load().section("common", *screen.texts)


ASKED = re.compile(r"""\b(?:say|sayCount|t)\(["'](\w+)["'][,)]""")


def asked_for(screen: Screen) -> dict[str, set[str]]:
    """The texts that a screen's files ask for by name and its row does not bring, by file."""
    (template,) = (path for path in files(".html", under=SCREENS_FOLDERS) if path.name == screen.template)
    known = texts.load().section("common", *screen.texts)["id"].keys()
    asked = {str(path): set(ASKED.findall(text(path))) - known for path in reach.page(template)}
    return {path: keys for path, keys in asked.items() if keys}


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_has_every_text_that_its_files_ask_for(screen):
    assert asked_for(screen) == {}


def test_a_text_that_a_screen_lacks_would_be_noticed():
    (phone,) = (screen for screen in SCREENS if screen.name == "phone")
    assert any("order" in keys for keys in asked_for(replace(phone, texts=("errors", "phone"))).values())


# --- controls ---


@pytest.mark.parametrize(
    ("source", "suffix", "key"),
    [
        ("say(`state_${ticket.state}`)", ".js", "state_*"),
        ("say(open ? `alarm_${kind}_detail` : `none`)", ".js", "alarm_*_detail"),
        ('say(`verb_${verb.replace("-", "_")}`)', ".js", "verb_*"),
        ("say(`${what}_ask`)", ".js", "*_ask"),
        ("{{ t('def_' ~ key ~ '_name') }}", ".html", "def_*_name"),
        ("{{ t('role_' ~ one.role, name=one.name) }}", ".html", "role_*"),
        ("say(lang, f\"common.class_{details['class']}\")", ".py", "class_*"),
    ],
)
def test_a_composed_key_is_found(source, suffix, key):
    assert text_keys.composed(source, suffix) == {key}


def test_a_text_that_nobody_asks_for_is_found():
    literals = text_keys.named('say("hello"); const rows = { title: sayCount("people", 2) };')
    keys = ("hello", "people", "people_one", "title", "day_1", "day_2")
    assert text_keys.unread(keys, literals, {"day_*": [1]}) == {"day_2"}
