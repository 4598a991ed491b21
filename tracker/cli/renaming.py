"""`tracker vessels edit | add | merge | split | alias | identify`: what people decide about who a vessel is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.filters import CountryOption, TypeOption, country_code
from tracker.cli.judging import WhoOption, WhyOption, done, one_vessel
from tracker.cli.options import DbOption, Format, FormatOption
from tracker.cli.show import Row, counted, fitting, show, tell, told_clock
from tracker.domain import columns
from tracker.domain.kinds import VesselType
from tracker.domain.when import parse_day, utc_now
from tracker.errors import NothingFound, UsageError
from tracker.settings import database_url

if TYPE_CHECKING:
    from tracker.analysis.candidates import Candidate
    from tracker.cli.asked import Fleet
    from tracker.store.reader import Reader

VesselArgument = Annotated[str, typer.Argument(metavar="KEY", help="The vessel, by its key, any of its names or its hull number.")]
SetClassOption = Annotated[str | None, typer.Option("--class", metavar="CLASS", help='Its class; "" for none.')]
HullOption = Annotated[str | None, typer.Option("--hull", metavar="NUMBER", help='Its hull number; "" for none.')]
ProjectOption = Annotated[str | None, typer.Option("--project", metavar="NUMBER", help='Its project; "" for none.')]
CANDIDATES = (("vessel", "vessel"), ("class", "class"), ("hull", "hull"), ("fits", "fits"), ("why", "why"), ("key", "vessel_key"))
NARROW_CANDIDATES = (("vessel", "who"), ("fits", "fits"), ("why", "reasons"))
_WIDE_TERMINAL = 150  # columns
_RECENT_DAYS = 60  # of a vessel that says no more than "warship": only those told of so near the day

alias = typer.Typer(no_args_is_help=True, help="Further names of a vessel.", epilog="Example: tracker vessels alias add Kildin Qildin")


def attach(app: typer.Typer) -> None:
    """Add these commands to the family `vessels`."""
    app.command("edit", epilog="Example: tracker vessels edit ru/nova-unlisted --class Steregushchiy --hull 531 --why 'hull seen'")(edit_)
    app.command("add", epilog="Example: tracker vessels add 'Admiral Novikov' --type frigate --country RU")(add_)
    app.command("merge", epilog="Example: tracker vessels merge ru/aleksandr-shabalin ru/alexandr-shabalin-unlisted --why 'one ship'")(merge_)
    app.command("split", epilog="Example: tracker vessels split ru/yelnya --claims 6c47 --as 'Yelnya of Project 266M'")(split_)
    app.command(
        "identify", epilog="Example: tracker vessels identify '2 frigates, Tartus, 2024-12-02' --as 'Admiral Gorshkov' --as 'Admiral Golovko'"
    )(identify_)
    app.add_typer(alias, name="alias")


def edit_(
    vessel: VesselArgument,
    class_name: SetClassOption = None,
    hull: HullOption = None,
    project: ProjectOption = None,
    type: TypeOption = None,
    country: CountryOption = None,
    why: WhyOption = None,
    who: WhoOption = None,
    db: DbOption = None,
) -> None:
    """Put a vessel's record right: class, hull, project, type, country. Its events stay as they are."""
    from tracker.intake.deciding import By
    from tracker.intake.identity import edit

    url = database_url(db)
    done(edit(url, one_vessel(url, vessel), _values(class_name, hull, project, type, country), By.of(who, why)))


def add_(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name.")],
    type: Annotated[VesselType, typer.Option("--type", metavar="TYPE", help="Vessel type: frigate, oiler, submarine, …")],
    class_name: SetClassOption = None,
    hull: HullOption = None,
    project: ProjectOption = None,
    country: CountryOption = None,
    why: WhyOption = None,
    who: WhoOption = None,
    db: DbOption = None,
) -> None:
    """Add a vessel that the register doesn't have; reports that name it then tell of this record."""
    from tracker.intake.deciding import By
    from tracker.intake.identity import add

    done(add(database_url(db), name, type, _values(class_name, hull, project, None, country), By.of(who, why)))


def _values(class_name: str | None, hull: str | None, project: str | None, kind: VesselType | None, country: str | None) -> dict[str, Any]:
    given = {"class_name": class_name, "hull": hull, "project": project, "type": kind.value if kind else None, "country": country_code(country)}
    return {name: value.strip() or None for name, value in given.items() if value is not None}


