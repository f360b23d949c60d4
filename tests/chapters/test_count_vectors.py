"""Word vectors from counts of neighbours."""

import numpy as np
import pytest

from course_lib.chapters.training.count_vectors import (
    count_vectors,
    leading_directions,
    neighbour_counts,
    shifted_information,
)


def test_neighbours_are_counted_in_both_directions():
    counts = neighbour_counts(np.array([[1, 2, 1, 0]]), 3, window=2)
    assert counts.tolist() == [[0, 1, 1], [1, 2, 2], [1, 2, 0]]


def test_what_is_expected_has_no_information():
    shares = np.array([0.5, 0.3, 0.2])
    expected = np.outer(shares, shares**0.75 / (shares**0.75).sum())
    scaled = 1e6 * expected / expected.sum()
    np.testing.assert_allclose(shifted_information(scaled), 0, atol=1e-3)
    assert shifted_information(np.zeros((2, 2))).tolist() == [[0, 0], [0, 0]]


def test_leading_directions_are_those_of_the_whole_decomposition():
    matrix = np.random.default_rng(0).normal(size=(47, 47)) * np.arange(47) ** 2
    left, values = leading_directions(matrix, 5)
    whole, all_values, _ = np.linalg.svd(matrix)
    np.testing.assert_allclose(values, all_values[:5], rtol=1e-4)
    np.testing.assert_allclose(np.abs((left * whole[:, :5]).sum(axis=0)), 1, atol=1e-3)


def test_words_with_the_same_neighbours_have_like_vectors():
    """5 and 6 stand among 8 and 9; 7 among 10 and 11."""
    generator = np.random.default_rng(0)
    first = np.stack([generator.choice(place, 500) for place in ((8, 9), (5, 6), (8, 9))], axis=1)
    second = np.stack([generator.choice(place, 500) for place in ((10, 11), (7,), (10, 11))], axis=1)
    vectors = count_vectors(np.concatenate([first, second]), 13, width=4, deviation=0.07, window=1)
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert units[5] @ units[6] > 0.9 > units[5] @ units[7] + 0.5
    assert vectors.std() == pytest.approx(0.07, rel=1e-3) and np.isfinite(vectors).all()
