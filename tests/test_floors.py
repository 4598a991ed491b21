"""Imports run downhill: each room may use only rooms on lower floors, in code and in type-checking blocks alike."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "tracker"
FLOORS = [
    {"collector", "errors", "resources", "settings"},
    {"domain"},
    {"gazetteer", "analysis", "store"},
    {"extract", "resolve", "ais", "report", "export", "evaluate"},
    {"intake"},
    {"cli"},
]
HEIGHT = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
ALLOWED_SIDEWAYS = {("evaluate", "extract"), ("settings", "errors")}  # evaluate measures extract; settings raises errors
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "tracker" and len(parts) > 1 else None


def imported(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            rooms |= {room_of(f"{node.module}.{name.name}") for name in node.names} if node.module == "tracker" else {room_of(node.module)}
        elif isinstance(node, ast.Import):
            rooms |= {room_of(name.name) for name in node.names}
    return {room for room in rooms if room in HEIGHT}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_run_downhill(path: Path) -> None:
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if here in {"__init__", "__main__"}:
        return
    assert here in HEIGHT, f"{here} has no floor: put it into FLOORS"
    for there in imported(path) - {here}:
        assert HEIGHT[there] < HEIGHT[here] or (here, there) in ALLOWED_SIDEWAYS, f"{path} imports {there}, which is not below {here}"


def test_the_check_sees_an_uphill_import(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from tracker.cli import app\n")
    assert imported(bad) == {"cli"}
