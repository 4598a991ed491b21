"""Of many names in a long text only those are counted that may be told often: none that is told more often may be passed over."""

import random

from tracker.extract.hero import _how_often, _told_oftener
from tracker.extract.line import Text
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import load_lexicon


def test_no_rival_is_passed_over(gazetteer: Gazetteer) -> None:
    rng = random.Random(7)
    parts = ["kama", "lahav", "ark", "royal", "io", "seahorse", "sea", "horse", "tan", "tanager"]
    names = sorted({" ".join(rng.sample(parts, rng.randint(1, 3))) for _ in range(60)})
    text = Text(". ".join(f"The {rng.choice(names)} and the {rng.choice(parts)} left" for _ in range(400)), None, gazetteer, load_lexicon())
    for often in (0, 3, 20, 60, 100, 150):
        kept = set(_told_oftener(text, names, often))
        assert kept >= {name for name in names if _how_often(text, name) > often}
    assert {*_told_oftener(text, names, 400)} <= {name for name in names if len(name) < len("kama")}
