"""Wrong answers to `decoder_masks` beside its mutants."""

from keras import ops


def _masks(source_token_ids, target_token_ids, is_real=lambda ids: ops.not_equal(ids, 0)):
    length = target_token_ids.shape[1]
    causal = ops.cast(ops.tri(length), "bool")
    own = ops.logical_and(causal[None], is_real(target_token_ids)[:, None, :])
    return own, ops.repeat(is_real(source_token_ids)[:, None, :], length, axis=1)


def numbers_for_booleans__added_to_scores(source_token_ids, target_token_ids):
    return [ops.where(mask, 0.0, -1e9) for mask in _masks(source_token_ids, target_token_ids)]


def masks_swapped__as_a_list(source_token_ids, target_token_ids):
    own, cross = _masks(source_token_ids, target_token_ids)
    return [cross, own]


def id_one_is_padding(source_token_ids, target_token_ids):
    return _masks(source_token_ids, target_token_ids, lambda ids: ids > 1)


def padding_is_at_the_end(source_token_ids, target_token_ids):
    def is_real(ids):
        count = ops.sum(ops.cast(ids != 0, "int32"), axis=-1, keepdims=True)
        return ops.arange(ids.shape[1])[None, :] < count

    return _masks(source_token_ids, target_token_ids, is_real)


def padding_ends_the_sentence(source_token_ids, target_token_ids):
    def is_real(ids):
        return ops.cumprod(ops.cast(ids != 0, "int32"), axis=-1) > 0

    return _masks(source_token_ids, target_token_ids, is_real)


def first_sentence_for_all(source_token_ids, target_token_ids):
    own, cross = _masks(source_token_ids, target_token_ids)
    return ops.broadcast_to(own[:1], own.shape), cross


def last_word_is_padding(source_token_ids, target_token_ids):
    def is_real(ids):
        return ops.logical_and(ids != 0, ops.arange(ids.shape[1]) < max(ids.shape[1] - 1, 1))

    return _masks(source_token_ids, target_token_ids, is_real)


def cross_for_one_query(source_token_ids, target_token_ids):
    return _masks(source_token_ids, target_token_ids)[0], ops.not_equal(source_token_ids, 0)[:, None, :]


def cross_transposed(source_token_ids, target_token_ids):
    own, cross = _masks(source_token_ids, target_token_ids)
    return own, ops.swapaxes(cross, 1, 2)


def empty_rows_see_themselves(source_token_ids, target_token_ids):
    own, cross = _masks(source_token_ids, target_token_ids)
    return ops.logical_or(own, ops.eye(own.shape[1], dtype="bool")), cross


def empty_sentences_see_everything(source_token_ids, target_token_ids):
    own, cross = _masks(source_token_ids, target_token_ids)
    return own, ops.logical_or(cross, ops.logical_not(ops.any(cross, axis=-1, keepdims=True)))
