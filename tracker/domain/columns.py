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
    "status",
)
"""One row an event. `vessel` is the name or "2 × frigate, unnamed"; `when` is `Interval.told()`; document_id to confidence are those of
the event's leading claim (the firmest, then the earliest published, then the least id); `demo` whether that document is a demo report;
`status` what people said of its claims: open, partly accepted, accepted."""

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
    "decided",
    "age_days",
    "as_of",
)
"""One row a claim. `decided`: accept or edit where a person did so; empty where nobody looked."""

COUNTS = (
    "count_id",
    "document_id",
    "place",
    "place_key",
    "told",
    "count",
    "count_most",
    "bound",
    "what",
    "type",
    "class",
    "country",
    "subset",
    "part_of",
    "start",
    "end",
    "precision",
    "edtf",
    "when",
    "modality",
    "hedge",
    "source",
    "grade",
    "title",
    "url",
    "published",
    "quote",
    "quote_start",
    "quote_end",
    "count_start",
    "count_end",
    "page",
    "rule",
    "demo",
    "age_days",
    "as_of",
)
"""One row a count that one document tells. `told` is the number with its bound ("at least 12"), `what` the words for what is counted, `subset` a
set that neither type nor country tells; `part_of` the count_id of the whole."""

COMPARED = (
    "count_id",
    "place",
    "place_key",
    "told",
    "count",
    "count_most",
    "bound",
    "what",
    "type",
    "class",
    "country",
    "subset",
    "part_of",
    "when",
    "start",
    "end",
    "compared_on",
    "gap_days",
    "named",
    "perhaps",
    "unnamed",
    "verdict",
    "why",
    "vessels",
    "vessels_perhaps",
    "event_ids",
    "modality",
    "hedge",
    "source",
    "grade",
    "published",
    "quote",
    "document_id",
    "age_days",
    "as_of",
)
"""One row a count beside the vessels that our events name there. `compared_on`: the day on which both are looked at; `gap_days`: from it to
the day asked about; `named`: vessels that are of the counted sort and there; `perhaps`: those that may be of it, or may be there; `unnamed`: of
the records without a name that are there, the least number of ships."""

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

DOCUMENTS = (
    "document_id",
    "source",
    "title",
    "url",
    "archive_url",
    "published",
    "retrieved_at",
    "ingested_at",
    "media_type",
    "claims",
    "demo",
    "state",
    "known_from",
    "until",
    "replaced_by",
)
"""One row a document. `claims`: those that stand; `state`: current, replaced or withdrawn; `known_from`: the first day on which it stood,
`until`: the first on which it no longer did; `replaced_by`: the next version of its page."""

VERSION_CHANGES = (
    "old_document_id",
    "new_document_id",
    "what",
    "vessel_key",
    "vessel",
    "kind",
    "slots",
    "old_claim_id",
    "new_claim_id",
    "old_quote",
    "new_quote",
    "decided",
    "report_ids",
    "reports",
)
"""One row a claim of two versions of a document. `what`: gone, new, changed, same; `slots`: what changed, "date: 2 Dec 2024 -> 4 Dec 2024";
`decided`: what a person said of the old one; `reports`: those in which the old one was printed."""

CLASHES = (
    "vessel_key",
    "vessel",
    "slot",
    "said",
    "record",
    "in_register",
    "degree",
    "documents",
    "sources",
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
)
"""One row a value that documents say of a vessel and its record doesn't hold. `slot`: type, class, project, hull, country; `degree`: clash, or near
where both words may mean one ship; `documents`, `sources`: how many say so; the rest is of the one that said so last."""

REPORTS = ("report_id", "kind", "title", "file", "made_at", "of_time", "known_on", "options", "events", "claims", "stale")
"""One row a report that was made. `of_time`: the clock it was made for; `events`, `claims`: how many are in it; `stale`: how many of its claims
no longer stand."""

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
    "next_event_id",
    "next_when",
    "next_place",
    "silent_from",
    "silent_until",
    "status",
)
"""One row an answer to "where was it". `next_*`: the first event after; `silent_*`: the days around the one asked about that no report tells of."""

_VESSEL = ("vessel_key", "vessel", "count", "type", "class", "hull", "country")
_EVIDENCE = (
    "place",
    "place_key",
    "kind",
    "modality",
    "hedge",
    "when",
    "start",
    "end",
    "age_days",
    "as_of",
    "event_id",
    "source",
    "published",
    "quote",
)

PRESENCE = (
    "vessel_key",
    "vessel",
    "first",
    "last",
    "days",
    "state",
    "certainty",
    "place",
    "place_key",
    "began",
    "ended",
    "contested",
    "events",
    "as_of",
)
"""One row a segment of a vessel's lane. `began`, `ended`: the days on one of which a told move opened or closed it; empty where nobody tells."""

