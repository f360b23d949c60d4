"""The control that every reader of sentences has to beat: a bag of words."""

import math
from collections import Counter
from collections.abc import Callable, Sequence


def naive_bayes(texts: Sequence[str], labels: Sequence[int]) -> Callable[[str], int]:
    """Learns which words speak for class 1, each by itself, and says a class by all of them together.

    score(text) = log n₁/n₀ + Σ_word log p(word | 1) / p(word | 0),  each word of a text once, one added to
    every count. A word that was never seen speaks for neither.

    Args:
        texts: words between spaces.
        labels: 0 and 1, both there.

    Returns:
        a function from a text to its class.

    Raises:
        ValueError: if one of the classes is missing.

    Example:
        >>> classify = naive_bayes(["good fun", "good cast", "bad cast", "dull"], [1, 1, 0, 0])
        >>> classify("a good one"), classify("bad fun , dull cast")
        (1, 0)

    Taught in: notebooks/11_fine_tuning_sentences
    """
    counts = [Counter(), Counter()]
    for text, label in zip(texts, labels, strict=True):
        counts[label].update(set(text.split()))
    sizes = [sum(1 for label in labels if label == side) for side in (0, 1)]
    if not all(sizes):
        raise ValueError(f"`labels` must hold both classes. Received: {sizes[0]} of 0, {sizes[1]} of 1.")
    known = set(counts[0]) | set(counts[1])
    totals = [sum(count.values()) + len(known) for count in counts]
    weights = {
        word: math.log((counts[1][word] + 1) / totals[1]) - math.log((counts[0][word] + 1) / totals[0])
        for word in known
    }
    prior = math.log(sizes[1] / sizes[0])
    return lambda text: int(prior + sum(weights.get(word, 0.0) for word in set(text.split())) > 0)
