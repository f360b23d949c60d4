"""Verdict of `electra_loss`: hidden words by the generator, all ordinary tokens by the discriminator."""

import numpy as np

FAR = 900.0  # exp(900) leaves float64, and exp(-900) vanishes in it


def draw(generator):
    """Logits (B, T, V) and (B, T), hidden words that were hit and missed, special tokens and padding."""
    cases = []
    for batch, length, words, scale, weight in (
        (1, 5, 3, 1.0, 2.0),
        (3, 7, 5, 1.0, 50.0),
        (5, 11, 7, 2.0, 50.0),
        (7, 13, 11, 0.3, 3.0),
        (2, 17, 5, 3.0, 0.5),
        (5, 5, 5, 1.0, 50.0),
    ):
        place = np.arange(length)
        last = generator.integers(3, length - 1, batch)[:, None] if length > 5 else np.full((batch, 1), 4)
        last[0] = length - 1
        is_ordinary = (place > 0) & (place < last)
        is_hidden = is_ordinary & (generator.random((batch, length)) < 0.4)
        is_hidden[0, 1:3] = True
        is_hidden[0, 3] = False
        if batch > 2:
            is_hidden[2] = False
        is_replaced = is_hidden & (generator.random((batch, length)) < 0.6)
        is_replaced[0, 1:3] = True, False
        cases.append(
            {
                "word_logits": generator.normal(0, scale, (batch, length, words)),
                "labels": np.where(is_hidden, generator.integers(1, words, (batch, length)), 0),
                "logits": generator.normal(0, scale, (batch, length)),
                "is_replaced": is_replaced,
                "is_ordinary": is_ordinary,
                "weight": weight,
            }
        )
    far = {**cases[1], "word_logits": cases[1]["word_logits"] + FAR, "weight": 2.0}
    far["logits"] = cases[1]["logits"] + FAR * generator.choice([-1, 1], cases[1]["logits"].shape)
    far["logits"][0, 1:3] = -FAR, FAR
    missed = {**cases[3], "word_logits": cases[3]["word_logits"].copy()}
    missed["word_logits"][np.arange(11) == missed["labels"][..., None]] -= 60
    return [*cases, far, missed]


def _hidden(case):
    return case["labels"] != 0


CONDITIONS = {
    "a hidden word of hardly any probability": lambda case: (
        (np.ptp(case["word_logits"], axis=-1) > 50) & _hidden(case)
    ).any(),
    "a hidden word that was replaced": lambda case: (_hidden(case) & case["is_replaced"]).any(),
    "a hidden word that was hit": lambda case: (_hidden(case) & ~case["is_replaced"]).any(),
    "an ordinary token that was not hidden": lambda case: (case["is_ordinary"] & ~_hidden(case)).any(),
    "a sequence without hidden words": lambda case: (~_hidden(case).any(axis=1)).any(),
    "sequences of several lengths": lambda case: np.ptp(case["is_ordinary"].sum(axis=1)) > 0,
    "one sequence": lambda case: len(case["labels"]) == 1,
    "as many tokens as words": lambda case: len(set(case["word_logits"].shape)) == 1,
    "a weight of 50": lambda case: case["weight"] == 50,
    "a weight below 1": lambda case: case["weight"] < 1,
    "logits beyond 709": lambda case: (
        min(case["word_logits"].max(), case["logits"].max(), -case["logits"].min()) > 709
    ),
}


