"""What a bibliography says of a document, whatever its format."""

from __future__ import annotations

from typing import Any

from tracker.domain.names import slug


def citation_key(document: dict[str, Any]) -> str:
    """A key that never depends on other documents: source, day of publication, start of the document's id ("wire-a-2024-12-03-1f0c2b9a7d3e")."""
    source = "".join(letter for letter in slug(document["source"]) if letter.isascii()) or "source"
    return f"{source[:40].strip('-')}-{document['published'] or 'undated'}-{document['document_id'][:12]}"
