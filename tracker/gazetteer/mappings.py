"""Files of the lexicon as mappings: YAML in which on, off, yes and no are words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tracker.errors import SeedError


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the C loader is there or not
    """YAML 1.1 reads on, off, yes and no as truth values; here they are words, as in YAML 1.2."""

    yaml_implicit_resolvers = {  # noqa: RUF012  the name and shape are PyYAML's
        first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001  PyYAML's own signature
        """The mapping of a node; a key that stands twice is an error, where YAML would take the last."""
        known: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in known:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} stands twice", key.start_mark)
            known.add(str(key.value))
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        return made


def read_mapping(path: Path) -> dict[str, Any]:
    """What a file holds. Raises SeedError for one that can't be read or is no mapping."""
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SeedError(f"{path.name}: {' '.join(str(error).split())}") from None
    if not isinstance(loaded, dict):
        raise SeedError(f"{path.name}: it should be a mapping")
    return loaded
