"""All that tells figures, and what is written down beside them."""

from . import comparing, evidence, open_data, registers, reports

BLUEPRINTS = (evidence.bp, reports.bp, open_data.bp, registers.bp, comparing.bp)
