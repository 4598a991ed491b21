"""Words of others as they may be shown to people: a page that was read can carry signs that steer a terminal or turn a line round."""

from __future__ import annotations

_STEERING = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "\ufffd") | {ord("\n"): "\n", ord("\t"): "\t", ord("\r"): " "}
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_SIGNS = str.maketrans(_STEERING | _TURNING)


def shown(text: str) -> str:
    """The text with "\ufffd" for signs that steer a terminal, and without those that turn the direction of what follows."""
    return text if text.isprintable() else text.translate(_SIGNS)
