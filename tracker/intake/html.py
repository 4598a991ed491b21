"""A web page to the text of its article and the facts in its head."""

from __future__ import annotations

import re
from typing import Any

from tracker.errors import InputError
from tracker.intake.facts import Facts, as_date

MAX_TAGS = 100_000
"""Pages with more tags than this are refused: no article has them, and parsers suffer."""
MAX_DEPTH = 500
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,30})""", re.I)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*?(/?)>")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "option",
        "dt",
        "dd",
    ]
)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page declares in its first 4 kB."""
    match = _DECLARED.search(data, 0, 4096)
    return match[1].decode("ascii") if match else None


def read_html(markup: str, name: str, url: str | None) -> tuple[str, Facts]:
    """The article of a page as paragraphs, and what its head says of it. Raises InputError for a page without text or one built to choke a parser."""
    _refuse_bomb(markup, name)
    import trafilatura  # heavy, and only pages need it
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")  # a signal-based timeout works in the main thread only
    try:
        document = trafilatura.bare_extraction(
            markup, url=url, with_metadata=True, include_comments=False, include_tables=True, favor_precision=False, config=config
        )
        head = trafilatura.extract_metadata(markup, default_url=url)
    except (ValueError, TypeError, RecursionError, AttributeError) as error:
        raise InputError(f"{name}: the page can't be read ({type(error).__name__})") from None
    text = _paragraphs(getattr(document, "text", None) or "")
    if not text:
        raise InputError(f"{name}: no article was found in the page")
    return text, _facts(head, markup)


def _refuse_bomb(markup: str, name: str) -> None:
    depth = tags = 0
    for match in _TAG.finditer(markup):
        tags += 1
        if match[2].lower() in _VOID or match[3]:
            continue
        depth += -1 if match[1] else 1
        if tags > MAX_TAGS or depth > MAX_DEPTH:
            raise InputError(f"{name}: the page has {'too many tags' if tags > MAX_TAGS else 'tags nested too deeply'}; it was not read")
    if markup.count("<") > 20 * MAX_TAGS or "<!ENTITY" in markup:
        raise InputError(f"{name}: the page defines entities or is all brackets; it was not read")


def _paragraphs(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n\n".join(line for line in lines if line)


def _facts(head: Any, markup: str) -> Facts:
    own = {match[1].lower(): match[2] for match in re.finditer(r"""<meta\s+name=["']tracker:(\w+)["']\s+content=["']([^"']*)["']""", markup, re.I)}
    published = as_date(getattr(head, "date", None))
    return Facts(
        title=_text(head, "title"),
        source=_text(head, "sitename"),
        published=published,
        published_from="html metadata" if published else None,
        url=_text(head, "url"),
        author=_text(head, "author"),
        based_on=own.get("based_on"),
        demo=own.get("demo") == "true",
    )


def _text(head: Any, name: str) -> str | None:
    value = getattr(head, name, None)
    return str(value).strip() or None if value else None
