"""Quotes round ships' names: the same length, the same words in the end."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.extract.pipeline import extract
from tracker.extract.unquoted import told_span, unquoted
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The frigate “Alvaros” left.", "The frigate  Alvaros  left."),
        ("The 'Mistral' left, and 'Surcouf' too.", "The  Mistral  left, and  Surcouf  too."),
        ('"Severomorsk" left the port.', '"Severomorsk" left the port.'),  # a town's name: the quotes alone make it a ship's
        ("The “Alvaros”, a tanker, left. The “Alvaros” is new.", "The  Alvaros , a tanker, left. The  Alvaros  is new."),
        ("Two tugs, the “Kamo” and the “Lahavo”, left.", "Two tugs, the  Kamo  and the  Lahavo , left."),
        ("Exercise “Kowari” began.", "Exercise “Kowari” began."),
        ("“We left late,” he said.", "“We left late,” he said."),
        ("It's the ships' day.", "It's the ships' day."),
    ],
)
def test_only_names_of_ships_lose_their_quotes(text: str, plain: str, gazetteer: Gazetteer) -> None:
    assert unquoted(text, gazetteer, load_lexicon()) == plain
    assert len(plain) == len(text)


def test_what_is_quoted_in_the_end_is_as_the_text_has_it(gazetteer: Gazetteer) -> None:
    text = "“Mistral” left Toulon on 3 December."
    event = extract(text, date(2024, 12, 15), gazetteer).events[0]
    assert event.evidence == text
    assert text[slice(*event.span)] == event.evidence
    assert told_span("a “B” c", "a  B  c", 2, 4) == (2, 5)
