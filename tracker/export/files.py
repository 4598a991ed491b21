"""A file that is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tracker.errors import TrackerError, UsageError


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file when the block ends well; else what stood there stays.

    Raises UsageError for a path that can be no file, TrackerError where the system refuses.
    """
    draft = path.with_name(f".{path.name[:100]}.{os.getpid()}")
    try:
        if path.is_dir() or not path.parent.is_dir():
            raise UsageError(f'"{path}" is a folder' if path.is_dir() else f'"{path}": there is no folder "{path.parent}"')
        with draft.open("wb") as stream:
            yield stream
        draft.replace(path)
    except OSError as error:
        raise TrackerError(f"{path}: {error.strerror or error}") from None
    finally:
        draft.unlink(missing_ok=True)
