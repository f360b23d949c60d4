"""A reader from both sides that is asked for the next token and for the one before."""

import keras
from keras import ops

from course_lib.models.heads.backbone_model import BackboneModel


@keras.saving.register_keras_serializable("course_lib")
class TwoWayLanguageModel(BackboneModel):
    """Predicts at every token the one behind it, from the left, and the one before it, from the right.

    `forward[b, t, v] = (W forward_output[b, t] + b)[v]`, of the token at `t + 1`
    `backward[b, t, v] = (W backward_output[b, t] + b)[v]`, of the token at `t - 1`, by the same `W`

    Args:
        backbone: an `Elmo`. Its mix is not trained here: it belongs to whoever uses it.

    Call arguments:
        inputs: as of the backbone.

    Returns:
        dict of "forward" and "backward", logits `(B, T, V)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Elmo, TwoWayLanguageModel
        >>> token_ids = ops.array([[2, 7, 3]])
        >>> logits = TwoWayLanguageModel(Elmo(11, hidden_dim=4))(
        ...     {"token_ids": token_ids, "padding_mask": token_ids != 0})
        >>> {name: tuple(part.shape) for name, part in logits.items()}
        {'forward': (1, 3, 11), 'backward': (1, 3, 11)}

    Reference: Peters et al. (2018), section 3.1, https://arxiv.org/abs/1802.05365
    """

    def __init__(self, backbone, **kwargs):
        super().__init__(backbone, **kwargs)
        self.output_projection = self.dense(backbone.settings["vocabulary_size"], "output_projection")

    def build(self, inputs_shape):
        self.build_backbone(inputs_shape)
        shape = (*inputs_shape["token_ids"], self.backbone.settings["hidden_dim"])
        self.output_projection.build(shape)

    def call(self, inputs, training=None):
        forward, backward = self.backbone.read(inputs, training=training)[-1]
        both = self.output_projection(ops.concatenate([forward, backward], axis=0))
        forward, backward = ops.split(both, 2, axis=0)
        return {"forward": forward, "backward": backward}

    def compute_output_shape(self, inputs_shape):
        shape = (*inputs_shape["token_ids"], self.backbone.settings["vocabulary_size"])
        return {"forward": shape, "backward": shape}
