"""Well-known bases and ports, checked by hand: the water each lies on, and the areas each is in and is not in."""

from __future__ import annotations

import pytest

from tracker.gazetteer.places import PlaceIndex, read_places
from tracker.resources import resource

PLACES = PlaceIndex.of(read_places(resource("seeds", "places.csv")))

WATER_OF = {
    # Mediterranean, west to east
    "Gibraltar": "Alboran Sea", "Ceuta": "Alboran Sea", "Algeciras": "Alboran Sea", "Tangier": "Strait of Gibraltar",
    "Cartagena": "Western Mediterranean", "Barcelona": "Balearic Sea", "Palma de Mallorca": "Balearic Sea", "Toulon": "Western Mediterranean",
    "Marseille": "Gulf of Lion", "Genoa": "Gulf of Genoa", "La Spezia": "Ligurian Sea", "Naples": "Bay of Naples", "Palermo": "Tyrrhenian Sea",
    "La Maddalena": "Tyrrhenian Sea", "Messina": "Strait of Messina", "Augusta": "Ionian Sea", "Catania": "Ionian Sea",
    "Taranto": "Gulf of Taranto", "Brindisi": "Southern Adriatic", "Venice": "Gulf of Venice", "Trieste": "Gulf of Trieste", "Split": "Adriatic Sea",
    "Bar": "Southern Adriatic", "Algiers": "Western Mediterranean", "Mers El Kébir": "Western Mediterranean", "Bizerte": "Western Mediterranean",
    "La Goulette": "Gulf of Tunis", "Sfax": "Gulf of Gabès", "Valletta": "Central Mediterranean", "Tripoli": "Central Mediterranean",
    "Benghazi": "Gulf of Sidra", "Tobruk": "Libyan Sea", "Souda Bay": "Sea of Crete", "Salamis": "Saronic Gulf", "Piraeus": "Saronic Gulf",
    "Thessaloniki": "Thermaic Gulf", "Foça": "Gulf of İzmir", "Aksaz": "Levantine Sea", "Mersin": "Levantine Sea",
    "İskenderun": "Gulf of İskenderun", "Tartus": "Levantine Sea", "Latakia": "Levantine Sea", "Beirut": "Levantine Sea", "Haifa": "Haifa Bay",
    "Ashdod": "Levantine Sea", "Port Said": "Levantine Sea", "Alexandria": "Levantine Sea", "Limassol": "Levantine Sea",
    # Turkish Straits, Black Sea, Azov, Caspian
    "Gölcük": "Gulf of İzmit", "Çanakkale": "Dardanelles", "Istanbul": "Turkish Straits", "Constanța": "Western Black Sea",
    "Varna": "Western Black Sea", "Odesa": "Northwestern Black Sea", "Sevastopol": "Black Sea", "Feodosia": "Black Sea",
    "Novorossiysk": "Eastern Black Sea", "Poti": "Eastern Black Sea", "Kerch": "Kerch Strait", "Berdiansk": "Sea of Azov",
    "Mariupol": "Taganrog Bay", "Astrakhan": "Caspian Sea", "Kaspiysk": "Caspian Sea",
    # Baltic and its doors
    "Baltiysk": "Gulf of Gdańsk", "Gdynia": "Gulf of Gdańsk", "Kronstadt": "Gulf of Finland", "Saint Petersburg": "Gulf of Finland",
    "Tallinn": "Gulf of Finland", "Riga": "Gulf of Riga", "Liepāja": "Eastern Baltic", "Klaipėda": "Eastern Baltic",
    "Karlskrona": "Southern Baltic", "Muskö": "Baltic Sea", "Kiel": "Bay of Kiel", "Eckernförde": "Bay of Eckernförde",
    "Rostock-Warnemünde": "Bay of Mecklenburg", "Świnoujście": "Pomeranian Bay", "Copenhagen": "Øresund", "Korsør": "Great Belt",
    "Frederikshavn": "Kattegat", "Gothenburg": "Kattegat", "Oslo": "Oslofjord",
    # North Sea, Channel, Atlantic Europe
    "Wilhelmshaven": "German Bight", "Hamburg": "German Bight", "Den Helder": "Wadden Sea", "Zeebrugge": "Southern North Sea",
    "Rotterdam": "Southern North Sea", "Antwerp": "Southern North Sea", "Haakonsvern": "Northern North Sea", "Rosyth": "Firth of Forth",
    "Portsmouth": "The Solent", "Devonport": "Plymouth Sound", "Dover": "English Channel", "Cherbourg": "English Channel",
    "Brest": "Iroise Sea", "Faslane": "Firth of Clyde", "Haulbowline": "Celtic Sea", "Dublin": "Irish Sea", "Ferrol": "Northeast Atlantic",
    "Lisbon": "Northeast Atlantic", "Rota": "Gulf of Cádiz", "Reykjavík": "Northeast Atlantic", "Casablanca": "North Atlantic Ocean",
    # Arctic
    "Severomorsk": "Kola Bay", "Murmansk": "Kola Bay", "Zapadnaya Litsa": "Motovsky Gulf", "Severodvinsk": "Dvina Bay",
    "Arkhangelsk": "Dvina Bay", "Tromsø": "Norwegian Sea", "Ramsund": "Ofotfjord", "Tiksi": "Laptev Sea", "Pevek": "East Siberian Sea",
    # Red Sea to the Bay of Bengal
    "Suez": "Gulf of Suez", "Eilat": "Gulf of Aqaba", "Jeddah": "Red Sea", "Port Sudan": "Red Sea", "Berenice": "Northern Red Sea",
    "Massawa": "Southern Red Sea", "Aden": "Gulf of Aden", "Doraleh": "Gulf of Tadjoura", "Berbera": "Gulf of Aden",
    "Bandar Abbas": "Persian Gulf", "Manama": "Persian Gulf", "Jebel Ali": "Persian Gulf", "Umm Qasr": "Northern Persian Gulf",
    "Bushehr": "Northern Persian Gulf", "Fujairah": "Gulf of Oman", "Jask": "Gulf of Oman", "Chabahar": "Gulf of Oman", "Muscat": "Gulf of Oman",
    "Duqm": "Arabian Sea", "Salalah": "Arabian Sea", "Karachi": "North Arabian Sea", "Gwadar": "North Arabian Sea", "Mumbai": "Arabian Sea",
    "Karwar": "Arabian Sea", "Kochi": "Arabian Sea", "Colombo": "Laccadive Sea", "Visakhapatnam": "Bay of Bengal", "Port Blair": "Andaman Sea",
    "Mombasa": "Western Indian Ocean", "Durban": "Western Indian Ocean", "Diego Garcia": "Indian Ocean", "Simon's Town": "South Atlantic Ocean",
    # East Asia and the western Pacific
    "Lumut": "Strait of Malacca", "Changi": "Singapore Strait", "Surabaya": "Java Sea", "Sattahip": "Gulf of Thailand", "Ream": "Gulf of Thailand",
    "Cam Ranh": "South China Sea", "Haiphong": "Gulf of Tonkin", "Yulin": "South China Sea", "Zhanjiang": "South China Sea",
    "Hong Kong": "South China Sea", "Subic Bay": "South China Sea", "Manila": "Manila Bay", "Puerto Princesa": "Sulu Sea",
    "Kaohsiung": "Taiwan Strait", "Keelung": "East China Sea", "Suao": "Philippine Sea", "Ningbo": "Hangzhou Bay", "Zhoushan": "East China Sea",
    "Qingdao": "Yellow Sea", "Lüshun": "Yellow Sea", "Incheon": "Yellow Sea", "Busan": "Korea Strait", "Jinhae": "Korea Strait",
    "Jeju Naval Base": "East China Sea", "Donghae": "Sea of Japan", "Wonsan": "East Korea Bay", "Vladivostok": "Peter the Great Bay",
    "Fokino": "Peter the Great Bay", "Vilyuchinsk": "Avacha Bay", "Petropavlovsk-Kamchatsky": "Avacha Bay", "Magadan": "Sea of Okhotsk",
    "Yokosuka": "Tokyo Bay", "Kure": "Hiroshima Bay", "Maizuru": "Wakasa Bay", "Ominato": "Mutsu Bay", "Sasebo": "East China Sea",
    "Naha": "East China Sea", "White Beach": "Philippine Sea", "Apra Harbor": "Philippine Sea",
    "Darwin": "Timor Sea", "HMAS Stirling": "Cockburn Sound", "Sydney": "Tasman Sea", "Cairns": "Coral Sea", "Lombrum": "Bismarck Sea",
    # The Americas
    "Pearl Harbor": "Central Pacific", "San Diego": "Eastern Pacific", "Bremerton": "Puget Sound", "Esquimalt": "Salish Sea",
    "Kodiak": "Gulf of Alaska", "Dutch Harbor": "Bering Sea", "Norfolk": "Hampton Roads", "Groton": "Long Island Sound",
    "Kings Bay": "Western Atlantic", "Mayport": "Western Atlantic", "Halifax": "Western Atlantic", "Key West": "Straits of Florida",
    "Pensacola": "Gulf of Mexico", "Havana": "Straits of Florida", "Guantanamo Bay": "Caribbean Sea", "Cartagena, Colombia": "Southern Caribbean",
    "Rodman": "Gulf of Panama", "Cristóbal": "Caribbean Sea", "Callao": "Eastern Pacific", "Valparaíso": "Eastern Pacific",
    "Rio de Janeiro": "Guanabara Bay", "Montevideo": "Rio de la Plata", "Puerto Belgrano": "South Atlantic Ocean",
}

