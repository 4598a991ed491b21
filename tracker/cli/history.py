"""`tracker history` and `tracker undo`: what people decided, and taking it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from tracker.cli.judging import WhoOption, WhyOption
from tracker.cli.options import DbOption, Format, FormatOption, LimitOption
from tracker.cli.show import counted, fitting, show, tell
from tracker.domain import columns
from tracker.domain.when import utc_now
from tracker.settings import database_url

TABLE = (
    ("n", "review_id"),
    ("when", "when"),
    ("who", "who"),
    ("did", "action"),
    ("to", "target"),
    ("what changed", "what"),
    ("why", "why"),
    ("undone", "taken_back"),
)
NARROW = (("n", "review_id"), ("decision", "told"), ("what changed", "what"), ("why", "why"))
"""Some lines a decision, for terminals where TABLE would break every cell."""
_WIDE_TERMINAL = 140  # columns


def register(parent: typer.Typer) -> None:
    """Add `tracker history`."""
    parent.command("history", epilog="Example: tracker history Yelnya")(history)


def register_undo(parent: typer.Typer) -> None:
    """Add `tracker undo`."""
    parent.command("undo", epilog="Example: tracker undo 2 --why 'wrong ship'")(undo_)


def history(
    target: Annotated[str | None, typer.Argument(metavar="[TARGET]", help="A vessel, or an event's or claim's id: what concerned it.")] = None,
    format: FormatOption = Format.TABLE,
    limit: LimitOption = None,
    db: DbOption = None,
) -> None:
    """List what people decided: who, when, what and why, the latest first."""
    from tracker.store.reader import open_reader

    with open_reader(database_url(db), utc_now()) as reader:
        keys = _meant(reader, target) if target else set()
        rows = [row for row in reader.history() if not target or _concerns(row, target, keys)]
    for row in rows:
        row["what"] = _what(row)
        row["when"] = f"{row['at']:%Y-%m-%d %H:%M}"
        row["target"] = f"{row['target_kind']} {row['target_id']}"
        row["taken_back"] = "yes" if row["undone"] else None
        row["told"] = f"{row['action']}{', undone' if row['undone'] else ''}\n{row['target']}\n{row['who']}, {row['when']}"
    show(
        rows[:limit] if limit else rows,
        how=format.value,
        columns=columns.HISTORY,
        table=fitting(TABLE, NARROW, _WIDE_TERMINAL),
        clock="times are UTC",
        note="decisions",
        nothing="nobody decided anything; `tracker review` is the queue",
    )


def _meant(reader: Any, target: str) -> set[str]:
    """The keys of the vessels that a name may mean; none for an id."""
    from tracker.errors import NothingFound

    try:
        return {row["key"] for row in reader.find_vessels(target)}
    except NothingFound:
        return set()


def _concerns(row: dict[str, Any], target: str, keys: set[str]) -> bool:
    """Whether a decision is about a target, or changed it: an id by its first characters, a vessel by its key."""
    touched = {row["target_id"], *(str(part) for _, key, _ in row["after"] for part in key)}
    values = [side for rows in (row["before"], row["after"]) for _, _, side in rows if side]
    of_vessels = {side["vessel_key"] for side in values if side.get("vessel_key")}
    return bool((touched | of_vessels) & keys) or any(part.startswith(target) for part in touched)


def _what(row: dict[str, Any]) -> str:
    """What a decision changed, then its rows, counted by table: "date: 2024-12-23 -> 2024-12-22; 1 claim, 1 event"."""
    names = Counter(table for table, _, _ in row["after"] if table in ("claim", "event", "vessel"))
    rows = ", ".join(counted(number, f"{name}s") for name, number in sorted(names.items()))
    changes = list(dict.fromkeys(_changes(row)))
    more = [f"and {len(changes) - _MOST_CHANGES} more"] if len(changes) > _MOST_CHANGES else []
    return "; ".join(filter(None, [*changes[:_MOST_CHANGES], *more, rows]))


_MOST_CHANGES = 6
_SLOTS = {
    "claim": {"edtf": "date"} | {name: name for name in ("kind", "place", "origin", "destination", "modality", "hedge")},
    "vessel": {"label": "name", "class_name": "class"} | {name: name for name in ("type", "project", "hull", "country", "home_port", "status")},
    "source": {"reliability": "grade"},
}
"""Table -> its columns that say what people decide, and how they are called."""


def _changes(row: dict[str, Any]) -> Iterator[str]:
    """The slots that a decision changed, from what to what, and the names that it gave."""
    before = {(table, *key): side for table, key, side in row["before"]}
    for table, key, now in row["after"]:
        then = before.get((table, *key))
        if table == "vessel_alias" and now and not then:
            yield f"name: {now['alias']}"
        elif now and then:
            changed = ((slot, then.get(column), now.get(column)) for column, slot in _SLOTS.get(table, {}).items())
            yield from (f"{slot}: {old or 'none'} -> {new or 'none'}" for slot, old, new in changed if old != new)


def undo_(
    number: Annotated[int, typer.Argument(metavar="[N]", min=1, help="How many decisions, the latest first.")] = 1,
    why: WhyOption = None,
    who: WhoOption = None,
    db: DbOption = None,
) -> None:
    """Take back the latest decision, or the latest N, to the last value. Undoing is itself written down."""
    from tracker.intake.deciding import By, undo

    for result in undo(database_url(db), number, By.of(who, why)):
        tell(result.told)
