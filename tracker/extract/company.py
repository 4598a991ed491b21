"""Stage 6, vessels that do what another is told to do: those with her, behind her, or seen going along."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality, Role
from tracker.extract.agents import shared_agent
from tracker.extract.corefer import Vessel
from tracker.extract.counted_days import resolved
from tracker.extract.groups import before_phrase, joined
from tracker.extract.joined import goes_along, side_of
from tracker.extract.led_groups import means_group
from tracker.extract.led_in import LEADS, leads_somewhere
from tracker.extract.line import Line
from tracker.extract.modality import Stance, stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Group, Scene, Told, replace_told
from tracker.extract.sides import are_rivals, are_strangers, is_watched_by
from tracker.extract.telling import RECALLED, tell
from tracker.extract.verbs import Trigger
from tracker.extract.where import set_known_port

_COME_BACK = frozenset(["returned", "returns", "return", "back", "arrived", "arrives"])
_SAME = frozenset(["did", "has", "have", "had", "was", "were", "will", "is", "are"])
_HERS = frozenset(["her", "its", "their", "his"])
_SUBJECTS = frozenset(["she", "they", "he"])
_ALIKE, _SHORT_TOKENS = frozenset(["likewise", "too", "also"]), 10
_LEADING = frozenset(["leads", "lead", "heads", "led"])


def in_company(scene: Scene, discourse: Discourse) -> list[Told]:
    """Vessels told to be with the one of the sentence before do what it does: "With her came the destroyers A and B"."""
    line = scene.line
    recent = [e for e in discourse.told[-RECALLED:] if e.sentence == scene.number - 1]
    if not recent and line.doc.lexicon.sets["company_sign"].isdisjoint(line.words):
        return []  # nothing was told that they could do as well, and nobody is named whom another word means
    if {"side", "escort"} <= line.words:
        return []  # "By her side, as escort, went the patrol boat X"
    opens = _opens_with(scene)
    lists_them = not opens and (_names_company(scene) or _part_of_it(scene, discourse))
    opens = opens or lists_them
    leads = not line.words.isdisjoint(_LEADING) and any(means_group(line, n + 1) and not leads_somewhere(line, n) for n in line.where(_LEADING))
    lists = _lists_band(line) or (bool(recent) and (at := _it_of_band(line)) is not None and _it_lists(line, at, recent[-1], discourse))
    opens = opens or _sailing_with(scene) is not None
    with_her = None if opens or leads or lists else _sails_with(scene, discourse)
    along = None if opens or leads or lists else _gone_along(scene, discourse) or with_her
    near = not (opens or leads or lists or along) and _lies_near(line)
    if not (opens or leads or lists or along or near):
        return []
    last = next((e for e in reversed(discourse.told[-RECALLED:]) if e.sentence == scene.number - 1), None)
    if last is not None and _is_long_past(line, last):
        return []
    known = {m for v in last.vessels for m in (v, *v.members)} if last else set()
    if last and last.kind is EventKind.DEPARTURE and not line.words.isdisjoint(_COME_BACK):
        last = next((e for e in reversed(discourse.told[-RECALLED:]) if e.sentence == scene.number - 1 and e.kind is EventKind.ARRIVAL), None)
    joining = [g for g in along or scene.groups if last and known.isdisjoint(g.vessels)]
    if lists and not joining:
        joining = [_others_of(g, known) for g in scene.groups if not known.issuperset(g.vessels)]
    joining = [g for g in joining if any(v.name for v in g.vessels)] or joining
    if near and (last is None or last.kind not in (EventKind.AT_SEA, EventKind.IN_PORT) or last.stance.modality is Modality.NEGATED):
        return []
    apart = are_rivals if along and _with_her(line) else are_strangers
    if (along or lists_them or leads) and last and any(apart(Group(0, 0, last.vessels, last.spans), g) for g in joining):
        return []  # "She was accompanied by HMS Tyne": who watches her
    stays = bool(along) and _stays_close(scene) is not None
    goes = last is not None and (last.kind in _MOVED or (last.kind in _STAYED and (stays or _go_with_her(line) or _ACCOMPANY & line.words)))
    if last is None or not joining or (along and not goes) or _elsewhere(scene, joining):
        return []
    return [_does_it_too(scene, discourse, last, joining, denies=bool(along))]


def _opens_with(scene: Scene) -> bool:
    """Whether a sentence opens or closes with words of company: "With her came the destroyers A and B", "RFA Tideforce likewise"."""
    line = scene.line
    opens = line.low(0) in line.doc.lexicon.sets["company_opens"] and not line.doc.lexicon.sets["company_verbs"].isdisjoint(line.lows[1:8])
    opens = opens and _SUBJECTS.isdisjoint(line.lows[2:8])  # "With that task completed she returned"
    led = line.low(1) in _WHOM or (bool(scene.groups) and before_phrase(line, scene.groups[0].first) == 0)
    opens = opens and (led or line.low(0) != "after")  # "After her came the tug X", but not "After the review the frigates will sail"
    opens = opens or (
        line.low(0) in ("in", "at", "by", "on")
        and line.low(1) in _HERS
        and line.low(2) in line.doc.lexicon.sets["beside_words"]
        and not line.doc.lexicon.sets["company_verbs"].isdisjoint(line.lows[3:16])
    )
    opens = opens or (
        line.low(0) in ("so", "likewise", "as") and line.low(1) in _SAME and bool(scene.groups) and before_phrase(line, scene.groups[0].first) == 1
    )
    opens = opens or (line.low(0) == "with" and line.low(1) in _WHOM and _ends_in_list(scene))  # "With her the cargo ship Sparta II."
    alike = line.low(line.size - 2) in _ALIKE and bool(scene.groups) and scene.groups[0].last == line.size - 2
    return opens or (alike and line.size < _SHORT_TOKENS)  # "RFA Tideforce likewise."


_WHOM = frozenset(["her", "it", "them"])
_LESS = frozenset({Modality.REPORTED, Modality.POSSIBLE})


def _ends_in_list(scene: Scene) -> bool:
    """Whether a sentence is nothing but "with her" and a list of ships."""
    line, groups = scene.line, scene.groups
    if not groups or line.found("trigger") or scene.places or before_phrase(line, groups[0].first) > len(_WHOM):
        return False
    return line.text(groups[-1].last) in (".", "") and all(
        line.low(n) in (",", "and", "the", "a") for a, b in pairwise(groups) for n in range(a.last, b.first)
    )


_LONG_PAST_DAYS = 365


def _is_long_past(line: Line, last: Told) -> bool:
    """Whether what was told last is long over, where a sentence tells who is with a ship now: "docked in 2017. She is accompanied by HMS Tyne"."""
    published, end = line.doc.published, last.interval.end if last.interval else None
    now = published and end and (published - end).days > _LONG_PAST_DAYS
    return bool(now) and not {"is", "are"}.isdisjoint(line.lows[:_SHORT_TOKENS])


def _does_it_too(scene: Scene, discourse: Discourse, last: Told, joining: list[Group], *, denies: bool) -> Told:
    """The event of ships that do what was told last: at its places, and on its day unless they have their own."""
    line = scene.line
    event = replace_told(last, last.kind)
    event.places, event.rule = dict(last.places), "company.with"
    event.span, event.sentence, event.block = (line.sentence.start, line.sentence.end), scene.number, line.sentence.block
    group = joined(joining)
    discourse.fleet.subject = tuple(dict.fromkeys((*last.vessels, *group.vessels)))
    event.vessels, event.spans = group.vessels, group.spans
    event.sources = {slot: ("sentence before", span) for slot, (_, span) in last.sources.items()}
    if denies and (denied := next((n for n in range(group.last, line.size) if line.low(n) in ("not", "n't", "never")), None)) is not None:
        event.stance = Stance(Modality.NEGATED, line.text(denied))  # "USS Port Royal will not be going with them"
    elif (
        last.stance.modality is not Modality.PLANNED
        and (ahead := next((n for n in range(joining[0].first) if line.low(n) == "will"), None)) is not None
    ):
        event.stance, event.interval = Stance(Modality.PLANNED, line.text(ahead)), None  # "With both will sail the carrier"
        event.sources.pop("date", None)
    elif (
        last.stance.modality is Modality.ASSERTED and (said := stance(line, group.last, group.last, group.last + 1, (0, line.size))).modality in _LESS
    ):
        event.stance = said  # "USS Robert Smalls returned with it, a spokesman said by email"
    discourse.fleet.note(tuple(dict.fromkeys((*last.vessels, *group.vessels))))
    now = line.doc.lexicon.sets["now"]
    dates = [d for d in scene.dates if line.doc.low[d.start : d.end] not in now and not _which_aside(line)]
    if own := next((d for d in dates if d.interval and (d.interval.start == d.interval.end or line.at_offset(d.start) <= 2)), None):
        event.interval, event.sources["date"] = own.interval, ("clause", (own.start, own.end))
    return event


_LIST_TOKENS, _LED_LIST_TOKENS = 8, 16


def _lists_band(line: Line) -> bool:
    """Whether a sentence lists the ships of a group: "The strike group includes A and B", "Along with the carrier A the group includes B"."""
    lists = line.doc.lexicon.sets["lists_members"]
    if line.low(0) == "it" and line.low(1) == "also":
        return line.low(2) in lists
    if not line.found("group"):
        return False
    if (aside := _which_aside(line)) is not None:
        return any(line.text(n) == "," and line.low(n + 1 + (line.low(n + 1) == "also")) in lists for n in range(aside + 1, line.size))
    led = line.low(0) in ("along", "besides", "beside") or line.opens(0, _IN_ADDITION)
    return not lists.isdisjoint(line.lows[: _LED_LIST_TOKENS if led else _LIST_TOKENS])


def _it_of_band(line: Line) -> int | None:
    """The "it" that opens a sentence, or stands behind whom a group has beside others: "Besides the carrier it consists of A and B"."""
    if line.low(0) in ("along", "alongside", "besides", "beside", "apart") or line.opens(0, _IN_ADDITION):
        return next((n for n in range(2, min(_LED_LIST_TOKENS, line.size)) if line.low(n) == "it"), None)
    return 0 if line.low(0) == "it" else None


def _it_lists(line: Line, at: int, last: Told, discourse: Discourse) -> bool:
    """Whether a sentence tells whom the group of the ship told just before holds: "The Nimitz group passed Malacca. It includes A and B"."""
    verb = at + 1 + (line.low(at + 1) == "also")
    lists = line.low(verb) in line.doc.lexicon.sets["lists_members"] or " ".join(line.lows[verb : verb + 3]) in ("is made up", "is composed of")
    return lists and any(v in discourse.fleet.leads for v in last.vessels)


def _which_aside(line: Line) -> int | None:
    """The comma behind which a clause tells more of a group in front: "The group, which left on Monday, also includes the tug X"."""
    if not any(f.first <= _BAND_TOKENS for f in line.found("group")):
        return None
    return next((n for n in range(min(_LIST_TOKENS, line.size)) if line.text(n) == "," and line.low(n + 1) == "which"), None)


_BAND_TOKENS = 3
_IN_ADDITION = frozenset(["in addition to", "as well as", "together with"])


def _others_of(group: Group, known: AbstractSet[Vessel]) -> Group:
    """The vessels of a list without those of whom the act is told already."""
    kept = [(v, s) for v, s in zip(group.vessels, group.spans, strict=True) if v not in known]
    return Group(group.first, group.last, tuple(v for v, _ in kept), tuple(s for _, s in kept))


def _elsewhere(scene: Scene, joining: list[Group]) -> bool:
    """Whether a sentence tells a place of its own, and not only where its ships had been before: "with the tanker X, which had waited off Ceuta"."""
    line, last = scene.line, joining[-1].last
    end = next((n for n in line.where(_WHICH) if last <= n <= last + 1), line.size)
    return any(p.slot == "place" and p.entry and p.first < end for p in scene.places)


_WHICH = frozenset(["which", "who", "whom"])


def _part_of_it(scene: Scene, discourse: Discourse) -> bool:
    """Whether a sentence only tells that ships are of the group told just before: "The cruiser A and the destroyer B are part of the group"."""
    line = scene.line
    named = [g for g in scene.groups if g.vessels[0].name]
    if not named or named[0].first > 1 or not line.opens(named[0].last, line.doc.lexicon.sets["part_of_it"]):
        return False
    last = discourse.told[-1] if discourse.told else None
    return last is not None and last.sentence == scene.number - 1 and any(v.group or v in discourse.fleet.leads for v in last.vessels)


def _names_company(scene: Scene) -> bool:
    """Whether a sentence only names who is with the one told before: "In company are A and B", "Her escorts are A and B", "The others are …"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    if sets["company_sign"].isdisjoint(line.words):
        return False
    be_of = {g.first: before_phrase(line, g.first) for g in scene.groups}
    listed = [g for g in scene.groups if g.vessels[0].name]  # "Also in the group are the tugs A and B": those of the group are told before
    named = (
        next((g for g in listed if line.low(be_of[g.first]) in sets["be"]), None)
        or next(iter(listed), None)
        or next((g for g in scene.groups if g.vessels[0].count and be_of[g.first] > 1 and line.low(be_of[g.first]) in sets["be"]), None)
    )  # "Her companion was a tanker"
    be = be_of[named.first] if named else 0
    if be < 1 or line.low(be) not in sets["company_verbs"]:
        return False
    front = [w for w in line.lows[:be] if w != ","]
    if not sets["company_front"].issuperset(front) or sets["company_sign"].isdisjoint(front):
        return False
    told = next((g.vessels[0] for g in scene.groups if g.last <= be and len(g.vessels) == 1), None)
    if told and named and not told.name and not told.members:
        told.members, told.word = named.vessels, "consorts"
    return True


