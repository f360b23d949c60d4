"""Chinese text for every rung, and what all rungs begin with."""

import numpy as np

from benchmarks.minutes.rule import Rule
from benchmarks.objectives.readers import make_reader, reader_weights, set_initial_positions, widen
from benchmarks.objectives.sizes import Sizes
from benchmarks.pretraining.recipe import NEVER, Recipe
from course_lib.objectives import APART, TOGETHER, ordinary_tokens
from course_lib.training import set_seed

HALF = 30  # tokens of one half of a row that is read as a pair
PAIR_LENGTH = 2 * HALF + 3


def chinese_sizes(vocabulary_size, length=None):
    """The sizes and the recipe, for rows of this length."""
    return Sizes(
        vocabulary_size,
        hidden_dim=128,
        num_layers=2,
        num_heads=4,
        max_sequence_length=128,
        initial_positions=0.25,
        length=length or Recipe().length,
        batch_size=32,
        rule=Rule(peak=1e-3, warmup_steps=200, fall_share=0.2, free_epochs=NEVER),
        weight_decay=0.01,
        beta_2=Recipe().beta_2,
        uses_xla=False,  # without XLA oneDNN multiplies
    )


def start_weights(vectors, sizes, seed):
    """The reader that every rung of a seed begins with: fresh blocks, and word vectors from counts.

    No objective has made the vectors.

    Args:
        vectors: floats `(V, D)`, as of `count_vectors`.
        sizes: a `Sizes`.
        seed: of the blocks.
    """
    set_seed(seed)
    reader = make_reader(sizes)
    widen(reader, sizes.hidden_dim)
    set_initial_positions(reader, sizes)
    reader.token_embedding.embeddings.assign(vectors)
    return reader_weights(reader)


def turned_halves(rows, vocabulary, seed=0):
    """Rows as pairs of their halves, in their order or turned round, each with probability 1/2.

    Args:
        rows: ints `(R, T)`, [CLS], text, [SEP].
        vocabulary: a `Vocabulary`.
        seed: of what is turned.

    Returns:
        `(token_ids, segment_ids, labels)`: ints `(R, 63)` twice, [CLS] half [SEP] half [SEP], and `(R,)`.
    """
    is_turned = np.random.default_rng(seed).random(len(rows)) < 0.5
    halves = rows[:, 1 : HALF + 1], rows[:, HALF + 1 : 2 * HALF + 1]
    first, second = (np.where(is_turned[:, None], one, other) for one, other in (halves[::-1], halves))
    edge = np.full((len(rows), 1), vocabulary.separator_id, rows.dtype)
    token_ids = np.concatenate(
        [np.full_like(edge, vocabulary.classification_id), first, edge, second, edge], 1
    )
    segment_ids = np.tile((np.arange(PAIR_LENGTH) > HALF + 1).astype("int32"), (len(rows), 1))
    return token_ids, segment_ids, np.where(is_turned, APART, TOGETHER)


def draws_of_words(rows, vocabulary):
    """Which tokens a generator may draw, and how frequent each is, arrays `(V,)`."""
    allowed = ordinary_tokens(np.arange(len(vocabulary)), vocabulary)
    counts = np.bincount(rows.ravel(), minlength=len(vocabulary)) * allowed
    return allowed, (counts / counts.sum()).astype("float32")