MEDITERRANEAN, BLACK, BALTIC, RED, GULF = "Mediterranean Sea", "Black Sea", "Baltic Sea", "Red Sea", "Persian Gulf"

INSIDE = [
    ("Tartus", MEDITERRANEAN), ("Tartus", "Eastern Mediterranean"), ("Souda Bay", MEDITERRANEAN), ("Souda Bay", "Aegean Sea"),
    ("Cartagena", MEDITERRANEAN), ("Gibraltar", MEDITERRANEAN), ("Tangier", MEDITERRANEAN), ("Port Said", MEDITERRANEAN), ("Venice", "Adriatic Sea"),
    ("Valletta", MEDITERRANEAN), ("Messina", MEDITERRANEAN), ("Aksaz", "Eastern Mediterranean"), ("Crete", MEDITERRANEAN),
    ("Corinth Canal", MEDITERRANEAN), ("Sevastopol", BLACK), ("Novorossiysk", BLACK), ("Odesa", BLACK), ("Gölcük", "Sea of Marmara"),
    ("Istanbul", "Turkish Straits"), ("Baltiysk", BALTIC), ("Kronstadt", BALTIC), ("Kiel", BALTIC), ("Gotland", BALTIC),
    ("Wilhelmshaven", "North Sea"), ("Portsmouth", "English Channel"), ("Brest", "Northeast Atlantic"), ("Rota", "Atlantic Ocean"),
    ("Severomorsk", "Barents Sea"), ("Severodvinsk", "White Sea"), ("Severodvinsk", "Arctic Ocean"), ("Tromsø", "Norwegian Sea"),
    ("Suez", RED), ("Jeddah", RED), ("Bandar Abbas", GULF), ("Umm Qasr", GULF), ("Fujairah", "Arabian Sea"), ("Aden", "Arabian Sea"),
    ("Mumbai", "Indian Ocean"), ("Port Blair", "Indian Ocean"), ("Yulin", "South China Sea"), ("Sattahip", "South China Sea"),
    ("Subic Bay", "Western Pacific"), ("Qingdao", "Western Pacific"), ("Tianjin", "Yellow Sea"), ("Vladivostok", "Sea of Japan"),
    ("Yokosuka", "Western Pacific"), ("Kure", "Seto Inland Sea"), ("Vilyuchinsk", "North Pacific Ocean"), ("Apra Harbor", "Philippine Sea"),
    ("Pearl Harbor", "Central Pacific"), ("Pearl Harbor", "North Pacific Ocean"), ("San Diego", "Pacific Ocean"), ("Bremerton", "Salish Sea"),
    ("Norfolk", "Chesapeake Bay"), ("Norfolk", "Atlantic Ocean"), ("Guantanamo Bay", "Caribbean Sea"), ("Cartagena, Colombia", "Caribbean Sea"),
    ("Miyako Strait", "Western Pacific"), ("Strait of Dover", "Northeast Atlantic"), ("Bashi Channel", "Western Pacific"),
]

