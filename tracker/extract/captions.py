"""Stage 6, captions without a verb: a place and its vessels on either side of a colon."""

from __future__ import annotations

from tracker.domain.kinds import WATER_KINDS, EventKind, Modality, PlaceKind
from tracker.domain.records import changed
from tracker.extract.counted_days import resolved
from tracker.extract.doubtful_members import doubtful_members
from tracker.extract.groups import joined
from tracker.extract.line import Line
from tracker.extract.modality import Stance, stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Group, Scene, Told


def read_caption(scene: Scene, discourse: Discourse) -> list[Told]:
    """A caption without a verb: a place before a colon, vessels behind it: "Off Tartus, Dec. 10: two frigates and a tug"; or the other way round."""
    line = scene.line
    if line.holds(line.doc.lexicon.habit):
        return []  # "a presence in those waters: a frigate as a rule"
    marks = () if _CAPTION_MARKS.isdisjoint(line.texts) else range(1, line.size - 1)
    mark = next((n for n in marks if line.text(n) in _CAPTION_MARKS and line.starts[n + 1] > line.ends[n]), None)
    mark = _behind_name(scene) if mark is None else mark
    if mark is None:
        return []
    if all(g.last <= mark for g in scene.groups) and all(p.first > mark for p in scene.places):
        return _ships_then_place(scene, discourse, mark)
    groups = [left for g in scene.groups if g.first > mark and (left := _without_gone(line, g))]
    places = [_headed(scene, p, mark) for p in scene.places if p.last <= mark]
    places = [p for p in places if p.slot == "place" and not _tells_land(line, p)]
    if not (line.text(mark) == ":" or _counts_there(scene, mark)) or not groups or not places or any(g.first < mark for g in scene.groups):
        return []
    if any(h.first > mark and h.data.id == "says" for h in line.found("hedge")):
        return []  # a dateline: "ZHANJIANG: Officials said that the new ships …"
    main = next((p for p in places if p.how == "off"), places[0])
    told = [_captioned(scene, discourse, joined(groups), main, mark)]
    doubtful_members(scene, told)
    return told


def _counts_there(scene: Scene, mark: int) -> bool:
    """Whether a line tells by a dash how many ships are where: "In the Sea of Azov - 1 enemy ship"."""
    line, first = scene.line, scene.groups[0]
    counted = first.first == mark + 1 and not first.vessels[0].name and bool(first.vessels[0].count)
    return counted and line.text(mark) in _DASHES and line.low(0) in ("in", "off") and all(p.first <= 2 for p in scene.places if p.last <= mark)


_DASHES = frozenset(["-", "–", "—"])


def _without_gone(line: Line, group: Group) -> Group | None:
    """Vessels of a caption without those that it tells to be gone: "frigates A and B alongside, submarine C gone"."""
    if line.low(group.last) not in _GONE:
        return group
    if len(group.vessels) == 1 or "alongside" not in line.lows[group.first : group.last]:
        return None
    return Group(group.first, group.last, group.vessels[:-1], group.spans[:-1])


def _behind_name(scene: Scene) -> int | None:
    """The comma behind the one ship that opens an entry: "HMS Diamond (D34), Gibraltar until 17 December"."""
    line, first = scene.line, scene.groups[0] if len(scene.groups) == 1 else None
    if first is None or first.first > 0 or len(first.vessels) != 1 or not first.vessels[0].name or len(scene.places) != 1:
        return None
    mark = next((n for n in range(first.last, min(first.last + _HULL_TOKENS, line.size)) if line.text(n) == ","), None)
    return mark if mark is not None and scene.places[0].is_port else None


_HULL_TOKENS = 6


def _headed(scene: Scene, place: PlaceMention, mark: int) -> PlaceMention:
    """A place at the head of a caption, with nothing but a day behind it: "Tartus today: two frigates and a tug"."""
    line = scene.line
    dated = all(any(d.start <= line.starts[n] < d.end for d in scene.dates) for n in range(place.last, mark))
    pictured = line.low(place.first - 1) == "of" and not line.doc.lexicon.sets["pictures"].isdisjoint(line.lows[: place.first])
    heads = (place.first == 0 or pictured) and place.how is None and place.entry is not None and _may_hold_ships(line, place) and dated
    return changed(place, how="in", slot="place") if heads else place


