"""Verdict of `greedy_with_cache`: the loop around one step of a decoder with a cache."""

import numpy as np


def draw(generator):
    """Decoders whose sentences end at different steps: at once, early, in the last slot, or never."""
    cases = []
    for batch, slots, width, words, ends_well, has_zeros in (
        (2, 5, 2, 5, _one_never, False),
        (3, 7, 5, 11, _one_never, True),
        (5, 11, 3, 7, _one_at_once, False),
        (5, 7, 3, 11, _one_in_the_last_slot, False),
        (3, 7, 5, 7, _all_early, False),
        (1, 5, 5, 5, _all_early, False),
    ):
        while (case := _draw_case(generator, batch, slots, width, words, ends_well, has_zeros)) is None:
            pass
        cases.append(case)
    return cases


def _draw_case(generator, batch, slots, width, words, ends_well, has_zeros):
    """A decoder and an end token that suits it, or None where none does."""
    weights = {name: generator.normal(0, 1, (width, width)) for name in ("query", "key")}
    weights["value"] = generator.normal(0, 3, (width, width))
    weights["embedding"] = generator.normal(0, 1, (words, width))
    weights["output"] = generator.normal(0, 1, (width, words))
    start_id, *end_ids = (int(token_id) for token_id in generator.permutation(np.arange(1, words)))
    case = {
        "memory": generator.normal(0, 0.3, (batch, width)),
        "cache": tuple(np.zeros((batch, slots, width)) for _ in range(2)),
        "weights": weights,
        "start_id": start_id,
        "end_id": -1,
    }
    margins = []
    ids = _search(goes_on=_never_ends, margins=margins)(**case)
    if min(margins) < 1e-3:
        return None
    for case["end_id"] in end_ids:
        ends = _ends(ids, case["end_id"])
        has_right_zeros = _goes_on_behind_zero(ends, ids) if has_zeros else not _zeros(ends, ids).any()
        if ends_well(ends, slots) and has_right_zeros and _needs_its_cache(case):
            return case
    return None


def _ends(ids, end_id):
    """The slot (B,) of each sentence's end token, behind the last where there is none."""
    is_end = ids == end_id
    return np.where(is_end.any(axis=1), is_end.argmax(axis=1), ids.shape[1])


def _zeros(ends, ids):
    """Where (B, L) token 0 is written before the end."""
    return (ids == 0) & (np.arange(ids.shape[1]) < ends[:, None])


def _goes_on_behind_zero(ends, ids):
    return (_zeros(ends, ids)[:, :-1] & (ids[:, 1:] != 0)).any()


def _one_never(ends, slots):
    return 1 <= ends.min() <= slots - 3 and ends.max() == slots


def _all_early(ends, slots):
    return 1 <= ends.min() <= slots - 3 and ends.max() < slots - 1


def _one_at_once(ends, slots):
    return ends.min() == 0 and ends.max() == slots


def _one_in_the_last_slot(ends, slots):
    return 1 <= ends.min() <= slots - 3 and (ends == slots - 1).any()


def _needs_its_cache(case):
    forgetful = _search(carries=False), _search(counts=False), _search(first=1)
    return not any(np.array_equal(search(**case), reference(**case)) for search in forgetful)


def _condition(holds):
    """Said of the slots of the end tokens, the ids and the case."""

    def condition(case):
        ids = reference(**case)
        return holds(_ends(ids, case["end_id"]), ids, case)

    return condition


CONDITIONS = {
    "a sentence that ends at once": _condition(lambda ends, ids, case: (ends == 0).any()),
    "a sentence that ends in the last slot": _condition(
        lambda ends, ids, case: (ends == ids.shape[1] - 1).any()
    ),
    "a sentence that never ends": _condition(lambda ends, ids, case: (ends == ids.shape[1]).any()),
    "all sentences end early": _condition(
        lambda ends, ids, case: len(ids) > 1 and ends.max() < ids.shape[1] - 1
    ),
    "sentences that end at different steps": _condition(lambda ends, ids, case: len(set(ends)) > 1),
    "a token 0 with others behind it": _condition(lambda ends, ids, case: _goes_on_behind_zero(ends, ids)),
    "one sentence": lambda case: len(case["memory"]) == 1,
}


def _never_ends(running, token_ids, end_id):
    return running


def _softmax(scores):
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def _weigh(scores, seen):
    return _softmax(np.where(seen, scores, -1e9))


def _attention(
    seen=lambda slots, position: slots <= position, divisor=np.sqrt, weigh=_weigh, order=lambda new: new
):
    """A learner's `attend_with_cache`, with parts exchanged."""

    def attend(query, key, value, cache, position):
        new = tuple(old.copy() for old in cache)
        new[0][:, position], new[1][:, position] = key[:, 0], value[:, 0]
        keys, values = order(new)
        scores = query @ keys.swapaxes(1, 2) / divisor(query.shape[-1])
        return weigh(scores, seen(np.arange(keys.shape[1]), position)) @ values, new

    return attend


