import numpy as np
import pytest

from course_lib.evaluation import filter_normalised_direction, loss_surface

SHAPES = [(7, 5), (5,), (3, 2, 11), (13, 2)]


def draw_arrays(seed, scale=1.0):
    generator = np.random.default_rng(seed)
    return [scale * generator.normal(size=shape) for shape in SHAPES]


def test_every_filter_of_a_direction_is_as_long_as_that_of_the_weights():
    weights = draw_arrays(0)
    for array, moved in zip(weights, filter_normalised_direction(weights, seed=1), strict=True):
        assert moved.shape == array.shape
        if array.ndim == 1:
            assert not moved.any()
            continue
        for unit in range(array.shape[-1]):
            expected = np.linalg.norm(array[..., unit])
            assert np.linalg.norm(moved[..., unit]) == pytest.approx(expected, rel=1e-12)


def test_a_direction_grows_with_the_weights_and_follows_the_seed():
    once = filter_normalised_direction(draw_arrays(0), seed=3)
    tenfold = filter_normalised_direction(draw_arrays(0, scale=10.0), seed=3)
    other = filter_normalised_direction(draw_arrays(0), seed=4)
    for small, large, different in zip(once, tenfold, other, strict=True):
        np.testing.assert_allclose(large, 10 * small, rtol=1e-12)
        assert small.ndim == 1 or not np.allclose(small, different)


def test_a_filter_of_zeros_does_not_move():
    kernel = np.array([[0.0, 1.0], [0.0, 2.0]])
    (moved,) = filter_normalised_direction([kernel], seed=0)
    assert moved[:, 0].tolist() == [0.0, 0.0]
    assert np.isfinite(moved).all()


def test_a_quadratic_is_met_exactly():
    # L(w) = ½ wᵀ A w + b·w on a plane is L(0) + along · gᵀd + up · gᵀe + quadratic terms, worked out apart.
    generator = np.random.default_rng(0)
    mixed = generator.normal(size=(7, 7))
    matrix, linear = mixed @ mixed.T, generator.normal(size=7)
    weights, first, second = ([generator.normal(size=(2, 2)), generator.normal(size=3)] for _ in range(3))

    def flat(arrays):
        return np.concatenate([array.ravel() for array in arrays])

    def loss(arrays):
        return 0.5 * flat(arrays) @ matrix @ flat(arrays) + linear @ flat(arrays)

    surface = loss_surface(loss, weights, first, second, radius=1.7, num_steps=5)
    np.testing.assert_allclose(surface.steps, [-1.7, -0.85, 0.0, 0.85, 1.7], rtol=1e-12)
    w, d, e = flat(weights), flat(first), flat(second)
    gradient = matrix @ w + linear
    x, y = np.meshgrid(surface.steps, surface.steps)
    expected = (
        loss(weights)
        + x * (gradient @ d)
        + y * (gradient @ e)
        + 0.5 * (x**2 * (d @ matrix @ d) + 2 * x * y * (d @ matrix @ e) + y**2 * (e @ matrix @ e))
    )
    np.testing.assert_allclose(surface.losses, expected, rtol=1e-10)
    assert surface.losses[2, 2] == pytest.approx(loss(weights), rel=1e-12)


def test_weights_stay_as_they_were():
    weights = draw_arrays(0)
    copies = [array.copy() for array in weights]
    directions = [filter_normalised_direction(weights, seed) for seed in (1, 2)]
    loss_surface(lambda arrays: float(arrays[0].sum()), weights, *directions, num_steps=3)
    for array, copy in zip(weights, copies, strict=True):
        np.testing.assert_array_equal(array, copy)


def test_losses_that_are_not_finite_are_kept():
    zero = [np.zeros(2)]
    surface = loss_surface(lambda arrays: float("nan"), zero, zero, zero, num_steps=3)
    assert np.isnan(surface.losses).all()


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"num_steps": 4}, "odd and at least 3. Received: num_steps=4"),
        ({"num_steps": 1}, "odd and at least 3. Received: num_steps=1"),
        ({"radius": 0.0}, "must be positive. Received: radius=0.0"),
    ],
)
def test_bad_settings_are_refused(settings, words):
    with pytest.raises(ValueError, match=words):
        loss_surface(lambda arrays: 0.0, [np.ones(2)], [np.ones(2)], [np.ones(2)], **settings)


def test_directions_of_other_shapes_are_refused():
    with pytest.raises(ValueError, match="must have the shapes of `weights`"):
        loss_surface(lambda arrays: 0.0, [np.ones(2)], [np.ones(2)], [np.ones((2, 1))])
