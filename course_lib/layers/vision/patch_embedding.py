"""Patches of a picture as words."""

import keras
from keras import ops

from course_lib.layers.vision.patches import patch_grid, split_patches


@keras.saving.register_keras_serializable("course_lib")
class PatchEmbedding(keras.layers.Layer):
    """Gives every patch of a picture a vector, by one matrix for all.

    `outputs[b, r, c] = W patches[b, r C + c] + b`, with the patches of `split_patches`

    Args:
        patch_size: int `P`, the side of a patch in pixels.
        hidden_dim: int `D`.

    Call arguments:
        pictures: floats `(B, H, W, channels)`, `H` and `W` multiples of `P`.

    Returns:
        `(B, H/P, W/P, D)`: a grid; row by row, its places are the words of a sequence.

    Raises:
        ValueError: if a size is not positive, or a patch does not go evenly into a picture.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import PatchEmbedding
        >>> tuple(PatchEmbedding(patch_size=2, hidden_dim=5)(ops.ones((1, 4, 6, 3))).shape)
        (1, 2, 3, 5)

    In the paper: patch_size = P, hidden_dim = D, W = E.
    Reference: Dosovitskiy et al. (2021), equation 1, https://arxiv.org/abs/2010.11929
    Taught in: notebooks/17_beyond_text
    """

    def __init__(self, patch_size, hidden_dim, **kwargs):
        super().__init__(**kwargs)
        for name, size in (("patch_size", patch_size), ("hidden_dim", hidden_dim)):
            if size < 1:
                raise ValueError(f"`{name}` must be positive. Received: {name}={size}.")
        self.patch_size = patch_size
        self.hidden_dim = hidden_dim
        self.project = keras.layers.Dense(hidden_dim, dtype=self.dtype_policy, name="project")

    def build(self, pictures_shape):
        self.project.build((None, None, self.patch_size**2 * pictures_shape[-1]))

    def call(self, pictures):
        rows, columns = patch_grid(pictures.shape[1], pictures.shape[2], self.patch_size)
        words = self.project(split_patches(pictures, self.patch_size))
        return ops.reshape(words, (-1, rows, columns, self.hidden_dim))

    def compute_output_shape(self, pictures_shape):
        batch, height, width, _ = pictures_shape
        return (batch, *patch_grid(height, width, self.patch_size), self.hidden_dim)

    def get_config(self):
        return {**super().get_config(), "patch_size": self.patch_size, "hidden_dim": self.hidden_dim}
