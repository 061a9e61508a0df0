"""What is kept of a number's holder is erased: beside events, of a booking, and in what staff were answered."""

from sqlalchemy import Connection

from . import bookings, events, private, requests

OWN = ("note", "booking")  # of what is kept beside events, what a visitor may have erased at once


def erase(conn: Connection, site: str, ticket_id: str) -> bool:
    """Whether anything was there to be erased."""
    places = [(one.site, one.epoch, one.revision, one.n) for one in events.of_ticket(conn, ticket_id)]
    gone = private.forget_of(conn, places, OWN)
    if gone:
        requests.forget_texts(conn, site)  # what staff were answered repeats them
    return bookings.forget_code_of(conn, ticket_id) + gone > 0
