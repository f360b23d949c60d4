"""A reader of two streams that is asked for words in any order."""

import keras
from keras import ops

from course_lib.models.heads.backbone_model import BackboneModel


@keras.saving.register_keras_serializable("course_lib")
class PermutedWordModel(BackboneModel):
    """Predicts words from what the query stream knows of them, by the table the tokens were read with.

    `logits[b, m, v] = query_output[b, m] · embeddings[v] + bias[v]`

    Args:
        backbone: an `XlNet`.

    Call arguments:
        inputs: as of the backbone, with "masked_positions" `(B, M)`, "content_mask" and "query_mask".

    Returns:
        logits `(B, M, V)`.

    Raises:
        ValueError: if no words are asked for, or as the backbone.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import PermutedWordModel, XlNet
        >>> model = PermutedWordModel(XlNet(11, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=1))
        >>> token_ids = ops.array([[5, 7, 3]])
        >>> mask = ops.array([[[True, False, True]] * 3])
        >>> logits = model({"token_ids": token_ids, "padding_mask": token_ids != 0, "content_mask": mask,
        ...                 "query_mask": mask, "masked_positions": ops.array([[1]])})
        >>> tuple(logits.shape)
        (1, 1, 11)

    Reference: Yang et al. (2019), equation 4, https://arxiv.org/abs/1906.08237
    Taught in: notebooks/16_masks_as_tasks
    """

    def build(self, inputs_shape):
        self.build_backbone(inputs_shape)
        size = (self.backbone.settings["vocabulary_size"],)
        self.bias = self.add_weight(name="bias", shape=size, initializer="zeros")

    def call(self, inputs, training=None):
        if "masked_positions" not in inputs:
            raise ValueError(f'`inputs` must hold "masked_positions". Received: {sorted(inputs)}.')
        return self.to_logits(self.backbone(inputs, training=training)["query_output"])

    def to_logits(self, outputs):
        """From what either stream says, `(B, M, D)`, to logits `(B, M, V)`."""
        table = ops.cast(self.backbone.token_embedding.embeddings, outputs.dtype)
        return ops.matmul(outputs, ops.transpose(table)) + ops.cast(self.bias, outputs.dtype)

    def compute_output_shape(self, inputs_shape):
        return (*inputs_shape["masked_positions"], self.backbone.settings["vocabulary_size"])
