"""Stage 6, what tells nothing: words of movement that tell no act of the vessels at hand."""

from __future__ import annotations

from functools import lru_cache

from tracker.domain.kinds import WATER_KINDS, EventKind, PlaceKind
from tracker.extract.careers import is_museum, since_long_ago, tells_career
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.mention import NOBODY
from tracker.extract.owned import PAST_LIVES, RATE_SPANS, befalls_hand, is_thing_of, owns_subject, tells_crew, tells_rate
from tracker.extract.place_mention import PlaceMention
from tracker.extract.rest import counts_times, how_often, since_lately
from tracker.extract.scene import Group, Scene
from tracker.extract.stances import may_do
from tracker.extract.unspoken import is_quieted
from tracker.extract.verbs import Trigger
from tracker.gazetteer.lexicon import Lexicon

CLOSE_TOKENS, _CARGO_TOKENS = 3, 9


def tells_nothing(scene: Scene, trigger: Trigger, actors: Group | None) -> bool:
    """Whether a word of movement tells no act of these here: a habit, a thing that is left, what ships can do, who runs them."""
    return (
        _of_nobody(scene, trigger, actors)
        or is_quieted(scene.line.doc.lexicon.quiet["tell"], scene.line, trigger, scene.groups, scene.places)
        or _no_move(scene, trigger)
        or _no_stay(scene, trigger, actors)
    )


def _of_nobody(scene: Scene, trigger: Trigger, actors: Group | None) -> bool:
    """Whether it is told of nobody in particular, or only of what they can do, or of a wreck: "the carrier was visited by the minister"."""
    line, rule = scene.line, trigger.rule
    if (actors is None and not rule.object) or line.doc.is_obituary or tells_career(line):
        return True
    over = rule.nominal and not (rule.id == "noun.stay" and ends_call(scene, trigger)) and _is_over(line, trigger)
    if over or (rule.id == "depart.leave" and _leaves_thing(scene, trigger)):
        return True
    if rule.light and "his" in line.lows[trigger.first : trigger.last]:
        return True  # "after the president concluded his state visit to China"
    if (trigger.chain < trigger.first or trigger.form == "ing") and _only_able(scene, trigger):
        return True
    if not _sparing_words(line.doc.lexicon).isdisjoint(line.words) and _spared(scene, trigger, actors):
        return True
    if actors and ((rule.id == "be.stay" and owns_subject(line, actors)) or (rule.kind is EventKind.IN_PORT and is_museum(scene, actors))):
        return True
    if actors and trigger.form == "pres" and _as_a_rule(scene, trigger, actors):
        return True
    if actors and trigger.passive and (tells_crew(line, actors) or befalls_hand(line, actors)):
        return True
    if actors and trigger.passive and line.low(trigger.chain) == "be" and _demanded(line, trigger, actors):
        return True
    if actors and rule.id == "arrive.reach" and line.low(trigger.first).startswith("visit") and _people_visit(line, trigger, actors):
        return True
    if rule.id == "host.empty" and actors and actors.first != trigger.last:
        return True  # "The quay was free of charge for the frigate"
    if rule.id == "arrive.reach" and trigger.passive and actors and actors.last == trigger.chain:
        return True  # "the carrier was visited by the minister"
    if actors and not _told_by_name(line, actors) and _of_any(line, trigger, actors):
        return True
    return bool(actors and not actors.vessels[0].name and how_often(line, actors))


_CALLERS = frozenset(["ambassador", "minister", "president", "admiral", "captain", "commander", "delegation", "crew", "officers", "team", "governor"])


def _people_visit(line: Line, trigger: Trigger, actors: Group) -> bool:
    """Whether people stand between a ship and the verb: "During the ship's stay, the commander visited the base at Toulon"."""
    between = line.lows[actors.last : trigger.chain]
    return (
        line.text(actors.last) in ("'", "’")
        and "," in between
        and not _CALLERS.isdisjoint(between[between.index(",") :])
        and not {"which", "that", "and"} & set(between)
    )


@lru_cache(maxsize=4)
def _sparing_words(lexicon: Lexicon) -> frozenset[str]:
    """The words of which a sentence holds one that only counts acts, tells of none, or speaks of a wreck or of how many ships do so a day."""
    return _COUNTED_WORDS | lexicon.sets["wrecks"] | lexicon.sets["works"] | PAST_LIVES | RATE_SPANS | {"no"}


