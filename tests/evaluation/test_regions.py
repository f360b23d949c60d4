"""Where a model looks: against many random points, and values worked by hand."""

import numpy as np
import pytest

from course_lib.evaluation import attention_in_region, pointing_accuracy, region_cover, region_iou

GENERATOR = np.random.default_rng(0)


def boxes(count, seed=0):
    generator = np.random.default_rng(seed)
    low = generator.uniform(0, 0.6, (count, 2))
    return np.concatenate([low, low + generator.uniform(0.1, 0.4, (count, 2))], axis=1)


def holds(box, points):
    """Whether points `(n, 2)` lie in a box."""
    return (points >= box[:2]).all(axis=1) & (points <= box[2:]).all(axis=1)


@pytest.mark.parametrize("rows, columns", [(7, 5), (1, 1), (2, 13)])
def test_cover_is_the_share_of_a_cells_points(rows, columns):
    regions = boxes(11)
    cover = region_cover(regions, rows, columns)
    assert cover.shape == (11, rows, columns)
    areas = np.prod(regions[:, 2:] - regions[:, :2], axis=1)
    np.testing.assert_allclose(cover.sum(axis=(1, 2)) / (rows * columns), areas, rtol=1e-9)
    points = (
        np.stack(np.meshgrid(np.arange(200), np.arange(200), indexing="ij"), -1).reshape(-1, 2) + 0.5
    ) / 200
    cell = (points * [rows, columns]).astype(int) @ [columns, 1]
    for region, found in zip(regions, cover, strict=True):
        counts = np.bincount(cell, weights=holds(region, points)) / np.bincount(cell)
        np.testing.assert_allclose(found.ravel(), counts, atol=0.005 * max(rows, columns) * 2)


def test_shares_of_attention():
    regions = boxes(7)
    areas = np.prod(regions[:, 2:] - regions[:, :2], axis=1)
    np.testing.assert_allclose(attention_in_region(np.ones((7, 5, 3)), regions), areas, rtol=1e-9)
    inside = region_cover(regions, 97, 89) == 1
    np.testing.assert_allclose(attention_in_region(inside, regions), 1.0)
    outside = region_cover(regions, 97, 89) == 0
    np.testing.assert_allclose(attention_in_region(outside, regions), 0.0)
    by_hand = attention_in_region([[[1, 2, 3], [4, 5, 6]]], [[0.25, 0.0, 1.0, 2 / 3]])
    np.testing.assert_allclose(by_hand, [(0.5 * 1 + 0.5 * 2 + 4 + 5) / 21])
    assert attention_in_region(np.zeros((1, 2, 2)), [[0, 0, 1, 1]]).tolist() == [0.0]


def test_pointing_is_at_the_middle_of_the_cell():
    attention = np.zeros((4, 5, 3))
    attention[[0, 1, 2, 3], [0, 4, 2, 2], [0, 2, 1, 1]] = 1
    regions = [[0, 0, 0.11, 0.17], [0.89, 0.82, 1, 1], [0.49, 0.49, 0.51, 0.51], [0, 0, 0.49, 1]]
    assert pointing_accuracy(attention, regions) == 0.75
    assert pointing_accuracy(attention[:3], regions[:3]) == 1.0
    assert pointing_accuracy(attention.transpose(0, 2, 1)[:2], regions[:2]) == 0.0


def test_intersection_over_union():
    one, other = boxes(23, seed=1), boxes(23, seed=2)
    points = GENERATOR.random((200_000, 2))
    found = region_iou(one, other)
    for first, second, iou in zip(one[:5], other[:5], found, strict=False):
        in_first, in_second = holds(first, points), holds(second, points)
        assert iou == pytest.approx((in_first & in_second).sum() / (in_first | in_second).sum(), abs=0.02)
    np.testing.assert_allclose(found, region_iou(other, one))
    np.testing.assert_allclose(region_iou(one, one), 1.0)
    assert region_iou([[0, 0, 0.5, 0.5]], [[0.5, 0, 1, 0.5]]).tolist() == [0.0]
    # a box within one of twice its side covers a quarter of it
    np.testing.assert_allclose(region_iou([[0.2, 0.2, 0.4, 0.4]], [[0.1, 0.2, 0.5, 0.6]]), 0.25)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: region_cover([[0, 0, 1]], 2, 2), r"\(B, 4\): top, left, bottom, right"),
        (lambda: region_cover([[0.5, 0, 0.4, 1]], 2, 2), "must end behind where they begin"),
        (lambda: region_iou(boxes(2), boxes(3)), "Received: 2 boxes, 3 regions"),
        (lambda: attention_in_region(np.ones((2, 9)), boxes(2)), r"Received: attention of shape \(2, 9\)"),
        (lambda: attention_in_region(np.ones((2, 3, 3)), boxes(3)), "3 regions"),
        (lambda: pointing_accuracy(-np.ones((2, 3, 3)), boxes(2)), "0 or more"),
        (lambda: attention_in_region(np.full((2, 3, 3), np.nan), boxes(2)), "0 or more"),
    ],
)
def test_what_does_not_fit_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
