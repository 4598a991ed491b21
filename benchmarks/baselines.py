"""What a Python developer would reach for, on the same texts and names: spaCy's blank English pipeline and dateparser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tracker.gazetteer.index import Gazetteer


def spacy_pipeline(gazetteer: Gazetteer) -> Callable[[str], object] | None:
    """spaCy's blank English tokeniser with a phrase matcher for vessels and an entity ruler for places; None where spaCy isn't installed."""
    try:
        import spacy
        from spacy.matcher import PhraseMatcher
    except ImportError:
        return None
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PLACE", "pattern": name} for name in gazetteer.places.surfaces])  # type: ignore[attr-defined]  # of the ruler
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("VESSEL", list(nlp.tokenizer.pipe(gazetteer.vessels.surfaces)))

    def read(text: str) -> object:
        document = nlp(text)
        return document.ents, matcher(document)

    return read


def date_search(published: datetime) -> Callable[[str], object] | None:
    """dateparser's search for dates in English text; None where it isn't installed."""
    try:
        from dateparser.search import search_dates
    except ImportError:
        return None
    return lambda text: search_dates(text, languages=["en"], settings={"RELATIVE_BASE": published})
