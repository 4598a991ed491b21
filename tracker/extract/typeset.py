"""Stage 1, before everything: a text without what typesetting put in, and the way back.

Mail, text files and many pages are wrapped at some 50 to 100 characters; justified columns have several spaces between words; pages from the web
and from PDFs have soft hyphens, marks without width, ligatures, accents told apart from their letters and numbers of footnotes; notes and posts
have the marks of Markdown, addresses, hashtags, and pictures and counters in front of their lines. What is read is read in the plain text, and
every span and quote of it is told by the offsets of the text as it was given.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tracker.domain.records import Extraction, changed
from tracker.extract.calendar_words import CAPITAL_MONTH, MONTH, MONTH_WORD, WEEKDAY_NAME
from tracker.extract.contractions import contractions
from tracker.extract.land_first import land_first
from tracker.extract.lands_behind import lands_behind
from tracker.extract.log_days import log_days
from tracker.extract.log_openings import log_openings
from tracker.extract.movement_tables import movement_tables
from tracker.extract.passage_tables import passage_tables
from tracker.extract.place_lines import place_lines
from tracker.extract.port_first import port_first
from tracker.extract.run_on_lists import run_on_lists
from tracker.extract.shorthand import shorthand
from tracker.extract.small_counts import small_counts
from tracker.extract.strait_headings import strait_headings
from tracker.extract.week_openings import week_openings
from tracker.gazetteer.lexicon import Lexicon
from tracker.gazetteer.places import PlaceIndex

_GAP = re.compile(r"(?: (?<=\S )(?=[^\S\n])|[\t\v\f\r\x1c-\x1f\x85\u2028\u2029](?<=\S.))[^\S\n]*+(?=\S)", re.DOTALL)
_GLYPHS = re.compile("[\xad\u200b-\u200d\u2060\ufeff]+|[\u2010\u2011]|[\ufb00-\ufb06]|(?<=\\S)[\xb9\xb2\xb3\u2070\u2074-\u2079]+")
_ACCENT, _ACCENTED = re.compile("[\u0300-\u036f]"), re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
_PICTURES = re.compile("^(?:[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u20e3\u200d]+ *)+(?=\\S)", re.MULTILINE)
_LIST_MARK = re.compile("[\u25a0-\u25ff\u2713-\u2718\u2794-\u27be]")
"""Pictures in front of a line; the plain ones are the marks of a list."""
_OWN_WORDS = re.compile(r"^[ \t]*([A-Za-z][A-Za-z -]{0,22})[.:…»>]{0,3}[ \t]*\n", re.MULTILINE)
"""A line of few words, which may be of the page and not of its text: "Share", "Read more"."""
_OF_PAGE = re.compile(
    r"^[ \t]*(?:By [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}(?:[,|] ?[^.\n]{0,40})?|\d{1,2} min(?:ute)?s? read|Reading time\b[^\n]{0,30}"
    r"|(?:Updated|Published|Posted|Last updated|First published|Last modified|Modified)\b(?=[^\n]{0,70}\d)"
    r"[^.\n]{0,30}(?:\.[^.\n]{1,30}){0,3}\.?)[ \t]*\n",
    re.MULTILINE,
)
"""A line of who wrote a page and when it was changed, which dates nothing of what it tells."""
_LINE = re.compile(r"[^\n]+")
_OWN_LINE = re.compile(r"[-*•·–—#>|]|\d{1,3}[.)/]|\s*$")
"""What opens a line that stands for itself: a mark of a list, a heading, a quotation or a table."""
_DAY_OPENS = re.compile(
    r"\d{4}-\d\d-\d\d\b|\d{1,2}[./]\d{1,2}(?:[./]|\b)|\d{1,2}(?:st|nd|rd|th)\b|\d{4}\b|\d\d:\d\d\b"
    rf"|{WEEKDAY_NAME}\b"
    rf"|\d{{1,2}} {MONTH}|{MONTH_WORD}\.? \d",
    re.IGNORECASE,
)
"""What opens an entry of a log; where half of the lines open so they are no wrapped paragraph."""
_WIDTHS = range(40, 131)
_FEWEST, _MOST_WRAPPED = 3, 0.6
_LONG_SHARE = 0.1


def _in_place(of_address: re.Match[str]) -> str:
    """What stands for an address: the point of a sentence that it ends."""
    text, (start, end) = of_address.string, of_address.span()
    before, behind = text[:start].rstrip(" ")[-1:] if start < _LOOK else text[start - _LOOK : start].rstrip(" ")[-1:], text[end : end + 2].lstrip(" ")
    return "." if before.isalnum() and (not behind or behind[0] == "\n" or behind[0].isupper()) else ""


def _hashtags(text: str) -> Iterator[tuple[int, int, str]]:
    """The marks of hashtags, and the spaces between the words that one writes together: "#BlackSea"."""
    for tag in _HASHTAG.finditer(text):
        yield tag.start(), tag.start() + 1, ""
        yield from ((tag.start(1) + m.start(), tag.start(1) + m.start(), " ") for m in _CAMEL.finditer(tag[1]))


_POST = re.compile(rf"^[(\[]?(\d{{1,2}})/(\d{{1,2}})?[)\]]? +(?=[^\W\d])(?!{CAPITAL_MONTH})", re.MULTILINE)
_NUMBERED = re.compile(r"^[(\[]?(\d{1,2})/(\d{1,2})?(?![/\d])", re.MULTILINE)
_FEWEST_DAYS, _FIRST_POST = 3, 2


def _numbers_post(figures: re.Match[str]) -> str:
    """What stands for the number of a post, "3/12 The frigate …": nothing; where such figures don't count up by one, they are days of a log."""
    return "" if _counts_posts(figures.string) else figures[0]


