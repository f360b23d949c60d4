"""A backbone that is asked about whole sequences."""

import keras

from course_lib.layers.pooling import check_pooling, pool, pooled_shape
from course_lib.models.heads.backbone_model import BackboneModel


@keras.saving.register_keras_serializable("course_lib")
class SentenceClassifier(BackboneModel):
    """Says of a sentence, or of a pair, which class it is of; or how much, a number.

    `logits[b] = W dropout(pool(backbone(inputs))[b]) + b`

    Args:
        backbone: a reader of tokens, such as `Bert`.
        num_outputs: int, the number of classes; 1 for a number (regression).
        pooling: "pooler", "first", "mean" or "last", see `pool`.
        dropout: float, the share of the pooled vector that is dropped in training.

    Call arguments:
        inputs: as of the backbone.

    Returns:
        logits `(B, num_outputs)`, before the softmax.

    Raises:
        ValueError: if `num_outputs` is not positive, or `pooling` is not known or not to be had.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Bert, SentenceClassifier
        >>> bert = Bert(11, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=1)
        >>> model = SentenceClassifier(bert, num_outputs=3, pooling="mean")
        >>> token_ids = ops.array([[2, 7, 3, 0]])
        >>> tuple(model({"token_ids": token_ids, "padding_mask": token_ids != 0}).shape)
        (1, 3)

    Reference: Devlin et al. (2019), section 4.1, https://arxiv.org/abs/1810.04805
    Taught in: notebooks/11_fine_tuning_sentences
    """

    def __init__(self, backbone, num_outputs, pooling="pooler", dropout=0.1, **kwargs):
        super().__init__(backbone, **kwargs)
        check_pooling(pooling)
        if num_outputs < 1:
            raise ValueError(f"`num_outputs` must be positive. Received: num_outputs={num_outputs}.")
        self.num_outputs = num_outputs
        self.pooling = pooling
        self.dropout = dropout
        self.drop = keras.layers.Dropout(dropout, dtype=self.dtype_policy)
        self.classifier = self.dense(num_outputs, "classifier")

    def build(self, inputs_shape):
        self.classifier.build(pooled_shape(self.build_backbone(inputs_shape), self.pooling))

    def call(self, inputs, training=None):
        outputs = self.backbone(inputs, training=training)
        pooled = pool(outputs, inputs["padding_mask"], self.pooling)
        return self.classifier(self.drop(pooled, training=training))

    def compute_output_shape(self, inputs_shape):
        return (inputs_shape["token_ids"][0], self.num_outputs)

    def get_config(self):
        own = {"num_outputs": self.num_outputs, "pooling": self.pooling, "dropout": self.dropout}
        return {**super().get_config(), **own}
