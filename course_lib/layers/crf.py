"""A conditional random field over the labels of a sequence."""

import keras
import numpy as np
from keras import ops

from course_lib.layers.masks import as_mask, causal_mask

FORBIDDEN = -1e4  # finite: the sum over all paths stays finite, and so does every gradient


def crf_score(emissions, tags, mask, transitions, starts, ends):
    """The score of one path of tags for each sequence.

    `score = starts[y_1] + sum_t emissions[t, y_t] + sum_t transitions[y_(t-1), y_t] + ends[y_n]`

    A masked place is as if it were not there: the transition leads from the last real tag to the next.

    Args:
        emissions: `(B, T, K)`.
        tags: ints `(B, T)`, below `K`; what stands at masked places plays no part.
        mask: bool `(B, T)`, `True` at real places, wherever they stand.
        transitions: `(K, K)`, from the first index to the second.
        starts, ends: `(K,)`.

    Returns:
        `(B,)`; 0 for a sequence without a real place.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers.crf import crf_score
        >>> emissions = ops.array([[[1.0, 2.0], [9.0, 9.0], [4.0, 8.0]]])
        >>> tags, mask = ops.array([[1, 0, 0]]), ops.array([[True, False, True]])
        >>> float(crf_score(emissions, tags, mask, ops.array([[0.0, 0.0], [0.5, 0.0]]), [0, 16], [32, 0])[0])
        54.5

    Taught in: notebooks/12_fine_tuning_tokens
    """
    mask = as_mask(mask)
    tags = ops.where(mask, ops.cast(tags, "int32"), 0)
    transitions, starts, ends = (
        ops.convert_to_tensor(part, dtype=emissions.dtype) for part in (transitions, starts, ends)
    )
    kept = ops.cast(mask, emissions.dtype)
    at_places = ops.take_along_axis(emissions, tags[..., None], axis=-1)[..., 0]
    # The last real place up to each one, and -1 where there is none yet.
    length = ops.shape(tags)[1]
    places = ops.arange(length, dtype="int32")
    is_before = ops.logical_and(causal_mask(length), mask[:, None, :])  # (B, T, T)
    last = ops.max(ops.where(is_before, places, -1), axis=-1)
    before = ops.concatenate([ops.full_like(last[:, :1], -1), last[:, :-1]], axis=1)
    tags_before = ops.take_along_axis(tags, ops.maximum(before, 0), axis=1)
    num_tags = transitions.shape[0]
    steps = ops.take(ops.reshape(transitions, (-1,)), tags_before * num_tags + tags)
    steps = ops.where(before >= 0, steps, ops.take(starts, tags))
    final = ops.take_along_axis(tags, ops.maximum(last[:, -1:], 0), axis=1)[:, 0]
    end = ops.where(last[:, -1] >= 0, ops.take(ends, final), 0.0)
    return ops.sum(kept * (at_places + steps), axis=1) + end


def crf_log_partition(emissions, mask, transitions, starts, ends):
    """The logarithm of the sum of exp(score) over all `K^T` paths, place by place.

    `alpha_1[k] = starts[k] + emissions[1, k]`
    `alpha_t[k] = logsumexp_j(alpha_(t-1)[j] + transitions[j, k]) + emissions[t, k]`
    `log Z = logsumexp_k(alpha_n[k] + ends[k])`

    Its gradient with respect to an emission is the probability of that tag at that place, and with respect
    to a transition how often it is to be expected.

    Args, Returns: as `crf_score`, without tags.

    Example: four paths of equal score

    >>> from keras import ops
    >>> from course_lib.layers.crf import crf_log_partition
    >>> mask = ops.array([[True, True]])
    >>> log_partition = crf_log_partition(ops.zeros((1, 2, 2)), mask, ops.zeros((2, 2)), [0, 0], [0, 0])
    >>> round(float(ops.exp(log_partition)[0]), 5)
    4.0

    Reference: Lafferty et al. (2001), "Conditional random fields"
    Taught in: notebooks/12_fine_tuning_tokens
    """
    mask = as_mask(mask)
    transitions, starts, ends = (
        ops.convert_to_tensor(part, dtype=emissions.dtype) for part in (transitions, starts, ends)
    )

    def step(carry, inputs):
        alpha, has_begun = carry
        emission, is_real = inputs[:, :-1], inputs[:, -1:] > 0.5  # (B, K), (B, 1)
        further = ops.logsumexp(alpha[:, :, None] + transitions[None], axis=1)
        reached = ops.where(has_begun, further, starts) + emission
        return (ops.where(is_real, reached, alpha), ops.logical_or(has_begun, is_real)), None

    (alpha, has_begun), _ = ops.scan(step, _before_the_first(emissions), _by_place(emissions, mask))
    return ops.where(has_begun[:, 0], ops.logsumexp(alpha + ends, axis=-1), 0.0)


