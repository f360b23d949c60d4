"""keras-hub's encoder and decoder blocks, with settings that nobody tuned."""

from dataclasses import dataclass

import keras
import numpy as np

from benchmarks.minutes.clock import MinutesBudget
from benchmarks.transformers.keras_hub_peer import make_model
from benchmarks.transformers.sizes import SIZES
from course_lib.text import WordPieceTokenizer, train_wordpiece
from course_lib.training import MaskedCrossEntropy

WIDTHS = (12, 16, 24, 40)
TRANSLATION_BATCH_SIZE = 100


@dataclass(frozen=True)
class Recipe:
    """Settings: two vocabularies, four widths, Adam at a constant rate."""

    size: object = SIZES["small"]
    dropout: float = 0.1
    learning_rate: float = 1e-3


class WidthBatches(keras.utils.PyDataset):
    """Batches of pairs that fit one of four widths; each epoch in another order. Longer pairs are cut."""

    def __init__(self, sources, targets, vocabulary, batch_size):
        super().__init__()
        self.generator = np.random.default_rng(1)
        self.vocabulary = vocabulary
        self.batch_size = batch_size
        self.pairs = [
            (s[: WIDTHS[-1] - 1], t[: WIDTHS[-1] - 1]) for s, t in zip(sources, targets, strict=True)
        ]
        lengths = [max(len(source), len(target)) + 1 for source, target in self.pairs]
        self.rows = {width: [] for width in WIDTHS}
        for index, length in enumerate(lengths):
            self.rows[min(width for width in WIDTHS if width >= length)].append(index)
        self.on_epoch_end()

    def __len__(self):
        return len(self.order)

    def on_epoch_end(self):
        order = []
        for width, rows in self.rows.items():
            rows = self.generator.permutation(rows).astype(int)
            order += [(width, rows[i : i + self.batch_size]) for i in range(0, len(rows), self.batch_size)]
        self.order = [order[index] for index in self.generator.permutation(len(order))]
        # Keras takes a width for fixed when the first two batches agree in it.
        for index, (width, _) in enumerate(self.order):
            if width != self.order[0][0]:
                self.order[1], self.order[index] = self.order[index], self.order[1]
                break

    def __getitem__(self, index):
        width, rows = self.order[index]
        source, target, labels = np.zeros((3, len(rows), width), dtype="int32")
        for row, (source_ids, target_ids) in enumerate(self.pairs[i] for i in rows):
            source[row, : len(source_ids) + 1] = [*source_ids, self.vocabulary.end_id]
            target[row, : len(target_ids) + 1] = [self.vocabulary.start_id, *target_ids]
            labels[row, : len(target_ids) + 1] = [*target_ids, self.vocabulary.end_id]
        return inputs_of(source, target), labels


def inputs_of(source, target):
    """What the model reads."""
    return {
        "source_token_ids": source,
        "source_padding_mask": source != 0,
        "target_token_ids": target,
        "target_padding_mask": target != 0,
    }


def prepare(pairs, minutes, recipe):
    """What the worker needs, see `ours.prepare`."""
    german, english = (
        WordPieceTokenizer(
            train_wordpiece([pair[side] for pair in pairs["train"]], recipe.size.vocabulary_size)
        )
        for side in (0, 1)
    )
    sources, targets = zip(*pairs["train"], strict=True)
    batches = WidthBatches(
        german.encode_batch(sources),
        english.encode_batch(targets),
        english.vocabulary,  # special tokens have the same ids in both
        recipe.size.batch_size,
    )
    model = make_model(recipe.size, WIDTHS[-1], recipe.dropout)
    # As for ours, XLA would take more of the minutes than it gives back.
    model.compile(keras.optimizers.Adam(recipe.learning_rate), MaskedCrossEntropy(), jit_compile=False)
    return {
        "model": model,
        "batches": batches,
        "budget": MinutesBudget(minutes),
        "translate": lambda sentences: translate(model, german, english, sentences),
    }


def translate(model, german, english, sentences):
    """Greedy translations; the whole model is run again for every token."""
    translations = []
    for first in range(0, len(sentences), TRANSLATION_BATCH_SIZE):
        rows = [
            ids[: WIDTHS[-1] - 1]
            for ids in german.encode_batch(sentences[first : first + TRANSLATION_BATCH_SIZE])
        ]
        source, target = np.zeros((2, len(rows), WIDTHS[-1]), dtype="int32")
        for row, ids in enumerate(rows):
            source[row, : len(ids) + 1] = [*ids, german.vocabulary.end_id]
        target[:, 0] = english.vocabulary.start_id
        for position in range(WIDTHS[-1] - 1):
            logits = model.predict_on_batch(inputs_of(source, target))
            target[:, position + 1] = logits[:, position].argmax(axis=-1)
            if (target == english.vocabulary.end_id).any(axis=1).all():
                break
        translations += [english.decode(ids[1:]) for ids in target]
    return translations
