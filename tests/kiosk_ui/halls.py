"""Halls that the two malls do not show: one agency, one service, open around the clock."""

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
