"""A deep recurrent decoder, all of whose layers see what the lowest one attends to."""

import keras
from keras import ops

from course_lib.layers.masks import as_mask
from course_lib.layers.recurrent.deep_recurrent_encoder import FIRST_RESIDUAL, check_sizes
from course_lib.layers.shapes import check_mask_shape, check_one_batch


@keras.saving.register_keras_serializable("course_lib")
class DeepRecurrentDecoder(keras.layers.Layer):
    """Writes one vector after the other with a stack of LSTMs and one attention.

    `context[t] = attention(query=x[1][t-1], value=memory)`
    `x[1][t] = LSTM_1([inputs[t]; context[t]])`
    `x[l][t] = LSTM_l([x[l-1][t]; context[t]])`, and `+ x[l-1][t]` from the third layer on

    All states begin as zeros, the first query too. As the lowest layer alone asks, the others need not wait
    for each other: in training each reads the whole sequence before the next one begins.

    Args:
        hidden_dim: int `D`, the size of every LSTM.
        num_layers: int.
        attention: an `Attention`. It computes in the precision that it was made for.
        residual: bool, whether there are residual connections.
        dropout: float, the share of the inputs of every layer that is dropped in training; the context of
            the lowest one is left whole.

    Call arguments:
        inputs: `(B, T, E)`, the embedded target tokens, shifted right.
        memory: `(B, S, M)`, the encoder's outputs.
        memory_mask: bool `(B, S)`, `True` at real source tokens.
        return_attention_weights: if true, the weights are returned too.

    Returns:
        outputs `(B, T, D)`, or the pair of them and the attention weights `(B, T, S)`.

    Raises:
        ValueError: if a size is not positive, or if `memory_mask` has not the shape of the memory or holds
            floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import AdditiveScore, Attention, DeepRecurrentDecoder
        >>> decoder = DeepRecurrentDecoder(6, num_layers=4, attention=Attention(AdditiveScore(6)))
        >>> outputs, weights = decoder(
        ...     ops.ones((2, 5, 3)), ops.ones((2, 7, 6)), return_attention_weights=True
        ... )
        >>> tuple(outputs.shape), tuple(weights.shape)
        ((2, 5, 6), (2, 5, 7))

    In the paper: context = a, x[1][t-1] = y_{i-1}, "the output from the bottom decoder layer".
    Reference: Wu et al. (2016), sections 3 to 3.3, https://arxiv.org/abs/1609.08144
    """

    def __init__(self, hidden_dim, num_layers, attention, residual=True, dropout=0.0, **kwargs):
        super().__init__(**kwargs)
        check_sizes(hidden_dim=hidden_dim, num_layers=num_layers)
        # Keras's scan on TensorFlow has no gradient in a program that XLA compiles.
        self.supports_jit = keras.backend.backend() != "tensorflow"
        self.hidden_dim = hidden_dim
        self.num_layers = num_layers
        self.attention = attention
        self.residual = residual
        self.dropout = dropout
        of_layer = {"dtype": self.dtype_policy}
        self.first = keras.layers.LSTMCell(hidden_dim, name="first", **of_layer)
        self.upper = [
            keras.layers.LSTM(hidden_dim, return_sequences=True, name=f"upper_{index}", **of_layer)
            for index in range(1, num_layers)
        ]
        self.drops = [keras.layers.Dropout(dropout, **of_layer) for _ in range(num_layers)]

    def build(self, inputs_shape, memory_shape):
        batch, length, width = inputs_shape
        context_dim = memory_shape[-1]
        if not self.attention.built:
            self.attention.build((batch, 1, self.hidden_dim), memory_shape)
        self.first.build((batch, width + context_dim))
        for layer in self.upper:
            layer.build((batch, length, self.hidden_dim + context_dim))

    def initial_state(self, memory, memory_mask=None):
        """The state before the first step: nested tensors whose first axis is the batch."""
        memory = ops.convert_to_tensor(memory, dtype=self.compute_dtype)
        if memory_mask is None:
            memory_mask = ops.ones(ops.shape(memory)[:2], dtype="bool")
        memory_mask = as_mask(memory_mask)
        check_mask_shape("memory_mask", memory_mask.shape, memory.shape[:2])
        zeros = ops.zeros((ops.shape(memory)[0], self.hidden_dim), dtype=self.compute_dtype)
        return {
            "layers": [{"hidden": zeros, "cell": zeros} for _ in range(self.num_layers)],
            "memory": memory,
            "prepared_key": self.attention.score.prepare(memory),
            "memory_mask": memory_mask,
            "attention_weights": ops.zeros_like(memory[:, :, 0]),
        }

    def attend(self, queries, state):
        """The contexts `(B, T, M)` that queries `(B, T, D)` ask for, and the weights `(B, T, S)`."""
        attended = self.attention.attend(
            queries, state["memory"], state["prepared_key"], state["memory_mask"], True
        )
        return tuple(ops.cast(tensor, self.compute_dtype) for tensor in attended)

    def first_step(self, inputs, hidden, cell, state):
        """One step of the lowest layer: its new hidden and cell state, the context and the weights."""
        context, weights = (tensor[:, 0] for tensor in self.attend(hidden[:, None], state))
        _, (hidden, cell) = self.first(ops.concatenate([inputs, context], axis=-1), [hidden, cell])
        return hidden, cell, context, weights

    def add_residual(self, index, above, below):
        """The outputs of a layer, counted from 0, from what its LSTM says and what it was told."""
        return above + below if self.residual and index >= FIRST_RESIDUAL else above

    def step(self, inputs, state):
        """One step: inputs `(B, E)` and a state give the output `(B, D)` and the next state.

        The next state's "attention_weights" `(B, S)` are those of this step.
        """
        inputs = ops.convert_to_tensor(inputs, dtype=self.compute_dtype)
        first, *others = state["layers"]
        output, cell, context, weights = self.first_step(inputs, first["hidden"], first["cell"], state)
        layers = [{"hidden": output, "cell": cell}]
        for index, (layer, old) in enumerate(zip(self.upper, others, strict=True), start=1):
            told = ops.concatenate([output, context], axis=-1)
            hidden, (_, cell) = layer.cell(told, [old["hidden"], old["cell"]])
            layers.append({"hidden": hidden, "cell": cell})
            output = self.add_residual(index, hidden, output)
        return output, {**state, "layers": layers, "attention_weights": weights}

    def call(self, inputs, memory, memory_mask=None, return_attention_weights=False, training=None):
        check_one_batch(inputs=inputs.shape, memory=memory.shape)
        state = self.initial_state(memory, memory_mask)
        sizes = [self.hidden_dim, 2 * self.hidden_dim]

        def scan_step(carry, step_inputs):
            hidden, cell, _ = ops.split(carry, sizes, axis=-1)
            carry = ops.concatenate(self.first_step(step_inputs, hidden, cell, state)[:3], axis=-1)
            return carry, carry

        first = state["layers"][0]
        nowhere = ops.zeros_like(state["memory"][:, 0])  # the context before the first step
        carry = ops.concatenate([first["hidden"], first["cell"], nowhere], axis=-1)
        inputs = ops.convert_to_tensor(inputs, dtype=self.compute_dtype)
        inputs = self.drops[0](inputs, training=training)
        _, states = ops.scan(scan_step, carry, ops.swapaxes(inputs, 0, 1))
        lowest, _, contexts = ops.split(ops.swapaxes(states, 0, 1), sizes, axis=-1)  # (B, T, D), (B, T, M)
        outputs = lowest
        for index, layer in enumerate(self.upper, start=1):
            told = ops.concatenate([outputs, contexts], axis=-1)
            above = layer(self.drops[index](told, training=training), training=training)
            outputs = self.add_residual(index, above, outputs)
        if not return_attention_weights:
            return outputs
        queries = ops.concatenate([first["hidden"][:, None], lowest[:, :-1]], axis=1)
        return outputs, self.attend(queries, state)[1]

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: weights may be asked for

    def compute_output_shape(self, inputs_shape, memory_shape):
        return (*inputs_shape[:-1], self.hidden_dim)

    def get_config(self):
        return {
            **super().get_config(),
            "hidden_dim": self.hidden_dim,
            "num_layers": self.num_layers,
            "attention": keras.saving.serialize_keras_object(self.attention),
            "residual": self.residual,
            "dropout": self.dropout,
        }

    @classmethod
    def from_config(cls, config):
        attention = keras.saving.deserialize_keras_object(config["attention"])
        return cls(**{**config, "attention": attention})