def _log_softmax(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _log_sigmoid(logits):
    return -np.logaddexp(0, -logits)


def _mean(losses, counts):
    return losses[counts].mean()


def _sum(losses, counts):
    return losses[counts].sum()


def _by_sequence(losses, counts):
    rows = counts.any(axis=1)
    return ((losses * counts).sum(axis=1)[rows] / counts.sum(axis=1)[rows]).mean()


def _by_all_sequences(losses, counts):
    return ((losses * counts).sum(axis=1) / np.maximum(counts.sum(axis=1), 1)).mean()


def _over_all(losses, counts):
    return (losses * counts).mean()


class _Batch:
    """The losses of every place, and the sets of places that one may count."""

    def __init__(self, word_logits, labels, logits, is_replaced, is_ordinary, log_words, log_tokens):
        self.words = -np.take_along_axis(log_words(word_logits), labels[..., None], axis=-1)[..., 0]
        self.tokens = -np.where(is_replaced, log_tokens(logits), log_tokens(-logits))
        self.hidden, self.replaced, self.ordinary = labels != 0, is_replaced, is_ordinary
        self.all = np.ones(labels.shape, bool)


def _generator(batch):
    return _mean(batch.words, batch.hidden)


def _discriminator(batch):
    return _mean(batch.tokens, batch.ordinary)


def _loss(
    generator=_generator,
    discriminator=_discriminator,
    join=lambda words, tokens, weight: words + weight * tokens,
    log_words=_log_softmax,
    log_tokens=_log_sigmoid,
):
    """The answer, with parts exchanged."""

    def answer(word_logits, labels, logits, is_replaced, is_ordinary, weight):
        given = word_logits, labels, logits, is_replaced, is_ordinary
        batch = _Batch(*given, log_words, log_tokens)
        return join(generator(batch), discriminator(batch), weight)

    return answer


reference = _loss()


def _tokens(average, counts):
    return _loss(discriminator=lambda batch: average(batch.tokens, counts(batch)))


def _words(average, counts):
    return _loss(generator=lambda batch: average(batch.words, counts(batch)))


def _rows(average):
    """A mean in each sequence, of words, of tokens, or of both."""
    parts = {
        "generator": lambda batch: average(batch.words, batch.hidden),
        "discriminator": lambda batch: average(batch.tokens, batch.ordinary),
    }
    return (_loss(**parts), *(_loss(**{name: part}) for name, part in parts.items()))


def _divided_by_ordinary(batch):
    return (batch.words * batch.hidden).sum() / batch.ordinary.sum()


def _of_flags(flags):
    def answer(word_logits, labels, logits, is_replaced, is_ordinary, weight):
        return reference(word_logits, labels, logits, flags(is_replaced, labels), is_ordinary, weight)

    return answer


def _probabilities(logits):
    return np.log(np.clip(logits, 1e-7, 1 - 1e-7))


def _token_probabilities(kind):
    """As losses of Keras have it, whose 1 - 1e-7 is another number in float32."""

    def answer(word_logits, labels, logits, is_replaced, is_ordinary, weight):
        clipped = np.clip(logits.astype(kind), 1e-7, 1 - 1e-7).astype(kind)
        losses = -np.where(is_replaced, np.log(clipped), np.log(1 - clipped))
        words = _Batch(word_logits, labels, logits, is_replaced, is_ordinary, _log_softmax, _log_sigmoid)
        return _generator(words) + weight * _mean(losses.astype("float64"), is_ordinary)

    return answer


def _token_sigmoid_twice(word_logits, labels, logits, is_replaced, is_ordinary, weight):
    probabilities = np.exp(_log_sigmoid(logits))
    return reference(word_logits, labels, probabilities, is_replaced, is_ordinary, weight)


def _word_softmax_twice(logits):
    return _log_softmax(np.exp(_log_softmax(logits)))


def _joined(join):
    return _loss(join=join)


def overflows(arguments, received, expected):
    """NaN or infinity, and only where `exp` of a logit leaves float32, or a probability vanishes in it."""
    largest = max(np.abs(arguments[name]).max() for name in ("word_logits", "logits"))
    return largest > 88 and not np.isfinite(received).all()


MISTAKES = {
    "weight_forgotten": _joined(lambda words, tokens, weight: words + tokens),
    "weight_on_the_generator": _joined(lambda words, tokens, weight: weight * words + tokens),
    "weight_on_both": _joined(lambda words, tokens, weight: weight * (words + tokens)),
    "generator_missing": (
        _joined(lambda words, tokens, weight: weight * tokens),
        _joined(lambda words, tokens, weight: tokens),
    ),
    "discriminator_missing": (
        _joined(lambda words, tokens, weight: words),
        _joined(lambda words, tokens, weight: weight * words),
    ),
    "hidden_alone_judged": _tokens(_mean, lambda batch: batch.hidden),
    "replaced_alone_judged": _tokens(_mean, lambda batch: batch.replaced),
    "all_tokens_judged": _tokens(_mean, lambda batch: batch.all),
    "judged_divided_by_all": _tokens(_over_all, lambda batch: batch.ordinary),
    "hidden_called_replaced": _of_flags(lambda is_replaced, labels: labels != 0),
    "flags_inverted": _of_flags(lambda is_replaced, labels: ~is_replaced),
    "words_asked_everywhere": (
        _words(_mean, lambda batch: batch.all),
        _words(_mean, lambda batch: batch.ordinary),
    ),
    "words_of_replaced_alone": _words(_mean, lambda batch: batch.hidden & batch.replaced),
    "words_divided_by_all": (
        _words(_over_all, lambda batch: batch.hidden),
        _loss(generator=_divided_by_ordinary),
    ),
    "mean_of_means": (*_rows(_by_sequence), *_rows(_by_all_sequences)),
    "sum_not_mean": _rows(_sum),
    "sigmoid_twice": _token_sigmoid_twice,
    "softmax_twice": _loss(log_words=_word_softmax_twice),
    "logits_taken_for_probabilities": (
        _token_probabilities("float32"),
        _token_probabilities("float64"),
        _loss(log_words=_probabilities),
        _loss(log_words=lambda logits: _log_softmax(_probabilities(logits))),
    ),
}
SYMPTOMS = {"overflow": overflows}
