"""Wrong answers to `all_words_loss` beside its mutants."""

from keras import ops


def _at(word_logits, words):
    return ops.take_along_axis(ops.softmax(word_logits), words[:, :, None], axis=-1)[:, :, 0]


def _mean(losses, counts):
    counts = ops.cast(counts, "float32")
    return ops.sum(losses * counts) / ops.sum(counts)


def _mixture(copy, word_logits, corrupted, original):
    return copy * ops.cast(corrupted == original, "float32") + (1 - copy) * _at(word_logits, original)


def asks_for_what_is_read__by_the_softmax_alone(word_logits, copy_logits, corrupted, original, is_ordinary):
    copy = ops.sigmoid(copy_logits)
    same = ops.cast(corrupted == original, "float32")
    return _mean(-ops.log(copy * same + (1 - copy) * _at(word_logits, corrupted)), is_ordinary)


def losses_mixed__with_that_of_the_copy(word_logits, copy_logits, corrupted, original, is_ordinary):
    copy = ops.sigmoid(copy_logits)
    losses = ops.where(
        corrupted == original, -copy * ops.log(copy), -(1 - copy) * ops.log(_at(word_logits, original))
    )
    return _mean(losses, is_ordinary)


def not_a_mixture__cut_at_one(word_logits, copy_logits, corrupted, original, is_ordinary):
    same = ops.cast(corrupted == original, "float32")
    both = ops.sigmoid(copy_logits) * same + _at(word_logits, original)
    return _mean(-ops.log(ops.minimum(both, 1.0)), is_ordinary)


def copies_alone(word_logits, copy_logits, corrupted, original, is_ordinary):
    same = corrupted == original
    return _mean(ops.softplus(ops.where(same, -copy_logits, copy_logits)), is_ordinary)


def one_copy_for_each_sequence(word_logits, copy_logits, corrupted, original, is_ordinary):
    copy = ops.mean(ops.sigmoid(copy_logits), axis=1, keepdims=True)
    return _mean(-ops.log(_mixture(copy, word_logits, corrupted, original)), is_ordinary)


def half_copied_always(word_logits, copy_logits, corrupted, original, is_ordinary):
    return _mean(-ops.log(_mixture(0.5, word_logits, corrupted, original)), is_ordinary)


def softmax_over_tokens(word_logits, copy_logits, corrupted, original, is_ordinary):
    table = ops.softmax(word_logits, axis=1)
    words = ops.take_along_axis(table, original[:, :, None], axis=-1)[:, :, 0]
    copy = ops.sigmoid(copy_logits)
    same = ops.cast(corrupted == original, "float32")
    return _mean(-ops.log(copy * same + (1 - copy) * words), is_ordinary)


def likeliest_word_for_the_original(word_logits, copy_logits, corrupted, original, is_ordinary):
    copy = ops.sigmoid(copy_logits)
    same = ops.cast(corrupted == original, "float32")
    best = ops.max(ops.softmax(word_logits), axis=-1)
    return _mean(-ops.log(copy * same + (1 - copy) * best), is_ordinary)


def real_words_alone(word_logits, copy_logits, corrupted, original, is_ordinary):
    losses = -ops.log(_mixture(ops.sigmoid(copy_logits), word_logits, corrupted, original))
    return _mean(losses, ops.logical_and(is_ordinary, corrupted == original))


def probability_for_loss(word_logits, copy_logits, corrupted, original, is_ordinary):
    return _mean(1 - _mixture(ops.sigmoid(copy_logits), word_logits, corrupted, original), is_ordinary)


def loss_of_each_token(word_logits, copy_logits, corrupted, original, is_ordinary):
    losses = -ops.log(_mixture(ops.sigmoid(copy_logits), word_logits, corrupted, original))
    return losses * ops.cast(is_ordinary, "float32")


def in_bits(word_logits, copy_logits, corrupted, original, is_ordinary):
    losses = -ops.log(_mixture(ops.sigmoid(copy_logits), word_logits, corrupted, original))
    return _mean(losses, is_ordinary) / ops.log(2.0)
