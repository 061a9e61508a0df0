"""The office of these tests: made once, put back after each."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from tests.trust.security.office import Office, open_office


@pytest.fixture(scope="session")
def one_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The only one."""
    made = open_office(tmp_path_factory.mktemp("office") / "data")
    yield made
    made.whole.close()


@pytest.fixture
def office(one_office: Office) -> Iterator[Office]:
    """With one visitor waiting and one counter open at each mall; errors alone are logged, as long as the test runs."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    one_office.put_back()
    yield one_office
    structlog.configure(**before)
