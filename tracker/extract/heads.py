"""Stage 2, vessels without a name: told by a type word, a class, a number, or a word for ships told before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.domain.kinds import PlaceKind, VesselType
from tracker.domain.records import changed
from tracker.extract.ellipses import ellipses
from tracker.extract.line import Found, Line
from tracker.extract.mention import CROWD, NOBODY, VesselMention, is_capital
from tracker.extract.numbered_groups import numbered_groups
from tracker.extract.numbers import bare_numbers, epithets, ranked_ship
from tracker.extract.pennants import by_number, pennant_behind, told_again
from tracker.extract.phrases import TYPE_NUMBER, Phrase, left_of, measure_left, numbered_class, project_behind, right_of
from tracker.extract.plausible import QUOTES
from tracker.extract.spans import longest_first

_HERS = frozenset(["her", "its", "his", "their"])
_OTHERS = frozenset(["other", "remaining"])
_OTHERS_ALONE = (["other"], ["remaining"])
_OF_TWO = {"latter": "latter", "former": "former", "last": "latter", "first": "former"}
"""Which of two ships told together a word in front of what she is means: "the latter ship", "the first-named frigate"."""


def find_heads(line: Line, names: list[VesselMention]) -> list[VesselMention]:
    """The vessels of a sentence that no name tells, outside `names`, in no order that matters."""
    taken = {n for m in names for n in range(m.first, m.last)}
    larger = [f for f in line.found("type") if f.last - f.first > 1]  # "Arctic and offshore patrol vessel" holds no place
    places = line.found("place")
    if larger and places:
        places = [f for f in places if not any(o.first <= f.first + 1 and o.first < f.last < o.last for o in larger)]
    for found in (*line.found("navy"), *places):
        taken.update(range(found.first, found.last))
    words = [f for f in (*_fleets(line), *line.found("type"), *line.found("group")) if taken.isdisjoint(range(f.first, f.last))]
    heads = []
    for found in longest_first(words):
        mention = ranked_ship(line, found.first, found.last) or _head(line, found)
        if mention:
            heads.append(mention)
    heads.extend(epithets(line, taken))
    heads = [
        part
        for head in heads
        for part in (by_number(line, head) or _by_nation(line, head) or _by_land(line, head) or (*_without_noun(line, head), head))
    ]
    for head in heads:
        taken.update(range(head.first, head.last))
    classes = list(_class_heads(line, taken)) if line.found("class") or line.found("classes") else []
    for head in classes:
        taken.update(range(head.first, head.last))
    elided = list(ellipses(line, taken))
    elided.extend(numbered_groups(line, taken))
    for head in elided:
        taken.update(range(head.first, head.last))
    return [*heads, *_type_numbers(line, [*heads, *classes]), *classes, *elided, *bare_numbers(line, taken), *told_again(line, taken)]


_DONE_TO = frozenset(["the", "a", "an", "them", "her", "it", "both", "all", "two", "three", "four"])


_SERVES_AS = frozenset(["serve", "serves", "served", "serving", "act", "acts", "acted", "acting", "active"])


def _is_role(line: Line, at: int) -> bool:
    """Whether a kind of ship is only what a ship serves as."""
    lead = at - 1 - (line.low(at - 1) in ("a", "an", "the"))
    return (
        line.low(lead) == "as"
        and line.low(lead - 1) in _SERVES_AS
        and line.low(at) in ("guard", "guardship", "station", "duty", "patrol", "training")
    )


def _both_units(line: Line, at: int) -> bool:
    """Whether units are ships told before: "both units", "the two units"."""
    return line.low(at - 1) == "both" or (line.low(at - 1) in ("two", "three", "four") and line.low(at - 2) in ("the", "these"))


def _names_no_ships(line: Line, found: Found) -> bool:
    """Whether a word for ships is a part of another word, stands for people or a place, or only says what another ship is in a group."""
    lexicon, after, group = line.doc.lexicon, line.low(found.last), found.data is None
    plural = not group and found.data[1]
    if line.starting("type", found.last) and not group:
        return True  # "two FREMM frigates"
    if not group and after in lexicon.sets["of_shipping"]:
        return True  # "the tanker market", "warship designs"
    if "as" in line.words and not group and not plural and _is_role(line, found.first):
        return True  # "served as a guard ship in the Falklands"
    if not group and line.low(found.first) in ("unit", "units") and (not _both_units(line, found.first) or after == "of"):
        return True  # "units of the army", but "both units are bound for Tartus"
    if line.text(found.first - 1) == "-" and line.low(found.first - 2) in ("anti", "counter", "non"):
        return True  # "an anti-submarine drill"
    if group and line.low(found.last + 1) == "s" and line.text(found.last) in ("'", "’") and _owns_ship(line, found.last + 2):
        return True  # "The strike group's flagship aircraft carrier left"
    of = found.first - 1 - (line.low(found.first - 1) in ("the", "its", "their", "nato"))
    of -= line.low(of) == "s"
    if group and line.low(of) == "of" and line.low(of - 1) in ("flagship", "lead", "leader"):
        return True  # "HNLMS Tromp, flagship of the group, …"
    if found.last - found.first == 1 and (
        _is_verb(line, found.first) or (line.low(found.first) == "escort" and _is_act(line, found.first, group=group))
    ):
        return True  # "will escort Theodore Roosevelt home", "took over the escort of the tanker"
    seen = line.low(found.first - 2) in ("seen", "saw", "sees", "see")  # "has seen the ship visit Hawaii"
    calls = after == "visit" and (group or plural or seen) and line.starting("place", found.last + 1) is not None  # "Four frigates visit Gdynia"
    if (after in lexicon.compounds and not calls) or _is_hyphened(line, found):
        return True
    on_land = line.low(found.first - 1) in lexicon.land_words and (group or line.low(found.last - 1) in lexicon.sets["on_land_too"])
    if on_land or (after == "of" and line.doc.low[found.start : found.end] in ("carrier", "carriers")):
        return True  # "a truck convoy", "the aircraft units", but "a rocket cruiser"
    if group and after in ("sail", "sails"):
        return True  # "With her on the group sail to Hawaii are A and B"
    told_of = line.lows[found.last + 1 : found.last + 7] if group and after == "of" else ()
    if not line.doc.lexicon.sets["people"].isdisjoint(told_of[:3]) and "liberation" not in told_of:
        return True  # "a detachment of special operations soldiers"
    if told_of and _of_things(line, found.last + 1):
        return True  # "a convoy of lorries", "a group of tourists"
    return group and _of_people(line, found)


def _owns_ship(line: Line, at: int) -> bool:
    """Whether a word for one ship stands behind the owner that ends at a token: "'s flagship aircraft carrier"."""
    at += line.low(at) in ("flagship", "lead", "only", "sole")
    return any(f.first == at and not f.data[1] for f in line.found("type"))


def _is_verb(line: Line, at: int) -> bool:
    """Whether a word for ships is a verb: "will escort Theodore Roosevelt home", "HMS Kent escorts the two"."""
    sets, word = line.doc.lexicon.sets, line.low(at)
    if word in sets["verbs_too"] and line.low(at - 1) in sets["before_verb"]:
        return True
    return word == "escorts" and line.low(at + 1) in _DONE_TO and is_capital(line.text(at - 1))


def _is_act(line: Line, at: int, *, group: bool) -> bool:
    """Whether "escort" is what is done and no ship: "took over the escort of the tanker", "handed over escort to HMS Kent"."""
    sets, before, after = line.doc.lexicon.sets, line.low(at - 1), line.low(at + 1)
    if after == "of" and before == "the" and line.low(at - 2) in sets["before_act"]:
        return True
    if before == "the" and line.low(at - 2) in ("up", "over", "on") and line.low(at - 3) in _TAKES and after not in _OF_HERS:
        return True  # "HDMS Diana took up the escort."
    if line.low(at - 2) == "with" and before == "an" and after in ("of", "from", "by"):
        return True  # "left Malta with an escort of two frigates"
    of = after == "of" or line.lows[at + 1 : at + 4] == ["at", "sea", "of"]
    if of and any(line.ends_with(n, sets["does_watch"]) for n in range(at - 1, max(at - _DONE_TOKENS, 0), -1)):
        return True  # "completed another safe escort at sea of a food ship"
    if not group and before == "the" and after in ("was", "is", "has", "had", "were") and line.opens(at + 2, sets["escort_goes"]):
        return True
    if after in ("to", "for") and before in sets["gives_escort"]:
        return True
    if after == "to" and "over" in (before, line.low(at - 2)):
        return True
    return gets_escort(line, at) is not None or _is_given(line, at)


_OF_HERS = frozenset(["ship", "ships", "vessel", "vessels", "frigate", "destroyer", "duty", "duties"])
_TAKES = frozenset(["take", "takes", "took", "taken", "taking"])


def _is_hyphened(line: Line, found: Found) -> bool:
    """Whether a hyphen, and no dash of two, joins a word for ships to another one: "a submarine-launched missile"."""
    return line.text(found.last) == "-" and line.starts[found.last] == found.end and line.text(found.last + 1) != "-"


_ESCORT_TOKENS, _DONE_TOKENS = 4, 7


def gets_escort(line: Line, at: int) -> int | None:
    """The verb by which a ship is told to have "an escort", which then is an act and no ship: "had a Royal Navy escort", "was given an escort"."""
    after = line.low(at + 1)
    if line.low(at) != "escort" or after in ("of", "-") or (after.isalpha() and after not in line.doc.lexicon.function):
        return None  # "an escort of two frigates", "an escort role"
    article = next((n for n in range(at - 1, max(at - 1 - _ESCORT_TOKENS, 0), -1) if line.low(n) in ("a", "an")), None)
    if article is None or any(line.starting("type", n) or line.starting("vessel", n) for n in range(article + 1, at)):
        return None
    verb = article - 1 - (line.low(article - 1) == "with")
    return verb if line.low(verb) in line.doc.lexicon.sets["gets_escort"] else None


_GIVEN_TOKENS = 7


def _is_given(line: Line, at: int) -> bool:
    """Whether "an escort" is what a ship is given: "HMS Kent gave the tanker X an escort"."""
    if line.low(at) != "escort" or line.low(at - 1) not in ("a", "an"):
        return False
    front = line.lows[max(at - _GIVEN_TOKENS, 0) : at - 1]
    return "," not in front and not line.doc.lexicon.sets["gives_escort"].isdisjoint(front)


def _head(line: Line, found: Found) -> VesselMention | None:
    """The mention that a word for ships makes with the words around it; None where it tells of none."""
    if _names_no_ships(line, found):
        return None
    group, phrase = found.data is None, left_of(line, found.first)
    kind, plural = (_members_type(line, found.last), False) if group else found.data
    plural = plural or (not group and _are_craft(line, found, phrase))
    standing = _standing(line, found) if group else None
    if group and _is_no_group(line, found, phrase, standing=standing is not None):
        return None
    last, right_country, class_name = right_of(line, found.last)
    first, det, country = _beside_nation(line, phrase) if plural else (phrase.first, phrase.det, phrase.country)
    project = project_behind(line, last)
    last = project[0] if project else last
    told = phrase.count
    if plural and det == "bare" and line.low(first) == "foreign" and (mixed := _and_foreign(line, first)) is not None:
        (first, told), det, country = mixed, "count", None
    if det == "part" and not group and not plural and (of := _owner_of_part(line, first, found)) is not None:
        first, det, told = of, "definite", None  # "Ten of the destroyer's crew are missing"
    if standing:
        last, det = max(last, standing[1]), "definite"
    if group and told in (None, 1) and (numbered := _group_of(line, found.last)) is not None:
        last, told = numbered  # "a second group of three"
    if last > found.last and det == "definite" and plural and is_superlative(line, first, found.first):
        det = "several"  # "the largest ships of the Navy" are told here for the first time
    pennant = None if group or plural else pennant_behind(line, last, bare=det == "bare")
    hull, last = pennant or (None, last)  # "coast guard ship 5901"
    det = "name" if hull and det == "bare" else det  # "Frigate 542 passed the strait"
    if group and (line.low(first - 1), line.low(first - 2)) == ("of", "rest"):
        told = None
        first, det = first - 2 - (line.low(first - 3) == "the"), "rest"  # "the rest of her strike group"
    if line.low(first - 1) == "as" and line.low(found.last - 1) in line.doc.lexicon.sets["consorts"]:
        return None  # "with the patrol boat X as her escort"
    first, det = _whose(line, found, first, det)
    kind, det = _of_nations(line, found, (first, last), kind, det)
    first, det, count = _counted(line, found, first, det, told, plural=plural)
    if plural and det == "bare" and line.lows[max(first - 2, 0) : first] == ["of", "them"]:
        return None  # "eight ships, three of them carriers of Kalibr missiles"
    if plural and det == "bare" and kind is VesselType.AUXILIARY and (ships := _ships_and(line, first)) is not None:
        first, kind = ships, VesselType.WARSHIP
    return VesselMention(
        *line.span(first, last),
        first,
        last,
        type=kind or VesselType.WARSHIP,
        class_name=phrase.class_name or class_name,
        project=phrase.project or (project[1] if project else None),
        hull=hull,
        country=country or right_country,
        count=count,
        plural=plural or group or (count or 0) > 1,
        group=group,
        det=det,
        owner=phrase.owner,
        foreign="foreign" in line.words and "foreign" in line.lows[first : found.first],
        watching=_part_in_watch(line, first, found.first),
        word=standing[0] if standing else _word_of(line, found, first, det),
        number=standing[2] if standing else phrase.number,
        noun=line.low(found.last - 1),
    )


def _part_in_watch(line: Line, first: int, last: int) -> bool | None:
    """Whether ships are told as those who watch, or as those whom others watch: "the shadowing frigate", "the shadowed vessel"."""
    sets, words = line.doc.lexicon.sets, line.lows[first:last]
    return True if not sets["watching_ones"].isdisjoint(words) else False if not sets["watched_ones"].isdisjoint(words) else None


def _group_of(line: Line, at: int) -> tuple[int, int] | None:
    """The token behind the number of a group that stands right behind it without a noun, and the number: "a group of seven"."""
    number = line.starting("number", at + 1) if line.low(at) == "of" else None
    if number is None or not isinstance(number.data, int) or number.data < 2:
        return None
    behind = line.low(number.last)
    goes_on = behind.isalpha() and behind not in line.doc.lexicon.sets["auxiliaries"] and behind not in line.doc.lexicon.function
    acts = line.starting("trigger", number.last) is not None
    return (number.last, number.data) if not goes_on or acts else None


def _ships_and(line: Line, first: int) -> int | None:
    """The token where ships begin that are told with their support vessels: "Ships and support vessels of the Northern Fleet"."""
    before = line.ending("type", first - 1) if line.low(first - 1) == "and" else None
    if (
        before is None
        or before.data[0] not in (VesselType.WARSHIP, VesselType.VESSEL)
        or not before.data[1]
        or line.starting("number", before.first - 1)
    ):
        return None
    opens = before.first == 0 or line.low(before.first - 1) in ("of", "the", ",", ":") or line.text(before.first - 1) in ("“", '"')
    return before.first if opens else None


def _is_no_group(line: Line, found: Found, phrase: Phrase, *, standing: bool) -> bool:
    """Whether a word for a group only says how ships go, or repeats a name in brackets: "all in a single formation", "Group 1 (SNMG1)"."""
    goes = phrase.det in ("a", "bare") and line.low(phrase.first - 1) == "in"
    goes = goes or (phrase.det == "a" and line.low(phrase.first - 1) in ("form", "formed", "forming"))  # "Forming a flotilla, the ten ships …"
    alone = line.low(phrase.first) == "one" or line.low(found.first - 1) == "single" or line.low(found.last) in _BEHIND_AS_GROUP
    goes = goes or (line.low(phrase.first - 1) == "as" and line.low(phrase.first) in ("one", "a") and alone)  # "They left as a pair"
    return goes or (standing and line.text(found.first - 1) == "(" and found.first > 1)


_BEHIND_AS_GROUP = frozenset(["they", "the", "both", "all", ",", ".", ";", "", "on", "through", "from", "to"])


def _beside_nation(line: Line, phrase: Phrase) -> tuple[int, str, str | None]:
    """Where a plural begins, how it points and whose it is, where two nations stand in front: "American and British warships"."""
    first, det = phrase.first, phrase.det
    if det != "bare" or not phrase.country or line.low(first - 1) != "and" or not (other := line.ending("nation", first - 1)):
        return first, det, phrase.country
    beside = line.low(other.first - 1) in line.doc.lexicon.sets["brings_others"]
    return other.first, "several" if beside else det, None


def _and_foreign(line: Line, at: int) -> tuple[int, int] | None:
    """Where "33 Chinese and foreign ships" begins, and how many they are."""
    nation = line.ending("nation", at - 1) if line.low(at - 1) == "and" else None
    return _count_before(line, nation.first) if nation else None


def _of_nations(line: Line, found: Found, tokens: tuple[int, int], kind: VesselType | None, det: str) -> tuple[VesselType | None, str]:
    """The type and pointing of ships behind which nations or a navy are told: "Warships of Russia and China came in"."""
    (first, last), lexicon = tokens, line.doc.lexicon
    plural = found.data is not None and found.data[1]
    of_nations = (
        plural and last > found.last + 1 and (line.low(last - 1) in lexicon.sets["owning_nations"] or len(_lands(line, found.last, last)) > 1)
    )
    if of_nations and det == "bare" and line.low(first - 1) not in lexicon.sets["brings_others"]:
        counted = line.low(last - 1) in lexicon.sets["owning_nations"]
        det = (
            "several" if counted and line.doc.lists_participants else "such"
        )  # "Ships of seven navies"; whoever those of Russia and China are is told by name
    if kind is VesselType.VESSEL and _of_a_guard(line, first, found.first):
        kind = VesselType.PATROL_SHIP
    if kind is VesselType.VESSEL and (of_nations or _of_a_navy(line, first, last)):
        kind = VesselType.WARSHIP
    return kind, det


_GUARDS = frozenset(["ccg", "pcg", "uscg", "coastguard"])


def _of_a_guard(line: Line, first: int, last: int) -> bool:
    """Whether the words in front of a word for a ship say that she is a coast guard's: "a China Coast Guard ship", "two CCG vessels"."""
    words = line.lows[first:last]
    return "navy" not in words and (not _GUARDS.isdisjoint(words) or ("coast" in words and "guard" in words))


