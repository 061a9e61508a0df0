"""The made-up past is a true one: its rows are what its events fold to."""

from pathlib import Path

from queue_server import data_folder, settings
from queue_server.domain.replay import replay
from queue_server.store import events, tickets
from tests.world.busy_hall import SITE, write_config
from tests.world.years import past


def test_the_made_up_past_folds_to_its_own_rows(tmp_path: Path) -> None:
    config, data = write_config(tmp_path / "config"), tmp_path / "data"
    past(config, data, 3000)
    writer, reader = data_folder.open_store(settings.load(config, environ={}), data)
    with reader.connect() as conn, conn.begin():
        rows = replay(events.of_site(conn, SITE))
        assert len(rows.tickets) == 3000
        for id, ticket in rows.tickets.items():
            assert tickets.by_id(conn, id) == ticket
    writer.dispose()
    reader.dispose()
