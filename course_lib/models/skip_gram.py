"""Skip-gram with negative sampling: one static vector a word, learned from the words around it."""

from collections.abc import Sequence

import keras
import numpy as np
from keras import ops

from course_lib.models.token_ids import embed_tokens


def skip_gram_pairs(sentences: Sequence[Sequence[int]], window: int) -> tuple[np.ndarray, np.ndarray]:
    """Every (centre, neighbour) pair of tokens at most `window` apart in one sentence.

    Args:
        sentences: lists of token ids.
        window: the largest distance.

    Returns:
        `(centers, contexts)`, two int32 arrays of equal length.

    Example:
        >>> centers, contexts = skip_gram_pairs([[5, 6, 7], [8]], window=1)
        >>> sorted(zip(centers.tolist(), contexts.tolist()))
        [(5, 6), (6, 5), (6, 7), (7, 6)]

    Taught in: notebooks/01_language_models
    """
    tokens = np.concatenate([np.asarray(sentence, "int32") for sentence in sentences])
    sentence_of = np.repeat(np.arange(len(sentences)), [len(sentence) for sentence in sentences])
    centers, contexts = [tokens[:0]], [tokens[:0]]
    for distance in range(1, window + 1):
        together = sentence_of[:-distance] == sentence_of[distance:]
        left, right = tokens[:-distance][together], tokens[distance:][together]
        centers += [left, right]
        contexts += [right, left]
    return np.concatenate(centers), np.concatenate(contexts)


def noise_distribution(token_ids: np.ndarray, vocabulary_size: int, power: float = 0.75) -> np.ndarray:
    """What negatives are drawn from: `p(w) ∝ c(w)^power`, `(V,)` float64.

    Raises:
        ValueError: if an id is outside the vocabulary.

    Example:
        >>> noise_distribution(np.array([0, 1, 1, 1, 1]), vocabulary_size=3, power=0.5)
        array([0.33333333, 0.66666667, 0.        ])

    Reference: Mikolov et al. 2013 (below), section 2.2, found the power 3/4 best.
    """
    token_ids = np.asarray(token_ids)
    if token_ids.size and not 0 <= token_ids.min() <= token_ids.max() < vocabulary_size:
        raise ValueError(
            f"Token ids must be at least 0 and below `vocabulary_size`. Received: ids from {token_ids.min()} "
            f"to {token_ids.max()}, vocabulary_size={vocabulary_size}."
        )
    weights = np.bincount(token_ids, minlength=vocabulary_size) ** power
    return weights / weights.sum()


