"""Whether what a source says of a vessel itself can be what its record holds: type, class, project, hull, country. Pure; overwrites neither."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.idents import fold_hull
from tracker.domain.kinds import AUXILIARY_TYPES, NEAR_TYPES, VesselType
from tracker.domain.names import fold


class Degree(StrEnum):
    """How far apart two words are: near ones may mean the same ship seen by other eyes."""

    NEAR = "near"
    CLASH = "clash"


SLOTS = ("type", "class", "project", "hull", "country")
_GENERIC = frozenset({VesselType.WARSHIP, VesselType.VESSEL})
_NUMERAL = re.compile(r" (?:i{1,3}|iv|v|m|\d)$")


def degree(slot: str, said: str, record: Mapping[str, str | None], classes: frozenset[str]) -> Degree | None:
    """How a value that was said goes with a vessel's record (its slots by name); None where it fits or the record holds nothing.

    `classes`: folded names of the classes that there are; a name that is none of them may be another name of the same class.
    """
    held = record.get(slot)
    if not held:
        return None
    if slot == "type":
        return _of_types(VesselType(said), VesselType(held))
    if slot == "class":
        return _of_classes(said, held, record.get("project"), classes)
    if slot == "project":
        return _of_projects(said, held)
    if slot == "hull":
        return None if _number(said) == _number(held) else Degree.CLASH
    return None if said == held else Degree.CLASH


def _of_types(said: VesselType, held: VesselType) -> Degree | None:
    if said == held or said in _GENERIC or held in _GENERIC:
        return None
    if VesselType.AUXILIARY in (said, held) and {said, held} <= AUXILIARY_TYPES:
        return None
    return Degree.NEAR if frozenset({said, held}) in NEAR_TYPES else Degree.CLASH


def _of_classes(said: str, held: str, project: str | None, classes: frozenset[str]) -> Degree | None:
    """A class goes by its name, by the end of it ("Grigorovich"), by its project ("Type 23"), and without what marks a batch ("Improved", "II")."""
    told, known = _broad(fold(said)), _broad(fold(held))
    if told == known or known.endswith(f" {told}") or (project and _of_projects(said, project) is None):
        return None
    return Degree.CLASH if told in classes else Degree.NEAR


def _broad(folded: str) -> str:
    return _NUMERAL.sub("", folded.removeprefix("the ").removeprefix("improved "))


def _of_projects(said: str, held: str) -> Degree | None:
    one, other = (re.sub(r"^(?:project|type|pr) ", "", fold(text)) for text in (said, held))
    if one == other:
        return None
    return Degree.NEAR if one.startswith(other) or other.startswith(one) else Degree.CLASH


def _number(hull: str) -> str:
    """A hull number without the letters of its type, which sources write in their own ways; whole where it has no digits."""
    digits = re.sub(r"\D", "", hull)
    return digits or fold_hull(hull)
