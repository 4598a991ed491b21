"""Stage 6, what the readers of events share: a sentence with its mentions, an event as a clause tells it, and what the text has told so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import is_

from tracker.domain.kinds import MAIN_SLOT, EventKind, Role
from tracker.domain.when import Interval
from tracker.extract.corefer import Fleet, Vessel
from tracker.extract.dates import DateMention
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention
from tracker.extract.modality import Stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.strengths.counted import Counted
from tracker.extract.verbs import Trigger
from tracker.gazetteer.shapes import Shape

_LONGEST = timedelta(days=62)


@dataclass(eq=False, slots=True)
class Strength:
    """How many vessels one sentence says are in an area."""

    counted: Counted
    what: str
    place: PlaceMention
    interval: Interval | None
    stance: Stance
    rule: str
    span: tuple[int, int]
    count_span: tuple[int, int]
    sentence: int
    part_of: Strength | None = None
    sources: dict[str, tuple[str, tuple[int, int] | None]] = field(default_factory=dict)


@dataclass(slots=True)  # not frozen, for speed
class Group:
    """Vessels told together: tokens first..last-1, the vessels, and the span of each one's mention."""

    first: int
    last: int
    vessels: tuple[Vessel, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(eq=False, slots=True)
class Told:
    """An event as one clause tells it, before the document's events are put together."""

    vessels: tuple[Vessel, ...]
    spans: tuple[tuple[int, int], ...]
    kind: EventKind
    rule: str
    stance: Stance
    span: tuple[int, int]
    sentence: int
    block: int
    places: dict[str, PlaceMention] = field(default_factory=dict)
    interval: Interval | None = None
    roles: tuple[tuple[Vessel, Role], ...] = ()
    sources: dict[str, tuple[str, tuple[int, int] | None]] = field(default_factory=dict)
    earlier: bool = False  # told as what was done before what the text has told: "had visited Lisbon"

    @property
    def main(self) -> PlaceMention | None:
        """The place the event is chiefly about."""
        return self.places.get(MAIN_SLOT[self.kind])


@dataclass(slots=True)
class Listing:
    """A list of ships: the group whose ships they are, if one is told, the block told last and the ships so far."""

    band: Vessel | None
    block: int
    named: list[Vessel] = field(default_factory=list)


@dataclass(slots=True)
class Observed:
    """What a picture or a count showed on a day: the sentence that says so, its paragraph and its places; a count holds for all places."""

    interval: Interval
    sentence: int
    block: int
    places: frozenset[str]
    everywhere: bool


@dataclass(slots=True)
class SceneDay:
    """The day that a sentence sets for those behind it: the sentence, its paragraph and the words of the day."""

    interval: Interval
    sentence: int
    block: int
    span: tuple[int, int]


@dataclass(slots=True)
class SetDrill:
    """An exercise that a sentence tells without its ships: where, when, the words of the day, the sentence and its paragraph."""

    place: PlaceMention
    interval: Interval | None
    span: tuple[int, int] | None
    sentence: int
    block: int


@dataclass(slots=True)
class Noted:
    """The port that the lines at hand are about, the day of what they tell of it, and the paragraph that said so."""

    place: PlaceMention
    interval: Interval | None
    block: int
    span: tuple[int, int]
    own: bool = False  # the ships stand in the paragraph of the head itself: the note ends with it


@dataclass(eq=False)
class Discourse:
    """What the text has told so far and what governs the sentence at hand."""

    fleet: Fleet = field(default_factory=Fleet)
    places: dict[str, PlaceMention] = field(default_factory=dict)  # port, passage, any -> the last told
    interval: Interval | None = None  # the last date told
    interval_told: int = -9  # the sentence that told it
    old: tuple[int, int] = (-1, -9)  # the paragraph and the sentence that told an event of many years ago last
    day: Interval | None = None  # the last date told that is a single day
    year: int | None = None  # the year of the last date told, however long that is
    day_told: int = -9  # the sentence that told it
    year_told: tuple[int, int, Interval] | None = None  # the last date told with its year, with the number of its sentence and block
    list_date: tuple[int, DateMention] | None = None  # the date of the line that opens a list, and the block told last
    last: dict[EventKind, Told] = field(default_factory=dict)
    heading_date: DateMention | None = None
    heading_place: PlaceMention | None = None
    place_heads: int = -1  # how many lines of the text are nothing but a place, once they were counted
    captioned: tuple[Vessel, ...] = ()  # the vessels that a heading told with that place
    block_date: tuple[int, DateMention] | None = None  # the date that opens a block, and the block's number
    port_told: int = -9  # the sentence that told the last port
    titles: Sequence[tuple[int, EventKind, bool]] = ()  # the headings of lists of ships: block, what stands below, whether it is yet to come
    keeper: tuple[Vessel, ...] = ()  # the vessels whose log the text is, those that are together at the time
    company: tuple[Vessel, ...] = ()  # all of them, and who goes along with them
    of_group: bool = False  # whether the log is one of several ships
    log_end: int = -1  # where the last entry of a log begins that tells of a day before publication, its entries one behind the other in time
    entry_waters: tuple[int, PlaceMention] | None = None  # the sea or passage that an entry of a ship's log told last, and its block
    leaves_out: bool = False  # whether the text is a log that leaves out of whom it tells
    watch: PlaceMention | None = None  # the strait or port whose log the text is
    entries: bool = False  # whether that log is kept in short entries, and is no column of prose
    kept: bool = False  # whether the text is kept as a log
    ways: dict[str, PlaceMention] = field(default_factory=dict)  # where the ways of a log lead, as its head explains
    week: Interval | None = None  # the week that the title tells
    haven: PlaceMention | None = None  # the port that the head of a strait's log names as well
    voyage: tuple[int, int, Group] | None = None  # the block and sentence that told an itinerary last, and whose
    way_told: tuple[int, int] = (-1, -1)  # the block and sentence of such a log that told a direction alone
    lying: dict[Vessel, PlaceMention] = field(default_factory=dict)  # the port where a vessel was told to be last
    lies: dict[Vessel, PlaceMention] = field(default_factory=dict)  # the same without what is only planned
    told: list[Told] = field(default_factory=list)  # the events so far, in order
    beside: Told | None = None  # where the last ships were that no verb tells of, which `told` does not hold
    published: date | None = None
    observed: Observed | None = None  # the last picture or count that a day is told of
    scene_day: SceneDay | None = None  # the day that the last sentence with a day sets for those behind it
    drill: SetDrill | None = None  # the exercise that a sentence told last without its ships
    warnings: list[str] = field(default_factory=list)
    strengths: list[Strength] = field(default_factory=list)  # the counts so far, in order
    area: tuple[int, PlaceMention] | None = None  # the area told last, and its sentence
    listing: Listing | None = None  # the list of a group's ships that goes on
    noted: Noted | None = None  # the port of which the lines of a note tell

    def lies_at(self, vessel: Vessel) -> PlaceMention | None:
        """The port where a vessel was told to be last, by herself or as one of a group."""
        own = self.lies.get(vessel)
        return own or next((port for band, port in self.lies.items() if vessel in band.members), None)

    def note_date(self, interval: Interval, sentence: int) -> None:
        """Remember a date that a sentence tells; a season or a year is too long to go back to."""
        self.year = interval.start.year if interval.start else self.year
        if interval.start and interval.end and interval.end - interval.start > _LONGEST:
            return
        self.interval, self.interval_told = interval, sentence
        if interval.start == interval.end:
            self.day, self.day_told = interval, sentence


@dataclass(eq=False, slots=True)
class Ahead:
    """What a sentence holds by itself, found before any sentence is read: its vessels, places, days and words of movement, and shapes it may have."""

    vessels: list[VesselMention]
    places: list[PlaceMention]
    dates: list[DateMention]
    triggers: list[Trigger]
    shapes: list[Shape]

    def holds_for(self, vessels: Sequence[VesselMention], places: Sequence[PlaceMention]) -> bool:
        """Whether the words of movement were found among these very vessels and places, and none that the text has made other ones since."""
        alike = len(vessels) == len(self.vessels) and len(places) == len(self.places)
        return alike and all(map(is_, vessels, self.vessels)) and all(map(is_, places, self.places))


@dataclass(slots=True)  # not frozen, for speed
class Scene:
    """A sentence with all its mentions."""

    line: Line
    number: int
    groups: Sequence[Group]
    places: Sequence[PlaceMention]
    dates: Sequence[DateMention]
    watched: PlaceMention | None = None  # the place that is told to see what the next verb tells
    seen_from: int | None = None  # where the helpers of the verb of seeing begin: "Friday will see the frigate X arrive"
    own: Sequence[PlaceMention] | None = None  # the places that explain no other, once they were asked for
    opening: int = 0  # the first token of the first verb of movement: a date before it holds for the whole sentence
    ahead: Ahead | None = None  # what was found in the sentence before it was read


def replace_told(event: Told, kind: EventKind) -> Told:
    """A copy of an event with another kind and no places."""
    return Told(
        event.vessels,
        event.spans,
        kind,
        event.rule,
        event.stance,
        event.span,
        event.sentence,
        event.block,
        {},
        event.interval,
        (),
        dict(event.sources),
    )
