"""What a visitor is told of the wait with their number: worked out before it is given, so that the record has it."""

from ..domain.calibration import WaitRange
from ..domain.site import Class
from ..store.transaction import Transaction
from .snapshot import before
from .waits import Waits


def foretold(tx: Transaction, service: str, class_: Class) -> WaitRange | None:
    """What one who takes a number now is told, from the hall as it was before; None where nothing is known."""
    return Waits(before(tx)).foretold_newcomer(service, class_)
