"""Verdict of `mask_words`: chosen words become the mask, a random word or themselves; all get a label."""

import numpy as np


def draw(generator):
    """Sequences (B, T) with special tokens and padding, and shares of 15 % and others."""
    cases = []
    for batch, length, words, share, mask_id in (
        (1, 7, 11, 0.5, 4),
        (3, 11, 13, 0.5, 4),
        (7, 23, 29, 0.15, 4),
        (5, 13, 17, 0.4, 103),
        (2, 17, 7, 0.85, 4),
    ):
        place = np.arange(length)
        last = generator.integers(3, length - 1, batch)[:, None]  # the last separator
        last[0] = length - 1
        middle = last // 2
        token_ids = generator.integers(5, words, (batch, length))
        for at, token_id in ((place == 0, 2), (place == middle, 3), (place == last, 3), (place > last, 0)):
            token_ids = np.where(at, token_id, token_ids)
        case = {
            "token_ids": token_ids,
            "is_special": token_ids < 5,
            "choice": _numbers(generator, token_ids.shape),
            "fate": _numbers(generator, token_ids.shape),
            "drawn": generator.integers(5, words, token_ids.shape),
            "mask_id": mask_id,
            "share": share,
        }
        if length > 7:
            _plant(case, generator)
        cases.append(case)
    none = {**cases[0], "choice": np.full((1, 7), 0.75)}
    borders = {**cases[0], "choice": cases[0]["choice"].copy(), "fate": cases[0]["fate"].copy()}
    borders["choice"][0, 1], borders["choice"][0, 2], borders["fate"][0, 2] = 0.5, 0.25, 0.8
    return [*cases, none, borders]


def _numbers(generator, shape):
    """Numbers in [0, 1) on a grid that no threshold is on, so that rounding decides nothing."""
    return (generator.integers(0, 1000, shape) + 0.5) / 1000


def _plant(case, generator):
    """Gives words every fate, and special tokens numbers below the share; one word is drawn for itself."""
    at = [tuple(place) for place in np.argwhere(~case["is_special"])]
    at = [at[index] for index in generator.permutation(len(at))[:6]]
    for place, fate in zip(at, (0.3, 0.85, 0.95, 0.05, 0.15, 0.85), strict=True):
        case["choice"][place], case["fate"][place] = generator.integers(1, 150) / 1000 - 5e-4, fate
        case["drawn"][place] = 5 + case["token_ids"][place] % 2  # another word
    case["drawn"][place] = case["token_ids"][place]
    for token_id, fate in ((2, 0.85), (3, 0.3)):
        place = tuple(np.argwhere(case["token_ids"] == token_id)[-1])
        case["choice"][place], case["fate"][place] = 0.02, fate
    if len(padding := np.argwhere(case["token_ids"] == 0)):
        place = tuple(padding[-1])
        case["choice"][place], case["fate"][place] = 0.02, 0.3


def _chosen(case):
    return (case["choice"] < case["share"]) & ~case["is_special"]


def _fated(least, most):
    return lambda case: (_chosen(case) & (case["fate"] >= least) & (case["fate"] < most)).any()


def _would_be_chosen(case, token_id):
    return ((case["choice"] < case["share"]) & (case["token_ids"] == token_id)).any()


