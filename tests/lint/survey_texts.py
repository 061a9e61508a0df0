"""The composed texts of surveys (``test_text_keys.py`` holds them against what the screens ask for)."""

from typing import get_args

from queue_server.domain.followups import KINDS
from queue_server.domain.survey import BOUNDS, ELEMENTS, PROFILE, Channel, CostScale
from queue_server.reports.sheet import CAUSES

REQUESTS = ("asked", "issued", "refused", *(f"refused_{cause}" for cause in CAUSES))
OF_ORIGINS = ("answers", "share", "visits", "distance_km", "population", "visits_per_10000", "days")
REASONS = (
    *("not_asked", "unknown_district", "no_such_figure"),
    *("incomplete", "whole_months", "not_over", "same_as_before", "nobody_answered", "helper_served"),
    *("still_to_come", "register_full"),
)
STRUCTURE = {"cost_scale_*": get_args(CostScale), "survey_wording_*": ("plain", "official")}

ASKED = [
    name
    for one in ELEMENTS
    for name in ([f"cost_{scale}" for scale in get_args(CostScale)] if one == "cost" else [one])
]
ANSWERS = [f"{name}_{n}" for name in ASKED for n in range(1, 5)]
AS_PLAIN = ("procedure", "time", "cost_paid", "product", "facilities")  # whose answers are the form's own, too
OF_SURVEYS = {
    "phone": {"rate_*": range(1, 5)},
    "survey": {
        "ask_*": [*ASKED, *ANSWERS],
        "official_*": [
            *ASKED,
            *(one for one in ANSWERS if one not in ("conduct_3", "conduct_4") and one[:-2] not in AS_PLAIN),
        ],
        "profile_*": [*PROFILE],
        "about_*": [f"{name}_{value}" for name, values in PROFILE.items() for value in values],
    },
    "ikm": {
        "element_*": ELEMENTS,
        "grade_*": [name for _, name in BOUNDS],
        "medium_*": KINDS,
        "followup_*": ("planned", "late", "done"),
    },
    "demand": {
        "col_*": (*REQUESTS, *OF_ORIGINS, "column", "means"),
        "means_*": (*REQUESTS, *OF_ORIGINS),
        "cause_*": CAUSES,
        "file_*": ("docx", "xlsx"),
    },
    "survey_results": {"rated_*": range(1, 5), "channel_*": get_args(Channel)},
}
