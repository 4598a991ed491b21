"""`tracker evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.options import Format, FormatOption
from tracker.cli.show import tell
from tracker.errors import TrackerError, UsageError

if TYPE_CHECKING:
    from tracker.evaluate.measure import Measures

_COLUMNS = ("group", "measure", "gold", "found", "right", "precision", "recall", "f1")
_TABLE = (
    ("measure", "measure"),
    ("gold", "gold"),
    ("found", "found"),
    ("right", "right"),
    ("precision", "precision"),
    ("recall", "recall"),
    ("F1 or share", "f1"),
)


def register(parent: typer.Typer) -> None:
    """Add this command."""
    parent.command("evaluate", no_args_is_help=True, epilog="Example: tracker evaluate tests/corpus/dev --misses 5 --floors tests/floors.json")(
        evaluate_
    )


def evaluate_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of annotated documents (*.json).")],
    misses: Annotated[int, typer.Option("--misses", min=0, metavar="N", help="List up to N misses of each document.")] = 0,
    reliability: Annotated[bool, typer.Option("--reliability", help="The reliability table of the confidences.")] = False,
    floors: Annotated[Path | None, typer.Option("--floors", metavar="FILE", help="Fail where a figure falls below its floor in FILE.")] = None,
    pin: Annotated[bool, typer.Option("--pin", help="Write today's figures into FILE as floors.")] = False,
    lower: Annotated[str | None, typer.Option("--lower", metavar="REASON", help="Let a floor fall; the reason goes into the changelog too.")] = None,
    no_register: Annotated[bool, typer.Option("--no-register", help="Read without the register of vessels.")] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Measure extraction against annotated documents: precision, recall, F1, shares of right slots, and what was missed."""
    from tracker.evaluate.gold import corpus_hash, read_gold
    from tracker.evaluate.run import evaluate
    from tracker.export import write
    from tracker.gazetteer.index import load_gazetteer

    if (pin or lower) and not floors:
        raise UsageError("--pin and --lower need --floors FILE")
    golds = read_gold(folder)
    measures = evaluate(golds, load_gazetteer(register=not no_register))
    rows = _misses(measures, misses) if misses else _reliability(measures) if reliability else _rows(measures)
    columns, table = _shape(misses, reliability)
    _write(write, rows, columns, table, format)
    tell(f"{measures.documents} documents")
    if floors:
        _hold(floors, folder.resolve().name, corpus_hash(golds), measures.figures(), pin, lower)


def _hold(path: Path, corpus: str, digest: str, figures: dict[str, float], pinning: bool, reason: str | None) -> None:
    from tracker.evaluate.floors import broken, pin, read_floors

    if pinning:
        fallen = pin(path, corpus, digest, figures, reason)
        tell(f'floors of "{corpus}" pinned in {path}' + (f"; lowered: {'; '.join(map(str, fallen))}" if fallen else ""))
        return
    if found := broken(figures, read_floors(path, corpus, digest)):
        raise TrackerError("; ".join(map(str, found)))


def _shape(misses: int, reliability: bool) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    if misses:
        names: tuple[str, ...] = ("document", "what", "told", "detail")
    elif reliability:
        names = ("bin", "events", "confidence", "right")
    else:
        return _COLUMNS, _TABLE
    return names, tuple((name, name) for name in names)


def _write(write: Any, rows: list[dict[str, Any]], columns: tuple[str, ...], table: tuple[tuple[str, str], ...], how: str) -> None:
    import sys

    if how != "table":
        write(rows, columns, how, sys.stdout)
        return
    write([{head: _told(row.get(column)) for head, column in table} for row in rows], [head for head, _ in table], "table", sys.stdout)


def _told(value: Any) -> Any:
    return f"{value:.3f}" if isinstance(value, float) else value


def _rows(measures: Measures) -> list[dict[str, Any]]:
    from tracker.evaluate.measure import LEVELS

    tallies = [("level", level, measures.tallies[level]) for level in LEVELS]
    tallies += [("kind", kind, measures.kinds[kind]) for kind in sorted(measures.kinds)]
    rows: list[dict[str, Any]] = [
        {"group": g, "measure": n, "gold": t.gold, "found": t.found, "right": t.right, "precision": t.precision, "recall": t.recall, "f1": t.f1}
        for g, n, t in tallies
    ]
    shares = sorted((name, hits, count) for name, (hits, count) in measures.shares.items() if count)
    return rows + [{"group": "share", "measure": name, "gold": count, "right": hits, "f1": hits / count} for name, hits, count in shares]


def _misses(measures: Measures, most: int) -> list[dict[str, Any]]:
    kept: dict[str, int] = {}
    rows = []
    for miss in measures.misses:
        kept[miss.document] = kept.get(miss.document, 0) + 1
        if kept[miss.document] <= most:
            rows.append({"document": miss.document, "what": miss.what, "told": miss.told, "detail": miss.detail})
    return rows


def _reliability(measures: Measures) -> list[dict[str, Any]]:
    from tracker.evaluate.measure import calibration_error, reliability

    table = reliability(measures.judged)
    rows: list[dict[str, Any]] = [{"bin": n, "events": b.events, "confidence": b.confidence, "right": b.right} for n, b in enumerate(table, 1)]
    return [*rows, {"bin": "ECE", "events": sum(b.events for b in table), "confidence": None, "right": calibration_error(table)}]
