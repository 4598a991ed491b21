"""BibTeX: a @misc entry a document, in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TextIO

from tracker.export.cells import as_text
from tracker.export.citations import citation_key

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_NO_URL = re.compile(r'[\s{}\\"<>^`|\x00-\x1f\x7f]')


def write_bibtex(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """Entries of rows of `columns.DOCUMENTS` (besides them `author`, `language`). The columns asked for don't matter: an entry has its own fields."""
    stream.write("\n".join(f"@misc{{{citation_key(row)},\n{_fields(row)}}}\n" for row in rows))


def _fields(row: dict[str, Any]) -> str:
    published = row["published"]
    fields = {
        "title": f"{{{escaped(row['title'] or 'Untitled')}}}",  # a second pair of braces keeps the capitals of names
        "author": f"{{{escaped(row.get('author') or row['source'])}}}",
        "howpublished": escaped(row["source"]),
        "year": f"{published:%Y}" if published else None,
        "month": str(published.month) if published else None,
        "day": str(published.day) if published else None,
        "url": _url(row["url"]),
        "urldate": f"{row['retrieved_at']:%Y-%m-%d}" if row["retrieved_at"] else None,
        "langid": escaped(row["language"]) if row.get("language") else None,
        "note": escaped(_note(row)) or None,
    }
    return "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)


def _note(row: dict[str, Any]) -> str:
    archived = f"archived at {row['archive_url']}" if row["archive_url"] else ""
    return "; ".join(filter(None, (archived, "demo report of an invented source" if row["demo"] else "", f"SHA-256 {row['document_id']}")))


def escaped(value: Any) -> str:
    """Text as LaTeX prints it: the marks of TeX escaped, line ends as spaces."""
    return "".join(_SPECIAL.get(letter, letter) for letter in _CONTROL.sub(" ", as_text(value)))


def _url(value: str | None) -> str | None:
    """A URL without what would end the field."""
    return _NO_URL.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), value) if value else None
