"""Verdict of `reorder_cache`: every chosen hypothesis goes on with its parent's cache."""

import numpy as np


def draw(generator):
    """Caches (B, K, L, D) and parents (B, K), drawn anew for each sentence, with repetition."""
    cases = []
    for shape in ((2, 2, 3, 2), (3, 2, 5, 3), (5, 3, 7, 2), (7, 5, 11, 3), (1, 1, 5, 2), (4, 4, 4, 4)):
        parents = generator.integers(0, shape[1], shape[:2])
        parents[0] = shape[1] - 1 - np.arange(shape[1])
        parents[-1] = generator.integers(0, shape[1])  # one hypothesis has all the continuations
        if len(parents) > 3:
            parents[1] = np.arange(shape[1])
            parents[2] = np.roll(parents[1], 1)
        cache = generator.normal(0, 1, shape), generator.normal(2, 3, shape)
        cases.append({"cache": cache, "parents": parents})
    return cases


def _ordered(case):
    return np.sort(case["parents"], axis=1) == np.arange(case["parents"].shape[1])


def _parents_of_a_sentence(holds):
    return lambda case: case["parents"].shape[1] > 1 and any(map(holds, case["parents"].tolist()))


CONDITIONS = {
    "one hypothesis that has all the continuations": _parents_of_a_sentence(lambda row: len(set(row)) == 1),
    "every hypothesis goes on in its place": _parents_of_a_sentence(lambda row: row == sorted(set(row))),
    "every hypothesis goes on in another place": lambda case: (
        _ordered(case).all(axis=1) & (case["parents"] != np.arange(case["parents"].shape[1])).all(axis=1)
    ).any(),
    "a cycle of three hypotheses": _parents_of_a_sentence(lambda row: row[:3] == [len(row) - 1, 0, 1]),
    "sentences whose parents differ": lambda case: (case["parents"] != case["parents"][0]).any(),
    "one hypothesis of one sentence": lambda case: case["parents"].shape == (1, 1),
    "more sentences than hypotheses": lambda case: len(case["parents"]) > case["parents"].shape[1] > 1,
    "all sizes alike": lambda case: len(set(case["cache"][0].shape)) == 1,
}


def _each(gather):
    """The same for keys and values; `gather` takes the old caches and the parents."""

    def answer(cache, parents):
        return tuple(gather(part, parents) for part in cache)

    return answer


def _gather(old, parents):
    return np.take_along_axis(old, parents[:, :, None, None], axis=1)


reference = _each(_gather)


def _flat(rows):
    """Rows taken from caches (B · K, L, D); `rows` takes parents and the number of the sentence (B, 1)."""

    def gather(old, parents):
        flat = old.reshape(-1, *old.shape[2:])
        return flat[rows(parents, np.arange(len(parents))[:, None])].reshape(old.shape)

    return _each(gather)


def _scatter(old, parents, empty=np.zeros_like):
    new = empty(old)
    for sentence, row in enumerate(parents):
        for k, parent in enumerate(row):
            new[sentence, parent] = old[sentence, k]
    return new


def _moved_in_place(old, parents):
    """Row by row in one array: a parent may have been overwritten before its turn comes."""
    new = old.copy()
    for sentence, row in enumerate(parents):
        for k, parent in enumerate(row):
            new[sentence, k] = new[sentence, parent]
    return new


def _values_left_behind(cache, parents):
    return _gather(cache[0], parents), cache[1]


def _keys_left_behind(cache, parents):
    return cache[0], _gather(cache[1], parents)


MISTAKES = {
    "not_reordered": lambda cache, parents: cache,
    "values_left_behind": (_values_left_behind, _keys_left_behind),
    "overwritten": _each(_moved_in_place),
    "inverted": (
        _each(lambda old, parents: _gather(old, np.argsort(parents, axis=1, kind="stable"))),
        _each(_scatter),
        _each(lambda old, parents: _scatter(old, parents, empty=np.copy)),
    ),
    "offset_missing": (
        _flat(lambda parents, sentence: parents),
        _each(lambda old, parents: np.broadcast_to(old[0], old.shape)[np.arange(len(old))[:, None], parents]),
    ),
    "offset_too_small": _flat(lambda parents, sentence: parents + sentence),
    "first_sentence_for_all": (
        _each(lambda old, parents: old[:, parents[0]]),
        _each(lambda old, parents: _gather(old, np.repeat(parents[:1], len(parents), axis=0))),
    ),
    "first_parent_for_all": _each(
        lambda old, parents: _gather(old, np.repeat(parents[:, :1], parents.shape[1], 1))
    ),
    "batch_axis": (
        _each(lambda old, parents: old[parents]),
        _each(lambda old, parents: np.take_along_axis(old, parents[:, :, None, None], axis=0)),
    ),
    "every_sentence_with_every_parent": _each(lambda old, parents: old[:, parents]),
    "positions_reordered": _each(
        lambda old, parents: np.take_along_axis(old, parents[:, None, :, None], axis=2)
    ),
    "parents_sorted": _each(lambda old, parents: _gather(old, np.sort(parents, axis=1))),
}
