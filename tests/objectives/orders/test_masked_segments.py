"""Segments for a decoder: one run, of the right length, shifted, and nothing given away."""

import numpy as np
import pytest
import scipy.stats
from support.pieces import FIRST_PIECE, PIECES, random_rows

from course_lib.objectives import MaskedSegments, MaskedWordBatches


def hide(token_ids, seed=1, **settings):
    objective = MaskedSegments(PIECES, **settings)
    inputs, labels = objective.hide(token_ids, np.random.default_rng(seed))
    return inputs["source_token_ids"], inputs["target_token_ids"], labels


def sentences(seed, count=301, width=17):
    """[CLS] words [SEP], padded."""
    generator = np.random.default_rng(seed)
    token_ids = generator.integers(FIRST_PIECE, len(PIECES), (count, width))
    lengths = generator.integers(3, width + 1, count)
    token_ids[:, 0] = PIECES.classification_id
    token_ids[np.arange(count), lengths - 1] = PIECES.separator_id
    return token_ids * (np.arange(width) < lengths[:, None]), lengths


@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 1.0])
def test_one_run_of_the_right_length(share):
    token_ids, lengths = sentences(0)
    _, _, labels = hide(token_ids, share=share)
    for row, length in zip(labels, lengths, strict=True):
        (places,) = np.nonzero(row)
        assert len(places) == max(round(share * (length - 2)), 1)
        assert (np.diff(places) == 1).all()


def test_encoder_and_decoder_share_no_word_of_the_text():
    token_ids, _ = sentences(1)
    source, target, labels = hide(token_ids, mask_share=1.0, random_share=0.0)
    for row in range(len(token_ids)):
        for t in range(token_ids.shape[1]):
            x, is_hidden = token_ids[row, t], labels[row, t] != 0
            before = t > 0 and labels[row, t - 1] != 0
            assert source[row, t] == (PIECES.mask_id if is_hidden else x)
            assert labels[row, t] == (x if is_hidden else 0)
            if x == 0:
                assert target[row, t] == 0
            else:
                assert target[row, t] == (token_ids[row, t - 1] if is_hidden and before else PIECES.mask_id)


def test_a_decoder_never_reads_what_it_is_to_write():
    token_ids = np.arange(FIRST_PIECE, FIRST_PIECE + 13)[None].repeat(50, axis=0)  # no word comes twice
    _, target, labels = hide(token_ids)
    assert not ((target == labels) & (labels != 0)).any()
    assert ((target[:, 1:] == labels[:, :-1]) | (target[:, 1:] == PIECES.mask_id)).all()


def test_every_start_is_drawn_evenly():
    token_ids = np.array([[2] + [FIRST_PIECE] * 9 + [3]] * 4001)
    _, _, labels = hide(token_ids, share=1 / 3)
    counts = np.bincount(labels.argmax(axis=1), minlength=8)
    assert counts[0] == 0 and len(counts) == 8
    assert scipy.stats.chisquare(counts[1:]).pvalue > 1e-4


@pytest.mark.parametrize("share", [0.2, 0.9])
def test_special_tokens_and_padding_are_never_hidden(share):
    token_ids = random_rows(2)
    source, target, labels = hide(token_ids, share=share)
    assert (token_ids[labels != 0] >= FIRST_PIECE).all()
    np.testing.assert_array_equal(source[labels == 0], token_ids[labels == 0])
    assert (target[token_ids != 0] != 0).all()
    for row in labels:  # over no separator, however much is to be hidden
        (places,) = np.nonzero(row)
        assert (np.diff(places) == 1).all()


def test_a_row_of_special_tokens_hides_nothing():
    source, target, labels = hide(np.array([[2, 3, 0]]))
    assert source.tolist() == [[2, 3, 0]] and target.tolist() == [[4, 4, 0]] and not labels.any()


def test_what_becomes_of_hidden_tokens_in_the_encoder():
    token_ids, _ = sentences(3, 2003)
    source, _, labels = hide(token_ids)
    hidden = labels != 0
    assert abs((source[hidden] == PIECES.mask_id).mean() - 0.8) < 0.02
    assert abs((source[hidden] == token_ids[hidden]).mean() - 0.1 - 0.1 / 60) < 0.02


def test_the_same_seed_hides_the_same_and_batches_hide_anew():
    token_ids, _ = sentences(4)
    one, other, again = (hide(token_ids, seed)[0] for seed in (1, 2, 1))
    np.testing.assert_array_equal(one, again)
    assert (one != other).any()
    batches = MaskedWordBatches(token_ids, MaskedSegments(PIECES), 7, seed=1)
    x, y = batches[0]
    np.testing.assert_array_equal(x["source_padding_mask"], x["target_token_ids"] != 0)
    assert y.shape == x["target_token_ids"].shape == (7, 17)


@pytest.mark.parametrize("share", [0.0, 1.1])
def test_shares_that_are_none(share):
    with pytest.raises(ValueError, match=f"share={share}"):
        MaskedSegments(PIECES, share=share)
