"""The words of the trade, read strictly from `seeds/lexicon/*.yaml` into lookup tables; the mechanisms that use them live in `extract`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tracker.domain.kinds import EventKind, VesselType
from tracker.domain.names import fold_text
from tracker.errors import SeedError
from tracker.gazetteer.cache import kept
from tracker.gazetteer.quiet import Quieted, read_quiet
from tracker.gazetteer.shapes import Shape, read_shapes
from tracker.gazetteer.spread import spread
from tracker.resources import resource

FORMS = ("base", "pres", "past", "part", "ing")
_RULE_FIELDS = {
    "id",
    "kind",
    "lemmas",
    "words",
    "forms",
    "direct",
    "by",
    "port",
    "passage",
    "area",
    "needs",
    "object",
    "subject",
    "host",
    "seen",
    "copula",
    "denies",
    "plans",
    "attributes",
    "passive",
    "reversed",
    "again",
    "nominal",
    "nouns",
    "light",
}


@dataclass(frozen=True, eq=False, slots=True)  # a rule is itself: no two are compared
class Rule:
    """A verb or state of movement; the fields are explained at the top of `verbs.yaml`."""

    id: str
    kind: EventKind
    direct: str | None = None
    by: tuple[tuple[str, EventKind, frozenset[str]], ...] = ()  # preposition class, kind, the forms it holds for
    port: EventKind | None = None
    passage: EventKind | None = None
    needs: str | None = None
    object: str | None = None
    subject: str = "before"
    host: str | None = None
    seen: bool = False
    copula: bool = False
    denies: bool = False
    plans: bool = False
    attributes: bool = False
    passive: bool = False
    reversed: bool = False
    again: bool = False
    nominal: bool = False
    light: Mapping[str, str] = field(default_factory=dict)  # forms of the verbs that carry its nouns -> tag


@dataclass(frozen=True, slots=True)
class Relative:
    """A relative word of time; offsets count from the publication day."""

    id: str
    days: tuple[int, int] | None = None
    week: int | None = None
    month: int | None = None
    year: int | None = None
    weekend: int | None = None
    from_today: bool = False
    feast: tuple[int, int] | None = None  # month and day
    to_today: bool = False
    late: bool = False  # the last three days of the week


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that makes a claim less than asserted: modality, id, and how far it reaches."""

    modality: str
    id: str
    scope: str


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Lookup tables; every surface is folded (`domain.names.fold_text`) and in lower case."""

    triggers: Mapping[str, tuple[tuple[Rule, str], ...]]  # surface -> (rule, form)
    types: Mapping[str, tuple[VesselType, bool]]  # surface -> (type, plural)
    groups: frozenset[str]
    group_counts: Mapping[str, int]
    modifiers: frozenset[str]
    compounds: frozenset[str]
    nations: Mapping[str, str]  # adjectives and possessives -> country
    adjective_of: Mapping[str, str]  # country -> the first of its adjectives
    navies: Mapping[str, str]
    prefixes: Mapping[str, str | None]  # as written -> country
    prefix_default: Mapping[str, str]
    prepositions: Mapping[str, tuple[str, str]]  # surface -> (class, slot)
    hedges: Mapping[str, Hedge]
    relative: Mapping[str, Relative]
    carry: frozenset[str]
    next_day: frozenset[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, int]  # season -> its first month
    numbers: Mapping[str, int]
    several: frozenset[str]
    another: frozenset[str]
    definite: frozenset[str]
    not_vessel_after: frozenset[str]
    ordinary: frozenset[str]
    function: frozenset[str]
    particles: frozenset[str]
    counters: tuple[str, ...]
    place_anaphora: Mapping[str, str]  # words -> port, passage or any
    sets: Mapping[str, frozenset[str]]  # sets of words by name, explained where they stand
    passes: Mapping[str, str]  # port or country -> the passage meant when it is passed
    adjectives: Mapping[str, str]  # of lands that are no country, as they are written -> their place
    day_before: frozenset[str]
    ever_since: frozenset[str]
    land_words: frozenset[str]
    habit: frozenset[str]
    too: frozenset[str]
    place_first: frozenset[str]
    place_last: frozenset[str]
    between: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]  # (place, one side, other side), the longest name of a side first
    quiet: Mapping[str, Quieted]  # `tell` and `link`: where words of movement tell none
    rules: Mapping[str, Rule] = field(default_factory=dict)
    shapes: Mapping[str, tuple[Shape, ...]] = field(default_factory=dict)  # sign -> turned sentences that hold it
    capitals: Mapping[str, str] = field(default_factory=dict)  # country -> its capital, where that is a port
    territories: Mapping[str, str] = field(default_factory=dict)  # land that is another's -> whose: Guam is the United States'
    confidence: Mapping[str, float] = field(default_factory=dict)  # sign -> weight, of the model of `extract.confidence`


def flat(surface: str) -> str:
    """The form under which the lexicon's surfaces and a text meet."""
    return fold_text(surface).lower()


