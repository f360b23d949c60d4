"""Wrong answers to `hidden_in_epoch` beside its mutants."""

import numpy as np


def _hidden(is_special, seeds, share):
    length = is_special.shape[1]
    draws = np.stack([np.random.default_rng(seed).random(length) for seed in seeds])
    return (draws < share) & ~np.array(is_special)


def _number(epoch, num_masks):
    return epoch if num_masks is None else epoch % num_masks


def one_mask_for_all_epochs__whatever_is_asked(is_special, rows, epoch, seed, share, num_masks):
    return _hidden(is_special, [(seed, row) for row in rows], share)


def masks_in_blocks__the_last_for_ever(is_special, rows, epoch, seed, share, num_masks):
    number = epoch if num_masks is None else min(epoch, num_masks - 1)
    return _hidden(is_special, [(seed, number, row) for row in rows], share)


def seeds_added__in_part(is_special, rows, epoch, seed, share, num_masks):
    return _hidden(is_special, [(seed + _number(epoch, num_masks), row) for row in rows], share)


def seed_ignored__a_fixed_one(is_special, rows, epoch, seed, share, num_masks):
    return _hidden(is_special, [(0, _number(epoch, num_masks), row) for row in rows], share)


def choice_inverted__the_kept_ones(is_special, rows, epoch, seed, share, num_masks):
    return ~_hidden(is_special, [(seed, _number(epoch, num_masks), row) for row in rows], share)


def normal_numbers(is_special, rows, epoch, seed, share, num_masks):
    number = _number(epoch, num_masks)
    draws = [np.random.default_rng((seed, number, r)).normal(size=is_special.shape[1]) for r in rows]
    return (np.stack(draws) < share) & ~np.array(is_special)


def old_generator(is_special, rows, epoch, seed, share, num_masks):
    number = _number(epoch, num_masks)
    draws = [np.random.RandomState([seed, number, r]).random_sample(is_special.shape[1]) for r in rows]
    return (np.stack(draws) < share) & ~np.array(is_special)


def drawn_for_words_alone(is_special, rows, epoch, seed, share, num_masks):
    hidden = np.zeros(tuple(is_special.shape), bool)
    for place, (row, special) in enumerate(zip(rows, np.array(is_special), strict=True)):
        generator = np.random.default_rng((seed, _number(epoch, num_masks), row))
        hidden[place, ~special] = generator.random((~special).sum()) < share
    return hidden
