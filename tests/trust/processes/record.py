"""What is on record after a history: read beside the servers, held to the invariants."""

from sqlalchemy import select

from queue_server import settings
from queue_server.domain.fold import Event
from queue_server.store import counters, schema
from queue_server.store.state import rows
from tests.world import fairness, invariants
from tests.world.ledger import check_replay, reading
from tests.world.people import SITE
from tests.world.server import Server


def check_record(server: Server) -> list[Event]:
    """I-1, I-2, I-3, I-5, I-6, I-7, I-8, I-9, I-11 of a hall's events and rows; the events."""
    events = check_replay(server, SITE)
    with reading(server) as conn:
        tickets = sorted(rows(conn, SITE).tickets.values(), key=lambda ticket: ticket.arrival)
        row = conn.execute(select(schema.site).where(schema.site.c.id == SITE)).one()
        seen = invariants.Seen(tickets, events, counters.of_site(conn, SITE), row)
    invariants.i1_numbers_are_unique_and_without_gap(seen)
    invariants.i2_calls_of_a_ticket_are_disjoint(seen)
    invariants.i3_one_ticket_per_counter_and_one_counter_per_officer(seen)
    invariants.i7_nobody_is_lost(seen)
    invariants.i9_only_what_the_table_allows(seen)
    invariants.i11_revisions_have_no_gap_and_calls_are_chained(seen)
    site = settings.load(server.config, environ={}).sites[SITE]
    fairness.i5_first_come_first_called(events, site)
    fairness.i6_every_full_turn_gives_each_class_its_share(events, site)
    return events
