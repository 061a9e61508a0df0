"""The structure in the record: saved versions, what holds from which day, and who is told that it has changed."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from queue_server import data_folder, settings
from queue_server.commands import officer, structuring
from queue_server.commands.structuring import Applied, New
from queue_server.domain.errors import Code, QueueError
from queue_server.domain.roles import SYSTEM, Actor, Role
from queue_server.domain.structure import digest_of
from queue_server.operations import checks, site_files
from queue_server.queries import structure as documents
from queue_server.queries.snapshot import reading
from queue_server.store import schema, structures
from tests.world.hall import SARI, SITE, WATI

ADMIN = Actor("admin", Role.ADMIN.only)


def document(hall):
    """The structure in force."""
    return hall.read(documents.version)["structure"]


def edited(hall, base=None, **services):
    """The structure with some values of services replaced: ``edited(hall, paspor_informasi={"prefix": "X"})``."""
    base = base or document(hall)
    by_id = {name.replace("_", "-"): values for name, values in services.items()}
    return {**base, "services": [{**s, **by_id.get(s["id"], {})} for s in base["services"]]}


def save(hall, new, based_on=None, from_day=None, who=ADMIN, source="screen"):
    """Somebody saves a structure, looked at as it is now unless said otherwise."""
    made = New(new, digest_of(new), hall.settings.site_of(new), source)
    base = hall.row().structure if based_on is None else based_on
    return hall.do(who, structuring.save, made, base, from_day)


@contextmanager
def refused_over(hall, *paths):
    """The change is refused since somebody else has changed these."""
    before = hall.revision
    with pytest.raises(QueueError) as refused:
        yield
    assert refused.value.code is Code.STRUCTURE_CHANGED
    assert refused.value.details["paths"] == list(paths)
    assert hall.revision == before


def test_the_first_start_records_the_site_file_as_version_one(hall):
    assert hall.row().structure == 1
    kinds = [e.kind for e in hall.events() if e.kind in ("structure_saved", "configured")]
    assert kinds == ["structure_saved", "configured"]
    assert document(hall) == settings.load(None, environ={}).documents[SITE]


def test_a_change_is_in_force_at_once_and_in_the_same_revision_everywhere(hall):
    before = hall.revision
    assert save(hall, edited(hall, ktp_cetak={"name": "Cetak KTP baru"})) == 2
    assert hall.revision == before + 1
    assert hall.site.services["ktp-cetak"].name["id"] == "Cetak KTP baru"
    assert hall.last(2) == ["structure_saved", "configured"]
    saved = hall.events("structure_saved")[-1]
    assert [c["path"] for c in saved.detail["changes"]] == [["services", "ktp-cetak", "name"]]
    assert hall.read(lambda view: view.stamp())["structure"] == 2
    assert saved.by == "admin"


def test_another_process_loads_it_before_any_rule_runs(hall):
    """One that has not heard of the change: its rules and its reads go by the new structure all the same."""
    other = data_folder.make_performer(hall.settings, hall.folder, hall.writer, clock=lambda: hall.now)
    other(SITE, lambda tx: None)
    assert other.sites[SITE].services["ktp-cetak"].kiosk
    save(hall, edited(hall, ktp_cetak={"kiosk": False}))
    seen = other(SITE, lambda tx: tx.config.services["ktp-cetak"].kiosk).body
    assert seen is False
    third = structures.Structures(hall.settings.sites, hall.settings.site_of)
    with reading(hall.reader, third, SITE, hall.now) as view:
        assert view.site.services["ktp-cetak"].kiosk is False


def test_nothing_changed_is_no_version(hall):
    with hall.changes_nothing():
        assert save(hall, document(hall)) == 1


@pytest.mark.parametrize("who", [SARI, WATI, replace(ADMIN, agencies=frozenset({"dukcapil"}))])
def test_only_an_admin_of_the_whole_site_changes_it(hall, who):
    with hall.refuses(Code.FORBIDDEN):
        save(hall, edited(hall, ktp_cetak={"kiosk": False}), who=who)


def test_the_second_of_two_admins_is_told_what_the_first_has_changed(hall):
    both_saw = document(hall)
    save(hall, edited(hall, both_saw, ktp_cetak={"kiosk": False}))
    with refused_over(hall, "services.ktp-cetak.kiosk"):
        save(hall, edited(hall, both_saw, ktp_cetak={"kiosk": False, "prefix": "XY"}), based_on=1)
    with refused_over(hall):  # another service: nothing of it was touched, but it is not what was looked at
        save(hall, edited(hall, both_saw, kk_akta={"kiosk": False}), based_on=1)
    save(hall, edited(hall, kk_akta={"kiosk": False}))
    assert not hall.site.services["ktp-cetak"].kiosk and not hall.site.services["kk-akta"].kiosk


def test_a_pending_version_takes_effect_with_the_first_command_of_its_day(hall):
    tomorrow = hall.now.date() + timedelta(days=1)
    assert save(hall, edited(hall, ktp_cetak={"quota": {"total": 3}}), from_day=tomorrow) == 2
    assert hall.row().structure == 1 and hall.site.services["ktp-cetak"].quota_total is None
    assert hall.read(lambda view: documents.version(view, tomorrow))["version"] == 2
    hall.later(days=1)
    hall.issue("ktp-cetak")
    assert hall.row().structure == 2 and hall.site.services["ktp-cetak"].quota_total == 3


def test_a_change_is_based_on_what_will_hold_on_its_day(hall):
    """What the shell asks before it saves."""
    tomorrow = hall.now.date() + timedelta(days=1)
    save(hall, edited(hall, ktp_cetak={"quota": {"total": 3}}), from_day=tomorrow)
    days = (None, hall.now.date(), tomorrow, tomorrow + timedelta(days=1))
    assert [hall.do(ADMIN, structuring.head, day) for day in days] == [1, 1, 2, 2]


def test_a_hall_that_slept_over_the_day_wakes_with_the_last_of_what_was_due(hall):
    for days in (1, 2):
        save(
            hall,
            edited(hall, ktp_cetak={"quota": {"total": days}}),
            from_day=hall.now.date() + timedelta(days=days),
            based_on=days,
        )
    hall.later(days=7)
    hall.issue("skck-baru")
    assert (hall.row().structure, hall.site.services["ktp-cetak"].quota_total) == (3, 2)
    assert hall.read(lambda view: structures.pending(view.conn, SITE)) == []


def test_a_change_at_once_is_also_made_in_what_is_pending(hall):
    tomorrow = hall.now.date() + timedelta(days=1)
    save(hall, edited(hall, ktp_cetak={"quota": {"total": 3}}), from_day=tomorrow)
    save(hall, edited(hall, kk_akta={"kiosk": False}))
    hall.later(days=1)
    hall.issue("ktp-cetak")
    services = hall.site.services
    assert (services["ktp-cetak"].quota_total, services["kk-akta"].kiosk) == (3, False)
    numbers = hall.read(lambda view: [(v.version, v.replaced_by) for v in structures.versions(view.conn, SITE)])
    assert numbers == [(4, None), (3, None), (2, 4), (1, None)]


def test_a_change_at_once_of_what_a_pending_version_changes_is_refused(hall):
    save(hall, edited(hall, ktp_cetak={"quota": {"total": 3}}), from_day=hall.now.date() + timedelta(days=1))
    with refused_over(hall, "services.ktp-cetak.quota"):
        save(hall, edited(hall, ktp_cetak={"quota": {"total": 9}}))


@pytest.mark.parametrize("days", [0, -1])
def test_no_version_begins_on_a_day_that_has_begun(hall, days):
    with hall.refuses(Code.INVALID, field="from", reason="not_ahead"):
        save(hall, edited(hall, ktp_cetak={"kiosk": False}), from_day=hall.now.date() + timedelta(days=days))


def test_a_renamed_prefix_in_mid_day_strands_nobody_and_gives_no_number_twice(hall):
    hall.do(SARI, officer.open_counter, "5")
    given = [hall.issue("ktp-cetak").number for _ in range(2)]
    save(hall, edited(hall, ktp_cetak={"prefix": "XY"}))
    given.append(hall.issue("ktp-cetak").number)
    save(hall, edited(hall, ktp_cetak={"prefix": "J"}))
    given.append(hall.issue("ktp-cetak").number)
    assert len(set(given)) == 4
    called = []
    for _ in given:
        hall.do(SARI, officer.call_next, "5")
        called.append(hall.at_hand("5"))
        hall.do(SARI, officer.no_show, "5")
    assert called == given


# -- the site file beside it


def applied(hall, file):
    """What becomes of a site file at a start."""
    new = New(file, digest_of(file), hall.settings.site_of(file), "file")
    return hall.do(SYSTEM, structuring.apply_file, new)


def test_a_file_with_new_content_holds_and_the_same_again_changes_nothing(hall):
    file = edited(hall, ktp_cetak={"kiosk": False})
    assert applied(hall, file) is Applied.IN_FORCE
    assert not hall.site.services["ktp-cetak"].kiosk
    with hall.changes_nothing():
        assert applied(hall, file) is Applied.NOTHING


def test_a_file_changed_beside_what_was_edited_on_screen_neither_wins_nor_is_lost(hall):
    save(hall, edited(hall, ktp_cetak={"kiosk": False}))
    file = edited(hall, settings.load(None, environ={}).documents[SITE], kk_akta={"kiosk": False})
    with hall.changes_nothing():
        assert applied(hall, file) is Applied.KEPT
    assert not hall.site.services["ktp-cetak"].kiosk and hall.site.services["kk-akta"].kiosk
    save(hall, file, who=SYSTEM, source="shell")
    assert hall.site.services["ktp-cetak"].kiosk and not hall.site.services["kk-akta"].kiosk


def test_a_file_beside_a_version_that_waits_for_its_day_is_not_taken_away_by_it_unseen(hall):
    save(hall, edited(hall, ktp_cetak={"kiosk": False}), from_day=hall.now.date() + timedelta(days=1))
    with hall.changes_nothing():
        assert applied(hall, edited(hall, kk_akta={"kiosk": False})) is Applied.KEPT


def test_a_file_that_goes_back_to_what_it_said_is_not_in_force_by_itself(hall):
    first = document(hall)
    assert applied(hall, edited(hall, ktp_cetak={"kiosk": False})) is Applied.IN_FORCE
    with hall.changes_nothing():
        assert applied(hall, first) is Applied.KEPT


def test_a_change_on_screen_survives_a_restart(hall):
    save(hall, edited(hall, ktp_cetak={"kiosk": False}))
    hall.stop()
    hall.start()
    assert hall.row().structure == 2
    assert hall.perform(SITE, lambda tx: tx.config.services["ktp-cetak"].kiosk).body is False


def test_a_newer_release_s_keys_are_left_aside_by_an_older_one(hall):
    """Rolling upgrades: what this release does not know is no reason to stop the hall."""
    with hall.writer.begin() as conn:
        known = conn.execute(select(schema.structure.c.document)).scalar_one()
        conn.execute(
            schema.structure.update().values(
                document={
                    **known,
                    "moon": "full",
                    "agencies": [{**known["agencies"][0], "tide": 3}, *known["agencies"][1:]],
                }
            )
        )
    other = structures.Structures(hall.settings.sites, hall.settings.site_of)
    with reading(hall.reader, other, SITE, hall.now) as view:
        assert view.site.agencies.keys() == hall.site.agencies.keys()


def test_the_version_of_each_day_is_known_afterwards(hall):
    save(hall, edited(hall, ktp_cetak={"name": "Nama kedua"}))
    first_day = hall.now.date()
    hall.later(days=1)
    hall.issue("ktp-cetak")
    save(hall, edited(hall, ktp_cetak={"name": "Nama ketiga"}))
    names = hall.read(
        lambda view: [
            {s["id"]: s for s in documents.version(view, day)["structure"]["services"]}["ktp-cetak"]["name"]
            for day in (first_day, hall.now.date())
        ]
    )
    assert names == ["Nama kedua", "Nama ketiga"]
    assert hall.read(lambda view: documents.version(view, date(2020, 1, 1))) is None


def test_a_version_of_another_history_is_not_taken_for_this_one(hall):
    """After a restore the same number may mean another hall."""
    save(hall, edited(hall, ktp_cetak={"kiosk": False}))
    epoch = hall.row().epoch
    other = structures.Structures(hall.settings.sites, hall.settings.site_of)
    other.learn(SITE, epoch - 1, 2, replace(hall.site, name="Balai yang hilang"))
    with reading(hall.reader, other, SITE, hall.now) as view:
        assert view.site.name == hall.site.name and not view.site.services["ktp-cetak"].kiosk


def test_a_change_at_once_that_does_not_go_with_what_is_pending_is_refused(hall):
    """Each is in order by itself; together two services would have one prefix."""
    tomorrow = hall.now.date() + timedelta(days=1)
    save(hall, edited(hall, ktp_cetak={"prefix": "XY"}), from_day=tomorrow)
    before = hall.revision
    with pytest.raises(QueueError) as refused:
        save(hall, edited(hall, kk_akta={"prefix": "XY"}))
    assert refused.value.code is Code.INVALID and hall.revision == before
    (problem,) = refused.value.details["problems"]
    assert problem["key"].endswith("prefix") and f"from {tomorrow}" in problem["reason"]


def test_an_order_is_changed_within_what_is_pending_too(hall):
    """The order of a service's papers is changed at once; the version of tomorrow keeps all that it says."""
    papers = [{"id": id, "name": id.upper()} for id in ("kk", "akta")]
    save(hall, edited(hall, ktp_cetak={"papers": papers}))
    save(hall, edited(hall, kk_akta={"kiosk": False}), from_day=hall.now.date() + timedelta(days=1))
    save(hall, edited(hall, ktp_cetak={"papers": papers[::-1]}))
    services = len(hall.site.services)
    hall.later(days=1)
    hall.issue("ktp-cetak")
    assert list(hall.site.services["ktp-cetak"].papers) == ["akta", "kk"]
    assert not hall.site.services["kk-akta"].kiosk and len(hall.site.services) == services


def test_a_pending_version_that_is_not_accepted_any_more_does_not_keep_the_hall_shut(hall):
    """An upgrade in the night before: the day opens as the hall is, and the version waits to be seen."""
    tomorrow = hall.now.date() + timedelta(days=1)
    save(hall, edited(hall, ktp_cetak={"kiosk": False}), from_day=tomorrow)
    with hall.writer.begin() as conn:
        pending = schema.structure.update().where(schema.structure.c.version == 2)
        conn.execute(pending.values(document={**document(hall), "order": {}}))
    hall.later(days=1)
    assert hall.issue("ktp-cetak").number
    assert hall.row().day == tomorrow and hall.row().structure == 1
    assert hall.read(lambda view: [v.version for v in structures.pending(view.conn, SITE)]) == [2]
    patient = checks.Patient(hall.settings, hall.folder, "", hall.reader, lambda: hall.now, False)
    assert "version 2 of the structure was to take effect" in "".join(f.said for f in site_files.files(patient))
