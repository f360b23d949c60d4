"""Verdict of `teacher_forced_batch`: decoder inputs shifted right, labels, and the mask of real steps."""

import numpy as np


def draw(generator):
    """Lists of sentences of different lengths; an empty one and a single one among them."""
    cases = [
        {"targets": [[7, 8, 9], [5]], "start_id": 2, "end_id": 3},
        {"targets": [[1, 1, 5], [5, 3, 1]], "start_id": 4, "end_id": 2},
        {"targets": [[], []], "start_id": 1, "end_id": 2},
    ]
    for lengths, start_id, end_id in (
        ((3, 5, 2), 2, 3),
        ((7,), 2, 3),
        ((2, 0, 3, 5, 1), 2, 3),
        ((11, 5, 7), 41, 43),
    ):
        targets = [generator.integers(5, 37, length).tolist() for length in lengths]
        cases.append({"targets": targets, "start_id": start_id, "end_id": end_id})
    return cases


def _lengths(case):
    return list(map(len, case["targets"]))


CONDITIONS = {
    "one sentence": lambda case: len(case["targets"]) == 1,
    "an empty sentence among others": lambda case: min(_lengths(case)) == 0 < max(_lengths(case)),
    "nothing but empty sentences": lambda case: max(_lengths(case)) == 0,
    "sentences of one length, so no padding": lambda case: (
        len(case["targets"]) > 1 and len(set(_lengths(case))) == 1 and max(_lengths(case)) > 0
    ),
    "the longest sentence is not the first": lambda case: _lengths(case)[0] < max(_lengths(case)),
    "1 is a word, and stands twice": lambda case: case["targets"][0].count(1) == 2,
    "ids of start and end beyond those of words": lambda case: (
        min(case["start_id"], case["end_id"]) > max(map(max, filter(None, case["targets"])), default=99)
    ),
    "ids of start and end below those of words": lambda case: (
        max(case["start_id"], case["end_id"]) < min(map(min, filter(None, case["targets"])), default=0)
    ),
}


def _pad(rows, width=None):
    padded = np.zeros((len(rows), width or max(map(len, rows))), "int32")
    for index, row in enumerate(rows):
        padded[index, : len(row)] = row
    return padded


def reference(targets, start_id, end_id):
    inputs = _pad([[start_id, *target] for target in targets])
    labels = _pad([[*target, end_id] for target in targets])
    return inputs, labels, labels != 0


def _not_shifted(targets, start_id, end_id):
    _, labels, mask = reference(targets, start_id, end_id)
    return labels, labels, mask


def _not_shifted_both_start(targets, start_id, end_id):
    inputs, _, mask = reference(targets, start_id, end_id)
    return inputs, inputs, mask


def _framed_twice(targets, start_id, end_id):
    framed = _pad([[start_id, *target, end_id] for target in targets])
    return framed, framed, framed != 0


def _no_end(targets, start_id, end_id):
    """Labels without the end token; the mask from the inputs or from the labels."""
    inputs, _, mask = reference(targets, start_id, end_id)
    return inputs, _pad(targets, inputs.shape[1]), mask


def _no_end_masked(targets, start_id, end_id):
    inputs, labels, _ = _no_end(targets, start_id, end_id)
    return inputs, labels, labels != 0


def _no_start(targets, start_id, end_id):
    _, labels, mask = reference(targets, start_id, end_id)
    return _pad(targets, labels.shape[1]), labels, mask


def _end_after_padding(targets, start_id, end_id):
    """Padded first, end token appended to the width afterwards."""
    inputs, _, _ = reference(targets, start_id, end_id)
    labels = np.append(_pad(targets, inputs.shape[1] - 1), np.full((len(targets), 1), end_id), axis=1)
    return inputs, labels.astype("int32"), labels != 0


def _end_after_padding_masked_by_inputs(targets, start_id, end_id):
    inputs, labels, _ = _end_after_padding(targets, start_id, end_id)
    return inputs, labels, inputs != 0


def _both_framed(targets, start_id, end_id):
    """[start, y, end] as inputs, the same shifted left as labels: one column too many."""
    inputs = _pad([[start_id, *target, end_id] for target in targets])
    labels = _pad([[*target, end_id] for target in targets], inputs.shape[1])
    return inputs, labels, labels != 0


def _both_framed_masked_by_inputs(targets, start_id, end_id):
    inputs, labels, _ = _both_framed(targets, start_id, end_id)
    return inputs, labels, inputs != 0


def _end_in_inputs(targets, start_id, end_id):
    """Framed, padded, and only then cut: END goes with the last column of the longest row alone."""
    framed = _pad([[start_id, *target, end_id] for target in targets])
    return framed[:, :-1], framed[:, 1:], framed[:, 1:] != 0


def _end_in_inputs_masked_by_inputs(targets, start_id, end_id):
    inputs, labels, _ = _end_in_inputs(targets, start_id, end_id)
    return inputs, labels, inputs != 0


def _longest_cut(targets, start_id, end_id):
    inputs, labels, mask = reference(targets, start_id, end_id)
    return inputs[:, :-1], labels[:, :-1], mask[:, :-1]


def _shifted_the_other_way(targets, start_id, end_id):
    inputs, labels, mask = reference(targets, start_id, end_id)
    return labels, inputs, mask


def _padded_in_front(targets, start_id, end_id):
    def pad(rows):
        width = max(map(len, rows))
        return np.array([[0] * (width - len(row)) + list(row) for row in rows], "int32")

    labels = pad([[*target, end_id] for target in targets])
    return pad([[start_id, *target] for target in targets]), labels, labels != 0


def _mask_inverted(targets, start_id, end_id):
    inputs, labels, mask = reference(targets, start_id, end_id)
    return inputs, labels, ~mask


def _mask_everything(targets, start_id, end_id):
    inputs, labels, mask = reference(targets, start_id, end_id)
    return inputs, labels, np.ones_like(mask)


def _end_masked_out(targets, start_id, end_id):
    inputs, labels, _ = reference(targets, start_id, end_id)
    return inputs, labels, _pad(targets, inputs.shape[1]) != 0


MISTAKES = {
    "not_shifted": (_not_shifted, _not_shifted_both_start, _framed_twice),
    "shifted_the_other_way": _shifted_the_other_way,
    "no_end": (_no_end, _no_end_masked),
    "no_start": _no_start,
    "end_after_padding": (_end_after_padding, _end_after_padding_masked_by_inputs),
    "both_framed": (_both_framed, _both_framed_masked_by_inputs),
    "end_in_inputs": (_end_in_inputs, _end_in_inputs_masked_by_inputs),
    "longest_cut": _longest_cut,
    "padded_in_front": _padded_in_front,
    "mask_inverted": _mask_inverted,
    "mask_everything": _mask_everything,
    "end_masked_out": _end_masked_out,
}
