"""The study of four readers: equal sizes, a question without an answer in the bag, frozen and tuned."""

import numpy as np
import pytest

from benchmarks.readers import material as materials
from benchmarks.readers.contenders import READERS, make_reader, pretrain
from benchmarks.readers.questions import Questions, bag_accuracies, labelled


@pytest.fixture(scope="module")
def toy():
    material = materials.toy(num_sentences=40, most_labels=40)
    return materials.Material("toy", material.vocabulary, material.rows, material.splits, (20,))


def test_the_readers_of_context_are_of_one_size(toy):
    counts = [make_reader(name, len(toy.vocabulary), 24).count_params() for name in READERS[1:]]
    assert max(counts) < 1.05 * min(counts)


def test_every_sentence_has_its_mirror_of_the_other_class(toy):
    for packed, classes in toy.splits.values():
        bags = [sorted(row[row != 0].tolist()) for row in packed.token_ids]
        assert bags[::2] == bags[1::2]
        assert (classes[::2] + classes[1::2] == 1).all()
        assert not (packed.token_ids[::2] == packed.token_ids[1::2]).all(axis=1).any()


def test_no_sentence_is_in_two_splits(toy):
    found = [{tuple(row[row != 0]) for row in packed.token_ids} for packed, _ in toy.splits.values()]
    assert not any(found[i] & found[j] for i in range(3) for j in range(i))


def test_a_bag_of_words_is_right_half_the_time(toy):
    assert bag_accuracies(toy, seed=0) == {20: 0.5}


def test_labels_are_drawn_by_the_seed(toy):
    first, again, other = (labelled(toy, 20, seed)[0]["token_ids"] for seed in (0, 0, 1))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("name", ["static", "gpt", "bert"])
def test_a_reader_is_pretrained_and_asked(toy, name):
    reader, loss = pretrain(name, toy, num_updates=3, batch_size=8, seed=0, jit_compile=False)
    assert np.isfinite(loss)
    accuracies = Questions(name, toy).ask(reader.get_weights(), seed=0)
    assert set(accuracies) == {"frozen", "tuned"}
    assert all(0 <= accuracies[way][20] <= 1 for way in accuracies)
    if name == "static":
        assert abs(accuracies["frozen"][20] - 0.5) < 0.01
