"""CLUENER with a BERT that is fine-tuned, pre-trained or fresh, with and without a CRF."""

import time

import keras
from keras import ops

from benchmarks.fine_tuning.classifier import make_backbone
from benchmarks.tagging.corpus import SPLITS, Corpus, as_arrays
from benchmarks.tagging.runs import Decoder, measure
from course_lib.chapters import FineTuner
from course_lib.data import load_cluener
from course_lib.evaluation import entity_scores
from course_lib.models import CrfTagger, TokenClassifier
from course_lib.training import set_seed

BATCH_SIZE, NUM_EVALUATIONS = 32, 5
TRANSITION_RATE = 1e-2  # at the reader's rate they would stay where they begin: chapter 12


def load_corpus(tokenizer, num_sentences=None):
    """CLUENER in the ids of a pre-trained reader of characters."""
    tagged = {split: load_cluener(split) for split in SPLITS}
    label_names = sorted({label for sentence in tagged["train"] for label in sentence.labels})
    tagged["train"] = tagged["train"][:num_sentences]
    label_ids = {label: number for number, label in enumerate(label_names, start=1)}
    characters = {
        character for sentences in tagged.values() for sentence in sentences for character in sentence.words
    }
    token_ids = {character: tokenizer.encode(character)[0] for character in characters}
    splits = {split: as_arrays(sentences, token_ids, label_ids) for split, sentences in tagged.items()}
    return Corpus(splits, label_names, len(tokenizer.vocabulary))


def loss_of_each(labels, logits):
    """Nats per label, each by itself, from labels (B, T) and logits (B, T, 1 + K): 0 counts for none."""
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=0)(labels, logits)


def loss_of_paths(crf):
    """A function of labels (B, T) and emissions (B, T, K): nats per label of whole paths."""

    def loss(labels, emissions):
        mask = labels != 0
        losses = crf.negative_log_likelihood(emissions, ops.maximum(labels - 1, 0), mask)
        return ops.sum(losses) / ops.sum(ops.cast(mask, "float32"))

    return loss


def fine_tune_names(
    tokenizer,
    num_sentences,
    seed,
    epochs,
    rate,
    dropout,
    has_crf,
    weights_path=None,
    splits=("test",),
    make_reader=make_backbone,
):
    """Trains a reader of names; of five evaluations on the validation split the best counts.

    Args:
        tokenizer: that of the pre-trained model.
        num_sentences: int, or None for all.
        seed: of the head, dropout and order.
        epochs, rate, dropout: the recipe.
        has_crf: whether whole paths are scored, or every label by itself.
        weights_path: of a pre-trained model; fresh weights if none.
        splits: those that are measured in the end.
        make_reader: makes the reader from the size of the vocabulary, `dropout` and `weights_path`.

    Returns:
        dict, what is stored about a run.
    """
    set_seed(seed)
    began = time.process_time()
    corpus = load_corpus(tokenizer, num_sentences)
    training, validation = corpus.splits["train"], corpus.splits["validation"]
    backbone = make_reader(len(tokenizer.vocabulary), dropout, weights_path)
    num_labels = len(corpus.label_names)
    if has_crf:
        model = CrfTagger(backbone, num_labels, dropout=dropout)
    else:
        model = TokenClassifier(backbone, num_labels + 1, dropout=dropout)
    model({name: array[:1] for name, array in training.inputs.items()})
    loss = loss_of_paths(model.crf) if has_crf else loss_of_each
    tuner = FineTuner(model, loss, fast_variables=model.crf.trainable_variables if has_crf else ())
    decoder, curve, best = Decoder(corpus, model, has_crf), [], (-1.0, 0, None)

    def after_epoch(epoch):
        nonlocal best
        if epoch % max(epochs // NUM_EVALUATIONS, 1) == 0:
            f1 = 100 * entity_scores(validation.labels, decoder.decode(validation)).f1
            curve.append({"epoch": epoch, "validation_f1": round(f1, 2)})
            if f1 > best[0]:
                best = f1, epoch, model.get_weights()

    tuner.fit(
        training.inputs,
        training.label_ids,
        peak=rate,
        num_epochs=epochs,
        batch_size=BATCH_SIZE,
        seed=seed,
        fast_factor=TRANSITION_RATE / rate,
        after_epoch=after_epoch,
    )
    model.set_weights(best[2])
    found = {
        "parameters": model.count_params(),
        "best_epoch": best[1],
        "validation_f1": round(best[0], 2),
        "curve": curve,
        "processor_minutes": round((time.process_time() - began) / 60, 2),
    }
    return found | {split: measure(decoder, corpus.splits[split]) for split in splits}
