"""An input to documents: a file, standard input or a URL, of whatever kind."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tracker.domain.records import DocumentText
from tracker.domain.versions import page_address
from tracker.domain.when import utc_now
from tracker.errors import InputError, TooLarge
from tracker.intake.encoding import decode
from tracker.intake.facts import Facts, sidecar_facts, split_front_matter
from tracker.intake.fetch import fetch
from tracker.intake.html import declared_encoding, read_html
from tracker.intake.options import ReadOptions
from tracker.intake.pdf import read_pdf
from tracker.intake.posts import read_posts

SUFFIXES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
}
_TYPES = {"application/xhtml+xml": "text/html", "application/x-ndjson": "application/jsonl", "text/x-markdown": "text/markdown"}


def is_url(text: str) -> bool:
    """Whether an input is a URL and not a path."""
    return "://" in text


def expand(inputs: list[str]) -> Iterator[str | InputError]:
    """The inputs with folders replaced by the readable files in them, sorted; a folder without any is an InputError."""
    for name in inputs:
        path = Path(name)
        if name == "-" or is_url(name) or not path.is_dir():
            yield name
            continue
        found = sorted(str(p) for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file() and not _hidden(p.relative_to(path)))
        yield from found
        if not found:
            yield InputError(f"{name}: no readable files in it ({', '.join(sorted(SUFFIXES))})")


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def read_document(name: str, options: ReadOptions) -> Iterator[DocumentText | InputError]:
    """The documents of an input: one, or for posts as many as there are lines. Raises InputError where the input as a whole can't be read."""
    if name == "-":
        yield from _documents(sys.stdin.buffer.read(options.max_bytes + 1), "standard input", None, Facts(), options, None)
    elif is_url(name):
        got = fetch(name, options)
        kind = _TYPES.get(got.media_type, got.media_type)
        yield from _documents(
            got.data, name, kind if kind in SUFFIXES.values() else None, Facts(url=got.url, retrieved_at=got.retrieved_at), options, got.encoding
        )
    else:
        path = Path(name)
        yield from _documents(_bytes(path, options), name, SUFFIXES.get(path.suffix.lower()), sidecar_facts(path), options, None, path=path)


def _bytes(path: Path, options: ReadOptions) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(options.max_bytes + 1)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None


def _documents(
    data: bytes, name: str, kind: str | None, beside: Facts, options: ReadOptions, encoding: str | None, path: Path | None = None
) -> Iterator[DocumentText | InputError]:
    if len(data) > options.max_bytes:
        raise TooLarge(f"{name}: over {options.max_bytes / 1048576:g} MB; --max-size raises the limit")
    kind = kind or _sniff(data)
    pages: tuple[int, ...] = ()
    if kind == "application/pdf" or data.startswith(b"%PDF-"):
        text, pages, facts = read_pdf(data, name)
        yield _document(text, "application/pdf", beside.over(facts), options, path, pages)
        return
    text, warnings = decode(data, name, declared_encoding(data) if kind == "text/html" else encoding)
    beside = beside.over(Facts(warnings=warnings))
    if kind == "application/jsonl":
        yield from _posts(text, name, beside, options, path)
        return
    if kind == "text/html":
        text, facts = read_html(text, name, beside.url or options.url)
    else:
        facts, text = split_front_matter(text)
        if not text.strip():
            raise InputError(f"{name}: nothing stands below its front matter")
    yield _document(text, kind, beside.over(facts), options, path, pages)


def _posts(text: str, name: str, beside: Facts, options: ReadOptions, path: Path | None) -> Iterator[DocumentText | InputError]:
    """Each post as a document. Posts that share an address, as that of their channel, are no versions of each other."""
    shared = Counter(url for post in read_posts(text, name) if not isinstance(post, InputError) and (url := options.url or post[1].url))
    for post in read_posts(text, name):
        if isinstance(post, InputError):
            yield post
            continue
        read = _document(post[0], "application/jsonl", post[1].over(beside), options, path, ())
        yield read if shared[read.url or ""] < 2 else replace(read, address=None)


def _sniff(data: bytes) -> str:
    head = data[:2048].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")) or b"<body" in head:
        return "text/html"
    if (head.startswith(b"{") or (head.startswith(b"[") and head[1:].lstrip().startswith(b"{"))) and b'"text"' in data[:65536]:
        return "application/jsonl"
    return "text/plain"


def _document(text: str, kind: str, facts: Facts, options: ReadOptions, path: Path | None, pages: tuple[int, ...]) -> DocumentText:
    published = options.published or facts.published
    warnings = list(facts.warnings)
    if published is None:
        warnings.append("no publication date: relative dates stay open (give one with --published)")
    elif published > utc_now().date():
        warnings.append(f"its publication date {published} lies in the future")
    return DocumentText(
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        media_type=kind,
        path=str(path) if path else None,
        url=options.url or facts.url,
        address=page_address(options.url or facts.url),
        archive_url=options.archive_url or facts.archive_url,
        title=options.title or facts.title or _first_line(text),
        source=options.source or facts.source,
        author=facts.author,
        published=published,
        published_from="option" if options.published else facts.published_from,
        based_on=facts.based_on,
        demo=options.demo or facts.demo,
        retrieved_at=facts.retrieved_at,
        page_starts=pages,
        warnings=tuple(warnings),
    )


def _first_line(text: str) -> str | None:
    line = text.strip().split("\n", 1)[0].lstrip("# ").strip()
    return line if 0 < len(line) <= 200 else None
