"""What the tests of the API share."""

from collections.abc import Iterator

import pytest

from tests.web.office import Office, opened


@pytest.fixture
def office(tmp_path) -> Iterator[Office]:
    """Both malls, and a cast of admins and others, all signed in."""
    with opened(tmp_path) as office:
        yield office
