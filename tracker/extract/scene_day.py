"""Stage 7, the day that a sentence sets for those behind it: "8 March was a clear day. Three tugs left the reef"."""

from __future__ import annotations

from datetime import timedelta

from tracker.domain.kinds import Modality
from tracker.extract.dates import DateMention
from tracker.extract.line import Line
from tracker.extract.saying import dates_the_saying
from tracker.extract.scene import Discourse, Scene, SceneDay, Told
from tracker.extract.verbs import Trigger

_LONGEST = timedelta(days=11)
_FRONT_TOKENS, _SENTENCES = 3, 2
_FIRM = frozenset({Modality.ASSERTED, Modality.REPORTED})
_OPENS = frozenset(["when", "as", "once", "after", "it", "the", "by", "on", "at", "in"])
_GOES_ON = frozenset(["has", "have", "will", "had", "would", "since", "now", "today", "currently", "still"])
_NO_SCENE = frozenset(["since", "until", "till", "before"])


def note_scene(scene: Scene, told: list[Told], discourse: Discourse) -> None:
    """Remember the one day of a sentence that tells no movement and opens with that day, or tells nothing but the day."""
    line, published = scene.line, scene.line.doc.published
    days = [d for d in scene.dates if d.interval]
    if told or scene.groups or not days:
        discourse.scene_day = None if days else discourse.scene_day
        return
    discourse.scene_day = None
    day = days[0].interval
    if len(days) > 1 or day is None or not (day.start and day.end and published) or day.end > published or day.end - day.start > _LONGEST:
        return
    if days[0].bare or dates_the_saying(line, days[0]) or not _sets(line, days[0]):
        return
    discourse.scene_day = SceneDay(day, scene.number, line.sentence.block, (days[0].start, days[0].end))


def _sets(line: Line, mention: DateMention) -> bool:
    """Whether a sentence opens with its day, or says "The date was 6 April", "It was a grey morning on 6 April"."""
    at, last = line.at_offset(mention.start), line.at_offset(mention.end - 1) + 1
    if not _NO_SCENE.isdisjoint(line.lows[:last]):
        return False
    if at <= _FRONT_TOKENS or line.low(1) in ("date", "day"):
        return True
    comma = next((n for n, low in enumerate(line.lows) if low == ","), line.size)
    return line.low(0) in _OPENS and ((last == comma and comma < line.size) or line.low(0) == "it")


def of_scene(scene: Scene, trigger: Trigger, event: Told, discourse: Discourse) -> None:
    """Give what a sentence tells without a day that of the scene set before it."""
    day, line = discourse.scene_day, scene.line
    if day is None or event.interval or event.stance.modality not in _FIRM or line.sentence.block != day.block:
        return
    if not 0 < scene.number - day.sentence <= _SENTENCES or scene.dates:
        return
    if not _GOES_ON.isdisjoint(line.lows[max(trigger.chain - 2, 0) : trigger.last]) or not _GOES_ON.isdisjoint(line.lows[:2]):
        return
    event.interval, event.sources["date"] = day.interval, ("sentence before", day.span)
