"""The stages in order: text in, vessels and events out. Pure: no store, no disk, no clock."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from tracker.collector import uncollected
from tracker.domain.kinds import WATER_KINDS, EventKind, Modality, PlaceKind, VesselType
from tracker.domain.names import fold
from tracker.domain.records import Extraction
from tracker.domain.tree import PlaceTree
from tracker.domain.when import is_report_day
from tracker.errors import InputError, TrackerError, UsageError
from tracker.extract.again import Names, find_again, stands_alone, told_names, told_short, with_short
from tracker.extract.capitals import in_small_letters
from tracker.extract.captions import read_caption
from tracker.extract.carried import note_observed
from tracker.extract.clauses import find_triggers
from tracker.extract.corefer import GENERIC, SURFACE, Vessel, may_be
from tracker.extract.dates import DateMention, find_dates, in_month, in_told_year, of_that_time
from tracker.extract.described import described, without_described
from tracker.extract.events import keeps_to_her, read_rest, read_scene
from tracker.extract.groups import before_phrase, group_mentions
from tracker.extract.itinerary import itinerary
from tracker.extract.joined import of_other_nations
from tracker.extract.line import Line, Text
from tracker.extract.listing import read_listing
from tracker.extract.matcher import Matcher, words_of
from tracker.extract.mention import NOBODY, VesselMention
from tracker.extract.modality import Stance
from tracker.extract.numbers import POINTS_BACK
from tracker.extract.outcome import outcome_of
from tracker.extract.places import MEANT_BY_TEXT, ZONE_NAME, PlaceMention, at_door, channel_meant, find_places, is_set_aside
from tracker.extract.plausible import QUOTES
from tracker.extract.rest import counts_times
from tracker.extract.saying import dates_the_saying
from tracker.extract.scene import Ahead, Discourse, Group, Scene, Told
from tracker.extract.scene_day import note_scene
from tracker.extract.sections import read_entry, titles_of
from tracker.extract.shapes import holds_shape, shapes_of
from tracker.extract.slots import LAND_KINDS
from tracker.extract.strengths.reader import note_area, read_strengths
from tracker.extract.text import DATELINE, opening_dateline
from tracker.extract.typeset import even, told_back, unchanged
from tracker.extract.unquoted import unquoted
from tracker.extract.vessels import find_vessels
from tracker.extract.when import is_old, set_back
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import flat, load_lexicon

_HEAD_BLOCKS = 3
_OPENING_TOKENS = 3
"""Unnamed ships that stand further behind in a sentence without an event are told in passing."""
_REPORT_DAYS = 3
"""A report is dated so many days before its publication at most."""
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DAY = "(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\\s*)"
_NTH = "\\d{1,2}(?:st|nd|rd|th)?"
_ENTRY = re.compile(rf"[;\n][ \t]*(?:[-*•]\s*)?(?:{_DAY}(?=[:–—-])|{_DAY}?{_NTH}(?:-{_NTH})?\s*{_MONTH}|{_DAY}?{_MONTH}[a-z]*\.?\s+\d{{1,2}})")
_WORD, _PLAIN_WORD = re.compile(r"[^\W\d_]+"), re.compile(r"[a-z]+")


def extract(text: str, published: date | None, gazetteer: Gazetteer) -> Extraction:
    """Read a text: the vessels it names or counts and the movements it tells, each with the words that tell it.

    `published` anchors relative dates and years that are left out; without it they stay open, with a warning. Raises UsageError for
    a day on which no report can have been published, InputError where the rules themselves break on a text.
    """
    if published and not is_report_day(published):
        raise UsageError(f"published {published}: no year of a report")
    try:
        return _read_as_written(text, published, gazetteer)
    except TrackerError:
        raise
    except Exception as error:
        raise InputError(f"the rules broke on it ({type(error).__name__}: {error}), a fault of tracker; please report the text") from error


def _read_as_written(text: str, published: date | None, gazetteer: Gazetteer) -> Extraction:
    """What a text tells, read without its layout and its capitals where it is all in them, and quoted as it stands."""
    lexicon = load_lexicon()
    laid_out = even(text, lexicon)
    plain = laid_out.text if laid_out else text
    written = in_small_letters(plain, gazetteer, lexicon)
    found = _extract(written, published, gazetteer)
    return told_back(found, text, laid_out or unchanged(text)) if laid_out or written is not plain else found


def _extract(text: str, published: date | None, gazetteer: Gazetteer) -> Extraction:
    lexicon = load_lexicon()
    doc = Text(unquoted(text, gazetteer, lexicon), published, gazetteer, lexicon, original=text)
    if not is_english(doc.low, doc.lexicon.sets["english"]):
        return Extraction(warnings=("the text doesn't look like English; nothing was read from it",), language="other")
    discourse = Discourse(published=published)
    with uncollected():  # nothing of a document is garbage before it is read; looking for some costs a fifth of the time of a long one
        return outcome_of(doc, discourse, _read(doc, discourse))


def is_english(low: str, known: frozenset[str]) -> bool:
    """Whether enough of the first words are ones that hardly another language has; a text of few words is given the benefit of the doubt."""
    words = (_PLAIN_WORD if low.isascii() else _WORD).findall(low, 0, 6000)
    return len(words) < 25 or sum(map(known.__contains__, words)) >= 0.1 * len(words)


def _read(doc: Text, discourse: Discourse) -> list[Told]:
    lines = list(_lines(doc))
    mentions = {number: find_vessels(line, frozenset()) if _may_hold_vessel(line) else [] for number, line in lines}
    confirmed = frozenset(fold(m.name) for found in mentions.values() for m in found if m.name and m.signed)
    names = told_names(doc, (m for found in mentions.values() for m in found))
    short = told_short((line, mentions[number]) for number, line in lines)
    discourse.fleet.hero = _hero(doc, mentions)
    discourse.titles = titles_of(doc)
    discourse.watch = _watched(lines, mentions) if discourse.titles or _is_log(doc) else None
    lines = _with_named(doc, lines, names)
    for number, line in lines:
        if _names_again(line, mentions.setdefault(number, []), confirmed):
            mentions[number] = find_vessels(line, confirmed)
        if not names.keys().isdisjoint(line.words):
            mentions[number] = find_again(line, mentions[number], names)
        mentions[number] = with_short(line, mentions[number], short) if short else mentions[number]
    told: list[Told] = []
    for (number, line), ahead in zip(lines, _found_ahead(lines, mentions), strict=True):
        told.extend([event for event in _read_line(doc, line, number, ahead, discourse) if not is_old(event, line)])
    return told


def _found_ahead(lines: list[tuple[int, Line]], mentions: Mapping[int, list[VesselMention]]) -> list[Ahead]:
    """What asks nothing of the sentences before, found in all at once: a stage whose code and tables are still at hand runs in half the time."""
    places = [[at_door(line, p) for p in find_places(line, mentions[number]) if not is_set_aside(line, p)] for number, line in lines]
    dates = [find_dates(line) for _, line in lines]
    vessels = [[m for m in mentions[number] if m.det != "former" and not _is_no_ship(line, m)] for number, line in lines]
    triggers = [find_triggers(line, there, where) for (_, line), there, where in zip(lines, vessels, places, strict=True)]
    shapes = [shapes_of(line) for _, line in lines]
    return [Ahead(*found) for found in zip(vessels, places, dates, triggers, shapes, strict=True)]


_HERO_SENTENCES, _HERO_TOLD = 4, 2


def _hero(doc: Text, mentions: Mapping[int, list[VesselMention]]) -> str:
    """The name, folded, that a text tells early and at least as often as any other: whom the text is about. "" where there is none."""
    first: dict[str, int] = {}
    for number in sorted(mentions):
        for mention in mentions[number]:
            if mention.name:
                first.setdefault(flat(mention.name), number)
    early = {name: _how_often(doc, name) for name, number in first.items() if number < _HERO_SENTENCES}
    often = max(early, key=early.__getitem__, default="")
    if not often or early[often] < _HERO_TOLD:
        return ""
    rivals = _told_oftener(doc, first.keys() - early.keys(), early[often])
    return "" if any(_how_often(doc, name) > early[often] for name in rivals) else often


_MANY_RIVALS, _OPENING_LETTERS = 24, 4


def _told_oftener(doc: Text, names: Collection[str], often: int) -> Collection[str]:
    """Of many names those that may be told more often than so: the text would be searched once for each, and is counted by its letters once for all.

    A name, or the last word of one, stands nowhere that its opening letters don't.
    """
    if len(names) < _MANY_RIVALS:
        return names
    openings = Counter(map("".join, zip(*(doc.low[n:] for n in range(_OPENING_LETTERS)), strict=False)))
    short = [name for name in names if len(name) < _OPENING_LETTERS]
    return [*short, *(n for n in names if any(openings[told[:_OPENING_LETTERS]] > often for told in (n, n.split()[-1])))]


def _how_often(doc: Text, name: str) -> int:
    """How often a name is told, in full or by its last word."""
    return max(doc.low.count(name), _last_word_told(doc, name))


def _last_word_told(doc: Text, name: str) -> int:
    """How often the last word of a name that can stand for it alone is told."""
    last = name.split()[-1]
    return doc.low.count(last) if len(last) > 3 and stands_alone(doc, last, whole=False) else 0


def _with_named(doc: Text, lines: list[tuple[int, Line]], names: Names) -> list[tuple[int, Line]]:
    """The sentences to read, with those that only name a vessel again: "Kent was built on the Clyde." says who "she" is in the next one."""
    read = {number for number, _ in lines}
    more = [
        (n, Line(doc, sentence)) for n, sentence in enumerate(doc.sentences) if names and n not in read and not names.keys().isdisjoint(doc.words[n])
    ]
    return sorted([*lines, *more], key=itemgetter(0)) if more else lines


def _names_again(line: Line, mentions: list[VesselMention], confirmed: frozenset[str]) -> bool:
    """Whether a name that another sentence shows to be a vessel's stands here unmarked, and was passed over."""
    if not confirmed or "vessel" not in line.kinds:
        return False
    named = {fold(line.doc.text[f.start : f.end]) for f in line.found("vessel")} & confirmed
    return bool(named) and not named <= {fold(m.name) for m in mentions if m.name}


