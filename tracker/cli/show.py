"""What the list commands share: choosing columns, sorting, limiting, writing, and the line that tells the clock."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.domain.shown import shown
from tracker.domain.when import told_age
from tracker.errors import NothingFound, UsageError

if TYPE_CHECKING:
    from tracker.store.reader import Reader

Row = dict[str, Any]
_GRADED = frozenset({"said", "reliability"})  # columns of people's tables that show a grade


def width() -> int:
    """Columns of the terminal."""
    return shutil.get_terminal_size((100, 24)).columns


def fitting(wide: Sequence[tuple[str, str]], narrow: Sequence[tuple[str, str]], columns: int) -> Sequence[tuple[str, str]]:
    """The wide table in a pipe and on a terminal of at least so many columns, else the narrow one."""
    return wide if not sys.stdout.isatty() or width() >= columns else narrow


def arranged(rows: list[Row], sort: str | None, limit: int | None, columns: Sequence[str]) -> list[Row]:
    """Rows in the order and number asked for; unknown values come last. Raises UsageError for a column that isn't there."""
    if sort:
        name, reverse = sort.removeprefix("-"), sort.startswith("-")
        if name not in columns:
            raise UsageError(f"--sort: no column {name!r}; there are {', '.join(columns)}")
        known = [row for row in rows if row.get(name) is not None]
        rows = [*sorted(known, key=lambda row: _sortable(row[name]), reverse=reverse), *(row for row in rows if row.get(name) is None)]
    return rows[:limit] if limit else rows


def _sortable(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def show(
    rows: list[Row], *, how: str, columns: Sequence[str], table: Sequence[tuple[str, str]], clock: str, nothing: str, note: str = "rows"
) -> None:
    """Write rows to stdout. `table`: (heading, column) of what people see. Raises NothingFound with `nothing` where there are no rows."""
    from tracker.export import write

    if not rows:
        raise NothingFound(nothing)
    if how != "table":
        write(rows, columns, how, sys.stdout)
        return
    write([{head: row.get(column) for head, column in table} for row in rows], [head for head, _ in table], "table", sys.stdout)
    tell(f"{counted(len(rows), note)} · {clock}")
    if _GRADED & {column for _, column in table}:
        tell_grades(rows)


def grade_of(row: Row) -> str:
    """The grade that a row shows: "B2" for what a source told, "B" for a source."""
    return f"{row.get('grade') or row.get('source_grade') or row.get('reliability') or ''}{row.get('credibility') or ''}"


def tell_grades(rows: Sequence[Row]) -> None:
    """What the grades of some rows mean, on stderr; nothing for no row."""
    from tracker.domain.grades import legend

    if rows:
        tell(f"grades: {legend({grade_of(row) for row in rows})}")


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 vessel", "2 vessels", "1 clash"."""
    ending = "es" if noun.endswith(("shes", "ches", "sses", "xes")) else "s"
    return f"{number} {noun.removesuffix(ending) if number == 1 else noun}"


def told_clock(reader: Reader, known_on: date | None = None) -> str:
    """The clocks of an answer: "as of 2024-12-08 23:59 UTC · newest report 6 Dec 2024", with what was known on a day where that was asked."""
    newest = reader.cut_off(known_on)
    known = f" · by what was published until {day(known_on)}" if known_on else ""
    last = f"newest report {day(newest)}" if newest else "newest report undated" if reader.holds_documents() else "no report in the store"
    return f"as of {reader.as_of:%Y-%m-%d %H:%M} UTC{known} · {last}"


def tell(line: str) -> None:
    """Talk, on stderr; on a terminal no word is broken at its edge."""
    print(talked(shown(line)), file=sys.stderr)


def talked(words: str) -> str:
    """Talk for stderr: on a terminal each line in as many as it needs, those after the first set in."""
    return "\n".join(map(_folded, words.split("\n"))) if sys.stderr.isatty() else words


def _folded(line: str) -> str:
    if len(line) <= width():
        return line
    import textwrap

    set_in = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.fill(line, max(20, width() - 1), subsequent_indent=set_in, break_long_words=False, break_on_hyphens=False)


def aged(row: Row, days: str = "age_days", start: str = "start") -> str:
    """An age for people: "12 d", "≥ 12 d" for an undated claim, "ahead" for what begins, or is first known, after as-of."""
    begin: date | None = row.get(start)
    if lies_ahead(row, begin or row.get(start.replace("start", "end"))):
        return "ahead"
    return told_age(row[days], at_least=begin is None) if row.get(days) is not None else ""


def since_last(row: Row, last: str) -> str | None:
    """An age for people of the last day in a column, such as that of a place's latest event: "12 d", "ahead" after as-of."""
    if lies_ahead(row, row.get(last)):
        return "ahead"
    return told_age(row["age_days"]) if row["age_days"] is not None else None


def lies_ahead(row: Row, day: date | None) -> bool:
    """Whether a day is after the clock of a row."""
    return bool(day and row.get("as_of") and day > row["as_of"].date())


def day(value: date | None) -> str:
    """A day for people."""
    return f"{value.day} {value:%b %Y}" if value else "undated"
