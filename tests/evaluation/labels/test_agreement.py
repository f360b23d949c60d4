import numpy as np
import pytest
from scipy import stats

from course_lib.evaluation.labels.agreement import area_under_curve, matthews, pearson, spearman


def numbers(seed, count=37):
    generator = np.random.default_rng(seed)
    return generator.integers(0, 6, count) / 5, generator.integers(0, 6, count) / 5


@pytest.mark.parametrize("seed", range(5))
def test_correlations_equal_those_of_scipy(seed):
    predicted, gold = numbers(seed)
    assert pearson(predicted, gold) == pytest.approx(stats.pearsonr(predicted, gold).statistic, abs=1e-12)
    assert spearman(predicted, gold) == pytest.approx(stats.spearmanr(predicted, gold).statistic, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_the_area_is_the_share_of_pairs_in_order(seed):
    scores, gold = numbers(seed)
    gold = (gold > 0.5).astype(int)
    pairs = [(1.0 if a > b else 0.5 if a == b else 0.0) for a in scores[gold == 1] for b in scores[gold == 0]]
    assert area_under_curve(scores, gold) == pytest.approx(np.mean(pairs), abs=1e-12)


def test_matthews_by_hand():
    gold = [1] * 6 + [0] * 4
    said = [1, 1, 1, 1, 1, 0, 1, 0, 0, 0]  # 5 right of 6, 3 right of 4
    expected = (5 * 3 - 1 * 1) / np.sqrt(6 * 6 * 4 * 4)
    assert matthews(said, gold) == pytest.approx(expected, abs=1e-12)
    assert matthews([1] * 10, gold) == 0.0


def test_what_cannot_be_compared():
    with pytest.raises(ValueError, match=r"\(2,\) and \(3,\)"):
        pearson([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="two numbers at least"):
        spearman([1], [1])
    with pytest.raises(ValueError, match="Received: 2.0"):
        matthews([0, 2], [0, 1])
    with pytest.raises(ValueError, match="both classes"):
        area_under_curve([0.1, 0.2], [1, 1])
    assert np.isnan(pearson([1, 1], [1, 2]))
