"""Pre-training by hidden words, and how far from the floor it ends."""

from dataclasses import replace
from functools import cache

import keras
import numpy as np

from benchmarks.masked_words.plan import MASKS
from benchmarks.masked_words.sentences import LENGTH, MOST_WORDS, language, sentences
from benchmarks.pretraining.contender import set_initial_weights
from benchmarks.pretraining.recipe import Recipe
from course_lib.chapters import with_fresh_weights
from course_lib.evaluation import masked_word_floor
from course_lib.models import Bert, PretrainingModel
from course_lib.objectives import MaskedWordBatches, MaskedWords
from course_lib.training import TokenCrossEntropy, set_seed

BATCH_SIZE = 64
WARMUP_SHARE = 0.05
NUM_TRAIN, NUM_TEST = 100_000, 3_000
compiled = {}  # by size: compiling takes longer than many a run


def objective_of(masks, share):
    """What hides the words."""
    mask_share, random_share = MASKS[masks]
    most = min(MOST_WORDS, round(4 + 28 * share))  # more are hardly ever chosen
    return MaskedWords(language()[1], share, mask_share, random_share, most=most)


def new_model(width, num_layers):
    """A BERT with the head of masked words; a head of attention for every 16 of its width."""
    bert = Bert(
        len(language()[1]),
        hidden_dim=width,
        num_heads=width // 16,
        intermediate_dim=4 * width,
        num_layers=num_layers,
        max_sequence_length=LENGTH,
        dropout=0.0,
        attention_dropout=0.0,
        has_pooler=False,
    )
    model = PretrainingModel(bert, has_pair_head=False)
    model.build({"token_ids": (None, LENGTH), "masked_positions": (None, None)})
    return model


def compile_model(model):
    optimizer = keras.optimizers.Adam(1e-3, beta_2=0.98, global_clipnorm=1.0)
    model.compile(optimizer, TokenCrossEntropy(), jit_compile=True)


def rate_at(step, steps, peak):
    """A warm-up, then a straight line to zero; the first step is 1."""
    return peak * min(step / (WARMUP_SHARE * steps), 1 - (step - 1) / steps)


def pretrain(run, num_train=NUM_TRAIN):
    """A model that has learned as a run says."""
    set_seed(run.seed)
    key = run.width, run.num_layers
    model = with_fresh_weights(lambda: new_model(*key), compile_model, compiled.get(key))
    compiled[key] = model
    if run.is_wide:
        recipe = replace(Recipe(), initial_deviation=run.width**-0.5, initial_positions=0.3)
        set_initial_weights(model, recipe)
    token_ids = sentences(num_train, 0, "train").token_ids
    shares = [run.share if run.early_share is None else run.early_share, run.share]
    batches = [
        MaskedWordBatches(token_ids, objective_of(run.masks, share), BATCH_SIZE, run.seed) for share in shares
    ]
    for step in range(run.steps):
        now = batches[2 * step // run.steps]
        now.epoch, index = divmod(step, len(now))
        model.optimizer.learning_rate = rate_at(step + 1, run.steps, run.peak_rate)
        model.train_on_batch(*now[index])
    return model


@cache
def test_of(masks, share, num_test):
    """Test sentences with hidden words, the labels, and what the best possible reader says of them."""
    toy, vocabulary = language()
    objective = objective_of(masks, share)
    token_ids = sentences(num_test, 1, "test").token_ids
    inputs, labels = objective.hide(token_ids, np.random.default_rng(1))
    parts = [slice(start, start + 500) for start in range(0, num_test, 500)]
    best = [
        masked_word_floor(
            toy, vocabulary, objective, {name: ids[part] for name, ids in inputs.items()}, labels[part]
        )
        for part in parts
    ]
    losses, hits = map(np.concatenate, zip(*best, strict=True))
    return {**inputs, "padding_mask": token_ids != 0}, labels, losses, hits


def distance_from_floor(model, masks, share, num_test=NUM_TEST):
    """Loss and accuracy on the test split beside the best possible ones, and how sure the difference is."""
    inputs, labels, floor, best_hits = test_of(masks, share, num_test)
    losses, hits = [], []
    for start in range(0, num_test, 500):
        part = slice(start, start + 500)
        logits = np.asarray(model({name: ids[part] for name, ids in inputs.items()}), "float64")
        logits -= logits.max(axis=-1, keepdims=True)
        log_probabilities = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
        rows, places = np.nonzero(labels[part])
        right = labels[part][rows, places]
        losses.append(-log_probabilities[rows, places, right])
        hits.append(logits[rows, places].argmax(axis=-1) == right)
    losses, hits = np.concatenate(losses), np.concatenate(hits)
    above = losses - floor
    return {
        "loss": round(float(losses.mean()), 4),
        "floor": round(float(floor.mean()), 4),
        "above_floor": round(float(above.mean()), 4),
        "standard_error": round(float(above.std() / np.sqrt(len(above))), 4),
        "accuracy": round(float(hits.mean()), 4),
        "best_accuracy": round(float(best_hits.mean()), 4),
        "hidden_words": len(losses),
    }
