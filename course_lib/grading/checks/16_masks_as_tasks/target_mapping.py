"""Verdict of `target_mapping`: a one at the position of each slot."""

import numpy as np


def draw(generator):
    """Slots (B, M) in any order, used and not; some at position 0; a last position without one."""
    cases = []
    for batch, slots, length in ((1, 2, 3), (2, 3, 5), (5, 3, 7), (3, 3, 3), (7, 5, 11), (2, 2, 7)):
        last = length - 2 * (slots == 2 and batch == 2)
        positions = np.stack([generator.permutation(last)[:slots] for _ in range(batch)])
        labels = generator.integers(1, 97, (batch, slots))
        if batch == 1:
            positions[0], labels[0] = (2, 0), (7, 0)
        if batch == 2:
            labels[0, 0] = 1
        if batch > 2:
            positions[0] = (2, 1, 0, 4, 3)[:slots]
            positions[1, :2], positions[1, 2:] = (1, 0), np.arange(2, slots)
            labels[1, 0] = 0  # unused, and not the last one
            labels[2, -1], positions[2, -1] = 0, 0  # unused, at position 0
            labels[0] = np.maximum(labels[0], 2)
        cases.append(
            {"positions": positions.astype("int32"), "labels": labels.astype("int32"), "length": length}
        )
    return cases


CONDITIONS = {
    "an unused slot": lambda case: (case["labels"] == 0).any(),
    "an unused slot before a used one": lambda case: (
        (case["labels"][:, :-1] == 0) & (case["labels"][:, 1:] != 0)
    ).any(),
    "a word at position 0": lambda case: ((case["positions"] == 0) & (case["labels"] != 0)).any(),
    "an unused slot at another position": lambda case: (
        (case["positions"] != 0) & (case["labels"] == 0)
    ).any(),
    "slots not in the order of the text": lambda case: (np.diff(case["positions"], axis=1) < 0).any(),
    "other positions in the second row": lambda case: (
        len(case["positions"]) > 1 and (case["positions"][0] != case["positions"][1]).any()
    ),
    "a word with the id 1": lambda case: (case["labels"] == 1).any(),
    "a last position that no slot names": lambda case: case["positions"].max() < case["length"] - 1,
    "one sentence": lambda case: len(case["positions"]) == 1,
    "as many sentences as slots and positions": lambda case: (
        len({*case["positions"].shape, case["length"]}) == 1
    ),
}


def _with(places=lambda positions, labels: positions, is_used=lambda positions, labels: labels != 0):
    """The answer with other positions, or other slots taken for used."""

    def answer(positions, labels, length):
        is_there = places(positions, labels)[..., None] == np.arange(length)
        return (is_there & is_used(positions, labels)[..., None]).astype("float64")

    return answer


reference = _with()


def _first_slots(positions, labels):
    count = (labels != 0).sum(axis=1, keepdims=True)
    return np.arange(labels.shape[1]) < count


def _sorted(positions, labels):
    """The used positions in the order of the text, in the first slots."""
    return np.sort(np.where(labels != 0, positions, 10**6), axis=1)


def _all_in_one_row(positions, labels, length):
    whole = reference(positions, labels, length).sum(axis=1, keepdims=True)
    return whole * (labels != 0)[..., None]


def _all_in_every_row(positions, labels, length):
    return np.repeat(reference(positions, labels, length).sum(axis=1, keepdims=True), labels.shape[1], axis=1)


def _up_to(positions, labels, length):
    is_before = np.arange(length) <= positions[..., None]
    return (is_before & (labels != 0)[..., None]).astype("float64")


MISTAKES = {
    "first_row_for_all": (
        _with(places=lambda positions, labels: np.broadcast_to(positions[:1], positions.shape)),
        lambda positions, labels, length: np.broadcast_to(
            reference(positions, labels, length)[:1], (*labels.shape, length)
        ),
    ),
    "unused_slots_ask": _with(is_used=lambda positions, labels: np.ones_like(labels, bool)),
    "position_zero_left_out": (
        _with(is_used=lambda positions, labels: positions != 0),
        _with(is_used=lambda positions, labels: (positions != 0) & (labels != 0)),
    ),
    "label_one_left_out": _with(is_used=lambda positions, labels: labels > 1),
    "unused_taken_for_last": _with(is_used=_first_slots),
    "used_and_unused_swapped": _with(is_used=lambda positions, labels: labels == 0),
    "sorted_by_position": (
        _with(places=_sorted, is_used=lambda positions, labels: np.ones_like(labels, bool)),
        _with(places=lambda positions, labels: np.sort(positions, axis=1)),
    ),
    "all_words_in_every_row": (_all_in_one_row, _all_in_every_row),
    "all_up_to_the_position": _up_to,
    "labels_taken_for_positions": _with(places=lambda positions, labels: labels),
    "labels_in_place_of_ones": lambda positions, labels, length: (
        reference(positions, labels, length) * labels[..., None]
    ),
    "position_off_by_one": (
        _with(places=lambda positions, labels: positions - 1),
        _with(places=lambda positions, labels: positions + 1),
    ),
    "axes_swapped": lambda positions, labels, length: reference(positions, labels, length).swapaxes(1, 2),
}
