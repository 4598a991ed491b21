"""Stage 6, days: whether a day that stands near a verb is the day of that verb, or of another clause."""

from __future__ import annotations

from itertools import pairwise

from tracker.domain.kinds import EventKind, Precision
from tracker.extract.dates import DateMention
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.others_day import is_now_of_next, is_of_main_verb, is_of_others
from tracker.extract.scene import Scene
from tracker.extract.verbs import Trigger


def is_of_verb_before(scene: Scene, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether a day in front of a verb is told with another."""
    line = scene.line
    if mention.kind == "season" and line.low(at) == "in":
        return True  # "In the autumn, …" sets a scene and dates nothing
    if mention.kind == "began":
        return False  # "six days after leaving Norfolk"
    behind = max(at, _last_of(line, mention) + 1) if mention.kind == "next_day" else at  # "and the day after found her off Crete"
    if trigger.reach[0] > 0 and any(line.low(n) in ("before", "after") for n in range(max(behind, trigger.chain - 2), trigger.chain)):
        return True  # "anchored on 1 October before sailing on"
    if trigger.reach[0] > 0 and line.low(trigger.chain) == "having":
        return True  # "reached Crete on Friday, Malta having been her port of departure"
    if trigger.reach[0] > 0 and trigger.rule.id == "sea.after":
        return True  # "called at Mumbai on Monday after exercises off Goa"
    if at < trigger.chain and ((mention.bare and _since_of_first(line, trigger, at)) or _since_gone(line, trigger, at)):
        return True
    if at < trigger.chain and (
        is_of_others(scene, trigger, mention, at, _last_of(line, mention))
        or _loosely_dated(line, trigger, mention, at)
        or _is_later(line, trigger, at)
        or _shut_off(line, trigger, mention)
        or _in_relative(line, trigger, at)
        or _in_restrictive(line, trigger, at)
        or _in_brackets(line, trigger, mention, at)
        or _in_static_aside(line, trigger, at)
        or _in_noun_aside(line, mention, at, trigger)
        or _in_office(line, mention, at)
        or _in_dashes(line, trigger, at)
        or _in_place_aside(scene, trigger, at)
        or _in_having(line, trigger, at)
        or _where_bound(line, trigger, at)
        or (trigger.reach[0] > 0 and _coordinated(scene, trigger, at))
        or (trigger.rule.kind in _ELSEWHERE and of_stay_before(line, trigger, mention))  # "left Den Helder in March and is on her way to Hawaii"
    ):
        return True
    return _in_aside(line, trigger, at)  # "HMS X, which left Malta on 3 December, arrived …"


def is_of_verb_behind(line: Line, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether a day behind a verb is told with a later one."""
    if (
        mention.which
        or _of_next_stop(line, trigger, mention, at)
        or is_of_main_verb(line, trigger, at)
        or is_now_of_next(line, trigger, mention, at)
        or _opens_next(line, trigger, at)
        or _in_next_clause(line, trigger, at)
        or _sees_next(line, mention, at)
        or _since_of_aside(line, trigger, at)
        or _of_reason(line, trigger, at)
        or (trigger.rule.id == "rest.where" and _and_will(line, trigger, at))
    ):
        return True
    return not aside_before(line, at) and _of_another_clause(line, trigger, at)


_LATER_KINDS = frozenset(["offset", "next_day", "carry"])


def _of_next_stop(line: Line, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether a day is told with a further place or ship behind "and": "replenished from HMS Kent and, three days later, from HMS Tyne"."""
    joint, behind = at - 1, line.at_offset(mention.end - 1) + 1
    while line.text(joint) in (",", "then"):
        joint -= 1
    set_in = line.text(at - 1) == "," == line.text(behind) or (line.low(at - 1) in ("on", "in") and line.text(at - 2) == "," == line.text(behind))
    while set_in and line.text(joint) in (",", "then", "on", "in", "later"):
        joint -= 1  # "called at Lisbon and, on 9 December, at Cadiz"
    behind += line.text(behind) == ","
    if (mention.kind not in _LATER_KINDS and not set_in) or line.low(joint) != "and" or joint <= trigger.last:
        return False
    if mention.kind not in _LATER_KINDS:
        return _led_alike(line, trigger, joint, behind)
    return line.low(behind) in ("from", "at", "in", "by", "with", "to", "off", "for", "through") or line.starting("place", behind) is not None


def _led_alike(line: Line, trigger: Trigger, joint: int, behind: int) -> bool:
    """Whether a place behind a day is led in as the one in front of "and" is: "called at Lisbon and, on 9 December, at Cadiz"."""
    before = next((f for f in reversed(line.found("place")) if trigger.last <= f.first and f.last == joint), None)
    if before is None:
        return False
    led = before.first - 1 - (line.low(before.first - 1) == "the")
    if line.starting("place", behind + (line.low(behind) == "the")) is not None:
        return led < trigger.last or line.starting("preposition", led) is None
    listed = line.low(led) in ("and", ",") and line.low(behind) in ("at", "in", "off")  # "called at Lisbon and Porto and, last week, at Cadiz"
    return (listed or line.low(led) == line.low(behind)) and line.starting("preposition", behind) is not None


def _and_will(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day is that of a plan told behind a place: "The crew spent some days in Oran and will stop in Cork in January"."""
    behind = line.lows[trigger.last : at]
    return "will" not in line.lows[trigger.first : trigger.last] and any(pair in (("and", "will"), ("but", "will")) for pair in pairwise(behind))


def _of_reason(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day is that of a clause which gives a reason: "set course for Oran, the more so as her tanker slipped out last night"."""
    if "so" not in line.words:
        return False
    so_as = next((n for n in range(at - 1, trigger.last, -1) if line.low(n) == "as" and line.low(n - 1) == "so"), None)
    return so_as is not None and any(so_as < f.first < at for f in line.found("trigger"))


def _since_of_aside(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether "since" says how long something else had been so, in an apposition: "left Brest, her home since January"."""
    since = at - (line.low(at) != "since")
    if line.low(since) != "since" or trigger.rule.copula or trigger.form == "state":
        return False
    comma = next((n for n in range(since - 1, max(since - 6, trigger.last - 1), -1) if line.text(n) == ","), None)
    if comma is not None and line.low(comma + 1) in ("her", "its", "their", "with"):
        return True
    with_ = next((n for n in range(since - 1, max(since - 7, trigger.last), -1) if line.low(n) == "with"), None)
    return with_ is not None and line.low(with_ + 1) in ("her", "its", "their")  # "is in the Baltic with her signal off since Monday"


_BOUND = frozenset({EventKind.DEPARTURE, EventKind.UNDERWAY})


def _where_bound(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a verb tells what ships do where they sail to, on a day that is their sailing's: "left on Monday for the Azores, where she will …".

    Or where they came from: "came back on Monday from Iceland, where she took part in an exercise".
    """
    if "where" not in line.words:
        return False
    where = next((n for n in range(trigger.chain - 1, at, -1) if line.low(n) == "where"), None)
    if where is None or line.text(where - 1) != ",":
        return False
    verbs = [f for f in line.found("trigger") if f.last <= where and any(form != "noun" for _, form in f.data)]
    if not verbs or "then" in line.lows[trigger.last :]:
        return False  # "spent some days at Escoda Shoal in July, where Magbanua was stationed then"
    behind_from = next((n for n in range(where - 1, verbs[-1].last - 1, -1) if line.starting("preposition", n)), None)
    came = behind_from is not None and line.low(behind_from) == "from" and any(rule.kind is EventKind.ARRIVAL for rule, _ in verbs[-1].data)
    return came or any(rule.kind in _BOUND for rule, _ in verbs[-1].data)


_INCLUDED = frozenset(["included", "includes", "include", "including", "involved"])


def _since_gone(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a verb tells what ships have done since the departure of a day: "left Alameda on 2 May, operating in the Bering Sea"."""
    if trigger.form != "ing" or trigger.rule.kind is not EventKind.AT_SEA:
        return False
    if line.low(trigger.chain - 1) in _INCLUDED and at < trigger.chain:
        return True  # "returned on Wednesday from a tour that included working in the Persian Gulf"
    if line.text(trigger.chain - 1) != "," or "will" in line.words:
        return False
    gone = [f for f in line.found("trigger") if f.last <= at and any(rule.kind is EventKind.DEPARTURE and form == "past" for rule, form in f.data)]
    return bool(gone) and not any(f.first > at and f.last <= trigger.chain for f in line.found("trigger"))


_SEES_ACT = frozenset(["saw", "brought", "found"])


def _sees_next(line: Line, mention: DateMention, at: int) -> bool:
    """Whether a day is the subject of a clause of its own: "3 March saw her leave Cork, 6 March saw her enter Brest"."""
    return line.low(line.at_offset(mention.end - 1) + 1) in _SEES_ACT and line.low(at - 1) in (",", "and", ";", "while", "but")


def _loosely_dated(line: Line, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether a day in front of "later" or "earlier" is another verb's: "was off Hawaii in July and later called at Busan"."""
    loose = next((n for n in range(trigger.chain, trigger.first) if line.low(n) in line.doc.lexicon.sets["undated_adverbs"]), None)
    return loose is not None and at < loose and mention.kind not in ("offset", "carry") and line.at_offset(mention.end) < trigger.chain


_BEFORE_DAY = frozenset(["on", "in", "by", "at", "since", "until", "till", "late", "early", "from", "for", "about", "around"])
_HAVING_TOKENS = 5


def _of_another_clause(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day behind a verb is told with a later one that tells no movement: "…, who led the first group four years ago"."""
    between = line.lows[trigger.last : at]
    comma = next((n for n, low in enumerate(between) if low == ","), None)
    if comma is not None:
        if line.low(trigger.last + comma + 1) == "having" and "," not in between[comma + 1 :]:
            return True  # "called at Kiel, having last been there in January"
        if _in_apposition(line, trigger, trigger.last + comma, at):
            return True
        if line.low(trigger.last) == "by" and line.text(trigger.chain - 1) == "," and _of_next_place(line, at):
            return True  # "passed Gibraltar on 6 March, watched by the Audaz, and Malta on 9 March"
        if "having" in line.lows[at : at + _HAVING_TOKENS]:
            return True  # "is at San Diego, her return there on April 11 having been forced by …"
        which = next((n for n, low in enumerate(between) if low in ("who", "which", "whose", "whom") and n and between[n - 1] == ","), None)
        if which is not None and "," not in between[which:]:
            return True  # "…, which had moved up in June"
        verb = at - 1
        while line.low(verb) in _BEFORE_DAY:
            verb -= 1
        if verb > trigger.last + comma and line.low(verb).endswith("ed") and line.low(verb) not in line.doc.lexicon.triggers:
            return True  # "…, a tanker hijacked in December"
    return False


def _of_next_place(line: Line, at: int) -> bool:
    """Whether nothing but a place stands between ", and" and a day: ", and the Dardanelles on 14 March"."""
    place = line.ending("place", at - (line.low(at - 1) in _BEFORE_DAY))
    first = place.first - (line.low(place.first - 1) == "the") if place else 0
    return place is not None and line.low(first - 1) == "and" and line.text(first - 2) == ","


def _in_apposition(line: Line, trigger: Trigger, comma: int, at: int) -> bool:
    """Whether a day closes what is said of a place or thing behind a comma: "left Haifa, the scene of an attack on 3 March"."""
    opened = max((n for n in range(comma, at) if line.text(n) == ","), default=comma)
    if line.low(opened + 1) not in ("the", "a", "an") or "of" not in line.lows[opened:at]:
        return False
    noun = at - 1 - (line.low(at - 1) in _BEFORE_DAY)
    if noun - opened < 4 or not (line.text(noun).islower() and line.text(noun).isalpha()) or line.text(noun) in line.doc.lexicon.sets["times_told"]:
        return False
    return not any(opened < f.first < at for kind in ("trigger", "vessel", "place") for f in line.found(kind))


def _last_of(line: Line, mention: DateMention) -> int:
    """The last token of a day; of "the day before she came in" the one before "before", which brings a clause."""
    last = line.at_offset(mention.end - 1)
    return last - (line.low(last) in ("before", "after") and line.low(last + 1) not in _SEES_ACT)


def aside_before(line: Line, at: int) -> tuple[int, int] | None:
    """The commas around an aside of "where" or "which" right in front of a date: "…, where she is based, since July 3"."""
    close = at - 1
    while close > at - 4 and line.low(close) in _BEFORE_DAY:
        close -= 1
    if (said := _of_place(line, close + (line.text(close) != ","))) is not None:
        return said
    if line.text(close) != ",":
        return None
    begin = next((n for n in range(close - 1, max(close - 14, 0), -1) if line.text(n) == ","), None)
    opener = None if begin is None else line.low(begin + 1 + (line.low(begin + 1) == "from"))
    return (begin, close) if begin is not None and opener in ("where", "which", "who", "whose", "whence") else None


_PLACE_TOKENS = 14


def _of_place(line: Line, end: int) -> tuple[int, int] | None:
    """The ends of a clause before a token that only says where a place lies: "the strait that parts Honshu from Hokkaido, on 3 May"."""
    if line.words.isdisjoint(("that", "which")):
        return None
    which = next((n for n in range(end - 2, max(end - _PLACE_TOKENS, 0), -1) if line.low(n) in ("that", "which")), None)
    if which is None or line.low(which + 1) not in line.doc.lexicon.sets["says_of_places"]:
        return None
    place = line.ending("place", which) or (line.low(which - 1) in line.doc.lexicon.sets["owned_waters"])
    verbs = any(which + 1 < f.first < end and any(form != "noun" for _, form in f.data) for f in line.found("trigger"))
    return (which - 1, end) if place and not verbs and "," not in line.lows[which:end] else None


_OPENERS = frozenset(["before", "after", "when", "while", "until", "because", "although", "though", "whereas"])


def _in_static_aside(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day tells when a ship was built or commissioned, in an aside: "Kursk, the corvette launched last year, is in …"."""
    begin = next((n for n in range(at - 1, max(at - 8, -1), -1) if line.text(n) == ","), None)
    static = line.doc.lexicon.sets["static"] | _GIVEN
    begin = 0 if begin is None and at <= _OPENS_TOKENS and line.low(0) in static else begin  # "Launched in 2020, she left Brest"
    again = line.lows[at : at + _CLOSE_TOKENS].count("and") and not static.isdisjoint(line.lows[at : at + _CLOSE_TOKENS])
    close = _ASIDE_TOKENS if (begin == 0 and line.low(0) in static) or again else _CLOSE_TOKENS  # "launched in 2019 and commissioned on 3 May 2021"
    end = next((n for n in range(at + 1, min(at + close, trigger.chain)) if line.text(n) == ","), None)
    if begin is None or end is None:
        return False
    to_come = line.lows[begin + 1 : begin + 3] in (["to", "be"], ["due", "to"], ["soon", "to"])  # "Kent, due to be paid off in March, left Cork"
    return to_come or not static.isdisjoint(line.lows[begin:at])


_OPENS_TOKENS, _CLOSE_TOKENS = 5, 5
_GIVEN = frozenset(["delivered", "handed"])


_ASIDE_TOKENS = 12
_ARTICLES = frozenset(["a", "an", "the", "her", "its", "their"])


def _in_noun_aside(line: Line, mention: DateMention, at: int, trigger: Trigger) -> bool:
    """Whether a day closes an apposition of a ship in front of her verb: "saw HMS Kent, a visitor of Lisbon in May, put out of Porto"."""
    last = line.at_offset(mention.end - 1) + 1
    if line.text(last) != "," or last >= trigger.chain or _BEFORE_DAY.isdisjoint(line.lows[max(at - 1, 0) : at + 1]):
        return False
    begin = next((n for n in range(at - 1, max(at - _ASIDE_TOKENS, 0), -1) if line.text(n) == ","), None)
    if begin is None or line.low(begin + 1) not in _ARTICLES or at - begin < 5:
        return False
    told = any(begin < f.first < at for f in line.found("trigger"))
    return not told and line.text(begin - 1)[:1].isupper()


_PLACE_LEADS = frozenset(["off", "in", "at", "near"])
_PLACE_FILLS = _PLACE_LEADS | {"on", "and", "then", "the", "still", "last", ",", "early", "late"}


def place_aside(scene: Scene, begin: int) -> tuple[int, int] | None:
    """The commas of an aside behind ships that holds only places, each with its day: "HMS Kent, off Crete on Monday, is in Rota"."""
    line = scene.line
    if line.text(begin) != "," or line.low(begin + 1) not in _PLACE_LEADS:
        return None
    held = {n for p in scene.places if p.entry for n in range(p.first, p.last)}
    days = {n for d in scene.dates for n in range(line.at_offset(d.start), line.at_offset(d.end - 1) + 1)}
    close = begin + 1
    while close in held or close in days or (line.low(close) in _PLACE_FILLS and (line.text(close) != "," or line.low(close + 1) in _ASIDE_ON)):
        close += 1
    inside = set(range(begin, close))
    ended = line.text(close) == "," and close - 1 in days
    return (begin, close) if ended and inside & held and min(inside & held) < min(inside & days) else None


_ASIDE_ON = _PLACE_LEADS | {"and", "then"}


def _in_place_aside(scene: Scene, trigger: Trigger, at: int) -> bool:
    """Whether a day in front of a verb is that of a place in an aside: "HMS Kent, off Crete on Monday, is in Rota"."""
    spans = (place_aside(scene, g.last) for g in scene.groups if g.last < at)
    return any(s is not None and s[0] < at < s[1] <= trigger.chain for s in spans)


def _in_having(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day stands in an aside of "having" right in front of a verb: "HMS Kent, having been in Haifa on Monday, passed the canal"."""
    opened = next((n for n in range(at - 1, max(at - _ASIDE_TOKENS, -1), -1) if line.text(n) == ","), None)
    if opened is None or line.low(opened + 1) != "having" or line.text(trigger.chain - 1) != ",":
        return False
    return "," not in line.lows[at : trigger.chain - 1]


_TILL = frozenset(["until", "till", "since"])
_OFFICE_TOKENS = 9


def _in_office(line: Line, mention: DateMention, at: int) -> bool:
    """Whether a day only tells how long a ship has been what an aside says: "Gökçeada, flagship of the group until June, called at Haifa"."""
    first, last = at - (line.low(at) not in _TILL), line.at_offset(mention.end - 1) + 1
    if line.low(first) not in _TILL or line.text(last) != ",":
        return False
    begin = next((n for n in range(first - 1, max(first - _OFFICE_TOKENS, 0), -1) if line.text(n) == ","), None)
    opener = line.low(begin + 1) if begin is not None else ""
    named = opener in ("flagship", "part", "home", "leader", "lead") or (opener in ("a", "an", "the", "its", "her") and first - (begin or 0) > 2)
    return named and not any(line.starting("trigger", n) for n in range((begin or 0) + 1, first))


_FRONT = 2
_UNTIL = frozenset(["until", "till"])


def _shut_off(line: Line, trigger: Trigger, mention: DateMention) -> bool:
    """Whether a clause opens between a day and a verb: "came in on Monday, hours before the carrier is due to call"."""
    at = line.at_offset(mention.start)
    inside = trigger.reach[0] > 0 and at >= trigger.reach[0]
    set_in = line.text(trigger.chain - 1) == "," and _last_of(line, mention) == trigger.chain - 2  # "and, in mid-September, cleared the strait"
    if (
        inside
        and not set_in
        and line.low(0) in ("since", "after", "before", "following", "having", "despite")
        and "," in line.lows[at : trigger.chain]
    ):
        return True  # "Since her departure from Brest in early March, the Dixmude has crossed …"
    if not inside and _UNTIL.intersection(line.lows[_last_of(line, mention) + 1 : trigger.chain]) and trigger.form == "past":
        return True  # "Not since June had a carrier called there, until the Nimitz came in"
    apart = max((n for n in range(at) if line.text(n) == ";"), default=-1)  # "…; on Thursday it was the tanker's turn: she sailed"
    if (
        ":" in line.lows[at : trigger.chain]
        and at > _FRONT
        and any(apart < f.first and f.last <= at and any(not rule.seen for rule, _ in f.data) for f in line.found("trigger"))
    ):
        return True  # "made port on Thursday after her longest dive: she was under for 21 days"
    if ";" in line.lows[at : trigger.chain]:
        return at > _FRONT or trigger.form != "past"  # "In June A operated off Taiwan; B cruised off Hainan"
    if not inside or _OPENERS.isdisjoint(line.words):
        return False
    opener = next((n for n in range(_last_of(line, mention) + 1, trigger.chain) if line.low(n) in _OPENERS), None)
    if opener is not None and _meanwhile(line, trigger, opener):
        return False
    of_that_day = (
        opener is not None and line.low(opener) == "when" and opener - line.at_offset(mention.end) <= 2
    )  # "since Saturday, when she first …"
    return opener is not None and not of_that_day


def _meanwhile(line: Line, trigger: Trigger, opener: int) -> bool:
    """Whether a clause tells what its subject was doing then: "was boarded on Monday while she was sailing off Aden"."""
    doing = trigger.form in ("ing", "state") and not {"was", "were"}.isdisjoint(line.lows[trigger.chain : trigger.first])
    told = line.low(opener + 1) in ("it", "she", "they") and opener + 2 >= trigger.chain
    the_ship = line.low(opener + 1) == "the" and opener + 3 >= trigger.chain  # "went on board last week, while the ship was alongside in Pemba"
    return doing and line.low(opener) in ("while", "when") and (told or the_ship)


_SINCE_TOKENS = 9


def aside_since(line: Line, mention: DateMention) -> tuple[int, int] | None:
    """The commas of an aside that says since when ships have been in a place: "HMS Kent, in Toulon since Friday, is to sail"."""
    at = line.at_offset(mention.start)
    since = at if line.low(at) == "since" else at - 1
    close = line.at_offset(mention.end - 1) + 1
    if line.low(since) != "since" or line.text(close) != ",":
        return None
    begin = next((n for n in range(since - 1, max(since - _SINCE_TOKENS, 0), -1) if not line.text(n).isalnum() and line.text(n) not in "-'’"), None)
    if begin is None or line.text(begin) != "," or line.starting("preposition", begin + 1) is None:
        return None
    placed = line.low(since - 1) in _PARTS_OF_LANDS or any(begin < f.first < since and f.last == since for f in line.found("place"))
    return (begin, close) if placed else None


_PARTS_OF_LANDS = frozenset(["waters", "coast", "shores"])


_RELATIVES = frozenset(["which", "who", "whom", "whose", "that"])


def _in_relative(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day stands in an aside of "which" or "who": "Kirch, which she relieved last week, is back in …"."""
    if line.words.isdisjoint(_RELATIVES) or "," not in line.words:
        return False
    opened = next((n for n in range(at - 1, max(at - 14, 0), -1) if line.low(n) in _RELATIVES or line.text(n) == ","), None)
    if opened is None or line.text(opened) == "," or "," not in line.texts[max(opened - 4, 0) : opened]:
        return False
    return any(line.text(n) == "," for n in range(at + 1, trigger.chain))


_DASHES = frozenset(["–", "—", "(", ")"])


def _in_dashes(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether dashes shut a day off with a verb of its own: "The destroyer – which returned on Friday after two months – had sailed from Crete"."""
    if _DASHES.isdisjoint(line.texts):
        return False
    close = next((n for n in range(at + 1, trigger.chain) if line.text(n) in _DASHES), None)
    opened = next((n for n in range(at - 1, 0, -1) if line.text(n) in _DASHES), None)
    return close is not None and opened is not None and any(opened < f.first < close for f in line.found("trigger"))


def _in_brackets(line: Line, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether a day is that of an aside of place in front of a verb: "HMS Kent (in Malta until Monday) is now off Crete"."""
    close = line.text(line.at_offset(mention.end - 1) + 1)
    if close not in (")", ","):
        return False
    opened = next((n for n in range(at - 1, max(at - _RESTRICTIVE_TOKENS, -1), -1) if line.text(n) in ("(", ",")), None)
    if opened is None or (line.text(opened) == "(") != (close == ")"):
        return False
    if close == ")":
        return any(opened < f.first < at for kind in ("place", "trigger") for f in line.found(kind))
    told = any(opened + 1 < f.first and f.last <= at for f in line.found("place"))
    until = not {"until", "till"}.isdisjoint(line.lows[at - 1 : at + 1])
    return until and told and line.starting("preposition", opened + 1) is not None and opened > 0


_RESTRICTIVE_TOKENS = 14


def _in_restrictive(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day is that of a clause which says which ships are meant: "Of the five that came out of Kiel in May, four remain"."""
    opened = next((n for n in range(at - 1, max(at - _RESTRICTIVE_TOKENS, 0), -1) if line.low(n) in ("that", "which", "who")), None)
    if opened is None or not line.text(opened - 1).isalnum() or line.starting("type", opened - 1) is None:
        return False
    acts = any(opened < f.first <= opened + 3 and f.first < at for f in line.found("trigger"))
    return acts and not any(line.text(n) in (",", ";") for n in range(opened, at))


def _since_of_first(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether "since" dates the first of two verbs alone: "has been off Crete since Tuesday, and has given Malta as her destination"."""
    since = "since" in (line.low(at), line.low(at - 1))
    joined = line.low(trigger.chain - 1) == "and" or {"and", "has"} <= set(line.lows[at : trigger.first])
    return since and joined and any(f.last <= at for f in line.found("trigger"))


_ENDS = frozenset([".", ",", ";", "", "and", "but", ")"])
_LATER = frozenset(["later", "afterwards", "afterward", "subsequently", "eventually"])


def _is_later(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether "and later" parts a verb from the day of the verb before: "was off Hawaii in July and later called at Busan"."""
    if _LATER.isdisjoint(line.words):
        return False
    behind = any(low in _LATER and line.low(trigger.last + n + 1) in _ENDS for n, low in enumerate(line.lows[trigger.last : trigger.reach[1]]))
    if not behind and _LATER.isdisjoint(line.lows[max(trigger.chain - 1, 0) : trigger.first]):
        return False  # neither "later called at Busan" nor "called at Busan afterwards"
    joint = next((n for n in range(trigger.first - 1, max(trigger.first - 5, 0), -1) if line.low(n) in ("and", "but", ",")), None)
    return joint is not None and at < joint and any(f.first < joint for f in line.found("trigger"))


def _in_when(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day closes an aside of "when" between a ship and her verb: "The frigate Kent, when she came in 2023, docked at Haifa"."""
    if line.text(trigger.chain - 1) != ",":
        return False
    opened = next((n for n in range(at - 1, max(at - _ASIDE_TOKENS, 0), -1) if line.low(n) == "when"), None)
    return opened is not None and line.text(opened - 1) == "," and "," not in line.lows[opened : trigger.chain - 1]


def _coordinated(scene: Scene, trigger: Trigger, at: int) -> bool:
    """Whether an "and" or "but" parts a verb of another tense from the day, which stands behind the verb before."""
    line = scene.line
    if line.low(at - 1 - (line.low(at - 1) == "on")) == "and" and any(
        at < g.first <= at + _OPENED_TOKENS and g.last <= trigger.chain for g in scene.groups
    ):
        return False  # "…, and the day before that USS Nimitz, a carrier, put in at Busan"
    if _in_when(line, trigger, at):
        return False
    if trigger.reach[0] > 0 and at >= trigger.reach[0] and _new_subject(scene, trigger, at):
        return True
    if at >= trigger.reach[0] and not _EARLIER.isdisjoint(line.lows[:2]) and _led_in(scene, trigger, at):
        return True
    if line.text(trigger.chain - 1) == "," and any(line.text(n) == "," and line.low(n - 1) in ("and", "then", "but") for n in range(at - 3, at)):
        return False  # "…, and, in May, transited the canal": the day is set in before its verb
    if trigger.rule.attributes and line.text(trigger.chain - 1) == ",":
        return False  # "The first sighting on Sunday, Dec. 8, put her off Zambales"
    helped = any(line.low(n) in line.doc.lexicon.sets["auxiliaries"] for n in range(trigger.chain, trigger.first))
    bare = trigger.form == "past" and not helped  # "concluded a visit on 10 December and sailed": one day for both
    return (
        at >= trigger.reach[0]
        and (
            (line.low(trigger.chain - 1) in ("and", "but", "then") and not bare)
            or ((bare or trigger.form == "base") and line.text(trigger.chain - 1) == ",")
        )
        and at < trigger.chain - 1
    )


def of_stay_before(line: Line, trigger: Trigger, mention: DateMention) -> bool:
    """Whether the first and the last day of a stay are told in front of what was done elsewhere: "was in Oran from 3 to 6 May and is off Bari"."""
    day = mention.interval
    if (
        day is None
        or mention.bare
        or day.start == day.end
        or day.precision is not Precision.RANGE
        or line.low(trigger.chain - 1) not in ("and", "then")
    ):
        return False
    told = line.doc.low[mention.start : mention.end]
    at = line.at_offset(mention.start)
    return mention.kind == "absolute" and sum(c.isdigit() for c in told) > 1 and at > 1 and any(at - f.last >= 0 for f in line.found("trigger"))


_ELSEWHERE = frozenset({EventKind.AT_SEA, EventKind.ARRIVAL, EventKind.TRANSIT, EventKind.UNDERWAY})
_OPENED_TOKENS = 6
_EARLIER = frozenset(["after", "before", "since", "having"])


def _led_in(scene: Scene, trigger: Trigger, at: int) -> bool:
    """Whether a day closes the phrase that opens a sentence: "After leaving Toulon on Monday the frigate Aconit worked up off Hyères"."""
    line = scene.line
    subject = next((g for g in scene.groups if g.first > at and 0 <= trigger.chain - g.last <= 1), None)
    closed = before_phrase(line, subject.first) + 1 if subject else 0
    return any(line.at_offset(d.start) == at and line.at_offset(d.end - 1) + 1 == closed for d in scene.dates)


def _new_subject(scene: Scene, trigger: Trigger, at: int) -> bool:
    """Whether "and" brings a new subject between a day and a verb: "pulled into Sydney on Friday and USS Green Bay is in Brisbane"."""
    groups = [g for g in scene.groups if at < g.first and g.last <= trigger.chain and trigger.chain - g.last <= 3]
    fronts = [before_phrase(scene.line, g.first) for g in groups]
    fronts = [_before_place(scene, n) for n in fronts]
    return any(scene.line.low(n) in ("and", "but", "while", "whereas") and not _meanwhile(scene.line, trigger, n) for n in fronts)


def _before_place(scene: Scene, front: int) -> int:
    """The token in front of the place that leads up to a phrase: "and" of "…, and in the Red Sea the Pechenga refuelled her"."""
    line = scene.line
    at = next((p.first - 1 for p in scene.places if p.first <= front < p.last), front)
    at -= at != front and line.low(at) == "the"
    return at - (line.starting("preposition", at) is not None)


def _in_aside(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day stands in an aside with a verb of its own between the subject and the verb."""
    begin = trigger.reach[0] - 1
    opened = next((n + 1 for n in range(begin - 1, max(begin - 6, 0), -1) if line.low(n) == ","), None)
    if opened is None or not begin < at or line.low(trigger.chain - 1) != "," or "," in line.lows[begin:at]:
        return False
    word = line.low(opened)
    done = word.endswith(("ed", "ing", "en")) or word in line.doc.lexicon.sets["done_to"]  # ", sent to the Gulf last month, have reached …"
    return word in ("which", "who", "last", "first", "having", "once") or (done and word != "when")


_DATE_TOKENS = 5


def _opens_next(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a date opens the clause behind a trigger's own: "came into Singapore, and on July 24 A reached …"."""
    before = at - 1 if line.low(at - 1) in ("on", "in", "by", "at", "from") else at
    before = (
        at - 2 if line.lows[at - 2 : at] in (["not", "until"], ["not", "before"]) else before
    )  # "left in June, and not until May is she due home"
    if line.text(before - 1) == "," and before - trigger.last > 1 and _dated_in_turn(line, at):
        return True
    joint = before - 2 if line.text(before - 1) == "," and trigger.reach[1] - at <= _DATE_TOKENS else before - 1
    return line.low(joint) == "and" and trigger.reach[1] < line.size and before - trigger.last > 1


_TURN_TOKENS = 9


def _dated_in_turn(line: Line, at: int) -> bool:
    """Whether each clause opens with its day: "On 19 May the frigate left Rota, on 21 May she passed the strait and on 24 May …"."""
    if line.low(0) not in ("on", "by") or not (
        line.low(1).isdecimal() or line.low(1) in line.doc.lexicon.months or line.low(1) in line.doc.lexicon.weekdays
    ):
        return False
    verb = next((f.first for f in line.found("trigger") if at < f.first <= at + _TURN_TOKENS), None)
    return verb is not None and {",", "and"}.isdisjoint(line.lows[at:verb]) and verb - at > 2


_JOINS = frozenset(["and", "but", "while", "though", "although", "whereas"])
_CLAUSE_TOKENS = 9


def _in_next_clause(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a new clause with a verb of its own stands between a verb and a day: "is in Rota, and her captain was relieved in November"."""
    if _JOINS.isdisjoint(line.words):
        return False
    finite, words = line.doc.lexicon.sets["finite"], line.lows[trigger.last : at]
    if any(a in _JOINS and b in ("it", "she", "they") for a, b in pairwise(words)):
        return True  # "stopped in Muscat, and it ended its cruise with a visit to Haifa from 1 to 5 December"
    if finite.isdisjoint(words):
        return False
    joint = next((n for n in range(at - 1, trigger.last, -1) if line.low(n) in _JOINS), None)
    if joint is None:
        return False
    verb = next((n for n in range(joint + 2, min(joint + _CLAUSE_TOKENS, at)) if line.low(n) in finite), None)
    return verb is not None and not any(line.text(n) == "," or line.low(n) in ("which", "that", "who") for n in range(joint + 1, verb))
