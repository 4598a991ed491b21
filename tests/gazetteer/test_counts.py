"""The words of counts: read strictly, nothing twice, and found by where they begin and end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.errors import SeedError
from tracker.gazetteer.counts import Phrases, load_counts
from tracker.resources import resource

TEXT = resource("seeds", "counts.toml").read_text(encoding="utf-8")


def test_the_longest_phrase_counts() -> None:
    phrases = Phrases(["no more than", "more than", "at-least"])
    words = ["there", "are", "no", "more", "than", "four"]
    assert (phrases.ending(words, 5), phrases.starting(words, 2), phrases.starting(words, 3)) == (3, 3, 2)
    assert (phrases.ending(words, 0), phrases.starting(words, 99), phrases.starting(words, -1)) == (0, 0, 0)
    assert phrases.starting(["at", "-", "least"], 0) == 3
    assert phrases.inside(words, 0, 5)
    assert not phrases.inside(words, 0, 4)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("[words]", "[wordz]"), "words"),
        (('\nthem = ["them", "these"', '\nthem = ["them", "them"'), "stands twice"),
        (("\nthem = ", "\nthemm = "), "unknown or missing: them, themm"),
        (("[before]\nexactly", "[before]\nnearly"), "nearly"),
        (("[frames]", "[frames"), "counts.toml"),
    ],
)
def test_a_broken_file_is_told(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    file = tmp_path / "counts.toml"
    file.write_text(TEXT.replace(*change), encoding="utf-8")
    assert change[0] in TEXT
    with pytest.raises(SeedError, match=told) as error:
        load_counts(file)
    assert "\n" not in str(error.value)


def test_every_rule_that_counts_all_is_one_that_fires() -> None:
    from tracker.extract.strengths import frames

    rules = {value for name, value in vars(frames).items() if name.isupper() and isinstance(value, str)}
    assert load_counts().whole < rules
