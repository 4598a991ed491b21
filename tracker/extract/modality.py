"""Stage 5, modality: how firmly a clause tells what it tells, and by which word."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.kinds import Modality
from tracker.extract.line import Found, Line

_ORDER = (Modality.NEGATED, Modality.PLANNED, Modality.POSSIBLE, Modality.REPORTED)
_COPULA = frozenset(["is", "are", "was", "were", "be", "been"])
_BEFORE_CHAIN = {Modality.NEGATED: 1, Modality.PLANNED: 3, Modality.POSSIBLE: 1}  # tokens between a word of scope "verb" and the verb's auxiliaries


@dataclass(frozen=True, slots=True)
class Stance:
    """A modality and the word that makes it, None for an assertion."""

    modality: Modality
    hedge: str | None = None


_TOLD_OF_MONTH = frozenset(["saw", "sees", "brought", "brings", "found", "finds", "will", "had", "marked", "marks"])
_GOES_ON = frozenset(["so", "but", "and", "instead", "therefore"])
_ASSERTED = Stance(Modality.ASSERTED)


def stance(line: Line, chain: int, first: int, last: int, clause: tuple[int, int]) -> Stance:
    """The stance towards a verb at tokens first..last-1, its auxiliaries from chain on, in a clause of tokens clause[0]..clause[1]-1.

    The weakest word found decides.
    """
    found: dict[Modality, Found] = {}
    hedges = line.found("hedge")
    if not hedges:
        return _ASSERTED
    possible = [h for h in hedges if h.data.modality == "possible"]
    apart = () if line.words.isdisjoint(DOUBTS_OF_MEMBERS) else [h for h in hedges if h.last != chain and is_of_member(line, h)]
    for hedge in hedges:
        if is_cause(line, hedge.last - 2) or any(h.first <= hedge.first and hedge.last <= h.last for h in apart):
            continue
        weaker = possible if hedge.data.modality in ("planned", "negated") else ()
        if (
            weaker
            and hedge.data.modality == "planned"
            and any(h.first <= hedge.first < h.last and h.last > hedge.last - (h.first < hedge.first) for h in weaker)
        ):
            continue  # "appear to be following", "would seem to have left"
        if weaker and any(h.first <= hedge.first and hedge.last <= h.last and h.last - h.first > hedge.last - hedge.first for h in weaker):
            continue  # "cannot be ruled out", "is likely to have left"
        if hedge.data.id == "should" and any(h.first == hedge.first and h.last > hedge.last for h in hedges):
            continue  # "should have reached Busan by now"
        if _reaches(line, hedge, chain, first, last, clause):
            found.setdefault(Modality.REPORTED if _by_data(line, hedge) else Modality(hedge.data.modality), hedge)
    if Modality.POSSIBLE in found and Modality.PLANNED in found and found[Modality.PLANNED].data.id == "should":
        del found[Modality.PLANNED]  # "may ... and should": what else is said of it weighs more
    if Modality.POSSIBLE in found and Modality.PLANNED in found and _is_unclear(line, found[Modality.POSSIBLE]):
        del found[Modality.PLANNED]  # "It is not clear if she will call at Malta"
    if Modality.PLANNED in found and _did_so(line, last):
        del found[Modality.PLANNED]
    if Modality.PLANNED in found and any(line.low(n) == "have" and line.low(n - 1) == "to" for n in range(max(chain, first - 2), first)):
        hedge = found[Modality.PLANNED]
        return Stance(Modality.NEGATED, line.doc.text[hedge.start : hedge.end])  # "was to have left"
    if (taken_back := _taken_back(line, first)) is not None:
        return Stance(Modality.NEGATED, line.text(taken_back))
    counted = found.get(Modality.PLANNED) or found.get(Modality.POSSIBLE)
    if counted and (nothing := came_to_nothing(line, counted, last)) is not None:
        return Stance(Modality.NEGATED, line.told(nothing, nothing + 2))
    ahead = found.get(Modality.PLANNED)
    if ahead and line.low(ahead.last - 2) == "likely" and line.low(ahead.last) == "be" and line.low(ahead.last + 1).endswith("ing"):
        return Stance(Modality.POSSIBLE, line.doc.text[ahead.start : ahead.end])  # "is likely to be acting as escort"
    for modality in _ORDER:
        if modality in found:
            hedge = found[modality]
            return Stance(modality, line.doc.text[hedge.start : hedge.end])
    return _ASSERTED


DOUBTS_OF_MEMBERS = frozenset(
    [
        "what",
        "unconfirmed",
        "probable",
        "possibly",
        "probably",
        "perhaps",
        "maybe",
        "presumably",
        "apparently",
        "reportedly",
        "allegedly",
        "likely",
        "potentially",
        "supposedly",
    ]
)
_GO_WITH = frozenset(["accompanied", "escorted", "joined", "together", "along", "alongside", "with"])
_ASIDE_OPENS = frozenset([",", "(", "–", "—"])
_MEMBER_TOKENS = 4
_SHIP_KINDS = ("vessel", "type", "prefix")


def is_of_member(line: Line, hedge: Found) -> bool:
    """Whether a word of doubt is only that of a further ship told beside others: "A and possibly B left", "A, probably with B, left"."""
    if line.low(hedge.first) != "what" and (hedge.last - hedge.first > 1 or line.low(hedge.first) not in DOUBTS_OF_MEMBERS):
        return False
    if line.text(hedge.first - 1) == "(" and line.text(hedge.last) == ")":
        return any(line.ending(kind, hedge.first - 1) for kind in _SHIP_KINDS) and hedge.first > 1  # "A (possibly) and B"
    if line.low(hedge.last) in _GO_WITH:
        return line.text(hedge.first - 1) in _ASIDE_OPENS
    joint = hedge.first - 1 - (line.text(hedge.first - 1) == ",")
    if line.low(joint) != "and" or not (line.text(joint - 1)[:1].isupper() or any(line.ending(kind, joint) for kind in _SHIP_KINDS)):
        return False
    begin = hedge.last + (line.text(hedge.last) == ",")
    ship = next((n for n in range(begin, begin + _MEMBER_TOKENS) if any(line.starting(kind, n) for kind in _SHIP_KINDS)), None)
    return ship is not None and not any(begin <= f.first < ship for f in line.found("trigger"))


def is_cause(line: Line, at: int) -> bool:
    """Whether "due to" stands at a token and tells why, and no plan: "Due to a storm, the frigate made a stop in Brest"."""
    return line.low(at) == "due" and line.low(at + 1) == "to" and line.low(at + 2) in line.doc.lexicon.sets["opens_cause"]


_DATA, _DATA_TOKENS = frozenset(["data", "signals", "trackers"]), 9


def _by_data(line: Line, hedge: Found) -> bool:
    """Whether tracking data are what indicates something: "Data from a tracking site indicates that the tanker left on Friday"."""
    return line.low(hedge.first) in ("indicates", "indicating") and not _DATA.isdisjoint(line.lows[max(hedge.first - _DATA_TOKENS, 0) : hedge.first])


_DOUBT_TOKENS = 6


def _taken_back(line: Line, first: int) -> int | None:
    """The word that takes back what reports tell: "denied reports that HMS Kent had left", "Claims that she has left are false"."""
    doubts, told = line.doc.lexicon.sets["doubts"], line.doc.lexicon.sets["what_is_told"]
    if line.words.isdisjoint(doubts) or line.words.isdisjoint(told):
        return None
    that = next((n for n in line.where(_THAT) if n < first and line.low(n - 1) in told), None)
    if that is None or ";" in line.lows[that:first]:
        return None
    before = next((n for n in range(that - 2, max(that - _DOUBT_TOKENS, -1), -1) if line.low(n) in doubts), None)
    if before is not None:
        return before
    be = line.doc.lexicon.sets["be"]
    named = line.low(that - 2) in _CALLS_IT  # "called reports that she has left baseless"
    behind = (n for n in range(first, line.size) if line.low(n) in doubts and (named or line.low(n - 1) in be))
    return next(behind, None) if that <= _FRONT_TOKENS else None


_CALLS_IT = frozenset(["called", "calls", "branded", "brands", "dubbed", "labelled", "labeled", "declared"])
_FRONT_TOKENS = 5
_THAT = frozenset(["that"])


_UNCLEAR = frozenset(["clear", "unclear", "known", "unknown", "certain", "uncertain", "sure"])


def _is_unclear(line: Line, hedge: Found) -> bool:
    """Whether a hedge says that nobody knows if something will be: "It is not clear if", "It is unknown whether"."""
    return hedge.data.id == "whether" and not _UNCLEAR.isdisjoint((line.low(hedge.first - 1), line.low(hedge.first)))


def _did_so(line: Line, last: int) -> bool:
    """Whether what somebody was told to do is told to have been done: "was told to leave Irish waters and did so at 11 p.m."."""
    return any(line.low(n) == "so" and line.low(n - 1) in ("did", "done") and n > last for n in line.where(_SO))


_SO = frozenset(["so"])
_COUNTED_ON = frozenset(["should", "ought", "was", "were", "due", "expected", "been", "meant", "supposed", "scheduled"])
_NOTHING = frozenset(["not", "never", "t", "n't", "failed", "stayed", "remained", "instead", "diverted", "rerouted", "cancelled"])
_NOTHING_TOKENS = 4


def came_to_nothing(line: Line, hedge: Found, last: int) -> int | None:
    """The "but" that tells that what was counted on did not come: "should have left Brest but did not", "was expected in Kiel but never showed"."""
    if "but" not in line.words or _COUNTED_ON.isdisjoint(line.lows[max(hedge.first - 2, 0) : hedge.last]):
        return None
    if not (line.low(hedge.first) in ("should", "ought") or {"was", "were", "had"} & set(line.lows[max(hedge.first - 2, 0) : hedge.last])):
        return None
    at = next((n for n in range(last, line.size) if line.low(n) == "but"), None)
    if at is None or ";" in line.lows[last:at]:
        return None
    behind = line.lows[at + 1 : at + 1 + _NOTHING_TOKENS]
    return at if not _NOTHING.isdisjoint(behind) and "only" not in behind and "until" not in line.lows[at:] else None


def _reaches(line: Line, hedge: Found, chain: int, first: int, last: int, clause: tuple[int, int]) -> bool:
    """Whether a hedge is of the act whose chain of verbs begins at `chain` and whose words stand from `first` to `last`."""
    if _is_no_hedge(line, hedge, first, last) or _says_nothing(line, hedge, chain, last):
        return False
    if (hedge.data.id == "prospect" or line.low(hedge.last - 1) == "up") and not line.low(first).endswith("ing"):
        return False  # but "The prospect of HMS Kent passing the strait", "gave up entering it"
    if hedge.first > last and any(dots in line.doc.text[line.ends[last - 1] : line.starts[hedge.first]] for dots in ("...", "…")):
        return False  # "HMS Kent left Rosyth... the Navy denies that she was damaged"
    if line.low(hedge.first) == "what":
        return _what_is(line, hedge)
    if line.low(hedge.first - 1) == "what":
        return _is_what_acts(line, hedge, chain)  # but "equipped with what appeared to be a gun"
    if line.low(hedge.first - 2) == "what" and line.low(hedge.first - 1) in line.doc.lexicon.sets["be"]:
        return False  # "for what is likely a routine stop": read with its "what"
    if _foresees_nothing(line, hedge, chain) or _denies_else(line, hedge, chain, first, last, clause):
        return False
    if hedge.data.id == "called-off" and hedge.last <= chain and _done_after_all(line, hedge.last, chain):
        return False
    if hedge.data.id == "foreseen" and hedge.last < first and line.text(hedge.last) == "," and line.low(hedge.last + 1) == "with":
        return True  # "A change of plan is to be expected, with a course for Tartus"
    if hedge.data.id == "foreseen" and hedge.first > last and line.low(hedge.first) == "includes" and line.low(hedge.first - 1) in ("which", "that"):
        return False  # "visited Fiji as part of her deployment, which includes visits to Samoa"
    if hedge.data.id == "foreseen" and hedge.first > last and _own_clause(line, last, hedge.first):
        return False  # "left on Monday, and her arrival in Beirut is foreseen for the 5th"
    if not _within_scope(line, hedge, chain, first, last, clause):
        return False
    beside = hedge.data.scope in ("clause", "verb") or hedge.data.id == "called-off"
    return not (beside and _of_other_clause(line, hedge, (chain, first, last)))


_WITHOUT = frozenset(
    ["a", "an", "any", "the", "her", "its", "their", "further", "first", "even", "once", "ever", "another", "port", "so", "much", "as"]
)
_AFTER_ALL = frozenset([";", "before", "until", "finally", "eventually"])


def _done_after_all(line: Line, first: int, chain: int) -> bool:
    """Whether what was called off is told to have been done in the end: "was put off twice; on Saturday she arrived", "twice before she came"."""
    return not _AFTER_ALL.isdisjoint(line.lows[first : chain + 1])


def _is_no_hedge(line: Line, hedge: Found, first: int, last: int) -> bool:
    """Whether the words of a hedge are others here: part of the verb, a name, a month, "continues to be deployed", "a suspected spy ship"."""
    sets = line.doc.lexicon.sets
    set_in = hedge.data.id == "says" and line.text(hedge.last) == ","  # "In the Mediterranean, the Navy adds, four ships are being kept"
    if hedge.first >= first and hedge.last <= last and not set_in:
        return True
    if line.text(hedge.first)[:1].isupper() and line.text(hedge.first) != "I" and (hedge.first > 0 or line.low(hedge.last).isdecimal()):
        return True  # a name or a month: "May 6"
    if hedge.first == 0 and line.text(0) == "May" and (line.low(1) in _TOLD_OF_MONTH or line.low(1) in sets["be"]):
        return True  # "May saw HMCS Yellowknife off to the Arctic"
    if line.low(hedge.first) == "without" and hedge.last - hedge.first == 1 and not _WITHOUT.issuperset(line.lows[hedge.last : first]):
        return True  # "a ship without lights came close", but "left without a further stop"
    if line.low(hedge.first) == "to" and hedge.last - hedge.first == 2 and line.low(hedge.first - 1) in sets["before_to_be"]:
        return True  # "continues to be deployed"
    passive = line.low(first - 1) == "be" and line.low(first - 2) == "to" and hedge.last >= first - 1
    if passive and line.low(first) in sets["seen_to_be"]:
        return True  # "was still to be found off Crete"
    if line.low(hedge.first) == "could" and line.low(hedge.first + 1) == "be" and line.low(hedge.first + 2) in sets["seen_to_be"]:
        return True  # "seven boats could be seen docked in Cork"
    if line.low(hedge.last - 1) == "suspected" and line.low(hedge.last) in sets["suspected_of"]:
        return True  # "searching for vessels suspected of smuggling"
    if line.low(hedge.first) == "suspected" and _is_of_named(line, hedge.last):
        return True  # "the suspected spy ship Yantar was seen off Cork"
    return line.low(hedge.first) == "suspected" and line.low(hedge.first - 1) in ("a", "an") and line.text(hedge.first - 2) == ","


_KIND_TOKENS = 3


def _is_of_named(line: Line, at: int) -> bool:
    """Whether the kind of a ship stands at a token or just behind it, and her name right behind that: "Russian spy ship Yantar"."""
    kind = next((f for n in range(at, at + _KIND_TOKENS) if (f := line.starting("type", n))), None)
    if kind is None or any(line.low(n) in line.doc.lexicon.function for n in range(at, kind.first)):
        return False
    return (line.starting("vessel", kind.last) or line.starting("prefix", kind.last)) is not None


def _says_nothing(line: Line, hedge: Found, chain: int, last: int) -> bool:
    """Whether a word of saying or guessing is of something else: "whose sister is said to be for sale", "her stated destination"."""
    if hedge.last < chain and line.text(hedge.first - 1) == "," and _describes_her(line, hedge, chain):
        return True
    be = line.doc.lexicon.sets["be"]
    if hedge.first >= last and hedge.data.id == "likely" and _of_thing(line, hedge):
        return True
    said = hedge.data.id == "says" and line.low(hedge.first - 1) in be
    if said and not _RELATIVE.isdisjoint(line.words) and _of_aside(line, hedge, chain):
        return True  # "HMS Tyne, whose sister is said to be for sale, left Brest"
    if hedge.first >= last and ((line.low(hedge.first), line.low(hedge.last)) == ("reports", "of") or _says_else(line, hedge)):
        return True  # "left Plymouth after reports of a second one", "left with the minister, who said he was proud"
    if hedge.first >= last and (_says_of_next(line, hedge, last) or _of_told_before(line, hedge) or _of_reason(line, hedge)):
        return True
    to = hedge.last + (line.low(hedge.last) == "not")
    if line.low(hedge.last - 1) == "told" and line.low(to) == "to" and line.low(hedge.first - 1) in be:
        return True  # "and HMS Kent was told to meet them", "fishermen were told not to come close"
    if hedge.data.id == "says" and line.low(hedge.first - 1) in ("not", "n't", "never") and line.low(hedge.last - 1) in _SILENT:
        return True  # "the ministry has not commented", but "this could not be confirmed"
    if hedge.data.id == "says" and line.low(hedge.first - 1) == "be" and line.low(hedge.first - 2) in ("should", "must", "may", "can", "to"):
        return True  # "it should be recalled" cites nobody
    if hedge.data.modality != "reported" or line.low(hedge.first - 1) == "what":
        return False
    own = line.low(hedge.first - 1) in ("her", "its", "their", "the", "his")  # "her stated destination"
    return own or _cites_nobody(line, hedge) or _claims_land(line, hedge) or _of_clause_behind(line, hedge, last)


_SILENT = frozenset(["commented", "comment", "said", "say", "announced", "announce", "explained", "explain", "disclosed", "disclose", "responded"])
_TOLD_NOUNS = frozenset(["reports", "report", "claims", "claim", "rumours", "rumors", "speculation"])
_BEFORE_TOLD = frozenset(["after", "before", "amid", "following", "despite", "since", "contrary", "against", "from", "by", "of"])
_TOLD_NOUN_TOKENS, _SAYER_TOKENS = 3, 9


_DESCRIBED = frozenset(["reported", "rumoured", "rumored", "feared", "thought", "believed"])
_NO_DESCRIPTION = frozenset(["the", "a", "an", "by", "to", "that", "in", "on", "at", "also", "among", "together", "with", "and", "either", "even"])
_DESCRIBING_TOKENS = 5


def _describes_her(line: Line, hedge: Found, chain: int) -> bool:
    """Whether an aside in front of a verb only says how a ship is thought to be: "HMS Kent, possibly damaged, left", "X, reported lost, came in"."""
    closed = next((n for n in range(hedge.last, min(hedge.last + _DESCRIBING_TOKENS, chain)) if line.text(n) == ","), None)
    if closed is None or closed == hedge.last or not line.text(hedge.last).islower() or line.low(hedge.last) in _NO_DESCRIPTION:
        return False
    adverb = hedge.last - hedge.first == 1 and line.low(hedge.first).endswith("ly")
    if any(hedge.last <= f.first < closed for kind in _SHIP_KINDS for f in line.found(kind)):
        return False
    return adverb or line.low(hedge.first) in _DESCRIBED


def _of_told_before(line: Line, hedge: Found) -> bool:
    """Whether what is told behind an act is only the news that went before it: "left on Monday, a week after reports that she would sink"."""
    if hedge.data.id == "says" and _says_at_another_time(line, hedge):
        return True
    if line.low(hedge.first) not in _TOLD_NOUNS or (line.low(hedge.last) != "that" and line.low(hedge.last - 1) != "that"):
        return False
    return not _BEFORE_TOLD.isdisjoint(line.lows[max(hedge.first - _TOLD_NOUN_TOKENS, 0) : hedge.first])


_OF_WHAT_WAS_TOLD = frozenset(["this", "that", "it", "none", "not"])
_AT_ANOTHER_TIME = frozenset(["after", "before", "since", "until", "although", "though", "because"])


def _says_at_another_time(line: Line, hedge: Found) -> bool:
    """Whether a clause of time behind an act tells when somebody said something else: "left on Monday, hours after the navy said she was ready"."""
    at = next((n for n in range(hedge.first - 1, max(hedge.first - _SAYER_TOKENS, 0), -1) if line.low(n) in _AT_ANOTHER_TIME), None)
    if at is None or not _OF_WHAT_WAS_TOLD.isdisjoint(line.lows[at + 1 : hedge.first]):
        return False  # "left on Monday, although this could not be confirmed"
    return at < hedge.first - 1 and all(line.text(n).isalnum() for n in range(at, hedge.first))


_REASONS = frozenset(["because", "due", "owing", "with", "as", "after", "following", "amid", "given"])
_AIMS = frozenset(["order", "response", "support", "preparation", "connection", "protest", "search", "reaction"])


def _of_reason(line: Line, hedge: Found) -> bool:
    """Whether only why ships did something, or with what, is in doubt: "left on Monday, apparently because of a fault", "possibly for repairs"."""
    if hedge.last - hedge.first > 1 or line.low(hedge.first) not in DOUBTS_OF_MEMBERS or line.text(hedge.first - 1) not in _ASIDE_OPENS:
        return False
    word, behind = line.low(hedge.last), hedge.last + 1
    if word in _REASONS or (word == "in" and line.low(behind) in _AIMS):
        return True
    behind += line.low(behind) in ("the", "a", "an", "her", "its")
    led = any(line.starting(kind, n) for n in (behind, behind + 1) for kind in ("place", "trigger", "port"))
    return word in ("for", "to") and not led


def _says_of_next(line: Line, hedge: Found, last: int) -> bool:
    """Whether who says so opens a clause of its own behind an act: "left on Monday, and the navy says B was off Crete", "but is now said to be"."""
    begin = max(last, hedge.first - _SAYER_TOKENS)
    joint = next((n for n in range(hedge.first - 1, begin - 1, -1) if line.text(n) in (",", ";") or line.low(n) in ("and", "but", "while")), None)
    if joint is None or not any(hedge.last <= f.first for f in line.found("trigger")):
        return False
    front = line.lows[joint + 1 : hedge.first]
    if hedge.data.id in ("says", "according") and line.low(joint) in ("and", "but", "while") and line.text(joint - 1) == ",":
        return line.text(hedge.last) != "," and bool(front or hedge.data.id == "according")
    passive = line.low(hedge.last - 1) == "to" or line.low(hedge.last) == "to" or line.low(hedge.last - 1) in ("be", "have")
    return line.low(joint) in ("and", "but") and passive and bool(front) and front[0] in line.doc.lexicon.sets["be"]


def _says_else(line: Line, hedge: Found) -> bool:
    """Whether somebody who is told of behind an act says something of his own: "left on Monday with the minister, who said he was proud"."""
    tells = line.low(hedge.last) in ("he", "she", "his", "her", "that", "the", "it", "they", "in", ":") or line.text(hedge.last) in (",", "“", '"')
    return hedge.data.id == "says" and line.lows[hedge.first - 2 : hedge.first] == [",", "who"] and tells


def _foresees_nothing(line: Line, hedge: Found, chain: int) -> bool:
    """Whether a word of what lies ahead foresees nothing: "is said by the navy to be on patrol", "it should be recalled", "not on the programme"."""
    if line.low(hedge.first) == "to" and hedge.last - hedge.first == 2 and _told_by(line, hedge.first):
        return True
    if line.low(hedge.first) == "to" and line.low(hedge.first - 1) == "and" and _guessed_in_front(line, hedge.first):
        return True  # "is believed to have left Kiel and to be operating off Gotland"
    if line.low(hedge.last - 1) == "ahead" and (line.low(0) == "with" or "which" in line.lows[hedge.last : chain]):
        return True  # "With Lisbon still ahead of her, the frigate was off Porto": no plan to be off Porto
    made_to = line.low(hedge.first - 2) in line.doc.lexicon.sets["made_to"]
    if made_to and line.low(hedge.first) == "to" and line.low(hedge.first - 1) in ("it", "her", "them"):
        return True  # "suffered a fire, forcing it to be towed to Rota"
    if hedge.data.id == "should" and (hedge.first < chain or line.low(hedge.last) == "have" or line.low(0) == "that"):
        return True  # "should have reached", "That both should be at sea has no precedent"
    if hedge.data.modality == "planned" and "likely" in line.words and ("likely", "to", "be") in _threes(line, hedge):
        return True  # "is likely to be acting as her escort" is possible and no plan
    return hedge.data.id == "foreseen" and line.low(hedge.first - 1) in ("not", "n't")


def _guessed_in_front(line: Line, at: int) -> bool:
    """Whether an "and to" goes on with what somebody says or thinks that ships have done."""
    return any(h.last < at and line.low(h.last) == "have" and h.data.modality in ("possible", "reported") for h in line.found("hedge"))


_MISHAPS = frozenset(
    ["collided", "collide", "collides", "colliding", "rammed", "hit", "struck", "sank", "sunk", "capsized", "grounded", "ran", "run", "foundered"]
)
_HOW_OFTEN = frozenset(
    ["constantly", "always", "continuously", "continually", "daily", "weekly", "immediately", "entirely", "exclusively", "permanently"]
)


def _denies_else(line: Line, hedge: Found, chain: int, first: int, last: int, clause: tuple[int, int]) -> bool:
    """Whether a word of denial denies another thing, or nothing: "is still to the east", "not long before", "has not finished her patrol"."""
    if hedge.data.modality != "negated":
        return False
    behind, off = line.low(hedge.last), hedge.data.id == "called-off"
    if hedge.data.id == "nearly":
        if line.low(hedge.last) in _HOW_OFTEN:
            return True  # "has been almost constantly accompanied by a tug"
        mishap = line.low(first) in _MISHAPS  # "nearly collided off Malta": she was there
        return mishap or not 0 <= first - hedge.last <= 1  # "nearly everyone", "almost a week"
    if line.low(hedge.first) == "still" and hedge.last > first:
        return True
    in_chain = behind == "yet" and chain <= hedge.first < first  # "has not yet reached Malta"
    if behind in line.doc.lexicon.sets["not_but_time"] and not off and not in_chain:
        return True  # "not long before"
    if line.low(hedge.first - 1) in _RELATIVE and hedge.last < chain and behind not in _HELPERS:
        return True  # "A system that no longer works is reported from the frigate"
    if line.low(hedge.first) in _HARDLY and {"when", "before", "than"} & set(line.lows[last:]):
        return True  # "had hardly left Yokosuka when she turned back"
    if _goes_on_still(line, hedge, first) or (hedge.data.id == "not" and _not_until(line, hedge, first, clause[1])):
        return True
    if not off:
        return False
    if chain == first and _JUDGED.isdisjoint(line.lows[hedge.first : hedge.last]) and _was_done(line, first):
        return True  # "left Malta on Monday after her visit to Haifa was cancelled"
    if _called_off_else(line, hedge) or (hedge.last <= chain and _goes_on(line, hedge.last, chain)):
        return True  # "the call at Gabes was cancelled, so she went to Malta"
    return line.low(hedge.first) == "but" and "until" in line.lows[hedge.last : hedge.last + 3]  # "but did not arrive until Tuesday"


_FINITE = frozenset(["past", "pres"])
_JUDGED = frozenset(
    ["wrong", "mistaken", "incorrect", "true", "false", "unfounded", "denied", "denies", "truth", "untrue", "debunked", "never", "did", "failed"]
)


def _was_done(line: Line, at: int) -> bool:
    """Whether a verb without a helper tells what ships did or do: "left", "returns", but not "visit" or "leaving"."""
    found = line.starting("trigger", at)
    return (
        found is not None and any(form in _FINITE for _, form in found.data) and not any(form in ("noun", "base", "state") for _, form in found.data)
    )


def _within_scope(line: Line, hedge: Found, chain: int, first: int, last: int, clause: tuple[int, int]) -> bool:
    """Whether an act stands as far from a hedge as the hedge's scope allows: in its sentence, in its clause, in its chain of verbs."""
    if hedge.data.id == "foreseen" and ";" in line.lows[hedge.last : chain]:
        return False  # "Turku is on the cards for Monday; that port has had the tanker X since Tuesday"
    if hedge.data.scope == "sentence":
        if hedge.last < chain and ((";" in line.words and _set_right(line, hedge.last, chain)) or _of_relative(line, hedge, chain)):
            return False
        return hedge.first < last or ";" not in line.lows[last : hedge.first]  # behind a semicolon it speaks of what follows
    if hedge.data.scope == "that":
        return hedge.last <= chain and not (_goes_on_firmly(line, hedge.last, chain) or _of_phrase(line, hedge, chain))
    if hedge.data.scope == "aside":
        return _says_in_aside(line, hedge, first, last)
    if hedge.data.scope == "verb" and hedge.data.modality != "reported" and _over_aside(line, hedge, chain):
        return True
    if not clause[0] <= hedge.first < clause[1]:
        return _is_added(line, hedge, last, clause[1]) or _judges(line, hedge)
    if hedge.data.scope == "clause":
        return not _of_aside(line, hedge, chain)
    if line.low(first) in _COPULA and last <= hedge.first <= last + 1:
        return True  # "was not in port", "is no longer at sea"
    if hedge.data.modality == "planned" and 0 <= chain - hedge.last <= 6 and line.low(hedge.last - 1) == "be":
        return not any(line.text(n) in ",;:–—()" for n in range(hedge.last, chain))  # "there would be a submarine visiting Subic"
    if hedge.data.modality == "planned" and (line.lows[hedge.last : chain].count(",") == 1 or _in_dashes(line, hedge, chain)):
        return False  # "Bulkeley, the ship that Carney is to replace, left Rota"
    if hedge.data.modality == "planned" and line.low(first).endswith("ing") and any(hedge.last < f.first < chain for f in line.found("vessel")):
        return False  # "HMS Kent will relieve HMS Tyne operating in the Gulf"
    return hedge.last <= first and chain - hedge.last <= _BEFORE_CHAIN.get(Modality(hedge.data.modality), 1)


