"""Stage 1, ships told behind their land: "from Greece the frigate Spetsai, from Spain the frigate X" is read as "Greece's frigate Spetsai, …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.gazetteer.lexicon import Lexicon, flat

_WORD = r"(?![A-Z]{2,6}\b)[A-ZÀ-Þ][\w'’-]+"
_LAND = rf"(?:the )?(?:UK|USA?|UAE|{_WORD}(?: {_WORD}){{0,2}})"
_FROM = re.compile(rf"\b[Ff](?:rom|or) ({_LAND}),? (the |its |two |three |four )?(?=([A-Za-z][\w-]+) )")
_BETWEEN = re.compile(r"[^.;\n]{3,90}?(?:,|,? and|;) $")
_FEWEST = 2


def land_first(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """The lands of such a list, each with what stands for it: whose the ship is, or nothing where the list cannot say it."""
    found = [m for m in _FROM.finditer(text) if _leads_ship(m, lexicon)]
    run: list[re.Match[str]] = []
    for mark in [*found, None]:
        if mark is not None and run and _BETWEEN.fullmatch(text, run[-1].end(), mark.start()):
            run.append(mark)
            continue
        if len(run) >= _FEWEST:
            yield from ((m.start(), m.end(), _owner(m, lexicon)) for m in run)
        run = [] if mark is None else [mark]


def _leads_ship(mark: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a land is told, and a ship right behind it: a prefix, or an article or number and soon a word for ships."""
    land = flat(mark[1].removeprefix("the "))
    if f"{land}'s" not in lexicon.nations and f"{land}n" not in lexicon.nations and land not in lexicon.sets["lands_told"]:
        return False
    if mark[3] in lexicon.prefixes:
        return True
    behind = re.split(r"[^\w' -]| and ", mark.string[mark.start(3) : mark.start(3) + _PHRASE_CHARS])[0].lower().split()
    return mark[2] is not None and any(word in lexicon.types for word in behind)


_PHRASE_CHARS = 60


def _owner(mark: re.Match[str], lexicon: Lexicon) -> str:
    """The words for a land in front of its ship: "Greece's " for "from Greece the ", "Spain's two " for "from Spain two "."""
    land, article = mark[1].removeprefix("the "), mark[2] or ""
    if mark[3] in lexicon.prefixes:
        return article
    if flat(f"{land}'s") in lexicon.nations:
        return f"{land}'s {article if article not in ('the ', 'its ') else ''}"
    return f"{'the ' if article == 'its ' else article}{land}n " if flat(f"{land}n") in lexicon.nations else article
