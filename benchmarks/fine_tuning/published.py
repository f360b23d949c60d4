"""The published checkpoint, fine-tuned with all labels: sentences, pairs and answers."""

import time

import keras
import numpy as np

from benchmarks.fine_tuning.sentences import packed, sst2_splits
from course_lib.chapters import FineTuner, best_answers, question_windows, window_inputs
from course_lib.checkpoints import load_bert
from course_lib.data import corpus_file, load_mrpc, load_squadshifts
from course_lib.evaluation import answer_f1, bootstrap_interval, exact_match
from course_lib.models import SentenceClassifier, SpanPredictor
from course_lib.text import Vocabulary, WordPieceTokenizer, pack
from course_lib.training import set_seed

CHECKPOINT = "all_minilm_l6_v2"
RATE_OF = {"sst2": 1e-4, "mrpc": 1e-4, "squadshifts": 3e-4}
WINDOW, STRIDE, LONGEST_ANSWER = 128, 48, 20


def load_reader():
    """The checkpoint and its tokenizer."""
    tokenizer = WordPieceTokenizer(Vocabulary.load(corpus_file(CHECKPOINT, "vocab.txt")))
    files = (corpus_file(CHECKPOINT, name) for name in ("config.json", "model.safetensors"))
    return load_bert(*files), tokenizer


def train(model, inputs, labels, task, seed, **settings):
    """Trains all weights, says how far it is, and returns the tuner and the minutes of processor time."""
    model({name: array[:1] for name, array in inputs.items()})
    began = time.process_time()
    tuner = FineTuner(model, **{name: settings.pop(name) for name in ("loss",) if name in settings})

    def after_epoch(epoch):
        print(f"epoch {epoch} of {settings['num_epochs']}", flush=True)

    tuner.fit(inputs, labels, peak=RATE_OF[task], seed=seed, after_epoch=after_epoch, **settings)
    return tuner, round((time.process_time() - began) / 60, 1)


def fine_tune_sst2(seed, epochs=2, batch_size=32):
    """Praise or blame, all 67,349 phrases; accuracy on both splits that are held out, in percent."""
    set_seed(seed)
    bert, tokenizer = load_reader()
    model, splits = SentenceClassifier(bert, 2, pooling="mean"), sst2_splits()
    training = splits.pop("train")
    tuner, minutes = train(
        model,
        packed(tokenizer, training),
        training.labels,
        "sst2",
        seed,
        num_epochs=epochs,
        batch_size=batch_size,
    )
    found = {"examples": len(training.texts), "epochs": epochs, "processor_minutes": minutes}
    for name, sentences in splits.items():
        right = tuner.predict(packed(tokenizer, sentences)).argmax(-1) == sentences.labels
        found[name] = round(100 * float(right.mean()), 2)
    return found


def fine_tune_mrpc(seed, epochs=4, batch_size=16):
    """Do two sentences say the same? Accuracy and F1 of "yes", in percent, beside always "yes"."""
    set_seed(seed)
    bert, tokenizer = load_reader()
    model = SentenceClassifier(bert, 2, pooling="mean")

    def inputs_of(pairs):
        first, second = ([tokenizer.encode(pair[side]) for pair in pairs] for side in (0, 1))
        return pack(tokenizer.vocabulary, first, second, max_length=128).inputs

    training, test = load_mrpc("train"), load_mrpc("test")
    classes = np.array([pair.label for pair in training])
    tuner, minutes = train(
        model, inputs_of(training), classes, "mrpc", seed, num_epochs=epochs, batch_size=batch_size
    )
    said, true = tuner.predict(inputs_of(test)).argmax(-1), np.array([pair.label for pair in test])
    return {
        "examples": len(training),
        "epochs": epochs,
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


def fine_tune_squadshifts(seed, epochs=2, batch_size=16):
    """Answers as spans, articles apart; exact match and F1 in percent, and F1 question by question."""
    set_seed(seed)
    bert, tokenizer = load_reader()
    model, generator = SpanPredictor(bert), np.random.default_rng(seed)
    windows, with_answer = question_windows(load_squadshifts("train"), tokenizer, WINDOW, STRIDE), {}
    for number in generator.permutation(len(windows)):
        if windows[number].span != (0, 0):
            with_answer.setdefault(windows[number].question, windows[number])  # one window a question
    chosen = list(with_answer.values())
    inputs, spans = window_inputs(chosen, tokenizer.vocabulary), np.array([w.span for w in chosen])
    tuner, minutes = train(
        model, inputs, spans, "squadshifts", seed, num_epochs=epochs, batch_size=batch_size, loss=span_loss
    )
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
        "epochs": epochs,
        "processor_minutes": minutes,
        "exact_match": round(float(np.mean(matches)), 2),
        "f1": round(float(np.mean(f1)), 2),
        "f1_by_question": [round(value) for value in f1],
    }
