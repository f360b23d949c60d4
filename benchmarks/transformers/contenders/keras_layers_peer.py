"""A Transformer put together by hand from `keras.layers.MultiHeadAttention`."""

import functools

import keras
from keras import layers, ops

from benchmarks.transformers import batches
from benchmarks.transformers.contenders.ours import compiled, stepper


class Embed(layers.Layer):
    """Tokens and learned positions."""

    def __init__(self, size, dropout):
        super().__init__()
        self.tokens = layers.Embedding(size.vocabulary_size, size.hidden_dim)
        self.positions = layers.Embedding(batches.LONGEST, size.hidden_dim)
        self.drop = layers.Dropout(dropout)

    def call(self, token_ids, training=None):
        positions = self.positions(ops.arange(ops.shape(token_ids)[1]))
        return self.drop(self.tokens(token_ids) + positions, training=training)


def make_model(size, dropout):
    """Post-norm, nothing tied."""
    ids = {name: keras.Input((None,), dtype="int32", name=name) for name in batches.NAMES[::2]}
    masks = {name: keras.Input((None,), dtype="bool", name=name) for name in batches.NAMES[1::2]}
    source_mask, target_mask = masks.values()

    def add(inputs, outputs):
        return layers.LayerNormalization(epsilon=1e-5)(inputs + layers.Dropout(dropout)(outputs))

    def attend(query, value, **masks):
        width = size.hidden_dim // size.num_heads
        return add(
            query, layers.MultiHeadAttention(size.num_heads, width, dropout=dropout)(query, value, **masks)
        )

    def think(inputs):
        inner = layers.Dense(size.intermediate_dim, activation="relu")(inputs)
        return add(inputs, layers.Dense(size.hidden_dim)(inner))

    source, target = (Embed(size, dropout)(tokens) for tokens in ids.values())
    for _ in range(size.num_layers):
        source = think(attend(source, source, key_mask=source_mask))
    for _ in range(size.num_layers):
        target = attend(target, target, key_mask=target_mask, use_causal_mask=True)
        target = think(attend(target, source, key_mask=source_mask))
    return keras.Model({**ids, **masks}, layers.Dense(size.vocabulary_size)(target))


def training(size, dropout=0.1, jit_compile=False):
    """One full batch again and again."""
    model = compiled(make_model(size, dropout), jit_compile)
    stream = iter(functools.partial(batches.full_batch, size), None)
    return {"run": stepper(model, stream), "parameters": model.count_params()}
