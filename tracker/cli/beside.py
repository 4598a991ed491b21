"""Work done in a copy of this process, on another core, while this one goes on."""

from __future__ import annotations

import os
import pickle
import sys
import warnings
from collections.abc import Callable
from typing import NoReturn, TypeVar

T = TypeVar("T")


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Start some work; the function returned waits for it and gives what it made, or raises what it raised.

    What it makes must be picklable, and it may change nothing here. Where there is one core, or no such copy, it is done when asked for.
    """
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return work
    read, write = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads: those of numpy's libraries wait, and the copy doesn't need them
        child = os.fork()
    if child == 0:
        os.close(read)
        _give(work, write)
    os.close(write)

    def taken() -> T:
        with os.fdopen(read, "rb") as pipe:
            given = pipe.read()
        os.waitpid(child, 0)
        if not given:  # it was ended from outside
            return work()
        made, error = pickle.loads(given)
        if error is not None:
            raise error
        value: T = made
        return value

    return taken


def _give(work: Callable[[], object], write: int) -> NoReturn:
    """In the copy: work, hand over what comes of it, and end without a trace. Nothing is handed over of what can't be."""
    try:
        try:
            given = pickle.dumps((work(), None))
        except Exception as error:  # noqa: BLE001  it is raised again where it is waited for
            given = pickle.dumps((None, error))
        with os.fdopen(write, "wb") as pipe:
            pipe.write(given)
    finally:
        os._exit(0)
