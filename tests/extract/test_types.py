"""Of what type a named vessel is: by the text's own word, else by what the register knows where the text leads to it."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("HMS Kent left Plymouth on Monday.", "Kent", "warship"),
        ("The frigate HMS Kent left Plymouth on Monday.", "Kent", "frigate"),
        ("HMS Kent left Plymouth on Monday. The frigate is to call at Malta.", "Kent", "frigate"),
        ("HMS Kent, a Type 23, left Plymouth on Monday.", "Kent", "frigate"),
        ("HMS Kent (F78) left Plymouth on Monday.", "Kent", "frigate"),
        ("HMS Kent left Plymouth on Monday with her sister HMS Sutherland.", "Sutherland", "frigate"),
        ("USS Abraham Lincoln left San Diego on Monday.", "Abraham Lincoln", "aircraft_carrier"),
        ("The warship USS Nitze (DDG 94) left Rota on Monday.", "Nitze", "destroyer"),
        ("The warship USS Nitze left Rota on Monday.", "Nitze", "warship"),
        ("HMS Velmora left Plymouth on Monday.", "Velmora", "warship"),
        ("USNS Velmora left Rota on Monday.", "Velmora", "auxiliary"),
        ("MV Velmora left Rota on Monday.", "Velmora", "vessel"),
        ("The boat Velmora (SSN 571) left Rota on Monday.", "Velmora", "submarine"),
        ("The dry cargo ship USNS Alan Shepard left Guam on Monday.", "Alan Shepard", "auxiliary"),
        ("BRP Cabra left Manila on Monday.", "Cabra", "patrol_ship"),
    ],
)
def test_the_type_of_a_named_vessel(text: str, name: str, kind: str, gazetteer: Gazetteer) -> None:
    found = extract(text, date(2024, 12, 15), gazetteer)
    assert {v.name: v.type for v in found.vessels}[name] == kind


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("The Udaloy I destroyer Vice-Admiral Kulakov passed Dover.", "Vice-Admiral Kulakov", "Udaloy I"),
        ("The Oscar-II class submarine Orel left Severomorsk.", "Orel", "Oscar II"),
        ("The Type-23 frigate HMS Kent left Malta.", "Kent", "Type 23"),
        ("The Type 054A frigate Yueyang left Malta.", "Yueyang", "Type 054A"),
        ("Alexander Otrakovsky, a landing ship of the Russian Ropucha class, passed Dover.", "Alexander Otrakovsky", "Ropucha"),
        ("The Baklazan class tug Nikolay Chiker left Tartus.", "Nikolay Chiker", "Baklazan"),
        ("The River-class patrol vessel HMS Forth left Malta.", "Forth", "River"),
        ("BDK Yamal passed Dover.", "Yamal", "Ropucha"),
        ("The Arleigh Burke Flight IIA destroyer USS Ross left Rota.", "Ross", "Arleigh Burke"),
    ],
)
def test_the_class_of_a_named_vessel(text: str, name: str, told: str, gazetteer: Gazetteer) -> None:
    found = extract(text, date(2024, 12, 15), gazetteer)
    assert {v.name: v.class_name for v in found.vessels}[name] == told


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("heavy aircraft-carrying cruiser", "aircraft_carrier"),
        ("landing helicopter dock ship", "amphibious_assault_ship"),
        ("amphibious transport dock ship", "landing_ship"),
        ("rocket cruiser", "cruiser"),
        ("destroyer escort", "destroyer"),
        ("defence and intervention frigate", "frigate"),
        ("small anti-submarine vessel", "corvette"),
        ("coastal defence vessel", "patrol_ship"),
        ("guided missile patrol boat", "missile_boat"),
        ("mine clearing ship", "mine_warfare_ship"),
        ("strategic missile submarine cruiser", "submarine"),
        ("joint support ship", "oiler"),
        ("towboat", "tug"),
        ("submarine rescue mother ship", "rescue_ship"),
        ("research and survey vessel", "research_ship"),
        ("cement carrier", "cargo_ship"),
        ("oil/chemical tanker", "tanker"),
        ("hospital vessel", "hospital_ship"),
        ("schoolship", "training_ship"),
        ("buoy tender", "auxiliary"),
        ("littoral combat ship", "warship"),
        ("drone boat", "vessel"),
    ],
)
def test_words_for_kinds_of_ships(phrase: str, kind: str, gazetteer: Gazetteer) -> None:
    """Each word is read of a ship without a name, of one with a name and of several."""
    texts = (f"The {phrase} left Rota on Monday.", f"The {phrase} Velmora left Rota on Monday.", f"Two {phrase}s left Rota on Monday.")
    for text in texts:
        found = extract(text, date(2024, 12, 15), gazetteer)
        assert [v.type for v in found.vessels] == [kind], text


@pytest.mark.parametrize(
    ("ship", "told"),
    [
        ("A Halifax-class frigate", "Halifax"),
        ("A Canadian Halifax-class", "Halifax"),
        ("A K31 corvette", "K31"),
        ("Two F-310 frigates", "F-310"),
        ("A MEKO 500 frigate", "MEKO 500"),
        ("A Sa'ar 6 corvette", "Sa'ar 6"),
        ("A Yasen-M submarine", "Yasen-M"),
        ("A British Type 45", "Type 45"),
        ("The Wellmar-class Velmora", "Wellmar"),
        ("The Wellmar-type corvette Velmora", "Wellmar"),
        ("The Porto di Mare-class frigate Velmora", "Porto di Mare"),
        ("The Wellmar-class (Project 22350) frigate Velmora", "Wellmar"),
        ("The Wellmar-class Batch 2 patrol ship Velmora", "Wellmar"),
        ("The Wellmar-class (Barracuda) submarine Velmora", "Wellmar"),
        ("The Del Mar-class frigate Velmora", "Del Mar"),
        ("The gunboat Velmora (Wellmar class)", "Wellmar"),
        ("The gunboat Velmora, the first of the Wellmar class,", "Wellmar"),
        ("The gunboat Velmora, which belongs to the Wellmar class,", "Wellmar"),
    ],
)
def test_the_class_that_a_phrase_tells(ship: str, told: str, gazetteer: Gazetteer) -> None:
    found = extract(f"{ship} left Rota on Monday.", date(2024, 12, 15), gazetteer)
    assert [v.class_name for v in found.vessels] == [told]


def test_the_class_of_both(gazetteer: Gazetteer) -> None:
    found = extract("The gunboats Velmora and Belmora, both of the Wellmar class, left Rota.", date(2024, 12, 15), gazetteer)
    assert [(v.name, v.class_name) for v in found.vessels] == [("Velmora", "Wellmar"), ("Belmora", "Wellmar")]


@pytest.mark.parametrize("ship", ["A frigate of Project 22350", "The frigate Velmora of Project 22350", "A frigate (project 22350)"])
def test_the_project_told_behind_a_ship(ship: str, gazetteer: Gazetteer) -> None:
    found = extract(f"{ship} left Rota on Monday.", date(2024, 12, 15), gazetteer)
    assert [v.project for v in found.vessels] == ["22350"]


@pytest.mark.parametrize(
    ("ship", "country"),
    [
        ("The tanker Minerva", None),  # no corvette of that name
        ("The tanker Minerva, flying the Greek flag,", "GR"),
        ("The tanker Minerva, which sails under the flag of Malta,", "MT"),
        ("The tanker Minerva (flag: Panama)", "PA"),
        ("The tanker Minerva, registered in Malta,", "MT"),
        ("The Mongolia-flagged tanker Minerva", "MN"),
        ("The Panama-flagged, Greek-owned tanker Minerva", "PA"),
        ("The Greek-owned tanker Minerva", None),
        ("The Maltese-registered tanker Minerva", "MT"),
        ("The tanker Minerva (Liberia)", "LR"),
        ("The Minerva, a tanker sailing under the Liberian flag,", "LR"),
        ("The Solomon Islands tanker Minerva", "SB"),
        ("M.T. Minerva", None),
        ("MT. Minerva", None),
    ],
)
def test_the_flag_that_a_phrase_tells(ship: str, country: str | None, gazetteer: Gazetteer) -> None:
    found = extract(f"{ship} left Rota on Monday.", date(2024, 12, 15), gazetteer)
    assert [(v.name, v.type, v.country) for v in found.vessels] == [("Minerva", "tanker", country)]


@pytest.mark.parametrize(
    ("ship", "name", "hull"),
    [("F221 Hessen", "Hessen", "F221"), ("Ship 015-Tran Hung Dao", "Tran Hung Dao", "015"), ("The 016 Quang Trung", "Quang Trung", "016")],
)
def test_the_number_in_front_of_a_name(ship: str, name: str, hull: str, gazetteer: Gazetteer) -> None:
    found = extract(f"{ship} left Rota on Monday.", date(2024, 12, 15), gazetteer)
    assert [(v.name, v.hull) for v in found.vessels] == [(name, hull)]


@pytest.mark.parametrize("who", ["A convoy of heavy lorries", "A group of tourists", "A convoy of trucks"])
def test_groups_that_are_no_ships(who: str, gazetteer: Gazetteer) -> None:
    assert not extract(f"{who} left Rota on Monday.", date(2024, 12, 15), gazetteer).events
