"""Small frames for pictures: an event or a place in a line, and the Tartus story of December 2024."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest

from tracker.domain.columns import EVENTS, PLACES
from tracker.domain.kinds import Precision
from tracker.domain.names import slug
from tracker.domain.records import Area
from tracker.domain.when import Interval


class Frames:
    """Builders of rows with the columns that the store's frames have."""

    as_of = datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC)

    def event(self, vessel: str, kind: str, days: str = "2024-12-02", **more: Any) -> dict[str, Any]:
        """A row of events; `days` is a day, "first..last", "2024-12" or "..last" for an undated claim."""
        start, end, precision = self._days(days)
        row = (
            dict.fromkeys(EVENTS)
            | {
                "vessel_key": f"ru/{slug(vessel)}",
                "vessel": vessel,
                "count": 1,
                "type": "vessel",
                "country": "RU",
                "kind": kind,
                "start": start,
                "end": end,
                "precision": precision,
                "modality": "asserted",
                "credibility": 3,
                "claims": 1,
                "roots": 1,
                "published": end,
                "first_published": end,
                "last_published": end,
                "document_id": "d1",
                "source": "Demo Wire A",
                "demo": True,
            }
            | more
        )
        for slot in ("place", "origin", "destination"):
            if row[slot] and not row[f"{slot}_key"]:
                row[f"{slot}_key"] = slug(row[slot])
        row["event_id"] = row["event_id"] or f"{row['vessel_key']}/{kind}/{days}"
        row["when"] = Interval(start and date.fromisoformat(start), date.fromisoformat(end), Precision(precision)).told()
        return row

    def _days(self, days: str) -> tuple[str | None, str, str]:
        first, _, last = days.partition("..")
        if len(days) == 7:
            month = Interval.month(int(days[:4]), int(days[5:]))
            return str(month.start), str(month.end), "month"
        return (first or None), (last or first), "range" if first and last else "day" if first else "open"

    def place(self, name: str, kind: str, latitude: float | None = None, longitude: float | None = None, **more: Any) -> dict[str, Any]:
        """A row of places."""
        return dict.fromkeys(PLACES) | {"place_key": slug(name), "place": name, "kind": kind, "latitude": latitude, "longitude": longitude} | more

    def events(self, *rows: dict[str, Any]) -> pd.DataFrame:
        """A frame of events."""
        return pd.DataFrame(list(rows), columns=list(EVENTS))

    def places(self, *rows: dict[str, Any]) -> pd.DataFrame:
        """A frame of places; without rows the gazetteer of the story."""
        return pd.DataFrame(list(rows or self.gazetteer()), columns=list(PLACES))

    def gazetteer(self) -> list[dict[str, Any]]:
        """The places of the story."""
        return [
            self.place("Tartus", "naval_base", 34.91, 35.86),
            self.place("Novorossiysk", "naval_base", 44.72, 37.79),
            self.place("Strait of Gibraltar", "strait", 35.96, -5.6),
            self.place("Miyako Strait", "strait", 25.4, 126.2),
            self.place("Naval Station Norfolk", "naval_base", 36.95, -76.33),
            self.place("Bremerton", "port", 47.56, -122.65),
            self.place("Souda Bay", "naval_base", 35.49, 24.12),
            self.place("Suez Canal", "canal", 30.5, 32.35),
            self.place("Mediterranean Sea", "sea", 35.0, 18.0),
            self.place("Baltiysk", "naval_base", 54.65, 19.9),
            self.place("Syrian coast", "coast", 35.3, 35.9),
            self.place("East China Sea", "sea", 29.0, 125.0),
        ]

    def areas(self) -> dict[str, Area]:
        """A coarse outline of one sea."""
        ring = (
            (-5.6, 35.9),
            (-5.0, 36.6),
            (0.0, 39.5),
            (3.2, 43.4),
            (9.0, 44.5),
            (12.5, 41.5),
            (16.0, 38.2),
            (18.5, 40.2),
            (20.0, 39.5),
            (22.0, 36.5),
            (27.0, 36.8),
            (30.0, 36.3),
            (36.3, 36.9),
            (35.9, 34.5),
            (34.2, 31.3),
            (29.0, 30.8),
            (20.0, 30.4),
            (11.0, 33.0),
            (10.0, 37.0),
            (0.0, 35.8),
        )
        return {"mediterranean-sea": Area("mediterranean-sea", (ring,))}

    def tartus(self) -> list[dict[str, Any]]:
        """The withdrawal from Tartus as a list of rows, with movements elsewhere."""
        e = self.event
        oiler = {"type": "oiler", "class": "Altay", "project": "160"}
        frigate = {"type": "frigate", "class": "Gorshkov", "project": "22350"}
        two = {"vessel_key": "unnamed/1", "type": "frigate", "count": 2}
        chinese = {"vessel_key": "cn/nanjing", "country": "CN", "type": "destroyer", "hull": "155", "document_id": "d3", "source": "Demo Wire B"}
        carrier = {"vessel_key": "us/nimitz", "country": "US", "type": "aircraft_carrier", "hull": "CVN-68", "class": "Nimitz"}
        cargo = {"type": "cargo_ship"}
        boat = {"type": "submarine", "project": "06363"}
        return [
            e("Yelnya", "in_port", "2024-11-30..2024-12-01", place="Tartus", **oiler),
            e("Yelnya", "departure", "2024-12-02", origin="Tartus", **oiler),
            e("Yelnya", "in_port", "2024-12-05", place="Tartus", modality="negated", **oiler),
            e("2 × frigate, unnamed", "departure", "2024-12-02", origin="Tartus", modality="reported", hedge="according to", **two),
            e("Admiral Gorshkov", "in_port", "2024-11-30", place="Tartus", **frigate),
            e("Admiral Gorshkov", "at_sea", "2024-12-11..2024-12-12", place="Tartus", modality="reported", **frigate),
            e("Admiral Golovko", "in_port", "2024-11-30", place="Tartus", **frigate),
            e("Admiral Golovko", "at_sea", "2024-12-14", place="Mediterranean Sea", modality="reported", **frigate),
            e("Novorossiysk", "in_port", "2024-11-30", place="Tartus", **boat),
            e("Novorossiysk", "transit", "2024-12-20..2024-12-24", place="Strait of Gibraltar", modality="possible", **boat),
            e("Kildin", "at_sea", "..2024-12-12", place="Syrian coast", type="intelligence_ship"),
            e("Ursa Major", "departure", "2024-12-11", origin="Saint Petersburg", destination="Vladivostok", **cargo),
            e("Ursa Major", "transit", "2024-12-22", place="Strait of Gibraltar", **cargo),
            e("Sparta", "underway", "2024-12-14", destination="Tartus", modality="possible", **cargo),
            e("Sparta", "arrival", "2025-01-05", destination="Tartus", modality="planned", **cargo),
            e("Sparta II", "departure", "2024-12", origin="Baltiysk", destination="Tartus", **cargo),
            e("Nanjing", "transit", "2024-12-18", place="Miyako Strait", **chinese),
            e("Nanjing", "at_sea", "2024-12-20", place="East China Sea", **chinese),
            e("Nimitz", "in_port", "..2024-12-15", place="Naval Station Norfolk", origin="Bremerton", **carrier),
        ]


@pytest.fixture(scope="session")
def frames() -> Frames:
    """The builders."""
    return Frames()
