"""A test that a machine cannot run: passed over where somebody tries it, failed in ``.ci/run``, which promises all."""

import os

import pytest

#: set by ``.ci/run``: a fresh Debian, as root or with a passwordless sudo, lacks nothing that a test needs
EVERY_TEST = "EVERY_TEST"


def lacking(what: str) -> None:
    """End the test: the machine lacks ``what``."""
    if os.environ.get(EVERY_TEST):
        pytest.fail(f"here every test must run: {what}")
    pytest.skip(what)


def needs(there: object, what: str) -> pytest.MarkDecorator:
    """Mark tests that need what is ``there``, if it is; ``what`` says what the machine lacks otherwise."""
    return pytest.mark.skipif(not there and not os.environ.get(EVERY_TEST), reason=what)
