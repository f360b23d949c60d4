"""Verdict of `sees_future`: which outputs of a model of two layers depend on later inputs."""

import numpy as np


def draw(generator):
    """Masks that leak nowhere, everywhere, through one cell, by one step, and at random."""
    causal, leaky = np.tri(5, dtype=bool), np.tri(7, dtype=bool)
    leaky[int(generator.integers(1, 4)), 6 - int(generator.integers(2))] = True
    random = generator.random((7, 7)) < 0.2
    alone = np.eye(11, dtype=bool)
    alone[int(generator.integers(6)), int(generator.integers(7, 10))] = True
    # Row 1 sees 3, and 3 sees nothing: only the sum with its own input carries it on. Row 4 sees row 1 and,
    # standing behind 3, leaks nothing.
    past = np.tri(7, dtype=bool)
    past[1], past[3] = np.arange(7) == 3, False
    # 0 sees 3, 1 sees 0, 2 sees 1: three steps for row 2, and there are two layers.
    chain = np.eye(5, dtype=bool)
    chain[0, 3] = chain[1, 0] = chain[2, 1] = True
    masks = (
        np.tri(3, k=1),
        causal,
        leaky,
        np.tri(5, k=-1),
        np.ones((5, 5)),
        random,
        alone,
        causal.T,
        past,
        chain,
    )
    widths = (2, 3, 5, 2, 3, 2, 3, 5, 5, 1)
    scales = (1.0, 1.0, 10.0, 1.0, 0.1, 1.0, 1.0, 3.0, 1.0, 1.0)
    return [
        {"inputs": generator.normal(0, scale, (len(mask), width)), "mask": mask.astype(bool)}
        for mask, scale, width in zip(masks, scales, widths, strict=True)
    ]


def _steps(case):
    """Who looks at a later position directly; who does through two layers; who would through any number."""
    mask = case["mask"]
    step = (mask | np.eye(len(mask), dtype=bool)).astype(int)
    reached = [mask, step @ step > 0, np.linalg.matrix_power(step, len(mask)) > 0]
    return [np.triu(matrix, k=1).any(axis=-1) for matrix in reached]


def _without_sums(case):
    """Who looks at a later position through two masks, without what a layer adds to its own input."""
    mask = case["mask"].astype(int)
    return np.triu(mask @ mask > 0, k=1).any(axis=-1)


CONDITIONS = {
    "vectors of one number": lambda case: case["inputs"].shape[1] == 1,
    "vectors wider than a number, of another width than length": lambda case: (
        1 < case["inputs"].shape[1] != len(case["inputs"])
    ),
    "a causal mask": lambda case: not _steps(case)[1].any(),
    "a position that leaks, and one that does not": lambda case: (
        0 < _steps(case)[1][:-1].sum() < len(case["mask"]) - 1
    ),
    "a leak through another position alone": lambda case: (_steps(case)[1] > _steps(case)[0]).any(),
    "a leak of one step, past an empty row": lambda case: (_steps(case)[1] > _without_sums(case)).any(),
    "a leak that would take three steps": lambda case: (_steps(case)[2] > _steps(case)[1]).any(),
    "a leak from the next position alone": lambda case: (
        np.triu(case["mask"], k=1).sum(axis=-1) * np.diagonal(np.roll(case["mask"], -1, axis=1)) == 1
    ).any(),
    "a leak from the last position alone": lambda case: (
        (np.triu(case["mask"], k=2).sum(axis=-1) == 1) & case["mask"][:, -1]
    ).any(),
    "a leak from a position in between alone": lambda case: (
        (np.triu(case["mask"], k=2).sum(axis=-1) == 1)
        & (np.triu(case["mask"], k=1).sum(axis=-1) == 1)
        & ~case["mask"][:, -1]
    ).any(),
    "a position that sees one that leaks, and does not leak": lambda case: (
        (np.tril(case["mask"], k=-1) @ _steps(case)[1] > 0) & ~_steps(case)[1]
    )[:-1].any(),
    "a position that sees nothing": lambda case: not case["mask"].any(axis=-1).all(),
}


def reference(inputs, mask):
    """Not by trying out: by following who sees whom through two layers."""
    step = mask | np.eye(len(mask), dtype=bool)
    reached = step.astype(int) @ step.astype(int) > 0
    return np.triu(reached, k=1).any(axis=-1)


def _run(inputs, mask):
    weights = mask / np.maximum(mask.sum(axis=-1, keepdims=True), 1)
    for _ in range(2):
        inputs = inputs + weights @ inputs
    return inputs


def _try(changes, watches=lambda difference, t: difference[t]):
    """The answer with other inputs changed, a function of positions and t, or other outputs watched."""

    def answer(inputs, mask):
        positions, found = np.arange(len(inputs)), []
        for t in positions:
            changed = inputs + changes(positions, t)[:, None]
            difference = np.abs(_run(changed, mask) - _run(inputs, mask)).max(axis=-1) > 1e-6
            found.append(np.any(watches(difference, t)))
        return np.array(found)

    return answer


def _mask_read(inputs, mask):
    return np.triu(mask, k=1).any(axis=-1)


def _mask_followed(reach):
    """Read off the mask by who reaches whom."""
    return lambda inputs, mask: np.triu(reach(mask.astype(int)) > 0, k=1).any(axis=-1)


def _leak_spreads(inputs, mask):
    """Every position behind one that leaks is said to leak."""
    return np.logical_or.accumulate(reference(inputs, mask))


def _one_answer_for_all(inputs, mask):
    return np.any(reference(inputs, mask))


MISTAKES = {
    "inverted": lambda inputs, mask: ~reference(inputs, mask),
    "own_input_changed": (
        _try(lambda positions, t: positions >= t),
        _try(lambda positions, t: positions >= 0),
    ),
    "past_changed": (_try(lambda positions, t: positions < t), _try(lambda positions, t: positions <= t)),
    "all_outputs_watched": _try(lambda positions, t: positions > t, lambda difference, t: difference),
    "only_next_changed": _try(lambda positions, t: positions == t + 1),
    "only_last_changed": _try(lambda positions, t: (positions > t) & (positions == positions[-1])),
    "mask_read": _mask_read,
    "own_input_forgotten": _mask_followed(lambda mask: mask @ mask),
    "too_many_layers": _mask_followed(
        lambda mask: np.linalg.matrix_power(np.minimum(mask + np.eye(len(mask), dtype=int), 1), len(mask))
    ),
    "leak_spreads": _leak_spreads,
    "one_answer_for_all": _one_answer_for_all,
}
