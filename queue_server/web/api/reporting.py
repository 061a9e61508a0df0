"""All that tells figures, and what is written down beside them."""

from . import comparing, demand, evidence, leaders, officers, open_data, origins, registers, reports

BLUEPRINTS = (
    *(evidence.bp, leaders.bp, officers.bp, demand.bp, reports.bp, open_data.bp, registers.bp, comparing.bp),
    origins.bp,
)
