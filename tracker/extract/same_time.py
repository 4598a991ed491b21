"""Stage 7, what happens at one time with something told beside it or before: "On leaving harbour she …", "before she sails on Friday"."""

from __future__ import annotations

from datetime import timedelta

from tracker.domain.kinds import WATER_KINDS, EventKind, Modality, Precision
from tracker.domain.when import Interval
from tracker.extract.counted_days import resolved
from tracker.extract.dates import DateMention, is_history
from tracker.extract.line import Line
from tracker.extract.saying import dates_the_saying
from tracker.extract.scene import Discourse, Scene, Told
from tracker.extract.things_day import is_of_event, to_attend

_ON, _THEN = frozenset(["on", "upon"]), frozenset(["then"])
_FIRM = frozenset({Modality.ASSERTED, Modality.REPORTED})
_STAYS = frozenset({EventKind.AT_SEA, EventKind.IN_PORT, EventKind.ESCORT, EventKind.REPLENISHMENT})
_LONGEST = timedelta(days=31)


def dated_beside(scene: Scene, told: list[Told], discourse: Discourse) -> None:
    """Give events without a day that of what their sentence or the one before tells to have been at the same time."""
    if "since" in scene.line.words and len(told) > 1:
        _until_left(scene, told)
    if "when" in scene.line.words and len(told) > 1:
        _when_left(scene, told)
    if not scene.line.words.isdisjoint(_NOTED):
        _as_noted(scene, told)
    undated = [e for e in told if e.interval is None]
    if not undated:
        return
    if _at_once(scene.line) and not any(d.interval for d in scene.dates):
        _as_before(scene, undated, discourse)
    _as_closes(scene, undated, told, discourse)
    if not scene.line.words.isdisjoint(_PASSES) or not scene.line.words.isdisjoint(scene.line.doc.lexicon.sets["pictures"]):
        _as_pictured(scene, undated)
    if "before" in scene.line.words:
        _until_departure(scene, undated, told)
    if not _TILL.isdisjoint(scene.line.words) and "which" in scene.line.words:
        _when_over(scene, undated, told)
    if ":" in scene.line.words:
        _as_explained(scene, undated, told)
    if not _TILL.isdisjoint(scene.line.words):
        _to_the_day(scene, undated, told)
    _through_into(undated, told)
    _for_so_long(scene, undated, [*discourse.told[-_RECALLED:], *told])


def _through_into(undated: list[Told], told: list[Told]) -> None:
    """Give the entry into a sea the day of the passage that led there: "passed the Bosphorus on Monday and entered the Black Sea"."""
    for event in undated:
        water = event.main is not None and event.main.entry is not None and event.main.entry.kind in WATER_KINDS and not event.main.is_passage
        if event.kind is not EventKind.ARRIVAL or not water or event.stance.modality not in _FIRM:
            continue
        way = next((e for e in told if e.kind is EventKind.TRANSIT and e.interval and set(e.vessels) == set(event.vessels)), None)
        if way and way.interval and way.interval.start == way.interval.end and way.stance.modality is event.stance.modality:
            event.interval, event.sources["date"] = way.interval, way.sources.get("date", ("sentence", None))


def _until_left(scene: Scene, told: list[Told]) -> None:
    """End a stay on the day on which its ships left: "had been in Tartus since 20 November before leaving on 3 December"."""
    for stay in told:
        since = stay.interval
        if (
            stay.kind not in (EventKind.IN_PORT, EventKind.AT_SEA)
            or not (since and since.start and since.end)
            or since.end != scene.line.doc.published
        ):
            continue
        for leaving in told:
            day = leaving.interval
            left = leaving.kind is EventKind.DEPARTURE and leaving.stance.modality in _FIRM and set(leaving.vessels) == set(stay.vessels)
            here = leaving.main is None or (stay.main is not None and leaving.main.name == stay.main.name)
            gone = _came_elsewhere(scene.line, leaving, stay)  # "had been off Aden since 3 October, returned to Mumbai on Sunday"
            until = day.start if ((left and here) or gone) and day and day.start == day.end else None
            if until and since.start < until <= since.end:
                stay.interval = Interval(since.start, until, Precision.RANGE)


