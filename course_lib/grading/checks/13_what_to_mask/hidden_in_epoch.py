"""Verdict of `hidden_in_epoch`: what is hidden depends on seed, number of the mask and row alone."""

import numpy as np


def draw(generator):
    """Rows from anywhere in the data, in epochs before and after the masks begin again."""
    cases = []
    for batch, length, share, epoch, num_masks in (
        (2, 7, 0.5, 3, None),
        (3, 11, 0.3, 0, None),
        (5, 13, 0.4, 7, 1),
        (3, 17, 0.3, 23, 10),
        (7, 19, 0.15, 12, 10),
        (2, 13, 0.8, 5, 3),
        (5, 23, 0.15, 2, 10),
    ):
        place = np.arange(length)
        last = generator.integers(4, length, batch)[:, None]  # the last separator
        last[0] = length - 1
        is_special = (place == 0) | (place == last // 2) | (place >= last)
        rows = 10 + generator.permutation(89)[:batch]
        cases.append(
            {
                "is_special": is_special,
                "rows": rows.tolist(),
                "epoch": epoch,
                "seed": int(generator.integers(1, 1000)),
                "share": share,
                "num_masks": num_masks,
            }
        )
    return cases


CONDITIONS = {
    "masks drawn anew, in the first epoch": lambda case: case["num_masks"] is None and case["epoch"] == 0,
    "masks drawn anew, in a later epoch": lambda case: case["num_masks"] is None and case["epoch"] > 0,
    "one mask for all epochs": lambda case: case["num_masks"] == 1 and case["epoch"] > 0,
    "several masks, before they come again": lambda case: 0 < case["epoch"] < (case["num_masks"] or 0),
    "several masks, when they come again": lambda case: 1 < (case["num_masks"] or 99) < case["epoch"],
    "rows that are not in order": lambda case: case["rows"] != sorted(case["rows"]),
    "padding": lambda case: case["is_special"][:, -2:].all(axis=1).any(),
    "a sequence without padding": lambda case: not case["is_special"][0, -2],
    "a share of 15 %": lambda case: case["share"] == 0.15,
    "a share above one half": lambda case: case["share"] > 0.5,
    "a special token with a number below the share": lambda case: (
        _hiding(spares=lambda special: False)(**case) & case["is_special"]
    ).any(),
}


def _in_turn(epoch, num_masks):
    return epoch if num_masks is None else epoch % num_masks


def _numbers(seed, number, row, place, length):
    return np.random.default_rng((seed, number, row)).random(length)


def _hiding(number=_in_turn, numbers=_numbers, spares=lambda special: special, hides=np.less, share_of=None):
    """The answer, with parts exchanged; `numbers` takes the place of a row in the batch, too."""

    def answer(is_special, rows, epoch, seed, share, num_masks):
        which = number(epoch, num_masks)
        length = is_special.shape[1]
        drawn = np.stack([numbers(seed, which, row, at, length) for at, row in enumerate(rows)])
        is_chosen = hides(drawn, share if share_of is None else share_of)
        return is_chosen & np.logical_not(spares(is_special))

    return answer


reference = _hiding()


def _whole_batch(seeds):
    """One generator for the whole batch."""

    def answer(is_special, rows, epoch, seed, share, num_masks):
        drawn = np.random.default_rng(seeds(seed, _in_turn(epoch, num_masks))).random(is_special.shape)
        return (drawn < share) & ~is_special

    return answer


def _kept(is_special, rows, epoch, seed, share, num_masks):
    return ~reference(is_special, rows, epoch, seed, share, num_masks)


def _seeds(make):
    return lambda seed, number, row, place, length: np.random.default_rng(make(seed, number, row)).random(
        length
    )


MISTAKES = {
    "one_mask_for_all_epochs": (
        _hiding(number=lambda epoch, num_masks: 0),
        _hiding(number=lambda epoch, num_masks: 0 if num_masks is None else epoch % num_masks),
        _hiding(numbers=_seeds(lambda seed, number, row: (seed, row))),
    ),
    "always_anew": _hiding(number=lambda epoch, num_masks: epoch),
    "masks_in_blocks": (
        _hiding(number=lambda epoch, num_masks: epoch if num_masks is None else epoch // num_masks),
        _hiding(number=lambda epoch, num_masks: epoch if num_masks is None else min(epoch, num_masks - 1)),
    ),
    "epochs_from_one": _hiding(
        number=lambda epoch, num_masks: epoch + 1 if num_masks is None else (epoch + 1) % num_masks
    ),
    "place_in_the_batch": _hiding(
        numbers=lambda seed, number, row, place, length: _numbers(seed, number, place, place, length)
    ),
    "one_mask_for_all_rows": _hiding(numbers=_seeds(lambda seed, number, row: (seed, number))),
    "one_generator_for_the_batch": (
        _whole_batch(lambda seed, number: (seed, number)),
        _whole_batch(lambda seed, number: seed + number),
    ),
    "seed_ignored": (
        _hiding(numbers=_seeds(lambda seed, number, row: (number, row))),
        _hiding(numbers=_seeds(lambda seed, number, row: (0, number, row))),
    ),
    "seeds_added": (
        _hiding(numbers=_seeds(lambda seed, number, row: seed + number + row)),
        _hiding(numbers=_seeds(lambda seed, number, row: (seed + number, row))),
        _hiding(numbers=_seeds(lambda seed, number, row: (seed, number + row))),
    ),
    "numbers_in_another_order": (
        _hiding(numbers=_seeds(lambda seed, number, row: (seed, row, number))),
        _hiding(numbers=_seeds(lambda seed, number, row: (number, seed, row))),
        _hiding(numbers=_seeds(lambda seed, number, row: (row, number, seed))),
        _hiding(numbers=_seeds(lambda seed, number, row: (number, row, seed))),
        _hiding(numbers=_seeds(lambda seed, number, row: (row, seed, number))),
    ),
    "special_tokens_hidden": _hiding(spares=lambda special: False),
    "choice_inverted": (_hiding(hides=np.greater_equal), _kept),
    "share_of_its_own": _hiding(share_of=0.15),
}
