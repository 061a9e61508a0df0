"""What visitors are told while the machine plays, held against the model's own count."""

from datetime import date

from queue_server.queries.ticket import ticket
from tests.commands.hall import Hall
from tests.commands.model import Model


def places_told_are_places_called(hall: Hall, model: Model, today: date) -> None:
    """Everybody who waits is told how many are really called before them; of nobody else a place is told."""
    real = {t.number: t for t in hall.tickets() if t.day == today}
    told = hall.read(lambda view: {number: ticket(view, t)["ahead"] for number, t in real.items()})
    for visitor in model.visitors:
        expected = model.place_of(visitor) if visitor.state == "waiting" else None
        assert told[visitor.number] == expected, visitor
