import itertools

import numpy as np
from keras import ops


def wrong_1(targets, start_id, end_id):
    """The mask leaves out the end token; wrong for every sentence."""
    length = max(len(row) for row in targets) + 1
    inputs = np.zeros((len(targets), length), "int32")
    labels = np.zeros((len(targets), length), "int32")
    mask = np.zeros((len(targets), length), bool)
    for b, row in enumerate(targets):
        inputs[b, : len(row) + 1] = [start_id] + row
        labels[b, : len(row) + 1] = row + [end_id]
        mask[b, : len(row)] = True
    return inputs, labels, mask


def wrong_2(targets, start_id, end_id):
    """The inputs hold the end token, too, and T is two more than the longest target; wrong on almost any input."""
    length = max(len(row) for row in targets) + 2
    inputs = np.zeros((len(targets), length), "int32")
    labels = np.zeros((len(targets), length), "int32")
    for b, row in enumerate(targets):
        whole = [start_id] + list(row) + [end_id]
        inputs[b, : len(whole)] = whole
        labels[b, : len(whole) - 1] = whole[1:]
    return inputs, labels, labels != 0


def wrong_3(targets, start_id, end_id):
    """Cuts the whole padded sentence in two, so inputs of shorter rows keep the end token. Wrong on: lengths that differ."""
    length = max(len(row) for row in targets) + 2
    whole = np.zeros((len(targets), length), "int32")
    for b, row in enumerate(targets):
        whole[b, : len(row) + 2] = [start_id] + list(row) + [end_id]
    labels = whole[:, 1:]
    return whole[:, :-1], labels, labels != 0


def wrong_4(targets, start_id, end_id):
    """Pads at the front; wrong when lengths differ."""
    length = max(len(row) for row in targets) + 1
    inputs = np.zeros((len(targets), length), "int32")
    labels = np.zeros((len(targets), length), "int32")
    for b, row in enumerate(targets):
        inputs[b, length - len(row) - 1 :] = [start_id] + list(row)
        labels[b, length - len(row) - 1 :] = list(row) + [end_id]
    return inputs, labels, labels != 0


def wrong_5(targets, start_id, end_id):
    """Fills the rest of the labels with the end token and calls all of it real; wrong when lengths differ."""
    length = max(len(row) for row in targets) + 1
    inputs = np.zeros((len(targets), length), "int32")
    labels = np.full((len(targets), length), end_id, "int32")
    for b, row in enumerate(targets):
        inputs[b, : len(row) + 1] = [start_id] + list(row)
        labels[b, : len(row)] = row
    return inputs, labels, labels != 0


def wrong_6(targets, start_id, end_id):
    """Start and end are always 1 and 2, whatever the arguments say."""
    length = max(len(row) for row in targets) + 1
    inputs = [[1] + list(row) + [0] * (length - len(row) - 1) for row in targets]
    labels = [list(row) + [2] + [0] * (length - len(row) - 1) for row in targets]
    labels = np.array(labels, "int32")
    return np.array(inputs, "int32"), labels, labels != 0


def wrong_7(targets, start_id, end_id):
    """Looks at the last token of a sentence to place the end; fails on an empty list."""
    length = max(len(row) for row in targets) + 1
    inputs = np.zeros((len(targets), length), "int32")
    labels = np.zeros((len(targets), length), "int32")
    for b, row in enumerate(targets):
        inputs[b, 0] = start_id
        for t, token in enumerate(row):
            labels[b, t] = token
            inputs[b, t + 1] = token
        inputs[b, t + 1] = row[-1]
        labels[b, t + 1] = end_id
    return inputs, labels, labels != 0


def wrong_8(targets, start_id, end_id):
    """Inputs and labels are not shifted against each other: the label of step t is its own input. Wrong on: sentences of one token or more."""
    length = max(len(row) for row in targets) + 1
    inputs = [[start_id] + list(row) + [0] * (length - len(row) - 1) for row in targets]
    inputs = np.array(inputs, "int32")
    labels = inputs.copy()
    for b, row in enumerate(targets):
        labels[b, len(row)] = end_id
    return inputs, labels, labels != 0


def wrong_9(targets, start_id, end_id):
    """The mask is of numbers 0.0 and 1.0, not of booleans; wrong on almost any input."""
    length = max(len(row) for row in targets) + 1
    inputs = np.zeros((len(targets), length), "int32")
    labels = np.zeros((len(targets), length), "int32")
    mask = np.zeros((len(targets), length), "float32")
    for b, row in enumerate(targets):
        inputs[b, : len(row) + 1] = [start_id] + list(row)
        labels[b, : len(row) + 1] = list(row) + [end_id]
        mask[b, : len(row) + 1] = 1
    return inputs, labels, mask


def right_1(targets, start_id, end_id):
    """NumPy arrays filled row by row, mask from the lengths."""
    lengths = np.array([len(row) + 1 for row in targets])
    shape = (len(targets), lengths.max())
    inputs, labels = np.zeros(shape, "int64"), np.zeros(shape, "int64")
    for b, row in enumerate(targets):
        inputs[b, 0] = start_id
        inputs[b, 1 : lengths[b]] = row
        labels[b, : lengths[b] - 1] = row
        labels[b, lengths[b] - 1] = end_id
    return inputs, labels, np.arange(shape[1]) < lengths[:, None]


def right_2(targets, start_id, end_id):
    """itertools.zip_longest, transposed; tensors, and a list for the triple."""
    inputs = list(zip(*itertools.zip_longest(*([start_id, *row] for row in targets), fillvalue=0)))
    labels = list(zip(*itertools.zip_longest(*([*row, end_id] for row in targets), fillvalue=0)))
    labels = ops.convert_to_tensor(labels, dtype="int32")
    return [ops.convert_to_tensor(inputs, dtype="int32"), labels, ops.not_equal(labels, 0)]


def right_3(targets, start_id, end_id):
    """List comprehensions in pure Python, tensors at the end."""
    longest = max(map(len, targets))
    gaps = [longest - len(row) for row in targets]
    inputs = [[start_id] + row + [0] * gap for row, gap in zip(targets, gaps)]
    labels = [row + [end_id] + [0] * gap for row, gap in zip(targets, gaps)]
    mask = [[True] * (len(row) + 1) + [False] * gap for row, gap in zip(targets, gaps)]
    return tuple(ops.convert_to_tensor(x) for x in (inputs, labels, mask))
