"""From facts to the blocks of a movement report: which sections, in which order, and which words stand in which cell."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tracker.domain.grades import CREDIBILITY, RELIABILITY
from tracker.domain.kinds import EventKind, Modality
from tracker.domain.when import Interval, told_age
from tracker.report import contradictions, sentences
from tracker.report.blocks import (
    Block,
    Book,
    Bullets,
    Column,
    Group,
    Heading,
    Line,
    Paragraph,
    Picture,
    Quoted,
    Source,
    Sources,
    Table,
)
from tracker.report.cited import cited
from tracker.report.contradictions import Contradiction
from tracker.report.corrections import correction_blocks
from tracker.report.counts import count_blocks, count_clashes
from tracker.report.facts import CERTAINTY_WORDS, CompositionRow, Day, DayEvent, MovementFacts, SourceEntry
from tracker.report.strength import StrengthRow, whereabouts
from tracker.report.told import ToldEvent
from tracker.report.voyage_blocks import away_blocks, passage_blocks, silent_blocks

PICTURES = {
    "map": ("Map", "Where the vessels were last told to be, and where they went"),
    "timeline": ("Timeline", "A lane a vessel; what is not told is drawn as unknown"),
}
MOST_LISTED = 25
"""A longer row of vessels in the strength table is cut short: each stands in the table of the composition, with its sources."""
MOST_DAYS = 120
"""A report of more days than this has its events under months."""
MOST_CLASHES = 40
"""More clashes, and more missing passages, than this are counted and left to `tracker fleet conflicts`."""
MOST_POSTED = 14
"""More vessels than this are not read on a picture."""
_UNTITLED = "untitled"


def movement_book(facts: MovementFacts, pictures: Iterable[str] = ()) -> Book:
    """The pages of a movement report; `pictures` are the names of the figures at hand ("map", "timeline-1", …)."""
    head = facts.head
    where = ", ".join(part for part in (head.area, head.country) if part)
    subtitle = told_period(head.period) if head.area in head.title else f"{where} · {told_period(head.period)}"
    return book_of(facts, subtitle, _blocks(facts, tuple(pictures)))


def book_of(facts: MovementFacts, subtitle: str, blocks: Iterable[Block]) -> Book:
    """The pages of any report that rests on such facts."""
    head = facts.head
    return Book(
        title=head.title,
        subtitle=subtitle,
        facts=_head_facts(facts),
        running=f"{head.title} · as of {moment(facts)}",
        foot=f"{head.state} · tracker {head.version}",
        mark="DEMO" if head.demo else "",
        stamp=calendar.timegm(head.as_of.utctimetuple()),
        blocks=tuple(blocks),
    )


def told_period(period: Interval) -> str:
    """A period in words."""
    if period.start is None and period.end is None:
        return "all dates"
    if period.start is None:
        return f"until {_day(period.end)}"
    return f"since {_day(period.start)}" if period.end is None else period.told()


def moment(facts: MovementFacts) -> str:
    """The clock of a report in words."""
    as_of = facts.head.as_of
    day = f"{as_of.day} {as_of:%b %Y}"
    return day if (as_of.hour, as_of.minute) == (23, 59) else f"{day}, {as_of:%H:%M} UTC"


def _day(day: date | None) -> str:
    return Interval.day(day).told() if day else "not told"


def _head_facts(facts: MovementFacts) -> tuple[tuple[str, str], ...]:
    head, counts = facts.head, facts.counts
    rests = f"{sentences.counted(counts.documents, 'report')} of {sentences.counted(counts.sources, 'source')}"
    return (
        ("Area", head.area),
        *((("Country", head.country),) if head.country else ()),
        ("Period", told_period(head.period)),
        ("As of", moment(facts)),
        ("Data cut-off", f"{_day(head.cut_off)}, the newest report used"),
        ("Rests on", rests),
        ("State", f"{head.state}: {counts.reviewed} of {sentences.counted(counts.events, 'event')}" if counts.reviewed else head.state),
        ("Made by", f"tracker {head.version}"),
    )


def movement_post(facts: MovementFacts, pictures: Iterable[str] = ()) -> Book:
    """The one page that can be posted: key points, map, the vessels, and what it rests on."""
    named = tuple(pictures)
    full = movement_book(facts, named)
    blocks: list[Block] = [Heading("Key points", "key-points"), *without_refs(full.section("key-points"))]
    if not facts.empty:
        blocks += [
            *(replace(picture, title="") for picture in picture_blocks("map", named)),
            Heading("Vessels", "vessels"),
            *_vessels_in_short(facts),
        ]
    return post_of(facts, full, blocks)


def post_of(facts: MovementFacts, full: Book, blocks: Iterable[Block]) -> Book:
    """One page that can be posted, made of some blocks of a report and what they rest on."""
    outlets = sorted({entry.outlet for entry in facts.sources})
    sources = ", ".join(outlets[:6]) + (f" and {len(outlets) - 6} more" if len(outlets) > 6 else "")
    cut_off = f"data cut-off {_day(facts.head.cut_off)}"
    warning = "made from demo reports with invented sources · " if facts.head.demo else ""
    return replace(
        full,
        subtitle=f"{full.subtitle} · as of {moment(facts)} · {cut_off}",
        blocks=tuple(blocks),
        foot=f"{warning}Sources: {sources or 'none'} · {full.foot} · read by program: check the quoted sentences in the full report",
    )


def without_refs(blocks: Iterable[Block]) -> Iterable[Block]:
    """The same words without the numbers of a source list that isn't on the page; a picture among them has its own place there."""
    for block in blocks:
        if isinstance(block, Bullets):
            yield replace(block, lines=tuple(replace(line, refs=()) for line in block.lines))
        elif isinstance(block, Table):
            yield replace(block, groups=tuple(replace(g, rows=tuple(_unnumbered(row) for row in g.rows)) for g in block.groups))
        elif not isinstance(block, Picture | Heading):
            yield block


