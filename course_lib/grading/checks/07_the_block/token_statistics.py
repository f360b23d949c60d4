"""Verdict of `token_statistics`: mean and variance of every channel over real positions."""

import numpy as np


def draw(generator):
    """Inputs (B, T, D) with a mean of their own and something at padded positions; lengths that differ."""
    cases = []
    for lengths, longest, width, size in (
        ((3, 1), 3, 2, 1.0),
        ((2, 5, 1), 5, 3, 10.0),
        ((7, 3, 2, 5, 1), 7, 11, 0.1),
        ((1, 4), 7, 5, 1.0),
    ):
        mask = np.arange(longest) < np.array(lengths)[:, None]
        inputs = generator.normal(size, size, (*mask.shape, width))
        inputs[~mask] = generator.normal(-3 * size, size, ((~mask).sum(), width))
        cases.append({"inputs": inputs, "mask": mask})
    # Padding in front, between words and of a whole sentence; then none at all.
    mask = np.array([[False, True, True, False, True], [True, True, False, True, True], [False] * 5])
    inputs = generator.normal(1.0, 1.0, (3, 5, 5))
    inputs[~mask] = generator.normal(100.0, 30.0, (8, 5))
    cases.append({"inputs": inputs, "mask": mask})
    cases.append({"inputs": generator.normal(-1.0, 2.0, (1, 5, 2)), "mask": np.ones((1, 5), bool)})
    return cases


def _is_padded_before_words(case):
    return (~case["mask"][:, :-1] & case["mask"][:, 1:]).any(axis=1)


CONDITIONS = {
    "padding at the end": lambda case: (case["mask"][:, 0] & ~case["mask"][:, -1]).any(),
    "padding in front": lambda case: (~case["mask"][:, 0] & case["mask"].any(axis=1)).any(),
    "padding between words": lambda case: (_is_padded_before_words(case) & case["mask"][:, 0]).any(),
    "a sentence of padding": lambda case: (~case["mask"].any(axis=1)).any() and case["mask"].any(),
    "a sentence without padding": lambda case: case["mask"].all(axis=1).any(),
    "a batch without padding": lambda case: case["mask"].all(),
    "large values at padded positions": lambda case: (
        np.abs(case["inputs"][~case["mask"]]).max(initial=0) > 10 * np.abs(case["inputs"][case["mask"]]).max()
    ),
    "one sentence": lambda case: len(case["mask"]) == 1,
    "as many positions as channels": lambda case: case["inputs"].shape[1] == case["inputs"].shape[2],
}


def _statistics(inputs, weights):
    count = weights.sum()
    mean = (weights[..., None] * inputs).sum(axis=(0, 1)) / count
    return mean, (weights[..., None] * (inputs - mean) ** 2).sum(axis=(0, 1)) / count


def reference(inputs, mask):
    return _statistics(inputs, mask.astype("float64"))


def _mask_ignored(inputs, mask):
    return _statistics(inputs, np.ones(mask.shape))


def _padding_as_zeros(inputs, mask):
    return _statistics(inputs * mask[..., None], np.ones(mask.shape))


def _divided_by_all(inputs, mask):
    mean = (mask[..., None] * inputs).sum(axis=(0, 1)) / mask.size
    return mean, (mask[..., None] * (inputs - mean) ** 2).sum(axis=(0, 1)) / mask.size


def _mean_divided_by_all(inputs, mask):
    mean = (mask[..., None] * inputs).sum(axis=(0, 1)) / mask.size
    return mean, (mask[..., None] * (inputs - mean) ** 2).sum(axis=(0, 1)) / mask.sum()


def _variance_with_padding(centred):
    def answer(inputs, mask):
        mean, _ = reference(inputs, mask)
        return mean, (centred(inputs, mask, mean) ** 2).sum(axis=(0, 1)) / mask.sum()

    return answer


def _mean_of_means(least):
    """The means of the sentences' means; an empty sentence is divided by `least`."""

    def answer(inputs, mask):
        counts = np.maximum(mask.sum(axis=1), least)[:, None]
        means = (mask[..., None] * inputs).sum(axis=1) / counts
        squares = (mask[..., None] * (inputs - means.mean(axis=0)) ** 2).sum(axis=1) / counts
        return means.mean(axis=0), squares.mean(axis=0)

    return answer


def _per_sentence(least):
    def answer(inputs, mask):
        counts = np.maximum(mask.sum(axis=1), least)[:, None]
        mean = (mask[..., None] * inputs).sum(axis=1) / counts
        return mean, (mask[..., None] * (inputs - mean[:, None]) ** 2).sum(axis=1) / counts

    return answer


def _first_n(inputs, mask):
    return reference(inputs, np.arange(mask.shape[1]) < mask.sum(axis=1)[:, None])


def _unbiased(inputs, mask):
    mean, variance = reference(inputs, mask)
    return mean, variance * mask.sum() / (mask.sum() - 1)


def _deviation(inputs, mask):
    mean, variance = reference(inputs, mask)
    return mean, np.sqrt(variance)


def _around_zero(inputs, mask):
    mean, variance = reference(inputs, mask)
    return mean, variance + mean**2


def _swapped(inputs, mask):
    return reference(inputs, mask)[::-1]


MISTAKES = {
    "mask_inverted": lambda inputs, mask: reference(inputs, ~mask),
    "mask_ignored": _mask_ignored,
    "padding_as_zeros": _padding_as_zeros,
    "divided_by_all": (_divided_by_all, _mean_divided_by_all),
    "variance_counts_padding": (
        _variance_with_padding(lambda inputs, mask, mean: inputs - mean),
        _variance_with_padding(lambda inputs, mask, mean: inputs * mask[..., None] - mean),
    ),
    "first_n_taken": _first_n,
    "mean_of_means": (_mean_of_means(0), _mean_of_means(1)),
    "per_sentence": (_per_sentence(0), _per_sentence(1)),
    "unbiased_variance": _unbiased,
    "deviation_returned": _deviation,
    "variance_around_zero": _around_zero,
    "mean_and_variance_swapped": _swapped,
}
