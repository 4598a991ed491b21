"""What is read from the seeds, kept ready in the user's cache folder: made anew whenever a seed or the code that reads it changes.

A kept value is used only if its file belongs to the user, stands under the digest of everything it was made from, and still has the checksum it was
written with. A folder that can't be written, or a broken file, only costs the time of reading the seeds. `TRACKER_NO_CACHE=1` does without.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from tracker import __version__
from tracker.collector import uncollected

T = TypeVar("T")
_CODE = ("gazetteer", "domain")
_PACKAGE = Path(__file__).resolve().parent.parent


def kept(name: str, sources: Iterable[Path], kind: type[T], build: Callable[[], T]) -> T:
    """The value that `build` makes of the files `sources`: from the cache where it is there and sound, else built and kept. `kind` is its type."""
    if os.environ.get("TRACKER_NO_CACHE"):
        return build()
    folder = cache_folder()
    if folder is None:
        return build()
    path = folder / f"{name}-{_digest(sources)}.pickle"
    value = _read(path)
    if isinstance(value, kind):
        return value
    with uncollected():
        made = build()
    _write(path, name, made)
    return made


def cache_folder() -> Path | None:
    """Where kept values stand: XDG_CACHE_HOME or ~/.cache, folder tracker. None for a user without a home."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tracker"
    except RuntimeError:
        return None


def _digest(sources: Iterable[Path]) -> str:
    code = (path for room in _CODE for path in sorted((_PACKAGE / room).glob("*.py")))
    digest = hashlib.sha256(f"{__version__} {sys.version_info[:3]}".encode())
    for path in (*sorted(sources), *code):
        state = path.stat()
        digest.update(path.name.encode() + b"\0" + _digest_of(path, state.st_mtime_ns, state.st_size))
    return digest.hexdigest()[:32]


@lru_cache(maxsize=512)
def _digest_of(path: Path, _changed_ns: int, _size: int) -> bytes:
    """The digest of a file, read once in a run as long as it stays as it is: several values are made of the same seeds by the same code."""
    return hashlib.sha256(path.read_bytes()).digest()


def _read(path: Path) -> object:
    """What a file holds, or None for one that isn't there, isn't the user's, or isn't whole."""
    try:
        with path.open("rb") as file:
            if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            checksum, payload = file.read(32), file.read()
        if hashlib.sha256(payload).digest() != checksum:
            return None
        with uncollected():
            value: object = pickle.loads(payload)
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, TypeError, ValueError, IndexError):
        return None
    return value


def _write(path: Path, name: str, value: object) -> None:
    import tempfile  # a twentieth of the time to start; hardly a run writes anything here

    payload = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{name}-")
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(payload).digest() + payload)
        Path(temporary).replace(path)
        for old in path.parent.glob(f"{name}-*.pickle"):
            if old != path:
                old.unlink(missing_ok=True)
