"""Videos that somebody hands in for walls: decoded and encoded anew, by a process of its own (``worker.py``)."""
