"""SpanBERT."""

import keras

from course_lib.models.bert.bert_reader import INITIALIZER
from course_lib.models.heads.backbone_model import BackboneModel
from course_lib.models.heads.masked_word_head import MaskedWordHead
from course_lib.models.heads.span_boundary_head import SpanBoundaryHead


@keras.saving.register_keras_serializable("course_lib")
class SpanBert(BackboneModel):
    """A reader that is asked for the words of hidden spans twice: where they stood, and from the boundaries.

    `masked_words[b, m] = masked_word_head(sequence_output[b, masked_positions[b, m]])`
    `span_words[b, m] = span_boundary_head(sequence_output[b], left, right, place)[b, m]`

    The loss is the sum of the two for the same words. As a reader it is BERT; there is no question about
    pairs, and one segment.

    Args:
        backbone: a `Bert` or one of its children.
        longest: int, how many places in a span have a vector of their own.
        place_dim: int, the width of the vectors of places in a span.

    Call arguments:
        inputs: dict of what the backbone takes, and, `(B, M)` each, "masked_positions", "left_boundaries" and
            "right_boundaries", the tokens before and behind the span of each word, and "span_places", from 1;
            all 0 in slots that are not used.

    Returns:
        dict of "masked_words" and "span_words", logits `(B, M, V)`.

    Raises:
        ValueError: if an input is missing, a size is not positive, or as the backbone.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Bert, SpanBert
        >>> bert = Bert(11, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=1, has_pooler=False)
        >>> token_ids = ops.array([[2, 7, 4, 4, 8, 3]])  # a span of two masks
        >>> inputs = {"token_ids": token_ids, "padding_mask": token_ids != 0,
        ...           "masked_positions": ops.array([[2, 3]]), "left_boundaries": ops.array([[1, 1]]),
        ...           "right_boundaries": ops.array([[4, 4]]), "span_places": ops.array([[1, 2]])}
        >>> {name: tuple(logits.shape) for name, logits in SpanBert(bert)(inputs).items()}
        {'masked_words': (1, 2, 11), 'span_words': (1, 2, 11)}

    In the paper: the two are L_MLM and L_SBO.
    Reference: Joshi et al. (2020), section 3, https://arxiv.org/abs/1907.10529
    Taught in: notebooks/13_what_to_mask
    """

    of_spans = ("left_boundaries", "right_boundaries", "span_places")

    def __init__(self, backbone, longest=20, place_dim=200, **kwargs):
        super().__init__(backbone, **kwargs)
        self.settings = {"longest": longest, "place_dim": place_dim}
        size = backbone.token_embedding.input_dim
        common = {
            "initializer": INITIALIZER,
            "epsilon": backbone.epsilon,
            "activation": backbone.settings["activation"],
            "dtype": self.dtype_policy,
        }
        self.masked_word_head = MaskedWordHead(size, name="masked_word_head", **common)
        self.span_boundary_head = SpanBoundaryHead(
            size, longest, place_dim, name="span_boundary_head", **common
        )

    def build(self, inputs_shape):
        shape = self.build_backbone(inputs_shape)["sequence_output"]
        table = self.backbone.token_embedding.embeddings.shape
        self.masked_word_head.build(shape, table)
        self.span_boundary_head.build(shape, table)

    def call(self, inputs, training=None):
        inputs = dict(inputs)
        asked = ("masked_positions", *self.of_spans)
        if missing := [name for name in asked if name not in inputs]:
            raise ValueError(f"`inputs` must hold {', '.join(asked)}. Missing: {', '.join(missing)}.")
        positions, *spans = (inputs.pop(name) for name in asked)
        outputs = self.backbone(inputs, training=training)["sequence_output"]
        table = self.backbone.token_embedding.embeddings
        return {
            "masked_words": self.masked_word_head(outputs, table, positions),
            "span_words": self.span_boundary_head(outputs, table, *spans),
        }

    def compute_output_shape(self, inputs_shape):
        shape = (*inputs_shape["masked_positions"], self.backbone.token_embedding.input_dim)
        return {"masked_words": shape, "span_words": shape}

    def get_config(self):
        return {**super().get_config(), **self.settings}
