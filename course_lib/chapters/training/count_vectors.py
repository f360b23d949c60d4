"""Word vectors from counts of neighbours alone: what a model can begin with."""

import numpy as np

WINDOW = 10
SPARE, ROUNDS = 32, 4  # of the randomised decomposition


def neighbour_counts(rows, vocabulary_size, window=WINDOW):
    """How often two tokens stand at most `window` places from each other, float32 `(V, V)`, symmetric."""
    counts = np.zeros((vocabulary_size,) * 2, "float32")
    for distance in range(1, window + 1):
        pairs = rows[:, :-distance].astype("int64") * vocabulary_size + rows[:, distance:]
        counts += np.bincount(pairs.ravel(), minlength=vocabulary_size**2).reshape(counts.shape)
    return counts + counts.T


def shifted_information(counts):
    """Positive pointwise mutual information, contexts smoothed.

    `max(0, log p(a, b) / (p(a) p'(b)))` with `p'(b) ∝ count(b)^¾`
    """
    totals = counts.sum(axis=1, dtype="float64")
    smoothed = totals**0.75
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = totals[:, None] * (smoothed / smoothed.sum())
        information = np.log(counts / expected)
    return np.maximum(np.nan_to_num(information, nan=0.0, neginf=0.0), 0).astype("float32")


def leading_directions(matrix, number, seed=0):
    """Left singular vectors `(V, number)` and singular values of the largest ones, found from random ones.

    Reference: Halko, Martinsson, Tropp (2011), https://arxiv.org/abs/0909.4061
    """
    basis = np.random.default_rng(seed).normal(size=(len(matrix), number + SPARE)).astype("float32")
    for _ in range(ROUNDS):
        basis, _ = np.linalg.qr(matrix @ (matrix.T @ basis))
    left, values, _ = np.linalg.svd(basis.T @ matrix, full_matrices=False)
    return (basis @ left)[:, :number], values[:number]


def count_vectors(rows, vocabulary_size, width, deviation, num_special=5, window=WINDOW):
    """Vectors `(V, width)` of all tokens, those that are neighbours of the same ones alike.

    `v_a ∝ row a of U √S`, of unit length, with `U S Vᵀ` the decomposition of `shifted_information`.

    Special tokens are not counted; they, and tokens that were never seen, are drawn.

    Args:
        rows: ints `(R, T)`, text.
        vocabulary_size, width: the shape.
        deviation: of all numbers of the result.
        num_special: the ids below are special.
        window: how far a neighbour may be.

    Returns:
        float32 `(V, width)`.

    Example:
        >>> first = np.array([[5, 7, 5, 7], [6, 7, 6, 7], [8, 9, 8, 9]] * 9)  # 5 and 6 stand beside 7
        >>> vectors = count_vectors(first, 10, width=2, deviation=0.1)
        >>> bool(np.linalg.norm(vectors[5] - vectors[6]) < 1e-3 < np.linalg.norm(vectors[5] - vectors[8]))
        True

    Reference: Levy, Goldberg, Dagan (2015), "Improving distributional similarity with lessons learned from
    word embeddings", https://aclanthology.org/Q15-1016

    Taught in: notebooks/10_bert_pretraining
    """
    counts = neighbour_counts(rows, vocabulary_size, window)
    counts[:num_special] = counts[:, :num_special] = 0
    left, values = leading_directions(shifted_information(counts), width)
    vectors = left * np.sqrt(values)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    drawn = np.random.default_rng(0).normal(size=vectors.shape) / np.sqrt(width)
    vectors = np.where(lengths > 1e-6, vectors / np.maximum(lengths, 1e-6), drawn)
    return (vectors / vectors.std() * deviation).astype("float32")
