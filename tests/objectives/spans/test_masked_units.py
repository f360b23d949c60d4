"""Units: pieces of one word, phrases and Chinese words hidden together or not at all."""

import numpy as np
import pytest
from support.pieces import FIRST_PIECE, PIECES, chosen_of, random_rows, words_by_hand

from course_lib.objectives import (
    MaskedUnits,
    MaskedWordBatches,
    character_spans,
    ordinary_tokens,
    span_units,
    token_spans,
    word_units,
)
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary, WordPieceTokenizer, pack


def hide(token_ids, seed=1, unit_ids=None, **settings):
    objective = MaskedUnits(PIECES, **{"most": token_ids.shape[1], **settings})
    units = () if unit_ids is None else (unit_ids,)
    inputs, labels = objective.hide(token_ids, np.random.default_rng(seed), *units)
    return inputs["token_ids"], chosen_of(inputs["masked_positions"], labels, token_ids.shape)


def test_words_are_those_found_by_hand():
    token_ids = random_rows(0)
    units = word_units(token_ids, PIECES)
    for row, found in zip(token_ids, units, strict=True):
        expected = np.full(len(row), -1)
        for number, word in enumerate(words_by_hand(row)):
            expected[word] = number
        np.testing.assert_array_equal(found, expected)


def test_a_piece_behind_a_special_token_begins_a_word():
    piece = PIECES.id_of("##p2")
    assert word_units([[piece, PIECES.unknown_id, piece, piece, 0]], PIECES).tolist() == [[0, -1, 1, 1, -1]]


@pytest.mark.parametrize("most", [3, 37])
def test_words_are_hidden_whole_and_special_tokens_never(most):
    token_ids = random_rows(1)
    hidden, chosen = hide(token_ids, share=0.4, most=most, mask_share=0.0, random_share=1.0)
    assert chosen.any() and (chosen.sum(axis=1) <= most).all()
    assert (hidden[chosen] >= FIRST_PIECE).all()
    np.testing.assert_array_equal(hidden[~chosen], token_ids[~chosen])
    assert not chosen[token_ids < FIRST_PIECE].any()
    for row, is_chosen in zip(token_ids, chosen, strict=True):
        assert all(len(set(is_chosen[word])) == 1 for word in words_by_hand(row))


def test_short_and_long_words_are_chosen_alike():
    token_ids = random_rows(2, (2003, 37))
    _, chosen = hide(token_ids, share=0.2)
    units = word_units(token_ids, PIECES)
    sizes = (units[:, :, None] == units[:, None, :]).sum(axis=2)
    for size in (1, 2, 3):
        of_size = chosen[(units >= 0) & (sizes == size)]
        # Pieces of one word are chosen together: of as many words, not tokens, goes the deviation.
        assert abs(of_size.mean() - 0.2) < 5 * np.sqrt(0.16 * size / of_size.size)


def test_where_there_is_no_room_every_word_that_fits_has_its_chance():
    row = [2] + [FIRST_PIECE] * 6 + [3]
    _, chosen = hide(np.array([row] * 4001), share=0.9, most=2)
    shares = chosen[:, 1:7].mean(axis=0)
    assert abs(shares - 1 / 3).max() < 0.04
    word, piece = PIECES.id_of("w0"), PIECES.id_of("##p2")
    _, chosen = hide(np.array([[2, word, piece, piece, 3]]), share=0.9, most=2)
    assert not chosen.any()  # never in part


@pytest.mark.parametrize("has_one_fate", [True, False])
def test_one_fate_for_a_unit_only_where_it_is_asked_for(has_one_fate):
    token_ids = random_rows(3, (301, 37))
    hidden, chosen = hide(token_ids, share=0.5, mask_share=0.5, random_share=0.0, has_one_fate=has_one_fate)
    is_mask = hidden == PIECES.mask_id
    mixed = [
        len(set(is_mask[number][word])) > 1
        for number, row in enumerate(token_ids)
        for word in words_by_hand(row)
        if chosen[number, word[0]] and len(word) > 1
    ]
    assert len(mixed) > 100 and any(mixed) is not has_one_fate
    assert abs(is_mask[chosen].mean() - 0.5) < 0.05


