"""What only the layout of a text put in changes nothing that is read in it, and quotes stay those of the text as it was given."""

from __future__ import annotations

import textwrap
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from tracker.evaluate.gold import read_gold
from tracker.extract.pipeline import extract
from tracker.extract.typeset import even
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import load_lexicon

PUBLISHED = date(2024, 12, 15)
DEV = Path(__file__).parent.parent / "corpus/dev"
TOLD = (
    "The Russian Navy's large landing ship Aleksandr Shabalin left the Syrian port of Tartus on 2 December, and passed through the Strait of "
    "Gibraltar on 9 December.\nThe frigate HMS Zorvath of the Royal Navy, which had put to sea from Portsmouth Naval Base the day before, is to call "
    "at Port Borvany. Two Udaloy-class destroyers were reportedly seen in the Sea of Okhotsk."
)


def what_is_told(text: str, gazetteer: Gazetteer) -> list[tuple[object, ...]]:
    """The events, with the words of their quotes but not the space between them."""
    found = extract(text, PUBLISHED, gazetteer)
    names = {vessel.id: vessel.name or (vessel.count, vessel.type) for vessel in found.vessels}
    for event in found.events:
        assert text[event.span[0] : event.span[1]] == event.evidence
        assert all(text[a:b].split() for _, _, span in event.slots if span for a, b in [span])
    for vessel in found.vessels:
        assert [text[a:b] for a, b in vessel.mention_spans] == [*vessel.mentions]
    return [
        ([names[v] for v in e.vessels], e.kind, e.place, e.origin, e.destination, e.interval, e.modality, e.evidence.split()) for e in found.events
    ]


def wrapped(text: str, width: int, between: str = "\n\n") -> str:
    return between.join(textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))


@pytest.mark.parametrize("width", [50, 60, 72, 80, 100])
def test_a_wrapped_text_is_read_as_one_that_is_not(width: int, gazetteer: Gazetteer) -> None:
    plain = what_is_told(TOLD, gazetteer)
    assert len(plain) >= 4
    assert what_is_told(wrapped(TOLD, width), gazetteer) == plain


@pytest.mark.parametrize("gap", ["  ", "   ", "\t", " \t ", "\r "])
def test_gaps_between_words_are_no_matter(gap: str, gazetteer: Gazetteer) -> None:
    assert what_is_told(TOLD.replace(" ", gap), gazetteer) == what_is_told(TOLD, gazetteer)


def test_the_development_documents_lose_next_to_nothing_by_being_wrapped(gazetteer: Gazetteer) -> None:
    told = kept = 0
    for gold in read_gold(DEV):
        plain, other = extract(gold.text, gold.published, gazetteer), extract(wrapped(gold.text, 72), gold.published, gazetteer)
        one, two = ({(e.kind, " ".join(e.evidence.split()), e.interval) for e in found.events} for found in (plain, other))
        told, kept = told + len(one), kept + len(one & two)
    assert told > 100
    assert kept >= 0.97 * told


@pytest.mark.parametrize(
    "text",
    [
        TOLD,
        "One line.",
        "",
        "Yelnya – Tartus\nKama – Algiers\nSB-739 – Ceuta\nAkademik Pashin – at sea, heading for the Strait of Gibraltar\n",
        "- The frigate HMS Kent left Portsmouth on Monday\n- The frigate HMS Lancaster is in Gibraltar since Friday\n- RFA Tidespring sails\n",
        "1. HMS Kent, Portsmouth, since 3 December 2024\n2. HMS Lancaster, Gibraltar, since 5 December\n3. RFA Tidespring, at sea\n4. HMS Tyne\n",
        ("The frigate left Tartus on Monday and nobody saw her go. " * 6 + "\n") * 8,
    ],
)
def test_lines_of_their_own_stay_lines(text: str) -> None:
    assert even(text, load_lexicon()) is None


