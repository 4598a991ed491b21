"""What a document says of itself: front matter, and a sidecar `FILE.yaml` beside a file that can't hold any."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from tracker.domain.when import is_report_day

FIELDS = ("title", "source", "published", "url", "archive_url", "author", "based_on", "demo", "retrieved_at")


@dataclass(frozen=True, slots=True)
class Facts:
    """A document's facts, each None where nothing says so; `published_from` says who said when."""

    title: str | None = None
    source: str | None = None
    published: date | None = None
    published_from: str | None = None
    url: str | None = None
    archive_url: str | None = None
    author: str | None = None
    based_on: str | None = None
    demo: bool = False
    retrieved_at: datetime | None = None
    warnings: tuple[str, ...] = ()

    def over(self, other: Facts) -> Facts:
        """These facts, with the gaps filled from others."""
        filled = {name: getattr(self, name) or getattr(other, name) for name in (*FIELDS, "published_from") if name != "published_from"}
        return replace(
            other,
            **filled,
            published_from=self.published_from if self.published else other.published_from,
            warnings=(*self.warnings, *other.warnings),
        )


def split_front_matter(text: str) -> tuple[Facts, str]:
    """The facts between a leading pair of `---` lines, and the text behind them; no facts and the whole text where there is none."""
    if not text.startswith("---\n"):
        return Facts(), text
    head, mark, body = text[4:].partition("\n---\n")
    if not mark:
        return Facts(), text
    loaded = _mapping(head)
    return (facts_from(loaded, "front matter"), body.lstrip("\n")) if loaded is not None else (Facts(), text)


def sidecar_facts(path: Path) -> Facts:
    """The facts of `FILE.yaml` beside a file, none where there is no such file."""
    beside = path.with_name(f"{path.name}.yaml")
    if not beside.is_file():
        return Facts()
    try:
        loaded = _mapping(beside.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        loaded = None
    return facts_from(loaded, "sidecar") if loaded is not None else Facts(warnings=(f"{beside.name} can't be read and was left out",))


def _mapping(text: str) -> dict[str, Any] | None:
    if len(text) > 20_000 or ("&" in text and "*" in text):  # no room for anchors that multiply
        return None
    try:
        loaded = yaml.load(text, Loader=yaml.BaseLoader)  # every value stays as it is written
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return loaded if isinstance(loaded, dict) else None


def facts_from(values: dict[str, Any], origin: str) -> Facts:
    """Facts from a mapping; what is no date or of the wrong kind becomes a warning and stays open."""
    warnings: list[str] = []
    texts = {
        name: str(values[name]).strip() or None
        for name in ("title", "source", "url", "archive_url", "author", "based_on")
        if values.get(name) is not None
    }
    published = values.get("published")
    day = as_date(published)
    if published not in (None, "") and day is None:
        warnings.append(f'{origin}: "{published}" is no date; the publication date stays open')
    return Facts(
        **texts,
        published=day,
        published_from=origin if day else None,
        demo=values.get("demo") in (True, "true"),
        retrieved_at=_moment(values.get("retrieved_at")),
        warnings=tuple(warnings),
    )


def as_date(value: Any) -> date | None:
    """A day from a date, a date-time or ISO text; None for anything else."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    day = value.date() if isinstance(value, datetime) else value
    return day if isinstance(day, date) and is_report_day(day) else None


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else None
    try:
        found = datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None