FLEET = (*_VESSEL, "on", "certainty", "gap_days", *_EVIDENCE)
"""One row a vessel in an area on a day. `gap_days`: from the end of the event to that day; `age_days`: to as-of."""

DIFFERENCE = (*_VESSEL, "change", "first_on", "first_certainty", "first_event_id", "last_on", "last_certainty", "last_event_id", *_EVIDENCE)
"""One row a vessel whose presence in an area was asked of two days; the evidence is that of the change."""

UNSEEN = (*_VESSEL, "on", "unseen_days", "water", "watched_days", *_EVIDENCE)
"""One row a vessel not told of for days. `watched_days`: on how many of them some report told of the water in which it was last."""

DEPLOYMENTS = (*_VESSEL, "home_port", "on", "days_least", "days_most", "days_in_area", "since_when", "since_event_id", *_EVIDENCE)
"""One row a vessel away from its home port; the evidence is that of its latest event. `days_most` is empty where its departure isn't on record."""

CONFLICTS = (
    "vessel_key",
    "vessel",
    "type",
    "country",
    "what",
    "first_when",
    "first_place",
    "first_modality",
    "second_when",
    "second_place",
    "second_modality",
    "least_nm",
    "hours",
    "needed_kn",
    "passages",
    "age_days",
    "as_of",
    "first_event_id",
    "first_source",
    "first_quote",
    "second_event_id",
    "second_source",
    "second_quote",
)
"""One row two events of one vessel that don't go together. `least_nm`: by sea, at least; `hours`: at most; `age_days`: of the later event."""

TRANSITS = (*_VESSEL, "strait", "towards", "direction", "since_last_days", "days_inside", "days_limit", "still_inside", *_EVIDENCE)
"""One row a passage. `direction`: whether the report tells which way, or the places before and after do; `days_inside`: what Montreux counts."""

GROUPS = ("group", "size", "vessels", "vessel_keys", "times", "first", "last", "age_days", "as_of", "events", "chained")
"""One row a group of vessels told together. `times`: how often each two that tie it together were, at least; `chained`: not every two were."""

HISTORY = ("review_id", "at", "who", "action", "target_kind", "target_id", "what", "why", "undone")
"""One row a decision of a person, the latest first. `what`: the rows it changed, counted; `undone`: whether it was taken back."""

QUEUE = (
    "claim_id",
    "event_id",
    "urgency",
    "confidence",
    "vessel_key",
    "vessel",
    "kind",
    "place",
    "origin",
    "destination",
    "when",
    "start",
    "end",
    "modality",
    "hedge",
    "rule",
    "source",
    "title",
    "published",
    "quote",
    "quote_start",
    "quote_end",
    "document_id",
)
"""One row a claim that nobody has reviewed, the most urgent first. `urgency`: (1 - confidence) times the weight of what it tells."""

CANDIDATES = (*_VESSEL, "fits", "why", "least_nm", "needed_kn", "before_event_id", "after_event_id")
"""One row a vessel that an unnamed one may be. `fits`: there, near, possible, unknown, too far; `needed_kn`: the speed of the harder leg."""

STATEMENTS = ("statement_id", "section", "text", "n", "events")
"""One row a line of a report that rests on events: `n` are the numbers printed with it, `events` the ids behind it."""

REPORT_EVENTS = (
    "event_id",
    "vessel_key",
    "vessel",
    "kind",
    "place",
    "origin",
    "destination",
    "start",
    "end",
    "precision",
    "modality",
    "hedge",
    "status",
    "told",
    "n",
    "claim_ids",
)
"""One row an event of a report: `told` is its sentence, `n` the numbers of its sources there."""

REPORT_CLAIMS = (
    "claim_id",
    "event_id",
    "n",
    "source",
    "grade",
    "title",
    "published",
    "modality",
    "hedge",
    "when",
    "quote",
    "page",
    "rule",
    "decided",
    "demo",
    "document_id",
    "quote_start",
    "quote_end",
)
"""One row a claim behind a report; `n` is the number of its document there."""

REPORT_SOURCES = ("n", "document_id", "source", "title", "published", "retrieved", "url", "archive_url", "grades", "demo")
"""One row a numbered document of a report."""

EXPLAINED = (
    "statement_id",
    "text",
    "event_id",
    "told",
    "claim_id",
    "n",
    "source",
    "grade",
    "published",
    "modality",
    "hedge",
    "quote",
    "page",
    "rule",
)
"""One row a claim behind a statement of a report; `told` is the sentence of its event."""
