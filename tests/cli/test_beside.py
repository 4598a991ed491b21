"""Work beside this process: what it makes, what it raises, and that it is done in any case."""

from __future__ import annotations

import os

import pytest

from tracker.cli.beside import beside
from tracker.errors import NothingFound


def test_what_is_made_comes_back_from_another_process():
    made, process = beside(lambda: ("map" * 100_000, os.getpid()))()
    assert made == "map" * 100_000
    assert len(os.sched_getaffinity(0)) < 2 or process != os.getpid()


def test_what_is_raised_is_raised_here():
    def work() -> None:
        raise NothingFound("no place is told")

    with pytest.raises(NothingFound, match="no place is told"):
        beside(work)()


def test_work_that_was_ended_from_outside_is_done_here():
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            os._exit(1)
        return "done"

    assert beside(work)() == "done"


def test_one_core_does_it_when_asked(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    done: list[int] = []
    later = beside(lambda: done.append(1))
    assert done == []
    later()
    assert done == [1]
