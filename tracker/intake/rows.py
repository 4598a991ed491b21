"""A row of a spreadsheet as a document of its own, with the one event that it tells."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from tracker.domain.kinds import EventKind, Modality, Precision, Role, VesselType
from tracker.domain.names import fold
from tracker.domain.records import DocumentText, ExtractedEvent, ExtractedVessel, Extraction
from tracker.domain.when import Interval, parse_edtf
from tracker.errors import InputError, UsageError
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import Lexicon, flat
from tracker.intake.facts import as_date
from tracker.intake.sheet import SheetRow, words
from tracker.resolve.identity import UNQUOTED
from tracker.resolve.names import bare_name, find_place, find_vessel

MEDIA_TYPE = "text/x-spreadsheet-row"
QUOTED = "import.quoted"
"""Rules of a claim that a row makes: with a sentence of its source, or with nothing but the row's own cells to show for it."""
_SLOT_OF = {EventKind.DEPARTURE: "origin", EventKind.ARRIVAL: "destination"}
"""Kinds whose plain `place` is another slot."""
Words = TypeVar("Words", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class RowReader:
    """What rows are read with: who and where there is, and who speaks where a row doesn't say."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    source: str | None = None
    path: str | None = None

    def read(self, row: SheetRow) -> tuple[DocumentText, Extraction]:
        """The row as a document and what it tells. Raises InputError with what is wrong with it."""
        source = row.get("source") or self.source
        if not source:
            raise InputError("no source; fill its cell, or give --source NAME for all rows")
        document = self._document(row, source)
        interval, kind = _interval(row), _word(row, "kind", EventKind, "kinds")
        if kind is None:
            raise InputError("no kind of event")
        vessel = self._vessel(row, document, interval)
        return document, Extraction(vessels=(vessel,), events=(self._event(row, document, vessel, kind, interval),))

    def _document(self, row: SheetRow, source: str) -> DocumentText:
        text = "\n".join(f"{column}: {cell}" for _, column, cell in row.cells)
        if not row.get("source"):
            text += f"\nsource: {source}"
        published = as_date(row.get("published"))
        if row.get("published") and not published:
            raise InputError(f'published: "{row.get("published")}" is no date; use 2024-12-02')
        return DocumentText(
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            media_type=MEDIA_TYPE,
            path=self.path,
            url=row.get("url"),
            title=row.get("title"),
            source=source,
            published=published,
            published_from="row" if published else None,
            demo=fold(row.get("demo") or "") in ("yes", "true"),
        )

    def _vessel(self, row: SheetRow, document: DocumentText, interval: Interval) -> ExtractedVessel:
        told, key = row.get("vessel") or "", row.get("vessel_key") or ""
        type_ = self._type(row)
        span = _span(row, "vessel") if told else None
        if key.startswith("unnamed/") or re.search(r"\bunnamed$", told) or (not told and not key and type_):
            unnamed = ExtractedVessel("v1", None, _count(row), type_ or VesselType.VESSEL, mention_spans=(span,) if span else ())
            return replace(unnamed, **self._marks(row, None, None))
        if not told and key not in self.gazetteer.vessels.entries:
            raise InputError(f'vessel_key: the register has no "{key}"' if key else "no vessel")
        name, of_prefix, of_hull = bare_name(told, self.lexicon)
        marks = self._marks(row, of_prefix, of_hull)
        entry = self.gazetteer.vessels.entries.get(key) or find_vessel(
            name, self.gazetteer.vessels, type=type_, on=interval.end or document.published, **marks
        )
        if entry is None and not fold(name):
            raise InputError(f'vessel: "{told}" is no name')
        named = ExtractedVessel(
            "v1",
            entry.name if entry else name,
            1,
            type_ or (entry.type if entry else VesselType.VESSEL),
            register=entry.key if entry else None,
            mention_spans=(span,) if span else (),
        )
        return replace(named, **marks)

    def _marks(self, row: SheetRow, of_prefix: str | None, of_hull: str | None) -> dict[str, Any]:
        """What tells a vessel from its namesakes."""
        return {
            "country": self._country(row) or of_prefix,
            "hull": row.get("hull") or of_hull,
            "class_name": row.get("class"),
            "project": row.get("project"),
        }

    def _country(self, row: SheetRow) -> str | None:
        told = row.get("country")
        if not told:
            return None
        if re.fullmatch("[A-Za-z]{2}", told) and told.upper() != "UK":
            return told.upper()
        place = find_place(told, self.gazetteer.places)
        code = self.lexicon.nations.get(flat(told)) or self.lexicon.navies.get(flat(told)) or (place.country if place else None)
        if code is None:
            raise InputError(f'country: "{told}" is no country; use two letters, as in RU')
        return code

    def _type(self, row: SheetRow) -> VesselType | None:
        told = row.get("type")
        if not told:
            return None
        if fold(told).replace(" ", "_") in set(VesselType):
            return VesselType(fold(told).replace(" ", "_"))
        found = self.lexicon.types.get(flat(told))
        if found is None:
            raise InputError(f'type: "{told}" is no vessel type; use {", ".join(VesselType)}')
        return found[0]

    def _event(self, row: SheetRow, document: DocumentText, vessel: ExtractedVessel, kind: EventKind, interval: Interval) -> ExtractedEvent:
        quote = _span(row, "quote") if row.get("quote") else (0, len(document.text))
        role = _word(row, "role", Role)
        slots = {slot: row.get(slot) for slot in ("place", "origin", "destination")}
        if slots["place"] and kind in _SLOT_OF and not slots[_SLOT_OF[kind]]:
            slots[_SLOT_OF[kind]], slots["place"] = slots["place"], None
        places = {slot: find_place(name, self.gazetteer.places) if name else None for slot, name in slots.items()}
        event = ExtractedEvent(
            vessels=(vessel.id,),
            kind=kind,
            interval=interval,
            modality=_word(row, "modality", Modality, "modalities") or Modality.REPORTED,
            evidence=document.text[slice(*quote)],
            span=quote,
            rule=QUOTED if row.get("quote") else UNQUOTED,
            hedge=row.get("hedge"),
            roles=((vessel.id, role),) if role else (),
            vessel_spans=((vessel.id, vessel.mention_spans[0]),) if vessel.mention_spans else (),
        )
        named: dict[str, Any] = {slot: place.name if (place := places[slot]) else name for slot, name in slots.items()}
        return replace(event, **named | {f"{slot}_key": place.key for slot, place in places.items() if place})


def _span(row: SheetRow, field: str) -> tuple[int, int]:
    """Where the cell of a field stands in the text of the row's document."""
    at = 0
    for name, column, cell in row.cells:
        at += len(column) + 2
        if name == field:
            return at, at + len(cell)
        at += len(cell) + 1
    raise KeyError(field)


def _interval(row: SheetRow) -> Interval:
    """The days of a row: of its date, else from its start to its end; neither is undated."""
    told = [(field, row.get(field)) for field in ("date", "start", "end")]
    try:
        day, start, end = (parse_edtf(text) if text else None for _, text in told)
        if day is None and (start or end):
            first, last = (start or end), (end or start)
            day = _between(first.start if first else None, last.end if last else None)
    except UsageError as error:
        raise InputError(f"{'date' if told[0][1] else 'start or end'}: {error}") from None
    except ValueError as error:
        raise InputError(str(error)) from None
    return _precise(day or Interval(None, None, Precision.OPEN), row)


def _between(start: date | None, end: date | None) -> Interval:
    return Interval.day(start) if start and start == end else Interval(start, end, Precision.RANGE if start else Precision.OPEN)


def _precise(interval: Interval, row: SheetRow) -> Interval:
    """An interval with the precision that the row names, where it can be: no row makes a longer interval a day."""
    told = _word(row, "precision", Precision)
    if told is None or interval.start is None or told in (Precision.DAY, Precision.OPEN):
        return interval
    return Interval(interval.start, interval.end, told) if interval.start != interval.end else interval


def _count(row: SheetRow) -> int | None:
    told = row.get("count")
    if told is None:
        return None
    if not re.fullmatch(r"[1-9]\d{0,3}", told):
        raise InputError(f'count: "{told}" is no number of vessels')
    return int(told)


def _word(row: SheetRow, field: str, kind: type[Words], table: str | None = None) -> Words | None:
    """The value of a closed set that a cell says, by its own name or by one of the words in a table of `seeds/spreadsheet.toml`."""
    told = row.get(field)
    if told is None:
        return None
    found = _meanings(kind, table).get(fold(told))
    if found is None:
        raise InputError(f'{field}: "{told}" is not one of {", ".join(kind)}')
    return kind(found)


@cache
def _meanings(kind: type[StrEnum], table: str | None) -> dict[str, str]:
    """Folded word -> the value that it means."""
    said: dict[str, Sequence[str]] = words()[table] if table else {}
    return {fold(word): value.value for value in kind for word in (value, *said.get(value, ()))}
