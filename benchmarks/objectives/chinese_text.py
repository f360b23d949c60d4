"""Chinese text for every rung, and what all rungs begin with."""

import numpy as np

from benchmarks.objectives.readers import reader_weights
from benchmarks.objectives.sizes import Sizes
from benchmarks.pretraining.contender import make_bert, set_initial_weights, take_over
from benchmarks.pretraining.recipe import Recipe
from course_lib.models import PretrainingModel
from course_lib.objectives import APART, TOGETHER, ordinary_tokens
from course_lib.training import set_seed

HALF = 30  # tokens of one half of a row that is read as a pair
PAIR_LENGTH = 2 * HALF + 3


def chinese_sizes(vocabulary_size, length=None):
    """The sizes and the recipe of `benchmarks.pretraining`, for rows of this length."""
    recipe = Recipe()
    return Sizes(
        vocabulary_size,
        hidden_dim=recipe.hidden_dim,
        num_layers=recipe.num_layers,
        num_heads=recipe.num_heads,
        max_sequence_length=recipe.max_sequence_length,
        initial_positions=recipe.initial_positions,
        length=length or recipe.length,
        batch_size=recipe.batch_size,
        rule=recipe.rule,
        weight_decay=recipe.weight_decay,
        beta_2=recipe.beta_2,
        uses_xla=False,  # without XLA oneDNN multiplies
        dtype=recipe.dtype,
    )


def start_weights(vectors, path, seed):
    """The reader that every rung begins with: the blocks of another language, word vectors from counts.

    No objective made the vectors. Heads are fresh for all, that of masked words, too; a generator begins with
    the first of the blocks.

    Args:
        vectors: floats `(V, D)`, as of `count_vectors`.
        path: of the weights of the other language.
        seed: of what neither gives.
    """
    set_seed(seed)
    model = PretrainingModel(make_bert(Recipe(), len(vectors)), has_pair_head=False)
    model({"token_ids": np.ones((1, 3), "int32"), "padding_mask": np.ones((1, 3), bool)})
    set_initial_weights(model, Recipe())
    take_over(model, path)
    model.backbone.token_embedding.embeddings.assign(vectors)
    return reader_weights(model.backbone)


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
