"""Masked words: what is hidden, how often, and what never is."""

import itertools

import keras
import numpy as np
import pytest

from course_lib.objectives import MaskedWordBatches, MaskedWords
from course_lib.text import BERT_SPECIAL_TOKENS, SPECIAL_TOKENS, Vocabulary

WORDS = [f"w{number}" for number in range(96)]
VOCABULARY = Vocabulary([*BERT_SPECIAL_TOKENS, *WORDS])
FIRST = len(BERT_SPECIAL_TOKENS)


def random_ids(seed, shape=(211, 31)):
    """[CLS] words [SEP] words [SEP], of random lengths, padded."""
    generator = np.random.default_rng(seed)
    token_ids = generator.integers(FIRST, len(VOCABULARY), shape)
    lengths = generator.integers(5, shape[1] + 1, shape[0])
    token_ids[:, 0] = VOCABULARY.classification_id
    token_ids[np.arange(shape[0]), lengths - 1] = VOCABULARY.separator_id
    token_ids[np.arange(shape[0]), lengths // 2] = VOCABULARY.separator_id
    token_ids[generator.random(shape) < 0.05] = VOCABULARY.unknown_id
    return token_ids * (np.arange(shape[1]) < lengths[:, None])


def hide(token_ids, seed=1, **settings):
    objective = MaskedWords(VOCABULARY, **{"most": token_ids.shape[1], **settings})
    inputs, labels = objective.hide(token_ids, np.random.default_rng(seed))
    return inputs["token_ids"], inputs["masked_positions"], labels


def chosen_of(positions, labels, shape):
    chosen = np.zeros(shape, bool)
    rows, slots = np.nonzero(labels)
    chosen[rows, positions[rows, slots]] = True
    return chosen


def test_shares_are_those_that_were_asked_for():
    token_ids = random_ids(0, (4001, 31))
    hidden, positions, labels = hide(token_ids, share=0.15, mask_share=0.8, random_share=0.1)
    chosen = chosen_of(positions, labels, token_ids.shape)
    is_word = token_ids >= FIRST

    # Five standard deviations of a binomial share either way.
    def assert_share(part, whole, share):
        assert abs(part / whole - share) < 5 * np.sqrt(share * (1 - share) / whole)

    assert_share(chosen.sum(), is_word.sum(), 0.15)
    assert_share((hidden[chosen] == VOCABULARY.mask_id).sum(), chosen.sum(), 0.8)
    stays = (hidden == token_ids) & chosen
    assert_share(stays.sum(), chosen.sum(), 0.1 + 0.1 / len(WORDS))
    drawn = hidden[chosen & (hidden != token_ids) & (hidden != VOCABULARY.mask_id)]
    counts = np.bincount(drawn, minlength=len(VOCABULARY))[FIRST:]
    assert counts.min() > 0.4 * counts.mean()  # every word is drawn, and none is favoured
    assert counts.max() < 2 * counts.mean()


@pytest.mark.parametrize("share", [0.05, 0.5, 0.97])
def test_special_tokens_and_padding_are_neither_chosen_nor_drawn(share):
    token_ids = random_ids(1)
    hidden, positions, labels = hide(token_ids, share=share, mask_share=0.0, random_share=1.0)
    chosen = chosen_of(positions, labels, token_ids.shape)
    assert chosen.any()
    assert (token_ids[chosen] >= FIRST).all()
    assert (hidden[chosen] >= FIRST).all()
    np.testing.assert_array_equal(hidden[~chosen], token_ids[~chosen])


def test_labels_are_what_stood_at_the_positions():
    token_ids = random_ids(2)
    before = token_ids.copy()
    hidden, positions, labels = hide(token_ids, share=0.3)
    np.testing.assert_array_equal(token_ids, before)
    used = labels != 0
    np.testing.assert_array_equal(np.take_along_axis(token_ids, positions, axis=1)[used], labels[used])
    assert not positions[~used].any()
    for row, is_used in zip(positions, used, strict=True):  # in order, without repetition, used ones first
        assert (np.diff(row[is_used]) > 0).all()
        assert (np.diff(is_used.astype(int)) <= 0).all()


def test_where_more_are_chosen_than_there_is_room_every_place_has_its_chance():
    token_ids = np.full((5003, 11), FIRST)
    _, positions, labels = hide(token_ids, share=0.9, most=3)
    assert labels.shape == positions.shape == (5003, 3)
    counts = np.bincount(positions[labels != 0], minlength=11)
    assert abs(counts / counts.sum() - 1 / 11).max() < 0.01


def test_room_beyond_the_length_is_left_empty():
    _, positions, labels = hide(np.full((2, 3), FIRST), share=0.9, most=7)
    assert labels.shape == positions.shape == (2, 7)
    assert not labels[:, 3:].any()


def test_another_seed_hides_others_and_the_same_hides_the_same():
    token_ids = random_ids(3)
    one, other, again = (hide(token_ids, seed)[0] for seed in (1, 2, 1))
    np.testing.assert_array_equal(one, again)
    assert (one != other).any()


def make_batches(**settings):
    objective = MaskedWords(VOCABULARY, share=0.3, most=9)
    return MaskedWordBatches(random_ids(4, (23, 31)), objective, batch_size=5, seed=7, **settings)


def test_every_epoch_hides_others_and_can_be_drawn_again():
    batches = make_batches()
    first = [batches[index][0]["token_ids"] for index in range(len(batches))]
    batches.epoch += 1
    second = [batches[index][0]["token_ids"] for index in range(len(batches))]
    assert not any((one == other).all() for one, other in zip(first, second, strict=True))
    resumed = make_batches()
    resumed.epoch = 1
    np.testing.assert_array_equal(resumed[3][0]["token_ids"], second[3])


def hidden_by_row(batches):
    """What is read of each sequence in this epoch."""
    found = {}
    for index in range(len(batches)):
        x, y = batches[index]
        for row in range(5):
            restored = x["token_ids"][row].copy()
            used = y[row] != 0
            restored[x["masked_positions"][row][used]] = y[row][used]
            found[tuple(restored)] = tuple(x["token_ids"][row])
    return found


@pytest.mark.parametrize("is_static", [False, True])
def test_one_mask_for_all_epochs_only_where_it_is_asked_for(is_static):
    batches = make_batches(is_static=is_static)
    first = hidden_by_row(batches)
    batches.epoch += 1
    second = hidden_by_row(batches)
    both = first.keys() & second.keys()
    assert len(both) > 10
    assert all(first[row] == second[row] for row in both) is is_static


def test_several_masks_come_in_turn():
    batches = make_batches(is_static=True, num_static_masks=3)
    epochs = []
    for _ in range(7):
        epochs.append(hidden_by_row(batches))
        batches.epoch += 1
    for one, other in itertools.combinations(range(7), 2):
        both = epochs[one].keys() & epochs[other].keys()
        same = [epochs[one][row] == epochs[other][row] for row in both]
        assert len(both) > 10
        assert np.mean(same) == 1 if (other - one) % 3 == 0 else np.mean(same) < 0.3


def test_the_first_of_several_masks_is_that_of_one():
    one, several = (make_batches(is_static=True, num_static_masks=number) for number in (1, 3))
    assert hidden_by_row(one) == hidden_by_row(several)


@pytest.mark.parametrize(("is_static", "number"), [(True, 0), (False, 2)])
def test_numbers_of_masks_that_are_none(is_static, number):
    with pytest.raises(ValueError, match=f"num_static_masks={number}"):
        make_batches(is_static=is_static, num_static_masks=number)


def test_batches_carry_segments_mask_and_pairs():
    segments = np.arange(23)[:, None] * np.ones((1, 31), int)
    x, y = make_batches(segment_ids=segments, pair_labels=np.arange(23))[1]
    np.testing.assert_array_equal(x["segment_ids"][:, 0], y["sentence_pair"])
    real = np.where(x["padding_mask"], x["token_ids"], 0)
    np.testing.assert_array_equal(real, x["token_ids"])
    assert y["masked_words"].shape == (5, 9)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"share": 0.0}, "share=0.0"),
        ({"share": 1.0}, "share=1.0"),
        ({"mask_share": 0.8, "random_share": 0.3}, "at most 1 together"),
        ({"mask_share": -0.1}, "0 or more"),
        ({"most": 0}, "most=0"),
    ],
)
def test_settings_that_are_none(settings, words):
    with pytest.raises(ValueError, match=words):
        MaskedWords(VOCABULARY, **settings)


