import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.data.batches.length_buckets import bucketed_order, budgeted_order, pad_rows, round_up

LENGTHS = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=211)


@given(length=st.integers(1, 10_000))
def test_round_up_is_the_next_multiple(length):
    assert round_up(length) % 4 == 0
    assert 0 <= round_up(length) - length < 4


@settings(deadline=None)
@given(
    lengths=LENGTHS,
    batch_size=st.integers(1, 17),
    seed=st.none() | st.integers(0, 99),
    epoch=st.integers(0, 9),
)
def test_every_sentence_is_in_one_batch_once(lengths, batch_size, seed, epoch):
    batches = bucketed_order(lengths, batch_size, seed, epoch)
    assert sorted(int(i) for batch in batches for i in batch) == list(range(len(lengths)))
    assert len(batches) == -(-len(lengths) // batch_size)
    assert sum(len(batch) < batch_size for batch in batches) <= 1


def draw_lengths(count=4_001, seed=0):
    generator = np.random.default_rng(seed)
    source = generator.integers(3, 40, size=count)
    return np.stack([source, source + generator.integers(-2, 3, size=count)], axis=1)


def as_lists(batches):
    return [batch.tolist() for batch in batches]


def test_order_is_a_pure_function_of_seed_and_epoch():
    lengths = draw_lengths()
    first = as_lists(bucketed_order(lengths, 16, 7, 3))
    np.random.default_rng(1).random(100)
    np.random.seed(5)
    assert as_lists(bucketed_order(lengths, 16, 7, 3)) == first
    assert as_lists(bucketed_order(lengths, 16, 7, 4)) != first
    assert as_lists(bucketed_order(lengths, 16, 8, 3)) != first


def test_without_a_seed_the_shortest_come_first_in_every_epoch():
    lengths = draw_lengths()
    batches = bucketed_order(lengths, 16)
    assert as_lists(batches) == as_lists(bucketed_order(lengths, 16, None, 5))
    sources = round_up(lengths[np.concatenate(batches), 0])
    assert (np.diff(sources) >= 0).all()


def test_partners_in_a_batch_change_from_epoch_to_epoch():
    lengths = draw_lengths()

    def partners(epoch):
        return {frozenset(batch.tolist()) for batch in bucketed_order(lengths, 16, 0, epoch)}

    assert not partners(0) & partners(1)


def test_order_of_batches_is_not_by_length():
    lengths = draw_lengths()
    longest = [lengths[batch, 0].max() for batch in bucketed_order(lengths, 16, 0, 0)]
    assert abs(np.corrcoef(longest, np.arange(len(longest)))[0, 1]) < 0.2


def test_batches_hold_similar_lengths():
    lengths = draw_lengths()

    def padding(batches):
        padded = sum(len(batch) * lengths[batch].max(axis=0).sum() for batch in batches)
        return 1 - lengths.sum() / padded

    shuffled = np.array_split(np.random.default_rng(0).permutation(len(lengths)), len(lengths) // 16)
    assert padding(bucketed_order(lengths, 16, 0, 0)) < 0.25 * padding(shuffled)


def test_pad_rows_fills_zeros_on_the_right():
    rows = [np.arange(1, 8), np.array([], dtype=int), np.array([3])]
    padded = pad_rows(rows, width=8)
    expected = [[1, 2, 3, 4, 5, 6, 7, 0], [0] * 8, [3, 0, 0, 0, 0, 0, 0, 0]]
    assert padded.dtype == np.int32
    np.testing.assert_array_equal(padded, expected)


def test_pad_rows_refuses_a_row_that_does_not_fit():
    with pytest.raises(ValueError):
        pad_rows([[1, 2, 3]], width=2)


def positions(lengths, batch):
    return len(batch) * round_up(np.asarray(lengths)[batch].max(axis=0)).sum()


@settings(deadline=None)
@given(lengths=LENGTHS, max_tokens=st.integers(120, 999), seed=st.none() | st.integers(0, 99))
def test_a_batch_fits_its_budget_and_one_more_sentence_would_not(lengths, max_tokens, seed):
    batches = budgeted_order(lengths, max_tokens, seed, epoch=3)
    assert sorted(int(i) for batch in batches for i in batch) == list(range(len(lengths)))
    assert all(positions(lengths, batch) <= max_tokens for batch in batches)
    by_length = budgeted_order(lengths, max_tokens)
    for batch, following in zip(by_length, by_length[1:], strict=False):
        assert positions(lengths, [*batch, following[0]]) > max_tokens


def test_all_epochs_have_the_same_shapes_and_other_partners():
    lengths = draw_lengths()

    def shapes(batches):
        return sorted((len(batch), *round_up(lengths[batch].max(axis=0))) for batch in batches)

    first, second = (budgeted_order(lengths, 997, 7, epoch) for epoch in (0, 1))
    assert shapes(first) == shapes(second) == shapes(budgeted_order(lengths, 997))
    assert as_lists(budgeted_order(lengths, 997, 7, 1)) == as_lists(second)
    assert {frozenset(batch) for batch in as_lists(first)} != {frozenset(batch) for batch in as_lists(second)}


def test_batches_of_a_budget_vary_less_in_size_than_batches_of_a_number():
    lengths = draw_lengths()
    counted = [positions(lengths, batch) for batch in bucketed_order(lengths, 24)]
    budgeted = [positions(lengths, batch) for batch in budgeted_order(lengths, 997)]
    assert np.std(budgeted[:-1]) / np.mean(budgeted[:-1]) < 0.1 < np.std(counted[:-1]) / np.mean(counted[:-1])


def test_an_example_above_the_budget_is_refused():
    with pytest.raises(ValueError, match="`max_tokens` must be at least 24, .* Received: max_tokens=23"):
        budgeted_order([[5, 3], [9, 10]], max_tokens=23)
