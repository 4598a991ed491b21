"""One look for every picture: colours that colour-blind readers can tell apart, packaged fonts only, and files that come out byte for byte alike."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from tracker import __version__
from tracker.domain.kinds import EventKind, Modality, VesselType
from tracker.domain.when import Interval
from tracker.errors import InputError, UsageError
from tracker.report.cells import Cells, column
from tracker.report.fonts import SANS, Font, letters_of, used
from tracker.report.latin import Latin
from tracker.report.widths import plain_width

FAMILY = "DejaVu Sans"
WIDTH_IN = 12.0
"""A picture is twelve inches wide unless asked otherwise, so 100 dots an inch give 1200 pixels. A narrower one has larger words on the same page."""
PRINTED_IN, PRINTED_LANES_IN = 6.77, 6.1
"""Width of a picture on a page of a report, as wide as the text of A4, so that words keep their size; and the height that lanes may take there,
so that their picture with its head and legend fits on a page of Letter."""
SUFFIXES = (".png", ".svg", ".pdf")
HEAD_LINE_IN = 0.18
SMALLEST_TITLE_PT = 11.0
TITLE_PT, SUBTITLE_PT, BODY_PT, SMALL_PT, TINY_PT = 15.0, 9.5, 8.8, 8.0, 7.4


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a picture."""

    name: str
    paper: str
    ink: str
    muted: str  # second voice: subtitles, ticks
    faint: str  # third voice: orientation only
    grid: str
    band: str  # every other lane
    water: str
    land: str
    shore: str
    area: str  # a sea of which something is told
    kinds: Mapping[EventKind, str]


_OKABE_ITO = {
    EventKind.DEPARTURE: "#D55E00",
    EventKind.ARRIVAL: "#AA4499",
    EventKind.TRANSIT: "#E69F00",
    EventKind.IN_PORT: "#0072B2",
    EventKind.AT_SEA: "#009E73",
    EventKind.UNDERWAY: "#56B4E9",
    EventKind.REPLENISHMENT: "#7A5C00",
    EventKind.ESCORT: "#303840",
}
"""After Okabe and Ito's palette (2008); its yellow, too light for white paper, became a brown."""

LIGHT = Theme(
    "light",
    paper="#FFFFFF",
    ink="#1B2733",
    muted="#566573",
    faint="#8E9BA8",
    grid="#D9DFE5",
    band="#F5F7F9",
    water="#EAF1F6",
    land="#E4E0D6",
    shore="#A39E90",
    area="#0072B2",
    kinds=_OKABE_ITO,
)
DARK = Theme(
    "dark",
    paper="#141B22",
    ink="#E8EDF2",
    muted="#A5B1BC",
    faint="#73808C",
    grid="#2C3742",
    band="#1A232C",
    water="#18242F",
    land="#313A40",
    shore="#67737D",
    area="#56B4E9",
    kinds=_OKABE_ITO
    | {
        EventKind.DEPARTURE: "#FF7F32",
        EventKind.ARRIVAL: "#DD88CC",
        EventKind.IN_PORT: "#4BA3E3",
        EventKind.AT_SEA: "#1DC796",
        EventKind.UNDERWAY: "#9AD4F7",
        EventKind.REPLENISHMENT: "#F0E442",
        EventKind.ESCORT: "#B4BCC4",
    },
)
THEMES: Mapping[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}

KIND_NAMES: Mapping[EventKind, str] = {kind: kind.value.replace("_", " ") for kind in EventKind}

HATCHES: Mapping[Modality, str | None] = {
    Modality.ASSERTED: None,
    Modality.REPORTED: "////",
    Modality.POSSIBLE: "....",
    Modality.PLANNED: None,
    Modality.NEGATED: None,
}
"""How firmly a claim is told, seen in its bar: full, striped, dotted; planned and negated have no filling at all."""

MODALITY_NAMES: Mapping[Modality, str] = {
    Modality.ASSERTED: "told as fact",
    Modality.REPORTED: "reported",
    Modality.POSSIBLE: "possible",
    Modality.PLANNED: "planned",
    Modality.NEGATED: "denied",
}


@dataclass(frozen=True, slots=True)
class Family:
    """Types of vessels that share a symbol."""

    name: str
    marker: str  # of matplotlib
    types: frozenset[VesselType]


