"""What an objective gives, its model takes; and the model then sees no more than it may."""

import numpy as np
import pytest
from keras import ops
from support.pieces import FIRST_PIECE, PIECES, random_rows

from course_lib.models import Bert, Electra, Mass, PermutedWordModel, SpanBert, UniLm, XlNet
from course_lib.objectives import (
    MaskedSegments,
    MaskedSpans,
    MaskedWordBatches,
    MaskedWords,
    PermutedWords,
    electra_loss,
    masked_cross_entropy,
    ordinary_tokens,
    replace_tokens,
    sample_tokens,
    task_mask,
)

SIZES = {"hidden_dim": 8, "num_heads": 2, "intermediate_dim": 12, "num_layers": 2}
TOKENS = random_rows(1, (3, 17))


def batch(objective, token_ids=TOKENS):
    return MaskedWordBatches(token_ids, objective, len(token_ids), seed=1)[0]


def as_numbers(tensor):
    return ops.convert_to_numpy(tensor)


def test_spans_and_their_boundaries():
    x, y = batch(MaskedSpans(PIECES, most=5))
    logits = SpanBert(Bert(len(PIECES), has_pooler=False, **SIZES))(x)
    assert tuple(logits["span_words"].shape) == (3, 5, len(PIECES))
    assert np.isfinite(float(masked_cross_entropy(logits["span_words"], y)))


def test_permuted_words_are_said_without_being_seen():
    x, y = batch(PermutedWords(PIECES, one_in=2, most=7))
    model = PermutedWordModel(XlNet(len(PIECES), **SIZES))
    before = as_numbers(model(x))
    assert before.shape == (3, 7, len(PIECES))
    place = int(np.argmax(x["ranks"][0] == 1))  # the first word that is said: all others may know it
    later = x["ranks"][0][x["masked_positions"][0]] > 1
    assert later.any()
    other = x["token_ids"].copy()
    other[0, place] = FIRST_PIECE + (other[0, place] - FIRST_PIECE + 1) % 60
    changed = np.abs(as_numbers(model({**x, "token_ids": other})) - before).max(axis=-1)[0]
    np.testing.assert_array_equal(changed > 1e-6, later)


@pytest.mark.parametrize("task", ["sequence_to_sequence", "left_to_right"])
def test_masks_of_tasks(task):
    segments = np.where(TOKENS != 0, (np.cumsum(TOKENS == 3, axis=1) - (TOKENS == 3)) > 0, 0).astype(int)
    mask = task_mask(task, segments, TOKENS != 0)
    inputs = {"padding_mask": TOKENS != 0, "segment_ids": segments, "attention_mask": mask}
    model = UniLm(len(PIECES), **SIZES)
    before = as_numbers(model({**inputs, "token_ids": TOKENS})["sequence_output"])
    other = TOKENS.copy()
    last = int((TOKENS[0] != 0).sum()) - 1
    other[0, last] = FIRST_PIECE
    changed = np.abs(as_numbers(model({**inputs, "token_ids": other})["sequence_output"]) - before)
    is_real = TOKENS[0] != 0
    sees = mask[0, :, last] | (np.arange(17) == last)
    np.testing.assert_array_equal((changed[0].max(axis=-1) > 1e-6)[is_real], sees[is_real])


def test_segments_for_a_decoder():
    x, y = batch(MaskedSegments(PIECES))
    logits = Mass(len(PIECES), **SIZES)(x)
    assert tuple(logits.shape) == (3, 17, len(PIECES))
    assert np.isfinite(float(masked_cross_entropy(logits, y)))


def test_a_step_of_electra():
    x, y = batch(MaskedWords(PIECES, mask_share=1.0, random_share=0.0, most=5))
    model = Electra(len(PIECES), **SIZES, generator_fraction=0.5)
    words = model.predict_masked_words(x)
    samples = sample_tokens(words, seed=1, allowed=ordinary_tokens(np.arange(len(PIECES)), PIECES))
    corrupted, is_replaced = replace_tokens(x["token_ids"], x["masked_positions"], y, samples)
    replaced = model.find_replaced({**x, "token_ids": corrupted})
    parts = electra_loss(words, y, replaced, is_replaced, ordinary_tokens(TOKENS, PIECES))
    assert np.isfinite(float(parts.total)) and as_numbers(is_replaced).any()
    assert not as_numbers(is_replaced)[TOKENS < FIRST_PIECE].any()