def _are_craft(line: Line, found: Found, phrase: Phrase) -> bool:
    """Whether a word that is its own plural stands without article, number or name: "Russian landing craft were observed"."""
    alone = line.low(found.last - 1) == "craft" and phrase.det == "bare" and phrase.count is None
    return (
        alone and not line.text(found.last)[:1].isupper() and line.text(found.last) not in QUOTES and line.low(found.last) not in ("is", "was", "has")
    )


def _counted(line: Line, found: Found, first: int, det: str, count: int | None, *, plural: bool) -> tuple[int, str, int | None]:
    """Where a phrase begins, how it points and how many it tells, with a number told in front of it or by its word."""
    if found.data is None:
        return first, det, line.doc.lexicon.group_counts.get(line.low(found.last - 1), count)
    if plural and count is None and (counted := _number_told(line, first)):
        return counted[0], "count", counted[1]
    return first, det, count if count is not None or plural else 1


def _members_type(line: Line, last: int) -> VesselType | None:
    """Of what type the ships of a group are that "of" tells right behind it: "a squadron of Russian minesweepers", "a group of six corvettes"."""
    if line.low(last) != "of":
        return None
    members = next((f for f in line.found("type") if last < f.first <= last + _MEMBERS_TOKENS and f.data[1]), None)
    known = members is not None and not any(line.low(n) in _NO_MEMBERS for n in (*range(last + 1, members.first), members.last))
    return members.data[0] if members and known and members.data[0] not in (VesselType.VESSEL, VesselType.WARSHIP) else None