FAMILIES: tuple[Family, ...] = (
    Family("aircraft carrier", "s", frozenset({VesselType.AIRCRAFT_CARRIER})),
    Family("amphibious ship", "D", frozenset({VesselType.AMPHIBIOUS_ASSAULT_SHIP, VesselType.LANDING_SHIP})),
    Family(
        "surface combatant", "^", frozenset({VesselType.CRUISER, VesselType.DESTROYER, VesselType.FRIGATE, VesselType.CORVETTE, VesselType.WARSHIP})
    ),
    Family("patrol, missile or mine craft", "d", frozenset({VesselType.PATROL_SHIP, VesselType.MISSILE_BOAT, VesselType.MINE_WARFARE_SHIP})),
    Family("submarine", "v", frozenset({VesselType.SUBMARINE})),
    Family("oiler, tanker", "P", frozenset({VesselType.OILER, VesselType.TANKER})),
    Family("intelligence or research ship", "*", frozenset({VesselType.INTELLIGENCE_SHIP, VesselType.RESEARCH_SHIP})),
    Family(
        "auxiliary, cargo ship",
        "h",
        frozenset(
            {
                VesselType.AUXILIARY,
                VesselType.CARGO_SHIP,
                VesselType.TUG,
                VesselType.RESCUE_SHIP,
                VesselType.HOSPITAL_SHIP,
                VesselType.TRAINING_SHIP,
                VesselType.ICEBREAKER,
            }
        ),
    ),
    Family("type not told", "o", frozenset({VesselType.VESSEL})),
)
_FAMILY_OF = {type_: family for family in FAMILIES for type_ in family.types}


def family_of(type_: object) -> Family:
    """The family of a vessel type; the last one for a type that isn't told."""
    known = type_ in set(VesselType)
    return _FAMILY_OF[VesselType(str(type_))] if known else FAMILIES[-1]


def theme_of(theme: str | Theme) -> Theme:
    """A theme by its name. Raises UsageError."""
    if isinstance(theme, Theme):
        return theme
    if theme not in THEMES:
        raise UsageError(f'no theme is called "{theme}"; there are {", ".join(THEMES)}')
    return THEMES[theme]


_LOOKED: ContextVar[tuple[str, ...]] = ContextVar("look", default=())
"""The theme and the fonts that matplotlib is set to now."""
_KEPT = frozenset({"backend"})
"""Settings that belong to the user's program, not to a picture."""


@contextmanager
def look(theme: Theme) -> Iterator[None]:
    """Matplotlib's settings while a picture is drawn and saved: ours, whatever the user's own may say.

    Settings are slow to change, so that who draws several pictures has them changed once round all of them: inside, the same look costs nothing.
    """
    wanted = (theme.name, *families())
    if _LOOKED.get() == wanted:
        yield
        return
    ours: dict[str, Any] = {
        "font.family": families(),
        "font.size": BODY_PT,
        "text.color": theme.ink,
        "text.parse_math": False,
        "axes.unicode_minus": False,
        "axes.edgecolor": theme.grid,
        "axes.labelcolor": theme.muted,
        "xtick.color": theme.muted,
        "ytick.color": theme.muted,
        "hatch.linewidth": 0.9,
        "text.hinting": "no_hinting",  # letters keep their true widths, and are drawn in two thirds of the time
        "svg.hashsalt": "tracker",
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
        "path.simplify": True,
    }
    settings: Any = {name: value for name, value in mpl.rcParamsDefault.items() if name not in _KEPT} | ours  # the stubs want literal names
    with mpl.rc_context(settings):
        looked = _LOOKED.set(wanted)
        try:
            yield
        finally:
            _LOOKED.reset(looked)


def blank(width_in: float, height_in: float, theme: Theme) -> Figure:
    """An empty figure that remembers its theme."""
    figure = Figure(figsize=(width_in, height_in), dpi=100, facecolor=theme.paper)
    figure.set_gid(theme.name)
    return figure


def figure_of(axes: Axes) -> Figure:
    """The figure that axes belong to."""
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("these axes belong to no figure")
    return figure


def save(figure: Figure, path: Path, *, title: str | None = None, width_px: int = 1200) -> Path:
    """Write a figure as PNG, SVG or PDF by its suffix; the same figure gives the same bytes, and the file appears whole or not at all.

    `width_px` is the width of a PNG. Raises UsageError for another suffix or a folder that isn't there.
    """
    return save_pages([figure], path, title=title, width_px=width_px)[0]


def save_pages(figures: Sequence[Figure], path: Path, *, title: str | None = None, width_px: int = 1200) -> list[Path]:
    """Write figures as the pages of one PDF, or as PNG or SVG files of which the second is called NAME-2, and so on. As `save`."""
    path = Path(path)
    suffix = picture_suffix(path)
    if not path.parent.is_dir():
        raise UsageError(f'"{path}": there is no folder "{path.parent}"')
    metadata = _metadata(title)[suffix]
    if suffix == ".pdf":
        _write_whole(path, lambda draft: _pdf(figures, draft, metadata))
        return [path]
    paths = [path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, len(figures) + 1))]
    for figure, one in zip(figures, paths, strict=True):
        _write_whole(one, partial(_picture, figure, metadata, width_px))
    return paths


