"""Stage 6, spells told by a noun beside what ships did: "came home after a week of gunnery off Malta", "Fresh from a refit in Kiel, she left"."""

from __future__ import annotations

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality, PlaceKind
from tracker.extract.between_places import leads_on
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Scene, Told, replace_told
from tracker.extract.telling import as_stay, spans_stay, without_slots

SPELL = "tour.ended"
_OPENERS = frozenset(["after", "following", "from", "of", "ending", "completing", "concluding", "finishing", "completed", "concluded", "ended"])
_BEFORE_FROM = frozenset(["fresh", "home", "back", "straight", "direct", "directly", "just", "returning"])
_TIMES = frozenset(["day", "days", "week", "weeks", "hours", "nights"])
_WATERS = WATER_KINDS | {PlaceKind.STRAIT, PlaceKind.CHANNEL}
_PHRASE_TOKENS, _FRONT_TOKENS = 14, 3
_RELATIVE = frozenset(["which", "who", "whom", "that", "where", "when", "while", "as", "to", "for", "against", "before", "since", "until"])
_MODELS = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT, EventKind.UNDERWAY, EventKind.IN_PORT, EventKind.AT_SEA})


def spells_told(scene: Scene, told: list[Told]) -> list[Told]:
    """Where ships were for the exercises, repairs or days that a phrase beside a movement tells to be over, each place of a list for itself."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    if not told or _OPENERS.isdisjoint(line.words) or line.words.isdisjoint(sets["spells_at_sea"] | sets["spells_in_yard"] | sets["pauses"] | _TIMES):
        return []
    more, last = list[Told](), None
    for place in scene.places:
        listed = last is not None and place.how is None and leads_on(scene, last[0].last, place.first, spent=True)
        if place.entry is None or not (listed or place.how in ("in", "off", "to")) or _is_used(place, told):
            last = None
            continue
        opener, noun = _phrase(line, place)
        if last and (opener is None or noun is None or listed) and leads_on(scene, last[0].last, place.first, spent=True):
            opener, noun = last[1:]
        kind = _kind(line, place, noun) if noun is not None else None
        model = _beside(line, told, place, opener) if kind and opener is not None else None
        if kind is None or model is None or opener is None or noun is None or (line.low(opener) == "for" and not _sails_for(model)):
            last = None
            continue
        if model.places.get("origin") is place:
            without_slots(model, "origin")
        spell = replace_told(model, kind)
        spell.rule, spell.interval, spell.places = SPELL, None, {MAIN_SLOT[kind]: place}
        if model.rule == "sea.meet":
            _of_who_came(spell, model)
        spell.sources = {s: v for s, v in model.sources.items() if s not in ("date", "destination", "origin", "place")}
        spell.sources[MAIN_SLOT[kind]] = ("clause", (place.start, place.end))
        if line.low(opener) == "for":
            spell.interval = model.interval
        else:
            _date(scene, model, spell, place)
        more.append(spell)
        last = (place, opener, noun)
    return more


def _of_who_came(spell: Told, model: Told) -> None:
    """Make a spell theirs who came to others: "HMS Kent joined HMS Tyne off Crete after a stop in Piraeus"."""
    verb = model.sources.get("trigger", ("", None))[1]
    came = [(v, s) for v, s in zip(model.vessels, model.spans, strict=True) if verb and s[1] <= verb[0]]
    if came:
        spell.vessels, spell.spans = tuple(v for v, _ in came), tuple(s for _, s in came)


def _sails_for(model: Told) -> bool:
    """Whether ships are to put out for what they will do at sea."""
    return model.kind is EventKind.DEPARTURE and model.stance.modality is Modality.PLANNED


_DAY_TOKENS = 4


def _date(scene: Scene, model: Told, spell: Told, place: PlaceMention) -> None:
    """Give a spell the days right behind its place, where they are not those of the movement beside it."""
    used = model.sources.get("date", ("", None))[1]
    day = next((d for d in scene.dates if d.interval and 0 <= scene.line.at_offset(d.start) - place.last <= _DAY_TOKENS), None)
    if day is None or day.interval is None or used == (day.start, day.end):
        return
    spell.interval, spell.sources["date"] = day.interval, ("clause", (day.start, day.end))
    if spell.kind is EventKind.ARRIVAL and spans_stay(scene, (day.start, day.end), day.interval):
        as_stay(spell)


def _is_used(place: PlaceMention, told: list[Told]) -> bool:
    """Whether an event of the sentence has a place for its own, and not as where its ships came from: "back from exercises in the Aegean"."""
    used = [s for e in told for s, p in e.places.items() if p.start == place.start]
    return bool(used) and not (used == ["origin"] and place.how == "in") and not (used == ["destination"] and place.how in ("in", "off"))


def _phrase(line: Line, place: PlaceMention) -> tuple[int | None, int | None]:
    """The word that opens the phrase in which a place stands, and the noun that says what was done there."""
    sets = line.doc.lexicon.sets
    nouns, noun = sets["spells_at_sea"] | sets["spells_in_yard"] | sets["pauses"], None
    led = line.ending("preposition", place.first) or line.ending("preposition", place.first - 1)
    if led is None:
        return None, None
    for at in range(led.first - 1, max(led.first - _PHRASE_TOKENS, -1), -1):
        low = line.low(at)
        if noun is None and (low in nouns or (low in _TIMES and line.low(at + 1) not in ("of", "on", "-"))):
            noun = at
        if low in _OPENERS and _opens(line, at):
            return at, noun if noun is not None else next((n for n in range(at, led.first) if line.low(n) in _TIMES), None)
        if low == "for" and noun is not None and line.low(noun) in sets["spells_at_sea"]:
            return at, noun  # "will leave Penang for manoeuvres in the Strait of Malacca"
        if line.text(at) in (",", ";", ":", "–", "—") or low in _RELATIVE - ({"for"} if line.low(at + 1) in sets["supplies"] else set()):
            break
        if low not in nouns and any(form in ("past", "pres") for f in line.found("trigger") if f.first == at for _, form in f.data):
            break
    return None, None


def _opens(line: Line, at: int) -> bool:
    """Whether a word opens a phrase of what is over: "from" and "of" do behind certain words alone, "fresh from", "at the end of"."""
    low = line.low(at)
    if low == "from":
        return line.low(at - 1) in _BEFORE_FROM
    return low != "of" or line.low(at - 1) == "end"


def _kind(line: Line, place: PlaceMention, noun: int) -> EventKind | None:
    """What a spell of some sort makes of its place."""
    sets, low = line.doc.lexicon.sets, line.low(noun)
    wet = place.how == "off" or (place.entry is not None and place.entry.kind in _WATERS)
    if low.startswith("visit") != (place.how == "to") or (place.how == "to" and line.low(noun + 1) != "to"):
        return None  # "after a visit of the minister to Valletta"
    if low in sets["spells_at_sea"]:
        return EventKind.AT_SEA if wet else None
    if low in _TIMES:
        return EventKind.AT_SEA if place.how == "off" else None  # "after four months in the Gulf of Oman" says no more than where she came from
    if wet or not place.is_port:
        return None
    return EventKind.IN_PORT if low in sets["spells_in_yard"] else EventKind.ARRIVAL


def _beside(line: Line, told: list[Told], place: PlaceMention, opener: int) -> Told | None:
    """The event beside which a phrase stands: the one behind it where it opens the sentence, else the last in front of it."""
    start = line.starts[opener]
    spans = [(e, (e.sources.get("trigger", ("", None))[1] or e.spans[0])[0]) for e in told]
    fits = [(e, at) for e, at in spans if e.kind in _MODELS and not e.roles and e.stance.modality is not Modality.NEGATED]
    leads = line.text(opener - 1) == "," and line.text(place.last) == ","  # "left Kiel and, after a pause at Oslo, will go on to Malta"
    if opener <= _FRONT_TOKENS or (leads and any(at > place.end for _, at in fits)):
        return next((e for e, at in sorted(fits, key=lambda f: f[1]) if at > place.end), None)
    behind = [(e, at) for e, at in fits if at < start]
    return max(behind, key=lambda f: f[1])[0] if behind else None
