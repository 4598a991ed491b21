"""Stage 5, verbs: what a word of movement is in its sentence: which rule, in which form and voice, with which helpers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tracker.domain.kinds import WATER_KINDS, EventKind
from tracker.domain.records import changed
from tracker.extract.forms import BECAME, among_start, before_article, chain_start, first_ship_to, form_of, helper_first, rank_start
from tracker.extract.line import Found, Line
from tracker.extract.mention import VesselMention
from tracker.gazetteer.lexicon import Rule


@dataclass(slots=True)  # not frozen, for speed
class Trigger:
    """A word of movement that fires: its rule, its tokens, its voice, and the tokens it reaches to the right and left."""

    rule: Rule
    form: str
    first: int
    last: int
    chain: int  # first token of its auxiliaries
    passive: bool
    reach: tuple[int, int]
    others: tuple[Rule, ...] = ()  # further rules that the same word may mean, tried when the first tells nothing
    carries: bool = False  # the verb of a noun that stands in front of it: "A drill was held"


_UNDONE = frozenset(["out", "up", "over", "off"])


def is_bare_absolute(line: Line, trigger: Trigger) -> bool:
    """Whether a participle has the place that opens its sentence for a subject: "Malta left astern, the frigate …", "Rota once reached, …"."""
    if trigger.form not in ("past", "part") or trigger.passive or not trigger.rule.direct or line.low(trigger.last) in _UNDONE:
        return False
    at = trigger.chain - (line.low(trigger.chain - 1) in _ONCE)
    place = line.ending("place", at)
    if place is None or line.doc.lexicon.sets["have"] & set(line.lows[at : trigger.first]):
        return False
    opens = place.first - (line.low(place.first - 1) == "the")
    comma = next((n for n in range(trigger.last, min(trigger.last + _ABSOLUTE_TOKENS, line.size)) if line.text(n) == ","), None)
    return comma is not None and line.low(comma + 1) not in _OTHER_CLAUSE and (opens == 0 or line.text(opens - 1) in (":", ";"))


_OTHER_CLAUSE = frozenset(["when", "where", "which", "who", "and", "but", "as", "while", "after", "before", "with", "though", "although"])
_ONCE, _ABSOLUTE_TOKENS = frozenset(["once", "now", "finally", "safely"]), 8


@dataclass(frozen=True, slots=True)
class _Senses:
    """What a word of movement may mean, sorted by its forms once and for all."""

    nouns: tuple[Rule, ...]
    only_nouns: bool
    active: dict[str, Rule]  # form -> rule
    passive: dict[str, Rule]  # the same behind a form of "be"
    others: tuple[Rule, ...]  # empty where no form has two rules
    may_be_passive: bool
    watches: bool


@lru_cache(maxsize=8192)
def _senses(data: tuple[tuple[Rule, str], ...]) -> _Senses:
    nouns = tuple(rule for rule, form in data if form == "noun")
    verbs = [(rule, form) for rule, form in reversed(data) if form != "noun" and not (nouns and form == "state")]
    forms = [form for _, form in data]
    return _Senses(
        nouns,
        all(form in ("noun", "state") for form in forms),
        {form: rule for rule, form in verbs if not rule.passive},
        {form: rule for rule, form in verbs},
        tuple(rule for rule, form in data if forms.count(form) > 1),
        any(rule.passive for rule, _ in data),
        any(rule.object == "escort" for rule, _ in data),
    )


def trigger_of(line: Line, found: Found, vessels: Sequence[VesselMention]) -> Trigger | None:
    """The trigger that a word of movement makes in its sentence, or None where it tells no movement here."""
    senses, sets = _senses(found.data), line.doc.lexicon.sets
    if senses.nouns:
        carried = [t for rule in senses.nouns if (t := _carried(line, found, rule, vessels) or _carried_behind(line, found, rule, vessels))]
        if not carried and _is_owned_stay(line, found, vessels):
            return Trigger(line.doc.lexicon.rules["noun.stay"], "state", found.first, found.last, found.first, False, (found.last, found.last))
        if not carried and senses.nouns[0].id == "sea.patrol" and "surveillance" not in line.lows[found.first : found.last]:
            return Trigger(line.doc.lexicon.rules["noun.voyage"], "state", found.first, found.last, found.first, False, (found.last, found.last))
        if carried or senses.only_nouns:
            return changed(carried[0], others=tuple([t.rule for t in carried[1:]])) if len(carried) > 1 else next(iter(carried), None)
    if line.low(found.first) == "near" and found.last - found.first == 1:
        return None  # a preposition
    if line.low(found.first) == "left" and found.last - found.first == 1 and _is_side(line, found.first):
        return None  # "USS Cole, left, delivers fuel"
    if found.first == 0 and found.last == 1 and line.low(0) == "left" and _stay_left(line):
        return Trigger(line.doc.lexicon.rules["see.sighting"], "state", 0, 1, 0, False, (1, 1))
    if line.low(found.first) in ("'", "’") and line.low(found.first - 1) not in sets["short_is"]:
        return None  # a possessive and no "is"
    chain = chain_start(line, found.first)
    words = set(line.lows[chain : found.first])
    passive = not words.isdisjoint(sets["be"]) and not _to_have(line, chain, found.first)
    if passive and _of_the_last(line, chain, vessels):
        return None  # "The last frigate to be moored at Tartus, X, …"
    passive = passive or (senses.may_be_passive and _shares_passive(line, chain, found.last))
    passive = passive or (senses.watches and "by" in line.words and _shares_passive(line, chain, found.last, by=True))
    passive = passive or (senses.may_be_passive and _leaves_be_unsaid(line, found, vessels))
    forms = senses.passive if passive else senses.active
    joined = line.text(found.first - 1) == "-" and line.ends[found.first - 1] == line.starts[found.first]
    if not forms or (joined and ("state" not in forms or line.low(found.first) == "deployed")):
        return None  # "Chinese-run" runs nowhere
    form = form_of(line, found, forms, words, vessels)
    if form == "state" and passive and "part" in forms and line.low(found.last) == "by":
        form = "part"  # "was stopped by the patrol ship X"
    if form is None or (form in ("base", "pres", "past", "part") and line.low(found.first - 1) == "no"):
        return None  # "needs no run back to Buenos Aires"
    rule = forms[form]
    if rule.id in _MADE_OTHERWISE and (made := _made_otherwise(line, found, rule, form, chain, vessels, passive=passive)):
        return made
    if rule.id == "supply.passed" and line.low(found.last - 1) in ("to", "into") and not _ship_behind(line, found.last, vessels):
        return None
    if rule.host and line.low(found.first) in sets["have"] and (_is_perfect(line, found) or _turned_round(line)):
        return None
    if form in ("past", "part") and not passive and "part" in forms and "past" in forms and words & sets["have"]:
        rule = forms["part"]
    active = "past" if form == "state" and words.isdisjoint(sets["be"] | sets["have"]) else form  # "deployed on Monday"
    others = senses.others and tuple([r for r, f in found.data if f in (form, active) and r is not rule and (not r.passive or passive)])
    if form in ("past", "pres", "part", "ing") and (ranked := among_start(line, chain)) < chain:
        chain = ranked
    if rule.id == "noun.call" and form == "state" and line.low(found.first) in _CALLS and rank_start(line, chain) < chain:
        rule, form = line.doc.lexicon.rules["arrive.in"], "base"  # "was the first Indian warship to call at Kiel"
    if form == "base" and "only" in words and "to" in words and words.isdisjoint(sets["be"]):
        form = "past"  # "left Ream in January only to return within days": they did
    elif form == "base" and first_ship_to(line, chain, vessels):
        form, passive = "past", False
    elif form == "base" and (ranked := min(rank_start(line, chain), among_start(line, chain))) < chain:
        chain = ranked
        form, passive = "past" if _PRESENT.isdisjoint(line.lows[chain : chain + 3]) else "base", False
    return Trigger(rule, form, found.first, found.last, chain, passive and form in ("past", "part"), (found.last, found.last), others)


_MADE_OTHERWISE = frozenset(["transit.pass", "arrive.move-into", "arrive.in", "arrive.return", "way.state", "depart.out-of", "noun.call"])


_HEADS = frozenset(["heading", "headed", "heads", "head"])


def _leads_from_sea(line: Line, found: Found) -> bool:
    """Whether a verb of passing ends in "from" and a sea is behind it: "passed from the Baltic Sea", not "passed from the Bosphorus"."""
    return line.low(found.last - 1) == "from" and _starts_sea(line, found.last) and _BY_WAY.isdisjoint(line.words)


_BY_WAY = frozenset(["through", "via", "by", "between"])


def _starts_sea(line: Line, at: int) -> bool:
    """Whether a sea is named at a token, or behind its article there."""
    named = line.starting("place", at) or line.starting("place", at + 1)
    return named is not None and line.doc.gazetteer.places.entries[named.data[0]].kind in WATER_KINDS


def _made_otherwise(
    line: Line, found: Found, rule: Rule, form: str, chain: int, vessels: Sequence[VesselMention], *, passive: bool
) -> Trigger | None:
    """The trigger of another rule, which the words around a verb or noun make of it: "Malta was left by her", "conducted a port visit to Odesa"."""
    if passive and rule.id == "transit.pass" and line.lows[found.first : found.last] == ["left", "by"]:
        leave = line.doc.lexicon.rules["depart.leave"]  # "Malta was left by her on Friday"
        return Trigger(leave, form, found.first, found.last - 1, chain, True, (found.last - 1, found.last - 1))
    if not passive and rule.id == "transit.pass" and _leads_from_sea(line, found):
        out = line.doc.lexicon.rules["depart.out-of"]  # "passed from the Baltic Sea into the North Sea"
        return Trigger(out, form, found.first, found.last, chain, False, (found.last, found.last))
    if rule.id == "arrive.move-into" and line.low(found.first) in _HEADS and line.low(found.last - 1) == "into" and _starts_sea(line, found.last):
        heads = line.doc.lexicon.rules["way.head"]  # "left Portsmouth, heading out into the Atlantic"
        return Trigger(heads, form, found.first, found.last - 1, chain, False, (found.last - 1, found.last - 1))
    if rule.id == "arrive.in" and line.low(found.last - 1) == "in" and not _IN_WATERS.isdisjoint(line.lows[found.last : found.last + 3]):
        sails = line.doc.lexicon.rules["depart.sail"]  # "are sailing in international waters close to Wales"
        return Trigger(sails, form, found.first, found.last - 1, chain, False, (found.last - 1, found.last - 1))
    if rule.id == "arrive.return" and line.low(found.last - 1) == "across" and line.starting("place", found.last + (line.low(found.last) == "the")):
        crossed = line.doc.lexicon.rules["transit.pass"]  # "sailed across the Atlantic"
        if line.low(found.first - 1) in _SETS:  # "will set sail across the Atlantic"
            leaves = line.doc.lexicon.rules["depart.ship"]
            return Trigger(leaves, form, found.first - 1, found.last - 1, chain_start(line, found.first - 1), False, (found.last - 1, found.last - 1))
        return Trigger(crossed, form, found.first, found.last, chain, False, (found.last, found.last))
    if rule.id == "way.state" and line.low(found.first) == "transit" and line.low(found.first - 1) == "then":
        heads = line.doc.lexicon.rules["way.head"]  # "is scheduled to relieve HMS Kent and then transit to Bremerton"
        return Trigger(heads, "base", found.first, found.last, chain, False, (found.last, found.last))
    if rule.id == "depart.out-of" and line.low(found.first) in _RETURNED and found.last - found.first == 2 and _home_behind(line, found.last):
        back = line.doc.lexicon.rules["arrive.return"]  # "returned from the North Sea to Halifax"
        return Trigger(back, form, found.first, found.first + 1, chain, False, (found.first + 1, found.first + 1))
    if rule.id == "arrive.in" and line.low(found.last - 1) == "port" and line.low(found.last) == "of" and found.last - found.first > 1:
        reach = line.doc.lexicon.rules["arrive.reach"]  # "entered Port of Maputo on Saturday"
        return Trigger(reach, form, found.first, found.last - 1, chain, False, (found.last - 1, found.last - 1))
    if (
        rule.id == "noun.call"
        and form == "state"
        and (finite := _CALLS_NOW.get(line.low(found.first)))
        and _stands_behind_ship(line, found.first, vessels)
    ):
        comes = line.doc.lexicon.rules["arrive.in"]  # "calls at Oslo on Thursday", "where they stop at Oslo"
        return Trigger(comes, finite, found.first, found.last, chain, False, (found.last, found.last))
    visit = rule.id == "noun.call" and line.low(found.last - 2).startswith("visit") and line.low(found.first - 1) != "no"
    if visit and (made := _carried(line, found, line.doc.lexicon.rules["arrive.call"], vessels)):
        return made  # "exercised with the frigate X and conducted a port visit to Odesa"
    stop = rule.id == "noun.call" and line.low(found.first) in ("stop", "stopover", "call") and line.low(found.first - 1) != "no"
    made = _carried(line, found, line.doc.lexicon.rules["inport.visit"], vessels) if stop else None
    if made and _PARTS_STOP.isdisjoint(line.lows[made.first : found.first]):
        return made  # "wrapped up a four-day stop in Malta", but "ended her patrol with a stop in Malta"
    return None


_CALLS, _CALLS_NOW = frozenset(["call", "stop"]), {"calls": "pres", "stops": "pres", "call": "base", "stop": "base"}
_IN_BETWEEN = frozenset(["then", "also", "next", "later", "again", "first", "both", "all"])


def _stands_behind_ship(line: Line, at: int, vessels: Sequence[VesselMention]) -> bool:
    """Whether the subject of a verb stands right in front of a token: "she then calls at", "HMS Kent calls at"."""
    before = at - (line.low(at - 1) in _IN_BETWEEN)
    if line.low(before - 1) in ("she", "it", "they"):
        return line.low(before - 1) == "they" or line.low(at).endswith("s")
    return any(v.last == before and v.plural != line.low(at).endswith("s") for v in vessels)


_IN_WATERS = frozenset(["waters", "seas"])
_SETS = frozenset(["set", "sets", "setting"])
_RETURNED, _FROM_TOKENS = frozenset(["return", "returns", "returned", "returning"]), 12


def _home_behind(line: Line, first: int) -> bool:
    """Whether the places behind a token are one that ships come from and another that they come to: "the North Sea to Halifax"."""
    left = next((f.last for n in range(first, first + 3) if (f := line.starting("place", n))), None)
    left = left or (first + 2 if line.texts[first : first + 2] == ["the", "Gulf"] else None)
    to = next((n for n in range(left, min(left + _FROM_TOKENS, line.size)) if line.low(n) == "to"), None) if left else None
    if left is None or to is None or not {",", ";", "and", "before", "after"}.isdisjoint(line.lows[left:to]):
        return False
    return any(line.starting("place", n) for n in range(to + 1, to + 5))


_PARTS_STOP = frozenset(["with", "and", "by", "after", "for"])


def _of_the_last(line: Line, chain: int, vessels: Sequence[VesselMention]) -> bool:
    """Whether a passive behind "to be" only says which ship is meant: "The last frigate to be moored at Tartus, the Grigorovich, left"."""
    if line.low(chain) != "to" or line.low(chain + 1) != "be":
        return False
    told = next((m for m in vessels if m.last == chain and not m.name), None)
    if told is None or line.low(told.first - 1) in line.doc.lexicon.sets["be"] or line.low(told.first - 1) in BECAME:
        return False
    return not line.doc.lexicon.sets["ranks"].isdisjoint(line.lows[max(told.first - 1, 0) : told.last])


def _ship_behind(line: Line, at: int, vessels: Sequence[VesselMention]) -> bool:
    return line.low(at) in ("her", "him", "them", "it") or any(0 <= m.first - at <= 1 for m in vessels)


_SHARED_PASSIVE = 24
_LED = frozenset(["to", "into", "from", "through", "back", "home", "off", "out", "in"])
_GOES_ON = frozenset(["for", "until", "as", "during", "up", "across", "along", "towards", "past", "all", "on", "there", "closely", "down"])
"""Behind a participle of a passive: "was met by HMS Kent off Crete and shadowed for two days"."""


def _shares_passive(line: Line, chain: int, last: int, *, by: bool = False) -> bool:
    """Whether "and" joins a participle to a passive in front of it: "was boarded off Oman by commandos and taken to Mumbai".

    With `by` only to one that tells by whom: "was met off Ushant by HMS Kent and shadowed for two days".
    """
    led = line.low(last) in _LED
    if line.low(chain - 1) not in ("and", "then") or not (led or line.low(last) in _GOES_ON or not line.text(last).isalpha()):
        return False
    be = line.doc.lexicon.sets["be"]
    at = next((n for n in range(chain - 2, max(chain - _SHARED_PASSIVE, 0), -1) if line.low(n) in be or line.low(n) in (";", "which", "who")), None)
    if at is None or line.low(at) not in be or not ((led and not by) or "by" in line.lows[at:chain]):
        return False
    return any(f.first in (at + 1, at + 2) and any(form == "part" for _, form in f.data) for f in line.found("trigger"))


_SHOWS = frozenset(["show", "shows", "showed", "showing", "see", "sees"])
_STOPS = frozenset([".", "!", "?"])


def _leaves_be_unsaid(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether a participle behind a ship is a passive without its verb: "Tug towed back to Rota" in a headline, "show the tug led out of Rota"."""
    if line.low(found.last) not in _LED or line.low(found.last) in ("in", "off") or line.low(found.first - 1) == "by":
        return False
    if line.text(found.first - 1) == ",":
        return any(m.last == found.first - 1 for m in vessels)  # "HMS Kent, towed back to Rota on Friday, is to be scrapped"
    ship = next((m for m in vessels if m.last == found.first), None)
    if ship is None or any(line.low(n) == "that" for n in range(max(ship.first - 3, 0), ship.first)):
        return False
    shown = any(line.low(n) in _SHOWS for n in range(max(ship.first - 4, 0), ship.first))
    ahead = any(m.first >= found.last for m in vessels if line.low(m.first - 1) != "by" and line.low(m.first - 2) != "by")
    headline = line.text(line.size - 1) not in _STOPS and ship.first <= 3 and line.starting("trigger", ship.first - 1) is None
    return (shown or headline) and not ahead


