"""Prefixes and tasks: who may see whom, against loops over every pair."""

import numpy as np
import pytest

from course_lib.layers import causal_mask
from course_lib.objectives import draw_tasks, prefix_mask, task_mask
from course_lib.objectives.orders.task_mask import TASKS

REAL = np.arange(7) < np.array([7, 5, 2, 6])[:, None]
SEGMENTS = np.where(REAL, np.arange(7) >= np.array([3, 2, 2, 0])[:, None], 0).astype(int)


def sees(task, t, s, segments):
    if task == "bidirectional":
        return True
    if task == "left_to_right":
        return s <= t
    if task == "right_to_left":
        return s >= t
    return segments[s] == 0 or (segments[t] == 1 and s <= t)


def by_hand(tasks):
    expected = np.zeros((4, 7, 7), bool)
    for row, task in enumerate(tasks):
        for t in range(7):
            for s in range(7):
                expected[row, t, s] = REAL[row, t] and REAL[row, s] and sees(task, t, s, SEGMENTS[row])
    return expected


@pytest.mark.parametrize("task", TASKS)
def test_each_task_against_a_loop(task):
    found = task_mask(task, SEGMENTS, REAL)
    assert found.dtype == bool
    np.testing.assert_array_equal(found, by_hand([task] * 4))


def test_every_row_has_its_own_task():
    tasks = ["left_to_right", "sequence_to_sequence", "bidirectional", "right_to_left"]
    np.testing.assert_array_equal(task_mask(tasks, SEGMENTS, REAL), by_hand(tasks))


def test_the_first_segment_sees_nothing_of_the_second_and_the_second_no_future():
    mask = task_mask("sequence_to_sequence", SEGMENTS, REAL)[0]
    assert not mask[:3, 3:].any() and mask[:, :3].all()
    assert not np.triu(mask[3:, 3:], 1).any()


def test_prefixes_run_from_left_to_right_to_both_sides():
    real = REAL[:1]
    np.testing.assert_array_equal(prefix_mask([0], real), np.asarray(causal_mask(7)))
    assert prefix_mask([7], real).all()
    np.testing.assert_array_equal(
        prefix_mask([3, 2, 2, 0], REAL), task_mask("sequence_to_sequence", SEGMENTS, REAL)
    )


def test_padding_is_not_seen_and_sees_nothing():
    for mask in (prefix_mask([1] * 4, REAL), *(task_mask(task, SEGMENTS, REAL) for task in TASKS)):
        assert not np.swapaxes(mask, 1, 2)[~REAL].any() and not mask[~REAL].any()
        assert mask[REAL].any(axis=1).all()  # who is real sees itself, if nobody else


def test_tasks_are_drawn_by_their_shares():
    tasks = draw_tasks(6001, np.random.default_rng(1))
    shares = [tasks.count(task) / 6001 for task in TASKS]
    np.testing.assert_allclose(shares, [1 / 3, 1 / 3, 1 / 6, 1 / 6], atol=0.03)
    assert draw_tasks(20, np.random.default_rng(1)) == tasks[:20]
    assert set(draw_tasks(50, np.random.default_rng(1), (0, 0, 0.5, 0.5))) == set(TASKS[2:])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: prefix_mask([1, 2], REAL), "4 integers"),
        (lambda: prefix_mask([1.0] * 4, REAL), "float64"),
        (lambda: prefix_mask([1, 1, 3, 1], REAL), "number of real tokens, 2.*Received: 3 in row 2"),
        (lambda: prefix_mask([1, -1, 1, 1], REAL), "Received: -1 in row 1"),
        (lambda: prefix_mask([1] * 4, REAL.astype(float)), "boolean"),
        (lambda: prefix_mask([1], REAL[0]), r"\(B, T\)"),
        (lambda: task_mask("both", SEGMENTS, REAL), "'both'"),
        (lambda: task_mask(["bidirectional"], SEGMENTS, REAL), "4 tasks"),
        (lambda: task_mask("bidirectional", SEGMENTS[:, 1:], REAL), r"Received: shape \(4, 6\)"),
        (lambda: task_mask("sequence_to_sequence", 1 - SEGMENTS, REAL), "Received: row 0"),
        (lambda: draw_tasks(3, np.random.default_rng(1), (0.5, 0.6, 0, 0)), "sum to 1"),
        (lambda: draw_tasks(3, np.random.default_rng(1), (1.0,)), "4 probabilities"),
    ],
)
def test_what_cannot_be(call, words):
    with pytest.raises(ValueError, match=words):
        call()