_MEMBERS_TOKENS, _NO_MEMBERS = 4, frozenset([",", "and", "with", "the", "of", "or"])


def _owner_of_part(line: Line, first: int, found: Found) -> int | None:
    """Where "the destroyer" begins in "ten of the destroyer's crew": a number that counts what is hers, and no ships."""
    if line.text(found.last) not in ("'", "’") or line.low(found.last + 1) != "s" or "of" not in line.lows[first : found.first]:
        return None
    return found.first - 1 if line.low(found.first - 1) == "the" else None


def _whose(line: Line, found: Found, first: int, det: str) -> tuple[int, str]:
    """Where a phrase begins and how it points, by whose ships they are or what they are to others: "her two consorts", "the other two ships"."""
    lexicon, group = line.doc.lexicon, found.data is None
    plural = not group and found.data[1]
    if not group and line.low(found.last - 1) in lexicon.sets["consorts"]:
        first -= det == "count" and line.low(first - 1) in _HERS  # "her two consorts"
        owned = det in ("bare", "count") and line.low(first - 1) == "s" and line.text(first - 2) in ("'", "’")  # "the carrier's two escorts"
        det = "consort" if owned or line.low(first) in _HERS else det
    if line.low(found.first - 1) in ("supporting", "accompanying") and line.low(first) in _HERS and not group:
        one = "consort" if found.data[0] is VesselType.VESSEL else det  # "the submarine and its supporting vessel"
        det = "several" if plural else one  # "the warships along with their supporting tugs"
    if plural and det == "definite" and line.low(first) in _HERS and line.low(first - 1) == "with" and found.data[0] in _ATTEND:
        det = "several"  # "the corvettes were seen off Ushant with their tugs": no ships told before
    if line.low(found.first - 1) == "sister" and (line.low(first) in _HERS or line.low(first) == "the") and not plural:
        det = "consort"  # "her sister ship"
    if plural and not group and det == "count" and line.low(first - 1) == "her" and line.low(first - 2) in _OPENS_CLAUSE:
        first, det = first - 1, "definite"  # "Her two frigates put into Malta"
    if _none_in_particular(line, found, first, det):
        det = "such"
    if plural and not group and det in ("count", "several") and line.low(first) in _OTHERS and line.low(first - 1) == "the":
        first, det = first - 1, "rest"  # "the other two ships"
    if plural and not group and det == "count" and line.low(first - 1) in _OTHERS and line.low(first - 2) == "the":
        first, det = first - 2, "rest"  # "the remaining two ships"
    if plural and not group and det == "definite" and line.low(first - 1) == "of" and line.low(first - 2) == "rest" and line.low(first - 3) == "the":
        first, det = first - 3, "rest"  # "the rest of the ships"
    others = plural and not group and det == "definite" and line.low(first) == "the" and line.lows[first + 1 : found.first] in _OTHERS_ALONE
    if others and line.low(found.last) not in ("in", "of", ",", ":", "(") and ":" not in line.lows[found.last :]:
        det = "rest"  # "the other ships came in today"
    if not plural and not group and det == "definite" and _of_two(line, first, found.first):
        det = "rest"  # "the latter ship", "the first-named frigate"
    return first, det


