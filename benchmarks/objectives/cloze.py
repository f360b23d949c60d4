"""Names and other words of sentences that no objective has read, to be filled in."""

from typing import NamedTuple

import keras
import numpy as np
from keras import ops

from benchmarks.minutes.rule import Rule
from benchmarks.objectives.batches import asked_as_if_alone
from course_lib.data import load_cluener
from course_lib.evaluation import find_entities
from course_lib.models import PretrainingModel
from course_lib.objectives import MaskedWordBatches, MaskedWords
from course_lib.text import pack
from course_lib.training import TokenCrossEntropy, set_seed

MAX_LENGTH, MOST = 64, 12
KINDS = ("names", "other words")
HEAD_STEPS, HEAD_BATCH, HEAD_RATE = 600, 32, 2e-3


class Blanks(NamedTuple):
    """Sentences `(R, T)` and what is asked for in them, `(R, M)`; label 0 in slots that are not used."""

    token_ids: np.ndarray
    positions: np.ndarray
    labels: np.ndarray

    def masked(self, mask_id):
        """What a reader of masks takes."""
        token_ids = self.token_ids.copy()
        rows, slots = np.nonzero(self.labels)
        token_ids[rows, self.positions[rows, slots]] = mask_id
        return {
            "token_ids": token_ids,
            "padding_mask": token_ids != 0,
            "masked_positions": self.positions,
        }


def name_spans(sentence):
    """Pairs (start, stop) of the characters of each name."""
    return [(entity.start, entity.end + 1) for entity in find_entities(sentence.labels)]


def make_blanks(tokenizer, sentences=None, seed=0):
    """One name of each test sentence of CLUENER, whole; and as many characters in a run outside of names.

    Args:
        tokenizer: reads characters.
        sentences: tagged sentences; those of the test split if none.
        seed: of which name, and of which run.

    Returns:
        dict from a kind to `Blanks`.
    """
    generator, chosen = np.random.default_rng(seed), {kind: [] for kind in KINDS}
    for sentence in load_cluener("test") if sentences is None else sentences:
        ids = tokenizer.encode("".join(sentence.words))[: MAX_LENGTH - 2]
        names = name_spans(sentence)
        spans = [span for span in names if span[1] <= len(ids) and span[1] - span[0] <= MOST]
        if not spans:
            continue
        start, stop = spans[generator.integers(len(spans))]
        is_free = np.ones(len(ids), bool)
        for span in names:
            is_free[slice(*span)] = False
        length = stop - start
        runs = [first for first in range(len(ids) - length + 1) if is_free[first : first + length].all()]
        if runs:  # both kinds of the same sentences, and of as many characters
            first = runs[generator.integers(len(runs))]
            chosen["names"].append((ids, start, stop))
            chosen["other words"].append((ids, first, first + length))
    return {kind: packed_blanks(tokenizer.vocabulary, rows) for kind, rows in chosen.items()}


def packed_blanks(vocabulary, rows):
    """Sentences and the run that is asked for in each as `Blanks`; unknown characters are not asked for."""
    token_ids = pack(vocabulary, [ids for ids, *_ in rows], length=MAX_LENGTH).token_ids
    positions, labels = np.zeros((2, len(rows), MOST), "int32")
    for row, (_, start, stop) in enumerate(rows):
        positions[row, : stop - start] = np.arange(start + 1, stop + 1)
        labels[row, : stop - start] = token_ids[row, start + 1 : stop + 1]
    labels[labels == vocabulary.unknown_id] = 0
    return Blanks(token_ids, positions, labels)


def scores(word_logits, blanks, takes, batch_size=64):
    """Nats and percent right of what is asked for.

    Args:
        word_logits: from inputs to logits `(B, M, V)`.
        blanks: dict of `Blanks`.
        takes: from a `Blanks` to the dict of arrays that `word_logits` takes.
        batch_size: sentences at a time.
    """
    found = {}
    for kind, asked in blanks.items():
        losses, hits = [], []
        for start in range(0, len(asked.labels), batch_size):
            part = Blanks(*(array[start : start + batch_size] for array in asked))
            logits = ops.convert_to_numpy(ops.cast(word_logits(takes(part)), "float32"))
            rows, slots = np.nonzero(part.labels)
            logits, right = logits[rows, slots], part.labels[rows, slots]
            highest = logits.max(axis=-1, keepdims=True)
            sums = np.log(np.exp(logits - highest).sum(axis=-1)) + highest[:, 0]
            losses.append(sums - logits[np.arange(len(right)), right])
            hits.append(logits.argmax(axis=-1) == right)
        losses, hits = np.concatenate(losses), np.concatenate(hits)
        found[kind] = {
            "loss": round(float(losses.mean()), 4),
            "accuracy": round(100 * float(hits.mean()), 2),
            "characters": len(hits),
        }
    return found


def own_answers(learner, rung, blanks, mask_id):
    """By the head that a rung was trained with; None where it has none that fills blanks."""
    if rung.kind == "permuted":
        return scores(
            learner.word_logits,
            blanks,
            lambda part: asked_as_if_alone(part.token_ids, part.positions, part.labels),
        )
    if not rung.has_masked_words:
        return None
    return scores(learner.word_logits, blanks, lambda part: part.masked(mask_id))


def fitted_answers(reader, vocabulary, rows, blanks, seed, steps=HEAD_STEPS, batch_size=HEAD_BATCH):
    """By a fresh head of masked words on the frozen reader: the same question for every rung.

    Args:
        reader: a reader as tasks take it; it is frozen.
        vocabulary: its `Vocabulary`.
        rows: ints `(R, T)`, what the head is fitted on: 15 % of the tokens, all masked.
        blanks: dict of `Blanks`.
        seed: of the head, and of what is hidden.
        steps, batch_size: how long.
    """
    set_seed(seed)
    reader.trainable = False
    model = PretrainingModel(reader, has_pair_head=False)
    objective = MaskedWords(vocabulary, mask_share=1.0, random_share=0.0, most=MOST)
    batches = MaskedWordBatches(rows, objective, batch_size, seed)
    model(batches[0][0])
    optimizer = keras.optimizers.Adam(HEAD_RATE, global_clipnorm=1.0)
    model.compile(optimizer, TokenCrossEntropy(), jit_compile=False)
    rule = Rule(peak=HEAD_RATE, warmup_steps=min(50, steps), fall_share=0.5)
    for step in range(steps):
        batches.epoch, index = divmod(step, len(batches))
        model.optimizer.learning_rate = rule.rate(step + 1, steps)
        model.train_on_batch(*batches[index])
    return scores(model, blanks, lambda part: part.masked(vocabulary.mask_id))
