"""Satisfaction surveys: marks, the urn, answers, quick ratings; and an index of the registers kept about them.

Expand only: a process of the release before takes no answers, and its pages ask for none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

_ELEMENTS = (
    "requirements",
    "procedure",
    "time",
    "cost",
    "product",
    "competence",
    "conduct",
    "complaints",
    "facilities",
)
_REGISTERS = sa.text("kind IN ('followup_set', 'publication_set', 'survey_closed')")


def _must(name: str, most: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(most), nullable=False)


def upgrade() -> None:
    """Nobody has answered yet."""
    op.create_table(
        "survey_mark",
        *(_must("site", 64), _must("month", 7), sa.Column("mark", sa.String(64), nullable=False)),
        sa.PrimaryKeyConstraint("site", "month", "mark"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_urn",
        *(_must("site", 64), _must("month", 7), _must("id", 32), sa.Column("sealed", sa.LargeBinary(), nullable=False)),
        sa.PrimaryKeyConstraint("site", "month", "id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_answer",
        *(
            _must("id", 32),
            _must("site", 64),
            _must("month", 7),
            sa.Column("service", sa.String(64)),
            sa.Column("agency", sa.String(64)),
        ),
        *(sa.Column(name, sa.String(8), nullable=False) for name in ("channel", "cost_scale", "wording")),
        *(sa.Column(f"on_{element}", sa.SmallInteger()) for element in _ELEMENTS),
        *(sa.Column(name, sa.String(16)) for name in ("sex", "age_band", "education", "occupation")),
        *(sa.Column("comment", sa.Text()), sa.Column("comment_until", sa.Date())),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("survey_answer_by_month", "survey_answer", ["site", "month"])
    op.create_table(
        "rating",
        *(
            _must("id", 32),
            _must("site", 64),
            _must("month", 7),
            sa.Column("service", sa.String(64)),
            sa.Column("agency", sa.String(64)),
        ),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("rating_by_month", "rating", ["site", "month"])
    columns = ["site", "epoch", "revision"]
    op.create_index("event_register", "event", columns, sqlite_where=_REGISTERS, postgresql_where=_REGISTERS)
