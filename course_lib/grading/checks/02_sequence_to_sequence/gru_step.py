"""Verdict of `gru_step`: one step of a gated recurrent unit that stands still at padding."""

import numpy as np


def draw(generator):
    """Inputs (B, E), hidden (B, D), weights in Keras's order and a mask (B,), mostly with both values."""
    cases = []
    for mask, width, hidden, scale in (
        ((True, False), 2, 3, 1.0),
        ((True, *(generator.random(1) < 0.6), False), 5, 7, 0.5),
        ((True, *(generator.random(3) < 0.6), False), 3, 11, 2.0),
        ((False, *(generator.random(5) < 0.6), True), 5, 2, 0.1),
        ((True, True, True), 3, 5, 1.0),
        ((False, False), 3, 2, 1.0),
        ((True,), 1, 1, 1.0),
    ):
        cases.append(
            {
                "inputs": generator.normal(0, scale, (len(mask), width)),
                "hidden": np.tanh(generator.normal(0, scale, (len(mask), hidden))),
                "kernel": generator.normal(0, 0.7, (width, 3 * hidden)),
                "recurrent_kernel": generator.normal(0, 0.7, (hidden, 3 * hidden)),
                "bias": generator.normal(0, 0.5, 3 * hidden),
                "mask": np.array(mask),
            }
        )
    return cases


CONDITIONS = {
    "real tokens alone": lambda case: case["mask"].all() and len(case["mask"]) > 1,
    "padding alone": lambda case: not case["mask"].any(),
    "a real token beside padding": lambda case: case["mask"].any() and not case["mask"].all(),
    "padding in the first row": lambda case: not case["mask"][0] and case["mask"].any(),
    "one row": lambda case: len(case["mask"]) == 1,
    "one input and one unit": lambda case: case["kernel"].shape == (1, 3),
    "more inputs than units": lambda case: 3 * case["kernel"].shape[0] > case["kernel"].shape[1] > 3,
    "fewer inputs than units": lambda case: 3 * case["kernel"].shape[0] < case["kernel"].shape[1],
}


def _sigmoid(x):
    return 0.5 * (1 + np.tanh(0.5 * x))


def _step(
    inputs,
    hidden,
    kernel,
    recurrent_kernel,
    bias,
    order="zrc",
    squash=np.tanh,
    gate=_sigmoid,
    reset="before",
    gates_see_hidden=True,
):
    """The gates and the candidate, with the variations that the mistakes are made of."""
    size = hidden.shape[1]
    column = {gate: slice(size * index, size * (index + 1)) for index, gate in enumerate(order)}
    from_inputs = inputs @ kernel + bias
    from_hidden = hidden @ recurrent_kernel * gates_see_hidden
    update = gate(from_inputs[:, column["z"]] + from_hidden[:, column["z"]])
    forget = gate(from_inputs[:, column["r"]] + from_hidden[:, column["r"]])
    memory = {
        "before": (forget * hidden) @ recurrent_kernel[:, column["c"]],
        "after": forget * (hidden @ recurrent_kernel[:, column["c"]]),
        "none": hidden @ recurrent_kernel[:, column["c"]],
        "by update": (update * hidden) @ recurrent_kernel[:, column["c"]],
    }[reset]
    return update, squash(from_inputs[:, column["c"]] + memory)


def _blend(update, hidden, candidate, mask):
    return np.where(mask[:, None], update * hidden + (1 - update) * candidate, hidden)


def reference(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, candidate = _step(inputs, hidden, kernel, recurrent_kernel, bias)
    return _blend(update, hidden, candidate, mask)


def _with(**variation):
    """The reference, but for one thing in its step."""

    def varied(inputs, hidden, kernel, recurrent_kernel, bias, mask):
        update, candidate = _step(inputs, hidden, kernel, recurrent_kernel, bias, **variation)
        return _blend(update, hidden, candidate, mask)

    return varied


def _interleaved(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """Every third column belongs to a block."""
    order = np.arange(len(bias)).reshape(-1, 3).T.ravel()
    weights = kernel[:, order], recurrent_kernel[:, order], bias[order]
    return reference(inputs, hidden, *weights, mask)


def _candidate_alone(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    _, candidate = _step(inputs, hidden, kernel, recurrent_kernel, bias)
    return np.where(mask[:, None], candidate, hidden)


def _candidate_masked(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """At padding the candidate is zero, and the state shrinks by the update gate."""
    update, candidate = _step(inputs, hidden, kernel, recurrent_kernel, bias)
    return update * hidden + (1 - update) * candidate * mask[:, None]


def _hard_sigmoid(x):
    return np.clip(x / 6 + 0.5, 0, 1)


def _update_inverted(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, candidate = _step(inputs, hidden, kernel, recurrent_kernel, bias)
    return _blend(1 - update, hidden, candidate, mask)


def _bias_forgotten(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    return reference(inputs, hidden, kernel, recurrent_kernel, 0 * bias, mask)


def _mask_ignored(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    return reference(inputs, hidden, kernel, recurrent_kernel, bias, np.ones_like(mask))


def _mask_inverted(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    return reference(inputs, hidden, kernel, recurrent_kernel, bias, ~mask)


def _zero_at_padding(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    return reference(inputs, hidden, kernel, recurrent_kernel, bias, mask) * mask[:, None]


def _input_zeroed_at_padding(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """A zero input still moves the state: through the recurrent weights and the bias."""
    return _mask_ignored(inputs * mask[:, None], hidden, kernel, recurrent_kernel, bias, mask)


MISTAKES = {
    "mask_ignored": _mask_ignored,
    "mask_inverted": _mask_inverted,
    "zero_at_padding": _zero_at_padding,
    "input_zeroed_at_padding": _input_zeroed_at_padding,
    "candidate_masked": _candidate_masked,
    "update_inverted": _update_inverted,
    "update_ignored": _candidate_alone,
    "gates_swapped": _with(order="rzc"),
    "blocks_in_another_order": tuple(_with(order=order) for order in ("zcr", "rcz", "czr", "crz")),
    "blocks_interleaved": _interleaved,
    "reset_forgotten": _with(reset="none"),
    "update_for_reset": _with(reset="by update"),
    "reset_after_product": _with(reset="after"),
    "gates_blind": _with(gates_see_hidden=False),
    "gates_not_sigmoid": (_with(gate=_hard_sigmoid), _with(gate=np.tanh)),
    "candidate_not_tanh": tuple(
        _with(squash=function) for function in (_sigmoid, lambda x: x, lambda x: np.maximum(x, 0))
    ),
    "bias_forgotten": _bias_forgotten,
}
