"""The whole product within the test's own process: both malls, one of everybody, and a state that can be put back."""

import hashlib
import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from queue_server import app
from queue_server.commands import officer, visitor
from queue_server.domain.roles import Role
from queue_server.store import pairings, schema
from queue_server.store.ids import new_token, token
from queue_server.web.http.endpoint import PREFIX
from queue_server.web.screens.registry import LIVE
from tests.world.in_process import HOST, NINE, InProcess

CODE = "7KM4XR"  # that a new screen shows
COUNTER, SERVICE = "5", "ktp-cetak"  # of Dukcapil, at both malls
SITES = ("lebak", "pandeglang")

# column of the table -> role, agency; "other" ones are asked about the mall that is not theirs
KINDS = {
    "kiosk": (Role.KIOSK, None),
    "display": (Role.DISPLAY, None),
    "holder": (Role.OFFICER, "dukcapil"),  # who has the counter open
    "colleague": (Role.OFFICER, "dukcapil"),
    "stranger": (Role.OFFICER, "imigrasi"),  # another agency's officer
    "supervisor": (Role.SUPERVISOR, None),
    "limited": (Role.SUPERVISOR, "dukcapil"),  # a supervisor of one agency
    "front_desk": (Role.FRONT_DESK, None),
    "leader": (Role.LEADER, None),
    "admin": (Role.ADMIN, None),
    "auditor": (Role.AUDITOR, None),
    "content": (Role.CONTENT, None),
}
BODIES: Mapping[str, Any] = {  # of the routes that need more than {}
    "issuing.issue": {"service": SERVICE},
    "counters.call": {"number": "J001", "reason": "asked"},
    "counters.close_counter": {"reason": "asked"},  # somebody waits
    "counters.cancel": {"number": "J001", "reason": "asked"},
    "counters.transfer": {"service": "kk-akta"},
    "counters.take_over": {"reason": "asked"},
    "counters.walk_in": {"service": SERVICE, "reason": "asked"},
    "counters.begin_break": {"reason": "meal", "confirm": True},
    "supervising.confirm_day": {"day": "2026-11-23"},
    "structure.put_structure": {"structure": {}, "based_on": 0},
    "roster.put_roster": [],
    "media.put_playlist": {"entries": []},
    "notices.make_notice": {"text": {"id": "Tutup"}, "where": ["wall"]},
    "notices.change_notice": {"text": {"id": "Tutup"}, "where": ["wall"]},
    "registers.put_targets": {"targets": []},
    "origins.put_districts": {"districts": []},
    "origins.tell_origin": {"origin": "other"},
    "registers.count_complaints": {
        "agency": "dukcapil",
        "month": "2026-01",
        "channel": "desk",
        "received": 1,
        "in_work": 0,
        "done": 0,
    },
    "steering.put_services": {"services": ["ktp-cetak", "ktp-perekaman"], "reason": "asked", "confirm": True},
    "steering.answer_suggestion": {"taken": True},
    "steering.put_quota": {"total": 99, "reason": "asked"},
    "followups.set_followup": {
        **{"period": "2026-Q3", "element": "time", "act": "Loket kedua dibuka", "who": "DPMPTSP", "due": "2026-12-31"}
    },
    "followups.set_publication": {"period": "2026-Q3", "kind": "print", "medium": "Papan", "day": "2026-11-01"},
    "followups.close_quarter": {"quarter": "2026-Q3"},
    "survey.rate": {"score": 4},
    "survey.answer": {"answers": {"time": 4}},
    "survey.find_for_survey": {"number": "J001", "word": "BCDF"},
    "survey.answer_at_tablet": {"number": "J001", "word": "BCDF", "answers": {"time": 4}},
    "supervising.open_numbers": {"reason": "asked"},
    "counters.reclass": {"class": "priority", "reason": "asked"},
    "outage.enter_outage": {"entries": [{"number": "PJ001", "service": SERVICE, "issued_at": "00:00"}]},
    "own_slots.book_slot": {"service": SERVICE, "date": "2026-11-24", "time": "09:00"},
    "bookings.check_in": {"code": "48217306"},
    "by_number.people_by_number": {"people": 2},
    "by_number.escort_by_number": {"escort": True},
    "public.ask_escort": {"escort": True},
    "by_number.reclass_number": {"class": "priority", "reason": "asked"},
    "by_number.return_by_number": {"reason": "asked"},
    "by_number.hold_by_number": {"reason": "asked"},
    "by_number.cancel_by_number": {"reason": "asked"},
    "by_number.move": {"service": SERVICE, "confirm": True},
    "accounts.add_account": {"username": "made-up", "name": "Made Up", "roles": ["officer"]},
    "accounts.change_account": {"name": "Another"},
    "accounts.lend_account": {"agency": "imigrasi"},
    "accounts.take_account_back": {"agency": "imigrasi"},
    "me.change_password": {"old": "a wrong password", "new": "kuda hijau melompat"},
    "access.login": {"username": "nobody", "password": "a wrong password"},
    "access.enrol": {"token": "made-up"},
    "devices.test_device": {"kind": "clock"},
    "pairing.begin_pairing": {"kind": "display"},
    "interruptions.begin": {"scope": {}, "reason": "power"},
    "carrying.give_up": {"reason": "asked"},
    "setup.set_up": {"code": CODE, "username": "lilis", "password": "kuda hijau melompat"},
    "pairing.approve_pairing": {"name": "TV baru", "kind": "display"},
}
RAW: Mapping[str, tuple[str, bytes]] = {  # no JSON
    "bookings.import_bookings": ("text/csv", b"date,time,service,code"),
    "media.add_picture": ("image/png", b"no picture"),
    "media.add_video": ("video/mp4", b"no video"),
}


