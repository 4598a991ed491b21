"""Stage 2, names of the register in notes: "No sign of Admiral Gorshkov", "Ivan Khurs not present", "Pier 12: Truman"."""

from __future__ import annotations

from tracker.extract.line import Line

_LEAD_TOKENS, _LABEL_TOKENS = 4, 5
_LEADS = frozenset(["still", "also", "plus", "and", "only", "again", "likely", "probably", "possibly"])
_NO_VERBS = frozenset(["not", "n't", "no", "to"])
_MARKS = frozenset([":", "–", "—", "-", "?"])
_SIGN_OF = (["sign", "of"], ["trace", "of"], ["sighting", "of"], ["seen", "of"], ["word", "of"], ["sight", "of"])


def is_noted(line: Line, first: int, last: int, *, known: bool) -> bool:
    """Whether a name of the register stands where notes have their ships. `known`: it is a place or an ordinary word as well."""
    sets = line.doc.lexicon.sets
    if line.lows[max(first - 2, 0) : first] in _SIGN_OF and (line.low(first - 3) in ("no", "a") or first == 2):
        return not known
    if _is_numbered(line, first) or _behind_hull_letters(line, first):
        return True
    if not known and line.low(first - 1) in _GUESSES and line.low(first - 2) in ("-", "(", ",", "—", "–"):
        return True  # "1 Krivak – likely Ladny"
    label = _label(line, first)
    if not known and last - first > 1 and label == [] and line.low(last) in sets["be"] and line.low(last + 1) in _THERE:
        return True  # "Admiral Nakhimov is not back in Severodvinsk"
    if label is None or not line.words.isdisjoint(sets["auxiliaries"] - _NO_VERBS) or not sets["port_parts"].isdisjoint(line.lows[first:last]):
        return False
    behind = _behind_hull(line, last)
    if label and not sets["port_parts"].isdisjoint(label):
        return line.low(behind) in ("", ",", ".", "?", "and") or not known
    words = " ".join(line.lows[behind : behind + 3])
    if line.text(behind) == "?" and label == [] and not known:
        return True  # "Vasily Bykov? Still in the Black Sea"
    if line.text(behind) in _MARKS:
        return _tells_where(line, behind + 1) if known else len(line.lows) - behind > 1
    if known:
        return False
    if any(words.startswith(phrase) for phrase in sets["not_there"]) or line.low(behind) in sets["noted_states"]:
        return True
    if not label and line.low(behind) in _AT and line.starting("place", behind + 1 + (line.low(behind + 1) == "the")) is not None:
        return True  # "Languedoc in Djibouti"
    if line.text(behind).isalpha() and line.low(behind) not in _AT and line.low(behind) not in line.doc.lexicon.function:
        return False  # "Grad rockets hit the port of Mykolaiv"
    return last - first > 1 or not sets["port_parts"].isdisjoint(line.lows[behind:])


_THERE = frozenset(["not", "still", "also", "now", "back", "in", "at", "off", "there", "n't", "alongside"])
_AT = frozenset(["in", "at", "off", "near"])


def _is_numbered(line: Line, first: int) -> bool:
    """Whether a name stands behind a class or type and a number on the side: "Type 052D 165 Hefei"."""
    number = line.text(first - 1)
    return number.isdecimal() and len(number) in (2, 3) and (line.ending("class", first - 1) is not None or line.low(first - 3) == "type")


_GUESSES = frozenset(["likely", "probably", "possibly", "presumably", "maybe", "perhaps"])
_HULL_LETTERS = frozenset(
    [
        "CVN",
        "CV",
        "DDG",
        "CG",
        "FFG",
        "LCS",
        "LHA",
        "LHD",
        "LPD",
        "LSD",
        "LCC",
        "SSN",
        "SSBN",
        "SSGN",
        "ESB",
        "EPF",
        "MCM",
        "T-AO",
        "T-AKE",
        "WMSL",
        "WMEC",
    ]
)


def _behind_hull_letters(line: Line, first: int) -> bool:
    """Whether the letters of a hull and its number stand in front of a name: "CVN 78 Ford", "LHD-5 Bataan"."""
    at = first - 2 - (line.text(first - 2) in ("-", "/"))
    return line.text(first - 1).isdecimal() and at >= 0 and line.text(at) in _HULL_LETTERS


def _label(line: Line, first: int) -> list[str] | None:
    """The words of a label in front of a name, "Pier 12:"; empty where nothing but marks and little words stand there, None elsewhere."""
    front = line.lows[:first]
    if "." in front:  # "Fokino, 8 Oct. Varyag at the main pier"
        front = front[len(front) - front[::-1].index(".") :]
    if not any(low.isalpha() and low not in _LEADS for low in front) and len(front) <= _LEAD_TOKENS:
        return []
    return front if 0 < len(front) <= _LABEL_TOKENS and front[-1] == ":" else None


def _behind_hull(line: Line, last: int) -> int:
    """The token behind a name and its number in brackets: "Eisenhower (CVN 69)"."""
    close = next((n for n in range(last, last + 6) if line.text(n) == ")"), None) if line.text(last) == "(" else None
    return close + 1 if close is not None else last


def _tells_where(line: Line, at: int) -> bool:
    """Whether a label is followed by a place, or by what leads to one: "Mersey: Portsmouth, alongside", "Severn: off the Lizard"."""
    return any(line.starting("place", n) for n in range(at, at + 3))
