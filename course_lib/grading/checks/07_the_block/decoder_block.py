"""Verdict of `decoder_block`: causal self-attention, cross-attention and network, in this order."""

import numpy as np


def draw(generator):
    """Inputs (B, T, D), a memory (B, S, D) with padding and without, and kernels; S equals T twice.

    D is 3 at least: of two channels that are nearly equal a normalisation would keep the rounding alone.
    """
    cases = []
    for batch, length, memory_length, width, inner in (
        (1, 2, 3, 3, 2),
        (2, 5, 3, 5, 7),
        (3, 5, 5, 3, 5),
        (2, 3, 7, 7, 11),
        (3, 3, 3, 3, 2),
    ):
        mask = np.arange(memory_length) < generator.integers(1, memory_length, batch)[:, None]
        mask[-1] = np.arange(memory_length) < memory_length - 1
        if batch == 3:
            mask[0], mask[1] = True, np.arange(memory_length) % 2 == 0  # no padding, and some between words
            mask[2, 0] = False

        def kernels(*shapes):
            return [generator.normal(0, shape[0] ** -0.5, shape) for shape in shapes]

        cases.append(
            {
                "inputs": generator.normal(0.3, 1, (batch, length, width)),
                "memory": generator.normal(0.3, 2, (batch, memory_length, width)),
                "memory_mask": mask,
                "causal_kernels": kernels(*[(width, width)] * 3),
                "cross_kernels": kernels(*[(width, width)] * 3),
                "network_kernels": kernels((width, inner), (inner, width)),
            }
        )
    return cases


CONDITIONS = {
    "a memory without padding": lambda case: case["memory_mask"].all(axis=1).any(),
    "padding at the end": lambda case: (case["memory_mask"][:, 0] & ~case["memory_mask"][:, -1]).any(),
    "padding in front": lambda case: (~case["memory_mask"][:, 0]).any(),
    "padding between words": lambda case: (
        case["memory_mask"][:, 0] & case["memory_mask"][:, -1] & ~case["memory_mask"].all(axis=1)
    ).any(),
    "a memory longer than the inputs": lambda case: case["memory"].shape[1] > case["inputs"].shape[1],
    "a memory shorter than the inputs": lambda case: case["memory"].shape[1] < case["inputs"].shape[1],
    "all sizes alike": lambda case: len({*case["inputs"].shape, *case["memory"].shape}) == 1,
    "one sentence": lambda case: len(case["inputs"]) == 1,
    "several sentences": lambda case: len(case["inputs"]) > 1,
}


def _norm(x):
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)


def _attend(query, value, mask, kernels):
    query, key, value = (x @ w for x, w in zip((query, value, value), kernels, strict=True))
    scores = np.where(mask, query @ key.swapaxes(1, 2) / np.sqrt(key.shape[-1]), -1e9)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True) @ value


def _past(x):
    return np.tril(np.ones((x.shape[1], x.shape[1]), bool))


def _block(
    order=("causal", "cross", "network"),
    causal_mask=_past,
    cross_mask=lambda mask: mask[:, None, :],
    cross_value=lambda x, memory: memory,
    residuals=("causal", "cross", "network"),
    before=_norm,
    after=lambda x: x,
    cross_query=None,
    raw=(),
    normalised_paths=(),
    swapped=False,
):
    """The block with the variations that the mistakes are made of."""

    def answer(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
        if swapped:
            causal_kernels, cross_kernels = cross_kernels, causal_kernels

        def part(name, x):
            ready = x if name in raw else before(x)
            if name == "causal":
                return _attend(ready, ready, causal_mask(x), causal_kernels)
            if name == "cross":
                asking = ready if cross_query is None else cross_query(inputs, x)
                value = cross_value(ready, memory)
                mask = True if value is ready else cross_mask(memory_mask)
                return _attend(asking, value, mask, cross_kernels)
            return np.maximum(ready @ network_kernels[0], 0) @ network_kernels[1]

        x = inputs
        for name in order:
            path = before(x) if name in normalised_paths else x
            x = after(part(name, x) + (path if name in residuals else 0.0))
        return x

    return answer


reference = _block()


def _cross_reads_itself_causally(**arguments):
    def answer(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
        x, past = inputs, _past(inputs)
        for kernels in (causal_kernels, cross_kernels):
            x = x + _attend(_norm(x), _norm(x), past, kernels)
        return x + np.maximum(_norm(x) @ network_kernels[0], 0) @ network_kernels[1]

    return answer(**arguments)


def _normalised_at_the_end(**arguments):
    return _norm(reference(**arguments))


def _raw_value(inputs, memory, memory_mask, causal_kernels, cross_kernels, network_kernels):
    x = inputs + _attend(_norm(inputs), inputs, _past(inputs), causal_kernels)
    x = x + _attend(_norm(x), memory, memory_mask[:, None, :], cross_kernels)
    return x + np.maximum(_norm(x) @ network_kernels[0], 0) @ network_kernels[1]


MISTAKES = {
    "causal_mask_missing": _block(causal_mask=lambda x: True),
    "causal_mask_inverted": (
        _block(causal_mask=lambda x: ~np.tril(np.ones((x.shape[1], x.shape[1]), bool), -1)),
        _block(causal_mask=lambda x: ~_past(x)),
    ),
    "self_not_seen": _block(causal_mask=lambda x: np.tril(np.ones((x.shape[1], x.shape[1]), bool), -1)),
    "memory_mask_missing": _block(cross_mask=lambda mask: True),
    "memory_mask_inverted": _block(cross_mask=lambda mask: ~mask[:, None, :]),
    "cross_reads_itself": (_block(cross_value=lambda ready, memory: ready), _cross_reads_itself_causally),
    "cross_attention_first": _block(order=("cross", "causal", "network")),
    "network_before_cross": _block(order=("causal", "network", "cross")),
    "cross_attention_missing": _block(order=("causal", "network")),
    "cross_asks_with_inputs": (
        _block(cross_query=lambda inputs, x: _norm(inputs)),
        _block(cross_query=lambda inputs, x: inputs),
    ),
    "residual_missing": tuple(
        _block(residuals=left)
        for left in (
            ("cross", "network"),
            ("causal", "network"),
            ("causal", "cross"),
            ("network",),
            ("cross",),
            ("causal",),
            (),
        )
    ),
    "residual_from_normalised": tuple(
        _block(normalised_paths=normalised)
        for normalised in (
            ("causal", "cross", "network"),
            ("causal", "cross"),
            ("causal", "network"),
            ("cross", "network"),
            ("causal",),
            ("cross",),
            ("network",),
        )
    ),
    "kernels_swapped": _block(swapped=True),
    "memory_normalised": _block(cross_value=lambda ready, memory: _norm(memory)),
    "values_not_normalised": _raw_value,
    "norm_left_out": tuple(
        _block(raw=raw)
        for raw in (
            ("causal",),
            ("cross",),
            ("network",),
            ("causal", "cross"),
            ("causal", "network"),
            ("cross", "network"),
        )
    ),
    "normalised_at_the_end": _normalised_at_the_end,
    "norm_missing": _block(before=lambda x: x),
    "norm_after": _block(before=lambda x: x, after=_norm),
}
