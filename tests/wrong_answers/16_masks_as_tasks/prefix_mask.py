"""Wrong answers to `prefix_mask` beside its mutants."""

import numpy as np


def _parts(prefix_lengths, padding_mask):
    real = np.array(padding_mask)
    place = np.arange(real.shape[1])
    return np.array(prefix_lengths)[:, None, None], place[:, None], place, real[:, :, None] & real[:, None, :]


def polarity_inverted__within_real_tokens(prefix_lengths, padding_mask):
    p, t, s, real = _parts(prefix_lengths, padding_mask)
    return ~((s < p) | (s <= t)) & real


def prefix_sees_target__beside_the_prefix(prefix_lengths, padding_mask):
    p, t, s, real = _parts(prefix_lengths, padding_mask)
    return ((s < p) | (t < p) | (s <= t)) & real


def target_blind_to_target__but_itself(prefix_lengths, padding_mask):
    p, t, s, real = _parts(prefix_lengths, padding_mask)
    return ((s < p) | ((s == t) & (t >= p))) & real


def prefix_causal_inside(prefix_lengths, padding_mask):
    p, t, s, real = _parts(prefix_lengths, padding_mask)
    return (((s < p) & (t >= p)) | (s >= t)) & real


def one_token_further(prefix_lengths, padding_mask):
    p, t, s, real = _parts(prefix_lengths, padding_mask)
    return ((s < p) | (s <= t + 1)) & real
