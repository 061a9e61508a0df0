"""Figures of periods, reckoned in a process beside the server."""
