"""What says nothing of a movement may stand in its sentence: annotated documents are read with words put in, and next to nothing is lost.

Each exchange puts some words behind or in front of a named ship that does something, in every sentence of every document that has such a one. The
marks of annotation follow, and the same pairs of vessel and kind are looked for as without the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tracker.domain.records import DocumentText
from tracker.evaluate.gold import Gold, read_gold
from tracker.evaluate.matching import PlaceNames
from tracker.evaluate.measure import Measures
from tracker.extract.contract import as_json
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer

CORPUS = Path(__file__).parent.parent / "corpus"
READ = ("dev", "own", "fresh", "later")
DOES = r"(?= (?:left|departed|arrived|sailed|entered|transited|passed|returned|is|was|has|had|will|docked|called|reached|visited|joined|crossed)\b)"
BEHIND = {
    "her crew": " and her crew of 200",
    "a helicopter": ", with a helicopter embarked,",
    "her captain": ", commanded by Captain John Smith,",
    "her size": ", which displaces 4,500 tonnes,",
    "her builder": ", built in Gdansk in 1985,",
    "her home": ", homeported in Norfolk,",
    "her crew's number": ", whose crew numbers 180,",
    "her name": ", named after an admiral,",
    "a flagship": ", flagship of the squadron,",
    "her number": " (pennant number F999)",
    "a picture": " (pictured)",
    "herself": " itself",
    "also": " also",
    "however": ", however,",
    "a ministry": ", according to the navy's press office,",
}
MOST_LOST = 0.04
FILLERS = (
    "No further details were given.",
    "It was a cold day.",
    "The navy has not commented.",
    "Such visits are rare.",
    "The exercise was called Northern Shield.",
    "A spokesman said on Friday that there was nothing to add.",
)
"""Sentences that tell no movement and speak of no ship."""
COUNTS = {word: str(number) for number, word in enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine"), 2)}
SHORTENED = {"has not": "hasn't", "did not": "didn't", "will not": "won't", "was not": "wasn't", "It is": "It's", "She is": "She's", "it is": "it's"}
SHORTENED |= {"they are": "they're", "They are": "They're", "they have": "they've", "it will": "it'll", "she had": "she'd", "they had": "they'd"}
SENTENCE_END = re.compile(r"(?<=[a-z0-9)”\"]{2}[.!?]) (?=[A-Z“\"])")


@cache
def documents() -> list[Gold]:
    return [gold for name in READ for gold in read_gold(CORPUS / name)]


def with_words(gold: Gold, words: str) -> Gold:
    """The document with some words behind each of its named ships that does something in a sentence of an event, once a sentence."""
    names = sorted({v["name"] for v in gold.vessels if v.get("name")}, key=len, reverse=True)
    if not names:
        return gold
    ship = re.compile(rf"(?<![\w'’-])(?:{'|'.join(map(re.escape, names))})(?: \([^)\n]*\))?{DOES}")
    text, events = gold.text, [dict(event) for event in gold.events]
    for quote in sorted({event["evidence"] for event in events if event["evidence"]}, key=len, reverse=True):
        put = ship.sub(lambda found: found[0] + words, quote, count=1)
        if put == quote or quote not in text:
            continue
        text = text.replace(quote, put, 1)
        for event in events:
            event["evidence"] = put if event["evidence"] == quote else event["evidence"]
    events = [{**event, "evidence": event["evidence"] if event["evidence"] in text else text[:1]} for event in events]
    return replace(gold, text=text, events=tuple(events))


@cache
def what_is_told(text: str, published: date | None, gazetteer: Gazetteer) -> dict[str, Any]:
    """What is read from a text; the plain texts are asked for again and again."""
    return as_json(extract(text, published, gazetteer), DocumentText(text, "", "text/plain", published=published))


def right(golds: list[Gold], gazetteer: Gazetteer) -> tuple[int, int]:
    """How many pairs of vessel and kind are found right in documents, and how many wrong ones."""
    measures = Measures(PlaceNames(gazetteer.places.entries.values()))
    for gold in golds:
        measures.add(gold, what_is_told(gold.text, gold.published, gazetteer))
    tally = measures.tallies["events"]
    return tally.right, tally.found - tally.right


@pytest.mark.parametrize("words", BEHIND.values(), ids=BEHIND.keys())
def test_words_beside_a_ship_cost_next_to_nothing(words: str, gazetteer: Gazetteer) -> None:
    pairs = [(gold, put) for gold in documents() if (put := with_words(gold, words)).text != gold.text]
    assert len(pairs) > 30
    (found, wrong), (kept, more) = (right([pair[n] for pair in pairs], gazetteer) for n in (0, 1))
    assert kept >= (1 - MOST_LOST) * found
    assert more - wrong <= MOST_LOST * found


@pytest.mark.parametrize("filler", FILLERS)
def test_sentences_between_cost_nothing(filler: str, gazetteer: Gazetteer) -> None:
    pairs = [(gold, replace(gold, text=SENTENCE_END.sub(f" {filler} ", gold.text))) for gold in documents()]
    (found, wrong), (kept, more) = (right([pair[n] for pair in pairs], gazetteer) for n in (0, 1))
    assert kept >= found - 3
    assert more <= wrong + 3


def in_other_words(text: str, others: dict[str, str]) -> str:
    return re.sub(rf"\b(?:{'|'.join(others)})\b", lambda found: others[found[0]], text)


def without_articles(text: str) -> str:
    return re.sub(r"\bthe (?=(?:frigate|destroyer|corvette|submarine|tanker|cruiser|carrier|ship|vessel|tug|cutter)s? )", "", text)


WRITTEN = {
    "contractions": (lambda text: in_other_words(text, SHORTENED), 0.005),
    "contractions, curly": (lambda text: in_other_words(text, SHORTENED).replace("'", "’"), 0.005),
    "counts in figures": (lambda text: in_other_words(text, COUNTS), 0.02),
    "no articles": (without_articles, 0.05),
    "a paragraph a sentence": (lambda text: SENTENCE_END.sub("\n\n", text), 0.01),
}


@pytest.mark.parametrize(("rewrite", "most"), WRITTEN.values(), ids=WRITTEN.keys())
def test_other_ways_to_write_it_cost_little(rewrite: Callable[[str], str], most: float, gazetteer: Gazetteer) -> None:
    pairs = [(gold, replace(gold, text=text)) for gold in documents() if (text := rewrite(gold.text)) != gold.text]
    assert len(pairs) > 30
    (found, wrong), (kept, more) = (right([pair[n] for pair in pairs], gazetteer) for n in (0, 1))
    assert kept >= (1 - most) * found
    assert more - wrong <= most * found