def _spared(scene: Scene, trigger: Trigger, actors: Group | None) -> bool:
    """Whether an act is only counted, or told of nobody, of what is left of a ship, or of so many ships a day."""
    if _counted_so(scene, trigger):
        return True
    line = scene.line
    return actors is not None and (_none_before(scene, trigger, actors) or is_thing_of(line, actors) or tells_rate(line, actors))


def _of_any(line: Line, trigger: Trigger, actors: Group) -> bool:
    """Whether an act is told of ships in general: judged, forbidden to all, or of any ship."""
    if _MANY.intersection((line.low(actors.first), line.low(actors.first + 1))) and _in_trade(line, trigger, actors):
        return True
    if trigger.chain < trigger.first and (_judged(line, trigger, actors) or _forbidden(line, trigger, actors)):
        return True
    return line.low(actors.first) in ("a", "an", "any") and _any_ship(line, trigger, actors)


_MANY = frozenset(["more", "most", "many", "fewer"])


def _in_trade(line: Line, trigger: Trigger, actors: Group) -> bool:
    """Whether ships that nobody counts or names are told to do something by and large: "More tankers are leaving the Gulf empty"."""
    now = trigger.form == "pres" or (trigger.form in ("base", "ing") and _PRESENT.issuperset(line.lows[trigger.chain : trigger.first]))
    return now and actors.last <= trigger.chain and not any(v.name or v.count or v.members or v.country for v in actors.vessels)


_PRESENT = frozenset(["is", "are", "now"])
_ORDERS = frozenset(["ordered", "orders", "directed", "decided", "decides", "commanded"])


def _demanded(line: Line, trigger: Trigger, actors: Group) -> bool:
    """Whether it is only asked for and not ordered: "Lawmakers demanded that a frigate be sent to the Red Sea"."""
    at = before_phrase(line, actors.first)
    asked = line.low(at) == "that" and trigger.chain == trigger.first - 1 and actors.last <= trigger.chain
    return asked and line.low(at - 1) not in _ORDERS


def _judged(line: Line, trigger: Trigger, actors: Group) -> bool:
    """Whether it is only told how usual or possible an act of such ships is: "It is rare for a Russian warship to enter the Irish Sea"."""
    at = before_phrase(line, actors.first)
    to = trigger.form == "base" and "to" in line.lows[trigger.chain : trigger.first] and actors.last <= trigger.chain
    return to and line.low(at) == "for" and line.low(at - 1) in line.doc.lexicon.sets["how_usual"]


def _told_by_name(line: Line, actors: Group) -> bool:
    """Whether ships are named where they are told: "a submarine" may stand for one that the text names."""
    return line.low(actors.first) not in ("a", "an", "any", "no") and any(v.name for v in actors.vessels)


def _as_a_rule(scene: Scene, trigger: Trigger, actors: Group) -> bool:
    """Whether a plain present tells what ships without number do at all times: "The company's ships call at Rotterdam and Hamburg."."""
    line = scene.line
    if trigger.chain != trigger.first or scene.dates or trigger.rule.kind not in _MOVES:
        return False
    if any(v.name or v.count or v.group or v.members for v in actors.vessels) or not actors.first < actors.last == trigger.chain:
        return False
    return line.doc.blocks[line.sentence.block].kind == "text" and line.text(line.size - 1) == "." and line.sentence.start > 0


_MOVES = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT, EventKind.UNDERWAY})
_GENERAL = frozenset(["before", "when", "whenever", "if", "once", "unless", "where", "wherever"])
_SO_LONG = frozenset(["years", "decades", "decade", "century", "months", "time", "long", "by"])


def _any_ship(line: Line, trigger: Trigger, actors: Group) -> bool:
    """Whether it is told of any ship at all: "want notice before a warship passes", "two years since a submarine has visited Australia"."""
    at = before_phrase(line, actors.first)
    if not actors.first < actors.last <= trigger.chain:
        return False
    if line.low(at) == "since" and line.low(at - 1) in _SO_LONG:
        return True
    return trigger.form == "pres" and trigger.chain == trigger.first and line.low(at) in _GENERAL


_MAY = frozenset(["may", "can", "could", "must", "shall"])


def _forbidden(line: Line, trigger: Trigger, actors: Group) -> bool:
    """Whether an act is only forbidden to all: "No vessel may enter the Gulf of Riga without permission"."""
    return any(v.word == NOBODY for v in actors.vessels) and not _MAY.isdisjoint(line.lows[trigger.chain : trigger.first])


