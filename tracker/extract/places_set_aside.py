"""Stage 2, places that are told as no place of a ship: what is fought over, whose flag it is, who is a partner."""

from __future__ import annotations

from tracker.domain.kinds import WATER_KINDS, PlaceKind
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention

_ARMED = frozenset(["navy", "fleet", "navies", "forces", "guard"])
_CALLS = frozenset(["call", "calls", "called", "calling"])


_SIZES = frozenset(["size", "area", "big", "large", "larger", "bigger", "length"])


def is_set_aside(line: Line, place: PlaceMention) -> bool:
    """Whether a place is only told to be another than the one meant: "at Mumbai, not Kochi, …", "to Malta rather than to Souda Bay"."""
    if _flies_its_flag(line, place) or ("free" in line.words and line.lows[max(place.first - 3, 0) : place.first] == ["free", "and", "open"]):
        return True  # "a commitment to a free and open Indo-Pacific"
    if line.text(place.last - 1) == "coast" and place.entry and place.entry.name.endswith(" Coast"):
        return True  # "off the Cape coast" is not off Cape Coast
    if "behalf" in line.words and line.lows[max(place.first - 3, 0) : place.first] == ["on", "behalf", "of"]:
        return True  # "took part on behalf of Malaysia"
    if place.entry and place.entry.kind is PlaceKind.COUNTRY and _holds(line, place):
        return True
    if place.first == 0 and place.how is None and line.low(place.last) in _SPEAKS and place.entry and place.entry.kind is PlaceKind.COUNTRY:
        return True  # "South Korea says a survey ship entered disputed waters"
    if place.entry and place.entry.name in _CONTINENTS and not _is_bound_for(line, place):
        return True
    if "home" in line.words and line.low(place.first - 1) in _CALLS and "home" in line.lows[place.last : place.last + 5]:
        return True  # "one of the four destroyers that call Rota, Spain, home"
    if not _SIZES.isdisjoint(line.words) and _is_measure(line, place):
        return True  # "surveyed an area twice the size of Wales"
    if place.entry and place.entry.kind is PlaceKind.COUNTRY and _is_kept_safe(line, place):
        return True  # "to ensure the security of British waters, HMS Tyne shadowed the tanker"
    if "with" in line.words and place.entry and place.entry.kind is PlaceKind.COUNTRY and _as_partner(line, place):
        return True  # "trained with India, Japan and the United States"
    if "by" in line.words and place.entry and place.entry.kind in (PlaceKind.COUNTRY, PlaceKind.ISLAND) and _lays_claim(line, place):
        return True  # "near a reef claimed by China, Taiwan and Vietnam"
    if line.low(place.first - 1) == "in" and line.low(place.first - 2) in _ASHORE:
        return True  # "placed authorities in Athens on alert"
    source = line.low(place.first - 2) if line.low(place.first - 1) == "in" else ""
    if (source in line.doc.lexicon.sets["sources"] or source in _OFFICES) and _says_so(line, place):
        return True  # "the Defense Ministry in Tokyo said", "according to officials in Manila"
    if (
        place.entry
        and place.entry.kind is PlaceKind.COUNTRY
        and not (line.words.isdisjoint(line.doc.lexicon.sets["strife"]) and line.words.isdisjoint(_ATTACKS))
        and _is_at_strife(line, place)
    ):
        return True  # "sailed amid the tensions between Greece and Turkey"
    if "from" in line.words and place.entry and place.entry.kind is PlaceKind.COUNTRY and _is_threat(line, place):
        return True  # "crossed the canal amid a growing threat from Iran"
    if line.low(place.last + (line.low(place.last) in ("base", "port"))) in _WHO_SAYS:
        return True  # "according to Sasebo base sources"
    if place.entry and place.entry.kind in WATER_KINDS and not line.words.isdisjoint(line.doc.lexicon.sets["finished"]) and _is_finished(line, place):
        return True
    if "not" not in line.words and "rather" not in line.words and "instead" not in line.words:
        return False
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    if place.how and line.low(at) not in ("not", "than", "of"):
        found = line.ending("preposition", at + 1)
        at = found.first - 1 if found else at - 1
    if (line.low(at - 1), line.low(at)) in (("rather", "than"), ("instead", "of")):
        return True
    contrasted = line.low(place.last) == "but" or line.text(at - 1) in (",", "and", "(", "—", "–", ";")
    return line.low(at) == "not" and contrasted  # "went not to Malta but to Rota"


