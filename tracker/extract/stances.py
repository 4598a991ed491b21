"""Stage 5, how firmly a clause tells its act: planned, denied, counted on, kept from happening, said by somebody."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from tracker.domain.kinds import EventKind, Modality
from tracker.extract.foretold import foretold
from tracker.extract.groups import before_phrase
from tracker.extract.line import Found, Line
from tracker.extract.marked_nouns import marked_noun
from tracker.extract.modality import Stance, came_to_nothing, is_cause, stance
from tracker.extract.scene import Group
from tracker.extract.verbs import Trigger
from tracker.gazetteer.lexicon import Lexicon

_DENYING = frozenset(["no", "neither", "none"])


def stance_of(line: Line, trigger: Trigger, actors: Group | None) -> Stance:
    """How firmly a clause tells the act of its trigger; `actors`: whom it tells of."""
    told = _of_the_words(line, trigger) or _denied_outright(line, trigger, actors)
    if told:
        return told
    if trigger.rule.id == "way.state" and (plan := _of_departure(line, trigger)) is not None:
        return plan
    taken = stance(line, trigger.chain, trigger.first, trigger.last, (trigger.reach[0], max(trigger.reach[1], trigger.last)))
    if taken.modality in (Modality.ASSERTED, Modality.PLANNED) and (guess := _must_be(line, trigger)):
        return guess
    if taken.modality is Modality.PLANNED and line.low(trigger.chain) in _HAVE and "already" in line.lows[trigger.chain : trigger.first]:
        return Stance(Modality.ASSERTED)  # "According to the itinerary, she has already visited Balboa"
    if (
        taken.modality in (Modality.ASSERTED, Modality.REPORTED)
        and actors
        and "or" in line.words
        and (either := _one_of_them(line, actors)) is not None
    ):
        return Stance(Modality.POSSIBLE, line.text(either))
    taken, settled = _of_helpers(line, trigger, actors, taken)
    if settled:
        return taken
    if trigger.rule.nominal or trigger.rule.id == "transit.state":
        taken, settled = _of_noun(line, trigger, taken)
    return foretold(line, trigger, taken if settled else _as_said(line, trigger, actors, taken))


_FIRM = frozenset([Modality.ASSERTED, Modality.REPORTED])


def _one_of_them(line: Line, actors: Group) -> int | None:
    """The "or" between ships of which only one did what is told: "Either HMS Kent or HMS Argyll passed the strait"."""
    spans = [(line.at_start(begin), line.at_offset(end - 1) + 1) for begin, end in sorted(set(actors.spans))]
    if len(actors.vessels) > 1:
        return next((n for (_, end), (begin, _) in pairwise(spans) for n in range(end, begin) if line.low(n) == "or"), None)
    at = before_phrase(line, actors.first)
    if line.low(at) == "either" or (line.low(actors.last) == "or" and line.text(actors.last + 1)[:1].isupper()):
        return at if line.low(at) == "either" else actors.last
    named = any(line.ending(kind, at) for kind in ("vessel", "type")) or (at > 1 and line.text(at - 1)[:1].isupper())
    return at if line.low(at) == "or" and named else None


_HAVE = frozenset(["has", "have", "had"])
_OFF_TOKENS, _NEXT = 6, frozenset(["and", "but", "then", "is", "was", "are"])


def _of_departure(line: Line, trigger: Trigger) -> Stance | None:
    """The plan that a way shares with the departure right in front of it: "will depart on Tuesday on its way to Singapore"."""
    if trigger.chain != trigger.first:
        return None
    for found in line.found("trigger"):
        goes = any(rule.kind is EventKind.DEPARTURE and form == "base" for rule, form in found.data)
        gap = line.lows[found.last : trigger.first]
        if goes and found.last <= trigger.first and len(gap) <= _OFF_TOKENS and all(w.isalnum() and w not in _NEXT for w in gap):
            ahead = [h for h in line.found("hedge") if h.last == found.first and h.data.modality == "planned"]
            return Stance(Modality.PLANNED, line.told(ahead[-1].first, ahead[-1].last)) if ahead else None
    return None


def _of_the_words(line: Line, trigger: Trigger) -> Stance | None:
    """What the words of movement tell of themselves: "is due in Kiel" is a plan, "is absent from" a denial, "To sail today: …" a plan."""
    if trigger.rule.plans:
        if (against := _not_counted_on(line, trigger)) is not None:
            return Stance(Modality.NEGATED, line.text(against))
        off = next((h for h in line.found("hedge") if h.data.id == "called-off" and h.first >= trigger.last), None)
        return Stance(Modality.NEGATED, line.told(off.first, off.last)) if off else Stance(Modality.PLANNED, line.told(trigger.first, trigger.last))
    if trigger.rule.nominal and line.low(trigger.first - 1) == "the" and line.low(trigger.first - 2) in _LETS:
        return Stance(Modality.PLANNED, line.text(trigger.first - 2))  # "authorised the docking of two frigates in Rio"
    if line.low(trigger.first) == "not" and line.low(trigger.first + 1) == "long":
        return Stance(Modality.ASSERTED)  # "both of them not long out of the Mediterranean"
    if trigger.rule.denies or line.low(trigger.last) == "neither":
        return Stance(Modality.NEGATED, line.told(trigger.first, trigger.last))  # "was seen neither in Oran nor in Tunis"
    if trigger.form == "pres" and trigger.chain <= _NOT_IN_TOKENS and line.low(0) in _ONCE and "will" in line.lows[trigger.last :]:
        return Stance(Modality.PLANNED, line.text(0))  # "Once the frigate arrives in Arica, she will take on fuel"
    if trigger.form == "pres" and not trigger.rule.copula and "while" in line.words and (ahead := _while_others_will(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.text(ahead))  # "HMS Kent will proceed to Malta, while HMS Tyne visits Bari"
    if trigger.chain < trigger.first and (later := _not_before(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.text(later))  # "will not leave Lisbon before Friday"
    if trigger.rule.nominal and (until := _is_to_last(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.text(until))  # "The stay in Chittagong is to last until Tuesday"
    if trigger.rule.seen and "empty" in line.words and (empty := _shown_empty(line, trigger)) is not None:
        return Stance(Modality.NEGATED, line.text(empty))  # "An image shows the berth of the frigate empty"
    if (yet := _still_to_make(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.text(yet))  # "has a port call in Constanta to make"
    if trigger.rule.seen and line.low(trigger.first) == "noted" and line.text(trigger.first - 1) == ",":
        return Stance(Modality.REPORTED, line.text(trigger.first))  # "In Sevastopol, noted the ISW, were four ships"
    if trigger.form == "ing" and (told := _has_her_leaving(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.text(told))  # "The port's list has the frigate leaving on Friday"
    if line.low(trigger.first - 1) == "once" and "will" in line.words and trigger.form in ("state", "past", "part"):
        return Stance(Modality.PLANNED, "once")  # "will undergo maintenance once back in Rota"
    base = trigger.form == "base" or line.low(trigger.first) in _MAY_BE_NOUN
    if base and trigger.chain == trigger.first and (denied := _shares_denial(line, trigger.first)) is not None:
        return Stance(Modality.NEGATED, line.text(denied))
    if trigger.chain == 0 and line.low(0) == "to" and not (trigger.rule.seen and trigger.passive):  # "To be seen off Malta is the frigate"
        return Stance(Modality.PLANNED, line.text(0))  # "To sail from Pearl Harbor today: …"
    return None


def _plans_off(line: Line, trigger: Trigger, actors: Group) -> int | None:
    """The word that there are no plans for an act, or none any more: "no plans for HMS Kent to leave", "Plans for her to leave were dropped"."""
    if line.low(actors.first - 3) in ("no", "any", "dropped", "scrapped", "cancelled", "shelved", "abandoned"):
        return actors.first - 3
    sets = line.doc.lexicon.sets
    off = sets["noun_denied"] | sets["noun_called_off"]
    return next((n for n in range(trigger.last, line.size) if line.low(n) in off and (line.low(n - 1) in sets["be"])), None)


def _shown_empty(line: Line, trigger: Trigger) -> int | None:
    """The word that ends a clause in which a picture shows the berth of ships without them."""
    at = next((n for n in line.where({"empty"}) if n >= trigger.last), None)
    berthed = at is not None and not line.doc.lexicon.sets["berths"].isdisjoint(line.lows[trigger.last : at])
    return at if berthed and at is not None and not line.text(at + 1).isalpha() else None


_LETS = frozenset(["authorised", "authorized", "authorises", "authorizes", "approved", "approves", "cleared", "permitted", "permits", "allowed"])
_NOT, _STILL_TO_COME = frozenset(["not", "n't", "t"]), frozenset(["will", "wo", "won", "would", "can", "ca", "cannot", "to", "shall"])
_NO_SOONER = frozenset(["before", "until", "till"])
_DENIED_TOO = frozenset([",", "and", "but", ";"])


def _not_before(line: Line, trigger: Trigger) -> int | None:
    """The "before" of an act that is put off to a day: "will not leave Lisbon before Friday", "is not to sail until the 5th"."""
    helpers = line.lows[trigger.chain : trigger.first]
    if trigger.rule.nominal or _STILL_TO_COME.isdisjoint(helpers) or (_NOT.isdisjoint(helpers) and "cannot" not in helpers):
        return None
    at = next((n for n in range(trigger.last, line.size) if line.low(n) in _NO_SOONER), None)
    if at is None or not _DENIED_TOO.isdisjoint(line.lows[trigger.last : at]) or "would" in helpers:
        return None
    lexicon, behind = line.doc.lexicon, line.lows[at + 1 : at + 4]
    dated = any(w[:1].isdigit() or w in lexicon.months or w in lexicon.weekdays for w in behind)
    return at if dated or line.starting("relative", at + 1) is not None else None


_LAST = (
    ("will", "last"),
    ("is", "to", "last"),
    ("are", "to", "last"),
    ("due", "to", "last"),
    ("will", "continue"),
    ("expected", "to", "last"),
    ("will", "end"),
    ("comes", "next"),
    ("come", "next"),
    ("comes", "last"),
    ("will", "follow"),
    ("is", "to", "follow"),
)
_ENDS_TOKENS = 12


def _is_to_last(line: Line, trigger: Trigger) -> int | None:
    """The word that says how long a stay told by a noun is still to go on: "The stay in Chittagong is to last until Tuesday"."""
    if trigger.rule.kind not in (EventKind.IN_PORT, EventKind.AT_SEA, EventKind.ARRIVAL) or line.words.isdisjoint(
        ("last", "continue", "end", "next", "follow")
    ):
        return None
    for n in range(trigger.last, min(trigger.last + _ENDS_TOKENS, line.size)):
        if any(line.lows[n : n + len(words)] == list(words) for words in _LAST):
            return n
        if line.text(n) in (",", ";"):
            return None
    return None


_MAKE_TOKENS = 8


def _still_to_make(line: Line, trigger: Trigger) -> int | None:
    """The word that says of a call that it is still to be made: "has a port call in Constanta to make", "still has a visit to Oran ahead of her"."""
    if trigger.rule.kind is not EventKind.ARRIVAL or line.low(trigger.chain) not in ("has", "have") or line.words.isdisjoint(("make", "ahead")):
        return None
    for n in range(trigger.last, min(trigger.last + _MAKE_TOKENS, line.size)):
        if line.lows[n : n + 2] in (["to", "make"], ["ahead", "of"]):
            return n
    return None


_LISTED_TOKENS = 12


def _has_her_leaving(line: Line, trigger: Trigger) -> int | None:
    """The word for a list or programme that has ships do something: "ANP's records have her leaving this Wednesday"."""
    if trigger.chain != trigger.first or line.words.isdisjoint(line.doc.lexicon.sets["foreseers"]):
        return None
    has = next(
        (n for n in range(trigger.chain - 1, max(trigger.chain - _LISTED_TOKENS, 0), -1) if line.low(n) in ("has", "have", "show", "shows")), None
    )
    if has is None or not _DENIED_TOO.isdisjoint(line.lows[has : trigger.chain]):
        return None
    return next((n for n in range(has - 1, max(has - 4, -1), -1) if line.low(n) in line.doc.lexicon.sets["foreseers"]), None)


_WHILE_TOKENS = 6


def _while_others_will(line: Line, trigger: Trigger) -> int | None:
    """The word by which what ships do is as much to come as what others will do: "she will call at Malta, while HMS Tyne visits Bari"."""
    since = next((n for n in range(trigger.chain - 1, max(trigger.chain - _WHILE_TOKENS, 1), -1) if line.low(n) == "while"), None)
    opened = since is not None and line.text(since - 1) == ","
    return next((n for n in range(since - 1, -1, -1) if line.low(n) == "will"), None) if opened and since is not None else None


def _denied_outright(line: Line, trigger: Trigger, actors: Group | None) -> Stance | None:
    """A denial that stands apart from the verb: what was prevented or should have been, what nobody saw, what none of them did."""
    if not _REFUSED.isdisjoint(line.words) and trigger.form == "base" and (refused := _request_refused(line, trigger)) is not None:
        return Stance(Modality.NEGATED, line.text(refused))
    if _denial_words(line.doc.lexicon).isdisjoint(line.words):
        return None
    if (kept := _prevented_by(line, trigger, actors)) is not None:
        return Stance(Modality.NEGATED, line.text(kept))
    if (missed := _should_have_seen(line, trigger)) is not None:
        return Stance(Modality.NEGATED, line.told(missed, missed + 2))
    if (none := _no_act(line, trigger)) is not None:
        return Stance(Modality.NEGATED, line.text(none))
    if trigger.rule.seen and not trigger.passive and (nobody := _seen_by_nobody(line, trigger)) is not None:
        return Stance(Modality.NEGATED, line.text(nobody))
    if trigger.rule.seen and trigger.passive and line.low(trigger.chain - 1) == "nothing":
        return Stance(Modality.NEGATED, line.text(trigger.chain - 1))  # "Of the frigate nothing was to be seen in Tartus"
    if line.low(0) == "not" and line.low(1) in ("in", "at", "off", "among") and trigger.chain <= _NOT_IN_TOKENS:
        return Stance(Modality.NEGATED, line.text(0))  # "Not in Tartus on Monday was the frigate"
    if actors is None:
        return None
    if line.low(actors.first - 1) == "for" and line.low(actors.first - 2) in _PLANS and (off := _plans_off(line, trigger, actors)) is not None:
        return Stance(Modality.NEGATED, line.text(off))
    if trigger.form in ("past", "part") and line.low(deny := before_phrase(line, actors.first)) in _DENIES and actors.last == trigger.chain:
        return Stance(Modality.NEGATED, line.text(deny))  # "The ministry denies HMS Kent left Tartus"
    if (unseen := _not_shown(line, actors)) is not None:
        return Stance(Modality.NEGATED, line.text(unseen))
    if trigger.form in ("past", "part", "state", "ing", "base") and (nobody := _seen_so_by_nobody(line, trigger, actors)) is not None:
        return Stance(Modality.NEGATED, line.text(nobody))
    if line.low(trigger.chain - 1) in ("which", "whom") and line.low(trigger.chain - 2) == "of" and line.low(trigger.chain - 3) in _DENYING:
        return Stance(Modality.NEGATED, line.text(trigger.chain - 3))  # "the frigates A and B, neither of which has left Toulon"
    denied = _denied_by(line, actors) if actors.first >= trigger.reach[0] else None
    if denied is None or _is_added_of(line, trigger, actors) or line.low(actors.first + 1) in ("fewer", "less", "more"):
        return None
    return Stance(Modality.NEGATED, line.text(denied))


_REFUSED = frozenset(["turned", "refused", "refuses", "declined", "declines", "denied", "denies", "rejected", "rejects"])
_ASKED, _REFUSED_TOKENS = frozenset(["request", "requests", "permission", "clearance", "leave", "application"]), 14


def _request_refused(line: Line, trigger: Trigger) -> int | None:
    """The word that tells how a request for an act was met: "declined Iran's request for the frigate to dock in Rio"."""
    if line.low(trigger.chain) != "to" and line.low(trigger.chain) not in _ASKED:
        return None
    near = range(trigger.chain - (line.low(trigger.chain) == "to"), max(trigger.chain - _REFUSED_TOKENS, -1), -1)
    asked = next((n for n in near if line.low(n) in _ASKED), None)
    if asked is None or "," in line.lows[asked : trigger.chain]:
        return None
    front = range(asked - 1, max(asked - _REFUSED_TOKENS, -1), -1)
    return next(
        (n for n in front if line.low(n) in _REFUSED and line.low(n + 1) != "to" and (line.low(n) != "turned" or line.low(n + 1) == "down")), None
    )


_MAY_BE_NOUN = frozenset(["call", "stop", "dock", "visit", "return", "transit", "anchor", "moor"])
_SHARED_TOKENS = 16
_HELPERS = frozenset(["will", "would", "did", "does", "do", "can", "could", "may", "might", "shall", "should", "wo", "ca"])


def _shares_denial(line: Line, at: int) -> int | None:
    """The "not" that a verb shares with the one in front of "and" or "or": "will not go into the Red Sea and cross the Suez Canal"."""
    if line.low(at - 1) not in ("and", "or", "nor") or line.words.isdisjoint(("not", "n't")):
        return None
    denied = next((n for n in range(at - 2, max(at - _SHARED_TOKENS, 0), -1) if line.low(n) in ("not", "n't")), None)
    if denied is None or line.low(denied - 1) not in _HELPERS or line.low(denied + 1) == "only":
        return None
    return denied if {",", ";", "but", "and", "or", "until", "before"}.isdisjoint(line.lows[denied : at - 1]) else None


_NOT_IN_TOKENS = 6
_ONCE = frozenset(["once", "when", "as"])
_DENIES = frozenset(["denies", "denied", "deny", "denying"])
_SHOWS = frozenset(["show", "reveal", "have", "contain", "feature", "shows", "showed", "showing"])


@lru_cache(maxsize=4)
def _denial_words(lexicon: Lexicon) -> frozenset[str]:
    """The words of which a sentence with a denial apart from its verb holds one: most sentences hold none."""
    return lexicon.sets["prevents"] | _DENYING | _NOBODY | _DENIES | _PLANS | {"should", "no", "nobody", "nothing", "not", "n't", "never"}


def _not_shown(line: Line, actors: Group) -> int | None:
    """The "not" of pictures that don't show ships: "Pictures of Monday do not show the frigate in Tartus"."""
    at = before_phrase(line, actors.first)
    return at - 1 if line.low(at) in _SHOWS and line.low(at - 1) in ("not", "n't", "never", "longer") else None