@cache
def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Read every file of the lexicon. Raises SeedError with the file for a broken one."""
    if folder is not None:
        return _load(folder)
    folder = resource("seeds", "lexicon")
    return kept("lexicon", folder.glob("*.yaml"), Lexicon, lambda: _load(folder))


_FILES = ("verbs", "irregular", "prepositions", "modality", "types", "countries", "dates", "words", "waters", "confidence", "quiet", "shapes")


def _words(name: str, members: Iterable[Any]) -> frozenset[str]:
    if stray := [one for one in members if not isinstance(one, str)]:
        raise SeedError(f"words.yaml: {name}: {stray[0]!r} is no word; put it in quotes")
    return frozenset(members)


def _load(folder: Path) -> Lexicon:
    from tracker.gazetteer.mappings import read_mapping  # YAML itself takes a while, and a kept lexicon needs none

    data = {name: read_mapping(folder / f"{name}.yaml") for name in _FILES}
    rows = [_spread(row, data["verbs"].get("families", {})) for row in data["verbs"]["verbs"]]
    rules = [(_rule(row, data["irregular"]), row) for row in rows]
    types, words, dates = data["types"], data["words"], data["dates"]
    sets = {name: _words(name, members) for name, members in words["sets"].items()}
    return Lexicon(
        triggers=_triggers(rules, data["irregular"]),
        rules=_by_id(rules),
        quiet=read_quiet(data["quiet"]["quiet"], _by_id(rules), sets),
        shapes=read_shapes(data["shapes"], sets, frozenset(words["function"])),
        confidence={str(sign): float(weight) for sign, weight in data["confidence"]["weights"].items()},
        types=_types(types),
        groups=frozenset(map(flat, types["groups"])),
        group_counts=types["group_counts"],
        modifiers=frozenset(map(flat, types["modifiers"])),
        compounds=frozenset(types["compounds"]),
        nations=_peoples(data["countries"]["countries"]) | _nations(data["countries"]["countries"], "adjectives"),
        adjective_of={code: row["adjectives"][0] for code, row in data["countries"]["countries"].items() if row["adjectives"]},
        navies=_navies(data["countries"]),
        prefixes=data["countries"]["prefixes"],
        prefix_default=data["countries"]["prefix_default"],
        prepositions={flat(w): (name, row["slot"]) for name, row in data["prepositions"]["classes"].items() for w in row["words"]},
        hedges=_sayings(data["modality"], data["irregular"]) | _hedges(data["modality"]),
        relative={flat(w): _relative(row) for row in dates["relative"] for w in row["words"]},
        carry=frozenset(dates["carry"]),
        next_day=frozenset(dates["next_day"]),
        months=dates["months"],
        weekdays=dates["weekdays"],
        seasons=dates["seasons"],
        numbers={flat(w): n for w, n in words["numbers"].items()},
        several=frozenset(words["several"]),
        another=frozenset(words["another"]),
        definite=frozenset(words["definite"]),
        not_vessel_after=frozenset(words["not_vessel_after"]),
        ordinary=frozenset(map(flat, words["ordinary"])),
        function=frozenset(words["function"]),
        particles=frozenset(words["particles"]),
        counters=tuple(sorted(words["counters"], key=len, reverse=True)),
        place_anaphora={word: kind for kind, phrases in words["place_anaphora"].items() for word in phrases},
        sets=sets,
        passes=data["waters"]["passes"],
        adjectives=data["waters"]["adjectives"],
        capitals=data["waters"]["capitals"],
        territories=data["waters"]["territories"],
        day_before=frozenset(dates["day_before"]),
        ever_since=frozenset(dates["ever_since"]),
        land_words=frozenset(words["land_words"]),
        habit=frozenset(words["habit"]),
        too=frozenset(words["too"]),
        place_first=frozenset(words["place_words"]["first"]),
        place_last=frozenset(words["place_words"]["last"]),
        between=tuple((row["place"], *(_longest_first(side) for side in row["sides"])) for row in data["waters"]["between"]),
    )


def _longest_first(names: list[str]) -> tuple[str, ...]:
    """In one order at every start, and "Miyako Island" before "Miyako"."""
    return tuple(sorted(set(map(flat, names)), key=lambda name: (-len(name), name)))


def _spread(row: dict[str, Any], families: dict[str, list[str]]) -> dict[str, Any]:
    """A row with every phrase that those written in it stand for."""
    told = {name: [one for phrase in row[name] for one in spread(str(phrase), families)] for name in _PHRASES if name in row}
    return {**row, **told}


_PHRASES = ("lemmas", "words", "nouns", "light")


def _rule(row: dict[str, Any], irregular: dict[str, Any]) -> Rule:
    if unknown := set(row) - _RULE_FIELDS:
        raise SeedError(f"verbs.yaml: {row.get('id')}: unknown fields {', '.join(sorted(unknown))}")
    try:
        return Rule(
            id=row["id"],
            kind=EventKind(row["kind"]),
            direct=row.get("direct"),
            by=tuple((line[0], EventKind(line[1]), frozenset(line[2] if len(line) > 2 else (*FORMS, "state"))) for line in row.get("by", ())),
            port=EventKind(row["port"]) if "port" in row else None,
            passage=EventKind(row["passage"]) if "passage" in row else None,
            needs=row.get("needs"),
            object=row.get("object"),
            subject=row.get("subject", "before"),
            host=row.get("host"),
            seen=row.get("seen", False),
            copula=row.get("copula", False),
            denies=row.get("denies", False),
            plans=row.get("plans", False),
            attributes=row.get("attributes", False),
            passive=row.get("passive", False),
            reversed=row.get("reversed", False),
            again=row.get("again", False),
            nominal=row.get("nominal", False),
            light={flat(form): tag for lemma in row.get("light", ()) for form, tag in inflect(lemma, irregular)},
        )
    except (KeyError, ValueError) as error:
        raise SeedError(f"verbs.yaml: {row.get('id')}: {error}") from None


def _by_id(rules: list[tuple[Rule, dict[str, Any]]]) -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for rule, _ in rules:
        if rule.id in found:
            raise SeedError(f"verbs.yaml: the id {rule.id} stands twice")
        found[rule.id] = rule
    return found


def _triggers(rules: list[tuple[Rule, dict[str, Any]]], irregular: dict[str, Any]) -> dict[str, tuple[tuple[Rule, str], ...]]:
    table: dict[str, list[tuple[Rule, str]]] = {}
    for rule, row in rules:
        wanted = set(row.get("forms", FORMS))
        forms = [(form, tag) for lemma in row.get("lemmas", ()) for form, tag in inflect(lemma, irregular) if tag in wanted]
        for surface, tag in [*forms, *((w, "state") for w in row.get("words", ())), *((w, "noun") for w in row.get("nouns", ()))]:
            entries = table.setdefault(flat(surface), [])
            if all(known.id != rule.id or form != tag for known, form in entries):
                entries.append((rule, tag))
    shared: dict[tuple[tuple[str, str], ...], tuple[tuple[Rule, str], ...]] = {}  # a thousand values for a hundred thousand surfaces: soon loaded
    return {surface: shared.setdefault(tuple((rule.id, tag) for rule, tag in entries), tuple(entries)) for surface, entries in table.items()}


def inflect(lemma: str, irregular: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every form of a verb or verb phrase, its first word inflected, each with its tag."""
    verb, _, rest = lemma.partition(" ")
    rest = f" {rest}" if rest else ""
    forms = [verb, *(irregular["irregular"].get(verb) or _regular(verb))]
    for form, tag in zip(forms, FORMS, strict=True):
        yield form + rest, tag
    for form in irregular["also"].get(verb, ()):
        yield form + rest, "ing" if form.endswith("ing") else "past" if form.endswith("ed") or form in _PASTS else "pres"
        if form.endswith("ed"):
            yield form + rest, "part"


