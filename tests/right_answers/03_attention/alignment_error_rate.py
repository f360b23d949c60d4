"""Right answers to `alignment_error_rate` in other styles."""

import numpy as np
from keras import ops


def link_by_link(predicted, sure, possible):
    right = total = 0.0
    for sentence in range(len(sure)):
        for link in predicted[sentence]:
            right += (link in sure[sentence]) + (link in possible[sentence])
        total += len(predicted[sentence]) + len(sure[sentence])
    return (total - right) / total


def labelled_pairs(predicted, sure, possible):
    found, certain, allowed = (
        {(number, *link) for number, links in enumerate(sentences) for link in links}
        for sentences in (predicted, sure, possible)
    )
    hits = len(found.intersection(certain)) + len(found.intersection(allowed))
    return 1.0 - hits / (len(found) + len(certain))


def as_a_tensor(predicted, sure, possible):
    triples = list(zip(predicted, sure, possible, strict=True))
    hits = ops.convert_to_tensor([len(a & s) + len(a & p) for a, s, p in triples], dtype="float32")
    sizes = ops.convert_to_tensor([len(a) + len(s) for a, s, _ in triples], dtype="float32")
    return 1 - ops.sum(hits) / ops.sum(sizes)


def in_numpy(predicted, sure, possible):
    counts = np.array(
        [(len(a & s), len(a & p), len(a), len(s)) for a, s, p in zip(predicted, sure, possible, strict=True)]
    ).sum(axis=0)
    return 1 - counts[:2].sum() / counts[2:].sum()


def of_a_list(predicted, sure, possible):
    sums = [sum(map(len, predicted)) + sum(map(len, sure)), 0]
    for index, links in enumerate(predicted):
        sums[1] += len([link for link in links if link in sure[index]])
        sums[1] += len([link for link in links if link in possible[index]])
    return np.float32(1 - sums[1] / sums[0])
