"""A backbone with the two questions BERT is pre-trained on."""

import keras

from course_lib.models.bert.bert_reader import INITIALIZER
from course_lib.models.heads.backbone_model import BackboneModel
from course_lib.models.heads.masked_word_head import MaskedWordHead


@keras.saving.register_keras_serializable("course_lib")
class PretrainingModel(BackboneModel):
    """Says which words stood under the masks and, if asked, whether two segments belong together.

    `masked_words[b, m] = head(sequence_output[b, masked_positions[b, m]])`
    `sentence_pair[b] = W pooled_output[b] + b`

    Args:
        backbone: a `Bert` or one of its children.
        has_pair_head: whether pairs of segments are judged too; the backbone then needs a pooler.

    Call arguments:
        inputs: dict of what the backbone takes and "masked_positions", ints `(B, M)`; without them words are
            predicted at every position.

    Returns:
        logits `(B, M, V)`; with the head of pairs, a dict of them as "masked_words", and of "sentence_pair",
        logits `(B, 2)`: class 0 is "belong together" (next sentence, in order), class 1 the other.

    Raises:
        ValueError: if pairs are to be judged and the backbone pools nothing.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Bert, PretrainingModel
        >>> bert = Bert(11, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=1)
        >>> model = PretrainingModel(bert)
        >>> token_ids = ops.array([[2, 4, 7, 3, 8, 3]])
        >>> inputs = {"token_ids": token_ids, "padding_mask": token_ids != 0,
        ...           "segment_ids": ops.array([[0, 0, 0, 0, 1, 1]]), "masked_positions": ops.array([[1]])}
        >>> {name: tuple(logits.shape) for name, logits in model(inputs).items()}
        {'masked_words': (1, 1, 11), 'sentence_pair': (1, 2)}

    Reference: Devlin et al. (2019), section 3.1, https://arxiv.org/abs/1810.04805
    Taught in: notebooks/10_bert_pretraining
    """

    def __init__(self, backbone, has_pair_head=True, **kwargs):
        super().__init__(backbone, **kwargs)
        if has_pair_head and backbone.pooler is None:
            raise ValueError("A head of pairs needs a backbone with `has_pooler=True`. Received: False.")
        self.has_pair_head = has_pair_head
        self.masked_word_head = MaskedWordHead(
            backbone.token_embedding.input_dim,
            initializer=INITIALIZER,
            epsilon=backbone.epsilon,
            activation=backbone.settings["activation"],
            dtype=self.dtype_policy,
            name="masked_word_head",
        )
        self.pair_head = self.dense(2, "sentence_pair") if has_pair_head else None

    def build(self, inputs_shape):
        shapes = self.build_backbone(inputs_shape)
        table = self.backbone.token_embedding.embeddings.shape
        self.masked_word_head.build(shapes["sequence_output"], table)
        if self.pair_head is not None:
            self.pair_head.build(shapes["pooled_output"])

    def call(self, inputs, training=None):
        inputs = dict(inputs)
        positions = inputs.pop("masked_positions", None)
        outputs = self.backbone(inputs, training=training)
        table = self.backbone.token_embedding.embeddings
        masked_words = self.masked_word_head(outputs["sequence_output"], table, positions)
        if self.pair_head is None:
            return masked_words
        return {"masked_words": masked_words, "sentence_pair": self.pair_head(outputs["pooled_output"])}

    def compute_output_shape(self, inputs_shape):
        places = inputs_shape.get("masked_positions") or inputs_shape["token_ids"]
        masked_words = (*places, self.backbone.token_embedding.input_dim)
        if self.pair_head is None:
            return masked_words
        return {"masked_words": masked_words, "sentence_pair": (places[0], 2)}

    def get_config(self):
        return {**super().get_config(), "has_pair_head": self.has_pair_head}
