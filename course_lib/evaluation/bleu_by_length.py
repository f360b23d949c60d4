"""BLEU by source length: where a fixed-size summary of the source sentence runs out of room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from course_lib.evaluation.bleu import check_sentences, corpus_bleu


class LengthBucket(NamedTuple):
    """Sentences of `low` ≤ source length < `high`: how many, and their corpus BLEU (NaN if none)."""

    low: float
    high: float
    count: int
    bleu: float


def bleu_by_length(
    hypotheses: Iterable[str],
    references: Iterable[str],
    source_lengths: Iterable[int],
    edges: Iterable[float],
    *,
    lowercase: bool = True,
    tokenize: str = "13a",
) -> list[LengthBucket]:
    """Corpus BLEU within ranges of source length.

    Args:
        hypotheses, references, lowercase, tokenize: as for `corpus_bleu`.
        source_lengths: the length of each source sentence.
        edges: increasing; bucket k holds edge k ≤ length < edge k + 1. `math.inf` may be the last.

    Returns:
        one bucket fewer than there are edges; an empty bucket has BLEU NaN.

    Raises:
        ValueError: if counts differ, edges do not increase, or a length lies outside them.

    Example:
        >>> hypotheses = ["a b c d", "e f g h i", "a b x d e f"]
        >>> references = ["a b c d", "e f g h i", "a b c d e f"]
        >>> for bucket in bleu_by_length(hypotheses, references, [4, 5, 6], edges=[4, 6, 8]):
        ...     print(bucket.low, bucket.high, bucket.count, round(bucket.bleu, 2))
        4 6 2 100.0
        6 8 1 37.99

        Reference: Bahdanau, Cho and Bengio, "Neural machine translation by jointly learning to align and

    translate", ICLR 2015, figure 2.

    Taught in: notebooks/02_sequence_to_sequence, notebooks/03_attention.

    Taught in: notebooks/02_sequence_to_sequence
    """
    hypotheses, references = check_sentences(hypotheses=hypotheses, references=references)
    lengths, edges = np.asarray(list(source_lengths)), list(edges)
    if lengths.shape != (len(hypotheses),):
        raise ValueError(
            f"`source_lengths` must hold one number a sentence. Received: shape {lengths.shape} "
            f"for {len(hypotheses)} sentences."
        )
    if len(edges) < 2 or not np.all(np.diff(np.asarray(edges, dtype=np.float64)) > 0):
        raise ValueError(f"`edges` must be two or more increasing numbers. Received: edges={edges}")
    if lengths.min() < edges[0] or lengths.max() >= edges[-1]:
        raise ValueError(
            f"`edges` must enclose every source length. Received: edges={edges}, "
            f"lengths from {lengths.min()} to {lengths.max()}."
        )
    buckets = []
    for low, high in zip(edges[:-1], edges[1:], strict=True):
        inside = np.flatnonzero((lengths >= low) & (lengths < high))
        bleu = float("nan")
        if inside.size:
            bleu = corpus_bleu(
                [hypotheses[i] for i in inside],
                [references[i] for i in inside],
                lowercase=lowercase,
                tokenize=tokenize,
            )
        buckets.append(LengthBucket(low, high, int(inside.size), bleu))
    return buckets
