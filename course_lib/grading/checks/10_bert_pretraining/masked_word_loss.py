"""Verdict of `masked_word_loss`: cross-entropy at the places that are used, all of the batch together."""

import numpy as np

FAR = 900.0  # exp(900) leaves float64, and exp(-900) vanishes in it


def draw(generator):
    """Logits (B, T, V) near and far from zero; places (B, M) that are used, and such that are not."""
    cases = []
    for batch, length, places, words, scale in (
        (1, 3, 2, 5, 1.0),
        (2, 5, 3, 7, 1.0),
        (3, 7, 5, 11, 3.0),
        (5, 5, 3, 5, 0.3),
        (7, 3, 3, 13, 10.0),
        (3, 11, 7, 5, 1.0),
        (2, 7, 5, 11, 300.0),
    ):
        positions = np.stack([generator.permutation(length)[:places] for _ in range(batch)])
        labels = generator.integers(1, words, (batch, places))
        for row in range(1 if batch > 1 else 0, batch):
            labels[row, generator.permutation(places)[: generator.integers(1, places)]] = 0
        if batch == 2:
            labels[1, 0], labels[1, -1] = 1, 0
        positions[(labels == 0) & (generator.random(labels.shape) < 0.5)] = 0
        if batch > 2:
            labels[1], positions[1] = 0, 0
            labels[2, :3] = 0, 1, words - 1
            between = generator.permutation(np.arange(1, length - 1))
            positions[2] = [length - 1, 0, *between[: places - 2]]
        if batch == 1:
            labels, positions = np.array([[0, 2]]), np.array([[0, 1]])
        logits = generator.normal(0, scale, (batch, length, words))
        cases.append({"logits": logits, "positions": positions, "labels": labels})
    far = generator.normal(0, 1, (2, 3, 7)) + np.array([[FAR], [-FAR], [0.0]])
    positions, labels = np.array([[0, 1], [1, 2]]), np.array([[6, 1], [3, 5]])
    sure = generator.normal(0, 1, (2, 3, 7))
    sure[0, 0, 6] = 200.0
    return [
        *cases,
        {"logits": far, "positions": positions, "labels": labels},
        {"logits": sure, "positions": positions, "labels": labels},
    ]


def _sizes(case):
    """B, T, M, V"""
    batch, length, words = case["logits"].shape
    return batch, length, case["labels"].shape[1], words


def _used(case):
    return case["labels"] != 0


CONDITIONS = {
    "a word that costs nothing": lambda case: case["logits"].max() == 200,
    "an unused place behind used ones": lambda case: (_used(case)[:, 0] & ~_used(case)[:, -1]).any(),
    "an unused place in front of used ones": lambda case: (
        ~_used(case)[:, 0] & _used(case).any(axis=1)
    ).any(),
    "an unused place that points at position 0": lambda case: (~_used(case) & (case["positions"] == 0)).any(),
    "an unused place that points at another position": lambda case: (
        ~_used(case) & (case["positions"] != 0)
    ).any(),
    "a word hidden at position 0": lambda case: (_used(case) & (case["positions"] == 0)).any(),
    "a sequence without hidden words": lambda case: (~_used(case).any(axis=1)).any(),
    "a sequence with all places used": lambda case: _used(case).all(axis=1).any(),
    "a batch with all places used": lambda case: _used(case).all(),
    "positions that are not in order": lambda case: (np.diff(case["positions"], axis=1) < 0).any(),
    "as many places as positions": lambda case: _sizes(case)[1] == _sizes(case)[2],
    "as many sequences as positions": lambda case: _sizes(case)[0] == _sizes(case)[1],
    "as many positions as words": lambda case: _sizes(case)[1] == _sizes(case)[3],
    "one sequence": lambda case: _sizes(case)[0] == 1,
    "the last id of the vocabulary": lambda case: (case["labels"] == _sizes(case)[3] - 1).any(),
    "a label of 1": lambda case: (case["labels"] == 1).any(),
    "logits beyond 709": lambda case: (case["logits"].max(axis=-1) > 709).any(),
    "logits that are all below -750": lambda case: (case["logits"].max(axis=-1) < -750).any(),
}


