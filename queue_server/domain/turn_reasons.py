"""Why somebody was served out of the published order, as it is chosen from a list: kept as long as the record.

Words of one's own lie apart instead, and are purged; none of them stands in any figure or evidence.
"""

from typing import Literal, get_args

CallReason = Literal["back", "complete", "helped"]  # after a missed call; with complete papers; needs to go first
WalkInReason = Literal["short_question", "helped", "sent_here"]
TURN_REASONS: tuple[str, ...] = tuple(dict.fromkeys((*get_args(CallReason), *get_args(WalkInReason))))
