"""A file, or a folder of files, that is there whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
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
        with suppress(OSError):  # a file system that can't be written to refuses this as well
            draft.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path, replaceable: Container[str] = ()) -> Iterator[Path]:
    """A folder to fill, which takes the place of `path` when the block ends well; else what stood there stays.

    What already is in `path` is lost with it, so it may hold only names that are `replaceable`. Raises UsageError for a path that can be no
    such folder, TrackerError where the system refuses.
    """
    path = path.absolute()
    draft = path.with_name(f".{path.name[:100]}.{os.getpid()}")
    try:
        if path.exists() and not path.is_dir():
            raise UsageError(f'"{path}" is a file, not a folder')
        if not path.parent.is_dir():
            raise UsageError(f'"{path}": there is no folder "{path.parent}"')
        if others := sorted(one.name for one in path.iterdir() if one.name not in replaceable) if path.is_dir() else []:
            more = f" and {len(others) - 1} more" if len(others) > 1 else ""
            raise UsageError(f'"{path}" holds other things ({others[0]}{more}) and is left alone; give a folder of its own')
        draft.mkdir()
        yield draft
        _swap(draft, path)
    except OSError as error:
        raise TrackerError(f"{path}: {error.strerror or error}") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _swap(draft: Path, path: Path) -> None:
    if not path.exists():
        draft.rename(path)
        return
    before = draft.with_name(f"{draft.name}.before")
    path.rename(before)
    try:
        draft.rename(path)
    except OSError:
        before.rename(path)
        raise
    shutil.rmtree(before, ignore_errors=True)
