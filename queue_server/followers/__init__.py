"""What happens after a commit, read from the record: each follower for itself, one process at a time."""

from . import stays
from .follower import Follower

#: every follower of the product; each runs at each site
FOLLOWERS: tuple[Follower, ...] = (stays.FOLLOWER,)