_SIDE_TOKENS = 14


def _at_her_side(scene: Scene, discourse: Discourse) -> Told | None:
    """An escort told by whose side it is at: "By her side in Istanbul, as escort, went the patrol boat X", "…, and at her side was the cutter Y"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    at = next((n for n in line.where({"side"}) if line.low(n - 1) in _HERS and line.low(n - 2) in ("at", "by")), None)
    if at is None or not (at == 2 or line.low(at - 3) in ("and", ",", ";")):
        return None
    beside = next(
        (g for g in scene.groups if at < g.first <= at + _SIDE_TOKENS and line.low(before_phrase(line, g.first)) in sets["comes_last"]), None
    )
    several = line.low(at - 1) == "their"
    ahead = next((g for g in scene.groups if g.last < at and several == (len(g.vessels) > 1)), None)
    vessels = ahead.vessels if ahead else discourse.fleet.pronoun("they" if several else "she")
    spans = ahead.spans if ahead else tuple(line.span(at - 1, at) for _ in vessels)
    if beside is None or not vessels or set(vessels) & set(beside.vessels):
        return None
    if "escort" not in line.words and not are_strangers(Group(0, 0, vessels, spans), beside):
        return None
    trigger = Trigger(line.doc.lexicon.rules["escort.heels"], "state", at - 2, at + 1, at - 2, False, (at - 2, line.size))
    place = next((p for p in scene.places if p.entry and p.slot == "place" and at < p.first), None)
    taken = Stance(Modality.PLANNED) if "will" in line.words else Stance(Modality.ASSERTED)
    both, told = (*beside.vessels, *vessels), (*beside.spans, *spans)
    event = tell(scene, trigger, both, told, EventKind.ESCORT, {"place": place} if place else {}, taken, discourse)
    event.roles = (*((v, Role.ESCORT) for v in beside.vessels), *((v, Role.ESCORTED) for v in vessels))
    return event


_HEELS_TOKENS = 12


def on_heels(scene: Scene, discourse: Discourse) -> list[Told]:
    """An escort told by a sentence that opens with whom it follows: "On the tanker's heels since Tuesday has been the frigate X"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    if "side" in line.words and (beside := _at_her_side(scene, discourse)):
        return [beside]
    if line.low(0) not in sets["heels_open"] or line.words.isdisjoint(sets["heels"]) or not scene.groups:
        return []
    at = next((n for n in range(1, min(_HEELS_TOKENS, line.size)) if line.low(n) in sets["heels"]), None)
    watcher = next(
        (g for g in scene.groups if at is not None and g.first > at and line.low(before_phrase(line, g.first)) in sets["comes_last"]), None
    )
    if at is None or watcher is None or not all(v.name or v.count for v in watcher.vessels):
        return []
    if line.low(at - 1) in _HERS:
        vessels, spans = discourse.fleet.pronoun("they" if line.low(at - 1) == "their" else "she"), [line.span(at - 1, at)]
    else:
        ahead = next((g for g in scene.groups if g is not watcher and (g.last in (at - 2, at - 1) or before_phrase(line, g.first) == at + 1)), None)
        vessels, spans = (ahead.vessels, list(ahead.spans)) if ahead else ((), [])
    vessels = tuple(v for v in vessels if v not in watcher.vessels)
    if not vessels or (line.low(0) == "with" and goes_along(line, watcher, Group(0, 0, vessels, ()))):
        return []
    trigger = Trigger(line.doc.lexicon.rules["escort.heels"], "state", 0, at + 1, 0, False, (0, line.size))
    taken = Stance(Modality.PLANNED) if "will" in line.words else Stance(Modality.ASSERTED)
    place = next((p for p in scene.places if p.entry and p.slot == "place"), None)
    both, told = (*watcher.vessels, *vessels), (*watcher.spans, *(spans[0] for _ in vessels))
    event = tell(scene, trigger, both, told, EventKind.ESCORT, {"place": place} if place else {}, taken, discourse)
    event.roles = (*((v, Role.ESCORT) for v in watcher.vessels), *((v, Role.ESCORTED) for v in vessels))
    return [event]


