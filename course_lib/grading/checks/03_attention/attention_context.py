"""Verdict of `attention_context`: the average of the values under masked weights."""

import numpy as np

FAR = 900.0  # exp(900) leaves float64, and exp(-900) vanishes in it


def draw(generator):
    """Scores (B, T, S), values (B, S, D), padding masks (B, S): at the end, in front, with holes, of none."""
    cases = []
    for batch, length, keys, width, scale in (
        (1, 2, 3, 2, 1.0),
        (2, 3, 5, 7, 0.1),
        (3, 5, 5, 2, 2.0),
        (2, 7, 3, 5, 10.0),
        (3, 3, 3, 11, 1.0),
    ):
        lengths = generator.integers(1, keys + 1, batch)
        lengths[0] = max(keys - 1, 1)
        cases.append(
            {
                "scores": generator.normal(0, scale, (batch, length, keys)),
                "value": generator.normal(0, 1, (batch, keys, width)),
                "padding_mask": np.arange(keys) < lengths[:, None],
            }
        )
    mask = np.array([[True, False, True, True, False], [False, False, True, False, True], [True] * 5])
    mask = np.stack([*mask, mask[0], [False, False, False, True, False]])
    scores = generator.normal(0, 1, (5, 2, 5))
    scores[0] += np.where(mask[0], -30, 0)
    scores[1] += np.where(mask[1], 0, FAR)
    scores[2] += np.array([[FAR], [-FAR]])
    cases.append({"scores": scores, "value": generator.normal(0, 1, (5, 5, 3)), "padding_mask": mask})
    cases.append({**cases[-1], "scores": generator.normal(0, 2, (5, 1, 5))})
    return cases


def _kept(case):
    return np.where(case["padding_mask"][:, None], case["scores"], -np.inf).max(axis=-1)


def _hidden(case):
    return np.where(case["padding_mask"][:, None], -np.inf, case["scores"]).max(axis=-1)


CONDITIONS = {
    "a hole in the padding mask": lambda case: (np.diff(case["padding_mask"].astype(int)) > 0).any(),
    "padding in front": lambda case: not case["padding_mask"][:, 0].all(),
    "a sentence without padding": lambda case: case["padding_mask"].all(axis=-1).any(),
    "a sentence of one word": lambda case: (case["padding_mask"].sum(axis=-1) == 1).any(),
    "kept scores beyond 709": lambda case: (_kept(case) > 709).any(),
    "a query of which all scores are below -750": lambda case: (case["scores"].max(axis=-1) < -750).any(),
    "kept scores below -20, hidden ones near 0": lambda case: (
        (_kept(case) < -20) & (np.abs(_hidden(case)) < 5)
    ).any(),
    "a hidden score far above the kept ones": lambda case: (_hidden(case) > _kept(case) + 750).any(),
    "as many queries as keys, and as sentences": lambda case: len({*case["scores"].shape}) == 1,
    "one query of several sentences": lambda case: case["scores"].shape[1] == 1 < len(case["scores"]),
    "one sentence": lambda case: len(case["scores"]) == 1,
}


def _softmax(scores, axis=-1):
    exponentials = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def _masked(scores, padding_mask):
    return np.where(padding_mask[:, None, :], scores, -1e9)


def reference(scores, value, padding_mask):
    return _softmax(_masked(scores, padding_mask)) @ value


def _mask_inverted(scores, value, padding_mask):
    return reference(scores, value, ~padding_mask)


def _mask_inverted_zeroed(scores, value, padding_mask):
    """All masked: zeros in place of a uniform average."""
    return np.where(
        (~padding_mask).any(axis=-1)[:, None, None], _mask_inverted(scores, value, padding_mask), 0.0
    )


def _mask_ignored(scores, value, padding_mask):
    return _softmax(scores) @ value


def _mask_after_softmax(scores, value, padding_mask):
    return (_softmax(scores) * padding_mask[:, None, :]) @ value


def _mask_on_queries(scores, value, padding_mask):
    return _softmax(np.where(padding_mask[:, :, None], scores, -1e9)) @ value


def _wrong_axis(scores, value, padding_mask):
    return _softmax(_masked(scores, padding_mask), axis=-2) @ value


def _softmax_forgotten(scores, value, padding_mask):
    return np.where(padding_mask[:, None, :], scores, 0.0) @ value


def _softmax_and_mask_forgotten(scores, value, padding_mask):
    return scores @ value


def _hard_choice(scores, value, padding_mask):
    best = _masked(scores, padding_mask).argmax(axis=-1)
    return np.take_along_axis(value, best[:, :, None], axis=1)


def _divided_again(scores, value, padding_mask):
    return reference(scores, value, padding_mask) / value.shape[1]


def _divided_by_count(scores, value, padding_mask):
    return reference(scores, value, padding_mask) / padding_mask.sum(axis=-1)[:, None, None]


def _set_to(low):
    return lambda scores, mask: np.where(mask, scores, low)


def _lowered(amount):
    return lambda scores, mask: np.where(mask, scores, scores - amount)


def _weakly_masked(hide, is_kept_after):
    def answer(scores, value, padding_mask):
        mask = padding_mask[:, None, :]
        weights = _softmax(hide(scores, mask))
        return (weights * mask if is_kept_after else weights) @ value

    return answer


_TOO_WEAK = [
    *(_set_to(-amount) for amount in (0, 1, 2, 5, 10, 20)),
    *(_lowered(amount) for amount in (1, 2, 5, 10, 20)),
]


def _share(total_of):
    """The exponentials by their sum, made fit for division in one way or another."""
    return lambda exponentials: exponentials / total_of(exponentials.sum(axis=-1, keepdims=True))


_SHARES = [
    _share(lambda total: total),
    _share(lambda total: np.where(total == 0, 1, total)),
    _share(lambda total: total + 1e-9),
    _share(lambda total: np.maximum(total, 1e-9)),
]


def _bare(share, dtype, exponentiate):
    """Without the largest score subtracted."""

    def answer(scores, value, padding_mask):
        return share(exponentiate(scores.astype(dtype), padding_mask[:, None, :])) @ value

    return answer


def _exponentials_masked(scores, mask):
    return np.exp(scores) * mask


def _scores_masked(scores, mask):
    return np.exp(np.where(mask, scores, -1e9))


def _renormalised(share):
    def answer(scores, value, padding_mask):
        return share(_softmax(scores) * padding_mask[:, None, :]) @ value

    return answer


def _plain_mean(scores, value, padding_mask):
    return reference(np.zeros_like(scores), value, padding_mask)


MISTAKES = {
    "mask_inverted": (_mask_inverted, _mask_inverted_zeroed),
    "mask_after_softmax": _mask_after_softmax,
    "mask_ignored": _mask_ignored,
    "hidden_maximum": tuple(_renormalised(share) for share in _SHARES),
    "mask_too_weak": tuple(_weakly_masked(hide, after) for hide in _TOO_WEAK for after in (False, True)),
    "overflow": tuple(
        _bare(share, dtype, exponentiate)
        for exponentiate in (_exponentials_masked, _scores_masked)
        for share in _SHARES
        for dtype in ("float32", "float64")
    ),
    "mask_on_queries": _mask_on_queries,
    "wrong_axis": _wrong_axis,
    "softmax_forgotten": (_softmax_forgotten, _softmax_and_mask_forgotten),
    "hard_choice": _hard_choice,
    "divided_again": (_divided_again, _divided_by_count),
    "plain_mean": _plain_mean,
}
