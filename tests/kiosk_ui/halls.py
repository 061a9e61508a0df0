"""Halls that the two malls do not show: one service, open around the clock; counters not called by a number."""

from pathlib import Path

ONE_SERVICE = """
id = "kecil"
name = "Kantor Kecil"
short_name = "Kantor Kecil"
timezone = "Asia/Makassar"
hours = "always"
[[agencies]]
id = "imigrasi"
name = "Kantor Imigrasi"
[[services]]
id = "paspor"
agency = "imigrasi"
prefix = "WM"
name = { id = "Paspor" }
target_minutes = 10
classes = ["regular", "priority", "booked"]
quota = { regular = 1 }
[[counters]]
id = "1"
name = "Loket 1"
agency = "imigrasi"
services = ["paspor"]
"""

#: its counters have letters before their figures, or names
NAMED_COUNTERS = (
    ONE_SERVICE[: ONE_SERVICE.index("[[services]]")].replace("kecil", "bernama")
    + """
[[services]]
id = "wawancara"
agency = "imigrasi"
prefix = "WA"
name = { id = "Wawancara" }
target_minutes = 10
classes = ["regular"]
"""
    + "".join(
        f"""
[[counters]]
id = "{id}"
name = "{name}"
agency = "imigrasi"
services = ["wawancara"]
"""
        for id, name in (("a1", "Loket A1"), ("b1", "Loket B1"), ("w", "Ruang Wawancara"), ("p", "Loket Prioritas"))
    )
)

#: everything a site file can say, and at length
FULL_HALL = (Path(__file__).parent / "full_hall.toml").read_text()
