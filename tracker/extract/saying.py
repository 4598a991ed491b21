"""Stage 6, days: which days tell when somebody told something, and not when it happened."""

from __future__ import annotations

from tracker.domain.when import Interval
from tracker.extract.dates import DateMention
from tracker.extract.line import Line
from tracker.extract.scene import Scene
from tracker.extract.verbs import Trigger

_TAIL_TOKENS, _SUBJECT_TOKENS = 14, 9
_PUBLISHED = frozenset(["of", "dated", "published", "issued", "released", "from", "posted", "put", "made", "given"])
_ON = frozenset(["on", "the", "out", "early", "late"])
_ARTICLES = frozenset(["a", "an", "the", "its", "his", "her", "their"])
_CITES = frozenset(["in", "to", "per", "at", "by", "during"])


def dates_the_saying(line: Line, mention: DateMention) -> bool:
    """Whether a date tells when something was said and not when it happened: "officials said on Tuesday"."""
    if not line.once(_may_say, 0):
        return False
    if line.once(_says_at, line.at_offset(mention.start)):
        return True
    return _before_saying(line, mention) or _of_named_statement(line, mention) or _of_word_come(line, mention) or _says_that(line, mention)


def _may_say(line: Line, _: int) -> bool:
    """Whether a sentence holds any word of saying: most hold none."""
    sets = line.doc.lexicon.sets
    return (
        bool(_said_words(line))
        or line.low(0) == "according"
        or not all(map(line.words.isdisjoint, (sets["statements"], sets["tidings"], sets["speaking"])))
    )


def _says_at(line: Line, at: int) -> bool:
    verb = at - 1 - (line.low(at - 1) == "on")
    if line.low(verb) == "recalled" and line.low(verb - 1) in line.doc.lexicon.sets["be"]:
        return False  # "The ships were recalled on Sunday"
    return _of_statement(line, at) or _behind_saying(line, at) or _in_tail(line, at) or _of_speaker(line, at)


def _behind_saying(line: Line, at: int) -> bool:
    """Whether a word of saying stands in front of a day: "the navy said in a statement on Monday", "It emerged on Monday that …"."""
    if not _said_words(line):
        return False
    while at > 0 and line.low(at - 1) in line.doc.lexicon.sets["said_on"]:
        at -= 1
    return any(last == at for _, last in _said_words(line))


_SAID_TO_TOKENS = 8


def _says_that(line: Line, mention: DateMention) -> bool:
    """Whether what was said to somebody opens behind a day: "told a reporter on 3 March that …", "posted a message yesterday saying that …"."""
    at, behind = line.at_offset(mention.start), line.at_offset(mention.end - 1) + 1
    behind += line.text(behind) == "," and line.low(behind + 1) == "that"
    if line.low(behind) not in ("that", "saying"):
        return False
    if line.low(behind) == "saying":
        return not any(f.last <= at and any(form != "noun" for _, form in f.data) for f in line.found("trigger"))
    said = any(0 <= at - last <= _SAID_TO_TOKENS and not any(last <= f.first < at for f in line.found("trigger")) for _, last in _said_words(line))
    return said and "," not in line.lows[max(at - _SAID_TO_TOKENS, 0) : at]


def _said_words(line: Line) -> list[tuple[int, int]]:
    """The words of saying of a sentence: their first tokens, and the ones behind them."""
    return line.once(_find_said, 0)


_PHRASE_SIZES = (2, 3, 4)


def _find_said(line: Line, _: int) -> list[tuple[int, int]]:
    too = line.where(line.doc.lexicon.sets["says_too"])
    said = [(h.first, h.last) for h in line.found("hedge") if h.data.id == "says"] + [(n, n + 1) for n in too]
    if line.holds(phrases := line.doc.lexicon.sets["says_in_words"]):
        said += [(n, n + size) for n in range(line.size) for size in _PHRASE_SIZES if " ".join(line.lows[n : n + size]) in phrases]
    return [(first, last) for first, last in said if not any(p.first < first < p.last for p in line.found("place"))]  # but not "Port Said"


def _in_tail(line: Line, at: int) -> bool:
    """Whether a day stands with who said it, behind what is told: "…, a source told a news conference in Manila on Monday"."""
    for first, last in _said_words(line):
        if not 0 <= at - last <= _TAIL_TOKENS or not _NOT_IN_TAIL.isdisjoint(line.lows[last:at]):
            continue
        comma = next((n for n in range(first - 1, max(first - _SUBJECT_TOKENS, 0), -1) if line.text(n) in (",", "”", '"')), None)
        verbs = (f for f in line.found("trigger") if not all(rule.copula for rule, _ in f.data))  # "a source told Jane's on Monday"
        if comma is not None and not any(comma < f.first < at for f in verbs):
            return True
    return False


