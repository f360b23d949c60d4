"""A backbone that is asked where an answer begins and where it ends."""

import keras
from keras import ops

from course_lib.layers.masks import as_mask, lowest_score
from course_lib.models.heads.backbone_model import BackboneModel


@keras.saving.register_keras_serializable("course_lib")
class SpanPredictor(BackboneModel):
    """Scores every token as the first and as the last of the answer.

    `start[b, t] = S · sequence_output[b, t]`, `end[b, t] = E · sequence_output[b, t]`; a span from i to j
    scores `start[i] + end[j]`

    Args:
        backbone: a reader of pairs, such as `Bert`: the question is segment 0, the passage segment 1.

    Call arguments:
        inputs: as of the backbone, and "answer_mask" bool `(B, T)`, `True` where an answer may stand, which
            is in the passage and, for "no answer", at the first token.

    Returns:
        `(B, 2, T)`: the scores of starts and of ends, very low where no answer may stand.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Bert, SpanPredictor
        >>> model = SpanPredictor(Bert(11, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=1))
        >>> token_ids = ops.array([[2, 7, 3, 8, 9, 3, 0]])
        >>> segment_ids = ops.array([[0, 0, 0, 1, 1, 1, 0]])
        >>> inputs = {"token_ids": token_ids, "segment_ids": segment_ids, "padding_mask": token_ids != 0,
        ...           "answer_mask": ops.array([[True, False, False, True, True, False, False]])}
        >>> scores = model(inputs)
        >>> tuple(scores.shape), ops.convert_to_numpy(scores[0, 0] < -1e9).tolist()
        ((1, 2, 7), [False, True, True, False, False, True, True])

    Reference: Devlin et al. (2019), sections 4.2 and 4.3, https://arxiv.org/abs/1810.04805
    Taught in: notebooks/12_fine_tuning_tokens
    """

    def __init__(self, backbone, **kwargs):
        super().__init__(backbone, **kwargs)
        self.ends = self.dense(2, "ends", use_bias=False)  # it would move all starts alike, and all ends

    def build(self, inputs_shape):
        self.ends.build(self.build_backbone(inputs_shape)["sequence_output"])

    def call(self, inputs, training=None):
        inputs = dict(inputs)
        answer_mask = as_mask(inputs.pop("answer_mask"))
        outputs = self.backbone(inputs, training=training)["sequence_output"]
        scores = ops.swapaxes(self.ends(outputs), 1, 2)
        return ops.where(answer_mask[:, None, :], scores, lowest_score(scores.dtype))

    def compute_output_shape(self, inputs_shape):
        batch, length = inputs_shape["token_ids"]
        return (batch, 2, length)
