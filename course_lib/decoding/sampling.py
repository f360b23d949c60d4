"""Sampling: temperature, top-k, top-p."""

import numpy as np

from course_lib.decoding.state import follow


def filter_logits(logits, temperature=1.0, top_k=None, top_p=None):
    """Sharpens a distribution and cuts its tail; what is cut gets a logit of minus infinity.

    `logits / temperature`, then the `top_k` largest, then the fewest tokens whose probability sums to at
    least `top_p` (the nucleus). The most probable token is never cut.

    Args:
        logits: float array `(B, V)`.
        temperature: float above 0; below 1 sharpens, above 1 flattens.
        top_k: int, how many tokens are kept; `None` keeps all.
        top_p: float in (0, 1], the probability that is kept; `None` keeps all.

    Returns:
        float64 array `(B, V)`.

    Raises:
        ValueError: if an argument is outside its range.

    Example:

    >>> import numpy as np
    >>> from course_lib.decoding import filter_logits
    >>> filter_logits(np.log([[0.5, 0.3, 0.2]]), top_p=0.7).round(2).tolist()
    [[-0.69, -1.2, -inf]]

    Reference: Holtzman et al. (2020), https://arxiv.org/abs/1904.09751 (top-p); Fan et al. (2018),
    https://arxiv.org/abs/1805.04833 (top-k)
    Taught in: notebooks/02_sequence_to_sequence
    """
    if temperature <= 0:
        raise ValueError(f"`temperature` must be above 0. Received: temperature={temperature}.")
    if top_k is not None and top_k < 1:
        raise ValueError(f"`top_k` must be at least 1. Received: top_k={top_k}.")
    if top_p is not None and not 0 < top_p <= 1:
        raise ValueError(f"`top_p` must be in (0, 1]. Received: top_p={top_p}.")
    logits = np.asarray(logits, dtype="float64") / temperature
    order = np.argsort(-logits, axis=-1, kind="stable")
    ranked = np.take_along_axis(logits, order, axis=-1)  # (B, V), best first
    if top_k is not None:
        ranked[:, top_k:] = -np.inf
    if top_p is not None:
        probabilities = np.exp(ranked - ranked[:, :1])
        probabilities /= probabilities.sum(axis=-1, keepdims=True)
        before = np.cumsum(probabilities, axis=-1) - probabilities
        ranked[before >= top_p] = -np.inf
    filtered = np.empty_like(ranked)
    np.put_along_axis(filtered, order, ranked, axis=-1)
    return filtered


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
):
    """Draws every token from the model's distribution, filtered.

    `y[t] ~ softmax(filter_logits(logits[t]))`

    Args:
        step, state, start_id, end_id, batch_size, max_length: as for `greedy_decode`.
        seed: int; one seed gives one set of sentences, on every backend.
        temperature, top_k, top_p: as for `filter_logits`.

    Returns:
        int32 array `(B, L)` with `L <= max_length`: no start token, the end token kept, zeros behind it.

    Raises:
        ValueError: if an argument is outside its range.

    Example:

    >>> from keras import ops
    >>> from course_lib.decoding import sample_decode
    >>> coin = lambda token_ids, state: (ops.zeros((len(token_ids), 8)), state)
    >>> drawn = sample_decode(coin, {}, start_id=2, end_id=3, batch_size=2, max_length=5, seed=0)
    >>> len(drawn), bool(((0 <= drawn) & (drawn < 8)).all())
    (2, True)

    Taught in: notebooks/02_sequence_to_sequence
    """
    generator = np.random.default_rng(seed)

    def draw(logits):
        # The Gumbel trick: the argmax of logits plus Gumbel noise is a draw from their softmax.
        return np.argmax(
            filter_logits(logits, temperature, top_k, top_p) + generator.gumbel(size=logits.shape), -1
        )

    return follow(
        draw,
        step,
        state,
        start_id=start_id,
        end_id=end_id,
        batch_size=batch_size,
        max_length=max_length,
    )
