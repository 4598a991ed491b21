"""Counts as the store gives them: their SELECT, with named parameters like those of `queries`, and their rows as records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.domain.kinds import Bound, Modality, Precision, VesselType
from tracker.domain.records import StrengthClaim
from tracker.domain.when import Interval
from tracker.store.queries import INSIDE, EventFilter, Query

_COUNTS = """SELECT c.id AS count_id, c.document_id, c.place, c.place_key, p.kind AS place_kind, c.start_day AS start, c.end_day AS "end",
  c.precision, c.edtf, c.count, c.count_most, c.bound, c.what, c.type, c.class_name AS class, c.country, c.subset, c.part_of,
  c.modality, c.hedge, c.quote, c.quote_start, c.quote_end, c.count_start, c.count_end, c.page, c.rule,
  s.name AS source, s.key AS source_key, s.reliability AS grade,
  6 AS credibility, d.title, d.url, d.archive_url, d.published, d.known_from, d.retrieved_at, d.ingested_at, d.demo,
  d.replaced_on, x.value AS withdrawn
FROM strength_claim c JOIN document d ON d.id = c.document_id JOIN source s ON s.key = d.source_key LEFT JOIN place p ON p.key = c.place_key
LEFT JOIN decision x ON x.target_kind = 'document' AND x.action = 'withdraw' AND x.target_id = d.id"""


def counts(f: EventFilter) -> Query:
    """Counts that fit the area, country, source and days of a filter, by day and place; what else it asks for concerns vessels and events."""
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    if f.area:
        conditions.append("c.place_key IN (SELECT key FROM inside)")
        parameters["area"] = f.area
    for column, name, value in (("c.country", "country", f.country), ("s.key", "source", f.source), ("c.type", "type", f.type)):
        if value:
            conditions.append(f"{column} = :{name}")
            parameters[name] = value
    if f.since:
        conditions.append("c.end_day >= :since")
        parameters["since"] = f.since.isoformat()
    if f.until:
        conditions.append("COALESCE(c.start_day, c.end_day) <= :until")
        parameters["until"] = f.until.isoformat()
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    head = INSIDE if f.area else ""
    order = "c.end_day NULLS FIRST, c.start_day NULLS FIRST, c.place, d.published NULLS FIRST, c.document_id, c.count_start, c.id"
    return f"{head}{_COUNTS}\n{where} ORDER BY {order}", parameters


def as_strength(row: Mapping[str, Any]) -> StrengthClaim:
    """The record behind a row of `columns.COUNTS`."""
    same = ("place", "place_key", "count", "count_most", "what", "country", "subset", "part_of", "hedge", "quote", "rule", "page")
    offsets = ("quote_start", "quote_end", "count_start", "count_end")
    return StrengthClaim(
        id=row["count_id"],
        document=row["document_id"],
        bound=Bound(row["bound"]),
        type=VesselType(row["type"]),
        class_name=row["class"],
        interval=Interval(row["start"], row["end"], Precision(row["precision"])),
        modality=Modality(row["modality"]),
        **{name: row[name] for name in (*same, *offsets)},
    )