OUTSIDE = [
    ("Sevastopol", MEDITERRANEAN), ("Suez", MEDITERRANEAN), ("Rota", MEDITERRANEAN), ("Istanbul", MEDITERRANEAN), ("Istanbul", BLACK),
    ("Gölcük", BLACK), ("Gölcük", MEDITERRANEAN), ("Bosphorus", BLACK), ("Dardanelles", MEDITERRANEAN), ("Suez Canal", MEDITERRANEAN),
    ("Suez Canal", RED), ("Egypt", MEDITERRANEAN), ("Egypt", RED), ("Cartagena, Colombia", MEDITERRANEAN), ("Port Said", RED),
    ("Eilat", MEDITERRANEAN),
    ("Casablanca", MEDITERRANEAN), ("Berdiansk", BLACK), ("Tartus", "Aegean Sea"), ("Souda Bay", "Levantine Sea"),
    ("Toulon", "Eastern Mediterranean"),
    ("Tripoli", "Eastern Mediterranean"), ("Corinth Canal", "Ionian Sea"), ("Kiel Canal", BALTIC), ("Copenhagen", BALTIC), ("Frederikshavn", BALTIC),
    ("Baltiysk", "Atlantic Ocean"), ("Wilhelmshaven", BALTIC), ("Severodvinsk", "Barents Sea"), ("Tromsø", "Barents Sea"),
    ("Severomorsk", "Norwegian Sea"),
    ("Fujairah", GULF), ("Bandar Abbas", "Arabian Sea"), ("Aden", RED), ("Doraleh", RED), ("Jeddah", "Gulf of Aden"), ("Strait of Hormuz", GULF),
    ("Lumut", "South China Sea"), ("Changi", "South China Sea"), ("Kaohsiung", "Philippine Sea"), ("Suao", "South China Sea"),
    ("Naha", "Philippine Sea"),
    ("Qingdao", "East China Sea"), ("Busan", "Yellow Sea"), ("Vladivostok", "Sea of Okhotsk"), ("Vilyuchinsk", "Sea of Okhotsk"),
    ("Miyako Strait", "East China Sea"), ("Rodman", "Caribbean Sea"), ("Cristóbal", "Pacific Ocean"), ("Norfolk", "Caribbean Sea"),
    ("Key West", "Gulf of Mexico"), ("Panama Canal", "Atlantic Ocean"), ("Simon's Town", "Indian Ocean"), ("Sicily", "Tyrrhenian Sea"),
    ("Honshu", "Sea of Japan"), ("Okinawa", "Philippine Sea"),
]

