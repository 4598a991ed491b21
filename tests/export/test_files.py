"""A file that is there whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tracker.errors import TrackerError, UsageError
from tracker.export.files import whole, whole_folder


def test_a_file_appears_when_all_is_written(tmp_path: Path) -> None:
    with whole(tmp_path / "a.csv") as stream:
        stream.write(b"half")
        assert not (tmp_path / "a.csv").exists()
        stream.write(b" and half")
    assert (tmp_path / "a.csv").read_bytes() == b"half and half"


def test_a_failed_write_leaves_what_stood_there(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("before")

    def fail() -> None:
        with whole(tmp_path / "a.csv") as stream:
            stream.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "before"


def test_paths_that_can_be_no_file(tmp_path: Path) -> None:
    for path, why in ((tmp_path, "is a folder"), (tmp_path / "no" / "a.csv", "there is no folder")):
        with pytest.raises(UsageError, match=why), whole(path):
            pass


def test_what_the_system_refuses_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(TrackerError, match="too long"), whole(tmp_path / ("a" * 300)):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_that_can_not_be_written_to_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib.figure import Figure

    from tracker.report.style import save

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    for name in ("open", "unlink", "replace"):  # to remove what isn't there is refused there as well
        monkeypatch.setattr(Path, name, refuse)
    monkeypatch.setattr("tracker.report.style._picture", refuse)
    with pytest.raises(TrackerError, match="Read-only"), whole(tmp_path / "a.csv"):
        pass
    with pytest.raises(TrackerError, match="Read-only"):
        save(Figure(), tmp_path / "a.png")


def test_a_folder_appears_when_all_is_written(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "annex") as draft:
        (draft / "a.csv").write_text("a")
        assert not (tmp_path / "annex").exists()
    assert [path.name for path in (tmp_path / "annex").iterdir()] == ["a.csv"]
    assert [path.name for path in tmp_path.iterdir()] == ["annex"]


def test_a_failed_folder_leaves_what_stood_there(tmp_path: Path) -> None:
    folder = tmp_path / "annex"
    folder.mkdir()
    (folder / "a.csv").write_text("before")

    def fail() -> None:
        with whole_folder(folder, {"a.csv"}) as draft:
            (draft / "b.csv").write_text("after")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [path.name for path in tmp_path.iterdir()] == ["annex"]
    assert (folder / "a.csv").read_text() == "before"


def test_a_folder_replaces_only_what_it_may(tmp_path: Path) -> None:
    folder = tmp_path / "annex"
    for names in ({"a.csv"}, {"b.csv"}):
        with whole_folder(folder, {"a.csv"}) as draft:
            for name in names:
                (draft / name).write_text("x")
    assert [path.name for path in folder.iterdir()] == ["b.csv"]
    with pytest.raises(UsageError, match=r"holds other things \(b\.csv\)"), whole_folder(folder, {"a.csv"}):
        pass
    for path, why in ((folder / "b.csv", "is a file"), (tmp_path / "no" / "annex", "there is no folder")):
        with pytest.raises(UsageError, match=why), whole_folder(path):
            pass
    assert [path.name for path in tmp_path.iterdir()] == ["annex"]
