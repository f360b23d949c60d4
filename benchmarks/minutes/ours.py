"""The course's Transformer, as chapter 8 trains it."""

from dataclasses import dataclass, field

import keras

from benchmarks.ladder.corpora import train_tokenizer
from benchmarks.ladder.rung import make_batches
from benchmarks.minutes.rule import Rule
from course_lib.decoding import CompiledSearch, greedy_decode
from course_lib.models import Transformer
from course_lib.training import TokenCrossEntropy

TRANSLATION_BATCH_SIZE = 128
WIDTH_STEP = 24


@dataclass(frozen=True)
class Recipe:
    """The best on the validation split among those of `trials`."""

    rule: Rule = field(default_factory=Rule)
    vocabulary_size: int = 4000
    hidden_dim: int = 128
    num_heads: int = 4
    intermediate_dim: int = 512
    num_layers: int = 2
    positions: str = "rotary"
    position_place: str = "every_layer"
    label_smoothing: float = 0.1
    batch_size: int = 64
    max_length: int = 60


class Contender:
    """What `curve` needs of a contender.

    Args:
        pairs: dict split → list of pairs.
        recipe: a `Recipe`.
        seed: for the order of the batches.
    """

    def __init__(self, pairs, recipe, seed):
        self.recipe = recipe
        self.tokenizer = train_tokenizer(pairs, recipe.vocabulary_size)
        self.batches = make_batches(self.tokenizer, pairs["train"], recipe, shuffle_seed=seed)
        self.translator = self.search = None

    def make_model(self, dropout):
        """A compiled model with fresh weights."""
        recipe = self.recipe
        model = Transformer(
            recipe.vocabulary_size,
            recipe.vocabulary_size,
            recipe.hidden_dim,
            recipe.num_heads,
            recipe.intermediate_dim,
            recipe.num_layers,
            tied_embeddings="all",
            positions=recipe.positions,
            position_place=recipe.position_place,
            dropout=dropout,
        )
        model(self.batches[0][0])
        # XLA would compile a program for each width, which takes more time than it gives back.
        model.compile(
            keras.optimizers.Adam(beta_2=0.98), TokenCrossEntropy(recipe.label_smoothing), jit_compile=False
        )
        return model

    def translate(self, weights, sentences):
        """Greedy translations by a model with these weights."""
        vocabulary = self.tokenizer.vocabulary
        if self.translator is None:  # compiled once, for all weights that come
            self.translator = self.make_model(dropout=0.0)
            self.search = CompiledSearch(
                self.translator,
                greedy_decode,
                width_step=WIDTH_STEP,
                max_length=self.recipe.max_length,
                start_id=vocabulary.start_id,
                end_id=vocabulary.end_id,
            )
        self.translator.set_weights(weights)
        encoded = self.tokenizer.encode_batch(sentences)
        order = sorted(range(len(encoded)), key=lambda index: len(encoded[index]))
        translations = [""] * len(encoded)
        for first in range(0, len(order), TRANSLATION_BATCH_SIZE):
            chosen = order[first : first + TRANSLATION_BATCH_SIZE]
            rows = [[*encoded[index], vocabulary.end_id] for index in chosen]
            rows += rows[:1] * (TRANSLATION_BATCH_SIZE - len(rows))  # one batch size: compiled once
            source = keras.utils.pad_sequences(rows, padding="post")
            for index, ids in zip(chosen, self.search.decode(source), strict=False):
                translations[index] = self.tokenizer.decode(ids)
        return translations
