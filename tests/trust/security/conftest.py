"""The office of these tests: made once, put back after each."""

from collections.abc import Iterator

import pytest

from tests.trust.security.office import Office, open_office


@pytest.fixture(scope="session")
def one_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The only one."""
    made = open_office(tmp_path_factory.mktemp("office") / "data")
    yield made
    made.whole.close()


@pytest.fixture
def office(one_office: Office) -> Office:
    """With one visitor waiting and one counter open at each mall."""
    one_office.put_back()
    return one_office
