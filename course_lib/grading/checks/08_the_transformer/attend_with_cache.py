"""Verdict of `attend_with_cache`: one more position written into a cache of fixed size, and attended from."""

import numpy as np


def draw(generator):
    """Caches (B, L, D) whose slots from the position on hold zeros or leftovers; the first position once."""
    cases = []
    for batch, slots, width, position, scale, leftovers in (
        (1, 3, 2, 1, 1.0, True),
        (2, 5, 3, 0, 1.0, True),
        (3, 7, 5, 3, 2.0, False),
        (2, 11, 7, int(generator.integers(4, 9)), 0.5, True),
        (5, 7, 3, 5, 1.0, False),
    ):
        is_kept = (np.arange(slots) < position)[:, None] | leftovers
        cache = tuple(generator.normal(0.5, scale, (batch, slots, width)) * is_kept for _ in range(2))
        query, key, value = (generator.normal(0.5, scale, (batch, 1, width)) for _ in range(3))
        cases.append({"query": query, "key": key, "value": value, "cache": cache, "position": position})
    return cases


def _write(old, new, position):
    written = old.copy()
    written[:, position] = new[:, 0]
    return written


def _softmax(scores):
    with np.errstate(all="ignore"):
        exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return exponentials / exponentials.sum(axis=-1, keepdims=True)


def _weigh(scores, seen):
    return _softmax(np.where(seen, scores, -1e9))


def _step(
    write=_write,
    seen=lambda slots, position: slots <= position,
    divisor=np.sqrt,
    weigh=_weigh,
    attended=lambda old, new: new,
    give=lambda output, old, new: (output, new),
):
    """The answer, with parts exchanged."""

    def answer(query, key, value, cache, position):
        new = tuple(write(old, entry, position) for old, entry in zip(cache, (key, value), strict=True))
        keys, values = attended(cache, new)
        scores = query @ keys.swapaxes(1, 2) / divisor(query.shape[-1])
        weights = weigh(scores, seen(np.arange(keys.shape[1]), position))
        return give(weights @ values, cache, new)

    return answer


reference = _step()


def _swapped(query, key, value, cache, position):
    return reference(query, value, key, cache, position)


def _one_late(old, new, position):
    return _write(old, new, position + 1)


def _erased(old, new, position):
    return _write(np.zeros_like(old), new, position)


def _added(old, new, position):
    return _write(old, old[:, position : position + 1] + new, position)


def _cut(old, new, position):
    return np.concatenate([old[:, :position], new], axis=1)


def _longer(old, new, position):
    return np.concatenate([old, new], axis=1)


def _all(slots, position):
    return slots >= 0


MISTAKES = {
    "output_alone": _step(give=lambda output, old, new: output),
    "old_cache_returned": _step(give=lambda output, old, new: (output, old)),
    "cache_changes_its_shape": (
        _step(write=_cut),
        _step(write=_longer, seen=_all),
        _step(write=_longer),
        _step(write=_longer, seen=lambda slots, position: (slots < position) | (slots == slots[-1])),
    ),
    "empty_slots_seen": _step(seen=_all),
    "mask_inverted": _step(seen=lambda slots, position: slots > position),
    "own_position_unseen": (
        _step(seen=lambda slots, position: slots < position),
        _step(
            seen=lambda slots, position: slots < position,
            weigh=lambda scores, seen: _softmax(np.where(seen, scores, -np.inf)),
        ),
    ),
    "one_position_too_many": _step(seen=lambda slots, position: slots <= position + 1),
    "mask_after_softmax": _step(weigh=lambda scores, seen: _softmax(scores) * seen),
    "written_one_late": (
        _step(write=_one_late),
        _step(write=_one_late, seen=lambda slots, position: slots <= position + 1),
    ),
    "written_to_first_slot": _step(write=lambda old, new, position: _write(old, new, 0)),
    "others_erased": _step(write=_erased),
    "added_to_the_slot": _step(write=_added),
    "old_cache_attended": _step(attended=lambda old, new: old),
    "keys_and_values_swapped": (
        _swapped,
        _step(attended=lambda old, new: new[::-1]),
        _step(give=lambda output, old, new: (output, new[::-1])),
    ),
    "scale_missing": _step(divisor=lambda width: 1.0),
    "scale_without_root": _step(divisor=lambda width: width),
}
