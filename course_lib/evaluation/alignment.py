"""Word alignment read from attention weights, and how far it is from the gold links."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

Link = tuple[int, int]  # (source index, target index)
Links = Iterable[Link]


def links_from_weights(weights: np.ndarray, source_length: int, target_length: int) -> set[Link]:
    """Link each target word to the source word it attends to most: j ↦ argmaxᵢ weights[j, i].

    Args:
        weights: (T, S) attention weights, T ≥ target_length, S ≥ source_length. What lies beyond the two
            lengths, end tokens and padding, is not looked at.
        source_length: number of source words.
        target_length: number of target words.

    Returns:
        links `(source_index, target_index)`; of equal weights the first wins, a row of zeros gives no link.

    Raises:
        ValueError: if the weights are too small for the lengths or contain NaN.

    Example:
        >>> weights = np.array([[0.1, 0.7, 0.2], [0.6, 0.1, 0.3], [0.0, 0.1, 0.9]])
        >>> sorted(links_from_weights(weights, source_length=2, target_length=2))
        [(0, 1), (1, 0)]

    Taught in: notebooks/03_attention.
    """
    weights = np.asarray(weights)
    if weights.ndim != 2 or weights.shape[0] < target_length or weights.shape[1] < source_length:
        raise ValueError(
            f"`weights` must have at least {target_length} rows (target) and {source_length} columns "
            f"(source). Received: shape {weights.shape}"
        )
    if target_length < 0 or source_length < 1:
        raise ValueError(
            "Lengths must not be negative and there must be a source word. "
            f"Received: source_length={source_length}, target_length={target_length}"
        )
    words = weights[:target_length, :source_length]
    if np.isnan(words).any():
        raise ValueError("`weights` must be numbers. Received: NaN among them.")
    best = words.argmax(axis=1)
    return {(int(i), j) for j, i in enumerate(best) if words[j, i] > 0}


def one_link_per_target(gold: Iterable[Links]) -> list[set[Link]]:
    """The first gold link of every target word: the best that `links_from_weights` could ever return.

    Where two source words make one target word, one link a target word cannot be complete, so that even these
    links have an alignment error rate above zero.

    Example:
        >>> gold = [{(0, 0), (1, 0), (2, 1)}]
        >>> print(f"{alignment_error_rate(one_link_per_target(gold), gold):.2f}")
        0.20

    Taught in: notebooks/03_attention
    """
    best = []
    for links in gold:
        by_target: dict[int, int] = {}
        for i, j in sorted(links):
            by_target.setdefault(j, i)
        best.append({(i, j) for j, i in by_target.items()})
    return best


def alignment_statistics(
    predicted: Iterable[Links], gold: Iterable[Links], possible: Iterable[Links] | None = None
) -> np.ndarray:
    """What each sentence contributes to the alignment error rate.

    Args:
        predicted, gold, possible: as for `alignment_error_rate`.

    Returns:
        integers (N, 4), one row a sentence: |A ∩ S|, |A ∩ P|, |A|, |S|. `error_rate_from_statistics` of their
        sum is the alignment error rate.

    Raises:
        ValueError: if the sentences do not correspond, or a sure link is not possible.

    Example:
        >>> alignment_statistics([{(0, 0), (1, 1)}], [{(0, 0)}], [{(0, 0), (1, 1), (2, 1)}])
        array([[1, 2, 2, 1]])
    """
    # Read once, each of them: it may be a generator of sets, or of generators of links.
    predicted, gold = ([_as_links(links) for links in sentences] for sentences in (predicted, gold))
    possible = gold if possible is None else [_as_links(links) for links in possible]
    if not len(predicted) == len(gold) == len(possible):
        raise ValueError(
            "There must be as many sentences of predicted, gold and possible links. "
            f"Received: {len(predicted)}, {len(gold)} and {len(possible)}."
        )
    rows = []
    for index, sentence in enumerate(zip(predicted, gold, possible, strict=True)):
        found, sure, allowed = sentence
        if not sure <= allowed:
            raise ValueError(
                f"`possible` must contain every gold link. Received: without {sorted(sure - allowed)} "
                f"in sentence {index}."
            )
        rows.append((len(found & sure), len(found & allowed), len(found), len(sure)))
    return np.array(rows, dtype=np.int64).reshape(-1, 4)


def _as_links(links: Links) -> set[Link]:
    links = set(links)
    if not all(isinstance(link, tuple) and len(link) == 2 for link in links):
        raise ValueError(
            "Links must be a set of pairs (source index, target index) for each sentence. "
            f"Received: {links!r:.80}"
        )
    return links


def error_rate_from_statistics(sums: np.ndarray) -> np.ndarray:
    """Alignment error rate of many corpora at once, each given by its summed `alignment_statistics`.

    Args:
        sums: (…, 4).

    Returns:
        error rates (…), from 0 to 1; NaN where there is no link at all.

    Example:
        >>> print(error_rate_from_statistics([1, 2, 2, 1]))
        0.0
    """
    sums = np.asarray(sums, dtype=np.float64)
    links = sums[..., 2] + sums[..., 3]
    return 1 - (sums[..., 0] + sums[..., 1]) / np.where(links > 0, links, np.nan)


def alignment_error_rate(
    predicted: Iterable[Links], gold: Iterable[Links], possible: Iterable[Links] | None = None
) -> float:
    """Alignment error rate of a corpus: AER = 1 - (|A ∩ S| + |A ∩ P|) / (|A| + |S|).

    A are the predicted links, S the sure and P ⊇ S the possible gold links, counted over all sentences. With
    S = P it is one minus the F₁ score of the links.

    Args:
        predicted: for each sentence the predicted links `(source_index, target_index)`.
        gold: for each sentence the sure gold links.
        possible: for each sentence the links that are not wrong; the sure links where not given.

    Returns:
        from 0 (perfect) to 1.

    Raises:
        ValueError: if the sentences do not correspond, a sure link is not possible, or there is no link.

    Example:
        >>> print(f"{alignment_error_rate([{(0, 0), (1, 1)}], [{(0, 0), (1, 2), (2, 1)}]):.2f}")
        0.60

        Reference: Och and Ney, "A systematic comparison of various statistical alignment models",

    Computational Linguistics 29(1), 2003.

    Taught in: notebooks/03_attention.

    Taught in: notebooks/03_attention
    """
    _, _, num_predicted, num_sure = sums = alignment_statistics(predicted, gold, possible).sum(axis=0)
    if not num_predicted + num_sure:
        raise ValueError("There must be at least one predicted or gold link. Received: none.")
    return float(error_rate_from_statistics(sums))


def alignment_precision(
    predicted: Iterable[Links], gold: Iterable[Links], possible: Iterable[Links] | None = None
) -> float:
    """The share of predicted links that are possible: |A ∩ P| / |A|, over a corpus.

    Args:
        predicted, gold, possible: as for `alignment_error_rate`.

    Returns:
        from 0 to 1.

    Raises:
        ValueError: if the sentences do not correspond, a sure link is not possible, or nothing is predicted.

    Example:
        >>> alignment_precision([{(0, 0), (1, 1)}], [{(0, 0), (1, 2), (2, 1)}])
        0.5
    """
    _, hits, num_predicted, _ = alignment_statistics(predicted, gold, possible).sum(axis=0)
    if not num_predicted:
        raise ValueError("`predicted` must hold at least one link. Received: none.")
    return float(hits / num_predicted)


def alignment_recall(predicted: Iterable[Links], gold: Iterable[Links]) -> float:
    """The share of sure gold links that are predicted: |A ∩ S| / |S|, over a corpus.

    Args:
        predicted, gold: as for `alignment_error_rate`.

    Returns:
        from 0 to 1.

    Raises:
        ValueError: if the sentences do not correspond, or there is no gold link.

    Example:
        >>> alignment_recall([{(0, 0), (1, 1)}], [{(0, 0), (1, 2), (2, 1), (3, 3)}])
        0.25
    """
    hits, _, _, num_sure = alignment_statistics(predicted, gold).sum(axis=0)
    if not num_sure:
        raise ValueError("`gold` must hold at least one link. Received: none.")
    return float(hits / num_sure)
