"""Verdict of `sees_future`: which outputs of a model of two layers depend on later inputs."""

import numpy as np


def draw(generator):
    """Masks that leak nowhere, everywhere, through one cell, by one step, and at random."""
    causal, leaky = np.tri(5, dtype=bool), np.tri(7, dtype=bool)
    leaky[int(generator.integers(1, 4)), 6 - int(generator.integers(2))] = True
    random = generator.random((7, 7)) < 0.2
    alone = np.eye(11, dtype=bool)
    alone[int(generator.integers(6)), int(generator.integers(7, 10))] = True
    masks = (np.tri(3, k=1), causal, leaky, np.tri(5, k=-1), np.ones((5, 5)), random, alone, causal.T)
    scales = (1.0, 1.0, 10.0, 1.0, 0.1, 1.0, 1.0, 3.0)
    return [
        {"inputs": generator.normal(0, scale, (len(mask), 3)), "mask": mask.astype(bool)}
        for mask, scale in zip(masks, scales, strict=True)
    ]


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
    "one_answer_for_all": _one_answer_for_all,
}
