"""Pairs and triples of claims with the right merge, judged by hand. Rules and cases are by one hand, the rules came first: no blind test.

Each case: what it is about, its class (same, different, conflicting, copied), the claims, the right events as sets of claim ids, and where it matters
the number of roots and the credibility of the event that holds the first claim. Where the rules miss a merge that a person would make, `made` says
what they make instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.builders import claim
from tracker.domain.records import Claim

TASS, REUTERS = {"source": "tass"}, {"source": "reuters"}


@dataclass(frozen=True, slots=True)
class Case:
    """One judged merge; `events` as strings of one-letter claim ids: "ab c" is a and b in one event, c in another."""

    what: str
    judged: str
    claims: tuple[Claim, ...]
    events: str
    roots: int | None = None
    credibility: int | None = None
    made: str | None = None


def left(number: str, first: str | None = "2024-12-02", last: str | None = None, origin: str | None = "tartus", **more: object) -> Claim:
    """A departure, from Tartus on 2 December where nothing else is said, of a source of its own."""
    places = {"origin": origin} if origin else {}
    return claim(number, first=first, last=last, **{"source": f"paper-{number}"} | places | more)


def off_the_map(number: str, name: str) -> Claim:
    """A departure from a place that the gazetteer doesn't have."""
    return replace(left(number, origin=None), origin=name)


def at(number: str, kind: str, first: str | None = "2024-12-02", last: str | None = None, place: str | None = "tartus", **more: object) -> Claim:
    """Something that happened at a place, of a source of its own."""
    slot = {"arrival": "destination", "underway": "destination"}.get(kind, "place")
    return claim(number, kind, first=first, last=last, **{"source": f"paper-{number}"} | ({slot: place} if place else {}) | more)