_EPITHETS = ("sisters", "twins", "unit", "visitor", "visitors", "intruder", "intruders", "newcomer", "newcomers", "giant")
_REFERRING = frozenset(["neither", "rest", "remainder", "latter", "former", "others", "other", "flagship", *_EPITHETS])
_SIGNS = frozenset(["aboard", "sister", "captain", "crew", "skipper", "seized", "boarded", "hijacked", "detained", "identified"])
_SOME_TOLD = frozenset({"them", "another"})
_NAMING = frozenset({"vessel", "type", "group", "prefix", "number", "class", "classes", "nation"})
_TELLING = frozenset({"vessel", "type", "group", "place", "anaphor", "relative", "nation", "prefix", "carry", "next_day", "day_before"})
_TIME_WORDS = (r"\d", r"(?:day|week)s?\b", rf"\b{_MONTH}(?:\b|uary|ch|il|e|y|ust|t|tember|ober|ember)")  # three looked for apart take half as long
_TIME, _PLAIN_TIME = [re.compile(word) for word in _TIME_WORDS], [re.compile(word, re.ASCII) for word in _TIME_WORDS]


def _lines(doc: Text) -> Iterator[tuple[int, Line]]:
    """The sentences, with their numbers, that hold a word that could name a vessel, a place or a time: most sentences of most texts hold none."""
    telling, times = words_of(doc.matcher, _TELLING, doc.lexicon.function), [-1, -1, -1]
    time, of_time = -1, _PLAIN_TIME if doc.low.isascii() else _TIME  # `time`: where the next word of time stands
    signs = _signs(doc.matcher, doc.lexicon.function)
    for number, (sentence, words) in enumerate(zip(doc.sentences, doc.words, strict=True)):
        if time < sentence.start:
            times = [at if at >= sentence.start else _next(word, doc.low, sentence.start) for word, at in zip(of_time, times, strict=True)]
            time = min(times)
        if time < sentence.end or (not signs.isdisjoint(words) and _may_tell(doc, number, telling)):
            line = Line(doc, sentence)
            if time < sentence.end or not _TELLING.isdisjoint(line.kinds) or _says_not_done(line.words, sentence.end - sentence.start):
                yield number, line


def _next(word: re.Pattern[str], low: str, start: int) -> int:
    """Where a word stands next in a text, or the end of the text."""
    found = word.search(low, start)
    return found.start() if found else len(low)


_DONE = frozenset(["seen", "sighted", "spotted", "observed", "left", "sailed", "arrived", "returned", "moved"])
_NOT = frozenset(["not", "never", "neither", "none", "nothing", "nobody", "yet", "n't", "t"])


_OF_THEM = frozenset(["she", "it", "they", "both", "neither", "them", "her"])
_SHORT = 80
_STATES = frozenset(
    ["moored", "berthed", "docked", "anchored", "alongside", "port", "harbour", "harbor", "sea", "underway", "departed", "back", "gone", "off"]
)


def _says_not_done(words: Collection[str], size: int) -> bool:
    """Whether a sentence without a vessel, place or time may tell something of ships told before: "She has not been seen since", "Both have left"."""
    if not (_DONE.isdisjoint(words) or _NOT.isdisjoint(words)):
        return True
    return size < _SHORT and not _OF_THEM.isdisjoint(words) and not (_DONE.isdisjoint(words) and _STATES.isdisjoint(words))


@lru_cache(maxsize=4)
def _signs(matcher: Matcher, little: frozenset[str]) -> frozenset[str]:
    """Words of which each sentence that tells something holds one: what rules out most sentences of most texts at one glance."""
    return _DONE | _OF_THEM | words_of(matcher, _TELLING, little).keys()


