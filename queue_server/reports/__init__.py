"""Figures: every one from events, defined once (``domain/times.py``), the same on screen and in a file."""