_COUNTED_TOKENS = 9
_COUNTED_WORDS = frozenset(["time", "first", "second", "third", "fourth", "fifth", "last", "only", "sixth", "latest"])


def _counted_so(scene: Scene, trigger: Trigger) -> bool:
    """Whether a verb only tells what some ship or other did so often: "It is the sixth time a frigate has operated there"."""
    line = scene.line
    if line.words.isdisjoint(_COUNTED_WORDS):
        return False
    last = trigger.last if trigger.rule.nominal else trigger.chain - 1
    at = next((n for n in range(last, max(trigger.chain - _COUNTED_TOKENS, 0), -1) if counts_times(line, n)), None)
    return at is not None and not any(at <= g.first < trigger.chain for g in scene.groups)


def _none_before(scene: Scene, trigger: Trigger, actors: Group) -> bool:
    """Whether it is only told how long nobody had done so: "where no British frigate had been seen for years", "the gap during which no …"."""
    line = scene.line
    if "no" not in line.words or any(v.word != NOBODY for v in actors.vessels):
        return False
    sets, words = line.doc.lexicon.sets, line.lows[trigger.last : trigger.reach[1]]
    long = any(words[n] in sets["long_spans"] and not {"for", "in"}.isdisjoint(words[max(n - 3, 0) : n]) for n in range(len(words)))
    return long or ("had" in line.lows[trigger.chain : trigger.first] and not since_lately(line))


_ACT_TOKENS = 3


def _act_followed(scene: Scene, trigger: Trigger) -> bool:
    """Whether what is told to be followed is an act that a noun tells, and no ship: "Their arrival in Tartus will be followed by a refit"."""
    line = scene.line
    act = any(f.last <= trigger.chain and any(rule.nominal for rule, _ in f.data) for f in line.found("trigger"))
    return act and line.low(trigger.last) == "by" and not any(before_phrase(line, g.first) == trigger.last for g in scene.groups)


def _none_seen(line: Line, trigger: Trigger) -> bool:
    """Whether a passive only tells that no act of a kind was seen: the act's own noun, behind "No", tells what there was not."""
    act = any(line.starting("trigger", n) and not line.starting("type", n) for n in range(1, _ACT_TOKENS))
    return act and {",", ";", "and", "but"}.isdisjoint(line.lows[: trigger.chain])


def _after_an_act(scene: Scene, trigger: Trigger) -> bool:
    """Whether what something follows is an act of a ship, and no ship: "following the tanker's collision with a pier"."""
    line, acts = scene.line, scene.line.doc.lexicon.sets["acts_followed"]
    near = (g for g in scene.groups if g.first >= trigger.last and before_phrase(line, g.first) == trigger.last - 1)
    return any(
        (line.text(g.last) in ("'", "’") and not acts.isdisjoint(line.lows[g.last + 1 : g.last + 4])) or line.low(g.last) in acts for g in near
    )  # "sailed following the HMS Hampshire commemorations"


def _no_move(scene: Scene, trigger: Trigger) -> bool:
    """Whether the words are no load or watch that a ship brings here: "carried 300 containers", "surveillance is being kept on a tanker"."""
    line, rule = scene.line, trigger.rule
    if rule.id == "carry.taking" and line.low(trigger.chain) not in line.doc.lexicon.sets["be"]:
        return True  # "Taking the tugs to Bergen was a long job"
    if rule.object == "escort" and trigger.passive and line.low(trigger.first) == "followed" and _act_followed(scene, trigger):
        return True  # "Their arrival in Tartus will be followed by a refit"
    if rule.seen and trigger.passive and line.low(0) == "no" and line.low(1) != "sooner" and _none_seen(line, trigger):
        return True  # "No docking in Tartus by the tanker has been seen"
    if rule.object == "escort" and trigger.form == "ing" and line.low(trigger.first) == "following" and _after_an_act(scene, trigger):
        return True  # "visited Busan following the cutter's departure from Alameda"
    if rule.needs == "cargo" and not _brings_cargo(scene, trigger):
        return True
    counted = line.low(trigger.first - 1) in ("it", "this", "that") and line.low(trigger.last) in ("at", "in", "to")
    if rule.id == "arrive.stop" and line.low(trigger.first) == "is" and counted:
        return True  # "It is her third call at Busan this year": how often
    return rule.id == "escort.kept" and not any(line.low(before_phrase(line, g.first)) == "by" for g in scene.groups if g.first >= trigger.last)


