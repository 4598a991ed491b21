"""`tracker events accept | reject | edit | add`: what people decide about claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.options import DbOption
from tracker.cli.show import tell
from tracker.domain.kinds import EventKind, Modality
from tracker.domain.when import parse_period, utc_now
from tracker.errors import UsageError
from tracker.settings import database_url

if TYPE_CHECKING:
    from tracker.domain.when import Interval
    from tracker.intake.deciding import Done
    from tracker.intake.review import Place

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="An event's id, or its first characters; a rejected claim's.")]
WhyOption = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reason, kept in the history.")]
WhoOption = Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who decides (default: the user's name).")]
AloneOption = Annotated[bool, typer.Option("--claim", help="ID is that of one claim: the others of its event stay as they are.")]
KindOption = Annotated[EventKind | None, typer.Option("--kind", metavar="KIND", help="departure, arrival, transit, in_port, at_sea, underway, …")]
DateOption = Annotated[str | None, typer.Option("--date", metavar="DATE", help="When: 2024-12-02, 2024-12, 2024-11-30..2024-12-02; open: undated.")]
PlaceOption = Annotated[
    str | None, typer.Option("--place", metavar="NAME", help='What it is chiefly about: where from, where to or where; "" for none.')
]
OriginOption = Annotated[str | None, typer.Option("--origin", metavar="NAME", help='Where from; "" for none.')]
DestinationOption = Annotated[str | None, typer.Option("--destination", metavar="NAME", help='Where to; "" for none.')]
ModalityOption = Annotated[Modality | None, typer.Option("--modality", metavar="HOW", help="asserted, reported, possible, planned, negated.")]


def attach(app: typer.Typer) -> None:
    """Add these commands to the family `events`."""
    app.command("accept", epilog="Example: tracker events accept 067c --why 'seen on the picture'")(accept_)
    app.command("reject", epilog="Example: tracker events reject 770c --why 'another ship of that name'")(reject_)
    app.command("edit", epilog="Example: tracker events edit 3141 --kind departure --date 2024-12-03 --why 'the caption says so'")(edit_)
    app.command(
        "add", epilog="Example: tracker events add Yelnya --kind departure --place Tartus --date 2024-12-02 --quote 'Yelnya left Tartus on Monday.'"
    )(add_)


def done(result: Done) -> None:
    """Say what was decided, on stderr: there is no data."""
    tell(f"{result.told} · decision {result.number}; `tracker undo` takes it back")


def accept_(id_: IdArgument, alone: AloneOption = False, why: WhyOption = None, who: WhoOption = None, db: DbOption = None) -> None:
    """Accept an event: all its claims are right. A rejected claim stands again."""
    from tracker.intake.deciding import By
    from tracker.intake.review import accept

    done(accept(database_url(db), id_, By.of(who, why), alone=alone))


def reject_(id_: IdArgument, alone: AloneOption = False, why: WhyOption = None, who: WhoOption = None, db: DbOption = None) -> None:
    """Reject an event: its claims make no events, now or when the document is read again."""
    from tracker.intake.deciding import By
    from tracker.intake.review import reject

    done(reject(database_url(db), id_, By.of(who, why), alone=alone))


def edit_(
    id_: IdArgument,
    kind: KindOption = None,
    date: DateOption = None,
    place: PlaceOption = None,
    origin: OriginOption = None,
    destination: DestinationOption = None,
    modality: ModalityOption = None,
    alone: AloneOption = False,
    why: WhyOption = None,
    who: WhoOption = None,
    db: DbOption = None,
) -> None:
    """Put right what was read: kind, date, places, firmness. The quote stays as it is, and the claim counts as accepted."""
    from tracker.intake.deciding import By
    from tracker.intake.review import Edit, edit

    url = database_url(db)
    where, whence, whither = (place_named(url, name) for name in (place, origin, destination))
    change = Edit(kind, interval(date), where, whence, whither, modality)
    done(edit(url, id_, change, By.of(who, why), alone=alone))


def add_(
    vessels: Annotated[list[str], typer.Argument(metavar="VESSEL…", help="The vessels, by any of their names, keys or hull numbers.")],
    kind: Annotated[EventKind, typer.Option("--kind", metavar="KIND", help="departure, arrival, transit, in_port, at_sea, underway, …")],
    quote: Annotated[str, typer.Option("--quote", metavar="TEXT", help="The words that tell it.")],
    date: DateOption = None,
    place: PlaceOption = None,
    origin: OriginOption = None,
    destination: DestinationOption = None,
    modality: Annotated[Modality, typer.Option("--modality", metavar="HOW", help="How firm: asserted, reported, …")] = Modality.REPORTED,
    why: WhyOption = None,
    who: WhoOption = None,
    db: DbOption = None,
) -> None:
    """Add an event of your own: its source is "analyst NAME" (F until graded), its quote the words you give."""
    from tracker.domain.kinds import MAIN_SLOT
    from tracker.domain.when import Interval
    from tracker.intake.deciding import By
    from tracker.intake.review import Added, add

    url = database_url(db)
    given = {MAIN_SLOT[kind]: place, **{slot: name for slot, name in (("origin", origin), ("destination", destination)) if name}}
    places = {slot: found for slot, name in given.items() if name and (found := place_named(url, name))}
    told = Added(tuple(one_vessel(url, name) for name in vessels), kind, quote, interval(date) or Interval.open_until(None), modality, places)
    done(add(url, told, By.of(who, why)))


def interval(text: str | None) -> Interval | None:
    """The interval of `--date`. Raises UsageError."""
    from tracker.domain.when import Interval

    if text is None:
        return None
    return Interval.open_until(None) if text.strip() in ("", "open") else parse_period(text, utc_now())


def place_named(url: str, name: str | None) -> Place | None:
    """The place of a name, none for an empty one. Raises NothingFound with what was perhaps meant."""
    from tracker.intake.review import Place
    from tracker.store.reader import open_reader

    if name is None:
        return None
    if not name.strip():
        return Place(None, None)
    with open_reader(url, utc_now()) as reader:
        found = reader.find_place(name)
    return Place(found["name"], found["key"])


def one_vessel(url: str, name: str) -> str:
    """The key of the one vessel of a name. Raises UsageError where there are several, NothingFound where there is none."""
    from tracker.store.reader import open_reader

    with open_reader(url, utc_now()) as reader:
        found = reader.find_vessels(name)
    if len(found) > 1:
        raise UsageError(f'{len(found)} vessels are called "{name}"; give one of the keys {", ".join(row["key"] for row in found[:6])}')
    return str(found[0]["key"])
