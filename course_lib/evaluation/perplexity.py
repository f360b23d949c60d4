"""Perplexity and bits per token from a total negative log-likelihood."""

from __future__ import annotations

import math


def _nats_per_token(total_nats: float, num_tokens: int) -> float:
    if not num_tokens > 0:
        raise ValueError(f"`num_tokens` must be positive. Received: num_tokens={num_tokens}")
    if not total_nats >= 0:
        raise ValueError(f"`total_nats` must not be negative. Received: total_nats={total_nats}")
    return float(total_nats) / float(num_tokens)


def perplexity(total_nats: float, num_tokens: int) -> float:
    """Perplexity of a corpus: e^(-Σ log p / number of tokens).

    The total is divided once: a mean of the perplexities of batches, or of the mean losses of batches of
    different size, is another number.

    Args:
        total_nats: -Σ log p over all tokens, natural logarithm, padding left out.
        num_tokens: the number of tokens summed over.

    Returns:
        from 1 (every token certain) to infinity.

    Raises:
        ValueError: if there is no token, or the total is negative or not a number.

    Example:
        >>> print(f"{perplexity(3 * math.log(8), 3):.6f}")
        8.000000

    Taught in: notebooks/01_language_models.

    Taught in: notebooks/01_language_models
    """
    try:
        return math.exp(_nats_per_token(total_nats, num_tokens))
    except OverflowError:
        return math.inf


def bits_per_token(total_nats: float, num_tokens: int) -> float:
    """Cross-entropy in bits: -Σ log₂ p / number of tokens, the base-2 logarithm of the perplexity.

    Args:
        total_nats: -Σ log p over all tokens, natural logarithm, padding left out.
        num_tokens: the number of tokens summed over.

    Returns:
        bits per token.

    Raises:
        ValueError: if there is no token, or the total is negative or not a number.

    Example:
        >>> print(f"{bits_per_token(3 * math.log(8), 3):.6f}")
        3.000000

    Taught in: notebooks/09_word_pieces.
    """
    return _nats_per_token(total_nats, num_tokens) / math.log(2)
