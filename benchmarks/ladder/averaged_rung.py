"""What the Transformer's rung and GNMT's share: one recipe of training, whose averaged weights are measured.

A recipe is a `TransformerRecipe` or a `GnmtRecipe`.
"""

import os
import time

import keras

from benchmarks.ladder.rung import EpochReport, describe_training, make_batches, score_model, translate
from course_lib.data import SampledTranslationBatches
from course_lib.evaluation import corpus_bleu
from course_lib.training import (
    ResumableCheckpoint,
    TokenCrossEntropy,
    ValidateAveragedWeights,
    averaged_weights,
    set_seed,
)

EPOCHS_BETWEEN_TRANSLATIONS = 10


class ValidationBleu(keras.callbacks.Callback):
    """Prints the greedy BLEU of the averaged weights on the validation split every few epochs."""

    def __init__(self, name, tokenizer, pairs, ladder):
        super().__init__()
        self.name = name
        self.tokenizer = tokenizer
        self.sources, self.references = zip(*pairs, strict=True)
        self.ladder = ladder

    def on_epoch_end(self, epoch, logs=None):
        if (epoch + 1) % EPOCHS_BETWEEN_TRANSLATIONS:
            return
        began = time.perf_counter()
        with averaged_weights(self.model):
            translations = translate(self.model, self.tokenizer, self.sources, self.ladder)
        bleu = corpus_bleu(translations, self.references, tokenize=self.ladder.bleu_tokenizer)
        seconds = time.perf_counter() - began
        print(f"{self.name}: validation BLEU greedy {bleu:.2f}, {seconds:.0f} s", flush=True)


def rate_of(recipe, updates):
    """The schedule of the learning rate: a straight rise, and a fall that ends with the last update."""
    return keras.optimizers.schedules.CosineDecay(
        0.0,
        decay_steps=max(1, updates - recipe.warmup_steps),
        warmup_target=recipe.peak_learning_rate,
        warmup_steps=recipe.warmup_steps,
    )


def compile_averaged(model, recipe, updates):
    """Compiles a model with the optimizer and the loss of its recipe; `updates` is how many there will be."""
    model.compile(
        keras.optimizers.Adam(
            rate_of(recipe, updates),
            beta_2=recipe.adam_beta_2,
            epsilon=1e-9,
            global_clipnorm=recipe.gradient_clip_norm,
            use_ema=True,
            ema_momentum=recipe.average_momentum,
        ),
        TokenCrossEntropy(label_smoothing=recipe.label_smoothing),
        jit_compile=False,  # batches have some thirty shapes: compiling each takes longer than it saves
    )
    return model


def make_sampled_batches(recipe, tokenizer, pairs):
    """The training batches, cut into other pieces in every epoch."""
    sources, targets = zip(*pairs, strict=True)
    return SampledTranslationBatches(
        sources,
        targets,
        tokenizer,
        recipe.subword_dropout,
        batch_size=recipe.batch_size,
        shuffle_seed=recipe.seed,
    )


def train_averaged(name, make_model, recipe, ladder, tokenizer, pairs, folder):
    """Trains a model, taking up a run that was stopped, and measures the average of its weights.

    Args:
        name: what the lines that it prints begin with.
        make_model: function of the recipe, the size of the vocabulary and the number of updates, which gives
            a compiled model.
        recipe: of the rung.
        ladder: the `Recipe` of the ladder.
        tokenizer: the tokenizer of both languages.
        pairs: dict split → list of pairs.
        folder: where the run keeps its checkpoint.

    Returns:
        the pair of the model, with its averaged weights, and a dict: what there is to say of any rung.
    """
    set_seed(recipe.seed)
    batches = make_sampled_batches(recipe, tokenizer, pairs["train"])
    validation = make_batches(tokenizer, pairs["validation"], ladder)
    model = make_model(recipe, len(tokenizer.vocabulary), recipe.epochs * len(batches))
    model(batches[0][0])
    history = model.fit(
        batches,
        validation_data=validation,
        epochs=recipe.epochs,
        verbose=0,
        shuffle=False,
        callbacks=[
            ValidateAveragedWeights(),
            EpochReport(name),
            ResumableCheckpoint(folder, data=batches),
            ValidationBleu(name, tokenizer, pairs["validation"], ladder),
        ],
    ).history  # and leaves the model with the average
    return model, {
        "settings": recipe.settings(),
        "parameters": model.count_params(),
        "threads": int(os.environ.get("TF_NUM_INTRAOP_THREADS", os.cpu_count())),
        **describe_training(history),
        **score_model(model, tokenizer, pairs, ladder),
    }
