"""The composed texts of what is personal: file of texts -> composed key -> what may stand in its gap."""

from queue_server.domain.privacy import FIELDS, Ends
from tests.lint import text_keys

_FIELDS = [one.name for one in FIELDS]
PRIVACY: dict[str, text_keys.Families] = {
    "privacy": {
        "field_*": _FIELDS,
        "purpose_*": _FIELDS,
        "ends_*": [one.value for one in Ends],
        "breach_*": ("authority", "people", "count", "nothing", "end"),
    },
}
