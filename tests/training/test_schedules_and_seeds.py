"""The warm-up schedule and seeding."""

import keras
import numpy as np
import pytest

from course_lib.training import InverseSquareRootWarmup, WarmupAndDecay, set_seed


def test_schedule_is_equation_3_of_the_paper():
    hidden_dim, warmup_steps = 512, 4000
    schedule = InverseSquareRootWarmup((hidden_dim * warmup_steps) ** -0.5, warmup_steps)
    for step in (1, 2, 997, 3999, 4000, 4001, 100_003):
        paper = hidden_dim**-0.5 * min(step**-0.5, step * warmup_steps**-1.5)
        np.testing.assert_allclose(float(schedule(step - 1)), paper, rtol=1e-6)


def test_optimizer_uses_the_schedule_from_its_first_update():
    optimizer = keras.optimizers.SGD(InverseSquareRootWarmup(peak=1.0, warmup_steps=4))
    weight = keras.Variable(np.zeros(1, "float32"))
    seen = []
    for _ in range(6):
        before = float(weight[0])
        optimizer.apply([np.ones(1, "float32")], [weight])
        seen.append(before - float(weight[0]))
    np.testing.assert_allclose(seen, [0.25, 0.5, 0.75, 1.0, (4 / 5) ** 0.5, (4 / 6) ** 0.5], rtol=1e-5)
    restored = keras.optimizers.SGD.from_config(optimizer.get_config())
    assert float(restored._learning_rate(0)) == 0.25


@pytest.mark.parametrize("arguments, name", [((0.0, 4), "peak"), ((1.0, 0), "warmup_steps")])
def test_schedule_refuses_what_is_not_positive(arguments, name):
    with pytest.raises(ValueError, match=f"`{name}` must be positive. Received: {name}=0"):
        InverseSquareRootWarmup(*arguments)


def test_warmup_and_decay_rises_falls_and_stays_at_zero():
    schedule = WarmupAndDecay(peak=2.0, warmup_steps=3, num_steps=8)
    rates = [float(schedule(step)) for step in range(11)]
    expected = [2 / 3, 4 / 3, 2.0, 1.6, 1.2, 0.8, 0.4, 0.0, 0.0, 0.0, 0.0]
    np.testing.assert_allclose(rates, expected, atol=1e-6)
    restored = keras.optimizers.SGD.from_config(keras.optimizers.SGD(schedule).get_config())
    assert float(restored._learning_rate(1)) == pytest.approx(4 / 3)


@pytest.mark.parametrize(
    "arguments, name", [((0.0, 2, 4), "peak"), ((1.0, 0, 4), "warmup_steps"), ((1.0, 4, 4), "num_steps")]
)
def test_warmup_and_decay_refuses_what_does_not_fit(arguments, name):
    with pytest.raises(ValueError, match=f"`{name}` must be"):
        WarmupAndDecay(*arguments)


def test_seed_fixes_weights_and_dropout_and_another_seed_does_not():
    def run(seed):
        set_seed(seed)
        model = keras.Sequential([keras.Input((17,)), keras.layers.Dense(19), keras.layers.Dropout(0.5)])
        return keras.ops.convert_to_numpy(model(np.ones((3, 17), "float32"), training=True)), np.random.rand()

    first, again, other = run(7), run(7), run(8)
    np.testing.assert_array_equal(first[0], again[0])
    assert first[1] == again[1]
    assert not np.array_equal(first[0], other[0])


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, "1", True])
def test_seed_out_of_range_is_refused(seed):
    with pytest.raises(ValueError, match="`seed` must be an integer from 0 to"):
        set_seed(seed)
