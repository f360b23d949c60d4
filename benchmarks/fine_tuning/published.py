"""The published checkpoint, fine-tuned with all labels: sentences, pairs and answers."""

import time

import keras
import numpy as np

from benchmarks.fine_tuning.fine_tuned import RECIPES, fine_tuned, load_reader, published_classifier
from benchmarks.fine_tuning.sentences import packed, sst2_splits
from course_lib.chapters import FineTuner, best_answers, question_windows, window_inputs
from course_lib.data import load_mrpc, load_squadshifts
from course_lib.evaluation import answer_f1, bootstrap_interval, exact_match
from course_lib.models import SpanPredictor
from course_lib.text import pack
from course_lib.training import set_seed

WINDOW, STRIDE, LONGEST_ANSWER = 128, 48, 20


def fine_tune_sst2(seed):
    """Praise or blame, all 67,349 phrases; accuracy on both splits that are held out, in percent."""
    tokenizer, splits = load_reader()[1], sst2_splits()
    training = splits.pop("train")
    model, minutes = fine_tuned("sst2", seed, packed(tokenizer, training), training.labels)
    found = {"examples": len(training.texts), "processor_minutes": minutes}
    for name, sentences in splits.items():
        right = FineTuner(model).predict(packed(tokenizer, sentences)).argmax(-1) == sentences.labels
        found[name] = round(100 * float(right.mean()), 2)
    return found


def packed_pairs(pairs):
    """Pairs of sentences as what a `Bert` takes, and their classes."""
    tokenizer = load_reader()[1]
    first, second = ([tokenizer.encode(pair[side]) for pair in pairs] for side in (0, 1))
    inputs = pack(tokenizer.vocabulary, first, second, max_length=128).inputs
    return inputs, np.array([pair.label for pair in pairs])


def fine_tune_mrpc(seed):
    """Do two sentences say the same? Accuracy and F1 of "yes", in percent, beside always "yes"."""
    (inputs, classes), (test_inputs, true) = (packed_pairs(load_mrpc(split)) for split in ("train", "test"))
    model, minutes = fine_tuned("mrpc", seed, inputs, classes)
    said = FineTuner(model).predict(test_inputs).argmax(-1)
    return {
        "examples": len(classes),
        "processor_minutes": minutes,
        "test_accuracy": round(100 * float(np.mean(said == true)), 2),
        **ahead_of_the_majority(said, true),
    }


def ahead_of_the_majority(said, true):
    """F1 of class 1, that of always saying it, and the interval of the difference over test pairs.

    `F1 = 2 · hits / (said + true)`
    """
    always = np.ones_like(true)
    counts = np.stack([said * true, said + true, always * true, always + true], axis=1)

    def difference(sums):
        return 100 * (2 * sums[..., 0] / sums[..., 1] - 2 * sums[..., 2] / sums[..., 3])

    hits, places, always_hits, always_places = counts.sum(axis=0)
    interval = bootstrap_interval(difference, counts)
    return {
        "test_f1": round(200 * float(hits / places), 2),
        "majority_f1": round(200 * float(always_hits / always_places), 2),
        "ahead": [round(float(end), 2) for end in (interval.low, interval.high)],
    }


def span_loss(spans, scores):
    """Mean cross-entropy (nats) of first and last tokens (B, 2) and their scores (B, 2, T)."""
    losses = keras.losses.sparse_categorical_crossentropy(spans, scores, from_logits=True)
    return keras.ops.mean(losses)


def fine_tune_squadshifts(seed):
    """Answers as spans, articles apart; exact match and F1 in percent, and F1 question by question."""
    set_seed(seed)
    checkpoint, tokenizer = load_reader()
    reader = published_classifier(checkpoint).backbone
    model, generator = SpanPredictor(reader), np.random.default_rng(seed)
    windows, with_answer = question_windows(load_squadshifts("train"), tokenizer, WINDOW, STRIDE), {}
    for number in generator.permutation(len(windows)):
        if windows[number].span != (0, 0):
            with_answer.setdefault(windows[number].question, windows[number])  # one window a question
    chosen = list(with_answer.values())
    inputs, spans = window_inputs(chosen, tokenizer.vocabulary), np.array([w.span for w in chosen])
    model({name: array[:1] for name, array in inputs.items()})
    tuner, recipe, began = FineTuner(model, loss=span_loss), RECIPES["squadshifts"], time.process_time()

    def after_epoch(epoch):
        print(f"squadshifts, seed {seed}: epoch {epoch} of {recipe['num_epochs']}", flush=True)

    tuner.fit(inputs, spans, seed=seed, after_epoch=after_epoch, **recipe)
    minutes = round((time.process_time() - began) / 60, 1)
    asked = load_squadshifts("test")
    test = question_windows(asked, tokenizer, WINDOW, STRIDE)
    test_inputs = window_inputs(test, tokenizer.vocabulary, WINDOW)
    scores = model.predict(test_inputs, batch_size=64, verbose=0)
    answers = best_answers(asked, test, scores, test_inputs["answer_mask"], LONGEST_ANSWER)
    readers = [[answer.text for answer in question.answers] for question in asked]
    matches, f1 = (
        [100 * score(answer, texts) for answer, texts in zip(answers, readers, strict=True)]
        for score in (exact_match, answer_f1)
    )
    return {
        "examples": len(chosen),
        "processor_minutes": minutes,
        "exact_match": round(float(np.mean(matches)), 2),
        "f1": round(float(np.mean(f1)), 2),
        "f1_by_question": [round(value) for value in f1],
    }