def _came_elsewhere(line: Line, event: Told, stay: Told) -> bool:
    """Whether the ships of a stay that "had" lasted are told to have come to another place since."""
    firm = event.kind is EventKind.ARRIVAL and event.stance.modality in _FIRM and set(event.vessels) == set(stay.vessels)
    return firm and "had" in line.words and event.main is not None and stay.main is not None and event.main.name != stay.main.name


_NOTED = frozenset(["recorded", "logged", "noted", "observed", "spotted", "photographed", "filmed", "registered", "witnessed", "seen"])
_ACTS = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT})
_NOTED_TOKENS = 3


def _as_noted(scene: Scene, told: list[Told]) -> None:
    """Give an act told by a noun the day on which it was noted: "Her passage of the strait was recorded on the 13th"."""
    line = scene.line
    for at in line.where(_NOTED):
        day = next((d for d in scene.dates if 0 < line.at_offset(d.start) - at <= _NOTED_TOKENS and d.interval and not d.bare), None)
        if day is None or line.low(at - 1) not in ("was", "were", "been") or line.low(at - 2) in ("she", "it", "they"):
            continue
        front = next((n for n in range(at - 2, -1, -1) if line.text(n) in (",", ";") or line.low(n) == "and"), -1)
        act = next((e for e in told if e.kind in _ACTS and e.interval is None and front < _told_at(line, e) < at - 1), None)
        if act is None or any(_told_at(line, act) < g.first < at and not set(g.vessels) <= set(act.vessels) for g in scene.groups):
            continue
        act.interval, act.sources["date"] = day.interval, ("clause", (day.start, day.end))
        for seen in [e for e in told if e.rule.startswith("see.") and _told_at(line, e) == at and set(e.vessels) <= set(act.vessels)]:
            told.remove(seen)


def _when_left(scene: Scene, told: list[Told]) -> None:
    """Give a departure the last day of a stay that it ended: "was in Souda from 1 December until Thursday, when she left for Haifa"."""
    line = scene.line
    for leaving in told:
        days, at, span = leaving.interval, leaving.sources.get("date", ("", None))[1], leaving.sources.get("trigger", ("", None))[1]
        if leaving.kind is not EventKind.DEPARTURE or days is None or days.end is None or days.start == days.end or at is None or span is None:
            continue
        same = any(e.kind in _STAYS and e.sources.get("date", ("", None))[1] == at for e in told)
        if same and at[1] <= span[0] and "when" in line.lows[line.at_offset(at[1]) : line.at_start(span[0])]:
            leaving.interval = Interval.day(days.end)


_RECALLED = 8


def _at_once(line: Line) -> bool:
    """Whether a sentence tells what was done on an act told before, or then: "On leaving harbour she met …", "… shadowed her there then"."""
    if line.low(0) in _ON:
        at = 1 + (line.low(1) in ("the", "her", "its", "their"))
        if line.low(at + 1) in _WAYS_BACK:
            return False  # "On the return leg calls were paid at Dakar and Luanda"
        return line.low(at) in line.doc.lexicon.sets["acts_told_before"] or (at == 1 and line.low(1).endswith("ing") and len(line.low(1)) > _SHORT)
    last = line.size - 1
    while last > 0 and not line.text(last).isalnum():
        last -= 1
    return line.low(last) in _THEN and line.low(last - 1) not in ("since", "by", "until", "till", "and")


_SHORT = 5
_WAYS_BACK = frozenset(["leg", "voyage", "passage", "journey", "trip", "way", "run", "crossing", "cruise"])


