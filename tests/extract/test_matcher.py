"""The matcher: what is kept ready of it is what would be made, and other words leave nothing behind."""

from dataclasses import replace

from tracker.extract.matcher import matcher_of
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import load_lexicon


def test_the_ways_kept_are_those_made_anew(gazetteer: Gazetteer) -> None:
    kept, made = (matcher_of(known, load_lexicon()) for known in (gazetteer, replace(gazetteer, shipped=None)))
    assert (kept.opening, kept.alone, kept.telling) == (made.opening, made.alone, made.telling)


def test_a_surface_is_told_with_all_that_it_may_be(gazetteer: Gazetteer) -> None:
    matcher = matcher_of(gazetteer, load_lexicon())
    assert [kind for kind, _ in matcher.surfaces["severomorsk"]] == ["vessel", "place"]
    assert matcher.alone["severomorsk"] == matcher.surfaces["severomorsk"]
    assert [kind for kind, _ in matcher.surfaces["strait of gibraltar"]] == ["place"]


def test_words_that_are_no_surface_are_not_kept(gazetteer: Gazetteer) -> None:
    matcher = matcher_of(gazetteer, load_lexicon())
    known = len(matcher.surfaces)
    assert not any(matcher.surfaces[f"strait of nowhere {number}"] for number in range(1000))
    assert len(matcher.surfaces) == known
