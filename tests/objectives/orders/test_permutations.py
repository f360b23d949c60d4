"""Permutations: who sees whom in two streams, what is asked for, and where."""

import itertools

import numpy as np
import pytest
from support.pieces import FIRST_PIECE, PIECES, random_rows

from course_lib.layers import causal_mask
from course_lib.objectives import (
    MaskedSpans,
    MaskedWordBatches,
    PermutedWords,
    permutation_masks,
    target_mapping,
)


def hide(token_ids, seed=1, chosen=None, **settings):
    objective = PermutedWords(PIECES, **{"most": token_ids.shape[1], **settings})
    return objective.hide(token_ids, np.random.default_rng(seed), chosen)


def test_every_order_of_four_words():
    """The content stream sees what comes before and itself, the query stream what comes before alone."""
    for order in itertools.permutations(range(4)):  # order[k] is the place that comes as the kth
        ranks = np.empty((1, 4), int)
        ranks[0, list(order)] = range(4)
        content, query = permutation_masks(ranks, np.ones((1, 4), bool))
        for number, place in enumerate(order):
            assert set(np.flatnonzero(query[0, place])) == set(order[:number])
            assert set(np.flatnonzero(content[0, place])) == set(order[: number + 1])


def test_ranks_in_the_order_of_the_text_are_the_causal_mask():
    content, query = permutation_masks(np.arange(5)[None], np.ones((1, 5), bool))
    np.testing.assert_array_equal(content, np.asarray(causal_mask(5)))
    np.testing.assert_array_equal(query[0], np.tril(np.ones((5, 5)), -1))


def test_targets_of_one_rank_are_asked_for_as_masked_words_are():
    is_target = np.array([[False, True, False, True, True]])
    _, query = permutation_masks(is_target.astype(int), np.ones((1, 5), bool))
    for target in (1, 3, 4):
        np.testing.assert_array_equal(query[0, target], ~is_target[0])


def test_no_stream_sees_padding_and_no_query_its_own_word():
    token_ids = random_rows(0)
    inputs, labels = hide(token_ids, one_in=2)
    is_real = token_ids != 0
    for name in ("content_mask", "query_mask"):
        mask = inputs[name]
        assert mask.dtype == bool and mask.shape == (101, 37, 37)
        assert not np.swapaxes(mask, 1, 2)[~is_real].any() and not mask[~is_real].any()
    diagonals = (np.diagonal(inputs[name], axis1=1, axis2=2) for name in ("query_mask", "content_mask"))
    query, content = diagonals
    assert not query.any()
    np.testing.assert_array_equal(content, is_real)
    assert (labels != 0).any()


def test_both_streams_are_those_of_the_papers_code():
    """Its rules, written out: an index for each place, -1 for the context, and one mask for both streams."""
    token_ids = random_rows(1)
    inputs, _ = hide(token_ids, one_in=3)
    for row, ranks in enumerate(inputs["ranks"]):
        length = int((token_ids[row] != 0).sum())
        is_target = ranks[:length] > 0
        reverse_index = np.where(is_target, ranks[:length], -1)
        own_index = np.where(is_target, reverse_index, reverse_index + 1)
        blocked = (own_index[:, None] <= reverse_index[None, :]) & is_target[None, :]
        content_blocked = blocked & ~np.eye(length, dtype=bool)
        np.testing.assert_array_equal(inputs["content_mask"][row, :length, :length], ~content_blocked)
        query = inputs["query_mask"][row, :length, :length]
        np.testing.assert_array_equal(query[is_target], ~blocked[is_target])


def test_context_and_special_tokens_are_seen_by_all_and_are_no_targets():
    """Special or padding, not special and padding: with `&` for `|` [CLS] and [SEP] would be asked for."""
    token_ids = random_rows(2)
    inputs, labels = hide(token_ids, one_in=1.5)
    rows, slots = np.nonzero(labels)
    assert (token_ids[rows, inputs["masked_positions"][rows, slots]] >= FIRST_PIECE).all()
    is_special = (token_ids > 0) & (token_ids < FIRST_PIECE)
    assert (inputs["ranks"][token_ids < FIRST_PIECE] == 0).all()
    real = token_ids != 0
    for row in range(len(token_ids)):
        assert inputs["content_mask"][row][np.ix_(real[row], is_special[row])].all()


