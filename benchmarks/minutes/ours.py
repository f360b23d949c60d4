"""The course's Transformer, as chapter 8 trains it."""

from dataclasses import dataclass

import keras

from benchmarks.ladder.corpora import train_tokenizer
from benchmarks.ladder.rung import make_batches, translate
from benchmarks.minutes.clock import MinutesBudget
from course_lib.models import Transformer
from course_lib.training import MaskedCrossEntropy


@dataclass(frozen=True)
class Recipe:
    """The best on the validation split among those of `trials`."""

    vocabulary_size: int = 4000
    hidden_dim: int = 128
    num_heads: int = 4
    intermediate_dim: int = 512
    num_layers: int = 2
    dropout: float = 0.0
    label_smoothing: float = 0.1
    batch_size: int = 64
    peak_learning_rate: float = 3e-3
    warmup_steps: int = 400
    max_length: int = 60


def prepare(pairs, minutes, recipe):
    """What the worker needs.

    Args:
        pairs: dict split → list of pairs.
        minutes: how long will be trained.
        recipe: a `Recipe`.

    Returns:
        dict: "model", compiled; "batches"; "budget", a callback; "translate", from sentences to sentences.
    """
    tokenizer = train_tokenizer(pairs, recipe.vocabulary_size)
    model = Transformer(
        recipe.vocabulary_size,
        recipe.vocabulary_size,
        recipe.hidden_dim,
        recipe.num_heads,
        recipe.intermediate_dim,
        recipe.num_layers,
        tied_embeddings="all",
        dropout=recipe.dropout,
    )
    batches = make_batches(tokenizer, pairs["train"], recipe, shuffle_seed=1)
    model(batches[0][0])
    # Compiling a program for each width by XLA would take more of the minutes than it gives back.
    model.compile(
        keras.optimizers.Adam(beta_2=0.98), MaskedCrossEntropy(recipe.label_smoothing), jit_compile=False
    )
    model.optimizer.build(model.trainable_variables)
    return {
        "model": model,
        "batches": batches,
        "budget": MinutesBudget(minutes, recipe.peak_learning_rate, recipe.warmup_steps),
        "translate": lambda sentences: translate(model, tokenizer, sentences, recipe),
    }
