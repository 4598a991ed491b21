"""Stage 1, tables of movements: the row "2 Dec | HMS Kent | frigate | Arrived | Rota" is read as "2 Dec: frigate HMS Kent arrived at Rota."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.extract.calendar_words import MONTH_WORD, WEEKDAY_WORD
from tracker.gazetteer.lexicon import Lexicon

_SEPARATORS = ("|", "\t", ";", ",", " – ", " — ")
_LINES = re.compile(r"[^\n]+")
_RULE = re.compile(r"[\s|:+-]+")
_DAY = re.compile(
    rf"(?:{WEEKDAY_WORD}[.,]? )?"
    r"(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}(?:[./](?:\d\d){1,2})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -]{MONTH_WORD}\.?(?:[ -](?:\d\d){{1,2}})?"
    rf"|{MONTH_WORD}\.? \d{{1,2}}(?:,? \d{{4}})?)",
    re.IGNORECASE,
)
_HULL = re.compile(r"\((?:[A-Z]{1,4}[- ]?)?\d{1,4}\)")
_HEADS = {
    "day": "date day when",
    "ship": "ship vessel name unit warship",
    "type": "type",
    "act": "event movement action status activity what",
    "port": "port place location where base harbour harbor",
    "origin": "from origin",
    "destination": "to destination",
    "came": "arrived arrival arrives in eta ata",
    "went": "departed departure sailed left departs out etd atd",
}
_COLUMNS = {word: column for column, words in _HEADS.items() for word in words.split()} | {"last port": "origin", "next port": "destination"}
_ACTS = {
    "arrived": "arrival arrived arr arrives in entered called returned berthed docked moored",
    "left": "departure departed dep departs sailed left out sailing",
    "passed": "transit transited passed passage",
}
_CLAUSES = {word: clause for clause, words in _ACTS.items() for word in words.split()}
_CLAUSES |= {
    "entered port": "arrived",
    "in port": "is in",
    "left port": "left",
    "alongside": "is in",
    "at anchor": "is at anchor off",
    "at sea": "is at sea in",
    "deployed": "is deployed in",
}
_Piece = tuple[str, int | None]
"""Words of a sentence, and the number of the cell that they stand for."""
_FEWEST_ROWS, _FEWEST_COLUMNS, _MOST_COLUMNS, _LONGEST_CELL = 3, 3, 9, 60


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a table: where it begins and ends, and its cells with their offsets."""

    start: int
    end: int
    cells: tuple[tuple[int, str], ...]


