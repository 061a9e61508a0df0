"""What a slip is made of: a site's and a ticket's document, as far as a slip needs them, and the words."""

from queue_server import places
from queue_server.texts import load

WORDS = load(places.TEXT).section("common", "order", "slip")


def counter(n: int, *services: str) -> dict:
    return {"id": str(n), "name": f"Loket {n}", "tile": str(n), "services": list(services)}


def site(**changes) -> dict:
    """The site's document, as far as a slip needs it."""
    cetak = {
        "id": "ktp-cetak",
        "agency": "dukcapil",
        "zone": "A",
        "name": {"id": "Cetak KTP-el", "en": "ID card printing"},
        "classes": ["regular", "priority"],
        "requirements": {"id": ["KTP lama", "Kartu Keluarga"]},
    }
    return {
        "short_name": "MPP Pandeglang",
        "now": "2026-01-19T03:42:07+00:00",
        "timezone": "Asia/Jakarta",
        "demo": False,
        "wall": {"zones": ["A", "B"]},
        "missed_call": {"return_within_minutes": 30},
        "order": {"priority": 2, "booked": 1, "regular": 1},
        "agencies": [{"id": "dukcapil", "short_name": "Dukcapil"}],
        "services": [cetak | changes.pop("service", {})],
        "counters": [counter(5, "ktp-cetak"), counter(6, "ktp-cetak"), counter(7, "kk-akta"), counter(8, "ktp-cetak")],
    } | changes


def ticket(**changes) -> dict:
    """The ticket's document."""
    return {
        "number": "J058",
        "service": "ktp-cetak",
        "class": "regular",
        "issued_at": "2026-01-19T03:42:07+00:00",
        "people": 1,
        "ahead": 11,
        "people_ahead": 11,
        "estimate": {"low_s": 1540, "high_s": 2090, "minutes": (25, 35), "boxes": (20, 40)},
        "url": "http://192.168.1.10:8000/t/abc",
    } | changes