_SAME_PLACE = 4
"""The words of "in the same waters"."""


def _lies_near(line: Line) -> bool:
    """Whether a sentence opens with ships that lie near the one told before: "Not far from her lies the tug X", "Next to it were A and B"."""
    if (
        " ".join(line.lows[:_SAME_PLACE]) in line.doc.lexicon.sets["same_place"]
        or " ".join(line.lows[: _SAME_PLACE - 1]) in line.doc.lexicon.sets["same_place"]
    ):
        return any(line.low(n) in line.doc.lexicon.sets["lies"] for n in (_SAME_PLACE - 1, _SAME_PLACE, _SAME_PLACE + 1))
    if line.low(0) not in line.doc.lexicon.sets["near_her"]:
        return False
    at = next((n for n in range(1, 5) if line.low(n) in ("her", "it", "him", "them")), None)
    return at is not None and line.low(at + 1) in line.doc.lexicon.sets["lies"]


_MOVED = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT, EventKind.UNDERWAY})


_STAYED = frozenset({EventKind.AT_SEA, EventKind.IN_PORT})


_WITH = frozenset(["with", "along"])


def _with_her(line: Line) -> bool:
    """Whether ships are told to have gone with another, which those who watch her do not: "HMCS Ottawa went with her"."""
    return any(line.low(n + 1) in ("her", "it", "them", "him") and line.low(n - 1) not in line.doc.lexicon.sets["be"] for n in line.where(_WITH))