def _no_stay(scene: Scene, trigger: Trigger, actors: Group | None) -> bool:
    """Whether the words put no ship anywhere: "after 209 days at sea", "Russian vessels stationed in Tartus"."""
    line, rule = scene.line, trigger.rule
    if rule.id == "inport.past" and line.low(trigger.last - 1) == "stationed" and actors and not any(v.name or v.count for v in actors.vessels):
        return True  # "Russian vessels stationed in Tartus" are none in particular
    if rule.kind is EventKind.IN_PORT and since_long_ago(line, trigger.last):
        return True  # "has been moored on the Thames since 1971"
    if rule.id == "be.stay" and actors and line.low(trigger.last).endswith("ed") and befalls_hand(line, actors):
        return True  # "The captain of HMS Kent was relieved of command in Portsmouth"
    if rule.id == "sea.place" and actors and not all(v.name for v in actors.vessels):
        return True  # "The destroyer took the tanker's place": some ship or other
    if rule.host and rule.kind is EventKind.IN_PORT and _before_it_has(scene, trigger):
        return True
    if rule.id == "sea.state" and _was_out_so_long(line, trigger):
        return True
    if rule.id == "be.stay" and (_was_greatest(line, trigger) or (line.low(trigger.last).endswith("ed") and line.low(trigger.last + 1) == "by")):
        return True  # "The regatta in Kiel will be opened by the training ship X"
    if rule.id == "inport.state" and _lies_beside_ship(scene, trigger):
        return True
    if _is_built_there(line, trigger):
        return True
    if rule.id == "inport.held" and actors and not _held_there(scene, trigger, actors):
        return True
    if rule.id == "sea.state" and _so_long(line, trigger) and not any(trigger.last <= p.first < trigger.reach[1] for p in scene.places):
        return True  # "came in on Friday, ending 209 days at sea"
    return (rule.copula or rule.id == "inport.lie") and _says_where_it_lies(scene, trigger)


_HAD_BEEN, _LENGTH_TOKENS = frozenset(["had", "spent", "spend"]), 4


def _was_out_so_long(line: Line, trigger: Trigger) -> bool:
    """Whether it is only told how long ships had been at sea: "had been at sea for 210 days"."""
    chain = line.lows[trigger.chain : trigger.first]
    counted = line.low(trigger.last) == "for" and line.low(trigger.last - 1) == "sea"
    return (
        counted
        and not _HAD_BEEN.isdisjoint(chain)
        and not line.doc.lexicon.sets["voyage_spans"].isdisjoint(line.lows[trigger.last : trigger.last + _LENGTH_TOKENS])
    )


def _was_greatest(line: Line, trigger: Trigger) -> bool:
    """Whether a ship is only told to be the greatest or first of many: "was the biggest of 167 ships in the Solent"."""
    at = trigger.last
    return line.low(at) == "the" and (line.low(at + 1).endswith("est") or line.low(at + 1) in ("first", "last", "only")) and line.low(at + 2) == "of"


def _lies_beside_ship(scene: Scene, trigger: Trigger) -> bool:
    """Whether ships are only told to be at another's side: "left Yokosuka on Monday, with the destroyer X alongside"."""
    line = scene.line
    if line.lows[trigger.first : trigger.last] != ["alongside"] or line.starting("preposition", trigger.last):
        return False
    return any(g.last == trigger.first and line.low(before_phrase(line, g.first)) == "with" for g in scene.groups)


_YARDS, _BUILT_TOKENS = frozenset(["shipyard", "dockyard", "yard"]), 7


def _is_built_there(line: Line, trigger: Trigger) -> bool:
    """Whether a yard is only told as where ships are made: "is being built in a shipyard at Brest", "was launched in the shipyard at Kiel"."""
    if trigger.rule.id != "inport.state" or _YARDS.isdisjoint(line.lows[trigger.first : trigger.last]):
        return False
    return not line.doc.lexicon.sets["built_there"].isdisjoint(line.lows[max(trigger.first - _BUILT_TOKENS, 0) : trigger.first])


def _so_long(line: Line, trigger: Trigger) -> bool:
    """Whether a state only says how long a voyage lasted: "after seven months at sea"."""
    return trigger.chain == trigger.first and line.low(trigger.first - 1) in line.doc.lexicon.sets["voyage_spans"]


