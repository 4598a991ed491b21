"""`tracker undo`; what it does stands beside the history."""

from __future__ import annotations

from tracker.cli.history import register_undo as register

__all__ = ["register"]
