"""What every test may use."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tracker.cli.app import main
from tracker.gazetteer.index import Gazetteer, load_gazetteer

# `make test` makes the same examples every time, so that a red main is news of the change and not of the dice;
# `make fuzz` throws the dice, and what it finds becomes an @example. A busy machine is slow, not wrong.
settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fuzz", derandomize=False, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache folder of the tests' own: they neither use nor leave anything in the user's."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def gazetteer(cache: None) -> Gazetteer:
    """The shipped register and gazetteer."""
    return load_gazetteer()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command line in this process: (exit code, stdout, stderr)."""

    def call(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(word) for word in words])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return code, told.out, told.err

    return call


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of a store that does not exist yet, which plain commands use."""
    path = tmp_path / "store" / "tracker.db"
    monkeypatch.setenv("TRACKER_DB", str(path))
    return path


@pytest.fixture
def take(run: Callable[..., tuple[int, str, str]], store: Path, tmp_path: Path) -> Callable[..., str]:
    """Read a text into the store as a document; returns what was said."""

    def call(text: str, published: str = "2024-12-08", source: str = "Wire A", url: str | None = None) -> str:
        file = tmp_path / "taken.txt"
        file.write_text(text)
        code, _, err = run("ingest", file, "--published", published, "--source", source, *(("--url", url) if url else ()))
        assert code == 0, err
        return err

    return call
