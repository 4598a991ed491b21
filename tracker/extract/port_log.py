"""Stage 6, the log of a port: ships told to come, go or lie there by a word alone: "0640 HMS Kent in past the breakwater", "Tyne out again"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line, holds
from tracker.extract.modality import Stance
from tracker.extract.port_labels import labelled, under_title
from tracker.extract.port_places import places_at_port
from tracker.extract.port_words import ACTS, DUE, HOURS, LASTS, kind_at
from tracker.extract.scene import Discourse, Group, Scene, Told, replace_told
from tracker.extract.stances import stance_of
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger

_CALLED_OFF = frozenset(["cancelled", "canceled", "postponed", "scrubbed", "called off", "put off", "put back"])
_MARKS = frozenset([",", ";", ":", "|", "–", "—", "-", "and", "then", "but"])
_LITTLE = frozenset(
    ["also", "both", "all", "again", "now", "finally", "later", "soon", "duly", "is", "was", "are", "were", "she", "they", "been", "has", "have",
     "came", "comes", "come", "went", "goes", "stood", "stands", ".", "not", "never", "about", "a", "surprise", "rare", "welcome", "herself", "just"]
)  # fmt: skip
_PASSED_OVER = _LITTLE | LASTS | HOURS | _MARKS
_OF_LENGTH = frozenset(["since", "for", "throughout", "all"])


@dataclass(slots=True)
class _Act:
    """What a word alone tells of ships: its tokens, its kind, and where its clause begins."""

    first: int
    last: int
    kind: EventKind
    who: Group
    begin: int


def told_at_port(scene: Scene, discourse: Discourse, told: list[Told]) -> list[Told]:
    """What the log of a port tells by a word alone of ships: "0915 RFA Tidesurge out", "Tromp back by tea time", "HMS Scott still on 8 wharf"."""
    line, watch = scene.line, discourse.watch
    if watch is None or not watch.is_port or discourse.keeper:
        return []
    if discourse.titles and scene.groups and (found := under_title(scene, discourse, told)):
        return found
    if line.words.isdisjoint(ACTS) and ":" not in line.texts:
        return []
    if (found := labelled(scene, discourse, told)) or not discourse.entries:
        return found
    acts = list(_acts(scene, discourse, told))
    scene.opening = min([scene.opening, *(act.first for act in acts)])
    for number, act in enumerate(acts):
        end = _end_of(line, act, acts[number + 1 :], told)
        again = [e for e in (*told, *(found if act.kind is EventKind.IN_PORT else ())) if e.kind is act.kind]
        if any(set(e.vessels) & set(act.who.vessels) for e in again):
            continue
        trigger = Trigger(line.doc.lexicon.rules[f"log.{act.kind.value}"], "state", act.first, act.last, act.first, False, (act.begin, end))
        slots = places_at_port(scene, act.kind, (act.begin, act.first, end), watch)
        if slots is None:
            continue
        event = tell(scene, trigger, act.who.vessels, act.who.spans, act.kind, slots, _stance(line, trigger, act), discourse)
        if slots.get(MAIN_SLOT[act.kind]) is watch:
            event.sources[MAIN_SLOT[act.kind]] = ("heading", (watch.start, watch.end))
        found.append(event)
        found.extend(_with_them(line, scene, event))
    for event in told:
        if event.kind in (EventKind.ARRIVAL, EventKind.DEPARTURE):
            found.extend(m for m in _with_them(line, scene, event) if not any(set(e.vessels) & set(m.vessels) for e in (*told, *found)))
    return found


def _end_of(line: Line, act: _Act, behind: list[_Act], told: list[Told]) -> int:
    """Where the clause of an act ends: at the next act, at a verb that tells something, or at a semicolon."""
    begins = [a.begin for a in behind if a.begin >= act.last] + [r.start for e in told if (r := _tokens_of(line, e)) and r.start >= act.last]
    end = min(begins, default=line.size)
    return next((n for n in range(act.last, end) if line.text(n) == ";"), end)


_BEHIND_HER = frozenset(["behind", "astern", "with", "after", "following", "alongside"])


def _with_them(line: Line, scene: Scene, event: Told) -> list[Told]:
    """The ships told right behind to have done the same: "Ottawa in 1020, and the supply ship Asterix behind her", "and Azov with them"."""
    at = line.at_offset((event.sources["trigger"][1] or event.span)[0])
    found = []
    for group in scene.groups:
        led = line.low(before_phrase(line, group.first)) in ("and", ",", "then")
        along = line.low(group.last) in _BEHIND_HER and line.low(group.last + 1) in ("her", "them", "him", "it")
        if group.first > at and not event.roles and led and along and _is_ship(line, group) and not set(group.vessels) & set(event.vessels):
            more = replace_told(event, event.kind)
            more.vessels, more.spans, more.places = group.vessels, group.spans, dict(event.places)
            found.append(more)
    return found


def _stance(line: Line, trigger: Trigger, act: _Act) -> Stance:
    """How firmly a log tells it: as its words do, "probably out at dusk", "not back"."""
    if line.lows[act.first] in DUE and line.low(act.last) != "out":
        off = holds(line.lows[act.last : trigger.reach[1] + _OFF_TOKENS], _CALLED_OFF)
        return Stance(Modality.NEGATED, "called off") if off else Stance(Modality.PLANNED, line.lows[act.first])
    if line.lows[act.first : act.last] == ["to", "sea"]:
        return Stance(Modality.ASSERTED)
    if "not" in line.lows[act.begin : act.first] or "never" in line.lows[act.begin : act.first]:
        return Stance(Modality.NEGATED, "not")
    return stance_of(line, trigger, act.who if act.who.first <= act.first else None)


_OFF_TOKENS = 8


def _acts(scene: Scene, discourse: Discourse, told: list[Told]) -> Iterator[_Act]:
    """The words of a sentence that tell of ships alone, with the ships."""
    line = scene.line
    taken = {n for e in told for n in _tokens_of(line, e)} | {n for g in scene.groups for n in range(g.first, g.last)}
    brackets = _in_brackets(line)
    last: _Act | None = None
    for at in range(line.size):
        if at in taken or at in brackets or line.lows[at] not in ACTS or (last is not None and at < last.last):
            continue
        read = _as_before(line, at, discourse) if line.lows[at] == "followed" else kind_at(scene, at)
        if read is None:
            continue
        kind, end = read
        who = _who(scene, discourse, at, brackets, last)
        if who is None:
            continue
        group, begin, lasts = who
        if kind is EventKind.DEPARTURE and _only_states(line, at, end):
            continue
        if lasts and kind is EventKind.ARRIVAL and line.lows[at] != "back":
            kind = EventKind.IN_PORT
        elif lasts and kind is EventKind.DEPARTURE:
            continue  # "still away": nothing that happened on the day
        if kind is EventKind.ARRIVAL and line.lows[at] in ("in", "home") and _lasts_so_long(scene, begin, end):
            kind = EventKind.IN_PORT
        last = _Act(at, end, kind, group, begin)
        yield last


def _as_before(line: Line, at: int, discourse: Discourse) -> tuple[EventKind, int] | None:
    """What ships did that "followed" others of the same entry: "Queen Elizabeth sailed at 1745. Richmond followed half an hour later"."""
    last = discourse.told[-1] if discourse.told else None
    if last is None or last.block != line.sentence.block or last.kind not in (EventKind.ARRIVAL, EventKind.DEPARTURE):
        return None
    alone = line.low(at + 1) in _THEN or line.low(at + 1).isdecimal()
    return (last.kind, at + 1) if alone and last.stance.modality is Modality.ASSERTED else None


_THEN = frozenset(["", ".", ",", ";", "half", "an", "at", "later", "soon", "shortly", "minutes", "ten", "twenty", "thirty", "two", "three"])


def _lasts_so_long(scene: Scene, begin: int, at: int) -> bool:
    """Whether the words behind "in" say how long ships have been in: "in since Friday", "in for a fortnight", and not "in from Kiel for fuel"."""
    line = scene.line
    came_from = any(line.low(p.first - 1) in ("from", "ex") and p.first >= begin for p in scene.places)
    if came_from or line.low(at) not in _OF_LENGTH or line.low(at + 1) in _STORES:
        return False
    return line.low(at) != "for" or any(d.start <= line.ends[at + 1] + 1 < d.end for d in scene.dates)


def _only_states(line: Line, at: int, end: int) -> bool:
    """Whether "was out" only says that a ship was at sea: "The frigate was out on patrol", against "was out at 0815"."""
    timed = line.low(end).isdecimal() or line.low(end) in ("at", "by", "again")
    return line.low(at - 1) in ("is", "was", "are", "were", "been") and line.lows[at] in ("out", "away", "off") and not timed


_STORES = frozenset(["stores", "fuel", "bunkers", "repairs", "orders", "water", "crew"])


def _tokens_of(line: Line, event: Told) -> range:
    """The tokens of the words by which an event was told."""
    span = event.sources.get("trigger", ("", None))[1]
    if span is None or not line.sentence.start <= span[0] < line.sentence.end:
        return range(0)
    return range(line.at_start(span[0]), line.at_offset(span[1] - 1) + 1)


def _in_brackets(line: Line) -> frozenset[int]:
    """The tokens within brackets, these included."""
    inside: set[int] = set()
    opened: int | None = None
    for n, text in enumerate(line.texts):
        if text == "(":
            opened = n
        if opened is not None:
            inside.add(n)
        if text == ")":
            opened = None
    return frozenset(inside)


def _who(scene: Scene, discourse: Discourse, at: int, brackets: frozenset[int], last: _Act | None) -> tuple[Group, int, bool] | None:
    """Whose act a word tells, where its clause begins, and whether it lasts: the ships right in front of it, else those told before."""
    line = scene.line
    n, lasts, mark = at - 1, False, -1
    while n >= 0:
        low = line.lows[n]
        if any(g.last == n + 1 for g in scene.groups):
            group = next(g for g in scene.groups if g.last == n + 1)
            return (group, group.first, lasts) if _is_ship(line, group) else None
        dated = any(d.start <= line.starts[n] < d.end for d in scene.dates)
        lasts = lasts or low in LASTS
        mark = n if mark < 0 and low in _MARKS else mark
        if not (dated or low in _PASSED_OVER or low.isdecimal() or n in brackets):
            break
        n -= 1
    if n >= 0 and mark < 0:
        return None
    if n < 0 and (behind := _right_behind(scene, at)):
        return behind, 0, lasts
    before = [g for g in scene.groups if g.last <= at and _is_ship(line, g)]
    if last is not None and (not before or before[-1].first <= last.first):
        return last.who, mark + 1, lasts
    if before:
        return before[-1], before[-1].first, lasts
    if scene.groups and scene.groups[0].first < at:
        return None
    return _unspoken(scene, discourse, n, lasts=lasts)


def _right_behind(scene: Scene, at: int) -> Group | None:
    """The ships right behind a word that opens an entry: "i/b 1410 LÉ George Bernard Shaw", "Out at 0800 HMS Kent"."""
    line = scene.line
    first = next((g for g in scene.groups if g.first > at), None)
    if first is None or scene.groups[0] is not first or not _is_ship(line, first):
        return None
    between = line.lows[at + 1 : first.first]
    plain = all(low.isdecimal() or low in _PASSED_OVER or low in ("/", "b", "at", "the", "h") for low in between)
    return first if plain and any(low.isdecimal() for low in between) else None


def _unspoken(scene: Scene, discourse: Discourse, n: int, *, lasts: bool) -> tuple[Group, int, bool] | None:
    """The ships of which the entry told last, where its next sentence leaves them unsaid: "Out at 0800. Back at dusk"."""
    line, vessels = scene.line, discourse.fleet.subject
    if line.low(0) == "both":
        told = [e for e in discourse.told[-_LAST_TOLD:] if e.block == line.sentence.block]
        vessels = tuple(dict.fromkeys(v for e in told for v in e.vessels))
        vessels = vessels if len(vessels) == len(("one", "other")) else ()
    begin = line.doc.blocks[line.sentence.block].start
    if n >= 0 or not vessels or not all(any(begin <= a < line.sentence.start for a, _ in v.mentions) for v in vessels):
        return None
    span = line.span(0, 1)
    return Group(0, 0, vessels, tuple(span for _ in vessels)), 0, lasts


_LAST_TOLD = 4


def _is_ship(line: Line, group: Group) -> bool:
    """Whether ships are told so that a log may be about them: by name, or as one or so many of a kind, and no tug that only helps."""
    return all(v.name or (v.count and v.type is not None and v.type.value not in ("tug", "vessel")) for v in group.vessels)
