"""What the blocks of encoder and decoder have in common."""

import keras

from course_lib.layers.attention.multi_head_attention import MultiHeadAttention
from course_lib.layers.feed_forward import FeedForward
from course_lib.layers.initializers import initializer_config
from course_lib.layers.residual import Residual

NETWORK_SETTINGS = ("intermediate_dim", "activation", "feed_forward_dropout", "kernel_initializer")


class TransformerBlock(keras.layers.Layer):
    """Settings of a block, its feed-forward network, and what it takes to put an attention before that.

    Args:
        hidden_dim: int `D`, the width of the block.
        num_heads: int `N`, a divisor of `D`; every head is `D / N` wide.
        intermediate_dim: int, the size inside the feed-forward network.
        dropout: float, the share of every sublayer's outputs that is dropped in training.
        attention_dropout: float, the same for attention weights.
        feed_forward_dropout: float, the same for activations inside the network.
        activation: name of the network's activation.
        norm_place: "pre" or "post", see `Residual`.
        epsilon: float, of every normalisation.
        kernel_initializer: what every kernel is drawn by.
        positions: a position scheme for the self-attention, or `None`.
        shared: dict of sublayers of another block, by name, that this block has instead of its own; they are
            the other's to save.

    Raises:
        ValueError: if a setting is not known, or `hidden_dim` is not divisible by `num_heads`.
    """

    def __init__(
        self,
        hidden_dim,
        num_heads,
        intermediate_dim,
        dropout=0.0,
        attention_dropout=0.0,
        feed_forward_dropout=0.0,
        activation="relu",
        norm_place="pre",
        epsilon=1e-5,
        kernel_initializer="glorot_uniform",
        positions=None,
        shared=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        if hidden_dim < 1 or num_heads < 1 or hidden_dim % num_heads:
            raise ValueError(
                "`hidden_dim` must be divisible by `num_heads`. "
                f"Received: hidden_dim={hidden_dim}, num_heads={num_heads}."
            )
        self.supports_masking = True
        self.settings = {
            "hidden_dim": hidden_dim,
            "num_heads": num_heads,
            "intermediate_dim": intermediate_dim,
            "dropout": dropout,
            "attention_dropout": attention_dropout,
            "feed_forward_dropout": feed_forward_dropout,
            "activation": activation,
            "norm_place": norm_place,
            "epsilon": epsilon,
            "kernel_initializer": initializer_config(kernel_initializer),
        }
        self.positions = positions
        self.feed_forward = (shared or {}).get("feed_forward")
        if self.feed_forward is None:
            self.feed_forward = self.network_residual("feed_forward")

    def network_residual(self, name):
        """The feed-forward network, in a residual connection."""
        network = FeedForward(
            *(self.settings[key] for key in NETWORK_SETTINGS), dtype=self.dtype_policy, name="network"
        )
        return self.residual(network, name)

    def residual(self, layer, name):
        """A residual connection around a sublayer."""
        place, dropout, epsilon = (self.settings[key] for key in ("norm_place", "dropout", "epsilon"))
        return Residual(layer, place, dropout, epsilon, dtype=self.dtype_policy, name=name)

    def attention_residual(self, name, positions=None):
        """An attention as wide as the block, in a residual connection."""
        attention = MultiHeadAttention(
            self.settings["num_heads"],
            self.settings["hidden_dim"] // self.settings["num_heads"],
            dropout=self.settings["attention_dropout"],
            positions=positions,
            kernel_initializer=self.settings["kernel_initializer"],
            dtype=self.dtype_policy,
            name="attention",
        )
        return self.residual(attention, name)

    def compute_mask(self, inputs, previous_mask):
        return None  # masks travel as arguments only

    def get_config(self):
        positions = self.positions and keras.saving.serialize_keras_object(self.positions)
        return {**super().get_config(), **self.settings, "positions": positions}

    @classmethod
    def from_config(cls, config):
        positions = config["positions"] and keras.saving.deserialize_keras_object(config["positions"])
        return cls(**{**config, "positions": positions})