_PASTS = frozenset(["were", "gotten"])
"""Further forms of a verb that tell the past, for all that they don't end in -ed."""


def _regular(verb: str) -> tuple[str, str, str, str]:
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb[:-1]}ied", f"{verb}ing"
    third = f"{verb}es" if verb.endswith(_HISSES) else f"{verb}s"
    stem = verb + verb[-1] if _DOUBLES.fullmatch(verb) else verb
    return third, f"{stem}ed", f"{stem}ed", f"{stem}ing"


_HISSES = ("s", "x", "z", "ch", "sh")
_DOUBLES = re.compile(r"(?:[a-z]+-)?[^aeiou]*(?:qu)?[aeiou][bdfgklmnprt]")
"""A verb of one syllable with one vowel, whose last letter stands twice: "slip", "slipped"."""


def _types(data: dict[str, Any]) -> dict[str, tuple[VesselType, bool]]:
    """The words for kinds of vessels with their plurals, and each that isn't listed with "vessel" for "ship" or a space for its hyphen."""
    listed = {flat(word): (word, VesselType(name)) for name, words in data["types"].items() for word in words}
    for word, kind in list(listed.values()):
        for other in _written_too(word):
            listed.setdefault(flat(other), (other, kind))
    table: dict[str, tuple[VesselType, bool]] = {}
    for surface, (word, kind) in listed.items():
        table[surface] = (kind, False)
        plural = data["plurals"].get(word) or (f"{word[:-1]}ies" if word.endswith("ry") else f"{word}{'es' if word.endswith('x') else 's'}")
        table.setdefault(flat(plural), (kind, True))
    return table


