"""`--annex`: the machine-readable twin of a report, a folder of its tables with the ids that the report has."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.domain import columns

if TYPE_CHECKING:
    from tracker.report.evidence import Evidence

Row = dict[str, Any]
MORE_OF_EVENTS = ("told", "n", "claim_ids")
"""What the annex adds to an event's columns: its sentence, the numbers of its sources in the report, its claims."""
WHOLE = "report.json"
"""Everything in one file; it also tells which files belong to the annex."""


@contextmanager
def annex(folder: Path, evidence: Evidence, events: Sequence[Row], claims: Sequence[Row], places: Sequence[Row]) -> Iterator[None]:
    """Write the annex beside its place, and put it there when the block ends well; an earlier annex is replaced, other files are never.

    `events`, `claims`, `places`: rows of `columns.EVENTS`, `columns.CLAIMS`, `columns.PLACES` that hold those of the evidence.
    """
    from tracker.export.files import whole_folder

    with whole_folder(folder, _earlier(folder)) as draft:
        _fill(draft, evidence, _full(events, "event_id", evidence.events), _full(claims, "claim_id", evidence.claims), places)
        yield


def _earlier(folder: Path) -> frozenset[str]:
    """The names of the files of an annex that stands there."""
    try:
        named = json.loads((folder / WHOLE).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
    return frozenset(map(str, named)) if isinstance(named, list) else frozenset()


def _full(rows: Sequence[Row], key: str, kept: Sequence[Any]) -> list[Row]:
    """The whole rows of those that are in the evidence, with what the evidence adds to them."""
    by_key = {row[key]: row for row in rows}
    return [by_key[row[key]] | {name: row[name] for name in (*MORE_OF_EVENTS, "grade") if name in row} for row in kept]


def _fill(folder: Path, evidence: Evidence, events: list[Row], claims: list[Row], places: Sequence[Row]) -> None:
    from tracker.cli.chosen import PLACED, located
    from tracker.export import write_bytes
    from tracker.export.separated import guarded
    from tracker.gazetteer.areas import read_areas
    from tracker.resources import resource

    told = (*columns.EVENTS, *MORE_OF_EVENTS)
    tables: dict[str, tuple[Sequence[str], Sequence[Any]]] = {
        "statements": (columns.STATEMENTS, evidence.statements),
        "events": (told, events),
        "claims": ((*columns.CLAIMS, "n"), claims),
        "sources": (columns.REPORT_SOURCES, evidence.sources),
        **{f"table-{name}": table for name, table in evidence.tables.items()},
    }
    for name, (names, rows) in tables.items():
        with (folder / f"{name}.csv").open("wb") as stream:
            write_bytes([{column: guarded(row.get(column)) for column in names} for row in rows], names, "csv", stream)
    on_map = located("events", events, places, read_areas(resource("seeds", "areas.geojson")))
    with (folder / "events.geojson").open("wb") as stream:
        write_bytes(on_map, tuple(dict.fromkeys((*told, *PLACED))), "geojson", stream)
    files = sorted([*(one.name for one in folder.iterdir()), WHOLE])
    whole = {"files": files} | json.loads(evidence.as_bytes()) | {"tables": {name: rows for name, (_, rows) in evidence.tables.items()}}
    (folder / WHOLE).write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
