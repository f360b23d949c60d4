"""Verdict of `all_words_loss`: a mixture of copying what is read and naming a word, over ordinary tokens."""

import numpy as np


def draw(generator):
    """Logits (B, T, V) and (B, T); texts in which words were replaced; special tokens and padding."""
    cases = []
    for batch, length, words, scale in (
        (1, 5, 7, 1.0),
        (3, 7, 11, 1.0),
        (5, 11, 13, 2.0),
        (7, 5, 11, 0.3),
        (2, 13, 13, 1.5),
    ):
        place = np.arange(length)
        last = generator.integers(3, length - 1, batch)[:, None] if length > 5 else np.full((batch, 1), 4)
        last[0] = length - 1
        original = generator.integers(5, words, (batch, length))
        original = np.where(place == 0, 2, np.where(place == last, 3, np.where(place > last, 0, original)))
        is_ordinary = (place > 0) & (place < last)
        is_replaced = is_ordinary & (generator.random((batch, length)) < 0.3)
        is_replaced[0, 1:3] = True, False
        others = 5 + (original - 5 + generator.integers(1, words - 5, (batch, length))) % (words - 5)
        cases.append(
            {
                "word_logits": np.clip(generator.normal(0, scale, (batch, length, words)), -10, 10),
                "copy_logits": np.clip(generator.normal(1, scale, (batch, length)), -5, 5),
                "corrupted": np.where(is_replaced, others, original),
                "original": original,
                "is_ordinary": is_ordinary,
            }
        )
    clean = {**cases[1], "corrupted": cases[1]["original"]}
    sure = {**cases[2], "copy_logits": np.clip(cases[2]["copy_logits"] + 3, -5, 5)}
    is_word = np.arange(13) == cases[2]["original"][..., None]
    sure["word_logits"] = np.clip(cases[2]["word_logits"] + np.where(is_word, -8, 8), -10, 10)
    return [*cases, clean, sure]


CONDITIONS = {
    "a word of hardly any probability": lambda case: np.ptp(case["word_logits"], axis=-1).mean() > 15,
    "a word that was replaced": lambda case: (case["corrupted"] != case["original"]).any(),
    "an ordinary word that was not replaced": lambda case: (
        case["is_ordinary"] & (case["corrupted"] == case["original"])
    ).any(),
    "a text in which nothing was replaced": lambda case: (case["corrupted"] == case["original"]).all(),
    "sequences of several lengths": lambda case: np.ptp(case["is_ordinary"].sum(axis=1)) > 0,
    "one sequence": lambda case: len(case["original"]) == 1,
    "as many tokens as words": lambda case: case["word_logits"].shape[1] == case["word_logits"].shape[2],
    "copy logits below zero": lambda case: (case["copy_logits"] < 0).any(),
    "copy logits above zero": lambda case: (case["copy_logits"] > 0).any(),
}


def _softmax(logits):
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _sigmoid(logits):
    return 1 / (1 + np.exp(-logits))


class _Batch:
    """c, and the two answers' probabilities of the original word, and of the word that is read."""

    def __init__(self, word_logits, copy_logits, corrupted, original, is_ordinary):
        softmax = _softmax(word_logits)
        self.copy = _sigmoid(copy_logits)
        self.is_copy = (corrupted == original).astype(float)
        self.word = np.take_along_axis(softmax, original[..., None], axis=-1)[..., 0]
        self.read = np.take_along_axis(softmax, corrupted[..., None], axis=-1)[..., 0]
        self.ordinary = is_ordinary
        self.replaced = corrupted != original


def _mixture(batch):
    return batch.copy * batch.is_copy + (1 - batch.copy) * batch.word


def _losses(batch, probability=_mixture):
    return -np.log(probability(batch))


def _ordinary_alone(losses, batch):
    return losses[batch.ordinary].mean()


def _by_sequence(losses, batch):
    return ((losses * batch.ordinary).sum(axis=1) / batch.ordinary.sum(axis=1)).mean()


def _loss(probability=_mixture, average=_ordinary_alone, losses=_losses):
    """The answer, with parts exchanged."""

    def answer(word_logits, copy_logits, corrupted, original, is_ordinary):
        batch = _Batch(word_logits, copy_logits, corrupted, original, is_ordinary)
        return average(losses(batch, probability), batch)

    return answer


reference = _loss()


def _logarithm_outside(word_logits, copy_logits, corrupted, original, is_ordinary):
    batch = _Batch(word_logits, copy_logits, corrupted, original, is_ordinary)
    return -np.log(_mixture(batch)[is_ordinary].mean())


def _losses_mixed(batch, probability):
    return -(1 - batch.copy) * np.log(batch.word)


def _losses_mixed_with_copy(batch, probability):
    return np.where(batch.replaced, -(1 - batch.copy) * np.log(batch.word), -batch.copy * np.log(batch.copy))


def _two_losses(batch, probability):
    """Whether to copy, and the word, each with a loss of its own."""
    to_copy = -np.where(batch.replaced, np.log(1 - batch.copy), np.log(batch.copy))
    return to_copy - np.log(batch.word)


MISTAKES = {
    "copies_the_original": _loss(lambda batch: batch.copy + (1 - batch.copy) * batch.word),
    "asks_for_what_is_read": (
        _loss(lambda batch: batch.copy + (1 - batch.copy) * batch.read),
        _loss(lambda batch: batch.copy * batch.is_copy + (1 - batch.copy) * batch.read),
    ),
    "copy_weight_swapped": _loss(lambda batch: (1 - batch.copy) * batch.is_copy + batch.copy * batch.word),
    "not_a_mixture": (
        _loss(lambda batch: batch.copy * batch.is_copy + batch.word),
        _loss(lambda batch: np.minimum(batch.copy * batch.is_copy + batch.word, 1)),
    ),
    "one_way_for_each_word": _loss(
        lambda batch: np.where(batch.replaced, (1 - batch.copy) * batch.word, batch.copy)
    ),
    "losses_mixed": (
        _loss(losses=_losses_mixed),
        _loss(losses=_losses_mixed_with_copy),
    ),
    "two_losses": _loss(losses=_two_losses),
    "copy_missing": _loss(lambda batch: batch.word),
    "replaced_alone_asked": _loss(
        average=lambda losses, batch: (losses * batch.replaced).sum() / max(batch.replaced.sum(), 1)
    ),
    "all_tokens_asked": _loss(average=lambda losses, batch: losses.mean()),
    "divided_by_all": _loss(average=lambda losses, batch: (losses * batch.ordinary).mean()),
    "mean_of_means": _loss(average=_by_sequence),
    "sum_not_mean": _loss(average=lambda losses, batch: losses[batch.ordinary].sum()),
    "logarithm_of_the_mean": _logarithm_outside,
    "sign_flipped": _loss(average=lambda losses, batch: -losses[batch.ordinary].mean()),
}
