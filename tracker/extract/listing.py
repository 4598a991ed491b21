"""Stage 3, lists: the ships that the lines under a colon tell as a group's: "The flotilla consisted of:", "- Ivan Gren – landing ship"."""

from __future__ import annotations

import re

from tracker.extract.corefer import Vessel
from tracker.extract.line import Line, Text
from tracker.extract.scene import Discourse, Group, Listing

_MARK = re.compile(r"[-*•–]\s+$")
_MARK_CHARS = 4
_ACTS = frozenset(["past", "pres"])


def read_listing(line: Line, groups: list[Group], discourse: Discourse) -> None:
    """Take the named vessels of a list's lines for the group that the line in front of the list tells: "The flotilla consisted of:"."""
    listing, block = discourse.listing or _unread(line, discourse) or _of_nobody(line, groups), line.sentence.block
    if listing and _is_entry(line.doc, block) and block - listing.block <= 1 and not _tells(line):
        discourse.listing = listing
        listing.named.extend(v for g in groups for v in g.vessels if v.name)
        listing.block, named = block, tuple(dict.fromkeys(listing.named))
        if listing.band:
            listing.band.members = named
        if len(named) > 1:
            discourse.fleet.note(named)  # of whom "they", "the third" or "all but the tanker" speak behind the list
        return
    if listing:
        discourse.listing = None
        if listing.band and listing.band.count not in (None, len(listing.band.members)):
            listing.band.members = ()
        discourse.fleet.put_members()
    if line.text(line.size - 1) == ":" and _is_entry(line.doc, block + 1) and not line.words.isdisjoint(line.doc.lexicon.sets["lists_below"]):
        band = _band(line, groups, discourse)
        discourse.listing = Listing(band, block) if band else None


def _of_nobody(line: Line, groups: list[Group]) -> Listing | None:
    """The list that an entry opens whose head tells of no group: "In the Baltic this week:", "- the frigate A"."""
    block = line.sentence.block
    opens = bool(groups) and _is_entry(line.doc, block) and not (block and _is_entry(line.doc, block - 1)) and not _tells(line)
    return Listing(None, block) if opens else None


def _unread(line: Line, discourse: Discourse) -> Listing | None:
    """The list that an entry opens under a line of which nothing was read: "It is made up of:"."""
    block, doc = line.sentence.block, line.doc
    if not block or not _is_entry(doc, block) or _is_entry(doc, block - 1):
        return None
    head = doc.low[doc.blocks[block - 1].start : doc.blocks[block - 1].end].rstrip().rsplit(". ", 1)[-1]
    words = head.removesuffix(":").split()
    sets = doc.lexicon.sets
    if not head.endswith(":") or not words or words[0] not in sets["points_at_group"] or sets["lists_below"].isdisjoint(words):
        return None
    band = _told_band(discourse)
    return Listing(band, block - 1) if band else None


def _told_band(discourse: Discourse) -> Vessel | None:
    """The group told last of which no ships are known."""
    return next((v for v in reversed(discourse.fleet.recent) if v.group and not v.name and not v.members), None)


def _tells(line: Line) -> bool:
    """Whether an entry tells an act of its own: "- Kola left Tartus on Monday"."""
    return any(form in _ACTS for found in line.found("trigger") for _, form in found.data)


def _is_entry(doc: Text, block: int) -> bool:
    """Whether a block is one line of a list, behind a mark."""
    if block >= len(doc.blocks):
        return False
    start = doc.blocks[block].start
    return doc.blocks[block].kind == "bullet" or _MARK.search(doc.text[max(start - _MARK_CHARS, 0) : start]) is not None


def _band(line: Line, groups: list[Group], discourse: Discourse) -> Vessel | None:
    """The unnamed group, or ships, that a list is of: one in the line itself, else the one told last before "it"."""
    if any(v.name for g in groups for v in g.vessels):
        return None
    here = [v for g in groups for v in g.vessels if not v.members and (v.group or v.plural)]
    band = next((v for v in here if v.group), None)
    pointed = _told_band(discourse) if not line.words.isdisjoint(line.doc.lexicon.sets["points_at_group"]) else None
    return band or pointed or (here[-1] if here else None)
