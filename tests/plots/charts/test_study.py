"""Curves over length with intervals: the numbers drawn are the numbers given."""

import math

import numpy as np
import pytest

from course_lib.plots import alignment_and_lengths, bleu_by_length_with_intervals

EDGES = (1, 9, 13, math.inf)
SYSTEMS = {
    "none": [(30.0, 28.0, 33.0), (9.0, 7.0, 11.0), (4.0, 3.0, 4.5)],
    "dot": [(95.0, 94.0, 96.0), (94.0, 92.0, 95.0), (93.0, 90.0, 97.0)],
}


def test_means_and_intervals_are_drawn_as_given():
    axes = bleu_by_length_with_intervals(EDGES, SYSTEMS).axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1–8", "9–12", "13+"]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == list(SYSTEMS)
    for container, triples in zip(axes.containers, SYSTEMS.values(), strict=True):
        mean, low, high = np.array(triples).T
        line, _, (bars,) = container
        np.testing.assert_allclose(line.get_ydata(), mean)
        ends = np.array([segment[:, 1] for segment in bars.get_segments()])
        np.testing.assert_allclose(ends, np.stack([low, high], axis=1))


def test_systems_at_one_length_do_not_cover_each_other():
    axes = bleu_by_length_with_intervals(EDGES, SYSTEMS).axes[0]
    first, second = (container[0].get_xdata() for container in axes.containers)
    assert (np.abs(first - second) > 0.05).all() and (np.abs(first - second) < 0.5).all()


def test_a_system_needs_a_triple_for_each_range():
    with pytest.raises(ValueError, match="Expected 3 triples .* for 'dot'.* Received: 2"):
        bleu_by_length_with_intervals(EDGES, {**SYSTEMS, "dot": SYSTEMS["dot"][:2]})


def test_the_map_stands_beside_the_curves():
    weights = np.array([[0.75, 0.25], [0.5, 0.5], [0.125, 0.875]])
    figure = alignment_and_lengths(weights, ["a", "b"], ["x", "y", "z"], {(0, 0), (1, 2)}, EDGES, SYSTEMS)
    left, right = figure.axes[:2]
    np.testing.assert_allclose(left.images[0].get_array(), weights)
    assert sum(patch.get_gid() == "gold" for patch in left.patches) == 2
    assert len(right.containers) == len(SYSTEMS)