_OPENS_CLAUSE = frozenset(["", ",", ";", "and", "while", "but", ".", ":"])
_ATTEND = frozenset([VesselType.AUXILIARY, VesselType.TUG, VesselType.TANKER, VesselType.OILER])


def _of_two(line: Line, first: int, noun: int) -> bool:
    """Whether only "latter", "first-named" or the like stands between "the" and a word for a ship."""
    named = line.low(noun - 1) in ("named", "mentioned") and line.text(noun - 2) == "-"
    return (
        line.low(first) == "the" and line.low(first + 1) in _OF_TWO and (noun - first == 2 + 2 * named and (named or line.low(first + 1) == "latter"))
    )


def _word_of(line: Line, found: Found, first: int, det: str) -> str | None:
    """The word by which a later phrase can point back at a group or at the other ships."""
    if found.data is None and det != "rest":
        return line.doc.low[found.start : found.end]
    if det == "rest" and line.low(first + 1) in _OF_TWO:
        return _OF_TWO[line.low(first + 1)]
    if det == "rest":
        return "others"
    if line.low(first) == "no":
        return NOBODY
    if det == "several" and "of" in line.lows[first : found.first]:
        return CROWD
    return "another" if line.low(first) == "another" else None


_STANDS_AT = frozenset(["was", "is", "reached", "hit", "rose", "stood", "came", "at", "to"])