def _log_softmax(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _gather(logits, positions):
    return np.take_along_axis(logits, positions[:, :, None], axis=1)


def _losses(gathered, labels, log_probabilities=_log_softmax):
    return -np.take_along_axis(log_probabilities(gathered), labels[..., None], axis=-1)[..., 0]


def _mean(losses, used):
    return losses[used].mean()


def _loss(gather=_gather, average=_mean, used=lambda positions, labels: labels != 0, log=_log_softmax):
    """The answer, with parts exchanged."""

    def answer(logits, positions, labels):
        losses = _losses(gather(logits, positions), labels, log)
        return average(losses, used(positions, labels))

    return answer


reference = _loss()


def _flat(offset):
    def gather(logits, positions):
        batch, length, words = logits.shape
        return logits.reshape(-1, words)[positions + np.arange(batch)[:, None] * offset(length)]

    return gather


def _sequence_means(least):
    """The mean of the sequences' means; one without hidden words is divided by `least`."""
    return lambda losses, used: ((losses * used).sum(axis=1) / np.maximum(used.sum(axis=1), least)).mean()


def _means_of_used_sequences(losses, used):
    rows = used.any(axis=1)
    return _sequence_means(1)(losses[rows], used[rows])


def _first_n(losses, used):
    return losses[np.arange(used.shape[1]) < used.sum(axis=1)[:, None]].mean()


def _until_unused(losses, used):
    kept = used.cumprod(axis=1)
    return (losses * kept).sum() / kept.sum()


def _whole_text(counts_label_zero):
    """All positions, of which the unhidden ones have label 0."""

    def answer(logits, positions, labels):
        whole = np.zeros(logits.shape[:2], int)
        for row, (at, words) in enumerate(zip(positions, labels, strict=True)):
            whole[row, at[words != 0]] = words[words != 0]
        losses = _losses(logits, whole)
        return losses.mean() if counts_label_zero else (losses * (whole != 0)).mean()

    return answer


def _softmax(logits):
    return np.exp(_log_softmax(logits))


def _added(amount):
    return lambda logits: np.log(_softmax(logits) + amount)


def _clipped(least, greatest):
    return lambda logits: np.log(np.clip(_softmax(logits), least, greatest))


def overflows(arguments, received, expected):
    """NaN or infinity, and only where `exp` of a logit leaves float32, or a probability vanishes in it."""
    return np.abs(arguments["logits"]).max() > 88 and not np.isfinite(received).all()


MISTAKES = {
    "positions_ignored": _loss(gather=lambda logits, positions: logits[:, : positions.shape[1]]),
    "offset_missing": (_loss(gather=_flat(lambda length: 0)), _loss(gather=_flat(lambda length: 1))),
    "first_positions_for_all": _loss(gather=lambda logits, positions: logits[:, positions[0]]),
    "whole_text_counted": (_whole_text(True), _whole_text(False)),
    "unused_places_counted": _loss(used=lambda positions, labels: labels >= 0),
    "divided_by_all_places": _loss(average=lambda losses, used: (losses * used).mean()),
    "position_zero_left_out": (
        _loss(used=lambda positions, labels: positions != 0),
        _loss(used=lambda positions, labels: (positions != 0) & (labels != 0)),
    ),
    "words_below_two_left_out": _loss(used=lambda positions, labels: labels > 1),
    "mean_of_means": (
        _loss(average=_sequence_means(0)),
        _loss(average=_sequence_means(1)),
        _loss(average=_means_of_used_sequences),
    ),
    "divided_by_sequences": _loss(average=lambda losses, used: losses[used].sum() / len(losses)),
    "first_n_counted": (_loss(average=_first_n), _loss(average=_until_unused)),
    "sum_not_mean": _loss(average=lambda losses, used: losses[used].sum()),
    "sign_flipped": _loss(average=lambda losses, used: -losses[used].mean()),
    "softmax_twice": _loss(log=lambda logits: _log_softmax(_softmax(logits))),
    "logits_taken_for_probabilities": (
        _loss(log=lambda logits: _log_softmax(np.log(np.clip(logits, 1e-7, 1 - 1e-7)))),
        _loss(log=lambda logits: np.log(np.clip(logits, 1e-7, 1 - 1e-7))),
        _loss(log=lambda logits: np.log(np.clip(logits, 1e-7, 1.0))),
        _loss(log=lambda logits: np.log(np.maximum(logits, 1e-7))),
    ),
    "softmax_forgotten": _loss(log=lambda logits: logits),
    "bounded_logarithm": (
        *(_loss(log=_added(10.0**-power)) for power in (5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 30)),
        *(_loss(log=_clipped(10.0**-power, 1.0)) for power in (5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 30)),
        *(_loss(log=_clipped(10.0**-power, 1 - 10.0**-power)) for power in (5, 6, 7)),
    ),
}
SYMPTOMS = {"overflow": overflows}
