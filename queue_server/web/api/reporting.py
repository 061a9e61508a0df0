"""All that tells figures, and what is written down beside them."""

from . import comparing, evidence, leaders, officers, open_data, registers, reports

BLUEPRINTS = (evidence.bp, leaders.bp, officers.bp, reports.bp, open_data.bp, registers.bp, comparing.bp)
