"""Four tasks of one network, which differ in who may see whom."""

import numpy as np

from course_lib.objectives.orders.prefix_mask import among_real_tokens, checked_padding_mask, prefix_mask

TASKS = ("bidirectional", "sequence_to_sequence", "left_to_right", "right_to_left")


def task_mask(tasks, segment_ids, padding_mask):
    """Who may see whom, row by row, by the task that each row is for.

    `bidirectional`: everybody everybody
    `left_to_right`: t sees s <= t; `right_to_left`: t sees s >= t
    `sequence_to_sequence`: all see the first segment; the second one, from the left to t itself, too

    and in each of them only real tokens see and are seen. The network, its inputs and its question, which
    words were hidden, are the same for all four.

    Args:
        tasks: names of `TASKS`, one for each row, or one for all.
        segment_ids: ints `(B, T)`, 0 for the first segment, which comes first, and 1 for the second. They
            matter for `sequence_to_sequence` only.
        padding_mask: bools `(B, T)`, `True` at real tokens.

    Returns:
        bool `(B, T, T)`, `True` = may be seen.

    Raises:
        ValueError: if a task is none, the shapes do not fit, or the first segment of a row for
            `sequence_to_sequence` does not begin at position 0 or has a gap.

    Example:
        >>> from course_lib.objectives import task_mask
        >>> def show(task):  # [CLS] a [SEP] b [SEP], and padding
        ...     mask = task_mask(task, [[0, 0, 0, 1, 1, 0]], [[1, 1, 1, 1, 1, 0]])
        ...     for row in mask[0].astype(int):
        ...         print(*row)
        >>> show("sequence_to_sequence")
        1 1 1 0 0 0
        1 1 1 0 0 0
        1 1 1 0 0 0
        1 1 1 1 0 0
        1 1 1 1 1 0
        0 0 0 0 0 0

    Reference: Dong et al. (2019), "UniLM", section 2.2 and figure 1, https://arxiv.org/abs/1905.03197
    Taught in: notebooks/16_masks_as_tasks
    """
    is_real = checked_padding_mask(padding_mask)
    segment_ids = np.asarray(segment_ids)
    if segment_ids.shape != is_real.shape:
        raise ValueError(
            f"`segment_ids` must have the shape of `padding_mask`, {is_real.shape}. "
            f"Received: shape {segment_ids.shape}."
        )
    tasks = [tasks] * len(is_real) if isinstance(tasks, str) else list(tasks)
    if unknown := sorted(set(tasks) - set(TASKS)):
        raise ValueError(f"A task must be one of {', '.join(TASKS)}. Received: {unknown[0]!r}.")
    if len(tasks) != len(is_real):
        raise ValueError(f"There must be {len(is_real)} tasks, one for each row. Received: {len(tasks)}.")
    places = np.arange(is_real.shape[1])
    mask = np.ones((len(is_real), len(places), len(places)), bool)
    for row, task in enumerate(tasks):
        if task == "left_to_right":
            mask[row] = places <= places[:, None]
        elif task == "right_to_left":
            mask[row] = places >= places[:, None]
        elif task == "sequence_to_sequence":
            length = _first_segment(segment_ids[row], is_real[row], row)
            mask[row] = prefix_mask([length], is_real[row : row + 1])
    return among_real_tokens(mask, is_real)


def draw_tasks(count, generator, shares=(1 / 3, 1 / 3, 1 / 6, 1 / 6)):
    """Draws a task for each row.

    Args:
        count: int, how many.
        generator: a `numpy.random.Generator`.
        shares: four floats that sum to one, the probabilities of `TASKS`, in their order.

    Returns:
        list of names.

    Raises:
        ValueError: if the shares are not four probabilities that sum to one.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import draw_tasks
        >>> draw_tasks(3, np.random.default_rng(0))
        ['sequence_to_sequence', 'bidirectional', 'bidirectional']

    Reference: Dong et al. (2019), "UniLM", section 2.4 (the shares), https://arxiv.org/abs/1905.03197
    """
    if len(shares) != len(TASKS) or min(shares) < 0 or abs(sum(shares) - 1) > 1e-9:
        raise ValueError(f"`shares` must be {len(TASKS)} probabilities that sum to 1. Received: {shares}.")
    return [TASKS[number] for number in generator.choice(len(TASKS), count, p=shares)]


def _first_segment(segment_ids, is_real, row):
    """How many tokens the first segment has."""
    is_first = (segment_ids == 0) & is_real
    length = int(is_first.sum())
    if not is_first[:length].all():
        raise ValueError(f"The first segment must begin at position 0 and be whole. Received: row {row}.")
    return length
