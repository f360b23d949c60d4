"""Wrong answers to `all_words_loss`, each named after the mistake it makes."""

from keras import ops


def _at(word_logits, words):
    return ops.take_along_axis(ops.softmax(word_logits), words[:, :, None], axis=-1)[:, :, 0]


def _same(corrupted, original):
    return ops.cast(corrupted == original, "float32")


def _mean(losses, counts):
    counts = ops.cast(counts, "float32")
    return ops.sum(losses * counts) / ops.maximum(ops.sum(counts), 1.0)


def _mixture(word_logits, copy_logits, corrupted, original):
    copy = ops.sigmoid(copy_logits)
    return copy * _same(corrupted, original) + (1 - copy) * _at(word_logits, original)


def _losses(*arguments):
    return -ops.log(_mixture(*arguments))


def copies_the_original(word_logits, copy_logits, corrupted, original, is_ordinary):
    return _mean(_losses(word_logits, copy_logits, original, original), is_ordinary)


def asks_for_what_is_read(word_logits, copy_logits, corrupted, original, is_ordinary):
    return _mean(_losses(word_logits, copy_logits, corrupted, corrupted), is_ordinary)


def copy_weight_swapped(word_logits, copy_logits, corrupted, original, is_ordinary):
    return _mean(_losses(word_logits, -copy_logits, corrupted, original), is_ordinary)


def not_a_mixture(word_logits, copy_logits, corrupted, original, is_ordinary):
    copied = ops.sigmoid(copy_logits) * _same(corrupted, original)
    return _mean(-ops.log(copied + _at(word_logits, original)), is_ordinary)


def one_way_for_each_word(word_logits, copy_logits, corrupted, original, is_ordinary):
    copy = ops.sigmoid(copy_logits)
    either = ops.where(corrupted == original, copy, (1 - copy) * _at(word_logits, original))
    return _mean(-ops.log(either), is_ordinary)


def losses_mixed(word_logits, copy_logits, corrupted, original, is_ordinary):
    copy = ops.sigmoid(copy_logits)
    return _mean(-(1 - copy) * ops.log(_at(word_logits, original)), is_ordinary)


def two_losses(word_logits, copy_logits, corrupted, original, is_ordinary):
    to_copy = ops.softplus(ops.where(corrupted == original, -copy_logits, copy_logits))
    return _mean(to_copy - ops.log(_at(word_logits, original)), is_ordinary)


def copy_missing(word_logits, copy_logits, corrupted, original, is_ordinary):
    return _mean(-ops.log(_at(word_logits, original)), is_ordinary)


def replaced_alone_asked(word_logits, copy_logits, corrupted, original, is_ordinary):
    losses = _losses(word_logits, copy_logits, corrupted, original)
    return _mean(losses, corrupted != original)


def all_tokens_asked(word_logits, copy_logits, corrupted, original, is_ordinary):
    return ops.mean(_losses(word_logits, copy_logits, corrupted, original))


def divided_by_all(word_logits, copy_logits, corrupted, original, is_ordinary):
    losses = _losses(word_logits, copy_logits, corrupted, original)
    return ops.mean(losses * ops.cast(is_ordinary, "float32"))


def mean_of_means(word_logits, copy_logits, corrupted, original, is_ordinary):
    counts = ops.cast(is_ordinary, "float32")
    losses = _losses(word_logits, copy_logits, corrupted, original) * counts
    return ops.mean(ops.sum(losses, axis=1) / ops.sum(counts, axis=1))


def sum_not_mean(word_logits, copy_logits, corrupted, original, is_ordinary):
    losses = _losses(word_logits, copy_logits, corrupted, original)
    return ops.sum(losses * ops.cast(is_ordinary, "float32"))


def logarithm_of_the_mean(word_logits, copy_logits, corrupted, original, is_ordinary):
    return -ops.log(_mean(_mixture(word_logits, copy_logits, corrupted, original), is_ordinary))


def sign_flipped(word_logits, copy_logits, corrupted, original, is_ordinary):
    return -_mean(_losses(word_logits, copy_logits, corrupted, original), is_ordinary)
