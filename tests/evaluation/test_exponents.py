import numpy as np
import pytest

from course_lib.evaluation import fitted_exponent


def test_a_power_law_gives_its_exponent():
    sizes = np.array([2.0, 3.0, 7.0, 31.0])
    fit = fitted_exponent(sizes, 5 * sizes**1.7)
    assert fit.exponent == pytest.approx(1.7, abs=1e-12)
    assert fit.interval == pytest.approx((1.7, 1.7), abs=1e-6)


def test_slope_and_interval_by_hand():
    # In logarithms to base 2: x = -1, 0, 1 around the mean; y = 0, 2, 1. Slope 1/2, residuals ∓1/2, ±1, ∓1/2,
    # variance 1.5 / 1, its error √(1.5 / 2); Student's t with one degree of freedom: 12.7062.
    fit = fitted_exponent([1, 2, 4], [1, 4, 2])
    assert fit.exponent == pytest.approx(0.5, abs=1e-12)
    assert fit.interval.high - fit.exponent == pytest.approx(12.706205 * 0.75**0.5, rel=1e-6)
    assert fit.exponent - fit.interval.low == pytest.approx(12.706205 * 0.75**0.5, rel=1e-6)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    generator = np.random.default_rng(0)
    sizes = 2.0 ** np.arange(5)
    inside = 0
    for _ in range(1000):
        costs = sizes**1.5 * np.exp(generator.normal(0, 0.2, len(sizes)))
        low, high = fitted_exponent(sizes, costs, confidence=0.8).interval
        inside += low < 1.5 < high
    assert 760 < inside < 840  # 800 ± three standard deviations


@pytest.mark.parametrize(
    "sizes, costs",
    [
        ([1, 2], [1, 2]),
        ([1, 2, 3], [1, 2]),
        ([1, 2, 3], [1, 0, 2]),
        ([2, 2, 2], [1, 2, 3]),
        ([0, 1, 2], [1, 2, 3]),
    ],
)
def test_bad_input_is_refused(sizes, costs):
    with pytest.raises(ValueError, match="three or more, of different sizes. Received: sizes="):
        fitted_exponent(sizes, costs)
