"""What the best possible model would say about hidden phrases, of which it knows that they go whole."""

from dataclasses import replace

import numpy as np

from course_lib.data.toy.grammar import TOY_GRAMMAR, is_symbol
from course_lib.data.toy.inside_outside import InsideOutside
from course_lib.evaluation.floors.toy_rows import losses_and_hits, toy_rows

_MARK = "+"  # before a word that goes on with a phrase: `saw` is a verb, `+saw` a noun
_NODES = 8  # Gauss-Legendre: exact for polynomials up to degree 15, as many phrases as 32 words have


def _is_phrase(symbol, rule):
    """Whether a rule writes a phrase's first word: a determiner, or the first of two words of one meaning."""
    return symbol.startswith("Determiner") or (len(rule.source) == 2 and not any(map(is_symbol, rule.source)))


def _marked(symbol, rule):
    first = 0 if symbol.startswith(("Noun", "Adjective")) else 1
    if first and not _is_phrase(symbol, rule):
        return rule
    return replace(rule, source=(*rule.source[:first], *(_MARK + word for word in rule.source[first:])))


_SUMS = InsideOutside(
    {symbol: tuple(_marked(symbol, rule) for rule in rules) for symbol, rules in TOY_GRAMMAR.items()}
)
_GOES_ON = np.array([word.startswith(_MARK) for word in _SUMS.words])
_FIRST_WORDS = {
    rule.source[0] for symbol, rules in TOY_GRAMMAR.items() for rule in rules if _is_phrase(symbol, rule)
}
_BEGINS = np.array([word in _FIRST_WORDS for word in _SUMS.words])


def masked_phrase_floor(toy, vocabulary, inputs, labels, share=None):
    r"""Loss and hits of a reader who knows the language and how the phrases to hide were chosen.

    Which words are hidden tells something about them: a phrase is hidden whole, so that no phrase lies half
    inside a gap. With H the set of hidden places and m_i whether place i is in it,

        p(w | seen, H) ∝ p(w) [w shows what is seen] P(H | w)
        P(H | w) = Π over the units u of w of  (s if all of u is hidden, 1 - s if nothing of it is, else 0)

    The product goes along the words: a unit's first word brings s or 1 - s, and each further word brings
    [m_i = m_(i-1)]. Where one phrase of each sentence is hidden, each alike, P(H | w) is 1 / N(w) if H is one
    of the N(w) phrases of w; 1 / N = ∫ x^(N-1) dx from 0 to 1 makes a product of that, too. No model has a
    lower expected loss; the number of words counts as known. `masked_word_floor` is that of a reader to whom
    H tells nothing, as it does where words are chosen without looking at them.

    Args:
        toy: a `ToyLanguage`.
        vocabulary: a `Vocabulary` whose tokens, the special ones aside, are `toy.source_words`.
        inputs: dict of the "token_ids" `(B, T)`, all that was chosen masked, and "masked_positions" `(B, M)`.
        labels: ints `(B, M)`, what stood there; 0 where nothing was chosen.
        share: float, the probability of each unit to be hidden, by itself: phrases as of `toy_phrases`, and
            all other words. If None, one phrase of each sentence is hidden, and nothing else.

    Returns:
        `(losses, hits)`, as of `masked_word_floor`.

    Raises:
        ValueError: if the vocabulary has other words, or a phrase is hidden in part.

    Example:
        >>> from course_lib.chapters import masked_phrase_floor
        >>> from course_lib.data import ToyLanguage
        >>> from course_lib.evaluation import masked_word_floor
        >>> from course_lib.objectives import MaskedWords
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> toy = ToyLanguage()
        >>> vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, *toy.source_words])
        >>> sentence = np.array([[vocabulary.id_of(word) for word in "the cat woke up near my dog".split()]])
        >>> inputs = {"token_ids": sentence.copy(), "masked_positions": np.array([[2, 3]])}
        >>> inputs["token_ids"][0, 2:4] = vocabulary.mask_id
        >>> words = MaskedWords(vocabulary, mask_share=1.0, random_share=0.0)
        >>> labels = sentence[:, 2:4]
        >>> print(masked_word_floor(toy, vocabulary, words, inputs, labels)[0].round(2))
        [1.25 1.25]
        >>> print(masked_phrase_floor(toy, vocabulary, inputs, labels)[0].round(2))  # one phrase: `woke up`
        [0. 0.]

    Taught in: notebooks/13_what_to_mask
    """
    seen, places, lengths = toy_rows(toy, vocabulary, inputs["token_ids"])
    is_hidden = seen < 0
    before = np.pad(is_hidden, ((0, 0), (1, 0)))[:, :-1]
    column = {word: number for number, word in enumerate(toy.source_words)}
    columns = np.array([column[word.removeprefix(_MARK)] for word in _SUMS.words])
    shows = np.where(is_hidden[..., None], 1.0, seen[..., None] == columns)  # (B, T, words of the sums)
    goes_on = (is_hidden == before)[..., None]
    if share is not None:
        chosen = np.where(is_hidden, share, 1 - share)[..., None]
        weighed = [(1.0, shows * np.where(_GOES_ON, goes_on, chosen))]
    else:
        fits = np.where(_GOES_ON, goes_on, ~is_hidden[..., None] | (_BEGINS & ~before[..., None]))
        nodes, parts = np.polynomial.legendre.leggauss(_NODES)
        nodes, parts = (nodes + 1) / 2, parts / 2
        weighed = [
            (part / node, shows * fits * np.where(_BEGINS, node, 1.0))
            for node, part in zip(nodes, parts, strict=True)
        ]
    sums = np.zeros((*seen.shape, len(toy.source_words)))
    for part, weights in weighed:
        _, outside = _SUMS.run(weights, lengths)
        np.add.at(sums, (slice(None), slice(None), columns), part * weights * outside)

    positions = inputs["masked_positions"]
    losses, hits = losses_and_hits(toy, vocabulary, sums, places[:, 0], positions, labels)
    if not np.isfinite(losses).all():
        raise ValueError("What is hidden must be whole phrases. Received a row with a phrase hidden in part.")
    return losses, hits
