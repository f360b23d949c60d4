import numpy as np
from keras import ops


def right_1(is_special, rows, epoch, seed, share, num_masks):
    k = epoch if num_masks is None else epoch % num_masks
    special = ops.convert_to_numpy(is_special).astype(bool)
    length = special.shape[1]
    numbers = np.stack([np.random.default_rng((seed, k, r)).random(length) for r in rows])
    return (numbers < share) & ~special


def right_2(is_special, rows, epoch, seed, share, num_masks):
    mask_number = epoch
    if num_masks is not None:
        while mask_number >= num_masks:
            mask_number -= num_masks
    is_special = ops.convert_to_tensor(is_special, dtype="bool")
    below = []
    for row in rows:
        generator = np.random.default_rng((seed, mask_number, row))
        below.append(generator.random(is_special.shape[1]) < share)
    return ops.logical_and(ops.convert_to_tensor(np.array(below)), ops.logical_not(is_special))


def right_3(is_special, rows, epoch, seed, share, num_masks):
    special = ops.convert_to_numpy(is_special)
    hidden = np.zeros(special.shape, dtype=bool)
    if num_masks is None:
        turn = epoch
    else:
        turn = divmod(epoch, num_masks)[1]
    for b in range(special.shape[0]):
        stream = np.random.default_rng((seed, turn, rows[b]))
        for t in range(special.shape[1]):
            u = stream.random()
            if u < share and not special[b, t]:
                hidden[b, t] = True
    return hidden


