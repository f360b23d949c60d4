import math

import numpy as np
from keras import ops


def right_1(log_probabilities, padding_mask, num_characters):
    """Zero at padding, then two sums."""
    log_probabilities = ops.cast(log_probabilities, "float32")
    paid = ops.where(padding_mask, -log_probabilities, ops.zeros_like(log_probabilities))
    characters = ops.cast(ops.sum(num_characters), paid.dtype)
    return ops.sum(paid) / (characters * math.log(2.0))


def right_2(log_probabilities, padding_mask, num_characters):
    """NumPy in double precision, only the real tokens picked."""
    log_p = ops.convert_to_numpy(log_probabilities).astype("float64")
    real = ops.convert_to_numpy(padding_mask).astype(bool)
    characters = int(ops.convert_to_numpy(num_characters).astype("int64").sum())
    bits = -(log_p[real] / np.log(2.0)).sum()
    return ops.convert_to_tensor(bits / characters, dtype="float32")


def right_3(log_probabilities, padding_mask, num_characters):
    """Bits of each sentence, weighted with its part of the characters."""
    log_p = ops.where(padding_mask, ops.cast(log_probabilities, "float32"), 0.0)
    characters = ops.cast(num_characters, "float32")
    per_sentence = -ops.sum(log_p, axis=-1) / ops.log(2.0) / characters
    weights = characters / ops.sum(characters)
    return ops.sum(weights * per_sentence)


def right_4(log_probabilities, padding_mask, num_characters):
    """A loop over the sentences."""
    bits, characters = 0.0, 0
    for b in range(ops.shape(log_probabilities)[0]):
        clean = ops.where(padding_mask[b], ops.cast(log_probabilities[b], "float32"), 0.0)
        bits = bits - ops.sum(clean) * math.log2(math.e)
        characters += int(num_characters[b])
    return bits / characters


def _nats(log_probabilities, padding_mask):
    return -ops.sum(ops.where(padding_mask, log_probabilities, 0.0))


def wrong_1(log_probabilities, padding_mask, num_characters):
    """Nats instead of bits. Wrong on: all inputs."""
    characters = ops.cast(ops.sum(num_characters), "float32")
    return _nats(log_probabilities, padding_mask) / characters


def wrong_2(log_probabilities, padding_mask, num_characters):
    """Multiplies by ln 2 instead of dividing. Wrong on: all inputs."""
    nats = _nats(log_probabilities, padding_mask)
    return nats * ops.log(2.0) / ops.cast(ops.sum(num_characters), nats.dtype)


def wrong_3(log_probabilities, padding_mask, num_characters):
    """Padding is paid for. Wrong on: sentences with padding."""
    return -ops.sum(log_probabilities) / math.log(2) / ops.cast(ops.sum(num_characters), "float32")


def wrong_4(log_probabilities, padding_mask, num_characters):
    """The mask is inverted. Wrong on: all inputs, as padding is paid for and tokens are not."""
    nats = _nats(log_probabilities, ops.logical_not(padding_mask))
    return nats / math.log(2) / ops.cast(ops.sum(num_characters), "float32")


def wrong_5(log_probabilities, padding_mask, num_characters):
    """Divides by the tokens: bits per token. Wrong on: texts with more characters than tokens."""
    tokens = ops.sum(ops.cast(padding_mask, "float32"))
    return _nats(log_probabilities, padding_mask) / math.log(2) / tokens


def wrong_6(log_probabilities, padding_mask, num_characters):
    """The mean of the sentences' own rates. Wrong on: sentences of different lengths."""
    log_p = ops.where(padding_mask, log_probabilities, 0.0)
    rates = -ops.sum(log_p, axis=1) / (ops.cast(num_characters, "float32") * math.log(2))
    return ops.mean(rates)


def wrong_7(log_probabilities, padding_mask, num_characters):
    """The sign is missing. Wrong on: all inputs."""
    total = ops.sum(ops.where(padding_mask, log_probabilities, 0.0) / ops.log(2.0))
    return total / ops.cast(ops.sum(num_characters), total.dtype)


def wrong_8(log_probabilities, padding_mask, num_characters):
    """The end token is not paid for, as it has no character. Wrong on: all inputs."""
    mask = ops.cast(padding_mask, "int32")
    last = ops.equal(ops.cumsum(mask, axis=1), ops.sum(mask, axis=1, keepdims=True))
    keep = ops.logical_and(padding_mask, ops.logical_not(last))
    return _nats(log_probabilities, keep) / math.log(2) / ops.cast(ops.sum(num_characters), "float32")


def wrong_9(log_probabilities, padding_mask, num_characters):
    """The mean over all places over the mean of the characters. Wrong on: all inputs with T above 1."""
    log_p = ops.where(padding_mask, log_probabilities, 0.0)
    return -ops.mean(log_p) / math.log(2) / ops.mean(ops.cast(num_characters, "float32"))


