"""Verdict of `put_samples`: samples where words were hidden, and True where the word is another one now."""

import numpy as np

MASK = 4


def draw(generator):
    """Texts (B, T) with masks; places (B, M) in any order, used and unused; samples that hit and miss."""
    cases = []
    for batch, length, places, words in (
        (1, 5, 2, 7),
        (3, 11, 5, 13),
        (7, 13, 7, 29),
        (5, 7, 3, 11),
        (2, 17, 11, 101),
    ):
        original = generator.integers(5, 5 + words, (batch, length))
        original[:, 0] = 2
        ends = generator.integers(5, length, batch) if length > 5 else np.array([4])
        ends[0] = length - 1
        place = np.arange(length)
        original[place == ends[:, None]] = 3
        original[place > ends[:, None]] = 0
        case = _hidden(generator, original, ends, places, words)
        cases.append(case)
    none = {**cases[3], "labels": np.zeros_like(cases[3]["labels"])}
    none["token_ids"] = np.where(none["token_ids"] == MASK, 5, none["token_ids"])
    return [*cases, none, _unused_places_everywhere(generator)]


def _unused_places_everywhere(generator):
    """Words hidden at position 0 and elsewhere; unused places in front, and others that point there."""
    words = generator.permutation(np.arange(5, 29))
    token_ids = words[:10].reshape(2, 5)
    token_ids[0, [0, 2]] = token_ids[1, 1] = MASK
    labels = np.array([[0, words[10], words[11], 0, 0], [words[12], 0, 0, 0, 0]])
    samples = words[14:24].reshape(2, 5)
    samples[0, 2] = words[11]
    return {
        "token_ids": token_ids,
        "positions": np.array([[3, 0, 2, 0, 2], [1, 1, 0, 2, 4]]),
        "labels": labels,
        "samples": samples,
    }


def _hidden(generator, original, ends, num_places, words):
    batch = len(original)
    positions, labels = (np.zeros((batch, num_places), int) for _ in range(2))
    samples = generator.integers(5, 5 + words, (batch, num_places))
    token_ids = original.copy()
    for row in range(batch):
        most = min(num_places, ends[row] - 1)
        count = most if batch == 1 else min(most, 1 + row % num_places)
        at = generator.permutation(np.arange(1, ends[row]))[:count]
        slots = generator.permutation(num_places)[:count]
        if batch > 1 and row == 0:  # every place is used, or as many as there are words; not in order
            count = most
            at = np.arange(1, ends[row])[-count:][::-1]
            slots = np.arange(count)
        positions[row] = generator.integers(0, original.shape[1], num_places)
        positions[row, generator.random(num_places) < 0.5] = 0
        positions[row, slots], labels[row, slots] = at, original[row, at]
        token_ids[row, at] = MASK
    used = np.argwhere(labels != 0)
    for index, (row, slot) in enumerate(used[generator.permutation(len(used))]):
        hit = labels[row, slot]
        samples[row, slot] = hit if index % 2 else 5 + (hit - 5 + generator.integers(1, words)) % words
    unused = np.argwhere(labels == 0)
    if len(unused):
        row, slot = unused[-1]
        positions[row, slot] = np.flatnonzero((token_ids[row] > MASK) | (token_ids[row] == 3))[0]
        samples[row, slot] = 5 + (token_ids[row, positions[row, slot]] - 4) % words
    return {"token_ids": token_ids, "positions": positions, "labels": labels, "samples": samples}


def _used(case):
    return case["labels"] != 0


def _in_order(case):
    """Whether the used places of each sequence are in the order of the text."""
    return [
        (np.diff(row[is_used]) > 0).all() for row, is_used in zip(case["positions"], _used(case), strict=True)
    ]


CONDITIONS = {
    "a word that was hidden at position 0": lambda case: (_used(case) & (case["positions"] == 0)).any(),
    "a first place that is not used, at another token": lambda case: (
        not _used(case)[0, 0] and case["token_ids"][0, case["positions"][0, 0]] != MASK
    ),
    "a sample that is the original word": lambda case: (
        _used(case) & (case["samples"] == case["labels"])
    ).any(),
    "a sample that is another word": lambda case: (_used(case) & (case["samples"] != case["labels"])).any(),
    "an unused place that points at position 0": lambda case: (~_used(case) & (case["positions"] == 0)).any(),
    "an unused place that points elsewhere": lambda case: (~_used(case) & (case["positions"] != 0)).any(),
    "an unused place in front of a used one": lambda case: (~_used(case)[:, :-1] & _used(case)[:, 1:]).any(),
    "places that are not in the order of the text": lambda case: not all(_in_order(case)),
    "a sequence with more hidden words than another": lambda case: np.ptp(_used(case).sum(axis=1)) > 0,
    "nothing is hidden": lambda case: not _used(case).any(),
    "padding": lambda case: (case["token_ids"] == 0).any(),
    "one sequence": lambda case: len(case["token_ids"]) == 1,
    "all places of a sequence are used": lambda case: _used(case).all(axis=1).any(),
}