CONDITIONS = {
    "a choice that equals the share": lambda case: (
        (case["choice"] == case["share"]) & ~case["is_special"]
    ).any(),
    "a fate of exactly 0.8": lambda case: (_chosen(case) & (case["fate"] == 0.8)).any(),
    "a word that becomes the mask": _fated(0.0, 0.8),
    "a word that becomes another": lambda case: _fated(0.8, 0.9)(
        {**case, "is_special": case["is_special"] | (case["drawn"] == case["token_ids"])}
    ),
    "a word that a random draw leaves as it is": lambda case: _fated(0.8, 0.9)(
        {**case, "is_special": case["is_special"] | (case["drawn"] != case["token_ids"])}
    ),
    "a word that is kept": _fated(0.9, 1.0),
    "a fate below 0.1": _fated(0.0, 0.1),
    "a word that is not chosen, with a number below 0.9 for its fate": lambda case: (
        ~_chosen(case) & ~case["is_special"] & (case["fate"] < 0.9)
    ).any(),
    "no word is chosen": lambda case: not _chosen(case).any(),
    "a [CLS] with a number below the share": lambda case: _would_be_chosen(case, 2),
    "a [SEP] with a number below the share": lambda case: _would_be_chosen(case, 3),
    "padding with a number below the share": lambda case: _would_be_chosen(case, 0),
    "a share of 15 %": lambda case: case["share"] == 0.15,
    "a share above one half": lambda case: case["share"] > 0.5,
    "a sequence without padding": lambda case: (case["token_ids"] != 0).all(axis=1).any(),
    "one sequence": lambda case: len(case["token_ids"]) == 1,
    "a mask with an id above all words": lambda case: case["mask_id"] > case["token_ids"].max(),
}


def _choose(token_ids, is_special, choice, share):
    return (choice < share) & ~is_special


def _becomes(token_ids, choice, fate, drawn, mask_id, share):
    return np.where(fate < 0.8, mask_id, np.where(fate < 0.9, drawn, token_ids))


def _shares(*parts):
    """What becomes of a chosen token: pairs of an upper limit and "mask", "drawn" or "kept"."""

    def becomes(token_ids, choice, fate, drawn, mask_id, share):
        outcome = token_ids
        for limit, kind in reversed(parts):
            value = {"mask": mask_id, "drawn": drawn, "kept": token_ids}[kind]
            outcome = np.where(fate < limit, value, outcome)
        return outcome

    return becomes


def _label(token_ids, chosen, corrupted, is_special, **rest):
    return np.where(chosen, token_ids, 0)


def _masking(choose=_choose, becomes=_becomes, label=_label, labelled=None, finish=lambda *pair: pair):
    """The answer, with parts exchanged; `labelled` says which labels are given, if not the chosen ones'."""

    def answer(token_ids, is_special, choice, fate, drawn, mask_id, share):
        chosen = choose(token_ids, is_special, choice, share)
        outcome = becomes(token_ids, choice, fate, drawn, mask_id, share)
        corrupted = np.where(chosen, outcome, token_ids)
        known = {"corrupted": corrupted, "is_special": is_special, "fate": fate, "mask_id": mask_id}
        given = chosen if labelled is None else labelled(token_ids, is_special, choice, share)
        labels = label(token_ids, given, **known)
        return finish(corrupted.astype("int32"), labels.astype("int32"))

    return answer


reference = _masking()


def _nothing(token_ids, is_special, choice, share):
    return np.zeros(token_ids.shape, bool)


def _all_words(token_ids, is_special, choice, share):
    return ~is_special


def _not_padding(token_ids, is_special, choice, share):
    return (choice < share) & (token_ids != 0)


def _without_padding_rule(token_ids, is_special, choice, share):
    return (choice < share) & ~(is_special & (token_ids != 0))


def _above(token_ids, is_special, choice, share):
    return (choice >= share) & ~is_special


def _strictly_above(token_ids, is_special, choice, share):
    return (choice > share) & ~is_special


def _special_alone(token_ids, is_special, choice, share):
    return (choice < share) & is_special


def _fixed_share(token_ids, is_special, choice, share):
    return (choice < 0.15) & ~is_special


def _choice_rescaled(token_ids, choice, fate, drawn, mask_id, share):
    return _becomes(token_ids, choice, choice / share, drawn, mask_id, share)


def _fates_of_labels(holds):
    """Labels only where `holds` of fate, what was made of the token, and the token."""

    def label(token_ids, chosen, corrupted, is_special, fate, mask_id):
        return np.where(chosen & holds(fate, corrupted, token_ids), token_ids, 0)

    return label


def _everywhere(token_ids, chosen, corrupted, **rest):
    return token_ids


def _at_words(token_ids, chosen, corrupted, is_special, **rest):
    return np.where(is_special, 0, token_ids)


