"""Matplotlib as a command has it: whole for what is drawn, and left as it was found."""

from __future__ import annotations

import subprocess
import sys


def told(code: str) -> str:
    return subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_a_command_goes_without_what_it_never_draws():
    code = "import sys; from tracker.cli.drawing import matplotlib_ready; matplotlib_ready(); print('mpl_toolkits.mplot3d' in sys.modules)"
    assert told(code) == "False"


def test_what_was_left_out_can_be_had_afterwards():
    code = (
        "from tracker.cli.drawing import matplotlib_ready; matplotlib_ready(); import matplotlib.artist as artist; "
        "from matplotlib.lines import Line2D; from mpl_toolkits.mplot3d import Axes3D; print('linewidth' in artist.kwdoc(Line2D), Axes3D.name)"
    )
    assert told(code) == "True 3d"


def test_matplotlib_that_is_there_is_left_alone():
    code = (
        "import matplotlib.figure as f; from tracker.cli.drawing import matplotlib_ready; matplotlib_ready(); print('alpha' in f.Figure.set.__doc__)"
    )
    assert told(code) == "True"