def _of_others_helpers(line: Line, trigger: Trigger, actors: Group | None, *, asserted: bool) -> Stance | None:
    """The stance that another verb's helper, or how long something took, settles: "will see the frigate at sea", "took six days to reach Malta"."""
    if trigger.form == "base" and not _TOOK.isdisjoint(line.words) and _took_so_long(line, trigger):
        return Stance(Modality.ASSERTED)
    if asserted and trigger.form == "state" and actors and (helper := _will_see(line, trigger, actors)) is not None:
        return Stance(Modality.PLANNED, line.text(helper))
    if asserted and trigger.form == "base" and actors and (helper := _to_be_watched(line, actors)) is not None:
        return Stance(Modality.PLANNED, line.text(helper))
    if asserted and "where" in line.words and (lifted := _where_it_may_be(line, trigger)):
        return lifted
    if trigger.form in ("ing", "past") and not _BACK.isdisjoint(line.words) and (back := _turned_back(line, trigger)) is not None:
        return Stance(Modality.NEGATED, line.text(back))
    return None


def _of_helpers(line: Line, trigger: Trigger, actors: Group | None, taken: Stance) -> tuple[Stance, bool]:
    """The stance by the helpers that a verb shares or that stand apart from it, and whether that settles it."""
    asserted = taken.modality is Modality.ASSERTED
    if settled := _of_others_helpers(line, trigger, actors, asserted=asserted):
        return settled, True
    inverts = trigger.form == "base" or (trigger.form in ("part", "past", "pres", "state") and not line.words.isdisjoint(_OPENS_DENIAL))
    if inverts and (denied := _denied_in_front(line, trigger, actors)) is not None:
        return Stance(Modality.NEGATED, line.text(denied)), True
    if trigger.form == "base" and actors and line.low(actors.first - 1) in ("will", "would") and asserted:
        return Stance(Modality.PLANNED, line.text(actors.first - 1)), True  # "Not until Friday will the frigate sail"
    if trigger.form == "base" and asserted and left_for_call(line, trigger):
        return Stance(Modality.PLANNED, "to"), True
    if asserted and (ahead := _along_the_way(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.text(ahead)), True  # "will sail 9,000 miles, calling at Colombo"
    if asserted and trigger.form == "state" and trigger.rule.kind is EventKind.UNDERWAY and (ahead := _will_on_way(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.text(ahead)), True  # "will soon join HMS Argyll on a voyage to Durban"
    if asserted and trigger.form == "ing" and (ahead := _after_which_will(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.text(ahead)), True  # "and, after meeting the tanker X off Cornwall, will head to Rota"
    if asserted and trigger.form == "ing" and trigger.chain == 1 and line.low(0) == "before" and (ahead := _main_will(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.text(ahead)), True  # "Before leaving Rota on Friday, she will take on stores"
    if asserted and trigger.form == "ing" and _before_it_does(line, trigger):
        return Stance(Modality.PLANNED, "before"), True  # "has docked in Lisbon before resuming her duties in the Caribbean"
    by = line.low(trigger.chain - 1) == "by" and (trigger.form == "ing" or line.low(trigger.first).endswith("ing"))
    told_so = taken.modality is Modality.REPORTED and not line.words.isdisjoint(_WILLS)
    if told_so and trigger.form in ("past", "part") and line.low(trigger.first) in _BASE_TOO and trigger.chain == trigger.first:
        taken = _would_too(line, trigger) or taken  # "said she would leave on Friday and put into Malta a week later"
    if (trigger.form == "base" or by or line.low(trigger.first) in ("be", "return")) and asserted:
        taken = _joined_to(line, trigger) or taken
    elif (
        trigger.form == "base"
        and taken.modality is Modality.REPORTED
        and line.low(trigger.chain - 1) != ","
        and (shared := _joined_to(line, trigger))
    ):
        taken = shared  # "is to call at Lisbon and then pass the canal, the embassy said"
    if asserted and "have" in line.words and (shared := _shares_perfect(line, trigger)) is not None:
        return shared, True
    if asserted and (shared := _shares_adverb(line, trigger) or _or_else(line, trigger)) is not None:
        return shared, True
    if asserted and trigger.form == "ing" and tuple(line.lows[max(trigger.chain - 2, 0) : trigger.chain]) in _AHEAD_OF_ACT:
        return Stance(Modality.PLANNED, line.told(trigger.chain - 2, trigger.chain)), True  # "in preparation for heading out on Tuesday"
    is_done = trigger.passive and line.low(trigger.chain) in ("is", "are")  # "before it is redeployed in October"
    present = is_done or (trigger.form == "pres" and line.low(trigger.first) not in _PAST_BE)  # but "stayed with her until they were off Crete"
    if {"should", "have"} <= set(line.lows[trigger.chain : trigger.first]) and line.low(trigger.chain - 1) in ("which", "that", "who"):
        return Stance(Modality.NEGATED, line.text(trigger.chain)), True  # "the frigate, which should have called at Malta, went on to Oran"
    if asserted and trigger.form in ("part", "past") and _once_done(line, trigger):
        return Stance(Modality.PLANNED, line.text(0)), True
    if asserted and actors and trigger.chain == trigger.first == actors.last and (demand := _demanded(line, trigger, actors)) is not None:
        return Stance(Modality.PLANNED, line.text(demand)), True
    not_yet = present and taken.modality is Modality.ASSERTED and not line.words.isdisjoint(_UNTIL_THEN)
    if not_yet and any(
        line.low(n) in _UNTIL_THEN and {",", ")"}.isdisjoint(line.lows[n : trigger.chain])
        for n in range(max(trigger.chain - _SEEING_TOKENS, trigger.reach[0]), trigger.chain)
    ):
        return Stance(Modality.PLANNED), True  # "Before July brings her back to Spain, …"
    if not is_done and present and asserted and "when" in line.words and (will := _when_then(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.told(will.first, will.last)), True
    if line.low(trigger.chain) == "to" and _is_counted_on(line, trigger, actors) and taken.modality is not Modality.NEGATED:
        return Stance(Modality.PLANNED, line.text(trigger.chain)), True
    return taken, False


_TOOK, _TOOK_TOKENS = frozenset(["took", "taken"]), 14


def _took_so_long(line: Line, trigger: Trigger) -> bool:
    """Whether it is told how long ships took for what they did: "It took a week for HMS Kent to cross the Atlantic"."""
    at = next((n for n in range(trigger.chain - 1, max(trigger.chain - _TOOK_TOKENS, -1), -1) if line.low(n) in _TOOK), None)
    if at is None or line.low(trigger.chain) != "to" or "," in line.lows[at : trigger.chain]:
        return False
    return not line.doc.lexicon.sets["voyage_spans"].isdisjoint(line.lows[at : trigger.chain]) and "for" in line.lows[at : trigger.chain]


_DURING = frozenset([";", ":", "which", "who", "whose", "that", "where", "while", "when", "after", "as", "but", "before", "until", "said"])
_ARE, _PAID_TOKENS = frozenset(["is", "are"]), 6
_LED_TO = frozenset({EventKind.ARRIVAL, EventKind.UNDERWAY})


def _along_the_way(line: Line, trigger: Trigger) -> int | None:
    """The helper that puts ahead what a participle behind a comma or "while" tells: "will be away for a month, making port calls at Muscat"."""
    if line.words.isdisjoint(_WILL | _ARE) or not (line.low(trigger.first).endswith("ing") or trigger.rule.kind in _LED_TO):
        return None
    near = range(trigger.chain, max(trigger.chain - _PAID_TOKENS, 1), -1)
    opened = next((n for n in near if line.low(n).endswith("ing") and (line.text(n - 1) == "," or line.low(n - 1) == "while")), None)
    if opened is None or line.low(opened) == "having" or "since" in line.lows[opened:]:
        return None
    for n in range(opened - 2, -1, -1):
        if line.low(n) in _DURING or (line.low(n).endswith("ed") and any(f.first == n for f in line.found("trigger"))):
            return None
        if line.low(n) in _WILL or (line.low(n) in _ARE and line.low(n + 1) == "to"):
            return n if line.low(n + 1) not in ("not", "n't") else None
    return None


def _will_on_way(line: Line, trigger: Trigger) -> int | None:
    """The helper in the same clause that puts ahead what ships do on a way: "will join HMS Argyll on a voyage to Durban"."""
    if "will" not in line.words:
        return None
    for n in range(trigger.chain - 1, max(trigger.chain - _ASIDE_TOKENS, -1), -1):
        if line.low(n) in _DURING or line.text(n) in (",", "(") or line.low(n) == "and":
            return None
        if line.low(n) == "will":
            return n
    return None


def _after_which_will(line: Line, trigger: Trigger) -> int | None:
    """The helper right behind an aside that puts ahead what the aside tells: ", after meeting the tanker X off Cornwall, will head to Rota"."""
    if line.low(trigger.chain - 1) not in ("after", "before") or line.text(trigger.chain - 2) != ",":
        return None
    closed = next((n for n in range(trigger.last, min(trigger.last + _ASIDE_TOKENS, line.size)) if line.text(n) == ","), None)
    return closed + 1 if closed is not None and line.low(closed + 1) in _WILL else None


_ASIDE_TOKENS = 12


def _main_will(line: Line, trigger: Trigger) -> int | None:
    """The "will" of the main clause behind the comma that closes the phrase at hand."""
    closed = next((n for n in range(trigger.last, line.size) if line.text(n) == ","), line.size)
    return next((n for n in range(closed, min(closed + _ASIDE_TOKENS, line.size)) if line.low(n) in _WILL), None)


def _before_it_does(line: Line, trigger: Trigger) -> bool:
    """Whether an undated participle behind "before" is still to come: what is told in front of it only has just been done."""
    if trigger.chain != trigger.first or line.low(trigger.chain - 1) != "before":
        return False
    front, behind = line.lows[trigger.reach[0] : trigger.chain], line.lows[trigger.last : trigger.reach[1] + 1]
    dated = any(low.isdecimal() or low in line.doc.lexicon.weekdays or low in line.doc.lexicon.months for low in (*front, *behind))
    done = _PAST_HELP.isdisjoint(front) and not _JUST_DONE.isdisjoint(line.lows[: trigger.chain])
    return done and not dated and "had" not in line.words


_JUST_DONE, _PAST_HELP = frozenset(["has", "have", "is", "are"]), frozenset(["was", "were", "had"])
_AHEAD_OF_ACT = (("preparation", "for"), ("readiness", "for"), ("ahead", "of"))


def _when_then(line: Line, trigger: Trigger) -> Found | None:
    """The plan that what "when" tells in the present belongs to: "is due to end her watch when the corvette leaves the Channel"."""
    at = next((n for n in range(trigger.chain - 1, max(trigger.chain - _WHERE_TOKENS, 0), -1) if line.low(n) == "when"), None)
    if at is None or at < trigger.reach[0] - 1:
        return None
    return next((h for h in line.found("hedge") if h.data.modality == "planned" and h.data.id == "will" and h.last < at), None)


_MAY, _WHERE_TOKENS = frozenset(["may", "might", "could", "should", "must"]), 14


def _where_it_may_be(line: Line, trigger: Trigger) -> Stance | None:
    """The helper of a place that "is where" ships do something: "Toulon should be where she is going", "Malta will be where they meet"."""
    at = next((n for n in range(trigger.chain - 1, max(trigger.chain - _WHERE_TOKENS, 0), -1) if line.low(n) == "where"), None)
    if at is None or line.low(at - 1) != "be":
        return None
    helper = at - 2 - (line.low(at - 2) in line.doc.lexicon.sets["adverbs"])
    if line.low(helper) in _MAY:
        return Stance(Modality.POSSIBLE, line.text(helper))
    return Stance(Modality.PLANNED, line.text(helper)) if line.low(helper) in ("will", "to", "would") else None


_CLAUSES = frozenset(["when", "where", "because", "which", "who"])


_PERFECT_TOKENS, _PERFECT_ENDS = 24, frozenset([",", ";", ":", "but", "which", "who", "that", "while", "before", "after"])


def _shares_perfect(line: Line, trigger: Trigger) -> Stance | None:
    """The guess that a participle shares with the one in front of "and": "may have left Kiel and passed the Sound", "and to have passed"."""
    opened = trigger.chain - 1
    helpers = line.lows[trigger.chain : trigger.first]
    to_be = helpers[:2] == ["to", "be"] or (helpers == ["to"] and line.low(trigger.first) == "be")
    done = trigger.form in ("past", "part") or (trigger.form == "state" and line.low(trigger.first).endswith("ed"))
    if line.low(opened) != "and" or not (to_be or (done and helpers in ([], ["to", "have"]))):
        return None
    for at in range(opened - 1, max(opened - _PERFECT_TOKENS, 0), -1):
        if line.low(at) in _PERFECT_ENDS:
            return None
        if line.low(at) == "have":
            doubts = ("possible", "reported") if helpers[:1] == ["to"] else ("possible",)
            guess = next((h for h in line.found("hedge") if h.data.modality in doubts and h.first <= at <= h.last), None)
            return Stance(Modality(guess.data.modality), line.told(guess.first, guess.last)) if guess else None
    return None


_DOUBTING = frozenset(["probably", "possibly", "presumably", "apparently", "reportedly", "allegedly", "likely", "supposedly", "purportedly"])


def _shares_adverb(line: Line, trigger: Trigger) -> Stance | None:
    """The doubt that a verb shares with the one in front of "and" which has it: "reportedly left Kiel on Monday and passed the Sound"."""
    done = trigger.form in ("past", "part") or (trigger.form == "state" and line.low(trigger.first).endswith("ed"))
    if line.words.isdisjoint(_DOUBTING) or not done or trigger.chain != trigger.first:
        return None
    joint = trigger.chain - 1 - (line.low(trigger.chain - 1) == "then")
    if line.low(joint) != "and":
        return None
    for at in range(joint - 1, max(joint - _PERFECT_TOKENS, -1), -1):
        if line.low(at) in _PERFECT_ENDS or line.low(at) == "and":
            return None
        if line.low(at) in _DOUBTING:
            verb = any(f.first == at + 1 and any(form in ("past", "part") for _, form in f.data) for f in line.found("trigger"))
            doubt = next((h for h in line.found("hedge") if h.first <= at < h.last), None) if verb else None
            return Stance(Modality(doubt.data.modality), line.text(at)) if doubt else None
    return None


_MAY_BE, _OR_TOKENS = frozenset(["may", "might", "could", "either", "possibly", "probably", "perhaps"]), 16


def _or_else(line: Line, trigger: Trigger) -> Stance | None:
    """The doubt about which of two things is so: "may be in Rota or already on her way to Brest"."""
    if "or" not in line.words:
        return None
    joint = trigger.chain - 1 - (line.low(trigger.chain - 1) in ("already", "now", "still", "even"))
    if line.low(joint) != "or" or not {",", ";"}.isdisjoint(line.lows[max(joint - _OR_TOKENS, 0) : joint]):
        return None
    at = next((n for n in range(joint - 1, max(joint - _OR_TOKENS, -1), -1) if line.low(n) in _MAY_BE), None)
    if at is None or (line.low(at) == "either" and line.low(at - 1) not in line.doc.lexicon.sets["be"]):
        return None  # "Either alongside or at anchor, the ships are in Kiel"
    return Stance(Modality.POSSIBLE, line.text(at))


_WILLS = frozenset(["will", "would", "to", "shall"])


_BASE_TOO = frozenset(["put", "set", "cast", "come", "run"])


def _would_too(line: Line, trigger: Trigger) -> Stance | None:
    """The plan that a verb whose past is its base shares with the one in front of "and"."""
    joint = trigger.chain - 1 - (line.low(trigger.chain - 1) == "then")
    if line.low(joint) != "and":
        return None
    would = next((n for n in range(joint - 1, max(joint - _PERFECT_TOKENS, -1), -1) if line.low(n) in ("will", "would", "and", "but", "which")), None)
    return Stance(Modality.PLANNED, line.text(would)) if would is not None and line.low(would) in ("will", "would") else None


def _joined_to(line: Line, trigger: Trigger) -> Stance | None:
    """The plan or guess that a verb shares with the one before it: "until Friday, then sail for Malta", "to pass in May and to reach Rota"."""
    before = line.lows[max(trigger.chain - 1, 0) : trigger.first]
    if len(before) > 3 and not line.doc.lexicon.sets["ranks"].isdisjoint(before):
        return None  # "HMS Kent, based in Rota, is the first ship to visit Juneau"
    joint = before[-1:] in (["and"], ["then"]) and before[:-1] in ([], [","], ["and"])
    joint = joint or (before[:-1] == ["and"] and before[-1:] == ["to"]) or (before[:1] == [","] and trigger.form == "base")
    joint = joint or (before == ["by"] and trigger.chain == trigger.first)  # "will end her patrol by visiting Nuuk"
    if before == ["but"] and (will := next((n for n in range(trigger.chain - 2, -1, -1) if line.low(n) in _WILLS), None)) is not None:
        return Stance(Modality.PLANNED, line.text(will))  # "will not call at Cork but go on to Brest"
    if not joint:
        return None
    ahead = [h for h in line.found("hedge") if h.last <= trigger.first and h.data.modality in ("planned", "possible") and not _is_month(line, h)]
    if before[:1] == [","]:  # "to be seen when Halifax, their home port, had two ships sail in"
        ahead = [h for h in ahead if _CLAUSES.isdisjoint(line.lows[h.last : trigger.chain])]
    if ahead:
        return Stance(Modality(ahead[-1].data.modality), line.told(ahead[-1].first, ahead[-1].last))
    sent = before == [",", "to"] and trigger.rule.object == "escort"  # "has deployed two ships, A and B, to shadow X"
    return Stance(Modality.PLANNED, "to") if before[-1:] == ["to"] and not sent else None


def _of_noun(line: Line, trigger: Trigger, taken: Stance) -> tuple[Stance, bool]:
    """The stance of an act that a noun tells, by what is told of it: "The visit was abandoned", "ahead of a return"; and whether it is settled."""
    asserted, nominal = taken.modality is Modality.ASSERTED, trigger.rule.nominal
    if nominal and taken.modality is not Modality.NEGATED and (denied := _not_made(line, trigger)) is not None:
        return Stance(Modality.NEGATED, line.text(denied)), True
    if (denied := _noun_denied(line, trigger)) is not None:
        return Stance(Modality.NEGATED, line.text(denied)), True
    if taken.modality in (Modality.ASSERTED, Modality.REPORTED) and (marked := marked_noun(line, trigger)) is not None:
        return marked, True
    if nominal and asserted and (coming := _to_be_followed(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.told(coming, coming + 2)), True
    if nominal and asserted and "delayed" in line.words and _is_delayed(line, trigger):
        return Stance(Modality.PLANNED, "delayed"), True  # "Visit of HMS Kent to Busan delayed"
    if nominal and asserted and _ahead_of(line, trigger):
        return Stance(Modality.PLANNED, "ahead of"), True  # "she is in refit ahead of a return to the Caribbean"
    if nominal and asserted and line.low(trigger.first - 1) in _UPON and (ahead := _will_then(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.text(ahead)), True  # "Upon arrival in Malta, the frigate will be refitted"
    if nominal and asserted and (left_for_call(line, trigger) or _comes_last(line, trigger)):
        return Stance(Modality.PLANNED, "to"), True
    if nominal and asserted and _is_bound_for(line, trigger):
        return Stance(Modality.PLANNED, "for"), True
    if nominal and asserted and (ahead := _among_what_comes(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.text(ahead)), True  # "will undertake a series of engagements, including visits to Tonga"
    if nominal and asserted and (ahead := _with_call(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.text(ahead)), True  # "will sail for Guam, with a stopover in Yokosuka"
    if nominal and taken.modality is not Modality.NEGATED:
        planned = line.doc.lexicon.sets["noun_planned"]
        planning = next(
            (n for n in range(*trigger.reach) if line.low(n) in planned and not is_cause(line, n) and not _only_says_which(line, n)), None
        )
        taken = taken if planning is None else Stance(Modality.PLANNED, line.text(planning))
    return taken, False


_WILL_DO = frozenset(["will", "would", "shall"])


def _among_what_comes(line: Line, trigger: Trigger) -> int | None:
    """The word that makes a plan of visits that are a part of something: "will hold talks, including a visit to Malta", "includes visits to"."""
    if line.low(trigger.first) == "includes":
        return trigger.first
    ahead = range(trigger.first - 1, -1, -1) if line.low(trigger.first) == "including" else range(0)
    return next((n for n in ahead if line.low(n) in _WILL_DO), None)


_PAY, _LEFT = frozenset(["pay", "make", "conduct", "visit", "call"]), frozenset(["left", "departed", "sailed", "leaves", "departs", "sail"])
_PAY_TOKENS = 5


def left_for_call(line: Line, trigger: Trigger) -> bool:
    """Whether a call is what ships left for: "left Cam Ranh to join an exercise and pay a visit to Hong Kong"."""
    if trigger.rule.kind is not EventKind.ARRIVAL or line.words.isdisjoint(_LEFT):
        return False
    paid = next((n for n in range(trigger.first, max(trigger.first - _PAY_TOKENS, 0), -1) if line.low(n) in _PAY), None)
    if paid is None or line.low(paid - 1) not in ("to", "and"):
        return False
    to = next((n for n in range(paid - 1, 0, -1) if line.low(n) == "to" and line.text(n + 1).islower() and line.low(n + 1) not in ("the", "a")), None)
    left = next((n for n in range(paid - 1, -1, -1) if line.low(n) in _LEFT), None)
    if to is None or left is None or not left < to:
        return False
    return not any(left < f.first < to and line.low(f.first).endswith("ed") for f in line.found("trigger"))


_FOR_TOKENS, _SETTING_OUT = 7, frozenset({EventKind.DEPARTURE, EventKind.UNDERWAY})


def _is_bound_for(line: Line, trigger: Trigger) -> bool:
    """Whether a call is only what ships set out for: "sailed on Monday for a port visit to Lisbon"."""
    if trigger.rule.kind is not EventKind.ARRIVAL or "for" not in line.words:
        return False
    at = next((n for n in range(trigger.first - 1, max(trigger.first - _FOR_TOKENS, 0), -1) if line.low(n) == "for"), None)
    if at is None:
        return False
    before = [f for f in line.found("trigger") if f.last <= at and any(form != "noun" for _, form in f.data)]
    if not before:
        return False
    if any(f.first == before[-1].first and rule.kind is EventKind.ARRIVAL for f in before for rule, _ in f.data):
        return False  # "sailed into the harbour for her first stop in Malta"
    return any(rule.kind in _SETTING_OUT for rule, form in before[-1].data if form != "noun")


_MAKES = frozenset(["makes", "make", "pays", "pay"])
_LAST_TOKENS = 8


def _comes_last(line: Line, trigger: Trigger) -> bool:
    """Whether a call is told in the present behind "before": "will travel across six countries before it makes its last stop in Yokosuka"."""
    opened = max(trigger.first - _LAST_TOKENS, 0)
    before = next((n for n in range(trigger.first - 1, opened, -1) if line.low(n) in ("before", "until")), None)
    return before is not None and not _MAKES.isdisjoint(line.lows[before : trigger.first])


_WITH_CALL_TOKENS = 4
_COMES = frozenset(["expected", "scheduled", "due", "planned", "set", "slated"])


def _with_call(line: Line, trigger: Trigger) -> int | None:
    """The word that puts ahead the movement with which a call is told: "will sail for Guam, with a stopover in Yokosuka"; None where none does."""
    opened = next((n for n in range(trigger.first - 1, max(trigger.first - _WITH_CALL_TOKENS, 0), -1) if line.low(n) == "with"), None)
    if opened is None or line.low(opened + 1) not in ("a", "an", "one") or trigger.rule.kind is not EventKind.ARRIVAL:
        return None
    at = next((n for n in range(opened - 1, -1, -1) if line.low(n) in _WILL or (line.low(n) in _COMES and line.low(n + 1) == "to")), None)
    small = _COMES | line.doc.lexicon.sets["be"]
    fired = [f for f in line.found("trigger") if f.first < opened and line.low(f.first) not in small]
    return at if at is not None and not any(f.last <= at and line.low(f.first).endswith("ed") for f in fired) else None


_UPON, _WILL = frozenset(["upon", "on", "after", "following", "during"]), frozenset(["will", "shall"])


def _will_then(line: Line, trigger: Trigger) -> int | None:
    """The helper that puts ahead what follows on an arrival that opens the sentence."""
    during = trigger.rule.kind is EventKind.IN_PORT and line.low(0) == "during"  # "During their stay at Colombo, the ships will take part in drills"
    if trigger.first > 1 or not (trigger.rule.kind is EventKind.ARRIVAL or during):
        return None
    return next((n for n in range(trigger.last, line.size) if line.low(n) in _WILL), None)


def _as_said(line: Line, trigger: Trigger, actors: Group | None, taken: Stance) -> Stance:
    """The stance of what somebody says or could see: no firmer than that."""
    seen = (trigger.rule.seen and trigger.passive) or line.low(trigger.first) in line.doc.lexicon.sets["could_see"]
    can = line.low(trigger.chain) in ("can", "could")
    seen_so = can and line.low(trigger.chain + 1) == "be" and line.low(trigger.chain + 2) in line.doc.lexicon.sets["seen_to_be"]
    if can and ((seen and taken.modality is Modality.POSSIBLE) or (seen_so and taken.modality is Modality.ASSERTED)):
        return Stance(Modality.ASSERTED)  # "can be seen", "could watch her go by"
    if taken.modality in (Modality.ASSERTED, Modality.REPORTED) and may_do(line, trigger):
        return Stance(Modality.PLANNED, "can")
    if taken.modality is not Modality.ASSERTED:
        return taken
    if "?" in line.words and _asks(line, trigger):
        return Stance(Modality.POSSIBLE, "?")
    if trigger.rule.attributes and line.words.isdisjoint(line.doc.lexicon.sets["pictures"]):
        return Stance(Modality.REPORTED, line.told(trigger.first, trigger.last))
    if (source := _source_behind(line, trigger)) is not None:
        return Stance(Modality.REPORTED, line.text(source))
    if actors and (source := _has_it_that(line, actors)) is not None:
        return Stance(Modality.REPORTED, line.told(source, source + 2))
    if line.doc.is_spoken(line.starts[trigger.first]):
        return Stance(Modality.REPORTED)  # somebody says so: “The ships have left”
    return taken


_ASKS_TOKENS = 8


def _asks(line: Line, trigger: Trigger) -> bool:
    """Whether a clause is a question: "Has the frigate left Tartus?", "Minsk back in Baltiysk?"; "(?)" behind it marks a guess."""
    at = next((n for n in range(trigger.last, line.size) if line.text(n) == "?"), None)
    if at is None:
        return False
    guess = line.text(at - 1) == "(" and line.text(at + 1) == ")" and at - trigger.last <= _ASKS_TOKENS
    return guess or all(not line.text(n).isalnum() for n in range(at, line.size))


_LET_STAY = frozenset({EventKind.IN_PORT, EventKind.ARRIVAL})


def may_do(line: Line, trigger: Trigger) -> bool:
    """Whether "can" in front of a stay or a call may be a permission, as it is beside a day: "can remain in port until 4 March"."""
    stays = trigger.rule.kind in _LET_STAY or trigger.rule.copula
    return stays and line.low(trigger.chain) == "can" and line.low(trigger.chain + 1) not in ("not", "n't")


def _has_it_that(line: Line, actors: Group) -> int | None:
    """The source that is told to have ships somewhere: "The ministry's report has both frigates heading south"."""
    at, sets = before_phrase(line, actors.first), line.doc.lexicon.sets
    return at - 1 if at > 0 and line.low(at) in sets["have"] and line.low(at - 1) in sets["has_it_that"] else None


_SEE, _AHEAD = frozenset(["see", "find", "have", "bring"]), frozenset(["will", "should", "would", "shall", "to"])


def _will_see(line: Line, trigger: Trigger, actors: Group) -> int | None:
    """The helper of a verb of seeing whose object is told to be somewhere: "Friday will see her back in Malta", "should find HMS Kent in Malta"."""
    at = before_phrase(line, actors.first) if actors.last > actors.first else trigger.first - 2
    helper = at - 1 - (line.low(at - 1) in line.doc.lexicon.sets["adverbs"])
    return helper if at > 0 and line.low(at) in _SEE and line.low(helper) in _AHEAD else None


_WATCH, _TO_COME_WORDS, _WATCH_TOKENS = frozenset(["see", "watch"]), frozenset(["will", "expected", "due", "set", "planning", "invited", "hope"]), 12


def _to_be_watched(line: Line, actors: Group) -> int | None:
    """The word by which people are to come who will see what ships do: "Crowds will gather to watch HMS Kent leave"."""
    at = before_phrase(line, actors.first)
    if line.low(at) not in _WATCH or line.low(at - 1) != "to":
        return None
    return next((n for n in range(at - 2, max(at - _WATCH_TOKENS, -1), -1) if line.low(n) in _TO_COME_WORDS), None)


_FOLLOWED_TOKENS = 12
_FOLLOWED = frozenset(["followed", "preceded", "marked", "celebrated", "welcomed"])


def _to_be_followed(line: Line, trigger: Trigger) -> int | None:
    """The "will be" of what is to come of an act that so lies ahead too: "Her arrival in Tartus will be followed by a refit"."""
    if "will" not in line.words:
        return None
    end = min(trigger.last + _FOLLOWED_TOKENS, line.size - 2)
    at = next((n for n in range(trigger.last, end) if line.lows[n : n + 2] == ["will", "be"] and line.low(n + 2) in _FOLLOWED), None)
    return at if at is not None and {",", ";", "which", "that"}.isdisjoint(line.lows[trigger.last : at]) else None


_WHICH_TOKENS = 3


def _is_added_of(line: Line, trigger: Trigger, actors: Group | None) -> bool:
    """Whether a relative clause behind a comma only adds to denied ships where they were: "Neither A nor B, both of which were in Algiers, …"."""
    which = trigger.chain - 1
    if actors is None or line.low(which) != "which" or actors.last > which:
        return False
    return any(line.text(n) == "," for n in range(max(which - _WHICH_TOKENS, actors.last), which))


_SETS = frozenset(["for", "to", "on", "down"])


_OF_KIND = frozenset(
    ["a", "an", "regularly", "previously", "the", "her", "its", "their", "several", "two", "three", "multiple", "with", "after", "of"]
)


def _only_says_which(line: Line, at: int) -> bool:
    """Whether a word of planning only says what kind of visit it is, or is another verb: "for a scheduled port visit", "a boom is set around her"."""
    if line.low(at) == "set" and line.low(at + 1) not in _SETS and line.low(at + 1).isalpha():
        return True
    return (
        line.low(at) in ("scheduled", "planned")
        and (line.low(at - 1) in _OF_KIND or line.low(at - 1) in line.doc.lexicon.sets["made_calls"])
        and (line.low(at + 1).isalpha() and line.low(at + 1) not in ("to", "for", "on", "in", "at"))
    )


_SOURCE_TOKENS = 3


_SEEN_TOKENS = 8


def _should_have_seen(line: Line, trigger: Trigger) -> int | None:
    """The "should have" of a day that did not see an act: "Thursday should have seen the frigate leave Malta"."""
    if "should" not in line.words or "seen" not in line.words:
        return None
    begin = max(trigger.chain - _SEEN_TOKENS, 0)
    return next((n for n in range(begin, trigger.chain - 2) if line.lows[n : n + 3] == ["should", "have", "seen"]), None)


_ACT_TOKENS = 3
_OWNING = frozenset(["the", "a", "an", "any", "her", "its", "their", "this", "that"])
_SIGNS = frozenset(["sign", "signs", "evidence", "indication", "indications", "trace", "word", "confirmation", "report", "reports", "proof"])
_NOUN_FORMS = frozenset(["ing", "state", "noun"])


def _no_act(line: Line, trigger: Trigger) -> int | None:
    """The "no" of an act told by a noun that there was none of: "No docking in Tartus by the Kama has been seen", "no passage of the strait"."""
    if "no" not in line.words or trigger.form not in _NOUN_FORMS:
        return None
    of = trigger.first - 1 - (line.low(trigger.first - 1) in _OWNING)
    if line.low(of) == "of" and line.low(of - 1) in _SIGNS and line.low(of - 2) == "no":
        return of - 2  # "There was no sign of the departure of HMS Kent"
    begin = max(trigger.first - _ACT_TOKENS, 0)
    at = next((n for n in range(trigger.first - 1, begin - 1, -1) if line.low(n) == "no"), None)
    if at is None or not all(line.text(n).isalpha() and not line.starting("type", n) for n in range(at + 1, trigger.first)):
        return None
    return at if line.starting("trigger", at + 1) is None or at == trigger.first - 1 else None


def _source_behind(line: Line, trigger: Trigger) -> int | None:
    """The token that names who says so behind the colon that closes a headline: "Chinese ships leave Scarborough Shoal: PCG"."""
    if line.text(line.size - 1) in (".", ":"):
        return None
    colon = next(
        (n for n in range(line.size - 2, max(line.size - 2 - _SOURCE_TOKENS, trigger.last - 1), -1) if line.text(n) in (":", "–", "—")), None
    )
    if colon is None or line.doc.blocks[line.sentence.block].end - line.sentence.end > 1:
        return None
    behind = range(colon + 1, line.size)
    if any(f.first > colon for kind in ("vessel", "trigger", "prefix") for f in line.found(kind)) or line.starting("place", colon + 1):
        behind = range(colon + 2, line.size) if line.starting("nation", colon + 1) or line.ending("place", colon + 2) else range(0)
    acronym = bool(behind) and all((line.text(n).isupper() and len(line.text(n)) > 1) or line.text(n) == "-" for n in behind)
    return colon + 1 if acronym or (behind and line.low(line.size - 1) in line.doc.lexicon.sets["sources"]) else None


def _not_counted_on(line: Line, trigger: Trigger) -> int | None:
    """The token that takes a plan back: "is not expected in Kiel", "was expected in Kiel but never showed"."""
    if line.low(trigger.first - 1) in ("not", "never", "n't") and not {"until", "till", "before"} & set(
        line.lows[trigger.last : trigger.reach[1] + 1]
    ):
        return trigger.first - 1
    plan = Found(trigger.first, trigger.last, *line.span(trigger.first, trigger.last), None)
    return came_to_nothing(line, plan, trigger.last)


def _must_be(line: Line, trigger: Trigger) -> Stance | None:
    """The doubt of what is only concluded: "must be in Tartus", "should still be off Malta"."""
    words = line.lows[trigger.chain : trigger.first]
    if line.low(trigger.first) != "be" and words[-1:] != ["be"]:
        return None
    concluded = "must" in words or ("should" in words and not {"still", "now", "already"}.isdisjoint(words))
    return Stance(Modality.POSSIBLE, " ".join(words)) if concluded and not line.text(trigger.last).endswith("ed") else None


_BACK = frozenset(["back", "around", "round", "about", "away", "short"])


def _turned_back(line: Line, trigger: Trigger) -> int | None:
    """The word by which an act was given up: "turned back before reaching Kiel", "stopped short of entering the strait"."""
    at = trigger.chain - 2
    if line.low(at) == "before" and line.low(at + 1) in ("it", "she", "they"):
        at -= 1  # "turned back before it reached Kiel"
        return at if line.low(at) in _BACK and line.low(at - 1).startswith(("turn", "swung")) else None
    if line.low(at + 1) not in ("before", "of") or line.low(at) not in _BACK or (line.low(at) == "short") != (line.low(at + 1) == "of"):
        return None
    return at if line.low(at - 1).startswith(("turn", "stop", "fell", "fall", "went", "swung")) else None


_DENIED_TOKENS = 8


def _noun_denied(line: Line, trigger: Trigger) -> int | None:
    """The verb that denies an act told by a noun: "missed her departure", "The visit of X to Kiel was abandoned", "denied the departure of X"."""
    denied = line.doc.lexicon.sets["noun_denied"]
    if denied.isdisjoint(line.words):
        return _is_off(line, trigger)
    before = range(max(trigger.first - _DENIED_TOKENS, trigger.reach[0] - 1, 0), trigger.first)
    begin = max(
        (n + 1 for n in before if line.text(n) in (",", ";") or line.low(n) in ("and", "but", "that", "which", "after")), default=before.start
    )
    if (at := next((n for n in range(begin, trigger.first) if line.low(n) in denied), None)) is not None:
        return at
    behind = range(trigger.last, trigger.reach[1])
    be = line.doc.lexicon.sets["be"]
    if (off := _is_off(line, trigger)) is not None:
        return off
    return next((n for n in behind if line.low(n) in denied and line.low(n - 1) in be and "and" not in line.lows[trigger.last : n - 3]), None)


def _is_delayed(line: Line, trigger: Trigger) -> bool:
    """Whether a clause ends with the word that a visit is delayed."""
    end = line.size - (not line.text(line.size - 1).isalnum())
    return line.low(end - 1) == "delayed" and end - 1 > trigger.last


_NEVER_CAME, _IS_OFF_TOKENS = frozenset(["begun", "started", "commenced", "taken", "ended", "lasted"]), 12


def _is_off(line: Line, trigger: Trigger) -> int | None:
    """The word that says of a visit that it is not to be, or was to have been: "Her visit to Oran is off", "was to have begun on Monday"."""
    if "off" not in line.words and "have" not in line.words:
        return None
    for at in range(trigger.last, min(trigger.last + _IS_OFF_TOKENS, line.size)):
        if line.low(at) == "off" and line.low(at - 1) in _IS_BE and not line.text(at + 1).isalnum():
            return at
        if line.lows[at : at + 2] == ["to", "have"] and line.low(at - 1) in _PAST_BE and line.low(at + 2) in _NEVER_CAME:
            return at
    return None


_IS_BE = frozenset(["is", "are", "was", "were", "now"])


def _seen_by_nobody(line: Line, trigger: Trigger) -> int | None:
    """The token that denies who sees: "nobody at Souda Bay has seen her", "no one has set eyes on the frigate"."""
    for at in range(trigger.reach[0], trigger.chain):
        if line.low(at) == "nobody" or (line.low(at) == "no" and line.low(at + 1) in ("one", "observer", "spotter")):
            return at
    return None


_SEEING_TOKENS = 4


def _seen_so_by_nobody(line: Line, trigger: Trigger, actors: Group) -> int | None:
    """The token that denies who saw ships do something: "No one has seen the frigate moored in Tartus", "no image shows her at sea"."""
    if actors.last != trigger.chain or _NOBODY.isdisjoint(line.words):
        return None
    sees = next((f for f in line.found("trigger") if 0 <= actors.first - f.last <= _SEEING_TOKENS and any(rule.seen for rule, _ in f.data)), None)
    at = next((n for n in range(sees.first) if line.low(n) in _NOBODY), None) if sees else None
    if sees is None or at is None or sees.first - at > 2 * _SEEING_TOKENS or "," in line.lows[at : sees.first]:
        return None
    if line.low(sees.last) in _WHEN_DONE:
        return None  # "Nobody noticed when HMS Kent left Rota": she did
    return at if line.low(at) in ("nobody", "none") or line.low(at + 1) in line.doc.lexicon.sets["seers"] else None


_WHEN_DONE = frozenset(["once", "when", "after", "until", "as"])


def _once_done(line: Line, trigger: Trigger) -> bool:
    """Whether an act is told only as what has to come first: "Once the frigate has left Rota, the quay will be repaired"."""
    opens = line.low(0) in _WHEN_DONE and (line.low(0) != "as" or line.lows[1:3] == ["soon", "as"])
    perfect = not {"has", "have"}.isdisjoint(line.lows[trigger.chain : trigger.first])
    comma = next((n for n in range(trigger.last, line.size) if line.text(n) == ","), None) if opens and perfect else None
    return comma is not None and not {"will", "shall"}.isdisjoint(line.lows[comma:])


_DEMAND_TOKENS = 7


def _demanded(line: Line, trigger: Trigger, actors: Group) -> int | None:
    """The verb that asks for an act: "Athens demanded that the frigate leave Tartus", "What she wants is that HMS Kent come home"."""
    that, demands = before_phrase(line, actors.first), line.doc.lexicon.sets["demands"]
    if line.low(that) != "that" or not (trigger.form == "base" or line.low(trigger.first) in ("come", "put", "set", "run")):
        return None
    return next((n for n in range(that - 1, max(that - _DEMAND_TOKENS, -1), -1) if line.low(n) in demands), None)


_PAST_BE = frozenset(["was", "were"])
_UNTIL_THEN = frozenset(["before", "until", "till"])
_NOBODY = frozenset(["no", "nobody", "none"])
_INVERTED = frozenset(["is", "are", "did", "will", "would", "could", "can", "was", "were", "has", "have", "had"])
_OPENS_DENIAL = _DENYING | {"never", "nor", "nowhere", "once"}
_NO_DENIAL = frozenset(["sooner", "only", "doubt", "wonder", "less", "fewer", "later", "long", "until"])


def _denied_in_front(line: Line, trigger: Trigger, actors: Group | None) -> int | None:
    """The word that denies an act in front of its helper and its subject: "Nor did the corvette call at Tartus", "At no time did she …"."""
    first = actors.first if actors and actors.last == trigger.chain else trigger.chain - 1
    if first < 2 or line.low(first - 1) not in _INVERTED:
        return None
    denied = (n for n in range(max(first - 5, 0), first - 1) if line.low(n) in _DENYING or line.low(n) in ("never", "nor", "nowhere"))
    at = next((n for n in denied if line.low(n + 1) not in _NO_DENIAL), None)
    return first - 3 if at is None and line.lows[first - 3 : first - 1] == ["not", "once"] else at


def _is_month(line: Line, hedge: Found) -> bool:
    """Whether "May" is the month."""
    return line.text(hedge.first) == "May" and hedge.first > 0


_PREVENTED_TOKENS = 9


def _prevented_by(line: Line, trigger: Trigger, actors: Group | None) -> int | None:
    """The token that tells what kept ships from an act: "a hitch stopped her leaving", "prevented the frigate from sailing"."""
    sets = line.doc.lexicon.sets
    if trigger.form not in ("ing", "state") or sets["prevents"].isdisjoint(line.words):
        return None
    if line.low(trigger.chain) == "since":
        return None  # "her first stop since leaving Malta"
    from_ = line.low(trigger.chain - 1) == "from"
    if from_ and actors is not None and actors.last == trigger.chain - 1 and line.low(kept := before_phrase(line, actors.first)) in sets["prevents"]:
        return kept  # "A storm kept the frigate A and the tanker B from leaving"
    for at in range(trigger.chain - 1 - from_, max(trigger.chain - _PREVENTED_TOKENS, -1), -1):
        word = line.low(at)
        if word in sets["prevents"]:
            named = line.low(at + 1) in ("of", "for")  # "The first stop of the corvette X was Recife"
            return at if from_ or (word in sets["prevents_doing"] and not named) else None
        if not word.isalnum() or (not from_ and word in ("at", "in", "for", "and", "before", "after", "while", "off", "by")):
            return None
    return None


_GOES_ON_NOW = frozenset(["is", "are", "has", "have", "will", "awaits", "await"])


def _ahead_of(line: Line, trigger: Trigger) -> bool:
    """Whether an act told by a noun only lies ahead of what goes on now: "is in refit ahead of a return to the Caribbean"."""
    at = trigger.first - 1 - (line.low(trigger.first - 1) in ("a", "an", "the", "her", "its", "their"))
    if line.low(at) == "before":  # "has stopped in Nuuk before its return to Halifax"
        return not _GOES_ON_NOW.isdisjoint(line.lows[:at]) and "had" not in line.lows[:at]
    return line.low(at) == "of" and line.low(at - 1) == "ahead" and not _GOES_ON_NOW.isdisjoint(line.words)


_NOT_MADE_TOKENS = 8


def _not_made(line: Line, trigger: Trigger) -> int | None:
    """The word that denies the verb which an act told by a noun hangs on: "did not make the stop in Colombo", "made no call at Malta"."""
    words = range(max(trigger.first - _NOT_MADE_TOKENS, 0), trigger.first)
    begin = max((n + 1 for n in words if not line.text(n).isalpha() or line.low(n) in ("and", "but", "that", "which")), default=words.start)
    denied = next((n for n in range(begin, trigger.first) if line.low(n) in _DENYING or line.low(n) in ("not", "never")), None)
    sets = line.doc.lexicon.sets
    return denied if denied is not None and not sets["makes_call"].isdisjoint(line.lows[begin : trigger.first]) else None


_PLANS = frozenset(
    ["plan", "plans", "planned", "planning", "call", "calls", "order", "orders", "wish", "wishes", "hope", "hopes", "arranged", "arranges"]
)


def _is_counted_on(line: Line, trigger: Trigger, actors: Group | None) -> bool:
    """Whether somebody only counts on what a verb tells: "expects the frigate to reach Busan"."""
    if trigger.form not in ("base", "state") or actors is None or actors.last != trigger.chain or _were_made_to(line, actors):
        return False
    before, demands = line.low(actors.first - 1), line.doc.lexicon.sets["demands"]
    asked = before in demands or (before == "for" and line.low(actors.first - 2) in _PLANS)  # "plans for HMS Kent to escort two tankers"
    return trigger.rule.object != "escort" or asked


_MADE_TOKENS, _WOULD = 4, frozenset(["will", "would", "could", "may", "might", "can", "to", "should"])


def _were_made_to(line: Line, actors: Group) -> bool:
    """Whether somebody made ships do what a verb tells: "prompting the frigates to leave Malta", but not "could force them to"."""
    made = next(
        (n for n in range(actors.first - 1, max(actors.first - _MADE_TOKENS, -1), -1) if line.low(n) in line.doc.lexicon.sets["made_to"]), None
    )
    return made is not None and line.low(made - 1) not in _WOULD


def _denied_by(line: Line, actors: Group) -> int | None:
    """The token that denies the subject itself: "no ship", "neither", "none of the three", "not one of them"."""
    if _DENYING.isdisjoint(line.words) and "not" not in line.words:
        return None
    if line.low(actors.first) in _DENYING:
        return actors.first
    if line.low(neither := before_phrase(line, actors.first)) == "neither":
        return neither  # "neither HMS Kent nor HMS Tyne"
    if line.low(nor := before_phrase(line, actors.first)) == "nor" and "neither" in line.lows[:nor]:
        return nor  # "Neither Chaohu nor HMS Tyne has called at Oran"
    before = range(max(actors.first - 4, 0), actors.first)
    if line.low(actors.first - 1) == "not":
        return actors.first - 1
    of = actors.first - 1 if line.low(actors.first - 1) == "of" else actors.first - 2 if line.low(actors.first - 1) == "the" else 0
    if line.low(of) != "of":
        return None
    return next((n for n in before if line.low(n) in _DENYING or (line.low(n) == "not" and line.low(n + 1) == "one")), None)
