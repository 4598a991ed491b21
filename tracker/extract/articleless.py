"""Stage 2, ships told without an article, as in notes, headlines and translations: "On Friday frigate left Rota", "shadowed tanker"."""

from __future__ import annotations

from tracker.extract.line import Line
from tracker.extract.mention import VesselMention

_FINITE = frozenset(["past", "pres", "part"])


def is_told_bare(line: Line, mention: VesselMention) -> bool:
    """Whether a word for one ship stands without an article where only a ship of the text can: it does something, or something is done to it."""
    if mention.plural or mention.group or mention.number or line.starting("vessel", mention.last) or line.starting("type", mention.last):
        return False
    return _acts(line, mention) or _is_object(line, mention) or _owns(line, mention)


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


def _is_object(line: Line, mention: VesselMention) -> bool:
    """Whether the word stands right behind a verb that is done to ships, and ends its phrase."""
    verb = line.ending("trigger", mention.first)
    if verb is None or not any(rule.object == "escort" and form in ("past", "pres", "ing", "base") for rule, form in verb.data):
        return False
    behind = line.low(mention.last)
    return not behind[:1].isalpha() or line.starting("preposition", mention.last) is not None or behind in line.doc.lexicon.sets["before_bare_ship"]


def _owns(line: Line, mention: VesselMention) -> bool:
    """Whether the word opens the sentence or a phrase of what is a ship's: "Ship's arrival in Malta was delayed"."""
    opens = mention.first == 0 or line.low(mention.first - 1) in ("of", "on", "at", "after", "before", "with", "by", "for", "is", "was")
    return opens and line.text(mention.last) in ("'", "’") and line.low(mention.last + 1) == "s"
