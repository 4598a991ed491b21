"""`make calibrate`: fit the weights of an event's confidence to the annotated documents that extraction was tuned on, and write them as data."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np

from tracker.domain.records import DocumentText
from tracker.evaluate.gold import read_gold
from tracker.evaluate.matching import PlaceNames
from tracker.evaluate.measure import Measures, calibration_error, reliability
from tracker.evaluate.run import evaluate
from tracker.extract.confidence import BIAS, signs
from tracker.extract.contract import as_json
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import load_gazetteer

ROOT = Path(__file__).resolve().parent.parent
CORPUS, WEIGHTS = ROOT / "tests" / "corpus", ROOT / "seeds" / "lexicon" / "confidence.yaml"
PENALTY, ROUNDS, RATE, FEWEST = 12.0, 4000, 0.05, 4
HEAD = (
    "# Weights of the confidence of an event (logistic; see tracker/extract/confidence.py). Written by `make calibrate`, not by hand.\n"
    "# Fitted to tests/corpus/own, fresh, wide, later and retold; dev is read too well to tell how sure one can be of a text never seen.\n"
)


def samples(folders: tuple[str, ...]) -> list[tuple[list[str], bool]]:
    """The signs of every event that extraction finds for a vessel, and whether it is right."""
    gazetteer, found = load_gazetteer(), []
    for folder in folders:
        for gold in read_gold(CORPUS / folder):
            document = DocumentText(text=gold.text, sha256="", media_type="text/plain", published=gold.published)
            read = extract(gold.text, gold.published, gazetteer)
            rows = as_json(read, document)
            measures = Measures(PlaceNames(gazetteer.places.entries.values()))
            measures.add(gold, rows)
            event_of = {id(row): event for row, event in zip(rows["events"], read.events, strict=True)}
            vessels, beside = {v.id: v for v in read.vessels}, Counter(e.span for e in read.events)
            for judged in measures.judged:
                event = event_of[id(judged.event)]
                found.append((list(signs(event, vessels, beside[event.span])), judged.right))
    return found


def fit(found: list[tuple[list[str], bool]]) -> dict[str, float]:
    """Weights of a logistic model with a ridge penalty on all but the bias; signs seen fewer than FEWEST times weigh nothing."""
    seen = Counter(sign for signs_of, _ in found for sign in signs_of)
    names = sorted(sign for sign, count in seen.items() if count >= FEWEST)
    place = {name: number for number, name in enumerate(names)}
    x = np.zeros((len(found), len(names)))
    for row, (signs_of, _) in enumerate(found):
        x[row, [place[s] for s in signs_of if s in place]] = 1.0
    y = np.array([right for _, right in found], dtype=float)
    weights, bias = np.zeros(len(names)), 0.0
    for _ in range(ROUNDS):
        error = 1 / (1 + np.exp(-(x @ weights + bias))) - y
        weights -= RATE * (x.T @ error + PENALTY * weights) / len(found) * 10
        bias -= RATE * error.mean() * 10
    return {BIAS: float(bias), **{name: float(weight) for name, weight in zip(names, weights, strict=True)}}


def main() -> None:
    weights = fit(samples(("own", "fresh", "wide", "later", "retold")))
    WEIGHTS.write_text(HEAD + "weights:\n" + "".join(f"  {name}: {weight:.3f}\n" for name, weight in weights.items()), encoding="utf-8")
    from tracker.gazetteer.lexicon import load_lexicon

    load_lexicon.cache_clear()
    for folder in ("dev", "own", "fresh", "wide", "later", "retold", "held", "blind"):
        table = reliability(evaluate(read_gold(CORPUS / folder), load_gazetteer()).judged)
        print(f"{folder}: expected calibration error {calibration_error(table):.3f}")
        for bin_ in table:
            print(f"  {bin_.events:4} events  said {bin_.confidence:.2f}  right {bin_.right:.2f}")


if __name__ == "__main__":
    main()
