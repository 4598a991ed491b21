"""KML 2.2 (OGC 07-147r2): a Placemark a row, with its time span, its quote and its source; one style a kind of event."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any, TextIO
from xml.sax.saxutils import quoteattr

from tracker.domain.kinds import EventKind
from tracker.domain.phrases import told_modality
from tracker.export.cells import as_text

_COLOURS: dict[EventKind, str] = {
    EventKind.DEPARTURE: "d55e00",
    EventKind.ARRIVAL: "009e73",
    EventKind.TRANSIT: "cc79a7",
    EventKind.IN_PORT: "0072b2",
    EventKind.AT_SEA: "56b4e9",
    EventKind.UNDERWAY: "f0e442",
    EventKind.REPLENISHMENT: "e69f00",
    EventKind.ESCORT: "999999",
}
"""Red, green, blue in hexadecimal; told apart by colour-blind eyes (the set of Okabe and Ito, 2008)."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_kml(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """A Document. A row's `headline` names it, `geometry` places it, `start` and `end` span it in time; its columns are extended data."""
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n')
    for kind, colour in _COLOURS.items():
        stream.write(_style(kind, colour))
    for row in rows:
        stream.write("".join(_placemark(row, columns)))
    stream.write("</Document>\n</kml>\n")


def _style(kind: EventKind, colour: str) -> str:
    bgr = colour[4:] + colour[2:4] + colour[:2]  # KML writes alpha, blue, green, red
    return (
        f'<Style id="{kind}"><IconStyle><color>ff{bgr}</color></IconStyle><LineStyle><color>ff{bgr}</color></LineStyle>'
        f"<PolyStyle><color>55{bgr}</color></PolyStyle></Style>\n"
    )


def _placemark(row: dict[str, Any], columns: Sequence[str]) -> Iterator[str]:
    """The parts of a Placemark, in the order that the schema wants."""
    yield f"<Placemark id={quoteattr(_clean(f'{columns[0]}-{row[columns[0]]}'))}>\n<name>{_text(row['headline'])}</name>\n"
    # a viewer takes a description for HTML, so a mark inside it is escaped once for HTML and once for XML
    yield f"<description>{_text('<br/>'.join(html.escape(line, quote=False) for line in _told(row)))}</description>\n"
    yield _span(row.get("start"), row.get("end"))
    if row.get("kind") in _COLOURS:
        yield f"<styleUrl>#{row['kind']}</styleUrl>\n"
    yield "<ExtendedData>\n"
    for name in columns:
        if row.get(name) is not None:
            yield f"<Data name={quoteattr(name)}><value>{_text(as_text(row[name]))}</value></Data>\n"
    yield f"</ExtendedData>\n{_geometry(row.get('geometry'))}</Placemark>\n"


def _told(row: dict[str, Any]) -> Iterator[str]:
    """What people read of a row: the quote, who says so, how firmly, how old it is."""
    if row.get("demo"):
        yield "DEMO: of an invented source"
    if row.get("quote"):
        yield f"“{row['quote']}”"
    said = ", ".join(as_text(row[name]) for name in ("source", "published") if row.get(name))
    if said:
        yield said
    if row.get("modality"):
        yield told_modality(row["modality"], row.get("hedge"))
    if row.get("as_of"):
        age = f", age {'at least ' if row.get('start') is None else ''}{row['age_days']} days" if row.get("age_days") is not None else ""
        yield f"as of {as_text(row['as_of'])}{age}"


def _span(start: Any, end: Any) -> str:
    """The time span; an undated event has only its end, the day it was known by."""
    days = "".join(f"<{name}>{as_text(day)}</{name}>" for name, day in (("begin", start), ("end", end)) if day)
    return f"<TimeSpan>{days}</TimeSpan>\n" if days else ""


def _geometry(geometry: dict[str, Any] | None) -> str:
    if geometry is None:
        return ""
    if geometry["type"] == "Point":
        return f"<Point><coordinates>{_positions([geometry['coordinates']])}</coordinates></Point>\n"
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    drawn = "".join(
        f"<Polygon><outerBoundaryIs><LinearRing><coordinates>{_positions(outer)}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        for (outer,) in polygons
    )
    return f"{drawn}\n" if len(polygons) == 1 else f"<MultiGeometry>{drawn}</MultiGeometry>\n"


def _positions(positions: Sequence[Sequence[float]]) -> str:
    return " ".join(f"{lon},{lat}" for lon, lat in positions)


def _text(value: str) -> str:
    return html.escape(_clean(value), quote=False)


def _clean(value: str) -> str:
    """Text without the characters that XML can't hold at all."""
    return _NOT_XML.sub("\ufffd", value)
