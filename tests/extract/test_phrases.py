"""Ships in every dress, thrown at random into plain sentences: those that went in are read, and nobody else."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest

from tracker.domain.kinds import EventKind
from tracker.domain.names import fold
from tracker.domain.records import VesselEntry
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer

PUBLISHED = date(2024, 12, 15)
SENTENCES = 40  # of each frame
TYPES = {
    "frigate": ("frigate", "guided-missile frigate", "anti-submarine frigate"),
    "destroyer": ("destroyer", "guided-missile destroyer"),
    "corvette": ("corvette", "missile corvette"),
    "submarine": ("submarine", "attack submarine"),
    "oiler": ("oiler", "replenishment oiler"),
    "patrol_ship": ("patrol ship", "patrol vessel"),
}
NATIONS = {
    "US": ("American", "USS", "the U.S. Navy"),
    "GB": ("British", "HMS", "the Royal Navy"),
    "JP": ("Japanese", "JS", "the Japan Maritime Self-Defense Force"),
    "IN": ("Indian", "INS", "the Indian Navy"),
    "TR": ("Turkish", "TCG", "the Turkish Navy"),
    "RU": ("Russian", "", "the Russian Navy"),
}
FRAMES = [
    ("{who} left Toulon on Monday.", EventKind.DEPARTURE),
    ("On Monday {who} left Toulon.", EventKind.DEPARTURE),
    ("Leaving Toulon on Monday {be} {who}.", EventKind.DEPARTURE),
    ("Toulon was left on Monday by {who}.", EventKind.DEPARTURE),
    ("{who} arrived in Djibouti on Monday.", EventKind.ARRIVAL),
    ("According to the ministry, {who} reached Malta on Monday.", EventKind.ARRIVAL),
    ("Moored at Souda Bay {be} {who}.", EventKind.IN_PORT),
    ("In Malta {be} {who}.", EventKind.IN_PORT),
    ("There {be} {who} in Toulon.", EventKind.IN_PORT),
    ("{who} {be} in Rota on Monday.", EventKind.IN_PORT),
    ("{who} {have} been seen off Malta.", EventKind.AT_SEA),
]


def ships(gazetteer: Gazetteer) -> list[VesselEntry]:
    """Ships of the register with a name of letters alone that is long enough to be no word."""
    found = (v for v in gazetteer.vessels.entries.values() if v.type in TYPES and v.country in NATIONS and v.class_name)
    return sorted((v for v in found if len(v.name) > 4 and v.name.isascii() and v.name.isalpha()), key=lambda v: v.key)


def dressed(ship: VesselEntry, dice: random.Random) -> str:
    """A ship with what reporters put around its name."""
    nation, prefix, navy = NATIONS[ship.country or ""]
    kind, name = dice.choice(TYPES[ship.type]), f"{prefix} {ship.name}".strip()
    forms = [
        f"the {kind} {name}",
        f"the {nation} {kind} {name}",
        f"the {nation} Navy {kind} {name}",
        f"{navy}'s {kind} {name}",
        f"the {ship.class_name}-class {kind} {name}",
        f"the {nation} {ship.class_name} class {kind} {name}",
        f"the {kind} {name}, of {navy},",
        f"the {kind} {name}, one of the newest ships of the fleet,",
    ]
    if prefix:
        forms += [name, f"{name}, a {kind},", f"{name}, the {nation} {kind},"]
    if ship.hull:
        forms += [f"the {kind} {name} ({ship.hull})", f"the {kind} {name} (hull number {ship.hull})"]
    return dice.choice(forms)


def sentences(frame: str, known: list[VesselEntry], dice: random.Random) -> Iterator[tuple[str, list[str]]]:
    """Sentences of a frame, with the names of those they tell of."""
    for _ in range(SENTENCES):
        crew = dice.sample(known, dice.choice((1, 2, 2, 3)))
        parts = [dressed(ship, dice) for ship in crew]
        listed = [part.rstrip(",") for part in parts[:-2]] + parts[-2:-1]
        who = ", ".join(listed) + (dice.choice((" and ", " as well as ")) if listed else "") + parts[-1]
        text = frame.format(who=who, be="were" if len(crew) > 1 else "was", have="have" if len(crew) > 1 else "has").replace(",.", ".")
        yield text[0].upper() + text[1:], [ship.name for ship in crew]


@pytest.mark.parametrize(("frame", "kind"), FRAMES, ids=lambda part: str(part)[:40])
def test_whoever_goes_in_is_read(frame: str, kind: EventKind, gazetteer: Gazetteer) -> None:
    wrong = []
    for text, names in sentences(frame, ships(gazetteer), random.Random(frame)):
        told = extract(text, PUBLISHED, gazetteer)
        acting = {v for event in told.events if event.kind is kind for v in event.vessels}
        if sorted(fold(v.name or "?") for v in told.vessels if v.id in acting) != sorted(map(fold, names)) or len(told.vessels) != len(names):
            wrong.append((text, [(v.name, v.id in acting) for v in told.vessels]))
    assert not wrong


KINDS = {"frigate": "frigate", "submarine": "submarine", "tug": "tug", "landing ship": "landing_ship", "minesweeper": "mine_warfare_ship"}
COUNTS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
LISTS = [
    "{List} left Tartus on Monday.",
    "In Tartus on Monday were {list}.",
    "Pictures of Monday show {list} in Tartus.",
    "On Monday {list} passed the Bosphorus.",
    "{Count} ships left Tartus on Monday: {list}.",
    "The ministry counted {count} ships off Crete on Monday: {list}.",
    "A convoy of {count} ships passed the Bosphorus on Monday ({list}).",
    "The group left Tartus on Monday. It is made up of {list}.",
]


def mixed(known: list[VesselEntry], dice: random.Random) -> tuple[str, int, list[tuple[str | None, int]]]:
    """A list of ships told by type or by name, how many they are, and each one's name and number."""
    words, told = [], list[tuple[str | None, int]]()
    for word in dice.sample(list(KINDS), dice.choice((2, 3, 3))):
        number = dice.choice((0, 1, 2, 3))
        ship = dice.choice([v for v in known if v.type == KINDS[word]]) if number == 0 else None
        article = "an" if word[0] in "aeiou" else "a"
        words.append(f"the {word} {ship.name}" if ship else f"{article} {word}" if number == 1 else f"{COUNTS[number]} {word}s")
        told.append((fold(ship.name) if ship else None, number or 1))
    return ", ".join(words[:-1]) + dice.choice((" and ", ", and ")) * bool(words[:-1]) + words[-1], sum(n for _, n in told), told


@pytest.mark.parametrize("frame", LISTS, ids=lambda frame: frame[:40])
def test_lists_of_ships_with_and_without_names(frame: str, gazetteer: Gazetteer) -> None:
    dice, wrong = random.Random(frame), []
    entries = sorted(gazetteer.vessels.entries.values(), key=lambda v: v.key)
    known = [v for v in entries if v.type in KINDS.values() and len(v.name) > 4 and v.name.isascii() and v.name.isalpha() and v.country != "CN"]
    for _ in range(SENTENCES):
        listed, count, told = mixed(known, dice)
        text = frame.format(list=listed, List=listed[0].upper() + listed[1:], count=COUNTS[count], Count=COUNTS[count].title())
        read = extract(text, PUBLISHED, gazetteer)
        acting = {v for event in read.events for v in event.vessels}
        found = [(fold(v.name) if v.name else None, v.count or 0) for v in read.vessels if v.id in acting]
        if sorted(found, key=str) != sorted(told, key=str):
            wrong.append((text, found))
    assert not wrong