def svg(figure: Figure, title: str, *, words: bool) -> str:
    """A figure as the text of an SVG file, its letters as outlines or, with `words`, as text."""
    from tracker.report.vector import worded

    drawn = io.StringIO()
    with look(theme_of(str(figure.get_gid() or "light"))):
        mpl.rcParams["svg.fonttype"] = "none" if words else "path"
        if words:
            return worded(figure, _metadata(title)[".svg"])
        figure.savefig(drawn, format="svg", metadata=_metadata(title)[".svg"], facecolor=figure.get_facecolor())
    return drawn.getvalue()


def _picture(figure: Figure, metadata: Mapping[str, str | None], width_px: int, draft: Path) -> None:
    with look(theme_of(str(figure.get_gid() or "light"))):
        figure.savefig(draft, dpi=width_px / figure.get_figwidth(), metadata=dict(metadata), facecolor=figure.get_facecolor())


def _pdf(figures: Iterable[Figure], draft: Path, metadata: Mapping[str, str | None]) -> None:
    from matplotlib.backends.backend_pdf import PdfPages  # a fifth of a second: only a PDF of pictures pays it

    with look(LIGHT), PdfPages(draft, metadata=dict(metadata)) as book:  # fonts are written last of all, by the settings of that moment
        for figure in figures:
            with look(theme_of(str(figure.get_gid() or "light"))):
                book.savefig(figure, facecolor=figure.get_facecolor())


def _metadata(title: str | None) -> dict[str, dict[str, str | None]]:
    """What each kind of file says of itself; never when it was made."""
    made_by = f"tracker {__version__}"
    return {
        ".png": {"Software": made_by, "Title": title or ""},
        ".svg": {"Date": None, "Creator": made_by, "Title": title or ""},
        ".pdf": {"CreationDate": None, "Creator": made_by, "Producer": made_by, "Title": title or ""},
    }


