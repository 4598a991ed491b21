"""The measures: precision, recall and F1 of vessels and events, shares of right slots, and the list of misses.

They are those of the reference scorer that stands in the project's tests; a test holds both to the same figures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.evaluate.gold import Gold
from tracker.evaluate.matching import PlaceNames, main_place, match_vessels, norm, one_to_one, same_dates, span_of, words

LEVELS = ("vessels", "named", "events", "+place", "+date")
_FIRMNESS = {"planned": 0, "possible": 1, "reported": 2, "asserted": 3}
_ATTRIBUTES = ("type", "class", "project", "count", "hull", "country")
Row = Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """How many there are, how many were found, how many of these are right."""

    gold: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Right among found; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Right among all there are; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.right else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """Something missed, spurious or half right: in which document, what, and the words or slots that show it."""

    document: str
    what: str  # vessel missed, vessel spurious, event missed, event spurious, event slot
    told: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A found event of one vessel: how sure extraction was, and whether kind, place and date are right."""

    confidence: float | None
    right: bool
    event: Row = field(default_factory=dict, repr=False)  # as extraction gave it


@dataclass(slots=True)
class Measures:
    """Sums over documents; `add` takes one annotated document and what extraction said of it."""

    places: PlaceNames
    documents: int = 0
    tallies: dict[str, Tally] = field(default_factory=lambda: {level: Tally() for level in LEVELS})
    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    shares: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))  # hits, of how many
    misses: list[Miss] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)

    def add(self, gold: Gold, found: Row) -> None:
        """Count one document; `found` is the JSON contract of `tracker extract`."""
        self.documents += 1
        which = match_vessels(gold.vessels, found["vessels"], gold.text)
        self._vessels(gold, found, which)
        self._events(gold, found, which)
        if not gold.events:
            self._share("quiet", not found["events"])

    def figures(self) -> dict[str, float]:
        """Every figure by name: F1 of each level, precision and recall of events, each share."""
        events = self.tallies["events"]
        figures = {level: tally.f1 for level, tally in self.tallies.items()} | {"precision": events.precision, "recall": events.recall}
        return figures | {name: hits / count for name, (hits, count) in self.shares.items() if count}

    def _share(self, name: str, hit: object) -> None:
        self.shares[name][0] += bool(hit)
        self.shares[name][1] += 1

    def _vessels(self, gold: Gold, found: Row, which: Mapping[str, str]) -> None:
        acting = {v for event in found["events"] for v in event["vessels"]}
        matched = set(which.values())
        counted = [v for v in found["vessels"] if v["id"] in matched | acting or not v["name"] or v["name"] not in gold.text]
        for level, named in (("vessels", False), ("named", True)):
            tally = self.tallies[level]
            tally.gold += sum(1 for v in gold.vessels if v.get("name") or not named)
            tally.found += sum(1 for v in counted if v["name"] or not named)
            tally.right += sum(1 for v in gold.vessels if v["id"] in which and (v.get("name") or not named))
        by_id = {v["id"]: v for v in found["vessels"]}
        for vessel in gold.vessels:
            if vessel["id"] not in which:
                self.misses.append(Miss(gold.path.stem, "vessel missed", called(vessel)))
                continue
            other = by_id[which[vessel["id"]]]
            for slot in _ATTRIBUTES:
                if vessel.get(slot) not in (None, ""):
                    said = other.get(slot)
                    self._share(slot, norm(str(vessel[slot])) == norm(str(said if said is not None else "")))
        self.misses.extend(Miss(gold.path.stem, "vessel spurious", called(v)) for v in counted if v["id"] not in matched)

    def _events(self, gold: Gold, found: Row, which: Mapping[str, str]) -> None:
        ours, theirs = _of_vessels(found["events"]), _of_vessels(gold.events)
        for level in ("events", "+place", "+date"):
            self.tallies[level].gold += len(theirs)
            self.tallies[level].found += len(ours)
        for _, event in theirs:
            self.kinds[event["kind"]].gold += 1
        for _, event in ours:
            self.kinds[event["kind"]].found += 1
        pairs = one_to_one(self._candidates(gold, theirs, ours, which))
        for _, left, right, place, when in pairs:
            self._matched(gold, theirs[left][1], ours[right][1], place=place, when=when)
        self._unmatched(gold, found, theirs, ours, pairs)

    def _candidates(self, gold: Gold, theirs: list[tuple[str, Row]], ours: list[tuple[str, Row]], which: Mapping[str, str]) -> list[Any]:
        pairs = []
        for left, (vessel, event) in enumerate(theirs):
            for right, (other, said) in enumerate(ours):
                if which.get(vessel) == other and event["kind"] == said["kind"]:
                    place = self.places.same(main_place(event), main_place(said))
                    when = same_dates(event, said, gold.published)
                    pairs.append(((place, when, event["modality"] == said["modality"]), left, right, place, when))
        return pairs

    def _matched(self, gold: Gold, event: Row, said: Row, *, place: bool, when: bool) -> None:
        self.tallies["events"].right += 1
        self.tallies["+place"].right += place
        self.tallies["+date"].right += place and when
        self.kinds[event["kind"]].right += 1
        self.judged.append(Judged(said.get("confidence"), place and when, said))
        self._slots(gold.text, event, said)
        if not (place and when):
            told = f"{event['kind']} {main_place(event) or '–'} {event['start'] or '–'}..{event['end'] or '–'}"
            got = f"got {main_place(said) or '–'} {said['start'] or '–'}..{said['end'] or '–'}"
            self.misses.append(Miss(gold.path.stem, "event slot", told, f"{got} · {_words(event)}"))

    def _slots(self, text: str, event: Row, said: Row) -> None:
        true, told = event["modality"], said["modality"]
        self._share("modality", true == told)
        self._share("firmer", _FIRMNESS.get(told, 9) > _FIRMNESS.get(true, 9) or (true == "negated") != (told == "negated"))
        if true == "negated":
            self._share("negated", told == "negated")
        if span_of(event) is None:
            self._share("invented date", span_of(said) is not None)
        for slot in ("origin", "destination", "place"):
            if event.get(slot):
                self._share(slot, self.places.same(event[slot], said.get(slot)))
            else:
                self._share("invented place", said.get(slot))
        if event.get("evidence"):
            self._share("quotes", _quotes(text, event["evidence"], said["evidence"]))

    def _unmatched(self, gold: Gold, found: Row, theirs: list[tuple[str, Row]], ours: list[tuple[str, Row]], pairs: list[Any]) -> None:
        lefts, rights = {pair[1] for pair in pairs}, {pair[2] for pair in pairs}
        names = {v["id"]: called(v) for v in gold.vessels}
        for number, (vessel, event) in enumerate(theirs):
            if number not in lefts:
                told = f"{names[vessel]} {event['kind']} {main_place(event) or '–'} {event['start'] or '–'}"
                self.misses.append(Miss(gold.path.stem, "event missed", told, _words(event)))
        names = {v["id"]: called(v) for v in found["vessels"]}
        for number, (vessel, event) in enumerate(ours):
            if number not in rights:
                self.judged.append(Judged(event.get("confidence"), False, event))
                told = f"{names[vessel]} {event['kind']} {main_place(event) or '–'} {event['start'] or '–'}"
                self.misses.append(Miss(gold.path.stem, "event spurious", told, _words(event)))


