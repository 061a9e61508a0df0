"""A day in fast motion: believable visitors and officers drive a running server through its public contract."""
