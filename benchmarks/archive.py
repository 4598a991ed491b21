"""`python -m benchmarks.archive [DOCUMENTS] [--keep FILE]`: an archive of 100,000 small documents taken in by `ingest`, reading included.

Posts of a few sentences in JSON lines, as a desk's back file has them: time goes on, ten documents a day, a hundredth of the vessels told of in a
third of them, some vessels without a name, some that the register doesn't have. Prints, for each slice, what one more document cost and what the
process holds.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from math import log
from pathlib import Path

from benchmarks.__main__ import say
from tracker.gazetteer.index import load_gazetteer
from tracker.intake.documents import ingest
from tracker.intake.options import ReadOptions
from tracker.settings import sqlite_path

SLICE = 5_000  # documents in a file
BEGIN = date(1998, 1, 1)
PER_DAY = 10
PORTS = ("Tartus", "Baltiysk", "Severomorsk", "Sevastopol", "Latakia", "Souda Bay", "Piraeus", "Toulon", "Rota", "Novorossiysk")
SEAS = ("Mediterranean Sea", "Baltic Sea", "Black Sea", "Aegean Sea", "Norwegian Sea")
SYLLABLES = ("ka", "lo", "mi", "ren", "tu", "sha", "vor", "bel", "dan", "zi")


def post(number: int, names: list[tuple[str, str]]) -> dict[str, str]:
    """One document: two or three sentences about the days before it."""
    rng = random.Random(number)
    published = BEGIN + timedelta(days=number // PER_DAY)
    told = " ".join(sentence(rng, published, names) for _ in range(rng.choice((2, 2, 3))))
    return {"text": f"Note {number}. {told}", "source": f"Paper {number % 50}", "published": published.isoformat()}


def sentence(rng: random.Random, published: date, names: list[tuple[str, str]]) -> str:
    day = published - timedelta(days=rng.randrange(6))
    when, port, hedge = f"{day.day} {day:%B %Y}", rng.choice(PORTS), rng.choice(("", "", "", " reportedly", " possibly"))
    ship = vessel(rng, names)
    return rng.choice(
        (
            f"{ship}{hedge} left {port} on {when}.",
            f"{ship}{hedge} arrived in {port} on {when}.",
            f"{ship} was{hedge} in port in {port} on {when}.",
            f"{ship} was{hedge} seen in the {rng.choice(SEAS)} on {when}.",
        )
    )


def vessel(rng: random.Random, names: list[tuple[str, str]]) -> str:
    drawn = rng.random()
    if drawn < 0.1:
        return f"{rng.choice(('Two', 'Three'))} frigates"
    if drawn < 0.15:
        return f"The tanker {''.join(rng.choice(SYLLABLES) for _ in range(3)).title()}"
    few = names[: len(names) // 100]
    kind, name = rng.choice(few if rng.random() < 1 / 3 else names)
    return f"The {kind} {name}"


def write(folder: Path, documents: int) -> Iterator[Path]:
    """The files, made one at a time."""
    names = sorted((v.type.value.replace("_", " "), v.name) for v in load_gazetteer().vessels.entries.values() if v.name.isascii())
    random.Random(1).shuffle(names)
    for begin in range(0, documents, SLICE):
        file = folder / f"{begin:07}.jsonl"
        with file.open("w", encoding="utf-8") as out:
            for number in range(begin, min(documents, begin + SLICE)):
                print(json.dumps(post(number, names)), file=out)
        yield file
        file.unlink()


def resident_mb() -> float:
    """What this process holds, megabytes."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * 4096 / 1e6 if statm.exists() else 0.0


def grow(folder: Path, url: str, documents: int) -> None:
    """Take the archive in and print the curve."""
    first: tuple[int, float] | None = None
    taken = 0
    for file in write(folder, documents):
        clock, begin = time.perf_counter(), time.process_time()
        summary = ingest([str(file)], ReadOptions(max_bytes=20_000_000), url)
        spent, passed = time.process_time() - begin, time.perf_counter() - clock
        taken += summary.documents
        each = spent / summary.documents * 1000
        first = first or (taken, each)
        bar = f"<= {log(taken) / log(first[0]):.2f} x"
        what = f"one more document, {taken:>7,} in the store"
        say(what, f"{each:.2f} ms CPU", f"{each / first[1]:.2f} x the first · {passed / summary.documents * 1000:.2f} ms", bar)
        say("  in memory", f"{resident_mb():.0f} MB", f"{(sqlite_path(url) or Path()).stat().st_size / 1e6:.0f} MB on disk")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=100_000)
    parser.add_argument("--keep", metavar="FILE", help="where the store stays")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(asked.keep or f"{folder}/archive.db").resolve()
        if store.exists():
            sys.exit(f"{store} is there already")
        grow(Path(folder), f"sqlite:///{store}", asked.documents)


if __name__ == "__main__":
    main()