_OWNER_TOKENS = 5


def _is_owned_stay(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether a noun without a verb is the visit of a ship: "HMS Kent's visit to Gibraltar began on Monday", "A visit to Malta by HMS Kent"."""
    sets = line.doc.lexicon.sets
    if line.low(found.last - 1) not in sets["stays"] or line.low(found.last) not in ("to", "in", "at") or found.first > _OWNER_TOKENS * 3:
        return False
    if not any(0 <= f.first - found.last - 1 <= _OWNER_TOKENS for f in line.found("place")):
        return False
    owned = any(
        line.low(m.last) in ("'", "’") and m.last < found.first <= m.last + 2 + _OWNER_TOKENS
        for m in vessels
        if line.low(m.last + 1) == "s" or line.text(m.last - 1).endswith("s")
    )
    return owned or any(line.low(m.first - 1) == "by" and 0 < m.first - found.last <= 2 * _OWNER_TOKENS for m in vessels)


def _to_have(line: Line, chain: int, first: int) -> bool:
    """Whether "have" is the last of a verb's helpers, which are no passive then: "was to have visited Punta Arenas"."""
    helpers = [low for low in line.lows[chain:first] if low in line.doc.lexicon.sets["be"] or low == "have"]
    return len(helpers) > 1 and helpers[-1] == "have"


def _is_perfect(line: Line, found: Found) -> bool:
    """Whether "has" only helps another verb: "Toulon has invited the frigate Aconit"."""
    if helper_first(line, found.last) == found.first:
        return True  # "No sooner had the frigate left Malta than …"
    behind = line.low(found.last + (line.low(found.last) in line.doc.lexicon.sets["adverbs"]))
    return behind.endswith("ed") or behind in (
        "been",
        "taken",
        "given",
        "sent",
        "become",
        "seen",
        "made",
        "sold",
        "built",
        "told",
        "asked",
        "long",
        "lost",
        "let",
        "lent",
        "bid",
        "begun",
        "brought",
        "bought",
        "chosen",
        "come",
        "done",
        "driven",
        "found",
        "gone",
        "kept",
        "known",
        "laid",
        "led",
        "left",
        "met",
        "paid",
        "put",
        "set",
        "shown",
        "shut",
        "won",
    )


def _turned_round(line: Line) -> bool:
    """Whether a participle opens the sentence whose helper stands further behind: "Sailed from Kiel on Monday have two frigates"."""
    return any(f.first == 0 and any(form == "part" for _, form in f.data) for f in line.found("trigger"))


_PRESENT = frozenset(["is", "are", "be", "become", "becomes", "will"])


def _in_list(line: Line, vessels: Sequence[VesselMention]) -> set[int]:
    """The tokens of vessels and of what joins them: "had HMS Tyne and the tug X for company"."""
    covered = {n for m in vessels for n in range(m.first, m.last)}
    ordered = sorted(vessels, key=lambda m: m.first)
    for before, then in pairwise(ordered):
        gap = range(before.last, then.first)
        if len(gap) <= _LISTED and all(line.low(n) in (",", "and", "the", "a") for n in gap):
            covered.update(gap)
    return covered


_LISTED, _FIGURE_TOKENS = 3, 9


def _figures(line: Line, at: int) -> set[int]:
    """The tokens of a number in front of a noun that has a comma in it: "began her 16,000-mile journey"."""
    commas = (n for n in range(max(at - _FIGURE_TOKENS, 1), at) if line.text(n) == ",")
    return {m for n in commas if line.text(n - 1).isdecimal() and line.text(n + 1).isdecimal() for m in (n - 1, n, n + 1)}


def _carried(line: Line, found: Found, rule: Rule, vessels: Sequence[VesselMention]) -> Trigger | None:
    """The trigger that a noun makes with the verb that carries it: "made a brief port call", "are to hold a passage exercise"."""
    if line.words.isdisjoint(_light_ends(rule)) or (rule.id == "supply.pass" and not _passes_to(line, found, vessels)):
        return None
    if rule.id == "inport.spend" and line.low(found.first - 1) in line.doc.lexicon.weekdays and line.low(found.first - 2) == "on":
        return None  # "through which she passed on Monday night"
    covered = _in_list(line, vessels) if rule.object in ("escort", "supply") or rule.host else set()  # "had the trio in sight"
    covered |= _figures(line, found.first)
    for last in range(found.first, max(found.first - 7 - len(covered), 0), -1):
        if last in covered and last - 1 in covered:
            continue
        if (
            last < found.first
            and not (rule.object == "supply" and line.low(last) == "of" and line.low(last - 1) in line.doc.lexicon.sets["quantities"])
            and last not in covered
            and (
                line.low(last) in line.doc.lexicon.sets["between_verb_and_noun"]
                or (rule.kind is not EventKind.TRANSIT and line.starting("place", last) and not _is_paid(line, last))
                or any(m.first <= last < m.last for m in vessels)
            )
        ):
            return None
        for size in (3, 2, 1):
            first = last - size
            tag = rule.light.get(" ".join(line.lows[first:last])) if first >= 0 else None
            if tag is None or (line.low(first) in _HELPS and _NO_NOUN.issuperset(line.lows[last : found.first])):
                continue  # "did not transit the strait": the noun is a verb
            if line.low(last - 1) in _HAS and (act := line.starting("trigger", last)) and any(form == "part" for _, form in act.data):
                continue  # "having come alongside on Saturday for fuel": a helper
            chain = chain_start(line, first)
            words = set(line.lows[chain:first])
            if tag == "base" and not words and not any(m.last == first for m in vessels) and line.low(first - 1) != "and":
                return None
            if tag == "base" and "to" in words and not words & line.doc.lexicon.sets["governs_infinitive"]:
                return None
            end = last if rule.host and covered.intersection(range(last, found.first)) else found.last  # "bade the frigate X goodbye"
            return Trigger(rule, tag, first, end, chain, False, (end, end))
    return None


_HELPS, _HAS = frozenset(["do", "does", "did"]), frozenset(["have", "has", "had", "having"])
_NO_NOUN = frozenset(["not", "n't", "never", "also", "indeed", "actually", "even", "yet", "ever", "then", "again", "both", "all"])
_BEHIND_TOKENS = 14
_OPENS_CLAUSE = frozenset(
    ["", ",", "and", "but", "that", "when", "where", "while", "after", "before", "as", ":", ";", "–", "—", "“", '"', "(", "which"]
)


def _carried_behind(line: Line, found: Found, rule: Rule, vessels: Sequence[VesselMention]) -> Trigger | None:
    """The trigger that a verb in the passive makes with the noun it carries: "Missiles were fired by X", "An exercise off Crete was held by X"."""
    be = line.doc.lexicon.sets["be"]
    if rule.id == "supply.pass" or be.isdisjoint(line.words) or line.words.isdisjoint(_light_ends(rule)) or not _is_subject(line, found.first):
        return None
    end = min(found.last + _BEHIND_TOKENS, line.size)
    at = next((n for n in range(found.last, end) if line.low(n) in be or not (line.text(n).isalnum() or line.low(n) in ("-", "'", "’"))), None)
    if at is None or line.low(at) not in be:
        return None
    between = [m for m in vessels if found.last <= m.first < at]
    if any(line.low(before_article(line, m.first)) not in ("by", "of", "with", "for") for m in between):
        return None
    first = at + 1
    while line.low(first) in be or line.low(first) in line.doc.lexicon.sets["adverbs"]:
        first += 1
    for size in (3, 2, 1):
        last = min(first + size, line.size)
        if rule.light.get(" ".join(line.lows[first:last])) in ("part", "past"):
            return Trigger(rule, "part", first, last, chain_start(line, at), True, (last, last), carries=True)
    return None


_PHRASE_TOKENS = 6
_DETERMINERS = frozenset(
    ["a", "an", "the", "her", "its", "their", "another", "several", "some", "two", "three", "four", "five", "six", "seven", "ten"]
)


def _is_subject(line: Line, first: int) -> bool:
    """Whether the noun phrase that ends in a noun opens its clause, or has an article and no preposition in front of it."""
    at, small = first - 1, line.doc.lexicon
    while first - at <= _PHRASE_TOKENS and (
        line.low(at) in small.modifiers or "-" in line.lows[max(at - 1, 0) : at + 2] or line.ending("nation", at + 1)
    ):
        at -= 1
    if line.low(at) in _DETERMINERS:
        return not line.ending("preposition", at) and line.low(at - 1) not in ("of", "with", "by", "for", "during", "after", "before", "into")
    return line.low(at) in _OPENS_CLAUSE or line.low(at).isdecimal()


def _passes_to(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether a ship stands behind what is passed to her: "passed 300 tonnes of fuel to the frigate X"."""
    return line.low(found.last) == "to" and any(0 <= m.first - found.last - 1 <= 1 for m in vessels)


PAYS = frozenset(["pay", "pays", "paid", "paying"])


def _is_paid(line: Line, at: int) -> bool:
    """Whether a place stands behind a form of "pay": "paid Malta a visit", "has paid the port of Colombo a call"."""
    at -= 1
    while line.low(at) in ("the", "of") or line.low(at) in line.doc.lexicon.sets["facilities"]:
        at -= 1
    return line.low(at) in PAYS


@lru_cache(maxsize=1024)
def _light_ends(rule: Rule) -> frozenset[str]:
    """The last words of the verbs that carry a rule's nouns."""
    return frozenset(verb.split()[-1] for verb in rule.light)


_SIDED, _CLOSED = frozenset([",", "(", "at", "far", "top", "bottom", "upper", "lower"]), frozenset([",", ")"])


def _is_side(line: Line, at: int) -> bool:
    """Whether "left" tells where in a picture a ship is: "USS Cole (DDG 67), at left, fuels …"."""
    return line.low(at - 1) in _SIDED and line.text(at + 1) in _CLOSED and (line.text(at - 1) != "," or line.text(at + 1) == ",")


_STAYED_TOKENS = 9


def _stay_left(line: Line) -> bool:
    """Whether a sentence opens with who stayed somewhere: "Left in Tartus were four ships"."""
    behind = line.lows[2:_STAYED_TOKENS]
    return line.low(1) in ("in", "at", "off") and not line.doc.lexicon.sets["be"].isdisjoint(behind)