def _with_those(scene: Scene, at: int, discourse: Discourse) -> Group | None:
    """The ship told to have moved just before with which others go: "The frigates sailed with the carrier"."""
    line, last = scene.line, discourse.told[-1] if discourse.told else None
    group = next((g for g in scene.groups if before_phrase(line, g.first) == at and line.low(at + 1) == "the"), None)
    known = last is not None and group is not None and last.sentence == scene.number - 1 and set(group.vessels) <= set(last.vessels)
    return group if known and group and not line.text(group.last).isalpha() else None


_GO = frozenset(["go", "goes", "sail", "sails", "are", "is", "going"])


def _go_with_her(line: Line) -> bool:
    """Whether ships are told to be with others now: "The tug Altai and the tanker Kama go with them"."""
    return any(line.low(n + 1) in ("her", "it", "them", "him") and line.low(n - 1) in _GO for n in line.where(_WITH))


_HELPERS = 4


def _gone_along(scene: Scene, discourse: Discourse) -> list[Group] | None:
    """The vessels that are told to have gone with the one of the sentence before: "The cruiser A and the destroyer B returned with it"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    for at in line.where(_WITH):
        with_her = line.low(at) == "with" and line.low(at + 1) in ("it", "her", "him", "them")
        along = line.low(at) == "along" and line.low(at + 1) in (",", ".", "", ";", "too")
        verb = at - 1 - (line.low(at - 1) in ("along", "in", "out", "back", "off", "home", "together"))
        ends = not line.text(at + 2).isalpha() or bool(line.low(at) == "with" and not with_her and _with_those(scene, at, discourse))
        with_her = with_her or (line.low(at) == "with" and ends and line.low(at + 1) == "the")
        if (with_her or along) and line.low(verb) in sets["company_verbs"] and ends:
            before = [g for g in scene.groups if g.last <= verb and verb - g.last <= _HELPERS and not before_phrase_of(line, g.first)]
            before = [g for g in before if verb - g.last <= 2 or line.low(g.last) in sets["auxiliaries"]]
            return before or None
    return _accompanied_her(scene, discourse) or _stays_close(scene)


_DISTANCE = frozenset(
    ["a", "one", "two", "three", "four", "half", "few", "some", "mile", "miles", "metres", "meters", "cables", "hundred", "only", "just"]
)


def _stays_close(scene: Scene) -> list[Group] | None:
    """The ships that a sentence opens with and only tells to be with the one told before: "The tug Altay was in company", "… a mile astern"."""
    line, group = scene.line, scene.groups[0] if len(scene.groups) == 1 else None
    if group is None or group.first > 1 or line.low(group.last) not in line.doc.lexicon.sets["company_verbs"] or scene.places:
        return None
    behind = [w for w in line.lows[group.last + 1 : line.size - 1] if w not in _DISTANCE]
    return [group] if " ".join(behind) in line.doc.lexicon.sets["stays_close"] else None


_ACCOMPANY = frozenset(["accompanied", "accompanies", "accompany"])


def _accompanied_her(scene: Scene, discourse: Discourse) -> list[Group] | None:
    """The named ships of one's own navy that a sentence says were with the one told before: "RFA Tideforce accompanied her"."""
    line, last = scene.line, discourse.told[-1] if discourse.told else None
    at = next((n for n in line.where(_ACCOMPANY) if line.low(n + 1) in ("her", "it", "them") and not line.text(n + 2).isalpha()), None)
    if at is None or last is None:
        return None
    group = next((g for g in scene.groups if g.last == at and all(v.name for v in g.vessels)), None)
    flags = {c for v in last.vessels for c in ((v.country,) if v.country else v.flags)}
    mine = group is not None and all(flags & ({v.country} if v.country else v.flags) for v in group.vessels)
    return [group] if group and mine and flags else None


def _sails_with(scene: Scene, discourse: Discourse) -> list[Group] | None:
    """The vessels that a sentence says are with the one told before: "She is in company with the tanker X", "It was accompanied by a tug"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    if not scene.groups:
        return None
    hers, opened = scene.groups[0], 1
    if line.low(0) not in ("she", "it", "they", "he", "both"):  # "The carrier is accompanied by two destroyers"
        last = discourse.told[-1] if discourse.told else None
        if len(scene.groups) == 1 or last is None or before_phrase(line, hers.first) >= 0 or not set(hers.vessels) <= set(last.vessels):
            return None
        opened = hers.last
    others = [g for g in scene.groups if g.first >= opened]
    told = " ".join(line.lows[opened : before_phrase(line, others[0].first) + 1]) if others else ""
    return others[:1] if told in sets["in_company_with"] else None


_COMPANY_TOKENS = 14


def _sailing_with(scene: Scene) -> Group | None:
    """The vessels told to be with one told before, named last: "Sailing with the carrier are A and B", "Under way with her is the oiler X"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    if line.low(0) not in sets["in_company_opens"] or "with" not in line.lows[1:5]:
        return None
    groups = [g for g in scene.groups if g.first <= _COMPANY_TOKENS and line.low(before_phrase(line, g.first)) in sets["be"]]
    return groups[0] if groups and before_phrase(line, groups[0].first) > line.lows.index("with") + 1 else None


def before_phrase_of(line: Line, first: int) -> bool:
    """Whether what is told of is somebody else's: "the crew of the tug X"."""
    return line.low(before_phrase(line, first)) in ("of", "from", "aboard", "on")