def called(vessel: Row) -> str:
    """A vessel's name, or the words that stand for it."""
    return str(vessel.get("name") or (vessel.get("mentions") or ["unnamed"])[0])


def _of_vessels(events: Iterable[Row]) -> list[tuple[str, Row]]:
    return [(vessel, event) for event in events for vessel in dict.fromkeys(event["vessels"])]


def _words(event: Row) -> str:
    return " ".join(str(event.get("evidence") or "").split())[:160]


def _quotes(text: str, evidence: str, said: str) -> bool:
    """Whether a quote stands in the text and shares half of its words with the gold's."""
    flat, quote = re.sub(r"\s+", " ", text), re.sub(r"\s+", " ", said or "").strip()
    if not quote or quote not in flat:
        return False
    shared = words(quote) & words(evidence)
    return len(shared) >= 0.5 * min(len(words(quote)), len(words(evidence)))


@dataclass(frozen=True, slots=True)
class Bin:
    """Events of like confidence: how many, the mean confidence, and the share that is right."""

    events: int
    confidence: float
    right: float


def reliability(judged: Sequence[Judged], bins: int = 10) -> list[Bin]:
    """The reliability table: events by rising confidence in bins of equal count (the last may hold a few more)."""
    known = sorted(((j.confidence, j.right) for j in judged if j.confidence is not None), key=lambda pair: pair[0])
    size = len(known) // bins
    if not size:
        return []
    cuts = [known[n * size : (n + 1) * size if n < bins - 1 else len(known)] for n in range(bins)]
    return [Bin(len(cut), sum(c for c, _ in cut) / len(cut), sum(r for _, r in cut) / len(cut)) for cut in cuts]


def calibration_error(table: Sequence[Bin]) -> float:
    """Expected calibration error: the mean distance of confidence and truth over the bins, weighted by their events (Naeini et al. 2015)."""
    total = sum(b.events for b in table)
    return sum(b.events * abs(b.confidence - b.right) for b in table) / total if total else 0.0
