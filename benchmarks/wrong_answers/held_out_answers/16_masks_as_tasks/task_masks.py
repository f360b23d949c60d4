import keras  # noqa: F401
import numpy as np
from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

_TASKS = ("bidirectional", "left_to_right", "right_to_left", "sequence_to_sequence")


def _both_real(padding_mask):
    return ops.logical_and(padding_mask[:, :, None], padding_mask[:, None, :])


def _four(segment_ids):
    """The four masks of all rows, each (B, T, T), as if nothing were padding."""
    place = ops.arange(segment_ids.shape[1], dtype="int32")
    left = ops.broadcast_to(
        place[None, None, :] <= place[None, :, None], (segment_ids.shape[0],) + 2 * (segment_ids.shape[1],)
    )
    right = ops.transpose(left, (0, 2, 1))
    second = ops.cast(segment_ids, "bool")
    looks, seen = second[:, :, None], second[:, None, :]
    sequence = ops.logical_or(ops.logical_not(seen), looks & seen & left)
    return {
        "bidirectional": ops.ones_like(left),
        "left_to_right": left,
        "right_to_left": right,
        "sequence_to_sequence": sequence,
    }


def right_1(tasks, segment_ids, padding_mask):
    four = _four(segment_ids)
    mask = ops.stack([four[task][b] for b, task in enumerate(tasks)], axis=0)
    return ops.logical_and(mask, _both_real(padding_mask))


def right_2(tasks, segment_ids, padding_mask):
    def sees(task, t, s, segment):
        if task == "left_to_right":
            return s <= t
        if task == "right_to_left":
            return s >= t
        if task == "sequence_to_sequence":
            return segment[s] == 0 or (segment[t] == 1 and s <= t)
        return True

    segments = ops.convert_to_numpy(segment_ids)
    real = ops.convert_to_numpy(padding_mask)
    length = real.shape[1]
    rows = [
        [
            [bool(real[b, t] and real[b, s]) and bool(sees(task, t, s, segments[b])) for s in range(length)]
            for t in range(length)
        ]
        for b, task in enumerate(tasks)
    ]
    return ops.convert_to_tensor(np.array(rows, dtype=bool))


def right_3(tasks, segment_ids, padding_mask):
    """Everybody sees from some place on and up to another one: both places depend on the task."""
    length = padding_mask.shape[1]
    number = ops.convert_to_tensor([_TASKS.index(task) for task in tasks], dtype="int32")[:, None]
    real = ops.cast(padding_mask, "int32")
    second = ops.cast(segment_ids, "int32") * real
    place = ops.arange(length, dtype="int32")[None, :]
    total = ops.sum(real, axis=1, keepdims=True)
    prefix = ops.sum(real - second, axis=1, keepdims=True)
    first = ops.where(number == 2, place, 0)
    last = ops.where(number == 1, place + 1, total)
    last = ops.where(number == 3, ops.where(second == 1, place + 1, prefix), last)
    s = place[:, None, :]
    inside = (s >= first[:, :, None]) & (s < last[:, :, None])
    return inside & _both_real(padding_mask)


def right_4(tasks, segment_ids, padding_mask):
    segments = ops.convert_to_numpy(segment_ids)
    real = ops.convert_to_numpy(padding_mask).astype(bool)
    mask = real[:, :, None] & real[:, None, :]
    for b, task in enumerate(tasks):
        if task == "left_to_right":
            mask[b] = np.tril(mask[b])
        elif task == "right_to_left":
            mask[b] = np.triu(mask[b])
        elif task == "sequence_to_sequence":
            first = segments[b] == 0
            mask[b] = np.where(first[None, :], mask[b], np.tril(mask[b]) & ~first[:, None])
    return ops.convert_to_tensor(mask)


def _pick(four, tasks, padding_mask):
    mask = ops.stack([four[task][b] for b, task in enumerate(tasks)], axis=0)
    return ops.logical_and(mask, _both_real(padding_mask))


def wrong_1(tasks, segment_ids, padding_mask):
    """Masks only who looks. Wrong on: padding in rows that are not left to right."""
    four = _four(segment_ids)
    mask = ops.stack([four[task][b] for b, task in enumerate(tasks)], axis=0)
    return ops.logical_and(mask, padding_mask[:, :, None])


def wrong_2(tasks, segment_ids, padding_mask):
    """Sequence to sequence is left to right in both segments. Wrong on: first segments of two or more."""
    four = _four(segment_ids)
    four["sequence_to_sequence"] = four["left_to_right"]
    return _pick(four, tasks, padding_mask)


def wrong_3(tasks, segment_ids, padding_mask):
    """The first segment sees the second. Wrong on: sequence to sequence with two segments."""
    four = _four(segment_ids)
    first = ops.equal(segment_ids, 0)
    four["sequence_to_sequence"] = first[:, :, None] | first[:, None, :] | four["left_to_right"]
    return _pick(four, tasks, padding_mask)


def wrong_4(tasks, segment_ids, padding_mask):
    """Left and right are exchanged. Wrong on: rows with one of these tasks and two tokens or more."""
    four = _four(segment_ids)
    four["left_to_right"], four["right_to_left"] = four["right_to_left"], four["left_to_right"]
    return _pick(four, tasks, padding_mask)


