"""Verdict of `attention_step`: score, softmax, context, joined with the state."""

import numpy as np


def draw(generator):
    """States (B, D), memories (B, S, D), padding masks (B, S), kernels (2 D, H)."""
    cases = []
    for batch, keys, width, outputs, scale in (
        (2, 3, 2, 2, 1.0),
        (2, 5, 7, 3, 0.1),
        (5, 5, 3, 11, 1.0),
        (3, 7, 5, 5, 2.0),
        (7, 2, 11, 7, 0.5),
    ):
        lengths = generator.integers(1, keys + 1, batch)
        lengths[0] = max(keys - 1, 1)
        cases.append(
            {
                "hidden": generator.normal(0, scale, (batch, width)),
                "memory": generator.normal(0, scale, (batch, keys, width)),
                "padding_mask": np.arange(keys) < lengths[:, None],
                "kernel": generator.normal(0, 0.5, (2 * width, outputs)),
            }
        )
    mask = np.array([[True, False, True, True, False], [False, False, True, False, True], [True] * 5])
    mask = np.stack([*mask, [False, False, False, True, False]])
    hidden, memory = generator.normal(0, 1, (4, 7)), generator.normal(0, 1, (4, 5, 7))
    # Words of the first sentence are scored by -20 or so, its padding is not.
    away = -20 * hidden[0] / np.square(hidden[0]).sum()
    memory[0] += away * mask[0][:, None]
    kernel = generator.normal(0, 0.2, (14, 3))
    cases.append({"hidden": hidden, "memory": memory, "padding_mask": mask, "kernel": kernel})
    cases.append({"hidden": hidden[:1], "memory": memory[1:2], "padding_mask": mask[:1], "kernel": kernel})
    return cases


def _kept(case):
    return np.where(case["padding_mask"], _dots(**case), -np.inf).max(axis=-1)


def _hidden(case):
    return np.where(case["padding_mask"], -np.inf, _dots(**case)).max(axis=-1)


CONDITIONS = {
    "a hole in the padding mask": lambda case: (np.diff(case["padding_mask"].astype(int)) > 0).any(),
    "padding in front": lambda case: not case["padding_mask"][:, 0].all(),
    "a sentence without padding": lambda case: case["padding_mask"].all(axis=-1).any(),
    "a sentence of one word": lambda case: (case["padding_mask"].sum(axis=-1) == 1).any(),
    "words scored far below padding": lambda case: (_kept(case) < _hidden(case) - 10).any(),
    "one sentence": lambda case: len(case["hidden"]) == 1,
    "as many sentences as positions": lambda case: len({*case["padding_mask"].shape}) == 1,
    "all sizes different": lambda case: len({*case["memory"].shape, case["kernel"].shape[1]}) == 4,
}


def _dots(hidden, memory, padding_mask, kernel):
    return np.einsum("bd,bsd->bs", hidden, memory)


def _softmax(scores, axis=-1):
    exponentials = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def _scores(hidden, memory, padding_mask):
    return np.where(padding_mask, np.einsum("bd,bsd->bs", hidden, memory), -1e9)


def _context(hidden, memory, padding_mask):
    return np.einsum("bs,bsd->bd", _softmax(_scores(hidden, memory, padding_mask)), memory)


def _joined(context, hidden, kernel):
    return np.tanh(np.concatenate([context, hidden], axis=-1) @ kernel)


def reference(hidden, memory, padding_mask, kernel):
    return _joined(_context(hidden, memory, padding_mask), hidden, kernel)


def _halves_swapped(hidden, memory, padding_mask, kernel):
    return _joined(hidden, _context(hidden, memory, padding_mask), kernel)


def _no_tanh(hidden, memory, padding_mask, kernel):
    return np.concatenate([_context(hidden, memory, padding_mask), hidden], axis=-1) @ kernel


def _tanh_too_early(hidden, memory, padding_mask, kernel):
    return np.tanh(np.concatenate([_context(hidden, memory, padding_mask), hidden], axis=-1)) @ kernel


def _mask_ignored(hidden, memory, padding_mask, kernel):
    return reference(hidden, memory, np.ones_like(padding_mask), kernel)


def _mask_inverted(hidden, memory, padding_mask, kernel):
    return reference(hidden, memory, ~padding_mask, kernel)


def _softmax_over_batch(hidden, memory, padding_mask, kernel):
    weights = _softmax(_scores(hidden, memory, padding_mask), axis=0)
    return _joined(np.einsum("bs,bsd->bd", weights, memory), hidden, kernel)


def _softmax_forgotten(hidden, memory, padding_mask, kernel):
    weights = np.where(padding_mask, _scores(hidden, memory, padding_mask), 0.0)
    return _joined(np.einsum("bs,bsd->bd", weights, memory), hidden, kernel)


def _scaled(hidden, memory, padding_mask, kernel):
    return _joined(_context(hidden / np.sqrt(hidden.shape[1]), memory, padding_mask), hidden, kernel)


def _weakly_masked(low):
    def answer(hidden, memory, padding_mask, kernel):
        scores = np.einsum("bd,bsd->bs", hidden, memory)
        weights = _softmax(np.where(padding_mask, scores, low(scores)))
        return _joined(np.einsum("bs,bsd->bd", weights, memory), hidden, kernel)

    return answer


def _lowered_by(amount):
    return lambda scores: scores - amount


def _set_to(low):
    return lambda scores: low


def _mask_after_softmax(hidden, memory, padding_mask, kernel):
    weights = _softmax(np.einsum("bd,bsd->bs", hidden, memory)) * padding_mask
    return _joined(np.einsum("bs,bsd->bd", weights, memory), hidden, kernel)


def _last_memory(hidden, memory, padding_mask, kernel):
    return _joined(memory[:, -1], hidden, kernel)


def _last_real_memory(hidden, memory, padding_mask, kernel):
    last = padding_mask.sum(axis=-1) - 1
    return _joined(memory[np.arange(len(memory)), last], hidden, kernel)


def _context_twice(hidden, memory, padding_mask, kernel):
    context = _context(hidden, memory, padding_mask)
    return _joined(context, context, kernel)


def _state_twice(hidden, memory, padding_mask, kernel):
    return _joined(hidden, hidden, kernel)


MISTAKES = {
    "halves_swapped": _halves_swapped,
    "tanh_forgotten": _no_tanh,
    "tanh_too_early": _tanh_too_early,
    "mask_ignored": _mask_ignored,
    "mask_inverted": _mask_inverted,
    "mask_after_softmax": _mask_after_softmax,
    "mask_too_weak": (
        *(_weakly_masked(_set_to(-amount)) for amount in (0, 1, 2, 5, 10)),
        *(_weakly_masked(_lowered_by(amount)) for amount in (1, 2, 5, 10)),
    ),
    "scaled": _scaled,
    "softmax_over_batch": _softmax_over_batch,
    "softmax_forgotten": _softmax_forgotten,
    "last_memory": (_last_memory, _last_real_memory),
    "one_half_twice": (_context_twice, _state_twice),
}
