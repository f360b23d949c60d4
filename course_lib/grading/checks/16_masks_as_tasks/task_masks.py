"""Verdict of `task_masks`: four tasks in one batch, each by its own mask."""

import numpy as np

TASKS = ("bidirectional", "left_to_right", "right_to_left", "sequence_to_sequence")


def draw(generator):
    """Batches (B, T) of mixed tasks, rows with one segment and with two, with and without padding."""
    cases = []
    for batch, length in ((1, 5), (4, 5), (5, 7), (7, 7), (11, 13)):
        real = generator.integers(4, length + 1, batch)
        first = generator.integers(1, real - 1)
        tasks = [TASKS[index % 4] for index in generator.permutation(batch)]
        if batch == 1:
            tasks, real, first = ["sequence_to_sequence"], np.array([5]), np.array([2])
        if batch > 4:
            writer = tasks.index("sequence_to_sequence")
            tasks[0], tasks[writer] = tasks[writer], tasks[0]
            real[0], first[0] = length - 1, 2  # two in the first, two and more in the second, one of padding
            alone = tasks.index("bidirectional")
            first[alone] = real[alone]  # one segment
        place = np.arange(length)
        case = {
            "tasks": tasks,
            "segment_ids": ((place >= first[:, None]) & (place < real[:, None])).astype("int32"),
            "padding_mask": place < real[:, None],
        }
        cases.append(case)
    return cases


CONDITIONS = {
    "all four tasks": lambda case: set(case["tasks"]) == set(TASKS),
    "another task in the first row than in the last": lambda case: case["tasks"][0] != case["tasks"][-1],
    "padding": lambda case: not case["padding_mask"].all(),
    "padding behind two segments, written in order": lambda case: (
        case["tasks"][0] == "sequence_to_sequence"
        and not case["padding_mask"][0].all()
        and case["segment_ids"][0].sum() > 1
    ),
    "one segment": lambda case: (case["segment_ids"].max(axis=1) == 0).any(),
    "one row": lambda case: len(case["tasks"]) == 1,
    "as many rows as tokens": lambda case: len(set(case["padding_mask"].shape)) == 1,
}


def _bidirectional(t, s, segments):
    return np.ones((len(t), len(t)), bool)


def _left(t, s, segments):
    return s <= t


def _right(t, s, segments):
    return s >= t


def _written(t, s, segments):
    return (segments[None, :] == 0) | ((s <= t) & (segments[:, None] == 1))


RULES = dict(zip(TASKS, (_bidirectional, _left, _right, _written), strict=True))


def _with(rows=True, columns=True, task_of=lambda tasks, row: tasks[row], **changed):
    """The answer with other rules for some tasks, by name."""
    rules = RULES | changed

    def answer(tasks, segment_ids, padding_mask):
        place = np.arange(padding_mask.shape[1])
        masks = [
            rules[task_of(tasks, row)](place[:, None], place, segments)
            for row, segments in enumerate(segment_ids)
        ]
        mask = np.stack(masks)
        mask = mask & padding_mask[:, None, :] if columns else mask
        return mask & padding_mask[:, :, None] if rows else mask

    return answer


reference = _with()


def _same(segments):
    return segments[:, None] == segments[None, :]


MISTAKES = {
    "polarity_inverted": lambda tasks, segment_ids, padding_mask: (
        ~reference(tasks, segment_ids, padding_mask)
    ),
    "first_task_for_all": _with(task_of=lambda tasks, row: tasks[0]),
    "directions_swapped": _with(left_to_right=_right, right_to_left=_left),
    "not_itself": (
        _with(left_to_right=lambda t, s, g: s < t, right_to_left=lambda t, s, g: s > t),
        _with(
            left_to_right=lambda t, s, g: s < t,
            right_to_left=lambda t, s, g: s > t,
            sequence_to_sequence=lambda t, s, g: (g[None, :] == 0) | ((s < t) & (g[:, None] == 1)),
        ),
    ),
    "first_sees_second": (
        _with(sequence_to_sequence=lambda t, s, g: (g[None, :] == 0) | (s <= t) | (g[:, None] == 0)),
        _with(sequence_to_sequence=lambda t, s, g: (s <= t) | (g[:, None] == 0)),
    ),
    "first_read_one_way": _with(sequence_to_sequence=_left),
    "second_sees_ahead": (
        _with(sequence_to_sequence=lambda t, s, g: (g[None, :] == 0) | (g[:, None] == 1)),
        _with(sequence_to_sequence=_bidirectional),
    ),
    "second_blind_to_first": _with(
        sequence_to_sequence=lambda t, s, g: _same(g) & ((s <= t) | (g[:, None] == 0))
    ),
    "second_blind_to_second": _with(
        sequence_to_sequence=lambda t, s, g: np.broadcast_to(g[None, :] == 0, (len(g), len(g)))
    ),
    "second_written_backwards": _with(
        sequence_to_sequence=lambda t, s, g: (g[None, :] == 0) | ((s >= t) & (g[:, None] == 1))
    ),
    "segments_keep_apart": (
        _with(bidirectional=lambda t, s, g: _same(g)),
        _with(
            bidirectional=lambda t, s, g: _same(g),
            left_to_right=lambda t, s, g: _same(g) & (s <= t),
            right_to_left=lambda t, s, g: _same(g) & (s >= t),
        ),
        _with(
            left_to_right=lambda t, s, g: _same(g) & (s <= t),
            right_to_left=lambda t, s, g: _same(g) & (s >= t),
        ),
    ),
    "padding_unmasked": _with(rows=False, columns=False),
    "padding_seen": _with(columns=False),
    "padding_sees": _with(rows=False),
}