@lru_cache(maxsize=4)
def _counts_posts(text: str) -> bool:
    """Whether the figures in front of its lines count the posts of a text, and are no days: "04/03 USS Cole", "06/03 HMS Kent"."""
    told = [(int(m[1]), m[2]) for m in _NUMBERED.finditer(text)]
    by_one = all(b - a == 1 for (a, _), (b, _) in pairwise(told)) and all(not whole or number <= int(whole) for number, whole in told)
    return (by_one and told[0][0] <= _FIRST_POST) or not all(whole for _, whole in told) or len(told) < _FEWEST_DAYS


_LOOK = 4
_HASHTAG = re.compile(r"(?<![\w&/])#([A-Za-z]\w*)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MARKS: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # the number of a footnote, which stands right behind a word or its point; a ship's number in square brackets has a space in front
    ("[", re.compile(r"(?<=[\w.,;:!?\"”’')])(?:\[(?:\d{1,3}|[a-z]|(?:note|nb|n) \d{1,2}|citation needed)\])+"), ""),
    # links and quotations of Markdown
    ("](", re.compile(r"!?\[(?=[^\]\[\n]{1,200}\]\((?:https?:|/|#|mailto:|www\.))"), ""),
    ("](", re.compile(r"\]\((?:https?:|/|#|mailto:|www\.)[^)\s]{0,500}(?: \"[^\"\n]{0,100}\")?\)"), ""),
    (">", re.compile(r"^(?:> ?)+(?=\S)", re.MULTILINE), ""),
    # addresses, the counters of threads, entities of HTML
    ("http", re.compile(r" ?(?<!\()\bhttps?://[^\s<>\"”)\]]+"), _in_place),
    ("/", _POST, _numbers_post),
    ("/", re.compile(r"^[(\[]\d{1,2}/\d{1,2}[)\]] +(?=\w)", re.MULTILINE), ""),
    ("/", re.compile(r"(?<=[.!?…\"”’')]) +[(\[]?\d{1,2}/\d{1,2}[)\]]?$", re.MULTILINE), ""),  # but no day, "left Tartus on 3/12"
    ("&", re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});"), lambda m: html.unescape(m[0])),
    # "with" written short in notes
    ("w/", re.compile(r"\bw/ ?(?=[A-Za-z])"), "with "),
    # a number and the letters of its rank, which stood higher: "the 71 st flotilla"
    ("th ", re.compile(r"(?<=\b\d) (?=th )|(?<=\b\d\d) (?=th )"), ""),
    ("st ", re.compile(r"(?<=\b1) (?=st )|(?<=\b[2-9]1) (?=st )"), ""),
    ("nd ", re.compile(r"(?<=\b2) (?=nd )|(?<=\b[2-9]2) (?=nd )"), ""),
    ("rd ", re.compile(r"(?<=\b3) (?=rd )|(?<=\b[2-9]3) (?=rd )"), ""),
    # a sentence that begins right behind the point of another
    (".", re.compile(r"\.(?<=[a-z]{3}\.)(?=(?:[A-Z][a-z]*|[A-Z]{2,5}) )"), ". "),
)


