"""A pretend hall: the real pages, styles and scripts in a real browser, with a server that a test speaks for.

Every request of the page is answered from here, so nothing is served and nothing leaves the machine. The socket library
is replaced by a small one that keeps the page's handlers in ``window.hall``, so that a test can tell, drop, repeat or
reorder what the server would say.
"""

import json
import re
import tomllib
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Error

from queue_server import formats, places
from queue_server.domain.site import LANGUAGES
from queue_server.queries.calls import PER_ZONE
from queue_server.texts import load as load_texts
from queue_server.voice.phrases import needed
from tests.world.screens import COUNT_REQUESTS, eventually

ORIGIN = "http://hall.test"
BUILD = "b1"
ROOTS = {"static": places.STATIC, "pages": places.PAGES, "kiosk_ui": places.KIOSK_UI, "display_ui": places.DISPLAY_UI}
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    **{".mp3": "audio/mpeg", ".jpg": "image/jpeg", "webm": "video/webm"},
    ".json": "application/json",
}
STEP_S = 2  # so long at most the page's time runs before the network answers, as it always does within moments
START = datetime(2026, 1, 19, 3, 42, tzinfo=UTC)  # Monday, 10.42 WIB
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; "
    "connect-src 'self' ws:; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)

PRETEND_SOCKET = """
export function io(space, options) {
  const heard = {};
  const socket = {
    connected: false,
    io: { on() {} }, // the manager of a line that never ends between its opening and its greeting
    get active() { return socket.connected; }, // whoever lost it, this library does not retry
    on(event, hear) { (heard[event] = heard[event] || []).push(hear); return socket; },
    off() { return socket; },
    emit(event, ...args) { window.hall.sent.push([event, ...args]); return socket; },
    connect() {
      window.hall.connects += 1;
      if (window.hall.up) window.hall.link(true);
      else for (const hear of heard.connect_error || []) hear(new Error("unreachable"));
      return socket;
    },
    disconnect() { window.hall.link(false); return socket; },
  };
  window.hall = {
    up: true, connects: 0, sent: [], auth: options.auth,
    tell(event, doc) { if (socket.connected) for (const hear of heard[event] || []) hear(doc); },
    link(on) {
      if (socket.connected === on) return;
      socket.connected = on;
      for (const hear of heard[on ? "connect" : "disconnect"] || []) hear();
    },
  };
  return socket;
}
"""


def site_info(name: str, **changes: Any) -> dict[str, Any]:
    """The site document of one of the shipped sites, everything open and nobody waiting."""
    raw = tomllib.loads((places.CONFIG / "sites" / f"{name}.toml").read_text())
    zones = raw["wall"]["zones"]
    hours = {day: span.split("-") for day, span in raw["hours"].items() if day != "cutoff_minutes"}
    services = [
        {"zone": zones[0], "open": True, "reason": None, "reason_detail": {}, "waiting": 0, "estimate": None, **service}
        for service in raw["services"]
    ]
    copied = ("id", "name", "short_name", "owner", "address", "timezone", "missed_call")
    made = {
        **{key: raw[key] for key in copied},
        "timezone_name": "WIB",
        "demo": False,
        "epoch": "e1",
        "revision": 0,
        "hours": hours,
        "periods": {day: [span] for day, span in hours.items()},
        "week": {lang: in_words(hours, lang) for lang in LANGUAGES},
        "spans": [],
        "agencies": raw["agencies"],
        "services": services,
        "counters": [
            {"zone": zones[0], "open": True, "tile": re.sub("^Loket ", "", counter["name"]), **counter}
            for counter in raw["counters"]
        ],
        "wall": raw["wall"],
        **changes,
    }
    return made | {"wall": {"recent_per_zone": PER_ZONE} | made["wall"]}


def in_words(hours: dict[str, list[str]], lang: str) -> str:
    """A week as the server says it: weekday -> opening, closing, opening …"""
    ends = {day: [time.fromisoformat(end) for end in written] for day, written in hours.items()}
    return formats.week({day: tuple(zip(own[::2], own[1::2], strict=True)) for day, own in ends.items()}, lang)


def texts(*sections: str) -> dict[str, dict[str, str]]:
    """The texts of a page, by language."""
    return load_texts().section(*sections)


