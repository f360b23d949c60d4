"""Spans: their lengths, their share, what they never run over, and the ends they are asked for from."""

import numpy as np
import pytest
import scipy.stats
from support.pieces import FIRST_PIECE, PIECES, chosen_of, random_rows, words_by_hand

from course_lib.objectives import (
    MaskedSpans,
    MaskedWordBatches,
    span_boundaries,
    span_length_probabilities,
)


def hide(token_ids, seed=1, **settings):
    objective = MaskedSpans(PIECES, **{"most": token_ids.shape[1], **settings})
    inputs, labels = objective.hide(token_ids, np.random.default_rng(seed))
    return inputs, labels, chosen_of(inputs["masked_positions"], labels, token_ids.shape)


def runs(row):
    """Pairs (start, stop) of the runs of True, by a loop."""
    found = []
    for place, is_chosen in enumerate(row):
        if is_chosen and found and found[-1][1] == place:
            found[-1][1] = place + 1
        elif is_chosen:
            found.append([place, place + 1])
    return found


@pytest.mark.parametrize(("p", "longest"), [(0.2, 10), (0.5, 3), (0.9, 4)])
def test_lengths_are_geometric_below_the_longest(p, longest):
    geometric = scipy.stats.geom(p)
    expected = geometric.pmf(np.arange(1, longest + 1)) / geometric.cdf(longest)
    np.testing.assert_allclose(span_length_probabilities(p, longest), expected, rtol=1e-12)


def test_the_mean_length_of_the_paper_is_of_lengths_drawn_again_not_cut():
    lengths = np.arange(1, 11)
    assert round(span_length_probabilities() @ lengths, 1) == 3.8
    cut = np.minimum(np.arange(1, 200), 10) @ scipy.stats.geom(0.2).pmf(np.arange(1, 200))
    assert round(cut, 1) == 4.5


def test_a_lone_span_has_the_length_that_was_drawn():
    """In a long row with room for ten words: the first span, which nothing stops but the row's end."""
    token_ids = np.full((4001, 203), PIECES.id_of("w0"))
    token_ids[:, 0], token_ids[:, -1] = 2, 3
    objective = MaskedSpans(PIECES)
    generator = np.random.default_rng(3)
    units = np.arange(203) - 1
    units[-1] = -1
    lengths = []
    for row in token_ids:
        start, stop = next(objective._spans(row, units, 30, generator))
        if start <= 191:
            lengths.append(stop - start)
    counts = np.bincount(lengths, minlength=11)[1:]
    assert len(counts) == 10
    assert scipy.stats.chisquare(counts, len(lengths) * span_length_probabilities()).pvalue > 1e-4


@pytest.mark.parametrize("share", [0.15, 0.4, 0.8])
def test_the_share_of_single_words_is_right_and_no_row_goes_beyond(share):
    token_ids = random_rows(4, (997, 37), unknown_share=0.0)
    token_ids[token_ids >= FIRST_PIECE] = PIECES.id_of("w0")
    _, _, chosen = hide(token_ids, share=share)
    counts, words = chosen.sum(axis=1), (token_ids >= FIRST_PIECE).sum(axis=1)
    assert (counts >= np.floor(share * words)).all() and (counts <= np.ceil(share * words)).all()
    assert abs(counts.sum() / words.sum() - share) < 0.003


@pytest.mark.parametrize(("share", "most"), [(0.15, 37), (0.5, 37), (0.9, 37), (0.5, 4)])
def test_words_stay_whole_and_special_tokens_and_padding_are_never_chosen(share, most):
    token_ids = random_rows(5)
    _, _, chosen = hide(token_ids, share=share, most=most)
    assert chosen.any() and (chosen.sum(axis=1) <= most).all()
    assert not chosen[token_ids < FIRST_PIECE].any()  # and so no span runs over [SEP]
    for row, is_chosen in zip(token_ids, chosen, strict=True):
        assert all(len(set(is_chosen[word])) == 1 for word in words_by_hand(row))