OVER = "/api/v1/setup"  # there is nothing any more once a hall has people (`tests/web/test_setup.py` tries it before)


@dataclass
class Office:
    """The app, everybody's cookies, and a visitor's token for each mall."""

    whole: app.Antrean
    data: Path
    cookies: dict[tuple[str, str], str] = field(default_factory=dict)  # (site, kind) -> Cookie header
    tokens: dict[str, str] = field(default_factory=dict)  # site -> the waiting visitor's
    numbers: dict[str, str] = field(default_factory=dict)  # and the number
    devices: dict[str, str] = field(default_factory=dict)  # site -> the display's id
    watcher: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        self.watcher = sqlite3.connect(self.data / "queue.db")

    @property
    def client(self) -> FlaskClient:
        """Somebody who keeps no cookies: each request says what it brings."""
        return self.whole.app.test_client(use_cookies=False)

    def rules(self) -> list[tuple[str, Rule]]:
        """Every (method, route) of the URL map. HEAD is GET without its body; OPTIONS reaches no handler of ours."""
        found = [(m, r) for r in self.whole.app.url_map.iter_rules() for m in r.methods - {"OPTIONS", "HEAD"}]
        return sorted(found, key=lambda f: (f[1].rule, f[0]))

    def words(self) -> list[str]:
        """By which screens connect live."""
        return sorted(LIVE)

    def path(self, rule: Rule, site: str) -> str:
        """The route's address at a mall."""
        build = self.whole.house.build
        values = {"site": site, "counter": COUNTER, "service": SERVICE, "token": self.tokens[site], "build": build}
        values |= {"root": "static", "path": "css/base.css", "number": self.numbers[site], "device": self.devices[site]}
        values |= {
            "code": CODE,
            "poll": "made-up",
            "interruption": "made-up",
            "notice": "made-up",
            "picture": "made-up",
            "version": "1",
            "month": "2020-01",
            "name": "services",
            "alarm": "idle:5:::",
            "suggestion": "made-up",
        }
        values |= {
            "help": "made-up",
            "guide": "officer",
            "account": f"{site}-colleague",
            "id": f"{site}-colleague",
            "session": "0" * 16,
        }
        with self.whole.app.test_request_context(base_url=HOST):
            return self.whole.app.url_map.bind("").build(rule.endpoint, {a: values[a] for a in rule.arguments})

    def body(self, rule: Rule, site: str) -> Any:
        """What the route takes, at a mall."""
        here = {"sites": [site]} if rule.endpoint == "accounts.add_account" else {}  # nobody gives more than they have
        here |= {"site": site} if rule.rule.endswith(("/lend", "/lend/end")) else {}
        body = BODIES.get(rule.endpoint, {})
        return {**body, **here} if isinstance(body, dict) else body

    def ask(self, method: str, rule: Rule, site: str, cookie: str | None = None, **headers: str) -> TestResponse:
        """One request with a body that the route takes, from our own page unless ``headers`` say otherwise."""
        self.whole.app.extensions["door"]._window.reset()  # here nobody is ever too many
        said = {"Origin": HOST, "Idempotency-Key": new_token()} | {k.replace("_", "-"): v for k, v in headers.items()}
        if cookie:
            said["Cookie"] = cookie
        said = {k: v for k, v in said.items() if v}
        body = {"json": self.body(rule, site)} if method not in ("GET", "HEAD") else {}
        if rule.endpoint in RAW and "Content-Type" not in said:
            kind, data = RAW[rule.endpoint]
            body = {"data": data, "content_type": kind}
        if "Content-Type" in said:
            body = {"data": "{}"}
        return self.client.open(self.path(rule, site), method=method, headers=said, base_url=HOST, **body)

    def hears(self, word: str, site: str, cookie: str | None = None) -> bool:
        """Whether whoever brings the cookie may connect as such a screen of the mall."""
        headers = {"Origin": HOST} | ({"Cookie": cookie} if cookie else {})
        auth = {"screen": word, "site": site, "counter": COUNTER, "token": self.tokens[site]}
        client = self.whole.sio.test_client(self.whole.app, "/live", headers=headers, auth=auth)
        try:
            return client.is_connected("/live")
        finally:
            if client.is_connected("/live"):
                client.disconnect("/live")

    def state(self) -> str:
        """A hash of every row of every table."""
        digest = hashlib.sha256()
        with self.whole.house.reader.connect() as conn, conn.begin():
            for table in schema.metadata.sorted_tables:
                rows = sorted(repr(tuple(row)) for row in conn.execute(select(table)))
                digest.update(repr((table.name, rows)).encode())
        return digest.hexdigest()

    def commits(self) -> int:
        """A figure that changes with every commit: as long as it stands still, so does every row."""
        return self.watcher.execute("PRAGMA data_version").fetchone()[0]

    def keep(self) -> None:
        """Remember the state."""
        with sqlite3.connect(self.data / "kept.db") as copy:
            self.watcher.backup(copy)
        copy.close()

    def put_back(self) -> None:
        """Everything as it was when it was kept."""
        self.whole.close()
        self.watcher.close()
        for rest in self.data.glob("queue.db*"):
            rest.unlink()
        shutil.copyfile(self.data / "kept.db", self.data / "queue.db")
        self.whole.house.perform.reached.clear()  # that this is an older state is meant
        self.watcher = sqlite3.connect(self.data / "queue.db")