def crf_viterbi(emissions, mask, transitions, starts, ends):
    """The path of the highest score.

    Args: as `crf_log_partition`.

    Returns:
        `(tags, scores)`: ints `(B, T)`, 0 at masked places, and `(B,)`.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers.crf import crf_viterbi
        >>> emissions = ops.array([[[1.0, 0.0], [0.0, 3.0], [2.0, 0.0]]])
        >>> stay = ops.array([[0.0, -9.0], [-9.0, 0.0]])
        >>> tags, scores = crf_viterbi(emissions, ops.array([[True, True, True]]), stay, [0, 0], [0, 0])
        >>> ops.convert_to_numpy(tags).tolist(), float(scores[0])
        ([[0, 0, 0]], 3.0)

    Reference: Viterbi (1967), https://doi.org/10.1109/TIT.1967.1054010
    Taught in: notebooks/12_fine_tuning_tokens
    """
    mask = as_mask(mask)
    transitions, starts, ends = (
        ops.convert_to_tensor(part, dtype=emissions.dtype) for part in (transitions, starts, ends)
    )
    num_tags = transitions.shape[0]
    itself = ops.arange(num_tags, dtype="int32")

    def forward(carry, inputs):
        best, has_begun = carry
        emission, is_real = inputs[:, :-1], inputs[:, -1:] > 0.5
        scores = best[:, :, None] + transitions[None]  # (B, from, to)
        reached = ops.where(has_begun, ops.max(scores, axis=1), starts) + emission
        origin = ops.where(is_real, ops.cast(ops.argmax(scores, axis=1), "int32"), itself)
        # On TensorFlow a scan hands out tensors of the kinds that it was handed.
        origin = ops.cast(origin, emission.dtype)
        return (ops.where(is_real, reached, best), ops.logical_or(has_begun, is_real)), (origin, is_real)

    first = _before_the_first(emissions)
    (best, has_begun), (origins, _) = ops.scan(forward, first, _by_place(emissions, mask))
    final = ops.where(has_begun, best + ends, 0.0)
    last = ops.cast(ops.argmax(final, axis=-1), "int32")[:, None]

    def backward(tag, origin):
        return ops.take_along_axis(origin, tag, axis=1), tag

    _, tags = ops.scan(backward, last, ops.cast(origins, "int32"), reverse=True)
    tags = ops.swapaxes(tags[..., 0], 0, 1)
    return ops.where(mask, tags, 0), ops.max(final, axis=-1)


def _by_place(emissions, mask):
    """What a scan reads, place by place, `(T, B, K + 1)`: emissions, and 1 where there is a place.

    One tensor, as on TensorFlow a scan over two cannot be traced with an unknown length.
    """
    is_real = ops.cast(mask, emissions.dtype)[..., None]
    return ops.swapaxes(ops.concatenate([emissions, is_real], axis=-1), 0, 1)


def _before_the_first(emissions):
    """What a scan begins with: no path yet, and no place met."""
    none = ops.zeros_like(emissions[:, 0])
    return none, none[:, :1] > 1.0