def _as_before(scene: Scene, undated: list[Told], discourse: Discourse) -> None:
    """Give firm events the day of what the sentence before tells."""
    last = next((e for e in reversed(discourse.told[-_RECALLED:]) if e.sentence == scene.number - 1), None)
    day, span = (last.interval, last.sources.get("date", ("", None))[1]) if last and last.stance.modality in _FIRM else (None, None)
    if last is None and discourse.interval_told == scene.number - 1:
        day = discourse.interval  # "The first to come was the Haijing, in June. A corvette shadowed her then"
    if scene.line.doc.sentences[scene.line.doc.number_of(scene.line.sentence) - 1].block != scene.line.sentence.block:
        day = None
    if day is None and scene.line.low(0) in _ON and not any(p.first <= _PHRASE_TOKENS for p in scene.places):
        day = _of_act(scene.line, undated, discourse)
    if day is None or day.start is None or day.end is None or day.end - day.start > _LONGEST or is_history(day, scene.line.doc.published):
        return
    for event in undated:
        if event.stance.modality in _FIRM:
            event.interval, event.sources["date"] = day, ("sentence before", span)


_PHRASE_TOKENS = 5
_GOES = {"leaving": EventKind.DEPARTURE, "sailing": EventKind.DEPARTURE, "departure": EventKind.DEPARTURE, "departing": EventKind.DEPARTURE}
_COMES = {"arrival": EventKind.ARRIVAL, "arriving": EventKind.ARRIVAL, "entering": EventKind.ARRIVAL, "return": EventKind.ARRIVAL}


def _of_act(line: Line, undated: list[Told], discourse: Discourse) -> Interval | None:
    """The one day on which ships were told to have left or come in, of what they did then: "On leaving harbour she was joined by HMS Tyne"."""
    word = line.low(1 + (line.low(1) in ("the", "her", "its", "their")))
    kind, ships = _GOES.get(word) or _COMES.get(word), {v for e in undated for v in e.vessels}
    told = (e for e in reversed(discourse.told[-_RECALLED:]) if e.kind is kind and ships & set(e.vessels) and e.sentence < undated[0].sentence)
    act = next(told, None)
    return act.interval if act and act.interval and act.interval.start == act.interval.end and act.stance.modality in _FIRM else None


_CLAUSES = frozenset(
    [
        "where",
        "which",
        "who",
        "whom",
        "whose",
        "that",
        "when",
        "while",
        "as",
        "after",
        "before",
        "ahead",
        "since",
        "until",
        "till",
        "because",
        "if",
        "having",
        "following",
    ]
)
_DATED = frozenset(["absolute", "weekday", "carry", "next_day"])
_PRESENT = frozenset(["is", "are", "has", "have", "will"])
_BESIDE_TOKENS = 1


_OPENING_TOKENS, _OPENS_PHRASE = 3, frozenset(["after", "before", "having", "since", "upon"])


def _as_closes(scene: Scene, undated: list[Told], told: list[Told], discourse: Discourse) -> None:
    """Give the one act of a sentence the day that closes it: "saw the last of HMS Kent, and of the marines embarked in her, on Friday"."""
    line, spans = scene.line, {e.sources.get("trigger", ("", None))[1] for e in told}
    day, span = scene.dates[-1] if len(scene.dates) == 1 else None, next(iter(spans))
    if day is None or span is None or len(spans) > 1 or len(undated) < len(told) or day.kind not in _DATED or day.bare or day.start < span[1]:
        return
    begin, first, last = line.at_offset(span[1] - 1) + 1, line.at_offset(day.start), line.at_offset(day.end - 1)
    between = [f for f in line.found("trigger") if begin <= f.first and f.last <= first]
    if not between or first - between[-1].last <= _BESIDE_TOKENS or not _ends_at(line, last):
        return  # it stands in the reach of its own verb, which doesn't take it, or of the words beside it
    behind = line.lows[begin:first]
    joined = any(low == "and" and line.low(n + 1) in ("it", "she", "they") for n, low in enumerate(behind, begin))
    if begin <= _OPENING_TOKENS and line.low(0) in _OPENS_PHRASE and line.low(begin - 1).endswith("ing"):
        return  # "Before visiting Fiji, HMS Kent took part in a parade held from 3 to 6 May"
    if "," in behind and any(
        line.low(n) in ("which", "who", "having") and line.text(n - 1) == "," for n in range(max(begin - _CHAIN_TOKENS, 1), begin)
    ):
        return  # "HMS Kent, which had visited Malta, welcomed the ambassador on Tuesday": the day is her own verb's
    if (
        joined
        or to_attend(line, begin, first)
        or is_of_event(line, day, first, begin, told[0].kind)
        or not _CLAUSES.isdisjoint(behind)
        or not line.doc.lexicon.sets["finite"].isdisjoint(behind)
        or dates_the_saying(line, day)
    ):
        return
    interval = resolved(day, discourse)
    for event in undated if _PRESENT.isdisjoint(line.lows[:begin]) else ():
        if event.stance.modality in _FIRM and interval:
            event.interval, event.sources["date"] = interval, ("sentence", (day.start, day.end))