_JOINS = frozenset(["and", "but", "while", "whereas", "although", "though", "as", "because", "since"])
_JOINS_ALONE = frozenset(["because", "although", "though", "whereas"])
_OPENS_BESIDE = frozenset(["although", "while", "though", "whereas", "because", "since", "as"])
_OF_THE_ACT = frozenset(["it", "this", "that", "which", "she", "they", "these", "those", "so", "not", "if", "the", "both"])
_ACT_NOUNS = frozenset(
    ["visit", "call", "trip", "voyage", "stay", "sailing", "transit", "passage", "deployment", "arrival", "departure", "stop", "stopover"]
)
_ACT_NOUNS |= {"report", "reports", "claim", "claims", "story", "none", "nothing", "no", "such", "plan", "plans", "journey", "mission", "port"}
_AHEAD = frozenset(["to", "will", "would", "should", "may", "might", "could", "due"])


def _of_other_clause(line: Line, hedge: Found, act: tuple[int, int, int]) -> bool:
    """Whether a word of doubt, plan or denial is of a clause beside an act, with its own subject: "HMS Kent left, but the refit was put off"."""
    (chain, first, last), off = act, hedge.data.id == "called-off"
    if off and not _AHEAD.isdisjoint(line.lows[chain:first]):
        return False  # "was to leave Malta on Monday, but the sailing was cancelled"
    found = line.starting("trigger", first)
    if found is None or any(form == "noun" for _, form in found.data):
        return False
    ahead = hedge.last <= chain
    low, high = (hedge.last, chain) if ahead else (last, hedge.first)
    joint = next((n for n in range(high - 1, low - 1, -1) if _joins(line, n)), None)
    if joint is None and ahead and line.low(0) in _OPENS_BESIDE:
        joint = next((n for n in range(high - 1, low - 1, -1) if line.text(n) == ","), None)
    if joint is None:
        return False
    begin = joint + 1 + (line.text(joint) == ";" and line.low(joint + 1) in _JOINS)
    be_and_have = line.doc.lexicon.sets["be"] | line.doc.lexicon.sets["have"]
    own = any(line.low(n) in be_and_have or line.starting("trigger", n) for n in range(joint))
    if ahead:
        return own and begin < chain and any(begin <= f.first < chain for kind in ("vessel", "type", "prefix") for f in line.found(kind))
    subject = line.lows[begin : hedge.first]
    if off and not _ACT_NOUNS.isdisjoint(subject) and not any(begin <= f.first < hedge.first for f in line.found("place")):
        return False  # "was to be in Malta, but the visit did not take place"
    return own and begin < hedge.first and (line.low(begin) not in _OF_THE_ACT or (off and line.low(begin) == "the"))


