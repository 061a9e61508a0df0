"""All that tells figures, and what is written down beside them."""

from . import open_data, registers, reports

BLUEPRINTS = (reports.bp, open_data.bp, registers.bp)