_CHAIN_TOKENS = 5


def _ends_at(line: Line, last: int) -> bool:
    """Whether a token, or the stop that belongs to it, ends a sentence."""
    return last >= line.size - 1 or (last == line.size - 2 and not line.text(last + 1).isalnum())


_PASSES = frozenset(["pass", "frame", "collection", "data"])
_TAKEN = frozenset(
    ["taken", "captured", "acquired", "collected", "dated", "shot", "snapped", "date", "dating", "dates", "made", "of", "from", "on", "by"]
)
_PICTURE_TOKENS = 8


def _as_pictured(scene: Scene, undated: list[Told]) -> None:
    """Give whereabouts the day of the picture that shows them: "is in Toulon, if yesterday's satellite pass is to be trusted"."""
    days = [d for d in scene.dates if d.interval]
    day = days[0].interval if len(days) == 1 else None
    published = scene.line.doc.published
    if day is None or day.start != day.end or not (day.end and published and day.end <= published) or not _dates_picture(scene.line, days[0]):
        return
    for event in undated:
        if event.kind in (EventKind.AT_SEA, EventKind.IN_PORT) and event.stance.modality is not Modality.PLANNED:
            event.interval, event.sources["date"] = day, ("sentence", (days[0].start, days[0].end))


def _dates_picture(line: Line, mention: DateMention) -> bool:
    """Whether a day is that of a picture: "Monday's image", "imagery taken by the company on 2 December"; not that of its publication."""
    pictures = line.doc.lexicon.sets["pictures"] | _PASSES
    at, behind = line.at_offset(mention.start), line.at_offset(mention.end - 1) + 1
    if line.low(behind) in ("'", "’", "'s", "’s") or line.low(behind - 1).endswith(("'s", "’s")):
        return not pictures.isdisjoint(line.lows[behind : behind + 5])
    if line.low(at - 1) not in _TAKEN and line.low(at) not in _TAKEN:
        return False
    shown = next((n for n in range(at - 1, max(at - _PICTURE_TOKENS, -1), -1) if line.low(n) in pictures), None)
    between = line.lows[shown + 1 : at] if shown is not None else []
    if shown is None or not line.doc.lexicon.sets["statements"].isdisjoint(between):
        return False
    done = [low for low in between if low.endswith("ed") and low not in _TAKEN]
    return (
        not done
        and (at - shown <= 2 or any(low in _TAKEN for low in between))
        and not any(f.first > shown and f.last <= at and line.low(f.first) not in _TAKEN for f in line.found("trigger"))
    )


def _until_departure(scene: Scene, undated: list[Told], told: list[Told]) -> None:
    """Give what ships are to do before they leave the days until then: "Before she leaves on 18 May she is to exercise off Colombo"."""
    published = scene.line.doc.published
    for leaving in told:
        day = leaving.interval
        if leaving.kind is not EventKind.DEPARTURE or leaving.stance.modality is not Modality.PLANNED or published is None:
            continue
        if day is None or day.start is None or day.start != day.end or day.start < published:
            continue
        until, source = Interval(published, day.start, Precision.RANGE), leaving.sources.get("date", ("sentence", None))
        for event in undated:
            if event.kind in _STAYS and event.stance.modality is Modality.PLANNED:
                event.interval, event.sources["date"] = until, source


_TILL = frozenset(["until", "till"])


