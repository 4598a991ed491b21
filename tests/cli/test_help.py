"""Every command's help has an example, and the examples are commands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import pytest
import typer

from tracker.cli.app import FAMILIES, build
from tracker.intake.documents import ingest
from tracker.intake.options import ReadOptions
from tracker.resources import resource


def commands(app: typer.Typer, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield words
    for command in app.registered_commands:
        yield *words, command.name or (command.callback.__name__ if command.callback else "")
    for group in app.registered_groups:
        yield from commands(group.typer_instance, (*words, group.name or ""))


ALL = sorted(set(commands(build([]))))


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_help_has_an_example(run, words: tuple[str, ...]) -> None:
    code, out, _ = run(*words, "--help")
    assert code == 0
    assert re.search(r"Example: tracker\b", out), out


def test_every_family_is_there() -> None:
    assert {words[0] for words in ALL if words} == set(FAMILIES)


def test_the_version(run) -> None:
    from tracker import __version__

    assert run("--version")[1] == f"tracker {__version__}\n"


FAMILIES_OF_QUESTIONS = ("vessels", "events", "places", "sources", "where", "fleet", "counts", "review", "history", "undo")
OF_A_DESK = ("vessels clashes", "vessels edit", "vessels merge", "sources versions", "review export")
"""Commands whose example needs what the demo doesn't have: a misprinted record, a page with two versions, a document reviewed to the end."""
DECIDING = ("accept", "reject", "edit", "add", "alias", "split", "grade", "withdraw", "restore", "history", "undo")
"""They come after the questions, for what is decided changes the answers."""


def test_the_examples_of_questions_and_decisions_run_on_the_demo(run, tmp_path_factory: pytest.TempPathFactory) -> None:
    url = str(tmp_path_factory.mktemp("demo") / "tracker.db")
    ingest([str(resource("seeds", "demo"))], ReadOptions(demo=True), f"sqlite:///{url}")
    asked = [words for words in ALL if words[:1] and words[0] in FAMILIES_OF_QUESTIONS and " ".join(words) not in OF_A_DESK]
    for words in sorted(asked, key=lambda words: DECIDING.index(words[-1]) if words[-1] in DECIDING else -1):
        told = " ".join(run(*words, "--help")[1].split("Example: ")[1].split())
        for example in told.split("; "):
            code, _, err = run(*shlex.split(example)[1:], "--db", url)
            assert code == 0, (example, err)
