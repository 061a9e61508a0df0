"""Why somebody was served out of the published order, as it is chosen from a list: kept as long as the record.

What is written in one's own words instead lies apart, and is purged; nothing of it stands in any figure or evidence.
"""

from typing import Literal, get_args

CallReason = Literal["back", "complete", "helped"]  # after a missed call; with complete papers; needs to go first
WalkInReason = Literal["short_question", "helped", "sent_here"]
TURN_REASONS: tuple[str, ...] = tuple(dict.fromkeys((*get_args(CallReason), *get_args(WalkInReason))))
