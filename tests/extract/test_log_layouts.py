"""Logs of a port and of a strait in many hands: however an entry writes its day, its way and its marks, the same acts are read."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer

PORT_DAY = date(2023, 9, 17)  # a Sunday
PORT_DAYS = (
    "Mon Tue Thu Fri",
    "Monday Tuesday Thursday Friday",
    "Mon Tues Thurs Fri",
    "MON TUE THU FRI",
    "Mon_11th Tue_12th Thu_14th Fri_15th",
    "Monday_11 Tuesday_12 Thursday_14 Friday_15",
    "11th 12th 14th 15th",
    "11/9 12/9 14/9 15/9",
    "Mon_11_Sep Tue_12_Sep Thu_14_Sep Fri_15_Sep",
    "Mon_pm Tue_am Thu_am Fri_pm",
    "Monday_morning Tuesday_evening Thursday_morning Friday_afternoon",
    "Monday's_movements Tuesday's_movements Thursday's_movements Friday's_movements",
)
MARKS = (": ", " - ", " – ", ". ", "\n", ":\n", " — ", ", ", "\n\n")
ENTRIES = (
    ("0900 HMS Kent in. 1100 RFA Tidesurge out.", "0815 HMS Argyll in.", "0930 FS Aconit in. 1200 HMS Portland out.", "0700 HMS Scott in."),
    ("In: HMS Kent. Out: RFA Tidesurge.", "In: HMS Argyll.", "In: FS Aconit. Out: HMS Portland.", "In: HMS Scott."),
    (
        "HMS Kent returned in the morning. RFA Tidesurge sailed.",
        "HMS Argyll came in.",
        "FS Aconit arrived. HMS Portland sailed.",
        "HMS Scott came in.",
    ),
)
PORT_ACTS = {
    ("Kent", "arrival", "2023-09-11"),
    ("Tidesurge", "departure", "2023-09-11"),
    ("Argyll", "arrival", "2023-09-12"),
    ("Aconit", "arrival", "2023-09-14"),
    ("Portland", "departure", "2023-09-14"),
    ("Scott", "arrival", "2023-09-15"),
}

STRAIT_DAY = date(2024, 12, 9)  # a Monday
STRAIT_DAYS = {
    "Monday Tuesday Thursday Saturday": False,  # whether the forms that have no mark behind the day are read, too
    "Mon Tue Thu Sat": False,
    "2_December 3_December 5_December 7_December": True,
    "Dec_2 Dec_3 Dec_5 Dec_7": True,
    "02/12 03/12 05/12 07/12": True,
    "2024-12-02 2024-12-03 2024-12-05 2024-12-07": True,
    "2nd 3rd 5th 7th": True,
    "Mon_2_Dec Tue_3_Dec Thu_5_Dec Sat_7_Dec": True,
}
WAYS = (("NB", "SB"), ("N/B", "S/B"), ("northbound", "southbound"), ("Northbound", "Southbound"), ("inbound", "outbound"))
FORMS = {
    "{day}: {ship} {way}": False,
    "{day} {way} {ship}": True,
    "{day} - {way}: {ship}": True,
    "{day} {hour} {way} {ship}": True,
    "{day}, {hour}. {ship} {way}.": True,
    "{day}\n{hour} {ship} {way}": False,
    "{day} – {ship}, {way}, {hour}": False,
    "{day} | {way} | {ship}": True,
}
PASSING = (("Caesar Kunikov", 0), ("USS Carney (DDG 64)", 0), ("TCG Barbaros F244", 1), ("Saratov", 1))
PASSAGES = {("Caesar Kunikov", "2024-12-02"), ("Carney", "2024-12-03"), ("Barbaros", "2024-12-05"), ("Saratov", "2024-12-07")}


def acts(text: str, published: date, gazetteer: Gazetteer) -> set[tuple[str, str, str]]:
    """The name of each ship, with what she did and when."""
    found = extract(text, published, gazetteer)
    names = {vessel.id: vessel.name or "" for vessel in found.vessels}
    return {(names[ship], event.kind.value, event.interval.edtf() or "") for event in found.events for ship in event.vessels}


@pytest.mark.parametrize("days", PORT_DAYS)
def test_a_ports_week(days: str, gazetteer: Gazetteer) -> None:
    for mark, bullet, entries in product(MARKS, ("", "- "), ENTRIES):
        if bullet and "\n" in mark:
            continue
        lines = [f"{bullet}{day.replace('_', ' ')}{mark}{entry}" for day, entry in zip(days.split(), entries, strict=True)]
        text = "Plymouth waterfront log, week to 17 September\n\n" + ("\n\n" if "\n" in mark else "\n").join(lines)
        assert acts(text, PORT_DAY, gazetteer) >= PORT_ACTS, text


@pytest.mark.parametrize("days", STRAIT_DAYS)
def test_a_straits_log(days: str, gazetteer: Gazetteer) -> None:
    for way, (form, unmarked) in product(WAYS, FORMS.items()):
        if unmarked and not STRAIT_DAYS[days]:
            continue
        rows = [
            form.format(day=day.replace("_", " "), ship=ship, way=way[to], hour=hour)
            for day, (ship, to), hour in zip(days.split(), PASSING, ("0630", "0715", "1420", "2205"), strict=True)
        ]
        text = "Bosphorus log, 2-8 December 2024\n\n" + "\n".join(rows)
        told = acts(text, STRAIT_DAY, gazetteer)
        assert told == {(ship, "transit", day) for ship, day in PASSAGES}, text


def test_a_way_heads_the_entries_below_it(gazetteer: Gazetteer) -> None:
    text = (
        "Bosphorus log, 2-8 December 2024\n\nNorthbound:\n2 December Caesar Kunikov\n3 December USS Carney (DDG 64)\nSouthbound:\n7 December Saratov"
    )
    assert {ship for ship, _, _ in acts(text, STRAIT_DAY, gazetteer)} == {"Caesar Kunikov", "Carney", "Saratov"}


def test_waters_are_where_a_passage_leads(gazetteer: Gazetteer) -> None:
    told = ("Caesar Kunikov → Black Sea", "USS Carney to the Black Sea", "HMS Echo northbound to the Black Sea")
    text = "Bosphorus log, December 2024\n\n" + "\n".join(f"{day} December: {words}" for day, words in zip((2, 3, 5), told, strict=True))
    events = extract(text, STRAIT_DAY, gazetteer).events
    assert [(event.kind.value, event.destination) for event in events] == [("transit", "Black Sea")] * 3


FLEET = {
    ("South China Sea", "at_sea"): ("HMS Kent (F78)", "RFA Tidespring (A136)"),
    ("Rota", "in_port"): ("USS Cole (DDG 67)",),
    ("Red Sea", "at_sea"): ("INS Tarkash (F50)", "INS Shakti (A57)", "USS Carney (DDG 64)"),
    ("Yokosuka", "in_port"): ("JS Onami (DD-111)", "USS Shoup (DDG 86)"),
}
WHERE = {("Kent", "at_sea"), ("Tidespring", "at_sea"), ("Cole", "in_port"), ("Tarkash", "at_sea"), ("Shakti", "at_sea"), ("Carney", "at_sea")}
WHERE |= {("Onami", "in_port"), ("Shoup", "in_port")}


@pytest.mark.parametrize("head", ["{}", "{}:", "## {}", "**{}**", "{} –"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_ships_below_the_place_where_they_are(head: str, between: str, gazetteer: Gazetteer) -> None:
    for mark, close in (("\n- ", ""), (", ", ""), (", ", "."), (" | ", "")):
        lists = [("- " if "\n" in mark else "") + mark.join(ships) + close for ships in FLEET.values()]
        sections = [head.format(place) + between + ships for (place, _), ships in zip(FLEET, lists, strict=True)]
        text = "Fleet tracker, 9 December 2024\n\n" + "\n\n".join(sections)
        assert {(name, kind) for name, kind, _ in acts(text, STRAIT_DAY, gazetteer)} == WHERE, text


@pytest.mark.parametrize("line", ["{} – {}", "{}: {}", "{} | {}", "- {} – {}"])
def test_ships_beside_the_place_where_they_are(line: str, gazetteer: Gazetteer) -> None:
    rows = [line.format(ship, place) for (place, _), ships in FLEET.items() for ship in ships]
    assert {(name, kind) for name, kind, _ in acts("Where the ships are\n\n" + "\n".join(rows), STRAIT_DAY, gazetteer)} == WHERE


FOREIGN = (
    "El buque de la Armada salió de la base naval de Rota el lunes por la mañana y puso rumbo al golfo, donde permanecerá hasta el mes de abril.",
    "Die Fregatte der Deutschen Marine hat am Montag den Hafen von Kiel verlassen und ist auf dem Weg in das Rote Meer, wo sie bis Mai bleibt.",
    "La frégate de la Marine nationale a quitté Toulon lundi pour quatre mois en mer Rouge, où elle doit rejoindre les autres navires.",
    "Фрегат вышел из Североморска в понедельник и направился в Средиземное море, где присоединится к группировке.",
)


@pytest.mark.parametrize("text", FOREIGN)
def test_a_text_in_another_language_tells_nothing(text: str, gazetteer: Gazetteer) -> None:
    found = extract(text, STRAIT_DAY, gazetteer)
    assert found.language == "other"
    assert not found.events


CALLS = (("2 December", "HMS Kent", "frigate", "{come}", "Rota"), ("3 December", "USS Cole", "destroyer", "{go}", "Rota"))
CALLS += (("5 December", "INS Tarkash", "frigate", "{come}", "Rota"), ("7 December", "JS Onami", "destroyer", "{go}", "Rota"))
TOLD = {
    ("Kent", "arrival", "2024-12-02"),
    ("Cole", "departure", "2024-12-03"),
    ("Tarkash", "arrival", "2024-12-05"),
    ("Onami", "departure", "2024-12-07"),
}
TITLES = {"D": "Date", "S": "Ship", "T": "Type", "E": "Event", "P": "Port"}


@pytest.mark.parametrize("order", ["DSTEP", "DSEP", "SDEP", "DESP", "PDSE", "SEPD", "DPSE", "EDSP"])
@pytest.mark.parametrize("mark", [" | ", "\t", ", ", " – ", "; "])
def test_the_columns_of_a_table(order: str, mark: str, gazetteer: Gazetteer) -> None:
    words = (("Arrived", "Sailed"), ("Arrival", "Departure"), ("IN", "OUT"), ("ARR", "DEP"), ("Entered port", "Left port"))
    for (come, go), headed in product(words, (True, False)):
        rows = [mark.join(TITLES[column] for column in order)] * headed
        rows += [mark.join(row["DSTEP".index(column)] for column in order).format(come=come, go=go) for row in CALLS]
        text = "Movements this week\n\n" + "\n".join(rows)
        assert acts(text, STRAIT_DAY, gazetteer) == TOLD, text
        evidence = {event.evidence for event in extract(text, STRAIT_DAY, gazetteer).events}
        assert evidence == set(rows[-4:]), text


TABLES = {
    "Vessel,Arrived,Departed,Port\nHMS Kent,2 Dec,4 Dec,Rota\nUSS Cole,3 Dec,,Rota\nINS Tarkash,5 Dec,7 Dec,Souda Bay": {
        ("Kent", "arrival", "2024-12-02"),
        ("Kent", "departure", "2024-12-04"),
        ("Cole", "arrival", "2024-12-03"),
        ("Tarkash", "arrival", "2024-12-05"),
        ("Tarkash", "departure", "2024-12-07"),
    },
    "| Ship | Type | Status | Place |\n|---|---|---|---|\n| HMS Kent | frigate | in port | Portsmouth |\n"
    "| USS Cole | destroyer | at sea | Red Sea |\n| JS Onami | destroyer | refit | Yokosuka |\n| INS Tarkash | frigate | Alongside | Mumbai |": {
        ("Kent", "in_port", ""),
        ("Cole", "at_sea", ""),
        ("Tarkash", "in_port", ""),
    },
    "Date | Ship | From | To\n2 Dec | HMS Kent | Rota | Valletta\n3 Dec | USS Cole | Haifa | Rota\n5 Dec | INS Tarkash | Muscat | Djibouti": {
        ("Kent", "underway", "2024-12-02"),
        ("Cole", "underway", "2024-12-03"),
        ("Tarkash", "underway", "2024-12-05"),
    },
}


@pytest.mark.parametrize(("text", "told"), TABLES.items())
def test_tables_of_other_columns(text: str, told: set[tuple[str, str, str]], gazetteer: Gazetteer) -> None:
    assert acts(text, STRAIT_DAY, gazetteer) == told
