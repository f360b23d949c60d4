"""A reader that is asked for whole paths of labels."""

import keras
from keras import ops

from course_lib.layers.crf import Crf
from course_lib.layers.masks import as_mask
from course_lib.models.heads.backbone_model import BackboneModel


@keras.saving.register_keras_serializable("course_lib")
class CrfTagger(BackboneModel):
    """Scores every label at every token, and every label behind every other.

    `emissions[b, t] = W dropout(sequence_output[b, t]) + b`; the loss is the negative log-likelihood of the
    right path per real label, see `Crf`

    Labels are numbered as in all models of the course: 0 stands for what is no label (padding, and further
    pieces of a word), which is left out wherever it stands; the `K` labels are 1 … `K`.

    Args:
        backbone: a reader of tokens, such as `Bert` or `BiLstm`.
        num_labels: int `K`.
        allowed_transitions, allowed_starts: which labels may follow which, and come first, as `Crf` takes
            them, the first for label 1.
        dropout: float, the share of every token's vector that is dropped in training.

    Call arguments:
        inputs: as of the backbone.

    Returns:
        emissions `(B, T, K)`.

    Raises:
        ValueError: as `Crf`.

    Example:
        >>> import numpy as np
        >>> from course_lib.models import BiLstm, CrfTagger
        >>> tagger = CrfTagger(BiLstm(11, hidden_dim=4), num_labels=3)
        >>> token_ids = np.array([[5, 7, 3, 0]])
        >>> inputs = {"token_ids": token_ids, "padding_mask": token_ids != 0}
        >>> emissions = tagger(inputs)
        >>> labels = tagger.decode(inputs, label_mask=np.array([[True, False, True, False]]))
        >>> tuple(emissions.shape), (np.asarray(labels) > 0).tolist()
        ((1, 4, 3), [[True, False, True, False]])

    Reference: Huang et al. (2015), https://arxiv.org/abs/1508.01991
    Taught in: notebooks/12_fine_tuning_tokens
    """

    def __init__(
        self, backbone, num_labels, allowed_transitions=None, allowed_starts=None, dropout=0.1, **kwargs
    ):
        super().__init__(backbone, **kwargs)
        self.supports_jit = False  # a scan has no gradient under XLA on TensorFlow
        self.num_labels = num_labels
        self.dropout = dropout
        self.drop = keras.layers.Dropout(dropout, dtype=self.dtype_policy)
        self.classifier = self.dense(num_labels, "classifier")
        self.crf = Crf(num_labels, allowed_transitions, allowed_starts, dtype=self.dtype_policy, name="crf")

    def build(self, inputs_shape):
        shape = self.build_backbone(inputs_shape)["sequence_output"]
        self.classifier.build(shape)
        self.crf.build((*shape[:-1], self.num_labels))

    def call(self, inputs, training=None):
        outputs = self.backbone(inputs, training=training)["sequence_output"]
        return self.classifier(self.drop(outputs, training=training))

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        """The negative log-likelihood of the labels `y` `(B, T)`, per real label."""
        if sample_weight is not None:
            raise ValueError(
                "Expected no `sample_weight`: places with label 0 are ignored already. "
                f"Received: sample_weight of shape {tuple(sample_weight.shape)}."
            )
        mask = ops.not_equal(y, 0)
        tags = ops.maximum(ops.cast(y, "int32") - 1, 0)
        losses = self.crf.negative_log_likelihood(y_pred, tags, mask)
        number = ops.sum(ops.cast(mask, "float32"))
        return sum([ops.sum(losses) / ops.maximum(number, 1.0), *self.losses])

    def decode(self, inputs, label_mask):
        """The labels of the best path, 1 … `K`, and 0 where no label belongs.

        Args:
            inputs: as of a call.
            label_mask: bool `(B, T)`, `True` where a label belongs.
        """
        label_mask = as_mask(label_mask)
        tags = self.crf(self(inputs), label_mask)
        return ops.where(label_mask, tags + 1, 0)

    def compute_output_shape(self, inputs_shape):
        return (*inputs_shape["token_ids"], self.num_labels)

    def get_config(self):
        return {
            **super().get_config(),
            "num_labels": self.num_labels,
            "allowed_transitions": self.crf.allowed_transitions,
            "allowed_starts": self.crf.allowed_starts,
            "dropout": self.dropout,
        }
