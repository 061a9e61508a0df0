"""The composition root: the only module that knows everyone."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, g
from flask_socketio import SocketIO
from jinja2 import FileSystemLoader
from sqlalchemy import Engine

from . import formats, places, texts
from .apart import Apart, here
from .clock import utc_now
from .commands import day, ripening
from .data_folder import apply_structure, make_performer, open_store, shown_texts
from .domain.fold import Event
from .domain.roles import SYSTEM
from .first_run import FirstRun
from .followers import FOLLOWERS, stays
from .followers.runner import Runner, never
from .house import House
from .live import beat, chatter, revocation, socket
from .live.devices import DevicePublisher
from .live.fan_out import ConsiderateManager
from .live.follow import Follower
from .live.nudge import Nudges
from .live.presence import Keeper
from .live.publish import SitePublisher
from .operations import left_behind, proxy, sealing, urn_keeping
from .operations.examination import Examination
from .queries.bookings import is_ripe
from .queries.carrying import lets_in
from .queries.news import news_after
from .queries.snapshot import committed, reading, same_store
from .reach import Reach
from .reports import period_reader, sheets
from .seen import Seen
from .serving import logs
from .serving.metrics import (
    COMMANDS,
    FOLLOWER_AT,
    FOLLOWER_HERE,
    FOLLOWER_LAG,
    NUDGED,
    SEEN,
    SOCKETS,
    kiosk_alarm,
)
from .serving.process import process_name
from .settings import Settings
from .store import engine as store
from .store import reached
from .store.cursors import Standing
from .store.transaction import ALL_SITES, Transaction
from .store.urn_keys import UrnKeys
from .web.api import (
    access,
    accounts,
    audit,
    bookings,
    by_number,
    carrying,
    counters,
    devices,
    finding,
    followups,
    health,
    interruptions,
    issuing,
    me,
    media,
    notices,
    ops,
    outage,
    own_slots,
    pairing,
    public,
    reporting,
    roster,
    setup,
    steering,
    structure,
    supervising,
    survey,
    survey_files,
)
from .web.http import assets, asyncapi, compress, errors, openapi, security
from .web.http.bundles import bundled
from .web.screens import routes
from .web.screens.error import error_page
from .web.screens.page_data import page_language
from .web.screens.registry import LIVE

_SOCKET_MESSAGE_BYTES, _MIDNIGHT_CHECK_S = 16 * 1024, 5
log = structlog.get_logger()


@dataclass
class Antrean:
    """The whole product, put together: ``app`` to serve, ``background`` to start with it."""

    app: Flask
    sio: SocketIO
    house: House
    background: tuple[Callable[[], None], ...]
    writer: Engine
    note: reached.Note
    keeper: Keeper

    def start(self) -> None:
        """Start publishers, beats and the midnight timer."""
        for task in self.background:
            self.sio.start_background_task(task)

    def close(self) -> None:
        """Leave the database in order."""
        self.keeper.leave()
        self.note.write()
        self.house.reader.dispose()
        self.writer.dispose()


def create(
    settings: Settings,
    data: Path,
    *,
    reach: Reach,
    clock: Callable[[], datetime] = utc_now,
    sleep: Callable[[float], None] = time.sleep,
    off_hub: Callable[..., Any] = lambda f, *a: f(*a),
    apart: Apart = here,
    demo_accounts: tuple[dict[str, Any], ...] = (),
    begin_anew: Callable[[], None] | None = None,
) -> Antrean:
    """Put the product together on a data folder. Raises what a broken configuration or database raises.

    ``begin_anew`` starts the process again, where a first run may be due; ``apart``: where periods are reckoned.
    """
    writer, reader = open_store(settings, data)
    same_store(writer, reader)
    perform = make_performer(settings, data, writer, clock, sleep)
    apply_structure(perform, settings)
    house = House(
        settings=replace(settings, sites=perform.sites),  # from here on as they are now, not as they were declared
        texts=shown_texts(data),
        reader=reader,
        perform=perform,
        clock=clock,
        secret=perform.secret,
        urn_keys=UrnKeys(data),
        build=assets.build_id(),
        reach=reach,
        off_hub=off_hub,
        periods=period_reader.PeriodReader(apart),
        issued_at_kiosk=kiosk_alarm(settings.server.limits.kiosk_issues_per_minute),
        demo_accounts=demo_accounts,
        proxy_lacks=proxy.Watch(data, clock),
        examine=Examination(data, None if settings.folder is data else settings.folder, clock),
        first_run=FirstRun(data, reader, perform.secret, begin_anew) if begin_anew is not None else None,
        seen=Seen(clock, lambda place, at: SEEN.labels(place.site, place.device).set(at.timestamp())),
    )
    app = _web(house)
    sio = _sockets(app, house)
    note, keeper = reached.Note(data, perform.reached), Keeper(house, process_name())
    return Antrean(app, sio, house, (*_live(house, sio, keeper, sleep), note.run), writer, note, keeper)


def _web(house: House) -> Flask:
    app = Flask("queue_server", static_folder=None, template_folder=None)
    app.jinja_loader = FileSystemLoader([places.PAGES, places.KIOSK_UI, places.DISPLAY_UI])
    app.json.sort_keys = False
    app.ensure_sync = lambda function: function  # nothing here is async, which Flask would ask of each at each request
    app.extensions["house"] = house
    app.extensions["door"] = security.register(app, house)
    compress.register(app)
    logs.register(app)
    errors.register(app, error_page)
    at_work = (public, issuing, finding, counters, by_number, supervising, interruptions, roster, steering, outage)
    surveys = (survey, survey_files, followups)
    of_halls = (*at_work, *surveys, bookings, own_slots, carrying, notices, media, structure, devices, pairing)
    modules = (*of_halls, access, me, accounts, audit, ops, health, setup, openapi, asyncapi, routes, assets)
    for blueprint in (*(module.bp for module in modules), *reporting.BLUEPRINTS, survey.of_all):
        app.register_blueprint(blueprint)
    _templates(app, house)
    return app


def _templates(app: Flask, house: House) -> None:
    pages = bundled(assets.ROOTS)

    def asset(path: str) -> str:
        """The address of a screen's file; of a page's script or sheet, that of the whole bundle."""
        return f"/assets/{house.build}/{pages.get(path, path)}"

    def say(key: str, **values: Any) -> str:
        return texts.fill(g.page_texts[key], values)

    @app.context_processor
    def helpers() -> dict[str, Any]:
        return {"asset": asset, "t": say, "lang": page_language(), "formats": formats}


def _sockets(app: Flask, house: House) -> SocketIO:
    def from_our_page(origin: str, environ: dict[str, Any]) -> bool:
        """As for unsafe requests: a hall's screens come by its own address, whatever the public one is."""
        return security.is_our_page(house, origin, environ)

    return SocketIO(
        app,
        async_mode=house.settings.server.async_mode,
        client_manager=ConsiderateManager(),
        cors_allowed_origins=from_our_page,
        max_http_buffer_size=_SOCKET_MESSAGE_BYTES,
        ping_interval=25,
        ping_timeout=20,
        manage_session=False,
    )