@dataclass(frozen=True, slots=True)
class Even:
    """A plain text, and where its stretches stood: stretch n begins at `here[n]` in it and at `there[n]` in the text as given."""

    text: str
    here: tuple[int, ...]
    there: tuple[int, ...]

    def back(self, span: tuple[int, int]) -> tuple[int, int]:
        """The span in the text as given."""
        return self._origin(span[0]), self._origin(span[1] - 1) + 1 if span[1] > span[0] else self._origin(span[1])

    def _origin(self, at: int) -> int:
        n = bisect_right(self.here, at) - 1
        origin = self.there[n] + at - self.here[n]
        return min(origin, max(self.there[n + 1] - 1, self.there[n])) if n + 1 < len(self.there) else origin


def unchanged(text: str) -> Even:
    """A text that stays where it is."""
    return Even(text, (0,), (0,))


def even(text: str, lexicon: Lexicon, places: PlaceIndex | None = None) -> Even | None:
    """The text without what typesetting put in; None where it put in nothing, as in nearly every text."""
    cuts = [*_wraps(text), *((*m.span(), " ") for m in _GAP.finditer(text))]
    for sign, marks, glue in _MARKS:
        if sign in text:
            cuts += ((*m.span(), glue(m) if callable(glue) else glue) for m in marks.finditer(text))
    cuts += ((*m.span(), "") for m in _OWN_WORDS.finditer(text) if m[1].lower() in lexicon.sets["page_lines"])
    cuts += ((*m.span(), "") for m in _OF_PAGE.finditer(text))
    cuts += _hashtags(text) if "#" in text else ()
    cuts += run_on_lists(text, lexicon)
    cuts += [*week_openings(text), *log_days(text), *land_first(text, lexicon)]
    cuts += small_counts(text, lexicon)
    cuts += shorthand(text, lexicon)
    cuts += place_lines(text)
    cuts += [*port_first(text, places), *lands_behind(text, places)] if places else ()
    cuts += strait_headings(text, lexicon)
    cuts += passage_tables(text) if "|" in text else ()
    rows = movement_tables(text, lexicon)
    cuts += contractions(text, lexicon) if "'" in text or "\u2019" in text or "cannot" in text else ()
    cuts += _emphasis(text) if "*" in text or "_" in text else ()
    if not text.isascii():
        cuts += ((*m.span(), _plain_glyph(m[0])) for m in _GLYPHS.finditer(text))
        if _ACCENT.search(text):
            cuts += ((*m.span(), unicodedata.normalize("NFC", m[0])) for m in _ACCENTED.finditer(text))
        cuts += ((*m.span(), "• " if _LIST_MARK.match(m[0]) else "") for m in _PICTURES.finditer(text))
    if openings := list(log_openings(text, lexicon)):
        begun = {start for start, _, _ in openings}
        cuts = [*openings, *(cut for cut in cuts if cut[0] not in begun)]
    if rows:
        cuts = _beside(cuts, rows)
    if not cuts:
        return None
    parts, here, there, at, size = [], [0], [0], 0, 0
    for start, end, glue in sorted(cuts):
        if start < at or text[start:end] == glue:
            continue
        parts += [text[at:start], glue]
        size += start - at
        here += [size, size + len(glue)] if glue else [size]
        there += [start, end] if glue else [end]
        size, at = size + len(glue), end
    return Even("".join([*parts, text[at:]]), tuple(here), tuple(there)) if parts else None