def _at_the_others(token_ids, chosen, corrupted, is_special, **rest):
    return np.where(chosen | is_special, 0, token_ids)


def _at_all_the_others(token_ids, chosen, corrupted, **rest):
    return np.where(chosen, 0, token_ids)


def _corrupted(token_ids, chosen, corrupted, **rest):
    return np.where(chosen, corrupted, 0)


def _corrupted_everywhere(token_ids, chosen, corrupted, **rest):
    return corrupted


def _ignored_by(number):
    return lambda token_ids, chosen, corrupted, **rest: np.where(chosen, token_ids, number)


def _flags(token_ids, chosen, corrupted, **rest):
    return chosen


MISTAKES = {
    "pair_swapped": _masking(finish=lambda corrupted, labels: (labels, corrupted)),
    "nothing_hidden": (
        _masking(becomes=_shares()),
        _masking(becomes=_shares((0.9, "drawn"))),
        _masking(choose=_nothing),
        _masking(choose=_nothing, labelled=_choose),
    ),
    "special_tokens_hidden": _masking(choose=lambda token_ids, is_special, choice, share: choice < share),
    "only_padding_spared": _masking(choose=_not_padding),
    "padding_hidden": _masking(choose=_without_padding_rule),
    "special_tokens_alone_hidden": _masking(choose=_special_alone),
    "all_words_hidden": (
        _masking(choose=_all_words),
        _masking(choose=_all_words, labelled=_choose),
    ),
    "choice_inverted": (_masking(choose=_above), _masking(choose=_strictly_above)),
    "share_of_its_own": _masking(choose=_fixed_share),
    "always_the_mask": (
        _masking(becomes=_shares((1.0, "mask"))),
        _masking(
            becomes=lambda token_ids, choice, fate, drawn, mask_id, share: _becomes(
                token_ids, choice, choice, drawn, mask_id, share
            )
        ),
    ),
    "fate_unused": _masking(becomes=_choice_rescaled),
    "never_random": (
        _masking(becomes=_shares((0.8, "mask"))),
        _masking(becomes=_shares((0.8, "mask"), (0.1, "drawn"))),
    ),
    "never_kept": (
        _masking(becomes=_shares((0.8, "mask"), (1.0, "drawn"))),
        _masking(becomes=_shares((0.9, "mask"), (1.0, "drawn"))),
    ),
    "random_and_kept_swapped": _masking(becomes=_shares((0.8, "mask"), (0.9, "kept"), (1.0, "drawn"))),
    "other_order_of_fates": (
        _masking(becomes=_shares((0.1, "drawn"), (0.2, "kept"), (1.0, "mask"))),
        _masking(becomes=_shares((0.1, "kept"), (0.2, "drawn"), (1.0, "mask"))),
        _masking(becomes=_shares((0.1, "drawn"), (0.9, "mask"), (1.0, "kept"))),
        _masking(becomes=_shares((0.1, "kept"), (0.9, "mask"), (1.0, "drawn"))),
    ),
    "labels_everywhere": (_masking(label=_everywhere), _masking(label=_at_words)),
    "labels_are_what_is_seen": (
        _masking(label=_corrupted),
        _masking(label=_corrupted_everywhere),
    ),
    "mask_alone_asked": (_masking(label=_fates_of_labels(lambda fate, corrupted, token_ids: fate < 0.8)),),
    "random_words_not_asked": _masking(
        label=_fates_of_labels(lambda fate, corrupted, token_ids: (fate < 0.8) | (fate >= 0.9))
    ),
    "kept_words_not_asked": (
        _masking(label=_fates_of_labels(lambda fate, corrupted, token_ids: fate < 0.9)),
        _masking(label=_fates_of_labels(lambda fate, corrupted, token_ids: corrupted != token_ids)),
    ),
    "labels_of_the_others": (_masking(label=_at_the_others), _masking(label=_at_all_the_others)),
    "other_label_for_no_loss": tuple(_masking(label=_ignored_by(number)) for number in (-100, -1, 1)),
    "labels_as_flags": _masking(label=_flags),
}