def merge_(
    keep: Annotated[str, typer.Argument(metavar="KEY1", help="The vessel that stays.")],
    gone: Annotated[str, typer.Argument(metavar="KEY2", help="The one that it is: its claims and names go to the first.")],
    why: WhyOption = None,
    who: WhoOption = None,
    db: DbOption = None,
) -> None:
    """Make two vessels one; the second's names become further names of the first, and its key leads there."""
    from tracker.intake.deciding import By
    from tracker.intake.identity import merge

    url = database_url(db)
    done(merge(url, one_vessel(url, keep), one_vessel(url, gone), By.of(who, why)))


def split_(
    vessel: VesselArgument,
    claims: Annotated[list[str], typer.Option("--claims", metavar="ID", help="A claim that is another vessel's (first characters); once for each.")],
    name: Annotated[str, typer.Option("--as", metavar="NAME", help="The other vessel: a key of one that is there, or the name of a new one.")],
    why: WhyOption = None,
    who: WhoOption = None,
    db: DbOption = None,
) -> None:
    """Give some claims of a vessel to another one."""
    from tracker.intake.deciding import By
    from tracker.intake.identity import split

    url = database_url(db)
    done(split(url, one_vessel(url, vessel), claims, name, By.of(who, why)))


@alias.command(
    "add", epilog="Example: tracker vessels alias add ru/yelnya Jelnja --why 'a spelling'; tracker vessels alias add Kildin Moma --until 2016"
)
def alias_add(
    vessel: VesselArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The further name.")],
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="She bore it from then on: 1981, 1981-05, 1981-05-02.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="She bore it up to then.")] = None,
    why: WhyOption = None,
    who: WhoOption = None,
    db: DbOption = None,
) -> None:
    """Give a vessel one more name; what reports tell of a vessel of that name is told of this one.

    With --since or --until only what happened in those years: a name that was used again can be the older ship's before and the newer's after.
    """
    from tracker.cli.filters import period
    from tracker.intake.deciding import By
    from tracker.intake.identity import add_alias

    url = database_url(db)
    first, last = period(since, until, utc_now())
    done(add_alias(url, one_vessel(url, vessel), name, By.of(who, why), first, last))


def identify_(
    unnamed: Annotated[str, typer.Argument(metavar="UNNAMED", help="An unnamed record: its key, or what it is, where and when.")],
    names: Annotated[list[str] | None, typer.Option("--as", metavar="NAME", help="A vessel that it is; once for each.")] = None,
    whole: Annotated[bool, typer.Option("--all", help="List vessels of which nothing is told that helps too.")] = False,
    format: FormatOption = Format.TABLE,
    why: WhyOption = None,
    who: WhoOption = None,
    db: DbOption = None,
) -> None:
    """Say which vessels an unnamed record is; without --as, list which they may have been, the likeliest first, with the reasons."""
    from tracker.intake.deciding import By
    from tracker.intake.identity import identify
    from tracker.store.reader import open_reader

    url = database_url(db)
    with open_reader(url, utc_now()) as reader:
        record, event = _unnamed(reader, unnamed)
        if not names:
            rows = _candidates(reader, record, event)
            told = [row for row in rows if whole or row["fits"] != "unknown"]
            silent = counted(len(rows) - len(told), "vessels")
            show(
                told,
                how=format.value,
                columns=columns.CANDIDATES,
                table=fitting(CANDIDATES, NARROW_CANDIDATES, _WIDE_TERMINAL),
                clock=told_clock(reader),
                note="vessels",
                nothing=f"no vessel fits {record['label']}; name one with --as"
                if not rows
                else f"no vessel that could be {record['label']} is told of around that day; --all lists {silent} of the sort, --as names one",
            )
            if len(told) < len(rows):
                tell(f"{silent} of the sort, of which nothing is told that helps, left out; --all lists them too")
            return
    done(identify(url, record["key"], [one_vessel(url, name) for name in names], By.of(who, why)))


def vessels_called(reader: Reader, words: str, on: date | None = None) -> list[Row]:
    """The vessels of a name, or the unnamed record that words such as "2 frigates, Tartus, 2024-12-02" mean. Raises NothingFound."""
    try:
        return reader.find_vessels(words, on)
    except NothingFound:
        if words.count(",") != 2:
            raise
    return [_unnamed(reader, words)[0]]


