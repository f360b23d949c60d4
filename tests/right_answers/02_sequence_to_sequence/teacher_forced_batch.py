"""Right answers to `teacher_forced_batch` in other styles."""

import numpy as np
from keras import ops
from keras.utils import pad_sequences


def as_nested_lists(targets, start_id, end_id):
    width = max(len(target) for target in targets) + 1
    inputs, labels, mask = [], [], []
    for target in targets:
        padding = [0] * (width - len(target) - 1)
        inputs.append([start_id] + target + padding)
        labels.append(target + [end_id] + padding)
        mask.append([True] * (len(target) + 1) + [False] * len(padding))
    return [inputs, labels, mask]


def padded_by_keras(targets, start_id, end_id):
    inputs = pad_sequences([[start_id, *target] for target in targets], padding="post")
    labels = pad_sequences([[*target, end_id] for target in targets], padding="post")
    return ops.convert_to_tensor(inputs), ops.convert_to_tensor(labels), ops.convert_to_tensor(labels > 0)


def framed_and_end_taken_from_inputs(targets, start_id, end_id):
    framed = pad_sequences([[start_id, *target, end_id] for target in targets], padding="post", dtype="int64")
    inputs, labels = framed[:, :-1], framed[:, 1:]
    return np.where(inputs == end_id, 0, inputs), labels, labels != 0


def mask_from_lengths(targets, start_id, end_id):
    lengths = np.array([len(target) + 1 for target in targets])
    mask = np.arange(lengths.max())[None, :] < lengths[:, None]
    inputs, labels = np.zeros(mask.shape, int), np.zeros(mask.shape, int)
    inputs[mask] = np.concatenate([[start_id, *target] for target in targets])
    labels[mask] = np.concatenate([[*target, end_id] for target in targets])
    return inputs, labels, mask


def a_list_of_three_tensors(targets, start_id, end_id):
    labels = pad_sequences([[*target, end_id] for target in targets], padding="post")
    inputs = np.concatenate(
        [np.full((len(targets), 1), start_id), np.where(labels == end_id, 0, labels)[:, :-1]], 1
    )
    return [ops.convert_to_tensor(inputs), ops.convert_to_tensor(labels), ops.not_equal(labels, 0)]
