"""Wrong answers to `task_masks` beside its mutants."""

import numpy as np


def _answer(tasks, segment_ids, padding_mask, **changed):
    """The right masks with some exchanged: functions of segments and the causal mask."""
    rows = []
    for task, segments, real in zip(tasks, np.array(segment_ids), np.array(padding_mask), strict=True):
        ones = np.ones((len(real), len(real)), bool)
        left = np.tril(ones)
        masks = {
            "bidirectional": ones,
            "left_to_right": left,
            "right_to_left": left.T,
            "sequence_to_sequence": (segments == 0) | (left & (segments[:, None] == 1)),
        }
        masks |= {name: function(segments, left) for name, function in changed.items()}
        rows.append(masks[task] & np.outer(real, real))
    return np.array(rows)


def first_sees_second__beside_itself(tasks, segment_ids, padding_mask):
    def rule(segments, left):
        return left | (segments == 0) | (segments[:, None] == 0)

    return _answer(tasks, segment_ids, padding_mask, sequence_to_sequence=rule)


def second_sees_ahead__as_both_sides(tasks, segment_ids, padding_mask):
    return _answer(
        tasks, segment_ids, padding_mask, sequence_to_sequence=lambda segments, left: np.ones_like(left)
    )


def segments_keep_apart__in_every_task(tasks, segment_ids, padding_mask):
    def same(segments):
        return segments == segments[:, None]

    return _answer(
        tasks,
        segment_ids,
        padding_mask,
        bidirectional=lambda segments, left: same(segments),
        left_to_right=lambda segments, left: same(segments) & left,
        right_to_left=lambda segments, left: same(segments) & left.T,
    )


def one_direction_for_both(tasks, segment_ids, padding_mask):
    return _answer(tasks, segment_ids, padding_mask, right_to_left=lambda segments, left: left)


def both_sides_from_the_left(tasks, segment_ids, padding_mask):
    return _answer(tasks, segment_ids, padding_mask, bidirectional=lambda segments, left: left)
