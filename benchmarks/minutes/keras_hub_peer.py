"""keras-hub's encoder and decoder blocks, as its guide to translation stacks them."""

from dataclasses import dataclass, field

import keras
import numpy as np

from benchmarks.minutes.rule import ConstantRule, Rule
from benchmarks.transformers.batches import inputs_of
from benchmarks.transformers.contenders.keras_hub_peer import make_model
from benchmarks.transformers.sizes import SIZES
from course_lib.data.batches.epoch_batches import EpochBatches
from course_lib.text import WordPieceTokenizer, train_wordpiece
from course_lib.training import TokenCrossEntropy

WIDTHS = (12, 16, 24, 40)
TRANSLATION_BATCH_SIZE = 100


@dataclass(frozen=True)
class Recipe:
    """Settings that nobody tuned: two vocabularies, four widths, Adam at a constant rate."""

    rule: ConstantRule | Rule = field(default_factory=ConstantRule)
    size: object = SIZES["small"]
    label_smoothing: float = 0.0
    adam_beta_2: float = 0.999


def told_the_same():
    """The recipe with our rule, and our smoothing and optimizer."""
    return Recipe(rule=Rule(), label_smoothing=0.1, adam_beta_2=0.98)


class WidthBatches(EpochBatches):
    """Batches of pairs that fit one of four widths; each `epoch` in another order. Longer pairs are cut."""

    def __init__(self, sources, targets, vocabulary, batch_size, seed):
        self.vocabulary = vocabulary
        self.batch_size = batch_size
        self.seed = seed
        self.pairs = [
            (s[: WIDTHS[-1] - 1], t[: WIDTHS[-1] - 1]) for s, t in zip(sources, targets, strict=True)
        ]
        lengths = [max(len(source), len(target)) + 1 for source, target in self.pairs]
        self.rows = {width: [] for width in WIDTHS}
        for index, length in enumerate(lengths):
            self.rows[min(width for width in WIDTHS if width >= length)].append(index)
        super().__init__()

    def prepare_epoch(self):
        """Draws which pairs are in one batch, and the order of the batches."""
        generator = np.random.default_rng((self.seed, self.epoch))
        order = []
        for width, rows in self.rows.items():
            rows = generator.permutation(rows).astype(int)
            order += [(width, rows[i : i + self.batch_size]) for i in range(0, len(rows), self.batch_size)]
        self.order = [order[index] for index in generator.permutation(len(order))]

    def __len__(self):
        return len(self.order)

    def batch(self, index):
        """Batch `index` of this epoch."""
        width, rows = self.order[index]
        source, target, labels = np.zeros((3, len(rows), width), dtype="int32")
        for row, (source_ids, target_ids) in enumerate(self.pairs[i] for i in rows):
            source[row, : len(source_ids) + 1] = [*source_ids, self.vocabulary.end_id]
            target[row, : len(target_ids) + 1] = [self.vocabulary.start_id, *target_ids]
            labels[row, : len(target_ids) + 1] = [*target_ids, self.vocabulary.end_id]
        return inputs_of(source, target), labels


class Contender:
    """What `curve` needs, see `ours.Contender`."""

    def __init__(self, pairs, recipe, seed):
        self.recipe = recipe
        self.german, self.english = (
            WordPieceTokenizer(
                train_wordpiece([pair[side] for pair in pairs["train"]], recipe.size.vocabulary_size)
            )
            for side in (0, 1)
        )
        sources, targets = zip(*pairs["train"], strict=True)
        self.batches = WidthBatches(
            self.german.encode_batch(sources),
            self.english.encode_batch(targets),
            self.english.vocabulary,  # special tokens have the same ids in both
            recipe.size.batch_size,
            seed,
        )
        self.translator = self.next_token = None

    def make_model(self, dropout):
        """A compiled model with fresh weights."""
        model = make_model(self.recipe.size, WIDTHS[-1], dropout)
        # As for ours, XLA would take more time than it gives back.
        model.compile(
            keras.optimizers.Adam(beta_2=self.recipe.adam_beta_2),
            TokenCrossEntropy(self.recipe.label_smoothing),
            jit_compile=False,
        )
        return model

    def translate(self, weights, sentences):
        """Greedy translations by a model with these weights; the blocks are run again for every token."""
        if self.translator is None:
            self.translator = self.make_model(dropout=0.0)
            self.next_token = next_token_model(self.translator)
        self.translator.set_weights(weights)
        end_id = self.english.vocabulary.end_id
        encoded = [[*ids[: WIDTHS[-1] - 1], end_id] for ids in self.german.encode_batch(sentences)]
        order = sorted(range(len(encoded)), key=lambda index: len(encoded[index]))
        translations = [""] * len(encoded)
        for first in range(0, len(order), TRANSLATION_BATCH_SIZE):
            chosen = order[first : first + TRANSLATION_BATCH_SIZE]
            source = np.zeros((len(chosen), WIDTHS[-1]), dtype="int32")
            for row, index in enumerate(chosen):
                source[row, : len(encoded[index])] = encoded[index]
            for index, ids in zip(chosen, self.decode(source), strict=True):
                translations[index] = self.english.decode(ids)
        return translations

    def decode(self, source):
        """Target ids `(B, T)` for padded sources; the widths are no larger than they must be."""
        source = source[:, : width_for(int((source != 0).sum(axis=1).max()))]
        target = np.zeros((len(source), WIDTHS[-1]), dtype="int32")
        target[:, 0] = self.english.vocabulary.start_id
        for position in range(WIDTHS[-1] - 1):
            inputs = inputs_of(source, target[:, : width_for(position + 1)])
            inputs["position"] = np.full(len(source), position)
            target[:, position + 1] = self.next_token.predict_on_batch(inputs).argmax(axis=-1)
            if (target == self.english.vocabulary.end_id).any(axis=1).all():
                break
        return target[:, 1:]


def width_for(length):
    """The smallest of the widths that holds so many tokens."""
    return min(width for width in WIDTHS if width >= length)


def next_token_model(model):
    """The model with an input "position" more, which gives logits `(B, V)` for the token behind it."""
    *_, to_logits = model.layers
    position = keras.Input((), dtype="int32", name="position")
    outputs = keras.ops.take_along_axis(to_logits.input, position[:, None, None], axis=1)
    return keras.Model({**model.input, "position": position}, to_logits(outputs[:, 0]))
