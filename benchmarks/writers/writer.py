"""A writer: a stack of blocks that says what comes next."""

import math

import keras
from keras import ops

from benchmarks.writers.block import WriterBlock, layer_norm, root_mean_square_norm
from benchmarks.writers.gated_network import GatedNetwork
from benchmarks.writers.grouped_query_attention import GroupedQueryAttention
from course_lib.layers import FeedForward, MultiHeadAttention, RotaryPositions, SinusoidalPositions

MAX_LENGTH = 256


class Writer(keras.Model):
    """A causal language model of parts that can be changed one by one.

    `logits[t] = E states[t]`, of the words up to `t` alone, `E` being the embeddings of words

    Args:
        vocabulary_size: int `V`.
        hidden_dim: int `D`.
        num_heads: int `N`, a divisor of `D`.
        intermediate_dim: int, inside a network with ReLU; a gated one has two thirds of it.
        num_layers: int, how many blocks.
        has_rotary_positions: whether positions are turned into queries and keys in every block, not added to
            the words as sinusoids.
        num_groups: int `G`, a divisor of `N`, how many keys and values there are; `N` if none.
        norm_place: "post", or "pre", with one more normalisation behind the last block.
        has_root_mean_square_norm: whether normalisations are without mean and bias.
        has_gated_network: whether the networks have a gate, not ReLU.

    Call arguments:
        token_ids: ints `(B, T)`.

    Returns:
        logits `(B, T, V)`.

    Example:
        >>> from keras import ops
        >>> from benchmarks.writers.writer import Writer
        >>> writer = Writer(11, hidden_dim=8, num_heads=4, intermediate_dim=12, num_layers=1, num_groups=2)
        >>> tuple(writer(ops.array([[2, 7, 3]])).shape)
        (1, 3, 11)
    """

    def __init__(
        self,
        vocabulary_size,
        hidden_dim=64,
        num_heads=8,
        intermediate_dim=256,
        num_layers=3,
        has_rotary_positions=False,
        num_groups=None,
        norm_place="post",
        has_root_mean_square_norm=False,
        has_gated_network=False,
    ):
        super().__init__()
        self.vocabulary_size, self.hidden_dim = vocabulary_size, hidden_dim
        normal = keras.initializers.RandomNormal(stddev=hidden_dim**-0.5)
        self.embedding = keras.layers.Embedding(vocabulary_size, hidden_dim, embeddings_initializer=normal)
        self.sinusoids = None if has_rotary_positions else SinusoidalPositions(MAX_LENGTH)
        make_norm = root_mean_square_norm if has_root_mean_square_norm else layer_norm

        def make_attention():
            positions = RotaryPositions(MAX_LENGTH) if has_rotary_positions else None
            sizes = num_heads, hidden_dim // num_heads
            if num_groups is None:
                return MultiHeadAttention(*sizes, positions=positions)
            return GroupedQueryAttention(*sizes, num_groups, positions=positions)

        def make_network():
            if has_gated_network:
                return GatedNetwork(round(2 / 3 * intermediate_dim))
            return FeedForward(intermediate_dim)

        self.blocks = [
            WriterBlock(make_attention(), make_network(), norm_place, make_norm) for _ in range(num_layers)
        ]
        self.norm = make_norm() if norm_place == "pre" else None

    def build(self, inputs_shape):
        shape = (*inputs_shape, self.hidden_dim)
        self.embedding.build(inputs_shape)
        for block in self.blocks:
            block.build(shape)
        if self.norm is not None:
            self.norm.build(shape)

    def call(self, token_ids):
        states = self.embed(token_ids)
        for block in self.blocks:
            states = block(states)
        return self.say(states)

    def embed(self, token_ids, start=0):
        """Words of variance about one, with their positions if these are added."""
        words = self.embedding(token_ids) * math.sqrt(self.hidden_dim)
        return words if self.sinusoids is None else self.sinusoids(words, start=start)

    def say(self, states):
        """Logits of states."""
        states = states if self.norm is None else self.norm(states)
        return ops.matmul(states, ops.transpose(self.embedding.embeddings))

    def initial_state(self, batch_size, length):
        """Room for the keys and values of `length` words, a pair a block."""
        return [block.attention.layer.empty_cache(batch_size, length) for block in self.blocks]

    def step(self, token_ids, state, position):
        """Reads one word `(B,)`; returns logits `(B, V)` of the next, and the state."""
        states, caches = self.embed(token_ids[:, None], position), []
        for block, cache in zip(self.blocks, state, strict=True):
            states, cache = block.step(states, cache, position)
            caches.append(cache)
        return self.say(states)[:, 0], caches

    def compute_output_shape(self, inputs_shape):
        return (*inputs_shape, self.vocabulary_size)