_NOT_IN_TAIL = frozenset([",", "that", ";", ":", "which", "who", "when", "after", "where", "how", "why", "what"])


def _before_saying(line: Line, mention: DateMention) -> bool:
    """Whether a day stands between those who say something and their verb: "The ministry on Tuesday said …", "Officials on Monday also said …"."""
    at, last = line.at_offset(mention.start), line.at_offset(mention.end - 1) + 1
    if at < 2 or (line.low(at - 1) == "on" and at < 3):
        return False
    says = next((first for first, _ in _said_words(line) if 0 <= first - last <= 1), None)
    if says is None or (says > last and line.low(last) not in _ALSO):
        return False
    opened = max((n for n in range(at) if line.text(n) in (",", ";", "and")), default=0)
    return not any(opened <= f.first < at and any(form != "noun" and not rule.copula for rule, form in f.data) for f in line.found("trigger"))


_ALSO = frozenset(["also", "again", "officially", "further", "publicly", "only", "first"])


def _of_statement(line: Line, at: int) -> bool:
    """Whether a day is that of what somebody stated: "In a release dated 10 March the navy said", "at a briefing in Manila on Tuesday"."""
    statements = line.doc.lexicon.sets["statements"]
    if statements.isdisjoint(line.words):
        return False
    if _issued_by(line, at):
        return True
    begin = at
    while at > 0 and (line.low(at - 1) in _PUBLISHED or line.low(at - 1) in _ON):
        at -= 1
    told = bool(not _PUBLISHED.isdisjoint(line.lows[at:begin]))
    if line.text(at - 1)[:1].isupper() and line.low(at - 2) in ("in", "with", "at") and line.low(at - 3) in statements:
        at -= 2
    if line.low(at - 1) not in statements:
        return False
    article = next((n for n in range(at - 2, max(at - 5, -1), -1) if line.low(n) in _ARTICLES), None)
    return told or (article is not None and line.low(article - 1) in _CITES)


def _issued_by(line: Line, at: int) -> bool:
    """Whether a day is told behind who made a statement: "according to a statement issued by the city's press office on Tuesday"."""
    by = next((n for n in range(at - 1, max(at - _TAIL_TOKENS, 0), -1) if line.low(n) == "by"), None)
    if by is None or line.low(by - 1) not in _PUBLISHED or "," in line.lows[by:at]:
        return False
    made = line.low(by - 2) in line.doc.lexicon.sets["statements"]
    return made and not any(by < f.first < at and line.text(f.first).isalpha() for f in line.found("trigger"))


def _of_named_statement(line: Line, mention: DateMention) -> bool:
    """Whether a statement is told by its day: "In Tuesday's briefing", "according to a Monday statement", "at a Tuesday press briefing"."""
    at, last = line.at_offset(mention.start), line.at_offset(mention.end - 1) + 1
    statements = line.doc.lexicon.sets["statements"]
    if statements.isdisjoint(line.words):
        return False
    last += line.low(last) in ("'", "’")
    last += line.low(last) in ("s", "'s", "’s")
    return line.low(last) in statements and (line.low(last - 1) in ("s", "'s", "’s") or line.low(at - 1) in _ARTICLES)


def _of_word_come(line: Line, mention: DateMention) -> bool:
    """Whether word of something came on a day: "Word came on Monday that …", "On Monday came the news that …"."""
    sets = line.doc.lexicon.sets
    if sets["tidings"].isdisjoint(line.words):
        return False
    at, last = line.at_offset(mention.start), line.at_offset(mention.end - 1) + 1
    if line.low(last) in sets["brings_act"] and any(line.low(last + n) in sets["tidings"] for n in (1, 2, 3)):
        return True
    verb = at - 1 - (line.low(at - 1) == "on")
    verb -= line.low(verb) in ("in", "out", "through")
    if line.low(verb) in sets["tidings"] and line.low(verb - 1) in ("came", "comes"):
        return True  # "From the navy came word on Friday that …"
    return line.low(verb) in ("came", "arrived", "emerged", "broke", "reached") and not sets["tidings"].isdisjoint(
        line.lows[max(verb - 12, 0) : verb]
    )


