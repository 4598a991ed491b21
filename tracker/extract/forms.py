"""Stage 5, forms: in which form a verb of movement stands, or that it is none here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from tracker.extract.line import Found, Line
from tracker.extract.mention import VesselMention
from tracker.gazetteer.lexicon import Lexicon, Rule

BECAME = frozenset(["become", "became", "becoming", "becomes"])
_RANK_TOKENS = 14


def rank_start(line: Line, to: int) -> int:
    """The first token of "was the first American warship to" in front of a verb, else the given one: who is the first to do something does it."""
    ranks = line.doc.lexicon.sets["ranks"]
    to += line.low(to) in ranks and line.low(to + 1) == "to"
    if line.low(to) != "to" or ranks.isdisjoint(line.lows[max(to - _RANK_TOKENS, 0) : to]):
        return to
    at = next(n for n in range(to - 1, -1, -1) if line.low(n) in ranks)
    own = line.low(at - 1) in ("the", "her", "its", "only", "very")
    at -= 1 + own + (line.low(at - 2) == "the")
    if line.low(at) == "as" and "history" in line.lows[:at]:
        return at  # "made history as the first British warship to"
    if line.low(at) not in BECAME and line.low(at) not in line.doc.lexicon.sets["be"]:
        return to
    whole = all(line.text(n).isalnum() or line.text(n) in ("-", "'", "’") for n in range(at, to))
    return chain_start(line, at) if whole else to


_AMONG_TOKENS = 7


def among_start(line: Line, to: int) -> int:
    """The first token of "was among the ships that" or "was one of those to" in front of a verb, else the given one: who is among them does it."""
    if "among" not in line.words and "one" not in line.words:
        return to
    joint = to if line.low(to) == "to" or line.low(to) in _SIGHTED else to - 1
    if line.low(joint) not in _SIGHTED and line.low(joint) not in ("to", "that", "which"):
        return to
    for at in range(joint - 1, max(joint - _AMONG_TOKENS, 0), -1):
        among = line.low(at) == "among" or (line.low(at) == "one" and line.low(at + 1) == "of")
        if among and line.low(at - 1) in line.doc.lexicon.sets["be"]:
            return chain_start(line, at)
        if not line.text(at).isalnum() or (line.low(at) in RELATIVE and at < joint):
            return to
    return to


_SIGHTED = frozenset(["seen", "caught", "spotted", "sighted", "observed"])
"""They join to "among the ships" what these did: "was among three ships seen passing the strait"."""


def before_article(line: Line, first: int) -> int:
    """The token in front of a phrase without its article."""
    return first - 1 - (line.low(first - 1) in ("the", "a", "an"))


_RANKED = frozenset(["first", "last"])


def chain_start(line: Line, at: int) -> int:
    """The first token of the auxiliaries and adverbs before a verb."""
    first, (links, others, ends) = at, _chain_words(line.doc.lexicon)
    for _ in range(9):
        word = line.low(first - 1)
        if word in ends and first > 2 and (phrase := _adverb_phrase(line, first)):
            first -= phrase
            continue
        if word not in others and not word.endswith("ly") and not word.isdecimal():
            break  # most verbs have neither helpers nor a time in front of them
        if word == "may" and line.text(first - 1) == "May" and first > 1:
            break  # the month
        if word in _RANKED and line.low(first - 2) == "the":
            break  # "The first left on Monday"
        manner = (
            word.endswith("ly") and len(word) > 4 and line.text(first - 1).islower() and line.low(first - 2) in line.doc.lexicon.sets["auxiliaries"]
        )
        if word == "then" and line.low(first - 2) == "by" and (timed := _time_set_in(line, first)) < first:
            first = timed  # "had by then gone back"
        elif (first and (word in links or manner)) or (word in ("'", "’") and line.low(first) in ("s", "re", "ll", "d", "ve")):
            first -= 1
        elif (timed := _time_set_in(line, first)) < first:
            first = timed
        else:
            break
    if first < at and line.low(first) in _DAYS and line.ending("place", first):
        return first + 1  # "The ship that left Malta yesterday was HMS Kent"
    return first


_DAYS = frozenset(["yesterday", "today"])


def _adverb_phrase(line: Line, at: int) -> int:
    """How many words a phrase such as "in fact" has that parts a helper from its verb, none where there is no such phrase."""
    phrases, helpers = line.doc.lexicon.sets["adverb_phrases"], line.doc.lexicon.sets["auxiliaries"]
    return next((n for n in (3, 2) if " ".join(line.lows[max(at - n, 0) : at]) in phrases and line.low(at - n - 1) in helpers), 0)


@lru_cache(maxsize=4)
def _adverb_ends(lexicon: Lexicon) -> frozenset[str]:
    """The last words of such phrases."""
    return frozenset(phrase.rsplit(" ", 1)[-1] for phrase in lexicon.sets["adverb_phrases"])


_TIMED_TOKENS = 6
_TIME_LEADS = frozenset(["in", "on", "by", "since", "at", "before", "until", "during", "late", "early", "this", "next", "last"])
_TIME_FILLS = frozenset(
    ["the", "of", "end", "late", "early", "mid", "-", "this", "next", "last", "week", "month", "year", "morning", "evening", "weekend"]
)
_TIMED = frozenset(["week", "month", "year", "morning", "evening", "weekend", "then", "meantime", "day", "time"])


def _time_set_in(line: Line, at: int) -> int:
    """The first token of a time that parts a helper from its verb, else the given one: "will in May sail", "has since Monday been in Malta"."""
    lexicon, begin, dated = line.doc.lexicon, at, False
    while begin > 1 and at - begin < _TIMED_TOKENS:
        low = line.low(begin - 1)
        if low in lexicon.months or low in lexicon.weekdays or low.isdecimal() or low in lexicon.seasons or low in _TIMED:
            dated = True
        elif low not in _TIME_FILLS and low not in _TIME_LEADS:
            break
        begin -= 1
    helped = line.low(begin - 1) in lexicon.sets["auxiliaries"] and line.low(begin - 1) not in ("to", "not", "n't")
    return begin if dated and helped and line.low(begin) in _TIME_LEADS else at


@lru_cache(maxsize=4)
def _links(lexicon: Lexicon) -> frozenset[str]:
    """The words that can stand in a chain of verbs in front of its last."""
    return lexicon.sets["auxiliaries"] | lexicon.sets["adverbs"] | lexicon.sets["chain"]


@lru_cache(maxsize=4)
def _be_or_have(lexicon: Lexicon) -> frozenset[str]:
    return lexicon.sets["be"] | lexicon.sets["have"]


@lru_cache(maxsize=4)
def _chain_words(lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """What is asked of each word in front of a verb: links of a chain, all that may stand in one, and ends of adverbs of several words."""
    return _links(lexicon), _in_chains(lexicon), _adverb_ends(lexicon)


@lru_cache(maxsize=4)
def _in_chains(lexicon: Lexicon) -> frozenset[str]:
    """All words that can stand between a helper and its verb, and what is left of a helper behind an apostrophe."""
    times = lexicon.months.keys() | lexicon.weekdays.keys() | set(lexicon.seasons) | _TIMED | _TIME_FILLS | _TIME_LEADS
    return _links(lexicon) | times | {"'", "’"}


def _word_before(line: Line, at: int) -> str:
    """The word in front of a token; the end of a name such as "Xi'an" is no article."""
    return "" if line.low(at - 1) == "an" and line.text(at - 2) in ("'", "’") else line.low(at - 1)


_HELPER_FIRST = frozenset(["no", "hardly", "scarcely", "barely", "not", "only", "never", "rarely", "seldom", "so", "nor"])
_HELPER_TOKENS, _HELPED_TOKENS = 3, 9


def helper_first(line: Line, at: int) -> int | None:
    """The helper that a word of denial puts in front of a verb's subject: "No sooner had the frigate gone through Suez than she …"."""
    if line.low(0) not in _HELPER_FIRST:
        return None
    return next((n for n in range(1, _HELPER_TOKENS + 1) if line.low(n) in ("had", "has", "have") and n < at <= n + _HELPED_TOKENS), None)