def _when_over(scene: Scene, undated: list[Told], told: list[Told]) -> None:
    """Give a departure to come the last day of the stay told: "will remain in Maputo until 21 May, after which she will sail for Durban"."""
    line = scene.line
    after = next((n for n in line.where(_AFTER) if line.low(n + 1) == "which"), None)
    for event in undated if after is not None else ():
        if event.kind is not EventKind.DEPARTURE or event.stance.modality is not Modality.PLANNED:
            continue
        stay = next((e for e in told if e.kind in _STAYS and e.interval and set(e.vessels) == set(event.vessels)), None)
        if stay and stay.interval and stay.interval.end and stay.interval.start != stay.interval.end:
            event.interval, event.sources["date"] = Interval.day(stay.interval.end), stay.sources.get("date", ("sentence", None))


_AFTER = frozenset(["after"])


def _to_the_day(scene: Scene, undated: list[Told], told: list[Told]) -> None:
    """Give a stay to come the days from an arrival to the day told: "will arrive in Mumbai on Tuesday and stay until Friday"."""
    line = scene.line
    for event in undated:
        span = event.sources.get("trigger", ("", None))[1]
        behind = line.at_offset(span[1] - 1) + 1 if span else line.size
        if (
            event.kind is not EventKind.IN_PORT
            or event.stance.modality is not Modality.PLANNED
            or _TILL.isdisjoint(line.lows[behind : behind + _NEAR])
        ):
            continue
        came = next((e for e in told if e.kind is EventKind.ARRIVAL and set(e.vessels) == set(event.vessels)), None)
        day = came.interval.start if came and came.interval and came.interval.start == came.interval.end else None
        at = came.sources.get("date", ("", None))[1] if came else None
        ranged = next((d.interval for d in scene.dates if (d.start, d.end) == at), None)
        if day and ranged and ranged.start and ranged.end and ranged.start < ranged.end:
            event.interval, event.sources["date"] = Interval(day, day + (ranged.end - ranged.start), Precision.RANGE), ("sentence", at)


_NEAR = 4
"""So many tokens behind a stay "until" tells how long that is."""


def _as_explained(scene: Scene, undated: list[Told], told: list[Told]) -> None:
    """Give an arrival the day of the move by which a colon explains it: "The Black Sea has the frigate back: she passed the strait on Monday"."""
    line = scene.line
    colon = next(n for n in range(line.size) if line.text(n) == ":")
    for event in undated:
        if event.kind is not EventKind.ARRIVAL or event.stance.modality not in _FIRM or not 0 <= _told_at(line, event) < colon:
            continue
        day = next(
            (e for e in told if e.interval and e.kind in (EventKind.ARRIVAL, EventKind.TRANSIT) and set(e.vessels) >= set(event.vessels)), None
        )
        if day and day.interval and day.interval.start == day.interval.end and _told_at(line, day) > colon and day.stance.modality in _FIRM:
            event.interval, event.sources["date"] = day.interval, day.sources.get("date", ("sentence", None))


def _told_at(line: Line, event: Told) -> int:
    """The token at which the words of movement of an event begin, -1 where none do."""
    span = event.sources.get("trigger", ("", None))[1]
    return line.at_start(span[0]) if span else -1


def _for_so_long(scene: Scene, undated: list[Told], told: list[Told]) -> None:
    """Give a stay to come so many days from the arrival told: "came in today … will lie in Haifa for four days"."""
    length = next((d.days for d in scene.dates if d.kind == "duration" and 1 < d.days <= _LONGEST_STAY), 0)
    published = scene.line.doc.published
    if not length or published is None:
        return
    for event in undated:
        if event.kind is not EventKind.IN_PORT or event.stance.modality is not Modality.PLANNED:
            continue
        came = next((e for e in reversed(told) if e.kind is EventKind.ARRIVAL and set(e.vessels) & set(event.vessels) and e.interval), None)
        day = came.interval.start if came and came.interval and came.interval.start == came.interval.end else None
        if day is not None and came is not None and came.stance.modality in _FIRM and day <= published < day + timedelta(days=length):
            event.interval = Interval(day, day + timedelta(days=length - 1), Precision.RANGE)
            event.sources["date"] = came.sources.get("date", ("sentence before", None))


_LONGEST_STAY = 21
