"""The stages in order: text in, vessels and events out. Pure: no store, no disk, no clock."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter

from tracker.collector import uncollected
from tracker.domain.kinds import Modality
from tracker.domain.names import fold
from tracker.domain.records import Extraction
from tracker.domain.when import is_report_day
from tracker.errors import InputError, TrackerError, UsageError
from tracker.extract.again import Names, find_again, find_logged, hulls_told, told_names, told_short, with_short
from tracker.extract.capitals import in_small_letters
from tracker.extract.captions import read_caption
from tracker.extract.careers import tells_in_general
from tracker.extract.carried import note_observed
from tracker.extract.clauses import find_triggers
from tracker.extract.counted_through import TO, counted_through
from tracker.extract.dates import DateMention, find_dates, in_month, in_told_year, of_that_time
from tracker.extract.described import described, without_described
from tracker.extract.due_there import DUE, due_there
from tracker.extract.entry_days import of_entry
from tracker.extract.events import keeps_to_her, pass_again, read_rest, read_scene
from tracker.extract.fragments import read_fragment
from tracker.extract.fragments_of_her import read_of_her
from tracker.extract.groups import before_phrase
from tracker.extract.had_before import week_before
from tracker.extract.headings import only_sets_scene, opens_list
from tracker.extract.hero import hero_of
from tracker.extract.in_passing import is_of_another
from tracker.extract.itinerary import itinerary
from tracker.extract.kept import alike_noted, lie_with_the_rest, note_counted, note_groups, remember, welcomed_at
from tracker.extract.labelled import read_label, with_label
from tracker.extract.led_groups import LEADS, WITH_HER, led_by, with_lead
from tracker.extract.line import Line, Text
from tracker.extract.log_weekdays import beside_entry
from tracker.extract.logs import (
    WATCHED_LINES,
    haven_of,
    is_log,
    keeps_entries,
    opens_with_one,
    strait_of,
    titled_places,
    titles_log,
    watched,
)
from tracker.extract.members import ALSO_HAS, MEMBERSHIP, flies_flag, joins_lead, says_who
from tracker.extract.mention import NOBODY, VesselMention
from tracker.extract.modality import Stance
from tracker.extract.named_later import name_in_turn
from tracker.extract.noted_port import date_as_noted, note_head
from tracker.extract.of_old import is_not_of_now
from tracker.extract.on_watch import note_ways
from tracker.extract.other_matters import is_about_other_matters
from tracker.extract.outcome import outcome_of
from tracker.extract.places import MEANT_BY_TEXT, at_door, channel_meant, find_places
from tracker.extract.places_set_aside import is_set_aside
from tracker.extract.port_places import names_berth, only_how_long
from tracker.extract.rosters import told_before, told_beside
from tracker.extract.saying import dates_the_saying
from tracker.extract.scene import Ahead, Discourse, Group, Scene, Told
from tracker.extract.scene_day import note_scene
from tracker.extract.sections import read_entry, titles_of
from tracker.extract.shapes import holds_shape, shapes_of
from tracker.extract.ships_log import note_company
from tracker.extract.ships_log_shape import in_entry, note_shape
from tracker.extract.strengths.reader import read_strengths
from tracker.extract.takes_part import goes_on_about
from tracker.extract.typeset import even, told_back, unchanged
from tracker.extract.unquoted import unquoted
from tracker.extract.vessels import find_vessels
from tracker.extract.when import set_back
from tracker.extract.who_is_told import groups_of, is_no_ship
from tracker.extract.worth_reading import may_hold_vessel, worth_reading
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import flat, load_lexicon

_OPENING_TOKENS = 3
"""Unnamed ships that stand further behind in a sentence without an event are told in passing."""
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
    laid_out = even(text, lexicon, gazetteer.places)
    plain = laid_out.text if laid_out else text
    written = in_small_letters(plain, gazetteer, lexicon)
    found = _extract(written, published, gazetteer)
    return told_back(found, text, laid_out or unchanged(text)) if laid_out or written is not plain else found


def _extract(text: str, published: date | None, gazetteer: Gazetteer) -> Extraction:
    lexicon = load_lexicon()
    doc = Text(unquoted(text, gazetteer, lexicon), published, gazetteer, lexicon, original=text)
    if not is_english(doc.low, doc.lexicon.sets["english"], doc.lexicon.sets["foreign"]):
        return Extraction(warnings=("the text doesn't look like English; nothing was read from it",), language="other")
    discourse = Discourse(published=published)
    with uncollected():  # nothing of a document is garbage before it is read; looking for some costs a fifth of the time of a long one
        told = _read(doc, discourse)
        return outcome_of(doc, discourse, [] if is_about_other_matters(doc, told) else told)


def is_english(low: str, known: frozenset[str], foreign: frozenset[str]) -> bool:
    """Whether a text may be English, by its first words: enough are words that hardly another language has, or hardly any are another's.

    A text of few words is given the benefit of the doubt; lists of ships and places have no words of any language.
    """
    words = (_PLAIN_WORD if low.isascii() else _WORD).findall(low, 0, 6000)
    plain = sum(map(str.isascii, words))
    if 2 * plain < len(words):
        return False  # another script
    if len(words) < 12 or sum(map(known.__contains__, words)) >= 0.1 * len(words):
        return True
    others = sum(map(foreign.__contains__, words))
    return others < 0.15 * len(words) if len(words) < 25 else plain >= 0.9 * len(words) and others < 0.1 * len(words)


def _read(doc: Text, discourse: Discourse) -> list[Told]:
    lines = list(worth_reading(doc))
    mentions = {number: find_vessels(line, frozenset()) if may_hold_vessel(line) else [] for number, line in lines}
    confirmed = frozenset(fold(m.name) for found in mentions.values() for m in found if m.name and m.signed)
    discourse.titles = titles_of(doc)
    discourse.watch = watched(doc, lines, mentions, listed=bool(discourse.titles))
    discourse.kept = is_log(doc)
    if lines and (discourse.titles or discourse.kept):
        discourse.watch = strait_of(doc, titled_places(lines, mentions, listed=bool(discourse.titles)), discourse.watch)
    if discourse.watch is not None and discourse.watch.is_passage:
        discourse.haven = haven_of(lines, mentions, discourse.watch)
    logged = discourse.watch is not None and discourse.watch.is_port
    discourse.entries = logged and (bool(discourse.titles) or keeps_entries(doc))
    names = told_names(doc, (m for found in mentions.values() for m in found), logged=logged)
    hulls = hulls_told(m for found in mentions.values() for m in found) if logged else {}
    short = told_short((line, mentions[number]) for number, line in lines)
    discourse.fleet.hero = hero_of(doc, mentions)
    lines = _with_named(doc, lines, names)
    for number, line in lines:
        if _names_again(line, mentions.setdefault(number, []), confirmed):
            mentions[number] = find_vessels(line, confirmed)
        if not names.keys().isdisjoint(line.words):
            mentions[number] = find_again(line, mentions[number], names)
        if discourse.entries and number:
            mentions[number] = find_logged(line, mentions[number], hulls)
        mentions[number] = with_short(line, mentions[number], short) if short else mentions[number]
    told: list[Told] = []
    number = min(lines[0][0], 1) if lines else 0
    aheads = _found_ahead(lines, mentions)
    note_shape(doc, [(line, ahead.vessels, ahead.dates) for (_, line), ahead in zip(lines, aheads, strict=True)], discourse)
    for (_, line), ahead in zip(lines, aheads, strict=True):
        found = _read_line(doc, line, number, ahead, discourse)
        told.extend([event for event in found if not is_not_of_now(event, line, discourse)])
        number += bool(found or ahead.vessels or ahead.places or any(d.interval and not dates_the_saying(line, d) for d in ahead.dates))
    return told


def _found_ahead(lines: list[tuple[int, Line]], mentions: Mapping[int, list[VesselMention]]) -> list[Ahead]:
    """What asks nothing of the sentences before, found in all at once: a stage whose code and tables are still at hand runs in half the time."""
    places = [[at_door(line, p) for p in find_places(line, mentions[number]) if not is_set_aside(line, p)] for number, line in lines]
    dates = [find_dates(line) for _, line in lines]
    vessels = [[m for m in mentions[number] if m.det != "former" and not is_no_ship(line, m)] for number, line in lines]
    triggers = [find_triggers(line, there, where) for (_, line), there, where in zip(lines, vessels, places, strict=True)]
    shapes = [shapes_of(line) for _, line in lines]
    return [Ahead(*found) for found in zip(vessels, places, dates, triggers, shapes, strict=True)]


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


def _read_line(doc: Text, line: Line, number: int, ahead: Ahead, discourse: Discourse) -> list[Told]:
    """The events that a sentence tells; what it tells of vessels, places and days is kept for those behind it."""
    mentions, places = ahead.vessels, ahead.places
    if places and not line.words.isdisjoint(MEANT_BY_TEXT):
        places = [channel_meant(line, p, discourse.places.get("channel")) for p in places]
    if places and discourse.watch and discourse.watch.is_port:
        places = [p for p in places if not names_berth(line, p) and not any(d.start <= p.start < d.end for d in ahead.dates)]  # "MON: …" is no Møn
    dates = _days_of(doc, line, number, mentions, ahead.dates, discourse)
    if places or discourse.noted:
        note_head(line, mentions, places, dates, discourse)
    if dates and discourse.watch and discourse.watch.is_port:
        dates = [d for d in dates if not only_how_long(line, d)]
    if places and discourse.kept and "=" in line.texts:
        note_ways(line, places, discourse)
    if only_sets_scene(doc, line, number, mentions, places, dates, discourse):
        return []
    if dates and discourse.watch and discourse.watch.is_port:
        dates = of_entry(line, dates, discourse)
    read_strengths(line, number, places, dates, discourse)
    mentions, groups = groups_of(line, number, mentions, discourse)
    lie_with_the_rest(groups, discourse)
    note_groups(doc, line, number, groups, discourse)
    if says_who(line, number, groups, discourse):
        return []
    if groups:
        _note_leads(line, number, groups, discourse)
        groups = described(line, groups, places)
        dates = without_described(line, groups, dates)
    scene = Scene(line, number, groups, places, dates, ahead=ahead)
    before = told_before(scene, discourse) if discourse.keeper or doc.roster else []
    told = before or told_beside(scene, _told_of(scene, discourse, mentions), discourse)
    if told:
        date_as_noted(line, dates, told, discourse)
        if not line.words.isdisjoint(DUE):
            due_there(line, dates, told)
        set_back(line, told)
        week_before(line, told, discourse)
    if not groups and not told:
        welcomed_at(line, number, places, discourse)
    if groups:
        name_in_turn(discourse.fleet, number)
    if len(told) == 1:
        alike_noted(told[0], discourse, number)
    first_told = not (number and told) and number < WATCHED_LINES and len(discourse.fleet.vessels) == sum(len(group.vessels) for group in groups)
    if first_told and (opens_with_one(groups) or titles_log(line, groups)) and doc.number_of(line.sentence) < WATCHED_LINES and is_log(doc):
        discourse.keeper = groups[0].vessels
        discourse.fleet.hero = flat(groups[0].vessels[0].name or "") or discourse.fleet.hero
    note_company(line, number, groups, discourse, told=bool(told))
    if places or dates:
        remember(scene, told, discourse)
    if dates:
        note_observed(scene, discourse)
        note_scene(scene, told, discourse)
        note_counted(dates, told, discourse, number)
    return told


def _note_leads(line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Keep who leads the ships of a sentence, is led, joins or flies a flag."""
    if not line.words.isdisjoint(LEADS):
        led_by(line, number, groups, discourse)
    if not line.words.isdisjoint(WITH_HER):
        with_lead(line, number, groups, discourse)
    if not line.words.isdisjoint(ALSO_HAS):
        joins_lead(line, number, groups, discourse)
    if not line.words.isdisjoint(MEMBERSHIP):
        flies_flag(line, number, groups, discourse)


