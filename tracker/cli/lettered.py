"""The letters of a picture: the font of `--font`, and what no font could draw."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.cli.show import tell


@contextmanager
def lettered(font: Path | None, output: Path) -> Iterator[None]:
    """Let a picture that is drawn and written in this block use a font beside the packaged ones; then tell which letters it lacks.

    Raises UsageError for a suffix that no picture has, InputError for a font that can't be read.
    """
    from tracker.report.fonts import read_font, using
    from tracker.report.latin import told_replaced
    from tracker.report.style import picture_suffix, replacing

    picture_suffix(output)
    with using(read_font(font) if font else None), replacing() as replaced:
        yield
    for warning in told_replaced(output.name, replaced):
        tell(f"tracker: {warning}")
