"""An index of what happens seldom and is asked for over all days: targets, registers, interruptions.

It takes the place of the registers' own. A process of the release before is slower without that one, and as right.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

_KINDS = (
    *("interruption_begun", "interruption_ended", "interruption_confirmed", "interruption_rejected"),
    *("followup_set", "publication_set", "survey_closed"),
    *("targets_set", "districts_set", "complaints_counted", "set_up"),
)


def upgrade() -> None:
    """The rows stay as they are."""
    seldom = sa.text(f"kind IN ({', '.join(repr(kind) for kind in _KINDS)})")
    op.create_index("event_seldom", "event", ["site", "kind", "day"], sqlite_where=seldom, postgresql_where=seldom)
    op.drop_index("event_register", "event")
