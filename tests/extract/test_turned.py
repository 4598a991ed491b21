"""Sentences that turn the plain order round, each with ships, places and days at random."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from tracker.domain.names import fold
from tracker.evaluate.matching import PlaceNames
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer

PUBLISHED = date(2024, 12, 15)
PORTS = ("Malta", "Toulon", "Souda Bay", "Rota", "Djibouti", "Mumbai", "Portsmouth", "Cape Town")
SEAS = ("the North Sea", "the Arabian Sea", "the eastern Mediterranean", "the Gulf of Aden", "the Baltic Sea")
STRAITS = ("the Bosphorus", "the Strait of Gibraltar", "the Taiwan Strait", "the Suez Canal")
GONE = {"on 3 December": "2024-12-03", "on Dec. 5": "2024-12-05", "on Monday": "2024-12-09", "on December 6": "2024-12-06"}
AHEAD = {"on 20 December": "2024-12-20", "on Friday": "2024-12-20", "on Dec. 22": "2024-12-22"}
WORDS = {"frigate": "frigate", "destroyer": "destroyer", "corvette": "corvette", "submarine": "submarine"}
TABLE = yaml.safe_load((Path(__file__).parent / "turned.yaml").read_text(encoding="utf-8"))
EACH = 3


def dressed(gazetteer: Gazetteer, dice: random.Random) -> tuple[str, str]:
    """A ship of the register with its type, and its name."""
    entries = sorted(gazetteer.vessels.entries.values(), key=lambda v: v.key)
    ship = dice.choice([v for v in entries if v.type in WORDS and len(v.name) > 4 and v.name.isascii() and v.name.isalpha()])
    return f"the {WORDS[ship.type]} {ship.name}", ship.name


def filled(frame: str, ship: str, dice: random.Random) -> tuple[str, dict[str, str]]:
    """The frame with what goes into it, and what each part of it stands for."""
    port, other = dice.sample(PORTS, 2)
    sea, strait, gone, ahead = dice.choice(SEAS), dice.choice(STRAITS), dice.choice(sorted(GONE)), dice.choice(sorted(AHEAD))
    bare = {"D1": gone.removeprefix("on "), "DF": ahead.removeprefix("on ")}
    parts = {"L": ship, "P1": port, "P2": other, "S": sea, "T": strait, "D1": gone, "DF": ahead, "its": "its", "it": "it", "pron": "she"}
    parts |= {"D1n": bare["D1"], "D1m": bare["D1"], "DFn": bare["DF"], "D1^": bare["D1"]}
    text = re.sub(r"\{([^}]+)\}", lambda part: parts[part[1]], frame)
    meant = {"P1": port, "P2": other, "S": sea.removeprefix("the "), "T": strait.removeprefix("the "), "D1": GONE[gone], "DF": AHEAD[ahead]}
    return text[0].upper() + text[1:], meant


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["text"][:50])
def test_a_turned_sentence_tells_the_same(row: dict, gazetteer: Gazetteer) -> None:
    dice, places = random.Random(row["text"]), PlaceNames(gazetteer.places.entries.values())
    for _ in range(EACH):
        ship, name = dressed(gazetteer, dice)
        text, meant = filled(row["text"], ship, dice)
        read = extract(text, PUBLISHED, gazetteer)
        named = {v.id for v in read.vessels if fold(v.name or "") == fold(name)}
        for told in row["events"]:
            kind, place, day, modality = told.split(" | ")
            found = [e for e in read.events if e.kind == kind and set(e.vessels) == named]
            found = [e for e in found if any(p and places.same(p, meant[place]) for p in (e.place, e.origin, e.destination))]
            assert found, (text, told)
            assert day == "any" or found[0].interval.edtf() == meant[day], (text, told)
            assert modality in ("any", str(found[0].modality)), (text, told)
        assert len(read.events) == len(row["events"]), text
