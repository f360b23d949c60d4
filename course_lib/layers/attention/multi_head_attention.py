"""Multi-head attention."""

import functools

import keras
from keras import ops

from course_lib.layers.attention.dot_product_attention import (
    fused_dot_product_attention,
    merge_heads,
    scaled_dot_product_attention,
    split_heads,
)
from course_lib.layers.attention.key_value_cache import empty_cache, write_to_cache
from course_lib.layers.initializers import fresh_initializer, initializer_config
from course_lib.layers.masks import as_mask, causal_mask, combine_masks
from course_lib.layers.shapes import check_mask_shape, check_one_batch, check_one_length


@keras.saving.register_keras_serializable("course_lib")
class MultiHeadAttention(keras.layers.Layer):
    """Several attentions side by side, each in a small space of its own, and a projection that joins them.

    `head[n] = softmax(query W_q[n] (key W_k[n])ᵀ / sqrt(key_dim)) (value W_v[n])`
    `outputs = [head[1]; …; head[N]] W_o`

    Constructor, call and weights are those of `keras.layers.MultiHeadAttention`, as far as they go: the list
    from `get_weights()` fits either. Two things differ. A query that may attend to nothing gets weights and
    a context of zeros, where Keras averages over everything. And the weights are computed explicitly only
    where they are needed, which is when they are asked for or dropped out; else a fused kernel does the work.

    Args:
        num_heads: int `N`.
        key_dim: int, the size of a query and a key in one head.
        value_dim: int, the size of a value in one head; `key_dim` if not given.
        dropout: float, the share of attention weights that is dropped in training.
        use_bias: whether the four projections add a bias.
        positions: a position scheme, put into queries, keys or scores as its `acts_on` says, in the precision
            that it was made for; `None` for a layer to which the order of its inputs means nothing.
        kernel_initializer: what the four kernels are drawn by, each as the matrix that it is.

    Call arguments:
        query: `(B, T, D)`, who asks.
        value: `(B, S, Dv)`, what is averaged.
        key: `(B, S, Dk)`, what a query is compared with; `value` itself if not given.
        query_mask: bool `(B, T)`, `True` at real tokens: padded queries attend to nothing.
        value_mask, key_mask: bool `(B, S)`, `True` at real tokens: padding is not attended to.
        attention_mask: bool `(B, T, S)` or `(B, N, T, S)`, `True` = may be attended to.
        return_attention_weights: if true, the weights are returned too.
        use_causal_mask: if true, query `t` sees the keys `s <= t` only.

    Returns:
        outputs `(B, T, D)`, or the pair of them and the attention weights `(B, N, T, S)`, which Keras calls
        attention scores. The weights are those before dropout.

    Weights: `query_kernel` `(D, N, key_dim)`, `key_kernel` `(Dk, N, key_dim)`, `value_kernel`
    `(Dv, N, value_dim)`, `output_kernel` `(N, value_dim, D)`, and a bias after each: in this order.

    Raises:
        ValueError: if a size is not positive, `dropout` is outside [0, 1), keys and values differ in batch or
            length, or a mask has a wrong shape or holds floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import MultiHeadAttention
        >>> attention = MultiHeadAttention(num_heads=2, key_dim=3)
        >>> query, value = ops.ones((1, 5, 6)), ops.ones((1, 7, 4))
        >>> outputs, weights = attention(query, value, return_attention_weights=True)
        >>> tuple(outputs.shape), tuple(weights.shape)
        ((1, 5, 6), (1, 2, 5, 7))

    In the paper: N = h, key_dim = d_k, value_dim = d_v, D = d_model.
    Reference: Vaswani et al. (2017), section 3.2.2, https://arxiv.org/abs/1706.03762
    Taught in: notebooks/05_multi_head_attention
    """

    def __init__(
        self,
        num_heads,
        key_dim,
        value_dim=None,
        dropout=0.0,
        use_bias=True,
        positions=None,
        kernel_initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        value_dim = key_dim if value_dim is None else value_dim
        for name, size in {"num_heads": num_heads, "key_dim": key_dim, "value_dim": value_dim}.items():
            if size < 1:
                raise ValueError(f"`{name}` must be positive. Received: {name}={size}.")
        if not 0 <= dropout < 1:
            raise ValueError(f"`dropout` must be at least 0 and below 1. Received: dropout={dropout}.")
        self.supports_masking = True
        self.num_heads = num_heads
        self.key_dim = key_dim
        self.value_dim = value_dim
        self.dropout = dropout
        self.use_bias = use_bias
        self.positions = positions
        self.kernel_initializer = kernel_initializer
        self.drop_weights = keras.layers.Dropout(dropout, dtype=self.dtype_policy)

    def build(self, query_shape, value_shape, key_shape=None):
        key_shape = value_shape if key_shape is None else key_shape
        check_one_length(key_shape, value_shape)
        heads, width = self.num_heads, query_shape[-1]
        self.query_kernel, self.query_bias = self.add_projection("query", width, (heads, self.key_dim))
        self.key_kernel, self.key_bias = self.add_projection("key", key_shape[-1], (heads, self.key_dim))
        self.value_kernel, self.value_bias = self.add_projection(
            "value", value_shape[-1], (heads, self.value_dim)
        )
        self.output_kernel, self.output_bias = self.add_projection("output", (heads, self.value_dim), width)
        if self.positions is not None and not self.positions.built:
            self.positions.build(query_shape)

    def add_projection(self, name, inputs, outputs):
        """The kernel and the bias of a linear map; sizes may be pairs (heads, width)."""
        inputs, outputs = (size if isinstance(size, tuple) else (size,) for size in (inputs, outputs))
        matrix = [functools.reduce(int.__mul__, size) for size in (inputs, outputs)]

        def draw(shape, dtype=None):  # as the matrix it is: by its three axes, Glorot's variance would be off
            return ops.reshape(fresh_initializer(self.kernel_initializer)(matrix, dtype=dtype), shape)

        kernel = self.add_weight(name=f"{name}_kernel", shape=(*inputs, *outputs), initializer=draw)
        if not self.use_bias:
            return kernel, None
        return kernel, self.add_weight(name=f"{name}_bias", shape=outputs, initializer="zeros")

    def project(self, inputs, kernel, bias, width):
        """One matrix product for all heads: `(B, T, Din)` to `(B, T, width)`."""
        inputs = ops.convert_to_tensor(inputs, dtype=self.compute_dtype)
        kernel = ops.reshape(ops.cast(kernel, self.compute_dtype), (inputs.shape[-1], width))
        if inputs.shape[:-1] == (1, 1):
            # XLA would work out what stands before the product of a single vector anew for every output.
            outputs = ops.matmul(ops.repeat(inputs, 2, axis=1), kernel)[:, :1]
        else:
            outputs = ops.matmul(inputs, kernel)
        return (
            outputs if bias is None else outputs + ops.reshape(ops.cast(bias, self.compute_dtype), (width,))
        )

    def locate(self, tensor, start, where):
        """Puts positions into inputs or heads, if this is where the scheme acts."""
        if self.positions is None or self.positions.acts_on != where:
            return tensor
        return ops.cast(self.positions(tensor, start=start), self.compute_dtype)

    def prepare(self, value, key=None, start=0):
        """Keys `(B, N, S, key_dim)` and values `(B, N, S, value_dim)` by head: once for many queries."""
        key = self.locate(value if key is None else key, start, "inputs")
        key = self.project(key, self.key_kernel, self.key_bias, self.num_heads * self.key_dim)
        value = self.project(value, self.value_kernel, self.value_bias, self.num_heads * self.value_dim)
        key = self.locate(split_heads(key, self.num_heads), start, "heads")
        return key, split_heads(value, self.num_heads)

    def attend(
        self,
        query,
        prepared,
        mask=None,
        start=0,
        use_causal_mask=False,
        return_attention_weights=False,
        training=None,
    ):
        """As a call, with keys and values from `prepare` and a mask that broadcasts to `(B, N, T, S)`.

        `start` is the position of the first query.
        """
        key, value = prepared
        query = self.locate(query, start, "inputs")
        query = self.project(query, self.query_kernel, self.query_bias, self.num_heads * self.key_dim)
        query = self.locate(split_heads(query, self.num_heads), start, "heads")
        length, key_length = ops.shape(query)[2], ops.shape(key)[2]
        bias = None
        if self.positions is not None and self.positions.acts_on == "scores":
            bias = ops.cast(self.positions.bias(length, key_length, start), self.compute_dtype)[None]
        drops = bool(self.dropout and training)
        if return_attention_weights or drops or query.shape[2] == 1:  # nothing to fuse for one query
            if use_causal_mask:
                mask = combine_masks(mask, causal_mask(length, key_length)[None])
            drop = functools.partial(self.drop_weights, training=True) if drops else None
            context, weights = scaled_dot_product_attention(query, key, value, mask, bias, drop)
        else:
            context = fused_dot_product_attention(query, key, value, mask, bias, use_causal_mask)
        width = self.output_kernel.shape[-1]
        outputs = self.project(merge_heads(context), self.output_kernel, self.output_bias, width)
        return (outputs, weights) if return_attention_weights else outputs

    def call(
        self,
        query,
        value,
        key=None,
        query_mask=None,
        value_mask=None,
        key_mask=None,
        attention_mask=None,
        return_attention_weights=False,
        training=None,
        use_causal_mask=False,
    ):
        key = value if key is None else key
        check_one_length(key.shape, value.shape)
        check_one_batch(query=query.shape, value=value.shape)
        sizes = (query.shape[0], self.num_heads, query.shape[1], value.shape[1])
        mask = combine_masks(
            padding_over_scores("query_mask", query_mask, query, axis=2),
            padding_over_scores("value_mask", value_mask, value, axis=3),
            padding_over_scores("key_mask", key_mask, key, axis=3),
            broadcast_over_heads(attention_mask, sizes),
        )
        prepared = self.prepare(value, key)
        return self.attend(
            query,
            prepared,
            mask,
            use_causal_mask=use_causal_mask,
            return_attention_weights=return_attention_weights,
            training=training,
        )

    def empty_cache(self, batch_size, length):
        """Room for the keys and values of `length` positions, for `step` to write into."""
        return empty_cache(
            batch_size, self.num_heads, length, self.key_dim, self.value_dim, self.compute_dtype
        )

    def step(self, inputs, cache, position):
        """Causal self-attention for one more position, at the cost of one query.

        Args:
            inputs: `(B, 1, D)`, what stands at `position`.
            cache: what `empty_cache` or the step before returned.
            position: int or scalar int tensor; the positions before it are in the cache.

        Returns:
            the pair outputs `(B, 1, D)`, as a causal call on all positions so far gives at the last one, and
            the cache with this position in it. All shapes are static: a step can be compiled once.
        """
        position = ops.cast(position, "int32")
        cache, is_written = write_to_cache(cache, self.prepare(inputs, start=position), position)
        return self.attend(inputs, cache, is_written, start=position), cache

    def compute_mask(self, query, previous_mask):
        return None  # masks travel as arguments only

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: weights may be asked for

    def compute_output_shape(self, query_shape, value_shape, key_shape=None):
        return query_shape

    def get_config(self):
        return {
            **super().get_config(),
            "num_heads": self.num_heads,
            "key_dim": self.key_dim,
            "value_dim": self.value_dim,
            "dropout": self.dropout,
            "use_bias": self.use_bias,
            "positions": self.positions and keras.saving.serialize_keras_object(self.positions),
            "kernel_initializer": initializer_config(self.kernel_initializer),
        }

    @classmethod
    def from_config(cls, config):
        positions = config["positions"] and keras.saving.deserialize_keras_object(config["positions"])
        return cls(**{**config, "positions": positions})


def padding_over_scores(name, mask, tensor, axis):
    """Brings a mask `(B, L)` beside a tensor `(B, L, D)` to four axes, `L` at one of `(B, N, T, S)`."""
    if mask is None:
        return None
    mask = as_mask(mask)
    check_mask_shape(name, mask.shape, tensor.shape[:2])
    return mask[:, None, :, None] if axis == 2 else mask[:, None, None, :]


def broadcast_over_heads(mask, sizes):
    """Brings a mask `(B, T, S)` to the form `(B, 1, T, S)`; one with four axes stays as it is.

    Args:
        mask: bool `(B, T, S)` or `(B, N, T, S)`, or `None`.
        sizes: `(B, N, T, S)`, as far as they are known.
    """
    if mask is None:
        return None
    mask = as_mask(mask)
    if len(mask.shape) not in (3, 4):
        raise ValueError(
            "`attention_mask` must have shape (B, T, S) or (B, N, T, S), True = may be attended to. "
            f"Received: attention_mask of shape {tuple(mask.shape)}."
        )
    mask = mask if len(mask.shape) == 4 else mask[:, None]
    check_mask_shape("attention_mask", mask.shape, sizes, may_broadcast=True)
    return mask