SAME = [
    Case("one day, one port, two papers", "same", (left("a"), left("b")), "ab", 2, 2),
    Case("three papers", "same", (left("a"), left("b"), left("c")), "abc", 3, 1),
    Case("a day and a range around it", "same", (left("a"), left("b", "2024-12-01", "2024-12-03")), "ab", 2, 2),
    Case("two ranges that share a day", "same", (left("a", "2024-12-01", "2024-12-02"), left("b", "2024-12-02", "2024-12-03")), "ab", 2),
    Case("a day and its month", "same", (left("a"), left("b", "2024-12-01", "2024-12-31")), "ab", 2, 6),
    Case("a port and its country", "same", (left("a"), left("b", origin="syria")), "ab", 2, 2),
    Case("a port and its sea", "same", (left("a"), left("b", origin="mediterranean-sea")), "ab", 2, 2),
    Case("one leaves the port open", "same", (left("a"), left("b", origin=None)), "ab", 2, 6),
    Case("one adds where she went", "same", (left("a"), left("b", destination="baltiysk")), "ab", 2, 2),
    Case("one from where, one to where", "same", (left("a"), left("b", origin=None, destination="baltiysk")), "ab", 2, 6),
    Case("destinations inside each other", "same", (left("a", destination="baltiysk"), left("b", destination="russia")), "ab", 2, 2),
    Case("hearsay and a fact", "same", (left("a"), left("b", modality="reported")), "ab", 2, 2),
    Case("perhaps and a fact", "same", (left("a"), left("b", modality="possible")), "ab", 2, 6),
    Case("perhaps, twice", "same", (left("a", modality="possible"), left("b", modality="possible")), "ab", 2, 6),
    Case("two arrivals told", "same", (at("a", "arrival"), at("b", "arrival")), "ab", 2, 2),
    Case("two told a day of a port stay", "same", (at("a", "in_port"), at("b", "in_port", place="syria")), "ab", 2, 2),
    Case(
        "two told the same stay", "same", (at("a", "in_port", "2024-12-01", "2024-12-09"), at("b", "in_port", "2024-12-01", "2024-12-09")), "ab", 2, 2
    ),
    Case("two tell one transit", "same", (at("a", "transit", place="tartus"), at("b", "transit", place="tartus")), "ab", 2, 2),
    Case(
        "at sea in a sea and in its part",
        "same",
        (at("a", "at_sea", place="levantine-sea"), at("b", "at_sea", place="mediterranean-sea")),
        "ab",
        2,
        2,
    ),
    Case("under way to a port and to its country", "same", (at("a", "underway"), at("b", "underway", place="syria")), "ab", 2, 2),
    Case("the same plan", "same", (left("a", "2025-01-05", modality="planned"), left("b", "2025-01-05", modality="planned")), "ab", 2, 2),
    Case(
        "a plan for a day and for its month",
        "same",
        (left("a", "2025-01-05", modality="planned"), left("b", "2025-01-01", "2025-01-31", modality="planned")),
        "ab",
    ),
    Case("the same denial", "same", (left("a", modality="negated"), left("b", modality="negated")), "ab", 2, 2),
    Case("undated, told two days apart", "same", (left("a", None, "2024-12-03"), left("b", None, "2024-12-05")), "ab", 2, 2),
    Case("undated and unpublished, in one document", "same", (left("a", None, document="d"), left("b", None, document="d")), "ab"),
    Case("a place that the gazetteer lacks, spelt alike", "same", (off_the_map("a", "North Pier"), off_the_map("b", "north pier")), "ab", 2, 2),
    Case("a day apart, by two clocks", "same", (left("a"), left("b", "2024-12-03")), "ab", made="a b"),
    Case("dated, and undated on the next day", "same", (left("a"), left("b", None, "2024-12-03")), "ab", made="a b"),
]
DIFFERENT = [
    Case("a week apart", "different", (left("a"), left("b", "2024-12-09")), "a b", 1, 6),
    Case("two days apart", "different", (left("a"), left("b", "2024-12-04")), "a b", 1, 6),
    Case("two places that the gazetteer lacks", "different", (off_the_map("a", "North Pier"), off_the_map("b", "South Pier")), "a b"),
    Case("ranges that only meet at a night", "different", (left("a", "2024-12-01", "2024-12-02"), left("b", "2024-12-03", "2024-12-04")), "a b"),
    Case("two vessels", "different", (left("a"), left("b", vessel="ru/kildin")), "a b"),
    Case("departure and arrival", "different", (left("a"), at("b", "arrival")), "a b"),
    Case("departure and stay", "different", (left("a"), at("b", "in_port")), "a b"),
    Case("at sea and in port", "different", (at("a", "at_sea"), at("b", "in_port")), "a b"),
    Case("two days of one stay", "different", (at("a", "in_port", "2024-11-30"), at("b", "in_port", "2024-12-01")), "a b"),
    Case("a stay and a day of it", "different", (at("a", "in_port", "2024-12-01", "2024-12-09"), at("b", "in_port", "2024-12-05")), "a b", 1, 6),
    Case(
        "two stays that overlap", "different", (at("a", "in_port", "2024-12-01", "2024-12-09"), at("b", "in_port", "2024-12-08", "2024-12-20")), "a b"
    ),
    Case("a plan and the act", "different", (left("a"), left("b", modality="planned")), "a b", 1, 6),
    Case("a plan and a later plan", "different", (left("a", "2025-01-05", modality="planned"), left("b", "2025-02-05", modality="planned")), "a b"),
    Case("dated, and undated two months later", "different", (left("a"), left("b", None, "2025-02-03")), "a b", 1, 6),
    Case("undated, told a year apart", "different", (left("a", None, "2023-12-03"), left("b", None, "2024-12-03")), "a b"),
    Case("undated, of two ports", "different", (left("a", None, "2024-12-03"), left("b", None, "2024-12-03", origin="baltiysk")), "a b"),
    Case("undated, one of an open port", "different", (left("a", None, "2024-12-03"), left("b", None, "2024-12-03", origin=None)), "a b"),
    Case("undated and unpublished, in two documents", "different", (left("a", None, document="d"), left("b", None, document="e")), "a b"),
    Case(
        "a month that may mean either of two sailings",
        "different",
        (left("a"), left("b", "2024-12-20"), left("c", "2024-12-01", "2024-12-31")),
        "a b c",
    ),
    Case(
        "two papers in doubt between two sailings",
        "different",
        (left("a"), left("b", "2024-12-20"), left("c", "2024-12-01", "2024-12-31"), left("d", "2024-12-01", "2024-12-31")),
        "a b cd",
    ),
    Case("an open port that may mean either of two", "different", (left("a"), left("b", origin="baltiysk"), left("c", origin=None)), "a b c"),
    Case("a range between two days told", "different", (left("a"), left("b", "2024-12-04"), left("c", "2024-12-02", "2024-12-04")), "a b c"),
    Case("to two destinations", "different", (left("a", destination="baltiysk"), left("b", destination="syria")), "a b"),
    Case(
        "denials of more and of less days",
        "different",
        (left("a", modality="negated"), left("b", "2024-12-01", "2024-12-04", modality="negated")),
        "a b",
    ),
    Case("denials of more and of less places", "different", (left("a", modality="negated"), left("b", origin="syria", modality="negated")), "a b"),
    Case("transits of two waters", "different", (at("a", "transit", place="tartus"), at("b", "transit", place="baltic-sea")), "a b"),
    Case("a port and a country that doesn't hold it", "different", (left("a"), left("b", origin="russia")), "a b"),
]
CONFLICTING = [
    Case("told and denied, one against one", "conflicting", (left("a"), left("b", modality="negated")), "a b", 1, 4),
    Case("two against one denial", "conflicting", (left("a"), left("b"), left("c", modality="negated")), "ab c", 2, 3),
    Case("one against two denials", "conflicting", (left("a"), left("b", modality="negated"), left("c", modality="negated")), "a bc", 1, 5),
    Case("a denial of every departure that day", "conflicting", (left("a"), left("b", origin=None, modality="negated")), "a b", 1, 4),
    Case("a denial of all days around", "conflicting", (left("a"), left("b", "2024-12-01", "2024-12-04", modality="negated")), "a b", 1, 4),
    Case("a denial that leaves a day open", "conflicting", (left("a", "2024-12-01", "2024-12-03"), left("b", modality="negated")), "a b", 1, 6),
    Case("a denial that leaves another port open", "conflicting", (left("a", origin="syria"), left("b", modality="negated")), "a b", 1, 6),
    Case("a denial of another day", "conflicting", (left("a"), left("b", "2024-12-05", modality="negated")), "a b", 1, 6),
    Case("perhaps, and denied", "conflicting", (left("a", modality="possible"), left("b", modality="negated")), "a b", 1, 5),
    Case("told, and denied in an undated word", "conflicting", (left("a"), left("b", None, "2024-12-05", modality="negated")), "a b", 1, 4),
    Case(
        "a day of a stay denied",
        "conflicting",
        (at("a", "in_port", "2024-12-01", "2024-12-09"), at("b", "in_port", "2024-12-05", modality="negated")),
        "a b",
        1,
        4,
    ),
    Case("one day, two ports far apart", "conflicting", (left("a"), left("b", origin="baltiysk")), "a b", 1, 4),
    Case("one day, two ports far apart, one told twice", "conflicting", (left("a"), left("b"), left("c", origin="baltiysk")), "ab c", 2, 3),
    Case("in two ports far apart", "conflicting", (at("a", "in_port"), at("b", "in_port", place="baltiysk")), "a b", 1, 4),
    Case(
        "a source that corrects itself",
        "conflicting",
        (left("a", source="wire"), left("b", source="wire", published="2024-12-04", modality="negated")),
        "a b",
        1,
        5,
    ),
    Case(
        "a source that takes its denial back",
        "conflicting",
        (left("a", source="wire", published="2024-12-05"), left("b", source="wire", published="2024-12-04", modality="negated")),
        "a b",
        1,
        6,
    ),
    Case("a plan is no contradiction of a denial", "conflicting", (left("a", modality="planned"), left("b", modality="negated")), "a b", 1, 6),
]
COPY = [
    Case("one source twice", "copied", (left("a", source="wire"), left("b", source="wire", published="2024-12-04")), "ab", 1, 6),
    Case("the same words", "copied", (left("a", quote="She left at dawn."), left("b", quote="She left, at dawn")), "ab", 1, 6),
    Case("one says it has it from the other", "copied", (left("a", **TASS), left("b", marks=("by tass",))), "ab", 1, 6),
    Case("two have it from a third", "copied", (left("a", marks=("by tass",)), left("b", marks=("by tass",))), "ab", 1, 6),
    Case("five relay an agency", "copied", tuple(left(n, marks=("by tass",)) for n in "abcde"), "abcde", 1, 6),
    Case("a chain of relays", "copied", (left("a", **TASS), left("b", marks=("by tass",), **REUTERS), left("c", marks=("by reuters",))), "abc", 1, 6),
    Case("a copy and one of its own", "copied", (left("a", **TASS), left("b", marks=("by tass",)), left("c")), "abc", 2, 2),
    Case("one address", "copied", (left("a", marks=("url x.example/1",)), left("b", marks=("url x.example/1",))), "ab", 1, 6),
    Case("a run of words", "copied", (left("a", marks=("run 1", "run 2")), left("b", marks=("run 2", "run 3"))), "ab", 1, 6),
    Case("runs of words of their own", "copied", (left("a", marks=("run 1",)), left("b", marks=("run 2",))), "ab", 2, 2),
    Case("two agencies, each relayed", "copied",
         (*(left(n, marks=("by tass",)) for n in "ab"), *(left(n, marks=("by reuters",)) for n in "cd")), "abcd", 2, 2),
    Case("a relay under another day", "copied", (left("a", **TASS), left("b", "2024-12-09", marks=("by tass",))), "a b", 1, 6),
    Case("a denial relayed three times", "copied",
         (left("a"), *(left(n, marks=("by jp/navy",), modality="negated") for n in "bcd")), "a bcd", 1, 4),
]  # fmt: skip
CASES = [*SAME, *DIFFERENT, *CONFLICTING, *COPY]