def wrong_5(tasks, segment_ids, padding_mask):
    """Left to right and right to left without the token itself. Wrong on: rows with one of these tasks."""
    four = _four(segment_ids)
    left, right = four["left_to_right"], four["right_to_left"]
    four["left_to_right"] = ops.logical_not(right)
    four["right_to_left"] = ops.logical_not(left)
    return _pick(four, tasks, padding_mask)


def wrong_6(tasks, segment_ids, padding_mask):
    """The first row's task for the whole batch. Wrong on: batches with several tasks."""
    mask = _four(segment_ids)[tasks[0]]
    return ops.logical_and(mask, _both_real(padding_mask))


def wrong_7(tasks, segment_ids, padding_mask):
    """Nobody looks into the other segment from the left or right. Wrong on: these tasks with two segments."""
    four = _four(segment_ids)
    same = ops.equal(segment_ids[:, :, None], segment_ids[:, None, :])
    for task in ("left_to_right", "right_to_left"):
        four[task] = ops.logical_and(four[task], same)
    return _pick(four, tasks, padding_mask)


def wrong_8(tasks, segment_ids, padding_mask):
    """The triangles stay whole, padding or not. Wrong on: padded rows of left to right, right to left."""
    four = _four(segment_ids)
    both = _both_real(padding_mask)
    rows = []
    for b, task in enumerate(tasks):
        triangle = task in ("left_to_right", "right_to_left")
        rows.append(four[task][b] if triangle else four[task][b] & both[b])
    return ops.stack(rows, axis=0)


def wrong_9(tasks, segment_ids, padding_mask):
    """Masks only who is looked at. Wrong on: padding, whose rows should be False."""
    four = _four(segment_ids)
    mask = ops.stack([four[task][b] for b, task in enumerate(tasks)], axis=0)
    return ops.logical_and(mask, padding_mask[:, None, :])


def wrong_10(tasks, segment_ids, padding_mask):
    """The second segment sees itself only. Wrong on: sequence to sequence with two segments."""
    four = _four(segment_ids)
    second = ops.equal(segment_ids, 1)
    looks, seen = second[:, :, None], second[:, None, :]
    inside = ops.logical_and(looks, seen) & four["left_to_right"]
    four["sequence_to_sequence"] = ops.logical_or(inside, ~looks & ~seen)
    return _pick(four, tasks, padding_mask)


def wrong_11(tasks, segment_ids, padding_mask):
    """Bidirectional means within a segment. Wrong on: bidirectional rows with two segments."""
    four = _four(segment_ids)
    four["bidirectional"] = segment_ids[:, :, None] == segment_ids[:, None, :]
    return _pick(four, tasks, padding_mask)


def wrong_12(tasks, segment_ids, padding_mask):
    """Counts all zeros as the prefix, padding included. Wrong on: padded rows of sequence to sequence."""
    place = ops.arange(segment_ids.shape[1], dtype="int32")
    prefix = ops.sum(ops.cast(segment_ids == 0, "int32"), axis=1)
    four = _four(segment_ids)
    inside = place[None, None, :] < prefix[:, None, None]
    four["sequence_to_sequence"] = inside | four["left_to_right"]
    return _pick(four, tasks, padding_mask)


def wrong_13(tasks, segment_ids, padding_mask):
    """Who looks and who is seen are exchanged in sequence to sequence. Wrong on: that task, two segments."""
    four = _four(segment_ids)
    four["sequence_to_sequence"] = ops.swapaxes(four["sequence_to_sequence"], 1, 2)
    return _pick(four, tasks, padding_mask)


def wrong_14(tasks, segment_ids, padding_mask):
    """Puts the rows together task by task. Wrong on: tasks that do not come in the table's order."""
    four = _four(segment_ids)
    both = _both_real(padding_mask)
    rows = []
    for task in _TASKS:
        rows += [four[task][b] & both[b] for b in range(len(tasks)) if tasks[b] == task]
    return ops.stack(rows, axis=0)


def wrong_15(tasks, segment_ids, padding_mask):
    """The second segment sees all of itself. Wrong on: sequence to sequence, two tokens in the second."""
    four = _four(segment_ids)
    second = ops.cast(segment_ids, "bool")
    four["sequence_to_sequence"] = second[:, :, None] | ~second[:, None, :]
    return _pick(four, tasks, padding_mask)


def wrong_16(tasks, segment_ids, padding_mask):
    """Asks first whether "left" is in the task's name, as it is in both. Wrong on: right to left."""
    real = _both_real(padding_mask)
    four = _four(segment_ids)
    rows = []
    for b, task in enumerate(tasks):
        if "left" in task:
            mask = four["left_to_right"]
        elif "right" in task:
            mask = four["right_to_left"]
        elif task.startswith("sequence"):
            mask = four["sequence_to_sequence"]
        else:
            mask = four["bidirectional"]
        rows.append(mask[b] & real[b])
    return ops.stack(rows)


def wrong_17(tasks, segment_ids, padding_mask):
    """Right to left hides padding from those who look only, as for a triangle. Wrong on: padded such rows."""
    four = _four(segment_ids)
    mask = ops.stack([four[task][b] for b, task in enumerate(tasks)], axis=0)
    backwards = ops.convert_to_tensor([task == "right_to_left" for task in tasks])[:, None, None]
    columns = ops.logical_or(padding_mask[:, None, :], backwards)
    return mask & columns & padding_mask[:, :, None]