def _live(
    house: House, sio: SocketIO, keeper: Keeper, sleep: Callable[[float], None]
) -> tuple[Callable[[], None], ...]:
    def emit(message: str, document: Any, room: str) -> None:
        sio.emit(message, document, to=room, namespace=socket.NAMESPACE)

    def heard(room: str) -> bool:
        return room in sio.server.manager.rooms.get(socket.NAMESPACE, ())

    sites = house.perform.sites
    workers = {id: SitePublisher(id, sites, emit, house.read, house.with_token, sleep, heard) for id in sites}
    publisher = DevicePublisher(emit)
    following = _following(house, workers, publisher.put)
    screens = socket.attach(sio, house)
    chatter.attach(sio.server, chatter.Chatter(house.settings.server.limits.socket_messages_per_minute))
    for screen in LIVE:
        SOCKETS.labels(screen).set_function(lambda s=screen: sum(k == s for k in screens.kinds.values()))

    def beats() -> None:
        beat.run(list(house.settings.sites), house.read, emit, house.build, sleep)

    def midnight() -> None:
        _midnight(house, sleep)

    me = keeper.process
    left = partial(left_behind.run, house.perform, house.reader, me, sleep)
    seals = partial(sealing.run, house.perform, house.reader, sleep)
    urns = partial(urn_keeping.run, house.perform, house.reader, house.urn_keys, sleep)
    watch = revocation.Watch(house, screens.leases, partial(socket.hang_up, sio, screens))
    runners = _runners(house, me, sleep)
    own = (beats, midnight, left, seals, urns, watch.run, publisher.run, lambda: keeper.run(sleep))
    return (*(w.run for w in workers.values()), *following, *runners, *own, partial(house.examine.run, sleep))


