"""Verdict of `masked_softmax`: softmax over the keys that a mask keeps."""

import numpy as np

FAR = 900.0  # exp(900) leaves float64, and exp(-900) vanishes in it


def draw(generator):
    """Scores (B, T, S), near and far from zero; masks with holes, of every rank; some rows keep nothing."""
    cases = []
    for batch, length, keys, scale in ((1, 2, 3, 1.0), (2, 3, 5, 0.1), (3, 5, 7, 4.0), (1, 5, 2, 10.0)):
        scores = generator.normal(0, scale, (batch, length, keys))
        mask = generator.random((batch, length, keys)) < 0.6
        mask[..., 0] |= ~mask.any(axis=-1)
        mask[0, 0, -1] = False
        mask[0, 0, 0] = True
        if length != 2:
            mask[-1, -1] = False
        cases.append({"scores": scores, "mask": mask})
    far = generator.normal(0, 1, (2, 3, 5))
    far[0] += FAR * np.array([[1], [-1], [-1]])
    mask = np.array([[True, False, True, True, False], [False, True, True, False, True], [True] * 5])
    far[1, :2] += np.where(mask[:2], 0, [[FAR], [30]])
    cases.append({"scores": far, "mask": np.stack([mask, mask])})
    cases.append({"scores": generator.normal(0, 2, (5, 3, 5)), "mask": mask})
    cases.append({"scores": generator.normal(0, 2, (2, 2, 3)), "mask": np.array([True, False, True])})
    cases.append({"scores": generator.normal(0, 2, (2, 2, 3)), "mask": np.eye(2, dtype=bool)[:, :, None]})
    padding = np.arange(5) < np.array([[5], [3]])
    cases.append({"scores": generator.normal(0, 2, (2, 3, 5)), "mask": padding[:, None, :]})
    return cases


def _rows(case):
    """Scores and mask (rows, S)."""
    keys = case["scores"].shape[-1]
    mask = np.broadcast_to(case["mask"], case["scores"].shape)
    return case["scores"].reshape(-1, keys), mask.reshape(-1, keys)


def _kept(case):
    scores, mask = _rows(case)
    return np.where(mask, scores, -np.inf).max(axis=-1)


def _hidden(case):
    scores, mask = _rows(case)
    return np.where(mask, -np.inf, scores).max(axis=-1)


CONDITIONS = {
    "a row that keeps nothing": lambda case: not case["mask"].any(axis=-1).all(),
    "a row that keeps everything": lambda case: case["mask"].all(axis=-1).any(),
    "a hidden key between kept ones": lambda case: (np.diff(_rows(case)[1].astype(int)) > 0).any(),
    "a hidden first key in a row that keeps some": lambda case: (
        ~_rows(case)[1][:, 0] & _rows(case)[1].any(axis=-1)
    ).any(),
    "a mask of rank 1": lambda case: case["mask"].ndim == 1,
    "a mask of rank 2": lambda case: case["mask"].ndim == 2 and len(case["scores"]) > 1,
    "a mask that is the same for all queries": lambda case: case["mask"].shape[-2:-1] == (1,),
    "kept scores beyond 709": lambda case: (_kept(case) > 709).any(),
    "a row of which all scores are below -750": lambda case: (_rows(case)[0].max(axis=-1) < -750).any(),
    "a hidden score far above the kept ones": lambda case: (
        np.isfinite(_kept(case)) & (_hidden(case) > _kept(case) + 750)
    ).any(),
    "a mask that is the same for all keys": lambda case: case["mask"].shape[-1] == 1,
    "one sentence": lambda case: len(case["scores"]) == 1,
    "several sentences": lambda case: len(case["scores"]) > 1,
}


def reference(scores, mask):
    mask = np.broadcast_to(mask, scores.shape)
    shifted = scores - np.max(scores, axis=-1, keepdims=True, where=mask, initial=-1e30)
    exponentials = np.where(mask, np.exp(np.minimum(shifted, 0.0)), 0.0)
    total = exponentials.sum(axis=-1, keepdims=True)
    return np.divide(exponentials, total, out=np.zeros_like(scores), where=total > 0)


