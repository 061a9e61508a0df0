"""By what the lines of a report may be told."""

BY = ("day", "week", "month", "weekday", "hour", "agency", "service", "counter", "class", "segment")
