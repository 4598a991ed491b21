"""Letters that no font at hand can draw, told in Latin ones: a name by the register or by its sounds, other text by its code points or its length.

What is replaced stands in brackets, as an editor's words do in a quotation: "[Shandong]", "[Izumo]", "[U+897F U+5E73 U+5C9B]", "[12 Thai letters]".
Files that the reader's own fonts draw (HTML, Markdown, the annex) keep every letter.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any

from tracker.gazetteer.index import load_gazetteer
from tracker.resources import resource

MOST_CODES = 6
"""A longer run of letters that nothing is known of is counted, not spelt by code points."""
MOST_SHOWN = 12  # letters of a name, in a warning
_SOUND = re.compile(r"(?:HIRAGANA|KATAKANA|HALFWIDTH KATAKANA) LETTER (SMALL )?([A-Z]+)$|HANGUL SYLLABLE ([A-Z]+)$")
_WIDE = ("CJK UNIFIED", "CJK COMPAT", "HANGUL", "HIRAGANA", "KATAKANA", "HALFWIDTH")
_LONG = "ー"
_WORDS = {"CJK": "Chinese character"}


class Latin:
    """Tells text with the letters of a font; keeps in `replaced` what it had to tell otherwise. `drawable`: code points that the font has."""

    def __init__(self, drawable: frozenset[int], names: Callable[[], Mapping[str, str]] | None = None) -> None:
        self._drawable = drawable
        self._names = names or register_names
        self.replaced: dict[str, str] = {}

    def told(self, text: str) -> str:
        """The text, every run of letters that can't be drawn replaced."""
        if all(ord(c) in self._drawable for c in text):
            return text
        return "".join(self._run("".join(run)) if apart else "".join(run) for apart, run in groupby(text, self._apart))

    def _apart(self, letter: str) -> bool:
        """Whether a letter belongs to a run that is drawn or told as a whole: half a Chinese name would be none."""
        return ord(letter) not in self._drawable or _is_wide(letter)

    def _run(self, run: str) -> str:
        if all(ord(c) in self._drawable for c in run):
            return run
        if run not in self.replaced:
            pieces = list(_pieces(run, self._names()))
            parts = [part for piece, known in pieces for part in ([known] if known else _sounded(piece, alone=len(pieces) == 1))]
            self.replaced[run] = f"[{', '.join(parts)}]" if parts else ""
        return self.replaced[run]


def told_replaced(name: str, replaced: Mapping[str, str]) -> tuple[str, ...]:
    """What to say of the letters in a file of this name that were told in Latin ones; nothing where there are none."""
    if not replaced:
        return ()
    shown = ", ".join(f"{text[:MOST_SHOWN]}{'…' if len(text) > MOST_SHOWN else ''} as {told}" for text, told in list(replaced.items())[:3])
    more = f" and {len(replaced) - 3} more" if len(replaced) > 3 else ""
    return (f"{name}: letters that the fonts can't draw are told in Latin ones: {shown}{more}; --font FILE takes a font that has them",)


@cache
def register_names() -> dict[str, str]:
    """Names of the register and the gazetteer in scripts without Latin letters, with or without their word for "ship" -> the Latin name.

    A name that several bear who are called differently in Latin is left out.
    """
    gazetteer, ship = load_gazetteer(), tuple(_rules()["ship"])
    found: dict[str, set[str]] = {}
    for vessel in gazetteer.vessels.entries.values():
        for native in filter(None, (vessel.native_name, *vessel.aliases)):
            for form in {native, native.removesuffix(next((word for word in ship if native.endswith(word)), ""))}:
                found.setdefault(form, set()).add(vessel.name)
    for place in gazetteer.places.entries.values():
        for alias in place.aliases:
            found.setdefault(alias, set()).add(place.name)
    return {form: next(iter(names)) for form, names in found.items() if len(names) == 1 and len(form) > 1 and _foreign(form)}


