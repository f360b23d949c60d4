"""Verdict of `bigram_counts`: which token follows which, in a padded batch."""

import numpy as np

START, END = 2, 3


def draw(generator):
    """Batches of sentences `[START] … [END]`, padded by 0; few words, so that pairs come again."""
    cases = []
    for lengths, vocabulary_size in (((1, 2), 7), ((3, 5), 7), ((2, 7, 4), 11), ((11, 5, 0, 8), 13)):
        token_ids = np.zeros((len(lengths), max(lengths) + 3), "int32")
        for row, length in zip(token_ids, lengths, strict=True):
            words = generator.integers(5, vocabulary_size, length)
            row[: length + 2] = [START, *words, END]
        cases.append({"token_ids": token_ids, "vocabulary_size": vocabulary_size})
    words = np.array([[START, 5, 6, 5, 6, 5, 6, END, 0], [START, 6, 6, 6, END, 0, 0, 0, 0]], "int32")
    return [*cases, {"token_ids": words, "vocabulary_size": 7}]


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
    counts = reference(token_ids, vocabulary_size)
    counts[:, END] = 0
    return counts


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
    "divided_already": _divided_already,
}