def _number_told(line: Line, first: int) -> tuple[int, int] | None:
    """How many "the number of ships" is, and the first token of that: "Nine is the number of warships …", "The number of ships … was nine"."""
    if line.low(first - 1) != "of" or line.low(first - 2) not in ("number", "tally", "count") or line.low(first - 3) not in ("the", "a"):
        return None
    at = first - 3
    if line.low(at - 1) in line.doc.lexicon.sets["be"]:
        number = line.ending("number", at - 1)
        told = number.data if number else int(line.low(at - 2)) if line.low(at - 2).isdecimal() else None
        return ((number.first if number else at - 2), told) if told else None
    if at > 1:
        return None
    end = line.size - (line.text(line.size - 1) == ".")
    number = line.ending("number", end)
    begin = number.first if number else end - 1
    told = number.data if number else int(line.low(begin)) if line.low(begin).isdecimal() and len(line.low(begin)) < 4 else None
    return (first, told) if told and line.low(begin - 1) in _STANDS_AT else None


_FIGURES = {"one": "1", "two": "2", "i": "1", "ii": "2"}


def _standing(line: Line, found: Found) -> tuple[str, int, str] | None:
    """One word for a standing group, the end of its number and the number: "SNMG1", "Standing NATO Maritime Group 2"."""
    surface = line.doc.low[found.start : found.end]
    if surface.rstrip("12") not in line.doc.lexicon.sets["standing_groups"]:
        return None
    digit = surface[-1] if surface[-1].isdecimal() else ""
    at = found.last + (line.text(found.last) in ("-", "–"))
    figure = _FIGURES.get(line.low(at), line.low(at))
    last = found.last if digit or figure not in ("1", "2") else at + 1
    word = "snmcmg" if "mine" in surface or surface.startswith("snmc") else "snmg"
    return word, last, digit or (figure if last > found.last else "")


