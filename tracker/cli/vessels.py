"""`tracker vessels list | show`; what people decide about them is in `renaming`, what sources say of them in `clashes`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer

from tracker.cli import clashes, knowledge, renaming
from tracker.cli.filters import (
    AreaOption,
    ClassOption,
    CountryOption,
    KindOption,
    KnownOnOption,
    ModalityOption,
    NamedOption,
    SinceOption,
    SourceOption,
    StatusOption,
    TypeOption,
    UntilOption,
    VesselOption,
    event_filter,
)
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, LimitOption, SortOption, clock
from tracker.cli.show import Row, aged, arranged, show, tell, tell_grades, told_clock, width
from tracker.domain import columns
from tracker.domain.kinds import Modality
from tracker.settings import database_url

app = typer.Typer(
    no_args_is_help=True,
    help="Vessels: who they are and where they were last known.",
    epilog="Example: tracker vessels list --country RU --area 'Mediterranean Sea'",
)

WIDE = (
    ("vessel", "vessel"),
    ("type", "type_told"),
    ("class", "class"),
    ("project", "project"),
    ("hull", "hull"),
    ("cc", "country"),
    ("last known", "last_place"),
    ("when", "last_when"),
    ("age", "age"),
    ("certainty", "certainty"),
    ("told", "last_modality"),
    ("events", "events"),
)
PLAIN = tuple((heading, "told" if heading == "told" else column) for heading, column in WIDE)
NARROW = (("vessel", "who"), ("last known", "where_and_when"), ("age", "age"), ("certainty", "certainty"), ("n", "events"))
"""Two lines a vessel, for terminals where WIDE would not fit."""
_WIDE_TERMINAL = 140  # columns


def register(parent: typer.Typer) -> None:
    """Add this family."""
    renaming.attach(app)
    clashes.attach(app)
    parent.add_typer(app, name="vessels")


@app.command("list", epilog="Example: tracker vessels list --type frigate --since 2024-12 --format csv")
def list_(
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
    area: AreaOption = None,
    kind: KindOption = None,
    modality: ModalityOption = None,
    vessel: VesselOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    named: NamedOption = None,
    status: StatusOption = None,
    whole: Annotated[bool, typer.Option("--register", help="The whole register, also vessels without any event.")] = False,
    known_on: KnownOnOption = None,
    format: FormatOption = Format.TABLE,
    sort: SortOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """List the vessels of which the store knows an event: type, class, last known place with date, age and certainty."""
    from tracker.store.reader import open_reader

    now = clock(as_of)
    with open_reader(database_url(db), now) as reader:
        chosen = event_filter(
            reader,
            now,
            country=country,
            type=type,
            class_name=class_name,
            area=area,
            kind=kind,
            modality=modality,
            vessel=vessel,
            source=source,
            since=since,
            until=until,
            named=named,
            status=status,
            known_on=known_on,
        )
        rows, told = knowledge.vessels(reader, chosen, register=whole), told_clock(reader, chosen.known_on)
    for row in rows:
        _complete(row, now.date())
    rows = arranged(rows, sort, limit, columns.VESSELS)
    show(
        rows,
        how=format.value,
        columns=columns.VESSELS,
        table=PLAIN if not sys.stdout.isatty() else NARROW if width() < _WIDE_TERMINAL else WIDE,
        clock=told,
        note="vessels",
        nothing="no vessel fits; drop a filter, or see the whole register with --register",
    )


def _complete(row: Row, today: date) -> None:
    """Add what people see: how sure the last known place is, the hedge with it, and the cells of the narrow table."""
    from tracker.domain.phrases import told_modality, told_type

    row["type_told"] = told_type(row["type"])
    facts = (row["type_told"] if row["name"] else None, row["class"] or (row["project"] and f"Project {row['project']}"), row["country"])
    row["who"] = "\n".join(filter(None, (row["vessel"], " · ".join(filter(None, facts)))))
    row["certainty"] = knowledge.sureness(row, today)
    if not row["last_kind"]:
        row |= {"told": None, "age": None, "where_and_when": None}
        return
    row["told"] = told_modality(row["last_modality"], row["last_hedge"])
    row["where_and_when"] = f"{row['last_place']}{_hedged(row)}\n{row['last_when']}"
    row["age"] = aged(row, start="last_start")


def _hedged(row: Row) -> str:
    return "" if row["last_modality"] == Modality.ASSERTED else f" ({row['last_modality']})"


@app.command("show", epilog="Example: tracker vessels show Yelnya")
def show_(
    name: Annotated[str, typer.Argument(help="Any name, key or hull number of the vessel.")], as_of: AsOfOption = None, db: DbOption = None
) -> None:
    """Show a vessel: its record, where it was last known, and every event with the sentence that tells it."""
    from tracker.store.queries import EventFilter
    from tracker.store.reader import open_reader

    with open_reader(database_url(db), clock(as_of)) as reader:
        found, told = renaming.vessels_called(reader, name), list[Row]()
        for number, row in enumerate(found):
            chosen = EventFilter(vessels=(row["key"],))
            (last,) = reader.vessels(chosen, register=True)
            if number:
                print()
            events = reader.events(chosen)
            _card(reader.vessel_record(row["key"]), last, events, clashes.told_clashes(clashes.clash_rows(reader, [row["key"]])))
            told += events
        if len(found) > 1:
            tell(f'{len(found)} vessels are called "{name}"; name one by its key')
        tell(told_clock(reader))
        tell_grades(told)


def _card(record: Row, last: Row, events: list[Row], said: str | None) -> None:
    from tracker.cli.cards import bold, event_lines, fact_lines
    from tracker.domain.phrases import told_type

    _complete(last, last["as_of"].date())
    last_known = (
        f"{last['last_place']}{_hedged(last)}, {last['last_when']} · age {last['age']} · {last['certainty']}"
        if last["last_kind"]
        else "nothing is known of its movements"
    )
    print(bold(record["label"]))
    for line in fact_lines(
        [
            ("type", told_type(record["type"])),
            ("class", record["class_name"]),
            ("project", record["project"]),
            ("hull", record["hull"]),
            ("country", record["country"]),
            ("operator", record["operator"]),
            ("fleet", record["fleet"]),
            ("home port", record["home_port"]),
            ("commissioned", record["commissioned"]),
            ("ended", record["ended"]),
            ("status", record["status"]),
            ("IMO", record["imo"]),
            ("MMSI", record["mmsi"]),
            ("key", record["key"]),
            ("in the register", "yes" if record["in_register"] else "no"),
            ("also called", ", ".join(_also_called(record))),
            ("perhaps", _near(record)),
            ("said otherwise", said),
            ("last known", last_known),
            ("events", len(events)),
        ]
    ):
        print(line)
    for event in events:
        print()
        for line in event_lines(event):
            print(line)


def _also_called(record: Row) -> Iterator[str]:
    """The other names of a vessel, with the days on which she bore them: "Minsk (1981-01-01 to 2016-12-31)"."""
    for name in record["aliases"]:
        if name in record["alias_days"]:
            since, until = record["alias_days"][name]
            yield f"{name} ({' '.join([*(('from', str(since)) if since else ()), *(('to', str(until)) if until else ())])})"
        elif name != record["name"]:
            yield name


def _near(record: Row) -> str | None:
    """The vessels of the register that one which it doesn't have may be, by its name."""
    if record["in_register"] or not record["name"]:
        return None
    from tracker.gazetteer.index import load_gazetteer
    from tracker.resolve.near import near

    return ", ".join(near(record["name"], record["country"], load_gazetteer().vessels))
