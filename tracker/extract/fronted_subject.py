"""Stage 6, who acts behind the phrase that opens a sentence: "Having left Tartus, passed Malta and put into Oran, the frigate …"."""

from __future__ import annotations

from functools import lru_cache

from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.scene import Group, Scene
from tracker.extract.verbs import Trigger
from tracker.gazetteer.lexicon import Lexicon

LEADS_IN = frozenset(
    [
        "on",
        "upon",
        "after",
        "before",
        "soon",
        "shortly",
        "immediately",
        "following",
        "since",
        "with",
        "its",
        "her",
        "their",
        "the",
        "not",
        "long",
        '"',
        "“",
        "‘",
    ]
)
_PHRASE_FORMS = frozenset(["ing", "part", "past", "state"])


def fronted_subject(scene: Scene, trigger: Trigger) -> Group | None:
    """The vessels behind the comma that closes a participle's phrase, or a row of such: "Having left Tartus on Monday, the frigate …"."""
    line = scene.line
    if trigger.form not in _PHRASE_FORMS or not opens_sentence(line, trigger):
        return None
    listed = {n for g in scene.groups for n in range(g.first, g.last)} | {n for p in scene.places for n in range(p.first, p.last)}
    for comma in range(trigger.last, line.size):
        if line.text(comma) != "," or line.low(comma + 1).isdecimal() or comma in listed:
            continue
        if group := next((g for g in scene.groups if before_phrase(line, g.first) == comma), None):
            return group
        if not (_says_where(scene, comma) or _phrase_goes_on(scene, comma + 1)):
            return None
    return None


_LAND_TOKENS = 3


def _says_where(scene: Scene, comma: int) -> bool:
    """Whether a land or province between commas says where the place in front of it lies: "After leaving Darwin, Australia, on Monday"."""
    line = scene.line
    if not any(p.last == comma for p in scene.places) or not line.text(comma + 1)[:1].isupper():
        return False
    closed = next((n for n in range(comma + 2, comma + 2 + _LAND_TOKENS) if line.text(n) == ","), None)
    return closed is not None and not any(comma < g.first < closed for g in scene.groups)


_JOINTS = frozenset(["and", "then", "later", "finally", "before", "after", "having", "the"])
_OPENS_PHRASE = frozenset(["after", "following", "for"])
_OPENS_ASIDE = frozenset(["where", "which", "bound", "with"])


def _phrase_goes_on(scene: Scene, at: int) -> bool:
    """Whether a phrase goes on behind a comma: with a further participle, a further place of a list, a day, an aside about a place."""
    line = scene.line
    if line.low(at) in _OPENS_PHRASE:
        return True
    while line.low(at) in _JOINTS:
        at += 1
    if line.low(at) in _OPENS_ASIDE or any(line.at_offset(d.start) == at for d in scene.dates):
        return True
    led = line.starting("preposition", at)
    begin = led.last if led else at
    if any(p.entry and 0 <= p.first - begin <= 1 for p in scene.places) or any(line.at_offset(d.start) == begin for d in scene.dates):
        return True
    found = line.starting("trigger", at)
    return found is not None and any(form in _PHRASE_FORMS for _, form in found.data)


def opens_sentence(line: Line, trigger: Trigger) -> bool:
    """Whether nothing but little words stands in front of a verb: "Shortly after leaving Faslane, …"."""
    opened = _opening(line.doc.lexicon)
    return all(low in opened or low.isdecimal() for low in line.lows[: trigger.chain])


@lru_cache(maxsize=4)
def _opening(lexicon: Lexicon) -> frozenset[str]:
    """The little words, the numbers and the words of time that may stand in front of the verb that opens a sentence."""
    little = lexicon.sets["lead_in"] | lexicon.sets["participle_opens"] | LEADS_IN | _SPANS
    return little | lexicon.numbers.keys() | lexicon.weekdays.keys() | lexicon.months.keys()


_SPANS = frozenset([":", ",", "day", "days", "week", "weeks", "hour", "hours", "month", "months", "a", "few", "some"])
