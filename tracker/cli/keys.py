"""One key from the terminal, without Enter."""

from __future__ import annotations

import os
import sys


def read_key() -> str:
    """The key that was pressed; an empty one where the input ended. Where the system can't read single keys, the first of a line."""
    try:
        import termios
        import tty
    except ImportError:  # no such terminals on Windows
        return sys.stdin.readline()[:1]
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)  # keys pressed ahead stay
        return os.read(terminal, 1).decode(errors="ignore")
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