def _softmax(scores, axis=-1):
    exponentials = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def _if_any(weigh):
    """As `weigh`, but with zeros for a row that keeps nothing."""
    return lambda scores, mask: np.where(mask.any(axis=-1, keepdims=True), weigh(scores, mask), 0.0)


def _times_mask(weigh):
    return lambda scores, mask: np.where(mask, weigh(scores, mask), 0.0)


def _wrong_axis(scores, mask):
    """Over the queries; an empty column comes out uniform."""
    return _softmax(np.where(mask, scores, -1e9), axis=-2)


def _mask_inverted(scores, mask):
    return reference(scores, ~mask)


def _mask_inverted_uniform(scores, mask):
    return _softmax(np.where(mask, -1e9, scores))


def _mask_ignored(scores, mask):
    return _softmax(scores)


def _set_to(low):
    return lambda scores, mask: _softmax(np.where(mask, scores, low))


def _lowered(amount):
    return lambda scores, mask: _softmax(np.where(mask, scores, scores - amount))


_TOO_WEAK = [
    *(_lowered(amount) for amount in (1, 2, 5, 10, 20)),
    *(_set_to(-amount) for amount in (1, 2, 5, 10, 20, 50, 100)),
]


def _clipped(low, high):
    return lambda scores, mask: _set_to(-1e9)(np.clip(scores, low, high), mask)


_CLIPPED = [
    _clipped(low, limit) for limit in (1, 5, 10, 20, 30, 50, 60, 80, 85, 88, 100) for low in (-limit, -np.inf)
]


def _not_normalised(scores, mask):
    largest = np.max(scores, axis=-1, keepdims=True, where=np.broadcast_to(mask, scores.shape), initial=-1e30)
    return np.where(mask, np.exp(np.minimum(scores - largest, 0.0)), 0.0)


def _not_normalised_unmasked_maximum(scores, mask):
    return np.where(mask, np.exp(scores - scores.max(axis=-1, keepdims=True)), 0.0)


def _not_normalised_unshifted(scores, mask):
    return np.exp(scores.astype("float32")) * mask


def _share(total_of):
    """The exponentials by their sum, made fit for division in one way or another."""
    return lambda exponentials: exponentials / total_of(exponentials.sum(axis=-1, keepdims=True))


_SHARES = [
    _share(lambda total: total),
    _share(lambda total: np.where(total == 0, 1, total)),
    _share(lambda total: total + 1e-9),
    _share(lambda total: np.maximum(total, 1e-9)),
]


def _of_hidden_maximum(share):
    return lambda scores, mask: share(np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask)


def _renormalised(share):
    return lambda scores, mask: share(_softmax(scores) * mask)


def _bare(share, dtype):
    return lambda scores, mask: share(np.exp(scores.astype(dtype)) * mask)


def _bare_kept(share, dtype):
    return lambda scores, mask: share(np.exp(np.where(mask, scores, -1e9).astype(dtype)))


MISTAKES = {
    "wrong_axis": (_wrong_axis, _times_mask(_wrong_axis)),
    "mask_inverted": (_mask_inverted, _mask_inverted_uniform),
    "mask_after_softmax": _times_mask(_mask_ignored),
    "mask_ignored": (_mask_ignored, _if_any(_mask_ignored)),
    "scores_set_to_zero": (_set_to(0.0), _if_any(_set_to(0.0))),
    "mask_too_weak": tuple(
        variant for weak in _TOO_WEAK for variant in (weak, _if_any(weak), _times_mask(weak))
    ),
    "empty_row_uniform": _set_to(-1e9),
    "empty_row_nan": _set_to(-np.inf),
    "not_normalised": (_not_normalised, _not_normalised_unmasked_maximum, _not_normalised_unshifted),
    "overflow": tuple(
        bare(share, dtype)
        for bare in (_bare, _bare_kept)
        for share in _SHARES
        for dtype in ("float32", "float64")
    ),
    "scores_clipped": tuple(variant for clip in _CLIPPED for variant in (clip, _times_mask(clip))),
    "hidden_maximum": tuple(form(share) for form in (_of_hidden_maximum, _renormalised) for share in _SHARES),
}
