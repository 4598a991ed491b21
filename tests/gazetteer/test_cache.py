"""The kept values of the seeds: used when sound, made anew when anything changed, never in the way."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.gazetteer.cache import kept


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("TRACKER_NO_CACHE", raising=False)
    return tmp_path / "cache" / "tracker"


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    path = tmp_path / "seed.csv"
    path.write_text("a\n")
    return path


def ask(seed: Path) -> tuple[dict[str, int], bool]:
    """A value made of the seed's length, and whether it had to be built."""
    built = []

    def build() -> dict[str, int]:
        built.append(1)
        return {"length": len(seed.read_text())}

    return kept("value", [seed], dict, build), bool(built)


def test_a_value_is_built_once(folder: Path, seed: Path) -> None:
    assert ask(seed) == ({"length": 2}, True)
    assert ask(seed) == ({"length": 2}, False)
    assert len(list(folder.iterdir())) == 1


def test_a_changed_seed_is_read_anew_and_the_old_value_goes(folder: Path, seed: Path) -> None:
    ask(seed)
    seed.write_text("abc\n")
    assert ask(seed) == ({"length": 4}, True)
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    "broken",
    [b"", b"short", b"x" * 500, lambda b: b[:-1], lambda b: b[:40] + bytes([b[40] ^ 1]) + b[41:], lambda b: b + b"more"],
    ids=["empty", "short", "noise", "cut", "flipped", "longer"],
)
def test_a_broken_file_is_not_used(folder: Path, seed: Path, broken: bytes | Callable[[bytes], bytes]) -> None:
    ask(seed)
    (path,) = folder.iterdir()
    path.write_bytes(broken(path.read_bytes()) if callable(broken) else broken)
    assert ask(seed) == ({"length": 2}, True)
    assert ask(seed) == ({"length": 2}, False)


def test_a_value_of_another_type_is_not_used(folder: Path, seed: Path) -> None:
    kept("value", [seed], list, list)
    assert ask(seed) == ({"length": 2}, True)


def test_without_a_cache(folder: Path, seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_NO_CACHE", "1")
    assert [ask(seed)[1], ask(seed)[1]] == [True, True]
    assert not folder.exists()


def test_a_folder_that_is_a_file_costs_only_time(folder: Path, seed: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("in the way")
    assert [ask(seed), ask(seed)] == [({"length": 2}, True)] * 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_costs_only_time(folder: Path, seed: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o500)
    assert [ask(seed), ask(seed)] == [({"length": 2}, True)] * 2
    folder.chmod(0o700)


class Trap:
    """What a stranger could put into a pickle."""

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("touch trapped",)


def test_a_pickle_without_its_checksum_is_never_loaded(folder: Path, seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ask(seed)
    (path,) = folder.iterdir()
    path.write_bytes(b"\0" * 32 + pickle.dumps(Trap()))
    ask(seed)
    assert not (tmp_path / "trapped").exists()
