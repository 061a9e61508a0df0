"""The composed texts of surveys (``test_text_keys.py`` holds them against what the screens ask for)."""

from typing import get_args

from queue_server.domain.survey import CostScale

REASONS = (
    *("incomplete", "whole_months", "not_over", "same_as_before", "nobody_answered", "helper_served"),
    *("still_to_come", "register_full"),
)
STRUCTURE = {"cost_scale_*": get_args(CostScale), "survey_wording_*": ("plain", "official")}
