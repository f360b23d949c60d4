"""Verdict of `pretraining_loss`: two means, each over what its own question asks, and their sum."""

import itertools

import numpy as np

FAR = 900.0  # exp(900) leaves float64, and exp(-900) vanishes in it


def _batch(generator, sequences, places, words, scale=1.0):
    """Every sequence has a pair and a hidden word at least, and of pairs there are both kinds."""
    labels = generator.integers(1, words, (sequences, places))
    for row in range(1, sequences):
        labels[row, generator.permutation(places)[: generator.integers(1, places)]] = 0
    return {
        "word_logits": generator.normal(0, scale, (sequences, places, words)),
        "word_labels": labels,
        "pair_logits": generator.normal(0, scale, (sequences, 2)),
        "pair_labels": generator.permutation(np.arange(sequences) % 2),
        "has_pair": np.ones(sequences, bool),
    }


def _without_pairs(case, rows):
    case["has_pair"][rows] = False
    case["pair_labels"][rows] = 0
    return case


def draw(generator):
    """Words (B, M, V) and pairs (B, 2); batches that lack one or the other, and logits far from zero."""
    cases = [_batch(generator, 2, 2, 3)]
    for sequences, places, words, scale in (
        (5, 2, 7, 1.0),
        (5, 5, 5, 3.0),
        (7, 3, 11, 0.3),
        (11, 2, 5, 10.0),
    ):
        case = _batch(generator, sequences, places, words, scale)
        case["pair_labels"][:4] = 0, 1, 1, 0
        case["word_labels"][1] = 0
        case["word_labels"][3] = 0, *case["word_labels"][0, 1:]
        cases.append(_without_pairs(case, [2, *(4 + np.flatnonzero(generator.random(sequences - 4) < 0.3))]))
    for label in (0, 1):
        case = _batch(generator, 3, 2, 5)
        case["pair_labels"][:] = label
        cases.append(case)
    one = _batch(generator, 1, 3, 5)
    one["word_labels"][0] = 0, 1, 4
    cases.append(one)
    full = _batch(generator, 3, 5, 7)
    full["word_labels"] = generator.integers(1, 7, (3, 5))
    cases.append(full)
    for lacks_words, lacks_pairs in ((True, False), (False, True), (True, True)):
        case = _batch(generator, 3, 2, 5)
        case["pair_labels"][:2] = 0, 1
        case["pair_logits"] = generator.uniform(0.1, 2, (3, 2))
        case["word_labels"][:] = np.where(lacks_words, 0, case["word_labels"])
        cases.append(_without_pairs(case, slice(None)) if lacks_pairs else case)
    far = _batch(generator, 3, 3, 5)
    far["word_logits"] += np.array([[FAR], [-FAR], [0.0]])
    far["pair_logits"] += np.array([[FAR], [-FAR], [0.0]])
    apart = _batch(generator, 2, 2, 5)
    apart["word_logits"][:, :, 0] += FAR
    apart["pair_logits"][[0, 1], 1 - apart["pair_labels"]] += FAR
    sure = _batch(generator, 3, 3, 5)
    sure["word_logits"][0, 0, sure["word_labels"][0, 0]] = 200.0
    sure["pair_logits"][1, sure["pair_labels"][1]] = 200.0
    return [*cases, far, apart, sure]


def _used(case):
    return case["word_labels"] != 0


def _pair_labels(case):
    """The labels of the pairs that there are."""
    return case["pair_labels"][case["has_pair"]]


CONDITIONS = {
    "a word and a pair that cost nothing": lambda case: (
        case["word_logits"].max() == case["pair_logits"].max() == 200
    ),
    "pairs with label 0 beside pairs with label 1": lambda case: set(_pair_labels(case).tolist()) == {0, 1},
    "no pair but with label 0": lambda case: set(_pair_labels(case).tolist()) == {0},
    "no pair but with label 1": lambda case: set(_pair_labels(case).tolist()) == {1},
    "a sequence without a pair, with hidden words": lambda case: (
        (~case["has_pair"] & _used(case).any(axis=1)).any() and case["has_pair"].any()
    ),
    "a sequence without hidden words, with a pair": lambda case: (
        (case["has_pair"] & ~_used(case).any(axis=1)).any() and _used(case).any()
    ),
    "a batch with a pair in every sequence": lambda case: case["has_pair"].all(),
    "a batch with all places used": lambda case: _used(case).all(),
    "an unused place in front of used ones": lambda case: (
        ~_used(case)[:, 0] & _used(case).any(axis=1)
    ).any(),
    "more hidden words in one sequence than in another": lambda case: np.ptp(_used(case).sum(axis=1)) > 0,
    "no hidden word in the batch": lambda case: not _used(case).any() and case["has_pair"].any(),
    "no pair in the batch": lambda case: _used(case).any() and not case["has_pair"].any(),
    "neither of them": lambda case: not _used(case).any() and not case["has_pair"].any(),
    "one sequence": lambda case: len(case["has_pair"]) == 1,
    "two sequences": lambda case: len(case["has_pair"]) == 2,
    "as many places as sequences": lambda case: len(set(case["word_labels"].shape)) == 1,
    "as many places as words": lambda case: case["word_logits"].shape[1] == case["word_logits"].shape[2],
    "the last id of the vocabulary": lambda case: (
        case["word_labels"] == case["word_logits"].shape[2] - 1
    ).any(),
    "a word with label 1": lambda case: (case["word_labels"] == 1).any(),
    "logits beyond 709": lambda case: case["word_logits"].max() > 709 and case["pair_logits"].max() > 709,
    "logits that are all below -750": lambda case: (
        (case["word_logits"].max(axis=-1) < -750).any() and (case["pair_logits"].max(axis=-1) < -750).any()
    ),
}