@keras.saving.register_keras_serializable("course_lib")
class Crf(keras.layers.Layer):
    """Scores for whole paths of tags: what each tag follows, begins with and ends on.

    `p(y | x) = exp(score(y)) / sum over all paths y' of exp(score(y'))`

    Args:
        num_tags: int `K`.
        allowed_transitions: nested list of bools `(K, K)`, from the first index to the second; all if not
            given. What is not allowed scores -10,000 whatever is learned.
        allowed_starts: list of bools `(K,)`, which tags may come first; all if not given.

    Call arguments:
        emissions: `(B, T, K)`.
        mask: bool `(B, T)`, `True` at real places. A masked place, wherever it stands, is as if it were not
            there.

    Returns:
        tags `(B, T)`, the path of the highest score; 0 at masked places.

    Weights: `transitions` `(K, K)`, `starts` `(K,)`, `ends` `(K,)`.

    Raises:
        ValueError: if `num_tags` is not positive, or what is allowed has another shape.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import Crf
        >>> crf = Crf(num_tags=2)
        >>> emissions, mask = ops.array([[[1.0, 0.0], [0.0, 3.0]]]), ops.array([[True, True]])
        >>> ops.convert_to_numpy(crf(emissions, mask)).tolist()
        [[0, 1]]
        >>> _ = crf.transitions.assign(ops.zeros((2, 2)))
        >>> round(float(crf.negative_log_likelihood(emissions, ops.array([[0, 1]]), mask)[0]), 4)
        0.3618

    Reference: Lample et al. (2016), section 2.2, https://arxiv.org/abs/1603.01360
    Taught in: notebooks/12_fine_tuning_tokens
    """

    def __init__(self, num_tags, allowed_transitions=None, allowed_starts=None, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        if num_tags < 1:
            raise ValueError(f"`num_tags` must be positive. Received: num_tags={num_tags}.")
        self.num_tags = num_tags
        self.allowed_transitions = _as_allowed("allowed_transitions", allowed_transitions, (num_tags,) * 2)
        self.allowed_starts = _as_allowed("allowed_starts", allowed_starts, (num_tags,))

    def build(self, emissions_shape, mask_shape=None):
        uniform = keras.initializers.RandomUniform(-0.1, 0.1)
        self.transitions = self.add_weight(
            name="transitions", shape=(self.num_tags, self.num_tags), initializer=uniform
        )
        self.starts = self.add_weight(name="starts", shape=(self.num_tags,), initializer="zeros")
        self.ends = self.add_weight(name="ends", shape=(self.num_tags,), initializer="zeros")

    def scores(self):
        """Transitions, starts and ends, float32, what is forbidden put out of reach."""
        transitions, starts, ends = (
            ops.convert_to_tensor(weight) for weight in (self.transitions, self.starts, self.ends)
        )
        if self.allowed_transitions is not None:
            transitions = ops.where(np.array(self.allowed_transitions), transitions, FORBIDDEN)
        if self.allowed_starts is not None:
            starts = ops.where(np.array(self.allowed_starts), starts, FORBIDDEN)
        return [ops.cast(part, "float32") for part in (transitions, starts, ends)]

    def call(self, emissions, mask):
        return crf_viterbi(ops.cast(emissions, "float32"), mask, *self.scores())[0]

    def negative_log_likelihood(self, emissions, tags, mask):
        """`log Z - score(tags)` for each sequence, in nats, float32 `(B,)`."""
        emissions = ops.cast(emissions, "float32")
        scores = self.scores()
        return crf_log_partition(emissions, mask, *scores) - crf_score(emissions, tags, mask, *scores)

    def compute_mask(self, emissions, previous_mask):
        return None  # masks travel as arguments only

    def compute_output_spec(self, emissions, mask):
        return keras.KerasTensor(emissions.shape[:2], dtype="int32")

    def get_config(self):
        return {
            **super().get_config(),
            "num_tags": self.num_tags,
            "allowed_transitions": self.allowed_transitions,
            "allowed_starts": self.allowed_starts,
        }


def _as_allowed(name, allowed, shape):
    if allowed is None:
        return None
    array = np.asarray(allowed)
    if array.shape != shape or array.dtype != bool:
        raise ValueError(
            f"`{name}` must be bools of shape {shape}. Received: {array.dtype} of shape {array.shape}."
        )
    return array.tolist()