def right_4(is_special, rows, epoch, seed, share, num_masks):
    special = np.asarray(is_special, dtype=bool)
    k = epoch - (epoch // num_masks) * num_masks if num_masks is not None else epoch
    numbers = np.empty(special.shape, dtype="float64")
    for b, r in enumerate(rows):
        np.random.default_rng((seed, k, r)).random(out=numbers[b])
    numbers[special] = np.inf
    return np.less(numbers, share)


def wrong_1(is_special, rows, epoch, seed, share, num_masks):
    """The number of masks is ignored, always drawn anew. Wrong on: epoch >= num_masks."""
    special = ops.convert_to_numpy(is_special)
    numbers = np.stack([np.random.default_rng((seed, epoch, r)).random(special.shape[1]) for r in rows])
    return (numbers < share) & ~special


def wrong_2(is_special, rows, epoch, seed, share, num_masks):
    """Each mask for num_masks epochs in a row, not in turn. Wrong on: num_masks > 1 and most epochs > 0."""
    k = epoch if num_masks is None else epoch // num_masks
    if num_masks == 1:
        k = 0
    special = ops.convert_to_numpy(is_special)
    numbers = np.stack([np.random.default_rng((seed, k, r)).random(special.shape[1]) for r in rows])
    return (numbers < share) & ~special


def wrong_3(is_special, rows, epoch, seed, share, num_masks):
    """Stays with the last mask once all were used. Wrong on: epoch >= num_masks > 1."""
    k = epoch if num_masks is None else min(epoch, num_masks - 1)
    special = ops.convert_to_numpy(is_special)
    numbers = np.stack([np.random.default_rng((seed, k, r)).random(special.shape[1]) for r in rows])
    return (numbers < share) & ~special


def wrong_4(is_special, rows, epoch, seed, share, num_masks):
    """Seed, row, mask: the last two are swapped. Wrong on: any row that differs from the mask's number."""
    k = epoch if num_masks is None else epoch % num_masks
    special = ops.convert_to_numpy(is_special)
    numbers = np.stack([np.random.default_rng((seed, r, k)).random(special.shape[1]) for r in rows])
    return (numbers < share) & ~special


def wrong_5(is_special, rows, epoch, seed, share, num_masks):
    """Takes the place in the batch for the row in the data. Wrong on: rows other than 0, 1, 2, ..."""
    k = epoch if num_masks is None else epoch % num_masks
    special = ops.convert_to_numpy(is_special)
    hidden = np.zeros_like(special)
    for b, _ in enumerate(rows):
        numbers = np.random.default_rng((seed, k, b)).random(special.shape[1])
        hidden[b] = (numbers < share) & ~special[b]
    return hidden


def wrong_6(is_special, rows, epoch, seed, share, num_masks):
    """One generator, of the first row, for the whole batch. Wrong on: batches of more than one sequence."""
    k = epoch if num_masks is None else epoch % num_masks
    special = ops.convert_to_numpy(is_special)
    numbers = np.random.default_rng((seed, k, rows[0])).random(special.shape)
    return (numbers < share) & ~special


def wrong_7(is_special, rows, epoch, seed, share, num_masks):
    """Special tokens are hidden too. Wrong on: a special token whose number is below the share."""
    k = epoch if num_masks is None else epoch % num_masks
    length = is_special.shape[1]
    return np.array([np.random.default_rng((seed, k, r)).random(length) < share for r in rows])


def wrong_8(is_special, rows, epoch, seed, share, num_masks):
    """The mask of special tokens is used upside down. Wrong on: nearly everything."""
    k = epoch if num_masks is None else epoch % num_masks
    numbers = np.stack([np.random.default_rng((seed, k, r)).random(is_special.shape[1]) for r in rows])
    return ops.logical_and(ops.convert_to_tensor(numbers < share), is_special)


def wrong_9(is_special, rows, epoch, seed, share, num_masks):
    """Hides exactly round(share * n), those with the smallest numbers. Wrong on: other counts by chance."""
    k = epoch if num_masks is None else epoch % num_masks
    special = ops.convert_to_numpy(is_special)
    hidden = np.zeros(special.shape, bool)
    for b, r in enumerate(rows):
        numbers = np.random.default_rng((seed, k, r)).random(special.shape[1])
        numbers[special[b]] = 2.0
        count = int(round(share * (~special[b]).sum()))
        hidden[b, np.argsort(numbers)[:count]] = True
    return hidden


def wrong_10(is_special, rows, epoch, seed, share, num_masks):
    """Draws numbers for tokens that are not special alone. Wrong on: anything with [CLS] in front."""
    k = epoch if num_masks is None else epoch % num_masks
    special = ops.convert_to_numpy(is_special)
    hidden = np.zeros(special.shape, bool)
    for b, r in enumerate(rows):
        places = np.flatnonzero(~special[b])
        hidden[b, places] = np.random.default_rng((seed, k, r)).random(len(places)) < share
    return hidden


def wrong_11(is_special, rows, epoch, seed, share, num_masks):
    """Takes 1 for "as often as the epoch": drawn anew. Wrong on: num_masks = 1 with an epoch > 0."""
    k = epoch
    if num_masks is not None and num_masks > 1:
        k = epoch % num_masks
    special = ops.convert_to_numpy(is_special)
    numbers = np.stack([np.random.default_rng((seed, k, r)).random(special.shape[1]) for r in rows])
    return (numbers < share) & ~special


def wrong_12(is_special, rows, epoch, seed, share, num_masks):
    """Counts epochs from 1. Wrong on: any num_masks above 1."""
    k = epoch if num_masks is None else (epoch - 1) % num_masks
    special = ops.convert_to_numpy(is_special)
    numbers = np.stack([np.random.default_rng((seed, k, r)).random(special.shape[1]) for r in rows])
    return (numbers < share) & ~special


def wrong_13(is_special, rows, epoch, seed, share, num_masks):
    """One seed from the sum of the three. Wrong on: nearly everything; rows share their masks."""
    k = epoch if num_masks is None else epoch % num_masks
    special = ops.convert_to_numpy(is_special)
    numbers = np.stack([np.random.default_rng(seed + k + r).random(special.shape[1]) for r in rows])
    return (numbers < share) & ~special


def wrong_14(is_special, rows, epoch, seed, share, num_masks):
    """Always ten masks in turn, as published. Wrong on: num_masks other than 10, at later epochs."""
    k = epoch if num_masks is None else epoch % 10
    if num_masks == 1:
        k = 0
    special = ops.convert_to_numpy(is_special)
    numbers = np.stack([np.random.default_rng((seed, k, r)).random(special.shape[1]) for r in rows])
    return (numbers < share) & ~special


def wrong_15(is_special, rows, epoch, seed, share, num_masks):
    """Draws float32 numbers, which are others. Wrong on: nearly everything."""
    k = epoch if num_masks is None else epoch % num_masks
    special = ops.convert_to_numpy(is_special)
    numbers = np.stack(
        [np.random.default_rng((seed, k, r)).random(special.shape[1], dtype=np.float32) for r in rows]
    )
    return (numbers < share) & ~special


def wrong_16(is_special, rows, epoch, seed, share, num_masks):
    """Compares the wrong way round: the share is what stays seen. Wrong on: any share other than a half."""
    k = epoch if num_masks is None else epoch % num_masks
    special = ops.convert_to_numpy(is_special)
    numbers = np.stack([np.random.default_rng((seed, k, r)).random(special.shape[1]) for r in rows])
    return (numbers >= share) & ~special


def wrong_17(is_special, rows, epoch, seed, share, num_masks):
    """None is taken for one mask for good. Wrong on: num_masks None with an epoch > 0."""
    k = epoch % (num_masks or 1)
    special = ops.convert_to_numpy(is_special)
    numbers = np.stack([np.random.default_rng((seed, k, r)).random(special.shape[1]) for r in rows])
    return (numbers < share) & ~special


def wrong_18(is_special, rows, epoch, seed, share, num_masks):
    """Begins again with mask 1, not 0. Wrong on: epochs from num_masks on, where num_masks > 1."""
    k = epoch
    if num_masks is not None:
        k = epoch if epoch < num_masks else (epoch - num_masks) % max(num_masks - 1, 1) + (num_masks > 1)
    special = ops.convert_to_numpy(is_special)
    numbers = np.stack([np.random.default_rng((seed, k, r)).random(special.shape[1]) for r in rows])
    return (numbers < share) & ~special


def wrong_19(is_special, rows, epoch, seed, share, num_masks):
    """Share raised so that special tokens are made up for. Wrong on: rows with many special tokens."""
    k = epoch if num_masks is None else epoch % num_masks
    special = ops.convert_to_numpy(is_special)
    hidden = []
    for row, r in zip(special, rows):
        numbers = np.random.default_rng((seed, k, r)).random(len(row))
        threshold = share * len(row) / max((~row).sum(), 1)
        hidden.append((numbers < threshold) & ~row)
    return np.array(hidden)


def wrong_20(is_special, rows, epoch, seed, share, num_masks):
    """The mask's number is drawn at random among num_masks. Wrong on: most epochs where num_masks > 1."""
    k = epoch
    if num_masks is not None:
        k = int(np.random.default_rng((seed, epoch)).integers(num_masks))
    special = ops.convert_to_numpy(is_special)
    numbers = np.stack([np.random.default_rng((seed, k, r)).random(special.shape[1]) for r in rows])
    return (numbers < share) & ~special
