"""Sampling: temperature, top-k, top-p."""

import numpy as np
from keras import ops

from course_lib.decoding.search import check_search, follow, gives_arrays, python_loop


def filter_logits(logits, temperature=1.0, top_k=None, top_p=None):
    """Sharpens a distribution and cuts its tail; what is cut gets a logit of minus infinity.

    `logits / temperature`, then the `top_k` largest, then the fewest tokens whose probability sums to at
    least `top_p` (the nucleus). The most probable token is never cut; of equal tokens all are kept or none.

    Args:
        logits: float tensor `(B, V)`, of any precision.
        temperature: float above 0, finite; below 1 sharpens, above 1 flattens.
        top_k: int, how many tokens are kept; `None` keeps all.
        top_p: float in (0, 1], the probability that is kept; `None` keeps all.

    Returns:
        float32 tensor `(B, V)`: sums of many small probabilities need its digits.

    Raises:
        ValueError: if an argument is outside its range.

    Example:
        >>> import numpy as np
        >>> from keras import ops
        >>> from course_lib.decoding import filter_logits
        >>> kept = filter_logits(np.log([[0.5, 0.3, 0.2]]), top_p=0.7)
        >>> ops.convert_to_numpy(kept).round(2)
        array([[-0.69, -1.2 ,  -inf]], dtype=float32)

    Reference: Holtzman et al. (2020), https://arxiv.org/abs/1904.09751 (top-p); Fan et al. (2018),
    https://arxiv.org/abs/1805.04833 (top-k)
    Taught in: notebooks/02_sequence_to_sequence
    """
    check_filters(temperature, top_k, top_p)
    logits = ops.cast(ops.convert_to_tensor(logits), "float32") / temperature
    if top_k is not None:
        best, _ = ops.top_k(logits, min(top_k, logits.shape[-1]))
        logits = ops.where(logits >= best[:, -1:], logits, -np.inf)
    if top_p is not None:
        ranked = ops.flip(ops.sort(logits, axis=-1), axis=-1)  # (B, V), best first
        probabilities = ops.softmax(ranked, axis=-1)
        before = ops.cumsum(probabilities, axis=-1) - probabilities
        # The best has nothing before it and stays whatever rounding does.
        nucleus = ops.where(before < top_p, ranked, ranked[:, :1])
        logits = ops.where(logits >= ops.min(nucleus, axis=-1, keepdims=True), logits, -np.inf)
    return logits


def check_filters(temperature, top_k, top_p):
    """Refuses what `filter_logits` cannot work with."""
    if not 0 < temperature < np.inf:
        raise ValueError(f"`temperature` must be above 0 and finite. Received: temperature={temperature}.")
    if top_k is not None and (not isinstance(top_k, int | np.integer) or top_k < 1):
        raise ValueError(f"`top_k` must be an integer of at least 1. Received: top_k={top_k}.")
    if top_p is not None and not 0 < top_p <= 1:
        raise ValueError(f"`top_p` must be in (0, 1]. Received: top_p={top_p}.")


def uniform_draws(seed, batch_size, max_length):
    """One random number in [0, 1) for each token, float32 `(B, max_length)`."""
    return np.random.default_rng(seed).random((batch_size, max_length), dtype="float32")


def as_draws(seed, batch_size, max_length):
    """The random numbers that a seed stands for, or those that stand in its place."""
    if isinstance(seed, int | np.integer):
        return uniform_draws(seed, batch_size, max_length)
    shape = tuple(getattr(seed, "shape", ()))
    is_known = len(shape) == 2 and isinstance(shape[0], int) and isinstance(batch_size, int | np.integer)
    if len(shape) != 2 or shape[1] != max_length or (is_known and shape[0] != batch_size):
        raise ValueError(
            f"`seed` must be an integer, or random numbers of shape (B, {max_length}), for B sentences. "
            f"Received: seed={seed!r:.80} of shape {shape}, for {batch_size} sentences."
        )
    return seed


def check_seed(seed, search):
    """Refuses a seed for a search that does not sample, and none for one that does."""
    if (seed is not None) != (search is sample_decode):
        raise ValueError(
            "A search needs a seed if it samples, and has no use for one if not. "
            f"Received: seed={seed!r:.80}, search={search.__name__}."
        )


@gives_arrays
def sample_decode(
    step,
    state,
    *,
    start_id,
    end_id,
    batch_size,
    max_length,
    seed,
    temperature=1.0,
    top_k=None,
    top_p=None,
    while_loop=python_loop,
):
    """Draws every token from the model's distribution, filtered.

    `y[t] ~ softmax(filter_logits(logits[t]))`: the first token up to which the probabilities sum to more
    than a random number between 0 and 1.

    Args:
        step, state, start_id, end_id, batch_size, max_length, while_loop: as for `greedy_decode`.
        seed: int; one seed gives one set of sentences, on every backend. Or the random numbers themselves,
            `(B, max_length)`, in [0, 1).
        temperature, top_k, top_p: as for `filter_logits`.

    Returns:
        int32 array `(B, L)` with `L <= max_length`: no start token, the end token kept, zeros behind it.

    Raises:
        ValueError: if an argument is outside its range, the start or the end is no token of the vocabulary,
            or a step gives NaN.

    Example:
        >>> from keras import ops
        >>> from course_lib.decoding import sample_decode
        >>> coin = lambda token_ids, state: (ops.zeros((len(token_ids), 8)), state)
        >>> drawn = sample_decode(coin, {}, start_id=2, end_id=3, batch_size=2, max_length=5, seed=0)
        >>> len(drawn), bool(((0 <= drawn) & (drawn < 8)).all())
        (2, True)

    Taught in: notebooks/02_sequence_to_sequence
    """
    check_search(batch_size=batch_size, max_length=max_length)
    check_filters(temperature, top_k, top_p)
    draws = ops.convert_to_tensor(as_draws(seed, batch_size, max_length))

    def draw(logits, position):
        probabilities = ops.softmax(filter_logits(logits, temperature, top_k, top_p), axis=-1)
        reached = ops.cumsum(probabilities, axis=-1)
        aim = ops.take(draws, position, axis=1)[:, None] * reached[:, -1:]  # rounding: not quite 1
        return ops.argmax(reached > aim, axis=-1)

    return follow(
        draw,
        step,
        state,
        start_id=start_id,
        end_id=end_id,
        batch_size=batch_size,
        max_length=max_length,
        while_loop=while_loop,
    )
