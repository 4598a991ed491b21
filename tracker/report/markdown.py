"""A book as Markdown: headings, pipe tables, numbered sources; every text escaped, so that a name stays a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.report.blocks import Block, Book, Bullets, Heading, Line, Paragraph, Picture, Source, Sources, Table, cleaned

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~$&])")


def markdown(book: Book) -> str:
    """The book as text. Figures are left out; their data stands in the tables."""
    book = cleaned(book)
    head = [f"# {_words(book.title)}", "", f"{book.mark}: made from demo reports with invented sources." if book.mark else "", ""]
    facts = ["| | |", "|---|---|", *(f"| {_words(name)} | {_words(value)} |" for name, value in book.facts)]
    body = [line for block in book.blocks for line in ("", *_block(block))]
    lines = [*head, *facts, *body, "", "---", f"{_words(book.running)} · {_words(book.foot)}", ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _block(block: Block) -> Iterable[str]:
    match block:
        case Heading():
            yield f"## {_words(block.text)}"
        case Paragraph():
            yield _line(block.line)
        case Bullets():
            yield from (f"- {_line(line)}" for line in block.lines)
        case Table():
            yield from _table(block)
        case Picture():
            pass
        case Sources():
            for entry in block.entries:
                yield from ("", *_source(entry))


def _words(text: str) -> str:
    """Text whose every character is itself."""
    return _MARKUP.sub(r"\\\1", text)


def _line(line: Line, *, cell: bool = False) -> str:
    parts = [f"**{_words(line.strong)}**"] if line.strong else []
    if line.text:
        parts.append(f"*{_words(line.text)}*" if line.hedged else _words(line.text))
    if line.note:
        parts.append(f"({_words(line.note)})" if cell else f"– {_words(line.note)}")
    if line.refs:
        parts.append("".join(f"\\[{n}\\]" for n in line.refs))
    return " ".join(parts)


def _table(table: Table) -> Iterable[str]:
    yield f"| {' | '.join(_words(column.head) for column in table.columns)} |"
    yield f"|{'|'.join('---:' if column.numeric else '---' for column in table.columns)}|"
    for group in table.groups:
        if group.title:
            yield f"| **{_words(group.title)}** |{' |' * (len(table.columns) - 1)}"
        yield from (f"| {' | '.join(_line(cell, cell=True) for cell in row)} |" for row in group.rows)


def _source(entry: Source) -> Iterable[str]:
    links = "".join(f" <{url}>" for url in (entry.url, entry.archive_url) if url and not re.search(r"[\s<>]", url))
    yield f"**\\[{entry.number}\\] {_words(entry.outlet)}.** {_words(entry.details)}. Grade {entry.grade}.{links}"
    for quoted in entry.quotes:
        where = ", ".join(part for part in (quoted.where, quoted.grade) if part)
        yield f"> “{_words(quoted.text)}”{f' ({where})' if where else ''}"
        yield ">"
