"""One reader, trained and measured."""

import time

import keras
import numpy as np
from keras import ops

from benchmarks.tagging.corpus import load_corpus
from course_lib.evaluation import allowed_labels, entity_scores, illegal_transitions
from course_lib.layers.crf import FORBIDDEN, crf_viterbi
from course_lib.models import BiLstm, CrfTagger, TokenClassifier
from course_lib.training import set_seed

WIDTH = 128  # of a character's vector, and of either direction


def make_model(corpus, has_crf, rate, dropout, num_steps):
    """A reader that is compiled; its rate falls to zero in a straight line."""
    backbone = BiLstm(corpus.vocabulary_size, WIDTH, dropout=dropout)
    num_labels = len(corpus.label_names)
    if has_crf:
        model = CrfTagger(backbone, num_labels, dropout=dropout)
        loss = None
    else:
        model = TokenClassifier(backbone, num_labels + 1, dropout=dropout)
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=0)
    schedule = keras.optimizers.schedules.PolynomialDecay(rate, num_steps, end_learning_rate=0.0)
    model.compile(keras.optimizers.Adam(schedule, global_clipnorm=1.0), loss, jit_compile=False)
    return model


class Decoder:
    """Labels from what a reader says, with or without the illegal transitions forbidden."""

    def __init__(self, corpus, model, has_crf):
        self.label_names = corpus.label_names
        self.model, self.has_crf = model, has_crf

    def scores(self):
        """Transitions, starts and ends as learned; without a CRF all are zero."""
        num_labels = len(self.label_names)
        if self.has_crf:
            return [ops.convert_to_numpy(part) for part in self.model.crf.scores()]
        return [np.zeros((num_labels,) * 2, "float32"), *np.zeros((2, num_labels), "float32")]

    def decode(self, sentences, is_legal=False):
        """The labels of the best path of each sentence."""
        emissions = self.model.predict(sentences.inputs, batch_size=256, verbose=0)
        if not self.has_crf:
            emissions = emissions[..., 1:]  # the score of "no label"
        transitions, starts, ends = self.scores()
        if is_legal:
            transitions_allowed, starts_allowed = map(np.array, allowed_labels(self.label_names))
            transitions = np.where(transitions_allowed, transitions, FORBIDDEN).astype("float32")
            starts = np.where(starts_allowed, starts, FORBIDDEN).astype("float32")
        mask = sentences.inputs["padding_mask"]
        tags = ops.convert_to_numpy(crf_viterbi(emissions, mask, transitions, starts, ends)[0])
        return [
            [self.label_names[tag] for tag in row[: len(labels)]]
            for row, labels in zip(tags, sentences.labels, strict=True)
        ]


def train(has_crf, num_sentences, seed, rate, dropout, epochs, batch_size, evaluate_every, splits=("test",)):
    """Trains a reader and keeps the epoch that is best on the validation split.

    Args:
        has_crf: whether whole paths are scored, or every label by itself.
        num_sentences: int, the training sentences, or None for all.
        seed: of weights, dropout and order.
        rate, dropout, epochs, batch_size: the recipe.
        evaluate_every: int, after how many epochs the validation split is looked at.
        splits: those that are measured in the end.

    Returns:
        dict, what is stored about a run.
    """
    began = time.perf_counter()
    set_seed(seed)
    corpus = load_corpus(num_sentences)
    training, validation = corpus.splits["train"], corpus.splits["validation"]
    steps = -(-len(training.token_ids) // batch_size)
    model = make_model(corpus, has_crf, rate, dropout, steps * epochs)
    decoder, curve, best = Decoder(corpus, model, has_crf), [], (-1.0, None)
    for epoch in range(evaluate_every, epochs + 1, evaluate_every):
        model.fit(
            training.inputs,
            training.label_ids,
            batch_size=batch_size,
            epochs=evaluate_every,
            verbose=0,
        )
        f1 = 100 * entity_scores(validation.labels, decoder.decode(validation)).f1
        curve.append({"epoch": epoch, "validation_f1": round(f1, 2)})
        if f1 > best[0]:
            best = f1, epoch, model.get_weights()
    model.set_weights(best[2])
    found = {
        "parameters": model.count_params(),
        "best_epoch": best[1],
        "validation_f1": round(best[0], 2),
        "curve": curve,
    }
    for split in splits:
        found[split] = measure(decoder, corpus.splits[split])
    return {**found, "seconds": round(time.perf_counter() - began)}


def measure(decoder, sentences):
    """Precision, recall and F1 in percent, and how often an entity goes on that was never begun."""
    found = {}
    for name, is_legal in (("as_trained", False), ("legal_paths_only", True)):
        labels = decoder.decode(sentences, is_legal)
        scores = entity_scores(sentences.labels, labels)
        found[name] = {part: round(100 * score, 2) for part, score in scores._asdict().items()}
        found[name]["illegal_transitions"] = sum(map(illegal_transitions, labels))
    return found
