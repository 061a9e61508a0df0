"""The composed texts of a period's reports: file of texts -> composed key -> what may stand in its gap."""

from typing import get_args

from queue_server.documents.reports import Why
from queue_server.domain.complaints import CHANNELS
from queue_server.reports.by import BY, OFFICER
from queue_server.reports.measure_table import MEASURES
from queue_server.reports.next_step import Family
from queue_server.reports.period_letter import FRONT, LINES_OF_MATTER
from queue_server.reports.sheet import OUTCOMES
from queue_server.web.screens import report_tabs
from tests.lint import text_keys
from tests.lint.privacy_texts import PRIVACY

_MEASURES = [one.name for one in MEASURES]

#: what is wrong with a target, or a line of the register of complaints
OF_REGISTERS = ("no_target", "same_day_twice", "no_such_value", "month_ahead", "more_than_received")

TABS = [name for name, *_ in report_tabs.TABS]

REPORTS: dict[str, text_keys.Families] = {
    **PRIVACY,
    "measures": {
        "measure_*": _MEASURES,
        "means_*": _MEASURES,
        "source_*": {one.source for one in MEASURES},
        "unit_*": {one.unit for one in MEASURES},
        "col_*": ("measure", "code", "unit", "means", "source"),
        "filter_*": ("agency", "service", "counter", "class", "weekday", "hour", "segment", "outcome", "officer"),
        "per_*": (*BY, OFFICER),
        "segment_*": ("citizen", "business", "none"),
        "outcome_*": OUTCOMES,
        "corrected_*": get_args(Why),
    },
    "complaints": {"channel_*": CHANNELS, "col_*": ("received", "in_work", "done")},
    "letter": {
        "subject_*": LINES_OF_MATTER,
        "row_*": FRONT,
        "lead_wait_*": ("less", "more", "same"),
        "next_*": get_args(Family),
        "chart_*": ("day", "week", "month"),
    },
    "period": {
        "tile_*": ("people", "wait_p50_s", "wait_p90_s", "service_in_promise", "no_show_share"),
        "col_*": (
            *("served", "wait_p50_s", "wait_p90_s", "walk_p50_s", "service_p50_s", "service_p90_s", "no_show"),
            *("given_up", "missing", "refused", "overtaken", "open_s", "break_s", "idle_s", "utilisation"),
        ),
        "file_*": ("summary", "services", "counters", "refusals", "interruptions", "fairness", "evidence"),
        "unit_short_*": ("count", "minutes", "points"),
        "mark_*": ("p50", "p90"),
        "aim_*": ("p50", "p90"),
        "shade_*": range(4),
        "course_title_*": ("day", "week", "month"),
        "stage_*": ("asked", "issued", "called", "begun", "served"),
    },
}