def _write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` make a file beside `path`, which then takes its place in one step."""
    draft = path.with_name(f".{path.stem[:100]}.{os.getpid()}{path.suffix.lower()}")
    try:
        write(draft)
        draft.replace(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    finally:
        with suppress(OSError):  # a file system that can't be written to refuses this as well
            draft.unlink(missing_ok=True)


def picture_suffix(path: Path) -> str:
    """The suffix that says how a picture is written, in small letters. Raises UsageError for one that isn't known."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f'"{path.name}": a picture is written as {", ".join(SUFFIXES)}, chosen by the suffix')
    return suffix


_MEASURE = TextToPath()


def families() -> list[str]:
    """The fonts of a picture, the packaged one first."""
    more = used()
    return [FAMILY, more.family] if more else [FAMILY]


def text_width(text: str, points: float, weight: str = "normal") -> float:
    """Width of a line of text in inches, the same on every backend."""
    return _text_width(text, points, weight, tuple(families()))


@lru_cache(maxsize=8192)
def _text_width(text: str, points: float, weight: str, fonts: tuple[str, ...]) -> float:
    plain = plain_width(text, points, bold=weight == "bold")
    if plain is None:
        plain = float(_MEASURE.get_text_width_height_descent(text, font(points, weight, fonts), ismath=False)[0]) / 72
    return plain * 1.01


@cache
def font(points: float, weight: str, fonts: tuple[str, ...] = (FAMILY,)) -> FontProperties:
    """A font of these families, whatever matplotlib's settings say."""
    return FontProperties(family=list(fonts), style="normal", variant="normal", weight=weight, stretch="normal", size=points)


@cache
def _latin(more: Font | None) -> Latin:
    packaged = letters_of(SANS[0])
    return Latin(packaged | more.letters if more else packaged)


@contextmanager
def replacing() -> Iterator[Mapping[str, str]]:
    """What `printable` tells otherwise while the block runs, and how."""
    latin = _latin(used())
    latin.replaced.clear()
    yield latin.replaced


def printable(text: object) -> str:
    """One line of text in which every letter can be drawn: what the fonts lack (Chinese, Korean, …) is told in Latin letters."""
    return _latin(used()).told(" ".join(str(text).split()))


def shorten(text: str, width_in: float, points: float, weight: str = "normal") -> str:
    """The text, or as much of it as fits into a width, with an ellipsis."""
    if text_width(text, points, weight) <= width_in:
        return text
    keep = max(1, math.floor(len(text) * width_in / text_width(text, points, weight)))
    while keep > 1 and text_width(text[:keep].rstrip() + "…", points, weight) > width_in:
        keep -= 1
    return text[:keep].rstrip(" ,·–-") + "…"


def wrap(text: str, width_in: float, points: float) -> list[str]:
    """Text in lines that fit a width."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", points) <= width_in:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def told_moment(as_of: datetime) -> str:
    """The clock of a picture, in words: "8 Dec 2024, 06:00 UTC"; the end of a day is that day."""
    day = f"{as_of.day} {as_of:%b %Y}"
    return day if (as_of.hour, as_of.minute) == (23, 59) else f"{day}, {as_of:%H:%M} UTC"


def told_period(period: Interval) -> str:
    """The period of a picture, in words."""
    if period.start is None and period.end is None:
        return "all dates"
    if period.start is None and period.end is not None:
        return f"until {Interval.day(period.end).told()}"
    return period.told().replace("from ", "since ")


def is_demo(events: Cells) -> bool:
    """Whether any row rests on a demo report."""
    return any(truth == 1 for truth in column(events, "demo"))


def as_day(value: object) -> date | None:
    """A day from a frame's cell: a date, a time or ISO text; None for an empty one."""
    if isinstance(value, datetime):
        return value.date() if value == value else None  # NaT is not equal to itself
    if isinstance(value, date):
        return value
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else None


def source_note(events: Cells, *, as_of: datetime) -> str:
    """What a picture rests on: reports and sources, data cut-off, clock, version, and DEMO where a row is."""
    published = [day for name in ("last_published", "published") for cell in column(events, name) if (day := as_day(cell))]
    cut_off = Interval.day(max(published)).told() if published else "not told"
    documents, sources = (len(set(column(events, name)) - {None}) for name in ("document_id", "source"))
    rests = [f"{counted(documents, 'report')} of {counted(sources, 'source')}"] if documents and sources else []
    demo = ["DEMO: invented sources"] if is_demo(events) else []
    return " · ".join([*demo, *rests, f"data cut-off {cut_off}", f"as of {told_moment(as_of)}", f"tracker {__version__}"])


def counted(number: int, word: str) -> str:
    """A number and its word: "1 vessel", "2 vessels"."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def head_lines(parts: Sequence[str], width_in: float) -> list[str]:
    """The parts of a subtitle in as few lines as fit a picture; a part is never split."""
    lines: list[str] = []
    for part in map(printable, parts):
        if lines and text_width(f"{lines[-1]} · {part}", SUBTITLE_PT) <= width_in - 0.44:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return lines


def head(figure: Figure, theme: Theme, title: str, lines: Sequence[str], *, demo: bool) -> None:
    """Write the title and the lines below it at the top; each line after the first takes HEAD_LINE_IN more."""
    width, height = float(figure.get_figwidth()), float(figure.get_figheight())
    y = height - 0.16
    title, room = printable(title), width - 1.6
    size = max(SMALLEST_TITLE_PT, min(TITLE_PT, TITLE_PT * room / max(text_width(title, TITLE_PT, "bold"), 0.1)))
    figure.text(
        0.22 / width,
        y / height,
        shorten(title, room, size, "bold"),
        fontsize=size,
        fontweight="bold",
        color=theme.ink,
        va="top",
        gid="title",
    )
    y -= 0.30
    for line in lines:
        figure.text(
            0.22 / width,
            y / height,
            shorten(printable(line), width - 0.4, SUBTITLE_PT),
            fontsize=SUBTITLE_PT,
            color=theme.muted,
            va="top",
            gid="subtitle",
        )
        y -= HEAD_LINE_IN
    if demo:
        figure.text(
            1 - 0.22 / width,
            (height - 0.18) / height,
            "DEMO",
            fontsize=13,
            fontweight="bold",
            color=theme.kinds[EventKind.DEPARTURE],
            ha="right",
            va="top",
            gid="demo",
        )


def foot(figure: Figure, theme: Theme, left: str, right: str = "") -> None:
    """Write the source note at the bottom and what is said at its right, above it where the page is too narrow for both."""
    width, height = float(figure.get_figwidth()), float(figure.get_figheight())
    beside = text_width(left, TINY_PT) + text_width(right, TINY_PT) + 0.7 <= width
    note_in, right_in = (0.13, 0.13) if beside else (0.09, 0.235)
    looks: dict[str, Any] = {"fontsize": TINY_PT, "color": theme.muted, "va": "bottom"}
    figure.text(0.22 / width, note_in / height, shorten(printable(left), width - 0.5, TINY_PT), gid="note", **looks)
    figure.text(1 - 0.22 / width, right_in / height, right, ha="right", gid="credit", **looks)
