"""One tree of errors; the library raises them, the CLI alone turns them into a line and an exit code.

TrackerError                 exit code 1: it was tried and it failed
├── InputError               a file, document or page that can't be read
│   ├── TooLarge             over the size limit
│   ├── Undecodable          no encoding fits, or binary
│   └── FetchError           a URL that was refused, failed or timed out
├── SeedError                a seed file breaks its own rules (file and line)
├── StoreError               the store can't be opened, is busy or broken
│   ├── NewerStore           made by a later version of tracker
│   └── OlderStore           needs `tracker db upgrade`
├── UsageError               exit code 2: the request itself makes no sense
└── NothingFound             exit code 3: a question without an answer
    └── NoStore              there is no store at all
"""

from __future__ import annotations


class TrackerError(Exception):
    """Anything tracker says went wrong. `str(error)` is one line: what is wrong, where, what would work."""

    exit_code = 1


class InputError(TrackerError):
    """An input that can't be read; the others go on."""


class TooLarge(InputError):
    """An input over the size limit."""


class Undecodable(InputError):
    """An input that is no text in any encoding that fits."""


class FetchError(InputError):
    """A URL that was refused by policy, failed, or took too long."""


class SeedError(TrackerError):
    """A seed file breaks its own rules; the message starts with file and line."""


class StoreError(TrackerError):
    """The store can't be opened, is busy or broken."""


class NewerStore(StoreError):
    """The store was made by a later version of tracker."""


class OlderStore(StoreError):
    """The store was made by an earlier version of tracker and needs an upgrade."""


class UsageError(TrackerError):
    """The request itself makes no sense."""

    exit_code = 2


class NothingFound(TrackerError):
    """A question without an answer."""

    exit_code = 3


class NoStore(NothingFound):
    """There is no store where one was looked for."""