def form_of(line: Line, found: Found, forms: dict[str, Rule], words: set[str], vessels: Sequence[VesselMention]) -> str | None:
    """Which form the verb has here, or None where it is a noun, an adjective or a purpose."""
    if "state" in forms:
        made = "to" in words and (
            expected_of(line, found.first, vessels) or let_to(line, found.first, vessels)
        )  # "causing the frigate Kent to return"
        if (
            line.low(found.first) == "return"
            and line.low(found.first - 1) == "to"
            and not made
            and words.isdisjoint(line.doc.lexicon.sets["governs_infinitive"])
        ):
            return None  # "left Rosyth to return to Plymouth"
        goes_on = line.low(found.first - 1) == "and" and _after_modal(line, found.first - 1)
        return "base" if "base" in forms and (goes_on or _in_list_of_acts(line, found) or _asked_of(line, found, vessels)) else "state"
    before = _word_before(line, found.first)
    if line.low(found.first) == "gone" and words.isdisjoint(_be_or_have(line.doc.lexicon)) and helper_first(line, found.first) is None:
        return None
    if "ing" in forms:
        noun = (
            (before == "of" and line.low(found.first - 2) in _LENGTHS)
            or before in ("the", "a", "an")
            or before in line.doc.lexicon.sets["courses"]
            or _is_training(line, found, words, vessels)
        )
        return None if noun else "ing"
    if "past" in forms or "part" in forms:
        alone = found.last - found.first == 1
        left = (alone and line.low(found.last) in ("of", "side", "wing", "hand")) or (
            line.low(found.last) == "behind" and line.low(found.last + 1) != "by" and not _by_ships(line, found, vessels)
        )
        left = left or (line.low(found.first) == "left" and line.low(found.last) in line.doc.lexicon.sets["left_so"])  # "left unanswered"
        left = left or (alone and line.low(found.first) == "left" and _left_them(line, found, words))
        left = left or (line.low(found.first) == "left" and _are_left(line, found.first))
        if before == "to" and "base" in forms and not left:
            return _base(line, found, forms, words, vessels)  # "is to put to sea", "is due to set out"
        if before in ("the", "a", "an", "its", "her", "his", "their", "to") or left:
            return None
        if line.low(found.first) == "were" and not _has_subject(line, found, vessels):
            return None  # "watched what they were about"
        if "past" in forms and words.isdisjoint(_be_or_have(line.doc.lexicon)):
            return "past"
        return "part" if "part" in forms else "past"
    if "base" in forms and ("pres" not in forms or words & _MODALS or "to" in words):
        return _base(line, found, forms, words, vessels)  # "Jakarta will have the frigate X"
    return "pres" if "pres" in forms and _has_subject(line, found, vessels) else None


