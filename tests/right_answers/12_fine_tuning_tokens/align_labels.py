"""Right answers to `align_labels` in other styles."""

import numpy as np
from keras import ops


def in_numpy(word_labels, num_pieces, length):
    num_pieces = np.array(num_pieces)
    starts = 1 + np.cumsum(num_pieces) - num_pieces
    kept = (num_pieces > 0) & (starts < length - 1)
    labels = np.zeros(length, "int64")
    labels[starts[kept]] = np.array(word_labels)[kept]
    return labels


def by_word_numbers(word_labels, num_pieces, length):
    words = [None]
    for number, pieces in enumerate(num_pieces):
        words += [number] * pieces
    words = words[: length - 1] + [None]
    words += [None] * (length - len(words))
    return [
        word_labels[word] if word is not None and word != before else 0
        for before, word in zip([None, *words], words, strict=False)
    ]


def place_by_place(word_labels, num_pieces, length):
    labels, place = [0] * length, 1
    for label, pieces in zip(word_labels, num_pieces, strict=True):
        if pieces and place <= length - 2:
            labels[place] = label
        place += pieces
    return labels


def as_a_tensor(word_labels, num_pieces, length):
    return ops.convert_to_tensor(place_by_place(word_labels, num_pieces, length), dtype="int32")
