"""GeoJSON (RFC 7946): a Feature a row, a line each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

from tracker.export.json_rows import as_object


def write_geojson(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """A FeatureCollection. A row's `geometry` is its feature's (see `geometry.py`), its first column the id, its columns the properties."""
    stream.write('{"type": "FeatureCollection", "features": [')
    for number, row in enumerate(rows):
        feature = {"type": "Feature", "id": row[columns[0]], "geometry": row.get("geometry"), "properties": as_object(row, columns)}
        stream.write((",\n" if number else "\n") + json.dumps(feature, ensure_ascii=False))
    stream.write("\n]}\n")