def test_phrases_take_in_whole_words_and_leave_the_rest():
    units = np.array([[-1, 0, 0, 1, 2, 2, 3, -1, 4, -1]])
    assert span_units(units, [[(2, 4), (8, 9)]]).tolist() == [[-1, 0, 0, 0, 1, 1, 2, -1, 3, -1]]
    assert span_units(units, [[]]).tolist() == units.tolist()


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ([(6, 9)], "no special token"),  # over [SEP]
        ([(0, 2)], "no special token"),  # over [CLS]
        ([(8, 10)], "no special token"),  # into padding
        ([(1, 3), (2, 4)], "share no unit"),
        ([(1, 2), (2, 4)], "share no unit"),  # one word in two spans
        ([(3, 3)], "hold a token"),
        ([(5, 11)], "from 0 to 10"),
    ],
)
def test_spans_that_cannot_be(spans, words):
    with pytest.raises(ValueError, match=words):
        span_units(np.array([[-1, 0, 0, 1, 2, 2, 3, -1, 4, -1]]), [spans])


def test_not_as_many_lists_of_spans_as_rows():
    with pytest.raises(ValueError, match="2 lists"):
        span_units(np.zeros((3, 4), int), [[], []])


def test_chinese_words_and_entities_from_characters():
    words = ["哈尔滨", "是", "黑龙江", "的", "省会"]
    vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, *sorted(set("".join(words)))])
    ids, offsets = WordPieceTokenizer(vocabulary).encode_with_offsets("".join(words))
    token_ids = pack(vocabulary, [ids]).token_ids
    units = span_units(word_units(token_ids, vocabulary), [token_spans(offsets, character_spans(words))])
    assert units.tolist() == [[-1, 0, 0, 0, 1, 2, 2, 2, 3, 4, 4, -1]]
    cut = token_spans(offsets[:5], [(0, 3), (4, 7), (7, 8)])  # the text was cut behind the fifth token
    assert cut == [(1, 4), (5, 6)]


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([[-1, 0, 0, 1, 1, -1]], "position 3"),
        ([[-1, 0, 0, -1, 6, -1]], "from -1 to 5"),
        ([[-2, 0, 0, -1, 1, -1]], "from -2"),
        ([[0, 0]], "shape of `token_ids`"),
        ([[-1.0, 0.0, 0.0, -1.0, 1.0, -1.0]], "float64"),
    ],
)
def test_units_that_cannot_be(units, words):
    with pytest.raises(ValueError, match=words):
        hide(np.array([[2, 6, 7, 3, 8, 3]]), unit_ids=units)


def test_what_is_of_no_unit_stays():
    token_ids = np.full((501, 7), FIRST_PIECE)
    _, chosen = hide(token_ids, share=0.9, unit_ids=np.tile([0, 0, -1, 1, -1, -1, 2], (501, 1)))
    assert chosen[:, [0, 1, 3, 6]].mean() > 0.8 and not chosen[:, [2, 4, 5]].any()


@pytest.mark.parametrize("is_static", [False, True])
def test_batches_hide_units_anew_or_not(is_static):
    token_ids = np.full((6, 9), FIRST_PIECE)
    units = np.repeat(np.arange(3), 3)[None] + np.zeros((6, 1), int)
    batches = MaskedWordBatches(
        token_ids, MaskedUnits(PIECES, 0.5, 1.0, 0.0), 6, seed=1, is_static=is_static, unit_ids=units
    )

    def masks():
        hidden = batches[0][0]["token_ids"] == PIECES.mask_id
        assert (hidden.reshape(6, 3, 3).sum(axis=2) % 3 == 0).all()
        return hidden

    first = masks()
    np.testing.assert_array_equal(first, masks())
    batches.epoch += 1
    same_rows_in_any_order = sorted(map(tuple, first)) == sorted(map(tuple, masks()))
    assert same_rows_in_any_order is is_static


def test_units_of_other_sequences_are_refused():
    with pytest.raises(ValueError, match=r"\(6, 9\).*Received: shape \(5, 9\)"):
        MaskedWordBatches(np.ones((6, 9), int), None, 2, seed=1, unit_ids=np.zeros((5, 9), int))


@pytest.mark.parametrize(("ids", "words"), [([0.5], "float64"), ([-1], "from -1"), ([65], "to 65")])
def test_ids_that_are_none(ids, words):
    with pytest.raises(ValueError, match=words):
        ordinary_tokens(ids, PIECES)
    with pytest.raises(ValueError, match="shape"):
        word_units([1, 2], PIECES)
