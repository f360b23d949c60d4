"""Attention whose heads share keys and values."""

import keras
from keras import ops

from course_lib.layers import MultiHeadAttention
from course_lib.layers.attention.dot_product_attention import split_heads
from course_lib.layers.attention.key_value_cache import empty_cache


@keras.saving.register_keras_serializable("course_lib")
class GroupedQueryAttention(MultiHeadAttention):
    """Several heads that ask, and fewer keys and values: neighbouring heads look into the same ones.

    `head[n] = softmax(query W_q[n] (key W_k[g])ᵀ / sqrt(key_dim)) (value W_v[g])`, with the group
    `g = n // (N / G)`
    `outputs = [head[1]; …; head[N]] W_o`

    A writer keeps keys and values of all that it has written: here `G / N` of what plain multi-head attention
    keeps. With one group this is multi-query attention; with `N` groups it is multi-head attention.

    Args:
        num_heads: int `N`.
        key_dim: int, the size of a query, a key and a value in one head.
        num_groups: int `G`, a divisor of `N`.
        **kwargs: `dropout`, `use_bias`, `positions` and `kernel_initializer`, as of `MultiHeadAttention`.

    Call arguments, returns: as of `MultiHeadAttention`.

    Weights: `query_kernel` `(D, N, key_dim)`, `key_kernel` and `value_kernel` `(D, G, key_dim)`,
    `output_kernel` `(N, key_dim, D)`, and a bias after each.

    Raises:
        ValueError: if heads cannot be dealt out evenly to the groups.

    Example:
        >>> from keras import ops
        >>> from benchmarks.writers.grouped_query_attention import GroupedQueryAttention
        >>> attention = GroupedQueryAttention(num_heads=6, key_dim=3, num_groups=2)
        >>> tuple(attention(ops.ones((1, 5, 4)), ops.ones((1, 5, 4))).shape)
        (1, 5, 4)
        >>> [tuple(part.shape) for part in attention.empty_cache(1, 7)]
        [(1, 2, 7, 3), (1, 2, 7, 3)]

    In the papers: num_heads = h or H, num_groups = G.
    Reference: Shazeer (2019), https://arxiv.org/abs/1911.02150 (one group); Ainslie et al. (2023),
    https://arxiv.org/abs/2305.13245
    """

    def __init__(self, num_heads, key_dim, num_groups, **kwargs):
        super().__init__(num_heads, key_dim, **kwargs)
        if num_groups < 1 or num_heads % num_groups:
            raise ValueError(
                "`num_heads` must be divisible by `num_groups`. "
                f"Received: num_heads={num_heads}, num_groups={num_groups}."
            )
        self.num_groups = num_groups

    def add_projection(self, name, inputs, outputs):
        if name in ("key", "value"):
            outputs = (self.num_groups, self.key_dim)
        return super().add_projection(name, inputs, outputs)

    def prepare(self, value, key=None, start=0):
        """Keys and values `(B, G, S, key_dim)` by group: what is kept."""
        width = self.num_groups * self.key_dim
        key = self.locate(value if key is None else key, start, "inputs")
        key = split_heads(self.project(key, self.key_kernel, self.key_bias, width), self.num_groups)
        value = split_heads(self.project(value, self.value_kernel, self.value_bias, width), self.num_groups)
        return self.locate(key, start, "heads"), value

    def attend(self, query, prepared, *arguments, **settings):
        """As of `MultiHeadAttention`, each group standing before all of its heads."""
        heads_a_group = self.num_heads // self.num_groups
        prepared = [ops.repeat(part, heads_a_group, axis=1) for part in prepared]
        return super().attend(query, prepared, *arguments, **settings)

    def empty_cache(self, batch_size, length):
        return empty_cache(
            batch_size, self.num_groups, length, self.key_dim, self.key_dim, self.compute_dtype
        )

    def get_config(self):
        config = super().get_config()
        del config["value_dim"]  # that of keys
        return {**config, "num_groups": self.num_groups}