def _foreign(form: str) -> bool:
    return all(map(_is_wide, form))


def _is_wide(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_WIDE)


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(resource("seeds", "latin.toml").read_text(encoding="utf-8"))


def _pieces(run: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """A run in pieces: the longest names that are known with what they are called, and what stands between them with nothing."""
    longest = max(map(len, names), default=0)
    start = at = 0
    while at < len(run):
        size = next((size for size in range(min(longest, len(run) - at), 1, -1) if run[at : at + size] in names), 0)
        if not size:
            at += 1
            continue
        if start < at:
            yield run[start:at], ""
        ship = next((word for word in _rules()["ship"] if run.startswith(word, at + size)), "")
        yield run[at : at + size], names[run[at : at + size]]
        start = at = at + size + len(ship)
    if start < at:
        yield run[start:at], ""


def _sounded(piece: str, *, alone: bool) -> Iterator[str]:
    """A piece of a run in parts: what can be spelt by its sounds; the rest by code points where it stands `alone`, else by its length."""
    for spelt, run in groupby(piece, _sounds):
        letters = "".join(run)
        words = _spelt(letters) if spelt else _counted(letters, by_code=alone and len(letters) == len(piece))
        if words:
            yield words


def _sounds(letter: str) -> bool:
    return letter == _LONG or _SOUND.match(unicodedata.name(letter, "")) is not None


def _spelt(letters: str) -> str:
    """Kana and Hangul by the sounds that Unicode's names give them: "いずも" is "Izumo", "세종대왕함" is "Sejongdaewangham"."""
    kana, told, doubled = _rules()["kana"], "", False
    for number, letter in enumerate(letters):
        found = _SOUND.match(unicodedata.name(letter, ""))
        if not found:
            continue
        small, syllable, hangul = found.groups()
        sound = (hangul or syllable).lower()
        if small and sound == "tu":
            doubled = True
            continue
        sound = _ended(sound, letters[number + 1 : number + 2]) if hangul else kana.get(sound, sound)
        if small and told:
            told = _joined(told, sound)
            continue
        told += ("t" if sound.startswith("ch") else sound[0]) + sound if doubled else sound
        doubled = False
    return told.capitalize()


def _ended(sound: str, after: str) -> str:
    """A Korean syllable with its last consonant as it sounds before the next."""
    following = _SOUND.match(unicodedata.name(after, "")) if after else None
    if following and (following[3] or " ")[0] in "AEIOUWY":
        return sound
    last = sound.removeprefix(sound.rstrip("bcdfghjklmnpqrstvxz"))
    finals: dict[str, str] = _rules()["finals"]
    return sound.removesuffix(last) + finals.get(last, last)


def _joined(told: str, small: str) -> str:
    """A syllable and the small vowel or y-sound behind it: ki and ya are kya, shi and ya are sha, fu and a are fa."""
    if small[0] == "y" and told.endswith(("shi", "chi", "ji")):
        return told[:-1] + small[1:]
    return told[:-1] + small


def _counted(letters: str, *, by_code: bool) -> str:
    """Letters that nothing is known of."""
    named = [unicodedata.name(c, "") for c in letters]
    if all(unicodedata.category(c) in ("So", "Sk", "Mn", "Cf") for c in letters):  # a picture, with what colours or joins it
        return ", ".join(name.lower() for c, name in zip(letters, named, strict=True) if name and unicodedata.category(c) == "So")
    shown = [c for c in letters if unicodedata.category(c)[0] in "LNMS"]  # marks between words tell nothing by themselves
    if not shown:
        return ""
    if by_code and len(shown) <= MOST_CODES:
        return " ".join(f"U+{ord(c):04X}" for c in shown)
    script = unicodedata.name(shown[0], "unknown").split()[0].partition("-")[0]
    words = _WORDS.get(script, f"{script.capitalize()} letter")
    return f"{len(shown)} {words}{'' if len(shown) == 1 else 's'}"
