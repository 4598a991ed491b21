"""Every command's help has an example, and the examples are commands."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import typer

from tracker.cli.app import FAMILIES, build


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