def _may_tell(doc: Text, number: int, telling: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a sentence may hold one of some surfaces: each is known by one of its words."""
    words, sentence = doc.words[number], doc.sentences[number]
    if _says_not_done(words, sentence.end - sentence.start):
        return True
    if telling.keys().isdisjoint(words):
        return False
    known = telling.keys() & words
    text = doc.low[sentence.start : sentence.end]
    return any(not telling[word] or any(map(text.__contains__, telling[word])) for word in known)


def _may_hold_vessel(line: Line) -> bool:
    if not _NAMING.isdisjoint(line.kinds) or not _REFERRING.isdisjoint(line.words):
        return True
    if not _SIGNS.isdisjoint(line.words):
        return True  # "Iran seized the Niovi", "Her sister Karel is in the Red Sea"
    if ("fleet" in line.words and line.doc.numbers_a_fleet) or ("unit" in line.words and line.doc.sails_in_units):
        return True  # "The fleet will return in May"
    if not line.words.isdisjoint(line.doc.lexicon.sets["beside_her_alone"]):
        return True  # "Her shadow put into Portsmouth"
    if line.numerals and not line.doc.side_numbers.isdisjoint(line.words):
        return True  # "The 3304 left on Tuesday"
    if not line.words.isdisjoint(line.doc.lexicon.sets["hull_types"]):
        return True  # "Forrestal (CV-59) arrived in Naples"
    if line.low(0) in ("the", "of") and not POINTS_BACK.isdisjoint(line.lows[1:5]):
        return True  # "The third remained in port"
    if line.low(0) == "another" or (line.low(0) == "a" and line.low(1) in POINTS_BACK):
        return True  # "Another was off Malta", "A third left on Monday"
    if line.numerals and "the" in line.words and any(b.isdecimal() and len(b) < 4 and (a[:1].isupper() or a == "-") for a, b in pairwise(line.texts)):
        return True  # "The Hong Tai 58 left Kaohsiung"
    if "the" in line.words and line.found("trigger") and any(a in ("The", "the") and b[:1].isupper() for a, b in pairwise(line.texts)):
        return True  # "The Fitburg left Saint Petersburg"
    if not _SOME_TOLD.isdisjoint(line.words) and (line.found("number") or any(low.isdecimal() for low in line.lows)):
        return True  # "At Whitsun Reef a satellite picture has 15 of them"
    numbered = line.texts[0][:1].isupper() and any(low.isdecimal() for low in line.lows[1:5]) and bool(line.found("trigger"))  # "Yi Peng 3 sailed"
    return numbered or (not QUOTES.isdisjoint(line.words) and any(a in QUOTES and b[:1].isupper() for a, b in pairwise(line.texts)))


def _read_line(doc: Text, line: Line, number: int, ahead: Ahead, discourse: Discourse) -> list[Told]:
    """The events that a sentence tells; what it tells of vessels, places and days is kept for those behind it."""
    mentions, places = ahead.vessels, ahead.places
    if places and not line.words.isdisjoint(MEANT_BY_TEXT):
        places = [channel_meant(line, p, discourse.places.get("channel")) for p in places]
    dates = _days_of(doc, line, number, mentions, ahead.dates, discourse)
    if _only_sets_scene(doc, line, number, mentions, places, dates, discourse):
        return []
    read_strengths(line, number, places, dates, discourse)
    mentions, groups = _groups_of(line, number, mentions, discourse)
    _note_groups(doc, line, number, groups, discourse)
    if _says_who(line, number, groups, discourse):
        return []
    if "flagship" in line.words:
        _leads_band(line, number, groups, discourse)
    if groups and not line.words.isdisjoint(_ALSO_HAS):
        _joins_lead(line, number, groups, discourse)
    if groups and not line.words.isdisjoint(_MEMBERSHIP):
        _flies_flag(line, number, groups, discourse)
    if groups:
        groups = described(line, groups, places)
        dates = without_described(line, groups, dates)
    scene = Scene(line, number, groups, places, dates, ahead=ahead)
    told = _told_of(scene, discourse, mentions)
    if told:
        set_back(line, told)
    if not groups and not told:
        _welcomed_at(line, number, places, discourse)
    if groups:
        discourse.fleet.name_in_turn(number)
    if len(told) == 1:
        _alike_noted(told[0], discourse, number)
    first_told = not (number and told) and number < _WATCHED_LINES and len(discourse.fleet.vessels) == sum(len(group.vessels) for group in groups)
    if first_told and (_opens_with_one(groups) or _titles_log(line, groups)) and _is_log(doc):
        discourse.keeper = groups[0].vessels
        discourse.fleet.hero = flat(groups[0].vessels[0].name or "") or discourse.fleet.hero
    if places or dates:
        _remember(line, places, dates, discourse, number)
    if dates:
        note_observed(scene, discourse)
        note_scene(scene, told, discourse)
        _note_counted(dates, told, discourse, number)
    return told


_DATELINE_DAY = re.compile(r" ?\([A-Z][\w /.]{1,24}\) ?(?:--|[-–—])")


def _days_of(doc: Text, line: Line, number: int, mentions: list[VesselMention], days: list[DateMention], discourse: Discourse) -> list[DateMention]:
    """The days that a sentence tells, in the month and year of which the text speaks."""
    if not days:
        if discourse.list_date:
            _opens_list(line, days, discourse)
        return days
    found = [d for d in days if not any(m.name and m.start < d.start and d.end <= m.end for m in mentions)]  # "Yi Sun-sin"
    if found and found[0].start == line.sentence.start and (wired := _DATELINE_DAY.match(doc.text, found[0].end)):
        found = [d for d in found if d.start >= wired.end()]  # "June 5 (UPI) -- The group …"
    found = _in_told_year(line, number, found, discourse)
    if found and doc.points_back:
        found = of_that_time(doc.low, found, discourse.interval, discourse.year)
    dates = in_month(doc.low, found, discourse.interval, doc.published)
    _opens_list(line, dates, discourse)
    return dates


def _only_sets_scene(
    doc: Text, line: Line, number: int, mentions: list[VesselMention], places: list[PlaceMention], dates: list[DateMention], discourse: Discourse
) -> bool:
    """Whether a line is a dateline or heads what stands under it; where a report is written and of which day a log tells is kept."""
    block, short = doc.blocks[line.sentence.block], line.sentence.end - line.sentence.start <= _HEADING_CHARS
    opens = line.sentence.start == block.start
    if opens and places and (here := _written_at(doc, line, places[0])):
        discourse.places["here"] = here
    if _is_dateline(doc, line) or (short and not mentions and _governs(line, number, places, dates, discourse)):
        return True
    if dates and opens and dates[0].interval and _opens_log(line, block.kind, dates[0]):
        discourse.block_date = (line.sentence.block, dates[0])
    discourse.fleet.opens_block = opens
    discourse.fleet.number = number
    return False


def _groups_of(line: Line, number: int, mentions: list[VesselMention], discourse: Discourse) -> tuple[list[VesselMention], list[Group]]:
    """The mentions whose vessels are known, and the groups that they make."""
    auxiliaries = line.doc.lexicon.sets["auxiliaries"]
    if "as" in line.words and len(discourse.fleet.subject) > 1 and not _NAMES_AS.isdisjoint(line.words):
        mentions = [m for m, behind in zip(mentions, [*mentions[1:], None], strict=False) if not (behind and _is_said_to_be(line, m, behind))]
    if "of" in line.words and "same" in line.words:
        mentions = _same_group_of(line, mentions)
    for mention in mentions:
        pointed = mention.det == "definite" or (mention.det == "epithet" and (mention.count or 0) > 1)  # "saw the two past the cape"
        mention.acted_on = pointed and line.ending("trigger", mention.first) is not None
        the = not mention.name and line.low(mention.first) == "the"
        new = the and (_ranks_one(line, mention, mentions) or _named_by_clause(line, mention, mentions))
        if new or (mention.group and not mention.name and _is_newcomers(line, mention, mentions, discourse)):
            mention.det = "a"
        if mention.det == "count" and _quoted_again(line, mention, number, discourse):
            mention.det = "definite"
        mention.other = mention.det == "definite" and not (mention.name or mention.plural) and "other" in line.lows[mention.first : mention.last]
        mention.hers = pointed and the and _done_to_by_her(line, mention)
        mention.sort = _sort_of(line, mention)
        mention.acts = mention.group and (line.low(mention.last) in auxiliaries or line.starting("trigger", mention.last) is not None)
    known = [(m, found) for m, found in [(m, discourse.fleet.resolve(m, number)) for m in mentions] if found]
    for mention, found in known:
        if mention.name and line.low(mention.first) == "the" and not _NAMES_HER.isdisjoint(line.lows[mention.first + 2 : mention.last - 1]):
            discourse.fleet.name_defined(found[0], number)
    if not _STEADS.isdisjoint(line.words):
        known = [(m, found) for m, found in known if not _is_replaced(line, m)]
    if line.low(0) == "of" and len(known) > 1 and _is_divided(line, known[0][0], known[1][0]):
        known = known[1:]
    mentions = [m for m, _ in known]
    return mentions, group_mentions(line, mentions, [found for _, found in known], discourse.fleet)


def _quoted_again(line: Line, mention: VesselMention, number: int, discourse: Discourse) -> bool:
    """Whether a quotation opens with as many ships as were named right before it: "The frigates A and B are on their way. "Two frigates passed …"."""
    told = discourse.fleet.subject
    if mention.name or mention.count != len(told) or len(told) < 2 or line.doc.text[max(mention.start - 1, 0)] not in ('"', "“"):
        return False
    like = Vessel(None, mention.count, mention.type, country=mention.country)
    return all(v.name and v.last_sentence == number - 1 and v.type == mention.type and may_be(like, v) for v in told)


def _is_said_to_be(line: Line, mention: VesselMention, behind: VesselMention) -> bool:
    """Whether ships told before are only told to be those named behind them: "identified the target vessels as the tanker A and the bulker B"."""
    several = mention.plural and mention.det == "definite" and not mention.name and behind.name
    return bool(several) and line.low(mention.last) == "as" and behind.first - mention.last <= 2 and line.low(mention.first - 1) in _NAMES_AS


_NAMES_AS = frozenset(["identified", "identifies", "named", "names", "listed", "lists", "gave", "gives"])
_NAMED_TOKENS = 6
_WHOLE_TOKENS = 3


def _is_divided(line: Line, whole: VesselMention, part: VesselMention) -> bool:
    """Whether a sentence opens with the ships of which it tells one or some: "Of the three ships, one frigate was off Jeju"."""
    several = whole.plural or (whole.count or 1) > 1 or whole.group
    opens = several and not whole.name and whole.first <= _WHOLE_TOKENS and line.text(whole.last) == ","
    return opens and before_phrase(line, part.first) <= whole.last


def _same_group_of(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
    """The mentions, those of a group told before with whose ships it is as one: "the same group of Russian ships"."""
    for group, ships in pairwise(mentions):
        of = group.group and not group.name and line.low(group.last) == "of" and ships.first == group.last + 1
        if of and line.low(group.first + 1) == "same" and ships.det == "bare" and ships.plural and not ships.name:
            group.country, group.last, group.end = ships.country, ships.last, ships.end
            return [m for m in mentions if m is not ships]
    return mentions


def _is_newcomers(line: Line, mention: VesselMention, mentions: list[VesselMention], discourse: Discourse) -> bool:
    """Whether a group is that of a ship named right before it, of whom nothing was told yet: "USS Wasp, its amphibious ready group and …"."""
    if not mention.group or line.low(mention.first) not in ("its", "her"):
        return False
    owner = next((m for m in mentions if m.name and 0 < mention.first - m.last <= 2), None)
    told = {flat(v.name) for v in discourse.fleet.vessels if v.name}
    return owner is not None and owner.name is not None and not any(name.endswith(flat(owner.name)) for name in told)


def _named_by_clause(line: Line, mention: VesselMention, mentions: list[VesselMention]) -> bool:
    """Whether a clause tells which ship is meant that is named behind it, and none told before: "The ship that she relieves, the Akebono, …"."""
    if mention.plural or mention.group or line.low(mention.first) != "the" or line.low(mention.last) not in ("that", "which", "whom"):
        return False
    named = next((m for m in mentions if m.name and m.first > mention.last and line.text(before_phrase(line, m.first)) == ","), None)
    return named is not None and line.text(named.last) == "," and "," not in line.lows[mention.last : before_phrase(line, named.first)]


_NAMES_HER = frozenset([",", "(", "–", "—", "named", "called", "identified"])
_SHE, _AUXILIARIES = frozenset(["she", "it"]), frozenset(["has", "had", "is", "was", "will", "to", "would", "been", "be"])
_TO_ANOTHER = ("reliev", "replac", "succeed", "escort", "shadow", "follow", "accompan", "tow", "refuel", "support", "monitor")
_HERS_TOKENS = 4


def _done_to_by_her(line: Line, mention: VesselMention) -> bool:
    """Whether a ship is told as the one whom the ship spoken of relieves or escorts: "the ship she replaced", "the tanker that it had towed"."""
    at = mention.last + (line.low(mention.last) in ("that", "which", "whom"))
    if line.low(at) not in _SHE or line.low(mention.first) != "the":
        return False
    verb = next((n for n in range(at + 1, at + _HERS_TOKENS) if line.low(n) not in _AUXILIARIES), at)
    return line.low(verb).startswith(_TO_ANOTHER)


_PLAIN = frozenset(["ship", "vessel", "boat", "craft", "unit", "lifeboat", "workboat", "launch", "dinghy", "skiff", "speedboat", "drydock", "liner"])


def _sort_of(line: Line, mention: VesselMention) -> str | None:
    """What kind of plain vessel a mention's words tell: of "the fishing boat X" the first, none of "the vessel"."""
    if mention.plural and mention.type in GENERIC and "surface" in line.lows[mention.first : mention.last]:
        return SURFACE  # "the two surface ships" are no submarines
    if mention.type is not VesselType.VESSEL or mention.plural:
        return None
    found = next((f for f in line.found("type") if mention.first <= f.first and f.last <= mention.last and f.data[0] is VesselType.VESSEL), None)
    if found is None or line.low(found.first) in _PLAIN:
        return None
    word = line.low(found.last - 1)
    fishes = line.low(found.first) == "fishing" or "trawler" in line.lows[found.first : found.last]
    return "trawler" if fishes else word if word not in _PLAIN else line.low(found.first)


_RANKS_TOKENS = 12


def _ranks_one(line: Line, mention: VesselMention, mentions: list[VesselMention]) -> bool:
    """Whether a ship told by her rank is named behind, and so none told before: "The last carrier to dock in Manila was USS Abraham Lincoln"."""
    if line.low(mention.first) != "the" or line.low(mention.last) != "to":
        return False
    if line.doc.lexicon.sets["ranks"].isdisjoint(line.lows[mention.first : mention.last]):
        return False
    be = line.doc.lexicon.sets["be"]
    return any(m.name and 0 < m.first - mention.last <= _RANKS_TOKENS and not be.isdisjoint(line.lows[m.first - 2 : m.first]) for m in mentions)


def _opens_with_one(groups: list[Group]) -> bool:
    """Whether a sentence opens with one named vessel."""
    return bool(groups) and groups[0].first <= 1 and len(groups[0].vessels) == 1 and bool(groups[0].vessels[0].name)


_LOGS = frozenset(["log", "logbook", "diary", "journal"])


def _titles_log(line: Line, groups: list[Group]) -> bool:
    """Whether a title says whose log a text is: "Log of the survey ship Enterprise"."""
    return len(groups) == 1 and len(groups[0].vessels) == 1 and bool(groups[0].vessels[0].name) and not _LOGS.isdisjoint(line.words)


def _note_groups(doc: Text, line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Keep who is told together, and give unnamed vessels told before the names that stand here."""
    if not groups:
        read_listing(line, groups, discourse)
        return
    for group in groups:
        if len(group.vessels) == 1:
            group.vessels[0].alone = True
    if len(groups) > 1:
        _listed_behind(line, groups)
        _named_behind(line, number, groups, discourse)
    read_listing(line, groups, discourse)
    if _opens_with_one(groups):
        discourse.fleet.name_lead(groups[0].vessels[0], number)
        discourse.fleet.name_hero(groups[0].vessels[0], number)
    if fresh := [v for g in groups for v in g.vessels if v.name and v.seen_in == number and v.formerly is None]:
        discourse.fleet.name_by_types(fresh, number)
    for group in groups:
        if line.low(before_phrase(line, group.first)) not in ("by", "with", "against", "near", "alongside"):
            discourse.fleet.name_members(group.vessels, number)
    if line.low(0) in _THESE and line.low(1) in ("are", "were") and before_phrase(line, groups[0].first) <= 1:
        discourse.fleet.name_subject([v for g in groups for v in g.vessels], number)
    _identified(line, number, groups, discourse)
    heading = doc.blocks[line.sentence.block].kind == "heading"
    for group in groups:
        if line.low(group.first) != "no" and (not heading or any(v.name for v in group.vessels)):
            discourse.fleet.note(group.vessels)  # a headline's "two ships" are told again below it
    if len(groups) > 1:
        _together_noted(line, groups, discourse)
    if line.low(0) in ("her", "its"):
        _escort_noted(line, groups, discourse)


def _told_of(scene: Scene, discourse: Discourse, mentions: list[VesselMention]) -> list[Told]:
    """What a sentence tells: by its verbs, else by a caption or what stands beside its vessels; of whom the next one speaks is kept."""
    line, number, groups, places, dates = scene.line, scene.number, scene.groups, scene.places, scene.dates
    told = read_scene(scene, discourse, mentions) if groups or line.found("trigger") or holds_shape(scene) else []
    if not told and discourse.told and number - discourse.told[-1].sentence <= _DENIED_SENTENCES and _denies(line):
        _deny(line, number, discourse)
    if told:
        return told
    scene = Scene(line, number, groups, places, dates)
    if not groups:
        return (itinerary(scene, discourse) or read_rest(scene, discourse, [])) if places else []
    told = read_entry(scene, discourse) or read_caption(scene, discourse)
    if told and line.doc.blocks[line.sentence.block].kind == "heading":
        discourse.fleet.hero = ""  # a text in sections is about the ship of each
    told = told or read_rest(scene, discourse, [])
    compared = line.low(before_phrase(line, groups[0].first)) in line.doc.lexicon.sets["compares"]
    in_passing = groups[0].first > _OPENING_TOKENS and (compared or not groups[0].vessels[0].name) and len(discourse.fleet.subject) == 1
    of_any = line.low(before_phrase(line, groups[0].first)) == "of" and line.low(groups[0].first) in ("a", "an") and not groups[0].vessels[0].name
    in_passing = in_passing or (of_any and len(discourse.fleet.subject) == 1)  # "Most upkeep of a warship is done at sea"
    in_passing = in_passing or (groups[0].first > _OPENING_TOKENS and set(groups[0].vessels) < set(discourse.fleet.subject))  # "went aboard HMS Kent"
    in_passing = in_passing or groups[0].vessels[0].word == NOBODY  # "No vessel may anchor there"
    if not in_passing and not keeps_to_her(scene, discourse.fleet.subject):
        discourse.fleet.subject = groups[0].vessels
    return told


def _alike_noted(told: Told, discourse: Discourse, number: int) -> None:
    """Remember as one company ships of which two sentences tell the same: "A left Malta on Monday. B followed on Tuesday. Both …"."""
    before = next((e for e in reversed(discourse.told) if e is not told), None)
    if before is None or number - before.sentence != 1 or told.kind is not before.kind or before.kind not in _MOVES:
        return
    both = (*before.vessels, *told.vessels)
    if len(set(both)) == len(both) and not told.roles and all(v.name and v.count == 1 for v in both):
        discourse.fleet.note(both)


_MOVES = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT})


_NEWEST, _SERIES_TOKENS = frozenset(["latest", "newest", "last", "first"]), 5


def _is_no_ship(line: Line, mention: VesselMention) -> bool:
    """Whether words for a ship mean none in particular, or her people: "No other ship of the Navy is based there", "the ship's company"."""
    if mention.name:
        return False
    of = mention.first - 1
    if (
        "series" in line.words
        and line.low(of) == "of"
        and line.low(of - 1) == "series"
        and not _NEWEST.isdisjoint(line.lows[max(of - _SERIES_TOKENS, 0) : of])
    ):
        return True  # "CCG 5901, the latest in a series of Chinese ships"
    if line.low(mention.last - 1) in ("consort", "consorts") and line.low(of) in ("for", "as") and mention.det != "definite":
        return True  # "HMAS Brisbane, with HMAS Stalwart for a consort, left"
    owns = line.text(mention.last) in ("'", "’")
    own = owns and line.low(mention.last + 2 * (line.low(mention.last + 1) == "s")) == "company"
    if owns and mention.group and line.text(mention.first - 1) == "," and _names_type(line, mention.last):
        return True  # "USS Sacramento, the group's support ship, arrived"
    return (
        own
        or (line.low(mention.first) == "no" and line.low(mention.first + 1) in ("other", "more") and line.low(mention.first + 2) != "than")
        or counts_times(line, mention.first, asides=True)
    )


_TYPE_TOKENS = 7


def _names_type(line: Line, at: int) -> bool:
    """Whether a type of ship, and a comma, stand a few words behind a token."""
    found = next((f for n in range(at, at + _TYPE_TOKENS) if (f := line.starting("type", n))), None)
    return found is not None and line.text(found.last) == ","


def _welcomed_at(line: Line, number: int, places: list[PlaceMention], discourse: Discourse) -> None:
    """Give ships that came home the port whose quay is crowded in the next sentence: "She got home on Friday. Families packed the piers at Rota"."""
    last = discourse.told[-1] if discourse.told else None
    port = next((p for p in places if p.entry and p.is_port and p.how in ("in", None)), None)
    if last is None or port is None or last.kind is not EventKind.ARRIVAL or last.main or number - last.sentence != 1:
        return
    if line.words.isdisjoint(line.doc.lexicon.sets["crowds"]) or line.words.isdisjoint(line.doc.lexicon.sets["port_parts"]):
        return
    last.places["destination"], last.sources["destination"] = port, ("sentence behind", (port.start, port.end))


_STEADS = frozenset(["place", "lieu", "instead", "stead"])


def _is_replaced(line: Line, mention: VesselMention) -> bool:
    """Whether vessels are only told as those that others stand in for: "In place of the frigate, the corvette X is on guard"."""
    at = before_phrase(line, mention.first)
    return line.low(at) == "of" and line.low(at - 1) in _STEADS and line.low(at - 2) not in ("the", "her", "its", "take")


_IDENTIFIES = frozenset(["as", "be", "names", "name"])
_THESE = frozenset(["they", "these", "those"])
_AS_TOKENS = 5


def _identified_as(line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Take the vessels that those told before them are said to be: "A frigate left, believed to be HMS Kent", "It turned out to be X"."""
    told = line.doc.lexicon.sets["identified_as"]
    for at, group in enumerate(groups):
        end = before_phrase(line, group.first) + 1
        as_ = any(" ".join(line.lows[max(end - size, 0) : end]) in told for size in range(1, _AS_TOKENS + 1))
        as_ = as_ or (line.low(end - 1) == "as" and not _NAMES_AS.isdisjoint(line.lows[max(end - _NAMED_TOKENS, 0) : end - 1]))
        if not as_ or not all(v.name for v in group.vessels) or line.text(group.last) not in (".", ",", ";", ":", ")", "", "(", "–", "—"):
            continue
        if at and len(groups[at - 1].vessels) > 1:
            discourse.fleet.identify_each(groups[at - 1].vessels, group.vessels)
            continue
        before = [g.vessels[0] for g in groups[:at] if len(g.vessels) == 1]
        before = before[-1:] or (list(discourse.fleet.subject) if at == 0 and len(discourse.fleet.subject) == 1 else [])
        if not before and len(group.vessels) > 1:  # "A and B escorted two tankers. Officials identified the ships as C and D"
            counted = [v for v in discourse.fleet.recent if v.count == len(group.vessels) and not (v.name or v.members or v.group)]
            near = [v for v in counted if 0 < number - v.last_sentence <= _PART_SENTENCES]
            before = near if len(near) == 1 else []
        if before:
            discourse.fleet.identify(before[0], group.vessels, number)


_ARE = frozenset(["were", "are"])


def _typed_as(line: Line, groups: list[Group], discourse: Discourse) -> None:
    """Ships told by types are those counted before whom they add up to: "The six were identified as two destroyers, three frigates and a tug"."""
    if line.words.isdisjoint(_ARE):
        return
    for before, group in pairwise(groups):
        link = [low for low in line.lows[before.last : before_phrase(line, group.first) + 1] if low not in ("later", "also")]
        told = link in (["were"], ["are"]) or (link[:1] in (["were"], ["are"]) and " ".join(link[-2:]) in line.doc.lexicon.sets["identified_as"])
        whole = before.vessels[0]
        if told and len(before.vessels) == 1 and not whole.members and whole not in group.vessels and _types_add_up(whole, [*group.vessels]):
            whole.members = group.vessels
            for vessel in group.vessels:
                vessel.country = vessel.country or whole.country
            discourse.fleet.put_members()


_IT_IS = (["she"], ["it"], ["this"], ["that"], ["her", "name"], ["its", "name"])


_SAID_TOKENS = 9


def _identified(line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Take vessels that a sentence says others are for these: "A frigate left Malta. It was HMS Kent", "The ship that left Malta was HMS Kent"."""
    if not line.words.isdisjoint(_IDENTIFIES):
        _identified_as(line, number, groups, discourse)
    if len(groups) > 1:
        _typed_as(line, groups, discourse)
    is_ = line.doc.lexicon.sets["be"]
    if is_.isdisjoint(line.words):
        return
    named = next((g for g in groups if all(v.name for v in g.vessels) and line.low(before_phrase(line, g.first)) in is_), None)
    be = before_phrase(line, named.first) if named else -1
    if named is None or line.text(named.last) not in (".", ",", ";", ":", "", "(", "–", "—"):
        return  # "It was HMS Kent that left", "She is HMS Kent's relief"
    first = groups[0]
    if first is named:
        said = line.low(be - 1) in ("it", "she") and be <= _SAID_TOKENS and "," not in line.lows[:be]  # "A tracker says it is the X"
        told = discourse.fleet.subject if line.lows[:be] in _IT_IS or said else ()
    else:
        between = line.lows[first.last : be]
        seen = line.starting("trigger", first.last)
        part = seen is not None and any(form in ("part", "ing") for _, form in seen.data)  # "The ship seen off Malta on Monday is HMS Kent"
        tells = not between or between == ["in", "question"] or between[0] in ("that", "which", "who") or part
        told = first.vessels if tells and first.first <= 1 and line.low(first.first) == "the" else ()
        near = next((g for g in groups if g.last == be and g is not first), None)
        if near and len(named.vessels) > 1 and near.vessels[0].plural and line.low(near.first) in ("the", "these", "both"):
            told = near.vessels  # "Photographs suggest that the ships were the A, B and C"
    if len(told) == 1:
        discourse.fleet.identify(told[0], named.vessels, number)


def _listed_behind(line: Line, groups: list[Group]) -> None:
    """Take the vessels named behind a colon for those only counted in front of it: "four ships will call: the frigates A and B, the tanker C"."""
    colon = line.lows.index(":") if ":" in line.words else _names_all(line, groups)
    if not colon:
        return
    counted = next((g for g in groups if g.last <= colon and len(g.vessels) == 1 and not g.vessels[0].name), None)
    if counted is None:
        return
    named = [v for g in groups if g.first > colon for v in g.vessels]
    if _types_add_up(counted.vessels[0], named, least=3 if line.text(colon) == ":" else 2):
        counted.vessels[0].members = tuple(named)  # "Six vessels passed the strait: three corvettes, two minesweepers and a tug"
        counted.spans = tuple(s for g in groups if g.first > colon for s in g.spans)
        counted.vessels = tuple(named)
        return
    if not _REST.isdisjoint(line.lows[counted.first : counted.last]):
        listed = [g for g in groups if g.first > colon and all(v.name for v in g.vessels)]
        others = any(v is not counted.vessels[0] for g in groups if g.first > colon and g not in listed for v in g.vessels)
        if listed and not others:  # "Six ships are in Oslo. HMS Kent came on Friday. The remaining ships came on Saturday: A, B and C"
            counted.spans, counted.vessels = tuple(s for g in listed for s in g.spans), tuple(v for g in listed for v in g.vessels)
            return
    band = counted.vessels[0].group and all(g.first > colon for g in groups if g is not counted)
    loose = (counted.vessels[0].count is None and counted.vessels[0].plural) or band
    if len(named) > 1 and (loose or counted.vessels[0].count == len(named)) and all(v.name for v in named) and not counted.vessels[0].members:
        counted.vessels[0].members = tuple(named)


_REST = frozenset(["remaining", "other", "others", "rest"])


def _named_behind(line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Take the ship named right behind a colon for the one told by her type before it: "A submarine called at Busan: the Columbus moored"."""
    if ":" not in line.words or len(groups) < _PAIR:
        return
    colon = line.lows.index(":")
    told = next((g for g in reversed(groups) if g.last <= colon), None)
    named = next((g for g in groups if g.first > colon), None)
    if told is None or named is None or not 1 <= named.first - colon <= _BEHIND_COLON or len(told.vessels) != 1 or len(named.vessels) != 1:
        return
    if named.vessels[0].name and told.vessels[0].count == 1 and not told.vessels[0].plural and line.low(told.first) in ("a", "an", "another"):
        discourse.fleet.identify(told.vessels[0], named.vessels, number)


_PAIR, _BEHIND_COLON = 2, 2


def _ends_list(line: Line, at: int) -> bool:
    """Whether a sentence ends at a token, or only says behind a comma what the last ship of a list is: "… and NRP Sines, a patrol vessel of …"."""
    if line.text(at) in (".", ""):
        return True
    explained = line.text(at) == "," and line.low(at + 1) in ("a", "an") and line.starting("type", at + 2) is not None
    return explained and line.doc.lexicon.sets["auxiliaries"].isdisjoint(line.lows[at:])


def _types_add_up(counted: Vessel, listed: list[Vessel], *, least: int = 3) -> bool:
    """Whether ships listed by their types are as many as were counted, so that these are they."""
    typed = len(listed) > 1 and all(v.type is not None and v.type not in GENERIC for v in listed)
    plain = counted.type in GENERIC and not counted.group and (counted.count or 0) >= least
    return typed and plain and all(v.name is None for v in listed) and sum(v.count or 0 for v in listed) == counted.count


def _types_told(line: Line, counted: Group, listed: list[Group]) -> bool:
    """Whether a clause ends in the types of the ships it counts: "Three ships were seen off Okinawa, a destroyer and two frigates, he said"."""
    end, comma = listed[-1].last, before_phrase(line, listed[0].first)
    ends = line.text(end) in (".", "") or (line.text(end) == "," and line.low(end + 1) not in _GOES_ON_LIST)
    return ends and len(listed) == 1 and line.text(comma) == "," and _types_add_up(counted.vessels[0], [*listed[0].vessels], least=2)


_GOES_ON_LIST = frozenset(["and", "which", "who", "while", "but", "whose", "both", "a", "an", "two", "three"])


def _names_all(line: Line, groups: list[Group]) -> int | None:
    """The comma behind which a sentence ends in the names of as many ships as it counts: "is the goal of two ships that left Kiel, A and B"."""
    counted = next((g for g in groups if len(g.vessels) == 1 and not g.vessels[0].name and (g.vessels[0].count or 0) > 1), None)
    named = [g for g in groups if counted and g.first >= counted.last]
    if counted and named and _types_told(line, counted, named):
        return before_phrase(line, named[0].first)
    if counted is None or not named or not _ends_list(line, named[-1].last) or sum(len(g.vessels) for g in named) != counted.vessels[0].count:
        return None
    comma = before_phrase(line, named[0].first)
    listed = all(line.low(n) in (",", "and", "the") for a, b in pairwise(named) for n in range(a.last, b.first))
    return comma if line.text(comma) == "," and listed and all(v.name for g in named for v in g.vessels) else None


_PART_SENTENCES = 3
_OPENS_PART = frozenset(["the", "its", "their"])


def _says_who(line: Line, number: int, groups: list[Group], discourse: Discourse) -> bool:
    """Take the vessels that a sentence lists for the group told before: "SNMG2 left … It consists of the flagship A and the frigates B and C"."""
    opens, sets = line.low(0), line.doc.lexicon.sets
    part = 1 + (line.starting("nation", 1) is not None)
    pointed = opens in sets["points_at_group"] or (opens in _OPENS_PART and line.low(part) in sets["taking_part"])
    fronted = line.opens(0, sets["members_front"])
    if not pointed and not fronted:
        return False
    first = next((g for g in groups if any(v.name for v in g.vessels)), None)
    named = [v for g in groups for v in g.vessels if v.name]
    inverted = first is not None and fronted and line.low(before_phrase(line, first.first)) in sets["be"]
    if not inverted and not pointed:
        return False
    if first is None and pointed:
        first = groups[0] if groups else None
    if first is None or (len(named) < 2 and not _mixed(groups, first)):
        return False
    small = line.doc.lexicon.sets["little_in_lists"]
    words = " ".join(w for w in line.lows[1 + (opens in _OPENS_PART) * part : before_phrase(line, first.first) + 1] if w not in small and w.isalpha())
    led = words in sets["says_lead"] and not _TELLS_MORE.isdisjoint(line.words)
    if (not inverted and not led and words not in sets["says_members"]) or (words in ("are", "were") and opens == "it"):
        return False
    some = words in ("include", "includes", "included")
    listed = [v for g in groups if g.first >= first.first for v in g.vessels]
    named = listed if not some and _mixed(groups, first) else named
    bands = [v for v in discourse.fleet.recent if _is_band(v, named, number) and (v.group or not some)]
    if not bands and sum(v.count or 0 for v in listed) > len(named):  # "Those ten ships included the corvettes A and B, a tug and a tanker …"
        named = listed
    bands = bands or [v for v in discourse.fleet.recent if v.count and _is_band(v, listed, number) and v.count == sum(o.count or 0 for o in listed)]
    for band in bands:
        if band.last_sentence == max(v.last_sentence for v in bands):
            band.members = tuple(dict.fromkeys(named))
    if bands:
        discourse.fleet.put_members()
        discourse.fleet.subject = tuple(dict.fromkeys(named))
    return bool(bands)


_TELLS_MORE = frozenset(["includes", "comprises", "numbers", "consists"])
"""Behind the lead of a group they list the others: "It is led by the frigate A and includes B and C"."""


def _mixed(groups: list[Group], first: Group) -> bool:
    """Whether a list has ships without a name in it, each of them counted."""
    listed = [v for g in groups if g.first >= first.first for v in g.vessels]
    counted = all(v.name or (v.count and v.type not in GENERIC and not v.group) for v in listed)
    return counted and len(listed) > 1 and any(not v.name for v in listed)


def _leads_band(line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Take the flagship and those that she is told to lead for the group told before: "The flagship X leads the minehunters Y and Z"."""
    if "flagship" not in line.lows[:4] or line.low(0) not in ("the", "its", "her"):
        return
    first = next((n for n, g in enumerate(groups) if g.vessels[0].name), None)
    if first is None or first + 1 >= len(groups) or not all(v.name for g in groups[first:] for v in g.vessels):
        return
    between = [w for w in line.lows[groups[first].last : before_phrase(line, groups[first + 1].first) + 1] if w.isalpha() and w != "the"]
    if " ".join(between) not in line.doc.lexicon.sets["flagship_leads"]:
        return
    named = list(dict.fromkeys(v for g in groups[first:] for v in g.vessels))
    bands = [v for v in discourse.fleet.recent if v.group and _is_band(v, named, number)]
    if bands:
        max(bands, key=lambda v: v.last_sentence).members = tuple(named)
        discourse.fleet.put_members()
        discourse.fleet.note(named)


_LEAD_SENTENCES = 2


def _joins_lead(line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Take the ships that a group led by one "also includes" as going with her: "A group led by the cruiser X left. It also includes the tug Y"."""
    fleet, band = discourse.fleet, next((f for f in line.found("group") if f.first <= 2), None) if line.low(0) == "the" else None
    at = next((n for n in line.where(_ALSO_HAS) if line.low(n - 1) in ("also", ",") or n <= _LEAD_SENTENCES + 1), None)
    led = _led(line, number, discourse) if at is not None and groups and (band or line.low(0) == "it") else None
    if at is None or led is None:
        return
    lead, listed, named = led[1], groups[-1], [v for g in groups for v in g.vessels]
    if lead in named or not all(v.name for v in named) or of_other_nations(Group(0, 0, (lead,), ((0, 0),)), listed):
        return
    within = band is not None and len(groups) == 1 and listed.first <= band.last
    if not (within or listed.first > at):
        return
    whole = tuple(dict.fromkeys((lead, *named)))
    for word, told in fleet.bands.items():
        if told == tuple(named):
            fleet.bands[word] = whole
    if within:
        listed.vessels, listed.spans = whole, (listed.spans[0], *listed.spans)
    for vessel in fleet.recent:
        if vessel is led[0] or vessel.members == tuple(named):
            vessel.members = whole
    fleet.subject = fleet.as_one = whole
    fleet.put_members()
    fleet.note(whole)


def _led(line: Line, number: int, discourse: Discourse) -> tuple[Vessel, Vessel] | None:
    """The group told just before by the one ship that leads it, and that ship: "A group led by the cruiser X left"."""
    subject = discourse.fleet.subject
    lead = subject[0] if len(subject) == 1 and subject[0].name and subject[0].mentions else None
    if lead is None or not 0 < number - lead.last_sentence <= _LEAD_SENTENCES:
        return None
    band = next((v for v in reversed(discourse.fleet.recent) if v.group and not v.name and v.members == (lead,) and v.mentions), None)
    return (band, lead) if band else None


_ALSO_HAS = frozenset(["includes", "included", "include", "comprises", "comprised", "has"])


def _flies_flag(line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Let a ship go where her group goes: "The flotilla, whose flagship is the destroyer X, came home", "…, to which the destroyer Y belongs"."""
    lead, here = _member_of(line, groups)
    if lead is None:
        return
    bands = [here.vessels[0]] if here else [v for v in discourse.fleet.recent if v.group and _is_band(v, [*lead.vessels], number)]
    band = max(bands, key=lambda v: v.last_sentence, default=None)
    if band is None or band.name or band.members or not band.group:
        return
    band.members = (band, *lead.vessels)
    discourse.fleet.put_members()
    if here:
        here.vessels, here.spans = band.members, (here.spans[0], *lead.spans)
    elif set(discourse.fleet.subject) <= set(band.members):
        discourse.fleet.subject = band.members


def _member_of(line: Line, groups: list[Group]) -> tuple[Group | None, Group | None]:
    """The ship that a sentence tells to lead a group or to belong to it, and the group where the same sentence tells that: else the one before."""
    if line.words.isdisjoint(_MEMBERSHIP):
        return None, None
    for lead in groups:
        at = before_phrase(line, lead.first)
        led = line.low(at - 1) == "flagship" and line.low(at) in line.doc.lexicon.sets["be"] and line.low(at - 2) in ("whose", "its")
        belongs = line.low(at) == "which" and line.low(at - 1) == "to" and line.low(lead.last) in _MEMBERSHIP
        if not (led or belongs) or len(lead.vessels) != 1 or not lead.vessels[0].name:
            continue
        begin = at - 2 if led else at - 1
        here = next((g for g in groups if g.last in (begin, begin - 1) and g is not lead), None)
        within = belongs or line.low(at - 2) == "whose"
        return (lead, here) if here or not within else (None, None)
    return None, None


_MEMBERSHIP = frozenset(["flagship", "belongs", "belonged"])


def _is_band(vessel: Vessel, named: list[Vessel], number: int) -> bool:
    """Whether an unnamed group told just before may be the one that some vessels make up."""
    fits = not vessel.name and not vessel.members and (vessel.group or vessel.plural) and number - vessel.last_sentence <= _PART_SENTENCES
    counted = vessel.group or vessel.count in (None, sum(v.count or 0 for v in named))
    return fits and counted and vessel not in named and (not vessel.country or any(v.country in (None, vessel.country) for v in named))


def _is_log(doc: Text) -> bool:
    """Whether the text is kept as a log: at least three of its blocks or clauses open with a day."""
    return len(_ENTRY.findall(f"\n{doc.low}")) >= 3


_WATCHED_LINES = 3


def _watched(lines: list[tuple[int, Line]], mentions: dict[int, list[VesselMention]]) -> PlaceMention | None:
    """The one strait or port that the head of a log names: whatever passes, comes or goes there is told without it below."""
    titled = [p for number, line in lines[:1] if number == 0 for p in find_places(line, mentions[number]) if p.is_port or p.is_passage]
    if len({p.name for p in titled}) == 1:
        return titled[0]  # "Ship movements at Gibraltar, week ending 15 December"
    head = [p for number, line in lines[:_WATCHED_LINES] if number < _WATCHED_LINES for p in find_places(line, mentions[number]) if p.entry]
    passages, ports = {p.name: p for p in head if p.is_passage}, {p.name: p for p in head if p.is_port}
    return next((next(iter(named.values())) for named in (passages, ports) if len(named) == 1), None)


_OPENS_PROSE = frozenset(["in", "all", "over", "during", "since", "between", "from", "earlier", "later", "last", "this", "next"])


def _opens_log(line: Line, kind: str, first: DateMention) -> bool:
    """Whether a date opens an entry of a log, and so holds for all of it: "18 Feb – Slipped from Toulon. …"."""
    behind = line.low(line.at_offset(first.end))
    if line.low(0) in _OPENS_PROSE:
        return False  # "In the autumn, …", "Earlier this month, …"
    if kind != "bullet" and behind == "," and first.kind == "relative":
        return False  # "Today, the minister announced that …"
    return line.at_offset(first.start) == 0 and (kind == "bullet" or behind in (",", ":", "-", "–", "—", "."))


_DENIED_SENTENCES = 2
"""What a sentence takes back was told no more than so many sentences before it."""


def _denies(line: Line) -> bool:
    """Whether a short sentence takes back what the one before it told: "There is no truth in it"."""
    words = " ".join(line.lows[:14])
    return any(map(words.__contains__, line.doc.lexicon.sets["denials"]))


def _deny(line: Line, number: int, discourse: Discourse) -> None:
    for event in discourse.told[-20:]:
        weak = event.stance.modality in (Modality.POSSIBLE, Modality.REPORTED, Modality.PLANNED)
        if 0 < number - event.sentence <= _DENIED_SENTENCES and weak:
            event.stance = Stance(Modality.NEGATED, line.doc.text[line.sentence.start : line.sentence.end][:60])


def _together_noted(line: Line, groups: list[Group], discourse: Discourse) -> None:
    """Remember as one company what a sentence tells as together: "A, B and C … together with D"."""
    if line.words.isdisjoint(("with", "by")):
        return
    beside = [
        g
        for g in groups
        if line.low(g.first - 1) == "with"
        and (line.low(g.first - 2) in ("together", "along", "company", "") or line.low(g.last + (line.low(g.last) == "in")) == "company")
    ]
    beside = beside or [g for g in groups if _attended_by(line, g, groups)]
    named = [g for g in groups if g not in beside and any(v.name for v in g.vessels)]
    if beside and named:
        owner = next((g for g in named if g.last in (beside[0].first - 1, beside[0].first - 2)), named[0])
        discourse.fleet.note(tuple(dict.fromkeys(v for g in (owner, *beside) for v in g.vessels)))


def _escort_noted(line: Line, groups: list[Group], discourse: Discourse) -> None:
    """Remember a ship with those who are told to make up her escort: "Her escort is made up of the frigates A and B. The group …"."""
    subject = discourse.fleet.subject
    if line.low(1) not in line.doc.lexicon.sets["consorts"] or len(subject) != 1 or not groups:
        return
    named = groups[-1]
    makes_up = not _MAKES_UP.isdisjoint(line.lows[2 : named.first + 1])
    if makes_up and all(v.name for v in named.vessels) and subject[0] not in named.vessels:
        discourse.fleet.note((*subject, *named.vessels))


_MAKES_UP = frozenset(["made", "consists", "consisted", "comprises", "comprised", "includes", "included"])


def _attended_by(line: Line, group: Group, groups: list[Group]) -> bool:
    """Whether vessels are told right behind another of their nation as those that go with her: "the carrier X, escorted by A and B, left"."""
    by = before_phrase(line, group.first)
    if line.low(by) != "by" or line.low(by - 1) not in line.doc.lexicon.sets["attended"]:
        return False
    owner = next((g for g in groups if g.last in (by - 1, by - 2)), None)
    before = [g for g in groups if g.last < by]
    if owner is None and len(before) == 1 and (line.text(by - 2) == "," or line.low(by - 2) in ("is", "are", "was", "were", "being")):
        owner = before[0]  # "The carrier left Toulon, escorted by A and B. The group …"
    return owner is not None and not of_other_nations(owner, group)


_SECTIONS = frozenset(
    ["in", "port", "at", "sea", "underway", "alongside", "harbour", "harbor", "arrivals", "departures", "arrived", "sailed", "expected", "ships", ":"]
)
"""The words of headings over ships in port or at sea, which tell nothing by themselves."""


_HEADING_CHARS = 70


def _governs(line: Line, number: int, places: list[PlaceMention], dates: list[DateMention], discourse: Discourse) -> bool:
    """Whether a short sentence without ships is a heading of nothing but a date or a place, which then governs what stands under it."""
    if discourse.voyage and discourse.voyage[:2] == (line.sentence.block, number - 1):
        return False  # "Rota 1-3 Dec; Souda Bay 7-9 Dec"
    if not places and not dates and line.doc.blocks[line.sentence.block].kind == "heading" and _SECTIONS.issuperset(line.lows):
        discourse.heading_place, discourse.captioned = None, ()
        return True
    if any(form != "noun" for found in line.found("trigger") for _, form in found.data):
        return False
    rest = sum(map(str.isalnum, line.texts))
    days = [d for d in dates if d.kind == "absolute" or (d.kind == "weekday" and (line.text(line.size - 1) == ":" or _fills_block(line, d)))]
    dated = sum(sum(map(str.isalnum, line.texts[line.at_start(d.start) : line.at_start(d.end)])) for d in days)
    goes_on = line.doc.blocks[line.sentence.block].end - line.sentence.end > 2
    if dates and dated >= rest - 2 and dated and goes_on and any(p.entry for p in places):
        return True  # "QINGDAO, Dec. 8 (Xinhua) --" dates the report, not what it tells
    if discourse.keeper and any(p.entry for p in places):
        return False  # "15 Jan – Gibraltar, fuel" is an entry of a ship's log
    if days and line.sentence.block <= _HEAD_BLOCKS and not line.words.isdisjoint(line.doc.lexicon.sets["report_labels"]):
        return True  # "Last updated: 8 March 2025"
    if dates and dated >= rest - 2 and dated:
        heading = days[0]
        in_a_log = discourse.heading_date is not None or line.sentence.block > _HEAD_BLOCKS
        block = line.doc.blocks[line.sentence.block]
        if _POST.match(line.doc.text, block.start, block.end):
            discourse.block_date = (line.sentence.block, heading)  # "5/ 18 July. A satellite caught …" dates that post alone
        elif in_a_log or not heading.interval or not _dates_the_report(line, heading):
            discourse.heading_date, discourse.heading_place = heading, None
            if heading.interval:
                discourse.note_date(heading.interval, number)
        return True  # a date at the head that is the publication day dates the document, not what stands under it
    placed = sum(p.last - p.first for p in places if p.entry)
    if line.doc.blocks[line.sentence.block].kind == "heading" and places and placed >= rest - 2 and places[0].entry:
        discourse.heading_place, discourse.captioned = places[0], ()
        return True
    return False


def _fills_block(line: Line, day: DateMention) -> bool:
    """Whether a weekday stands alone in its paragraph, behind the first: the heading of what was seen on it."""
    block = line.doc.blocks[line.sentence.block]
    return line.sentence.block > 0 and line.doc.text[block.start : block.end].strip(" .:*#-") == line.doc.text[day.start : day.end].strip(" .:")


_POST = re.compile(r"\d{1,2}/(?:\d{1,2})?\s")
"""What opens a post of a thread."""


def _dates_the_report(line: Line, heading: DateMention) -> bool:
    """Whether a date at the head is the report's: the publication day, or with a city one right before it: "New Delhi, March 24"."""
    published, day = line.doc.published, heading.interval.start if heading.interval else None
    if published is None or day is None:
        return False
    first = line.at_offset(heading.start)
    city = first > 1 and line.text(first - 1) == "," and line.text(first - 2)[:1].isupper()
    return day == published or (city and 0 < (published - day).days <= _REPORT_DAYS and not _is_log(line.doc))


_YEAR_SENTENCES = 2


def _in_told_year(line: Line, number: int, dates: list[DateMention], discourse: Discourse) -> list[DateMention]:
    """The times of a sentence, those without a year in the one that its paragraph told just before."""
    sentence, block, told = discourse.year_told or (-9, -1, None)
    near = told if number - sentence <= _YEAR_SENTENCES and block == line.sentence.block else None
    found, last = in_told_year(line, dates, near)
    if last:
        discourse.year_told = (number, line.sentence.block, last)
    return found


def _opens_list(line: Line, dates: list[DateMention], discourse: Discourse) -> None:
    """Remember the day of a line with a colon for the list below it: "On Monday these movements were seen:", "Over the past 24 hours:"."""
    block, kinds = line.sentence.block, line.doc.blocks
    days = [d for d in dates if d.interval]
    if line.text(line.size - 1) == ":" and len(days) == 1 and block + 1 < len(kinds) and kinds[block + 1].kind == "bullet":
        discourse.list_date = (block, days[0])
    elif discourse.list_date and discourse.list_date[0] in (block, block - 1) and kinds[block].kind == "bullet":
        discourse.list_date = (block, discourse.list_date[1])


def _is_dateline(doc: Text, line: Line) -> bool:
    start, end = line.sentence.start, line.sentence.end
    opening = opening_dateline(doc.text, start, doc.blocks[line.sentence.block].end)
    return bool(DATELINE.fullmatch(doc.text, start, end)) or (opening is not None and opening.end() == end)


_SHORT_CITY = 3


def _written_at(doc: Text, line: Line, place: PlaceMention) -> PlaceMention | None:
    """The place of a dateline, at which "here" is: "NORFOLK, Va. – ", "VISAKHAPATNAM: The frigates …", "Jakarta (ANTARA) - ". None elsewhere."""
    begin, block = line.sentence.start, doc.blocks[line.sentence.block]
    if place.entry is None:
        return None
    dashed = DATELINE.match(doc.text, begin, block.end)
    if dashed and place.end <= dashed.end():
        return place
    if line.sentence.block > _HEAD_BLOCKS or place.first > 0:
        return None
    goes_on = any(low.isalpha() for low in line.lows[place.last :]) and doc.text[begin : line.sentence.end].isupper()  # a headline
    capitals = doc.text[place.start : place.end].isupper() and place.end - place.start > _SHORT_CITY and not goes_on
    close = (
        next((n for n in range(place.last + 1, min(place.last + 5, line.size)) if line.text(n) == ")"), None)
        if line.text(place.last) == "("
        else None
    )
    told_by = close is not None and line.text(close + 1) in ("-", "–", "—", ";", ":", "")
    return place if (capitals and line.text(place.last) in (",", ":", "(", "—", "–", "-", ".")) or told_by else None


def _holds_one(place: PlaceMention, before: list[PlaceMention], tree: PlaceTree) -> bool:
    """Whether a place only says where one told before it in the sentence lies: "there" is then the narrower one."""
    return any(p.entry and place.entry and p.is_port and tree.inside(p.entry.key, place.entry.key) for p in before)


_COUNTED = frozenset(
    ["next_day", "day_before", "offset", "day_then", "weekday_then", "weekday_that", "weekday_before", "weekday_in", "weekday_after"]
)


def _note_counted(dates: list[DateMention], told: list[Told], discourse: Discourse, number: int) -> None:
    """Remember a day that was counted from one told before: "The next day she passed Ushant. That evening she was off Brest."."""
    spans = {(d.start, d.end) for d in dates if d.kind in _COUNTED}
    for event in told:
        if event.interval and event.sources.get("date", ("", None))[1] in spans:
            discourse.note_date(event.interval, number)


def _says_whose(line: Line, place: PlaceMention) -> bool:
    """Whether a port only says where a ship is at home: "The San Diego destroyer USS Sterett"."""
    return line.starting("type", place.last) is not None and line.low(place.first - 1) in ("the", "a", "an", "two", "three")


def _remember(line: Line, places: list[PlaceMention], dates: list[DateMention], discourse: Discourse, number: int) -> None:
    tree, islands = line.doc.gazetteer.places.tree, line.doc.lexicon.sets["island_lands"]
    note_area(number, places, discourse)
    for at, place in enumerate(places):
        if place.entry:
            if not at or not _holds_one(place, places[:at], tree):
                discourse.places["any"] = place
            if place.entry.kind in LAND_KINDS:
                discourse.places["land"] = place
            if place.is_port and not (place.how is None and _says_whose(line, place)):
                discourse.fleet.home = discourse.fleet.home or place.entry.country
                discourse.places["port"] = place
                discourse.port_told = number
            if place.entry.kind in WATER_KINDS:
                discourse.places["water"] = place
            if place.is_passage:
                discourse.places["passage"] = discourse.places[place.entry.kind.value] = place
            if place.entry.kind is PlaceKind.GULF:
                discourse.places["gulf"] = place
            if place.name.endswith(ZONE_NAME):
                discourse.places["zone"] = place
            if place.entry.kind is PlaceKind.ISLAND or place.name.lower() in islands:
                discourse.places["island"] = place
                if place.name.endswith("Islands"):
                    discourse.places["islands"] = place
    several = sum(1 for d in dates if d.interval) > 1
    for mention in dates:
        if mention.warning:
            discourse.warnings.append(mention.warning)
        if mention.interval and not (mention.bare and _looks_back(line)) and not (several and dates_the_saying(line, mention)):
            discourse.note_date(mention.bare or mention.interval, number)
        elif mention.kind in ("relative", "weekday", "absolute"):
            discourse.warnings.append("a relative date stays open: the document has no publication date")


def _looks_back(line: Line) -> bool:
    """Whether "since" looks back from the day told before, which goes on: "Since 7 May she had been moored there"."""
    return "since" in line.words and any(line.low(n - 1) not in ("has", "have") for n in line.where(_HAD))


_HAD = frozenset(["had"])


# --- the document's result
