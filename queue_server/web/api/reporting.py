"""All that tells figures, and what is written down beside them."""

from . import registers, reports

BLUEPRINTS = (reports.bp, reports.of_all, registers.bp)
