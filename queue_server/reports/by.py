"""By what the lines of a report may be told."""

BY = ("day", "week", "month", "weekday", "hour", "agency", "service", "counter", "class", "segment", "outcome", "paper")

OFFICER = "officer"  # whose figures are told to few: ``reports/officers.py``
PAPER = "paper"  # that was missing: nothing else is told by one
