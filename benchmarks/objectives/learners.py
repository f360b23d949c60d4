"""A reader, what it is asked, and the loss of its answers: one model for each kind of objective."""

import keras
from keras import ops

from benchmarks.objectives.operations import BOUNDARY_DIM
from benchmarks.objectives.readers import make_reader, set_initial_positions, spread, widen
from course_lib.models import FactorisedBert, PretrainingModel, SpanBert
from course_lib.models.bert.bert_reader import INITIALIZER
from course_lib.models.family.electra import generator_settings
from course_lib.models.heads.masked_word_head import MaskedWordHead
from course_lib.models.heads.replaced_token_head import ReplacedTokenHead
from course_lib.objectives import masked_cross_entropy, replace_tokens, replaced_token_loss

READ = ("token_ids", "padding_mask", "segment_ids", "asked_positions", "stream_mask")
BOUNDARIES = ("left_boundaries", "right_boundaries", "span_places")
LONGEST_SPAN = 20


class Learner(keras.Model):
    """Gives the losses of a batch of `RungBatches`: a dict of scalars, of which "total" is minimised.

    Attributes:
        reader: what tasks will take.
    """

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return y_pred["total"]


class WordLearner(Learner):
    """Words that are hidden, that follow, or that are asked for in a random order; and pairs.

    Args:
        rung: a `Rung` of any kind but "boundary" and "replaced".
        sizes: a `Sizes`.
    """

    def __init__(self, rung, sizes):
        super().__init__(dtype="float32")
        asks_pairs = rung.pairs in ("next", "order")
        self.reader = make_reader(sizes, rung.kind, has_pooler=asks_pairs)
        self.model = PretrainingModel(self.reader, has_pair_head=asks_pairs)

    def call(self, inputs, training=None):
        read = {name: inputs[name] for name in (*READ, "masked_positions") if name in inputs}
        outputs = self.model(read, training=training)
        if self.model.pair_head is None:
            return {"total": masked_cross_entropy(outputs, inputs["labels"])}
        words = masked_cross_entropy(outputs["masked_words"], inputs["labels"])
        logits = ops.cast(outputs["sentence_pair"], "float32")
        pairs = keras.losses.sparse_categorical_crossentropy(inputs["pair_labels"], logits, from_logits=True)
        return {"total": words + ops.mean(pairs), "words": words, "pairs": ops.mean(pairs)}

    def word_logits(self, inputs):
        """Logits of the words that are asked for."""
        outputs = self.model(inputs)
        return outputs["masked_words"] if self.model.pair_head is not None else outputs


class BoundaryLearner(Learner):
    """Words of hidden spans, asked for where they stood and from the ends of their spans."""

    def __init__(self, rung, sizes):
        super().__init__(dtype="float32")
        self.reader = make_reader(sizes)
        self.model = SpanBert(self.reader, longest=LONGEST_SPAN, place_dim=BOUNDARY_DIM)

    def call(self, inputs, training=None):
        read = {name: inputs[name] for name in (*READ, *BOUNDARIES, "masked_positions") if name in inputs}
        outputs = self.model(read, training=training)
        losses = {name: masked_cross_entropy(logits, inputs["labels"]) for name, logits in outputs.items()}
        return {"total": losses["masked_words"] + losses["span_words"], **losses}

    def word_logits(self, inputs):
        """Logits of the words that are asked for, where they stood."""
        inputs = dict(inputs)
        positions = inputs.pop("masked_positions")
        outputs = self.reader(inputs)["sequence_output"]
        return self.model.masked_word_head(outputs, self.reader.token_embedding.embeddings, positions)


