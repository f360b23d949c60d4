"""Length buckets: batches of similar lengths in an order that depends on a seed and the epoch alone."""

import numpy as np

LENGTH_MULTIPLE = 4
BATCHES_PER_CHUNK = 50


def round_up(length, multiple=LENGTH_MULTIPLE):
    """Smallest multiple of `multiple` that is at least `length`.

    Example:
        >>> [round_up(length) for length in (1, 4, 5)]
        [4, 4, 8]
    """
    return -(-length // multiple) * multiple


def bucketed_order(lengths, batch_size, shuffle_seed=None, epoch=0):
    """Which sentences form each batch, so that a batch holds sentences of similar length.

    With a seed: sentences are shuffled, cut into chunks of `BATCHES_PER_CHUNK` batches, sorted by length
    within a chunk and cut into batches; then the batches are shuffled. Chunks keep the partners of a sentence
    changing from epoch to epoch. Without a seed: sorted once by length, shortest first. Sentences whose
    lengths round up to the same multiples keep their shuffled order, so ties are not broken by position in
    the corpus.

    Args:
        lengths: (N, K) integers, the lengths of the K sequences of each example; the first counts most.
        batch_size: sentences in a batch; one batch may be smaller.
        shuffle_seed: non-negative integer, or None for the fixed order.
        epoch: non-negative integer; has no effect without a seed.

    Returns:
        list of ceil(N / batch_size) integer arrays; together they hold each of 0 … N - 1 once.

    Example:
        >>> [list(map(int, batch)) for batch in bucketed_order([[9], [2], [30], [3]], batch_size=2)]
        [[1, 3], [0, 2]]
    """
    rounded = round_up(np.asarray(lengths, dtype=np.int64))
    if shuffle_seed is None:
        generator = None
        order = np.arange(len(rounded))
        chunk_size = len(rounded)
    else:
        generator = np.random.default_rng([shuffle_seed, epoch])
        order = generator.permutation(len(rounded))
        chunk_size = BATCHES_PER_CHUNK * batch_size
    batches = []
    for start in range(0, len(order), chunk_size):
        chunk = order[start : start + chunk_size]
        # lexsort takes the most important key last and keeps the order of ties.
        chunk = chunk[np.lexsort(rounded[chunk].T[::-1])]
        batches += [chunk[first : first + batch_size] for first in range(0, len(chunk), batch_size)]
    if generator is not None:
        batches = [batches[position] for position in generator.permutation(len(batches))]
    return batches


def budgeted_order(lengths, max_tokens, shuffle_seed=None, epoch=0):
    """Which sentences form each batch, so that every batch has about the same number of positions.

    Sentences are sorted by length, those of equal rounded lengths in an order that the seed and the epoch
    decide, and cut into batches of at most `max_tokens` positions: many short sentences or few long ones.
    The cuts depend on the lengths alone, so that all epochs have the same number of batches, of the same
    shapes. With a seed the batches are shuffled, too.

    Args:
        lengths: (N, K) integers, the lengths of the K sequences of each example; the first counts most.
        max_tokens: most positions in a batch, padding counted, the K sequences together.
        shuffle_seed: non-negative integer, or None for the fixed order.
        epoch: non-negative integer; has no effect without a seed.

    Returns:
        list of integer arrays; together they hold each of 0 … N - 1 once.

    Raises:
        ValueError: an example alone has more than `max_tokens` positions.

    Example:
        >>> [list(map(int, batch)) for batch in budgeted_order([[3], [2], [9], [4]], max_tokens=12)]
        [[0, 1, 3], [2]]

    Reference: Vaswani et al. (2017), section 5.1, batch by length and count tokens.
    """
    rounded = round_up(np.asarray(lengths, dtype=np.int64))
    sizes = rounded.sum(axis=1)
    if sizes.max() > max_tokens:
        raise ValueError(
            f"`max_tokens` must be at least {sizes.max()}, for so many positions has the longest example. "
            f"Received: max_tokens={max_tokens}."
        )
    order = np.arange(len(rounded))
    if shuffle_seed is not None:
        generator = np.random.default_rng([shuffle_seed, epoch])
        order = generator.permutation(order)
    order = order[np.lexsort(rounded[order].T[::-1])]
    first, widths, batches = 0, rounded[order[0]], []
    for position, index in enumerate(order):
        widened = np.maximum(widths, rounded[index])
        if (position - first + 1) * widened.sum() > max_tokens:
            batches.append(order[first:position])
            first, widened = position, rounded[index]
        widths = widened
    batches.append(order[first:])
    if shuffle_seed is not None:
        batches = [batches[position] for position in generator.permutation(len(batches))]
    return batches


def pad_rows(rows, width):
    """Rows of different lengths as one array, filled with zeros on the right.

    Args:
        rows: list of B integer sequences, none longer than `width`.
        width: number of columns W.

    Returns:
        (B, W) int32.

    Example:
        >>> pad_rows([[5, 6], [7]], width=4)
        array([[5, 6, 0, 0],
               [7, 0, 0, 0]], dtype=int32)
    """
    padded = np.zeros((len(rows), width), dtype=np.int32)
    for position, row in enumerate(rows):
        padded[position, : len(row)] = row
    return padded