def _joins(line: Line, at: int) -> bool:
    """Whether a mark or a word joins another clause: ";", ", but", "because"."""
    return line.text(at) == ";" or line.low(at) in _JOINS_ALONE or (line.low(at) in _JOINS and line.text(at - 1) == ",")


_WHICH_TOKENS = 3


def _of_relative(line: Line, hedge: Found, chain: int) -> bool:
    """Whether who says so says only what a relative clause tells: "HMS Kent, which according to the navy left Rota on Monday, was seen off Malta"."""
    if "which" not in line.words and "who" not in line.words:
        return False
    opened = next((n for n in range(hedge.first - 1, max(hedge.first - 1 - _WHICH_TOKENS, 0), -1) if line.low(n) in ("which", "who")), None)
    if opened is None or line.text(opened - 1) != ",":
        return False
    closed = next((n for n in range(chain - 1, max(hedge.last, chain - _WHICH_TOKENS), -1) if line.text(n) == ","), None)
    return closed is not None and any(hedge.last <= f.first and f.last <= closed for f in line.found("trigger"))


_IN_FACT = (["in", "fact"], ["in", "reality"], ["in", "truth"])


def _set_right(line: Line, first: int, last: int) -> bool:
    """Whether what reports told is set right behind a semicolon: "Reports had put HMS Kent in Brest; in fact she was in Malta"."""
    return any(line.text(n) == ";" and (line.lows[n + 1 : n + 3] in _IN_FACT or line.low(n + 1) == "actually") for n in range(first, last))