def test_every_word_has_its_chance():
    token_ids = np.array([[2] + [FIRST_PIECE] * 9 + [3] + [FIRST_PIECE] * 5 + [3, 0]] * 6007)
    _, _, chosen = hide(token_ids, share=0.07)  # one token a row
    shares = chosen.mean(axis=0)[token_ids[0] >= FIRST_PIECE]
    assert scipy.stats.chisquare(shares * 6007).pvalue > 1e-4


def test_a_span_has_one_fate():
    token_ids = random_rows(6, (503, 37))
    inputs, _, chosen = hide(token_ids, share=0.4, mask_share=0.5, random_share=0.25)
    hidden = inputs["token_ids"]
    fates = {"mask": 0, "other": 0, "kept or other": 0}
    for before, after, is_chosen in zip(token_ids, hidden, chosen, strict=True):
        for start, stop in runs(is_chosen):
            is_mask = after[start:stop] == PIECES.mask_id
            assert is_mask.all() or not is_mask.any()
            same = after[start:stop] == before[start:stop]
            if is_mask.any():
                fates["mask"] += 1
            elif stop - start > 1:
                # A random token is the same by chance once in sixty times: two such are none.
                assert same.all() or same.sum() <= 1
                fates["kept or other" if same.any() else "other"] += 1
    assert min(fates.values()) > 50


def test_the_same_seed_hides_the_same_and_batches_hide_anew():
    token_ids = random_rows(7)
    one, other, again = (hide(token_ids, seed)[0]["token_ids"] for seed in (1, 2, 1))
    np.testing.assert_array_equal(one, again)
    assert (one != other).any()
    batches = MaskedWordBatches(token_ids, MaskedSpans(PIECES), 101, seed=1)
    x, y = batches[0]
    assert x["left_boundaries"].shape == x["span_places"].shape == y.shape
    batches.epoch += 1
    assert (batches[0][0]["token_ids"] != x["token_ids"]).any()


@pytest.mark.parametrize("share", [0.15, 0.6])
def test_boundaries_are_tokens_that_can_be_seen(share):
    token_ids = random_rows(8)
    inputs, labels, chosen = hide(token_ids, share=share)
    assert (labels != 0).any()
    for row in range(len(token_ids)):
        expected = {
            place: (start - 1, stop, place - start + 1)
            for start, stop in runs(chosen[row])
            for place in range(start, stop)
        }
        for slot, label in enumerate(labels[row]):
            place = inputs["masked_positions"][row, slot]
            found = tuple(
                inputs[name][row, slot] for name in ("left_boundaries", "right_boundaries", "span_places")
            )
            if label == 0:
                assert found == (0, 0, 0)
                continue
            assert found == expected[place]
            assert not chosen[row, list(found[:2])].any() and (token_ids[row, list(found[:2])] != 0).all()


def test_a_row_without_special_tokens_keeps_its_ends():
    _, _, chosen = hide(np.full((301, 5), FIRST_PIECE), share=0.9)
    assert chosen[:, 1:4].any() and not chosen[:, [0, 4]].any()
    _, _, chosen = hide(np.tile([FIRST_PIECE] * 4 + [0], (301, 1)), share=0.9)
    assert chosen[:, 1:3].any() and not chosen[:, [0, 3, 4]].any()


@pytest.mark.parametrize(
    ("positions", "labels", "words"),
    [
        ([[3, 2]], [[5, 5]], "ascend"),
        ([[2, 2]], [[5, 5]], "ascend"),
        ([[0, 2]], [[0, 5]], "used slots first"),
        ([[0, 2]], [[5, 5]], "position 0"),
        ([[1, 2]], [[5, 5, 5]], "one shape"),
    ],
)
def test_positions_that_are_no_spans(positions, labels, words):
    with pytest.raises(ValueError, match=words):
        span_boundaries(positions, labels)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"stop_probability": 0.0}, "stop_probability=0.0"),
        ({"stop_probability": 1.5}, "stop_probability=1.5"),
        ({"longest": 0}, "longest=0"),
        ({"share": 1.0}, "share=1.0"),
    ],
)
def test_settings_that_are_none(settings, words):
    with pytest.raises(ValueError, match=words):
        MaskedSpans(PIECES, **settings)
