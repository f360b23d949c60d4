"""Verdict of `masked_mean_pooling`: the mean over real tokens, zeros where there are none."""

import numpy as np


def draw(generator):
    """Outputs (B, T, D), large at padding, behind, in front and between; rows without tokens."""
    cases = []
    for batch, length, width in ((2, 3, 2), (5, 7, 3), (3, 5, 5), (7, 11, 2), (2, 2, 1)):
        mask = np.arange(length) < generator.integers(1, length, batch)[:, None]
        if batch >= 3:
            mask[0] = np.arange(length) % 3 > 0  # padding in front and between
            mask[1] = True
        if batch >= 5:
            mask[2] = np.arange(length) >= 3  # in front alone
            mask[3] = False
        order = generator.permutation(batch)
        outputs = generator.normal(0.5, 1, (batch, length, width))
        outputs[0, mask[0].argmax(), 0] = 0.0
        outputs = np.where(mask[..., None], outputs, generator.normal(3, 10, outputs.shape))
        cases.append({"outputs": outputs[order], "padding_mask": mask[order]})
    alone = {"outputs": generator.normal(2, 1, (1, 3, 2)), "padding_mask": np.zeros((1, 3), bool)}
    large = 1e3 * generator.normal(1, 1, (3, 3, 3))
    cases += [alone, {"outputs": large, "padding_mask": np.tril(np.ones((3, 3), bool))}]
    padded = {**cases[0], "outputs": np.where(cases[0]["padding_mask"][..., None], cases[0]["outputs"], 1e8)}
    return [*cases, padded]


CONDITIONS = {
    "no real token": lambda case: (~case["padding_mask"].any(axis=1)).any(),
    "no real token in the whole batch": lambda case: not case["padding_mask"].any(),
    "one real token": lambda case: (case["padding_mask"].sum(axis=1) == 1).any(),
    "no padding": lambda case: case["padding_mask"].all(axis=1).any(),
    "padding behind": lambda case: (case["padding_mask"][:, 0] & ~case["padding_mask"][:, -1]).any(),
    "padding in front": lambda case: (~case["padding_mask"][:, 0] & case["padding_mask"].any(axis=1)).any(),
    "padding between": lambda case: (
        (np.diff(case["padding_mask"].astype(int), axis=1) != 0).sum(axis=1).max() > 1
    ),
    "sentences of different length": lambda case: len(set(case["padding_mask"].sum(axis=1))) > 1,
    "large outputs": lambda case: np.abs(case["outputs"]).max() > 100,
    "huge outputs at padding": lambda case: np.abs(case["outputs"]).max() == 1e8,
    "a 0 at a real token": lambda case: (case["outputs"][case["padding_mask"]] == 0).any(),
    "negative outputs": lambda case: (case["outputs"] < 0).any(),
    "one sentence": lambda case: len(case["outputs"]) == 1,
    "all sizes alike": lambda case: len(set(case["outputs"].shape)) == 1,
}


def _pooled(total=None, number=None, keep=lambda mask: mask):
    """Sums over kept tokens by numbers, both functions of outputs (B, T, D) and mask (B, T)."""

    def answer(outputs, padding_mask):
        mask = keep(padding_mask)
        kept = (outputs * mask[..., None]).sum(axis=1) if total is None else total(outputs, padding_mask)
        count = mask.sum(axis=1) if number is None else number(padding_mask)
        return kept / np.maximum(count, 1)[..., None]

    return answer


reference = _pooled()


def _sum_of_all(outputs, mask):
    return outputs.sum(axis=1)


def _of_lengths(mask):
    return np.arange(mask.shape[1]) < mask.sum(axis=1, keepdims=True)


def _without_tokens(value):
    """The right means, but for sentences without tokens: `value` of outputs."""

    def answer(outputs, padding_mask):
        is_empty = ~padding_mask.any(axis=1)
        return np.where(is_empty[:, None], value(outputs), reference(outputs, padding_mask))

    return answer


def _maximum(outputs, padding_mask):
    return np.where(padding_mask[..., None], outputs, -1e9).max(axis=1)


def _maximum_with_zeros(outputs, padding_mask):
    return (outputs * padding_mask[..., None]).max(axis=1)


def _place(place):
    return lambda outputs, padding_mask: outputs[:, place]


def _length(mask):
    return np.full(len(mask), mask.shape[1])


def _one_mean(outputs, padding_mask):
    total = (outputs * padding_mask[..., None]).sum(axis=(0, 1))
    return np.broadcast_to(total / max(padding_mask.sum(), 1), (len(outputs), outputs.shape[2]))


def _of_the_batch(outputs, padding_mask):
    kept = outputs * padding_mask[..., None]
    return kept.sum(axis=1) / max(padding_mask.sum(), 1)


def _not_divided(outputs, padding_mask):
    return (outputs * padding_mask[..., None]).sum(axis=1)


MISTAKES = {
    "padding_counted": _pooled(number=_length),
    "padding_summed": _pooled(total=_sum_of_all),
    "mask_ignored": _pooled(total=_sum_of_all, number=_length),
    "mask_inverted": (_pooled(keep=lambda mask: ~mask),),
    "nan_without_tokens": _without_tokens(lambda outputs: np.full(outputs[:, 0].shape, np.nan)),
    "something_without_tokens": (
        _without_tokens(lambda outputs: outputs.mean(axis=1)),
        _without_tokens(lambda outputs: outputs[:, 0]),
        _without_tokens(lambda outputs: outputs.sum(axis=1)),
    ),
    "mask_taken_for_length": _pooled(keep=_of_lengths),
    "one_token_only": (_place(0), _place(-1)),
    "not_divided": _not_divided,
    "divided_by_the_batch": _of_the_batch,
    "one_mean_for_all": _one_mean,
    "maximum_for_mean": (_maximum, _maximum_with_zeros),
    "one_counted_too_many": _pooled(number=lambda mask: mask.sum(axis=1) + 1),
}
