"""One server for all the API's and the sockets' tests; each begins with an empty MPP Lebak."""

from collections.abc import Iterator

import pytest

from tests.world.mall import Caller, Mall, open_mall


@pytest.fixture(scope="session")
def mall_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mall]:
    """The server, started once."""
    mall = open_mall(tmp_path_factory.mktemp("mall"))
    yield mall
    mall.server.kill()


@pytest.fixture
def mall(mall_server: Mall) -> Mall:
    """The server, with nobody waiting and every counter closed at MPP Lebak; still Monday at nine."""
    mall_server.begin_anew()
    return mall_server


@pytest.fixture
def kiosk(mall: Mall) -> Caller:
    """MPP Lebak's kiosk."""
    return mall.kiosk


@pytest.fixture
def sari(mall: Mall) -> Caller:
    """Sari, who has opened counter 5 (ktp-perekaman, ktp-cetak)."""
    assert mall.sari.verb("lebak", "5", "open").status_code == 200
    return mall.sari
