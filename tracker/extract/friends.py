"""Stage 6, company that is no watch: ships of one side that a sentence tells to be with others do what these do."""

from __future__ import annotations

from tracker.domain.kinds import EventKind, Modality, Role, VesselType
from tracker.extract.corefer import Vessel
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.scene import Discourse, Group, Scene, Told, replace_told
from tracker.extract.sides import are_friends, are_rivals
from tracker.extract.telling import RECALLED

_ALIKE = frozenset(set(EventKind) - {EventKind.ESCORT, EventKind.REPLENISHMENT})


def friends_do_it_too(scene: Scene, told: list[Told], discourse: Discourse) -> list[Told]:
    """The events of a sentence, with friends "for company", "astern" or "at her side" told to do what she does and not to escort her."""
    beside_words = scene.line.doc.lexicon.sets["company_told"] | {"followed"}
    if all(e.kind is not EventKind.ESCORT for e in told) or beside_words.isdisjoint(scene.line.words):
        return told
    kept: list[Told] = []
    for event in told:
        led, beside = (_of_role(event, role) for role in (Role.ESCORTED, Role.ESCORT))
        friends = led.vessels and beside.vessels and _only_beside(scene.line, event) and (are_friends(led, beside) or _serve(led, beside))
        follows = not friends and event.kind is EventKind.ESCORT and _follows_on(scene.line, event, led, beside)
        base = _told_of(scene, event, led, beside, told, discourse) if (friends or follows) and event.kind is EventKind.ESCORT else None
        if follows and base is not None and (base.sentence == scene.number or base.kind not in _AT_PORTS):
            base = None
        if follows and base is not None and any(e is not event and set(beside.vessels) <= set(e.vessels) for e in told):
            discourse.told[:] = [e for e in discourse.told if e is not event]
            continue
        if base is None or not _like(event, base):
            kept.append(event)
            continue
        discourse.told[:] = [e for e in discourse.told if e is not event]
        if base.sentence == scene.number:
            _add(base, beside)
        else:
            kept.append(_too(scene, base, beside))
            discourse.fleet.note(tuple(dict.fromkeys((*base.vessels, *beside.vessels))))
    return kept


_SERVANTS = frozenset({VesselType.TUG, VesselType.OILER, VesselType.TANKER, VesselType.AUXILIARY, VesselType.RESCUE_SHIP})


def _serve(led: Group, beside: Group) -> bool:
    """Whether those beside ships are tugs or tankers, of no other side as far as the text tells: they watch nobody."""
    kinds = ({v.type} if v.type else set(v.kinds) for v in beside.vessels)
    return not are_rivals(led, beside) and all(types and types <= _SERVANTS for types in kinds)


_AT_PORTS = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE})


def _follows_on(line: Line, event: Told, led: Group, beside: Group) -> bool:
    """Whether an escort is only told of ships that came behind one of their own: "HMS Kent entered Oran, and was followed by HMS Tyne and a tug"."""
    span = event.sources.get("trigger", ("", None))[1]
    first = line.at_start(span[0]) if span else 0
    passive = line.low(first) == "followed" or line.lows[first + 1 : first + 2] == ["followed"]
    if span is None or not passive or line.low(line.at_offset(span[1] - 1) + 1) != "by":
        return False
    mine = {c for v in led.vessels for c in ((v.country,) if v.country else v.flags)}
    theirs = [{v.country} if v.country else set(v.flags) for v in beside.vessels]
    return bool(mine) and any(theirs) and all(not flags or not mine.isdisjoint(flags) for flags in theirs)