_NUMBERED = frozenset(["second", "third", "fourth", "fifth", "sixth", "seventh", "tenth"])
_FLEETS, _FLEET_TOKENS = frozenset(["fleet", "fleets"]), 12


def _holds(line: Line, place: PlaceMention) -> bool:
    """Whether a land is only told as whose port or island a place is: "the U.S. island territory of Guam", "the UK port of Faslane"."""
    numbered = any(char.isdigit() for char in line.low(place.last)) or line.low(place.last) in _NUMBERED
    if numbered and not _FLEETS.isdisjoint(line.lows[place.last : place.last + _FLEET_TOKENS]):
        return True  # "to the U.S. 3rd, 5th and 7th Fleet areas of operations"
    kinds = line.doc.lexicon.sets["kinds_of_ports"]
    at = place.last + (line.low(place.last) in _SORTS and line.low(place.last + 1) in kinds)
    return line.low(at) in kinds and line.low(at + 1) == "of" and line.starting("place", at + 2) is not None


_SORTS = frozenset(["island", "overseas", "naval", "pacific", "caribbean", "offshore", "southern", "northern", "western", "eastern", "main"])


_SPEAKS = frozenset(["says", "said", "claims", "claimed", "reports", "reported", "announced", "announces", "confirmed", "confirms"])
_CONTINENTS, _BOUND = frozenset(["Africa", "Asia", "Europe"]), frozenset(["to", "for", "toward", "towards"])


def _is_bound_for(line: Line, place: PlaceMention) -> bool:
    """Whether a continent is where a voyage goes, for a ship that is in one is told no place: "left for Asia", not "a tour to Europe"."""
    return line.low(place.first - 1) in _BOUND and line.low(place.first - 2) not in line.doc.lexicon.sets["voyage_nouns"]


def _is_measure(line: Line, place: PlaceMention) -> bool:
    """Whether a place is only told for how large it is: "the size of Spain", "equal to the area of Malta", "as big as Crete"."""
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    if line.low(at) == "of":
        return line.low(at - 1) in ("size", "length") or (line.low(at - 1) == "area" and line.low(at - 3) == "to")
    return (line.low(at) == "as" and line.low(at - 1) in ("big", "large")) or (line.low(at) == "than" and line.low(at - 1) in ("larger", "bigger"))


def _is_at_strife(line: Line, place: PlaceMention) -> bool:
    """Whether a land is only told for its war or dispute: "due to the conflict in Syria", "amid the tensions between Greece and Turkey"."""
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    if line.low(at) == "and" and (other := line.ending("place", at)) and "between" in line.lows[max(other.first - 2, 0) : other.first]:
        at = other.first - 1 - (line.low(other.first - 1) == "the")
    if line.low(at) in ("on", "against", "at") and line.low(at - 1) in _ATTACKS:
        return True  # "involved in missile attacks on Ukraine"
    return line.low(at) in ("in", "between", "of", "with", "against") and not line.doc.lexicon.sets["strife"].isdisjoint(line.lows[at - 1 : at])


def _is_threat(line: Line, place: PlaceMention) -> bool:
    """Whether a land is only told as what threatens, presses or objects: "in the face of a threat from Iran", "despite protests from Turkey"."""
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    return line.low(at) == "from" and (line.low(at - 1) in _THREATS or line.low(at - 1) in _ATTACKS)


_THREATS = frozenset(
    [
        "threat",
        "threats",
        "danger",
        "pressure",
        "protest",
        "protests",
        "objection",
        "objections",
        "criticism",
        "warning",
        "warnings",
        "fire",
        "drones",
    ]
)
_ASHORE = frozenset(["authorities", "diplomats", "lawmakers", "leaders", "residents", "locals", "politicians"])
_ATTACKS = frozenset(
    ["attack", "attacks", "strike", "strikes", "raid", "raids", "bombardment", "assault", "assaults", "missiles", "sanctions", "embargo", "tariffs"]
)
_WHO_SAYS = frozenset(["sources", "officials", "authorities"])
_SAFETY = frozenset(["protection", "security", "defence", "defense", "safety", "integrity", "sovereignty"])
_KEEPS_SAFE = frozenset(["protect", "defend", "safeguard", "secure", "police"])


def _is_kept_safe(line: Line, place: PlaceMention) -> bool:
    """Whether a land is only told as what ships are there to protect: "in line with its duty to protect Greek waters"."""
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    return (line.low(at) == "of" and line.low(at - 1) in _SAFETY) or (line.low(at) in _KEEPS_SAFE and line.low(at - 1) == "to")


_PARTNER_TOKENS = 20