_FIRSTS, _FIRST_TOKENS = frozenset(["first", "second", "third", "only"]), 4


def _none_in_particular(line: Line, found: Found, first: int, det: str) -> bool:
    """Whether a phrase means ships of a sort: "two such vessels", "a vessel of that age"."""
    if "such" in line.words and "such" in line.lows[first : found.first] and "more" not in line.lows[first : found.first]:
        return True
    if line.low(first) in _HERS and line.low(first + 1) == "first" and det == "definite" and found.data is not None:
        return True  # "which is to give the country its first aircraft carrier"
    if det == "bare" and line.low(first - 1) in ("for", "by") and not _FIRSTS.isdisjoint(line.lows[max(first - _FIRST_TOKENS, 0) : first - 1]):
        return "since" in line.words  # "The crossing is the first for Iranian ships since 1979"
    return det == "a" and line.low(found.last) == "of" and line.low(found.last + 1) in ("that", "this", "such", "its", "her")


def _lands(line: Line, first: int, last: int) -> list[Found]:
    """The countries of a list among tokens first..last-1: "of South Africa and China"."""
    entries = line.doc.gazetteer.places.entries
    lands = [f for n in range(first, last) if (f := line.starting("place", n)) and f.last <= last and isinstance(f.data, tuple)]
    return [f for f in lands if entries[f.data[0]].kind is PlaceKind.COUNTRY]


def _by_land(line: Line, head: VesselMention) -> list[VesselMention]:
    """The ships of each country behind a noun that they share: "ships of South Africa and China"."""
    if "of" not in line.words or not head.plural or head.group or head.country:
        return []
    of = next((n for n in range(head.first, head.last) if line.low(n) == "of"), None)
    lands = _lands(line, of, head.last) if of is not None else []
    parts: list[VesselMention] = []
    for land in lands if len(lands) > 1 else ():
        first = land.first if parts else head.first
        start, end = line.span(first, land.last)
        country = line.doc.gazetteer.places.entries[land.data[0]].country
        parts.append(changed(head, start=start, end=end, first=first, last=land.last, country=country, count=None))
    return parts


