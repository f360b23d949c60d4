"""Verdict of `sentence_logits`: the first token through a dense layer with tanh, then one logit a class."""

import numpy as np


def draw(generator):
    """Outputs (B, T, D) of one token and more, kernels and biases; as many classes as the width, and one."""
    cases = []
    for batch, length, width, classes in (
        (2, 3, 2, 3),
        (3, 5, 5, 2),
        (1, 7, 3, 3),
        (5, 1, 3, 1),
        (3, 3, 3, 3),
    ):
        cases.append(
            {
                "outputs": generator.normal(0.2, 1, (batch, length, width)),
                "pooler_kernel": generator.normal(0, 1, (width, width)),
                "pooler_bias": generator.normal(0, 1, width),
                "kernel": generator.normal(0, 1, (width, classes)),
                "bias": generator.normal(0, 1, classes),
            }
        )
    large = {**cases[1], "outputs": generator.normal(0, 30, (3, 5, 5)), "kernel": 40 * cases[1]["kernel"]}
    return [*cases, large]


CONDITIONS = {
    "one token": lambda case: case["outputs"].shape[1] == 1,
    "several tokens": lambda case: case["outputs"].shape[1] > 1,
    "one class": lambda case: len(case["bias"]) == 1,
    "as many classes as the width": lambda case: case["kernel"].shape[0] == case["kernel"].shape[1],
    "one sentence": lambda case: len(case["outputs"]) == 1,
    "all sizes alike": lambda case: len({*case["outputs"].shape, len(case["bias"])}) == 1,
    "large outputs": lambda case: np.abs(case["outputs"]).max() > 30,
    "large weights": lambda case: np.abs(case["kernel"]).max() > 30,
}


def _logits(read=lambda outputs: outputs[:, 0], activation=np.tanh, finish=lambda logits: logits):
    """What is read of the outputs, the activation, and what is done with the logits."""

    def answer(outputs, pooler_kernel, pooler_bias, kernel, bias):
        return finish(activation(read(outputs) @ pooler_kernel + pooler_bias) @ kernel + bias)

    return answer


reference = _logits()


def _changed(**changes):
    """The right answer from changed weights, each a function of the weight."""

    def answer(**arguments):
        return reference(**arguments | {name: change(arguments[name]) for name, change in changes.items()})

    return answer


def _pooler_missing(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return outputs[:, 0] @ kernel + bias


def _dense_missing(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return np.tanh(outputs[:, 0]) @ kernel + bias


def _activation_first(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return (np.tanh(outputs[:, 0]) @ pooler_kernel + pooler_bias) @ kernel + bias


def _pooled_then(reduce):
    """Every token is pooled, and what comes of it put together before the logits."""

    def answer(outputs, pooler_kernel, pooler_bias, kernel, bias):
        return reduce(np.tanh(outputs @ pooler_kernel + pooler_bias)) @ kernel + bias

    return answer


def _softmax(logits):
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _log_softmax(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _sigmoid(x):
    return 0.5 * (1 + np.tanh(x / 2))


def _gelu_tanh(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def _mean(outputs):
    return outputs.mean(axis=1)


def _bias_alone(outputs, pooler_kernel, pooler_bias, kernel, bias):
    return reference(outputs, pooler_kernel, 0 * pooler_bias, kernel, 0 * bias)


MISTAKES = {
    "all_tokens_kept": (_logits(read=lambda outputs: outputs), _logits(read=lambda outputs: outputs[:, :1])),
    "mean_of_tokens": (_logits(read=_mean), _pooled_then(_mean)),
    "maximum_of_tokens": (
        _logits(read=lambda outputs: outputs.max(axis=1)),
        _pooled_then(lambda pooled: pooled.max(axis=1)),
    ),
    "last_token": _logits(read=lambda outputs: outputs[:, -1]),
    "softmax_applied": (_logits(finish=_softmax), _logits(finish=_log_softmax), _logits(finish=_sigmoid)),
    "tanh_on_the_logits": (
        _logits(finish=np.tanh),
        _logits(activation=lambda x: x, finish=np.tanh),
    ),
    "pooler_missing": (_pooler_missing, _dense_missing),
    "tanh_missing": _logits(activation=lambda x: x),
    "tanh_before_the_dense_layer": _activation_first,
    "other_activation": (
        _logits(activation=_sigmoid),
        _logits(activation=lambda x: np.maximum(x, 0)),
        _logits(activation=_gelu_tanh),
    ),
    "bias_missing": (
        _changed(pooler_bias=np.zeros_like),
        _changed(bias=np.zeros_like),
        _bias_alone,
    ),
    "pooler_kernel_turned": _changed(pooler_kernel=np.transpose),
}
