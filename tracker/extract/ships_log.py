"""Stage 3, whose log a text is: the ships of its title or first entry, and who of them is with the others as it goes on."""

from __future__ import annotations

from itertools import chain

from tracker.extract.corefer import Vessel
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.logs import WATCHED_LINES, is_log
from tracker.extract.scene import Discourse, Group
from tracker.gazetteer.lexicon import flat


def note_company(line: Line, number: int, groups: list[Group], discourse: Discourse, *, told: bool) -> None:
    """Keep in mind whose log the text is, "HMAS Hobart and HMAS Stalwart: deployment diary", and whom its entries tell to join or leave them."""
    if discourse.keeper:
        discourse.watch = None  # no log of a port's
    if not discourse.keeper:
        if number < WATCHED_LINES and line.doc.number_of(line.sentence) < WATCHED_LINES and is_log(line.doc):
            _open(line, number, groups, discourse, told=told)
    elif (discourse.block_date or (-1,))[0] == line.sentence.block:
        _change(line, groups, discourse)
    elif discourse.block_date is None and not line.words.isdisjoint(line.doc.lexicon.sets["along_with_her"]):
        named = (v for g in groups for v in g.vessels if v.name)
        discourse.company = tuple(dict.fromkeys((*discourse.keeper, *named)))


def _open(line: Line, number: int, groups: list[Group], discourse: Discourse, *, told: bool) -> None:
    """Take the ships that open a log for those whose it is."""
    known = [v for v in discourse.fleet.vessels if v.name or not discourse.leaves_out]  # "Three ships on a cruise", with their names below
    first = not (number and told) and len(known) == sum(len(group.vessels) for group in groups)
    if not first or not groups or not all(v.name for g in groups for v in g.vessels):
        return
    if discourse.leaves_out or (titles_voyage(line) and len(groups) == 1):
        _keep(tuple(dict.fromkeys(chain.from_iterable(g.vessels for g in groups))), discourse)


def titles_voyage(line: Line) -> bool:
    """Whether the title of a text says that it tells of a voyage: "Regional Presence Deployment 2023 in dates"."""
    return line.sentence.block == 0 and not line.doc.lexicon.sets["voyages_kept"].isdisjoint(line.words)


def _keep(vessels: tuple[Vessel, ...], discourse: Discourse) -> None:
    discourse.keeper, discourse.of_group = vessels, len(vessels) > 1
    discourse.company = vessels if discourse.of_group else ()
    discourse.fleet.hero = flat(vessels[0].name or "") or discourse.fleet.hero


def _change(line: Line, groups: list[Group], discourse: Discourse) -> None:
    """Change who is together by what an entry says: "group now three with the support vessel Garonne", "Hobart detached for Guam"."""
    sets, of_group = line.doc.lexicon.sets, discourse.of_group
    if of_group and (line.holds(sets["reunited"]) or any(set(discourse.company) <= set(group.vessels) for group in groups)):
        discourse.keeper = discourse.company
    for group in groups:
        named = tuple(v for v in group.vessels if v.name)
        behind = line.lows[group.last : group.last + _BEHIND_TOKENS]
        joins = not sets["joins_company"].isdisjoint(behind) or (
            line.low(before_phrase(line, group.first)) == "with" and not sets["now_so_many"].isdisjoint(line.lows[: group.first])
        )
        if joins and named:
            discourse.company = tuple(dict.fromkeys((*(discourse.company or discourse.keeper), *named)))
            discourse.keeper = tuple(dict.fromkeys((*discourse.keeper, *named))) if of_group else discourse.keeper
        elif len(discourse.keeper) > len(named) and set(named) <= set(discourse.keeper) and not sets["leaves_company"].isdisjoint(behind):
            discourse.keeper = tuple(v for v in discourse.keeper if v not in named)


_BEHIND_TOKENS = 2


def kept_by(line: Line, discourse: Discourse) -> tuple[Vessel, ...]:
    """Of whom an entry tells that leaves it out: the ships whose log it is, with those that go along where it tells of "both" or "the group"."""
    together = discourse.company and not line.words.isdisjoint(line.doc.lexicon.sets["all_of_them"])
    return discourse.company if together else discourse.keeper
