"""Rows as pandas frames, with exactly the columns that `domain.columns` lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def frame(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """A frame of rows with these columns, in this order; no rows make an empty frame with the columns."""
    import pandas as pd  # a third of a second: only frames pay it

    return pd.DataFrame([{name: row.get(name) for name in columns} for row in rows], columns=list(columns))
