"""A folder of annotated documents through extraction."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.domain.records import DocumentText
from tracker.evaluate.gold import Gold
from tracker.evaluate.matching import PlaceNames
from tracker.evaluate.measure import Measures
from tracker.extract.contract import as_json
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer


def evaluate(golds: Iterable[Gold], gazetteer: Gazetteer) -> Measures:
    """Read every document and compare what was read with its annotation."""
    measures = Measures(PlaceNames(gazetteer.places.entries.values()))
    for gold in golds:
        document = DocumentText(text=gold.text, sha256="", media_type="text/plain", published=gold.published)
        measures.add(gold, as_json(extract(gold.text, gold.published, gazetteer), document))
    return measures
