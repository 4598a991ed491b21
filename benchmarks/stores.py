"""Synthetic stores: the register, and as many invented events as asked for."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, text

from tracker.intake.seeding import make_store
from tracker.store.engine import connect, session
from tracker.store.tables import ClaimRow, DocumentRow, EventRow, SourceRow

KINDS = ("departure", "arrival", "in_port", "at_sea", "transit", "underway")
SLOT = {"departure": "origin", "arrival": "destination", "underway": "destination"}


def filled(path: Path, events: int, vessels: int = 5000) -> str:
    """A store of so many events over (at most) so many vessels; returns its URL."""
    url = f"sqlite:///{path}"
    make_store(url)
    rng = random.Random(7)
    with session(url) as work:
        keys = [row[0] for row in work.connection().execute(text("SELECT key FROM vessel ORDER BY key"))][:vessels]
        places = [
            tuple(row) for row in work.connection().execute(text("SELECT key, name FROM place WHERE kind IN ('port', 'naval_base') ORDER BY key"))
        ]
        work.execute(insert(SourceRow), [{"key": "bench", "name": "Bench", "reliability": "F", "note": None}])
        work.execute(
            insert(DocumentRow),
            [
                {
                    "id": "bench",
                    "source_key": "bench",
                    "published": date(2025, 1, 1),
                    "ingested_at": datetime(2025, 1, 1, tzinfo=UTC),
                    "media_type": "text/plain",
                    "demo": False,
                    "text": "It moved.",
                    "page_starts": [],
                    "warnings": [],
                }
            ],
        )
        for begin in range(0, events, 20_000):
            claims, rows = [], []
            for number in range(begin, min(events, begin + 20_000)):
                kind, (key, name), day = rng.choice(KINDS), rng.choice(places), date(2020, 1, 1) + timedelta(days=rng.randrange(1825))
                slot = SLOT.get(kind, "place")
                shared = {
                    "id": f"{number:016x}",
                    "vessel_key": keys[number % len(keys)],
                    "kind": kind,
                    "place": None,
                    "origin": None,
                    "destination": None,
                    "place_key": None,
                    "origin_key": None,
                    "destination_key": None,
                    "start_day": day,
                    "end_day": day,
                    "precision": "day",
                    "edtf": str(day),
                    "modality": "asserted",
                    "hedge": None,
                    "credibility": 6,
                    slot: name,
                    f"{slot}_key": key,
                }
                claims.append(
                    {
                        **shared,
                        "document_id": "bench",
                        "event_id": shared["id"],
                        "act_id": shared["id"],
                        "role": None,
                        "mention": None,
                        "quote": "It moved.",
                        "quote_start": 0,
                        "quote_end": 9,
                        "page": None,
                        "rule": "bench",
                        "confidence": None,
                    }
                )
                rows.append(
                    {
                        **shared,
                        "claim_count": 1,
                        "root_count": 1,
                        "lead_claim_id": shared["id"],
                        "first_published": day,
                        "last_published": day,
                        "status": "open",
                    }
                )
            work.execute(insert(ClaimRow), claims)
            work.execute(insert(EventRow), rows)
        work.connection().execute(text("ANALYZE"))
    connect(url).dispose()
    return url
