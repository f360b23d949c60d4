"""Verdict of `gru_step`: one step of a gated recurrent unit that stands still at padding."""

import numpy as np


def draw(generator):
    """Inputs (B, E), hidden (B, D), weights in Keras's order and a mask (B,) with both values."""
    cases = []
    for batch, width, hidden, scale in ((2, 2, 3, 1.0), (3, 5, 7, 0.5), (5, 3, 11, 2.0), (7, 5, 2, 0.1)):
        mask = generator.random(batch) < 0.6
        mask[0], mask[-1] = True, False
        cases.append(
            {
                "inputs": generator.normal(0, scale, (batch, width)),
                "hidden": np.tanh(generator.normal(0, scale, (batch, hidden))),
                "kernel": generator.normal(0, 0.7, (width, 3 * hidden)),
                "recurrent_kernel": generator.normal(0, 0.7, (hidden, 3 * hidden)),
                "bias": generator.normal(0, 0.5, 3 * hidden),
                "mask": mask,
            }
        )
    return cases


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
    reset="before",
    gates_see_hidden=True,
):
    """The gates and the candidate, with the variations that the mistakes are made of."""
    size = hidden.shape[1]
    column = {gate: slice(size * index, size * (index + 1)) for index, gate in enumerate(order)}
    from_inputs = inputs @ kernel + bias
    from_hidden = hidden @ recurrent_kernel * gates_see_hidden
    update = _sigmoid(from_inputs[:, column["z"]] + from_hidden[:, column["z"]])
    gate = _sigmoid(from_inputs[:, column["r"]] + from_hidden[:, column["r"]])
    memory = {
        "before": (gate * hidden) @ recurrent_kernel[:, column["c"]],
        "after": gate * (hidden @ recurrent_kernel[:, column["c"]]),
        "none": hidden @ recurrent_kernel[:, column["c"]],
    }[reset]
    return update, squash(from_inputs[:, column["c"]] + memory)


def _blend(update, hidden, candidate, mask):
    return np.where(mask[:, None], update * hidden + (1 - update) * candidate, hidden)


def reference(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, candidate = _step(inputs, hidden, kernel, recurrent_kernel, bias)
    return _blend(update, hidden, candidate, mask)


def _gates_swapped(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, candidate = _step(inputs, hidden, kernel, recurrent_kernel, bias, order="rzc")
    return _blend(update, hidden, candidate, mask)


def _update_inverted(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, candidate = _step(inputs, hidden, kernel, recurrent_kernel, bias)
    return _blend(1 - update, hidden, candidate, mask)


def _reset_forgotten(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, candidate = _step(inputs, hidden, kernel, recurrent_kernel, bias, reset="none")
    return _blend(update, hidden, candidate, mask)


def _reset_after_product(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, candidate = _step(inputs, hidden, kernel, recurrent_kernel, bias, reset="after")
    return _blend(update, hidden, candidate, mask)


def _candidate_sigmoid(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, candidate = _step(inputs, hidden, kernel, recurrent_kernel, bias, squash=_sigmoid)
    return _blend(update, hidden, candidate, mask)


def _candidate_linear(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    update, candidate = _step(inputs, hidden, kernel, recurrent_kernel, bias, squash=lambda x: x)
    return _blend(update, hidden, candidate, mask)


def _bias_forgotten(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    return reference(inputs, hidden, kernel, recurrent_kernel, 0 * bias, mask)


def _gates_blind(inputs, hidden, kernel, recurrent_kernel, bias, mask):
    """Gates computed from the input alone."""
    update, candidate = _step(inputs, hidden, kernel, recurrent_kernel, bias, gates_see_hidden=False)
    return _blend(update, hidden, candidate, mask)


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
    "update_inverted": _update_inverted,
    "gates_swapped": _gates_swapped,
    "reset_forgotten": _reset_forgotten,
    "reset_after_product": _reset_after_product,
    "gates_blind": _gates_blind,
    "candidate_not_tanh": (_candidate_sigmoid, _candidate_linear),
    "bias_forgotten": _bias_forgotten,
}
