"""Verdict of `bigram_counts`: which token follows which, in a padded batch."""

import numpy as np


def draw(generator):
    """Batches of sentences `[START] … [END]`, padded by 0; few words, so that pairs come again."""
    cases = []
    for lengths, columns_behind, vocabulary_size in (
        ((1, 2), 0, 7),
        ((3, 5), 1, 7),
        ((2, 7, 4), 0, 11),
        ((11, 5, 0, 8), 3, 13),
        ((3, 3, 3), 0, 5),
    ):
        start, end, *words = generator.permutation(np.arange(1, vocabulary_size))
        token_ids = np.zeros((len(lengths), max(lengths) + 2 + columns_behind), "int32")
        for row, length in zip(token_ids, lengths, strict=True):
            row[: length + 2] = [start, *generator.choice(words, length), end]
        cases.append({"token_ids": token_ids, "vocabulary_size": vocabulary_size})
    again = np.array([[2, 1, 6, 1, 6, 1, 6, 3, 0], [2, 6, 6, 6, 3, 0, 0, 0, 0]], "int32")
    empty = np.array([[1, 2]], "int32")
    return [*cases, {"token_ids": again, "vocabulary_size": 7}, {"token_ids": empty, "vocabulary_size": 3}]


CONDITIONS = {
    "a full row before a padded one": lambda case: (
        (case["token_ids"] != 0).all(axis=1)[:-1] & ~(case["token_ids"] != 0).all(axis=1)[1:]
    ).any(),
    "no padding in several sentences": lambda case: (
        (case["token_ids"] != 0).all() and len(case["token_ids"]) > 1
    ),
    "a column of padding alone": lambda case: (case["token_ids"] == 0).all(axis=0).any(),
    "one sentence, without words": lambda case: case["token_ids"].shape == (1, 2),
    "1 is a word": lambda case: (case["token_ids"][:, 1:-1] == 1).any(),
    "the last id is a word": lambda case: (case["token_ids"][:, 1:-1] == case["vocabulary_size"] - 1).any(),
    "a pair comes again in a sentence": lambda case: (reference(**case) > len(case["token_ids"])).any(),
    "a word follows itself": lambda case: np.diag(reference(**case)).any(),
}


def _count(contexts, tokens, vocabulary_size):
    counts = np.zeros((vocabulary_size, vocabulary_size))
    np.add.at(counts, (np.ravel(contexts), np.ravel(tokens)), 1.0)
    return counts


def reference(token_ids, vocabulary_size):
    contexts, tokens = token_ids[:, :-1], token_ids[:, 1:]
    real = tokens != 0
    return _count(contexts[real], tokens[real], vocabulary_size)


def _transposed(token_ids, vocabulary_size):
    return reference(token_ids, vocabulary_size).T


def _padding_counted(token_ids, vocabulary_size):
    return _count(token_ids[:, :-1], token_ids[:, 1:], vocabulary_size)


def _padding_after_end_counted(token_ids, vocabulary_size):
    contexts, tokens = token_ids[:, :-1], token_ids[:, 1:]
    return _count(contexts[contexts != 0], tokens[contexts != 0], vocabulary_size)


def _across_sentences(token_ids, vocabulary_size):
    tokens = token_ids[token_ids != 0]
    return _count(tokens[:-1], tokens[1:], vocabulary_size)


def _each_pair_once(token_ids, vocabulary_size):
    return np.minimum(reference(token_ids, vocabulary_size), 1.0)


def _end_forgotten(token_ids, vocabulary_size):
    """The last pair of every sentence is left out."""
    is_end = (token_ids != 0) & (np.pad(token_ids, ((0, 0), (0, 1)))[:, 1:] == 0)
    return reference(np.where(is_end, 0, token_ids), vocabulary_size)


def _start_forgotten(token_ids, vocabulary_size):
    return reference(token_ids[:, 1:], vocabulary_size)


def _last_column_missed(token_ids, vocabulary_size):
    return reference(token_ids[:, :-1], vocabulary_size)


def _both_directions(token_ids, vocabulary_size):
    counts = reference(token_ids, vocabulary_size)
    return counts + counts.T


def _divided_already(token_ids, vocabulary_size):
    counts = reference(token_ids, vocabulary_size)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


MISTAKES = {
    "transposed": _transposed,
    "padding_counted": _padding_counted,
    "padding_after_end_counted": _padding_after_end_counted,
    "across_sentences": _across_sentences,
    "each_pair_once": _each_pair_once,
    "end_forgotten": _end_forgotten,
    "start_forgotten": _start_forgotten,
    "last_column_missed": _last_column_missed,
    "both_directions": _both_directions,
    "divided_already": _divided_already,
}