def test_a_vocabulary_without_a_mask_is_refused():
    without = Vocabulary([token for token in SPECIAL_TOKENS if token != "[MASK]"])
    with pytest.raises(AttributeError, match="no mask token"):
        MaskedWords(without)


@pytest.mark.parametrize("batch_size", [0, 24])
def test_a_batch_size_that_gives_no_batch(batch_size):
    with pytest.raises(ValueError, match="number of sequences, 23"):
        MaskedWordBatches(random_ids(4, (23, 31)), MaskedWords(VOCABULARY), batch_size, seed=1)


class Taken(keras.Model):
    """Reads a batch, and learns next to nothing."""

    def __init__(self):
        super().__init__()
        self.scale = keras.layers.Dense(1)

    def call(self, inputs):
        return self.scale(keras.ops.cast(inputs["padding_mask"], "float32"))


def test_fit_serves_every_epoch_once_whether_called_once_or_again():
    model = Taken()
    model.compile("sgd", loss=lambda labels, outputs: keras.ops.mean(outputs))
    at_once, one_by_one = (
        WatchedBatches(random_ids(4, (6, 31)), MaskedWords(VOCABULARY), 3, seed=7) for _ in range(2)
    )
    model.fit(at_once, epochs=3, verbose=0, shuffle=False)
    for _ in range(3):
        model.fit(one_by_one, epochs=1, verbose=0, shuffle=False)
    assert at_once.epochs_in_order() == one_by_one.epochs_in_order() == [0, 1, 2]
    assert at_once.epoch == one_by_one.epoch == 3


@pytest.mark.parametrize("index", [-1, 2, 10**9])
def test_a_batch_that_is_none_of_the_epoch_is_refused(index):
    batches = MaskedWordBatches(np.full((5, 7), 6), MaskedWords(VOCABULARY), batch_size=2, seed=1)
    with pytest.raises(IndexError, match=f"must be between 0 and 1. Received: index={index}"):
        batches[index]
    with pytest.raises(ValueError, match="`epoch` must not be negative. Received: epoch=-1"):
        batches.epoch = -1


class WatchedBatches(MaskedWordBatches):
    """Batches that keep the epochs of which they were taken whole."""

    def __getitem__(self, index):
        self.__dict__.setdefault("taken", []).append(self.epoch)
        return super().__getitem__(index)

    def epochs_in_order(self):
        return sorted({epoch for epoch in self.taken if self.taken.count(epoch) >= len(self)})
