"""The tables of what visitors say of the service (``schema.py`` has the others).

The second exception to the record (``contract.md``, Survey): no ticket, no time, no event, no order. Without a rowid:
rows lie in the order of their ids, which are drawn by chance.
"""

from sqlalchemy import Column, Date, Index, LargeBinary, SmallInteger, String, Table, Text

from ..domain.survey import ELEMENTS
from .columns import Id, metadata

survey_mark = Table(  # that a ticket has answered: a hash by a key that is no part of the database, and is destroyed
    "survey_mark",
    metadata,
    Column("site", Id, primary_key=True),
    Column("month", String(7), primary_key=True),  # of the ticket's day: its key goes soon after that month
    Column("mark", String(64), primary_key=True),
    sqlite_with_rowid=False,
)

survey_urn = Table(  # answers that wait until enough of them leave together; sealed by the same keys
    "survey_urn",
    metadata,
    Column("site", Id, primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),  # all of one length
    sqlite_with_rowid=False,
)

survey_answer = Table(
    "survey_answer",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("site", Id, nullable=False),
    Column("month", String(7), nullable=False),
    Column("service", Id),  # null: too few answered of it in that month
    Column("agency", Id),
    Column("channel", String(8), nullable=False),
    Column("cost_scale", String(8), nullable=False),
    Column("wording", String(8), nullable=False),
    *(Column(f"on_{element}", SmallInteger) for element in ELEMENTS),  # 1 to 4; null: skipped, or never tried
    *(Column(name, String(16)) for name in ("sex", "age_band", "education", "occupation")),
    Column("comment", Text),
    Column("comment_until", Date),  # it is deleted on that day
    Index("survey_answer_by_month", "site", "month"),
    sqlite_with_rowid=False,
)

rating = Table(  # one touch after the visit: no survey, and never mixed with one
    "rating",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("site", Id, nullable=False),
    Column("month", String(7), nullable=False),
    Column("service", Id),
    Column("agency", Id),
    Column("score", SmallInteger, nullable=False),
    Index("rating_by_month", "site", "month"),
    sqlite_with_rowid=False,
)

origin_answer = Table(  # from which kecamatan somebody came; no ticket, no day, no hour
    "origin_answer",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("site", Id, nullable=False),
    Column("month", String(7), nullable=False),
    Column("service", Id),
    Column("agency", Id),
    Column("origin", Id, nullable=False),
    Index("origin_answer_by_month", "site", "month"),
    sqlite_with_rowid=False,
)
