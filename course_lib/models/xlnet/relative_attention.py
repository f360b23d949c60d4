"""Attention in which scores depend on content, on distance and on segments, each with a term of its own."""

import math

import keras
from keras import ops

from course_lib.layers.attention.dot_product_attention import merge_heads
from course_lib.layers.initializers import fresh_initializer, initializer_config
from course_lib.layers.masks import masked_softmax


def distance_vectors(length, key_length, width):
    """A vector of sines and cosines for every distance between a query and a key.

    `vectors[r] = [sin(d f_0), …, sin(d f_{D/2-1}), cos(d f_0), …]`, with `d = key_length - r` and
    `f_i = 10000^(-2i / D)`

    Args:
        length: int `T`, the number of queries; they are the last ones of the keys.
        key_length: int `S`, the number of keys, `T` and those of the memory before them.
        width: int `D`, even.

    Returns:
        float32 tensor `(S + T, D)`, from the greatest distance, `S`, to the least, `1 - T`.

    Example:
        >>> from keras import ops
        >>> from course_lib.models.xlnet.relative_attention import distance_vectors
        >>> print(ops.convert_to_numpy(distance_vectors(1, 1, 2)).round(2))  # of distances 1 and 0
        [[0.84 0.54]
         [0.   1.  ]]

    Reference: Dai et al. (2019), section 3.3, https://arxiv.org/abs/1901.02860
    """
    distances = ops.cast(key_length - ops.arange(key_length + length), "float32")
    frequencies = 10000.0 ** (-ops.arange(0, width, 2, dtype="float32") / width)
    angles = distances[:, None] * frequencies
    return ops.concatenate([ops.sin(angles), ops.cos(angles)], axis=-1)


def shift_to_keys(scores, key_length):
    """From scores by distance to scores by key, where query `t` is the one at position `t`.

    `result[b, n, t, s] = scores[b, n, t, T - t + s]`: one step of `s` to the right is one of distance less

    All rows are shifted at once: written out in one line and cut again one column narrower, each row begins
    one column further left than the row before.

    Args:
        scores: float tensor `(B, N, T, S + T)`, from the greatest distance to the least.
        key_length: int `S`.

    Returns:
        float tensor `(B, N, T, S)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.models.xlnet.relative_attention import shift_to_keys
        >>> by_distance = ops.array([[[[2, 1, 0, -1], [2, 1, 0, -1]]]])
        >>> ops.convert_to_numpy(shift_to_keys(by_distance, 2))[0, 0].tolist()
        [[0, -1], [1, 0]]

    Reference: Dai et al. (2019), appendix B, https://arxiv.org/abs/1901.02860
    """
    batch, heads, length, columns = ops.shape(scores)
    line = ops.reshape(scores, (batch, heads, columns, length))[:, :, 1:]
    return ops.reshape(line, (batch, heads, length, columns - 1))[..., :key_length]


def take_for_positions(scores, positions, key_length):
    """The same for queries that stand anywhere, in each row of the batch where its own positions say.

    `result[b, n, m, s] = scores[b, n, m, T - positions[b, m] + s]`

    Args:
        scores: float tensor `(B, N, M, S + T)`, from the greatest distance to the least.
        positions: ints `(B, M)`, each below `T`.
        key_length: int `S`.

    Returns:
        float tensor `(B, N, M, S)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.models.xlnet.relative_attention import take_for_positions
        >>> by_distance = ops.array([[[[2, 1, 0, -1]]]])
        >>> [ops.convert_to_numpy(take_for_positions(by_distance, ops.array([[position]]), 2)).tolist()
        ...  for position in (0, 1)]
        [[[[[0, -1]]]], [[[[1, 0]]]]]
    """
    first = ops.shape(scores)[-1] - key_length - ops.cast(positions, "int32")  # (B, M)
    columns = first[:, None, :, None] + ops.arange(key_length, dtype="int32")  # (B, 1, M, S)
    heads = scores.shape[1]
    return ops.take_along_axis(scores, ops.repeat(columns, heads, axis=1), axis=-1)


