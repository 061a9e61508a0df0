"""What lies sealed in a hall of the tests: its keys, its notes, and the nights on which keys are destroyed."""

from queue_server import data_folder
from queue_server.domain.roles import SYSTEM
from queue_server.operations import purging
from queue_server.queries.notes import notes_of
from queue_server.store import keyring
from tests.world.hall import Hall


def notes(hall: Hall, ticket: str) -> list[str]:
    """The notes about a ticket, as whoever serves it reads them."""
    return [one["text"] for one in hall.read(lambda view: notes_of(view, ticket))]


def ring_of(hall: Hall) -> keyring.Keyring:
    """The keys of the hall's data folder."""
    return data_folder.keys_of(hall.settings, hall.folder)


def purge(hall: Hall) -> purging.Purged:
    """What the timer does at night."""
    return purging.purge(hall.perform, ring_of(hall), hall.folder, hall.now)


def go_on_until(hall: Hall, days: int) -> None:
    """So many days later, with a command each month: else the clock would not be believed."""
    for some in (*([30] * (days // 30)), days % 30):
        hall.later(days=some)
        hall.do(SYSTEM, lambda tx: None)  # opens the day