_SAYS_TOKENS = 12
_NO_ASIDE = ((";", ":", "(", "."), (";", ":", "."))  # "left on Monday (per the navy)"
_ASIDE_ENDS = frozenset([",", ".", "–", "—", ";", ":", "”", '"', "!", "?", "", "(", ")"])
_NO_SAYING = frozenset(["by", "of", "off", "about", "away", "against"])
_NO_SAYER = frozenset(["which", "who", "that", "whose", "not", "n't", "to", "be", "is", "was", "are", "were", "been", "being", "could", "can", "no"])


def _says_in_aside(line: Line, hedge: Found, first: int, last: int) -> bool:
    """Whether a verb of saying closes or opens a short aside of who says so: "…, the ministry stressed.", "…, stressed TASS on Monday."."""
    opened = next((n for n in range(hedge.first - 1, max(hedge.first - _SAYS_TOKENS, -1), -1) if line.text(n) in _ASIDE_ENDS), None)
    closed = next((n for n in range(hedge.last, hedge.last + _SAYS_TOKENS) if line.text(n) in _ASIDE_ENDS), None)
    if opened is None and hedge.data.id == "per":
        opened = -1 if hedge.first == 0 else None
    if opened is None or closed is None or opened <= first <= closed or (opened >= 0 and line.text(opened) in _NO_ASIDE[hedge.data.id == "per"]):
        return False
    front, behind = line.lows[opened + 1 : hedge.first], line.lows[hedge.last : closed]
    if not _NO_SAYER.isdisjoint(front) or (behind[:1] and behind[0] in _NO_SAYING):
        return False
    if hedge.data.id != "per" and any(  # "per the fleet's press service" tells no pressing on
        opened < f.first < closed and not hedge.first <= f.first < hedge.last and not _is_of_watcher(line, f.last)
        for kind in ("trigger", "vessel", "type", "prefix")
        for f in line.found(kind)
    ):
        return False
    if behind[:1] == ["to"] and any(hedge.last < p.first < closed for p in line.found("place")):
        return False  # "called at Malta, then went on to Haifa"
    if front:
        return not behind or behind[0] in line.doc.lexicon.sets["told_how"]
    sources = line.doc.lexicon.sets["sources"] | line.doc.lexicon.sets["people"]
    return bool(behind) and (behind[0] in ("the", "a", "an") or line.text(hedge.last)[:1].isupper() or not sources.isdisjoint(behind))


