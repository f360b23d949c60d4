"""A recurrent decoder with input feeding, with or without attention."""

import keras
from keras import ops

from course_lib.layers.masks import as_mask
from course_lib.layers.shapes import check_mask_shape, check_one_batch


@keras.saving.register_keras_serializable("course_lib")
class RecurrentDecoder(keras.layers.Layer):
    """Writes one vector after the other: a GRU, a context vector, and the two joined.

    `hidden[t]  = GRU([inputs[t]; output[t-1]], hidden[t-1])`
    `context[t] = attention(query=hidden[t], value=memory)`, or `summary` at every step without attention
    `output[t]  = tanh(W [context[t]; hidden[t]])`

    Feeding `output[t-1]` back in tells the GRU what was attended to before ("input feeding"). With and
    without attention the decoder is the same but for where the context comes from.

    Args:
        hidden_dim: int, the size of the hidden state and of the outputs.
        attention: an `Attention`, or `None`. It computes in the precision that it was made for.

    Call arguments:
        inputs: `(B, T, E)`, the embedded target tokens, shifted right.
        memory: `(B, S, D)`, the encoder's outputs.
        summary: `(B, hidden_dim)`, the first hidden state and the context of a decoder without attention.
        memory_mask: bool `(B, S)`, `True` at real source tokens.
        return_attention_weights: if true, the weights are returned too.

    Returns:
        outputs `(B, T, hidden_dim)`, or the pair of them and the attention weights `(B, T, S)`.

    Raises:
        ValueError: if `hidden_dim` is not positive, if weights are asked for where there is no attention, or
            if `memory_mask` has not the shape of the memory or holds floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import Attention, DotScore, RecurrentDecoder
        >>> decoder = RecurrentDecoder(hidden_dim=6, attention=Attention(DotScore()))
        >>> outputs, weights = decoder(
        ...     ops.ones((2, 5, 3)), ops.ones((2, 7, 6)), ops.ones((2, 6)), return_attention_weights=True
        ... )
        >>> tuple(outputs.shape), tuple(weights.shape)
        ((2, 5, 6), (2, 5, 7))

    In the paper: output = h̃_t, context = c_t, hidden = h_t, memory = h̄_s.
    Reference: Luong et al. (2015), sections 3 and 3.3, https://arxiv.org/abs/1508.04025; without attention:
    Cho et al. (2014), https://arxiv.org/abs/1406.1078
    Taught in: notebooks/02_sequence_to_sequence and notebooks/03_attention
    """

    def __init__(self, hidden_dim, attention=None, **kwargs):
        super().__init__(**kwargs)
        if hidden_dim < 1:
            raise ValueError(f"`hidden_dim` must be positive. Received: hidden_dim={hidden_dim}.")
        # Keras's scan on TensorFlow has no gradient in a program that XLA compiles.
        self.supports_jit = keras.backend.backend() != "tensorflow"
        self.hidden_dim = hidden_dim
        self.attention = attention
        self.cell = keras.layers.GRUCell(hidden_dim, dtype=self.dtype_policy, name="cell")
        self.combine = keras.layers.Dense(
            hidden_dim, activation="tanh", use_bias=False, dtype=self.dtype_policy, name="combine"
        )

    def build(self, inputs_shape, memory_shape, summary_shape):
        batch, _, width = inputs_shape
        self.cell.build((batch, width + self.hidden_dim))
        context_dim = summary_shape[-1]
        if self.attention is not None:
            context_dim = memory_shape[-1]
            if not self.attention.built:
                self.attention.build((batch, 1, self.hidden_dim), memory_shape)
        self.combine.build((batch, context_dim + self.hidden_dim))

    def initial_state(self, memory, summary, memory_mask=None):
        """The state before the first step: a dict of tensors whose first axis is the batch."""
        summary, memory = (ops.convert_to_tensor(x, dtype=self.compute_dtype) for x in (summary, memory))
        check_one_batch(summary=summary.shape, memory=memory.shape)
        if memory_mask is None:
            memory_mask = ops.ones(ops.shape(memory)[:2], dtype="bool")
        memory_mask = as_mask(memory_mask)
        check_mask_shape("memory_mask", memory_mask.shape, memory.shape[:2])
        state = {"hidden": summary, "output": ops.zeros_like(summary)}
        if self.attention is None:
            return {**state, "summary": summary}
        return {
            **state,
            "memory": memory,
            "prepared_key": self.attention.score.prepare(memory),
            "memory_mask": memory_mask,
            "attention_weights": ops.zeros_like(memory[:, :, 0]),
        }

    def step(self, inputs, state):
        """One step: inputs `(B, E)` and a state give the output `(B, hidden_dim)` and the next state.

        With attention, the next state's "attention_weights" `(B, S)` are those of this step.
        """
        inputs = ops.convert_to_tensor(inputs, dtype=self.compute_dtype)
        hidden, _ = self.cell(ops.concatenate([inputs, state["output"]], axis=-1), [state["hidden"]])
        if self.attention is None:
            context = state["summary"]
        else:
            context, weights = (x[:, 0] for x in self.attend(hidden[:, None, :], state, True))
            state = {**state, "attention_weights": weights}
        output = self.combine(ops.concatenate([context, hidden], axis=-1))
        return output, {**state, "hidden": hidden, "output": output}

    def attend(self, hidden, state, return_attention_weights=False):
        """The contexts `(B, T, D)` that hidden states `(B, T, hidden_dim)` ask for."""
        if self.attention is None:
            return state["summary"][:, None, :]
        attended = self.attention.attend(
            hidden, state["memory"], state["prepared_key"], state["memory_mask"], return_attention_weights
        )
        return keras.tree.map_structure(lambda tensor: ops.cast(tensor, self.compute_dtype), attended)

    def call(self, inputs, memory, summary, memory_mask=None, return_attention_weights=False):
        if return_attention_weights and self.attention is None:
            raise ValueError(
                "`return_attention_weights=True` needs a decoder with attention. Received: attention=None."
            )
        first = self.initial_state(memory, summary, memory_mask)

        def scan_step(carry, step_inputs):
            hidden, output = ops.split(carry, 2, axis=-1)
            _, state = self.step(step_inputs, {**first, "hidden": hidden, "output": output})
            carry = ops.concatenate([state["hidden"], state["output"]], axis=-1)
            return carry, carry

        carry = ops.concatenate([first["hidden"], first["output"]], axis=-1)
        inputs = ops.swapaxes(ops.convert_to_tensor(inputs, dtype=self.compute_dtype), 0, 1)  # (T, B, E)
        _, states = ops.scan(scan_step, carry, inputs)
        hidden, outputs = ops.split(ops.swapaxes(states, 0, 1), 2, axis=-1)  # (B, T, hidden_dim) each
        if not return_attention_weights:
            return outputs
        _, weights = self.attend(hidden, first, return_attention_weights=True)
        return outputs, weights

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: weights may be asked for

    def compute_output_shape(self, inputs_shape, memory_shape, summary_shape):
        return (*inputs_shape[:-1], self.hidden_dim)

    def get_config(self):
        attention = self.attention and keras.saving.serialize_keras_object(self.attention)
        return {**super().get_config(), "hidden_dim": self.hidden_dim, "attention": attention}

    @classmethod
    def from_config(cls, config):
        attention = config["attention"] and keras.saving.deserialize_keras_object(config["attention"])
        return cls(**{**config, "attention": attention})
