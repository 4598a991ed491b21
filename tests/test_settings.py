"""Which store a command speaks to, in the order promised."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.errors import UsageError
from tracker.settings import as_url, database_url, sqlite_path


@pytest.fixture(autouse=True)
def _empty_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_DB", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def test_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database_url() == f"sqlite:///{tmp_path}/data/tracker/tracker.db"
    (tmp_path / "tracker.toml").write_text('db = "mine.db"\n')
    (tmp_path / "deeper" / "still").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deeper" / "still")
    assert database_url() == f"sqlite:///{tmp_path}/mine.db"
    monkeypatch.setenv("TRACKER_DB", "postgresql+psycopg://localhost/tracker")
    assert database_url() == "postgresql+psycopg://localhost/tracker"
    assert database_url("other.db") == f"sqlite:///{tmp_path}/deeper/still/other.db"


@pytest.mark.parametrize("content", ["db = 3\n", "", "db = \n", "\x00"])
def test_a_broken_settings_file_is_named(content: str, tmp_path: Path) -> None:
    (tmp_path / "tracker.toml").write_text(content)
    with pytest.raises(UsageError, match=r"tracker\.toml"):
        database_url()


def test_the_file_behind_a_url() -> None:
    assert sqlite_path(as_url("/x/y.db")) == Path("/x/y.db")
    assert sqlite_path("postgresql://localhost/x") is None
