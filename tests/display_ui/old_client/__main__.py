"""``python -m tests.display_ui.old_client``: record the wall of the commit that is checked out."""

import re
import subprocess
import tempfile
from pathlib import Path

from tests.display_ui.old_client import HERE, hall, record

with tempfile.TemporaryDirectory() as place:
    server = hall(Path(place)).start()
    record(server)
    server.stop()
commit = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=True).stdout
readme = HERE / "README.md"
readme.write_text(re.sub(r"commit `\w+`", f"commit `{commit.strip()}`", readme.read_text()))
