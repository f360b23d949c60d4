"""Wrong answers to `mask_words`, each named after the mistake it makes."""

from keras import ops


def _chosen(is_special, choice, share):
    return ops.logical_and(choice < share, ops.logical_not(is_special))


def _becomes(token_ids, fate, drawn, mask_id):
    return ops.where(fate < 0.8, mask_id, ops.where(fate < 0.9, drawn, token_ids))


def _pair(chosen, becomes, token_ids):
    return ops.where(chosen, becomes, token_ids), ops.where(chosen, token_ids, 0)


def _right(token_ids, is_special, choice, fate, drawn, mask_id, share):
    return _pair(_chosen(is_special, choice, share), _becomes(token_ids, fate, drawn, mask_id), token_ids)


def pair_swapped(token_ids, is_special, choice, fate, drawn, mask_id, share):
    corrupted, labels = _right(token_ids, is_special, choice, fate, drawn, mask_id, share)
    return labels, corrupted


def nothing_hidden(token_ids, is_special, choice, fate, drawn, mask_id, share):
    becomes = ops.where(fate < fate * 0.8, mask_id, ops.where(fate < fate * 0.9, drawn, token_ids))
    return _pair(_chosen(is_special, choice, share), becomes, token_ids)


def special_tokens_hidden(token_ids, is_special, choice, fate, drawn, mask_id, share):
    return _pair(choice < share, _becomes(token_ids, fate, drawn, mask_id), token_ids)


def only_padding_spared(token_ids, is_special, choice, fate, drawn, mask_id, share):
    chosen = ops.logical_and(choice < share, token_ids != 0)
    return _pair(chosen, _becomes(token_ids, fate, drawn, mask_id), token_ids)


def padding_hidden(token_ids, is_special, choice, fate, drawn, mask_id, share):
    is_special = ops.logical_and(is_special, token_ids != 0)
    return _right(token_ids, is_special, choice, fate, drawn, mask_id, share)


def special_tokens_alone_hidden(token_ids, is_special, choice, fate, drawn, mask_id, share):
    chosen = ops.logical_and(choice < share, is_special)
    return _pair(chosen, _becomes(token_ids, fate, drawn, mask_id), token_ids)


def all_words_hidden(token_ids, is_special, choice, fate, drawn, mask_id, share):
    corrupted = ops.where(is_special, token_ids, _becomes(token_ids, fate, drawn, mask_id))
    return corrupted, ops.where(_chosen(is_special, choice, share), token_ids, 0)


def choice_inverted(token_ids, is_special, choice, fate, drawn, mask_id, share):
    return _right(token_ids, is_special, 1 - choice, fate, drawn, mask_id, 1 - share)


def share_of_its_own(token_ids, is_special, choice, fate, drawn, mask_id, share):
    return _right(token_ids, is_special, choice, fate, drawn, mask_id, 0.15)


def always_the_mask(token_ids, is_special, choice, fate, drawn, mask_id, share):
    chosen = _chosen(is_special, choice, share)
    corrupted = ops.where(ops.logical_and(chosen, choice < 0.9), mask_id, token_ids)
    return corrupted, ops.where(chosen, token_ids, 0)


def fate_unused(token_ids, is_special, choice, fate, drawn, mask_id, share):
    return _right(token_ids, is_special, choice, choice / share, drawn, mask_id, share)


def never_random(token_ids, is_special, choice, fate, drawn, mask_id, share):
    becomes = ops.where(fate < 0.8, mask_id, ops.where(fate < 0.1, drawn, token_ids))
    return _pair(_chosen(is_special, choice, share), becomes, token_ids)


def never_kept(token_ids, is_special, choice, fate, drawn, mask_id, share):
    becomes = ops.where(fate < 0.8, mask_id, drawn)
    return _pair(_chosen(is_special, choice, share), becomes, token_ids)


def random_and_kept_swapped(token_ids, is_special, choice, fate, drawn, mask_id, share):
    becomes = ops.where(fate < 0.8, mask_id, ops.where(fate < 0.9, token_ids, drawn))
    return _pair(_chosen(is_special, choice, share), becomes, token_ids)


def other_order_of_fates(token_ids, is_special, choice, fate, drawn, mask_id, share):
    becomes = ops.where(fate < 0.1, drawn, ops.where(fate < 0.2, token_ids, mask_id))
    return _pair(_chosen(is_special, choice, share), becomes, token_ids)


def labels_everywhere(token_ids, is_special, choice, fate, drawn, mask_id, share):
    corrupted, _ = _right(token_ids, is_special, choice, fate, drawn, mask_id, share)
    return corrupted, token_ids


def labels_are_what_is_seen(token_ids, is_special, choice, fate, drawn, mask_id, share):
    chosen = _chosen(is_special, choice, share)
    token_ids = ops.where(chosen, _becomes(token_ids, fate, drawn, mask_id), token_ids)
    return token_ids, ops.where(chosen, token_ids, 0)


def mask_alone_asked(token_ids, is_special, choice, fate, drawn, mask_id, share):
    corrupted, _ = _right(token_ids, is_special, choice, fate, drawn, mask_id, share)
    return corrupted, ops.where(corrupted == mask_id, token_ids, 0)


def random_words_not_asked(token_ids, is_special, choice, fate, drawn, mask_id, share):
    corrupted, labels = _right(token_ids, is_special, choice, fate, drawn, mask_id, share)
    is_random = ops.logical_and(fate >= 0.8, fate < 0.9)
    return corrupted, ops.where(is_random, 0, labels)


def kept_words_not_asked(token_ids, is_special, choice, fate, drawn, mask_id, share):
    corrupted, _ = _right(token_ids, is_special, choice, fate, drawn, mask_id, share)
    return corrupted, ops.where(corrupted != token_ids, token_ids, 0)


def labels_of_the_others(token_ids, is_special, choice, fate, drawn, mask_id, share):
    corrupted, labels = _right(token_ids, is_special, choice, fate, drawn, mask_id, share)
    return corrupted, token_ids - labels


def other_label_for_no_loss(token_ids, is_special, choice, fate, drawn, mask_id, share):
    corrupted, labels = _right(token_ids, is_special, choice, fate, drawn, mask_id, share)
    return corrupted, ops.where(labels == 0, -100, labels)


def labels_as_flags(token_ids, is_special, choice, fate, drawn, mask_id, share):
    corrupted, labels = _right(token_ids, is_special, choice, fate, drawn, mask_id, share)
    return corrupted, ops.cast(labels != 0, "int32")
