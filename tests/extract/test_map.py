"""The map of the extractor's files is what their docstrings say; `python tests/extract/test_map.py` draws it anew."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MAP = ROOT / "docs" / "extraction.md"
STAGES = {
    1: "The text as it is read",
    2: "What a sentence names: vessels, places",
    3: "Headings, logs and lists",
    4: "Whom a mention stands for; days",
    5: "Words of movement and how firmly they are told",
    6: "One act: who, what, where, when",
    7: "What acts take from each other",
    8: "The outcome of the text",
    0: "Beside the stages",
}
OPENING = """# The extractor's files

`tracker/extract/pipeline.py` tells the stages in order; every other file has one subject, which its first line tells. This list is made of
those lines (`python tests/extract/test_map.py`), and a test holds it: look here for the room of the next change.
"""


def drawn() -> str:
    """The map: the files of each stage with what each is about."""
    files = defaultdict[int, list[str]](list)
    for path in sorted((ROOT / "tracker" / "extract").rglob("*.py")):
        about = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]
        stage = re.match(r"Stage (\d)(?: and \d)?,? ?", about)
        said = about[stage.end() :].lstrip(": ") if stage else about
        files[int(stage[1]) if stage else 0].append(f"- `{path.relative_to(ROOT / 'tracker' / 'extract')}`: {said}")
    parts = [f"## {f'{number}. ' if number else ''}{title}\n\n" + "\n".join(files[number]) for number, title in STAGES.items()]
    return OPENING + "\n" + "\n\n".join(parts) + "\n"


def test_the_map_is_what_the_files_say_of_themselves() -> None:
    assert MAP.read_text(encoding="utf-8") == drawn()


if __name__ == "__main__":
    MAP.write_text(drawn(), encoding="utf-8")
