"""A reader of two LSTMs that is not pre-trained."""

import keras

from course_lib.layers.masks import as_mask
from course_lib.models.token_ids import embed_tokens


@keras.saving.register_keras_serializable("course_lib")
class BiLstm(keras.Model):
    """Reads a sequence from both ends, layer by layer: each layer sees both directions of the one below.

    `sequence_output = [LSTM(x); LSTM backwards(x)]` of embedded tokens x, `num_layers` times

    Args:
        vocabulary_size: int `V`; id 0 is padding.
        hidden_dim: int `H`, the width of one direction.
        embedding_dim: int, the width of a token's vector; `H` if not given.
        num_layers: int.
        dropout: float, the share of the inputs of every layer that is dropped in training.

    Call arguments:
        inputs: dict of "token_ids" `(B, T)` and "padding_mask" bool `(B, T)`, padding behind the tokens.

    Returns:
        dict of "sequence_output" `(B, T, 2 H)`.

    Raises:
        ValueError: if a size is not positive, a mask holds floats, or ids are no ids.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import BiLstm
        >>> token_ids = ops.array([[2, 7, 3, 0]])
        >>> outputs = BiLstm(11, hidden_dim=3)({"token_ids": token_ids, "padding_mask": token_ids != 0})
        >>> tuple(outputs["sequence_output"].shape)
        (1, 4, 6)

    Reference: Graves and Schmidhuber (2005), https://doi.org/10.1016/j.neunet.2005.06.042
    """

    def __init__(self, vocabulary_size, hidden_dim, embedding_dim=None, num_layers=1, dropout=0.0, **kwargs):
        super().__init__(**kwargs)
        self.settings = {
            "vocabulary_size": vocabulary_size,
            "hidden_dim": hidden_dim,
            "embedding_dim": hidden_dim if embedding_dim is None else embedding_dim,
            "num_layers": num_layers,
            "dropout": dropout,
        }
        for name in ("vocabulary_size", "hidden_dim", "embedding_dim", "num_layers"):
            if self.settings[name] < 1:
                raise ValueError(f"`{name}` must be positive. Received: {name}={self.settings[name]}.")
        of_layer = {"dtype": self.dtype_policy}
        self.token_embedding = keras.layers.Embedding(
            vocabulary_size, self.settings["embedding_dim"], name="token_embedding", **of_layer
        )
        self.recurrent = [
            keras.layers.Bidirectional(
                keras.layers.LSTM(hidden_dim, return_sequences=True, **of_layer),
                name=f"recurrent_{index}",
                **of_layer,
            )
            for index in range(num_layers)
        ]
        self.drops = [keras.layers.Dropout(dropout, **of_layer) for _ in range(num_layers)]

    def build(self, inputs_shape):
        shape = inputs_shape["token_ids"]
        self.token_embedding.build(shape)
        width = self.settings["embedding_dim"]
        for layer in self.recurrent:
            layer.build((*shape, width))
            width = 2 * self.settings["hidden_dim"]

    def call(self, inputs, training=None):
        mask = as_mask(inputs["padding_mask"])
        outputs = embed_tokens(inputs["token_ids"], self.token_embedding)
        for layer, drop in zip(self.recurrent, self.drops, strict=True):
            outputs = layer(drop(outputs, training=training), mask=mask, training=training)
        return {"sequence_output": outputs}

    def compute_output_shape(self, inputs_shape):
        return {"sequence_output": (*inputs_shape["token_ids"], 2 * self.settings["hidden_dim"])}

    def get_config(self):
        return {**super().get_config(), **self.settings}
