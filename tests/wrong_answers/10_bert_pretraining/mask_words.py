"""Wrong answers to `mask_words` beside its mutants."""

from keras import ops


def _chosen(is_special, choice, share):
    return ops.logical_and(choice < share, ops.logical_not(is_special))


def _becomes(token_ids, fate, drawn, mask_id):
    return ops.where(fate < 0.8, mask_id, ops.where(fate < 0.9, drawn, token_ids))


def _pair(chosen, becomes, token_ids):
    return ops.where(chosen, becomes, token_ids), ops.where(chosen, token_ids, 0)


def _right(token_ids, is_special, choice, fate, drawn, mask_id, share):
    return _pair(_chosen(is_special, choice, share), _becomes(token_ids, fate, drawn, mask_id), token_ids)


def nothing_hidden__but_random_words(token_ids, is_special, choice, fate, drawn, mask_id, share):
    becomes = ops.where(fate < fate * 0.8, mask_id, ops.where(fate < 0.9, drawn, token_ids))
    return _pair(_chosen(is_special, choice, share), becomes, token_ids)


def nothing_hidden__and_nothing_asked(token_ids, is_special, choice, fate, drawn, mask_id, share):
    chosen = _chosen(is_special, choice, choice * share)
    return _pair(chosen, _becomes(token_ids, fate, drawn, mask_id), token_ids)


def always_the_mask__on_purpose(token_ids, is_special, choice, fate, drawn, mask_id, share):
    return _pair(_chosen(is_special, choice, share), ops.full_like(token_ids, mask_id), token_ids)


def always_the_mask__one_number_decides_twice(token_ids, is_special, choice, fate, drawn, mask_id, share):
    return _right(token_ids, is_special, choice, choice, drawn, mask_id, share)


def never_random__forgotten(token_ids, is_special, choice, fate, drawn, mask_id, share):
    becomes = ops.where(fate < 0.8, mask_id, token_ids)
    return _pair(_chosen(is_special, choice, share), becomes, token_ids)


def never_kept__nine_to_one(token_ids, is_special, choice, fate, drawn, mask_id, share):
    becomes = ops.where(fate < 0.9, mask_id, drawn)
    return _pair(_chosen(is_special, choice, share), becomes, token_ids)


def kept_words_not_asked__by_their_fate(token_ids, is_special, choice, fate, drawn, mask_id, share):
    corrupted, labels = _right(token_ids, is_special, choice, fate, drawn, mask_id, share)
    return corrupted, ops.where(fate < 0.9, labels, 0)


def labels_everywhere__but_at_special_tokens(token_ids, is_special, choice, fate, drawn, mask_id, share):
    corrupted, _ = _right(token_ids, is_special, choice, fate, drawn, mask_id, share)
    return corrupted, ops.where(is_special, 0, token_ids)


def all_words_hidden__and_asked(token_ids, is_special, choice, fate, drawn, mask_id, share):
    chosen = ops.logical_not(is_special)
    return _pair(chosen, _becomes(token_ids, fate, drawn, mask_id), token_ids)


def share_of_the_fate_too(token_ids, is_special, choice, fate, drawn, mask_id, share):
    becomes = ops.where(fate < 0.8 * share, mask_id, ops.where(fate < 0.9 * share, drawn, token_ids))
    return _pair(_chosen(is_special, choice, share), becomes, token_ids)


def random_word_for_the_mask(token_ids, is_special, choice, fate, drawn, mask_id, share):
    becomes = ops.where(fate < 0.8, drawn, ops.where(fate < 0.9, mask_id, token_ids))
    return _pair(_chosen(is_special, choice, share), becomes, token_ids)


def random_ones_from_the_same_text(token_ids, is_special, choice, fate, drawn, mask_id, share):
    drawn = ops.roll(token_ids, 1, axis=1)
    return _right(token_ids, is_special, choice, fate, drawn, mask_id, share)


def mask_of_the_published_vocabulary(token_ids, is_special, choice, fate, drawn, mask_id, share):
    return _right(token_ids, is_special, choice, fate, drawn, 103, share)


def labels_are_the_random_words(token_ids, is_special, choice, fate, drawn, mask_id, share):
    corrupted, labels = _right(token_ids, is_special, choice, fate, drawn, mask_id, share)
    return corrupted, ops.where(labels != 0, drawn, 0)


def choice_of_the_first_sequence(token_ids, is_special, choice, fate, drawn, mask_id, share):
    choice = ops.broadcast_to(choice[:1], choice.shape)
    return _right(token_ids, is_special, choice, fate, drawn, mask_id, share)


def a_draw_of_its_own(token_ids, is_special, choice, fate, drawn, mask_id, share):
    becomes = ops.where(fate < 0.8, mask_id, ops.where(choice * 1000 % 2 < 1, drawn, token_ids))
    return _pair(_chosen(is_special, choice, share), becomes, token_ids)


def labels_dropped(token_ids, is_special, choice, fate, drawn, mask_id, share):
    corrupted, labels = _right(token_ids, is_special, choice, fate, drawn, mask_id, share)
    return corrupted, ops.zeros_like(labels)


def fates_swapped_with_choices(token_ids, is_special, choice, fate, drawn, mask_id, share):
    return _right(token_ids, is_special, fate, choice, drawn, mask_id, share)