_WATCHERS = frozenset(
    ["spotters", "spotter", "services", "service", "site", "sites", "website", "websites", "trackers", "watchers", "enthusiasts", "buffs"]
)


def _is_of_watcher(line: Line, at: int) -> bool:
    """Whether a word of ships only says what somebody watches: "ship-spotters report", "two tracking services agree"."""
    return line.low(at + (line.text(at) == "-")) in _WATCHERS


_PHRASE_OPENS = frozenset(["in", "for", "amid", "on", "over", "given", "under", "despite"])


def _of_phrase(line: Line, hedge: Found, chain: int) -> bool:
    """Whether a belief is told in a phrase that a comma closes in front of a verb: "For fear that mines lay there, the ships left"."""
    at = hedge.first - 1 - (line.low(hedge.first - 1) == "the")
    opens = line.low(at) in _PHRASE_OPENS or line.low(hedge.first) in _PHRASE_OPENS
    return opens and at <= 1 and "," in line.lows[hedge.last : chain]


_FIRMLY = frozenset(["but", "while", "whereas", "although", "though", "as", "since", "because", "after"])
_FIRMLY_TOKENS = 4


def _goes_on_firmly(line: Line, first: int, last: int) -> bool:
    """Whether another clause opens among some tokens: "There are signs that A has left, but B is in Tartus"."""
    if ";" in line.lows[first:last]:
        return True
    opened = (n for n in range(first + 1, last) if line.low(n) in _FIRMLY and (line.low(n) != "as" or line.low(n + 1) not in ("being", "having")))
    return any("," in line.lows[max(n - _FIRMLY_TOKENS, first) : n] for n in opened)


