"""The displays in a real browser."""

import pytest

from tests.display_ui.hall import Hall, site_info


@pytest.fixture
def new_hall(chromium):
    """Makes halls; at the end none may have an error in its console."""
    contexts = []
    halls = []

    def make(site="pandeglang", size=(1920, 1080), **changes):
        options = {
            "viewport": {"width": size[0], "height": size[1]},
            "reduced_motion": changes.pop("reduced_motion", None),
        }
        contexts.append(chromium.new_context(**options))
        halls.append(Hall(contexts[-1].new_page(), site_info(site, **changes)))
        return halls[-1]

    yield make
    faults = [fault for hall in halls for fault in hall.faults]
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def hall(new_hall):
    return new_hall()