MARKED = {
    "footnotes": lambda text: text.replace("Tartus", "Tartus[2]").replace("9 December.", "9 December.[14][15]"),
    "raised numbers": lambda text: text.replace("December.", "December.¹²"),
    "soft hyphens": lambda text: text.replace("destroyers", "destroy\xaders").replace("Gibraltar", "Gib\xadral\xadtar"),
    "marks without width": lambda text: "\ufeff" + text.replace(" the ", " the \u200b"),
    "ligatures": lambda text: text.replace("frigate", "ﬁne frigate").replace("ff", "ﬀ"),
    "other hyphens": lambda text: text.replace("-", "\u2011"),
    "entities": lambda text: text.replace("'", "&#8217;").replace(" of ", "&nbsp;of "),
    "italics": lambda text: text.replace("Aleksandr Shabalin", "*Aleksandr Shabalin*").replace("HMS Zorvath", "HMS _Zorvath_"),
    "bold": lambda text: text.replace("Aleksandr Shabalin", "**Aleksandr Shabalin**").replace("HMS Zorvath", "__HMS Zorvath__"),
    "links": lambda text: text.replace("Tartus", "[Tartus](https://example.org/tartus_port)").replace(
        "HMS Zorvath", '[HMS Zorvath](/ships "a ship")'
    ),
    "addresses": lambda text: text.replace("9 December.", "9 December. https://example.org/a?b=1#c").replace(
        "Port Borvany.", "Port Borvany https://t.co/Xy1"
    ),
    "hashtags": lambda text: text.replace("Tartus", "#Tartus").replace("Royal Navy", "#RoyalNavy"),
    "no space behind a point": lambda text: text.replace("Borvany. Two", "Borvany.Two"),
    "quoted mail": lambda text: "\n".join(f"> {line}" for line in text.split("\n")),
    "pictures": lambda text: "\n".join(f"🚢⚓ {line}" for line in text.split("\n")),
    "counters": lambda text: "\n".join(f"{n}/2 {line}" for n, line in enumerate(text.split("\n"), 1)),
    "counters behind": lambda text: "\n".join(f"{line} ({n}/2)" for n, line in enumerate(text.split("\n"), 1)),
    "a page around": lambda text: f"Home\nShare\nTweet\n{text}\nRead more\n",
    "a byline": lambda text: text.replace("\n", "\nBy Jane Harbour, Naval Correspondent\nUpdated Dec. 14, 2024, 10:35 a.m.\n"),
}


@pytest.mark.parametrize("marks", MARKED)
def test_marks_that_are_no_words_are_no_matter(marks: str, gazetteer: Gazetteer) -> None:
    told = what_is_told(MARKED[marks](TOLD), gazetteer)
    assert [row[:-1] for row in told] == [row[:-1] for row in what_is_told(TOLD, gazetteer)]


@pytest.mark.parametrize(
    "text",
    [
        "The frigate TCG Gediz [F-495] and the corvette [517] left Izmir.",
        "**3 December**\nThe frigate left.",
        "She covered 3 * 4 * 5 miles and file_name_one is no name.",
        "The ship left; #1 and A/B stand.",
        "U.S. ships and U.K. ships left St. John's at 3 p.m. The tug stayed.",
        "By Monday HMS Kent was at sea.\nShare prices fell.\n",
        "HMS Kent left Tartus on 3/12.\nPublished by nobody\n",
        "HMS Kent left Tartus on 3/12\nRFA Tidesurge left Tartus (4/12)\n",
    ],
)
def test_what_looks_like_marks_stays(text: str) -> None:
    assert even(text, load_lexicon()) is None


def test_what_stands_between_two_stretches_is_found_again() -> None:
    text = "The  frigate\tKent \t left   Tartus."
    read = even(text, load_lexicon())
    assert read
    assert read.text == "The frigate Kent left Tartus."
    for word in read.text.rstrip(".").split():
        at = read.text.index(word)
        start, end = read.back((at, at + len(word)))
        assert text[start:end] == word


def test_accents_told_apart_from_their_letters_are_theirs(gazetteer: Gazetteer) -> None:
    text = "The frigate Méndez Núñez left Málaga on 3 December and entered A Coruña on Friday."
    loose = unicodedata.normalize("NFD", text)
    assert loose != text
    assert [row[:-1] for row in what_is_told(loose, gazetteer)] == [row[:-1] for row in what_is_told(text, gazetteer)]


def test_a_compound_broken_at_its_hyphen_is_whole_again() -> None:
    text = wrapped("The guided-missile destroyer left Tartus on Monday; " * 6, 60).replace("guided-missile", "guided-\nmissile", 1)
    read = even(text, load_lexicon())
    assert read
    assert "guided-missile" in read.text


@pytest.mark.parametrize("unit", [" ", "\t", "x \t", "wrapped words in a line of sixty characters that end right he\n", "a\n", " \n"])
def test_gaps_without_end_take_no_time_without_end(unit: str) -> None:
    assert even(unit * 200_000, load_lexicon()) is None or unit.strip()
