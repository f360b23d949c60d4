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
    return cases


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
    "softmax_over_batch": _softmax_over_batch,
    "softmax_forgotten": _softmax_forgotten,
    "last_memory": (_last_memory, _last_real_memory),
    "one_half_twice": (_context_twice, _state_twice),
}
