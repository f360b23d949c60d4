"""Wrong answers to `task_masks`, each named after the mistake it makes."""

import numpy as np


def _mask(task, place, segments):
    t, s = place[:, None], place
    if task == "bidirectional":
        return np.ones((len(place), len(place)), bool)
    if task == "left_to_right":
        return s <= t
    if task == "right_to_left":
        return s >= t
    return (segments == 0) | ((s <= t) & (segments[:, None] == 1))


def _answer(tasks, segment_ids, padding_mask, mask_of=_mask, rows=True, columns=True):
    segment_ids, real = np.array(segment_ids), np.array(padding_mask)
    place = np.arange(real.shape[1])
    mask = np.stack(
        [mask_of(task, place, segments) for task, segments in zip(tasks, segment_ids, strict=True)]
    )
    if rows:
        mask = mask & real[:, :, None]
    return mask & real[:, None, :] if columns else mask


def _writing(rule):
    """The mask with another rule for the sequence to sequence."""

    def mask_of(task, place, segments):
        if task != "sequence_to_sequence":
            return _mask(task, place, segments)
        first = segments == 0
        return rule(
            place[:, None],
            place,
            first[:, None] & np.ones_like(first),
            first & np.ones((len(first), 1), bool),
        )

    return mask_of


def polarity_inverted(tasks, segment_ids, padding_mask):
    return ~_answer(tasks, segment_ids, padding_mask)


def first_task_for_all(tasks, segment_ids, padding_mask):
    return _answer([tasks[0]] * len(tasks), segment_ids, padding_mask)


def directions_swapped(tasks, segment_ids, padding_mask):
    swapped = {"left_to_right": "right_to_left", "right_to_left": "left_to_right"}
    return _answer([swapped.get(task, task) for task in tasks], segment_ids, padding_mask)


def not_itself(tasks, segment_ids, padding_mask):
    def mask_of(task, place, segments):
        mask = _mask(task, place, segments)
        return mask & ~np.eye(len(place), dtype=bool) if task.endswith(("right", "left")) else mask

    return _answer(tasks, segment_ids, padding_mask, mask_of)


def first_sees_second(tasks, segment_ids, padding_mask):
    return _answer(
        tasks, segment_ids, padding_mask, _writing(lambda t, s, first_t, first_s: first_t | (s <= t))
    )


def first_read_one_way(tasks, segment_ids, padding_mask):
    return _answer(tasks, segment_ids, padding_mask, _writing(lambda t, s, first_t, first_s: s <= t))


def second_sees_ahead(tasks, segment_ids, padding_mask):
    return _answer(
        tasks, segment_ids, padding_mask, _writing(lambda t, s, first_t, first_s: first_s | ~first_t)
    )


def second_blind_to_first(tasks, segment_ids, padding_mask):
    def rule(t, s, first_t, first_s):
        return (first_t & first_s) | (~first_t & ~first_s & (s <= t))

    return _answer(tasks, segment_ids, padding_mask, _writing(rule))


def second_blind_to_second(tasks, segment_ids, padding_mask):
    return _answer(tasks, segment_ids, padding_mask, _writing(lambda t, s, first_t, first_s: first_s))


def second_written_backwards(tasks, segment_ids, padding_mask):
    def rule(t, s, first_t, first_s):
        return first_s | (~first_t & (s >= t))

    return _answer(tasks, segment_ids, padding_mask, _writing(rule))


def segments_keep_apart(tasks, segment_ids, padding_mask):
    def mask_of(task, place, segments):
        mask = _mask(task, place, segments)
        return mask & (segments == segments[:, None]) if task == "bidirectional" else mask

    return _answer(tasks, segment_ids, padding_mask, mask_of)


def padding_unmasked(tasks, segment_ids, padding_mask):
    return _answer(tasks, segment_ids, padding_mask, rows=False, columns=False)


def padding_seen(tasks, segment_ids, padding_mask):
    return _answer(tasks, segment_ids, padding_mask, columns=False)


def padding_sees(tasks, segment_ids, padding_mask):
    return _answer(tasks, segment_ids, padding_mask, rows=False)