def _of_speaker(line: Line, at: int) -> bool:
    """Whether a day stands in the phrase that opens a sentence with who speaks: "Speaking in Plymouth on Monday, the minister said …"."""
    cited = line.lows[:2] == ["according", "to"]  # "According to the ministry on Monday, …"
    if not cited and line.low(0) not in line.doc.lexicon.sets["speaking"]:
        return False
    comma = next((n for n, low in enumerate(line.lows) if low == ","), None)
    if comma is None or at >= comma or not cited:
        return comma is not None and at < comma
    whole = all(not comma > f.first > 1 for kind in ("trigger", "vessel", "type") for f in line.found(kind))
    return whole and comma - at <= _DAY_TOKENS and _TRACKED.isdisjoint(line.lows[:comma])


_DAY_TOKENS = 5
_TRACKED = frozenset(
    [
        "programme",
        "program",
        "data",
        "ais",
        "signal",
        "signals",
        "image",
        "images",
        "imagery",
        "tracker",
        "trackers",
        "position",
        "positions",
        "plan",
        "schedule",
    ]
)


def day_of_saying(scene: Scene, trigger: Trigger) -> Interval | None:
    """The day from which a plan that somebody tells looks ahead: "said on Tuesday that she would leave on Friday"; None where nobody tells it."""
    line = scene.line
    if not any(last <= trigger.chain and line.low(first - 1) not in ("had", "have", "has") for first, last in _said_words(line)):
        return None
    return said_on(scene) or (Interval.day(line.doc.published) if line.doc.published else None)


def said_on(scene: Scene) -> Interval | None:
    """The one day on which a sentence says that something was told."""
    return next((d.interval for d in scene.dates if d.interval and d.interval.start == d.interval.end and dates_the_saying(scene.line, d)), None)


_SAID_TOKENS = 18
_AHEAD = frozenset(["would", "had", "will", "has", "have"])
_ABOUT_TO = (["ready", "to"], ["due", "to"], ["set", "to"], ["about", "to"])
_SAID_BEHIND = frozenset([",", ".", ";", "", "in", "on", "at"])
"""Behind a word of saying they show that what is said stands in front of it."""


_UNKNOWN, _NEAR_UNKNOWN = frozenset(["clear", "unclear", "known", "unknown", "uncertain"]), 2
_ORDERED = frozenset(["ordered", "directed", "instructed", "commanded"])
_PASSIVE = frozenset(["was", "were", "been", "is", "are"])


def opens_saying(scene: Scene, trigger: Trigger, at: int) -> bool:
    """Whether a day in front tells when somebody told what had happened or would: "On Tuesday the ministry said that she had left Aden"."""
    line = scene.line
    if at > 2 and any(f.first < at for kind in ("trigger", "vessel") for f in line.found(kind)):
        return False
    if "when" in line.words and not line.words.isdisjoint(_UNKNOWN):
        known = next((n for n in range(trigger.chain - 1, 0, -1) if line.low(n) in _UNKNOWN), None)
        if known is not None and at <= known + _NEAR_UNKNOWN and "when" in line.lows[known : trigger.chain]:
            return True  # "On Thursday it was not clear when she would sail"
    if not line.words.isdisjoint(_ORDERED) and trigger.form in ("base", "state"):
        ordered = next((n for n in range(at + 1, trigger.chain) if line.low(n) in _ORDERED), None)
        if ordered is not None and "to" in line.lows[ordered + 1 : trigger.first] and line.low(ordered - 1) not in _PASSIVE:
            return True  # "On Sunday the minister ordered HMS Kent to sail"
    promises = line.doc.lexicon.sets["promises"]
    ahead = not _AHEAD.isdisjoint(line.lows[trigger.chain : trigger.first]) or line.lows[trigger.first - 2 : trigger.first] in _ABOUT_TO
    if ahead and any(at < n and line.low(n + 1) == "that" and line.low(n) in promises for n in range(at + 1, trigger.chain)):
        return True
    says = next(((first, last) for first, last in _said_words(line) if at < first and last <= trigger.chain), None)
    if says is None or trigger.chain - says[1] > _SAID_TOKENS or line.low(says[1]) in _SAID_BEHIND or line.text(says[0] - 1) == ",":
        return False
    own = any(d.interval and says[1] <= line.at_offset(d.start) < trigger.reach[1] for d in scene.dates)  # "said she left Aden on Sunday"
    return ahead or own or (trigger.rule.nominal and trigger.first - says[1] <= 3)
