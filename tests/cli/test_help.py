"""Every command's help has an example, and the examples are commands."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tracker.cli.app import FAMILIES, build


def commands() -> Iterator[tuple[str, ...]]:
    app = build([])
    yield ()
    for command in app.registered_commands:
        yield (command.name or "",)
    for group in app.registered_groups:
        yield (group.name or "",)
        for command in group.typer_instance.registered_commands:
            yield group.name or "", command.name or (command.callback.__name__ if command.callback else "")


ALL = sorted(set(commands()))


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