def with_shape_companions(scene: Scene, told: list[Told]) -> None:
    """Let those told in company of the ships of a turned sentence do what it tells: "the latest passage was that of A, with the cutter B"."""
    line = scene.line
    if len(scene.groups) < 2 or line.words.isdisjoint(_BESIDE):
        return
    for event in told:
        if not event.rule.startswith("shape.") or event.kind not in _ALIKE or event.spans[-1][1] > line.sentence.end:
            continue
        group = next((g for g in scene.groups if g.vessels == event.vessels), None)
        other = group and next((g for g in scene.groups if g.first > group.last), None)
        if group is None or other is None or set(other.vessels) & set(event.vessels) or not all(v.name or v.count for v in other.vessels):
            continue
        at = before_phrase(line, other.first)
        between = [low for low in line.lows[group.last : at + 1] if low != ","]
        near = line.low(other.last) in _NEAR_HER and line.low(other.last + 1) in ("her", "it") and line.lows[at - 1 : at + 1] == [",", "with"]
        along = near or (between in _COMPANY_WORDS and line.text(other.last) in (",", ".", ";", ""))
        if along and not are_rivals(group, other):
            _add(event, other)


_NEAR_HER = frozenset(["behind", "beside", "alongside", "astern"])  # "had her lines ashore, with the tanker X behind her"
_BESIDE = frozenset(["with", "alongside", "accompanied"])
_COMPANY_WORDS = (["with"], ["together", "with"], ["along", "with"], ["alongside"], ["accompanied", "by"], ["in", "company", "with"])


def _like(event: Told, base: Told) -> bool:
    """Whether ships are with others at the place and on the day of an event, and no more certainly or less than it is told."""
    there = event.main is None or event.main in base.places.values()
    then = event.interval is None or base.sentence == event.sentence or event.interval == base.interval
    planned = {e.stance.modality is Modality.PLANNED for e in (event, base)}
    return there and then and len(planned) == 1


def _of_role(event: Told, role: Role) -> Group:
    """The vessels of an escort that have a role."""
    vessels = tuple(v for v, r in event.roles if r is role)
    spans = dict(zip(event.vessels, event.spans, strict=True))
    return Group(0, 0, vessels, tuple(spans.get(v, event.span) for v in vessels))


_ESCORTS, _ESCORT_TOKENS = frozenset(["escort", "escorts", "guard", "guards", "protection"]), 4


def _only_beside(line: Line, event: Told) -> bool:
    """Whether an escort is told by words that only say where ships are beside others: "had the frigate X for company"."""
    span = event.sources.get("trigger", ("", None))[1]
    if span is None:
        return False
    first, last = line.at_start(span[0]), line.at_offset(span[1] - 1) + 1
    if not _ESCORTS.isdisjoint(line.lows[first : last + _ESCORT_TOKENS]):
        return False  # "By her side, as escort, went the patrol boat X"
    return not line.doc.lexicon.sets["company_told"].isdisjoint(line.lows[first:last])


def _told_of(scene: Scene, event: Told, led: Group, beside: Group, told: list[Told], discourse: Discourse) -> Told | None:
    """What the ships that others are with do, as this sentence or the one before tells it last."""
    here = [e for e in told if e.kind in _ALIKE and set(led.vessels) <= set(e.vessels)]
    if here:
        return here[0] if _starts(here[0]) <= _starts(event) else None
    before = (e for e in reversed(discourse.told[-RECALLED:]) if e.sentence == scene.number - 1)
    last = next((e for e in before if e.kind in _ALIKE and set(led.vessels) <= set(e.vessels)), None)
    return None if last is None or last.stance.modality is Modality.NEGATED else last


def _starts(event: Told) -> int:
    """Where the word that tells an event begins."""
    return (event.sources.get("trigger", ("", None))[1] or event.span)[0]


def _add(event: Told, group: Group) -> None:
    """Let vessels do what an event tells."""
    new: list[tuple[Vessel, tuple[int, int]]] = [(v, s) for v, s in zip(group.vessels, group.spans, strict=True) if v not in event.vessels]
    event.vessels, event.spans = (*event.vessels, *(v for v, _ in new)), (*event.spans, *(s for _, s in new))


def _too(scene: Scene, base: Told, group: Group) -> Told:
    """The event of the sentence before, told here of others."""
    line, event = scene.line, replace_told(base, base.kind)
    event.vessels, event.spans, event.places, event.rule = group.vessels, group.spans, dict(base.places), "company.with"
    event.span, event.sentence, event.block = (line.sentence.start, line.sentence.end), scene.number, line.sentence.block
    event.sources = {slot: ("sentence before", span) for slot, (_, span) in base.sources.items()}
    return event
