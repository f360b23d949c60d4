"""The block of XLNet."""

import keras
from keras import ops

from course_lib.layers.feed_forward import FeedForward
from course_lib.layers.initializers import initializer_config
from course_lib.layers.residual import Residual
from course_lib.models.xlnet.relative_attention import RelativeAttention


@keras.saving.register_keras_serializable("course_lib")
class TwoStreamBlock(keras.layers.Layer):
    """Attention over contents, asked by two streams with the same weights, then the position-wise network.

    `content[t] = norm(content[t] + attention(content[t] over [memory; content]))`, which sees itself
    `query[m]   = norm(query[m] + attention(query[m] over [memory; content]))`, which does not see its word
    then for either `norm(x + network(x))`

    Keys and values come from contents alone: nobody reads a query.

    Args:
        num_heads: int `N`, a divisor of the width.
        intermediate_dim: int, the size inside the feed-forward network.
        dropout: float, the share of sublayers' outputs, and of activations in the network, that is dropped
            in training.
        attention_dropout: float, the same for attention weights.
        activation: name of the network's activation.
        epsilon: float, of both normalisations.
        kernel_initializer: what all kernels are drawn by.

    Call arguments:
        content: `(B, T, D)`.
        vectors: of distances, `(P + 2 T, D)`, see `distance_vectors`.
        query: `(B, M, D)`, or `None` where there is nothing to ask.
        positions: ints `(B, M)`, where the queries stand.
        memory: `(B, P, D)`, contents of what came before, or `None`.
        masks: the pair of bools `(B, T, P + T)` and `(B, M, P + T)`, who may see what, of either stream.
        differs: the pair of bools of these shapes, `True` where two are of two segments; or `None` each.

    Returns:
        the pair of content `(B, T, D)` and query `(B, M, D)`, or `None`.

    Example:
        >>> from keras import ops
        >>> from course_lib.models.xlnet.relative_attention import distance_vectors
        >>> from course_lib.models.xlnet.two_stream_block import TwoStreamBlock
        >>> block = TwoStreamBlock(num_heads=2, intermediate_dim=8)
        >>> everything, others = ops.ones((1, 3, 3), "bool"), ops.array([[[True, False, True]]])
        >>> content, query = block(ops.ones((1, 3, 4)), distance_vectors(3, 3, 4), ops.ones((1, 1, 4)),
        ...                        ops.array([[1]]), masks=(everything, others))
        >>> tuple(content.shape), tuple(query.shape)
        ((1, 3, 4), (1, 1, 4))

    In the paper: content = h, query = g.
    Reference: Yang et al. (2019), section 2.3, https://arxiv.org/abs/1906.08237
    """

    def __init__(
        self,
        num_heads,
        intermediate_dim,
        dropout=0.0,
        attention_dropout=0.0,
        activation="gelu",
        epsilon=1e-12,
        kernel_initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.settings = {
            "num_heads": num_heads,
            "intermediate_dim": intermediate_dim,
            "dropout": dropout,
            "attention_dropout": attention_dropout,
            "activation": activation,
            "epsilon": epsilon,
            "kernel_initializer": initializer_config(kernel_initializer),
        }
        of_layer = {"kernel_initializer": kernel_initializer, "dtype": self.dtype_policy}
        attention = RelativeAttention(num_heads, attention_dropout, name="attention", **of_layer)
        network = FeedForward(intermediate_dim, activation, dropout, name="network", **of_layer)
        self.attention, self.feed_forward = (
            Residual(layer, "post", dropout, epsilon, dtype=self.dtype_policy, name=name)
            for layer, name in ((attention, "self_attention"), (network, "feed_forward"))
        )

    def build(self, content_shape, vectors_shape=None):
        self.attention.build(content_shape)
        self.feed_forward.build(content_shape)

    def call(
        self,
        content,
        vectors,
        query=None,
        positions=None,
        memory=None,
        masks=(None, None),
        differs=(None, None),
        training=None,
    ):
        keys = content if memory is None else ops.concatenate([memory, content], axis=1)
        prepared = self.attention.layer.prepare(keys, vectors)
        streams = [self.read(content, prepared, masks[0], differs[0], None, training), None]
        if query is not None:
            streams[1] = self.read(query, prepared, masks[1], differs[1], positions, training)
        return tuple(streams)

    def read(self, stream, prepared, mask, differs, positions, training):
        """One stream's way through the block."""
        attended = self.attention.layer.attend(stream, prepared, mask, differs, positions, training=training)
        attended = self.attention.leave(stream, attended, training=training)
        return self.feed_forward(attended, training=training)

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: there may be no query

    def get_config(self):
        return {**super().get_config(), **self.settings}
