"""The options by which commands read inputs, and what they mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.domain.when import Interval, is_report_day, parse_period, utc_now
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.intake.options import ReadOptions

PublishedOption = Annotated[str | None, typer.Option("--published", metavar="DATE", help="Publication date, where the document doesn't say or errs.")]
TitleOption = Annotated[str | None, typer.Option("--title", help="Title of the document.")]
UrlOption = Annotated[str | None, typer.Option("--url", help="Where the document was published.")]
MaxSizeOption = Annotated[str, typer.Option("--max-size", metavar="SIZE", help="Refuse larger inputs: 800kB, 5MB.")]
PrivateOption = Annotated[bool, typer.Option("--allow-private", help="Read URLs on this machine or on private networks too.")]
TimeoutOption = Annotated[float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="Give a URL so long.")]
_UNITS = {"": 1, "b": 1, "kb": 1024, "k": 1024, "mb": 1024**2, "m": 1024**2, "gb": 1024**3}


def read_options(
    *,
    published: str | None = None,
    source: str | None = None,
    title: str | None = None,
    url: str | None = None,
    archive_url: str | None = None,
    max_size: str = "5MB",
    allow_private: bool = False,
    timeout: float = 20.0,
) -> ReadOptions:
    """The options of reading. Raises UsageError for one that makes no sense."""
    from tracker.intake.options import ReadOptions

    day: Interval | None = parse_period(published, utc_now()) if published else None
    if day and (day.start is None or day.start != day.end):
        raise UsageError(f'--published "{published}" is more than one day; use 2024-12-08')
    if day and day.start and not is_report_day(day.start):
        raise UsageError(f'--published "{published}" is no year of a report')
    return ReadOptions(
        published=day.start if day else None,
        source=source,
        title=title,
        url=url,
        archive_url=archive_url,
        max_bytes=_bytes(max_size),
        allow_private=allow_private,
        timeout_s=timeout,
    )


def _bytes(text: str) -> int:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-zA-Z]*)", text.strip())
    unit = _UNITS.get(match[2].lower()) if match else None
    if not match or unit is None or not float(match[1]):
        raise UsageError(f'--max-size "{text}" is no size; use 800kB or 5MB')
    return int(float(match[1]) * unit)