_HARDLY = frozenset(["hardly", "scarcely", "barely"])
_STILL_TOKENS = 3


def _goes_on_still(line: Line, hedge: Found, first: int) -> bool:
    """Whether what is denied is only that something has ended: "is not done yet with", "has not finished", "not yet through with"."""
    ends = line.doc.lexicon.sets["done_with"]
    at = next((n for n in range(hedge.last, hedge.last + _STILL_TOKENS) if line.low(n) not in ("yet", "quite", "been", "still")), hedge.last)
    word = line.low(at)
    if word in ("finished", "completed", "ended", "concluded") and at <= first <= at + 1 and "been" not in line.lows[hedge.last : at]:
        return True
    return word in ends and "with" in line.lows[at + 1 : at + 1 + _STILL_TOKENS]


_WHAT_TOKENS = 7


def _goes_on(line: Line, first: int, last: int) -> bool:
    """Whether another clause opens among some tokens; an "and" between two ships opens none: "denied that Kent and the tanker Tyne had left"."""
    return any(line.low(n) in _GOES_ON and not (line.low(n) == "and" and _joins_names(line, n)) for n in range(first, last))


def _joins_names(line: Line, at: int) -> bool:
    """Whether an "and" stands between two names, or between a name and another ship: "Kent and Tyne", "Kent and the tanker Tyne"."""
    if not line.text(at - 1)[:1].isupper() or line.text(at - 1) == line.text(0):
        return False
    behind = at + 1 + (line.low(at + 1) in ("the", "a", "an", "her", "its", "their"))
    return line.text(behind)[:1].isupper() or any(line.starting("type", n) is not None for n in (behind, behind + 1, behind + 2))


