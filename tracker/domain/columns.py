"""The one list of column names for rows, frames and exports. Rows are dicts with exactly these keys, in this order.

Dates are ISO text or `date`; times UTC. `place_name` etc. are names for people; `*_key` are keys of the gazetteer or None.
`latitude`/`longitude` are None wherever the place isn't a known point (an area, or unknown): no position is made up.
"""

from __future__ import annotations

EVENTS = (
    "event_id",
    "vessel_key",
    "vessel",
    "count",
    "type",
    "class",
    "project",
    "hull",
    "country",
    "kind",
    "place",
    "origin",
    "destination",
    "place_key",
    "origin_key",
    "destination_key",
    "start",
    "end",
    "precision",
    "edtf",
    "when",
    "modality",
    "hedge",
    "credibility",
    "claims",
    "roots",
    "first_published",
    "last_published",
    "age_days",
    "as_of",
    "document_id",
    "source",
    "title",
    "url",
    "published",
    "quote",
    "quote_start",
    "quote_end",
    "page",
    "rule",
    "confidence",
    "demo",
)
"""One row an event. `vessel` is the name or "2 × frigate, unnamed"; `when` is `Interval.told()`; document_id to confidence are those of
the event's leading claim (the firmest, then the earliest published, then the least id); `demo` whether that document is a demo report."""

VESSELS = (
    "vessel_key",
    "vessel",
    "name",
    "count",
    "type",
    "class",
    "project",
    "hull",
    "country",
    "register_key",
    "last_place",
    "last_place_key",
    "last_kind",
    "last_modality",
    "last_when",
    "last_end",
    "age_days",
    "certainty",
    "events",
    "as_of",
)
"""One row a vessel. `last_*` are those of its latest event that is neither planned nor negated."""

CLAIMS = (
    "claim_id",
    "event_id",
    "document_id",
    "source",
    "source_grade",
    "title",
    "url",
    "archive_url",
    "published",
    "retrieved_at",
    "vessel_key",
    "vessel",
    "mention",
    "kind",
    "place",
    "origin",
    "destination",
    "start",
    "end",
    "precision",
    "edtf",
    "when",
    "modality",
    "hedge",
    "credibility",
    "role",
    "act_id",
    "quote",
    "quote_start",
    "quote_end",
    "page",
    "rule",
    "confidence",
    "demo",
    "age_days",
    "as_of",
)
"""One row a claim."""

PLACES = (
    "place_key",
    "place",
    "kind",
    "country",
    "latitude",
    "longitude",
    "radius_km",
    "parent",
    "water",
    "waters",
    "unlocode",
    "events",
    "last_end",
    "age_days",
    "as_of",
)
"""One row a place. `events` counts those whose slots name it or a place inside it."""

SOURCES = ("source_key", "source", "reliability", "documents", "claims", "events", "first_published", "last_published", "age_days", "as_of")
"""One row a source; reliability F until someone grades it."""

DOCUMENTS = ("document_id", "source", "title", "url", "archive_url", "published", "retrieved_at", "ingested_at", "media_type", "claims", "demo")
"""One row a document."""

WHERE = (
    "vessel_key",
    "vessel",
    "on",
    "certainty",
    "place",
    "place_key",
    "kind",
    "modality",
    "when",
    "age_days",
    "as_of",
    "event_id",
    "source",
    "published",
    "quote",
)
"""One row an answer to "where was it"."""