def _beside(cuts: Iterable[tuple[int, int, str]], rows: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The cuts of a text without those that lie in what its tables are written as."""
    starts = [start for start, _, _ in rows]
    kept = [*rows]
    for cut in cuts:
        at = bisect_right(starts, cut[0]) - 1
        inside = at >= 0 and cut[0] < rows[at][1]
        ahead = at + 1 < len(rows) and cut[1] > rows[at + 1][0]
        if not (inside or ahead):
            kept.append(cut)
    return kept


_EMPHASIS = re.compile(r"(?<![\w*/])(\*{1,3}|_{1,3})(?=[^\s*_])[^\n]{1,200}?(?<=[^\s*_])\1(?![\w*_])")


def _emphasis(text: str) -> Iterator[tuple[int, int, str]]:
    """The marks of emphasis of Markdown round some words; a whole line in bold is a heading and keeps its own."""
    for found in _EMPHASIS.finditer(text):
        (start, end), size = found.span(), len(found[1])
        alone = (not start or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
        if not (alone and size > 1):
            yield start, start + size, ""
            yield end - size, end, ""


def _plain_glyph(told: str) -> str:
    """What stands for a glyph in plain text: nothing for marks without width and for the numbers of footnotes."""
    if told in "\u2010\u2011":
        return "-"
    return unicodedata.normalize("NFKC", told) if "\ufb00" <= told[0] <= "\ufb06" else ""


def _wraps(text: str) -> Iterator[tuple[int, int, str]]:
    """The breaks of lines that a width made, and no writer: where the first word of the next line would not have fitted behind.

    A text is held to be wrapped when three breaks in five inside its paragraphs are such ones, for the width of its longest line.
    """
    lines = [m.span() for m in _LINE.finditer(text)]
    lengths = [end - start for start, end in lines]
    long = [n for n in lengths if n >= _WIDTHS.stop]
    usual = [n for n in lengths if n < _WIDTHS.stop]
    if len(usual) <= _FEWEST or max(usual) < _WIDTHS.start or len(long) > _LONG_SHARE * len(lengths):
        return
    entries = {start for start, end in lines if _DAY_OPENS.match(text, start, end)}
    if len(entries) < max(_FEWEST, len(lines) // 2):
        entries = set()
    width, breaks, soft = max(usual), 0, []
    for (start, end), (then, last) in pairwise(lines):
        if then - end != 1 or then in entries or _OWN_LINE.match(text, then, last):
            continue
        breaks += 1
        word = text[then:last].split(None, 1)
        if word and end - start + 1 + len(word[0]) > width:
            line, next_line = text[start:end], text[then:last]
            broken = line[-1] == "-" and line[-2:-1].isalpha()
            soft.append((start + len(line.rstrip()), last - len(next_line.lstrip()), "" if broken else " "))
    if len(soft) >= _FEWEST and len(soft) >= _MOST_WRAPPED * breaks:
        yield from soft


def told_back(found: Extraction, text: str, read: Even) -> Extraction:
    """What was read in an even text, with the spans and the words of the text as it was given."""

    def slots(told: tuple[tuple[str, str, tuple[int, int] | None], ...]) -> tuple[tuple[str, str, tuple[int, int] | None], ...]:
        return tuple((slot, source, read.back(span) if span else None) for slot, source, span in told)

    vessels, events, strengths = [], [], []
    for vessel in found.vessels:
        spans = tuple(map(read.back, vessel.mention_spans))
        said = tuple(changed(one, span=read.back(one.span)) for one in vessel.said)
        vessels.append(changed(vessel, mentions=tuple(text[a:b] for a, b in spans), mention_spans=spans, said=said))
    for event in found.events:
        start, end = span = _trimmed(text, *read.back(event.span))
        takes_part = tuple((who, read.back(where)) for who, where in event.vessel_spans)
        events.append(changed(event, span=span, evidence=text[start:end], slots=slots(event.slots), vessel_spans=takes_part))
    for one in found.strengths:
        start, end = span = _trimmed(text, *read.back(one.span))
        strengths.append(changed(one, span=span, evidence=text[start:end], count_span=read.back(one.count_span), slots=slots(one.slots)))
    return changed(found, vessels=tuple(vessels), events=tuple(events), strengths=tuple(strengths))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the space at its end, for which a point stood in the plain text."""
    return start, start + len(text[start:end].rstrip())
