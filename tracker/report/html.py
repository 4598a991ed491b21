"""A book as one HTML file that needs nothing else: figures inside, real tables, links both ways, and a sheet that prints well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from tracker.report.blocks import (
    Block,
    Book,
    Bullets,
    Heading,
    Line,
    Paragraph,
    Picture,
    Source,
    Sources,
    Table,
    cleaned,
)

_STYLE = """
:root { --ink: #1b2733; --muted: #566573; --faint: #d9dfe5; --band: #f1f4f7; --accent: #0b5a8a; --warm: #b8480a; }
* { box-sizing: border-box; }
body { font: 16px/1.5 Georgia, "Times New Roman", serif; color: var(--ink); background: #fff; max-width: 62rem; margin: 2rem auto;
  padding: 0 1.2rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .2rem; overflow-wrap: anywhere; }
h2 { font: bold 1.05rem/1.3 system-ui, sans-serif; color: var(--accent); margin: 2rem 0 .6rem; }
.subtitle { color: var(--muted); margin: 0 0 1rem; }
.mark { float: right; border: 2px solid var(--warm); border-radius: 3px; color: var(--warm); font: bold .8rem/1 system-ui, sans-serif;
  padding: .3rem .5rem; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .6rem 1rem; border-top: 1.5px solid var(--ink);
     border-bottom: 1px solid var(--faint); padding: .7rem 0; margin: 0 0 1rem; font-size: .9rem; }
dt { font: .7rem/1.2 system-ui, sans-serif; color: var(--muted); } dd { margin: 0; }
nav { font-size: .85rem; color: var(--muted); }
a { color: var(--accent); text-decoration: none; overflow-wrap: anywhere; } a:hover { text-decoration: underline; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.35; }
caption { text-align: left; color: var(--muted); font-size: .8rem; padding-bottom: .3rem; }
thead th { font: bold .72rem/1.3 system-ui, sans-serif; color: var(--muted); text-align: left; border-bottom: 1.5px solid var(--ink); }
th, td { padding: .3rem .5rem; vertical-align: top; overflow-wrap: break-word; } td { border-bottom: 1px solid var(--faint); }
tbody th { text-align: left; background: var(--band); color: var(--accent); }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; } td.number { white-space: nowrap; }
small, .quiet { color: var(--muted); font-size: .86rem; } td small { display: block; }
.refs { font-size: .85em; white-space: nowrap; }
figure { margin: 0; } figure svg { width: 100%; height: auto; } figcaption { color: var(--muted); font-size: .8rem; }
ol.sources { list-style: none; padding: 0; } ol.sources > li { margin: 0 0 1rem; padding-left: 2.6rem; position: relative; }
ol.sources .n { position: absolute; left: 0; font-weight: bold; color: var(--accent); }
blockquote { margin: .3rem 0 .3rem 0; padding-left: .8rem; border-left: 2px solid var(--faint); }
:target { background: #fff3d6; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--faint); padding-top: .5rem; color: var(--muted); font-size: .8rem; }
@page { margin: 1.6cm; }
@media print { html { font-size: 12px; } body { font-size: 9.5pt; line-height: 1.4; max-width: none; margin: 0; padding: 0; } nav { display: none; }
  table { font-size: 8.5pt; } td, th { padding: .25rem .4rem; } td small { display: inline; } thead { display: table-header-group; }
  dl { grid-template-columns: repeat(4, 1fr); } figure svg { max-height: 21cm; }
  tr, blockquote, figure, ol.sources > li { break-inside: avoid; } .wide { overflow: visible; } p.quiet { break-before: avoid; }
  h2, caption, thead, tbody th, tbody:first-of-type > tr:first-child { break-after: avoid; } }
"""


def html(book: Book, pictures: Mapping[str, str]) -> str:
    """The book as a page; `pictures` are SVG texts by name, made by our own figures."""
    book = cleaned(book)
    body = "\n".join(part for block in book.blocks for part in _block(block, pictures))
    mark = f'<span class="mark">{escape(book.mark)}</span>' if book.mark else ""
    facts = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in book.facts)
    links = " · ".join(f'<a href="#{escape(anchor)}">{escape(text)}</a>' for anchor, text in _sections(book))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(book.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<header>{mark}<h1>{_words(book.title)}</h1>\n"
        f'<p class="subtitle">{_words(book.subtitle)}</p>\n<dl>{facts}</dl>\n<nav>{links}</nav></header>\n<main>\n{body}\n</main>\n'
        f"<footer>{_words(book.running)} · {_words(book.foot)}</footer>\n</body>\n</html>\n"
    )


def _sections(book: Book) -> Iterable[tuple[str, str]]:
    for block in book.blocks:
        if isinstance(block, Heading):
            yield block.anchor, block.text
        elif isinstance(block, Picture) and block.title:
            yield block.anchor, block.title


def _block(block: Block, pictures: Mapping[str, str]) -> Iterable[str]:
    match block:
        case Heading():
            yield f'<h2 id="{escape(block.anchor)}">{_words(block.text)}</h2>'
        case Paragraph():
            yield f"<p{' class=quiet' if block.quiet else ''}>{_line(block.line)}</p>"
        case Bullets():
            yield f"<ul>{''.join(f'<li>{_line(line)}</li>' for line in block.lines)}</ul>"
        case Table():
            yield from _table(block)
        case Picture():
            if block.title:
                yield f'<h2 id="{escape(block.anchor)}">{_words(block.title)}</h2>'
            drawn = _inline(pictures[block.name], block.name, block.alt)
            yield f"<figure>{drawn}<figcaption>{_words(block.caption)}</figcaption></figure>"
        case Sources():
            yield f'<ol class="sources">{"".join(_source(entry) for entry in block.entries)}</ol>'


def _words(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>" if any("\u0590" <= c <= "\u08ff" for c in text) else escape(text)


def _line(line: Line) -> str:
    parts = [f"<strong>{_words(line.strong)}</strong>"] if line.strong else []
    if line.text:
        parts.append(f"<em>{_words(line.text)}</em>" if line.hedged else _words(line.text))
    if line.refs:
        parts.append(_refs(line.refs))
    return " ".join(parts) + (f" <small>{_words(line.note)}</small>" if line.note else "")


def _refs(numbers: Sequence[int]) -> str:
    return f'<span class="refs">{"".join(f"<a href=#source-{n}>[{n}]</a>" for n in numbers)}</span>'


def _table(table: Table) -> Iterable[str]:
    classes = [" class=number" if column.numeric else "" for column in table.columns]
    heads = "".join(f"<th scope=col{of}>{_words(c.head)}</th>" for c, of in zip(table.columns, classes, strict=True))
    yield f'<div class="wide"><table><caption>{_words(table.caption)}</caption><thead><tr>{heads}</tr></thead>'
    for group in table.groups:
        anchor = f' id="{escape(group.anchor)}"' if group.anchor else ""
        title = f'<tr><th scope=rowgroup colspan="{len(table.columns)}">{_words(group.title)}</th></tr>' if group.title else ""
        rows = "".join(f"<tr>{''.join(f'<td{of}>{_line(cell)}</td>' for cell, of in zip(row, classes, strict=True))}</tr>" for row in group.rows)
        yield f"<tbody{anchor}>{title}{rows}</tbody>"
    yield "</table></div>"


def _source(entry: Source) -> str:
    links = "".join(f' <a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>' for url in (entry.url, entry.archive_url) if url)
    back = ", ".join(f'<a href="#{escape(anchor)}">{_words(name)}</a>' for anchor, name in entry.back)
    used = f' <small style="display:inline">Used for: {back}</small>' if back else ""
    quotes = "".join(f"<blockquote>“{_words(q.text)}”{_where(q.where, q.grade)}</blockquote>" for q in entry.quotes)
    return (
        f'<li id="source-{entry.number}"><span class="n">[{entry.number}]</span><strong>{_words(entry.outlet)}</strong>. {_words(entry.details)}. '
        f"Grade {escape(entry.grade)}.{links}{used}{quotes}</li>"
    )


def _where(*parts: str) -> str:
    told = ", ".join(part for part in parts if part)
    return f" <small>({escape(told)})</small>" if told else ""


_ID = re.compile(r'(\bid="|url\(#|href="#)')


def _inline(svg: str, name: str, alt: str) -> str:
    """An SVG for the inside of a page: no prologue, a name for those who can't see it, and ids that no other figure has."""
    drawn = _ID.sub(rf"\g<1>{name}-", svg[svg.index("<svg") :])
    return drawn.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}"', 1)