_ADDED_TOKENS = 4
_ADDS = frozenset(["it", "so", "as", "they", "we", "analysts", "observers", "experts"])


def _what_is(line: Line, hedge: Found) -> bool:
    """Whether "what seems to be" names who acts or lies somewhere, and not a thing aboard: "Moored in Tartus is what looks like HMS Tyne"."""
    if not any(hedge.last <= f.first <= hedge.last + 4 for kind in ("vessel", "type", "prefix", "group") for f in line.found(kind)):
        return False
    return hedge.first <= 1 or line.low(hedge.first - 1) in _BEFORE_WHAT


_BEFORE_WHAT = frozenset([",", "and", "that", "is", "was", "are", "were", "lies", "lay", ":", "when", "as", "saw", "seen"])
_OFF_TOKENS = 6


def _called_off_else(line: Line, hedge: Found) -> bool:
    """Whether what was called off is no voyage: "left Brest after an exercise that was cancelled"."""
    sets, begin = line.doc.lexicon.sets, max(hedge.first - _OFF_TOKENS, 0)
    begin = max((n + 1 for n in range(begin, hedge.first) if line.text(n) in (",", ";")), default=begin)
    before = line.lows[begin : hedge.first]
    return not sets["not_voyages"].isdisjoint(before) and sets["voyage_nouns"].isdisjoint(before)


def _of_thing(line: Line, hedge: Found) -> bool:
    """Whether a word of doubt behind a verb is only that of some thing: "looking for a suspected mine", "the likely cause being a storm"."""
    if hedge.last - hedge.first > 1 or line.low(hedge.first - 1) not in ("the", "a", "an", "its", "her", "their"):
        return False
    return not any(
        line.starting(kind, n) for n in (hedge.last, hedge.last + 1) for kind in ("vessel", "type", "prefix", "place", "nation", "trigger")
    )


_TOLD_TOKENS = 7


def _told_by(line: Line, to: int) -> bool:
    """Whether "to be" hangs on what somebody says or thinks: "is thought by analysts to be", "are said by the ministry to have"."""
    by = next((n for n in range(to - 1, max(to - _TOLD_TOKENS, 0), -1) if line.low(n) == "by"), None)
    return by is not None and (line.low(by - 1) in line.doc.lexicon.sets["before_to_be"] or line.low(by - 1) in ("held", "considered", "reckoned"))


def _is_what_acts(line: Line, hedge: Found, chain: int) -> bool:
    """Whether a doubt is one of who acts: "What may have been HMS Tyne left Kiel"."""
    if hedge.first - 1 > 1 and line.low(hedge.first - 2) not in (",", "and", "that", "as", "when", "by"):
        return False
    named = any(hedge.last <= f.first < chain for kind in ("vessel", "prefix", "type") for f in line.found(kind))
    return named and 0 < chain - hedge.last <= _WHAT_TOKENS and "," not in line.lows[hedge.last : chain]


def _is_added(line: Line, hedge: Found, last: int, end: int) -> bool:
    """Whether a word of doubt behind a comma is added to what was told in front of it: "HMS Tyne left Kiel, it is believed."."""
    if hedge.first < last or hedge.first < end or hedge.data.modality not in ("possible", "reported") or line.text(hedge.last).isalnum():
        return False
    opened = next((n for n in range(hedge.first, max(hedge.first - _ADDED_TOKENS, last), -1) if line.text(n - 1) in (",", "–", "—", "(")), None)
    if opened is None or opened - end > 1:
        return False
    return opened == hedge.first or line.low(opened) in _ADDS


def _judges(line: Line, hedge: Found) -> bool:
    """Whether a word of doubt judges the clause of "that" which opens the sentence: "That the submarine has left Tartus is unlikely."."""
    is_ = line.low(hedge.first - 1) in line.doc.lexicon.sets["be"] or line.low(hedge.first - 1) in ("seems", "looks", "appears", "remains")
    return line.low(0) == "that" and line.low(1) not in line.doc.lexicon.sets["be"] and is_ and hedge.data.modality == "possible"


def _own_clause(line: Line, first: int, last: int) -> bool:
    """Whether ", and" and a subject of its own stand between two tokens."""
    joint = next((n for n in range(first, last - 1) if line.text(n) == "," and line.low(n + 1) in ("and", "but", "while")), None)
    return joint is not None and line.low(joint + 2) in ("the", "a", "an", "her", "its", "their", "another", "more", "further", "calls", "visits")


_OVER_TOKENS = 9
_HELPED = frozenset(["has", "have", "had", "will", "may", "might", "could", "is", "are", "was", "were", "did"])


def _over_aside(line: Line, hedge: Found, chain: int) -> bool:
    """Whether an aside parts a helper from its verb: "has not, contrary to reports, left Brest", "will, on present plans, sail in May"."""
    if line.text(hedge.last) != "," or line.text(chain - 1) != "," or not 3 <= chain - hedge.last <= _OVER_TOKENS:
        return False
    helped = line.low(hedge.first) in _HELPED or line.low(hedge.first - 1) in _HELPED
    return helped and "," not in line.lows[hedge.last + 1 : chain - 1]


_ASIDE_TOKENS = 16
_RELATIVE = frozenset(["which", "who", "that", "whose", "whom"])


_DASHES = frozenset(["–", "—", "(", ")"])


def _in_dashes(line: Line, hedge: Found, chain: int) -> bool:
    """Whether dashes or brackets shut a relative clause with a word of doubt off from a verb: "HMS Kent – which is to be sold – left Malta"."""
    closed = next((n for n in range(hedge.last, chain) if line.text(n) in _DASHES), None)
    opened = next((n for n in range(hedge.first - 1, max(hedge.first - _ASIDE_TOKENS, 0), -1) if line.text(n) in _DASHES), None)
    return closed is not None and opened is not None and not _RELATIVE.isdisjoint(line.lows[opened + 1 : hedge.first])


