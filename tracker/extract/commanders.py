"""Stage 6, commanders: what a text puts behind a ship to say who commands her."""

from __future__ import annotations

from tracker.extract.line import Line

_COMMANDED = (
    ("commanded", "by"),
    ("captained", "by"),
    ("skippered", "by"),
    ("led", "by"),
    ("under", "the", "command", "of"),
    ("under", "command", "of"),
    ("under", "the", "leadership", "of"),
    ("under",),
    ("with",),
)
_RANK_LEADS = frozenset(["rear", "vice", "deputy", "inspector", "commandant", "comdt", "flag", "its", "her", "the"])
_INITIALS = 4
"""A word shorter than this that a full stop follows is an initial or a rank cut short."""
_NAME_TOKENS = 12


def behind_commander(line: Line, first: int) -> int:
    """The token behind the officer told to command a ship: "INS Teg commanded by Captain A. Rao, and …", "KD Jebat (under Commander Zul) and …"."""
    opened = line.text(first) in (",", "(")
    at = first + opened
    at = next((at + len(words) for words in _COMMANDED if tuple(line.lows[at : at + len(words)]) == words), at)
    ranked = begin = at
    while line.low(ranked) in _RANK_LEADS:
        ranked += 1
    if at == first + opened or line.low(ranked) not in line.doc.lexicon.sets["titles"]:
        return first
    last = end_of_person(line, begin)
    if line.text(first) == "(":
        return last + 1 if line.text(last) == ")" else first
    return last


def end_of_person(line: Line, at: int) -> int:
    """The token behind an officer's rank and name that begin at a token: "Captain (Navy) A. Rao", "Rear Admiral R K Dhowan"."""
    begin, titles = at, line.doc.lexicon.sets["titles"]
    while at < min(begin + _NAME_TOKENS, line.size):
        text, low = line.text(at), line.low(at)
        short = text == "." and len(line.text(at - 1)) < _INITIALS + (line.low(at - 1) in titles)
        bracket = text == "(" and line.text(at + 2) == ")" and line.text(at + 1)[:1].isupper()
        if bracket:
            at += 2
        elif not (short or text[:1].isupper() or low in _RANK_LEADS or text in ("-", "’", "'")) or (
            at > begin and line.starting("prefix", at) is not None
        ):
            break
        at += 1
    return at
