"""Whom a text has it from, and which links lead to one page."""

from __future__ import annotations

import pytest

from tests.builders import document
from tracker.errors import SeedError
from tracker.gazetteer.attribution import load_attributions
from tracker.resolve.origins import address, marks, speakers

SAID = [
    ("Yelnya left, according to TASS.", {"tass"}),
    ("According to the Russian news agency TASS, she left.", {"tass"}),
    ("TASS reported on Monday that she left.", {"tass"}),
    ("The state news agency Interfax reported it.", {"interfax"}),
    ("RIA said so.", {"ria-novosti"}),
    ("Reuters, citing RIA Novosti, said so.", {"ria-novosti"}),
    ("as first reported by Demo Wire A", {"demo-wire-a"}),
    ("according to the Institute for the Study of War", {"institute-for-the-study-of-war"}),
    ("USNI News reported it, and the Navy said nothing.", {"usni-news", "navy"}),
    ("The Japanese Ministry of Defense said on Friday", {"jp/defence-ministry"}),
    ("Japan's defence ministry said", {"jp/defence-ministry"}),
    ("according to U.S. Navy officials", {"us/navy"}),
    ("according to the ship-tracking site MarineTraffic", {"marinetraffic"}),
    ("Vice Adm. John Smith told reporters", {"john-smith"}),
    ("A monitoring group said on Tuesday", set()),
    ("according to local observers", set()),
    ("It said she left.", set()),
    ("On Tuesday, she left the port.", set()),
    ("", set()),
]


@pytest.mark.parametrize(("text", "names"), SAID, ids=[s[0][:30] for s in SAID])
def test_a_speaker_is_named(text: str, names: set[str]) -> None:
    assert speakers(text, load_attributions()) == names


@pytest.mark.parametrize(
    "url",
    ["https://www.wire.example/2024/ship/", "http://wire.example/2024/ship?utm_source=x", "https://m.wire.example/2024/ship#top"],
)
def test_links_to_one_page_are_one_address(url: str) -> None:
    assert address(url) == "wire.example/2024/ship"
    assert address(f"{url.split('?')[0].split('#')[0]}?id=7") != address(url)


def test_the_marks_of_a_claim_hold_address_and_speakers_and_another_name_of_the_source() -> None:
    text = "Yelnya left Tartus, TASS reported."
    found = marks(document(text, source="AP", url="https://x.example/1"), (0, len(text)), load_attributions())
    assert found == ("by associated-press", "by tass", "url x.example/1")


def test_a_word_that_stands_twice_is_refused(tmp_path) -> None:
    file = tmp_path / "attribution.toml"
    file.write_text('before = []\nafter = []\nno_name = []\ndescribing = []\ninside = []\n[bodies]\n[same]\ntass = ["x"]\nria = ["x"]\n')
    with pytest.raises(SeedError, match="stands twice"):
        load_attributions(file)
