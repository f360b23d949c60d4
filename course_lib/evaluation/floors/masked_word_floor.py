"""What the best possible model would say about hidden words of the toy language."""

import numpy as np

from course_lib.evaluation.floors.toy_rows import losses_and_hits, toy_rows


def masked_word_floor(toy, vocabulary, objective, inputs, labels):
    r"""Loss and hits of a reader who knows the language, the tampering and all it can see.

    For a chosen place i that shows x_i, with ω_j(w) the probability that a place shows what it shows, were w
    its word,

        p(w | what is seen, i chosen) ∝ p(w at i | ω of all other places) · ω_i(w)
        other places   mask: 1      a word x: (1 - s) [w = x] + s (r / R + k [w = x])
        place i        mask: 1      a word x: r / R + k [w = x]

    with s the share of chosen tokens, r and k the shares of them that become random words and that are kept,
    and R the number of words a random one is drawn from. The number of words of a sentence counts as known.
    Where places are chosen without looking at their words, as by `MaskedWords` and `MaskedSpans`, no model
    can have a lower expected loss, whatever its size and training. Where the words decide what is hidden
    together, as with phrases, the choice tells something about them which this reader does not use, and a
    model may: then this is no bound, and `masked_phrase_floor` is one.

    Args:
        toy: a `ToyLanguage`.
        vocabulary: a `Vocabulary` whose tokens, the special ones aside, are `toy.source_words`.
        objective: the `MaskedWords` that hid the words, with room for all that are chosen.
        inputs: dict of the "token_ids" `(B, T)` after tampering, special tokens only around a sentence or
            behind it, and the "masked_positions" `(B, M)`.
        labels: ints `(B, M)`, what stood there; 0 where nothing was chosen.

    Returns:
        `(losses, hits)`: nats, and whether the likeliest word is the right one, for each label that is not 0,
        in their order.

    Raises:
        ValueError: if the vocabulary has other words than the language, or the objective chooses words
            together (units, spans) and does not mask them all: what one of them shows would say something
            about the others.

    Example:
        >>> import numpy as np
        >>> from course_lib.data import ToyLanguage
        >>> from course_lib.evaluation import masked_word_floor
        >>> from course_lib.objectives import MaskedWords
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> toy = ToyLanguage()
        >>> vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, *toy.source_words])
        >>> sentence = np.array([[vocabulary.id_of(word) for word in "the cat woke up quickly".split()]])
        >>> inputs = {"token_ids": sentence.copy(), "masked_positions": np.array([[3]])}
        >>> inputs["token_ids"][0, 3] = vocabulary.mask_id  # woke [MASK]: surely `up`
        >>> objective = MaskedWords(vocabulary, random_share=0.0)
        >>> losses, hits = masked_word_floor(toy, vocabulary, objective, inputs, sentence[:, 3:4])
        >>> print(f"{abs(losses[0]):.6f}", hits[0])
        0.000000 True

    Taught in: notebooks/10_bert_pretraining
    """
    if not objective.chooses_singly and objective.mask_share < 1:
        raise ValueError(
            "Words that are chosen together must all be masked for their floor to be known. "
            f"Received: a {type(objective).__name__} with mask_share={objective.mask_share}."
        )
    seen, places, lengths = toy_rows(toy, vocabulary, inputs["token_ids"])

    kept = 1 - objective.mask_share - objective.random_share
    evenly = objective.random_share / len(toy.source_words)
    shown = np.eye(len(toy.source_words))[seen] * (seen >= 0)[..., None]
    if_chosen = np.where((seen >= 0)[..., None], evenly + kept * shown, 1.0)
    by_chance = np.where(
        (seen >= 0)[..., None], (1 - objective.share) * shown + objective.share * (evenly + kept * shown), 1.0
    )
    likelihood = toy.posterior_from_the_rest(by_chance, lengths) * if_chosen
    return losses_and_hits(toy, vocabulary, likelihood, places[:, 0], inputs["masked_positions"], labels)
