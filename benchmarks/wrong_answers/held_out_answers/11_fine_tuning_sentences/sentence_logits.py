import keras
import numpy as np
from keras import ops


def right_1(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """Two dense layers at the first token."""
    pooled = ops.tanh(ops.matmul(outputs[:, 0, :], pooler_kernel) + pooler_bias)
    return ops.matmul(pooled, kernel) + bias


def right_2(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """Sums of index notation; the pooler runs at all tokens, the first is picked at the end."""
    everywhere = ops.einsum("btd,de->bte", outputs, pooler_kernel) + pooler_bias
    logits = ops.einsum("bte,ec->btc", ops.tanh(everywhere), kernel) + bias
    return ops.take(logits, 0, axis=1)


def right_3(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """Biases as one more row of the kernels, and a column of ones; tanh by a sigmoid."""

    def dense(x, w, b):
        ones = ops.ones_like(x[:, :1])
        return ops.concatenate([x, ones], axis=1) @ ops.concatenate([w, b[None, :]], axis=0)

    pooled = 2.0 * ops.sigmoid(2.0 * dense(outputs[:, 0], pooler_kernel, pooler_bias)) - 1.0
    return dense(pooled, kernel, bias)


def right_4(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """NumPy, sentence by sentence, with the kernels turned."""
    h, wp, bp, w, b = (ops.convert_to_numpy(x) for x in (outputs, pooler_kernel, pooler_bias, kernel, bias))
    rows = [w.T @ np.tanh(wp.T @ sentence[0] + bp) + b for sentence in h]
    return ops.convert_to_tensor(np.stack(rows))


def wrong_1(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """The tanh is left out. Wrong on: pooler inputs not near 0."""
    return (outputs[:, 0] @ pooler_kernel + pooler_bias) @ kernel + bias


def wrong_2(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """The last token is read. Wrong on: T > 1."""
    return ops.tanh(outputs[:, -1] @ pooler_kernel + pooler_bias) @ kernel + bias


def wrong_3(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """The mean over tokens is read. Wrong on: T > 1."""
    return ops.tanh(ops.mean(outputs, axis=1) @ pooler_kernel + pooler_bias) @ kernel + bias


def wrong_4(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """A softmax at the end. Wrong on: all inputs but logits that happen to be probabilities."""
    return ops.softmax(ops.tanh(outputs[:, 0] @ pooler_kernel + pooler_bias) @ kernel + bias)


def wrong_5(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """The pooler's bias is forgotten. Wrong on: a bias other than 0."""
    return ops.tanh(outputs[:, 0] @ pooler_kernel) @ kernel + bias


def wrong_6(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """The classes' bias is forgotten. Wrong on: a bias other than 0."""
    return ops.tanh(outputs[:, 0] @ pooler_kernel + pooler_bias) @ kernel


def wrong_7(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """The pooler's kernel is turned, as in PyTorch. Wrong on: kernels that are not symmetric."""
    return ops.tanh(outputs[:, 0] @ ops.transpose(pooler_kernel) + pooler_bias) @ kernel + bias


def wrong_8(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """Logits go through a tanh, too. Wrong on: logits not near 0."""
    return ops.tanh(ops.tanh(outputs[:, 0] @ pooler_kernel + pooler_bias) @ kernel + bias)


def wrong_9(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """The pooler's bias is added behind the tanh. Wrong on: a bias other than 0."""
    return (ops.tanh(outputs[:, 0] @ pooler_kernel) + pooler_bias) @ kernel + bias


def wrong_10(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """GELU for tanh, as in ELECTRA's head. Wrong on: nearly all inputs."""
    return keras.activations.gelu(outputs[:, 0] @ pooler_kernel + pooler_bias) @ kernel + bias


def wrong_11(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """The first sentence is picked, not the first token. Wrong on: all but B = T = 1."""
    return ops.tanh(outputs[0] @ pooler_kernel + pooler_bias) @ kernel + bias


def wrong_12(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """The pooler gets a residual connection. Wrong on: outputs other than 0."""
    cls = outputs[:, 0]
    return (cls + ops.tanh(cls @ pooler_kernel + pooler_bias)) @ kernel + bias


def wrong_13(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """The pooler is skipped. Wrong on: nearly all inputs."""
    return outputs[:, 0] @ kernel + bias


def wrong_14(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """Logarithms of probabilities in place of logits. Wrong on: logits whose logsumexp is not 0."""
    logits = ops.tanh(outputs[:, 0] @ pooler_kernel + pooler_bias) @ kernel + bias
    return ops.log_softmax(logits, axis=-1)


def wrong_15(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """The tanh stands before the pooler's kernel. Wrong on: nearly all inputs."""
    return (ops.tanh(outputs[:, 0]) @ pooler_kernel + pooler_bias) @ kernel + bias


def wrong_16(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """All axes of size 1 are dropped from the result. Wrong on: B = 1 or C = 1 (shape)."""
    return ops.squeeze(ops.tanh(outputs[:, 0] @ pooler_kernel + pooler_bias) @ kernel + bias)


def wrong_17(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """The pooler at all tokens, then the mean of what it says. Wrong on: T > 1."""
    pooled = ops.mean(ops.tanh(outputs @ pooler_kernel + pooler_bias), axis=1)
    return pooled @ kernel + bias


def wrong_18(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """Logits of every token, (B, T, C). Wrong on: all inputs (shape)."""
    return ops.tanh(outputs @ pooler_kernel + pooler_bias) @ kernel + bias


def wrong_19(outputs, pooler_kernel, pooler_bias, kernel, bias):
    """A sigmoid for tanh. Wrong on: nearly all inputs."""
    return ops.sigmoid(outputs[:, 0] @ pooler_kernel + pooler_bias) @ kernel + bias