def _before_it_has(scene: Scene, trigger: Trigger) -> bool:
    """Whether a host is only told to have ships some time ahead: "Before Plymouth sees her again, she is to call at Lisbon"."""
    host = next((p for p in reversed(scene.places) if p.last <= trigger.chain), None)
    return host is not None and scene.line.low(host.first - 1) in ("before", "until", "till")


def _held_there(scene: Scene, trigger: Trigger, actors: Group) -> bool:
    """Whether ships in particular are told right in front of where something holds them: "holds the frigate X in dock at Wilhelmshaven"."""
    particular = all(v.name or (v.count and v.plural) for v in actors.vessels) or scene.line.low(actors.first) in ("the", "her", "it", "them", "him")
    last = max(actors.last, trigger.last)
    near = (p for p in scene.places if 0 < p.first - last <= _HELD_TOKENS or "where" in scene.line.lows[p.last : actors.first])
    return particular and any(p.how in ("in", "off", "to", None) for p in near)


_HELD_TOKENS = 6


def _brings_cargo(scene: Scene, trigger: Trigger) -> bool:
    """Whether a cargo and where it goes stand right behind a verb of bringing: "carried 300 containers from Rajin to Dunai"."""
    line, stop = scene.line, min(trigger.last + _CARGO_TOKENS, trigger.reach[1])
    to = next((n for n in range(trigger.last, stop) if line.low(n) in ("to", "into") or not line.text(n).isalnum()), None)
    if to is None or trigger.passive or (trigger.form == "ing" and trigger.chain == trigger.first) or line.low(to) not in ("to", "into"):
        return False
    cargo = not line.doc.lexicon.sets["cargoes"].isdisjoint(line.lows[trigger.last : to])
    return cargo and any(_may_unload_at(p) and 0 < p.first - to <= (1 if p.guess else CLOSE_TOKENS) for p in scene.places)


def _may_unload_at(place: PlaceMention) -> bool:
    """Whether a place is one where a ship can bring a cargo to, and not only a land of which the port may be told elsewhere."""
    return place.guess or (place.entry is not None and place.entry.kind not in (PlaceKind.COUNTRY, PlaceKind.REGION, *WATER_KINDS))


def _only_able(scene: Scene, trigger: Trigger) -> bool:
    """Whether a verb only tells what a ship can do or can't: "can operate in the Antarctic", "is too wide to pass the Panama Canal"."""
    line = scene.line
    chain = line.lows[trigger.chain : trigger.first]
    if "can" in chain and "not" not in chain and not trigger.passive and not trigger.rule.seen and not trigger.rule.plans:
        return not may_do(line, trigger) or not any(line.at_start(d.start) >= trigger.last for d in scene.dates)
    if line.low(trigger.chain) == "able" and line.low(trigger.chain - 1) not in line.doc.lexicon.sets["be"]:
        return True  # "boats able to patrol in the Arctic"
    if "able" in chain and not {"will", "would", "should", "is", "are", "be"}.isdisjoint(chain):
        return True  # "will be able to patrol the Barents Sea", but "was able to leave on Monday"
    if trigger.form in ("base", "ing") and not _FIT_FOR.isdisjoint(line.words) and _is_fit_for(line, trigger):
        return True
    return "to" in chain and "too" in line.lows[max(trigger.chain - 3, 0) : trigger.first]


_FIT_FOR = frozenset(["able", "capable", "intended", "designed", "optimised", "optimized", "suited", "fit", "enough", "conceived"])
_FIT_TOKENS, _FIT_ENDS = 12, frozenset([",", ";", ":", "but", "which", "who", "when", "where", "that"])


def _is_fit_for(line: Line, trigger: Trigger) -> bool:
    """Whether a verb only tells what ships are fit for: "is capable of operating in the Arctic", "boats able to dive and to sail to Guam"."""
    if any(line.low(n) in _FIT_FOR and line.low(n) != "able" and line.low(n + 1) == "to" for n in range(trigger.chain, trigger.first)):
        return True  # "are intended to operate in the Baltic"
    at = trigger.chain if line.low(trigger.chain) == "to" else trigger.chain - 1
    if line.low(at) not in ("to", "of", "and"):
        return False
    for n in range(at - 1, max(at - _FIT_TOKENS, -1), -1):
        if line.low(n) in _FIT_ENDS:
            return False
        if line.low(n) in _FIT_FOR:
            was = line.low(n) == "able" and line.low(n - 1) in ("was", "were", "been")
            return line.low(n + 1) in ("to", "of") and not was and (n + 1 == at or line.low(at - 1) == "and" or line.low(at) == "and")
    return False


