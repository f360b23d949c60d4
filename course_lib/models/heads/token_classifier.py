"""A backbone that is asked about every token."""

import keras

from course_lib.models.heads.backbone_model import BackboneModel


@keras.saving.register_keras_serializable("course_lib")
class TokenClassifier(BackboneModel):
    """Says of every token which label it has.

    `logits[b, t] = W dropout(sequence_output[b, t]) + b`

    Args:
        backbone: a reader of tokens, such as `Bert`.
        num_labels: int, how many labels.
        dropout: float, the share of every token's vector that is dropped in training.

    Call arguments:
        inputs: as of the backbone.

    Returns:
        logits `(B, T, num_labels)`; meaningless at padding.

    Raises:
        ValueError: if `num_labels` is not positive.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Bert, TokenClassifier
        >>> bert = Bert(11, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=1)
        >>> model = TokenClassifier(bert, num_labels=5)
        >>> token_ids = ops.array([[2, 7, 3, 0]])
        >>> tuple(model({"token_ids": token_ids, "padding_mask": token_ids != 0}).shape)
        (1, 4, 5)

    Reference: Devlin et al. (2019), section 5.3, https://arxiv.org/abs/1810.04805
    Taught in: notebooks/12_fine_tuning_tokens
    """

    def __init__(self, backbone, num_labels, dropout=0.1, **kwargs):
        super().__init__(backbone, **kwargs)
        if num_labels < 1:
            raise ValueError(f"`num_labels` must be positive. Received: num_labels={num_labels}.")
        self.num_labels = num_labels
        self.dropout = dropout
        self.drop = keras.layers.Dropout(dropout, dtype=self.dtype_policy)
        self.classifier = self.dense(num_labels, "classifier")

    def build(self, inputs_shape):
        self.classifier.build(self.build_backbone(inputs_shape)["sequence_output"])

    def call(self, inputs, training=None):
        outputs = self.backbone(inputs, training=training)["sequence_output"]
        return self.classifier(self.drop(outputs, training=training))

    def compute_output_shape(self, inputs_shape):
        return (*inputs_shape["token_ids"], self.num_labels)

    def get_config(self):
        return {**super().get_config(), "num_labels": self.num_labels, "dropout": self.dropout}
