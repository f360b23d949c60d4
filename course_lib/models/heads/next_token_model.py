"""A reader from left to right that is asked for the next token."""

import keras
from keras import ops

from course_lib.models.heads.backbone_model import BackboneModel
from course_lib.models.token_ids import check_token_ids


@keras.saving.register_keras_serializable("course_lib")
class NextTokenModel(BackboneModel):
    """Predicts at every token the one behind it, by the table the tokens were read with.

    `logits[b, t, v] = sequence_output[b, t] · embeddings[v]`, of the token at `t + 1`

    Args:
        backbone: a `Gpt`.

    Call arguments:
        inputs: as of the backbone.

    Returns:
        logits `(B, T, V)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Gpt, NextTokenModel
        >>> gpt = Gpt(11, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=1)
        >>> model = NextTokenModel(gpt)
        >>> token_ids = ops.array([[2, 7, 3]])
        >>> logits = model({"token_ids": token_ids, "padding_mask": token_ids != 0})
        >>> state = model.initial_state(1, max_length=3)
        >>> for token_id in (2, 7, 3):
        ...     step_logits, state = model.step(ops.array([token_id]), state)
        >>> bool(ops.all(ops.abs(step_logits - logits[:, -1]) < 1e-5))
        True

    Reference: Radford et al. (2018), "Improving language understanding by generative pre-training"
    Taught in: notebooks/09_word_pieces
    """

    def build(self, inputs_shape):
        self.build_backbone(inputs_shape)

    def to_logits(self, outputs):
        """From outputs `(B, T, D)` to logits `(B, T, V)`."""
        table = ops.cast(self.backbone.token_embedding.embeddings, outputs.dtype)
        return ops.matmul(outputs, ops.transpose(table))

    def call(self, inputs, training=None):
        return self.to_logits(self.backbone(inputs, training=training)["sequence_output"])

    def initial_state(self, batch_size, max_length=None):
        """The state before the first token.

        Args:
            batch_size: int.
            max_length: int, for how many tokens there is room; the model's positions if not given.
        """
        if not self.built:
            self.build({"token_ids": (batch_size, None)})
            self.built = True
        length = max_length or self.backbone.settings["max_sequence_length"]
        return {
            "position": ops.zeros((batch_size,), "int32"),
            "layers": self.backbone.initial_state(batch_size, length),
        }

    def step(self, token_ids, state):
        """Reads one token `(B,)` for each text; returns the logits `(B, V)` and the next state.

        Behind the last position there is room for, the logits are NaN.
        """
        token_ids = ops.convert_to_tensor(
            check_token_ids(token_ids, self.backbone.settings["vocabulary_size"])
        )
        position = state["position"][0]
        outputs, layers = self.backbone.step(token_ids, state["layers"], position)
        room = layers[0][0].shape[2]
        logits = ops.where(position < room, self.to_logits(outputs)[:, 0], float("nan"))
        return logits, {"position": state["position"] + 1, "layers": layers}

    def compute_output_shape(self, inputs_shape):
        return (*inputs_shape["token_ids"], self.backbone.settings["vocabulary_size"])
