"""A version that waits for its day is withdrawn: it never takes effect, nor does what it changed in later ones."""

from datetime import timedelta

import pytest

from queue_server.commands import structuring
from queue_server.domain.errors import Code, QueueError
from queue_server.queries import structure as documents
from queue_server.store import structures
from tests.commands.test_structure_versions import ADMIN, document, edited, save
from tests.world.hall import SITE, WATI


def total(hall, service="ktp-cetak"):
    """How many numbers of a service a day has."""
    return hall.site.services[service].quota_total


def test_a_version_that_was_withdrawn_never_takes_effect(hall):
    tomorrow = hall.now.date() + timedelta(days=1)
    save(hall, edited(hall, ktp_cetak={"quota": {"total": 3}}), from_day=tomorrow)
    hall.do(ADMIN, structuring.withdraw, 2, "salah hari")
    assert hall.events("structure_withdrawn")[-1].detail == {"version": 2, "holds": 1}
    assert hall.read(lambda view: structures.pending(view.conn, SITE)) == []
    save(hall, edited(hall, ktp_cetak={"kiosk": False}))  # it is in nobody's way any more
    hall.later(days=1)
    hall.issue("skck-baru")
    assert (hall.row().structure, total(hall)) == (3, None)
    (line,) = [one for one in hall.read(documents.versions)["versions"] if one["version"] == 2]
    assert (line["replaced_by"], line["in_force_at"]) == (1, None)


def test_what_a_withdrawn_version_changed_leaves_the_later_ones_but_for_what_they_changed_again(hall):
    days = [hall.now.date() + timedelta(days=n) for n in (1, 2)]
    first = edited(hall, ktp_cetak={"quota": {"total": 3}, "kiosk": False}, kk_akta={"kiosk": False})
    save(hall, first, from_day=days[0])
    save(hall, edited(hall, first, ktp_cetak={"quota": {"total": 9}}), from_day=days[1], based_on=2)
    hall.do(ADMIN, structuring.withdraw, 2)
    hall.later(days=2)
    hall.issue("skck-baru")
    services = hall.site.services
    assert (total(hall), services["ktp-cetak"].kiosk, services["kk-akta"].kiosk) == (9, True, True)


def test_a_withdrawal_that_a_later_version_cannot_be_without_is_refused_and_changes_nothing(hall):
    """A service that the first one adds is served by a counter that the later one changes."""
    days = [hall.now.date() + timedelta(days=n) for n in (1, 2)]
    now = document(hall)
    first = edited(hall, now, ktp_cetak={"prefix": "XY"})
    save(hall, first, from_day=days[0])
    save(hall, edited(hall, first, kk_akta={"prefix": now_prefix(now, "ktp-cetak")}), from_day=days[1], based_on=2)
    before = hall.revision
    with pytest.raises(QueueError) as refused:
        hall.do(ADMIN, structuring.withdraw, 2)
    assert refused.value.code is Code.INVALID and "prefix" in refused.value.details["problems"][0]["key"]
    assert hall.revision == before


def now_prefix(made, service):
    """The prefix of a service in a structure."""
    return next(one["prefix"] for one in made["services"] if one["id"] == service)


def test_only_a_version_that_waits_is_withdrawn_and_only_by_an_admin(hall):
    tomorrow = hall.now.date() + timedelta(days=1)
    save(hall, edited(hall, ktp_cetak={"kiosk": False}), from_day=tomorrow)
    for who, version, code in (
        (WATI, 2, Code.FORBIDDEN),
        (ADMIN, 9, Code.NOT_FOUND),
        (ADMIN, 1, Code.STRUCTURE_CHANGED),
    ):
        with pytest.raises(QueueError) as refused:
            hall.do(who, structuring.withdraw, version)
        assert refused.value.code is code
    hall.do(ADMIN, structuring.withdraw, 2)
    with pytest.raises(QueueError, match="structure_changed"):
        hall.do(ADMIN, structuring.withdraw, 2)
