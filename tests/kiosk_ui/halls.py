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

#: closed between two windows of the day, within dates of their own hours
PAUSED = (
    ONE_SERVICE.replace('id = "kecil"', 'id = "jeda"')
    .replace('id = "paspor"', 'id = "izin"')
    .replace('hours = "always"\n', 'hours = { mon = "08:00-15:00" }\n')
    .replace('["paspor"]', '["izin"]')
    + """
[[services]]
id = "titip"
agency = "imigrasi"
prefix = "T"
name = { id = "Titip" }
[[spans]]
name = { id = "Ramadan", en = "Ramadan" }
first_day = 2026-01-01
last_day = 2026-02-01
hours = { mon = ["08:00-11:30", "13:00-16:00"] }
"""
)

#: everything a site file can say, and at length
FULL_HALL = (Path(__file__).parent / "full_hall.toml").read_text()