def _are_left(line: Line, at: int) -> bool:
    """Whether "left" tells who is still there: "There are no Russian submarines left in the Mediterranean"."""
    be, front = line.doc.lexicon.sets["be"], line.lows[2:at]
    return line.low(0) == "there" and line.low(1) in be and "that" not in front and _be_or_have(line.doc.lexicon).isdisjoint(front)


_HURT_TOKENS = 10


def _left_them(line: Line, found: Found, words: set[str]) -> bool:
    """Whether others are left, or left in some state: "had left five sailors hurt", "where the Marines left them", "is left for now to Kent"."""
    lexicon, last = line.doc.lexicon, found.last
    behind = line.low(last + 1)
    if line.low(last) in ("them", "him") or (
        line.low(last) == "her" and (not behind.isalpha() or line.starting("preposition", last + 1) is not None)
    ):
        return True
    if line.low(last) == "behind" and found.first == 0:
        return True  # "Left behind in Sevastopol when the squadron sailed, the corvette …"
    if line.low(last) == "off" and line.starting("place", last + 1) is None:
        return True  # "has taken up where USS Shoup left off"
    if not words.isdisjoint(lexicon.sets["be"]) and "by" not in line.lows[last : last + _HURT_TOKENS]:
        return line.lows[last : last + 3] == ["for", "now", "to"] or (line.low(last) == "to" and line.starting("place", last + 1) is None)
    if line.starting("place", last) or line.starting("anaphor", last) or line.starting("anaphor", last + 1):
        return False
    end = next(
        (n for n in range(last, min(last + _HURT_TOKENS, line.size)) if line.low(n) in (",", ";", "and", "when", "after", "on")), last + _HURT_TOKENS
    )
    return not lexicon.sets["left_hurt"].isdisjoint(line.lows[last:end])