def movement_tables(text: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """What stands in front of the ship of each row and behind her in a sentence, in their order; her own cell stays as it is."""
    found = sorted(_written_out(text, lexicon))
    return [cut for n, cut in enumerate(found) if not n or cut[0] >= found[n - 1][1]]


def _written_out(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """The rows of all tables, by whatever mark parts their cells."""
    told: set[int] = set()
    for rows in _tables(text):
        if rows[0].start in told:
            continue  # parted by two marks
        headed = _by_head(rows[0])
        columns, body = (headed, rows[1:]) if headed else (_by_content(rows, lexicon), rows)
        written = [(row, pieces) for row in body if (pieces := _pieces(row, columns))] if columns and len(body) >= _FEWEST_ROWS else []
        if written and headed:
            yield rows[0].start, body[0].start, ""
        for row, pieces in written:
            told.add(rows[0].start)
            yield from _laid_out(row, pieces, row.cells[columns["ship"]][0])
            yield row.end, row.end, "."


def _laid_out(row: _Row, pieces: Sequence[_Piece], ship: int) -> Iterator[tuple[int, int, str]]:
    """A row's sentence over its cells: the words of each stand where the cell does, as far as the sentence has them in the order of the row."""
    at, glue = row.start, ""
    for words, number in pieces:
        start, cell = row.cells[number] if number is not None else (-1, "")
        opens = start == row.cells[0][0] or start >= ship  # else the row would begin in its midst
        if start < at or start > ship >= at or not opens:
            glue += words  # of no cell, of one that stands in front, or of one behind the ship, whose own is never moved
            continue
        yield at, start, glue
        if words != cell:
            yield start, start + len(cell), words
        at, glue = start + len(cell), ""
    yield at, row.end, glue


def _tables(text: str) -> Iterator[list[_Row]]:
    """Lines below each other that one mark parts into as many cells."""
    lines = [m.span() for m in _LINES.finditer(text)]
    for mark in _SEPARATORS:
        if text.count(mark) < 2 * _FEWEST_ROWS:
            continue
        table: list[_Row] = []
        for start, end in lines:
            if mark == "|" and table and _RULE.fullmatch(text, start, end):
                continue  # the rule below the head of a Markdown table
            row = _row(text, start, end, mark)
            if table and (row is None or len(row.cells) != len(table[0].cells) or text.count("\n", table[-1].end, start) > 2):
                if len(table) >= _FEWEST_ROWS:
                    yield table
                table = []
            if row:
                table.append(row)
        if len(table) >= _FEWEST_ROWS:
            yield table


def _row(text: str, start: int, end: int, mark: str) -> _Row | None:
    """A line as a row; None where it has too few cells or long ones, as prose has."""
    if not _FEWEST_COLUMNS - 1 <= text.count(mark, start, end) <= _MOST_COLUMNS:
        return None
    cells, at = [], start
    for cell in text[start:end].split(mark):
        plain = cell.strip(" \t*")
        if plain and len(plain) > _LONGEST_CELL:
            return None
        cells.append((at + cell.find(plain) if plain else at, plain))
        at += len(cell) + len(mark)
    if mark == "|":
        cells = cells[not cells[0][1] : len(cells) - (not cells[-1][1])]
    return _Row(start, end, tuple(cells)) if len(cells) >= _FEWEST_COLUMNS else None


def _by_head(row: _Row) -> dict[str, int]:
    """The columns by the names at their heads; none where the head names no ship or nothing that is told of her."""
    columns: dict[str, int] = {}
    for number, (_, cell) in enumerate(row.cells):
        if column := _COLUMNS.get(cell.lower()):
            columns.setdefault(column, number)
    return columns if "ship" in columns and _tells(columns) else {}


def _tells(columns: Mapping[str, int]) -> bool:
    told = columns.keys()
    return {"act", "port"} <= told or {"origin", "destination"} <= told or ({"came", "went"} & told and "port" in told) is True


def _by_content(rows: Sequence[_Row], lexicon: Lexicon) -> dict[str, int]:
    """The columns of a table without a head: one of days, one of acts, one of ships, and one that is left for the port."""
    columns: dict[str, int] = {}
    for number in range(len(rows[0].cells)):
        cells = [row.cells[number][1] for row in rows]
        ships = sum(any(word in lexicon.prefixes for word in cell.split()) or bool(_HULL.search(cell)) for cell in cells)
        if all(map(_DAY.fullmatch, cells)):
            column = "day"
        elif all(cell.lower() in _CLAUSES for cell in cells):
            column = "act"
        elif 2 * ships >= len(cells):
            column = "ship"
        elif all(cell.lower() in lexicon.types for cell in cells):
            column = "type"
        else:
            column = "port"
        if column in columns:
            return {}
        columns[column] = number
    return columns if {"day", "act", "ship", "port"} <= columns.keys() else {}


def _pieces(row: _Row, columns: Mapping[str, int]) -> list[_Piece]:
    """The words of a row's sentence, each with the number of its cell; none where a cell that is needed is empty or tells another act."""
    told = {column: row.cells[number][1] for column, number in columns.items()}
    clause = _clause(told)
    if not told["ship"] or not clause:
        return []
    lead = [("", "day"), (": ", "")] * bool(told.get("day")) + [(told.get("type", "").lower(), "type"), (" ", "")] * bool(told.get("type"))
    words = [*lead, ("", "ship"), (" ", ""), *clause]
    return [(said or told.get(column, ""), columns.get(column)) for said, column in words]


def _clause(told: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a row tells of its ship, with the column of each word: "arrived in Rota", "was on her way from Brest to Rota"."""
    port, origin, destination = (told.get(column, "") for column in ("port", "origin", "destination"))
    if "act" in told:
        act = _CLAUSES.get(told["act"].lower(), "")
        came, left = act == "arrived", act == "left"
        where = "port" if port else "destination" if came and destination else "origin" if not came and origin else ""
        if not act or not where:
            return []
        behind = [(" from ", ""), ("", "origin")] * bool(came and origin) + [(" for ", ""), ("", "destination")] * bool(left and destination)
        return [(act, "act"), (" in " if came else " ", ""), ("", where), *behind]
    if origin and destination and not port:
        return [("was on her way from ", ""), ("", "origin"), (" to ", ""), ("", "destination")]
    came, left = (bool(_DAY.fullmatch(told.get(column, ""))) for column in ("came", "went"))
    if not port or not (came or left):
        return []
    arrived = [("arrived in ", ""), ("", "port"), (" on ", ""), ("", "came")] * came + [(" and ", "")] * (came and left)
    return arrived + [("left ", ""), *([("", "port"), (" ", "")] * (not came)), ("on ", ""), ("", "went")] * left
