"""When the collector of garbage rests, and what it leaves aside."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector rest while thousands of values are made, none of which is garbage: looking at them costs up to a third of the time."""
    resting = not gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not resting:
            gc.enable()


@contextmanager
def set_aside() -> Iterator[None]:
    """Keep the collector from what is there already, a register most of all: while documents are read none of it becomes garbage."""
    alone = gc.get_freeze_count() == 0
    gc.freeze()
    try:
        yield
    finally:
        if alone:
            gc.unfreeze()