_right_attention = _attention()


def _read_token(token_ids, memory, cache, position, weights, attend):
    inputs = weights["embedding"][token_ids] + memory
    query, key, value = ((inputs @ weights[name])[:, None] for name in ("query", "key", "value"))
    outputs, cache = attend(query, key, value, cache, position)
    return (inputs + outputs[:, 0]) @ weights["output"], cache


def _search(
    attend=_right_attention,
    carries=True,
    counts=True,
    first=0,
    feeds_back=True,
    behind=lambda end_id: 0,
    goes_on=lambda running, token_ids, end_id: running & (token_ids != end_id),
    stops=lambda running: False,
    finish=lambda ids, filled, start_id, end_id: ids,
    margins=None,
):
    """The loop, with parts exchanged; `filled` is the number of steps that were made."""

    def answer(memory, cache, weights, start_id, end_id):
        batch, slots, _ = cache[0].shape
        ids = np.zeros((batch, slots), "int64")
        last, running, filled = np.full(batch, start_id), np.ones(batch, bool), 0
        for position in range(slots):
            slot = min(position + first, slots - 1) if counts else 0
            logits, new = _read_token(last, memory, cache, slot, weights, attend)
            cache = new if carries else cache
            if margins is not None:
                best = np.sort(logits, axis=-1)
                margins.append((best[:, -1] - best[:, -2]).min())
            chosen = np.where(running, logits.argmax(axis=-1), behind(end_id))
            ids[:, position], filled = chosen, position + 1
            running = goes_on(running, chosen, end_id)
            last = chosen if feeds_back else last
            if stops(running):
                break
        return finish(ids, filled, start_id, end_id)

    return answer


reference = _search()


def _cut(ids, filled, start_id, end_id):
    return ids[:, :filled]


def _start_before(ids, filled, start_id, end_id):
    return np.pad(ids, ((0, 0), (1, 0)), constant_values=start_id)


def _until_all_have_ended(memory, cache, weights, start_id, end_id):
    """No sentence is stopped before the last one has ended; then the loop is."""
    ids = _search(goes_on=_never_ends)(memory, cache, weights, start_id, end_id)
    ended = (ids == end_id).cumsum(axis=1).astype(bool).all(axis=0)
    return ids[:, : ended.argmax() + 1] if ended.any() else ids


def _until_all_have_ended_filled(memory, cache, weights, start_id, end_id):
    ids = _until_all_have_ended(memory, cache, weights, start_id, end_id)
    return np.pad(ids, ((0, 0), (0, cache[0].shape[1] - ids.shape[1])))


# The sheet's decoder calls the learner's `attend_with_cache`: a right loop may stand around a wrong one.
WRONG_ATTENTIONS = (
    _attention(seen=lambda slots, position: slots >= 0),
    _attention(seen=lambda slots, position: slots > position),
    _attention(seen=lambda slots, position: slots < position),
    _attention(seen=lambda slots, position: slots <= position + 1),
    _attention(weigh=lambda scores, seen: _softmax(scores) * seen),
    _attention(order=lambda new: new[::-1]),
    _attention(divisor=lambda width: 1.0),
    _attention(divisor=lambda width: width),
)

MISTAKES = {
    "steps_as_rows": _search(finish=lambda ids, filled, start_id, end_id: ids.T),
    "start_token_kept": (
        _search(finish=_start_before),
        _search(finish=lambda *arguments: _start_before(*arguments)[:, :-1]),
    ),
    "end_token_dropped": _search(
        finish=lambda ids, filled, start_id, end_id: np.where(ids == end_id, 0, ids)
    ),
    "stopped_short": _search(stops=lambda running: not running.any(), finish=_cut),
    "stops_with_the_first": (
        _search(stops=lambda running: not running.all()),
        _search(stops=lambda running: not running.all(), finish=_cut),
    ),
    "not_stopped": (
        _search(goes_on=_never_ends),
        _until_all_have_ended,
        _until_all_have_ended_filled,
    ),
    "end_token_repeated": _search(behind=lambda end_id: end_id),
    "ended_sentences_resume": _search(goes_on=lambda running, token_ids, end_id: token_ids != end_id),
    "same_cache_each_step": _search(carries=False),
    "start_token_each_step": _search(feeds_back=False),
    "position_stands_still": _search(counts=False),
    "positions_from_one": _search(first=1),
    "attention_is_wrong": tuple(_search(attend=attend) for attend in WRONG_ATTENTIONS),
}