def _runners(house: House, me: str, sleep: Callable[[float], None]) -> tuple[Callable[[], None], ...]:
    """Every follower of the record, at every site; which process really runs it is decided by its lease."""

    def tell(name: str, site: str, seen: Standing) -> None:
        FOLLOWER_LAG.labels(name, site).set(seen.behind)
        FOLLOWER_AT.labels(name, site).set(seen.cursor[1] if seen.cursor else 0)
        FOLLOWER_HERE.labels(name, site).set(seen.held and seen.runner == me)

    keeper = sheets.Keeper(house.reader, house.perform.sites, partial(house.periods.run, house.off_hub), house.off_hub)
    return tuple(
        Runner(
            *(follower, site, me, house.reader, house.perform.aside, house.clock),
            known=house.perform.reached.get,
            tell=tell,
            sleep=sleep,
            at_rest=keeper if follower is stays.FOLLOWER else never,
        ).run
        for site in house.settings.sites
        for follower in FOLLOWERS
    )


def _following(
    house: House, workers: Mapping[str, SitePublisher], of_all_sites: Callable[[list[Event]], None]
) -> tuple[Callable[[], None], ...]:
    """Every commit, whoever made it, goes to its site's worker; ours is told to the other processes."""

    def news(site: str, position: Any) -> Any:
        return news_after(house.reader, site, position)

    def behind(site: str) -> None:
        house.perform(site, lambda tx: None, actor=SYSTEM)  # its first act is to go on from what is left

    puts = {ALL_SITES: of_all_sites} | {id: worker.put for id, worker in workers.items()}
    followers = {id: Follower(id, news, put, house.perform.saw, behind) for id, put in puts.items()}
    for follower in followers.values():
        follower.look()
    url = house.settings.server.message_queue_url
    nudges = _nudges(url, followers, house.seen) if url else None

    def publish(done: Transaction) -> None:
        for event in done.events:
            COMMANDS.labels(done.site_id, event.kind).inc()
        if done.site_id not in followers:
            return  # of a site that left the configuration: nobody here shows it
        followers[done.site_id].committed(done)
        committed(done)
        if nudges:
            nudges.send(done.site_id, done.epoch, done.revision)

    house.perform.publish = publish
    runs = tuple(f.run for f in followers.values())
    return (*runs, nudges.run_sending, nudges.run_listening) if nudges else runs


def _nudges(url: str, followers: Mapping[str, Follower], seen: Seen) -> Nudges:
    """What tells the other processes, and hears them. Raises StoreUnusable without the client library."""

    def heard(site: str, epoch: int, revision: int) -> None:
        if site in followers:
            followers[site].heard(epoch, revision)

    def missed() -> None:
        for follower in followers.values():
            follower.wake()

    try:
        nudges = Nudges(url, heard, missed, seen.heard_elsewhere)
    except ModuleNotFoundError as error:
        raise store.StoreUnusable(f"a message queue needs the package {error.name}: install antrean[redis]") from None
    NUDGED.set_function(lambda: nudges.listening)
    seen.tell = nudges.send_seen
    return nudges


def _midnight(house: House, sleep: Callable[[float], None]) -> None:
    """Open the new day at midnight; by day let in line whose time has come, and release what nobody came for."""
    while True:
        sleep(_MIDNIGHT_CHECK_S)
        for site in house.settings.sites.values():
            try:
                with reading(house.reader, house.perform.sites, site.id, house.clock()) as view:
                    due = view.day is None or day.local_date(view.site, view.now) > view.day or lets_in(view)
                    ripe = is_ripe(view)
                if due or ripe:
                    house.perform(site.id, ripening.ripen if ripe else lambda tx: None, actor=SYSTEM)
            except Exception:
                log.exception("midnight_failed", site=site.id)