class Hall:
    """What the pretend server knows: calls made, documents to answer with."""

    def __init__(self, page: Any, site: dict[str, Any]) -> None:
        self.page = page
        self.site = site
        self.now = START
        self.revision = 100
        self.calls: list[dict[str, Any]] = []
        self.counters: dict[str, tuple[str, str | None]] = {}  # counter -> state, number
        self.until: dict[str, str] = {}  # counter -> when its officer is back
        self.interruptions, self.carried = list[dict[str, Any]](), list[dict[str, Any]]()
        self.notices: list[dict[str, Any]] = []
        self.pictures: dict[str, bytes] = {}  # address -> a picture or film for walls
        self.waiting: dict[str, int] = {}
        self.estimate: dict[str, Any] = {"low_s": 1500, "high_s": 2100, "minutes": [25, 35], "boxes": [20, 40]}
        self.taken_back: set[int] = set()
        self.reachable = True
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.epoch = "e1"
        self.was_cut = False
        self.instead = {
            "static/vendor/socket.io-client.js": PRETEND_SOCKET
        }  # path of a script -> what the page gets instead
        self.clips: dict[str, int] | None = None  # name of a clip -> how many bytes it has here; None: the shipped ones
        page.add_init_script(COUNT_REQUESTS)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.route("**/*", self._answer)

    # What happens in the hall

    def call(
        self, number: str, counter: str, service: str, kind: str = "call", at: datetime | None = None
    ) -> dict[str, Any]:
        """A call is made; nobody is told yet."""
        at = at or self.now
        self.revision += 1
        made = {
            "epoch": self.epoch,
            "revision": self.revision,
            "previous": self.last_call,
            "number": number,
            "counter": counter,
            "counter_name": next((c["name"] for c in self.site["counters"] if c["id"] == counter), counter),
            "service": service,
            "kind": kind,
            "called_at": at.isoformat(),
            "expires_at": (at + timedelta(seconds=60)).isoformat(),
            "clips": {"id": [number, "full"], "id_short": [number, "short"]},
        }
        self.calls.append(made)
        self.counters[counter] = ("called", number)
        return made

    def change(self, counter: str, state: str, number: str | None = None) -> None:
        """A counter opens, closes or goes on; nobody is told yet."""
        self.revision += 1
        self.counters[counter] = (state, number)

    def take_back(self, made: dict[str, Any]) -> None:
        """The officer undoes a call."""
        self.change(made["counter"], "idle")
        self.taken_back.add(made["revision"])

    @property
    def last_call(self) -> int | None:
        return self.calls[-1]["revision"] if self.calls else None

    def board(self) -> dict[str, Any]:
        recent: dict[str, dict[str, Any]] = {}
        for made in reversed(self.calls):
            if made["revision"] not in self.taken_back:
                recent.setdefault(made["number"], made)
        counters = [{"id": c["id"], "name": c["name"], **self._counter(c["id"])} for c in self.site["counters"]]
        services = [
            {
                "id": s["id"],
                "name": s["name"]["id"],
                "prefix": s["prefix"],
                "open": s["open"],
                "waiting": self.waiting.get(s["id"], 0),
                "estimate": self.estimate if self.waiting.get(s["id"]) else None,
            }
            for s in self.site["services"]
        ]
        return {
            "site": self.site["id"],
            **self.stamp(),
            "counters": counters,
            "recent": list(recent.values()),
            "services": services,
            **{"interruptions": self.interruptions, "carried": self.carried},
            "notices": self.notices,
        }

    def _counter(self, counter: str) -> dict[str, Any]:
        state, number = self.counters.get(counter, ("idle", None))
        return {
            "open": state != "closed",
            "state": state,
            "number": number,
            "until": self.until.get(counter),
            "interruption": None,
        }

    def stamp(self) -> dict[str, Any]:
        return {
            "epoch": self.epoch,
            "revision": self.revision,
            "last_call": self.last_call,
            "now": self.now.isoformat(),
        }

    def beat(self) -> dict[str, Any]:
        return {**self.stamp(), "build": BUILD}

    def tell(self, event: str, document: dict[str, Any]) -> None:
        """Says something through the socket, if it is up."""
        self.page.evaluate("([event, doc]) => window.hall.tell(event, doc)", [event, document])

    def announce(self, number: str, counter: str, service: str, **how: Any) -> dict[str, Any]:
        """A call as it goes when all is well: the call, then the board."""
        made = self.call(number, counter, service, **how)
        self.tell("call", made)
        self.tell("board", self.board())
        return made

    def pass_time(self, seconds: float) -> None:
        """Time passes for the page and the server alike (the page needs its clock installed)."""
        self.now += timedelta(seconds=seconds)
        while seconds > 0:
            self.page.clock.run_for(int(min(seconds, STEP_S) * 1000))
            self.be_answered()
            seconds -= STEP_S

    def be_answered(self) -> None:
        """Wait, while the page's time stands still, until every request of the page has its answer."""
        eventually(self._asking, 0, page=self.page)

    def _asking(self) -> int:
        try:
            return self.page.evaluate("window.asking")
        except Error as error:
            if "context was destroyed" not in error.message:
                raise
            return 0  # it loads anew

    def cut(self) -> None:
        """The network goes."""
        self.reachable, self.was_cut = False, True
        self.page.evaluate("window.hall.up = false; window.hall.link(false)")

    def mend(self) -> None:
        """The network is back; the page must find out by itself."""
        self.reachable = True
        self.page.evaluate("window.hall.up = true")

    # The pages

    def open(self, path: str, page: str, sections: tuple[str, ...], *, frozen: bool = True, **extra: Any) -> None:
        """Opens a page at `path` from the template `page`; with a frozen clock only `pass_time` moves time."""
        self._pages = {path.split("?")[0]: lambda: self._render(page, sections, extra)}
        if frozen:
            self.page.clock.install(time=self.now - timedelta(minutes=1))
            self.page.clock.pause_at(self.now)
        self.page.goto(ORIGIN + path)
        self.page.evaluate("document.fonts.ready.then(() => null)")

    def wall(self, query: str = "", **extra: Any) -> None:
        """Opens the wall display and tells it the board."""
        asked = parse_qs(query.lstrip("?"))
        extra = {"zone": asked.get("zone", [None])[0], "voice": "voice" in asked, **extra}
        if extra["voice"] and "clips" not in extra:
            extra["clips"] = needed(
                {s["prefix"] for s in self.site["services"]}, [c["name"] for c in self.site["counters"]]
            )
        words = ("common", "wall", "interruption", "notice")
        self.open(f"/{self.site['id']}/wall{query}", "display_ui/wall.html", words, **extra)
        self.tell("board", self.board())

    def _render(self, name: str, sections: tuple[str, ...], extra: dict[str, Any]) -> str:
        env = Environment(loader=FileSystemLoader([places.PAGES, places.DISPLAY_UI.parent]), autoescape=True)
        words = texts(*sections)
        data = {"build": BUILD, "lang": "id", "langs": ["id", "en", "su"], "texts": words, "site": self.site}
        data |= {"now": self.now.isoformat(), **extra}
        env.globals.update(t=lambda key, **_: words["id"][key], asset=lambda path: f"/assets/{BUILD}/{path}")
        env.policies["json.dumps_kwargs"] = {"sort_keys": False}
        return env.get_template(name).render(data=data)

    def _answer(self, route: Any) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/api/"):
            self.asked.append(route.request.url.removeprefix(ORIGIN))
            return self._answer_api(route, path)
        if path == "/healthz":
            return route.fulfill(body="{}") if self.reachable else route.abort()
        if path in self.pictures:
            return route.fulfill(body=self.pictures[path], content_type=TYPES[path[-4:]])
        if path in self._pages:
            headers = {"Content-Security-Policy": POLICY}
            return route.fulfill(body=self._pages[path](), content_type="text/html; charset=utf-8", headers=headers)
        return self._answer_file(route, path)

    def _said(self, message: Any) -> None:
        lost = self.was_cut and message.text.startswith("Failed to load resource: net::ERR_FAILED")
        if message.type in ("error", "warning") and not lost:
            self.faults.append(message.text)

    def _answer_file(self, route: Any, path: str) -> None:
        _, _, _, root, *rest = path.split("/")
        if path.endswith(".mp3") and self.clips is not None:
            size = self.clips.get(path.rsplit("/", 1)[1].removesuffix(".mp3"), 0)
            return route.fulfill(status=200 if size else 204, body=b"." * size, content_type=TYPES[".mp3"])
        if (other := self.instead.get("/".join([root, *rest]))) is not None:
            return route.fulfill(body=other, content_type="text/javascript")
        file = ROOTS[root].joinpath(*rest)
        if not file.is_file():
            return route.fulfill(status=404, body="")
        return route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])

    def _answer_api(self, route: Any, path: str) -> None:
        if not self.reachable:
            return route.abort()
        if path.endswith("/board"):
            answer: Any = self.board()
        elif path.endswith("/calls"):
            after = int(parse_qs(urlsplit(route.request.url).query)["after"][0])
            answer = {**self.stamp(), "calls": [made for made in self.calls if made["revision"] > after]}
        else:
            answer = self.site
        return route.fulfill(body=json.dumps(answer), content_type="application/json")
