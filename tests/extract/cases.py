"""The table of texts and what they tell: sentences and paragraphs, and texts of several lines."""

from __future__ import annotations

from pathlib import Path

import yaml

CASES = [
    case
    for name in ("cases.yaml", "layouts.yaml")
    for case in yaml.load((Path(__file__).parent / name).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
]
