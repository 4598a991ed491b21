"""`tracker sources show | versions | withdraw | restore`: one document, the other texts of its page, and whether it stands."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.judging import WhoOption, WhyOption, done
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, clock
from tracker.cli.show import counted, day, tell
from tracker.domain import columns
from tracker.domain.when import parse_day, utc_now
from tracker.errors import NothingFound
from tracker.settings import database_url

if TYPE_CHECKING:
    from tracker.analysis.comparison import Difference
    from tracker.domain.records import Claim
    from tracker.store.reader import Reader

Row = dict[str, Any]
DocumentArgument = Annotated[str, typer.Argument(metavar="DOCUMENT", help="Its id (the first characters do), or its URL: the last of its versions.")]


def attach(app: typer.Typer) -> None:
    """Add these commands to the family `sources`."""
    app.command("show", epilog="Example: tracker sources show 85f2190f --text")(show_)
    app.command("versions", epilog="Example: tracker sources versions https://wire.example/yelnya")(versions)
    app.command("withdraw", epilog="Example: tracker sources withdraw 85f2190f --why 'the paper took it back' --on 2024-12-09")(withdraw_)
    app.command("restore", epilog="Example: tracker sources restore 85f2190f --why 'a weekly page: each week stands'")(restore_)


def show_(
    document: DocumentArgument,
    text: Annotated[bool, typer.Option("--text", help="Its text as it was read, and nothing else.")] = False,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Show a document: who published it when, whether it stands, and what it tells; also one that was replaced or withdrawn."""
    from tracker.cli.cards import bold, fact_lines
    from tracker.store.reader import open_reader

    with open_reader(database_url(db), clock(as_of)) as reader:
        row = reader.find_document(document)
        if text:
            sys.stdout.write(reader.document_text(row["document_id"]))
            return
        print(bold(row["title"] or row["document_id"][:12]))
        others = len(reader.versions(row["document_id"])) - 1
        for line in fact_lines(
            [
                ("source", row["source"]),
                ("author", row["author"]),
                ("published", day(row["published"])),
                ("read", f"{row['ingested_at']:%Y-%m-%d %H:%M} UTC"),
                ("url", row["url"]),
                ("archived", row["archive_url"]),
                ("based on", row["based_on"]),
                ("id", row["document_id"]),
                ("state", _told_state(row)),
                ("other versions", others or None),
            ]
        ):
            print(line)
        for claim in as_read(reader, row):
            _print_claim(claim, reader)


def _told_state(row: Row) -> str:
    if row["until"] is None:
        return "current"
    return f"{row['state']} on {day(row['until'])}: what it tells stood from {day(row['known_from'])}"


def _print_claim(claim: Claim, reader: Reader) -> None:
    from tracker.cli.cards import quote_line, wrapped

    print()
    print(wrapped(f"{_vessel(claim, reader)}: {_act(claim)}, {claim.interval.told()} · {claim.modality.value} · claim {claim.id}", 4))
    print(quote_line(claim.quote))


def _act(claim: Claim) -> str:
    from tracker.domain.phrases import told_act

    return told_act(claim.kind, claim.place, claim.origin, claim.destination, claim.modality)


def _vessel(claim: Claim, reader: Reader) -> str:
    row = reader.vessel_identities().get(claim.vessel)
    return str(row["vessel"]) if row else claim.mention or claim.vessel


def as_read(reader: Reader, row: Row) -> list[Claim]:
    """The claims of a document as they were read, whatever people decided of them since, in the order of the text."""
    from tracker.cli.claims import as_claim
    from tracker.cli.former import as_read_row

    facts = {"published": row["published"], "source_key": row["source_key"]}
    kept = reader.read_claims(row["document_id"])
    told = {number for one in kept for number in one["told"]}
    stand = [as_claim(claim) for claim in reader.claims(document=row["document_id"]) if claim["claim_id"] not in told]
    read = [as_claim(as_read_row(facts | {"read": one["read"]})) for one in kept]
    return sorted([*stand, *read], key=lambda claim: (claim.quote_start, claim.id))


def versions(document: DocumentArgument, format: FormatOption = Format.TABLE, db: DbOption = None) -> None:
    """Compare the versions of a page: which claims went, came or changed, slot by slot, and in which reports the old ones were printed."""
    from tracker.export import write
    from tracker.store.reader import open_reader

    with open_reader(database_url(db), utc_now()) as reader:
        rows = reader.versions(reader.find_document(document)["document_id"])
        if len(rows) < 2:
            raise NothingFound(f"{rows[0]['url'] or rows[0]['document_id'][:12]} has this one version: {_told_state(rows[0])}")
        changes = [(old, new, _changes(reader, old, new)) for old, new in pairwise(rows)]
    if format is not Format.TABLE:
        write([row for _, _, those in changes for row in those], columns.VERSION_CHANGES, format.value, sys.stdout)
        return
    _print_versions(rows)
    for number, (_, _, those) in enumerate(changes, 1):
        _print_changes(number, those)