_GONE = frozenset(["gone", "missing", "absent", "away", "left", "departed"])
_CAPTION_MARKS = frozenset([":", "–", "—", "-", "|"])


def _ships_then_place(scene: Scene, discourse: Discourse, mark: int) -> list[Told]:
    """Ships before a mark and nothing but where they are behind it: "USS Nimitz (CVN-68): Philippine Sea", "CNS A and CNS B: Sanya and Dalian"."""
    line = scene.line
    places = [p for p in scene.places if p.entry and _may_hold_ships(line, p)]
    vessels = joined(scene.groups) if scene.groups else None
    if vessels is None or not places or len(places) != len(scene.places) or not all(v.name for v in vessels.vessels):
        return []
    if any(line.low(p.first - 1) in ("from", "for", "ex") for p in places):
        return []  # "HMS Portland – from Plymouth"
    covered = {n for g in scene.groups for n in range(g.first, g.last)} | {n for p in places for n in range(p.first, p.last)}
    dated = {n for d in scene.dates for n in range(line.at_offset(d.start), line.at_offset(d.end - 1) + 1)}
    covered |= dated  # "USS X (DDG-67) – Souda Bay (12 to 15 December)"
    small = line.doc.lexicon.sets["caption_words"] | (line.doc.lexicon.sets["caption_works"] if line.text(mark) == ":" else frozenset())
    for n in range(line.size):
        hull = n < mark and (line.text(n).isupper() or line.text(n).isdecimal())
        land = n > places[-1].last - 1 and line.text(n)[:1].isupper()
        if n != mark and line.text(n) != "|" and n not in covered and line.low(n) not in small and not hull and not land:
            return []
    apart = len(places) == len(vessels.vessels) > 1
    if len(places) > 1 and not apart:
        return []
    pairs = list(zip(vessels.vessels, vessels.spans, strict=True))
    parts = [Group(vessels.first, vessels.last, (v,), (s,)) for v, s in pairs] if apart else [vessels]
    if scene.line.doc.blocks[line.sentence.block].kind == "heading":
        discourse.heading_place, discourse.captioned = (None if apart else places[0]), vessels.vessels
    return [_captioned(scene, discourse, group, place, mark) for group, place in zip(parts, places, strict=True)]


def _is_dry(line: Line, place: PlaceMention) -> bool:
    """Whether ships in a place lie in port there: a port, or a land that is one, as Malta."""
    return place.is_port or place.name.lower() in line.doc.lexicon.sets["port_lands"]


def _tells_land(line: Line, place: PlaceMention) -> bool:
    """Whether a country at the head of a line only says whose the ships behind it are: "China: destroyer Baotou"."""
    return place.first == 0 and place.entry is not None and place.entry.kind is PlaceKind.COUNTRY and not _is_dry(line, place)


def _may_hold_ships(line: Line, place: PlaceMention) -> bool:
    """Whether a place is one where ships are, and no land."""
    return _is_dry(line, place) or place.is_passage or (place.entry is not None and place.entry.kind in (*WATER_KINDS, PlaceKind.ISLAND))


_NO_LONGER = frozenset(["no longer", "absent from", "missing from"])


def _captioned(scene: Scene, discourse: Discourse, group: Group, main: PlaceMention, mark: int) -> Told:
    line = scene.line
    kind = EventKind.IN_PORT if _is_dry(line, main) and main.how in ("in", None) else EventKind.AT_SEA
    taken, span = stance(line, mark, mark, mark, (0, mark)), (line.sentence.start, line.sentence.end)
    if line.low(0) == "not" or line.opens(0, _NO_LONGER):
        taken = Stance(Modality.NEGATED, line.text(0))  # "Not in Kiel on Monday: HMS Kent"
    event = Told(group.vessels, group.spans, kind, "caption.place", taken, span, scene.number, line.sentence.block, {"place": main})
    dated = next((d for d in scene.dates), None)
    event.interval = resolved(dated, discourse) if dated else (discourse.heading_date.interval if discourse.heading_date else None)
    event.sources = {"place": ("clause", (main.start, main.end)), **({"date": ("clause", (dated.start, dated.end))} if dated else {})}
    return event