def _without_noun(line: Line, head: VesselMention) -> list[VesselMention]:
    """The ships of other nations listed in front of a noun that they share: "five Chinese and four Russian warships"."""
    found: list[VesselMention] = []
    at = head.first
    while head.country and not head.group and head.det in ("count", "a") and line.low(at - 1) in ("and", ","):
        nation = line.ending("nation", at - 1)
        counted = _count_before(line, nation.first) if nation else None
        if nation is None or counted is None:
            break
        first, count = counted
        start, end = line.span(first, at - 1)
        det = (
            "a" if line.low(first) in ("a", "an") and line.text(first - 1) != "," else "count"
        )  # no aside: "a Norwegian, a Danish and a German ship"
        found.insert(0, changed(head, start=start, end=end, first=first, last=at - 1, count=count, plural=count > 1, country=nation.data, det=det))
        at = first
    return found


def _count_before(line: Line, at: int) -> tuple[int, int] | None:
    """Where a number or article right before a token begins, and how many it tells."""
    low = line.low(at - 1)
    if number := line.ending("number", at):
        return number.first, number.data
    if low in ("a", "an"):
        return at - 1, 1
    return (at - 1, int(low)) if low.isdecimal() and 0 < int(low) < 1000 and line.text(at - 2) not in (".", ",", "-", "/") else None


def _by_nation(line: Line, head: VesselMention) -> list[VesselMention]:
    """The ships of a number told by their nations behind it: "three other warships, two from China and one from Russia"."""
    if not head.count or head.count < 2 or head.group or line.text(head.last) not in (",", "(", "–", "—", "-", ":"):
        return []
    parts: list[VesselMention] = []
    at = head.last + 1
    while at < line.size and len(parts) < head.count:
        number = line.starting("number", at)
        last = number.last if number else at + line.low(at).isdecimal()
        begin = last + 1 + (line.low(last + 1) == "the")
        owner = line.starting("nation", begin) or line.starting("place", begin) or line.starting("navy", begin)
        if last == at or line.low(last) not in ("from", "of") or owner is None:
            break
        place = line.doc.gazetteer.places.entries[owner.data[0]] if isinstance(owner.data, tuple) else None
        count = number.data if number else int(line.low(at))
        start, end = line.span(at, owner.last)
        country = place.country if place else owner.data
        parts.append(changed(head, start=start, end=end, first=at, last=owner.last, count=count, plural=count > 1, country=country, det="count"))
        at = owner.last
        while line.low(at) in ("and", ","):
            at += 1
    return parts if len(parts) > 1 and sum(p.count or 0 for p in parts) == head.count else []


_NUMBERED = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_UNIT = frozenset(["unit"])
_FLEET = frozenset(["fleet"])


def _fleets(line: Line) -> Iterator[Found]:
    """A fleet that is a group of ships: "the 44th fleet" in small letters, and "the fleet" where the text has told of one."""
    for at in line.where(_FLEET):
        numbered = line.text(at).islower() and _NUMBERED.fullmatch(line.low(at - 1))
        the = at - 1 - (line.low(at - 1) in ("new", "whole", "entire"))
        again = line.text(at).islower() and line.low(the) == "the" and line.doc.numbers_a_fleet
        some = line.text(at).islower() and line.ending("navy", at) is not None and line.doc.numbers_a_fleet  # "A Chinese navy fleet left a port"
        if numbered or again or some or _goes_to_sea(line, at):
            yield Found(at, at + 1, line.starts[at], line.ends[at], None)
    for at in line.where(_UNIT) if line.doc.sails_in_units else ():
        if line.text(at).islower():
            yield Found(at, at + 1, line.starts[at], line.ends[at], None)


def _goes_to_sea(line: Line, at: int) -> bool:
    """Whether a land's fleet, told with "a", does what ships do: "A large Russian fleet crossed the Strait of Gibraltar"."""
    nation = line.ending("nation", at)
    if nation is None or not line.text(at).islower():
        return False
    front = line.lows[max(nation.first - _FRONT, 0) : nation.first]
    verb = line.starting("trigger", at + 1 + (line.low(at + 1) in line.doc.lexicon.sets["auxiliaries"]))
    return not {"a", "an"}.isdisjoint(front) and verb is not None and any(form in ("past", "pres", "part", "ing") for _, form in verb.data)


_FRONT = 3
_SHIPS_TOLD = frozenset(["type", "nation", "navy", "number", "group", "class", "classes", "vessel", "prefix", "place"])
_THINGS_TOKENS = 4


def _of_things(line: Line, at: int) -> bool:
    """Whether a plain plural behind "of" says that a group is none of ships: "a convoy of heavy lorries"."""
    for n in range(at, min(at + _THINGS_TOKENS, line.size)):
        low = line.low(n)
        if line.begins(_SHIPS_TOLD, n) or not line.text(n).islower() or not low.isalpha() or low in line.doc.lexicon.function:
            return False
        if low.endswith("s") and low not in line.doc.lexicon.modifiers:
            return not low.endswith(("ss", "us")) and line.starting("type", n + 1) is None
    return False


