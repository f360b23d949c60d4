"""The best possible judge of replaced words of the toy language."""

import numpy as np

from course_lib.evaluation.floors.toy_rows import toy_rows


def replaced_token_judge(toy, vocabulary, token_ids, proposals, shares):
    r"""How probable it is that each word was replaced, for a reader who knows all but what stood there.

    Each place j is chosen with probability s_j, by itself, and filled with a word drawn from a known proposal
    q_j; a draw that is the original word counts as real. Were w the word of a place that shows x, it would
    show x with probability

        ω_j(w) = (1 - s_j) [w = x_j] + s_j q_j(x_j)

    so that the exact posterior answers: place i is real if its word is what is shown,

        p(i is replaced | all that is seen) = 1 - p(w_i = x_i | ω)

    No discriminator can have a lower expected loss, nor a larger area under the curve, whatever its size and
    training; the number of words of a sentence counts as known.

    Proposals may depend on the place, not on the words of the sentence. So a generator that reads the other
    words has an exact judge only where the chosen places are told: `shares` of 1 there and 0 elsewhere. What
    it draws then says nothing that the seen words do not, and a judge who is not told cannot be better.

    Args:
        toy: a `ToyLanguage`.
        vocabulary: a `Vocabulary` whose tokens, the special ones aside, are `toy.source_words`.
        token_ids: ints `(B, T)`, the text after replacement, special tokens only around a sentence.
        proposals: floats `(V,)`, or `(B, T, V)` with one for each place: distributions over the vocabulary.
        shares: float, or floats `(B, T)`: the probability that a place is chosen, from 0 to 1.

    Returns:
        float64 `(B, T)`, the probability that a token is replaced; 0 at special tokens.

    Raises:
        ValueError: if shapes do not fit, a share or a proposal is no probability, a mask is in the text, or
            the text could not come about so.

    Example:
        >>> import numpy as np
        >>> from course_lib.data import ToyLanguage
        >>> from course_lib.evaluation import replaced_token_judge
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> toy = ToyLanguage()
        >>> vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, *toy.source_words])
        >>> evenly = np.array([token in toy.source_words for token in vocabulary.tokens])
        >>> token_ids = [[vocabulary.id_of(word) for word in "the cats saw this boys near my dog".split()]]
        >>> print(replaced_token_judge(toy, vocabulary, token_ids, evenly / evenly.sum(), 0.15).round(2))
        [[0.   0.08 0.01 0.28 0.73 0.01 0.01 0.06]]

    Reference: Clark et al. (2020), "ELECTRA", section 2, https://arxiv.org/abs/2003.10555 (the task)
    Taught in: notebooks/14_electra
    """
    token_ids, proposals = np.asarray(token_ids), np.asarray(proposals, "float64")
    if proposals.shape not in ((len(vocabulary),), (*token_ids.shape, len(vocabulary))):
        raise ValueError(
            f"`proposals` must have the shape ({len(vocabulary)},) or "
            f"{(*token_ids.shape, len(vocabulary))}. Received: shape {proposals.shape}."
        )
    if (proposals < 0).any() or (np.abs(proposals.sum(axis=-1) - 1) > 1e-5).any():
        raise ValueError("`proposals` must be distributions that sum to 1. Received others.")
    shares = np.asarray(shares, "float64")
    if shares.shape not in ((), token_ids.shape) or not ((shares >= 0) & (shares <= 1)).all():
        raise ValueError(
            f"`shares` must be from 0 to 1, one or of the shape {token_ids.shape}. "
            f"Received: shape {shares.shape}, from {shares.min()} to {shares.max()}."
        )
    if (token_ids == vocabulary.mask_id).any():
        raise ValueError("Samples must stand where masks were. Received masks.")
    rows = toy_rows(toy, vocabulary, token_ids)
    drawn = np.take_along_axis(
        np.broadcast_to(proposals, (*token_ids.shape, len(vocabulary))), token_ids[..., None], axis=2
    )[..., 0]  # (B, T), the probability of what is shown
    shares = np.take_along_axis(np.broadcast_to(shares, token_ids.shape), rows.places, axis=1)[..., None]
    drawn = np.take_along_axis(drawn, rows.places, axis=1)[..., None]
    shown = np.eye(len(toy.source_words))[rows.words]
    posterior = toy.posterior((1 - shares) * shown + shares * drawn, rows.lengths)
    is_real = np.take_along_axis(posterior, np.maximum(rows.words, 0)[..., None], axis=2)[..., 0]
    judged = np.zeros(token_ids.shape)
    batch, place = np.nonzero(rows.is_word)
    judged[batch, rows.places[batch, place]] = np.clip(1 - is_real[batch, place], 0, 1)
    return judged
