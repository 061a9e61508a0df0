"""These tests share one real server."""

from tests.web.fixtures import kiosk, mall, mall_server, sari

__all__ = ["kiosk", "mall", "mall_server", "sari"]
