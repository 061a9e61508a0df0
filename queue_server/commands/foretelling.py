"""What a visitor is told of the wait with their number stands in the record, with what it was made of."""

from ..domain.issue_events import Issued
from ..domain.site import Class
from ..store.transaction import Transaction


def tell(tx: Transaction, detail: Issued, service: str, class_: Class) -> None:
    """Write down the range that one who takes a number now is told; None where nothing is known."""
    foretold = tx.foretell(service, class_)
    detail["told"] = [foretold.low_s, foretold.high_s] if foretold else None
    if foretold:
        detail["expected_s"] = foretold.expected_s
