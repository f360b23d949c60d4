"""The speed of BERT: what counts as work, and what every contender is given."""

import itertools

import numpy as np
import pytest

from benchmarks.bert_speed import batches
from benchmarks.bert_speed.contenders import ours
from benchmarks.bert_speed.sizes import SIZES, Size

SIZE = SIZES["for tests"]


def test_operations_of_a_step_counted_by_hand():
    # Width 2, inside 8: 4 products of 2x2 and 2 of 2x8 are 48 a token; attention over 3 tokens is 12.
    # A masked word costs 2x2 and 2x5. Two for each, thrice for both ways: 6 * (3 * 60 + 1 * 14).
    assert Size(2, 1, vocabulary_size=5, batch_size=1, length=3, num_masked=1).pretraining_flops() == 6 * 194


def test_a_full_batch_has_no_padding_and_hides_every_place_once():
    token_ids, places, labels = batches.full_batch(SIZE)
    assert token_ids.shape == (3, 12) and token_ids.min() >= batches.FIRST_WORD
    assert places.shape == labels.shape == (3, 2)
    assert all(len(set(row)) == 2 and min(row) >= 0 and max(row) < 12 for row in places)


@pytest.fixture
def phrases(monkeypatch):
    rng = np.random.default_rng(1)
    rows = [[2, *rng.integers(5, 211, rng.integers(1, 60)), 3] for _ in range(50)]
    monkeypatch.setattr(batches, "sentences", lambda size: (rows, np.arange(50) % 2))
    return rows


def test_every_way_of_padding_reads_the_same_sentences(phrases):
    def read(stream):
        token_ids = [ids for ids, _ in itertools.islice(stream, 16)]
        return sorted(tuple(row[row != 0]) for ids in token_ids for row in ids)

    one_width = read(batches.batches_in_random_order(SIZE, batches.WIDTH))
    assert one_width == read(batches.batches_in_random_order(SIZE)) and len(one_width) == 48
    assert set(read(batches.batches_by_length(SIZE))) <= {tuple(row) for row in phrases}


def test_like_lengths_together_need_less_padding(phrases):
    def padded(stream):
        return np.mean([(ids == 0).mean() for ids, _ in itertools.islice(stream, 40)])

    by_length, longest, one_width = (
        padded(stream)
        for stream in (
            batches.batches_by_length(SIZE),
            batches.batches_in_random_order(SIZE),
            batches.batches_in_random_order(SIZE, batches.WIDTH),
        )
    )
    assert by_length < longest < one_width


@pytest.mark.parametrize("task", ["pretraining", "fine_tuning", "inference"])
def test_ours_says_how_many_tokens_are_real(task, phrases):
    work = getattr(ours, task)(SIZE)
    real = work["run"]()
    assert real == 36 if task == "pretraining" else 6 < real <= 3 * 61
