from __future__ import annotations

import random
from itertools import combinations

from tracker.report.labels import Box, Choice, around, place

PAPER = Box(0, 0, 12, 8)


def test_nothing_overlaps_in_a_crowd():
    random.seed(7)
    wanted = [around(random.uniform(4, 8), random.uniform(2, 6), random.uniform(0.6, 1.6), 0.3) for _ in range(40)]
    chosen = [choice for choice in place(wanted, PAPER) if choice]
    assert len(chosen) >= 35
    assert not any(a.box.overlaps(b.box) for a, b in combinations(chosen, 2))
    for choice in chosen:
        assert choice.box.left >= 0 and choice.box.right <= 12 and choice.box.bottom >= 0 and choice.box.top <= 8


def test_a_label_without_room_is_left_out_and_the_others_stay():
    spot = [Choice(Box(1, 1, 2, 2), 0)]
    assert place([spot, spot, [Choice(Box(4, 4, 5, 5), 0)]], PAPER)[1:] == [None, Choice(Box(4, 4, 5, 5), 0)]


def test_the_label_with_least_choice_is_served_first_where_that_saves_one():
    here, there = Choice(Box(1, 1, 2, 2), 0), Choice(Box(5, 5, 6, 6), 1)
    assert place([[here, there], [here]], PAPER) == [there, here]


def test_taken_boxes_are_kept_free():
    (choice,) = place([around(6, 4, 1, 0.3)], PAPER, [Box(5.9, 3.9, 6.1, 4.1), Box(6.1, 3, 9, 5)])
    assert choice is not None and not choice.box.overlaps(Box(6.1, 3, 9, 5))


def test_a_leader_never_runs_through_a_box():
    wall = Box(5, 4.3, 7, 4.6)
    (choice,) = place([around(6, 4, 1.5, 0.3)], PAPER, [wall, Box(4, 3.4, 8, 4.2)])
    assert choice is None or choice.leader is None or not _hits(choice.leader, wall)


def test_no_label_is_laid_over_the_leader_of_another():
    random.seed(11)
    wanted = [around(random.uniform(5, 7), random.uniform(3, 5), 1.2, 0.4) for _ in range(24)]
    chosen = [choice for choice in place(wanted, PAPER) if choice]
    assert sum(choice.leader is not None for choice in chosen) > 5
    assert not [a for a in chosen for b in chosen if a is not b and b.leader and _hits(b.leader, a.box)]


def _hits(leader, box: Box) -> bool:
    (x0, y0), (x1, y1) = leader
    return any(box.left < x0 + t * (x1 - x0) < box.right and box.bottom < y0 + t * (y1 - y0) < box.top for t in (0.1, 0.3, 0.5, 0.7, 0.9))


def test_near_candidates_have_no_leader_and_far_ones_do():
    choices = around(6, 4, 1, 0.3)
    assert choices[0].leader is None and choices[-1].leader is not None
    assert min(choices, key=lambda choice: choice.cost).box.left > 6  # to the right, where it reads on from the point


def test_no_labels_want_nothing():
    assert place([], PAPER) == []
    assert place([[]], PAPER) == [None]