def skip_gram_examples(
    sentences: Sequence[Sequence[int]], vocabulary_size: int, *, window: int, num_negatives: int, seed: int
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Training arrays for `SkipGram`: the true neighbour in column 0, negatives in the others.

    Args:
        sentences: lists of token ids.
        vocabulary_size: `V`.
        window: the largest distance of a pair.
        num_negatives: `K`, noise words drawn for each pair.
        seed: of the draw.

    Returns:
        `({"center_ids" (M,), "candidate_ids" (M, 1 + K)}, labels (M, 1 + K))` for the `M` pairs.

    Example:
        >>> x, y = skip_gram_examples([[5, 6, 7]], 8, window=1, num_negatives=2, seed=0)
        >>> x["candidate_ids"].shape, y[0].tolist()
        ((4, 3), [1.0, 0.0, 0.0])
    """
    centers, contexts = skip_gram_pairs(sentences, window)
    thresholds = np.cumsum(noise_distribution(contexts, vocabulary_size))
    draws = np.random.default_rng(seed).random((len(centers), num_negatives)) * thresholds[-1]
    negatives = np.searchsorted(thresholds, draws, side="right").astype("int32")
    candidates = np.concatenate([contexts[:, None], negatives], axis=1)
    labels = np.zeros(candidates.shape, "float32")
    labels[:, 0] = 1.0
    return {"center_ids": centers, "candidate_ids": candidates}, labels


@keras.saving.register_keras_serializable(package="course_lib")
def negative_sampling_loss(labels, logits):
    """Tells the true neighbour from the noise: `−log σ(z₊) − Σ_k log σ(−z_k)`.

    Args:
        labels: `(B, 1 + K)`, one for the true neighbour, zero for the noise.
        logits: `(B, 1 + K)`, dot products.

    Returns:
        `(B,)`, nats per pair.

    Example:
        >>> loss = negative_sampling_loss(ops.array([[1.0, 0.0]]), ops.array([[0.0, 0.0]]))
        >>> round(float(loss[0]), 4)  # 2 log 2
        1.3863

    Taught in: notebooks/01_language_models
    """
    signs = 2.0 * ops.cast(labels, logits.dtype) - 1.0
    return ops.sum(ops.softplus(-signs * logits), axis=-1)


def nearest_neighbours(vectors: np.ndarray, token_id: int, count: int) -> list[tuple[int, float]]:
    """The `count` other tokens with the largest cosine to one token, as `(id, cosine)`, best first.

    Raises:
        ValueError: if there is no vector for the id.

    Example:
        >>> nearest_neighbours(np.array([[1.0, 0.0], [0.0, 1.0], [3.0, 1.0]]), 0, count=1)
        [(2, 0.948...)]
    """
    if not 0 <= token_id < len(vectors):
        raise ValueError(
            f"`token_id` must be at least 0 and below {len(vectors)}, the number of vectors. "
            f"Received: token_id={token_id}."
        )
    lengths = np.maximum(np.linalg.norm(vectors, axis=-1), 1e-12)
    cosines = vectors @ vectors[token_id] / (lengths * lengths[token_id])
    cosines[token_id] = -np.inf
    best = np.argsort(-cosines, kind="stable")[:count]
    return [(int(index), float(cosines[index])) for index in best]


@keras.saving.register_keras_serializable(package="course_lib")
class SkipGram(keras.Model):
    """Two tables of word vectors; the logit of a pair is their dot product.

        logit(c, o) = v_c · u_o                                 (B, 1 + K)

    Compile it with `negative_sampling_loss` and fit it on `skip_gram_examples`; keep `model.vectors`.

    Args:
        vocabulary_size: `V`, number of token ids.
        embedding_dim: size of a vector.

    Call arguments:
        inputs: dict of `"center_ids"` `(B,)` and `"candidate_ids"` `(B, 1 + K)`.

    Returns:
        logits `(B, 1 + K)`.

    Example:
        >>> model = SkipGram(vocabulary_size=11, embedding_dim=3)
        >>> x = {"center_ids": ops.array([7]), "candidate_ids": ops.array([[8, 5, 6]])}
        >>> tuple(model(x).shape)
        (1, 3)

    In the paper: `center` is the input word `w_I`, `candidate` the output word `w_O`, and `u` is `v'`.

    Reference: Mikolov, Sutskever, Chen, Corrado and Dean, "Distributed representations of words and phrases
    and their compositionality", NeurIPS 2013.

    Taught in: notebooks/01_language_models
    """

    def __init__(self, vocabulary_size: int, embedding_dim: int, **kwargs):
        super().__init__(**kwargs)
        self.vocabulary_size = vocabulary_size
        self.embedding_dim = embedding_dim
        self.center_embedding = keras.layers.Embedding(
            vocabulary_size, embedding_dim, dtype=self.dtype_policy, name="center_embedding"
        )
        # Zeros, as in word2vec: every pair starts at even odds, and the centres alone break the symmetry.
        self.context_embedding = keras.layers.Embedding(
            vocabulary_size,
            embedding_dim,
            embeddings_initializer="zeros",
            dtype=self.dtype_policy,
            name="context_embedding",
        )

    def build(self, input_shape=None):
        self.center_embedding.build((None,))
        self.context_embedding.build((None, None))
        self.built = True

    def call(self, inputs):
        centers = embed_tokens(inputs["center_ids"], self.center_embedding)  # (B, embedding_dim)
        candidates = embed_tokens(inputs["candidate_ids"], self.context_embedding)
        return ops.einsum("bd,bkd->bk", centers, candidates)

    @property
    def vectors(self) -> np.ndarray:
        """The static word vectors, `(V, embedding_dim)`."""
        return ops.convert_to_numpy(self.center_embedding.embeddings)

    def compute_output_shape(self, input_shape):
        return input_shape["candidate_ids"]

    def get_config(self):
        return super().get_config() | {
            "vocabulary_size": self.vocabulary_size,
            "embedding_dim": self.embedding_dim,
        }