def _of_aside(line: Line, hedge: Found, chain: int) -> bool:
    """Whether a word of doubt is that of an aside in front of a verb: "HMS Tyne, thought to be the oldest of her class, was seen off Dover"."""
    if hedge.last < chain and not _DASHES.isdisjoint(line.texts) and _in_dashes(line, hedge, chain):
        return True
    if hedge.last >= chain or "," not in line.words:
        return False
    closed = next((n for n in range(hedge.last, chain) if line.text(n) == ","), None)
    opened = next((n for n in range(hedge.first - 1, max(hedge.first - _ASIDE_TOKENS, 0), -1) if line.text(n) == ","), None)
    if closed is None or opened is None:
        return False
    if not _RELATIVE.isdisjoint(line.lows[opened + 1 : hedge.first]):
        return True
    to = hedge.last - 1 - (line.low(hedge.last - 1) in ("be", "have"))  # "said to be the oldest of her class"
    says_what = line.low(to) == "to" and line.low(to + 1) in ("be", "have") and hedge.first - opened <= 2
    ships = (f for kind in ("vessel", "prefix") for f in line.found(kind) if hedge.last < f.first < closed)
    named = line.low(to + 1) == "be" and any(line.starting("preposition", f.first - 1) is None for f in ships)  # but "heading for Toulon"
    return says_what and not named and not any(line.text(n) == "," for n in range(closed + 1, chain))


_HELPERS = frozenset(["been", "be", "have", "yet", "to", "longer"])


def _threes(line: Line, hedge: Found) -> list[tuple[str, str, str]]:
    """Each three words in a row, of those in and right beside a hedge."""
    lows = line.lows[max(hedge.first - 1, 0) : hedge.last + 1]
    return list(zip(lows, lows[1:], lows[2:], strict=False))


_WAS = frozenset(["was", "were", "been", "being"])
_ARTICLES = frozenset(["the", "a", "an", "two", "three", "several", "her", "pictures", "photos", "photographs", "images", "footage"])
_JOINTS = frozenset(["and", "but", "which", "who", ";"])


_ADDED_TO = frozenset(["up", "to", "two", "three", "four", "five", "several", "another", "further"])


def _cites_nobody(line: Line, hedge: Found) -> bool:
    """Whether a verb of saying tells no source here: "was confirmed there", "was told to go", "posted pictures", "who cited threats"."""
    if hedge.last - hedge.first != 1 or hedge.data.id not in ("says", "according"):
        return False
    word, before, behind = line.low(hedge.first), line.low(hedge.first - 1), line.low(hedge.last)
    if word == "say":
        return before == "to" and line.low(hedge.first - 2) == "is" and line.low(hedge.first - 3) in ("which", "that")  # "which is to say"
    if word == "said" and behind == "to" and line.low(hedge.last + 1) in ("be", "have"):
        return True  # "said to be the oldest of her class"
    if word == "confirmed":
        return before in _WAS and behind != "by"
    if word == "told":
        return behind == "to" or before == "being"  # "after being told she was unsafe to sail"
    if word == "added":
        return behind in _ADDED_TO or before in ("with", "the", "an", "of")
    if word in ("said", "say", "says") and not _FAREWELLS.isdisjoint(line.lows[hedge.last : hedge.last + _FAREWELL_TOKENS]):
        return "," not in line.lows[hedge.last : hedge.last + _FAREWELL_TOKENS]  # "said their last goodbyes"
    if word in ("posted", "noted"):
        return behind in _ARTICLES and line.text(hedge.first - 1) != ","  # but "Off Crete, noted the ministry, was the frigate"
    return (word == "explained" and behind == "by") or (word in ("cited", "citing") and before == "who")


_FAREWELLS = frozenset(["farewell", "farewells", "goodbye", "goodbyes", "adieu", "hello"])
_FAREWELL_TOKENS = 4
_CLAIMS, _CLAIM_TOKENS = frozenset(["claim", "claims", "claimed", "claiming"]), 4
_CLAIM_ENDS = frozenset([",", ".", "and", "but", "too", ")", "as", ""])


def _claims_land(line: Line, hedge: Found) -> bool:
    """Whether a word of claiming is of a land or a sea, and no tale: "a reef claimed by Vietnam", "excessive maritime claims"."""
    if hedge.last - hedge.first != 1 or line.low(hedge.first) not in _CLAIMS:
        return False
    sets, last = line.doc.lexicon.sets, hedge.last
    if line.low(hedge.first - 1) in sets["claims_of"] or line.text(hedge.first - 1) == "-":
        return True
    if line.low(last) in sets["claims_what"]:
        return "to" not in line.lows[last : last + _CLAIM_TOKENS]  # but "is claimed by Kyiv to have sunk"
    which = not _RELATIVE.isdisjoint(line.lows[max(hedge.first - _CLAIM_TOKENS, 0) : hedge.first])
    if which and line.low(last) in _CLAIM_ENDS:
        return True
    land = line.starting("place", last + (line.low(last) == "the"))
    return land is not None and line.low(land.last) in _CLAIM_ENDS


def _of_clause_behind(line: Line, hedge: Found, last: int) -> bool:
    """Whether a source set in between commas is only that of a later clause: "sailed from Bandar Abbas and, Iranian media say, reached Rio"."""
    if hedge.first < last or (hedge.data.id == "says" and line.text(hedge.last) != ","):
        return False
    opened = next((n for n in range(hedge.first - 1, last - 1, -1) if line.text(n) == ","), None)
    if opened is None or hedge.first - opened > _SOURCE_TOKENS or not any(line.text(n) == "," for n in range(hedge.last, line.size)):
        return False
    closes = [n for n in range(hedge.last, min(hedge.last + _SOURCE_TOKENS + 3, line.size)) if line.text(n) == ","]
    goes_on = any(line.low(n + 1) in _GOES_ON_WITH or line.starting("trigger", n + 1) is not None for n in closes)
    return goes_on and not _JOINTS.isdisjoint(line.lows[last:opened])


_SOURCE_TOKENS = 9
_GOES_ON_WITH = frozenset(["they", "it", "she", "was", "were", "had", "is", "are", "has", "have", "will", "would", "on", "then"])
DOES = frozenset(["does", "do", "doesn", "don"])
_DID, _UNTIL = frozenset(["did", "didn", "could", "couldn", "would", "will", "won"]) | DOES, frozenset(["until", "till"])


def _not_until(line: Line, hedge: Found, first: int, end: int) -> bool:
    """Whether an act is only told to have come late: "did not leave Plymouth until Tuesday", "does not sail before Friday"."""
    planned = line.low(hedge.last) in line.doc.lexicon.sets["planned_for"]  # "is not due to sail until Friday"
    helpers = line.lows[max(hedge.first - 2, 0) : hedge.last]
    ends = _UNTIL | {"before"} if planned or not DOES.isdisjoint(helpers) else _UNTIL
    if ends.isdisjoint(line.words) or hedge.first > first:
        return False
    if not planned and _DID.isdisjoint(helpers):
        return False
    until = next((n for n in range(first, min(end + 1, line.size)) if line.low(n) in ends), None)
    return until is not None and not {",", "and", "but"} & set(line.lows[first:until])
