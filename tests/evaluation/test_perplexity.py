import math

import numpy as np
import pytest

from course_lib.evaluation import bits_per_token, perplexity


def test_perplexity_of_a_fair_choice_is_the_number_of_choices():
    assert perplexity(7 * math.log(11), 7) == pytest.approx(11, rel=1e-12)
    assert bits_per_token(5 * math.log(8), 5) == pytest.approx(3, rel=1e-12)


def test_perplexity_by_hand():
    # probabilities ½, ¼, ⅛: the geometric mean is ¼
    nats = -sum(math.log(p) for p in (1 / 2, 1 / 4, 1 / 8))
    assert perplexity(nats, 3) == pytest.approx(4, rel=1e-12)
    assert bits_per_token(nats, 3) == pytest.approx(2, rel=1e-12)


def test_bits_are_the_binary_logarithm_of_perplexity():
    assert bits_per_token(123.4, 57) == pytest.approx(math.log2(perplexity(123.4, 57)), rel=1e-12)


def test_extremes():
    assert perplexity(0, 1) == 1
    assert perplexity(1e6, 1) == math.inf
    assert perplexity(math.inf, 3) == math.inf
    assert bits_per_token(math.inf, 3) == math.inf


def test_array_scalars_give_plain_numbers():
    assert type(perplexity(np.float32(2), np.int64(2))) is float
    assert type(bits_per_token(np.float32(2), np.int64(2))) is float


@pytest.mark.parametrize("function", [perplexity, bits_per_token])
@pytest.mark.parametrize(
    ("nats", "tokens", "message"),
    [
        (1.0, 0, "`num_tokens` must be positive. Received: num_tokens=0"),
        (1.0, -2, "num_tokens=-2"),
        (-1.0, 2, "`total_nats` must not be negative. Received: total_nats=-1.0"),
        (math.nan, 2, "total_nats=nan"),
    ],
)
def test_wrong_totals_are_refused(function, nats, tokens, message):
    with pytest.raises(ValueError, match=message):
        function(nats, tokens)
