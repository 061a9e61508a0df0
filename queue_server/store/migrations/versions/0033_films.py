"""How long a film lasts and whether it is heard, in columns of their own: they stood packed in the column ``digest``.

Expand only: a process of the release before writes packed rows on (``store/media.py`` reads both), and shows of those
that are not the picture that stands for the film.
"""

import base64
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

_PACKED = "video:"  # then the length in ms, whether anything is heard (0, 1), and the digest in base64


def upgrade() -> None:
    """Pictures do not move; films are unpacked."""
    op.add_column("picture", sa.Column("ms", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("picture", sa.Column("sound", sa.Boolean(), nullable=False, server_default=sa.false()))
    films = list(_films())
    if films:
        unpacked = "UPDATE picture SET digest = :digest, ms = :ms, sound = :sound WHERE site = :site AND id = :id"
        op.get_bind().execute(sa.text(unpacked), films)


def _films() -> Iterator[dict[str, object]]:
    packed = sa.text("SELECT site, id, digest FROM picture WHERE digest LIKE :packed")
    for site, id, kept in op.get_bind().execute(packed, {"packed": f"{_PACKED}%"}):
        ms, sound, short = kept.removeprefix(_PACKED).split(":")
        digest = base64.urlsafe_b64decode(f"{short}=").hex()
        yield {"site": site, "id": id, "digest": digest, "ms": int(ms), "sound": sound == "1"}
