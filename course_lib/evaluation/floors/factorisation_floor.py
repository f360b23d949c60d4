"""What words cost at best, said in any order."""

import numpy as np

from course_lib.evaluation.floors.toy_rows import toy_rows

_ROWS_AT_ONCE = 512


def factorisation_floor(toy, vocabulary, token_ids, ranks):
    """The loss of the best possible model that says words in a given order.

    `loss[b, t] = -log p(w_t | the words s with ranks[b, s] < ranks[b, t], the sentence's length)`

    By its ranks, which `permutation_masks` takes too, this is the floor of words said from left to right, in
    any other order, or, where all targets have one rank, each as if no other target were known: the floor of
    masked words. In all orders the losses of a sentence's targets have one sum, `-log p(targets | context)`,
    the last case excepted: there the sum is larger in the mean, by the `independence_price`.

    Args:
        toy: a `ToyLanguage`.
        vocabulary: a `Vocabulary` whose tokens, the special ones aside, are `toy.source_words`.
        token_ids: ints `(B, T)`, sentences with no mask in them, special tokens only around them.
        ranks: ints `(B, T)`, 0 or less for context, above for targets.

    Returns:
        float64 `(B, T)`, nats; 0 at context.

    Raises:
        ValueError: if the shapes differ, a target is no word, a mask is in the text, or the words are no
            sentence.

    Example:
        >>> import numpy as np
        >>> from course_lib.data import ToyLanguage
        >>> from course_lib.evaluation import factorisation_floor
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> toy = ToyLanguage()
        >>> vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, *toy.source_words])
        >>> token_ids = [[vocabulary.id_of(word) for word in "the cat slept near my dog last night".split()]]
        >>> for two in ([1, 2], [2, 1], [1, 1]):  # `every morning` or `last night`
        ...     losses = factorisation_floor(toy, vocabulary, token_ids, [[0] * 6 + two])
        ...     print(losses[0, 6:].round(3))
        [0.693 0.   ]
        [0.    0.693]
        [0.693 0.693]

    Reference: Yang et al. (2019), "XLNet", section 2.2, https://arxiv.org/abs/1906.08237
    Taught in: notebooks/13_what_to_mask
    """
    token_ids, ranks = np.asarray(token_ids), np.asarray(ranks)
    if token_ids.ndim != 2 or token_ids.shape != ranks.shape:
        raise ValueError(
            "`token_ids` and `ranks` must have one shape, (B, T). "
            f"Received: shapes {token_ids.shape} and {ranks.shape}."
        )
    if (token_ids == vocabulary.mask_id).any():
        raise ValueError("`token_ids` must be the text itself, without masks. Received some.")
    rows = toy_rows(toy, vocabulary, token_ids)
    losses = np.zeros(token_ids.shape)
    is_word = np.zeros(token_ids.shape, bool)
    batch, place = np.nonzero(rows.is_word)
    is_word[batch, rows.places[batch, place]] = True
    if ((ranks > 0) & ~is_word).any():
        raise ValueError("Targets must be words. Received a special token or padding among them.")

    ranks = np.take_along_axis(ranks, rows.places, axis=1)  # of the words (B, T')
    known = np.eye(len(toy.source_words))[rows.words]  # (B, T', W)
    asked = (ranks > 0) & rows.is_word
    questions = np.array(
        [(row, rank) for row in range(len(ranks)) for rank in np.unique(ranks[row][asked[row]])]
    )
    for start in range(0, len(questions), _ROWS_AT_ONCE):
        row, rank = questions[start : start + _ROWS_AT_ONCE].T
        is_seen = ranks[row] < rank[:, None]
        posterior = toy.posterior(np.where(is_seen[..., None], known[row], 1.0), rows.lengths[row])
        number, place = np.nonzero(asked[row] & (ranks[row] == rank[:, None]))
        probabilities = posterior[number, place, rows.words[row[number], place]]
        losses[row[number], rows.places[row[number], place]] = 0.0 - np.log(probabilities)
    return losses
