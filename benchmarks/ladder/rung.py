"""Trains, decodes and scores one rung."""

import time

import keras

from course_lib import decoding
from course_lib.data import pair_batches
from course_lib.decoding import beam_search, greedy_decode
from course_lib.evaluation import corpus_bleu
from course_lib.models import Seq2Seq
from course_lib.training import ResumableCheckpoint, TokenCrossEntropy, set_seed


class EpochReport(keras.callbacks.Callback):
    """Prints one line an epoch and keeps the seconds that each took, over restarts."""

    def __init__(self, label):
        super().__init__()
        self.label = label

    def on_epoch_begin(self, epoch, logs=None):
        self.began = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        logs["seconds"] = time.perf_counter() - self.began
        print(
            f"{self.label}: epoch {epoch + 1}, loss {logs['loss']:.3f}, "
            f"validation loss {logs['val_loss']:.3f}, {logs['seconds']:.0f} s",
            flush=True,
        )


def make_batches(tokenizer, pairs, recipe, shuffle_seed=None):
    """Batches of one split."""
    return pair_batches(pairs, tokenizer, tokenizer, batch_size=recipe.batch_size, shuffle_seed=shuffle_seed)


def make_model(recipe, score, vocabulary_size, steps_per_epoch):
    """The compiled model of one rung."""
    model = Seq2Seq(
        vocabulary_size,
        vocabulary_size,
        embedding_dim=recipe.embedding_dim,
        hidden_dim=recipe.hidden_dim,
        score=score,
        dropout=recipe.dropout,
    )
    schedule = keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=0.0,
        decay_steps=recipe.epochs * steps_per_epoch - recipe.warmup_steps,
        warmup_target=recipe.peak_learning_rate,
        warmup_steps=recipe.warmup_steps,
        alpha=0.02,
    )
    model.compile(
        keras.optimizers.Adam(schedule, clipnorm=None, global_clipnorm=recipe.gradient_clip_norm),
        TokenCrossEntropy(label_smoothing=recipe.label_smoothing),
    )
    return model


def translate(model, tokenizer, sentences, recipe, beam_width=1):
    """Translates sentences greedily, or with a beam; returns them in their order."""
    settings = {"max_length": recipe.max_length}
    if beam_width > 1:
        settings |= {"beam_width": beam_width, "length_penalty": recipe.length_penalty}
    search = beam_search if beam_width > 1 else greedy_decode
    return decoding.translate(model, sentences, tokenizer, tokenizer, search=search, **settings)


def score_model(model, tokenizer, pairs, recipe):
    """BLEU of a trained model, and some of its translations, for the result file.

    Args:
        model: the trained model.
        tokenizer: the tokenizer of both languages.
        pairs: dict split → list of pairs.
        recipe: the `Recipe` of the ladder.

    Returns:
        dict.
    """

    def bleu(split, beam_width=1):
        sources, references = zip(*pairs[split], strict=True)
        translations = translate(model, tokenizer, sources, recipe, beam_width)
        return translations, round(corpus_bleu(translations, references, tokenize=recipe.bleu_tokenizer), 2)

    _, validation_bleu = bleu("validation")
    translations, test_bleu = bleu("test")
    _, test_bleu_beam = bleu("test", recipe.beam_width)
    return {
        "validation_bleu_greedy": validation_bleu,
        "test_bleu_greedy": test_bleu,
        f"test_bleu_beam{recipe.beam_width}": test_bleu_beam,
        "samples": [
            {"source": pairs["test"][i][0], "reference": pairs["test"][i][1], "hypothesis": translations[i]}
            for i in range(0, 50, 5)
        ],
    }


def describe_training(history):
    """Epochs, seconds and the curve of a run, from what `fit` returned."""
    columns = (history["seconds"], history["loss"], history["val_loss"])
    return {
        "epochs": len(history["loss"]),
        "train_seconds": round(sum(history["seconds"]), 1),
        "curve": [
            {
                "epoch": epoch,
                "seconds": round(seconds, 1),
                "loss": round(loss, 4),
                "validation_loss": round(validation_loss, 4),
            }
            for epoch, (seconds, loss, validation_loss) in enumerate(zip(*columns, strict=True), start=1)
        ],
    }


def train_rung(recipe, score, tokenizer, pairs, folder):
    """Trains one rung, taking up a run that was stopped, and measures it.

    Args:
        recipe: a `Recipe`.
        score: the name of a scoring function, or `None`.
        tokenizer: the tokenizer of both languages.
        pairs: dict split → list of pairs.
        folder: where the run keeps its checkpoint.

    Returns:
        dict, the entry of the rung in the result file.
    """
    set_seed(recipe.seed)
    batches = make_batches(tokenizer, pairs["train"], recipe, shuffle_seed=recipe.seed)
    validation = make_batches(tokenizer, pairs["validation"], recipe)
    model = make_model(recipe, score, len(tokenizer.vocabulary), len(batches))
    model(batches[0][0])
    label = score or "none"
    stopping = keras.callbacks.EarlyStopping("val_loss", patience=recipe.epochs, restore_best_weights=True)
    checkpoint = ResumableCheckpoint(folder, data=batches, early_stopping=stopping)
    history = model.fit(
        batches,
        validation_data=validation,
        epochs=recipe.epochs,
        verbose=0,
        shuffle=False,
        callbacks=[EpochReport(label), checkpoint],
    ).history

    return {
        "label": f"GRU, {'no attention' if score is None else score.replace('_', ' ')}",
        "score": score,
        "seed": recipe.seed,
        "parameters": model.count_params(),
        **describe_training(history),
        **score_model(model, tokenizer, pairs, recipe),
    }