_DATELINE_DAY = re.compile(r" ?\([A-Z][\w /.]{1,24}\) ?(?:--|[-–—])")


def _days_of(doc: Text, line: Line, number: int, mentions: list[VesselMention], days: list[DateMention], discourse: Discourse) -> list[DateMention]:
    """The days that a sentence tells, in the month and year of which the text speaks."""
    if not days:
        if discourse.list_date:
            opens_list(line, days, discourse)
        return days
    found = [d for d in days if not any(m.name and m.start < d.start and d.end <= m.end for m in mentions)]  # "Yi Sun-sin"
    if found and found[0].start == line.sentence.start and (wired := _DATELINE_DAY.match(doc.text, found[0].end)):
        found = [d for d in found if d.start >= wired.end()]  # "June 5 (UPI) -- The group …"
    found = in_entry(line, _in_told_year(line, number, found, discourse), discourse)
    if found and doc.points_back:
        found = of_that_time(doc.low, found, discourse.interval, discourse.year)
    dates = beside_entry(line, in_month(doc.low, found, discourse.interval, doc.published), discourse)
    opens_list(line, dates, discourse)
    return dates


def _told_of(scene: Scene, discourse: Discourse, mentions: list[VesselMention]) -> list[Told]:
    """What a sentence tells: by its verbs, else by a caption or what stands beside its vessels; of whom the next one speaks is kept."""
    line, number, groups, places, dates = scene.line, scene.number, scene.groups, scene.places, scene.dates
    if len(groups) > 1 and discourse.noted and (told := read_fragment(scene, discourse)):
        discourse.fleet.subject = told[0].vessels
        return told
    if not (groups or places or dates) and discourse.watch and any(block == line.sentence.block for block, _, _ in discourse.titles):
        return []  # "ALONGSIDE ALL WEEK" heads a list, and tells nothing of those above it
    spoken_of = discourse.fleet.subject
    may_tell = groups or discourse.watch or line.found("trigger") or holds_shape(scene)
    told = read_scene(scene, discourse, mentions) if may_tell and (dates or not tells_in_general(line)) else []
    if groups and places and line.low(0) in TO and (passed := counted_through(scene, discourse)):
        told = [*passed, *told]
    if not told and discourse.told and number - discourse.told[-1].sentence <= _DENIED_SENTENCES and _denies(line):
        _deny(line, number, discourse)
    if not told and not groups and discourse.told and number - discourse.told[-1].sentence == 1 and _leaves_open(line):
        _leave_open(line, number, discourse)
    if told:
        return with_label(scene, discourse, told)
    if discourse.watch and groups and all(v.word == NOBODY for g in groups for v in g.vessels):
        return []  # "No ships today", in a port's log
    scene = Scene(line, number, groups, places, dates)
    if not groups and discourse.kept and (again := pass_again(scene, discourse)):
        return again
    if not groups:
        return (itinerary(scene, discourse) or read_rest(scene, discourse, []) or read_of_her(scene, discourse)) if places else []
    told = read_entry(scene, discourse) or read_caption(scene, discourse) or read_label(scene, discourse) or read_fragment(scene, discourse)
    if told and line.doc.blocks[line.sentence.block].kind == "heading":
        discourse.fleet.hero = ""  # a text in sections is about the ship of each
    told = told or read_rest(scene, discourse, [])
    compared = line.low(before_phrase(line, groups[0].first)) in line.doc.lexicon.sets["compares"]
    in_passing = groups[0].first > _OPENING_TOKENS and (compared or not groups[0].vessels[0].name) and len(discourse.fleet.subject) == 1
    of_any = line.low(before_phrase(line, groups[0].first)) == "of" and line.low(groups[0].first) in ("a", "an") and not groups[0].vessels[0].name
    in_passing = in_passing or (of_any and len(discourse.fleet.subject) == 1)  # "Most upkeep of a warship is done at sea"
    in_passing = in_passing or (groups[0].first > _OPENING_TOKENS and set(groups[0].vessels) < set(discourse.fleet.subject))  # "went aboard HMS Kent"
    in_passing = in_passing or groups[0].vessels[0].word == NOBODY  # "No vessel may anchor there"
    if groups[0].first > _OPENING_TOKENS and groups[0].vessels != spoken_of and _of_band(groups, discourse):
        discourse.fleet.subject = discourse.fleet.as_one  # "The detachment put in at Oran. The ambassador went aboard the cruiser X. The stay …"
    elif not in_passing and not keeps_to_her(scene, discourse.fleet.subject) and not is_of_another(scene, discourse.fleet.subject, discourse):
        discourse.fleet.subject = goes_on_about(line, groups, spoken_of, discourse)
    return told