JOINS = {
    "Bosphorus": ("Black Sea", "Sea of Marmara"), "Dardanelles": ("Sea of Marmara", "Aegean Sea"),
    "Strait of Gibraltar": ("Gulf of Cádiz", "Alboran Sea"),
    "Strait of Sicily": ("Western Mediterranean", "Central Mediterranean"), "Strait of Messina": ("Tyrrhenian Sea", "Ionian Sea"),
    "Strait of Otranto": ("Adriatic Sea", "Ionian Sea"), "Suez Canal": ("Levantine Sea", "Gulf of Suez"),
    "Bab el-Mandeb": ("Red Sea", "Gulf of Aden"),
    "Strait of Hormuz": ("Persian Gulf", "Gulf of Oman"), "Kerch Strait": ("Black Sea", "Sea of Azov"),
    "Corinth Canal": ("Gulf of Corinth", "Saronic Gulf"),
    "Øresund": ("Kattegat", "Baltic Sea"), "Great Belt": ("Kattegat", "Western Baltic"), "Little Belt": ("Kattegat", "Western Baltic"),
    "Fehmarn Belt": ("Bay of Kiel", "Bay of Mecklenburg"), "Kiel Canal": ("German Bight", "Bay of Kiel"),
    "Strait of Dover": ("English Channel", "North Sea"),
    "English Channel": ("Celtic Sea", "North Sea"), "Denmark Strait": ("Greenland Sea", "Irminger Sea"),
    "GIUK Gap": ("Norwegian Sea", "North Atlantic Ocean"),
    "Bear Island Gap": ("Norwegian Sea", "Barents Sea"), "Kara Strait": ("Pechora Sea", "Kara Sea"), "Bering Strait": ("Bering Sea", "Chukchi Sea"),
    "Strait of Malacca": ("Andaman Sea", "Singapore Strait"), "Singapore Strait": ("Strait of Malacca", "South China Sea"),
    "Sunda Strait": ("Java Sea", "Indian Ocean"), "Lombok Strait": ("Bali Sea", "Indian Ocean"), "Makassar Strait": ("Celebes Sea", "Java Sea"),
    "Taiwan Strait": ("South China Sea", "East China Sea"), "Luzon Strait": ("South China Sea", "Philippine Sea"),
    "Bashi Channel": ("South China Sea", "Philippine Sea"), "Miyako Strait": ("East China Sea", "Philippine Sea"),
    "Osumi Strait": ("East China Sea", "Philippine Sea"), "Tokara Strait": ("East China Sea", "Philippine Sea"),
    "Yonaguni Strait": ("East China Sea", "Philippine Sea"), "Tsushima Strait": ("East China Sea", "Sea of Japan"),
    "Korea Strait": ("East China Sea", "Sea of Japan"), "Tsugaru Strait": ("Sea of Japan", "Western Pacific"),
    "La Pérouse Strait": ("Sea of Japan", "Sea of Okhotsk"), "Bohai Strait": ("Bohai Sea", "Yellow Sea"),
    "Torres Strait": ("Arafura Sea", "Coral Sea"),
    "Bass Strait": ("Great Australian Bight", "Tasman Sea"), "Windward Passage": ("Caribbean Sea", "North Atlantic Ocean"),
    "Mona Passage": ("Caribbean Sea", "North Atlantic Ocean"), "Yucatán Channel": ("Caribbean Sea", "Gulf of Mexico"),
    "Straits of Florida": ("Gulf of Mexico", "North Atlantic Ocean"), "Panama Canal": ("Caribbean Sea", "Gulf of Panama"),
    "Strait of Magellan": ("South Atlantic Ocean", "South Pacific Ocean"), "Drake Passage": ("South Pacific Ocean", "Scotia Sea"),
}


def named(name: str) -> str:
    """The key of the one place whose own name this is."""
    return next(place.key for place in PLACES.named(name) if place.name == name)


def test_the_tables_are_long_enough() -> None:
    assert len(WATER_OF) >= 150
    assert len(INSIDE) + len(OUTSIDE) >= 100


@pytest.mark.parametrize("name", WATER_OF)
def test_the_water_of_a_base(name: str) -> None:
    water = PLACES.entries[named(name)].water
    assert water and PLACES.entries[water].name == WATER_OF[name]


@pytest.mark.parametrize(("name", "area"), INSIDE)
def test_inside(name: str, area: str) -> None:
    assert PLACES.tree.inside(named(name), named(area))


@pytest.mark.parametrize(("name", "area"), OUTSIDE)
def test_not_inside(name: str, area: str) -> None:
    assert not PLACES.tree.inside(named(name), named(area))


@pytest.mark.parametrize("name", JOINS)
def test_what_a_strait_joins(name: str) -> None:
    assert tuple(PLACES.entries[water].name for water in PLACES.entries[named(name)].waters) == JOINS[name]
