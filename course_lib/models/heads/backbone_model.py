"""What all models have in common that ask something of a pre-trained reader."""

import keras

from course_lib.layers.feed_forward import find_activation
from course_lib.layers.initializers import fresh_initializer
from course_lib.models.bert.bert_reader import INITIALIZER


class BackboneModel(keras.Model):
    """A reader of tokens, and layers of one's own on what it says.

    Args:
        backbone: a model from a dict of "token_ids" and "padding_mask" `(B, T)` to a dict of
            "sequence_output" `(B, T, D)`, such as `Bert`.

    The precision is the backbone's unless another is given.
    """

    def __init__(self, backbone, **kwargs):
        kwargs.setdefault("dtype", backbone.dtype_policy)
        super().__init__(**kwargs)
        self.backbone = backbone

    def dense(self, units, name, activation=None, use_bias=True):
        """A dense layer drawn as BERT's are."""
        return keras.layers.Dense(
            units,
            activation=find_activation(activation),
            use_bias=use_bias,
            kernel_initializer=fresh_initializer(INITIALIZER),
            dtype=self.dtype_policy,
            name=name,
        )

    def build_backbone(self, inputs_shape):
        """Builds the backbone, where it is not yet; returns the shapes of its outputs."""
        if not self.backbone.built:
            self.backbone.build(inputs_shape)
        return self.backbone.compute_output_shape(inputs_shape)

    def get_config(self):
        return {**super().get_config(), "backbone": keras.saving.serialize_keras_object(self.backbone)}

    @classmethod
    def from_config(cls, config):
        return cls(**{**config, "backbone": keras.saving.deserialize_keras_object(config["backbone"])})