def _unnumbered(row: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(replace(line, refs=()) for line in row)


def _vessels_in_short(facts: MovementFacts) -> Iterable[Block]:
    columns = (
        Column("Vessel", 2.4),
        Column("Type and class", 2.8),
        Column("Last told", 3.2),
        Column("When", 2.4),
        Column("Age", 0.9, numeric=True),
        Column("Certainty", 1.5),
    )
    rows = []
    for row in facts.composition[:MOST_POSTED]:
        vessel, _, _, place, when, age, certainty = _composition_cells(row, facts)
        kind = sentences.type_words(row.type) + (f", {row.class_name} class" if row.class_name else "")
        rows.append((replace(vessel, note=""), Line(kind), replace(place, refs=()), when, age, certainty))
    yield Table(columns, (Group(tuple(rows)),), "The vessels of this report")
    if len(facts.composition) > MOST_POSTED:
        yield Paragraph(Line(f"and {len(facts.composition) - MOST_POSTED} more in the full report"), quiet=True)


def _blocks(facts: MovementFacts, pictures: Sequence[str]) -> Iterable[Block]:
    yield Heading("Key points", "key-points")
    yield from key_point_blocks(facts)
    if facts.empty:
        yield from changed_blocks(facts)
        yield from method_blocks(facts)
        return
    yield from picture_blocks("map", pictures)
    yield Heading("Strength", "strength")
    yield from _strength(facts)
    yield from count_blocks(facts.told_counts, facts.refs, facts.head.as_of.date())
    yield Heading("Composition", "composition")
    yield from composition_blocks(facts)
    yield from picture_blocks("timeline", pictures)
    yield Heading("Daily events", "daily-events")
    yield from daily_blocks(facts)
    yield from passage_blocks(facts)
    yield from away_blocks(facts, pictures)
    yield from silent_blocks(facts)
    yield Heading("Planned and denied", "planned-denied")
    yield from planned_denied_blocks(facts)
    yield Heading("Contradictions", "contradictions")
    yield from contradiction_blocks(facts)
    yield from changed_blocks(facts)
    yield from source_blocks(facts)
    yield from method_blocks(facts)


def changed_blocks(facts: MovementFacts, of: str = "the area") -> Iterable[Block]:
    """What publishers changed since of what a report rests on; `of`: what the report is about."""
    yield from correction_blocks(facts.corrections, {source.document_id: source.number for source in facts.sources}, of)


def picture_blocks(name: str, pictures: Sequence[str]) -> Iterable[Picture]:
    """The figures of a name; a long timeline comes as several ("timeline-1", "timeline-2"), of which the first bears the title."""
    title, caption = PICTURES[name]
    found = [picture for picture in pictures if picture.split("-")[0] == name]
    for number, picture in enumerate(found, 1):
        part = f", part {number} of {len(found)}" if len(found) > 1 else ""
        alt = f"{title}{part}: {caption[0].lower()}{caption[1:]}. The same events stand in the tables of this report."
        yield Picture(picture, alt, caption + part, *((title, name) if number == 1 else ()))


def key_point_blocks(facts: MovementFacts) -> Iterable[Block]:
    """What matters most, each sentence with its sources; what was looked for where nothing was found."""
    counts, head = facts.counts, facts.head
    if facts.empty:
        yield Paragraph(
            Line(
                f"The store holds no report of a movement for {head.area} in this period ({told_period(head.period)}). "
                "That no report was found does not mean that nothing moved."
            )
        )
        return
    whom = [
        part
        for part in (
            sentences.counted(counts.vessels, "named vessel") if counts.vessels else "",
            sentences.counted(counts.groups, "unnamed vessel or group", "unnamed vessels or groups") if counts.groups else "",
        )
        if part
    ]
    rests = f"{sentences.counted(counts.documents, 'report')} of {sentences.counted(counts.sources, 'source')}"
    summary = f"{sentences.counted(counts.events, 'event')} of {sentences.listed(whom)}, from {rests}."
    clashes = sum(not one.missing for one in facts.contradictions) + len(count_clashes(facts.told_counts, facts.refs))
    yield Bullets(
        (
            cited(facts, _lasting(facts, facts.told), summary, strong="In all:", numbered=False),
            *(cited(facts, _lasting(facts, point.events), point.text, hedged=point.hedged) for point in facts.key_points),
            *_strength_point(facts),
            cited(
                facts,
                (event for one in facts.contradictions if not one.missing for event in (one.first, one.second)),
                f"{sentences.counted(clashes, 'contradiction')} between reports." if clashes else "none found between the reports.",
                strong="Contradictions:",
                numbered=False,
            ),
        )
    )


def _strength_point(facts: MovementFacts) -> Iterable[Line]:
    if table := facts.strength if facts.strength.rows else None:
        start, end, uncertain = (table.row(key).count for key in ("start", "end", "uncertain"))
        behind = [event for key in ("start", "end", "uncertain") for event in table.row(key).events]
        text = f"{start} at the start, {end} at the end; {uncertain} more uncertain."
        yield cited(facts, behind, text, strong="Named vessels there:", numbered=False)


def _lasting(facts: MovementFacts, ids: Iterable[str]) -> list[ToldEvent]:
    """The events of some ids, in the order of their days."""
    return sorted((facts.lasting[key] for key in ids if key in facts.lasting), key=lambda event: event.order)


def _strength(facts: MovementFacts) -> Iterable[Block]:
    table = facts.strength
    if table.why_not:
        yield Paragraph(Line(table.why_not))
        return
    rows = tuple(
        (Line(_dated(row, facts)), Line(_signed(row)), cited(facts, row.events, _names(row), numbered=row.count <= MOST_LISTED)) for row in table.rows
    )
    yield Table((Column("Named vessels", 3.2), Column("Number", 1, numeric=True), Column("Which", 7)), (Group(rows),), "Named vessels in the area")
    yield Paragraph(Line(_sum(facts)), quiet=True)


def _dated(row: StrengthRow, facts: MovementFacts) -> str:
    day = {"start": facts.head.period.start, "end": facts.on}.get(row.key)
    return f"{row.label} ({_day(day)})" if day else row.label


def _signed(row: StrengthRow) -> str:
    if row.key in ("start", "end", "uncertain") or not row.count:
        return str(row.count)
    return f"{'+' if row.sign > 0 else '−'}{row.count}"


def _names(row: StrengthRow) -> str:
    marks = {Modality.REPORTED: " (reported)", Modality.POSSIBLE: " (possible)"}
    names = [name + marks.get(event.modality, "") for name, event in zip(row.vessels, row.events, strict=True)]
    more = f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return ", ".join(names[:MOST_LISTED]) + more if names else "none"


def _sum(facts: MovementFacts) -> str:
    table = facts.strength
    parts = [str(table.row("start").count)] + [f"{'+' if row.sign > 0 else '−'} {row.count}" for row in table.rows if row.sign and row.key != "start"]
    groups = facts.counts.groups
    rest = (
        (
            f" {sentences.counted(groups, 'unnamed vessel or group is', 'unnamed vessels or groups are')} not counted: "
            "told on two days, they may be the same ships."
        )
        if groups
        else ""
    )
    return (
        f"{' '.join(parts)} = {table.row('end').count} at the end. Counted as there: told there on the day, or last told there and not too old.{rest}"
    )


def composition_blocks(facts: MovementFacts) -> Iterable[Block]:
    """Each vessel and where it was last told to be."""
    columns = (
        Column("Vessel", 2.6),
        Column("Class", 2.2),
        Column("Hull", 0.9),
        Column("Last told", 2.6),
        Column("When", 2.2),
        Column("Age", 0.9, numeric=True),
        Column(f"On {_day(facts.on)}", 1.7),
    )
    groups: dict[str, list[CompositionRow]] = {}
    for row in facts.composition:
        title = sentences.type_words(row.type, None) if row.named else "unnamed"
        groups.setdefault(title[0].upper() + title[1:], []).append(row)
    yield Table(
        columns,
        tuple(Group(tuple(_composition_cells(row, facts) for row in rows), title) for title, rows in groups.items()),
        "The vessels of this report and where each was last told to be",
    )
    yield Paragraph(
        Line(
            f"Age: days from the last day on which it was told to the as-of time ({moment(facts)}), never from the day of publication. "
            f"The last column answers for {_day(facts.on)}: present (told there on the day), probably (last told there, not too old), "
            "last seen (too old), "
            "elsewhere, unclear (the reports do not say on which side)."
        ),
        quiet=True,
    )


def _composition_cells(row: CompositionRow, facts: MovementFacts) -> tuple[Line, ...]:
    event, note = row.standing.event, "" if facts.head.country else row.country or ""
    vessel = Line(strong=row.vessel, note=note) if row.named else Line(row.vessel, note=note)
    cells = (vessel, Line(row.class_name or "–"), Line(row.hull or "–"))
    if event is None:
        return (*cells, Line("nothing told"), Line("–"), Line("–"), Line(_certainty(row, facts)))
    end = event.interval.end
    age = told_age(max(0, (facts.head.as_of.date() - end).days) if end else None, at_least=event.undated)
    place = cited(facts, [event], whereabouts(event) or "–", note=_how(event), hedged=event.hedged)
    return (*cells, place, Line(event.interval.told()), Line(age), Line(_certainty(row, facts)))


def _certainty(row: CompositionRow, facts: MovementFacts) -> str:
    return CERTAINTY_WORDS[row.standing.certainty]


def _how(event: ToldEvent) -> str:
    """The modality and its word: "reported, “according to local observers”"; empty for what is told as fact."""
    if event.modality is Modality.ASSERTED and not event.hedge:
        return ""
    word = sentences.MODALITY_WORDS[event.modality]
    return f"{word}, “{event.hedge}”" if event.hedge else word


_EVENT_COLUMNS = (Column("Vessel", 3.6), Column("What was told", 5.2), Column("How", 2.6))


def daily_blocks(facts: MovementFacts) -> Iterable[Block]:
    """What was told, day by day."""
    if not facts.days:
        yield Paragraph(Line("Nothing is told to have happened; what was planned or denied stands below."))
        return
    if len(facts.days) > MOST_DAYS:
        yield from _monthly(facts)
        return
    yield Table(
        _EVENT_COLUMNS,
        tuple(
            Group(tuple(_cells(facts, line, day) for line in day.lines), _day_title(day), _day_anchor(day.day, undated=day.undated))
            for day in facts.days
        ),
        "What was told, day by day",
    )


def _monthly(facts: MovementFacts) -> Iterable[Block]:
    """Many days: a title a month, the day in a column of its own, and the rest of a line in one: that reads as well, and is set in half the time."""
    months: dict[str, list[tuple[Line, ...]]] = {}
    for day in facts.days:
        title = "Undated" if day.undated else f"{day.day:%B %Y}"
        known = f"known by {_day(day.day)}" if day.undated else f"{day.day.day} {day.day:%b}"
        months.setdefault(title, []).extend((Line(known), _whole(facts, line, day)) for line in day.lines)
    groups = tuple(Group(tuple(rows), title) for title, rows in months.items())
    yield Table((Column("Day", 1.2), Column("What was told", 10)), groups, "What was told, month by month")


def _whole(facts: MovementFacts, line: DayEvent, day: Day) -> Line:
    """A line of the events in one cell."""
    who, told, how = _cells(facts, line, day)
    note = " · ".join(part for part in (who.note, told.note, how.text) if part)
    return replace(how, strong=who.strong or who.text, text=told.text, note=note, hedged=told.hedged)


def _day_title(day: Day) -> str:
    return f"Undated (known by {_day(day.day)})" if day.undated else f"{day.day:%A}, {_day(day.day)}"


def _day_anchor(day: date, *, undated: bool = False) -> str:
    return f"{'undated' if undated else 'day'}-{day}"


def _cells(facts: MovementFacts, line: DayEvent, day: Day | None) -> tuple[Line, ...]:
    first = line.events[0]
    several = len(line.events) > 1 or (not first.named and first.count != 1)
    note = "" if day and (first.undated or (first.interval.start == first.interval.end)) else sentences.when(first.interval)
    return (
        _who(line.events),
        Line(sentences.act(first, plural=several), note=note, hedged=first.hedged),
        cited(facts, line.events, _how(first) or sentences.MODALITY_WORDS[first.modality]),
    )


def _who(events: Sequence[ToldEvent]) -> Line:
    """The vessels of a line, their class or type in small print where they share it."""
    names = [event.vessel if event.named else sentences.subject(event) for event in events]
    named = sum(event.named for event in events)
    described = {sentences.described(event, named) for event in events if event.named}
    note = described.pop() if len(described) == 1 else ""
    if events[0].named:
        return Line(strong=", ".join(names), note=note)
    text = ", ".join(names)
    return Line(text[0].upper() + text[1:], note=note)


def planned_denied_blocks(facts: MovementFacts) -> Iterable[Block]:
    """What was planned, and what was denied."""
    groups = tuple(
        Group(tuple(_cells(facts, line, None) for line in lines), title)
        for title, lines in (("Planned", facts.planned), ("Denied, or told not to be so", facts.denied))
        if lines
    )
    if groups:
        yield Table(_EVENT_COLUMNS, groups, "What was planned, and what was denied")
    else:
        yield Paragraph(Line("None told."))


def contradiction_blocks(facts: MovementFacts) -> Iterable[Block]:
    """What does not go together, and passages that nobody told of."""
    groups, left_out = [], 0
    for missing, title in ((False, ""), (True, "No clash, but a passage is not on record")):
        mine = [one for one in facts.contradictions if one.missing is missing]
        left_out += max(0, len(mine) - MOST_CLASHES)
        if mine:
            groups.append(Group(tuple(_clash(one, facts) for one in mine[:MOST_CLASHES]), title))
    counted = count_clashes(facts.told_counts, facts.refs)
    if counted:
        groups.append(Group(counted, "Counts"))
    if not counted and not any(not one.missing for one in facts.contradictions):
        yield Paragraph(
            Line("None found. Looked for: what is both told and denied, and ways that no such ship makes in the time between two reports.")
        )
    if groups:
        columns = (Column("What", 2.8), Column("One report", 4), Column("The other", 4))
        yield Table(columns, tuple(groups), "Reports that contradict each other, and passages that nobody told of")
    if left_out:
        yield Paragraph(Line(f"{left_out} more are left out here; `tracker fleet conflicts` lists them all."), quiet=True)


def _clash(one: Contradiction, facts: MovementFacts) -> tuple[Line, ...]:
    sides = (cited(facts, [event], contradictions.told(event)) for event in (one.first, one.second))
    return Line(strong=one.what), *sides


_GRADES = (
    f"Grades: a letter for the source ({', '.join(f'{sign} {word}' for sign, word in RELIABILITY.items())}) "
    f"and a figure for the claim ({', '.join(f'{figure} {word}' for figure, word in CREDIBILITY.items())}). "
    "A source that nobody has graded is F, and its claims are 6 until another origin bears on them."
)


def source_blocks(facts: MovementFacts) -> Iterable[Block]:
    """The numbered sources with the sentences taken from them."""
    yield Heading("Sources", "sources")
    yield Paragraph(Line(_GRADES), quiet=True)
    anchored = len(facts.days) <= MOST_DAYS
    yield Sources(tuple(_source(entry if anchored else replace(entry, days=())) for entry in facts.sources))


def _source(entry: SourceEntry) -> Source:
    published = f"Published {_day(entry.published)}" if entry.published else "No publication date"
    retrieved = f"Read {_day(entry.retrieved)}" if entry.retrieved else ""
    details = ". ".join(
        part for part in (entry.title or _UNTITLED, published, retrieved, "Demo report, invented source" if entry.demo else "") if part
    )
    quotes = tuple(Quoted(q.text, f"p. {q.page}" if q.page else "", ", ".join(q.grades) if q.grades != entry.grades else "") for q in entry.quotes)
    return Source(
        entry.number,
        entry.outlet,
        details,
        _web(entry.url),
        _web(entry.archive_url),
        ", ".join(entry.grades),
        quotes,
        tuple((_day_anchor(day), f"{day.day} {day:%b}") for day in entry.days),
    )


def _web(url: str | None) -> str:
    """A URL that may become a link: of the web only."""
    return url if url and url.startswith(("https://", "http://")) else ""


_UNREVIEWED = "was not reviewed by a person. Whoever publishes it should read the quoted sentences first."
_REVIEWED = {
    "reviewed": "a person accepted each claim behind it.",
    "draft, partly reviewed": "was reviewed by a person in part. Whoever publishes it should read the quoted sentences of the rest first.",
}


def method_blocks(facts: MovementFacts) -> Iterable[Block]:
    """How the report was made and what it can not tell."""
    yield Heading("Method and limits", "method")
    yield Bullets(tuple(Line(text) for text in _limits(facts.horizons, _REVIEWED.get(facts.head.state, _UNREVIEWED))))


def _limits(horizons: Mapping[EventKind, int], reviewed: str) -> Iterable[str]:
    yield f"Everything here was read by program from the reports listed, sentence by sentence, and {reviewed}"
    yield "A movement that no report tells of is not here. No tracking signals (AIS) and no images were looked at."
    yield (
        "Days are those that the texts give. A text without a date is called undated and is known by its publication day; "
        "it counts as no arrival or departure on a day."
    )
    yield "“Reportedly” stands where a text passes on what others say, “possibly” where it doubts; the words of the text are quoted beside it."
    yield (
        "A vessel counts as there only for a while after it was last told there: "
        f"{horizons[EventKind.IN_PORT]} days in port, {horizons[EventKind.AT_SEA]} at sea, {horizons[EventKind.UNDERWAY]} under way or in transit."
    )
    yield "A sea is an area: a vessel “in the Mediterranean” has no position, and none is made up. Straight lines on the map are no tracks."
