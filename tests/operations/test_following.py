"""Where each follower stands is seen: by the doctor, by a command of the shell, and in the metrics of each process."""

import re
from datetime import UTC

import requests
from sqlalchemy import update

from queue_server.followers.runner import Runner
from queue_server.followers.stays import FOLLOWER
from queue_server.operations import doctor
from queue_server.store import cursors, schema
from tests.world.hall import SITE


def follow(hall):
    """Bring the stays up to date."""
    one = Runner(FOLLOWER, SITE, "the server", hall.reader, hall.perform.aside, lambda: hall.now)
    while one.step():
        pass


def said(hall, **options):
    """What the doctor says of followers: ``"warn lebak: stays …"``."""
    found = doctor.examine(hall.settings, hall.folder, lambda: hall.now, **options)
    return [f"{f.level} {f.said}" for f in found if "stays" in f.said]


def test_a_follower_that_has_not_begun_and_one_that_is_level(hall, working):
    assert said(hall) == ["ok lebak: stays has not begun: the server begins it when it starts"]
    working(4)
    follow(hall)
    assert said(hall) == [
        f"ok lebak: stays has followed to revision {hall.revision}, run by the server",
        "ok lebak: the stays of 1 of 1 days are what the events say",
    ]


def test_one_that_lags_is_named_and_after_ten_minutes_warned_of(hall, working):
    working(1)
    follow(hall)
    at = hall.revision
    began = hall.now.astimezone(UTC)
    hall.issue("ktp-cetak")
    (line,) = [line for line in said(hall) if "behind" in line]
    assert line == f"ok lebak: stays is 1 revisions behind, at {at} of {hall.revision}, run by the server"
    hall.later(minutes=11)
    (line,) = [line for line in said(hall) if "behind" in line]
    assert line.startswith("warn lebak: stays is 1 revisions behind")
    assert line.endswith(f"the next is of {began:%Y-%m-%d %H:%M} UTC: see follower_ in the server's log")


def test_stays_that_are_not_what_the_events_say_are_bad_and_how_to_mend_them_is_said(hall, working):
    working(4)
    follow(hall)
    with hall.writer.begin() as conn:
        conn.execute(update(schema.stay).where(schema.stay.c.kind == "service").values(counter="99"))
    wrong = [line for line in said(hall) if line.startswith("bad")]
    assert len(wrong) == 1 and wrong[0].endswith(
        "tickets are not what the events say: queue-server rebuild stays --site lebak"
    )


def test_a_cursor_beyond_the_record_is_bad(hall, working):
    working(1)
    follow(hall)
    with hall.writer.begin() as conn:
        conn.execute(update(schema.follower).values(revision=10_000))
    assert [line for line in said(hall) if line.startswith("bad lebak: stays stands at revision 10000, beyond")]


def test_days_long_past_are_proven_only_when_all_is_asked_for(hall, working):
    working(2)
    follow(hall)
    with hall.writer.begin() as conn:
        conn.execute(update(schema.stay).values(counter="99"))
    for _ in range(2):
        hall.later(days=18)
        hall.issue("ktp-cetak")
    follow(hall)
    assert not [line for line in said(hall) if line.startswith("bad")], "the month's"
    assert [line for line in said(hall, full=True) if line.startswith("bad")]


def test_the_shell_says_where_it_stands_and_writes_it_anew_beside_a_running_server(start_server):
    server = start_server(command="demo")
    kiosk = server.kiosk("lebak")
    for _ in range(3):
        assert kiosk.issue("lebak", "ktp-cetak").status_code == 201
    told = server.cli("followers").splitlines()
    assert [line.split(":")[0] for line in told] == ["lebak  stays (again)", "pandeglang  stays (again)"]
    assert "revision" in told[0] and "run by" in told[0]
    said = server.cli("rebuild", "stays", "--site", "lebak")
    assert said.startswith("lebak: stays of ") and said.endswith(" tickets written anew\n")
    said = server.cli("rebuild", "sheets", "--site", "lebak")  # the demo's days of satisfaction: numbers of months past
    assert re.fullmatch(r"lebak: sheets of [1-9]\d* days written anew\n", said)
    assert kiosk.issue("lebak", "ktp-cetak").status_code == 201
    assert 'antrean_follower_lag_revisions{follower="stays",site="lebak"}' in requests.get(f"{server.url}/metrics").text
    assert "bad" not in [line.split()[0] for line in server.cli("doctor").splitlines() if "stays" in line]


def test_a_lease_s_name_fits_its_column():
    from queue_server.serving.process import process_name

    assert len(process_name()) <= schema.follower.c.runner.type.length
    assert cursors.LEASE.total_seconds() == 15
