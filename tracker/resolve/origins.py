"""Signs of where a claim comes from: its document's address, whom the text names as its source, the runs of words around it.

Claims that share a sign have one root (`analysis.roots`). A sign found too much makes a root too few, which only keeps a grade low.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from tracker.analysis.roots import fingerprints, said_by
from tracker.domain.names import fold, slug
from tracker.domain.records import DocumentText
from tracker.gazetteer.attribution import Attributions, Words

AROUND = 240
"""Characters on each side of a quote that are looked at: a paragraph, more or less."""
REGION = 9
"""Tokens in which a name must stand before or behind its phrase."""

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’.&-][^\W_]+)*|[^\w\s]")
_STOPS = frozenset('.,;:!?()"“”«»…—–')
_SEARCH = frozenset({"q", "id", "p", "v", "story", "article"})
Tokens = Sequence[str]


def marks(document: DocumentText, span: tuple[int, int], words: Attributions) -> tuple[str, ...]:
    """The signs of a claim whose quote has this span, sorted."""
    around = document.text[max(0, span[0] - AROUND) : span[1] + AROUND]
    found = {f"url {address(url)}" for url in (document.url, document.archive_url) if url}
    found |= {said_by(name) for name in speakers(around, words)}
    if document.source and (known := words.same.get(slug(document.source))):
        found.add(said_by(known))
    return tuple(sorted(found | fingerprints(around)))


def address(url: str) -> str:
    """A URL without what differs between links to one page: scheme, "www.", a trailing slash, a fragment, parameters that only count clicks."""
    parts = urlsplit(url.strip())
    kept = "&".join(sorted(part for part in parts.query.split("&") if part.partition("=")[0].lower() in _SEARCH))
    host = parts.netloc.lower().removeprefix("www.").removeprefix("m.")
    return f"{host}{parts.path.rstrip('/')}{'?' if kept else ''}{kept}"


def speakers(text: str, words: Attributions) -> set[str]:
    """Whom a text names as having said something: keys as of sources, or a state's body as in "jp/defence-ministry"."""
    tokens = _TOKEN.findall(text)
    low = [token.lower() if token.isascii() and token.isalnum() else fold(token) for token in tokens]
    said, saying = _found(low, words.before), _found(low, words.after)
    if not said and not saying:
        return set()
    stops = [-1, *(at for at, token in enumerate(tokens) if token in _STOPS), len(tokens)]
    regions = {*_behind(tokens, stops, said), *_ahead(tokens, stops, saying)}
    return {name for region, last in regions if (name := _speaker(region, words, last=last))}


def _behind(tokens: Tokens, stops: Sequence[int], phrases: Iterable[tuple[int, int]]) -> Iterator[tuple[Tokens, bool]]:
    """What stands behind each phrase, up to the next stop."""
    for _, end in phrases:
        stop = stops[bisect_left(stops, end)]
        yield tuple(tokens[end : min(stop, end + REGION)]), False


def _ahead(tokens: Tokens, stops: Sequence[int], phrases: Iterable[tuple[int, int]]) -> Iterator[tuple[Tokens, bool]]:
    """What stands before each phrase, down to the last stop."""
    for begin, _ in phrases:
        stop = stops[bisect_left(stops, begin) - 1]
        yield tuple(tokens[max(stop + 1, begin - REGION) : begin]), True


def _found(low: Tokens, phrases: frozenset[Words]) -> list[tuple[int, int]]:
    """Where phrases begin and end."""
    sizes = _sizes(phrases)
    opened = [at for at, word in enumerate(low) if word in sizes]
    return [(at, at + size) for at in opened for size in sizes[low[at]] if tuple(low[at : at + size]) in phrases]


@lru_cache(maxsize=4)
def _sizes(phrases: frozenset[Words]) -> dict[str, tuple[int, ...]]:
    """The first word of each phrase, and the sizes of the phrases that begin with it."""
    sizes: dict[str, set[int]] = {}
    for phrase in phrases:
        sizes.setdefault(phrase[0], set()).add(len(phrase))
    return {word: tuple(sorted(found)) for word, found in sizes.items()}


def _speaker(region: Tokens, words: Attributions, *, last: bool) -> str | None:
    """The one name of a region, the last or the first; None where only common words stand there."""
    body = _body([fold(token) for token in region], words)
    if body:
        return body
    names = _names(region, words)
    if not names or (last and names[-1][1] != len(region)):
        return None  # "TASS and local observers said": the speaker is the one at the verb
    name = slug(" ".join(names[-1 if last else 0][0]))
    return words.same.get(name, name)


def _body(low: Tokens, words: Attributions) -> str | None:
    for at in range(len(low)):
        for size in (3, 2, 1) if low[at] in words.body_words else ():
            body = words.bodies.get(tuple(low[at : at + size]))
            if body:
                nation = next((words.nations[word] for word in low if word in words.nations), None)
                return f"{nation}/{body}" if nation else body
    return None


def _names(region: Tokens, words: Attributions) -> list[tuple[list[str], int]]:
    """The names in a region with the token behind each: words in capitals with small words between them, bare of nation and description."""
    runs: list[tuple[list[str], int]] = []
    run: list[str] = []
    for at, token in enumerate([*region, ""]):
        if token[:1].isupper() or token[:1].isdecimal() or (run and token in words.inside):
            run.append(token)
            continue
        if run:
            bare, cut = _bare(run, words)
            if bare:
                runs.append((bare, at - cut))
            run = []
    return runs


def _bare(run: Sequence[str], words: Attributions) -> tuple[list[str], int]:
    """A run without the words at its edges that say nothing of who it is, and how many went from its end."""
    first, end = 0, len(run)
    while first < end and fold(run[first]) in words.idle:
        first += 1
    while first < end and len(run[end - 1]) > 1 and (run[end - 1] in words.inside or fold(run[end - 1]) in words.no_name):
        end -= 1
    return list(run[first:end]), len(run) - end
