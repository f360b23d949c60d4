"""Sentences of the toy language one behind the other, and what perfect knowledge would pay for them."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from benchmarks.masked_words.sentences import language

LENGTH = 48  # words of a row to learn from; the longest sentence has 29, its end counted
NUM_TRAIN = 200_000  # sentences
NEAR_END, FAR_END = 19, 96  # sentences that begin before the one end within LENGTH


@dataclass(frozen=True)
class TestRows:
    """Rows of whole sentences.

    Attributes:
        token_ids: ints `(R, T)`, an end of a sentence first, 0 behind the last.
        begins: ints `(S,)`, the places of the first words of all sentences.
        owners: ints `(R, T)`, at each word, or end, the number of its sentence, -1 elsewhere.
        log_probabilities: floats `(S,)`, of the sentences, in nats.
    """

    token_ids: np.ndarray
    begins: np.ndarray
    owners: np.ndarray
    log_probabilities: np.ndarray

    def above_floor(self, nats, first, end):
        """Nats per word beyond the floor, over sentences that begin at `first` to `end - 1`.

        Where a sentence begins is known before it is written: to choose by that favours nobody.

        Args:
            nats: `(R, T)`, what was paid at each word.
            first, end: ints.
        """
        is_chosen = (self.begins >= first) & (self.begins < end)
        at_word = (self.owners >= 0) & is_chosen[self.owners]
        return float((nats[at_word].sum() + self.log_probabilities[is_chosen].sum()) / at_word.sum())


@cache
def train_words(num_sentences=NUM_TRAIN):
    """One long row of sentences, each with its end."""
    toy, vocabulary = language()
    ids = {word: vocabulary.id_of(word) for word in toy.source_words}
    stream, found = toy.stream(0, "train"), []
    for _ in range(num_sentences):
        found += [ids[word] for word in next(stream).source]
        found.append(vocabulary.separator_id)
    return np.array(found, "int32")


def batch_of(words, size, generator, length=LENGTH):
    """Rows from anywhere: `(size, length)` of what is read, and of what comes next."""
    starts = generator.integers(len(words) - length, size=size)
    rows = words[starts[:, None] + np.arange(length + 1)]
    return rows[:, :-1], rows[:, 1:]


@cache
def test_rows(split, num_rows):
    """Rows of the first sentences of a split; the last of a row begins before `FAR_END`."""
    toy, vocabulary = language()
    stream, rows, owners, begins, log_probabilities = toy.stream(1, split), [], [], [], []
    for _ in range(num_rows):
        row, owner = [vocabulary.separator_id], [-1]
        while len(row) < FAR_END:
            pair = next(stream)
            owner += [len(begins)] * (len(pair.source) + 1)
            begins.append(len(row))
            row += [*(vocabulary.id_of(word) for word in pair.source), vocabulary.separator_id]
            log_probabilities.append(pair.source_log_probability)
        rows.append(row)
        owners.append(owner)
    longest = max(map(len, rows))
    return TestRows(
        np.array([row + [0] * (longest - len(row)) for row in rows], "int32"),
        np.array(begins),
        np.array([owner + [-1] * (longest - len(owner)) for owner in owners]),
        np.array(log_probabilities),
    )