def wrong_10(log_probabilities, padding_mask, num_characters):
    """The perplexity of a character. Wrong on: all but special inputs, where 2 ** bits is far from bits."""
    bits = _nats(log_probabilities, padding_mask) / math.log(2)
    return 2.0 ** (bits / ops.cast(ops.sum(num_characters), "float32"))


def wrong_11(log_probabilities, padding_mask, num_characters):
    """Padding is known by its sign instead of the mask. Wrong on: padding with negative numbers."""
    log_p = ops.minimum(log_probabilities, 0.0)
    return -ops.sum(log_p) / math.log(2) / ops.cast(ops.sum(num_characters), "float32")


def wrong_12(log_probabilities, padding_mask, num_characters):
    """All that is there, less the padding: the small is lost beside the large. Wrong on: padding like 1e9."""
    everything = ops.sum(log_probabilities)
    padding = ops.sum(ops.where(padding_mask, 0.0, log_probabilities))
    return (padding - everything) / math.log(2) / ops.cast(ops.sum(num_characters), "float32")


def wrong_13(log_probabilities, padding_mask, num_characters):
    """One character more for each end token. Wrong on: all inputs."""
    characters = ops.sum(ops.cast(num_characters, "float32") + 1.0)
    return _nats(log_probabilities, padding_mask) / math.log(2) / characters


def wrong_14(log_probabilities, padding_mask, num_characters):
    """The mean over sentences over the sum of characters. Wrong on: more than one sentence."""
    log_p = ops.where(padding_mask, log_probabilities, 0.0)
    bits = -ops.sum(log_p, axis=-1) / math.log(2)
    return ops.mean(bits) / ops.cast(ops.sum(num_characters), bits.dtype)


def wrong_15(log_probabilities, padding_mask, num_characters):
    """Back to probabilities, and then log2: they underflow. Wrong on: a log-probability below -104."""
    probabilities = ops.where(padding_mask, ops.exp(log_probabilities), 1.0)
    bits = -ops.sum(ops.log2(probabilities))
    return bits / ops.cast(ops.sum(num_characters), bits.dtype)


def wrong_16(log_probabilities, padding_mask, num_characters):
    """One rate for each sentence. Wrong on: all inputs, as the answer is no scalar."""
    log_p = ops.where(padding_mask, log_probabilities, 0.0)
    return -ops.sum(log_p, axis=-1) / math.log(2) / ops.cast(num_characters, "float32")


def wrong_17(log_probabilities, padding_mask, num_characters):
    """The end token is sought at the last place of the row. Wrong on: a row without padding."""
    log_p = ops.where(padding_mask[:, :-1], log_probabilities[:, :-1], 0.0)
    return -ops.sum(log_p) / math.log(2) / ops.cast(ops.sum(num_characters), "float32")


def wrong_18(log_probabilities, padding_mask, num_characters):
    """The product of the probabilities: it becomes 0. Wrong on: texts of more than some dozens of tokens."""
    p = ops.where(padding_mask, ops.exp(ops.where(padding_mask, log_probabilities, 0.0)), 1.0)
    bits = -ops.log2(ops.prod(p))
    return bits / ops.cast(ops.sum(num_characters), bits.dtype)


def wrong_19(log_probabilities, padding_mask, num_characters):
    """Bits per token over characters per sentence, a mean of means. Wrong on: nearly all inputs."""
    real = ops.cast(padding_mask, "float32")
    per_token = -ops.sum(ops.where(padding_mask, log_probabilities, 0.0), axis=1) / ops.sum(real, axis=1)
    return ops.mean(per_token / ops.cast(num_characters, "float32")) / math.log(2)


def wrong_20(log_probabilities, padding_mask, num_characters):
    """Each place of the row has the characters of its sentence. Wrong on: sentences of several tokens."""
    real = ops.cast(padding_mask, "float32")
    characters = ops.sum(real * ops.cast(num_characters, "float32")[:, None])
    return _nats(log_probabilities, padding_mask) / math.log(2) / characters


def wrong_21(log_probabilities, padding_mask, num_characters):
    """Takes the numbers for base-2 logarithms of base 10: divides by log10 2. Wrong on: all inputs."""
    characters = ops.cast(ops.sum(num_characters), "float32")
    return _nats(log_probabilities, padding_mask) / (characters * math.log10(2.0))


def wrong_22(log_probabilities, padding_mask, num_characters):
    """The entropy, -p log p, instead of the price. Wrong on: all inputs."""
    log_p = ops.where(padding_mask, log_probabilities, 0.0)
    nats = -ops.sum(ops.exp(log_p) * log_p)
    return nats / math.log(2) / ops.cast(ops.sum(num_characters), "float32")
