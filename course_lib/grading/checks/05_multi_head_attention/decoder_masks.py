"""Verdict of `decoder_masks`: causal and padding together, and padding of the other sentence."""

import numpy as np


def draw(generator):
    """Padded batches, source and target of different lengths and, once, of one length."""
    cases = []
    for batch, length, key_length in ((1, 3, 4), (2, 5, 7), (3, 7, 5), (5, 5, 5), (2, 11, 3)):
        ids = []
        for width in (key_length, length):
            tokens = generator.integers(1, 50, (batch, width))
            counts = generator.integers(1, width + 1, (batch, 1))
            counts[0] = width - 1
            ids.append(np.where(np.arange(width) < counts, tokens, 0))
        cases.append({"source_token_ids": ids[0], "target_token_ids": ids[1]})
    # Padding in front, between words and nowhere, words with the id 1, and sentences of padding alone.
    shown = np.array([[0, 1, 1, 0, 1], [1, 1, 1, 1, 1], [0, 0, 0, 0, 0]])
    source = shown[:, [0, 1, 3, 2, 2, 4, 3]] * generator.integers(1, 4, (3, 7))
    target = shown * generator.integers(2, 4, (3, 5))
    source[0, 1] = target[0, 2] = 1
    cases.append({"source_token_ids": source, "target_token_ids": target})
    cases.append({"source_token_ids": source[:2, :1], "target_token_ids": target[1::-1]})
    cases.append({"source_token_ids": source[1:], "target_token_ids": target[1:, :1]})
    return cases


def _both(case, holds):
    return holds(case["source_token_ids"]) and holds(case["target_token_ids"])


CONDITIONS = {
    "source and target without padding": lambda case: _both(case, lambda ids: ids.all(axis=-1).any()),
    "padding in front of words": lambda case: _both(
        case, lambda ids: ((ids[:, 0] == 0) & ids.any(axis=-1)).any()
    ),
    "padding between words": lambda case: _both(
        case, lambda ids: (np.diff((ids != 0).astype(int))[:, 1:] > 0).any()
    ),
    "the id 1": lambda case: _both(case, lambda ids: (ids == 1).any()),
    "sentences of padding alone": lambda case: _both(case, lambda ids: (ids == 0).all(axis=-1).any()),
    "one sentence": lambda case: len(case["source_token_ids"]) == 1,
    "source and target of one length": lambda case: (
        case["source_token_ids"].shape == case["target_token_ids"].shape
    ),
    "a source longer than the target": lambda case: (
        case["source_token_ids"].shape[1] > case["target_token_ids"].shape[1]
    ),
    "a target longer than the source": lambda case: (
        case["source_token_ids"].shape[1] < case["target_token_ids"].shape[1]
    ),
    "a source of one word": lambda case: case["source_token_ids"].shape[1] == 1,
    "a target of one word": lambda case: case["target_token_ids"].shape[1] == 1,
}


def _parts(source_token_ids, target_token_ids):
    """causal (T, T), target (B, T), source (B, S), and a mask of ones (B, T, 1)."""
    positions = np.arange(target_token_ids.shape[1])
    everywhere = np.ones((*target_token_ids.shape, 1), bool)
    causal = positions[None, :] <= positions[:, None]
    return causal, target_token_ids != 0, source_token_ids != 0, everywhere


def reference(source_token_ids, target_token_ids):
    causal, target, source, everywhere = _parts(source_token_ids, target_token_ids)
    return causal & target[:, None, :], everywhere & source[:, None, :]


def _or_for_and(**ids):
    causal, target, source, everywhere = _parts(**ids)
    return causal | target[:, None, :], everywhere & source[:, None, :]


def _causal_forgotten(**ids):
    causal, target, source, everywhere = _parts(**ids)
    return everywhere & target[:, None, :], everywhere & source[:, None, :]


def _padding_forgotten(**ids):
    causal, target, source, everywhere = _parts(**ids)
    return everywhere & causal, everywhere & source[:, None, :]


def _source_padding_forgotten(**ids):
    causal, target, source, everywhere = _parts(**ids)
    return reference(**ids)[0], everywhere & np.ones_like(source)[:, None, :]


def _own_position_hidden(**ids):
    causal, target, source, everywhere = _parts(**ids)
    return (causal & ~np.eye(len(causal), dtype=bool)) & target[:, None, :], reference(**ids)[1]


def _future_for_past(**ids):
    causal, target, source, everywhere = _parts(**ids)
    return causal.T & target[:, None, :], reference(**ids)[1]


def _cross_is_causal(**ids):
    own, cross = reference(**ids)
    return own, cross & np.tri(*cross.shape[1:], dtype=bool)


def _target_padding_on_cross(**ids):
    causal, target, source, everywhere = _parts(**ids)
    return reference(**ids)[0], target[:, :, None] & np.ones_like(source)[:, None, :]


def _padding_on_queries(**ids):
    causal, target, source, everywhere = _parts(**ids)
    return causal & target[:, :, None], reference(**ids)[1]


def _queries_hidden_too(hides_own, hides_cross):
    def answer(**ids):
        own, cross = reference(**ids)
        rows = (ids["target_token_ids"] != 0)[:, :, None]
        return own & rows if hides_own else own, cross & rows if hides_cross else cross

    return answer


def _padding_inverted(**ids):
    causal, target, source, everywhere = _parts(**ids)
    return causal & ~target[:, None, :], everywhere & ~source[:, None, :]


def _everything_inverted(**ids):
    own, cross = reference(**ids)
    return ~own, ~cross


def _in_numbers(attended, hidden):
    """The right masks, of real numbers or integers where booleans belong."""
    return lambda **ids: tuple(np.where(mask, float(attended), float(hidden)) for mask in reference(**ids))


def _masks_swapped(**ids):
    return reference(**ids)[::-1]


MISTAKES = {
    "or_for_and": _or_for_and,
    "causal_forgotten": _causal_forgotten,
    "padding_forgotten": _padding_forgotten,
    "source_padding_forgotten": _source_padding_forgotten,
    "own_position_hidden": _own_position_hidden,
    "future_for_past": _future_for_past,
    "cross_is_causal": _cross_is_causal,
    "target_padding_on_cross": _target_padding_on_cross,
    "padding_on_queries": _padding_on_queries,
    "queries_hidden_too": tuple(_queries_hidden_too(*who) for who in ((1, 1), (1, 0), (0, 1))),
    "padding_inverted": _padding_inverted,
    "everything_inverted": _everything_inverted,
    "masks_swapped": _masks_swapped,
    "numbers_for_booleans": tuple(
        _in_numbers(*pair) for pair in ((1, 0), (0, 1), (0, -1e9), (0, -1e4), (0, -np.inf))
    ),
}
