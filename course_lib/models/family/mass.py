"""MASS."""

import keras

from course_lib.models.transformer import Transformer


@keras.saving.register_keras_serializable("course_lib")
class Mass(Transformer):
    """The Transformer with one vocabulary and one table, pre-trained to write what was cut out of its source.

    `p(segment | rest) = prod_t p(x[t] | x[u … t - 1], source without x[u … v])`, for `u <= t <= v`

    The encoder reads a sentence with one segment masked; the decoder reads that segment shifted right, at its
    own positions, and masks elsewhere. What one of them knows the other does not: the decoder has to look at
    the encoder, and the encoder has to say what is needed. A segment of one word is BERT's question, all of
    the sentence is GPT's. To translate nothing is changed: the source is read whole. Which language is to be
    written, the first token can say.

    Args:
        vocabulary_size: int `V`, of all languages together; id 0 is padding.
        hidden_dim: int `D`, the width of every vector.
        num_heads: int `N`, a divisor of `D`.
        intermediate_dim: int, the size inside the feed-forward networks.
        num_layers: int, how many blocks the encoder has, and how many the decoder.
        max_sequence_length: int, how many positions there are.
        norm_place: "pre" or "post", see `Residual`.
        positions: "sinusoidal" or "learned": the segment has its places in the sentence.
        dropout: float, the share of embeddings and of sublayers' outputs that is dropped in training.
        attention_dropout: float, the same for attention weights.
        feed_forward_dropout: float, the same for activations inside the feed-forward networks.

    Call arguments, returns: as `Transformer`. In pre-training "source_token_ids" and "target_token_ids" are
    equally long, and the logits at a position are of the word that stood there.

    Raises:
        ValueError: if `positions` is neither, or as `Transformer`.

    Example: "b c" cut out of "a b c d", with 4 for the mask

    >>> from keras import ops
    >>> from course_lib.models import Mass
    >>> mass = Mass(13, hidden_dim=8, num_heads=2, intermediate_dim=16, num_layers=1)
    >>> source, target = ops.array([[5, 4, 4, 8]]), ops.array([[4, 4, 6, 4]])
    >>> logits = mass({"source_token_ids": source, "source_padding_mask": source != 0,
    ...                "target_token_ids": target})
    >>> tuple(logits[:, 1:3].shape)  # of b and of c
    (1, 2, 13)

    In the paper: u, v are the ends of the segment, k = v - u + 1.
    Reference: Song et al. (2019), https://arxiv.org/abs/1905.02450
    Taught in: notebooks/16_masks_as_tasks
    """

    def __init__(
        self,
        vocabulary_size,
        hidden_dim,
        num_heads,
        intermediate_dim,
        num_layers,
        max_sequence_length=256,
        norm_place="pre",
        positions="learned",
        dropout=0.0,
        attention_dropout=0.0,
        feed_forward_dropout=0.0,
        **kwargs,
    ):
        if positions not in ("sinusoidal", "learned"):
            raise ValueError(
                f"`positions` must be 'sinusoidal' or 'learned'. Received: positions={positions!r}."
            )
        super().__init__(
            vocabulary_size,
            vocabulary_size,
            hidden_dim,
            num_heads,
            intermediate_dim,
            num_layers,
            max_sequence_length,
            tied_embeddings="all",
            norm_place=norm_place,
            positions=positions,
            dropout=dropout,
            attention_dropout=attention_dropout,
            feed_forward_dropout=feed_forward_dropout,
            **kwargs,
        )

    def get_config(self):
        config = super().get_config()
        fixed = ("target_vocabulary_size", "tied_embeddings", "position_place")
        config = {name: value for name, value in config.items() if name not in fixed}
        return {"vocabulary_size": config.pop("source_vocabulary_size"), **config}
