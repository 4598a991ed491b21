"""What people decide about vessels: edit, add, merge, split, alias, identify. Each is one transaction and one row of the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from tracker.domain.decisions import NameSpan, name_span, unlisted_key
from tracker.domain.kinds import VesselType
from tracker.domain.names import fold, slug
from tracker.errors import NothingFound, UsageError
from tracker.intake.deciding import By, Done, bring_up_to_date, deciding, write_down
from tracker.intake.known import gazetteer_of
from tracker.resolve.identity import unnamed_label
from tracker.store import claims as rows
from tracker.store import decisions, vessels
from tracker.store.ledger import Ledger, row_of
from tracker.store.tables import VesselAlias, VesselRow

Values = Mapping[str, Any]


def edit(url: str, key: str, values: Values, by: By) -> Done:
    """Change columns of a vessel (class_name, hull, project, country: text or None; type: a VesselType's value). Raises UsageError, NothingFound."""
    if not values:
        raise UsageError("nothing to edit: give --class, --hull, --project, --type or --country")
    with deciding(url) as ledger:
        record = _record(ledger.work, key)
        given = dict(values)
        if record["name"] is None and "type" in values:
            given["label"] = unnamed_label(record["count"], VesselType(values["type"]))
        before = decisions.decision(ledger.work, decisions.VESSEL, key, "edit")
        if any(record[name] != value for name, value in given.items()):
            ledger.update(VesselRow, (key,), given)
            decisions.decide(ledger, decisions.VESSEL, key, "edit", {"values": {**(before["values"] if before else {}), **values}})
        return write_down(ledger, by, "edit", "vessel", key, f"edited vessel {key}")


def add(url: str, name: str, kind: VesselType, values: Values, by: By) -> Done:
    """Add a vessel that the register doesn't have; `values` as for `edit`. Raises UsageError for one that is there."""
    if not slug(name):
        raise UsageError(f'"{name}" is no name')
    with deciding(url) as ledger:
        key = unlisted_key(values.get("country"), slug(name))
        if row_of(ledger.work, VesselRow, (key,)) is not None:
            raise UsageError(f"vessel {key} is there already; `tracker vessels edit` changes it")
        if decisions.decision(ledger.work, decisions.VESSEL, key, "merge"):
            raise UsageError(f"vessel {key} was merged into another; `tracker history {key}` tells which")
        _insert(ledger, key, name, {"type": kind.value, **values})
        return write_down(ledger, by, "add", "vessel", key, f"added vessel {key}")


def _insert(ledger: Ledger, key: str, name: str, values: Values) -> None:
    columns: dict[str, Any] = dict.fromkeys(VesselRow.model_fields)
    ledger.insert(VesselRow, columns | {"key": key, "name": name, "label": name, "count": 1, "in_register": False} | dict(values))
    ledger.put(VesselAlias, {"vessel_key": key, "alias": name, "folded": fold(name)})


def merge(url: str, keep: str, gone: str, by: By) -> Done:
    """Make two vessels one: the claims and names of the second go to the first, and its key leads there. Raises UsageError, NothingFound."""
    with deciding(url) as ledger:
        kept, other = _record(ledger.work, keep), _record(ledger.work, gone)
        if keep == gone:
            raise UsageError(f"{keep} and {gone} are one vessel already")
        if other["name"] is None or kept["name"] is None:
            raise UsageError(f"{gone if other['name'] is None else keep} has no name; say which vessel it is with `tracker vessels identify`")
        lead(ledger, gone, keep)
        return write_down(ledger, by, "merge", "vessel", gone, f"merged {gone} into {keep}")


def lead(ledger: Ledger, gone: str, keep: str) -> None:
    """Let a key, whether the store has a vessel of it or not, stand for another vessel."""
    ids = rows.of_vessel(ledger.work, gone)
    decisions.decide(ledger, decisions.VESSEL, gone, "merge", {"to": keep})
    vessels.move_names(ledger, gone, keep)
    if ids:
        bring_up_to_date(ledger, ids)
    vessels.drop_if_empty(ledger, gone)


def split(url: str, key: str, claims: Sequence[str], name: str, by: By) -> Done:
    """Make some claims of a vessel those of another: of one that is there, by key, or of a new one of this name. Raises UsageError, NothingFound."""
    with deciding(url) as ledger:
        record, target = _record(ledger.work, key), _target(ledger.work, name)
        ids = [_claim_of(ledger.work, key, number) for number in claims]
        if target is None:
            target = unlisted_key(record["country"], slug(name))
            if decisions.decision(ledger.work, decisions.VESSEL, target, "merge"):
                raise UsageError(f"{target} was merged into another vessel; undo that, or give another name")
            if row_of(ledger.work, VesselRow, (target,)) is None:
                _insert(ledger, target, name, {"type": record["type"], "country": record["country"]})
        if target == key:
            raise UsageError(f"{name} is the vessel that they are told of already")
        for number in ids:
            read = decisions.as_read(ledger.work, [number])[0].id
            decisions.decide(ledger, decisions.CLAIM, number, "move", {"to": target, "read": read})
        bring_up_to_date(ledger, ids)
        told = f"1 claim of {key} is" if len(ids) == 1 else f"{len(ids)} claims of {key} are"
        return write_down(ledger, by, "split", "vessel", key, f"{told} {target}'s now")


def _target(work: Session, name: str) -> str | None:
    if "/" not in name:
        if not slug(name):
            raise UsageError(f'"{name}" is no name')
        return None
    return str(_record(work, name)["key"])


def _claim_of(work: Session, key: str, prefix: str) -> str:
    found = [number for number in rows.claim_ids(work, prefix) if number in set(rows.of_vessel(work, key))] if prefix.isalnum() else []
    if len(found) != 1:
        raise NothingFound(f'{"no claim" if not found else f"{len(found)} claims"} of {key} begin{"s" if not found else ""} with "{prefix}"')
    return found[0]


def add_alias(url: str, key: str, name: str, by: By, since: date | None = None, until: date | None = None) -> Done:
    """Give a vessel one more name. What documents tell of a vessel of that name, which the register doesn't have, is told of this one from now on.

    With `since` or `until` she bore it from or to that day: only what happened wholly in between is told of her, also where the register has
    the name for a ship of other years. Raises UsageError for a name that is another vessel's in the register, or in those years.
    """
    if not slug(name):
        raise UsageError(f'"{name}" is no name')
    if since or until:
        return _add_dated_alias(url, name, NameSpan(key, since, until), by)
    with deciding(url) as ledger:
        record = _record(ledger.work, key)
        if record["name"] is None:
            raise UsageError(f"{key} has no name; say which vessel it is with `tracker vessels identify`")
        if others := [v.key for v in gazetteer_of(ledger.work).vessels.named(name) if v.key != key and v.country == record["country"]]:
            raise UsageError(f"{name} is the name of {', '.join(others)} in the register")
        ledger.put(VesselAlias, {"vessel_key": key, "alias": name, "folded": fold(name), "since": None, "until": None})
        for unlisted in dict.fromkeys((unlisted_key(record["country"], slug(name)), unlisted_key(None, slug(name)))):
            if unlisted != key and not decisions.decision(ledger.work, decisions.VESSEL, unlisted, "merge"):
                lead(ledger, unlisted, key)
        return write_down(ledger, by, "alias", "vessel", key, f"{key} is called {name} too")


def _add_dated_alias(url: str, name: str, span: NameSpan, by: By) -> Done:
    if span.since and span.until and span.since > span.until:
        raise UsageError(f"--since {span.since} is after --until {span.until}")
    with deciding(url) as ledger:
        record = _record(ledger.work, span.to)
        if record["name"] is None:
            raise UsageError(f"{span.to} has no name; say which vessel it is with `tracker vessels identify`")
        if slug(name) == slug(record["name"]):
            raise UsageError(f"{name} is the name of {span.to} at all times")
        keys = [unlisted_key(record["country"], slug(name)), unlisted_key(None, slug(name)), *_namesakes(ledger.work, name, record["country"], span)]
        row = {"vessel_key": span.to, "alias": name, "folded": fold(name), "since": span.since, "until": span.until}
        ledger.put(VesselAlias, row)
        for key in dict.fromkeys(key for key in keys if key != span.to):
            _let_bear(ledger, key, name, span)
        years = f"from {span.since or 'the beginning'} to {span.until or 'now'}"
        return write_down(ledger, by, "alias", "vessel", span.to, f"{span.to} is called {name} {years}")


def _namesakes(work: Session, name: str, country: str | None, span: NameSpan) -> list[str]:
    """The keys under which the register has the name for ships of other years. Raises UsageError where one of them may have served in the span."""
    others = [v for v in gazetteer_of(work).vessels.named(name) if v.key != span.to and v.country == country]
    for other in others:
        if (span.until is None or (other.commissioned or 0) <= span.until.year) and (span.since is None or (other.ended or 9999) >= span.since.year):
            years = f"{other.commissioned or '?'} to {other.ended or 'now'}"
            raise UsageError(f"{name} is the name of {other.key} in those years ({years}); give other days, or split its claims")
    return [other.key for other in others]


def _let_bear(ledger: Ledger, key: str, name: str, span: NameSpan) -> None:
    """Let what is read of a key be told of the vessel that bore its name then. Raises UsageError where another bore it on some of the days."""
    before = decisions.decision(ledger.work, decisions.VESSEL, key, "alias")
    spans = [one for one in (before["spans"] if before else []) if one["to"] != span.to]
    if other := next((one for one in map(name_span, spans) if one.overlaps(span)), None):
        raise UsageError(f"{name} is the name of {other.to} from {other.since or 'the beginning'} to {other.until or 'now'}")
    mine = {"to": span.to, **{end: day.isoformat() if day else None for end, day in (("since", span.since), ("until", span.until))}}
    ordered = sorted([*spans, mine], key=lambda one: (one["since"] or "", one["to"]))
    decisions.decide(ledger, decisions.VESSEL, key, "alias", {"spans": ordered})
    if ids := rows.read_of_vessel(ledger.work, key):
        bring_up_to_date(ledger, ids)


def identify(url: str, key: str, names: Iterable[str], by: By) -> Done:
    """Say which vessels, by key, an unnamed record is: its claims are told of them. Raises UsageError, NothingFound."""
    targets = list(dict.fromkeys(names))
    with deciding(url) as ledger:
        record = _record(ledger.work, key)
        if record["name"] is not None:
            raise UsageError(f"{key} has a name; `tracker vessels merge` makes two vessels one")
        if record["count"] and record["count"] != len(targets):
            raise UsageError(f"{record['label']} stands for {record['count']}, not {len(targets)}: give --as once for each")
        for target in targets:
            if _record(ledger.work, target)["name"] is None:
                raise UsageError(f"{target} has no name either")
        ids = rows.of_vessel(ledger.work, key)
        decisions.decide(ledger, decisions.VESSEL, key, "identify", {"to": targets})
        bring_up_to_date(ledger, ids)
        vessels.drop_if_empty(ledger, key)
        return write_down(ledger, by, "identify", "vessel", key, f"{record['label']} ({key}): {', '.join(targets)}")


def _record(work: Session, key: str) -> dict[str, Any]:
    record = row_of(work, VesselRow, (key,))
    if record is None:
        raise NothingFound(f"no vessel {key}; `tracker vessels list --register` has them all")
    return record
