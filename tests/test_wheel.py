"""A wheel, away from the working copy, has all it needs."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tracker.resources import checkout


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, unpacked into an empty folder."""
    root = checkout()
    assert root
    built, folder = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(built), str(root)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_it_holds_seeds_steps_and_templates(unpacked: Path) -> None:
    data = unpacked / "tracker" / "_data"
    for name in (
        "seeds/places.csv",
        "seeds/areas.geojson",
        "seeds/lexicon/verbs.yaml",
        "db/migrations/env.py",
        "db/migrations/versions/0001_tables.py",
        "reports/templates",
    ):
        assert (data / name).exists(), name


def test_the_demo_runs_away_from_the_working_copy(unpacked: Path, tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if k not in ("TRACKER_DB", "PYTHONPATH")} | {
        "PYTHONPATH": f"{unpacked}{os.pathsep}{sysconfig.get_paths()['purelib']}",
        "HOME": str(tmp_path),
    }
    where = subprocess.run(
        [sys.executable, "-c", "import tracker; print(tracker.__file__)"], cwd=tmp_path, env=env, check=True, capture_output=True, text=True
    ).stdout
    assert str(unpacked) in where
    done = subprocess.run([sys.executable, "-m", "tracker", "demo"], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "tracker-demo" / "movements.pdf").stat().st_size > 10_000
    assert (tmp_path / "tracker-demo" / "tracker.db").exists()
    assert "Yelnya" in done.stdout