def _log_softmax(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _at_label(log_probabilities, labels):
    return -np.take_along_axis(log_probabilities, labels[..., None], axis=-1)[..., 0]


def _safe(total, count):
    return total / max(count, 1)


def _plain(total, count):
    return np.float64(total) / np.float64(count)


def _raising(total, count):
    if not count:
        raise ZeroDivisionError("division by zero")
    return total / count


DIVISIONS = (_safe, _plain, _raising)


def _mean(values, counts, divide):
    return divide((values * counts).sum(), counts.sum())


def _mean_of_words(words, divide):
    return _mean(words.losses, words.counts, divide)


def _mean_of_pairs(pairs, divide):
    return _mean(pairs.losses, pairs.counts, divide)


class _Question:
    """Logits, labels and losses of one question, and which of them count."""

    def __init__(self, logits, labels, counts, log):
        self.logits, self.labels, self.counts = logits, labels, counts
        self.losses = _at_label(log(logits), labels)


def _joined(join, word_log=_log_softmax, pair_log=_log_softmax, words=None, pairs=None, divide=_safe):
    """An answer that joins two questions' losses; `words` and `pairs` change labels beforehand."""

    def answer(word_logits, word_labels, pair_logits, pair_labels, has_pair):
        asked = word_labels if words is None else words(word_labels)
        judged = pair_labels if pairs is None else pairs(pair_labels)
        return join(
            _Question(word_logits, asked, word_labels != 0, word_log),
            _Question(pair_logits, judged, has_pair, pair_log),
            divide,
        )

    return answer


def _added(words, pairs, divide):
    return _mean_of_words(words, divide) + _mean_of_pairs(pairs, divide)


reference = _joined(_added)


def _ways(*joins, **parts):
    """A mistake with a division by 0 that gives 0, one that gives NaN, and one that is an error."""
    return tuple(_joined(join, divide=divide, **parts) for join in joins for divide in DIVISIONS)


def _with_words(part):
    return lambda words, pairs, divide: part(words, divide) + _mean_of_pairs(pairs, divide)


def _with_pairs(part):
    return lambda words, pairs, divide: _mean_of_words(words, divide) + part(pairs, divide)


def _label_one_alone(count):
    """Pairs with label 0 add nothing; `count` says by what the sum is divided."""

    def part(pairs, divide):
        is_one = pairs.counts & (pairs.labels != 0)
        return divide((pairs.losses * is_one).sum(), count(pairs, is_one))

    return _with_pairs(part)


def _one_mean(words, pairs, divide):
    total = (words.losses * words.counts).sum() + (pairs.losses * pairs.counts).sum()
    return divide(total, words.counts.sum() + pairs.counts.sum())


def _pairs_by_words(words, pairs, divide):
    number = words.counts.sum()
    return _mean_of_words(words, divide) + divide((pairs.losses * pairs.counts).sum(), number)


def _words_with_a_pair(words, pairs, divide):
    return _mean(words.losses, words.counts & pairs.counts[:, None], divide) + _mean_of_pairs(pairs, divide)


def _pairs_with_words(words, pairs, divide):
    has_words = words.counts.any(axis=1)
    return _mean_of_words(words, divide) + _mean(pairs.losses, pairs.counts & has_words, divide)


def _nothing_without(*needed):
    """0 for the whole batch where one of the questions is not asked, or both are not."""

    def join(words, pairs, divide):
        is_there = {"words": words.counts.any(), "pairs": pairs.counts.any()}
        return _added(words, pairs, divide) if all(is_there[name] for name in needed) else 0.0

    return join


def _divisions(of_words, of_pairs):
    return lambda words, pairs, _: _mean_of_words(words, of_words) + _mean_of_pairs(pairs, of_pairs)


def _rows(words, divide):
    totals, counts = (words.losses * words.counts).sum(axis=1), words.counts.sum(axis=1)
    return np.array([divide(total, count) for total, count in zip(totals, counts, strict=True)])


def _mean_of_used_rows(words, divide):
    return _mean(_rows(words, _safe), words.counts.any(axis=1), divide)


def _mean_over_the_batch(words, pairs, divide):
    """A loss of each sequence, words and pair, and the mean of these."""
    return (_rows(words, divide) + pairs.losses * pairs.counts).mean()


def _times_mask(divided_by_used):
    """The logits of unused places become 0, so that each of them costs log V."""

    def part(words, divide):
        losses = _at_label(_log_softmax(words.logits * words.counts[..., None]), words.labels)
        return divide(losses.sum(), words.counts.sum()) if divided_by_used else losses.mean()

    return _with_words(part)


def _softmax(logits):
    return np.exp(_log_softmax(logits))


def _twice(logits):
    return _log_softmax(_softmax(logits))


def _in_keras(logits):
    return _log_softmax(np.log(np.clip(logits, 1e-7, 1 - 1e-7)))


def _in_keras_elsewhere(logits):
    """What Keras makes of such probabilities on JAX and PyTorch: divided by their sum, then clipped."""
    with np.errstate(all="ignore"):
        shares = logits / logits.sum(axis=-1, keepdims=True)
    return np.log(np.clip(shares, 1e-7, 1 - 1e-7))


def _clipped(logits):
    return np.log(np.clip(logits, 1e-7, 1.0))


def _bits(logits):
    return _log_softmax(logits) / np.log(2)


def _logarithms(*others):
    """Another logarithm for words, for pairs, or for both."""
    answers = ()
    for log in others:
        for word_log, pair_log in ((log, log), (log, _log_softmax), (_log_softmax, log)):
            answers += _ways(_added, word_log=word_log, pair_log=pair_log)
    return answers


def overflows(arguments, received, expected):
    """NaN or infinity, and only where `exp` of a logit leaves float32, or a probability vanishes in it."""
    largest = max(np.abs(arguments[name]).max() for name in ("word_logits", "pair_logits"))
    return largest > 88 and not np.isfinite(received).all()


MISTAKES = {
    "pair_label_zero_ignored": _ways(
        _label_one_alone(lambda pairs, is_one: is_one.sum()),
        _label_one_alone(lambda pairs, is_one: pairs.counts.sum()),
        _label_one_alone(lambda pairs, is_one: len(is_one)),
    ),
    "single_texts_judged": _ways(_with_pairs(lambda pairs, divide: pairs.losses.mean())),
    "pairs_divided_by_sequences": _ways(
        _with_pairs(lambda pairs, divide: (pairs.losses * pairs.counts).mean())
    ),
    "pairs_divided_by_words": _ways(_pairs_by_words),
    "one_mean_for_both": _ways(_one_mean),
    "mean_of_the_two": _ways(lambda words, pairs, divide: _added(words, pairs, divide) / 2),
    "pairs_missing": _ways(lambda words, pairs, divide: _mean_of_words(words, divide)),
    "words_missing": _ways(lambda words, pairs, divide: _mean_of_pairs(pairs, divide)),
    "words_of_single_texts_left_out": _ways(_words_with_a_pair),
    "pairs_without_hidden_words_left_out": _ways(_pairs_with_words),
    "one_lacking_drops_both": _ways(
        _nothing_without("words"), _nothing_without("pairs"), _nothing_without("words", "pairs")
    ),
    "nothing_to_divide_by": tuple(
        _joined(_divisions(*pair)) for pair in itertools.product(DIVISIONS, repeat=2) if set(pair) != {_safe}
    ),
    "unused_places_counted": _ways(_with_words(lambda words, divide: words.losses.mean())),
    "words_divided_by_places": _ways(_with_words(lambda words, divide: (words.losses * words.counts).mean())),
    "words_divided_by_sequences": _ways(
        _with_words(lambda words, divide: (words.losses * words.counts).sum() / len(words.counts))
    ),
    "mean_of_means": _ways(
        _with_words(lambda words, divide: _rows(words, divide).mean()),
        _with_words(_mean_of_used_rows),
        _mean_over_the_batch,
    ),
    "word_losses_summed": _ways(_with_words(lambda words, divide: (words.losses * words.counts).sum())),
    "pair_losses_summed": _ways(_with_pairs(lambda pairs, divide: (pairs.losses * pairs.counts).sum())),
    "logits_times_mask": _ways(_times_mask(True), _times_mask(False)),
    "labels_one_too_small": _ways(_added, words=lambda labels: np.maximum(labels - 1, 0)),
    "pair_classes_swapped": _ways(_added, pairs=lambda labels: 1 - labels),
    "softmax_twice": _logarithms(_twice),
    "logits_taken_for_probabilities": _logarithms(_in_keras, _in_keras_elsewhere, _clipped),
    "in_bits": _logarithms(_bits),
}
SYMPTOMS = {"overflow": overflows}
