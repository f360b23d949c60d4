"""Tokens drawn from what a generator says."""

import keras
from keras import ops

from course_lib.layers.masks import as_mask, lowest_score


def sample_tokens(logits, seed=None, temperature=1.0, allowed=None):
    """Draws a token from each distribution, and lets no gradient through.

    `sample[b, m] = argmax_v logits[b, m, v] / temperature - log(-log u[b, m, v])`, u even in (0, 1)

    which has the probabilities of the softmax ("Gumbel-max"). What is learnt from a sample cannot teach who
    made the logits: the gradient stops before the draw.

    Args:
        logits: floats `(B, M, V)`, of any precision.
        seed: an int, for the same draw every time; a `keras.random.SeedGenerator`, for another one at each
            call; or none, for a draw by Keras's global seed.
        temperature: float above 0; small ones draw the likeliest more often than its probability.
        allowed: bool `(V,)`, `True` for tokens that may be drawn; all, if not given.

    Returns:
        int32 `(B, M)`.

    Raises:
        ValueError: if `temperature` is not positive, or `allowed` holds floats or is not of the shape `(V,)`.

    Example:
        >>> import keras
        >>> import numpy as np
        >>> from course_lib.objectives import sample_tokens
        >>> logits = np.log(np.tile([0.7, 0.2, 0.1], (1, 10_000, 1)))
        >>> samples = keras.ops.convert_to_numpy(sample_tokens(logits, seed=1))
        >>> print((np.bincount(samples[0]) / 10_000).round(1))
        [0.7 0.2 0.1]

    Reference: Clark et al. (2020), "ELECTRA", section 2, https://arxiv.org/abs/2003.10555
    Taught in: notebooks/14_electra
    """
    if temperature <= 0:
        raise ValueError(f"`temperature` must be positive. Received: temperature={temperature}.")
    logits = ops.cast(ops.stop_gradient(ops.convert_to_tensor(logits)), "float32")
    if allowed is not None:
        allowed = as_mask(allowed)
        if tuple(allowed.shape) != (logits.shape[-1],):
            raise ValueError(
                f"`allowed` must have the shape ({logits.shape[-1]},), one for each token. "
                f"Received: shape {tuple(allowed.shape)}."
            )
        logits = ops.where(allowed, logits, lowest_score("float32"))
    tiny = 1e-20  # log(0) is none
    even = keras.random.uniform(ops.shape(logits), minval=tiny, maxval=1.0, seed=seed, dtype="float32")
    noise = -ops.log(ops.maximum(-ops.log(even), tiny))
    return ops.cast(ops.argmax(logits / temperature + noise, axis=-1), "int32")
