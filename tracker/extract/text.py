"""Stage 1: a text as blocks, sentences and tokens, each with its offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.extract.calendar_words import CAPITAL_MONTH

TOKEN = re.compile(r"\w+|[^\w\s]")
WORD = re.compile(r"\w+")
_PLAIN_TOKEN = re.compile(r"\w+|[^\w\s\x1c-\x1f]", re.ASCII)  # finds the same in plain text, in half the time: no character is looked up
_PLAIN_WORD = re.compile(r"\w+", re.ASCII)
_BREAK = re.compile(
    r"[.!?…][\"'”’)\]]*(?=(\s+)[\"'“‘(\[#@]*[A-Z0-9À-ÞА-Я])|;(?=(\s+)[A-Z])(?!\s+[A-Z][\w.' -]{1,24}, [A-Z][\w. ]{1,20};)"
    r"(?!\s+[A-Z][\w.' ()-]{1,40}, (?:an?|the) [\w' -]{3,50}; )"
    r"(?!\s+[A-Z][\w'’-]*(?: (?:[A-Z][\w'’-]*|\d{1,5}|\([\w -]{1,20}\))){0,5}(?:;|\.(?:\s|$)))"
)  # with the space behind it
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mv",
        "mt",
        "mrs",
        "ms",
        "dr",
        "st",
        "gen",
        "adm",
        "col",
        "capt",
        "cmdr",
        "cdr",
        "lt",
        "lt.",
        "sgt",
        "pvt",
        "pfc",
        "maj",
        "rear",
        "vice",
        "prof",
        "sen",
        "rep",
        "gov",
        "no",
        "nos",
        "fig",
        "vs",
        "etc",
        "dep",
        "arr",
        "dest",
        "prob",
        "approx",
        "ca",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "u.s",
        "u.k",
        "e.g",
        "i.e",
        "n.m",
        "va",
        "calif",
        "fla",
        "wash",
        "conn",
        "md",
        "mass",
        "pa",
        "ga",
        "ala",
        "tex",
        "ariz",
        "ore",
        "n.c",
        "s.c",
        "n.y",
        "d.c",
        "a.m",
        "p.m",
        "ft",
        "inc",
        "ltd",
        "co",
        "corp",
        "brig",
        "gov",
        "i.r.i.n",
        "i.r.i.s",
        "u.n",
        "zr",
        "hr",
        "zr.ms",
        "hr.ms",
    ]
)
_LONGEST, _PIECE = 1500, 500
"""Characters; longer "sentences" are tables, lists or noise, and are read in pieces no longer than the longest real ones."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
DATELINE = re.compile(r"(?:[A-Z][A-Z.'’]+(?:[ -][A-Z][A-Z.'’]+){0,3})(?: ?[,(][^—–\n]{0,40}?)?\s*(?:—|–|--|\s-)\s+(?=\S)")
"""The place, and often the day, in front of a report: "SEOUL, Sept. 29 --"."""
OPENING_DATELINE = re.compile(r"(?:[A-Z][A-Z.'’]+(?:[ -][A-Z][A-Z.'’]+){0,3})(?:(?:,\s|\s?\()[^:—–\n]{0,30}?)?:\s+(?=[A-Z“\"‘'])(?=[^\n]{60})")
"""The same with a colon, at the very beginning of a text: "ISLAMABAD: The frigate PNS Tughril …"."""
_MONTH = rf"{CAPITAL_MONTH}[a-z]*\.?"
_DATED = rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH})(?:,?\s+(?:19|20)\d\d)?"
_NO_DAY = r"(?!(?:Mon|Tue(?:s(?:day)?)?|Wed(?:s|nesday)?|Thu(?:r(?:s(?:day)?)?)?|Fri|Sat|Satur|Sun)(?:day)?\b)"
_CITY = _NO_DAY + r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}(?:(?:, | ?/| ?\[| ?\()[A-Z][\w.'’ -]{1,24}[]/)]?)?"
DATED_DATELINE = re.compile(
    rf"{_CITY},?\s+\(?{_DATED}\)?(?:"
    r"[.,]?\s*(?:\([A-Z][\w. /-]{1,30}\)|/[A-Z][A-Z. -]+/)\s*[.:,-]*\s*(?:[—–-]+\s*)?"
    r"|(?:,\s*[A-Z]{2,6})?\s*(?:[—–:]|--?)\s+)(?=[A-Z“\"‘'])(?=[^\n]{20})"
)
"""A city in small letters too, with a day and an agency, or a dash or colon: "New Delhi, Mar 8 (PTI) …", "MOSCOW, March 8. /TASS/. …"."""
_IN_BRACKETS = re.compile(rf"\({_DATED}\)")
"""The day of a caption, which is that of what it tells: "PHILIPPINE SEA (Nov. 6, 2024) – The destroyer …"."""
_ORDINAL_DAY = re.compile(rf"\b(?:on|since|until|from) [0-3]?\d\.\s{_MONTH}\b|\b[0-3]?\d\.\s{_MONTH}\s+(?:19|20)\d\d\b", re.IGNORECASE)
"""A day with a point behind its number: "on 4. June 2017"."""
_DATED_AGAIN = re.compile(rf"\n\s*{DATED_DATELINE.pattern}")
_HEADING_MARK = re.compile(r"#{1,6}\s+|\*\*")
_BULLET = re.compile(r"(?:[-*•·–—]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A line, or lines wrapped from one paragraph; `kind` is text, heading or bullet. start..end leaves out marks and space around it."""

    start: int
    end: int
    kind: str


@dataclass(slots=True)  # not frozen, for speed
class Sentence:
    """A sentence: offsets, and the number of its block."""

    start: int
    end: int
    block: int


def blocks(text: str) -> list[Block]:
    """The blocks of a text. A line that goes on in lower case after one without an end belongs to the same block."""
    found: list[Block] = []
    for match in re.finditer(r"[^\n]+", text):
        start, end = _trim(text, match.start(), match.end())
        if start >= end:
            continue
        if found and _goes_on(text, found[-1], start):
            found[-1] = Block(found[-1].start, end, "text")
            continue
        mark = _HEADING_MARK.match(text, start, end)
        bullet = None if mark else _BULLET.match(text, start, end)
        if mark or bullet:
            start = (mark or bullet).end()  # type: ignore[union-attr]  # one of them matched
        found.append(Block(start, end, "heading" if mark or _looks_like_heading(text[start:end]) else "bullet" if bullet else "text"))
    return found


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), end - (len(line) - len(line.rstrip()))


def _goes_on(text: str, before: Block, start: int) -> bool:
    return text.count("\n", before.end, start) == 1 and text[start].islower() and text[before.end - 1] not in '.!?:;”"' and before.kind != "heading"


def _looks_like_heading(line: str) -> bool:
    return len(line) <= 90 and line[-1] not in '.!?:;,"”)' and len(line.split()) <= 12


def sentences(text: str, among: list[Block]) -> list[Sentence]:
    """The sentences of every block, in order."""
    found: list[Sentence] = []
    for number, block in enumerate(among):
        for start, end in _split(text, block):
            if end - start <= _LONGEST:
                found.append(Sentence(start, end, number))
            else:
                found.extend(Sentence(a, b, number) for a, b in _pieces(text, start, end))
    return found


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut where it is longer than any sentence: what follows takes time by the square of its length."""
    while end - start > _PIECE:
        cut = _end_of_piece(text, start)
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _end_of_piece(text: str, start: int) -> int:
    """The end of a piece: behind the last semicolon in its second half, else behind the last comma, else between two words."""
    for mark in ("; ", ", ", " "):
        at = text.rfind(mark, start + _PIECE // 2, start + _PIECE)
        if at >= 0:
            return at + len(mark) - 1
    return start + _PIECE


def _split(text: str, block: Block) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = block.start
    dateline = DATELINE.match(text, start, block.end) or opening_dateline(text, start, block.end)
    if dateline and not _IN_BRACKETS.search(text, start, dateline.end()):
        found.append((start, dateline.end()))
        start = dateline.end()
    for match in _BREAK.finditer(text, start, block.end):
        at, end = match.span()
        behind = match.end(match.lastindex)  # type: ignore[arg-type]  # one of the two groups matched
        dotted = text[at] == "." and not _opens_anew(text, at, behind)
        if dotted and (_abbreviated(text, start, at) or (text[at - 1].isdecimal() and _ORDINAL_DAY.search(text, max(at - 6, start), at + 24))):
            continue
        found.append((start, end))
        start = behind
    if start < block.end:
        found.append((start, block.end))
    return found


_HEAD_CHARS = 400
"""A report's dateline stands no further behind its head than this."""


def opening_dateline(text: str, start: int, end: int) -> re.Match[str] | None:
    """A place and a day that open a report, below its headline too; where several lines open so they are a log's."""
    opening = None if start else OPENING_DATELINE.match(text, start, end)
    dated = DATED_DATELINE.match(text, start, end) if opening is None and start < _HEAD_CHARS else None
    return opening or (dated if dated and not _DATED_AGAIN.search(text, dated.end()) else None)


_ENDS_TOO = re.compile(
    r"(?:\d [A-Z][a-z]{2,3}|[ap]\.m|U\.[SKN]|N\.[MCY]|D\.C|\b(?:Va|Calif|Fla|Wash|Conn|Md|Mass|Ga|Ala|Tex|Ariz|Ore|ft|Inc|Ltd|Co|Corp))$"
)
_OPENER = re.compile(
    r"(?:The|She|It|They|In|On|At|A|An|Both|Her|Its|Their|There|This|That|These|Those|After|Before|From|Since|During|While|When|As|By|With|For"
    r"|Two|Three|Four|Five|Then|Later|Earlier|Meanwhile|Also|But|And|No|None|All|Another|According|Following|Until|Over|Under|Once|If|Not) "
)


def _opens_anew(text: str, dot: int, behind: int) -> bool:
    """Whether a word that nothing but a sentence opens with stands behind an abbreviation that can end one: "at 5 p.m. The tug stayed"."""
    return _OPENER.match(text, behind) is not None and _ENDS_TOO.search(text, max(dot - 8, 0), dot) is not None


def _abbreviated(text: str, start: int, dot: int) -> bool:
    plain = text[max(text.rfind(" ", start, dot) + 1, start) : dot].lower()
    if plain.isalpha():
        return len(plain) == 1 or plain in _ABBREVIATIONS  # of nearly every sentence the last word has nothing but letters
    word = text[max(start, dot - 12) : dot].rsplit(None, 1)
    last = (word[-1] if word else "").lower().lstrip("(\"'“‘")
    if last[:1].isdecimal():
        last = last.lstrip("0123456789").lstrip("-–")  # "Nov. 28-Dec. 3"
    return last in _ABBREVIATIONS or ((len(last) == 1 or "." in last) and _INITIALS.fullmatch(last) is not None)


def token_spans(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    """The offsets of every token of a sentence, in order."""
    token = _PLAIN_TOKEN if text.isascii() else TOKEN
    spans = [*map(re.Match.span, token.finditer(text, sentence.start, sentence.end))]
    return spans if text.find("n't", sentence.start, sentence.end) < 0 else _with_denials(text, spans)


def _with_denials(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Tokens with "wasn't" as "was" and "n't"."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        before = kept[-1] if kept else (0, 0)
        if text[start:end] == "t" and text[before[0] : before[1]] == "'" and start == before[1] and len(kept) > 1 and text[before[0] - 1] == "n":
            first, last = kept[-2][0], before[0]
            kept[-2:] = [(first, last - 1), (last - 1, end)] if last - first > 1 else [(first, end)]
        else:
            kept.append((start, end))
    return kept


def tokens_of(surface: str) -> list[str]:
    """The tokens of a surface by itself."""
    if "n't" not in surface:
        return (_PLAIN_TOKEN if surface.isascii() else TOKEN).findall(surface)
    return [surface[start:end] for start, end in token_spans(surface, Sentence(0, len(surface), 0))]


def words_in(text: str, among: list[Sentence]) -> list[list[str]]:
    """The words of every sentence, in order."""
    find = (_PLAIN_WORD if text.isascii() else WORD).findall
    return [find(text, sentence.start, sentence.end) for sentence in among]