def _written_too(word: str) -> Iterator[str]:
    """Other ways to write a word for a kind of vessel: "survey vessel" for "survey ship", "ice breaking ship" for "ice-breaking ship"."""
    for one in {word, word.replace("-", " ")}:
        yield one
        first, _, last = one.rpartition(" ")
        if last in _ALIKE and first and not first.endswith("ing"):
            yield f"{first} {_ALIKE[last]}"  # but "was seen refueling vessels"


_ALIKE = {"ship": "vessel", "vessel": "ship"}


def _navies(countries: Any) -> dict[str, str]:
    """The services of every nation: those listed, and each adjective with each word for a service."""
    common = {
        flat(f"{adjective} {service}"): country
        for country, row in countries["countries"].items()
        for adjective in row["adjectives"]
        for service in countries["services"]
    }
    return common | _nations(countries["countries"], "navies")


def _nations(countries: dict[str, Any], column: str) -> dict[str, str]:
    return {flat(word): code for code, row in countries.items() for word in row[column]}


def _peoples(countries: dict[str, Any]) -> dict[str, str]:
    """Words for several of a nation: "Russians", "Norwegians", and those of `people`, "Danes"."""
    regular = {flat(f"{word}s"): code for code, row in countries.items() for word in row["adjectives"] if word.endswith(("an", "ek"))}
    return regular | {flat(word): code for code, row in countries.items() for word in row.get("people", ())}


def _hedges(data: dict[str, Any]) -> dict[str, Hedge]:
    return {
        flat(word): Hedge(modality, row["id"], row["scope"])
        for modality in ("negated", "planned", "reported", "possible")
        for row in data[modality]
        for phrase in row["words"]
        for word in spread(str(phrase), data.get("families", {}))
    }


def _sayings(data: dict[str, Any], irregular: dict[str, Any]) -> dict[str, Hedge]:
    """Verbs of saying: of what "that" tells behind them, and alone of what their aside stands in."""
    that, alone = Hedge("reported", "says-that", "that"), Hedge("reported", "says-aside", "aside")
    forms = [flat(form) for lemma in data["saying"] for form, tag in inflect(lemma, irregular) if tag != "ing"]
    return dict.fromkeys(forms, alone) | {f"{form} that": that for form in forms}


def _relative(row: dict[str, Any]) -> Relative:
    told: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items() if name != "words"}
    return Relative(**told)
