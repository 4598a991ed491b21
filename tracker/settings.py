"""Which store a command speaks to: `--db` > TRACKER_DB > the nearest `tracker.toml` > the user's data folder."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from tracker.errors import UsageError

SETTINGS_FILE = "tracker.toml"


def database_url(option: str | None = None) -> str:
    """The store's URL; a bare path means SQLite. Raises UsageError for a `tracker.toml` that can't be read."""
    if option:
        return as_url(option)
    if from_env := os.environ.get("TRACKER_DB"):
        return as_url(from_env)
    if found := nearest_settings(Path.cwd()):
        return as_url(_database_in(found), base=found.parent)
    data_home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return as_url(str(data_home / "tracker" / "tracker.db"))


def as_url(text: str, base: Path | None = None) -> str:
    """A URL as it is; a path as a SQLite URL, relative to `base`."""
    if "://" in text:
        scheme, rest = text.split("://", 1)
        if scheme == "sqlite" and base and rest.startswith("/") and not rest.startswith("//"):
            return f"sqlite:///{(base / rest[1:]).resolve()}"
        return text
    path = Path(text).expanduser()
    return f"sqlite:///{(path if path.is_absolute() else (base or Path.cwd()) / path).resolve()}"


def sqlite_path(url: str) -> Path | None:
    """The file behind a SQLite URL, or None for another engine or a store in memory."""
    if not url.startswith("sqlite:///") or url.endswith(":memory:"):
        return None
    return Path(url.removeprefix("sqlite:///"))


def nearest_settings(folder: Path) -> Path | None:
    """The `tracker.toml` of a folder or the nearest one above it."""
    return next((f for up in (folder, *folder.parents) if (f := up / SETTINGS_FILE).is_file()), None)


def _database_in(path: Path) -> str:
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}") from None
    database = settings.get("db")
    if not isinstance(database, str) or not database:
        raise UsageError(f'{path}: it needs a line such as db = "db/tracker.db"')
    return database