class ReplacedLearner(Learner):
    """A generator replaces words; the reader is asked which they are, or what stood there.

    `total = generator's loss + weight · the reader's loss`

    Both read with one table. "every word" and "chosen" are cross-entropies of "was it replaced"; "chosen
    words" is one of the words at the places that were chosen; "all words" one of every word x of the text,
    which the reader may hold for real, `p(v) = p(real) [v = x] + (1 - p(real)) softmax(logits)[v]`.

    Args:
        rung: a `Rung` of the kind "replaced".
        sizes: a `Sizes`.
        allowed: bools `(V,)`, which words may be drawn.
        frequencies: floats `(V,)`, of the words, for a rung without a generator's network.
    """

    def __init__(self, rung, sizes, allowed, frequencies):
        super().__init__(dtype="float32")
        self.rung = rung
        self.reader = make_reader(sizes)
        self.allowed = ops.convert_to_tensor(allowed)
        self.frequencies = ops.log(ops.maximum(ops.convert_to_tensor(frequencies, "float32"), 1e-9))
        of_head = {"initializer": INITIALIZER, "activation": "gelu", "dtype": self.reader.dtype_policy}
        self.generator = None
        if rung.generator:
            self.generator = make_generator(self.reader, rung)
            self.generator_head = MaskedWordHead(sizes.vocabulary_size, **of_head)
        self.judge = self.word_head = None
        if rung.asks != "chosen words":
            self.judge = ReplacedTokenHead(**of_head)
        if rung.asks.endswith(" words"):
            self.word_head = MaskedWordHead(sizes.vocabulary_size, **of_head)

    def propose(self, inputs, training=None):
        """The generator's logits `(B, M, V)` of the chosen places, special tokens ruled out when drawing."""
        if self.generator is None:
            return ops.broadcast_to(
                self.frequencies, (*ops.shape(inputs["labels"]), self.frequencies.shape[-1])
            )
        outputs = self.generator(reading(inputs), training=training)["sequence_output"]
        table = self.reader.token_embedding.embeddings
        return self.generator_head(outputs, table, inputs["masked_positions"])

    def replace(self, inputs, proposed):
        """The text with words of the generator, and which of them are not the original ones."""
        samples = draw_words(proposed, inputs["draws"], self.allowed)
        return replace_tokens(inputs["token_ids"], inputs["masked_positions"], inputs["labels"], samples)

    def answer(self, inputs, corrupted, training=None):
        """What the reader makes of the text `(B, T, D)`."""
        return self.reader({**reading(inputs), "token_ids": corrupted}, training=training)["sequence_output"]

    def call(self, inputs, training=None):
        proposed = self.propose(inputs, training)
        corrupted, is_replaced = self.replace(inputs, proposed)
        outputs = self.answer(inputs, corrupted, training)
        table = self.reader.token_embedding.embeddings
        losses = {}
        if self.rung.asks == "chosen words":
            logits = self.word_head(outputs, table, inputs["masked_positions"])
            losses["reader"] = masked_cross_entropy(logits, inputs["labels"])
        elif self.rung.asks == "all words":
            losses["reader"] = copying_loss(
                self.judge(outputs),
                self.word_head(outputs, table),
                corrupted,
                inputs["original_ids"],
                inputs["is_judged"],
            )
        else:
            losses["reader"] = replaced_token_loss(self.judge(outputs), is_replaced, inputs["is_judged"])
        total = self.rung.weight * losses["reader"]
        if self.generator is not None:
            losses["generator"] = masked_cross_entropy(proposed, inputs["labels"])
            total = total + losses["generator"]
        return {"total": total, **losses}


def reading(inputs):
    """Those of the inputs that any reader takes."""
    return {name: inputs[name] for name in ("token_ids", "padding_mask", "segment_ids") if name in inputs}


def make_generator(reader, rung):
    """A reader with the table of another one, narrower or of fewer blocks."""
    settings = {name: value for name, value in reader.settings.items() if name != "has_pooler"}
    settings |= {"embedding_dim": settings["hidden_dim"]}
    settings = generator_settings(settings, rung.generator)
    generator = FactorisedBert(**settings, embedding=reader.embedding, dtype=reader.dtype_policy)
    generator.build({"token_ids": (None, None)})
    return generator


def draw_words(logits, draws, allowed):
    """The word at which the sum of probabilities passes a number drawn evenly; no gradient passes through.

    One random number for a place is enough; `sample_tokens` takes one for every word of the vocabulary.

    Args:
        logits: floats `(B, M, V)`.
        draws: floats `(B, M)` in [0, 1).
        allowed: bools `(V,)`.

    Returns:
        int32 `(B, M)`.
    """
    logits = ops.cast(ops.stop_gradient(logits), "float32")
    probabilities = ops.softmax(ops.where(allowed, logits, -1e9), axis=-1)
    sums = ops.cumsum(probabilities, axis=-1)
    wanted = ops.expand_dims(draws, -1) * sums[..., -1:]
    return ops.sum(ops.cast(sums <= wanted, "int32"), axis=-1)


def copying_loss(judged, logits, corrupted, original, counts):
    """Mean loss of every word that counts, by a reader that may hold what it sees for real.

    Args:
        judged: floats `(B, T)`, above 0 for "replaced".
        logits: floats `(B, T, V)`.
        corrupted, original: ints `(B, T)`.
        counts: bools `(B, T)`.
    """
    judged, logits = ops.cast(judged, "float32"), ops.cast(logits, "float32")
    at_word = ops.take_along_axis(logits, ops.expand_dims(original, -1), axis=-1)[..., 0]
    said = at_word - ops.logsumexp(logits, axis=-1) + ops.log_sigmoid(judged)
    kept = ops.where(corrupted == original, ops.log_sigmoid(-judged), -1e9)
    losses = ops.where(counts, -ops.logaddexp(said, kept), 0.0)
    return ops.divide_no_nan(ops.sum(losses), ops.sum(ops.cast(counts, "float32")))


def make_learner(rung, sizes, allowed, frequencies):
    """The model of a rung, not built yet."""
    if rung.kind == "replaced":
        return ReplacedLearner(rung, sizes, allowed, frequencies)
    return (BoundaryLearner if rung.kind == "boundary" else WordLearner)(rung, sizes)


def set_initial_weights(learner, sizes):
    """Matrices as wide as suits their width, and positions as sinusoids; the generator's by its own width."""
    widen(learner, sizes.hidden_dim)
    if getattr(learner, "generator", None) is not None:
        spread(learner.generator.encoder, (learner.rung.generator) ** -0.5)
    set_initial_positions(learner.reader, sizes)
