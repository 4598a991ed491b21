"""CSL-JSON (the data of citation processors): an item a document."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, TextIO

from tracker.export.citations import citation_key


def write_csl(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """Items of rows of `columns.DOCUMENTS` (besides them `author`, `language`). An undated document has no `issued`."""
    json.dump([_item(row) for row in rows], stream, ensure_ascii=False, indent=1)
    stream.write("\n")


def _item(row: dict[str, Any]) -> dict[str, Any]:
    item = {
        "id": citation_key(row),
        "type": "webpage" if row["url"] else "document",
        "title": row["title"],
        "author": [{"literal": row.get("author") or row["source"]}],
        "container-title": row["source"],
        "issued": _day(row["published"]),
        "URL": row["url"],
        "accessed": _day(row["retrieved_at"]),
        "archive_location": row["archive_url"],
        "language": row.get("language"),
        "genre": "demo report" if row["demo"] else None,
        "note": f"SHA-256: {row['document_id']}",
    }
    return {name: value for name, value in item.items() if value is not None}


def _day(day: date | None) -> dict[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