def _unnamed(reader: Reader, words: str) -> tuple[Row, Row | None]:
    """The unnamed record that is meant, by key or as "2 frigates, Tartus, 2024-12-02", and an event of it. Raises NothingFound, UsageError."""
    from tracker.store.queries import EventFilter

    if words.startswith("unnamed/"):
        record = reader.vessel_record(reader.find_vessels(words)[0]["key"])
        events = reader.events(EventFilter(vessels=(record["key"],)))
        return record, next((event for event in events if event["main_key"]), events[0] if events else None)
    what, *rest = (part.strip() for part in words.split(","))
    if len(rest) != 2:
        raise UsageError(f'"{words}": give a key, or what, where and when, as in "2 frigates, Tartus, 2024-12-02"')
    count, kind = _told_as(what)
    day = parse_day(rest[1], reader.as_of)
    chosen = EventFilter(type=kind.value, area=reader.find_place(rest[0])["key"], since=day, until=day, named=False)
    found = {row["vessel_key"]: row for row in reader.events(chosen) if row["count"] == count}
    if len(found) != 1:
        list_of = "; ".join(f"{key} (“{' '.join(row['quote'].split())[:80]}”)" for key, row in sorted(found.items()))
        raise NothingFound(f"{len(found)} unnamed records fit: {list_of}; name one by its key" if found else f'no unnamed record fits "{words}"')
    (event,) = found.values()
    return reader.vessel_record(event["vessel_key"]), event


def _told_as(words: str) -> tuple[int | None, VesselType]:
    """A count and a type: "2 frigates", "submarine", "frigates" (some). Raises UsageError."""
    from tracker.domain.kinds import TYPE_PLURALS

    first, _, rest = words.partition(" ")
    number, word = (int(first), rest.strip()) if first.isdigit() else (None, words)
    for kind, plural in TYPE_PLURALS.items():
        if word == plural:
            return number, kind
        if word == kind.value.replace("_", " "):
            return number or 1, kind
    raise UsageError(f'"{words}" is no number and type; use "2 frigates", "submarine", …')


def _candidates(reader: Reader, record: Row, event: Row | None) -> list[Row]:
    """Rows of `columns.CANDIDATES` for an unnamed record, the likeliest first."""
    from tracker.analysis.candidates import candidates
    from tracker.cli import asked
    from tracker.store.queries import EventFilter

    if event is None or event["end"] is None:
        raise NothingFound(f"nothing is told of {record['label']} on any day; name the vessels with --as")
    on: date = event["start"] or event["end"]
    loose = record["type"] in (VesselType.WARSHIP, VesselType.VESSEL)
    chosen = EventFilter(type=None if loose else record["type"], country=record["country"], named=True)
    fleet, known = asked.fleet(reader, chosen), reader.vessels(chosen, register=not loose)
    afloat = {row["vessel_key"]: row for row in known if _served(reader, row, on) and (not loose or _near(fleet, row["vessel_key"], on))}
    told = {key: fleet.told.get(key, []) for key in afloat}
    found = candidates(told, {key: row["type"] for key, row in afloat.items()}, event["main_key"], on, asked.sea(reader))
    fleet.fetch(event.id for one in found for event in (one.before, one.after) if event)
    return [_row(one, afloat[one.vessel], fleet) for one in found]


def _served(reader: Reader, row: Row, on: date) -> bool:
    """Whether the register leaves it open that a vessel was in service on a day."""
    record = reader.vessel_record(row["vessel_key"])
    out = record["status"] == "building" and not row["events"]
    return not out and not (record["ended"] and record["ended"] < on.year) and not (record["commissioned"] and record["commissioned"] > on.year + 1)


def _near(fleet: Fleet, key: str, on: date) -> bool:
    return any(event.end and abs((event.end - on).days) <= _RECENT_DAYS for event in fleet.told.get(key, ()))


def _row(one: Candidate, vessel: Row, fleet: Fleet) -> Row:
    from tracker.cli.asked import evidence

    told = []
    for word, event in (("before", one.before), ("after", one.after)):
        if event is not None:
            seen = evidence(fleet.rows[event.id])
            told.append(f"{word}: {seen['place']}, {seen['when']} ({seen['modality']}, event {event.id})")
    if one.needed_kn:
        told.append(f"at least {one.least_nm:,.0f} nm by sea, {one.needed_kn:.0f} kn")
    told = told or ["nothing told of it around that day"]
    facts = " · ".join(part for part in (vessel["class"], vessel["hull"]) if part)
    return vessel | {
        "who": "\n".join(part for part in (vessel["vessel"], facts, vessel["vessel_key"]) if part),
        "reasons": "\n".join(told),
        "fits": one.rank.name.lower().replace("_", " "),
        "why": "; ".join(told),
        "least_nm": one.least_nm,
        "needed_kn": one.needed_kn,
        "before_event_id": one.before.id if one.before else None,
        "after_event_id": one.after.id if one.after else None,
    }
