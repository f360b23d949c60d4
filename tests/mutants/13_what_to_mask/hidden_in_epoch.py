"""Wrong answers to `hidden_in_epoch`, each named after its mistake."""

import numpy as np
from keras import ops


def _number(epoch, num_masks):
    return epoch if num_masks is None else epoch % num_masks


def _drawn(seeds, length):
    return np.stack([np.random.default_rng(seed).random(length) for seed in seeds])


def _hidden(is_special, seeds, share):
    return (_drawn(seeds, is_special.shape[1]) < share) & ~np.array(is_special)


def one_mask_for_all_epochs(is_special, rows, epoch, seed, share, num_masks):
    number = 0 if num_masks is None else epoch % num_masks
    return _hidden(is_special, [(seed, number, row) for row in rows], share)


def always_anew(is_special, rows, epoch, seed, share, num_masks):
    return _hidden(is_special, [(seed, epoch, row) for row in rows], share)


def masks_in_blocks(is_special, rows, epoch, seed, share, num_masks):
    number = epoch if num_masks is None else epoch // num_masks
    return _hidden(is_special, [(seed, number, row) for row in rows], share)


def epochs_from_one(is_special, rows, epoch, seed, share, num_masks):
    number = _number(epoch + 1, num_masks)
    return _hidden(is_special, [(seed, number, row) for row in rows], share)


def place_in_the_batch(is_special, rows, epoch, seed, share, num_masks):
    number = _number(epoch, num_masks)
    return _hidden(is_special, [(seed, number, place) for place in range(len(rows))], share)


def one_mask_for_all_rows(is_special, rows, epoch, seed, share, num_masks):
    draws = np.random.default_rng((seed, _number(epoch, num_masks))).random(is_special.shape[1])
    return np.logical_and(draws < share, ~np.array(is_special))


def one_generator_for_the_batch(is_special, rows, epoch, seed, share, num_masks):
    generator = np.random.default_rng((seed, _number(epoch, num_masks)))
    draws = generator.random(tuple(is_special.shape))
    return ops.logical_and(ops.convert_to_tensor(draws < share), ops.logical_not(is_special))


def seed_ignored(is_special, rows, epoch, seed, share, num_masks):
    return _hidden(is_special, [(_number(epoch, num_masks), row) for row in rows], share)


def seeds_added(is_special, rows, epoch, seed, share, num_masks):
    return _hidden(is_special, [seed + _number(epoch, num_masks) + row for row in rows], share)


def numbers_in_another_order(is_special, rows, epoch, seed, share, num_masks):
    return _hidden(is_special, [(seed, row, _number(epoch, num_masks)) for row in rows], share)


def special_tokens_hidden(is_special, rows, epoch, seed, share, num_masks):
    return _drawn([(seed, _number(epoch, num_masks), row) for row in rows], is_special.shape[1]) < share


def choice_inverted(is_special, rows, epoch, seed, share, num_masks):
    draws = _drawn([(seed, _number(epoch, num_masks), row) for row in rows], is_special.shape[1])
    return (draws >= share) & ~np.array(is_special)


def share_of_its_own(is_special, rows, epoch, seed, share, num_masks):
    return _hidden(is_special, [(seed, _number(epoch, num_masks), row) for row in rows], 0.15)