def _by_ships(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether what is left behind was left by ships: "Souda Bay was left behind on Monday by the frigate"."""
    return any(m.first > found.last and line.low(before_article(line, m.first)) == "by" for m in vessels)


_WELCOMES = frozenset(["welcome", "greet", "cheer", "wave", "bid", "say", "see", "witness", "watch", "celebrate", "mark"])
_GATHERS = frozenset(
    [
        "jetty",
        "quayside",
        "dockside",
        "pier",
        "gathered",
        "gather",
        "lined",
        "lining",
        "line",
        "waited",
        "waiting",
        "assembled",
        "flocked",
        "crowded",
        "thronged",
        "packed",
        "massed",
        "converged",
    ]
)
_CROWD_TOKENS = 16


_LENGTHS = frozenset(["days", "weeks", "months", "years", "hours", "miles", "day", "week", "month"])
"""Of these a verb in -ing is a noun: "103 days of sailing"."""


def _base(line: Line, found: Found, forms: dict[str, Rule], words: set[str], vessels: Sequence[VesselMention]) -> str | None:
    if line.low(found.first) == "leave" and line.low(found.first - 1) in line.doc.lexicon.sets["granted"]:
        return None  # "did not get leave"
    if words & {"will", "would", "may", "might", "could", "can", "ca", "wo", "should", "must", "shall", "did", "does", "do"}:
        return "base"
    if line.text(found.first - 1) == "," and _helped_over_aside(line, found.first):
        return "base"
    if "to" in words and _to_do_in_headline(line, found, vessels):
        return "base"  # "US carrier Nimitz to visit Busan"
    if "to" in words and line.low(to := found.first - 1) == "to" and line.ends_with(to, line.doc.lexicon.sets["did_next"]):
        return "base"
    if "to" in words and "only" in words and words.isdisjoint(line.doc.lexicon.sets["be"]):
        return "base"  # "left Ream in January only to return within days"
    if "to" in words and chain_start(line, found.first) == 0:
        return "base"  # "To sail from Pearl Harbor today: …"
    if "to" in words and _ranks_first(line, chain_start(line, found.first), vessels):
        return "base"
    if any(rule.object == "escort" for rule in forms.values()) and _watches(line, found, words, vessels):
        return "base"
    if "to" in words and any(rule.id in ("carry.send", "carry.deploy") for rule, _ in found.data) and _made_to(line, found.first):
        return "base"
    if "to" in words and (expected_of(line, found.first, vessels) or let_to(line, found.first, vessels)):
        return "base"
    if "to" in words and (
        min(rank_start(line, chain := chain_start(line, found.first)), among_start(line, chain)) < chain or _goes_on_with_to(line, chain)
    ):
        return "base"
    if "to" in words and line.low(found.first) in _WELCOMES and not _GATHERS.isdisjoint(line.lows[max(found.first - _CROWD_TOKENS, 0) : found.first]):
        return "base"  # "Families gathered at Leith on Friday to welcome HMS Kent home"
    if "to" in words:
        return "base" if words & line.doc.lexicon.sets["governs_infinitive"] else None
    if (
        line.ending("place", found.first)
        and any(rule.host for rule, _ in found.data)
        and not SEES.isdisjoint(line.lows[max(found.first - _HOST_TOKENS, 0) : found.first])
    ):
        return "base"  # "Sunday saw the port of Colombo welcome the frigate X"
    joint = found.first - 1
    while line.low(joint) in _THEN:
        joint -= 1
    turns = line.low(joint) == "but" and "not" in line.lows[:joint]  # "will not call at Cork but go on to Brest"
    if (turns or line.low(joint) == "and" or (joint < found.first - 1 and line.low(joint) == ",")) and _after_modal(line, joint):
        return "base"
    if _in_list_of_acts(line, found) or _asked_of(line, found, vessels):
        return "base"
    at = found.first - 1
    while line.low(at) in line.doc.lexicon.sets["adverbs"] and line.low(at) != "both":
        at -= 1
    if line.low(at) in ("they", "both") and (at == 0 or line.low(at - 1) not in line.doc.lexicon.sets["auxiliaries"]):
        return "base"  # "there they anchor", "both pass north"
    if line.low(at) == "them" and line.low(at - 1) == "of" and (line.low(at - 2) in WHOLES or line.ending("number", at - 1)):
        return "base"  # "on Thursday all of them leave for Malaysia"
    if _several_go_on(line, found, vessels):
        return "base"
    if _seen_acting(line, found, vessels) or saw_her(line, found.first):
        return "base"
    return "base" if _do_it(line, found, vessels) else None


_SET_IN_TOKENS = 12


def _helped_over_aside(line: Line, at: int) -> bool:
    """Whether who says so parts a verb from its helper: "HMS Kent will, according to the agency, enter Malta"."""
    opened = next((n for n in range(at - 2, max(at - 2 - _SET_IN_TOKENS, 0), -1) if line.text(n) == ","), 0)
    helper = opened - 1 - (line.low(opened - 1) in ("not", "n't"))
    return opened > 1 and line.low(helper) in _MODALS and (line.low(helper) != "may" or line.text(helper) != "May")


_PLANNED = frozenset(["to", "will", "would", "may", "might", "could", "can", "should", "must", "shall", "did", "do", "does", "that", "which", "who"])


def _several_go_on(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether "and" goes on in the present with what several ships did before: "A and B arrived on Monday and leave for Toulon on Friday"."""
    at = found.first - 1
    if line.low(at) != "and" or line.starting("preposition", found.last) is None:
        return False
    verb = next((f for f in reversed(line.found("trigger")) if f.last <= at and any(form in ("past", "pres") for _, form in f.data)), None)
    if verb is None or not _PLANNED.isdisjoint(line.lows[max(verb.first - 2, 0) : at]):
        return False
    ahead = [m for m in vessels if m.last <= verb.first]
    close = any(verb.last <= m.first < at for m in vessels)
    return not close and (len(ahead) > 1 or any(m.plural for m in ahead)) and len(ahead) == len([m for m in vessels if m.last <= at])


def _do_it(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether ships right in front of a verb, an aside or an adverb left out, are those who do what it tells: "two frigates later sail"."""
    adverbs = line.doc.lexicon.sets["adverbs"]
    aside = line.low(found.first - 1) == "," and any(
        (m.plural and 0 < found.first - m.last <= 8 and line.low(m.last) == ",") or ((m.plural or m.name) and _related(line, m, found))
        for m in vessels
    )
    if aside or any(_goes_on_of(line, m, found) for m in vessels if m.plural):
        return True
    if line.text(found.first - 1) in (",", ")") and line.low(found.first - 2) in line.doc.lexicon.sets["picture_sides"]:
        return any(0 < found.first - m.last <= _SIDE_TOKENS for m in vessels if m.name)  # "A, left, and B, right, transit the strait"
    return any(
        m.last == found.first or (0 < found.first - m.last <= 3 and line.low(m.last) in adverbs)
        for m in vessels
        if m.plural or m.name or line.low(m.first - 1) in _SAW or _ends_list(line, m, vessels)
    )


_SIDE_TOKENS = 5


def _ends_list(line: Line, ship: VesselMention, vessels: Sequence[VesselMention]) -> bool:
    """Whether a ship told without her name is the last of a list: "HMS Kent and the tanker leave on Thursday"."""
    at = before_article(line, ship.first)
    return line.low(at) == "and" and any(m.last in (at, at - 1) for m in vessels)


def _goes_on_of(line: Line, ships: VesselMention, verb: Found) -> bool:
    """Whether only what says which ships they are parts them from their verb: "The frigates that left Toulon on Monday remain off Crete"."""
    at, close = ships.last, verb.first - 1
    opens = line.low(at) in RELATIVE or any(form in ("part", "ing") for f in line.found("trigger") if f.first == at for _, form in f.data)
    if not opens or not at + 1 < close < at + _RELATED_TOKENS or not _PARTED.isdisjoint(line.lows[at:close]):
        return False
    low, lexicon = line.low(close), line.doc.lexicon
    told = line.ending("place", verb.first) is not None or low in lexicon.weekdays or low in lexicon.months or low.isdecimal()
    return told and not any(at < f.first and f.last <= verb.first for f in line.found("vessel") if line.text(f.first)[:1].isupper())


_PARTED = frozenset([",", ";", ":", "and", "or", "to"])


_HEADLINE_TOKENS = 8


def _to_do_in_headline(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether "to" right behind a ship tells what she will do, in a headline, which leaves out "is"."""
    to = chain_start(line, found.first)
    to += line.low(to) == "not"
    ends = line.text(line.size - 1) not in (".", "!", "?", ":", ",", ";")
    stops = line.text(line.size - 1) == "." and to <= _HEADLINE_TOKENS and line.starting("preposition", 0) is None and "," not in line.words
    ends = ends or (stops and line.words.isdisjoint(line.doc.lexicon.sets["be"] | line.doc.lexicon.sets["have"]))
    if line.low(to) != "to" or not ends or line.sentence.start != line.doc.blocks[line.sentence.block].start:
        return False
    ship = any(m.last == to or (line.low(to - 1) == "not" and m.last == to - 1) for m in vessels)
    return ship and not any(f.first < to and any(form in ("pres", "past", "base") for _, form in f.data) for f in line.found("trigger"))


_BEFORE_VERB = frozenset(
    ["", ",", "and", "or", "while", "after", "before", "now", "currently", "still", "spotted", "seen", "also", "(", "–", "—", "by", "from"]
)


def _is_training(line: Line, found: Found, words: set[str], vessels: Sequence[VesselMention]) -> bool:
    """Whether "training" is a noun with words of its own before it: "for a week of anti-submarine training"."""
    if line.low(found.first) != "training" or found.last - found.first > 1 or words & line.doc.lexicon.sets["be"]:
        return False
    return line.low(found.first - 1) not in _BEFORE_VERB and not any(m.last == found.first for m in vessels)


def _ranks_first(line: Line, to: int, vessels: Sequence[VesselMention]) -> bool:
    """Whether a sentence opens with who was the first or last to do something, named behind "was": "Last to leave Malta was X"."""
    sent = to - 1 - (line.low(to - 1) in line.doc.lexicon.sets["sent_particles"])  # "Called out to shadow the tug was HMS Tyne"
    opens = 0 < to <= 4 and (
        line.low(to - 1) in line.doc.lexicon.sets["ranks"]
        or line.low(sent) in line.doc.lexicon.sets["was_sent"]
        or line.low(to - 1) in ("those", "ships", "vessels", "warships")
    )
    be = line.doc.lexicon.sets["be"]
    return first_ship_to(line, to, vessels) or (
        opens and not any(m.first < to for m in vessels) and any(m.first > to and line.low(m.first - 1) in be for m in vessels)
    )


def first_ship_to(line: Line, to: int, vessels: Sequence[VesselMention]) -> bool:
    """Whether a sentence opens with the first or last ship to do something, named behind "was": "The first ship to dock at Gdynia was X"."""
    if not 1 < to <= _FIRST_TOKENS or line.low(to) != "to" or line.doc.lexicon.sets["ranks"].isdisjoint(line.lows[:to]):
        return False
    if line.ending("type", to) is None or any(m.name or m.last > to for m in vessels if m.first < to):
        return False
    be = line.doc.lexicon.sets["be"]
    return any(m.name and m.first > to and not be.isdisjoint(line.lows[max(m.first - _NAMED_TOKENS, to + 2) : m.first]) for m in vessels)


_FIRST_TOKENS, _NAMED_TOKENS = 10, 6
_HOST_TOKENS = 12
SEES = frozenset(["saw", "see", "sees", "seen", "watch", "watched"])
_SEEN_TOKENS, _OWNER_TOKENS = 24, 4
_HER_TOO = frozenset(["her", "it", "them"])
_SAW = frozenset(["saw", "sees", "see", "seen", "watched", "watch", "watches"])


def saw_her(line: Line, at: int) -> bool:
    """Whether a verb at a token tells what ships told before were seen to do: "The next day saw her enter Valletta"."""
    gone = line.low(at) == "go" and line.starting("preposition", at + 1) is None  # "Guam saw her go"
    return line.low(at - 1) in _HER_TOO and line.low(at - 2) in _SAW and not gone and line.low(at + 1) != "on"


def _seen_acting(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether an aside parts a verb from the ship that is seen to do it: "Monday saw the Yantar, a spy ship, pass the strait"."""
    if line.text(found.first - 1) != "," or SEES.isdisjoint(line.words):
        return False
    asides = [m for m in vessels if m.last < found.first - 1 or line.text(m.first - 1) == ","]  # "saw the replacement, the Behshad, leave"
    seen = (m for m in asides if m.last < found.first and found.first - m.last <= _SEEN_TOKENS and "," in line.lows[m.last : m.last + _OWNER_TOKENS])
    return any(not SEES.isdisjoint(line.lows[max(m.first - 5, 0) : m.first]) for m in seen)


_THEN = frozenset(["then", "finally", "later", "subsequently", "afterwards", "next"])
_MODALS = frozenset(["will", "wo", "ca", "would", "may", "might", "could", "can", "should", "must", "shall"])


def _after_modal(line: Line, at: int) -> bool:
    """Whether an "and" goes on with what "will" or "may" governs: "will sail through the straits and enter Piraeus"."""
    before = line.lows[max(at - 25, 0) : at]
    to = any(a in ("is", "are") and b == "to" for a, b in pairwise(before)) or _after_infinitive(line, at) or _seen_to(line, at)
    return (to or not _MODALS.isdisjoint(before)) and ";" not in before and ":" not in before


_SHIPS = ("type", "vessel", "prefix")


def _seen_to(line: Line, at: int) -> bool:
    """Whether an "and" goes on with what a ship was seen to do: "The mission saw HMS Kent sail through the canal and visit Djibouti"."""
    if SEES.isdisjoint(line.words):
        return False
    saw = next((n for n in range(at - 1, max(at - _SEEN_TOKENS, -1), -1) if line.low(n) in SEES), None)
    return saw is not None and any(line.starting(kind, n) is not None for n in range(saw + 1, saw + _OWNER_TOKENS) for kind in _SHIPS)


_ACTS_TOKENS = 16
_ASKING = frozenset(["when", "why", "where", "how", "what", "which", "did", "will", "would"])


def _in_list_of_acts(line: Line, found: Found) -> bool:
    """Whether a verb is one of a list that "will" or "is due to" governs: "is due to call at Malta, pass the Suez Canal and reach Djibouti"."""
    if line.text(found.first - 1) != "," or not _after_modal(line, found.first - 1):
        return False
    last = next((n for n in range(found.last, min(found.last + _ACTS_TOKENS, line.size)) if line.low(n) == "and"), None)
    if last is None:
        return False
    return any(f.first in (last + 1, last + 2) and any(form == "base" for _, form in f.data) for f in line.found("trigger"))


def _asked_of(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether a helper stands in front of the subject: "Only then did the tanker start for Fujairah", "Not until Friday will she sail"."""
    told = next((m for m in vessels if m.last == found.first), None)
    first = told.first if told else found.first - (line.low(found.first - 1) in ("it", "she", "they"))
    asks = line.text(line.size - 1) == "?" or line.low(0) in _ASKING
    return 1 < first < found.first and line.low(first - 1) in ("did", "will", "would") and not asks


def _goes_on_with_to(line: Line, at: int) -> bool:
    """Whether "and to" goes on with a plan: "is expected to pass Gibraltar on Friday and to reach Toulon", "expects her to pass and to reach"."""
    if line.low(at - 1) != "and":
        return False
    expects = line.doc.lexicon.sets["expects"]
    before = line.lows[max(at - 25, 0) : at - 1]
    return _after_modal(line, at - 1) or ("to" in before and ";" not in before and not expects.isdisjoint(before))


def _first_of_list(line: Line, told: VesselMention | None, vessels: Sequence[VesselMention]) -> VesselMention | None:
    """The first ship of the list that one ends: "plans call for the frigates Kent and Tyne to leave"."""
    while told and line.low(told.first - 1) in ("and", ","):
        before = next((m for m in vessels if 0 < told.first - m.last <= 2), None)
        if before is None:
            break
        told = before
    return told


def expected_of(line: Line, at: int, vessels: Sequence[VesselMention]) -> bool:
    """Whether somebody counts on ships to do what a verb tells: "expects the frigate to reach Busan", "plans for the two to leave"."""
    to = next((n for n in range(at - 1, max(at - 4, -1), -1) if line.low(n) == "to"), None)
    told = _first_of_list(line, next((m for m in vessels if m.last == to), None), vessels)
    return told is not None and any(line.low(n) in line.doc.lexicon.sets["expects_of"] for n in range(max(told.first - 2, 0), told.first))


def _after_infinitive(line: Line, at: int) -> bool:
    """Whether an "and" goes on with what "is due to" or "plans to" governs: "is due to leave Rota tomorrow and enter Cadiz"."""
    begin = max(at - 25, 1)
    to = next((n for n in range(at - 1, begin - 1, -1) if line.low(n) == "to" and line.starting("trigger", n + 1)), None)
    return to is not None and line.low(to - 1) in line.doc.lexicon.sets["governs_infinitive"]


_MADE_TOKENS = 8


def _made_to(line: Line, at: int) -> bool:
    """Whether something is told to have made somebody do what a verb tells: "prompting the coast guard to send BRP Cabra there"."""
    before = line.lows[max(at - _MADE_TOKENS, 0) : at]
    return not line.doc.lexicon.sets["made_to"].isdisjoint(before) and "," not in before[-4:]


_BROKEN_TOKENS, _LIST_GAP = 9, 2


def _breaks_off(line: Line, to: int) -> bool:
    """Whether ships are told to leave what they did for what a verb tells: "broke off a patrol in order to shadow the tug"."""
    begin = max(to - _BROKEN_TOKENS, 0)
    at = next((n for n in range(to - 1, begin, -1) if line.low(n) in line.doc.lexicon.sets["breaks_off"]), None)
    return at is not None and {",", ";", "but"}.isdisjoint(line.lows[at:to])


_LISTED_TOKENS, _MOVED_TOKENS = 6, 14


def _watches(line: Line, found: Found, words: set[str], vessels: Sequence[VesselMention]) -> bool:
    """Whether ships watch others, told by what they are sent, go or help to do: "tasked to find and track her", "helped track her"."""
    if line.low(found.first - 1) in ("help", "helps", "helped"):
        return True
    to = found.first - 1 if "to" in words else _to_of_list(line, found.first)
    return to is not None and (_sent_to(line, to, vessels) or _goes_to(line, to, vessels))


def _to_of_list(line: Line, at: int) -> int | None:
    """The "to" of a list of acts that a verb ends: "to locate, meet and escort"."""
    if line.low(at - 1) != "and" or "to" not in line.words:
        return None
    to = next((n for n in range(at - 2, max(at - _LISTED_TOKENS, 0), -1) if line.low(n) == "to"), None)
    return to if to is not None and all(line.text(n) == "," or line.text(n).islower() for n in range(to + 1, at)) else None


def _goes_to(line: Line, to: int, vessels: Sequence[VesselMention]) -> bool:
    """Whether ships are told to go or to join others for what a verb tells: "sailed from Dover to shadow", "worked with HMS Kent to track"."""
    if line.lows[to - 3 : to] in _PUTS_OUT or line.lows[to - 2 : to] in _PUTS_OUT:
        return True
    goes = line.doc.lexicon.sets["goes_to_watch"]
    if goes.isdisjoint(line.words):
        return False
    listed = _list_in_front(line, next((m for m in vessels if m.last == to), None), vessels)
    to = listed.first if listed else to  # "joined HMS Tyne, HMS Echo and HMS Kent to shadow the tug"
    at = next((n for n in range(to - 1, max(to - _MOVED_TOKENS, 0), -1) if line.low(n) in goes), None)
    return at is not None and _ENDS_ACT.isdisjoint(line.lows[at:to])


_PUTS_OUT = (
    ["put", "to", "sea"],
    ["puts", "to", "sea"],
    ["got", "under", "way"],
    ["set", "sail"],
    ["got", "underway"],
    ["put", "out"],
    ["set", "out"],
)
_ENDS_ACT = frozenset([",", ";", ":", "(", "who", "which", "that", "as", "when", "while", "after", "before", "ready", "able", "due", "plans"])


def _list_in_front(line: Line, last: VesselMention | None, vessels: Sequence[VesselMention]) -> VesselMention | None:
    """The first ship of the list that one ends: "has deployed two warships, HMS Kent and HMS Tyne, to monitor the X"."""
    while last and (before := next((m for m in vessels if 0 < last.first - m.last <= _LIST_GAP and m.first < last.first), None)):
        if not {",", "and", "–", "—", "-", "(", "along", "with"}.issuperset(line.lows[before.last : last.first]):
            break
        last = before
    return last


def _sent_to(line: Line, to: int, vessels: Sequence[VesselMention]) -> bool:
    """Whether ships are told to be sent for what a verb tells: "sent four vessels to shadow them"."""
    sets = line.doc.lexicon.sets
    if not sets["breaks_off"].isdisjoint(line.words) and _breaks_off(line, to):
        return True
    if line.lows[to - 2 : to] in (["it", "fell"], ["it", "falls"]):
        return True  # "To HMS Tyne it fell to shadow the tug"
    to = _before_aircraft(line, to, vessels)
    end = to - (line.text(to - 1) == ",")
    sent = next((m for m in vessels if m.last == end), None)
    if sent is None:  # "was dispatched to monitor the X", "has been called on to escort her"
        to = _before_task(line, to)
        place = line.ending("place", to)  # "was dispatched from Portsmouth to track the X"
        verb = (place.first if place else to) - 1 - (place is not None)
        verb -= place is None and line.low(verb) in sets["sent_particles"]
        return line.low(verb) in sets["was_sent"] and not sets["be"].isdisjoint(line.lows[max(verb - 3, 0) : verb])
    sent = _list_in_front(line, sent, vessels) or sent
    return any(line.low(n) in sets["sends"] for n in range(max(sent.first - 3, 0), sent.first))


_AIRCRAFT_TOKENS = 9


def _before_aircraft(line: Line, to: int, vessels: Sequence[VesselMention]) -> int:
    """The end of the ships that aircraft were sent with: "sent HMS Tyne and a P-8 aircraft to track her", "…, backed by a helicopter, to …"."""
    if line.low(to - 1 - (line.text(to - 1) == ",")) not in line.doc.lexicon.sets["aircraft"]:
        return to
    near = next((m for m in reversed(vessels) if m.last < to and to - m.last <= _AIRCRAFT_TOKENS), None)
    return near.last if near and (line.low(near.last) in _AND or line.text(near.last) == ",") else to


_AND = frozenset(["and", "with", "along", "together", "alongside", "plus", "supported", "backed"])
_DAY_TOKENS = 4


def _before_task(line: Line, to: int) -> int:
    """The end of what stands before a day or a task: "was deployed on Wednesday to escort X", "was involved in the operation to follow X"."""
    if line.low(to - 1) in line.doc.lexicon.sets["tasks"] or line.low(to - 1) in ("operation", "operations", "effort"):
        begin = to - 1 - (line.low(to - 2) in ("the", "an", "a", "this"))
        return begin - 1 if line.low(begin - 1) in ("in", "on", "for") else begin
    days = line.doc.lexicon.weekdays.keys() | line.doc.lexicon.months.keys()
    at = next((n for n in range(to - 1, max(to - _DAY_TOKENS, 0), -1) if line.low(n) in days), None)
    if at is None:
        return to
    while line.low(at - 1) in days or line.low(at - 1).isdecimal() or line.low(at - 1) in ("on", "last", "this", "early", "late", "the"):
        at -= 1
    return at


def let_to(line: Line, first: int, vessels: Sequence[VesselMention]) -> bool:
    """Whether a verb behind "to" tells what ships are let or told to do: "has cleared the ship to dock", "permission for her to enter"."""
    let, sets = _first_of_list(line, next((m for m in vessels if m.last == first - 1), None), vessels), line.doc.lexicon.sets
    if line.low(first - 1) == "to" and line.low(first - 2) in HER and line.low(first - 3) in sets["made_to"]:
        return True  # "suffered a fire, forcing her to return to Rota"
    if let is None or line.low(first - 1) != "to":
        return False
    return any(line.low(n) in sets["lets"] or line.low(n) in sets["made_to"] for n in range(max(let.first - 4, 0), let.first))


_SUBJECTS = frozenset(
    ["it", "she", "he", "they", "both", "which", "that", "who", "and", "but", "or", ",", "now", "also", "then", "still", "tomorrow", "tonight", ")",
     "thence", "turn", "meantime", "vessel", "ship", "", ":", "–", "—"]
)  # fmt: skip
"""A verb in the present tense may stand behind these."""
HER = frozenset(["her", "it", "them"])


def _has_subject(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    before = line.low(found.first - 1)
    if before in _BEFORE_NOUN:
        return False  # "left Cork for exercises with the navy of Spain"
    if line.low(found.first - 2) == "what" and before.isalpha():
        return False  # "watched what they were about"
    if before in _SUBJECTS or before in line.doc.lexicon.sets["adverbs"]:
        return True
    if _behind_day(line, found.first):
        return True  # "which on Friday sails for Plymouth"
    if before == "them" and line.low(found.first - 2) == "of" and line.low(found.first - 3) in WHOLES:
        return True  # "All of them are in Malta"
    if line.low(found.first) in line.doc.lexicon.sets["be"] and _turned_by_place(line, found, vessels):
        return True
    own = line.low(found.first - 1) in line.doc.lexicon.sets["port_parts"] and line.low(found.first - 2) == "s"  # "Suva's wharf has"
    if any(rule.id == "see.reveals" for rule, _ in found.data) and not line.doc.lexicon.sets["pictures"].isdisjoint(line.lows[: found.first]):
        return True  # "Imagery from Monday reveals two frigates"
    guest = line.low(found.last) in HER or any(0 <= m.first - found.last <= 1 for m in vessels)
    told = guest and line.low(found.first - 1) in line.doc.lexicon.sets["hosting_words"] and line.low(found.first - 2) in ("the", "this")
    hosted = any(rule.host for rule, _ in found.data) and (own or told or line.ending("place", found.first) is not None)
    brought = any(rule.subject == "object" for rule, _ in found.data) and before.isalpha() and before not in line.doc.lexicon.function
    if brought and (line.low(found.last) in HER or any(0 <= m.first - found.last <= 1 for m in vessels)):
        return True  # "A long overhaul holds the frigate in Wilhelmshaven"
    return hosted or any(0 <= found.first - m.last <= 3 or found.first == _behind_navy(line, m.last) or _related(line, m, found) for m in vessels)


_TURNED_TOKENS = 2


def _turned_by_place(line: Line, be: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether where ships are opens a clause, and they stand behind its "is": "Off Crete at present are the frigates A and B"."""
    first = next((n + 1 for n in range(be.first - 1, -1, -1) if line.text(n) == ";"), 0)
    if line.starting("preposition", first) is None or any(first <= m.first < be.first for m in vessels):
        return False
    there = any(first < f.first and f.last <= be.first for f in line.found("place"))
    return there and any(0 <= m.first - be.last <= _TURNED_TOKENS for m in vessels)


def _behind_navy(line: Line, at: int) -> int:
    """The token behind the navy or land to which a ship told in front of a token belongs: "HMS Kent of the Royal Navy is in Malta"."""
    if line.low(at) not in ("of", "from"):
        return at
    begin = at + 1 + (line.low(at + 1) == "the")
    owner = line.starting("navy", begin) or line.starting("nation", begin) or line.starting("place", begin)
    return owner.last + (line.low(owner.last) in _SERVICES) if owner else at


_SERVICES = frozenset(["navy", "fleet", "guard", "force"])


_DAY_PARTS = frozenset(["morning", "afternoon", "evening", "night", "week", "weeks", "month", "months", "day", "days", "noon", "weekend"])
_DAY_LEADS = frozenset(["on", "in", "after", "from", "at", "this", "next", "early", "late"])
_SUBJECT_JOINS = frozenset(["and", "but", "which", "who", "that", "she", "it", "they"])


def _behind_day(line: Line, at: int) -> bool:
    """Whether a verb stands behind a day between it and its subject: "which on Friday sails", "and after a week leaves"."""
    lexicon, word = line.doc.lexicon, line.low(at - 1)
    if not (word in lexicon.weekdays or word in lexicon.months or word in _DAY_PARTS or word.isdecimal()):
        return False
    lead = next((n for n in range(at - 1, max(at - 6, 0), -1) if line.low(n) in _DAY_LEADS), None)
    return lead is not None and line.low(lead - 1) in _SUBJECT_JOINS


WHOLES = frozenset(["all", "both", "each", "none", "neither", "most"])
RELATIVE = frozenset(["that", "which", "who", "whom", "whose"])
_RELATED_TOKENS = 24
_BEFORE_NOUN = frozenset(
    ["for", "of", "from", "in", "on", "after", "during", "by", "without", "the", "joint", "annual", "bilateral", "trilateral", "multinational"]
)


def _related(line: Line, vessel: VesselMention, verb: Found) -> bool:
    """Whether a clause that speaks of a vessel parts it from a copula, or commas from its verb: "The frigate that caused alarm is off Cyprus"."""
    at = vessel.last + (line.text(vessel.last) == ",")
    closed = at > vessel.last and line.text(verb.first - 1) == ","  # "The frigates, which docked here on Thursday, sail on Monday"
    if line.low(at) not in RELATIVE or not (closed or any(rule.copula for rule, _ in verb.data)):
        return False
    return at + 1 < verb.first <= at + _RELATED_TOKENS and not {";", ":"} & set(line.lows[at : verb.first])