def _changes(reader: Reader, old: Row, new: Row) -> list[Row]:
    """Rows of `columns.VERSION_CHANGES`."""
    from tracker.analysis.comparison import compare

    decided: dict[str, set[str]] = {}
    for kind, target, action, _ in reader.decisions():
        if kind == "claim":
            decided.setdefault(target, set()).add(action)
    reports = reader.reports()
    return [
        _row(one, old, new, reader) | {"decided": _list(sorted(decided.get(one.old.id, ())) if one.old else ()), **_in_reports(one, reports)}
        for one in compare(as_read(reader, old), as_read(reader, new))
    ]


def _row(one: Difference, old: Row, new: Row, reader: Reader) -> Row:
    claim = one.old or one.new
    assert claim is not None  # a difference has a side
    return {
        "old_document_id": old["document_id"],
        "new_document_id": new["document_id"],
        "what": one.what.value,
        "vessel_key": claim.vessel,
        "vessel": _vessel(claim, reader),
        "kind": claim.kind.value,
        "slots": _list(f"{slot}: {before or 'none'} -> {after or 'none'}" for slot, before, after in one.slots),
        "old_claim_id": one.old.id if one.old else None,
        "new_claim_id": one.new.id if one.new else None,
        "old_quote": one.old.quote if one.old else None,
        "new_quote": one.new.quote if one.new else None,
        "told": f"{_act(claim)}, {claim.interval.told()}",
    }


def _in_reports(one: Difference, reports: list[Row]) -> Row:
    found = [row for row in reports if one.old and one.old.id in row["claims"]]
    return {"report_ids": _list(row["report_id"] for row in found), "reports": _list(f"{row['title']} ({row['file']})" for row in found)}


def _list(parts: Any) -> str | None:
    return "; ".join(parts) or None


def _print_versions(rows: list[Row]) -> None:
    from tracker.cli.cards import bold, wrapped

    print(bold(f"{rows[-1]['title'] or ''} · {rows[-1]['url']}".removeprefix(" · ")))
    for number, row in enumerate(rows, 1):
        read = f"read {row['ingested_at']:%Y-%m-%d %H:%M} UTC"
        print(wrapped(f"{number}  {row['document_id'][:12]} · published {day(row['published'])}, {read} · {_told_state(row)}", 5, first=2))


def _print_changes(number: int, rows: list[Row]) -> None:
    from tracker.cli.cards import bold, quote_line, wrapped

    counts = Counter(row["what"] for row in rows)
    print()
    print(bold(f"{number} to {number + 1}: {', '.join(f'{counts[what]} {what}' for what in ('gone', 'changed', 'new', 'same'))}"))
    for row in rows:
        if row["what"] == "same":
            continue
        print()
        told = (row["what"], f"{row['vessel']}: {row['told']}", row["slots"])
        print(wrapped(" · ".join(part for part in told if part), 4))
        for quote in dict.fromkeys(quote for quote in (row["old_quote"], row["new_quote"]) if quote):
            print(quote_line(quote))
        for label, value in (("decided", row["decided"]), ("in", row["reports"])):
            if value:
                print(wrapped(f"{label}: {value}", 4, first=4))


def withdraw_(
    document: DocumentArgument,
    why: WhyOption = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Since when it is withdrawn (default: today).")] = None,
    who: WhoOption = None,
    db: DbOption = None,
) -> None:
    """Withdraw a document: it is kept and can be read, but what it tells makes no events from that day on."""
    from tracker.intake.deciding import By
    from tracker.intake.versions import withdraw

    url = database_url(db)
    done(withdraw(url, _one(url, document), By.of(who, why), parse_day(on, utc_now()) if on else None))


def restore_(document: DocumentArgument, why: WhyOption = None, who: WhoOption = None, db: DbOption = None) -> None:
    """Let a withdrawn document tell again, or one that a later text of its page replaced stand beside it."""
    from tracker.intake.deciding import By
    from tracker.intake.versions import restore

    url = database_url(db)
    done(restore(url, _one(url, document), By.of(who, why)))


def _one(url: str, document: str) -> str:
    """The id of the document that is meant."""
    from tracker.store.reader import open_reader

    with open_reader(url, utc_now()) as reader:
        row = reader.find_document(document)
    tell(f"{row['title'] or 'untitled'} · {row['source']}, {day(row['published'])} · {counted(row['claims'], 'claims')}")
    return str(row["document_id"])
