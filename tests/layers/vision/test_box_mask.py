"""The soft mask of a box: against NumPy in float64 and finite differences; and the rule it learns by."""

import numpy as np
import pytest
from keras import ops
from support.gradients import finite_differences, gradient

from course_lib.layers import box_mask, box_mask_derivatives, look_through

H, W = 11, 7
PROPOSALS = np.array([[0.31, 0.64, 0.22], [0.8, 0.2, 0.11], [0.5, 0.5, 0.5]])


def mask_in_float64(proposal, height=H, width=W, sharpness=20.0):
    y, x, half = proposal

    def profile(size, centre):
        middles = (np.arange(size) + 0.5) / size
        near, far = (1 / (1 + np.exp(-sharpness * (middles - centre + sign * half))) for sign in (1, -1))
        return near - far

    return profile(height, y)[:, None] * profile(width, x)[None, :]


@pytest.mark.parametrize("sharpness", [5.0, 20.0, 90.0])
def test_mask_and_derivatives(sharpness):
    masks = ops.convert_to_numpy(box_mask(PROPOSALS, H, W, sharpness))
    slopes = ops.convert_to_numpy(box_mask_derivatives(PROPOSALS, H, W, sharpness))
    for proposal, mask, slope in zip(PROPOSALS, masks, slopes, strict=True):
        np.testing.assert_allclose(mask, mask_in_float64(proposal, sharpness=sharpness), atol=1e-6)
        expected = finite_differences(lambda p: mask_in_float64(p, sharpness=sharpness), proposal)
        np.testing.assert_allclose(slope, expected, atol=1e-4 * sharpness / 20)


def test_derivatives_are_those_that_the_backend_finds():
    weights = np.random.default_rng(0).normal(size=(3, H, W)).astype("float32")
    found = gradient(lambda p: ops.sum(ops.multiply(weights, box_mask(p, H, W))), PROPOSALS)
    slopes = ops.convert_to_numpy(box_mask_derivatives(PROPOSALS, H, W))
    np.testing.assert_allclose(found, np.einsum("bhw,bhwn->bn", weights, slopes), rtol=1e-4, atol=1e-4)


def test_one_within_nothing_without_a_half_at_an_edge():
    mask = ops.convert_to_numpy(box_mask([[0.5, 0.5, 0.25]], 40, 40, 400.0))[0]
    inside = np.zeros((40, 40))
    inside[10:30, 10:30] = 1
    np.testing.assert_allclose(mask, inside, atol=0.02)
    edge = ops.convert_to_numpy(box_mask([[0.5, 0.5, 0.4]], 1, 5, 100.0))[0, 0]
    np.testing.assert_allclose(edge, [0.5, 1, 1, 1, 0.5], atol=1e-3)


def test_a_wider_box_holds_more_of_every_pixel():
    """So that a rule which only asks for more of the mask can only widen it."""
    slopes = ops.convert_to_numpy(box_mask_derivatives(PROPOSALS, 31, 29))
    assert (slopes[..., 2] >= 0).all() and slopes[..., 2].max() > 1


def test_each_picture_may_have_a_sharpness_of_its_own():
    together = ops.convert_to_numpy(box_mask(PROPOSALS, H, W, [5.0, 20.0, 90.0]))
    for index, sharpness in enumerate((5.0, 20.0, 90.0)):
        alone = ops.convert_to_numpy(box_mask(PROPOSALS[[index]], H, W, sharpness))
        np.testing.assert_allclose(together[index], alone[0], atol=1e-6)


def test_through_a_mask_pictures_get_their_gradient_and_the_mask_the_rule():
    generator = np.random.default_rng(1)
    pictures, upstream = (generator.normal(size=(3, H, W, 2)).astype("float32") for _ in range(2))
    mask = generator.random((3, H, W, 1)).astype("float32")
    np.testing.assert_allclose(ops.convert_to_numpy(look_through(pictures, mask)), pictures * mask, rtol=1e-6)
    of_pictures = gradient(lambda p: ops.sum(ops.multiply(upstream, look_through(p, mask))), pictures)
    np.testing.assert_allclose(of_pictures, upstream * mask, rtol=1e-5)
    squares = np.square(upstream.astype(float)).sum(axis=-1, keepdims=True)
    expected = -squares / squares.sum(axis=(1, 2, 3), keepdims=True) / 3
    for factor in (1.0, 100.0):  # a step has one size, however large the loss is
        of_mask = gradient(
            lambda m, f=factor: f * ops.sum(ops.multiply(upstream, look_through(pictures, m))), mask
        )
        np.testing.assert_allclose(of_mask, expected, rtol=1e-4)


def test_the_rule_draws_a_box_to_where_the_loss_is_sensitive():
    """Steps against what the rule gives bring the centre to the one pixel that the loss depends on."""
    pictures, place = np.ones((1, 16, 16, 1), "float32"), (11, 4)
    proposal = np.array([[0.5, 0.5, 0.25]])
    for _ in range(60):

        def loss(p):
            mask = box_mask(p, 16, 16, 10.0)
            return look_through(pictures, mask[..., None])[0, place[0], place[1], 0]

        proposal[:, :2] -= 0.01 * gradient(loss, proposal)[:, :2]
    np.testing.assert_allclose(proposal[0, :2], [(11 + 0.5) / 16, (4 + 0.5) / 16], atol=0.02)


@pytest.mark.parametrize("function", [box_mask, box_mask_derivatives])
def test_what_is_no_proposal_is_refused(function):
    with pytest.raises(ValueError, match="centre y, centre x, half-width. Received: proposals of shape"):
        function(np.zeros((2, 4)), H, W)
