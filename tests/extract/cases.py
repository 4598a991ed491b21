"""The table of texts and what they tell: sentences and paragraphs, texts of several lines, and acts of several ships."""

from __future__ import annotations

from pathlib import Path

import yaml

CASES = [
    case
    for name in ("cases.yaml", "paragraphs.yaml", "layouts.yaml", "several.yaml")
    for case in yaml.load((Path(__file__).parent / name).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
]