@pytest.mark.parametrize("one_in", [1.2, 3, 6])
def test_one_in_so_many_is_a_target(one_in):
    token_ids = random_rows(3, (1009, 37))
    inputs, labels = hide(token_ids, one_in=one_in)
    counts, words = (labels != 0).sum(axis=1), (token_ids >= FIRST_PIECE).sum(axis=1)
    assert (np.abs(counts - words / one_in) < 1).all()
    assert abs(counts.sum() / words.sum() - 1 / one_in) < 0.005
    for row, count in zip(inputs["ranks"], counts, strict=True):
        assert sorted(row[row > 0]) == list(range(1, count + 1))


def test_every_word_is_a_target_and_every_order_comes():
    token_ids = np.array([[2] + [FIRST_PIECE] * 4 + [3]] * 3001)
    inputs, _ = hide(token_ids, one_in=2)
    found = {}
    for ranks in inputs["ranks"]:
        key = tuple(ranks[1:5])
        found[key] = found.get(key, 0) + 1
    assert len(found) == 12 and max(found.values()) < 1.5 * min(found.values())


def test_given_spans_are_the_targets():
    token_ids = random_rows(4)
    spans = MaskedSpans(PIECES, share=1 / 6)
    chosen = spans.choose(token_ids, np.random.default_rng(5))
    inputs, labels = hide(token_ids, chosen=chosen)
    np.testing.assert_array_equal(inputs["ranks"] > 0, chosen)
    assert (labels != 0).sum() == chosen.sum()


def test_every_row_is_mapped_by_its_own_positions():
    token_ids = random_rows(5)
    inputs, labels = hide(token_ids, one_in=3, most=9)
    mapping = inputs["target_mapping"]
    assert mapping.dtype == "float32" and mapping.shape == (101, 9, 37)
    gathered = np.einsum("bmt,bt->bm", mapping, token_ids)
    np.testing.assert_array_equal(gathered, labels)
    np.testing.assert_array_equal(mapping.sum(axis=2), labels != 0)
    assert (mapping != mapping[:1]).any()
    as_for_the_first = np.einsum("mt,bt->bm", mapping[0], token_ids)
    assert (as_for_the_first[1:] != labels[1:]).any(axis=1).mean() > 0.9


def test_nothing_is_hidden_in_the_text_itself():
    token_ids = random_rows(6)
    inputs, _ = hide(token_ids)
    np.testing.assert_array_equal(inputs["token_ids"], token_ids)


def test_the_same_seed_draws_the_same_and_batches_draw_anew():
    token_ids = random_rows(7)
    one, other, again = (hide(token_ids, seed)[0]["ranks"] for seed in (1, 2, 1))
    np.testing.assert_array_equal(one, again)
    assert (one != other).any()
    batches = MaskedWordBatches(token_ids, PermutedWords(PIECES, most=9), 101, seed=1)
    first = batches[0][0]["ranks"]
    np.testing.assert_array_equal(first, batches[0][0]["ranks"])
    batches.epoch += 1
    assert (batches[0][0]["ranks"] != first).any()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: permutation_masks([[1, 2]], [[True] * 3]), r"Received: int64 of shape \(1, 2\)"),
        (lambda: permutation_masks([[1.0, 2.0]], [[True] * 2]), "float64"),
        (lambda: permutation_masks([[1, 2]], [[1.0, 1.0]]), "boolean"),
        (lambda: target_mapping([[3]], [[7]], 3), "from 0 to 2. Received: 3"),
        (lambda: target_mapping([[3, 1]], [[7]], 9), "one shape"),
        (lambda: PermutedWords(PIECES, one_in=1), "one_in=1"),
        (lambda: hide(np.array([[2, 6, 3]]), chosen=np.array([[True, False, False]])), "special token"),
        (lambda: hide(np.array([[2, 6, 3]]), chosen=np.array([[0, 1, 0]])), "boolean"),
        (lambda: hide(np.array([[6, 6, 3]]), most=1, chosen=np.array([[True, True, False]])), "Received: 2"),
    ],
)
def test_what_cannot_be(call, words):
    with pytest.raises(ValueError, match=words):
        call()
