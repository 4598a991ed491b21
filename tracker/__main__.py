"""`python -m tracker`."""

from tracker.cli.app import run

run()
