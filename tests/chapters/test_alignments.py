"""Links of toy sentence pairs."""

import numpy as np
import pytest

from course_lib.chapters import alignment_matrix, attention_error_rate, diagonal_links
from course_lib.data import ToyPair

PAIR = ToyPair(("a", "b", "c"), ("x", "y"), frozenset({(2, 0), (0, 1), (1, 1)}), -1.0)


def test_gold_links_as_a_picture():
    np.testing.assert_array_equal(alignment_matrix(PAIR), [[0, 0, 1], [1, 1, 0]])


def test_the_diagonal_links_every_target_word_once():
    assert diagonal_links([PAIR]) == [{(0, 0), (1, 1)}]


def test_the_error_rate_reads_the_largest_weight_and_no_padding():
    weights = np.array(
        [[[0.1, 0.2, 0.3, 0.4], [0.6, 0.3, 0.1, 0.0], [0.0, 0.0, 0.0, 1.0]]]
    )  # padded to (3, 4)
    # Links read: (2, 0) and (0, 1). Both are among the three gold ones: 1 - 2 · 2 / (2 + 3).
    assert attention_error_rate(weights, [PAIR]) == pytest.approx(0.2)
    with pytest.raises(ValueError, match="Received: 1 rows, 2 pairs"):
        attention_error_rate(weights, [PAIR, PAIR])