def open_office(data: Path) -> Office:
    """Make it: one of each kind at each mall, one counter open and one visitor waiting."""
    begun = InProcess(data)
    whole = begun.whole
    made = Office(whole, data)
    for site in SITES:
        for kind, (role, agency) in KINDS.items():
            name = f"{site}-{kind}"
            if role in (Role.KIOSK, Role.DISPLAY):
                id = begun.enrol(name, role, site)
                made.devices |= {site: id} if role is Role.DISPLAY else {}
            else:
                begun.add(name, role, (site,), (agency,) if agency else ())
            made.cookies[site, kind] = begun.cookies[name]
        holder = begun.accounts[f"{site}-holder"].actor
        whole.house.perform(site, lambda tx: officer.open_counter(tx, COUNTER), actor=holder)
        issued = whole.house.perform(
            site,
            lambda tx: visitor.issue(tx, SERVICE, "regular", booking=None, language="id", origin=None),
            actor=holder,
        )
        made.tokens[site] = token(whole.house.secret, issued.body.id)
        made.numbers[site] = issued.body.number
    with whole.house.perform.aside() as conn:
        pairings.begin(conn, new_token(), CODE, "display", "10.0.0.1", NINE)
    made.keep()
    return made


def code(answer: TestResponse) -> str:
    """The error's code; "" for none."""
    said = answer.get_json(silent=True) if answer.is_json else None
    return said["error"]["code"] if isinstance(said, dict) and "error" in said else ""


def is_api(rule: Rule) -> bool:
    """Whether the route belongs to the API."""
    return rule.rule.startswith(PREFIX)