@keras.saving.register_keras_serializable("course_lib")
class RelativeAttention(keras.layers.Layer):
    """Several heads that score a key by what it is, how far it stands, and whether it is of one's segment.

    `scores = (q + u)·k[s] + (q + v)·(W_r distance_vectors)[t - s] + (q + w)·segments[t and s differ]`
    `outputs = [softmax(scores / sqrt(K)) values] W_o`

    There are no positions in the inputs: the order is in the second term alone. No projection has a bias.

    Args:
        num_heads: int `N`, a divisor of the width.
        dropout: float, the share of attention weights that is dropped in training.
        kernel_initializer: what all weights are drawn by.

    Call arguments:
        inputs: `(B, T, D)`, the queries.
        keys: `(B, S, D)`, `S >= T`: what is remembered, and the inputs behind it.
        mask: bool `(B, T, S)`, `True` = may be attended to; `None` for everything.
        differs: bool `(B, T, S)`, `True` where query and key are of two segments; `None` for no such term.

    Returns:
        outputs `(B, T, D)`; zeros where nothing may be attended to.

    Queries that do not stand where the inputs do: `prepare` the keys, and `attend` with positions.

    Weights: `query_kernel`, `key_kernel`, `value_kernel`, `position_kernel` `(D, N, K)`, `output_kernel`
    `(N, K, D)`; `content_bias` u, `position_bias` v, `segment_bias` w, each `(N, K)`; `segments` `(2, N, K)`.

    Raises:
        ValueError: if `num_heads` does not divide the width, or the width is odd.

    Example:
        >>> from keras import ops
        >>> from course_lib.models.xlnet.relative_attention import RelativeAttention
        >>> attention = RelativeAttention(num_heads=2)
        >>> tuple(attention(ops.ones((1, 3, 4)), ops.ones((1, 5, 4))).shape)
        (1, 3, 4)

    In the papers: u, v and w are r_w_bias, r_r_bias and r_s_bias of the authors' code; segments are s_+, s_-.
    Reference: Dai et al. (2019), section 3.3, https://arxiv.org/abs/1901.02860; Yang et al. (2019), section
    2.5 (segments), https://arxiv.org/abs/1906.08237
    """

    def __init__(self, num_heads, dropout=0.0, kernel_initializer="glorot_uniform", **kwargs):
        super().__init__(**kwargs)
        self.num_heads = num_heads
        self.dropout = dropout
        self.kernel_initializer = kernel_initializer
        self.drop = keras.layers.Dropout(dropout, dtype=self.dtype_policy)

    def build(self, inputs_shape, keys_shape=None):
        width = inputs_shape[-1]
        if self.num_heads < 1 or width % self.num_heads or width % 2:
            raise ValueError(
                "The width of `inputs` must be even and divisible by `num_heads`. "
                f"Received: a width of {width}, num_heads={self.num_heads}."
            )
        head = (self.num_heads, width // self.num_heads)
        for name in ("query", "key", "value", "position"):
            setattr(self, f"{name}_kernel", self.weight(f"{name}_kernel", (width, *head)))
        self.output_kernel = self.weight("output_kernel", (*head, width))
        for name in ("content", "position", "segment"):
            setattr(self, f"{name}_bias", self.weight(f"{name}_bias", head))
        self.segments = self.weight("segments", (2, *head))

    def weight(self, name, shape):
        """A weight, drawn as all of them are."""
        initializer = fresh_initializer(self.kernel_initializer)
        return self.add_weight(name=name, shape=shape, initializer=initializer)

    def project(self, inputs, kernel):
        """From `(B, L, D)` to heads `(B, N, L, K)`."""
        return ops.einsum("bld,dnk->bnlk", inputs, ops.cast(kernel, self.compute_dtype))

    def prepare(self, keys, vectors):
        """Keys and values of every head, `(B, N, S, K)`, and keys of distances, `(N, S + T, K)`."""
        vectors = ops.cast(vectors, self.compute_dtype)
        position = ops.einsum("rd,dnk->nrk", vectors, ops.cast(self.position_kernel, self.compute_dtype))
        return self.project(keys, self.key_kernel), self.project(keys, self.value_kernel), position

    def attend(self, inputs, prepared, mask=None, differs=None, positions=None, training=None):
        """As a call, with what `prepare` gave; `positions` `(B, M)` where queries stand elsewhere."""
        key, value, position = prepared
        query = self.project(inputs, self.query_kernel)
        key_length = ops.shape(key)[2]

        def beside(bias):  # (B, N, T, K), scaled: in half precision a product might overflow
            added = query + ops.cast(bias, query.dtype)[:, None]
            return added / math.sqrt(query.shape[-1])

        scores = ops.einsum("bntk,bnsk->bnts", beside(self.content_bias), key)
        by_distance = ops.einsum("bntk,nrk->bntr", beside(self.position_bias), position)
        if positions is None:
            scores = scores + shift_to_keys(by_distance, key_length)
        else:
            scores = scores + take_for_positions(by_distance, positions, key_length)
        if differs is not None:
            segments = ops.cast(self.segments, query.dtype)
            of_segments = ops.einsum("bntk,cnk->bntc", beside(self.segment_bias), segments)
            scores = scores + ops.where(differs[:, None], of_segments[..., 1:], of_segments[..., :1])
        weights = masked_softmax(scores, None if mask is None else mask[:, None])
        context = ops.matmul(self.drop(weights, training=training), value)  # (B, N, T, K)
        width = self.output_kernel.shape[-1]
        kernel = ops.reshape(ops.cast(self.output_kernel, context.dtype), (width, width))
        return ops.matmul(merge_heads(context), kernel)

    def call(self, inputs, keys, mask=None, differs=None, training=None):
        vectors = distance_vectors(ops.shape(inputs)[1], ops.shape(keys)[1], keys.shape[-1])
        prepared = self.prepare(keys, vectors)
        return self.attend(inputs, prepared, mask, differs, training=training)

    def compute_output_shape(self, inputs_shape, keys_shape=None):
        return inputs_shape

    def get_config(self):
        return {
            **super().get_config(),
            "num_heads": self.num_heads,
            "dropout": self.dropout,
            "kernel_initializer": initializer_config(self.kernel_initializer),
        }