def _as_partner(line: Line, place: PlaceMention) -> bool:
    """Whether a land is one of those with whom something is done, and no place: "held drills with India, Japan and the United States"."""
    for at in range(place.first - 1, max(place.first - _PARTNER_TOKENS, -1), -1):
        low, land = line.low(at), any(f.first <= at < f.last for f in line.found("place"))
        if low == "with":
            return True
        if low not in (",", "and", "the", "both") and low not in _FORCES and not land:
            return False
    return False


_CLAIMED = frozenset(["claimed", "disputed", "contested", "occupied"])


def _lays_claim(line: Line, place: PlaceMention) -> bool:
    """Whether a land is only told to claim another place: "a reef that is claimed by China, Taiwan and Vietnam"."""
    if _CLAIMED.isdisjoint(line.words):
        return False
    for at in range(place.first - 1, max(place.first - _PARTNER_TOKENS, 0), -1):
        low = line.low(at)
        if low == "by":
            return line.low(at - 1) in _CLAIMED
        if low not in (",", "and", "the", "both") and not any(f.first <= at < f.last for f in line.found("place")):
            return False
    return False


_FORCES = frozenset(
    ["naval", "armed", "forces", "navies", "navy", "troops", "counterparts", "from", "of", "allied", "ships", "warships", "vessels", "units", "crews"]
)
_FLAGS = frozenset(["flagged", "registered", "flag", "flags", "incorporated", "reflagged"])


def _is_force_of(line: Line, place: PlaceMention) -> bool:
    """Whether a land only says whose a force is: "headed by the commander of the Pacific Fleet of Russia, berthed here"."""
    of = place.first - 1 - (line.low(place.first - 1) == "the")
    return line.low(of) == "of" and place.entry is not None and place.entry.kind is PlaceKind.COUNTRY and line.low(of - 1) in _ARMED


def _flies_its_flag(line: Line, place: PlaceMention) -> bool:
    """Whether a land only tells whose flag a ship flies: "flagged under the Cook Islands", "under the Panama flag", "registered in Gabon"."""
    if "of" in line.words and _is_force_of(line, place):
        return True
    if _FLAGS.isdisjoint(line.words):
        return False
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    flagged = (
        line.low(at) in ("under", "in", "of", "to", "by", "with")
        and line.low(at - 1) in _FLAGS
        and (line.low(at - 1) != "flag" or line.low(at) == "of")
    )
    return flagged or line.low(place.last) in ("flag", "flags")


_SAID = frozenset(
    [
        "said",
        "says",
        "say",
        "told",
        "announced",
        "confirmed",
        "reported",
        "stated",
        "added",
        "remarked",
        "noted",
        "estimated",
        "estimates",
        "believe",
        "believes",
        "think",
    ]
)
_SOURCE_TOKENS = 5
_OFFICES = frozenset(["command", "office", "bureau", "agency", "guard", "department", "administration", "commission"])


def _says_so(line: Line, place: PlaceMention) -> bool:
    """Whether those in a place only tell what is told: a word of saying stands behind the place, or closely in front of them."""
    front = line.lows[max(place.first - _SOURCE_TOKENS, 0) : place.first - 2]
    last = place.last
    while line.text(last) == "," and line.text(last + 1)[:1].isupper() and last - place.last < _SOURCE_TOKENS:
        last = next(n for n in range(last + 1, line.size + 1) if not line.text(n)[:1].isupper())  # "in Naha, Okinawa Prefecture, said"
    last += last > place.last and line.text(last) == ","
    return line.low(last) in _SAID or "according" in front or not _SAID.isdisjoint(front)


_FINISHED_TOKENS = 12


def _is_finished(line: Line, place: PlaceMention) -> bool:
    """Whether a place is only that of what was over by then: "came home to Toulon, an exercise in the North Sea done"."""
    begin = next((n for n in range(place.first - 1, max(place.first - _FINISHED_TOKENS, 0), -1) if line.text(n) == ","), None)
    end = next((n for n in range(place.last, min(place.last + _FINISHED_TOKENS, line.size)) if not line.text(n).isalnum()), None)
    if begin is None or end is None or line.low(end - 1) not in line.doc.lexicon.sets["finished"]:
        return False
    within = line.lows[begin + 1 : end]
    return {"and", "is", "was", "are", "were", "has", "had"}.isdisjoint(within) and not any(
        form in ("past", "part", "state", "ing")
        for f in line.found("trigger")
        if begin < f.first < end and not line.starting("preposition", f.first)
        for _, form in f.data
    )