def _is_over(line: Line, trigger: Trigger) -> bool:
    """Whether an act told by a noun is only said to be over: "ended a friendly call at Myanmar", "Its visit to Japan at an end, …"."""
    behind = line.lows[trigger.last : trigger.last + 7]
    if any(a == "at" and b == "an" and c == "end" for a, b, c in zip(behind, behind[1:], behind[2:], strict=False)):
        return True
    stays = trigger.rule.id == "noun.stay"  # "concluded its visit to Muscat": she lay there
    return any(not stays and line.low(n) in line.doc.lexicon.sets["noun_over"] for n in range(max(trigger.chain - 6, 0), trigger.chain)) or (
        line.low(trigger.first - 1) in ("earlier", "previous", "past", "former")
    )


def ends_call(scene: Scene, trigger: Trigger) -> bool:
    """Whether a call at a port is told by its end: "have wrapped up a call at Visakhapatnam"."""
    ended = not scene.line.doc.lexicon.sets["noun_over"].isdisjoint(scene.line.lows[max(trigger.chain - 6, 0) : trigger.chain])
    return (ended or _over_behind(scene, trigger)) and any(p.is_port and 0 <= p.first - trigger.last <= 2 * CLOSE_TOKENS for p in scene.places)


_OVER_TOKENS = 8
_OVER = (["was", "over"], ["is", "over"], ["were", "over"], ["an", "end"])


def _over_behind(scene: Scene, trigger: Trigger) -> bool:
    """Whether a call at a port is told by its end behind it: "The call of the frigate X at Kagoshima was over by the 6th"."""
    line = scene.line
    place = next((p for p in scene.places if p.is_port and p.first >= trigger.last), None)
    at = place.last if place else line.size
    ends = line.lows[at : at + _OVER_TOKENS]
    return any(ends[n : n + 2] in _OVER for n in range(len(ends))) and "," not in ends[:2]


_LEFT = frozenset(["left", "leaves", "leaving", "leave"])


def _leaves_thing(scene: Scene, trigger: Trigger) -> bool:
    """Whether what is left is no place: "leaves the announcement with nothing new"."""
    line, sets, at = scene.line, scene.line.doc.lexicon.sets, trigger.last
    if line.low(at) in ("each", "one") and line.low(at + 1) in ("other", "another"):
        return True  # "took leave of each other"
    if line.low(at) == "ship":
        return True  # "the crew abandoned ship"
    if line.low(at) == "one" and line.low(at + 1) in ("after", "by", "behind"):
        return False  # "will leave one after the other"
    behind = line.low(trigger.first) in _LEFT and any(before_phrase(line, g.first) == at - 1 for g in scene.groups if g.first >= at)
    if behind and any(p.how == "in" and at < p.first < trigger.reach[1] for p in scene.places):
        return True  # "left four landing ships in Sevastopol"
    if at < line.size and any(d.start == line.starts[at] for d in scene.dates):
        return False  # "left the same afternoon"
    if line.low(at) not in ("the", "a", "an", "its", "their", "no", "nothing", "little", "many", "some", "one", "only"):
        return False
    if line.low(at) == "the" and any(line.starting("group", n) for n in (at + 1, at + 2)):
        return True  # "left the group on Thursday"
    placed = any(at <= p.first <= at + 8 for p in scene.places)
    return not placed and not any(line.low(n) in sets["facilities"] or line.low(n) in sets["left_behind"] for n in range(at + 1, at + 6))


_LIES = frozenset(["lies", "is", "sits", "lie", "are"])


def _says_where_it_lies(scene: Scene, trigger: Trigger) -> bool:
    """Whether a clause only says where a place lies: "sailed into the Bismarck Sea, which lies off the coast of Papua New Guinea"."""
    line, at = scene.line, trigger.chain - 1
    if line.low(at) not in ("which", "that") or line.low(trigger.first) not in _LIES or line.low(trigger.chain) not in _LIES:
        return False
    behind = at - (line.text(at - 1) == ",")
    return any(p.entry and p.last == behind for p in scene.places) and not any(g.last == behind for g in scene.groups)
