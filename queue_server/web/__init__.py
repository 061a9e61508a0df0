"""HTTP: one blueprint per audience, one shape of error, no rule."""
