"""Figures, never tests: `make bench` prints each beside a ratio against a baseline measured in the same run."""