def _of_people(line: Line, found: Found) -> bool:
    """Whether a group is one of people: "a pressure group", "an ecologist group"."""
    before, sets = line.low(found.first - 1), line.doc.lexicon.sets
    if (
        line.low(found.first) not in ("group", "squad")
        or not before.isalpha()
        or before in sets["ship_groups"]
        or before in line.doc.lexicon.definite
        or (line.low(found.last) == "of" and any(found.last < f.first <= found.last + 3 for f in line.found("type")))
    ):
        return False  # "an international group of warships"
    return (
        before not in ("a", "one")
        and not line.ending("nation", found.first)
        and not line.ending("navy", found.first)
        and before.islower()
        and not is_capital(line.text(found.first - 1))
    )


def _of_a_navy(line: Line, first: int, last: int) -> bool:
    """Whether words tell that ships are a navy's or a strike group's: "ships of the German Navy", "other PLAN ships"."""
    words = {line.low(n) for n in range(first, last)}
    return not words & {"guard", "police", "customs"} and bool(
        words & {"navy", "naval", "strike", "pla", "enemy"} or any(f.first >= first and f.last <= last for f in line.found("navy"))
    )


def is_superlative(line: Line, first: int, last: int) -> bool:
    """Whether tokens first..last-1 hold a superlative: "largest", "most"."""
    return any(line.low(n).endswith("est") or line.low(n) == "most" for n in range(first, last))


def _class_heads(line: Line, taken: set[int]) -> Iterator[VesselMention]:
    """A class told in the place of a type: "three Kilos", "a Ropucha", "the Udaloy"."""
    classes = line.doc.gazetteer.vessels.class_types
    for found in (*line.found("class"), *line.found("classes")):
        text, last = line.doc.text[found.start : found.end], found.last
        kind = classes.get(found.data)
        joined = line.text(last) in ("-", "‐", "–") and line.starts[last] == line.ends[last - 1]  # but "1 Krivak – likely Ladny"
        tokens = set(range(found.first, last))
        if line.low(last + joined) == "class" and line.low(last + joined + 1) not in ("of", "-"):
            last, joined = last + joined + 1, False  # "a Halifax-class left Rota"
            tokens.difference_update(n for f in line.found("place") for n in range(f.first, f.last))
        if kind is None or not is_capital(text) or not taken.isdisjoint(tokens) or joined:
            continue
        if line.low(last) in ("class", "boat", "type") or line.starting("type", last) or is_capital(line.text(last)):
            continue
        if line.low(last) in line.doc.lexicon.land_words:
            continue  # "a Bayraktar drone", "two Typhoon fighters"
        if line.low(last) == "of" and line.low(last + 1) == "navigation":
            continue  # "conducted a Freedom of Navigation operation"
        phrase = left_of(line, found.first)
        those = phrase.det == "definite" and (phrase.count or 0) > 1 and line.low(found.last - 1).endswith("s")  # "the two Gorshkovs"
        again = (
            phrase.det == "definite" and not phrase.count and f"{text.lower()}-class" in line.doc.low[: line.starts[found.first]]
        )  # "The Udaloy …"
        if (phrase.det not in ("a", "count", "part", "several") and not (those or again)) or phrase.class_name:
            continue
        plural = (phrase.count or 2) > 1
        start, end = line.span(phrase.first, last)
        name = text[:-1] if found in line.found("classes") and text.endswith("s") else text
        yield VesselMention(
            start,
            end,
            phrase.first,
            last,
            type=kind,
            class_name=name,
            country=phrase.country,
            count=1 if again else phrase.count,
            plural=plural and not again,
            det=phrase.det,
        )


def _type_numbers(line: Line, heads: list[VesselMention]) -> Iterator[VesselMention]:
    """ "The Type 23", "a Type 052D" without a word for what it is."""
    if "type" not in line.words:
        return
    for match in TYPE_NUMBER.finditer(line.doc.text, line.sentence.start, line.sentence.end):
        first = line.at_offset(match.start())
        last = line.at_offset(match.end() - 1) + 1
        worth = measure_left(line, first)
        phrase = left_of(line, first if worth is None else worth)  # "The £1bn Type 45", "two Chinese Type 052Ds"
        if (
            phrase.det not in ("definite", "a", "count")
            or any(h.first <= first < h.last for h in heads)
            or line.low(last) in ("-", "class")
            or line.starting("vessel", last)
        ):
            continue
        start, end = line.span(phrase.first, last)
        plural = (phrase.count or 0) > 1 or line.text(last - 1)[-1] == "s"
        name = numbered_class(match[1])
        yield VesselMention(
            start,
            end,
            phrase.first,
            last,
            type=VesselType.WARSHIP,
            class_name=name,
            country=phrase.country,
            count=phrase.count or 1,
            det=phrase.det,
            plural=plural,
        )
