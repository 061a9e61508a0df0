"""Rooms are named by ids that the server chose and checked, never by a client's word."""

BEATS = 10  # a beat every ten seconds, spread over as many rooms, so that not all screens answer at once


def board(site: str) -> str:
    """Walls, counter displays and supervisors of a site."""
    return f"board:{site}"


def queue(site: str, service: str) -> str:
    """Phones of those who wait for a service."""
    return f"queue:{site}:{service}"


def desk(site: str, counter: str) -> str:
    """The officer's page of a counter."""
    return f"desk:{site}:{counter}"


def ticket(id: str) -> str:
    """The phone of one ticket's holder."""
    return f"ticket:{id}"


def beat(site: str, slot: int) -> str:
    """The sockets of a site whose beat falls on a second of the ten."""
    return f"beat:{site}:{slot}"


def device(id: str) -> str:
    """The sockets of one enrolled screen."""
    return f"device:{id}"
