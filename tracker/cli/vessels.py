"""`tracker vessels list | show`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

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
    TypeOption,
    UntilOption,
    VesselOption,
    event_filter,
)
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, LimitOption, SortOption, clock
from tracker.cli.show import aged, arranged, show, tell, width
from tracker.domain import columns
from tracker.domain.when import utc_now
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
    ("country", "country"),
    ("last known", "last_place"),
    ("when", "last_when"),
    ("age", "age"),
    ("certainty", "how_sure"),
    ("events", "events"),
)
NARROW = (
    ("vessel", "vessel"),
    ("type", "type_told"),
    ("class", "class_or_project"),
    ("cc", "country"),
    ("last known", "place_and_time"),
    ("age", "age"),
    ("n", "events"),
)


def register(parent: typer.Typer) -> None:
    """Add this family."""
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
            known_on=known_on,
        )
        rows = reader.vessels(chosen, register=whole)
    for row in rows:
        _complete(row, now.date())
    rows = arranged(rows, sort, limit, columns.VESSELS)
    show(
        rows,
        how=format.value,
        columns=columns.VESSELS,
        table=NARROW if sys.stdout.isatty() and width() < 140 else WIDE,
        as_of=now,
        note="vessels",
        nothing="no vessel fits; drop a filter, or see the whole register with --register",
    )


def _complete(row: dict, today: object) -> None:  # type: ignore[type-arg]  # a row
    from tracker.analysis.whereabouts import certainty

    row["type_told"] = row["type"].replace("_", " ")
    row["class_or_project"] = row["class"] or row["project"]
    if not row["last_kind"]:
        row["certainty"] = row["how_sure"] = row["place_and_time"] = row["age"] = None
        return
    row["certainty"] = certainty(row["last_kind"], row["last_modality"], row["last_start"], row["last_end"], today)  # type: ignore[arg-type]  # a date
    hedged = row["last_modality"] != "asserted"
    row["how_sure"] = f"{row['certainty']}, {row['last_modality']}"
    row["place_and_time"] = f"{row['last_place']}, {row['last_when']}" + (f" ({row['last_modality']})" if hedged else "")
    row["age"] = aged(row, start="last_start")


@app.command("show", epilog="Example: tracker vessels show Yelnya")
def show_(
    name: Annotated[str, typer.Argument(help="Any name, key or hull number of the vessel.")], as_of: AsOfOption = None, db: DbOption = None
) -> None:
    """Show a vessel: its record, where it was last known, and every event with the sentence that tells it."""
    from tracker.store.queries import EventFilter
    from tracker.store.reader import open_reader

    now = clock(as_of)
    with open_reader(database_url(db), now) as reader:
        found = reader.find_vessels(name)
        for row in found:
            record = reader.vessel_record(row["key"])
            (last,) = reader.vessels(EventFilter(vessels=(row["key"],)), register=True)
            events = reader.events(EventFilter(vessels=(row["key"],)))
            _card(record, last, events, now)
    if len(found) > 1:
        tell(f'{len(found)} vessels are called "{name}"; name one by its key')
    tell(f"as of {now:%Y-%m-%d %H:%M} UTC" if as_of else f"as of {utc_now():%Y-%m-%d %H:%M} UTC")


def _card(record: dict, last: dict, events: list, now: object) -> None:  # type: ignore[type-arg]  # rows
    from tracker.cli.cards import event_lines, wrapped
    from tracker.domain.phrases import told_type

    _complete(last, now.date())  # type: ignore[attr-defined]  # a datetime
    facts = [
        ("type", told_type(record["type"])),
        ("class", record["class_name"]),
        ("project", record["project"]),
        ("hull", record["hull"]),
        ("country", record["country"]),
        ("operator", record["operator"]),
        ("fleet", record["fleet"]),
        ("home port", record["home_port"]),
        ("commissioned", record["commissioned"]),
        ("status", record["status"]),
        ("IMO", record["imo"]),
        ("MMSI", record["mmsi"]),
        ("key", record["key"]),
        ("in the register", "yes" if record["in_register"] else "no"),
        ("also called", ", ".join(a for a in record["aliases"] if a != record["name"])),
        (
            "last known",
            f"{last['place_and_time']}; age {last['age']}; {last['certainty']}" if last["last_kind"] else "nothing is known of its movements",
        ),
    ]
    print(record["label"])
    for label, value in facts:
        if value not in (None, ""):
            print(wrapped(f"{label:>15}  {value}", 17))
    for event in events:
        print()
        for line in event_lines(event):
            print(line)
    print()