def _of_band(groups: Sequence[Group], discourse: Discourse) -> bool:
    """Whether a sentence only tells beside something else of one ship of the group that the text tells of."""
    band, one = discourse.fleet.as_one, groups[0].vessels
    return len(groups) == 1 == len(one) and len(band) > 1 and one[0] in band


_DENIED_SENTENCES = 2
"""What a sentence takes back was told no more than so many sentences before it."""


_ANSWERS = frozenset(["no", "nope", "nah", "wrong"])


def _denies(line: Line) -> bool:
    """Whether a short sentence takes back what the one before it told: "There is no truth in it"."""
    if line.low(0) in _ANSWERS and line.doc.text[: line.sentence.start].rstrip()[-1:] == "?":
        return True  # "Left Split on 7 August? Nope, that was in June"
    words = " ".join(line.lows[:14])
    return any(map(words.__contains__, line.doc.lexicon.sets["denials"]))


def _deny(line: Line, number: int, discourse: Discourse) -> None:
    for event in discourse.told[-20:]:
        weak = event.stance.modality in (Modality.POSSIBLE, Modality.REPORTED, Modality.PLANNED)
        if 0 < number - event.sentence <= _DENIED_SENTENCES and weak:
            event.stance = Stance(Modality.NEGATED, line.doc.text[line.sentence.start : line.sentence.end][:60])


_POINTS_BACK = frozenset(["this", "that", "it", "the", "these", "none", "neither", "no"])
_SHORT_TOKENS = 18


def _leaves_open(line: Line) -> bool:
    """Whether a short sentence says that the one before it is not confirmed: "This has not been confirmed."."""
    return line.size <= _SHORT_TOKENS and line.low(0) in _POINTS_BACK and line.holds(line.doc.lexicon.sets["left_open"])


def _leave_open(line: Line, number: int, discourse: Discourse) -> None:
    for event in discourse.told[-20:]:
        if number - event.sentence == 1 and event.stance.modality is Modality.ASSERTED:
            event.stance = Stance(Modality.REPORTED, line.doc.text[line.sentence.start : line.sentence.end][:60])


_YEAR_SENTENCES = 2


def _in_told_year(line: Line, number: int, dates: list[DateMention], discourse: Discourse) -> list[DateMention]:
    """The times of a sentence, those without a year in the one that its paragraph told just before."""
    sentence, block, told = discourse.year_told or (-9, -1, None)
    near = told if number - sentence <= _YEAR_SENTENCES and block == line.sentence.block else None
    found, last = in_told_year(line, dates, near)
    if last:
        discourse.year_told = (number, line.sentence.block, last)
    return found
