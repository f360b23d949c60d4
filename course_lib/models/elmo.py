"""ELMo: two language models, one in each direction, as a reader."""

import keras
from keras import ops

from course_lib.layers.masks import as_mask
from course_lib.layers.scalar_mix import ScalarMix
from course_lib.models.token_ids import embed_tokens


@keras.saving.register_keras_serializable("course_lib")
class Elmo(keras.Model):
    """A reader of two stacks of LSTMs, one from the left and one from the right, which never meet.

    `forward[0] = backward[0] = embedding(token_ids)`
    `forward[l] = LSTM_l(forward[l-1]) (+ forward[l-1] from the second on)`, backward the same from the right
    `sequence_output = scale sum_l s[l] [forward[l]; backward[l]]`, see `ScalarMix`

    As the directions are mixed only in what is read out, each can be trained as a language model, and
    neither has seen the word it predicts. In the paper tokens are embedded by their characters; here by a
    table, as in the other models of the course.

    Args:
        vocabulary_size: int `V`; id 0 is padding.
        hidden_dim: int `H`, the width of one direction and of a token's vector.
        num_layers: int, LSTMs in each direction.
        dropout: float, the share that is dropped of the inputs of every LSTM in training.

    Call arguments:
        inputs: dict of "token_ids" `(B, T)` and "padding_mask" bool `(B, T)`, padding behind the tokens.
        return_details: if true, "layer_outputs" are returned too.

    Returns:
        dict of "sequence_output" `(B, T, 2 H)`; with details, of "layer_outputs" too, a list of
        `num_layers + 1` pairs (forward, backward), each `(B, T, H)`, of which the embeddings are the first.

    Raises:
        ValueError: if a size is not positive, a mask holds floats, or ids are no ids.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Elmo
        >>> token_ids = ops.array([[2, 7, 3, 0]])
        >>> outputs = Elmo(11, hidden_dim=3)({"token_ids": token_ids, "padding_mask": token_ids != 0})
        >>> tuple(outputs["sequence_output"].shape)
        (1, 4, 6)

    Reference: Peters et al. (2018), https://arxiv.org/abs/1802.05365
    """

    def __init__(self, vocabulary_size, hidden_dim, num_layers=2, dropout=0.1, **kwargs):
        super().__init__(**kwargs)
        self.settings = {
            "vocabulary_size": vocabulary_size,
            "hidden_dim": hidden_dim,
            "num_layers": num_layers,
            "dropout": dropout,
        }
        for name in ("vocabulary_size", "hidden_dim", "num_layers"):
            if self.settings[name] < 1:
                raise ValueError(f"`{name}` must be positive. Received: {name}={self.settings[name]}.")
        of_layer = {"dtype": self.dtype_policy}
        self.token_embedding = keras.layers.Embedding(
            vocabulary_size, hidden_dim, name="token_embedding", **of_layer
        )
        self.stacks = [
            [
                keras.layers.LSTM(
                    hidden_dim,
                    return_sequences=True,
                    go_backwards=direction == "backward",
                    name=f"{direction}_{index}",
                    **of_layer,
                )
                for index in range(num_layers)
            ]
            for direction in ("forward", "backward")
        ]
        self.drops = [keras.layers.Dropout(dropout, **of_layer) for _ in range(2 * num_layers)]
        self.mix = ScalarMix(num_layers + 1, name="mix", **of_layer)

    def build(self, inputs_shape):
        shape = inputs_shape["token_ids"]
        inner = (*shape, self.settings["hidden_dim"])
        self.token_embedding.build(shape)
        for stack in self.stacks:
            for layer in stack:
                layer.build(inner)
        self.mix.build([(*shape, 2 * inner[-1])] * (len(self.stacks[0]) + 1))

    def call(self, inputs, return_details=False, training=None):
        layers = self.read(inputs, training=training)
        mixed = self.mix([ops.concatenate(pair, axis=-1) for pair in layers])
        outputs = {"sequence_output": mixed}
        return {**outputs, "layer_outputs": layers} if return_details else outputs

    def read(self, inputs, training=None):
        """The list of pairs (forward, backward) of every layer, the embeddings first."""
        mask = as_mask(inputs["padding_mask"])
        embedded = embed_tokens(inputs["token_ids"], self.token_embedding)
        layers, states = [(embedded, embedded)], [embedded, embedded]
        for index in range(self.settings["num_layers"]):
            for direction, stack in enumerate(self.stacks):
                drop = self.drops[2 * index + direction]
                # From the right padding comes first; with the mask it leaves the state at zero.
                outputs = stack[index](drop(states[direction], training=training), mask=mask)
                outputs = ops.flip(outputs, axis=1) if direction else outputs
                states[direction] = outputs + states[direction] if index else outputs
            layers.append(tuple(states))
        return layers

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: details may be asked for

    def compute_output_shape(self, inputs_shape):
        return {"sequence_output": (*inputs_shape["token_ids"], 2 * self.settings["hidden_dim"])}

    def get_config(self):
        return {**super().get_config(), **self.settings}