def in_attendance(scene: Scene, told: list[Told]) -> list[Told]:
    """An escort that stands beside a movement: "passed the Great Belt, with two Danish warships for company"."""
    line, more = scene.line, []
    for group in scene.groups if told else ():
        first = group.first - 1 - (line.low(group.first - 1) in ("a", "the", "its", "her"))
        if line.low(first - 1) in ("exercise", "exercises", "drill", "drills", "visit", "meeting", "passex"):
            continue
        if line.low(first) not in ("with", "and", ",") or not line.opens(group.last, line.doc.lexicon.sets["in_attendance"]):
            continue
        beside = next((g for g in scene.groups if g.last in (first - 1, first - 2)), None)
        if beside and not any(set(beside.vessels) & set(e.vessels) for e in told):
            continue  # "A left the Channel, and B, with C in company, was told to watch her"
        moves = [e for e in told if e.kind is not EventKind.ESCORT and not set(group.vessels) & set(e.vessels)]
        before = [e for e in moves if (at := e.sources.get("trigger", ("", None))[1]) and at[0] < line.starts[group.first]]
        event = before[-1] if before else next(iter(moves), None)
        if event and goes_along(line, group, Group(0, 0, event.vessels, event.spans)):
            continue
        if event:
            escort = replace_told(event, EventKind.ESCORT)
            escort.vessels, escort.spans = (*event.vessels, *group.vessels), (*event.spans, *group.spans)
            escort.places = {"place": p} if (p := event.places.get("place")) else {}
            escort.roles = (*((v, Role.ESCORTED) for v in event.vessels), *((v, Role.ESCORT) for v in group.vessels))
            more.append(escort)
    return more


_SHOWN = frozenset(["seen", "shown", "ushered"])


_STEAD = frozenset(["place", "stead", "berth", "station"])
_STEAD_TOKENS, _STAYS = 9, frozenset(["is", "are", "was", "were", "lies", "lay", "stands", "stood", "patrols", "serves", "taken", "now"])


def in_her_place(scene: Scene, told: list[Told], discourse: Discourse) -> list[Told]:
    """Who comes to where another has left: "A has left Djibouti; in her place came B", "A left, her place being taken by B"."""
    line = scene.line
    at = next((n for n in line.where(_STEAD) if line.low(n - 1) in _HERS), None) if scene.groups else None
    if at is None:
        return []
    left = next((e for e in reversed((*discourse.told[-RECALLED:], *told)) if e.kind in _LEFT and scene.number - e.sentence <= 1), None)
    if left is None or left.main is None or left.main.entry is None or left.stance.modality is Modality.NEGATED:
        return []
    new = next((g for g in scene.groups if set(g.vessels).isdisjoint(v for e in (*told, left) for v in e.vessels) and _stands_in(line, g, at)), None)
    if new is None or not all(v.name or v.count for v in new.vessels):
        return []
    stays = not _STAYS.isdisjoint(line.lows[at : new.first]) and not {"come", "came", "coming"} & set(line.lows[at : new.first])
    dry = left.main.is_port or left.main.name.lower() in line.doc.lexicon.sets["port_lands"]
    if not dry and left.main.entry.kind not in WATER_KINDS:
        return []
    there = EventKind.IN_PORT if dry else EventKind.AT_SEA
    kind = there if stays else EventKind.ARRIVAL
    return [_told_there(scene, left, kind, new, at, left.main, "sentence before")]


def _told_there(scene: Scene, like: Told, kind: EventKind, group: Group, at: int, place: PlaceMention, told_in: str) -> Told:
    """The event of vessels that came or lie where another event took place, as words at a token tell, with the day told behind them."""
    line, slot = scene.line, MAIN_SLOT[kind]
    event = replace_told(like, kind)
    event.vessels, event.spans, event.places, event.rule = group.vessels, group.spans, {slot: place}, "company.place"
    event.span, event.sentence, event.block = (line.sentence.start, line.sentence.end), scene.number, line.sentence.block
    event.sources = {slot: (told_in, (place.start, place.end)), "trigger": ("clause", line.span(at - 1, at + 1))}
    event.interval = None
    if day := next((d for d in scene.dates if d.interval and line.at_offset(d.start) > at), None):
        event.interval, event.sources["date"] = day.interval, ("clause", (day.start, day.end))
    return event


def _stands_in(line: Line, group: Group, at: int) -> bool:
    """Whether vessels are told to come in another's place, by the words in front of them or behind."""
    begin = before_phrase(line, group.first)
    if 0 < begin - at <= _STEAD_TOKENS and line.low(at - 2) in ("in", "to") and line.low(begin) in line.doc.lexicon.sets["company_verbs"]:
        return True
    if 0 < begin - at <= _STEAD_TOKENS and line.low(begin) == "by" and "taken" in line.lows[at:begin]:
        return True
    came = line.low(group.last) in ("came", "coming") or (line.low(group.last) in ("has", "having", "had") and line.low(group.last + 1) == "come")
    return came and line.low(at - 2) == "in" and 0 < at - group.last <= _STEAD_TOKENS


_LEFT = frozenset({EventKind.DEPARTURE})
_TRAIL_TOKENS = 24


