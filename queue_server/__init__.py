"""Antrean: queue management and counter displays for public-service malls."""

__version__ = "0.1.0"
