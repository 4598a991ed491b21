"""Stage 2, ships told without an article, as in notes, headlines and translations: "On Friday frigate left Rota", "shadowed tanker"."""

from __future__ import annotations

from tracker.domain.kinds import VesselType
from tracker.domain.records import changed
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention

_FINITE = frozenset(["past", "pres", "part"])


def is_told_bare(line: Line, mention: VesselMention) -> bool:
    """Whether a word for one ship stands without an article where only a ship of the text can: it does something, or something is done to it."""
    if mention.plural or mention.group or mention.number or line.starting("vessel", mention.last) or line.starting("type", mention.last):
        return False
    return _acts(line, mention) or is_watched(line, mention) or _owns(line, mention)


def _acts(line: Line, mention: VesselMention) -> bool:
    """Whether the word opens a clause, with a verb right behind it."""
    lexicon, at = line.doc.lexicon, mention.last
    before = line.low(mention.first - 1) if mention.first else ""
    opened = not before.isalpha() or before in lexicon.sets["before_bare_ship"] or before in lexicon.weekdays or before in lexicon.months
    if not opened:
        return False
    if before == "and" and (line.ending("type", mention.first - 1) or line.ending("vessel", mention.first - 1)):
        return False  # "a tug and supply vessel"
    if line.text(at) == ",":
        return mention.first == 0 and line.low(at + 1) in lexicon.sets["opens_ships_aside"]  # "Vessel, which sailed on Friday, was picked up"
    at += line.low(at) in lexicon.sets["adverbs"]
    if line.low(at) in lexicon.sets["auxiliaries"]:
        return True
    verb = line.starting("trigger", at)
    return verb is not None and all(form in _FINITE for _, form in verb.data)


def is_watched(line: Line, mention: VesselMention) -> bool:
    """Whether the word stands right behind a verb that is done to ships, and ends its phrase: "shadowed tanker"."""
    verb = line.ending("trigger", mention.first)
    if verb is None or not any(rule.object == "escort" and form in _DONE for rule, form in verb.data):
        return False
    behind = line.low(mention.last)
    opens = behind in line.doc.lexicon.sets["before_bare_ship"] or behind in _GOES_ON
    return opens or not behind[:1].isalpha() or line.starting("preposition", mention.last) is not None


_DONE = frozenset(["past", "pres", "ing", "base"])
_GOES_ON = frozenset(["of", "that", "which", "belonging", "carrying", "bound", "passing", "sailing", "transiting", "crossing", "linked"])


def watched_ships(line: Line, mention: VesselMention) -> VesselMention | None:
    """Ships told by a bare plural to which a watch is kept, without the verb that their phrase took in: "will escort merchant ships"."""
    if mention.plural and not mention.group and _escorts_her(line, mention.first):
        return changed(mention, det="several")  # "docked on Monday, escorted by tugs and coast guard boats"
    if mention.group or not mention.plural or mention.type is VesselType.VESSEL:
        return None  # "monitors ships in the Gulf" is no watch of any
    if line.low(mention.first) in _TAKEN_IN and mention.last - mention.first > 1:
        mention = changed(mention, first=mention.first + 1, start=line.starts[mention.first + 1])
    return changed(mention, det="several") if is_watched(line, mention) and _is_told_done(line, mention.first - 1) else None


_ESCORTED = frozenset(["escorted", "accompanied", "flanked", "assisted", "shadowed", "guided", "towed"])
_BY_TOKENS = 5


def _escorts_her(line: Line, first: int) -> bool:
    """Whether a phrase stands right behind "escorted by", or behind "and" in a list that does."""
    if line.low(first - 1) == "by":
        return line.low(first - 2) in _ESCORTED
    if line.low(first - 1) != "and" or line.ending("type", first - 1) is None:
        return False
    at = next((n for n in range(first - 2, max(first - 2 - _BY_TOKENS, 0), -1) if line.low(n) == "by"), None)
    return at is not None and line.low(at - 1) in _ESCORTED


def _is_told_done(line: Line, at: int) -> bool:
    """Whether a watch is told as kept, and not as a task: "escorted", "has been escorting", not "to escort", "the task of escorting"."""
    if line.low(at).endswith("ed"):
        return True
    while line.low(at - 1) in line.doc.lexicon.sets["adverbs"]:
        at -= 1
    before = line.low(at - 1)
    helped = (before != "to" and before in line.doc.lexicon.sets["auxiliaries"]) or before in line.doc.lexicon.sets["seen_to_be"]
    return helped or (before == "to" and line.low(at - 2) in _KEEPS) or (before == "," and line.low(at).endswith("ing"))


_KEEPS = frozenset(["continued", "continues", "continue", "began", "begun", "begins", "used"])
_TAKEN_IN = frozenset(["escort", "escorts", "escorting", "guard", "guarding", "tracking", "shadowing"])


def _owns(line: Line, mention: VesselMention) -> bool:
    """Whether the word opens the sentence or a phrase of what is a ship's: "Ship's arrival in Malta was delayed"."""
    opens = mention.first == 0 or line.low(mention.first - 1) in ("of", "on", "at", "after", "before", "with", "by", "for", "is", "was")
    return opens and line.text(mention.last) in ("'", "’") and line.low(mention.last + 1) == "s"