def _write(token_ids, positions, words, is_written, collide=lambda old, new: new):
    """Words at positions, place after place; `collide` says what becomes of two at one position."""
    written = token_ids.copy()
    seen = np.zeros(token_ids.shape, bool)
    for row, slot in np.argwhere(is_written):
        at = row, positions[row, slot]
        written[at] = collide(written[at], words[row, slot]) if seen[at] else words[row, slot]
        seen[at] = True
    return written


COLLISIONS = (
    lambda old, new: new,
    lambda old, new: old,
    lambda old, new: old + new,
    lambda old, new: max(old, new),
)


def _answer(
    is_written=lambda positions, labels: labels != 0,
    flags=lambda corrupted, original, token_ids, is_hidden: corrupted != original,
    positions_of=lambda positions: positions,
    samples_of=lambda samples, labels: samples,
    skipped=lambda samples, labels: np.zeros(labels.shape, bool),
    collide=COLLISIONS[0],
    finish=lambda *pair: pair,
):
    """The answer, with parts exchanged."""

    def answer(token_ids, positions, labels, samples):
        written = is_written(positions, labels)
        at, drawn = positions_of(positions), samples_of(samples, labels)
        original = _write(token_ids, at, labels, written, collide)
        corrupted = _write(token_ids, at, drawn, written & ~skipped(samples, labels), collide)
        is_hidden = _write(0 * token_ids, at, 1 + 0 * labels, written) == 1
        return finish(corrupted, flags(corrupted, original, token_ids, is_hidden))

    return answer


reference = _answer()


def _by_the_mask(token_ids, positions, labels, samples):
    """Samples in the order of their places, written at the masks in the order of the text."""
    is_hidden = token_ids == MASK
    corrupted, original = token_ids.copy(), token_ids.copy()
    corrupted[is_hidden], original[is_hidden] = samples[labels != 0], labels[labels != 0]
    return corrupted, corrupted != original


def _everywhere(positions, labels):
    return np.ones(labels.shape, bool)


def _against_the_text(corrupted, original, token_ids, is_hidden):
    return corrupted != token_ids


MISTAKES = {
    "pair_swapped": _answer(finish=lambda corrupted, flags: (flags, corrupted)),
    "equal_sample_called_replaced": _answer(flags=lambda corrupted, original, token_ids, hidden: hidden),
    "flags_inverted": (
        _answer(flags=lambda corrupted, original, token_ids, hidden: corrupted == original),
        _answer(flags=lambda corrupted, original, token_ids, hidden: hidden & (corrupted == original)),
    ),
    "masks_left": _answer(
        skipped=lambda samples, labels: samples == labels,
        flags=lambda corrupted, original, token_ids, hidden: (
            hidden & (corrupted != original) & (corrupted != MASK)
        ),
    ),
    "original_restored": (
        _answer(samples_of=lambda samples, labels: labels),
        _answer(
            samples_of=lambda samples, labels: labels,
            flags=lambda corrupted, original, token_ids, hidden: hidden,
        ),
    ),
    "nothing_put": (
        _answer(samples_of=lambda samples, labels: 0 * labels + MASK),
        _answer(
            samples_of=lambda samples, labels: 0 * labels + MASK,
            flags=lambda corrupted, original, token_ids, hidden: 0 * hidden != 0,
        ),
    ),
    "unused_places_written": tuple(
        _answer(is_written=_everywhere, collide=collide, **flags)
        for collide in COLLISIONS
        for flags in ({}, {"flags": _against_the_text})
    ),
    "unused_places_told_by_position": tuple(
        _answer(is_written=lambda positions, labels: positions != 0, collide=collide)
        for collide in COLLISIONS
    ),
    "first_positions_for_all": tuple(
        _answer(
            positions_of=lambda positions: np.broadcast_to(positions[:1], positions.shape), collide=collide
        )
        for collide in COLLISIONS
    ),
    "order_of_places_ignored": _by_the_mask,
}
