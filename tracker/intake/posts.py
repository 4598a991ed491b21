"""Posts as JSON lines: each line an object with `text` and, where known, url, author, published, source, title; each a document of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tracker.errors import InputError
from tracker.intake.facts import Facts, facts_from


def read_posts(text: str, name: str) -> Iterator[tuple[str, Facts] | InputError]:
    """Each post's text and facts, or the InputError of a line that is none; a bad line never stops the others."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            post = json.loads(line)
        except (ValueError, RecursionError):
            yield InputError(f"{name}:{number}: the line is no JSON")
            continue
        if not isinstance(post, dict) or not isinstance(post.get("text"), str) or not post["text"].strip():
            yield InputError(f'{name}:{number}: the post has no "text"')
            continue
        facts = facts_from(post, "post")
        yield (
            post["text"].replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"),
            facts if facts.source else facts.over(Facts(source=facts.author)),
        )
