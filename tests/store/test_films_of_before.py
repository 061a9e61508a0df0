"""Films of before schema 0033, whose length and sound stood packed in the column of their digest."""

import pytest
from sqlalchemy import text

from queue_server.store import media, migrate
from queue_server.store.engine import open_writer
from tests.store.test_upgrades import _at_schema

DIGEST = bytes(range(32)).hex()
PACKED = "video:31200:1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"  # as release 0032 wrote it
INSERT = (
    "INSERT INTO picture (site, id, name, bytes, width, height, digest, by, at) "
    "VALUES ('lebak', :id, 'Layanan', 9, 1280, 720, :digest, 'rina', 1)"
)


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_they_keep_length_sound_and_digest_and_so_does_one_that_a_process_of_before_still_writes(
    store, tmp_path, request
):
    url = f"sqlite:///{tmp_path / 'queue.db'}"
    if store == "postgresql":
        cluster = request.getfixturevalue("postgres")
        url = cluster.url(cluster.create())
    writer = open_writer(url)
    _at_schema(writer, "0032")
    with writer.begin() as conn:
        conn.execute(text(INSERT), [{"id": "film", "digest": PACKED}, {"id": "still", "digest": DIGEST}])
    migrate.migrate(writer)
    with writer.begin() as conn:
        kept = conn.execute(text("SELECT id, digest, ms FROM picture ORDER BY id")).all()
        assert [tuple(row) for row in kept] == [("film", DIGEST, 31_200), ("still", DIGEST, 0)]
        conn.execute(text(INSERT), [{"id": "late", "digest": PACKED}])
        found = {id: (one.ms, one.sound, one.digest) for id, one in media.pictures(conn, "lebak").items()}
    assert found == {"film": (31_200, True, DIGEST), "late": (31_200, True, DIGEST), "still": (0, False, DIGEST)}
    writer.dispose()
