"""The two grades of the Admiralty system (as in NATO's AJP-2.1): a letter for the source, a figure for what it says, each by itself."""

from __future__ import annotations

RELIABILITY: dict[str, str] = {
    "A": "reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "can't be judged",
}
"""Of a source: a person's judgement (`tracker sources grade`); F until someone gives one."""

CREDIBILITY: dict[int, str] = {
    1: "confirmed by other independent sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "can't be judged",
}
"""Of what is told: by the rules of `analysis.grading`; 6 until an independent origin bears on it."""


def legend(grades: set[str]) -> str:
    """What some grades mean: {"B2", "F6"} -> "B usually reliable, F can't be judged (source); 2 probably true, 6 can't be judged (claim)"."""
    letters = sorted({grade[:1] for grade in grades} & RELIABILITY.keys())
    figures = sorted({int(grade[1]) for grade in grades if grade[1:].isdecimal()} & CREDIBILITY.keys())
    parts = [
        f"{', '.join(f'{sign} {meaning}' for sign, meaning in told)} ({of})"
        for told, of in (([(x, RELIABILITY[x]) for x in letters], "source"), ([(n, CREDIBILITY[n]) for n in figures], "claim"))
        if told
    ]
    return "; ".join(parts)