def trailed(scene: Scene, told: list[Told]) -> list[Told]:
    """The escort by who follows in a clause of its own behind a movement: "passed the Great Belt, and in her wake came the Danish ship X"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    if len(scene.groups) < 2 or (sets["heels"] | sets["beside_words"]).isdisjoint(line.words):
        return []
    for event in told:
        trigger = event.sources.get("trigger", ("", None))[1]
        if event.kind not in _MOVED or trigger is None or event.stance.modality in (Modality.PLANNED, Modality.NEGATED):
            continue
        first = line.at_offset(trigger[1] - 1) + 1
        watched = Group(0, 0, event.vessels, event.spans)
        for group in scene.groups:
            at = before_phrase(line, group.first) + 1
            new = set(group.vessels).isdisjoint(v for e in told for v in e.vessels) and is_watched_by(watched, group)
            if not new or not all(v.name or v.count for v in group.vessels):
                continue
            if (first < group.first <= first + _TRAIL_TOKENS and side_of(line, first, group, at)) or _opens_at_heels(line, group, at):
                escort = replace_told(event, EventKind.ESCORT)
                escort.vessels, escort.spans, escort.rule = (*group.vessels, *event.vessels), (*group.spans, *event.spans), "escort.heels"
                if event.main and event.main.is_passage:
                    escort.places, escort.sources = {"place": event.main}, dict(event.sources)
                escort.roles = (*((v, Role.ESCORT) for v in group.vessels), *((v, Role.ESCORTED) for v in event.vessels))
                return [escort]
    return []


_IN_LINE = frozenset(["wake", "astern", "behind", "train"])


def in_line_with(scene: Scene, told: list[Told]) -> None:
    """Make of ships that follow others of their side a company: "Sailing in the wake of the frigate A, the tankers B and C passed the strait"."""
    line = scene.line
    if not line.low(0).endswith("ing") or _IN_LINE.isdisjoint(line.lows[:_SHORT_TOKENS]):
        return
    for event in [e for e in told if e.kind is EventKind.ESCORT and e.rule == "escort.shadow"]:
        span = event.sources.get("trigger", ("", None))[1]
        roles = dict(event.roles)
        ahead = [(v, s) for v, s in zip(event.vessels, event.spans, strict=True) if roles.get(v) is Role.ESCORTED]
        behind = [(v, s) for v, s in zip(event.vessels, event.spans, strict=True) if roles.get(v) is Role.ESCORT]
        one, other = (Group(0, 0, tuple(v for v, _ in some), tuple(s for _, s in some)) for some in (ahead, behind))
        moved = next((e for e in told if e.kind in _MOVED and set(e.vessels) == set(other.vessels) and e.span == event.span), None)
        if span is None or span[0] != line.sentence.start or moved is None or not one.vessels or are_rivals(one, other):
            continue
        moved.vessels, moved.spans = (*one.vessels, *moved.vessels), (*one.spans, *moved.spans)
        told[:] = [e for e in told if e is not event]


_FRONT = frozenset(["came", "went", "sailed", "steamed", "slipped", "passed", "comes", "goes"])
_THERE_TOKENS = 16
_WAYS = {"into": EventKind.ARRIVAL, "of": EventKind.DEPARTURE, "through": EventKind.TRANSIT}


def through_it(scene: Scene, told: list[Told]) -> list[Told]:
    """Who comes or goes by a place just told: "Out of Rota went the destroyer A, and into it came the destroyer B"."""
    line = scene.line
    if "it" not in line.words:
        return []
    last = next((e for e in reversed(told) if e.kind in _MOVED and e.main and e.main.entry), None)
    at = next((n for n in line.where({"it"}) if line.low(n - 1) in _WAYS and (line.low(n - 1) != "of" or line.low(n - 2) == "out")), None)
    if last is None or last.main is None or at is None or last.main.first > at:
        return []
    opens = at - 2 - (line.low(at - 1) == "of")
    kind = _WAYS[line.low(at - 1)]
    if line.low(opens) not in ("and", ",", ";", "while", "but") or (kind is EventKind.TRANSIT) != last.main.is_passage:
        return []
    known = {v for e in told for v in e.vessels}
    group = next((g for g in scene.groups if at < g.first <= at + _THERE_TOKENS and known.isdisjoint(g.vessels)), None)
    if group is None or line.low(before_phrase(line, group.first)) not in _FRONT or not all(v.name or v.count for v in group.vessels):
        return []
    return [_told_there(scene, last, kind, group, at, last.main, "clause")]


def _opens_at_heels(line: Line, group: Group, at: int) -> bool:
    """Whether a sentence opens with who follows those told of behind its comma: "A cutter at her heels, the survey ship X passed the strait"."""
    heels = line.low(group.last) in ("at", "on", "in") and line.low(group.last + 1) in _HERS
    return at <= 1 and heels and line.low(group.last + 2) in line.doc.lexicon.sets["heels"] and line.text(group.last + 3) == ","


def brought_by(scene: Scene, trigger: Trigger, events: list[Told], discourse: Discourse) -> list[Told]:
    """The escort by whoever brings a ship somewhere: "was escorted into Valletta by two patrol boats", "was towed through the strait by X"."""
    if led := _led_through(scene, trigger, events) or _leads_them(scene, trigger, events, discourse):
        return led
    watched = any(rule.object == "escort" for rule in trigger.others) or (
        trigger.rule.id == "carry.bring" and scene.line.low(trigger.first) in _SHOWN
    )
    if not (trigger.passive and events and watched) or events[0].kind not in (*_MOVED, EventKind.AT_SEA):
        return []
    line, brought = scene.line, events[0]
    by = [g for g in scene.groups if trigger.last <= g.first < trigger.reach[1] and _is_by(line, trigger, g)]
    by = by or [g for g in (shared_agent(line, trigger, scene.groups),) if g]
    if by and set(by[0].vessels) & set(brought.vessels):
        return []
    at, entry = brought.main, brought.main.entry if brought.main else None
    if brought.kind is EventKind.ARRIVAL and at and at.how == "in" and entry and entry.kind in WATER_KINDS:
        brought.kind, brought.places = EventKind.AT_SEA, {"place": at}  # "was escorted in the North Sea by the Dutch navy"
        brought.sources["place"] = brought.sources.pop("destination", ("clause", (at.start, at.end)))
    if brought.kind is EventKind.AT_SEA:
        _is_watched(brought, by)
        return []
    if not by:
        return _by_force(scene, trigger, brought)
    escort = replace_told(brought, EventKind.ESCORT)
    escort.vessels, escort.spans = (*by[0].vessels, *brought.vessels), (*by[0].spans, *brought.spans)
    escort.places = {"place": place} if (place := brought.main) and brought.kind is not EventKind.UNDERWAY else {}
    escort.roles = (*((v, Role.ESCORT) for v in by[0].vessels), *((v, Role.ESCORTED) for v in brought.vessels))
    return [escort]


_BY_TOKENS = 12


def _is_by(line: Line, trigger: Trigger, group: Group) -> bool:
    """Whether ships are by whom a passive is done, alone or beside a navy: "escorted by HMS Tyne", "by the Dutch navy and the tug X"."""
    before = before_phrase(line, group.first)
    if line.low(before) == "by":
        return True
    by = next((n for n in range(before - 1, max(before - _BY_TOKENS, trigger.last - 1), -1) if line.low(n) == "by"), None)
    return by is not None and line.low(before) == "and" and any(by < f.first < before for kind in ("navy", "nation") for f in line.found(kind))


def _is_watched(event: Told, by: Sequence[Group]) -> None:
    """Make of the whereabouts of who is escorted there an escort: "was escorted off Norway", "was escorted through the North Sea by X"."""
    escorted, escorts = event.vessels, by[0].vessels if by else ()
    event.kind = EventKind.ESCORT
    event.vessels, event.spans = (*escorts, *escorted), (*(by[0].spans if by else ()), *event.spans)
    event.roles = (*((v, Role.ESCORT) for v in escorts), *((v, Role.ESCORTED) for v in escorted))


def _by_force(scene: Scene, trigger: Trigger, brought: Told) -> list[Told]:
    """The escort of who passes a strait by a navy of which no ship is told: "was escorted through the Channel by the Royal Navy"."""
    line, (begin, end) = scene.line, (trigger.last, trigger.reach[1])
    by = next((n for n in range(begin, end) if line.low(n) == "by"), None)
    if (
        brought.kind is not EventKind.TRANSIT
        or by is None
        or not any(by < f.first <= by + 3 for kind in ("navy", "nation") for f in line.found(kind))
    ):
        return []
    escort = replace_told(brought, EventKind.ESCORT)
    escort.places = {"place": brought.main} if brought.main else {}
    escort.roles = tuple((v, Role.ESCORTED) for v in brought.vessels)
    return [escort]


def _leads_them(scene: Scene, trigger: Trigger, events: list[Told], discourse: Discourse) -> list[Told]:
    """Who leads others somewhere goes there too: "HMAS Hobart led the frigates Stuart and Parramatta out of Sydney", "is taking the tanker to …"."""
    takes = trigger.rule.id == "carry.taking" or scene.line.low(trigger.first) in LEADS
    kinds = (EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.UNDERWAY)
    if trigger.passive or not takes or not events or events[0].kind not in kinds:
        return []
    line, at = scene.line, trigger.chain
    leader = next((g for g in scene.groups if g.last in (at, at - (line.text(at - 1) == ",")) and all(v.name or v.count for v in g.vessels)), None)
    she = discourse.fleet.pronoun(line.low(at - 1)) if leader is None and line.low(at - 1) in ("she", "it") else ()
    vessels, spans = (leader.vessels, leader.spans) if leader else (she, tuple(line.span(at - 1, at) for _ in she))
    if not vessels or set(vessels) & set(events[0].vessels):
        return []
    too = replace_told(events[0], events[0].kind)
    too.vessels, too.spans, too.places = vessels, spans, dict(events[0].places)
    if not too.places:
        set_known_port(scene, trigger, too, discourse)
        events[0].places, events[0].sources = dict(too.places), {**too.sources, **events[0].sources}
    return [too]


def _led_through(scene: Scene, trigger: Trigger, events: list[Told]) -> list[Told]:
    """The escort by whoever leads ships through a strait: "HMS Tyne guided the tanker X through the Channel", "was led through it by HMS Tyne"."""
    line = scene.line
    led = next((e for e in events if e.kind is EventKind.TRANSIT or (e.kind is EventKind.AT_SEA and e.main and e.main.how == "through")), None)
    if led is None or line.low(trigger.first) not in line.doc.lexicon.sets["leads_through"]:
        return []
    by = [g for g in scene.groups if trigger.last <= g.first < trigger.reach[1] and line.low(before_phrase(line, g.first)) == "by"]
    leader = by[:1] if trigger.passive else [g for g in scene.groups if g.last == trigger.chain]
    if not leader or set(leader[0].vessels) & set(led.vessels):
        return []
    escort = replace_told(led, EventKind.ESCORT)
    escort.vessels, escort.spans = (*leader[0].vessels, *led.vessels), (*leader[0].spans, *led.spans)
    escort.places = {"place": led.main} if led.main else {}
    escort.roles = (*((v, Role.ESCORT) for v in leader[0].vessels), *((v, Role.ESCORTED) for v in led.vessels))
    return [escort]


_PASSAGE_TOLD = 4


def as_before(scene: Scene, trigger: Trigger, actors: Group, taken: Stance, discourse: Discourse) -> list[Told]:
    """The movement of others told just before, done by these too: "A left Tartus on Monday; B followed on Tuesday"."""
    last = discourse.told[-1] if discourse.told else None
    behind = scene.line.low(trigger.last)
    own = _own_way(scene, trigger, last.kind) if last else {}
    turn = trigger.rule.id == "company.turn"
    named, so = all(v.name for v in actors.vessels), scene.line.low(trigger.last - 1) in _SO
    ends = (
        turn
        or behind in scene.line.doc.lexicon.sets["be"]
        or trigger.rule.object is not None
        or not behind.isalpha()
        or behind in scene.line.doc.lexicon.sets["alone"]
        or bool(own)
    )
    if not ends and not any(scene.line.at_offset(d.start) == trigger.last for d in scene.dates):
        return []  # "the group had followed the base for years"
    stays = (*_STAYED, *((EventKind.UNDERWAY,) if so else ())) if named and (so or turn) else ()
    kinds = (EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT, *stays)
    if trigger.rule.id == "company.transit":
        kinds, far = (EventKind.TRANSIT,), _PASSAGE_TOLD
    else:
        far = 1
    if last and actors.vessels == last.vessels and last.kind in kinds and scene.number - last.sentence <= far:
        _does_late(scene, trigger, last, taken, discourse)
    if last is None or last.kind not in kinds or scene.number - last.sentence > far or set(actors.vessels) & set(last.vessels):
        return []
    if not scene.dates and are_strangers(Group(0, 0, last.vessels, last.spans), actors) and scene.line.low(trigger.first).startswith("follow"):
        return []  # "HMS Tyne followed at a distance": who watches them
    if last.kind is EventKind.ARRIVAL and scene.number > last.sentence and are_rivals(Group(0, 0, last.vessels, last.spans), actors):
        return []  # "HMS Kent came home to Rosyth. The Russian tug followed a day later"
    event = tell(scene, trigger, actors.vessels, actors.spans, last.kind, {**last.places, **own}, taken, discourse)
    for slot, (_, span) in last.sources.items():
        if slot in event.places and slot not in own:
            event.sources[slot] = ("sentence before" if scene.number > last.sentence else "clause", span)
    if (
        event.interval is None
        and last.interval
        and not scene.line.doc.lexicon.sets["hours"].isdisjoint(scene.line.lows[trigger.last : trigger.last + 6])
    ):
        event.interval, event.sources["date"] = last.interval, last.sources.get("date", ("clause", None))  # "followed an hour later"
    return [event]


_SO = frozenset(["so", "same", "likewise"])
_DID = frozenset(["did", "does", "done"])


def _does_late(scene: Scene, trigger: Trigger, last: Told, taken: Stance, discourse: Discourse) -> None:
    """Let a plan come true on its day: "was to leave Malta on Monday; she did so only on Thursday"."""
    line = scene.line
    planned = line.low(trigger.first) in _DID and last.stance.modality is not Modality.ASSERTED and taken.modality is Modality.ASSERTED
    day = next((d for d in scene.dates if line.at_offset(d.start) >= trigger.last), None)
    if planned:
        last.stance = taken
        last.interval = resolved(day, discourse, last.interval) if day else None
        last.sources["date"] = ("clause", (day.start, day.end) if day else None)


def _own_way(scene: Scene, trigger: Trigger, kind: EventKind) -> dict[str, PlaceMention]:
    """Where those who follow come from or go themselves: "HMS Kent followed from Rosyth on Tuesday", "from Mayport USS Roosevelt will follow"."""
    hows = {EventKind.DEPARTURE: ("origin", ("from",)), EventKind.ARRIVAL: ("destination", ("into", "to"))}
    if kind not in hows or trigger.passive or not scene.line.low(trigger.first).startswith("follow"):
        return {}
    slot, leads = hows[kind]
    behind = (p for p in scene.places if p.entry and p.how in leads and 0 < p.first - trigger.last <= 2)
    front = (p for p in scene.places if p.entry and p.how in leads and trigger.reach[0] <= p.first < trigger.chain and trigger.form == "base")
    place = next(behind, None) or next(front, None)
    return {slot: place} if place else {}


def followers(scene: Scene, trigger: Trigger) -> Group | None:
    """Who does the same some time after, and watches nobody: "passed the strait, followed an hour later by Minsk and the tug"."""
    line = scene.line
    if line.low(trigger.first) != "followed":
        return None
    if line.low(trigger.last) == "by":
        return _followed_on(scene, trigger)
    by = next((n for n in range(trigger.last, min(trigger.last + 9, line.size)) if line.low(n) == "by"), None)
    if by is None:
        return None
    dated = any(trigger.last <= line.at_offset(d.start) < by for d in scene.dates)
    if not dated and line.doc.lexicon.sets["some_time_after"].isdisjoint(line.lows[trigger.last : by]):
        return None
    groups = [g for g in scene.groups if by < g.first < trigger.reach[1]]
    ahead = [g for g in scene.groups if g.last <= trigger.chain]
    if dated and groups and ahead and are_strangers(ahead[-1], groups[0]):
        return None  # "followed on Wednesday by HMS Tyne": who watches them
    return joined(groups) if groups else None


def _followed_on(scene: Scene, trigger: Trigger) -> Group | None:
    """Who did the same on a later day: "HMS Kent left on Monday, followed by Lancaster on Tuesday"."""
    line = scene.line
    group = next((g for g in scene.groups if before_phrase(line, g.first) == trigger.last), None)
    ahead = [g for g in scene.groups if g.last <= trigger.chain]
    days = [d for d in scene.dates if d.interval and line.at_offset(d.start) < trigger.chain] if group else []
    later = group and any((d.interval or d.kind == "offset") and 0 <= line.at_offset(d.start) - group.last <= 1 for d in scene.dates)
    if not (group and days and later and ahead):
        return None
    some_days = "later" in line.lows[group.last : group.last + 4]  # "followed by HMCS Ottawa a day later"
    apart = are_rivals if some_days else are_strangers
    return None if apart(ahead[-1], group) else group


def with_others(scene: Scene, trigger: Trigger) -> bool:
    """Whether other vessels stand right behind the verb as company: "may have sailed with the frigates"."""
    return scene.line.low(trigger.last) == "with" and any(g.first - trigger.last in (1, 2) for g in scene.groups)


def not_with_them(scene: Scene, told: list[Told]) -> list[Told]:
    """What ships did not do that others of the sentence did: "HMS Kent was seen in Malta, but not HMS Tyne"."""
    line = scene.line
    if "but" not in line.words or "not" not in line.words or not told:
        return []
    for group in scene.groups:
        at, last = before_phrase(line, group.first), told[-1]
        denied = line.low(at) == "not" and line.low(at - 1) == "but" and line.text(group.last) in (".", ",", ";", "")
        if denied and last.stance.modality is not Modality.NEGATED and set(group.vessels).isdisjoint(v for e in told for v in e.vessels):
            event = replace_told(last, last.kind)
            event.vessels, event.spans, event.places, event.stance = group.vessels, group.spans, dict(last.places), Stance(Modality.NEGATED, "not")
            return [event]
    return []


_STAYS_WHEN = frozenset(["when", "while", "as"])


def without_who_stays(line: Line, event: Told, told: list[Told]) -> None:
    """Take out of a group that goes who was told to stay when it did: "HMS Kent stayed behind in Malta when the group sailed on Friday"."""
    if event.kind not in _MOVED or len(event.vessels) < 2 or line.words.isdisjoint(_STAYS_WHEN):
        return
    staying = {v for e in told if e.kind in _STAYED and e.sentence == event.sentence and e.stance.modality is not Modality.NEGATED for v in e.vessels}
    if not staying or staying >= set(event.vessels):
        return
    begin = min((line.at_offset(span[0]) for span in event.spans), default=0)
    fronted = line.low(0) == "while" and line.text(begin - 1) == ","  # "While HMS Kent remained in Malta, the group sailed on Friday"
    if fronted or any(line.low(n) in _STAYS_WHEN for n in range(max(begin - 2, 0), begin)):
        kept = [(v, s) for v, s in zip(event.vessels, event.spans, strict=True) if v not in staying]
        event.vessels, event.spans = tuple(v for v, _ in kept), tuple(s for _, s in kept)
