"""A Transformer that reads a picture as a sequence of patches."""

import keras
from keras import ops

from course_lib.layers.transformer_encoder import TransformerEncoder
from course_lib.layers.vision.grid_positions import GridPositions
from course_lib.layers.vision.patch_embedding import PatchEmbedding
from course_lib.layers.vision.patches import patch_grid
from course_lib.models.vision.picture_classifier import PictureClassifier

POOLINGS = ("class", "mean")


def patch_attention(attention_weights, rows, columns):
    """How much the whole sequence, or its class token, attends to each patch, on the grid of the picture.

    `map[b, r, c] = mean over heads and queries of weights[b, n, t, s]`, `s` being the patch at `(r, c)`

    A class token stands before the patches: then it is the only query, and it is left out as a key, so that a
    map may sum to less than one.

    Args:
        attention_weights: `(B, N, T, T)` of one block, with `T = rows · columns`, or one more where there is
            a class token.
        rows, columns: ints, of the grid of patches.

    Returns:
        `(B, rows, columns)`.

    Raises:
        ValueError: if `T` is neither.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import patch_attention
        >>> weights = ops.array([[[[0.5, 0.2, 0.3], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]]])
        >>> print(ops.convert_to_numpy(patch_attention(weights, rows=1, columns=2)))
        [[[0.2 0.3]]]

    Taught in: notebooks/17_beyond_text
    """
    attention_weights = ops.convert_to_tensor(attention_weights)
    length = attention_weights.shape[-1]
    if length not in (rows * columns, rows * columns + 1):
        raise ValueError(
            f"A grid of {rows} by {columns} patches gives sequences of {rows * columns}, "
            f"or one more with a class token. Received: weights of shape {tuple(attention_weights.shape)}."
        )
    has_class_token = length > rows * columns
    first = 1 if has_class_token else length
    seen = ops.mean(attention_weights[:, :, :first, int(has_class_token) :], axis=(1, 2))
    return ops.reshape(seen, (-1, rows, columns))


@keras.saving.register_keras_serializable("course_lib")
class VisionTransformer(PictureClassifier):
    """Says which class a picture is of, from its patches, read as the words of a sentence.

    `words = W patches + b (+ positions)`, row by row
    `states = encoder([class token; words])`, or `encoder(words)`: the pre-norm blocks of chapter 7, with GELU
    `logits = W states[:, 0] + b`, or of the mean of all states

    The class token has no position of its own: both are learned vectors, and one says what two would.

    Args:
        num_classes: int.
        picture_size: int, or the pair of height and width: what the positions are learned on. Pictures of
            other sizes are read with positions that are stretched to their grid.
        patch_size: int, a divisor of height and width.
        hidden_dim: int `D`.
        num_heads: int `N`, a divisor of `D`.
        intermediate_dim: int, the size inside the feed-forward networks.
        num_layers: int.
        pooling: "class", the class token, or "mean".
        has_positions: whether patches are told where they stand.
        dropout: float, the share of embeddings and of sublayers' outputs that is dropped in training.

    Call arguments:
        pictures: floats `(B, H, W, channels)`.
        return_attention_weights: if true, the weights are returned too.

    Returns:
        logits `(B, num_classes)`, or the pair of them and a list of attention weights `(B, N, T, T)`, one a
        block; `T` is the number of patches, and one more with a class token, which is the first.

    Raises:
        ValueError: if a size is not positive, the pooling is not known, or sizes do not divide.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import VisionTransformer
        >>> model = VisionTransformer(
        ...     num_classes=3, picture_size=8, patch_size=4, hidden_dim=6, num_heads=2, intermediate_dim=12,
        ...     num_layers=1,
        ... )
        >>> logits, weights = model(ops.ones((1, 8, 8, 3)), return_attention_weights=True)
        >>> tuple(logits.shape), tuple(weights[0].shape)
        ((1, 3), (1, 2, 5, 5))

    In the paper: hidden_dim = D, num_layers = L, intermediate_dim = MLP size, class token = x_class.
    Reference: Dosovitskiy et al. (2021), https://arxiv.org/abs/2010.11929
    Taught in: notebooks/17_beyond_text
    """

    def __init__(
        self,
        num_classes,
        picture_size,
        patch_size,
        hidden_dim,
        num_heads,
        intermediate_dim,
        num_layers,
        pooling="class",
        has_positions=True,
        dropout=0.0,
        **kwargs,
    ):
        super().__init__(num_classes, **kwargs)
        if pooling not in POOLINGS:
            raise ValueError(f"`pooling` must be one of {POOLINGS}. Received: pooling={pooling!r}.")
        height, width = (picture_size, picture_size) if isinstance(picture_size, int) else picture_size
        self.settings = {
            "picture_size": (height, width),
            "patch_size": patch_size,
            "hidden_dim": hidden_dim,
            "num_heads": num_heads,
            "intermediate_dim": intermediate_dim,
            "num_layers": num_layers,
            "pooling": pooling,
            "has_positions": has_positions,
            "dropout": dropout,
        }
        of_layer = {"dtype": self.dtype_policy}
        self.embedding = PatchEmbedding(patch_size, hidden_dim, name="embedding", **of_layer)
        self.positions = None
        if has_positions:
            grid = patch_grid(height, width, patch_size)
            self.positions = GridPositions(*grid, name="positions", **of_layer)
        self.encoder = TransformerEncoder(
            num_layers,
            hidden_dim,
            num_heads,
            intermediate_dim,
            dropout=dropout,
            activation="gelu",
            name="encoder",
            **of_layer,
        )
        self.classify = self.classifier()

    def build(self, pictures_shape):
        width = self.settings["hidden_dim"]
        self.embedding.build(pictures_shape)
        if self.positions is not None:
            self.positions.build((None, None, None, width))
        self.class_token = None
        if self.settings["pooling"] == "class":
            normal = keras.initializers.RandomNormal(stddev=0.02)
            self.class_token = self.add_weight(name="class_token", shape=(width,), initializer=normal)
        self.encoder.build((None, None, width))
        self.classify.build((None, width))

    def call(self, pictures, return_attention_weights=False, training=None):
        grid = self.embedding(pictures)  # (B, rows, columns, D)
        if self.positions is not None:
            grid = self.positions(grid)
        _, rows, columns, width = grid.shape
        words = ops.reshape(grid, (-1, rows * columns, width))
        if self.class_token is not None:
            token = ops.zeros_like(words[:, :1]) + ops.cast(self.class_token, words.dtype)
            words = ops.concatenate([token, words], axis=1)
        states, weights = self.encoder(words, return_attention_weights=True, training=training)
        pooled = ops.mean(states, axis=1) if self.class_token is None else states[:, 0]
        logits = self.classify(pooled)
        return (logits, weights) if return_attention_weights else logits

    def get_config(self):
        return {**super().get_config(), **self.settings}
