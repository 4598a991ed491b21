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
