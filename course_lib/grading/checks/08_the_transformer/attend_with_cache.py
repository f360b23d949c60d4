"""Verdict of `attend_with_cache`: one more position written into a cache of fixed size, and attended from."""

import numpy as np

FAR = 60.0  # such a score hides behind no mask of -50


def draw(generator):
    """Caches (B, L, D) with zeros or leftovers from the position on; the first and the last position."""
    cases = []
    for batch, slots, width, position, scale, leftovers in (
        (1, 3, 2, 1, 1.0, True),
        (2, 5, 3, 0, 1.0, True),
        (3, 7, 5, 3, 2.0, False),
        (2, 11, 7, int(generator.integers(4, 9)), 0.5, True),
        (5, 7, 3, 5, 1.0, False),
        (2, 5, 3, 4, 1.0, True),
        (3, 3, 3, 1, 1.0, True),
    ):
        is_kept = (np.arange(slots) < position)[:, None] | leftovers
        cache = tuple(generator.normal(0.5, scale, (batch, slots, width)) * is_kept for _ in range(2))
        query, key, value = (generator.normal(0.5, scale, (batch, 1, width)) for _ in range(3))
        cases.append({"query": query, "key": key, "value": value, "cache": cache, "position": position})
    return [*cases, _draw_far(generator, slots=7, position=3)]


def _draw_far(generator, slots, position, width=2):
    """The scores of what has been written are far below 0, those of the leftovers far above."""
    query = generator.normal(0, 1, (2, 1, width))
    query *= 2 / np.sqrt((query**2).sum(axis=-1, keepdims=True))
    wanted = np.where(np.arange(slots) <= position, -FAR, FAR)[None, :, None]
    keys = query * wanted * np.sqrt(width) / 4 + generator.normal(0, 0.5, (2, slots, width))
    key, value = keys[:, position : position + 1].copy(), generator.normal(0.5, 1, (2, 1, width))
    keys[:, position] *= -1  # a leftover, too
    cache = keys, generator.normal(0.5, 1, keys.shape)
    return {"query": query, "key": key, "value": value, "cache": cache, "position": position}


def _slots(case):
    return case["cache"][0].shape[1]


def _score(case, slots):
    scores = case["query"] @ case["cache"][0].swapaxes(1, 2) / np.sqrt(case["query"].shape[-1])
    return scores[..., slots]


CONDITIONS = {
    "the first position": lambda case: case["position"] == 0,
    "the second position": lambda case: case["position"] == 1,
    "the last slot": lambda case: case["position"] == _slots(case) - 1,
    "slots that hold zeros": lambda case: not case["cache"][0][:, case["position"] :].any(),
    "leftovers in the slot and behind it": lambda case: (
        case["position"] < _slots(case) - 1 and case["cache"][0][:, case["position"] :].all()
    ),
    "written scores below -50, leftovers above 50": lambda case: (
        case["position"] > 0
        and _score(case, slice(case["position"])).max() < -50
        and _score(case, slice(case["position"], None)).min() > 50
    ),
    "one sentence": lambda case: len(case["query"]) == 1,
    "as many slots as entries and sentences": lambda case: len(set(case["cache"][0].shape)) == 1,
    "more slots than entries": lambda case: _slots(case) > case["query"].shape[-1],
}


def _write(old, new, position):
    written = old.copy()
    written[:, position] = new[:, 0]
    return written


def _softmax(scores):
    with np.errstate(all="ignore"):
        exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return exponentials / exponentials.sum(axis=-1, keepdims=True)


def _set_to(low):
    return lambda scores, seen: _softmax(np.where(seen, scores, low))


def _lowered(amount):
    return lambda scores, seen: _softmax(np.where(seen, scores, scores - amount))


_weigh = _set_to(-1e9)


def _step(
    write=_write,
    seen=lambda slots, position: slots <= position,
    divisor=lambda width, slots, position: np.sqrt(width),
    weigh=_weigh,
    attended=lambda old, new: new,
    give=lambda output, old, new: (output, new),
):
    """The answer, with parts exchanged."""

    def answer(query, key, value, cache, position):
        new = tuple(write(old, entry, position) for old, entry in zip(cache, (key, value), strict=True))
        keys, values = attended(cache, new)
        scores = query @ keys.swapaxes(1, 2) / divisor(query.shape[-1], keys.shape[1], position)
        weights = weigh(scores, seen(np.arange(keys.shape[1]), position))
        return give(weights @ values, cache, new)

    return answer


reference = _step()


def _swapped(query, key, value, cache, position):
    return reference(query, value, key, cache, position)


def _key_in_both(query, key, value, cache, position):
    return reference(query, key, key, cache, position)


def _key_alone(query, key, value, cache, position):
    return reference(query, key, cache[1][:, position : position + 1], cache, position)


def _value_alone(query, key, value, cache, position):
    return reference(query, cache[0][:, position : position + 1], value, cache, position)


def _one_late(old, new, position):
    """Behind the last slot there is none: NumPy raises, and `slice_update` writes into the last."""
    return _write(old, new, min(position + 1, old.shape[1] - 1))


def _one_late_or_raises(old, new, position):
    return _write(old, new, position + 1)


def _one_late_or_nowhere(old, new, position):
    """As PyTorch has it, to which an empty slice is as good as any."""
    return _write(old, new, position + 1) if position + 1 < old.shape[1] else old


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
    "mask_too_weak": (
        *(_step(weigh=_set_to(low)) for low in (0, -1, -2, -5, -10, -20, -30, -50)),
        *(_step(weigh=_lowered(amount)) for amount in (1, 2, 5, 10, 20, 30, 50, 100)),
    ),
    "written_one_late": tuple(
        _step(write=write, seen=lambda slots, position, extra=extra: slots <= position + extra)
        for write in (_one_late, _one_late_or_raises, _one_late_or_nowhere)
        for extra in (0, 1)
    ),
    "key_in_both": _key_in_both,
    "one_of_both_written": (_key_alone, _value_alone),
    "written_to_first_slot": _step(write=lambda old, new, position: _write(old, new, 0)),
    "others_erased": _step(write=_erased),
    "added_to_the_slot": _step(write=_added),
    "old_cache_attended": _step(attended=lambda old, new: old),
    "keys_and_values_swapped": (
        _swapped,
        _step(attended=lambda old, new: new[::-1]),
        _step(give=lambda output, old, new: (output, new[::-1])),
    ),
    "scale_missing": _step(divisor=lambda width, slots, position: 1.0),
    "scale_without_root": _step(divisor=lambda width, slots, position: width),
    "scaled_by_slots": (
        _step(divisor=lambda width, slots, position: np.sqrt(slots)),
        _step(divisor=lambda width, slots, position: np.sqrt(position + 1)),
    ),
}
