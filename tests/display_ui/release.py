"""Another release: the same server telling another build, to try an upgrade.

``TEST_SABOTAGE=display_ui.release.tells`` makes it say that it is the build ``TEST_BUILD``.
"""

import os


def tells() -> None:
    """The server says that it is the build ``TEST_BUILD``."""
    from queue_server.web.http import assets

    told = os.environ["TEST_BUILD"]
    assets.build_id = lambda: told
