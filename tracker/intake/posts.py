"""Posts as JSON: each an object with `text` and, where known, url, author, published, source, title; a document of its own.

They come as JSON lines, one a line, or as one JSON text that is a post or a list of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tracker.errors import InputError
from tracker.intake.facts import Facts, facts_from


def read_posts(text: str, name: str) -> Iterator[tuple[str, Facts] | InputError]:
    """Each post's text and facts, or the InputError of one that is none; a bad one never stops the others."""
    whole = _whole(text)
    if whole is not None:
        for number, post in enumerate(whole, 1):
            yield _read(post, f"{name}: post {number}" if len(whole) > 1 else name)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                post = json.loads(line)
            except (ValueError, RecursionError):
                yield InputError(f"{name}:{number}: the line is no JSON")
            else:
                yield _read(post, f"{name}:{number}")


def _whole(text: str) -> list[Any] | None:
    """The posts of a text that is one JSON value over several lines, or a list; None for lines."""
    first, _, rest = text.strip().partition("\n")
    if not first.startswith(("[", "{")) or (first.startswith("{") and (not rest or _is_json(first))):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list) else [value]


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _read(post: Any, where: str) -> tuple[str, Facts] | InputError:
    if isinstance(post, dict) and isinstance(post.get("document"), dict) and "events" in post:
        return InputError(f"{where}: this is an annotated document; `tracker evaluate` reads it")
    if not isinstance(post, dict) or not isinstance(post.get("text"), str) or not post["text"].strip():
        return InputError(f'{where}: the post has no "text"')
    facts = facts_from(post, "post")
    text = post["text"].replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    return text, facts if facts.source else facts.over(Facts(source=facts.author))
